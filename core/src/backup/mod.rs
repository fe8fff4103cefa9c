//! Copies of bases: a full copy of a base's folder before it is changed, and putting it back.
//!
//! A copy lies in `<backups>/<yyyy.MM.dd HH.mm.ss> <base's id>`, as the vendor's own copies do (read from
//! a published build of platform 3.3), with a manifest of ours beside it: `<the same>.json`. The manifest
//! is written last, so a copy without one is not complete. A third file, `<the same>.changes.json`, says what
//! the update that the copy was made for changes in the base.
//!
//! A copy is whole or it is not made: links and junctions are never followed, and a base that holds one is
//! refused by name, because a copy without what lies behind it could not put the base back. The same goes
//! for a base whose files change while they are copied or while the copy is checked. What changes in the
//! moment between that and the first change of the base is not in the copy.
//!
//! Only the manifest is forced to the disk. Doing that for each of some thousand files would take minutes
//! on a hard disk, so after a power cut within the first half minute or so files of a copy may lack their
//! bytes. They do no harm then: a file whose bytes are not those of the manifest is not put back, and said.
//!
//! Deliberately not here: deciding which copies to keep, and looking at the free space beforehand.

mod changes;
mod create;
mod restore;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

pub use self::changes::{Changes, put_back};
pub use self::create::create;
pub(crate) use self::restore::is_equal;
pub use self::restore::restore;
use crate::digest::Digest;
use crate::fs::{read_limited, write_atomically};
use crate::os::Identity;
use crate::tree::{self, RelPath};
use crate::version::Version;

/// A manifest has some 200 bytes for each file.
const LIMIT_BYTES: u64 = 256 << 20;

/// A complete copy of a base.
#[derive(Clone, Debug, PartialEq)]
pub struct Backup {
    /// The folder with the copied files.
    pub dir: PathBuf,
    /// What it holds.
    pub manifest: Manifest,
}

/// What a copy holds, and of what it is one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The base's id.
    pub base_id: String,
    /// The base's name.
    pub name: String,
    /// The base's product.
    pub product: String,
    /// The version the base was on.
    pub version: Option<Version>,
    /// Where the base lies, as `apps.xml` states it.
    pub folder: String,
    /// When it was made.
    pub time: Timestamp,
    /// Who made it.
    pub user: String,
    /// On which PC.
    pub computer: String,
    /// Every folder, before what is in it.
    pub folders: Vec<RelPath>,
    /// Every file.
    pub files: Vec<FileRecord>,
}

/// One copied file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Below the copy's folder, and below the base's.
    pub path: RelPath,
    /// Bytes.
    pub size: u64,
    /// Of the base's file and of the copy.
    pub sha256: Digest,
}

/// When a copy is made, and by whom.
#[derive(Clone, Debug)]
pub struct Taken {
    /// In the zone the folder's name is to be in.
    pub at: Zoned,
    /// Who.
    pub by: Identity,
}

/// How far a copy has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is going on.
    pub stage: Stage,
    /// Bytes of this stage that are done.
    pub done_bytes: u64,
    /// Bytes of the base; the same in both stages.
    pub total_bytes: u64,
}

/// The two stages of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading the base and writing the copy.
    Copying,
    /// Reading the copy again and comparing.
    Checking,
}

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
    /// The manifest, or the list of changes, could not be written.
    #[error("Failed to write what belongs to the copy: {}", path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
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

impl Backup {
    /// Where the manifest of a copy lies.
    pub fn manifest_path(dir: &Path) -> PathBuf {
        let mut name = dir.file_name().unwrap_or_default().to_owned();
        name.push(".json");
        dir.with_file_name(name)
    }

    /// A copy that was made earlier.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let manifest = read_json(&Self::manifest_path(dir))?;
        Ok(Self { dir: dir.to_path_buf(), manifest })
    }

    /// Keeps what an update is going to change, in place of what was kept before. On the disk on return.
    pub fn keep_changes(&self, changes: &Changes) -> Result<(), Error> {
        let path = self.changes_path();
        let written = serde_json::to_vec(changes).map_err(io::Error::from);
        written
            .and_then(|bytes| write_atomically(&path, &bytes))
            .map_err(|error| Error::Manifest { path, error })
    }

    /// Whether anything was kept: before that nothing is changed.
    pub fn has_changes(&self) -> bool {
        self.changes_path().exists()
    }

    /// What was kept last.
    pub fn changes(&self) -> Result<Changes, Error> {
        read_json(&self.changes_path())
    }

    /// Removes a copy that nothing was changed after, manifest first: from then on it is not complete.
    pub fn discard(self) -> io::Result<()> {
        fs::remove_file(Self::manifest_path(&self.dir))?;
        if self.has_changes() {
            fs::remove_file(self.changes_path())?;
        }
        fs::remove_dir_all(&self.dir)
    }

    fn changes_path(&self) -> PathBuf {
        Self::manifest_path(&self.dir).with_extension("changes.json")
    }
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Error> {
    let read = || {
        let bytes = read_limited(path, LIMIT_BYTES)?.ok_or(io::ErrorKind::NotFound)?;
        Ok(serde_json::from_slice(&bytes)?)
    };
    read().map_err(|error| Error::Open { path: path.to_path_buf(), error })
}

#[cfg(test)]
mod tests;
