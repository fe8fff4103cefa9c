//! Why there is no file, and whether what was received is kept.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Retry;
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
        /// The server has said to leave it alone for so long.
        again_in: Option<Duration>,
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
    /// Packed in a way that was not asked for and is not undone here.
    #[error("Source sent {name} packed as {encoding}, which was not asked for")]
    Packed {
        /// The file's name.
        name: String,
        /// As sent.
        encoding: String,
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
    /// Beyond what any release has. It was removed; what was only announced has removed nothing.
    #[error("File is larger than {limit_bytes} bytes: {name}")]
    TooLarge {
        /// The file's name.
        name: String,
        /// The limit.
        limit_bytes: u64,
        /// Whether it was only announced, and nothing received: it need not be the file at all then.
        is_announced: bool,
    },
    /// Less room than the rest of the file needs; nothing was begun, or the disk has filled up meanwhile. What
    /// was received is kept.
    #[error("Needs {needed_bytes} bytes and has {free_bytes}, {kept_bytes} are kept: {}", dir.display())]
    NoRoom {
        /// On whose volume.
        dir: PathBuf,
        /// For what is still to come.
        needed_bytes: u64,
        /// On that volume, for this person.
        free_bytes: u64,
        /// From where the next try goes on.
        kept_bytes: u64,
    },
    /// No room, and how much would be needed is not known. What was received is kept.
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
            Self::WrongSize { is_announced, .. } | Self::TooLarge { is_announced, .. } => *is_announced,
            Self::Name { .. } | Self::WrongHash { .. } => false,
            Self::Busy { .. }
            | Self::Cancelled
            | Self::Source { .. }
            | Self::NotTheFile { .. }
            | Self::Packed { .. }
            | Self::NoRoom { .. }
            | Self::DiskFull { .. }
            | Self::File { .. } => true,
        }
    }

    /// Whether another try at the same place makes sense. Right now, before anything has changed: a person may
    /// well try again later.
    pub fn retry(&self) -> Retry {
        let Self::Source { fault, again_in, .. } = self else { return Retry::Never };
        let may_pass = match fault {
            // A proxy refuses a tunnel for a while, too, where it does not reach the host.
            Fault::Connection { .. }
            | Fault::Timeout { .. }
            | Fault::Folder { .. }
            | Fault::ProxyRefusal { .. } => true,
            // Timeout; too early; too many requests; the server's own troubles, but for those that stay.
            Fault::Status { status, .. } => {
                matches!(status, 408 | 425 | 429 | 500..=599) && !matches!(status, 501 | 505 | 511)
            }
            Fault::NotFound
            | Fault::Tls { .. }
            | Fault::Redirect { .. }
            | Fault::Address { .. }
            | Fault::Unopened { .. }
            | Fault::TooLarge { .. }
            | Fault::ProxyAuthentication { .. }
            | Fault::ProxyUnusable { .. }
            | Fault::CaFile { .. }
            | Fault::Unsigned
            | Fault::Untrusted { .. }
            | Fault::Older { .. }
            | Fault::Expired { .. }
            | Fault::Missing { .. }
            | Fault::NotSigned { .. }
            | Fault::SignedAnew { .. }
            | Fault::Root { .. }
            | Fault::Store { .. }
            | Fault::ClockBehind { .. } => false,
        };
        match again_in {
            _ if !may_pass => Retry::Never,
            Some(wait) => Retry::After(*wait),
            None => Retry::Soon,
        }
    }

    /// Whether the same file from elsewhere would end in the same way: the cause is this PC, or the person.
    pub(super) fn is_here(&self) -> bool {
        match self {
            Self::Name { .. }
            | Self::Busy { .. }
            | Self::Cancelled
            | Self::NoRoom { .. }
            | Self::DiskFull { .. }
            | Self::File { .. } => true,
            Self::Source { .. }
            | Self::NotTheFile { .. }
            | Self::Packed { .. }
            | Self::WrongSize { .. }
            | Self::WrongHash { .. }
            | Self::TooLarge { .. } => false,
        }
    }

    /// Whether the cause may lie in what an earlier try left, so that a start from the beginning may do:
    /// the whole that was put together is wrong, or the server refuses the range (416) or sends another one (206).
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
    use crate::source::{ProxyLogin, TlsProblem};

    #[test]
    fn only_what_may_pass_by_itself_is_tried_again() {
        let retry = |fault: Fault, again_in| {
            Error::Source { name: "x".into(), kept_bytes: 0, again_in, fault }.retry()
        };
        let host = || "mirror.example:443".to_owned();
        let status = |status, again_in| retry(Fault::Status { host: host(), status }, again_in);
        for again in [408, 425, 429, 500, 502, 503, 504, 599] {
            assert_eq!(status(again, None), Retry::Soon, "{again}");
        }
        let minute = Duration::from_mins(1);
        assert_eq!(status(503, Some(minute)), Retry::After(minute));
        for never in [206, 304, 400, 401, 402, 403, 407, 416, 418, 451, 501, 505, 511, 600] {
            assert_eq!(status(never, Some(minute)), Retry::Never, "{never}");
        }
        let detail = || "x".to_owned();
        assert_eq!(
            retry(Fault::Connection { host: host(), detail: detail(), proxy: None }, None),
            Retry::Soon
        );
        assert_eq!(retry(Fault::Timeout { host: host(), proxy: None }, None), Retry::Soon);
        assert_eq!(retry(Fault::Folder { detail: detail() }, None), Retry::Soon);
        for fault in [
            Fault::NotFound,
            Fault::Tls { host: host(), detail: detail(), proxy: None, problem: TlsProblem::Other },
            Fault::Redirect { host: host(), target: detail() },
            Fault::Address { address: detail() },
            Fault::ProxyAuthentication { proxy: host(), login: ProxyLogin::Refused, in_address: false },
            Fault::ProxyAuthentication { proxy: host(), login: ProxyLogin::Unanswered, in_address: true },
            Fault::ProxyUnusable { proxy: host() },
        ] {
            assert_eq!(retry(fault, None), Retry::Never);
        }
        let full = Error::file(Path::new("x"), io::ErrorKind::StorageFull.into());
        assert_eq!((full.retry(), full.is_here()), (Retry::Never, true));
    }

    #[test]
    fn a_full_disk_is_told_from_other_faults_of_writing() {
        let error = |kind: io::ErrorKind| Error::file(Path::new("x"), kind.into());
        assert!(matches!(error(io::ErrorKind::StorageFull), Error::DiskFull { .. }));
        assert!(matches!(error(io::ErrorKind::QuotaExceeded), Error::DiskFull { .. }));
        assert!(matches!(error(io::ErrorKind::PermissionDenied), Error::File { .. }));
        assert!(error(io::ErrorKind::StorageFull).keeps_partial());
    }
}
