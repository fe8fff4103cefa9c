//! Why there is no copy, or nothing was put back from one.

use std::io;
use std::path::PathBuf;

use super::crew::ThreadFault;
use crate::tree::{self, RelPath};

/// Why there is no complete copy, or why it could not be put back.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The base or the copy could not be listed.
    #[error("Failed to list the files")]
    List(#[source] tree::Error),
    /// The base holds a link or a junction.
    #[error("Base holds a link, which cannot be copied: {path}")]
    Link {
        /// Below the base's folder.
        path: RelPath,
    },
    /// The base holds a device, a socket or a pipe.
    #[error("Base holds what is neither a file nor a folder: {path}")]
    Special {
        /// Below the base's folder.
        path: RelPath,
    },
    /// The folder for copies lies in the base itself, so a copy would hold itself.
    #[error("Folder for copies lies in the base: {}", dir.display())]
    Nested {
        /// The folder for copies.
        dir: PathBuf,
    },
    /// The folder for the copy could not be made.
    #[error("Failed to create the folder of the copy: {}", dir.display())]
    Folder {
        /// The folder.
        dir: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// A file could not be copied.
    #[error("Failed to copy a file: {path}")]
    Copy {
        /// Below the base's folder.
        path: RelPath,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// Something of the base changed while it was copied: somebody works in it.
    #[error("Base changed while it was copied: {path}")]
    Changing {
        /// Below the base's folder.
        path: RelPath,
    },
    /// The copy, read again, is not what was written.
    #[error("Copy differs from the base: {path}")]
    Differs {
        /// Below the base's folder.
        path: RelPath,
    },
    /// A file of the copy is not what it was when the copy was made.
    #[error("Copy was damaged: {path}")]
    Damaged {
        /// Below the copy's folder.
        path: RelPath,
    },
    /// The manifest, or the list of changes, could not be written.
    #[error("Failed to write what belongs to the copy: {}", path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// The copy has two names that differ in letter case only, and the base has lost one of them. Windows would take
    /// the other for it.
    #[error("Copy has two names that differ in letter case only: {path}")]
    Clash {
        /// That which is not there.
        path: RelPath,
    },
    /// What lies beside a copy could not be read.
    #[error("Failed to read what belongs to the copy: {}", path.display())]
    Open {
        /// The manifest, or the list of changes.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// Nothing is believed of a copy that others than administrators may have written.
    #[error("Others than administrators may write the copy: {}", path.display())]
    OpenToOthers {
        /// The folder, the manifest, or the list of changes.
        path: PathBuf,
    },
    /// An update would change what the copy has left out, and what could not be put back.
    #[error("Copy has left out what the update changes: {path}")]
    LeftOut {
        /// Below the base's folder.
        path: RelPath,
    },
    /// It is no complete copy of ours, so it is not deleted.
    #[error("Not a complete copy of this program: {}", dir.display())]
    NotOurs {
        /// The folder.
        dir: PathBuf,
    },
    /// No newer copy of the base is all there, so it is not deleted.
    #[error("Newest copy of the base is not all there, so this one stays: {}", dir.display())]
    LastGood {
        /// The folder of the one that stays.
        dir: PathBuf,
    },
    /// A copy could not be deleted, or not all of it.
    #[error("Failed to delete a copy: {}", dir.display())]
    NotRemoved {
        /// The folder.
        dir: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// Files could not be read by several threads.
    #[error("Failed to read files")]
    Thread(#[source] ThreadFault),
    /// The person stopped it. Nothing is left of the copy.
    #[error("Copying was cancelled")]
    Cancelled,
    /// The base was put back in part: everything that could be was.
    #[error("Failed to put back {} of the files", faults.len())]
    NotRestored {
        /// What is not as it was, and why.
        faults: Vec<RestoreFault>,
    },
}

/// One thing that could not be put back.
#[derive(Debug, thiserror::Error)]
#[error("Failed to put back {}", path.display())]
pub struct RestoreFault {
    /// In the base's folder, or that folder itself.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub error: io::Error,
}

impl Error {
    /// Whether what was found is in the way, rather than that something failed.
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::Link { .. }
            | Self::Special { .. }
            | Self::Nested { .. }
            | Self::Changing { .. }
            | Self::Damaged { .. }
            | Self::Clash { .. }
            | Self::OpenToOthers { .. }
            | Self::NotOurs { .. }
            | Self::LastGood { .. } => true,
            Self::List(_)
            | Self::Folder { .. }
            | Self::Copy { .. }
            | Self::Differs { .. }
            | Self::Manifest { .. }
            | Self::Open { .. }
            | Self::LeftOut { .. }
            | Self::NotRemoved { .. }
            | Self::Thread(_)
            | Self::Cancelled
            | Self::NotRestored { .. } => false,
        }
    }
}

impl From<ThreadFault> for Error {
    fn from(fault: ThreadFault) -> Self {
        Self::Thread(fault)
    }
}
