//! `list --reports DIR --json`.

use serde::Serialize;
use smarts_core::reports::{self, Failure, PcFacts, PcLine, Unread};
use smarts_core::source::Trust;

use super::checked::CheckedItem;
use super::time;
use crate::i18n::Texts;

/// The document.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct Reports {
    /// By name.
    pcs: Vec<Pc>,
    /// Files that were not looked at, because there are too many.
    left_out: usize,
}

/// A file of the folder.
#[derive(Debug, Serialize)]
struct Pc {
    /// The PC's name; without a report the file's, without its ending.
    name: String,
    /// The file's name.
    file: String,
    /// `read`, or why it was not: `torn`, `newer`, `too_large`, `foreign`, `unreadable`.
    state: &'static str,
    /// The same in words; `null` of one that was read.
    detail: Option<String>,
    /// Version of this program there; `null` where it is not said.
    updater: Option<String>,
    /// When the last check began, good or not.
    at: Option<String>,
    /// When the last good check began, from which the rest is.
    checked_at: Option<String>,
    /// Whether everything was looked up in it.
    complete: Option<bool>,
    source: Option<Source>,
    /// As in `check --json`, without notes: the platform, the bases, this program.
    items: Vec<CheckedItem>,
    /// How the last check failed; `null` if it did not.
    failure: Option<Failed>,
}

#[derive(Debug, Serialize)]
struct Source {
    root: String,
    trust: Trust,
}

#[derive(Debug, Serialize)]
struct Failed {
    at: String,
    /// When the first of the checks began that have failed one after the other.
    since: String,
    detail: String,
}

impl Reports {
    pub(in crate::cli) fn of(reports: &reports::Reports, texts: &Texts) -> Self {
        let pcs = reports.lines.iter().map(|line| Pc::of(line, texts)).collect();
        Self { pcs, left_out: reports.left_out }
    }
}

impl Pc {
    fn of(line: &PcLine, texts: &Texts) -> Self {
        let of_file = Self {
            name: line.name.clone(),
            file: line.file_name.clone(),
            state: "read",
            detail: None,
            updater: None,
            at: None,
            checked_at: None,
            complete: None,
            source: None,
            items: Vec::new(),
            failure: None,
        };
        match &line.content {
            Ok(facts) => Self { failure: facts.failure.as_ref().map(|it| Failed::of(it, texts)), ..of_file }
                .with(facts, texts),
            Err(unread) => {
                Self { state: state(unread), detail: Some(texts.unread_report(unread)), ..of_file }
            }
        }
    }

    fn with(self, facts: &PcFacts, texts: &Texts) -> Self {
        let with_check = Self { updater: facts.updater.clone(), at: Some(time(facts.at)), ..self };
        let Some(good) = &facts.good else { return with_check };
        let trust = good.source.trust;
        Self {
            checked_at: Some(time(good.at)),
            complete: Some(good.is_complete),
            source: Some(Source { root: good.source.root.clone(), trust }),
            items: good.items.iter().map(|item| CheckedItem::of(item, trust, texts)).collect(),
            ..with_check
        }
    }
}

impl Failed {
    fn of(failure: &Failure, texts: &Texts) -> Self {
        let detail = texts.catalogue_fault(&failure.error.fault);
        Self { at: time(failure.at), since: time(failure.since), detail }
    }
}

/// The contract's word for a file that is no report.
fn state(unread: &Unread) -> &'static str {
    match unread {
        Unread::Torn => "torn",
        Unread::Newer { .. } => "newer",
        Unread::TooLarge { .. } => "too_large",
        Unread::Foreign => "foreign",
        Unread::Unreadable { .. } => "unreadable",
    }
}
