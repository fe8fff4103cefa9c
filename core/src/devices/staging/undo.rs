//! Taking back what was staged last.

use super::end::Told;
use super::record::{Last, Phase};
use super::{Context, Error, end, here, record};
use crate::catalogue::versions_xml;
use crate::devices::staged::{self, Staged};
use crate::journal;
use crate::paths::Paths;
use crate::source::resolve;
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

/// What would be taken back; `None`: nothing was staged here that is known of. That somebody has changed the list since is
/// found out by [`undo`].
pub fn undoable(paths: &Paths, base_id: &str) -> Result<Option<Last>, Error> {
    let record = record::read(paths, base_id)?;
    Ok(record.filter(|record| record.phase == Phase::Done).map(|record| record.last()))
}

/// Takes back what was staged last: devices are offered again what they were before. Blocks, and is not cancelled.
pub fn undo(context: &Context<'_>, base_id: &str) -> Result<Undone, Error> {
    let _lock = update_lock::take(context.os, context.paths).map_err(Error::Lock)?;
    journal::prepare(&context.paths.journal_path()).map_err(Error::Journal)?;
    let (base, base_dir) = here(context, base_id)?;
    end::settle(context, &base, &base_dir)?;
    let mut record = record::read(context.paths, base_id)?.ok_or(Error::NothingToUndo)?;
    let dir = staged::dir(&base_dir);
    let list_path = resolve(&dir.join(versions_xml::FILE));
    if !end::is_listed(&list_path, &record)? {
        return Err(Error::ChangedSince { path: list_path });
    }
    let version = record.version;
    record.phase = Phase::Undoing;
    record.at = (context.clock)();
    record.write(context)?;
    context.reach(super::Checkpoint::Recorded);
    let unrecorded = end::undo(context, &base, &dir, &list_path, record, Told::No)?;
    Ok(Undone { version, staged: staged::read(&base_dir), unrecorded })
}
