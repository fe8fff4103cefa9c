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
    /// Something was changed, or not.
    Edited {
        /// What is known now, in any case.
        known: Subscriptions,
        /// Why it is not what was wanted; a sentence.
        result: Result<(), String>,
    },
    /// The list was written to a file, or not.
    Exported {
        /// Which.
        path: PathBuf,
        /// How many records; an error is a sentence.
        result: Result<usize, String>,
    },
}
