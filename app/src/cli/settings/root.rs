//! The trusted root of this PC, written by a process with rights into a folder that only administrators can write, and
//! put back as it was where what belongs to it could not be written.
//!
//! Deliberately not here: whether the file is a root at all; that was examined before.

use std::io;
use std::path::{Path, PathBuf};

use smarts_core::fs;
use smarts_core::os::Os;
use smarts_core::settings::SetError;

use crate::session::LARGEST_ROOT;

/// What was there before.
#[derive(Debug)]
#[must_use = "it may have to be put back"]
pub(super) struct Former {
    path: PathBuf,
    /// `None`: there was no root.
    bytes: Option<Vec<u8>>,
}

/// Writes a root that was examined. One of somebody else's is left as it is: put back by this process, it would count.
pub(super) fn install(os: &dyn Os, path: &Path, bytes: &[u8]) -> Result<Former, SetError> {
    let write = |source| SetError::Write { path: path.to_path_buf(), source };
    path.parent().map_or(Ok(()), |dir| os.make_administrators_dir(dir)).map_err(write)?;
    if path.exists() && os.only_administrators_may_write(path) == Some(false) {
        return Err(SetError::Untrusted { path: path.to_path_buf() });
    }
    let former = fs::read_limited(path, LARGEST_ROOT).map_err(write)?;
    fs::write_atomically(path, bytes).map_err(write)?;
    Ok(Former { path: path.to_path_buf(), bytes: former })
}

impl Former {
    /// As it was.
    pub(super) fn put_back(self) -> io::Result<()> {
        match self.bytes {
            Some(bytes) => fs::write_atomically(&self.path, &bytes),
            None => std::fs::remove_file(&self.path),
        }
    }
}

#[cfg(test)]
mod tests {
    use smarts_core::os::MachineRoot;

    use super::*;

    #[test]
    fn a_root_is_put_back_as_it_was_and_one_that_was_not_there_goes() {
        let dir = tempfile::tempdir().unwrap();
        let os = MachineRoot::open(dir.path()).unwrap();
        let path = dir.path().join("Updater").join("root.json");
        install(&os, &path, b"first").unwrap().put_back().unwrap();
        assert!(!path.exists());
        let _ = install(&os, &path, b"first").unwrap();
        let former = install(&os, &path, b"second").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"second");
        former.put_back().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"first");
    }
}
