//! The update lock: one run at a time on a PC.

use std::fs::{File, TryLockError};

use super::{Context, Error};

/// The update lock; the system lets go of it if this process dies.
pub(super) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough while a program that is just being started still shares the handle.
        let _ = self.0.unlock();
    }
}

/// Takes it, or says who is in the way.
pub(super) fn take(context: &Context<'_>) -> Result<Lock, Error> {
    let path = context.paths.update_lock_path();
    let lock_error = |error| Error::Lock { path: path.clone(), error };
    if let Some(dir) = path.parent() {
        context.os.make_administrators_dir(dir).map_err(lock_error)?;
    }
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(lock_error)?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => Err(Error::Busy),
        Err(TryLockError::Error(error)) => Err(lock_error(error)),
    }
}
