//! Whether there is room for a file before the first byte of it is asked for.

use std::path::Path;

use super::Error;

/// Fails if the volume of the folder has not so many bytes left. Where the system does not tell, the disk
/// will.
pub(super) fn look(dir: &Path, kept_bytes: u64, total: u64) -> Result<(), Error> {
    let needed_bytes = total.saturating_sub(kept_bytes);
    match fs4::available_space(dir) {
        Ok(free_bytes) if free_bytes < needed_bytes => {
            Err(Error::NoRoom { dir: dir.to_path_buf(), needed_bytes, free_bytes, kept_bytes })
        }
        Ok(_) => Ok(()),
        Err(error) => {
            tracing::debug!(dir = %dir.display(), %error, "Free space is not known");
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_needs_no_room_any_more() {
        let dir = tempfile::tempdir().unwrap();
        assert!(look(dir.path(), 0, 1).is_ok());
        let error = look(dir.path(), 10, u64::MAX).unwrap_err();
        let Error::NoRoom { needed_bytes, free_bytes, kept_bytes: 10, .. } = error else {
            panic!("{error:?}")
        };
        assert!(needed_bytes == u64::MAX - 10 && free_bytes > 0);
        assert!(look(dir.path(), u64::MAX, u64::MAX).is_ok());
        // Windows tells of the drive, others of nothing.
        assert!(look(&dir.path().join("missing"), 0, 1).is_ok());
    }
}
