//! History: who updated what, when, from which version to which — our own journal and the Windows Application log
//! together, one entry for each installation, removal or update.
//!
//! The log is read newest first, of the PC itself or of an exported file, and never held as a whole: records that may
//! belong together are joined as soon as the log goes on to older ones (`cluster`), and what comes out is handed
//! over entry by entry. So a window shows the newest while the rest is still read, and whoever has seen enough stops.
//!
//! Deliberately not here: words for people, and writing anything. What Windows' records mean stands in [`event`],
//! `msi` and `journal_records`, with how sure it is.

mod cluster;
pub mod event;
pub mod evtx;
pub mod filter;
mod journal_records;
mod msi;
pub mod ours;
mod parts;
mod transaction;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde::{Serialize, Serializer};
use tokio_util::sync::CancellationToken;

use self::cluster::{Clusters, SILENCE};
use self::event::{INSTALLER, OWN, PROVIDERS, RESTART_MANAGER, Record};
use self::filter::Filter;
use self::journal_records::RECORDED_WITHIN;
use self::ours::{Ours, Product};
use crate::journal;
use crate::os::{EventLevel, EventLogFault, LogQuery, Os};

/// A transaction may begin this long before the entry that comes of it, and its records end after it.
const MARGIN: SignedDuration = SignedDuration::from_hours(1);
/// Accounts whose names are remembered while reading.
const MOST_ACCOUNTS: usize = 1024;

/// One installation, removal, update, or another thing of the journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// When it ended: the record that sums it up, or the journal's entry.
    pub time: Timestamp,
    /// When its transaction began; `None`: that is not known.
    pub begun: Option<Timestamp>,
    /// How bad it is: the worst of its records, and a failure always an error.
    pub level: EventLevel,
    /// Who recorded it.
    pub source: Source,
    /// The number of the record that sums it up; `None`: the log has none.
    pub event_id: Option<u32>,
    /// The numbers of all records that were joined, in the order of the log, each once.
    pub events: Vec<u32>,
    /// The places of these records in the log, in its order.
    pub numbers: Vec<u64>,
    /// The category of the record, which Windows words by its source; 0: none.
    pub task: u16,
    /// The PC.
    pub computer: String,
    /// As in the journal: `platform`, a base's id, …; `None`: the journal does not know of it.
    pub subject: Option<String>,
    /// As in the journal: the base's name, or what the person saw.
    pub name: Option<String>,
    /// The product.
    pub product: Option<String>,
    /// Its company, as the log says.
    pub manufacturer: Option<String>,
    /// Its code in Windows Installer, with braces.
    pub product_code: Option<String>,
    /// The version before, as it was recorded; `None`: that is not known, and never guessed.
    pub from: Option<String>,
    /// The version it was to become, as it was recorded; `None` of a removal.
    pub to: Option<String>,
    /// Who pressed: the account's name in the journal; `None`: the log alone does not tell.
    pub user: Option<String>,
    /// The account it ran under, as the log says.
    pub account: Option<Account>,
    /// How it ended.
    pub outcome: Outcome,
    /// Windows Installer's status; 0: well.
    pub status: Option<u32>,
    /// Whether a restart of the PC was needed.
    pub reboot: bool,
    /// The programs that held files, as the Restart Manager names them.
    pub holders: Vec<String>,
    /// The package or the template: a path in the log, a name in the journal.
    pub package: Option<String>,
    /// What went wrong, in the words of whoever recorded it; empty where nothing did.
    pub detail: String,
    /// All that our own record says.
    pub journal: Option<Box<journal::Entry>>,
    /// Whether it is about Mobile SMARTS.
    pub is_ours: bool,
}

/// An account as the log names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number, as in `S-1-5-18`.
    pub sid: String,
    /// Its name; `None` where this system cannot tell it.
    pub name: Option<String>,
}

/// Who recorded an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// This program, in the journal, in the log, or in both.
    Own,
    /// Windows Installer, in the log alone.
    Installer,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As our own record says.
    Journal(journal::What),
    /// A product was installed; whether over another version is not known.
    Installed,
    /// A product took the place of the version before.
    Updated,
    /// A product was removed.
    Removed,
    /// A product was repaired or set up otherwise.
    Configured,
    /// A patch was put on a product.
    Patched,
    /// It failed; the status says how, if there is one.
    Failed,
    /// The person stopped it.
    Cancelled,
    /// An own record that this version of the program does not know.
    Noted,
}

impl Outcome {
    /// As in the JSON of the command line; `None` where the journal's own word stands.
    fn word(self) -> Option<&'static str> {
        match self {
            Self::Journal(_) => None,
            Self::Installed => Some("installed"),
            Self::Updated => Some("updated"),
            Self::Removed => Some("removed"),
            Self::Configured => Some("configured"),
            Self::Patched => Some("patched"),
            Self::Failed => Some("failed"),
            Self::Cancelled => Some("cancelled"),
            Self::Noted => Some("noted"),
        }
    }
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self, self.word()) {
            (Self::Journal(what), _) => what.serialize(serializer),
            (_, word) => word.serialize(serializer),
        }
    }
}

/// Where the records of Windows come from.
#[derive(Clone, Copy, Debug)]
pub enum Log<'a> {
    /// The Application log of this PC.
    OfThisPc,
    /// An exported file.
    File(&'a Path),
}

/// What is to be read.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The PC.
    pub os: &'a dyn Os,
    /// The log.
    pub log: Log<'a>,
    /// The journal, oldest first; see [`journal::without_ended`].
    pub journal: &'a [journal::Entry],
    /// What belongs to Mobile SMARTS.
    pub ours: &'a Ours,
    /// What is wanted.
    pub filter: &'a Filter,
    /// To be given up in between.
    pub cancel: &'a CancellationToken,
}

