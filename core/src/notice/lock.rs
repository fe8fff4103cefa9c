//! One process at a time with a small file of the person's.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

/// Nobody keeps it for longer than it takes to read and write a file.
const PATIENCE: Duration = Duration::from_secs(3);
const WAIT: Duration = Duration::from_millis(20);

/// Held by whoever reads a file in order to change it; the system lets go of it if this process dies.
#[derive(Debug)]
pub(crate) struct Lock(File);

impl Lock {
    /// Waits for it, but not for ever; the lock lies beside the file.
    pub(crate) fn of(path: &Path) -> io::Result<Self> {
        let lock_path = path.with_extension("lock");
        if let Some(dir) = lock_path.parent() {
            std::fs::create_dir_all(dir)?;
        }
        let file = File::options().create(true).truncate(false).write(true).open(lock_path)?;
        let mut waited = Duration::ZERO;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self(file)),
                Err(TryLockError::WouldBlock) if waited < PATIENCE => {
                    std::thread::sleep(WAIT);
                    waited += WAIT;
                }
                Err(TryLockError::WouldBlock) => return Err(io::Error::from(io::ErrorKind::WouldBlock)),
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough while a program that is just being started still shares the handle.
        let _ = self.0.unlock();
    }
}
