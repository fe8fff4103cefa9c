//! What a person and the worker say about going back.

use smarts_core::backup::Way;

use super::{Listed, Outlook};
use crate::model::Notice;

/// What a person does about going back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GoingBackAction {
    /// Show the copies of a base.
    Open {
        /// Its id.
        base_id: String,
        /// The copy that is meant, by its folder's name; the newest that can be used where it is not there.
        copy: Option<String>,
    },
    /// Choose a copy, by its folder's name.
    Choose(String),
    /// Choose how far.
    Way(Way),
    /// Look once more at what would happen: what was in the way may have gone.
    LookAgain,
    /// Go back.
    Confirm,
    /// Copy the base as it is; asks first if older copies would be too many then.
    Copy,
    /// Tick or untick that those are deleted.
    Delete(bool),
    /// Copy it, as answered.
    ConfirmCopy,
    /// Back to the list of copies.
    DeclineCopy,
}

/// Work for the worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GoingBackCommand {
    /// List the copies of a base. Answer: [`GoingBackEvent::Listed`].
    List {
        /// Its id.
        base_id: String,
    },
    /// Find out what going back would do; stops looking at anything else. Answers: [`GoingBackEvent::Looking`] …,
    /// [`GoingBackEvent::Looked`], unless it is stopped.
    Look {
        /// Of this look.
        number: u64,
        /// The copy, by its folder's name.
        copy: String,
        /// How far.
        way: Way,
    },
    /// Nobody wants to know any more. No answer.
    StopLooking,
    /// Do what was seen. Answers: as of [`Command::Apply`](crate::model::Command::Apply).
    GoBack {
        /// Of the look.
        number: u64,
        /// The base.
        base_id: String,
    },
    /// Copy a base. Answers: as of [`Command::Apply`](crate::model::Command::Apply).
    Copy {
        /// Its id.
        base_id: String,
        /// The older copies that go afterwards, by their folders' names.
        delete: Vec<String>,
    },
}

/// An answer of the worker.
#[derive(Clone, Debug, PartialEq)]
pub enum GoingBackEvent {
    /// The copies of a base.
    Listed {
        /// Its id.
        base_id: String,
        /// An error is a sentence.
        listed: Result<Listed, String>,
    },
    /// The copy and the base are read. At most some ten of these a second.
    Looking {
        /// Of the look.
        number: u64,
        /// Bytes so far.
        done: u64,
        /// Bytes in all.
        total: u64,
    },
    /// What would happen.
    Looked {
        /// Of the look.
        number: u64,
        /// Or why it cannot.
        seen: Result<Box<Outlook>, Notice>,
    },
}
