//! How a change that was cut off ended.

use std::io;
use std::path::PathBuf;

use crate::backup;
use crate::version::Version;

/// What became of a change that was cut off.
#[derive(Debug)]
pub struct Recovered {
    /// Which base.
    pub base_id: String,
    /// What it was to become.
    pub to: Option<Version>,
    /// What it is.
    pub end: End,
}

/// How a change that was cut off ended.
#[derive(Debug)]
pub enum End {
    /// Nothing of the base had been changed.
    Untouched,
    /// All of it had been; the base is on the new version.
    Finished,
    /// The base is what it was.
    Undone {
        /// Where its copy lies; without one the folder of copies.
        backup_dir: PathBuf,
    },
    /// It is neither; the next one tries again.
    NotUndone {
        /// What could not be put back.
        error: backup::Error,
        /// Where its copy lies; without one the folder of copies.
        backup_dir: PathBuf,
    },
    /// The base could not be looked at, as its drive is not there, or the record is not to be believed. It stays.
    Left {
        /// The base's folder, or the record.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Somebody has put the base on another version since. It is what they made it.
    Superseded,
    /// There is neither a record nor a copy of ours to put it back out of; it stays as it is, and may be updated.
    NoCopy,
    /// The base's folder is not there, though its drive is: there is nothing to be put back. Should it come back, so
    /// will this change, as long as the PC has such a base.
    Gone,
}

impl End {
    /// Whether somebody has to come back to it.
    pub fn is_open(&self) -> bool {
        match self {
            Self::Untouched
            | Self::Finished
            | Self::Undone { .. }
            | Self::Superseded
            | Self::NoCopy
            | Self::Gone => false,
            Self::NotUndone { .. } | Self::Left { .. } => true,
        }
    }
}
