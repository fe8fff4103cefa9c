//! Subscriptions: until when each device may receive releases, and which releases that covers.
//!
//! The vendor's rule is documented: a licence is bound to a device or a workstation, and a release may be
//! installed if it came out on or before the day the subscription of that device ends; what was installed
//! stays licensed. An update that is not covered throws the licences into demo mode. The dates cannot be read
//! from licence files, whose part with them is protected, and no service tells them: they come from a list
//! that a person imports ([`Table`], [`import`]) or types ([`Record::of`]), kept for the whole PC
//! ([`load`], [`save`]). What the web account exports is not known, so its headings are guessed
//! ([`Columns::guess`]) and the person may say otherwise.
//!
//! What is known ([`Subscriptions`]) is judged in one place ([`Standings::judge`]), for the list of offers
//! ([`crate::offer::cover`]), for the sheet and right before the change ([`crate::preflight::coverage`]).
//!
//! Dates are calendar days in the PC's zone, and the last day still counts. Who wrote a device off stands in the
//! journal ([`written_off()`]). Deliberately not here: a clock, licence files, and what a front end does with a
//! release that is not covered.

mod cells;
mod change;
mod clock;
mod columns;
mod date;
mod edit;
mod ends;
mod formula;
mod headings;
mod judgement;
mod known;
mod names;
mod overview;
mod record;
mod record_key;
mod rule;
mod seen;
mod store;
mod table;
mod text;
mod written_off;

use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::journal;

pub use change::{Change, Changes, import};
pub use clock::{ClockBehind, clock_behind};
pub use columns::{Columns, Reading};
pub use date::{DateFault, date};
pub use edit::{Edit, EditError, edit, obstacle};
pub use ends::{End, State, days_left, is_endless, state};
pub use formula::neutral;
pub use judgement::{Ended, Holder, Judgement, Unjudged};
pub use known::Subscriptions;
pub use names::key as device_key;
pub use overview::{Group, Line, Member, Overview, Place, Stands, Sum, overview};
pub use record::{Fault, Field, LONGEST_NAME, LONGEST_NOTE, Record};
pub use record_key::RecordKey;
pub use rule::{ByDevice, Facts, Gap, LONG_UNSEEN_DAYS, NoData, Standing, Standings, Verdict, not_here};
pub use seen::LastSeen;
pub use store::{former_path, load, save, to_csv};
pub use table::{Row, Table};
pub use written_off::{WrittenOff, in_force, written_off};

/// A line of a list that gave no record, or not the one that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineFault {
    /// From 1, as an editor counts.
    pub line: u64,
    /// What it holds, shortened.
    pub text: String,
    /// What is wrong.
    pub fault: Fault,
}

/// Why a list is not used at all. What was kept before stays.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system did not let it be read.
    #[error("Failed to read subscriptions: {path}")]
    Read {
        /// Of the list.
        path: PathBuf,
        /// The system's words.
        #[source]
        source: io::Error,
    },
    /// The system did not let it be written.
    #[error("Failed to write subscriptions: {path}")]
    Write {
        /// Of the list.
        path: PathBuf,
        /// The system's words.
        #[source]
        source: io::Error,
    },
    /// Others than administrators may have written the kept list, or the journal, so it says nothing.
    #[error("Subscriptions are not used, others than administrators may write them: {path}")]
    OthersMayWrite {
        /// Of the list.
        path: PathBuf,
    },
    /// Above the limit for such a list.
    #[error("List is larger than {limit_bytes} bytes")]
    TooLarge {
        /// The limit.
        limit_bytes: u64,
    },
    /// Above the limit for such a list.
    #[error("List has more than {limit} lines")]
    TooManyLines {
        /// The limit.
        limit: usize,
    },
    /// Above the limit for such a list.
    #[error("List has more than {limit} columns")]
    TooManyColumns {
        /// The limit.
        limit: usize,
    },
    /// The journal, where it stands which devices do not count, cannot be read.
    #[error("Failed to read which devices are written off")]
    Journal(#[source] journal::Error),
    /// No text at all: a workbook, for one.
    #[error("List is not text")]
    NotText,
    /// Text, and neither UTF-8 nor windows-1251.
    #[error("List is neither UTF-8 nor windows-1251")]
    Encoding,
    /// Nothing but blank lines.
    #[error("List is empty")]
    Empty,
    /// The line with the headings cannot be read.
    #[error("Failed to read the headings in line {line}")]
    Headings {
        /// From 1.
        line: u64,
        /// Why.
        #[source]
        fault: Fault,
    },
    /// It is not known which columns these are.
    #[error("List has no column for {missing:?}")]
    Columns {
        /// Of the device and the date.
        missing: Vec<Field>,
    },
}

/// The start of a text, for a fault.
fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}
