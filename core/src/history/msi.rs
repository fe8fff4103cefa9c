//! What Windows Installer wrote, as one entry for each installation, removal or update.
//!
//! The numbers and their strings: Microsoft, "Event Logging (Windows Installer)", and records of real PCs that
//! people have published: 1033 to 1037 name the product, its version, its language and how it ended; the number
//! 10,000 + n is message n of the package (11707 installed, 11708 not, …), one text in the PC's language with the
//! product's name in it. After the strings comes the product's code in ASCII (seen in published records, documented
//! nowhere). Another package's code in the same transaction is a product that was taken away or put beside.
//!
//! From which version an update came is told only where the log shows it: the former product went in the same
//! transaction, or by the same process. Otherwise it stays unknown. Deliberately not here: the journal
//! ([`super::journal_records`]).

use super::event::{RESTART_MANAGER, Record};
use super::parts::{Kind, Part, parts};
use super::transaction::{Transaction, transactions};
use super::{Account, Entry, Outcome, Source};
use crate::os::EventLevel;

/// A transaction begins.
pub(super) const BEGIN: u32 = 1040;
/// A transaction ends.
pub(super) const END: u32 = 1042;
/// A restart is needed.
const RESTARTS: [u32; 3] = [1005, 1029, 1038];
/// `ERROR_SUCCESS_REBOOT_INITIATED`, `ERROR_SUCCESS_REBOOT_REQUIRED`.
pub(super) const RESTART_STATUSES: [u32; 2] = [1641, 3010];
/// `ERROR_INSTALL_USEREXIT`: the person stopped it.
pub(super) const CANCELLED: u32 = 1602;
/// Names under which the Restart Manager tells of a program that held a file (seen in published records).
const HOLDERS: [&str; 3] = ["DisplayName", "Application", "FullPath"];
const MOST_HOLDERS: usize = 16;

/// The entries of records of Windows Installer and the Restart Manager that may belong together, oldest first.
/// Whose they are is not decided yet.
pub(super) fn entries(records: &[Record]) -> Vec<Entry> {
    let transactions = transactions(records);
    let parts: Vec<(&Transaction<'_>, Part<'_>)> =
        transactions.iter().flat_map(|one| parts(one).into_iter().map(move |part| (one, part))).collect();
    let mut former: Vec<Option<usize>> = vec![None; parts.len()];
    let mut is_former = vec![false; parts.len()];
    for (index, (transaction, part)) in parts.iter().enumerate() {
        if part.kind != Kind::Installed {
            continue;
        }
        let found = parts.iter().enumerate().position(|(other, (its, removed))| {
            let is_free = is_former.get(other) == Some(&false);
            is_free && removed.kind == Kind::Removed && is_replaced((its, removed), (transaction, part))
        });
        if let (Some(other), Some(slot)) = (found, former.get_mut(index)) {
            *slot = Some(other);
            if let Some(taken) = is_former.get_mut(other) {
                *taken = true;
            }
        }
    }
    let all = parts.iter().zip(&former).zip(&is_former);
    let shown = all.filter(|(_, is_former)| !**is_former);
    shown
        .filter_map(|(((transaction, part), former), _)| {
            entry(transaction, part, former.and_then(|former| parts.get(former)))
        })
        .collect()
}

/// The product's code, with its braces, which follows the strings of a record.
pub(super) fn code(record: &Record) -> Option<&str> {
    let text = std::str::from_utf8(record.binary.get(..38)?).ok()?;
    let is_code = text.starts_with('{')
        && text.ends_with('}')
        && text.trim_matches(['{', '}']).chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    is_code.then_some(text)
}

/// Whether what was removed made place for what was installed.
fn is_replaced(removed: (&Transaction<'_>, &Part<'_>), installed: (&Transaction<'_>, &Part<'_>)) -> bool {
    let ((its, old), (transaction, new)) = (removed, installed);
    let is_same_company = match (old.manufacturer, new.manufacturer) {
        (Some(old), Some(new)) => old.to_lowercase() == new.to_lowercase(),
        _ => true,
    };
    let is_one = std::ptr::eq(its, transaction);
    // One package replaces one product, whatever the name was then.
    let is_only = is_one && transaction.is_seen && its.only_two() && old.manufacturer.is_some();
    let is_together = is_one && transaction.is_seen
        || its.client.is_some() && its.client == transaction.client && its.computer == transaction.computer;
    is_same_company && is_together && (is_only || old.bare_name() == new.bare_name())
}

