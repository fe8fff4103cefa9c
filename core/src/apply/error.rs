//! Why something of a plan was not done.

use std::io;
use std::path::{Path, PathBuf};

use super::ExitFault;
use crate::os::{Holder, InstallerFault, Os};
use crate::preflight::Obstacle;
use crate::subscription::{Ended, Unjudged};
use crate::template::{self, Misfit};
use crate::tree::RelPath;
use crate::version::Version;
use crate::{backup, journal, preflight, switch, update_lock, verify};

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another run holds the lock.
    #[error("Another update is running on this machine")]
    Busy,
    /// The lock file could not be made.
    #[error("Failed to take the update lock: {}", path.display())]
    Lock {
        /// The lock file.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// Nothing is done that cannot be recorded.
    #[error("Failed to prepare the journal")]
    Journal(#[source] journal::Error),
    /// A plan without a package or a base, or an installer plan with a template.
    #[error("Plan holds nothing that could be done")]
    EmptyPlan,
    /// A file could not be brought to where nobody else can change it.
    #[error("Failed to bring a file of the plan to a safe place: {}", path.display())]
    NotProtected {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// A disk has not the room for the copy and for what is unpacked.
    #[error("Not enough room: {} of {} bytes are free: {}", .0.free_bytes, .0.needed_bytes, .0.dir.display())]
    NoSpace(preflight::Space),
    /// A file is not what was examined.
    #[error("File of the release is not used")]
    Package(#[source] verify::Error),
    /// A template is unusable, or unpacking it failed.
    #[error("Template is not used")]
    Template(#[source] template::Error),
    /// The base is no longer in the machine's list, or it is not updated here.
    #[error("Base is not there any more, or is not updated here")]
    NotHere,
    /// The base is not on the version the person saw: somebody else has updated it.
    #[error("Base has changed since the plan was made")]
    BaseChanged {
        /// By the plan.
        expected: Option<Version>,
        /// By the machine.
        found: Option<Version>,
    },
    /// The subscriptions do not cover it.
    #[error("Release is not covered by the subscriptions")]
    NotCovered(Ended),
    /// Whether the subscriptions cover it is not known, and the settings want that to be a stop.
    #[error("Whether the release is covered by the subscriptions is not known")]
    CoverageUnknown(Unjudged),
    /// A template does not go with the base.
    #[error("Template does not go with the base")]
    Misfit(#[source] Misfit),
    /// The common files and the list of bases could not be copied; the platform's installer was not started.
    #[error("Failed to keep what the platform is to be put back with")]
    Platform(#[source] crate::platform::Error),
    /// The base's data server does not let go of it. Nothing of the base was touched.
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
    /// Files that are to be replaced or removed are open.
    #[error("Files of the base are in use")]
    FilesHeld {
        /// The programs that hold them; never empty.
        holders: Vec<Holder>,
    },
    /// Windows Installer is at work, and does one installation at a time. The installer was not started.
    #[error("Windows Installer is at work on something else")]
    InstallerRunning,
    /// What is new could not be laid ready in the base, or the record of the change not written.
    #[error("Failed to prepare the change: {}", dir.display())]
    Staging {
        /// The file or folder.
        dir: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// The base could not be copied.
    #[error("Failed to copy the base")]
    Backup(#[source] backup::Error),
    /// Something in the base could not be removed or written.
    #[error("Failed to change {path}")]
    Change {
        /// In the base.
        path: RelPath,
        /// The programs that hold it open; empty where that cannot be told.
        holders: Vec<Holder>,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// An earlier update of the base was cut off. Nothing of this one was begun; what became of the base is
    /// in the [`BaseState`](super::BaseState).
    #[error("An earlier update of the base to {} was cut off", to.map_or_else(String::new, |to| to.to_string()))]
    CutOff {
        /// What the base was to become.
        to: Option<Version>,
    },
    /// Everything was done, and the version is not what it was to be.
    #[error("Version is not {expected} afterwards")]
    VersionUnchanged {
        /// By the release.
        expected: Version,
        /// By the machine.
        found: Option<Version>,
    },
    /// The installer was not started.
    #[error("Installer was not started")]
    Installer(#[source] InstallerFault),
    /// The installer says that it failed.
    #[error("Installer failed{}", log_path.as_ref().map_or_else(String::new, |log| format!("; its log is {}", log.display())))]
    InstallerFailed {
        /// What its exit status says.
        #[source]
        fault: ExitFault,
        /// Where Windows Installer has written what it did, if it has.
        log_path: Option<PathBuf>,
    },
    /// The person stopped it before anything was changed.
    #[error("Update was cancelled")]
    Cancelled,
}

impl Error {
    pub(super) fn of_switch(os: &dyn Os, error: switch::Error) -> Self {
        match error {
            switch::Error::Record { path, error } | switch::Error::Stage { path, error } => {
                Self::Staging { dir: path, error }
            }
            switch::Error::Cancelled | switch::Error::Template { error: template::Error::Cancelled, .. } => {
                Self::Cancelled
            }
            switch::Error::Template { error, .. } => Self::Template(error),
            switch::Error::Change { path, target, error } => {
                let holders = os.holders(&[target]).unwrap_or_default();
                Self::Change { path, holders, error }
            }
        }
    }

    pub(super) fn of_obstacle(base_dir: &Path, obstacle: Obstacle) -> Self {
        match obstacle {
            Obstacle::NoSpace(space) => Self::NoSpace(space),
            Obstacle::NotWritable(error) => Self::Staging { dir: base_dir.to_path_buf(), error },
            Obstacle::FilesHeld(holders) => Self::FilesHeld { holders },
        }
    }

    pub(super) fn of_lock(error: update_lock::Error) -> Self {
        match error {
            update_lock::Error::Busy => Self::Busy,
            update_lock::Error::File { path, error } => Self::Lock { path, error },
        }
    }
}
