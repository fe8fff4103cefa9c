//! Changes of bases that were cut off, by a loss of power or by somebody who ended the program: finished if all of the
//! change was made, else undone.
//!
//! Which of the two is seen on the disk. Finished is one whose every rename was done and whose base reads as the version
//! it was to become. One whose base reads as a version that it neither was nor was to become is somebody else's by now,
//! and stays what they made it. Anything else goes back by the same renames, and what those cannot bring back, as
//! somebody has taken it away, comes out of the copy. A base whose server works goes back later: the record stays, as
//! it does until the end is in the journal.
//!
//! A base that the journal has begun, and of which there is no record any more, goes back out of its copy alone, if it
//! still reads as the version it was, or as none.
//!
//! A record is believed as far as administrators alone can have written it, and it names no place but a base's
//! folder on this very machine and names of ours in it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::end::{End, Recovered};
use super::undo::{close, expect_base, expect_unused, take_back, version_in};
use super::{Error, Progress, server};
use crate::backup::{self, Backup, Changes, RestoreFault};
use crate::journal::{self, Entry, What};
use crate::machine::{self, Damage, Kind};
use crate::os::Os;
use crate::paths::Paths;
use crate::switch::{self, Checkpoint, Open, Phase, Record, Switch};
use crate::update_lock;

/// What it takes to bring a change that was cut off to its end.
#[derive(Clone, Copy)]
pub struct Finishing<'a> {
    /// The PC.
    pub os: &'a dyn Os,
    /// Our own files.
    pub paths: &'a Paths,
    /// The moment, asked for whenever something is recorded.
    pub clock: &'a (dyn Fn() -> Timestamp + Sync),
    /// Shown every entry of the journal, also one that could not be written.
    pub witness: &'a dyn Fn(&Entry),
    /// Told what was reached. Tests end the process there.
    pub checkpoint: &'a dyn Fn(Checkpoint),
}

/// Brings every change of this machine that was cut off to its end, and takes the start at boot away once none is
/// left open.
pub fn finish(work: &Finishing<'_>, progress: &mut dyn FnMut(Progress)) -> Result<Vec<Recovered>, Error> {
    let _lock = update_lock::take(work.os, work.paths).map_err(Error::of_lock)?;
    journal::prepare(&work.paths.journal_path()).map_err(Error::Journal)?;
    let recovered = all(work, progress)?;
    server::start_the_rest(work.os, work.paths);
    forget_start(work);
    Ok(recovered)
}

/// Takes the start at boot away if no switch is open.
pub(super) fn forget_start(work: &Finishing<'_>) {
    match switch::open(work.paths) {
        Ok(open) if open.is_empty() => {
            if let Err(error) = switch::forget_start(work.os) {
                tracing::warn!(%error, "Failed to take the start with the PC away");
            }
        }
        Ok(_) => {}
        Err(error) => tracing::warn!(%error, "Failed to look for open switches"),
    }
}

/// What [`finish`] does, under the lock that the caller holds; to be called before anything else is changed.
pub(crate) fn all(work: &Finishing<'_>, progress: &mut dyn FnMut(Progress)) -> Result<Vec<Recovered>, Error> {
    let dir = work.paths.switches_dir();
    let open = switch::open(work.paths).map_err(|error| Error::Staging { dir, error })?;
    let journal = journal::read(&work.paths.journal_path()).map_err(Error::Journal)?.entries;
    let mut recovered: Vec<Recovered> = Vec::new();
    for open in open {
        let (base_id, to) = (open.record.base_id.clone(), open.record.to);
        let phase = open.record.phase;
        tracing::warn!(base = base_id, ?to, ?phase, "A change of a base was cut off");
        let end = end(work, open, &journal, progress);
        tracing::warn!(base = base_id, ?end, "It was dealt with");
        recovered.push(Recovered { base_id, to, end });
    }
    for begun in journal::unfinished(&journal) {
        if recovered.iter().any(|one| one.base_id == begun.subject) {
            continue;
        }
        let end = end_without_record(work, begun, progress);
        tracing::warn!(base = begun.subject, ?end, "A change of a base that has no record was dealt with");
        tell(work, &journal, &begun.subject, &end);
        recovered.push(Recovered { base_id: begun.subject.clone(), to: begun.to, end });
    }
    Ok(recovered)
}

