//! What everything that a person does about copies has in common: what it works with, how it begins, and how it is
//! recorded.

use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Copies, Fault, Manifest, Place, Taken, Why, remove};
use crate::apply::{self, Finishing};
use crate::journal::{self, Entry, What};
use crate::os::Os;
use crate::paths::Paths;
use crate::switch::{Checkpoint, Finisher};
use crate::update_lock::{self, UpdateLock};
use crate::version::Version;

/// What copying on demand and going back work with.
pub struct Context<'a> {
    /// The PC.
    pub os: &'a dyn Os,
    /// Our own files.
    pub paths: &'a Paths,
    /// The moment, asked for whenever something is recorded.
    pub clock: &'a (dyn Fn() -> Timestamp + Sync),
    /// The zone for the names of copies.
    pub zone: TimeZone,
    /// What copies are without, and how many are kept.
    pub copies: &'a Copies,
    /// Shown every entry of the journal, also one that could not be written.
    pub witness: &'a dyn Fn(&Entry),
    /// What the PC is to start next time if it stops while a base goes back; `None`: nothing.
    pub finisher: Option<&'a Finisher>,
    /// Told what was reached while a base goes back. Tests end the process there.
    pub checkpoint: &'a dyn Fn(Checkpoint),
}

/// Takes the update lock, deals with what runs that were cut off have left, and makes sure that what is done can be
/// recorded.
pub(super) fn begin(context: &Context<'_>) -> Result<Held, Fault> {
    let lock = update_lock::take(context.os, context.paths).map_err(Fault::Lock)?;
    remove::tidy(&context.paths.backup_dir, &context.os.identity().computer);
    journal::prepare(&context.paths.journal_path()).map_err(Fault::Journal)?;
    let recovered = apply::recover_all(&context.finishing()).map_err(Fault::Finishing)?;
    let half_way = recovered.into_iter().filter(|one| one.end.is_open()).map(|one| one.base_id);
    Ok(Held { _lock: lock, half_way: half_way.collect() })
}

/// Brings changes of bases that were cut off to their end, so that what is looked at next is no base half-way.
pub fn settle(context: &Context<'_>) -> Result<(), Fault> {
    begin(context).map(|_| ())
}

/// The update lock, with nothing left of earlier runs that could be dealt with.
pub(super) struct Held {
    _lock: UpdateLock,
    /// Ids of bases that are half-way all the same.
    half_way: Vec<String>,
}

impl Held {
    pub(super) fn expect_whole(&self, base_id: &str) -> Result<(), Fault> {
        if self.half_way.iter().any(|id| id == base_id) { Err(Fault::HalfWay) } else { Ok(()) }
    }
}

impl Context<'_> {
    pub(super) fn place(&self) -> Place<'_> {
        Place { os: self.os, dir: &self.paths.backup_dir }
    }

    pub(super) fn finishing(&self) -> Finishing<'_> {
        let Self { os, paths, clock, witness, checkpoint, .. } = *self;
        Finishing { os, paths, clock, witness, checkpoint }
    }
}

pub(super) fn taken(context: &Context<'_>, why: Why) -> Taken {
    let at = (context.clock)().to_zoned(context.zone.clone());
    Taken { at, by: context.os.identity(), why, without: context.copies.without.clone() }
}

/// About a base; `from` is what it is on before.
pub(super) fn entry(
    context: &Context<'_>,
    what: What,
    manifest: &Manifest,
    from: Option<Version>,
    backup_dir: &Path,
) -> Entry {
    let identity = context.os.identity();
    Entry {
        time: (context.clock)(),
        user: identity.user,
        computer: identity.computer,
        what,
        subject: manifest.base_id.clone(),
        name: manifest.name.clone(),
        product: Some(manifest.product.clone()),
        from,
        to: manifest.version,
        file: String::new(),
        sha256: None,
        proof: None,
        detail: String::new(),
        backup_dir: Some(backup_dir.display().to_string()),
        works: None,
    }
}

pub(super) fn record(context: &Context<'_>, entry: &Entry) -> Result<(), journal::Error> {
    let written = journal::append(&context.paths.journal_path(), entry);
    (context.witness)(entry);
    written
}
