//! Taking back what was staged last.

use super::end::{ListNow, Settled, Told};
use super::record::{Last, Phase};
use super::{Context, Error, end, here, lay, record};
use crate::catalogue::versions_xml;
use crate::devices::staged::{self, Staged};
use crate::journal;
use crate::paths::Paths;
use crate::update_lock;
use crate::version::Version;

/// What was taken back.
#[derive(Debug)]
pub struct Undone {
    /// Which version is staged no more.
    pub version: Version,
    /// What is staged now.
    pub staged: Staged,
    /// Why the entry is missing in the journal, if it is.
    pub unrecorded: Option<journal::Error>,
}

/// What would be taken back, also of a run that was broken off; `None`: nothing was staged here that is known of. That
/// somebody has changed the list since is found out by [`undo`].
pub fn undoable(paths: &Paths, base_id: &str) -> Result<Option<Last>, Error> {
    Ok(record::read(paths, base_id)?.map(|record| record.last()))
}

/// Takes back what was staged last: devices are offered again what they were before. Blocks, and is not cancelled.
pub fn undo(context: &Context<'_>, base_id: &str) -> Result<Undone, Error> {
    let _lock = update_lock::take(context.os, context.paths).map_err(Error::Lock)?;
    journal::prepare(&context.paths.journal_path()).map_err(Error::Journal)?;
    let (base, base_dir) = here(context, base_id)?;
    // What was begun last and broken off is what a person means who sees it half-way.
    if let Settled::Back { version, unrecorded } = end::settle(context, &base, &base_dir)? {
        return Ok(Undone { version, staged: staged::read(&base_dir), unrecorded });
    }
    let mut record = record::read(context.paths, base_id)?.ok_or(Error::NothingToUndo)?;
    let dir = lay::dir(&base_dir)?;
    let list_path = lay::file(&dir, versions_xml::FILE)?;
    if end::list_now(&list_path, &record)? != ListNow::Ours {
        return Err(Error::ChangedSince { path: list_path });
    }
    end::can_return(&dir, &record)?;
    let version = record.version;
    record.phase = Phase::Undoing;
    record.at = (context.clock)();
    record.write(context)?;
    context.reach(super::Checkpoint::Recorded);
    let unrecorded = end::undo(context, &base, &dir, &list_path, record, Told::No)?;
    Ok(Undone { version, staged: staged::read(&base_dir), unrecorded })
}