/// The same, for whoever has no progress to tell.
pub(crate) fn all_quietly(work: &Finishing<'_>) -> Result<Vec<Recovered>, Error> {
    all(work, &mut |_| ())
}

fn end(work: &Finishing<'_>, open: Open, journal: &[Entry], progress: &mut dyn FnMut(Progress)) -> End {
    if work.os.only_administrators_may_write(&open.path) == Some(false) {
        return End::Left { path: open.path, error: io::ErrorKind::PermissionDenied.into() };
    }
    let base_dir = match base_dir(work, &open.record.folder, open.record.base_dir.as_deref()) {
        Ok(Some(dir)) => dir,
        Ok(None) => return gone(work, &open, journal),
        Err(error) => return End::Left { path: PathBuf::from(&open.record.folder), error },
    };
    let mut switch = open.resume(base_dir.clone(), work.checkpoint);
    match is_believed(&switch, &base_dir) {
        Ok(true) => {}
        Ok(false) => {
            tracing::warn!(base = switch.record.base_id, "The disk has lost what the record says");
            if let Err(error) = switch.enter(Phase::Switching) {
                return not_entered(work, &switch, error);
            }
        }
        Err(error) => return End::Left { path: base_dir, error },
    }
    let end = match switch.record.phase {
        Phase::Staging => End::Untouched,
        Phase::Done => End::Finished,
        Phase::Undone => undone(work, &switch),
        Phase::Switching => {
            let end = out_of_between(work, &switch, &base_dir, progress);
            let phase = match &end {
                End::Finished | End::Superseded => Some(Phase::Done),
                End::Undone { .. } => Some(Phase::Undone),
                End::Untouched | End::NotUndone { .. } | End::Left { .. } | End::NoCopy | End::Gone => None,
            };
            match phase.map_or(Ok(()), |phase| switch.enter(phase)) {
                Ok(()) => end,
                Err(error) => return not_entered(work, &switch, error),
            }
        }
    };
    let is_told =
        is_of_former(&switch.record, journal, &end) || tell(work, journal, &switch.record.base_id, &end);
    if end.is_open() {
        return end;
    }
    // Nothing came of this one, and it was to make up for that one.
    let Some(former) = close(switch, is_told) else { return end };
    let journal = journal::read(&work.paths.journal_path());
    let journal = journal.map_or_else(|_| Vec::new(), |journal| journal.entries);
    self::end(work, former, &journal, progress)
}

/// Whether a beginning without an end in the journal is that of the change before this one: this one was undone, or
/// left, before it got into the journal.
fn is_of_former(record: &Record, journal: &[Entry], end: &End) -> bool {
    let is_beginning = |what| matches!(what, What::Begun | What::GoingBack | What::GoingBackWhole);
    let last = || journal.iter().rfind(|entry| entry.subject == record.base_id);
    matches!(end, End::Untouched | End::Undone { .. })
        && record.former.is_some()
        && !last().is_some_and(|last| is_beginning(last.what))
}

/// Whether the base is what a record says by which all is over. The error is of a folder that may not be the base's.
fn is_believed(switch: &Switch<'_>, base_dir: &Path) -> io::Result<bool> {
    let Record { from, to, phase, .. } = &switch.record;
    // One that has no version need not have a description.
    if matches!(phase, Phase::Done | Phase::Undone) && from.or(*to).is_some() {
        expect_base(switch, base_dir)?;
    }
    switch.is_kept()
}

