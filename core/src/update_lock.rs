//! The update lock: one at a time on a PC changes bases, the platform or what is known of subscriptions.
//!
//! Deliberately not here: waiting for another run. Whoever finds it taken says so, and the person tries again.

use std::fs::{File, TryLockError};
use std::io;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use crate::os::Os;
use crate::paths::Paths;

/// Whoever asks whether an update is running ([`crate::apply::is_running`]) has it for a moment.
const TRIES: usize = 5;
const BETWEEN_TRIES: Duration = Duration::from_millis(20);

/// The update lock; the system lets go of it if this process dies.
pub(crate) struct UpdateLock(File);

/// Why it was not taken.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another run holds it.
    #[error("Another update is running on this machine")]
    Busy,
    /// The lock file could not be made.
    #[error("Failed to take the update lock: {}", path.display())]
    File {
        /// The lock file.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
}

impl Drop for UpdateLock {
    fn drop(&mut self) {
        // Closing is not enough while a program that is just being started still shares the handle.
        let _ = self.0.unlock();
    }
}

/// Takes it, or says who is in the way.
pub(crate) fn take(os: &dyn Os, paths: &Paths) -> Result<UpdateLock, Error> {
    take_waiting(os, paths, &mut || thread::sleep(BETWEEN_TRIES))
}

fn take_waiting(os: &dyn Os, paths: &Paths, wait: &mut dyn FnMut()) -> Result<UpdateLock, Error> {
    let path = paths.update_lock_path();
    let failed = |error| Error::File { path: path.clone(), error };
    if let Some(dir) = path.parent() {
        os.make_administrators_dir(dir).map_err(failed)?;
    }
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
    for _ in 1..TRIES {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => wait(),
            Ok(()) => return Ok(UpdateLock(file)),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
    match file.try_lock() {
        Ok(()) => Ok(UpdateLock(file)),
        Err(TryLockError::WouldBlock) => Err(Error::Busy),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

#[cfg(test)]
mod tests {
    use smarts_tests::machine_root as pc;

    use super::*;
    use crate::os::MachineRoot;

    #[test]
    fn somebody_who_only_asks_whether_it_is_taken_is_waited_for_and_another_run_is_not() {
        let root = pc::MachineRoot::new().unwrap();
        let os = MachineRoot::open(root.path()).unwrap();
        let paths = Paths::below(&os, &root.path().join("person"));
        drop(take(&os, &paths).unwrap());
        let asking = File::open(paths.update_lock_path()).unwrap();
        asking.try_lock_shared().unwrap();
        let taken = take_waiting(&os, &paths, &mut || asking.unlock().unwrap());
        assert!(taken.is_ok());
        let mut waits = 0;
        let second = take_waiting(&os, &paths, &mut || waits += 1);
        assert!(matches!(second, Err(Error::Busy)));
        assert_eq!(waits, TRIES - 1);
    }
}
