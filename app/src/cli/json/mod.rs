//! The JSON of the command line: a contract with scripts. Fields may be added, never renamed.
//!
//! A module for each document; here is what they share.

mod backups;
mod checked;
mod devices;
mod history;
mod licences;
mod list;
mod reports;
mod staging;
mod subscriptions;

use std::io::{self, Write};

use jiff::tz::TimeZone;
use serde::Serialize;
use smarts_core::check;
use smarts_core::machine;
use smarts_core::verify::Proof;
use smarts_core::version::Version;

pub(super) use backups::Backups;
pub(super) use checked::Checked;
pub(super) use devices::Devices;
pub(super) use history::History;
pub(super) use list::List;
pub(super) use reports::Reports;
pub(super) use staging::{Staged, Staging, TakenBack, Undoing};
pub(super) use subscriptions::ListedSubscriptions;

use crate::i18n::Texts;

/// `list --json` as text.
pub(crate) fn listed(machine: &machine::Machine, texts: &Texts) -> serde_json::Result<String> {
    serde_json::to_string_pretty(&List::of(machine, texts))
}

/// Prints a document for scripts.
pub(super) fn print(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(document)?;
    writeln!(out, "{text}")
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Problem {
    pub(super) path: String,
    pub(super) message: String,
}

/// `download --json`.
#[derive(Debug, Serialize)]
pub(super) struct Downloaded {
    pub(super) id: String,
    pub(super) files: Vec<DownloadedFile>,
}

#[derive(Debug, Serialize)]
pub(super) struct DownloadedFile {
    pub(super) version: Version,
    pub(super) path: String,
    pub(super) size: u64,
    pub(super) sha256: String,
    pub(super) proof: Proof,
}

/// A moment with the PC's offset (RFC 3339).
fn time(time: jiff::Timestamp) -> String {
    time.to_zoned(TimeZone::system()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Problems of a machine, in words.
pub(super) fn machine_problems(problems: &[machine::Problem], texts: &Texts) -> Vec<Problem> {
    let words = |problem: &machine::Problem| Problem {
        path: problem.path.clone(),
        message: texts.machine_fault(&problem.fault),
    };
    problems.iter().map(words).collect()
}

/// Problems of a report, in words.
pub(super) fn problems<'a>(
    problems: impl IntoIterator<Item = &'a check::Problem>,
    texts: &Texts,
) -> Vec<Problem> {
    let words = |problem| {
        let (path, message) = texts.problem(problem);
        Problem { path, message }
    };
    problems.into_iter().map(words).collect()
}
