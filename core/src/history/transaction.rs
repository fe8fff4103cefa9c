//! The transactions of Windows Installer: which records were written between which beginning and which end.
//!
//! 1040 begins one and 1042 ends it; both name the package, or the product's code, and the process that asked.
//! Windows Installer changes one thing at a time, so what is written meanwhile belongs to the transaction that began
//! first and is still open, unless a product's code says otherwise. A log may have lost a beginning or an end: what is
//! left is collected by time.
//!
//! The Restart Manager is asked within a session, from 10000 to 10001, for a transaction: what it writes belongs to the
//! one that is open, or that begins before the session ends, or that has just ended while the session was open
//! (inferred: nothing in its records names the transaction). Deliberately not here: what the records say
//! ([`super::msi`]).

use jiff::SignedDuration;

use super::event::{RESTART_MANAGER, Record};
use super::msi::{self, BEGIN, END};

/// A session of the Restart Manager begins.
const SESSION_BEGIN: u32 = 10_000;
/// A session of the Restart Manager ends.
const SESSION_END: u32 = 10_001;

/// Records without a transaction that are this far from each other are of different installations; also how long
/// before one the Restart Manager may have been asked.
const LOOSE: SignedDuration = SignedDuration::from_mins(2);

/// See the module's words.
#[derive(Debug)]
pub(super) struct Transaction<'a> {
    /// The package's path, or the product's code.
    pub(super) package: Option<&'a str>,
    /// The process that asked.
    pub(super) client: Option<&'a str>,
    /// On which PC; a log may hold records of several.
    pub(super) computer: &'a str,
    /// Everything in it, its ends too, in the order of the log.
    pub(super) records: Vec<&'a Record>,
    /// Whether its beginning or its end was seen.
    pub(super) is_seen: bool,
    /// Transactions inside of it that have not ended, and itself.
    open: usize,
}

/// Sorts records that may belong together, oldest first.
pub(super) fn transactions(records: &[Record]) -> Vec<Transaction<'_>> {
    let mut all: Vec<Transaction<'_>> = Vec::new();
    let mut restart: Vec<&Record> = Vec::new();
    for record in records {
        if record.is_by(RESTART_MANAGER) {
            of_restart_manager(&mut all, record, &mut restart);
            continue;
        }
        match record.id {
            BEGIN => begin(&mut all, record, &mut restart),
            END => end(&mut all, record, &mut restart),
            _ => match holder(&mut all, record, msi::code(record)) {
                Some(transaction) => transaction.records.push(record),
                None => all.push(Transaction::loose(record, &mut restart)),
            },
        }
    }
    all
}

impl<'a> Transaction<'a> {
    fn loose(record: &'a Record, restart: &mut Vec<&'a Record>) -> Self {
        let mut records = std::mem::take(restart);
        records.retain(|one| is_near(one, record) && one.computer.eq_ignore_ascii_case(&record.computer));
        records.push(record);
        let computer = record.computer.as_str();
        Self { package: None, client: None, computer, records, is_seen: false, open: 0 }
    }

    fn is_of(&self, record: &Record) -> bool {
        self.computer.eq_ignore_ascii_case(&record.computer)
    }

    fn is_next_to(&self, record: &Record) -> bool {
        self.records.last().is_some_and(|last| is_near(last, record))
    }
}

fn is_near(one: &Record, other: &Record) -> bool {
    one.time.duration_since(other.time).abs() <= LOOSE
}

/// The transaction that a record belongs to, of those so far.
fn holder<'a, 'b>(
    all: &'b mut [Transaction<'a>],
    record: &Record,
    code: Option<&str>,
) -> Option<&'b mut Transaction<'a>> {
    let is_open = |one: &Transaction<'_>| one.open > 0 && one.is_of(record);
    let named = code.and_then(|code| {
        all.iter().position(|one| {
            is_open(one) && one.package.is_some_and(|package| package.eq_ignore_ascii_case(code))
        })
    });
    let index = named.or_else(|| all.iter().position(is_open)).or_else(|| {
        let last = all.iter().rposition(|one| one.is_of(record))?;
        let is_loose = all.get(last).is_some_and(|one| !one.is_seen && one.is_next_to(record));
        is_loose.then_some(last)
    });
    all.get_mut(index?)
}

