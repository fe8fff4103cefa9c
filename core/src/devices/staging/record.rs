//! The record of what was staged last in a base: to bring it to its end, and to take it back.
//!
//! JSON, for this program only, machine-wide. On the disk before the first file of ours is in the base.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Context, Error};
use crate::digest::Digest;
use crate::fs::{read_limited, write_atomically};
use crate::os;
use crate::paths::Paths;
use crate::switch::Run;
use crate::verify::Proof;
use crate::version::Version;

/// A list of versions, in hexadecimal digits, is the largest part.
const LIMIT_BYTES: u64 = 32 << 20;

/// What was staged last, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    /// When.
    pub at: Timestamp,
    /// By whom: the account's name.
    pub user: String,
    /// Which version.
    pub version: Version,
    /// Older versions that come back if it is taken back.
    pub removed: Vec<Version>,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Phase {
    /// Whether devices see it is told by the list.
    Staging,
    /// They do, and everything is done.
    Done,
    /// It is being taken back.
    Undoing,
}

/// Bytes of a file of somebody else's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Bytes(#[serde(with = "hex::serde")] pub(super) Vec<u8>);

/// The folder of an older version that leaves the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Aside {
    /// Below the folder of staged apps, components joined by `/`.
    pub(super) folder: String,
    /// The name it is put aside under, right in the folder of staged apps.
    pub(super) place: String,
}

/// What was staged last in a base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    pub(super) base_id: String,
    /// The base's folder, as a Windows path.
    pub(super) base_folder: String,
    pub(super) at: Timestamp,
    pub(super) user: String,
    pub(super) phase: Phase,
    pub(super) run: Run,
    pub(super) version: Version,
    /// The newest version before.
    pub(super) former: Option<Version>,
    /// The name of the version's folder.
    pub(super) folder: String,
    /// That folder was there: in it are only the package and the description ours.
    pub(super) is_folder_kept: bool,
    /// The description that was in it.
    pub(super) former_description: Option<Bytes>,
    /// The package's name, and what it hashes to; `None`: it was there.
    pub(super) package: Option<(String, Digest)>,
    /// How far the package is proved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) proof: Option<Proof>,
    /// The list that was there.
    pub(super) former_list: Option<Bytes>,
    /// What the new one hashes to.
    pub(super) list: Digest,
    /// Older versions that are on the list no more.
    pub(super) removed: Vec<Version>,
    /// Their folders, but for those that are left where they are.
    pub(super) aside: Vec<Aside>,
    /// What had been staged before: it counts again if this one came to nothing, and is cleared away if not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) previous: Option<Box<Record>>,
}

impl Record {
    pub(super) fn last(&self) -> Last {
        Last { at: self.at, user: self.user.clone(), version: self.version, removed: self.removed.clone() }
    }

    /// On the disk when this returns.
    pub(super) fn write(&self, context: &Context<'_>) -> Result<(), Error> {
        let path = context.paths.staged_path(&self.base_id);
        let failed = |error| Error::Record { path: path.clone(), error };
        if let Some(dir) = path.parent() {
            context.os.make_administrators_dir(dir).map_err(failed)?;
        }
        let bytes = serde_json::to_vec(self).map_err(|error| failed(error.into()))?;
        write_atomically(&path, &bytes).map_err(failed)?;
        path.parent().map_or(Ok(()), os::sync_folder).map_err(failed)
    }

    /// Takes it away, or puts what it had taken the place of back.
    pub(super) fn give_up(self, context: &Context<'_>) -> Result<(), Error> {
        match self.previous {
            Some(previous) => previous.write(context),
            None => remove(&context.paths.staged_path(&self.base_id)),
        }
    }
}

/// The record of a base; `None`: there is none.
pub(super) fn read(paths: &Paths, base_id: &str) -> Result<Option<Record>, Error> {
    let path = paths.staged_path(base_id);
    let failed = |error| Error::Record { path: path.clone(), error };
    let Some(bytes) = read_limited(&path, LIMIT_BYTES).map_err(failed)? else { return Ok(None) };
    let record: Record = serde_json::from_slice(&bytes).map_err(|error| failed(error.into()))?;
    // Two ids could share a file's name only by a collision of hashes.
    Ok(Some(record).filter(|record| record.base_id == base_id))
}

/// Takes the record of a base away.
pub(super) fn forget(context: &Context<'_>, base_id: &str) -> Result<(), Error> {
    remove(&context.paths.staged_path(base_id))
}

fn remove(path: &Path) -> Result<(), Error> {
    let failed = |error| Error::Record { path: PathBuf::from(path), error };
    match os::patiently(os::PATIENCE, || std::fs::remove_file(path)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(error)),
        Ok(()) | Err(_) => path.parent().map_or(Ok(()), os::sync_folder).map_err(failed),
    }
}