impl Transaction<'_> {
    /// Whether one product went and one came.
    fn only_two(&self) -> bool {
        let kinds: Vec<Kind> = parts(self).iter().map(|part| part.kind).collect();
        let count = |kind| kinds.iter().filter(|one| **one == kind).count();
        count(Kind::Installed) == 1 && count(Kind::Removed) == 1
    }
}

fn entry(
    transaction: &Transaction<'_>,
    part: &Part<'_>,
    former: Option<&(&Transaction<'_>, Part<'_>)>,
) -> Option<Entry> {
    let main = part.main()?;
    let mut records: Vec<&Record> = Vec::new();
    if let Some((its, old)) = former {
        if !std::ptr::eq(*its, transaction) {
            records.extend(around(its));
        }
        records.extend(&old.records);
    }
    records.extend(around(transaction));
    records.extend(&part.records);
    // Where they stand in the log is the order in which they were written.
    records.sort_by_key(|record| std::ptr::from_ref::<Record>(record));
    records.dedup_by_key(|record| std::ptr::from_ref::<Record>(record));
    let mut events: Vec<u32> = Vec::new();
    for record in &records {
        if !events.contains(&record.id) {
            events.push(record.id);
        }
    }
    let outcome = part.outcome(former.is_some());
    let worst = records.iter().map(|record| record.level).max().unwrap_or(EventLevel::Information);
    let begun = records.iter().find(|record| record.id == BEGIN).map(|record| record.time);
    let from = match part.kind {
        Kind::Removed => part.version,
        Kind::Installed | Kind::Configured | Kind::Patched => former.and_then(|(_, old)| old.version),
    };
    let sid = [main].into_iter().chain(records.iter().copied()).find_map(|record| record.sid.clone());
    let is_restart = |record: &&Record| RESTARTS.contains(&record.id);
    Some(Entry {
        time: main.time,
        begun,
        level: if outcome == Outcome::Failed { EventLevel::Error } else { worst },
        source: Source::Installer,
        event_id: Some(main.id),
        events,
        numbers: records.iter().filter_map(|record| record.number).collect(),
        task: main.task,
        computer: main.computer.clone(),
        subject: None,
        name: None,
        product: part.name.map(str::to_owned),
        manufacturer: part.manufacturer.map(str::to_owned),
        product_code: part.code.map(str::to_owned),
        from: from.map(str::to_owned),
        to: (part.kind != Kind::Removed).then_some(part.version).flatten().map(str::to_owned),
        user: None,
        account: sid.map(|sid| Account { sid, name: None }),
        outcome,
        status: part.status,
        reboot: records.iter().any(is_restart)
            || part.status.is_some_and(|status| RESTART_STATUSES.contains(&status)),
        holders: holders(&transaction.records),
        package: transaction.package.filter(|package| !package.starts_with('{')).map(str::to_owned),
        detail: part.detail(),
        journal: None,
        is_ours: false,
    })
}

/// The ends of a transaction, and what tells of programs in the way or of a restart.
fn around<'a>(transaction: &Transaction<'a>) -> impl Iterator<Item = &'a Record> {
    transaction.records.iter().copied().filter(|record| {
        if record.is_by(RESTART_MANAGER) {
            return names(record).next().is_some();
        }
        matches!(record.id, BEGIN | END) || RESTARTS.contains(&record.id) && code(record).is_none()
    })
}

fn names(record: &Record) -> impl Iterator<Item = &str> {
    // A program's name says more than its path, which a record may have beside it.
    let name = HOLDERS.into_iter().find(|name| record.all_named(name).any(|name| !name.trim().is_empty()));
    name.into_iter().flat_map(|name| record.all_named(name)).filter(|name| !name.trim().is_empty())
}

fn holders(records: &[&Record]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in records.iter().filter(|record| record.is_by(RESTART_MANAGER)).flat_map(|one| names(one)) {
        if all.len() < MOST_HOLDERS && !all.iter().any(|known| known == name) {
            all.push(name.to_owned());
        }
    }
    all
}
