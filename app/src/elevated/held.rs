//! Folders of runs, and which of them are in use: whoever works with one holds a file in it locked, and only a folder
//! that nobody holds is taken away.
//!
//! The update lock does not tell that: a run reads its plan before it takes it, and tells its end after it has let go.
//! Deliberately not here: where such folders lie, and who may write there.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use super::is_run_name;

/// The file that is locked.
const HELD: &str = "held";

/// A folder in use; the system lets go of it if this process dies.
#[derive(Debug)]
pub(super) struct Held(File);

impl Drop for Held {
    fn drop(&mut self) {
        // Closing is not enough while a program that is just being started still shares the handle.
        let _ = self.0.unlock();
    }
}

/// Holds a folder that was made just now.
pub(super) fn hold(dir: &Path) -> io::Result<Held> {
    let path = dir.join(HELD);
    let file = File::create_new(&path)?;
    // Those who only follow the run hold it, too.
    file.try_lock_shared()?;
    // Somebody may have come in between making it and locking it.
    fs::symlink_metadata(&path)?;
    Ok(Held(file))
}

/// Holds a folder that another process has made; `None` if that is not to be had.
pub(super) fn follow(dir: &Path) -> Option<Held> {
    let file = File::open(dir.join(HELD)).ok()?;
    file.try_lock_shared().ok()?;
    Some(Held(file))
}

/// Takes away the folders of runs that nobody holds. Best effort: what stays is looked for again the next time.
pub(super) fn remove_others(dir: &Path) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let is_ours = entry.file_name().to_str().is_some_and(is_run_name);
        if is_ours && let Err(error) = remove(&entry.path()) {
            tracing::warn!(%error, path = %entry.path().display(), "Failed to remove what an earlier run has left");
        }
    }
}

/// One without anything in it is just being made.
fn remove(dir: &Path) -> io::Result<()> {
    let held = match File::open(dir.join(HELD)) {
        Ok(file) => match file.try_lock() {
            Ok(()) => Some(Held(file)),
            Err(TryLockError::WouldBlock) => return Ok(()),
            Err(TryLockError::Error(error)) => return Err(error),
        },
        // Of before there was such a file, or half removed.
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let mut is_empty = true;
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        is_empty = false;
        if entry.file_name() == HELD {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    if is_empty {
        return Ok(());
    }
    if held.is_some() {
        fs::remove_file(dir.join(HELD))?;
    }
    // Windows removes no folder with a file in it that is still open.
    drop(held);
    fs::remove_dir(dir)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUN: &str = "aaaaaaaaaaaa";

    #[test]
    fn a_folder_that_somebody_works_with_or_only_follows_stays_and_any_other_goes() {
        let parent = tempfile::tempdir().unwrap();
        let dir = parent.path().join(RUN);
        let there = || {
            remove_others(parent.path());
            dir.join("progress.jsonl").exists()
        };
        fs::create_dir_all(dir.join("metadata")).unwrap();
        fs::write(dir.join("metadata/root.json"), "").unwrap();
        fs::write(dir.join("progress.jsonl"), "").unwrap();
        let run = hold(&dir).unwrap();
        assert!(there());
        let window = follow(&dir).unwrap();
        drop(run);
        assert!(there(), "the window has not read its end yet");
        drop(window);
        assert!(!there());
        assert!(!dir.exists());
    }

    #[test]
    fn what_an_older_version_has_left_goes_and_one_that_is_being_made_stays() {
        let parent = tempfile::tempdir().unwrap();
        let (older, made) = (parent.path().join(RUN), parent.path().join("bbbbbbbbbbbb"));
        fs::create_dir(&older).unwrap();
        fs::write(older.join("plan.json"), "").unwrap();
        fs::create_dir(&made).unwrap();
        let other = parent.path().join("not ours");
        fs::create_dir(&other).unwrap();
        remove_others(parent.path());
        assert_eq!((older.exists(), made.exists(), other.exists()), (false, true, true));
        hold(&made).unwrap();
        assert!(hold(&made).is_err(), "it is made once");
    }
}
