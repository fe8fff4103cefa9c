//! The update lock: one at a time on a PC changes bases, the platform or what is known of subscriptions.
//!
//! Deliberately not here: waiting for it. Whoever finds it taken says so, and the person tries again.

use std::fs::{File, TryLockError};
use std::io;
use std::path::PathBuf;

use crate::os::Os;
use crate::paths::Paths;

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
    let path = paths.update_lock_path();
    let failed = |error| Error::File { path: path.clone(), error };
    if let Some(dir) = path.parent() {
        os.make_administrators_dir(dir).map_err(failed)?;
    }
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(UpdateLock(file)),
        Err(TryLockError::WouldBlock) => Err(Error::Busy),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}
