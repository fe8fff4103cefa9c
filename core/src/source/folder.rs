//! A folder as a source: a company's share, a stick.
//!
//! Every look at it is taken on a blocking thread, because a share whose server is gone answers after
//! minutes, if at all. Names match without regard to case, as they do on the vendor's Windows server.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

use tokio::task::spawn_blocking;

use super::{DESCRIPTION_LIMIT_BYTES, Error, Fault};
use crate::http;
use crate::machine::FileFault;
use crate::xml;

/// A folder with the tree of a site in it.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    timeout: Duration,
    /// The folder this one is in; it may be missing while that one is there.
    above: Option<PathBuf>,
}

impl Folder {
    /// Opens the folder; no look at it takes longer than the timeout.
    pub fn open(path: &Path, timeout: Duration) -> Result<Self, Error> {
        let root = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let fault = |source| {
            let given = path.to_string_lossy();
            let shown = http::redacted_text(&given);
            Error::Folder { path: if shown == given { root.clone() } else { shown.into() }, source }
        };
        let metadata = fs::metadata(&root).map_err(fault)?;
        if !metadata.is_dir() {
            return Err(fault(io::ErrorKind::NotADirectory.into()));
        }
        Ok(Self { root, timeout, above: None })
    }

    /// What everything lies below.
    pub fn root(&self) -> &Path {
        &self.root
    }

    pub(super) async fn description(&self, names: &[&str]) -> Result<Vec<u8>, Fault> {
        self.read(names, DESCRIPTION_LIMIT_BYTES).await
    }

    /// `None` if there is no such file, and there is the folder.
    pub(super) async fn bytes(&self, names: &[&str], limit_bytes: u64) -> Result<Option<Vec<u8>>, Fault> {
        match self.read(names, limit_bytes).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(Fault::NotFound) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    pub(super) fn below(&self, name: &str) -> Self {
        Self { root: self.root.join(name), timeout: self.timeout, above: Some(self.root.clone()) }
    }

    async fn read(&self, names: &[&str], limit_bytes: u64) -> Result<Vec<u8>, Fault> {
        let (root, path) = (self.above.as_ref().unwrap_or(&self.root).clone(), self.path(names));
        let reading = spawn_blocking(move || read(&root, &path, limit_bytes));
        match tokio::time::timeout(self.timeout, reading).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => Err(Fault::Folder { detail: error.to_string() }),
            Err(_) => Err(Fault::Timeout { host: self.root.display().to_string(), proxy: None }),
        }
    }

    pub(super) fn path(&self, names: &[&str]) -> PathBuf {
        names.iter().fold(self.root.clone(), |path, name| path.join(name))
    }
}

fn read(root: &Path, path: &Path, limit_bytes: u64) -> Result<Vec<u8>, Fault> {
    xml::read_file(&resolve(path), limit_bytes).map_err(|fault| match fault {
        // A stick that was pulled out is not a source that lacks the file.
        FileFault::Missing { .. } if !root.is_dir() => {
            Fault::Folder { detail: io::Error::from(io::ErrorKind::NotFound).to_string() }
        }
        FileFault::Missing { .. } => Fault::NotFound,
        FileFault::TooLarge { limit_bytes, .. } => Fault::TooLarge { limit_bytes },
        FileFault::Unreadable { detail, .. } => Fault::Folder { detail },
        other => Fault::Folder { detail: other.to_string() },
    })
}

/// The path under the names that really are there: each component that is missing in this spelling is
/// looked for without regard to case. Blocks. What is not there at all stays as it was asked for.
pub fn resolve(path: &Path) -> PathBuf {
    if path.symlink_metadata().is_ok() {
        return path.to_path_buf();
    }
    let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
        return path.to_path_buf();
    };
    let parent = resolve(parent);
    let wanted = name.to_string_lossy().to_lowercase();
    let entries = fs::read_dir(&parent).into_iter().flatten().flatten();
    let found = entries
        .map(|entry| entry.file_name())
        .filter(|name| name.to_string_lossy().to_lowercase() == wanted)
        .min();
    parent.join(found.as_deref().unwrap_or(name))
}
