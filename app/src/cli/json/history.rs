//! `history --json`.

use serde::Serialize;
use smarts_core::journal;
use smarts_core::verify::Proof;
use smarts_core::version::Version;

use super::time;

/// The document.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct History {
    entries: Vec<HistoryEntry>,
    /// Lines of the journal that are no entry this program knows.
    skipped_lines: u64,
}

#[derive(Debug, Serialize)]
struct HistoryEntry {
    time: String,
    level: &'static str,
    /// The journal's; entries of the event log will name theirs.
    source: &'static str,
    /// Of the event log; the journal has none.
    event_id: Option<u32>,
    events: Vec<u32>,
    category: Option<String>,
    computer: String,
    product: Option<String>,
    from: Option<Version>,
    to: Option<Version>,
    user: String,
    result: journal::What,
    id: String,
    name: String,
    file: String,
    sha256: Option<String>,
    proof: Option<Proof>,
    detail: String,
    backup_dir: Option<String>,
}

impl History {
    pub(in crate::cli) fn of(journal: journal::Journal) -> Self {
        let entries = journal.entries.into_iter().map(HistoryEntry::of).collect();
        Self { entries, skipped_lines: journal.skipped }
    }
}

impl HistoryEntry {
    fn of(entry: journal::Entry) -> Self {
        let level = match entry.what {
            journal::What::Begun
            | journal::What::Updated
            | journal::What::WizardRun
            | journal::What::RebootPending
            | journal::What::Cancelled
            | journal::What::Copied
            | journal::What::GoingBack
            | journal::What::WentBack
            | journal::What::WentBackWhole
            | journal::What::WrittenOff
            | journal::What::CountedAgain => "information",
            journal::What::Failed
            | journal::What::Undone
            | journal::What::NotUndone
            | journal::What::NotGoneBack => "error",
        };
        Self {
            time: time(entry.time),
            level,
            source: "MobileSMARTSUpdater",
            event_id: None,
            events: Vec::new(),
            category: None,
            computer: entry.computer,
            product: entry.product,
            from: entry.from,
            to: entry.to,
            user: entry.user,
            result: entry.what,
            id: entry.subject,
            name: entry.name,
            file: entry.file,
            sha256: entry.sha256.map(|sha256| sha256.to_string()),
            proof: entry.proof,
            detail: entry.detail,
            backup_dir: entry.backup_dir,
        }
    }
}