/// A base that may be in between.
fn out_of_between(
    work: &Finishing<'_>,
    switch: &Switch<'_>,
    base_dir: &Path,
    progress: &mut dyn FnMut(Progress),
) -> End {
    let Record { from, to, .. } = &switch.record;
    let is_turned = switch.is_turned().unwrap_or_else(|error| {
        tracing::warn!(%error, "Failed to look at a change that was cut off");
        false
    });
    let found = version_in(base_dir);
    if is_turned && (to.is_none() || found == *to) {
        return End::Finished;
    }
    if found.is_some() && found != *from && found != *to {
        return End::Superseded;
    }
    progress(Progress::PuttingBack { base_id: switch.record.base_id.clone() });
    let put_back = server::stilled(work, &switch.record.base_id, || {
        expect_unused(work.os, base_dir)?;
        let kept = kept(work, switch);
        take_back(switch, kept.as_ref().map(|(backup, changes)| (backup, changes)), base_dir)
    });
    match put_back {
        Ok(()) => undone(work, switch),
        Err(error) => End::NotUndone { error, backup_dir: backup_dir(work, switch) },
    }
}

/// The record was damaged or taken away: what the journal and the copy know is all there is.
fn end_without_record(work: &Finishing<'_>, begun: &Entry, progress: &mut dyn FnMut(Progress)) -> End {
    let Some(base) = machine::read_base(work.os, &begun.subject) else { return End::Gone };
    let path = PathBuf::from(&base.folder);
    match &base.kind {
        Kind::Remote | Kind::Cloud => return End::Superseded,
        // Which of the two it is cannot be told.
        Kind::Damaged(Damage::DuplicateId { .. }) => {
            return End::Left { path, error: io::ErrorKind::InvalidData.into() };
        }
        // One that is half-way may lack just what it is read by.
        Kind::Local | Kind::InternetExchange | Kind::Damaged(_) => {}
    }
    let dir = match base_dir(work, &base.folder, None) {
        Ok(Some(dir)) => dir,
        Ok(None) => return End::Gone,
        Err(error) => return End::Left { path, error },
    };
    let found = version_in(&dir);
    if found.is_some() && found == begun.to {
        return End::Finished;
    }
    // All steps are one switch, so there is no version in between.
    if found.is_some() && found != begun.from {
        return End::Superseded;
    }
    let Some(backup_dir) = begun.backup_dir.as_ref().map(PathBuf::from).filter(|dir| dir.is_dir()) else {
        return End::NoCopy;
    };
    let journal = work.paths.journal_path();
    // It may be anybody's where a system keeps no rights: files come back from our copies only.
    let is_ours = backup_dir.starts_with(&work.paths.backup_dir);
    if !is_ours || work.os.only_administrators_may_write(&journal) == Some(false) {
        tracing::warn!(dir = %backup_dir.display(), "Copy or journal may be somebody else's; nothing is put back");
        return End::NoCopy;
    }
    progress(Progress::PuttingBack { base_id: base.id });
    let put_back = server::stilled(work, &begun.subject, || {
        expect_unused(work.os, &dir)?;
        let backup = Backup::open_ours(work.os, &backup_dir)?;
        backup::put_back(&backup, &dir, &backup.changes()?)
    });
    match put_back {
        Ok(()) => {
            switch::sweep(&dir);
            End::Undone { backup_dir }
        }
        Err(error) => End::NotUndone { error, backup_dir },
    }
}

/// The base's folder, which has to be the one in which the change began: a link in its place leads to files that are
/// nobody's to change with the rights of the system. `None` if it is not there, though what it lies in is.
fn base_dir(work: &Finishing<'_>, folder: &str, begun: Option<&Path>) -> io::Result<Option<PathBuf>> {
    let dir = work.os.locate(folder).map_err(io::Error::other)?;
    match (dir.canonicalize(), begun) {
        (Ok(dir), Some(begun)) if dir != begun => {
            let (dir, begun) = (dir.display(), begun.display());
            Err(io::Error::other(format!("The folder leads to {dir} now, and led to {begun} before")))
        }
        (Ok(dir), _) => Ok(Some(dir)),
        (Err(error), _) if error.kind() == io::ErrorKind::NotFound => {
            fs::metadata(dir.parent().unwrap_or(&dir))?;
            Ok(None)
        }
        (Err(error), _) => Err(error),
    }
}

