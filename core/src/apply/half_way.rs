//! Which bases earlier runs have left half-way: what the journal and the records of switches say together.
//!
//! Deliberately not here: doing something about it ([`super::recover`]).

use std::fs::File;

use super::Error;
use crate::backup;
use crate::journal::{self, Entry, What};
use crate::paths::Paths;
use crate::switch::{self, Open, Phase, Record};
use crate::version::Version;

/// A change of a base of which nobody has been told the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// Which base.
    pub base_id: String,
    /// What it was.
    pub from: Option<Version>,
    /// What it was to become.
    pub to: Option<Version>,
    /// Where the copy lies that was made before, or that it was to be put back from.
    pub backup_dir: Option<String>,
    /// It was to go back; else it was updated.
    pub is_going_back: bool,
    /// The record of its switch says that it is being changed, too.
    pub is_switching: bool,
}

impl Unfinished {
    /// Whether a base that is on this version now may be half-way. By its record one on the version it was to become may
    /// be, too, as the description alone can have been put in place; without one it only lacks its entry. One on any other
    /// version was changed by somebody since.
    pub fn may_be_half_way(&self, now: Option<Version>) -> bool {
        now.is_none() || now == self.from || self.is_switching && now == self.to
    }
}

/// The bases that an earlier run has left half-way, or has finished without being able to say so, as it was
/// cut off, each once. None while a run is under way.
pub fn unfinished(paths: &Paths) -> Result<Vec<Unfinished>, Error> {
    let found = all(paths)?;
    if found.is_empty() || is_running(paths) { Ok(Vec::new()) } else { Ok(found) }
}

/// The same while a run is under way, for the one that holds the lock.
pub(crate) fn all(paths: &Paths) -> Result<Vec<Unfinished>, Error> {
    let dir = paths.switches_dir();
    let open = switch::open(paths).map_err(|error| Error::Staging { dir, error })?;
    let journal = journal::read(&paths.journal_path()).map_err(Error::Journal)?.entries;
    let mut found: Vec<Unfinished> = Vec::new();
    // A base that goes back may be half-way since an update.
    for entry in backup::cut_off(&journal).into_iter().chain(journal::unfinished(&journal)) {
        if !found.iter().any(|one| one.base_id == entry.subject) {
            found.push(of_entry(entry));
        }
    }
    let records = open.into_iter().map(|Open { record, .. }| record);
    for record in records.filter(|record| record.phase == Phase::Switching) {
        match found.iter_mut().find(|one| one.base_id == record.base_id) {
            // It knows the last change, where the journal may know an earlier one only.
            Some(one) => (one.from, one.to, one.is_switching) = (record.from, record.to, true),
            None => found.push(of_record(record)),
        }
    }
    Ok(found)
}

fn of_entry(entry: &Entry) -> Unfinished {
    Unfinished {
        base_id: entry.subject.clone(),
        from: entry.from,
        to: entry.to,
        backup_dir: entry.backup_dir.clone(),
        is_going_back: matches!(entry.what, What::GoingBack | What::GoingBackWhole),
        is_switching: false,
    }
}

fn of_record(record: Record) -> Unfinished {
    let Record { base_id, from, to, backup_dir, .. } = record;
    let backup_dir = backup_dir.map(|dir| dir.display().to_string());
    Unfinished { base_id, from, to, backup_dir, is_going_back: false, is_switching: true }
}

/// Whether an update is under way on this machine. Whoever may not open the lock takes the answer for no:
/// better a warning too many.
pub fn is_running(paths: &Paths) -> bool {
    File::open(paths.update_lock_path()).is_ok_and(|file| file.try_lock_shared().is_err())
}
