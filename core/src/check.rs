//! A check: read the machine, read the source's catalogues, decide what is new, keep the report.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::offer::Item;
use crate::source::Trust;
use crate::{catalogue, machine};

/// The result of one check. One file per person and machine, read by window, stub and command line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// When it was made.
    pub checked_at: Timestamp,
    /// What it was made from.
    pub source: SourceFacts,
    /// The platform first (if there is one), then the bases in the machine's order.
    pub items: Vec<Item>,
    /// What could not be read, on the machine and in the source.
    pub problems: Vec<Problem>,
}

/// The source of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceFacts {
    /// Its address or folder, without credentials.
    pub root: String,
    /// How far it is proved.
    pub trust: Trust,
    /// When its signatures expire; only for signed sources.
    pub expires: Option<Timestamp>,
}

/// A problem of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// On the machine.
    Machine(machine::Problem),
    /// In the source.
    Source(catalogue::Problem),
}
