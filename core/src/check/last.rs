//! How the last check of everything ended, beside the report: what whoever waited for it needs to know, and since
//! when nothing can be read.
//!
//! A check has a number rather than a time: a clock may be set back, and two checks may begin at the same moment.
//! Whatever is wrong with the file, it stands for nothing known, and the next check writes it anew. Deliberately
//! not here: the lock under which it is written, and what may be said of it when.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Report;
use super::store::LARGEST_REPORT_BYTES;
use crate::catalogue;
use crate::fs;
use crate::machine::Machine;
use crate::offer::{self, Catalogues, Item};

/// Of the file; one of another is not understood.
const FORMAT: u32 = 1;

/// How the last check of everything ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Last {
    format: u32,
    /// One more than that of the check before.
    pub number: u64,
    /// When it began.
    pub at: Timestamp,
    /// What it asked.
    pub asked: Asked,
    /// How it ended.
    pub outcome: Outcome,
}

/// Two checks that ask the same of the same machine have the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The root of the source, without credentials.
    pub source: String,
    /// What replaces its `updates/`, without credentials.
    pub updates: Option<String>,
    /// Of the notes.
    pub language: String,
    /// Whether nothing counts that is not signed.
    pub is_signed: bool,
    /// Whether signatures may have expired.
    pub accepts_expired: bool,
}

/// How a check ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// With a report, which is kept.
    Kept,
    /// Without one.
    Failed(Failed),
}

/// A check that could read nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Failed {
    /// When the first of the checks began that have failed one after the other.
    pub since: Timestamp,
    /// Why the last of them did.
    pub error: catalogue::Error,
    /// Its shape of a report, with every item unknown.
    pub report: Box<Report>,
}

/// It could not be kept.
#[derive(Debug, thiserror::Error)]
#[error("Failed to keep how the check ended: {}", path.display())]
pub struct Error {
    /// The file.
    pub path: PathBuf,
    /// The system's error.
    #[source]
    pub source: io::Error,
}

impl Last {
    /// What is known of the last check; `None`: nothing, and why stands in the log.
    pub fn load(path: &Path) -> Option<Self> {
        let bytes = fs::read_limited(path, LARGEST_REPORT_BYTES);
        let understood = bytes.and_then(|bytes| {
            let last: Option<Self> =
                bytes.map(|bytes| serde_json::from_slice(&bytes)).transpose().map_err(io::Error::from)?;
            Ok(last.filter(|last| last.format == FORMAT))
        });
        understood.unwrap_or_else(|error| {
            tracing::warn!(path = %path.display(), %error, "How the last check ended is not understood");
            None
        })
    }

    /// How a check ended that began at `at`, after `former`; it failed if there is an error.
    pub fn after(
        former: Option<&Self>,
        asked: Asked,
        at: Timestamp,
        failed: Option<(catalogue::Error, Box<Report>)>,
    ) -> Self {
        let number = former.map_or(0, |former| former.number.wrapping_add(1));
        let before = former.and_then(Self::failed).map(|failed| failed.since);
        let outcome = failed.map_or(Outcome::Kept, |(error, report)| {
            Outcome::Failed(Failed { since: before.unwrap_or(at), error, report })
        });
        Self { format: FORMAT, number, at, asked, outcome }
    }

    /// Keeps it in place of the one before.
    pub fn save(&self, path: &Path) -> Result<(), Error> {
        let bytes = serde_json::to_vec(self).map_err(io::Error::from);
        let written = bytes.and_then(|bytes| fs::write_atomically(path, &bytes));
        written.map_err(|source| Error { path: path.to_path_buf(), source })
    }

    /// How it failed, if it did.
    pub fn failed(&self) -> Option<&Failed> {
        match &self.outcome {
            Outcome::Kept => None,
            Outcome::Failed(failed) => Some(failed),
        }
    }
}

impl Report {
    /// Whether it is about what is installed here now: the same things, on the same versions.
    pub fn is_about(&self, machine: &Machine) -> bool {
        let shape = offer::offers(machine, &Catalogues::new(), "");
        let key = |item: &Item| {
            (item.id.clone(), item.name.clone(), item.product.clone(), item.installed, item.subject)
        };
        self.bases_unknown == machine.bases_unknown.is_some()
            && self.items.iter().map(key).eq(shape.iter().map(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Fault, Trust};

    fn asked() -> Asked {
        Asked {
            source: "https://mirror.example/".into(),
            updates: None,
            language: "ru".into(),
            is_signed: false,
            accepts_expired: false,
        }
    }

    fn moment(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn failure(now: Timestamp) -> (catalogue::Error, Box<Report>) {
        let fault = Fault::NotFound;
        let report = super::super::unreadable(&Machine::default(), "https://x/", Trust::Https, &fault, now);
        let fault = catalogue::Fault::Source(fault);
        (catalogue::Error { path: "updates".into(), fault }, Box::new(report))
    }

    #[test]
    fn failures_in_a_row_began_with_the_first_and_a_good_check_ends_them() {
        let (one, two, three) =
            (moment("2026-11-20T09:00:00Z"), moment("2026-11-21T09:00:00Z"), moment("2026-11-22T09:00:00Z"));
        let first = Last::after(None, asked(), one, Some(failure(one)));
        let second = Last::after(Some(&first), asked(), two, Some(failure(two)));
        assert_eq!((second.at, second.failed().unwrap().since), (two, one));
        let good = Last::after(Some(&second), asked(), two, None);
        assert!(good.failed().is_none());
        let third = Last::after(Some(&good), asked(), three, Some(failure(three)));
        assert_eq!((third.number, third.failed().unwrap().since), (3, three));
    }

    #[test]
    fn what_is_kept_is_read_again_and_anything_else_stands_for_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("last.json");
        assert_eq!(Last::load(&path), None);
        let now = moment("2026-11-22T09:00:00Z");
        let last = Last::after(None, asked(), now, Some(failure(now)));
        last.save(&path).unwrap();
        assert_eq!(Last::load(&path), Some(last.clone()));
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        assert_eq!(Last::load(&path), None);
        Last { format: FORMAT + 1, ..last }.save(&path).unwrap();
        assert_eq!(Last::load(&path), None);
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
        assert_eq!(Last::load(&path), None);
    }

    #[test]
    fn a_report_is_about_another_machine_once_something_was_updated() {
        let pc = smarts_tests::machine_root::MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap();
        let spec = |version: &str| smarts_tests::machine_root::BaseSpec {
            version: Some(version.to_owned()),
            ..smarts_tests::machine_root::BaseSpec::new("main", "Склад")
        };
        let pc = pc.base(&spec("1.6.2.6493")).unwrap();
        let read = || crate::machine::read(&crate::os::MachineRoot::open(pc.path()).unwrap());
        let before = read();
        let now = moment("2026-11-22T09:00:00Z");
        let report = super::super::unreadable(&before, "https://x/", Trust::Https, &Fault::NotFound, now);
        assert!(report.is_about(&before));
        let description = smarts_tests::machine_root::app_description(&spec("1.6.3.7283"));
        let path = format!(r"{}\AppDescription.xml", spec("1").folder);
        pc.write(&path, description.as_bytes()).unwrap();
        assert!(!report.is_about(&read()));
    }
}
