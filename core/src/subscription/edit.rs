//! Changing what is known of subscriptions: the kept list, and which devices do not count any more.
//!
//! An [`Edit`] may come from another process, as JSON in a file, so whoever carries it out believes nothing of it:
//! it has to be the one with the hash that was told, and every record and name is held to the rules that typed ones
//! are held to ([`Record::checked`]).
//!
//! All of it happens under the update lock, so that two at once lose nothing. The list is read, changed and put in
//! place whole; one that cannot be read, or that others than administrators may have written, is left as it is. Only an
//! import takes the place of one that is no list at all, which is kept aside: else there would be no way out of it.
//! Lines of it that are no records go to the former list with it ([`super::save`]). Who is written off is an entry
//! in the journal and stands nowhere else.
//!
//! Deliberately not here: asking the system for an administrator's rights, and whether a device is known at all,
//! which a front end tells the person.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::columns::key_of;
use super::record::device_name;
use super::store::is_there;
use super::{Error, Fault, Record, RecordKey, import, load, save};
use crate::digest::Digest;
use crate::journal::{self, Entry, What};
use crate::os::Os;
use crate::paths::Paths;
use crate::{apply, fs, update_lock};

/// Bytes of an edit in a file: a list of the largest size with the names of its fields.
const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// One change of what is known of subscriptions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// The records of a list: of the devices it names they take the place of all there were.
    Import {
        /// At least one.
        records: Vec<Record>,
        /// Devices that keep what they have besides, as in [`super::Reading::keeps`].
        #[serde(default)]
        keeps: Vec<String>,
    },
    /// One record by hand.
    Set {
        /// Takes the place of the one about the same device and product, if there is one.
        record: Record,
        /// The record it was before, if that was about another device or product.
        former: Option<RecordKey>,
    },
    /// The last day alone of records, which may be others by now than whoever asks has seen.
    Renew {
        /// At least one. Where there is no such record, one is made with nothing but the day.
        keys: Vec<RecordKey>,
        /// For all of them.
        until: Date,
    },
    /// A record is taken away.
    Remove {
        /// Which.
        key: RecordKey,
    },
    /// Devices are not in use any more and count nowhere.
    WriteOff {
        /// At least one.
        devices: Vec<String>,
    },
    /// Devices that were written off count again.
    CountAgain {
        /// At least one.
        devices: Vec<String>,
    },
}

