//! The report on the disk: either the former one or the new one, never half of it.

use std::io;
use std::path::{Path, PathBuf};

use super::Report;
use crate::fs;

/// No report is kept or read above this size.
pub(super) const LARGEST_REPORT_BYTES: u64 = 64 * 1024 * 1024;

/// Why a report could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The system did not let it be written.
    #[error("Failed to keep the report: {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: io::Error,
    },
    /// It could not be read again.
    #[error("Report is larger than {limit_bytes} bytes and is not kept: {}", path.display())]
    TooLarge {
        /// The file it would have gone to.
        path: PathBuf,
        /// The limit.
        limit_bytes: u64,
    },
    /// The system did not let it be read.
    #[error("Failed to read the last report: {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: io::Error,
    },
    /// Not a report of this version of the program.
    #[error("Last report is not understood: {}", path.display())]
    Parse {
        /// The file.
        path: PathBuf,
        /// Where and why.
        #[source]
        source: serde_json::Error,
    },
}

impl Report {
    /// Keeps the report in place of the last one, which stays if this one could not be read again.
    pub fn save(&self, path: &Path) -> Result<(), StoreError> {
        self.save_within(path, LARGEST_REPORT_BYTES)
    }

    pub(super) fn save_within(&self, path: &Path, limit_bytes: u64) -> Result<(), StoreError> {
        let write = |source| StoreError::Write { path: path.to_path_buf(), source };
        let bytes = serde_json::to_vec(self).map_err(|error| write(io::Error::from(error)))?;
        if bytes.len() as u64 > limit_bytes {
            return Err(StoreError::TooLarge { path: path.to_path_buf(), limit_bytes });
        }
        fs::write_atomically(path, &bytes).map_err(write)
    }

    /// The last report; `None` if there is none yet.
    pub fn load(path: &Path) -> Result<Option<Self>, StoreError> {
        let read = |source| StoreError::Read { path: path.to_path_buf(), source };
        let Some(bytes) = fs::read_limited(path, LARGEST_REPORT_BYTES).map_err(read)? else {
            return Ok(None);
        };
        let parse = |source| StoreError::Parse { path: path.to_path_buf(), source };
        serde_json::from_slice(&bytes).map(Some).map_err(parse)
    }
}
