//! Why there is no file, and whether what was received is kept.

use std::io;
use std::path::{Path, PathBuf};

use crate::digest::Mismatch;
use crate::source::Fault;

/// Why a file was not fetched.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The name is no safe one, or one of those this module uses itself.
    #[error("File cannot be kept under this name: {name}")]
    Name {
        /// Shortened.
        name: String,
    },
    /// Another download of the same file is under way.
    #[error("File is being downloaded already: {}", path.display())]
    Busy {
        /// Where it is put.
        path: PathBuf,
    },
    /// By the person. What was received is kept.
    #[error("Download was cancelled")]
    Cancelled,
    /// The source did not give it, or not all of it. What was received is kept.
    #[error("Failed to download {name}, {kept_bytes} bytes are kept")]
    Source {
        /// The file's name.
        name: String,
        /// From where the next try goes on.
        kept_bytes: u64,
        /// Why.
        #[source]
        fault: Fault,
    },
    /// A web page in place of a file: somebody between here and the source wants a person to log in.
    #[error("Source sent a page ({content_type}) in place of {name}")]
    NotTheFile {
        /// The file's name.
        name: String,
        /// As sent.
        content_type: String,
    },
    /// Not as large as stated. It was removed; what was only announced has removed nothing.
    #[error("File must have {expected} bytes and has {found}: {name}")]
    WrongSize {
        /// The file's name.
        name: String,
        /// As the release, else the source states.
        expected: u64,
        /// As received, or as announced, or the count at which it was given up.
        found: u64,
        /// Whether it was only announced, and nothing received: it need not be the file at all then.
        is_announced: bool,
    },
    /// Not the file that was stated. It was removed.
    #[error("File has the {mismatch}: {name}")]
    WrongHash {
        /// The file's name.
        name: String,
        /// As the release states, and as received.
        mismatch: Mismatch,
    },
    /// Beyond what any release has. It was removed.
    #[error("File is larger than {limit_bytes} bytes: {name}")]
    TooLarge {
        /// The file's name.
        name: String,
        /// The limit.
        limit_bytes: u64,
    },
    /// No room. What was received is kept.
    #[error("Disk is full: {}", path.display())]
    DiskFull {
        /// What was being written.
        path: PathBuf,
        /// The system's words.
        #[source]
        source: io::Error,
    },
    /// The system did not let a file be read or written. What was received is kept.
    #[error("Failed to read or write {}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The system's words.
        #[source]
        source: io::Error,
    },
}

impl Error {
    /// Whether it is the person who stopped it.
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Cancelled)
    }

    /// Whether what was received, if anything, is kept for the next try.
    pub fn keeps_partial(&self) -> bool {
        match self {
            Self::WrongSize { is_announced, .. } => *is_announced,
            Self::Name { .. } | Self::WrongHash { .. } | Self::TooLarge { .. } => false,
            Self::Busy { .. }
            | Self::Cancelled
            | Self::Source { .. }
            | Self::NotTheFile { .. }
            | Self::DiskFull { .. }
            | Self::File { .. } => true,
        }
    }

    /// Whether the cause may lie in what an earlier try left, so that a start from the beginning may do:
    /// the whole is wrong, or the server refuses the range (416) or sends another one (206).
    pub(super) fn may_be_the_kept_parts(&self) -> bool {
        matches!(
            self,
            Self::WrongSize { .. }
                | Self::WrongHash { .. }
                | Self::Source { fault: Fault::Status { status: 206 | 416, .. }, .. }
        )
    }

    pub(super) fn file(path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path, source },
            _ => Self::File { path, source },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_from_other_faults_of_writing() {
        let error = |kind: io::ErrorKind| Error::file(Path::new("x"), kind.into());
        assert!(matches!(error(io::ErrorKind::StorageFull), Error::DiskFull { .. }));
        assert!(matches!(error(io::ErrorKind::QuotaExceeded), Error::DiskFull { .. }));
        assert!(matches!(error(io::ErrorKind::PermissionDenied), Error::File { .. }));
        assert!(error(io::ErrorKind::StorageFull).keeps_partial());
    }
}
