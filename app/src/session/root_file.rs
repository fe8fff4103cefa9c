//! A file that a person wants to make the trusted root of this PC: read and examined whole before anything is written.
//!
//! Deliberately not here: installing it, which takes an administrator's rights.

use std::io;
use std::path::{Path, PathBuf};

use smarts_core::digest::Digest;
use smarts_core::fs::read_limited;
use smarts_core::source::Fault;
use smarts_core::source::signed::{RootFacts, root_facts};

use super::trust::LARGEST_ROOT;

/// A root that vouches for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootFile {
    /// The file.
    pub path: PathBuf,
    /// All of it.
    pub bytes: Vec<u8>,
    /// By which it is told from any other.
    pub digest: Digest,
    /// What it says.
    pub facts: RootFacts,
}

/// Why a file is not taken for a root.
#[derive(Debug, thiserror::Error)]
pub enum RootError {
    /// It could not be read.
    #[error("Failed to read the file: {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: io::Error,
    },
    /// It is no root, or does not vouch for itself.
    #[error("Not the root of a signed source: {}", path.display())]
    NoRoot {
        /// The file.
        path: PathBuf,
        /// In detail.
        #[source]
        source: Fault,
    },
    /// It is another one than was shown.
    #[error("The file has changed since it was shown: {}", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
}

impl RootFile {
    /// Reads it. `expected`: it has to be this very one.
    pub fn read(path: &Path, expected: Option<&Digest>) -> Result<Self, RootError> {
        let fault = |source| RootError::Read { path: path.to_path_buf(), source };
        let bytes = read_limited(path, LARGEST_ROOT).map_err(fault)?;
        let bytes = bytes.ok_or_else(|| fault(io::ErrorKind::NotFound.into()))?;
        let digest = Digest::of(&bytes);
        if expected.is_some_and(|expected| *expected != digest) {
            return Err(RootError::Changed { path: path.to_path_buf() });
        }
        let no_root = |source| RootError::NoRoot { path: path.to_path_buf(), source };
        let facts = root_facts(&bytes).map_err(no_root)?;
        Ok(Self { path: path.to_path_buf(), bytes, digest, facts })
    }
}

#[cfg(test)]
mod tests {
    use smarts_tests::publisher::Publisher;

    use super::*;

    #[test]
    fn only_the_very_root_that_was_shown_is_taken() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("root.json");
        assert!(matches!(RootFile::read(&path, None), Err(RootError::Read { .. })));
        std::fs::write(&path, Publisher::new().root_json()).unwrap();
        let shown = RootFile::read(&path, None).unwrap();
        assert_eq!(RootFile::read(&path, Some(&shown.digest)).unwrap(), shown);
        std::fs::write(&path, "{}").unwrap();
        assert!(matches!(RootFile::read(&path, Some(&shown.digest)), Err(RootError::Changed { .. })));
        assert!(matches!(RootFile::read(&path, None), Err(RootError::NoRoot { .. })));
    }
}