/// Why nothing was changed; after [`EditError::Journal`], not for all devices that were named.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// An update or another edit is under way.
    #[error("Another update is running on this machine")]
    Busy,
    /// The update lock could not be made.
    #[error("Failed to take the update lock: {}", path.display())]
    Lock {
        /// The lock file.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// The kept list, or the journal, cannot be used, or the new list could not be put in its place. The old one
    /// stays.
    #[error("Failed to change the list of subscriptions")]
    List(#[source] Error),
    /// A record or a name is none.
    #[error("Record is unusable: {device}")]
    Record {
        /// As it was given, shortened.
        device: String,
        /// Why.
        #[source]
        fault: Fault,
    },
    /// There is no such record to take away.
    #[error("There is no such record: {device}")]
    NotThere {
        /// Of the record.
        device: String,
    },
    /// The record would take the place of one that the person has not seen.
    #[error("There is another record about this device and product: {device}")]
    Exists {
        /// Of the record.
        device: String,
    },
    /// No records, or no devices.
    #[error("Nothing is to be changed")]
    Nothing,
    /// It could not be recorded who is written off, so that nobody is; or not all of those named.
    #[error("Failed to record which devices count")]
    Journal(#[source] journal::Error),
    /// Not read, not written, or far too large.
    #[error("Failed to read or write the edit: {}", path.display())]
    File {
        /// The edit's file.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// Not the edit that the person has made.
    #[error("Edit has been changed: {}", path.display())]
    OtherEdit {
        /// The file.
        path: PathBuf,
    },
    /// It is no edit. Nothing of the file is told: it may be any file.
    #[error("Not an edit, line {line}, column {column}: {}", path.display())]
    NotAnEdit {
        /// The file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
}

/// Carries it out. `witness` is shown every entry of the journal that was written.
pub fn edit(
    os: &dyn Os,
    paths: &Paths,
    edit: &Edit,
    now: Timestamp,
    witness: &dyn Fn(&Entry),
) -> Result<(), EditError> {
    // Told before anybody is kept waiting.
    let edit = edit.checked()?;
    let _lock = update_lock::take(os, paths).map_err(EditError::of_lock)?;
    match &edit {
        Edit::Import { .. } | Edit::Set { .. } | Edit::Renew { .. } | Edit::Remove { .. } => {
            change_list(os, paths, &edit)
        }
        Edit::WriteOff { devices } => record(os, paths, What::WrittenOff, devices, now, witness),
        Edit::CountAgain { devices } => record(os, paths, What::CountedAgain, devices, now, witness),
    }
}

/// Why [`edit`] would not carry it out now, as far as that can be told without an administrator's rights: for whoever
/// has heard nothing but a status from a process that has them. Changes nothing. `None`: nothing speaks against it.
pub fn obstacle(os: &dyn Os, paths: &Paths, edit: &Edit) -> Option<EditError> {
    let found = || {
        let edit = edit.checked()?;
        if apply::is_running(paths) {
            return Err(EditError::Busy);
        }
        match &edit {
            Edit::Import { .. } | Edit::Set { .. } | Edit::Renew { .. } | Edit::Remove { .. } => {
                changed(&current(os, paths, &edit)?, &edit).map(drop)
            }
            Edit::WriteOff { .. } | Edit::CountAgain { .. } => usable_journal(os, paths).map(drop),
        }
    };
    found().err()
}

impl Edit {
    /// Writes it; its hash.
    pub fn write(&self, path: &Path) -> Result<Digest, EditError> {
        let file = |error| EditError::File { path: path.to_path_buf(), error };
        let bytes = serde_json::to_vec(self).map_err(|error| file(error.into()))?;
        fs::write_atomically(path, &bytes).map_err(file)?;
        Ok(Digest::of(&bytes))
    }

    /// Reads it, if it is the one with this hash.
    pub fn read(path: &Path, sha256: Digest) -> Result<Self, EditError> {
        let file = |error| EditError::File { path: path.to_path_buf(), error };
        let bytes = fs::read_limited(path, LARGEST_FILE).map_err(file)?;
        let bytes = bytes.ok_or_else(|| file(io::ErrorKind::NotFound.into()))?;
        if Digest::of(&bytes) != sha256 {
            return Err(EditError::OtherEdit { path: path.to_path_buf() });
        }
        serde_json::from_slice(&bytes).map_err(|error| EditError::NotAnEdit {
            path: path.to_path_buf(),
            line: error.line(),
            column: error.column(),
        })
    }

    /// The same, held to the rules of records and names.
    fn checked(&self) -> Result<Self, EditError> {
        let is_empty = match self {
            Self::Import { records, .. } => records.is_empty(),
            Self::Renew { keys, .. } => keys.is_empty(),
            Self::WriteOff { devices } | Self::CountAgain { devices } => devices.is_empty(),
            Self::Set { .. } | Self::Remove { .. } => false,
        };
        if is_empty {
            return Err(EditError::Nothing);
        }
        let names = |devices: &[String]| -> Result<Vec<String>, EditError> {
            devices.iter().map(|device| checked_name(device)).collect()
        };
        Ok(match self {
            Self::Import { records, keeps } => {
                Self::Import { records: latest(records)?, keeps: keeps.clone() }
            }
            Self::Set { record, former } => Self::Set { record: checked(record)?, former: former.clone() },
            Self::Renew { keys, until } => {
                let keys: Result<_, _> = keys.iter().map(|key| renewed(key, *until)).collect();
                Self::Renew { keys: keys?, until: *until }
            }
            Self::Remove { key } => Self::Remove { key: key.clone() },
            Self::WriteOff { devices } => Self::WriteOff { devices: names(devices)? },
            Self::CountAgain { devices } => Self::CountAgain { devices: names(devices)? },
        })
    }
}

impl EditError {
    fn of_lock(error: update_lock::Error) -> Self {
        match error {
            update_lock::Error::Busy => Self::Busy,
            update_lock::Error::File { path, error } => Self::Lock { path, error },
        }
    }
}

fn checked(record: &Record) -> Result<Record, EditError> {
    let device = || super::shortened(&record.device);
    record.checked().map_err(|fault| EditError::Record { device: device(), fault })
}

/// The key of a record with another day, held to the rules of records.
fn renewed(key: &RecordKey, until: Date) -> Result<RecordKey, EditError> {
    checked(&key.with(until)).map(|record| RecordKey::of(&record))
}

fn checked_name(device: &str) -> Result<String, EditError> {
    device_name(device).map_err(|fault| EditError::Record { device: super::shortened(device), fault })
}

/// One for each device and product: the latest, as in a list.
fn latest(records: &[Record]) -> Result<Vec<Record>, EditError> {
    let mut found: BTreeMap<_, Record> = BTreeMap::new();
    for record in records {
        let record = checked(record)?;
        let is_later = found.get(&key_of(&record)).is_none_or(|former| former.until < record.until);
        if is_later {
            found.insert(key_of(&record), record);
        }
    }
    Ok(found.into_values().collect())
}

fn change_list(os: &dyn Os, paths: &Paths, edit: &Edit) -> Result<(), EditError> {
    let records = changed(&current(os, paths, edit)?, edit)?;
    save(&paths.subscriptions_path(), &records).map_err(EditError::List)
}

/// The list before an edit that is about records.
fn current(os: &dyn Os, paths: &Paths, edit: &Edit) -> Result<Vec<Record>, EditError> {
    match load(os, &paths.subscriptions_path()) {
        Ok(reading) => Ok(reading.records),
        // Nothing is known of it anyway, and it is kept aside.
        Err(error) if error.is_of_content() && matches!(edit, Edit::Import { .. }) => Ok(Vec::new()),
        Err(error) => Err(EditError::List(error)),
    }
}

/// The list after an edit that is about records; any other leaves it as it is.
fn changed(current: &[Record], edit: &Edit) -> Result<Vec<Record>, EditError> {
    let mut records: BTreeMap<_, Record> =
        current.iter().map(|record| (key_of(record), record.clone())).collect();
    match edit {
        Edit::Import { records, keeps } => return Ok(import(current, records, keeps).records),
        Edit::Set { record, former } => {
            let own = key_of(record);
            if let Some(former) = former.as_ref().filter(|former| former.key() != own) {
                if records.contains_key(&own) {
                    return Err(EditError::Exists { device: record.device.clone() });
                }
                records.remove(&former.key());
            }
            records.insert(own, record.clone());
        }
        Edit::Renew { keys, until } => {
            for key in keys {
                let record = records.entry(key.key()).or_insert_with(|| key.with(*until));
                record.until = *until;
            }
        }
        Edit::Remove { key } => {
            let removed = records.remove(&key.key());
            removed.ok_or_else(|| EditError::NotThere { device: super::shortened(&key.device) })?;
        }
        Edit::WriteOff { .. } | Edit::CountAgain { .. } => {}
    }
    Ok(records.into_values().collect())
}

fn record(
    os: &dyn Os,
    paths: &Paths,
    what: What,
    devices: &[String],
    now: Timestamp,
    witness: &dyn Fn(&Entry),
) -> Result<(), EditError> {
    let path = usable_journal(os, paths)?;
    let identity = os.identity();
    for device in devices {
        let entry = Entry {
            time: now,
            user: identity.user.clone(),
            computer: identity.computer.clone(),
            what,
            subject: device.clone(),
            name: device.clone(),
            product: None,
            from: None,
            to: None,
            file: String::new(),
            sha256: None,
            proof: None,
            detail: String::new(),
            backup_dir: None,
            works: None,
        };
        journal::append(&path, &entry).map_err(EditError::Journal)?;
        witness(&entry);
    }
    Ok(())
}

/// One that others than administrators may write says nothing of who is written off.
fn usable_journal(os: &dyn Os, paths: &Paths) -> Result<PathBuf, EditError> {
    let path = paths.journal_path();
    is_there(os, &path).map_err(EditError::List)?;
    Ok(path)
}

#[cfg(test)]
mod tests;