/// The record stays, as the folder may come back, unless nobody knows of such a base any more.
fn gone(work: &Finishing<'_>, open: &Open, journal: &[Entry]) -> End {
    let is_told = tell(work, journal, &open.record.base_id, &End::Gone);
    if is_told
        && machine::is_listed(work.os, &open.record.base_id) == Some(false)
        && let Err(error) = fs::remove_file(&open.path)
    {
        return End::Left { path: open.path.clone(), error };
    }
    End::Gone
}

/// The copy and what may have been changed since; `None` if there is none that is to be believed.
fn kept(work: &Finishing<'_>, switch: &Switch<'_>) -> Option<(Backup, Changes)> {
    let dir = switch.record.backup_dir.as_deref()?;
    if !dir.starts_with(&work.paths.backup_dir) {
        tracing::warn!(dir = %dir.display(), "Copy lies where none of ours do");
        return None;
    }
    let opened =
        Backup::open_ours(work.os, dir).and_then(|backup| backup.changes().map(|changes| (backup, changes)));
    opened.inspect_err(|error| tracing::warn!(%error, "Copy of a base is not used")).ok()
}

fn backup_dir(work: &Finishing<'_>, switch: &Switch<'_>) -> PathBuf {
    switch.record.backup_dir.clone().unwrap_or_else(|| work.paths.backup_dir.clone())
}

fn undone(work: &Finishing<'_>, switch: &Switch<'_>) -> End {
    End::Undone { backup_dir: backup_dir(work, switch) }
}

/// The record does not say what the base is, and so stays.
fn not_entered(work: &Finishing<'_>, switch: &Switch<'_>, error: switch::Error) -> End {
    let fault = RestoreFault { path: work.paths.switches_dir(), error: io::Error::other(error) };
    let error = backup::Error::NotRestored { faults: vec![fault] };
    End::NotUndone { error, backup_dir: backup_dir(work, switch) }
}

/// Puts the end into the journal, if that has the beginning and not yet an end. Whether nothing is left to be told.
fn tell(work: &Finishing<'_>, journal: &[Entry], base_id: &str, end: &End) -> bool {
    let of_base = |begun: Vec<&Entry>| begun.into_iter().find(|entry| entry.subject == base_id).cloned();
    // A base that goes back may be half-way since an update.
    let begun = of_base(backup::cut_off(journal)).or_else(|| of_base(journal::unfinished(journal)));
    let Some(begun) = begun else { return true };
    let (done, undone) = match begun.what {
        What::GoingBack => (What::WentBack, What::NotGoneBack),
        What::GoingBackWhole => (What::WentBackWhole, What::NotGoneBack),
        _ => (What::Updated, What::Undone),
    };
    let (what, detail) = match end {
        End::Untouched => (undone, "Cut off before the first change".to_owned()),
        End::Finished => (done, "Cut off after the last change".to_owned()),
        End::Undone { .. } => (undone, "Cut off".to_owned()),
        End::NotUndone { error, .. } => (What::NotUndone, format!("Cut off; {}", super::chain(error))),
        End::Gone => (What::NotUndone, "Cut off; the base's folder is gone".to_owned()),
        End::Superseded => (What::Superseded, "Cut off; somebody has changed the base since".to_owned()),
        End::Left { .. } | End::NoCopy => return true,
    };
    // It is tried again and again.
    let last = journal.iter().rfind(|entry| entry.subject == base_id);
    if last.is_some_and(|last| last.what == what && last.detail == detail) {
        return true;
    }
    let identity = work.os.identity();
    let (user, computer) = (identity.user, identity.computer);
    let entry = Entry { time: (work.clock)(), user, computer, what, detail, ..begun };
    (work.checkpoint)(Checkpoint::Journal { is_written: false });
    let written = journal::append(&work.paths.journal_path(), &entry);
    (work.witness)(&entry);
    (work.checkpoint)(Checkpoint::Journal { is_written: true });
    if let Err(error) = &written {
        tracing::error!(error = super::chain(error), "The end of an update is not in the journal");
    }
    written.is_ok()
}
