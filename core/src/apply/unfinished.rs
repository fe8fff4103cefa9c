//! Updates that were cut off: by a power cut, or by somebody who ended the program.
//!
//! A base is begun in the journal before its first change, and what each step changes lies beside the copy.
//! So before a base is touched again, an earlier update of it that came to no good end is dealt with:
//! - The base is on the version it was to become: all of it is there, as the description is written last.
//!   That is recorded, and the new update goes on.
//! - It is on the version it had or on one between: it is put back from its copy, what others have written
//!   meanwhile stays, and the new update stops. The person agreed to it looking at a base that was half-way.
//! - It is on any other version, or the copy is gone: somebody has dealt with it. The new update goes on.
//!
//! Deliberately not here: doing any of that without an update being asked for.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::{BaseState, Context, Progress};
use crate::backup::{self, Backup, RestoreFault};
use crate::journal::{self, Entry, What};
use crate::machine::Base;
use crate::os::Os;
use crate::paths::Paths;
use crate::preflight::{self, Use};
use crate::put;

/// The bases that an earlier run has left half-way, or has finished without being able to say so, as it was
/// cut off: the journal's entries of their beginnings. None while a run is under way.
pub fn unfinished(paths: &Paths) -> Result<Vec<Entry>, journal::Error> {
    let journal = journal::read(&paths.journal_path())?;
    let found: Vec<Entry> = journal::unfinished(&journal.entries).into_iter().cloned().collect();
    if found.is_empty() || is_running(paths) { Ok(Vec::new()) } else { Ok(found) }
}

/// Whether an update is under way on this machine. Whoever may not open the lock takes the answer for no:
/// better a warning too many.
pub fn is_running(paths: &Paths) -> bool {
    File::open(paths.update_lock_path()).is_ok_and(|file| file.try_lock_shared().is_err())
}

/// What became of an unfinished update.
pub(super) enum Settled {
    /// The new one may go on; the entry, if there is something to record.
    GoOn(Option<Entry>),
    /// The new one stops.
    Stop {
        /// To be recorded.
        entry: Entry,
        /// What the base is now.
        state: BaseState,
    },
}

/// Deals with an unfinished update of a base. `base` and `dir` are as just read from the machine.
pub(super) fn settle(
    context: &Context<'_>,
    begun: &Entry,
    base: &Base,
    dir: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Settled {
    if base.version.is_some() && base.version == begun.to {
        let detail = "Cut off after the last change".to_owned();
        return Settled::GoOn(Some(entry(context, begun, What::Updated, detail)));
    }
    let is_between = base.version >= begun.from && base.version < begun.to;
    let Some(backup_dir) = begun.backup_dir.as_ref().map(PathBuf::from).filter(|_| is_between) else {
        return Settled::GoOn(None);
    };
    let journal = context.paths.journal_path();
    if context.os.only_administrators_may_write(&journal) == Some(false) {
        tracing::warn!(path = %journal.display(), "Journal may be somebody else's; nothing is put back by it");
        return Settled::GoOn(None);
    }
    // It may be anybody's where a system keeps no rights: files come back from our copies only.
    if !backup_dir.starts_with(&context.paths.backup_dir) {
        tracing::warn!(base = begun.subject, dir = %backup_dir.display(), "Copy lies where none of ours do");
        return Settled::GoOn(None);
    }
    if !backup_dir.is_dir() {
        tracing::warn!(base = begun.subject, "Copy of a base that was left half-way is gone");
        return Settled::GoOn(None);
    }
    progress(Progress::PuttingBack { base_id: base.id.clone() });
    match put_back(context.os, &backup_dir, dir) {
        Ok(()) => {
            let entry = entry(context, begun, What::Undone, "Cut off".to_owned());
            Settled::Stop { entry, state: BaseState::PutBack { backup_dir } }
        }
        Err(error) => {
            let detail = format!("Cut off; {}", super::chain(&error));
            let entry = entry(context, begun, What::NotUndone, detail);
            Settled::Stop { entry, state: BaseState::NotPutBack { error, backup_dir } }
        }
    }
}

fn put_back(os: &dyn Os, backup_dir: &Path, base_dir: &Path) -> Result<(), backup::Error> {
    let backup = Backup::open(backup_dir)?;
    // Cut off before the first of them was kept, it has changed nothing.
    let changes = if backup.has_changes() { backup.changes()? } else { backup::Changes::default() };
    if let Use::Held { file, error, .. } = preflight::server_use(os, base_dir) {
        let fault = RestoreFault { path: base_dir.join(file), error };
        return Err(backup::Error::NotRestored { faults: vec![fault] });
    }
    backup::put_back(&backup, base_dir, &changes)?;
    remove_staging(base_dir);
    Ok(())
}

/// Best effort: the folder with unpacked files that the run has left beside the base. No other run is under
/// way, as this one holds the lock.
fn remove_staging(base_dir: &Path) {
    let Some(entries) = base_dir.parent().and_then(|dir| std::fs::read_dir(dir).ok()) else { return };
    for entry in entries.filter_map(Result::ok) {
        let is_ours = entry.file_name().to_string_lossy().starts_with(put::TEMPORARY_PREFIX);
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// About the former update, by whoever has dealt with it.
fn entry(context: &Context<'_>, begun: &Entry, what: What, detail: String) -> Entry {
    let identity = context.os.identity();
    let (user, computer) = (identity.user, identity.computer);
    Entry { time: (context.clock)(), user, computer, what, detail, ..begun.clone() }
}
