//! Files that are either old or new, never half.

use std::io::{self, Write as _};
use std::path::Path;

use crate::os::{self, PATIENCE};

/// How the name of a file begins that is still being written.
pub const UNFINISHED: &str = ".tmp";

/// Replaces the file's content at once: written beside it and renamed over it. Missing folders are made; a
/// file that is replaced keeps its permissions. One that another program holds is waited for ([`PATIENCE`]).
pub fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let dir = path.parent().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
    std::fs::create_dir_all(dir)?;
    let mut file = os::new_file_in(dir, UNFINISHED)?;
    if let Ok(facts) = std::fs::metadata(path) {
        file.as_file().set_permissions(facts.permissions())?;
    }
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    os::put_in_place(file, path, PATIENCE)
}

/// Gives a file that is not to be used another name beside it, so that a new one can take its place: for whoever looks
/// into it later.
pub fn put_aside_damaged(path: &Path) -> io::Result<()> {
    os::replace(path, &path.with_extension("damaged"), PATIENCE)
}

/// The file's bytes; `None` if it is not there; an error if it is larger than `limit_bytes`.
pub fn read_limited(path: &Path, limit_bytes: u64) -> io::Result<Option<Vec<u8>>> {
    use std::io::Read as _;
    let file = match os::patiently(PATIENCE, || std::fs::File::open(path)) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let expected = file.metadata().map_or(0, |facts| facts.len().min(limit_bytes));
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
    // It may grow while it is read, so its length is not believed.
    file.take(limit_bytes + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit_bytes {
        return Err(io::Error::from(io::ErrorKind::FileTooLarge));
    }
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_makes_folders_and_replaces_the_whole_content() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b/file.json");
        write_atomically(&path, b"longer than the next").unwrap();
        write_atomically(&path, b"short").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"short");
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_is_replaced_keeps_its_permissions() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        std::fs::write(&path, "old").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        write_atomically(&path, b"new").unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn a_file_above_the_limit_is_an_error_and_a_missing_one_is_none() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        assert_eq!(read_limited(&path, 4).unwrap(), None);
        std::fs::write(&path, b"12345").unwrap();
        assert_eq!(read_limited(&path, 5).unwrap().unwrap(), b"12345");
        assert_eq!(read_limited(&path, 4).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }
}
