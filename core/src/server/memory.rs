//! Which data servers were stopped and have to be started again, in one machine-wide file.
//!
//! Everybody may read it; it is believed only where administrators alone can have written it. Writers hold the update
//! lock. A file that cannot be understood remembers nothing and is set aside by the next
//! writer, which is in the log.

use std::io;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::fs::{put_aside_damaged, read_limited, write_atomically};
use crate::os::Os;
use crate::paths::Paths;

/// Some hundred bytes for a base.
const LIMIT_BYTES: u64 = 4 << 20;

/// A data server that was stopped for an update.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// Whose it is.
    pub base_id: String,
    /// The service, by the name that programs use.
    pub service: String,
    /// By the name that people use.
    pub display_name: String,
    /// When.
    pub since: Timestamp,
}

#[derive(Default, Serialize, Deserialize)]
struct Kept {
    stopped: Vec<Stopped>,
}

/// All that are remembered, those first that were stopped first.
pub fn stopped(os: &dyn Os, paths: &Paths) -> Vec<Stopped> {
    let path = paths.stopped_servers_path();
    if path.exists() && os.only_administrators_may_write(&path) == Some(false) {
        tracing::warn!(path = %path.display(), "Others than administrators may have written it; nothing is started by it");
        return Vec::new();
    }
    read(&path)
        .unwrap_or_else(|error| {
            tracing::warn!(path = %path.display(), %error, "Which data servers were stopped is not known");
            Kept::default()
        })
        .stopped
}

/// Once this returns, it has reached the disk.
pub(super) fn remember(paths: &Paths, one: &Stopped) -> io::Result<()> {
    change(&paths.stopped_servers_path(), |stopped| {
        stopped.retain(|known| !is_same(known, one));
        stopped.push(one.clone());
    })
}

pub(super) fn forget(os: &dyn Os, paths: &Paths, one: &Stopped) -> io::Result<()> {
    let path = paths.stopped_servers_path();
    change(&path, |stopped| stopped.retain(|known| !is_same(known, one)))?;
    if self::stopped(os, paths).is_empty() { std::fs::remove_file(path) } else { Ok(()) }
}

fn is_same(one: &Stopped, other: &Stopped) -> bool {
    one.service.eq_ignore_ascii_case(&other.service)
}

fn change(path: &Path, edit: impl FnOnce(&mut Vec<Stopped>)) -> io::Result<()> {
    let mut kept = match read(path) {
        Err(error) if is_damage(&error) => {
            tracing::error!(path = %path.display(), %error, "Which data servers were stopped before is not known; put aside");
            put_aside_damaged(path)?;
            Kept::default()
        }
        kept => kept?,
    };
    edit(&mut kept.stopped);
    write_atomically(path, &serde_json::to_vec_pretty(&kept)?)
}

fn is_damage(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, InvalidData, UnexpectedEof};
    matches!(error.kind(), InvalidData | UnexpectedEof | FileTooLarge)
}

fn read(path: &Path) -> io::Result<Kept> {
    match read_limited(path, LIMIT_BYTES)? {
        Some(bytes) => Ok(serde_json::from_slice(&bytes)?),
        None => Ok(Kept::default()),
    }
}
