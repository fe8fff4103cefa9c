//! What the worker is asked about subscriptions, and what it answers.

use std::path::PathBuf;
use std::sync::Arc;

use smarts_core::subscription::{Columns, Edit, Subscriptions};

use super::{ImportList, Preview, ReadTable};
use crate::model::schedule::Access;

/// Work about subscriptions.
#[derive(Clone, Debug, PartialEq)]
pub enum SubscriptionCommand {
    /// Read a list, guess its columns, and work out what importing it would do. Answer:
    /// [`SubscriptionEvent::ListRead`].
    ReadList {
        /// On this host.
        path: PathBuf,
    },
    /// Work that out with these columns; none of those that are needed is missing. Answer:
    /// [`SubscriptionEvent::Previewed`].
    Preview {
        /// Where the list was read.
        path: PathBuf,
        /// What was read.
        table: ReadTable,
        /// Which column means what.
        columns: Columns,
    },
    /// Import the records of a preview. Answer: [`SubscriptionEvent::Edited`].
    Import(Arc<Preview>),
    /// Change what is known. Answer: the same.
    Edit(Edit),
    /// Write the list to a file. Answer: [`SubscriptionEvent::Exported`].
    Export {
        /// On this host.
        path: PathBuf,
    },
    /// Show the folder of the platform, where the licence manager is.
    OpenLicenceManager,
}

/// An answer about subscriptions.
#[derive(Clone, Debug, PartialEq)]
pub enum SubscriptionEvent {
    /// Whether this person may change anything.
    Access(Access),
    /// A list that is to be imported was read.
    ListRead {
        /// Which.
        path: PathBuf,
        /// An error is a sentence.
        read: Result<ImportList, String>,
    },
    /// What importing it with these columns would do.
    Previewed {
        /// Where it was read.
        path: PathBuf,
        /// Which column means what.
        columns: Columns,
        /// What it would do.
        preview: Arc<Preview>,
    },
    /// Whether the kept list is used; before whatever tells what is known.
    Unread(Option<UnreadList>),
    /// Something was changed, or not.
    Edited {
        /// What is known now, in any case.
        known: Subscriptions,
        /// What was put aside for it; or why it is not what was wanted, a sentence.
        result: Result<Option<Former>, String>,
    },
    /// The list was written to a file, or not.
    Exported {
        /// Which.
        path: PathBuf,
        /// An error is a sentence.
        result: Result<Written, String>,
    },
}

/// A kept list that is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadList {
    /// Where it is.
    pub path: PathBuf,
    /// The reason, not as a sentence.
    pub why: String,
    /// Where an import would keep it; `None`: nothing can take its place until it can be read.
    pub former_path: Option<PathBuf>,
}

/// What another list has taken the place of, as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former {
    /// Where it is now.
    pub path: PathBuf,
    /// So many lines of it could not be read and are nowhere else; `None`: all of it.
    pub lines: Option<usize>,
}

/// A file the list was written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// So many records.
    pub records: usize,
    /// So many lines of the kept list could not be read and are not in it.
    pub left_out: usize,
}
