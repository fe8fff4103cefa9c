//! What the worker is asked about the history, and what it answers.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::{HistoryLine, HistoryNote, LogOrigin};

/// Work about the history.
#[derive(Clone, Debug, PartialEq)]
pub enum HistoryCommand {
    /// Read it, and no longer what was read before. Answers: [`HistoryEvent::Read`] …, [`HistoryEvent::Ended`].
    Read(HistoryRequest),
    /// Read no more. No answer.
    Stop,
    /// Write entries to a file, as a table. Answer: [`HistoryEvent::Exported`].
    Export {
        /// On this host.
        path: PathBuf,
        /// From the first line to the last.
        lines: Lines,
    },
    /// Show a folder that the journal names. Answer: [`HistoryEvent::FolderNotOpened`], or none.
    OpenFolder {
        /// As Windows writes it.
        folder: String,
    },
}

/// What is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryRequest {
    /// Tells the answers apart from those to an earlier request.
    pub turn: u64,
    /// The event log.
    pub origin: LogOrigin,
    /// Nothing older than this.
    pub since: Option<Timestamp>,
    /// Foreign software, too.
    pub foreign: bool,
}

/// Lines that are handed about rather than copied.
#[derive(Clone, PartialEq)]
pub struct Lines(pub Vec<Arc<HistoryLine>>);

impl fmt::Debug for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lines({})", self.0.len())
    }
}

/// An answer about the history.
#[derive(Clone, Debug, PartialEq)]
pub enum HistoryEvent {
    /// More of it, the newest first.
    Read {
        /// Of the request.
        turn: u64,
        /// In portions of a bounded size.
        lines: Lines,
    },
    /// There is no more.
    Ended {
        /// Of the request.
        turn: u64,
        /// What is to be said about it; an error is a sentence.
        result: Result<Vec<HistoryNote>, String>,
    },
    /// The entries were written to a file, or not.
    Exported {
        /// Which.
        path: PathBuf,
        /// So many; an error is a sentence.
        result: Result<usize, String>,
    },
    /// The folder is not there; a sentence.
    FolderNotOpened(String),
}