/// Gives a record of the Restart Manager to its transaction, or keeps it for one that is still to begin.
fn of_restart_manager<'a>(all: &mut [Transaction<'a>], record: &'a Record, restart: &mut Vec<&'a Record>) {
    let is_same_pc = |one: &&Record| one.computer.eq_ignore_ascii_case(&record.computer);
    let is_fresh = record.id == SESSION_BEGIN || restart.iter().any(is_same_pc);
    let open = all.iter().position(|one| one.open > 0 && one.is_of(record));
    let index = open.or_else(|| {
        let last = all.iter().rposition(|one| one.is_of(record))?;
        let is_near = all.get(last).is_some_and(|one| one.is_next_to(record));
        (is_near && !is_fresh).then_some(last)
    });
    if let Some(transaction) = index.and_then(|index| all.get_mut(index)) {
        transaction.records.push(record);
    } else if record.id == SESSION_END {
        // For something that left no record of Windows Installer.
        restart.retain(|one| !is_same_pc(one));
    } else {
        restart.push(record);
    }
}

fn begin<'a>(all: &mut Vec<Transaction<'a>>, record: &'a Record, restart: &mut Vec<&'a Record>) {
    let client = record.string(1);
    let around = all.iter_mut().find(|one| one.open > 0 && one.is_of(record) && one.client == client);
    if let Some(around) = around.filter(|_| client.is_some()) {
        around.open += 1;
        around.records.push(record);
        return;
    }
    let fresh = Transaction::loose(record, restart);
    all.push(Transaction { package: record.string(0), client, is_seen: true, open: 1, ..fresh });
}