/// How reading went.
#[derive(Debug, Default)]
pub struct Summary {
    /// Why there are no records of the live log among the entries; those of the journal are.
    pub log_fault: Option<EventLogFault>,
    /// What of the log could not be read.
    pub damage: evtx::Damage,
    /// Whether it was given up, by whoever took the entries or by the request: there may be older ones.
    pub is_cut_short: bool,
}

/// Reads what is wanted, newest first, and hands it over. Only where the clock was set back, or two things overlap,
/// an entry may come after one a little older.
///
/// Holds the records of a few minutes of the log in memory, never all of it.
pub fn read(
    request: &Request<'_>,
    each: &mut dyn FnMut(Entry) -> ControlFlow<()>,
) -> Result<Summary, evtx::Error> {
    let mut summary = Summary::default();
    let mut reading = Reading {
        request,
        journal: request.journal.to_vec(),
        accounts: HashMap::new(),
        each,
        is_stopped: false,
    };
    reading.journal.sort_by_key(|entry| entry.time);
    let mut clusters = Clusters::default();
    let mut take = |record: Record| {
        if request.cancel.is_cancelled() {
            reading.is_stopped = true;
        } else if let Some(cluster) = clusters.push(record) {
            reading.cluster(&cluster);
        }
        if reading.is_stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let filter = request.filter;
    let query = LogQuery {
        providers: &PROVIDERS,
        since: filter.since.map(|since| since.checked_sub(MARGIN).unwrap_or(Timestamp::MIN)),
        until: filter.until.map(|until| until.checked_add(MARGIN).unwrap_or(Timestamp::MAX)),
    };
    match request.log {
        Log::OfThisPc => match request.os.application_log(&query, &mut take) {
            Ok(skipped) => summary.damage.records = skipped,
            Err(fault) => summary.log_fault = Some(fault),
        },
        Log::File(path) => summary.damage = evtx::read(path, &query, request.cancel, &mut take)?,
    }
    if !reading.is_stopped && !request.cancel.is_cancelled() {
        let last = clusters.take();
        reading.cluster(&last);
        reading.journal_down_to(Timestamp::MIN);
    }
    summary.is_cut_short = reading.is_stopped || request.cancel.is_cancelled();
    Ok(summary)
}

/// Whether two records are of one PC: the log may have the domain after the name.
pub fn is_same_computer(one: &str, other: &str) -> bool {
    let name = |text: &str| text.split('.').next().unwrap_or_default().trim().to_lowercase();
    name(one) == name(other)
}

/// What is on its way from the log to whoever takes the entries.
struct Reading<'a> {
    request: &'a Request<'a>,
    /// Oldest first; what was handed over is gone.
    journal: Vec<journal::Entry>,
    accounts: HashMap<String, Option<String>>,
    each: &'a mut dyn FnMut(Entry) -> ControlFlow<()>,
    is_stopped: bool,
}

impl Reading<'_> {
    /// Joins and hands over what happened in one stretch of the log, and what the journal has of newer things.
    fn cluster(&mut self, records: &[Record]) {
        let times = || records.iter().map(|record| record.time);
        let (Some(first), Some(last)) = (times().min(), times().max()) else { return };
        self.journal_down_to(last.checked_add(SILENCE).unwrap_or(Timestamp::MAX));
        // An older one may be told by the log's next stretch.
        let from = first.checked_sub(RECORDED_WITHIN).unwrap_or(Timestamp::MIN);
        let at = self.journal.partition_point(|entry| entry.time < from);
        let journal = self.journal.split_off(at);
        let own: Vec<&Record> = records.iter().filter(|record| record.is_by(OWN)).collect();
        let is_of_windows = |record: &&Record| record.is_by(INSTALLER) || record.is_by(RESTART_MANAGER);
        let installer: Vec<Record> = records.iter().filter(is_of_windows).cloned().collect();
        let mut done = msi::entries(&installer);
        for entry in &mut done {
            entry.is_ours = self.request.ours.has(&Product {
                name: entry.product.as_deref(),
                manufacturer: entry.manufacturer.as_deref(),
                code: entry.product_code.as_deref(),
            });
        }
        let mut entries = journal_records::joined(done, &own, journal);
        entries.sort_by_key(|entry| entry.time);
        entries.into_iter().rev().for_each(|entry| self.hand_over(entry));
    }

    /// Hands over what the journal alone can tell, newest first.
    fn journal_down_to(&mut self, time: Timestamp) {
        let at = self.journal.partition_point(|entry| entry.time <= time);
        let newer = self.journal.split_off(at);
        newer.into_iter().rev().for_each(|entry| self.hand_over(Entry::of_journal(entry)));
    }

    fn hand_over(&mut self, mut entry: Entry) {
        if self.is_stopped || !(entry.is_ours || self.request.filter.with_foreign) {
            return;
        }
        if let Some(account) = &mut entry.account {
            account.name = self.account(&account.sid);
        }
        if self.request.filter.admits(&entry) {
            self.is_stopped = (self.each)(entry).is_break();
        }
    }

    /// Asking the system may take a while, for an account of a domain that is out of reach.
    fn account(&mut self, sid: &str) -> Option<String> {
        if let Some(name) = self.accounts.get(sid) {
            return name.clone();
        }
        let name = self.request.os.account_name(sid);
        if self.accounts.len() < MOST_ACCOUNTS {
            self.accounts.insert(sid.to_owned(), name.clone());
        }
        name
    }
}
