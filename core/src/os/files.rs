//! What differs between systems in handling files, where the standard library shows it.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

use super::patience::new_file_in;
#[cfg(windows)]
use super::patience::{PATIENCE, patiently};
use crate::put::TEMPORARY_PREFIX;

/// Removes a folder with everything in it, links not followed, also what is marked read-only: Windows before 10, and
/// volumes that are not NTFS, refuse that.
pub fn remove_folder(dir: &Path) -> io::Result<()> {
    match std::fs::remove_dir_all(dir) {
        Err(error) if cfg!(windows) && error.kind() == io::ErrorKind::PermissionDenied => {
            clear_all_below(dir)?;
            std::fs::remove_dir_all(dir)
        }
        result => result,
    }
}

fn clear_all_below(dir: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            clear_all_below(&entry.path())?;
        } else if kind.is_file() {
            clear_read_only(&entry.path())?;
        }
    }
    Ok(())
}

/// Lets a file be replaced or removed that is marked read-only: Windows refuses both otherwise, and elsewhere
/// the mark means nothing for either. One that is not there is no fault.
pub fn clear_read_only(path: &Path) -> io::Result<()> {
    let mut permissions = match std::fs::symlink_metadata(path) {
        Ok(facts) => facts.permissions(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if cfg!(windows) && permissions.readonly() {
        #[expect(
            clippy::permissions_set_readonly_false,
            reason = "on Windows it is one mark, for everybody"
        )]
        permissions.set_readonly(false);
        std::fs::set_permissions(path, permissions)?;
    }
    Ok(())
}

/// Opens a file for reading and for as long as it is open keeps it as it is, as far as the system does that.
///
/// Windows lets nobody write, replace or remove it meanwhile, and does not open one that somebody is writing; one
/// that is held for a moment is waited for.
/// Elsewhere the file is locked for those who ask before they remove it, as this program does.
pub fn open_unchanging(path: &Path) -> io::Result<File> {
    cfg_select! {
        windows => {
            use std::os::windows::fs::OpenOptionsExt as _;
            use windows_sys::Win32::Storage::FileSystem::FILE_SHARE_READ;
            let mut options = File::options();
            options.read(true).share_mode(FILE_SHARE_READ);
            patiently(PATIENCE, || options.open(path))
        }
        _ => {
            let file = File::open(path)?;
            if let Err(error) = file.try_lock_shared() {
                tracing::debug!(path = %path.display(), %error, "A file is not locked");
            }
            Ok(file)
        }
    }
}

/// Makes sure that what was made, renamed or removed in a folder stays so after a loss of power. Windows writes that
/// down by itself, and forces nothing of it to the disk when asked.
pub fn sync_folder(dir: &Path) -> io::Result<()> {
    cfg_select! {
        windows => {
            let _ = dir;
            Ok(())
        }
        _ => File::open(dir)?.sync_all(),
    }
}

/// The same for everything on a folder's volume, where [`sync_folder`] does nothing: Windows writes a file there for a
/// moment and forces it to the disk. Its place in the volume's log is behind everything that was renamed before, and the
/// log gets to the disk up to there (inferred from how NTFS writes; Microsoft promises it of the file alone).
pub fn sync_renames(dir: &Path) -> io::Result<()> {
    if cfg!(windows) { force_file(dir) } else { Ok(()) }
}

fn force_file(dir: &Path) -> io::Result<()> {
    let mut file = new_file_in(dir, TEMPORARY_PREFIX)?;
    file.write_all(b".")?;
    file.as_file().sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forcing_renames_to_the_disk_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        force_file(dir.path()).unwrap();
        sync_renames(dir.path()).unwrap();
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
        assert!(force_file(&dir.path().join("missing")).is_err());
    }

    #[test]
    fn several_may_keep_a_file_as_it_is_and_who_asks_hears_of_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.msi");
        std::fs::write(&path, "x").unwrap();
        let (one, two) = (open_unchanging(&path).unwrap(), open_unchanging(&path).unwrap());
        // Where the system keeps it as it is, nobody gets as far as to the lock.
        let opened = || File::options().write(true).open(&path);
        let asking = || opened().is_ok_and(|file| file.try_lock().is_ok());
        assert!(!asking());
        drop(one);
        assert!(!asking());
        drop(two);
        assert!(asking());
        assert!(open_unchanging(&dir.path().join("missing")).is_err());
    }
}
