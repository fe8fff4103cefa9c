//! What a person is told when something did not work: facts already in words, in a fixed order.
//!
//! The worker makes them (it has the typed fault and the texts); the model keeps them, the view shows them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::session::Expiry;

/// Whether work can go on, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Works {
    /// Looked at: the base is whole.
    Yes,
    /// Looked at: it is not.
    No,
    /// Nobody looked, so nothing is claimed.
    NotLooked,
}

/// A failure as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Answers the first question of an administrator.
    pub works: Works,
    /// What happened, as one sentence without a period.
    pub what: String,
    /// What stays safe: the file downloaded so far, the copy of the base.
    pub kept: Option<String>,
    /// What to do next.
    pub next: Option<String>,
    /// For a support ticket: the chain of causes, in the program's own English.
    pub detail: Option<String>,
}

/// Why a check gave no report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckFailure {
    /// As one sentence without a period.
    pub reason: String,
    /// What to do next.
    pub next: Option<String>,
    /// For a support ticket.
    pub detail: Option<String>,
    /// What the person can do about it here.
    pub kind: FailureKind,
}

/// What kind of failure a check ended with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// The source was not reached, or not understood.
    Unread,
    /// What it says is not believed, so nothing of it is used.
    Refused,
    /// A folder whose signatures have expired: the person may agree to its age.
    Expired {
        /// Which, and when they did.
        expiry: Expiry,
        /// The moment that counts.
        now: Timestamp,
    },
}

impl CheckFailure {
    /// A failure of one sentence.
    pub fn of(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), next: None, detail: None, kind: FailureKind::Unread }
    }
}

impl Notice {
    /// A notice of one sentence.
    pub fn of(what: impl Into<String>) -> Self {
        Self { works: Works::NotLooked, what: what.into(), kept: None, next: None, detail: None }
    }
}
