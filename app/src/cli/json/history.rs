//! `history --json`.

use serde::Serialize;
use smarts_core::history::{self, Entry, Outcome, Summary};
use smarts_core::os::{EventLevel, EventLogFault};
use smarts_core::verify::Proof;
use smarts_core::works::Works;

use super::time;
use crate::i18n::Texts;

/// The document.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct History {
    entries: Vec<HistoryEntry>,
    /// Lines of the journal that are no entry this program knows.
    skipped_lines: u64,
    log: Log,
}

/// How reading the event log went.
#[derive(Debug, Serialize)]
struct Log {
    /// `read`, `none` (there is no such log here), or `unavailable`.
    state: &'static str,
    skipped_records: u64,
    skipped_chunks: u64,
    /// The first of what was skipped, and why; in English.
    skipped: Vec<String>,
    /// Whether there may be older entries.
    cut_short: bool,
}

#[derive(Debug, Serialize)]
struct HistoryEntry {
    time: String,
    level: &'static str,
    source: &'static str,
    /// Of the event log; `null` where that has no record of it.
    event_id: Option<u32>,
    events: Vec<u32>,
    /// `null` where the record has none.
    category: Option<String>,
    computer: String,
    product: Option<String>,
    from: Option<String>,
    to: Option<String>,
    /// Who pressed; where the log alone knows, the account.
    user: Option<String>,
    result: Outcome,
    /// `null` where the journal does not know of it.
    id: Option<String>,
    name: Option<String>,
    file: String,
    sha256: Option<String>,
    proof: Option<Proof>,
    detail: String,
    backup_dir: Option<String>,
    /// How the base stood right after: its version as read back, and its server. Left out of entries without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    works: Option<Works>,
    /// The account it ran under, by name where that is known.
    account: Option<String>,
    sid: Option<String>,
    begun: Option<String>,
    /// Windows Installer's.
    status: Option<u32>,
    reboot: bool,
    held_by: Vec<String>,
    manufacturer: Option<String>,
    product_code: Option<String>,
    /// The places of the joined records in the log.
    records: Vec<u64>,
    /// Whether it is about Mobile SMARTS.
    ours: bool,
}

impl History {
    pub(in crate::cli) fn of(
        entries: &[Entry],
        skipped_lines: u64,
        summary: &Summary,
        texts: &Texts,
    ) -> Self {
        let history::evtx::Damage { chunks, records, first } = summary.damage.clone();
        let state = match summary.log_fault {
            None => "read",
            Some(EventLogFault::NotHere) => "none",
            Some(EventLogFault::Unavailable(_)) => "unavailable",
        };
        Self {
            entries: entries.iter().map(|entry| HistoryEntry::of(entry, texts)).collect(),
            skipped_lines,
            log: Log {
                state,
                skipped_records: records,
                skipped_chunks: chunks,
                skipped: first,
                cut_short: summary.is_cut_short,
            },
        }
    }
}

impl HistoryEntry {
    fn of(entry: &Entry, texts: &Texts) -> Self {
        let own = entry.journal.as_deref();
        Self {
            time: time(entry.time),
            level: match entry.level {
                EventLevel::Information => "information",
                EventLevel::Warning => "warning",
                EventLevel::Error => "error",
            },
            source: texts.history_source(entry.source),
            event_id: entry.event_id,
            events: entry.events.clone(),
            category: (entry.task != 0).then(|| entry.task.to_string()),
            computer: entry.computer.clone(),
            product: entry.product.clone(),
            from: entry.from.clone(),
            to: entry.to.clone(),
            user: texts.history_user(entry),
            result: entry.outcome,
            id: entry.subject.clone(),
            name: entry.name.clone().or_else(|| entry.product.clone()),
            file: entry.package.clone().unwrap_or_default(),
            sha256: own.and_then(|own| own.sha256).map(|sha256| sha256.to_string()),
            proof: own.and_then(|own| own.proof),
            detail: entry.detail.clone(),
            backup_dir: own.and_then(|own| own.backup_dir.clone()),
            works: own.and_then(|own| own.works.clone()),
            account: texts.history_account(entry),
            sid: entry.account.as_ref().map(|account| account.sid.clone()),
            begun: entry.begun.map(time),
            status: entry.status,
            reboot: entry.reboot,
            held_by: entry.holders.clone(),
            manufacturer: entry.manufacturer.clone(),
            product_code: entry.product_code.clone(),
            records: entry.numbers.clone(),
            ours: entry.is_ours,
        }
    }
}
