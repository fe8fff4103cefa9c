//! A copy that a person asks for; and what every change about copies has in common.
//!
//! The base may be in use meanwhile: a copy is whole or it is not made, and that somebody works in it is noticed.
//! Older copies go only once the new one is there, and only those that the person has been told.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio_util::sync::CancellationToken;

use super::{Copies, Error, LetGo, Manifest, Progress, Taken, Why, create, let_go, remove};
use crate::journal::{self, Entry, What};
use crate::machine::{self, Base};
use crate::os::{Holder, Os};
use crate::paths::Paths;
use crate::update_lock::{self, UpdateLock};
use crate::version::Version;

/// What copying by hand and going back work with.
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
}

/// A copy that was made by hand.
#[derive(Debug)]
pub struct Made {
    /// Where it lies.
    pub dir: PathBuf,
    /// Bytes of its files.
    pub size_bytes: u64,
    /// Why the entry is missing in the journal, if it is.
    pub unrecorded: Option<journal::Error>,
    /// What became of older ones.
    pub let_go: LetGo,
}

/// Why no copy was made by hand, or a base did not go back.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Another run holds the lock, or the lock file could not be made.
    #[error("Failed to take the update lock")]
    Lock(#[source] update_lock::Error),
    /// Nothing is done that cannot be recorded.
    #[error("Failed to prepare the journal")]
    Journal(#[source] journal::Error),
    /// The base is not in the machine's list, or has no folder of its own on this PC.
    #[error("Base is not there, or not on this PC")]
    NotHere,
    /// The copy is of another base, or of one that lay elsewhere.
    #[error("Copy is of another base: {id}, {folder}")]
    OtherBase {
        /// The id of the base that was copied.
        id: String,
        /// Where that lay.
        folder: String,
    },
    /// The copy does not lie in the folder for copies.
    #[error("Copy lies where none of ours do: {}", dir.display())]
    Elsewhere {
        /// Where it lies.
        dir: PathBuf,
    },
    /// It is not known what an update has changed since the copy, so only all of the base can go back.
    #[error("What an update changed since the copy is not known")]
    NothingKnown,
    /// The base is not on the version that the update led to: something else has changed it since, and only all of
    /// it can go back.
    #[error("Base was changed by something else since the update")]
    OtherVersion {
        /// The version the update led to.
        expected: Option<Version>,
        /// What the base is on.
        found: Option<Version>,
    },
    /// Somebody works in the base.
    #[error("Base is in use: {file}")]
    InUse {
        /// The file that could not be opened.
        file: String,
        /// The programs that hold it open; empty where that cannot be told.
        holders: Vec<Holder>,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// The copy cannot be used, or the base cannot be copied. Nothing was changed.
    #[error("Nothing was changed")]
    Backup(#[source] Error),
    /// It would do something else by now than what the person was shown. Nothing was changed.
    #[error("Base has changed since it was looked at")]
    OtherThanShown,
    /// Not everything could be put back: the base is in between.
    #[error("Failed to put all of it back")]
    NotPutBack(#[source] Error),
    /// Everything was put back, and the version is not that of the copy.
    #[error("Version is not that of the copy afterwards")]
    VersionOtherwise {
        /// The copy's.
        expected: Option<Version>,
        /// By the machine.
        found: Option<Version>,
    },
    /// The person stopped it before anything was changed.
    #[error("Going back was cancelled")]
    Cancelled,
}

impl Fault {
    /// What it means that something failed which changes nothing.
    pub fn of(error: Error) -> Self {
        match error {
            Error::Cancelled => Self::Cancelled,
            error => Self::Backup(error),
        }
    }
}

/// Takes the update lock, deletes what runs that were cut off have left of copies, and makes sure that what is done can
/// be recorded.
pub(super) fn begin(context: &Context<'_>) -> Result<UpdateLock, Fault> {
    let lock = update_lock::take(context.os, context.paths).map_err(Fault::Lock)?;
    remove::tidy(&context.paths.backup_dir);
    journal::prepare(&context.paths.journal_path()).map_err(Fault::Journal)?;
    Ok(lock)
}

/// Copies a base, and then deletes those of `agreed_to_go`, by their ids, that still would go.
pub fn by_hand(
    context: &Context<'_>,
    base: &Base,
    agreed_to_go: &[String],
    progress: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Result<Made, Fault> {
    let _lock = begin(context)?;
    let base = machine::read_base(context.os, &base.id).ok_or(Fault::NotHere)?;
    let dir = base.dir.as_deref().and_then(|dir| dir.canonicalize().ok()).ok_or(Fault::NotHere)?;
    let taken = taken(context, Why::ByHand);
    let backups_dir = &context.paths.backup_dir;
    let backup = create(backups_dir, &base, &dir, &taken, progress, cancel).map_err(Fault::of)?;
    let copied = entry(context, What::Copied, &backup.manifest, base.version, &backup.dir);
    // It became no other version.
    let copied = Entry { to: None, ..copied };
    let unrecorded = record(context, &copied).err();
    Ok(Made {
        size_bytes: backup.manifest.size_bytes(),
        dir: backup.dir,
        unrecorded,
        // The new one is among them by now.
        let_go: let_go::delete(context, agreed_to_go),
    })
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
    }
}

pub(super) fn record(context: &Context<'_>, entry: &Entry) -> Result<(), journal::Error> {
    let written = journal::append(&context.paths.journal_path(), entry);
    (context.witness)(entry);
    written
}
