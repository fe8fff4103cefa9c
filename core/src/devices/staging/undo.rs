//! Taking back what was staged last.

use std::path::Path;

use super::end::{ListNow, Settled, Told};
use super::record::{Last, Phase};
use super::{Context, Error, end, here, lay, record, since};
use crate::catalogue::versions_xml;
use crate::devices::staged::{self, Staged};
use crate::journal;
use crate::machine::Base;
use crate::os::Os;
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
/// somebody has changed something since is found out by [`undo`].
pub fn undoable(os: &dyn Os, paths: &Paths, base: &Base) -> Result<Option<Last>, Error> {
    let record = record::read(os, paths, &base.id)?.filter(|record| record.is_about(base));
    Ok(record.map(|record| record.last()))
}

/// Takes back what was staged last, if that is still this version: devices are offered again what they were before. Blocks, and is
/// not cancelled.
pub fn undo(context: &Context<'_>, base_id: &str, version: Version) -> Result<Undone, Error> {
    let _lock = update_lock::take(context.os, context.paths).map_err(Error::Lock)?;
    journal::prepare(&context.paths.journal_path()).map_err(Error::Journal)?;
    let (base, base_dir) = here(context, base_id)?;
    match undoable(context.os, context.paths, &base)? {
        None => return Err(Error::NothingToUndo),
        Some(last) if last.version != version => return Err(Error::StagedSince { version: last.version }),
        Some(_) => {}
    }
    let before = staged::read(&base_dir);
    undo_here(context, &base, &base_dir).map_err(|error| since(&before, &base_dir, error))
}

fn undo_here(context: &Context<'_>, base: &Base, base_dir: &Path) -> Result<Undone, Error> {
    // What was broken off, and is taken back by that alone, is what a person means who sees it half-way.
    if let Settled::Back { version, unrecorded } = end::settle(context, base, base_dir)? {
        return Ok(Undone { version, staged: staged::read(base_dir), unrecorded });
    }
    let record = record::read(context.os, context.paths, &base.id)?;
    let mut record = record.ok_or(Error::NothingToUndo)?;
    let dir = lay::dir(base_dir)?;
    let list_path = lay::file(&dir, versions_xml::FILE)?;
    if end::list_now(&list_path, &record)? != ListNow::Ours {
        return Err(Error::ChangedSince { path: list_path });
    }
    if let Some(path) = lay::changed(&dir, &record)? {
        return Err(Error::ChangedSince { path });
    }
    end::can_return(&dir, &record)?;
    let version = record.version;
    record.phase = Phase::Undoing;
    record.write(context)?;
    context.reach(super::Checkpoint::Recorded);
    let unrecorded = end::undo(context, base, &dir, &list_path, record, Told::No)?;
    Ok(Undone { version, staged: staged::read(base_dir), unrecorded })
}
