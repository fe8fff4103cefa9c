//! The record of a switch, on the disk from before its first file until after its last.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::names::Run;
use crate::fs::{put_aside_damaged, read_limited, write_atomically};
use crate::os;
use crate::paths::{Paths, key_of};
use crate::tree::RelPath;
use crate::version::Version;

/// A name takes some hundred bytes, and a base has some ten thousand files at most.
const LIMIT_BYTES: u64 = 256 << 20;
const EXTENSION: &str = "json";

/// What a switch does, and how far it has come. That says the phase; the state of each operation is seen on the
/// disk, so nothing has to be kept in step with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Which names are its own.
    pub run: Run,
    /// Which base.
    pub base_id: String,
    /// Where it lies, as `apps.xml` states it.
    pub folder: String,
    /// Its real folder when the switch was prepared; `None` in records of versions that did not keep it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_dir: Option<PathBuf>,
    /// The version before.
    pub from: Option<Version>,
    /// The version afterwards; `None`: whatever the files say.
    pub to: Option<Version>,
    /// Where the copy lies, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup_dir: Option<PathBuf>,
    /// How far it has come.
    pub phase: Phase,
    /// In the order in which they are done; they are undone in the opposite one.
    pub operations: Vec<Operation>,
    /// A change that has left the base half-way, and that this one is to make up for. Once this one is done nobody needs
    /// it any more; where nothing comes of this one it is what is open again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former: Option<Box<Record>>,
}

/// How far a switch has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Files are laid beside those they are to replace. Nothing of the base is changed.
    Staging,
    /// The base is changed, and may be in between.
    Switching,
    /// The base is what it was to be; what was put aside is removed.
    Done,
    /// The base is what it was; what was laid ready is removed.
    Undone,
}

/// One place in a base, what was there and what is to be. At least one of them is something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// The place.
    pub path: RelPath,
    /// What is put aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Content>,
    /// What takes its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Content>,
}

/// A file or a folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// A file.
    File,
    /// A folder with everything in it.
    Folder {
        /// Below it; a folder before what is in it.
        folders: Vec<RelPath>,
        /// Below it.
        files: Vec<RelPath>,
    },
}

/// Where the record of a base lies.
pub(super) fn path_of(paths: &Paths, base_id: &str) -> PathBuf {
    paths.switches_dir().join(key_of(Path::new(base_id))).with_extension(EXTENSION)
}

/// The records that there are. One that cannot be understood is put aside, as nothing can be done by it; what its base
/// is then is for the journal and the copy to say.
pub(super) fn all(paths: &Paths) -> io::Result<Vec<(PathBuf, Record)>> {
    let dir = paths.switches_dir();
    let entries = match std::fs::read_dir(&dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut records = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != EXTENSION) {
            continue;
        }
        let bytes = read_limited(&path, LIMIT_BYTES)?.unwrap_or_default();
        match serde_json::from_slice(&bytes) {
            Ok(record) => records.push((path, record)),
            Err(error) => {
                tracing::error!(path = %path.display(), %error, "Record of a switch is damaged");
                put_aside_damaged(&path)?;
            }
        }
    }
    records.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(records)
}

/// What the record that lies there says about a base that may be half-way: a new one takes its place, and must not lose
/// that. `None` if there is none, or one by which nothing is to be undone.
pub(super) fn half_way(path: &Path) -> io::Result<Option<Box<Record>>> {
    let Some(bytes) = read_limited(path, LIMIT_BYTES)? else { return Ok(None) };
    let record: Record = match serde_json::from_slice(&bytes) {
        Ok(record) => record,
        Err(error) => {
            tracing::error!(path = %path.display(), %error, "Record of a switch is damaged");
            return Ok(None);
        }
    };
    Ok(match record.phase {
        Phase::Switching => Some(Box::new(record)),
        Phase::Staging | Phase::Undone => record.former,
        Phase::Done => None,
    })
}

/// On the disk when this returns.
pub(super) fn write(path: &Path, record: &Record) -> io::Result<()> {
    write_atomically(path, &serde_json::to_vec(record)?)?;
    path.parent().map_or(Ok(()), os::sync_folder)
}

/// Gone from the disk when this returns.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    os::patiently(os::PATIENCE, || std::fs::remove_file(path))?;
    path.parent().map_or(Ok(()), os::sync_folder)
}