fn end<'a>(all: &mut Vec<Transaction<'a>>, record: &'a Record, restart: &mut Vec<&'a Record>) {
    let (package, client) = (record.string(0), record.string(1));
    let find = |exactly: bool| {
        all.iter().position(|one| {
            let is_same = (one.client == client) && (one.package == package || one.open > 1 || !exactly);
            one.open > 0 && one.is_of(record) && is_same
        })
    };
    if let Some(one) = find(true).or_else(|| find(false)).and_then(|index| all.get_mut(index)) {
        one.open -= 1;
        one.records.push(record);
        return;
    }
    // Its beginning is not in this log, what happened last may be.
    let loose = all.last_mut().filter(|one| !one.is_seen && one.is_of(record) && one.is_next_to(record));
    match loose {
        Some(one) => one.records.push(record),
        None => all.push(Transaction::loose(record, restart)),
    }
    if let Some(one) = all.last_mut() {
        (one.package, one.client, one.is_seen) = (package, client, true);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{coded, msi, restart};
    use super::*;

    fn ids(records: &[Record]) -> Vec<Vec<u32>> {
        let ids = |one: &Transaction<'_>| one.records.iter().map(|record| record.id).collect();
        transactions(records).iter().map(ids).collect()
    }

    #[test]
    fn what_is_written_between_the_ends_belongs_together() {
        let records = [
            msi("2026-11-22T10:00:00Z", 1040, &["a.msi", "1"]),
            restart("2026-11-22T10:00:01Z", 10000, &[]),
            msi("2026-11-22T10:30:00Z", 1033, &["A"]),
            msi("2026-11-22T10:30:01Z", 1042, &["a.msi", "1"]),
            msi("2026-11-22T10:30:02Z", 1033, &["B"]),
            msi("2026-11-22T10:30:03Z", 11707, &["B"]),
            msi("2026-11-22T10:40:00Z", 1033, &["C"]),
        ];
        assert_eq!(ids(&records), [vec![1040, 10000, 1033, 1042], vec![1033, 11707], vec![1033]]);
    }

    #[test]
    fn a_transaction_inside_another_of_the_same_process_is_part_of_it() {
        let records = [
            msi("2026-11-22T10:00:00Z", 1040, &["a.msi", "1"]),
            msi("2026-11-22T10:00:01Z", 1040, &["{old}", "1"]),
            msi("2026-11-22T10:00:02Z", 1034, &["A"]),
            msi("2026-11-22T10:00:03Z", 1042, &["{old}", "1"]),
            msi("2026-11-22T10:00:04Z", 1033, &["A"]),
            msi("2026-11-22T10:00:05Z", 1042, &["a.msi", "1"]),
        ];
        assert_eq!(ids(&records), [[1040, 1040, 1034, 1042, 1033, 1042]]);
    }

    #[test]
    fn of_two_that_overlap_the_first_holds_what_no_code_gives_to_the_second() {
        let second = "{11111111-2222-3333-4444-555555555555}";
        let records = [
            msi("2026-11-22T10:00:00Z", 1040, &["a.msi", "1"]),
            msi("2026-11-22T10:00:01Z", 1040, &[second, "2"]),
            msi("2026-11-22T10:00:02Z", 1033, &["A"]),
            coded("2026-11-22T10:00:03Z", 1034, &["B"], second),
            msi("2026-11-22T10:00:04Z", 1042, &[second, "2"]),
            msi("2026-11-22T10:00:05Z", 1042, &["a.msi", "1"]),
        ];
        assert_eq!(ids(&records), [vec![1040, 1033, 1042], vec![1040, 1034, 1042]]);
    }

    #[test]
    fn two_pcs_in_one_log_are_kept_apart() {
        let mut records = vec![
            msi("2026-11-22T10:00:00Z", 1040, &["a.msi", "1"]),
            msi("2026-11-22T10:00:01Z", 1033, &["A"]),
            msi("2026-11-22T10:00:02Z", 1042, &["a.msi", "1"]),
        ];
        let others = records.clone();
        records.extend(others.into_iter().map(|one| Record { computer: "KASSA-2".to_owned(), ..one }));
        records.sort_by_key(|record| record.time);
        assert_eq!(ids(&records), [[1040, 1033, 1042], [1040, 1033, 1042]]);
    }

    #[test]
    fn the_restart_manager_belongs_to_the_transaction_that_its_session_is_open_in() {
        let records = [
            restart("2026-11-22T09:58:00Z", 10000, &[]),
            restart("2026-11-22T09:58:01Z", 10002, &[]),
            restart("2026-11-22T09:58:02Z", 10001, &[]),
            restart("2026-11-22T09:59:00Z", 10000, &[]),
            restart("2026-11-22T09:59:01Z", 10010, &[]),
            msi("2026-11-22T10:00:00Z", 1040, &["a.msi", "1"]),
            msi("2026-11-22T10:00:01Z", 1033, &["A"]),
            msi("2026-11-22T10:00:02Z", 1042, &["a.msi", "1"]),
            restart("2026-11-22T10:00:03Z", 10005, &[]),
            restart("2026-11-22T10:00:04Z", 10001, &[]),
            restart("2026-11-22T10:00:05Z", 10000, &[]),
            restart("2026-11-22T10:00:06Z", 10006, &[]),
        ];
        assert_eq!(ids(&records), [[10000, 10010, 1040, 1033, 1042, 10005, 10001]]);
    }

    #[test]
    fn an_end_without_a_beginning_takes_what_came_just_before() {
        let records = [
            restart("2026-11-22T09:00:00Z", 10002, &[]),
            restart("2026-11-22T09:59:59Z", 10010, &[]),
            msi("2026-11-22T10:00:01Z", 1033, &["A"]),
            msi("2026-11-22T10:00:02Z", 1042, &["a.msi", "1"]),
            msi("2026-11-22T10:00:03Z", 1042, &["b.msi", "2"]),
        ];
        assert_eq!(ids(&records), [vec![10010, 1033, 1042], vec![1042]]);
    }
}
