//! Why a plan is not kept, not found, or does not suit the machine any more.

use std::io;
use std::path::PathBuf;

use super::{EXTENSION, name_of};
use crate::plan::kept;
use crate::update_lock;
use crate::version::Version;

/// Why what is left of a plan does not suit the machine any more.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// The base is not among those of the machine, or not updated there.
    #[error("Base is gone: {name}")]
    Gone {
        /// Its name when the person agreed.
        name: String,
    },
    /// Its folder is another.
    #[error("Base lies elsewhere: {name}")]
    Moved {
        /// Its name.
        name: String,
    },
    /// It is on a version that is not on the way.
    #[error("Base is on another version: {name}")]
    OtherVersion {
        /// Its name.
        name: String,
        /// The version that the person saw.
        expected: Option<Version>,
        /// The version it is on.
        found: Option<Version>,
    },
}

/// Why a plan is not kept, or not found.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be put into words.
    #[error("Failed to write the plan down")]
    Kept(#[source] kept::Error),
    /// Not read, not written or not removed.
    #[error("Failed to keep the plan: {}", path.display())]
    File {
        /// Its file, or the folder of all.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// Others than administrators may have written it.
    #[error("Plan may be somebody else's: {}", path.display())]
    Open {
        /// Its file.
        path: PathBuf,
    },
    /// It is not a plan, or one of another version of this program.
    #[error("Not a plan of this program: {}", path.display())]
    NotAPlan {
        /// Its file.
        path: PathBuf,
        /// Why.
        #[source]
        error: serde_json::Error,
    },
    /// No plan is given up while another run may be carrying it out.
    #[error("Failed to take the update lock")]
    Lock(#[source] update_lock::Error),
}

impl Error {
    /// The name of the plan's file, if it is about one.
    pub fn file_name(&self) -> Option<String> {
        match self {
            Self::Kept(_) | Self::Lock(_) => None,
            Self::File { path, .. } | Self::Open { path } | Self::NotAPlan { path, .. } => {
                let is_plan = path.extension().is_some_and(|extension| extension == EXTENSION);
                is_plan.then(|| name_of(path))
            }
        }
    }
}
