//! A copy that a person asks for.
//!
//! The base may be in use meanwhile: a copy is whole or it is not made, and that somebody works in it is noticed.
//! Older copies go only once the new one is there, and only those that the person has been told.

use std::path::PathBuf;

use tokio_util::sync::CancellationToken;

use super::context::{Context, begin, entry, record, taken};
use super::{Fault, LetGo, Progress, Why, create, let_go};
use crate::journal::{self, Entry, What};
use crate::machine::{self, Base};

/// A copy that was asked for.
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

/// Copies a base, and then deletes those of `agreed_to_go`, by their ids, that still would go.
pub fn on_demand(
    context: &Context<'_>,
    base: &Base,
    agreed_to_go: &[String],
    progress: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Result<Made, Fault> {
    let held = begin(context)?;
    held.expect_whole(&base.id)?;
    let base = machine::read_base(context.os, &base.id).ok_or(Fault::NotHere)?;
    let dir = base.dir.as_deref().and_then(|dir| dir.canonicalize().ok()).ok_or(Fault::NotHere)?;
    let taken = taken(context, Why::OnDemand);
    let backup = create(context.place(), &base, &dir, &taken, progress, cancel).map_err(Fault::of)?;
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
