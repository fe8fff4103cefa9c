//! Whether a folder is there, can be read and be written to, and how much room there is.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::os::Os;

/// How a folder stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folder {
    /// It is there, and a folder.
    pub is_there: bool,
    /// It, or a folder above it, is there: a drive that is gone has neither.
    pub is_reached: bool,
    /// What is in it can be listed.
    pub is_readable: bool,
    /// A file can be made in it, or in the nearest folder above it that is there; `None`: that could not be found
    /// out.
    pub is_writable: Option<bool>,
    /// Room on its disk, or that of the nearest folder above it.
    pub free_bytes: Option<u64>,
}

/// Looks at a folder. `tries_writing`: by making a file without a name that nobody else sees, or one that is deleted
/// at once.
pub fn folder(os: &dyn Os, path: &Path, tries_writing: bool) -> Folder {
    let is_there = path.is_dir();
    let nearest = path.ancestors().find(|folder| folder.is_dir());
    let is_writable =
        nearest.filter(|_| tries_writing).and_then(|folder| match tempfile::tempfile_in(folder) {
            Ok(_) => Some(true),
            Err(error) => match error.kind() {
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Some(false),
                _ => None,
            },
        });
    Folder {
        is_there,
        is_reached: nearest.is_some(),
        is_readable: fs::read_dir(path).is_ok(),
        is_writable,
        free_bytes: nearest.and_then(|folder| os.volume(folder)).map(|volume| volume.free_bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::Linux;

    #[test]
    fn a_folder_is_looked_at_and_left_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let found = folder(&Linux, dir.path(), true);
        assert_eq!((found.is_there, found.is_readable, found.is_writable), (true, true, Some(true)));
        assert!(found.free_bytes.is_some());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        assert_eq!(folder(&Linux, dir.path(), false).is_writable, None);
    }

    #[test]
    fn of_one_that_is_not_there_yet_the_nearest_one_counts() {
        let dir = tempfile::tempdir().unwrap();
        let missing = folder(&Linux, &dir.path().join("a").join("b"), true);
        assert_eq!((missing.is_there, missing.is_readable, missing.is_writable), (false, false, Some(true)));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0, "nothing was made");
    }

    #[test]
    fn where_nothing_above_it_is_there_either_it_is_not_reached() {
        let gone = folder(&Linux, Path::new("no-such-drive/copies"), true);
        assert_eq!(
            (gone.is_there, gone.is_reached, gone.is_writable, gone.free_bytes),
            (false, false, None, None)
        );
        assert!(folder(&Linux, &std::env::temp_dir().join("no-such-folder"), false).is_reached);
    }
}
