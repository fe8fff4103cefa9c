//! Putting a file in the place of another: whole, or not at all.
//!
//! The bytes go into a new file in the target's folder first, which takes the target's name in one step.
//! So the file gets the rights that its folder hands down (a file moved from elsewhere on the drive would
//! keep those of where it was made, and a base's server might not be able to read it), and nobody ever
//! sees half of it.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use crate::digest::{Digest, Hasher};
use crate::os::{self, PATIENCE};

/// What the names of unfinished files begin with.
pub(crate) const TEMPORARY_PREFIX: &str = ".smarts-";

/// Passes bytes on, and hashes them.
struct Hashing<W> {
    hasher: Hasher,
    inner: W,
}

/// Puts the bytes of `from`, and its modification time, in the place of `to`. With `expected`, only if
/// that is their hash. The folder of `to` has to be there; what is replaced has to be a file.
pub(crate) fn put(from: &Path, to: &Path, expected: Option<Digest>) -> io::Result<()> {
    let dir = to.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let mut source = File::open(from)?;
    let facts = source.metadata()?;
    let inner = os::new_file_in(dir, TEMPORARY_PREFIX)?;
    let mut target = Hashing { hasher: Hasher::default(), inner };
    io::copy(&mut source, &mut target)?;
    if expected.is_some_and(|expected| expected != target.hasher.finish()) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "File is not what it was"));
    }
    let file = target.inner.as_file();
    // A temporary file is its owner's only.
    file.set_permissions(facts.permissions())?;
    if let Ok(modified) = facts.modified() {
        file.set_modified(modified)?;
    }
    file.sync_all()?;
    os::put_in_place(target.inner, to, PATIENCE)
}

/// Copies bytes and the modification time to a file that is not there yet. With `expected`, only if that is their hash;
/// of one that failed something may be left. It is neither forced to the disk nor given the rights of `from`.
pub(crate) fn copy_to_new(from: &Path, to: &Path, expected: Option<Digest>) -> io::Result<()> {
    let mut source = File::open(from)?;
    let mut target = Hashing { hasher: Hasher::default(), inner: File::create_new(to)? };
    io::copy(&mut source, &mut target)?;
    if expected.is_some_and(|expected| expected != target.hasher.finish()) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "File is not what it was"));
    }
    if let Ok(modified) = source.metadata()?.modified() {
        target.inner.set_modified(modified)?;
    }
    Ok(())
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.hasher.update(bytes.get(..count).unwrap_or_default());
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_else_is_left_in_its_folder() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("from"), dir.path().join("to"));
        fs::write(&from, "new").unwrap();
        fs::write(&to, "old and longer").unwrap();
        put(&from, &to, Some(Digest::of(b"new"))).unwrap();
        assert_eq!(fs::read(&to).unwrap(), b"new");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }

    #[test]
    fn other_bytes_than_expected_or_a_folder_in_the_way_change_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to, folder) = (dir.path().join("from"), dir.path().join("to"), dir.path().join("folder"));
        fs::write(&from, "new").unwrap();
        fs::write(&to, "old").unwrap();
        fs::create_dir_all(folder.join("full")).unwrap();
        assert!(put(&from, &to, Some(Digest::of(b"other"))).is_err());
        assert!(put(&from, &folder, None).is_err());
        assert_eq!(fs::read(&to).unwrap(), b"old");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 3);
    }
}
