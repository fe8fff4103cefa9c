//! Files that nobody changes while they are used.

use std::fs::File;
use std::path::{Path, PathBuf};

/// A file that stays as it is for as long as this lives.
#[derive(Debug)]
pub struct Protected {
    /// Where it lies now.
    pub path: PathBuf,
    /// Denies writing and deleting.
    pub(super) held: Option<File>,
    /// Taken away with this.
    pub(super) dir: Option<PathBuf>,
}

impl Protected {
    /// The file itself, not kept from anything.
    pub fn as_it_is(file: &Path) -> Self {
        Self { path: file.to_path_buf(), held: None, dir: None }
    }
}

impl Drop for Protected {
    fn drop(&mut self) {
        drop(self.held.take());
        if let Some(dir) = &self.dir {
            // A copy that stays is a nuisance, and nobody but administrators can reach it.
            if let Err(error) = std::fs::remove_dir_all(dir) {
                tracing::warn!(dir = %dir.display(), %error, "Failed to remove a copy");
            }
        }
    }
}
