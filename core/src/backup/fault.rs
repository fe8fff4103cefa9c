//! Why a person's own doing with copies came to nothing.

use std::io;
use std::path::PathBuf;

use super::Error;
use crate::os::Holder;
use crate::version::Version;
use crate::{apply, journal, update_lock};

/// Why a copy that was asked for was not made, or a base did not go back.
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
    /// The copy was made on another PC, which shares the folder for copies: it is of a base of that one.
    #[error("Copy was made on another PC: {computer}")]
    OtherComputer {
        /// Its name.
        computer: String,
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
    /// The base's data server does not let go of it. Nothing was changed.
    #[error("Data server of the base stands in the way")]
    Server(#[source] crate::server::Error),
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
    /// What earlier runs have left could not be looked at or dealt with. Nothing was changed.
    #[error("Failed to deal with what was cut off")]
    Finishing(#[source] apply::Error),
    /// An earlier change of the base was cut off, and could be brought to no end.
    #[error("Base is half-way since an earlier change")]
    HalfWay,
    /// It failed; the base is what it was before.
    #[error("Failed to go back, nothing was changed")]
    Unchanged(#[source] apply::Error),
    /// It failed, and the base could not be made what it was before: it is in between.
    #[error("Failed to go back: {}", apply::chain(error))]
    InBetween {
        /// Why it failed.
        error: Box<apply::Error>,
        /// What could not be put back.
        #[source]
        left: Error,
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
