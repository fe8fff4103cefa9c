//! The transactions of Windows Installer: which records were written between which beginning and which end.
//!
//! 1040 begins one and 1042 ends it; both name the package, or the product's code, and the process that asked.
//! Windows Installer changes one thing at a time, so what is written meanwhile belongs to the transaction that began
//! first and is still open, unless a product's code says otherwise. A beginning without an end, as a loss of power
//! leaves it, holds until the next one. A log may have lost a beginning: what is left is collected by time.
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
}

/// Where a transaction lies among the records.
#[derive(Debug)]
struct Span<'a> {
    package: Option<&'a str>,
    client: Option<&'a str>,
    computer: &'a str,
    begin: usize,
    /// `None`: it has none.
    end: Option<usize>,
    /// Transactions inside of it that have not ended, and itself.
    open: usize,
    /// Where the next one begins on the same PC: one without an end goes no further.
    next: usize,
}

/// Sorts records that may belong together, oldest first.
pub(super) fn transactions(records: &[Record]) -> Vec<Transaction<'_>> {
    let spans = spans(records);
    let mut sorting =
        Sorting { spans: &spans, by_span: vec![None; spans.len()], all: Vec::new(), restart: Vec::new() };
    for (index, record) in records.iter().enumerate() {
        if record.is_by(RESTART_MANAGER) {
            sorting.restart_manager(index, record);
        } else {
            sorting.installer(index, record);
        }
    }
    sorting.all
}

fn spans(records: &[Record]) -> Vec<Span<'_>> {
    let mut spans: Vec<Span<'_>> = Vec::new();
    for (index, record) in records.iter().enumerate().filter(|(_, record)| !record.is_by(RESTART_MANAGER)) {
        let (package, client) = (record.string(0), record.string(1));
        match record.id {
            BEGIN => {
                let around =
                    spans.iter_mut().rfind(|one| one.open > 0 && one.is_of(record) && one.client == client);
                if let Some(around) = around.filter(|_| client.is_some()) {
                    around.open += 1;
                    continue;
                }
                spans
                    .iter_mut()
                    .filter(|one| one.is_of(record))
                    .for_each(|one| one.next = one.next.min(index));
                let computer = record.computer.as_str();
                let next = records.len();
                spans.push(Span { package, client, computer, begin: index, end: None, open: 1, next });
            }
            END => {
                let find = |exactly: bool| {
                    spans.iter().rposition(|one| {
                        let is_same = one.package == package || one.open > 1 || !exactly;
                        one.open > 0 && one.is_of(record) && one.client == client && is_same
                    })
                };
                let ended = find(true).or_else(|| find(false)).and_then(|index| spans.get_mut(index));
                if let Some(one) = ended {
                    one.open -= 1;
                    one.end = (one.open == 0).then_some(index);
                }
            }
            _ => {}
        }
    }
    spans
}

impl Span<'_> {
    fn is_of(&self, record: &Record) -> bool {
        self.computer.eq_ignore_ascii_case(&record.computer)
    }

    fn holds(&self, index: usize, record: &Record) -> bool {
        self.is_of(record) && self.begin <= index && self.end.map_or(index < self.next, |end| index <= end)
    }
}

/// What is sorted so far.
struct Sorting<'a, 'b> {
    spans: &'b [Span<'a>],
    /// Which of all is the one of a span.
    by_span: Vec<Option<usize>>,
    all: Vec<Transaction<'a>>,
    /// Records of the Restart Manager that no transaction has so far.
    restart: Vec<&'a Record>,
}

impl<'a> Sorting<'a, '_> {
    fn installer(&mut self, index: usize, record: &'a Record) {
        if let Some(span) = self.span(index, record, msi::code(record)) {
            self.add(span, record);
            return;
        }
        let last = self.all.iter().rposition(|one| one.is_of(record));
        let last =
            last.and_then(|last| self.all.get_mut(last)).filter(|one| !one.is_seen && one.is_next_to(record));
        if let Some(one) = last {
            one.records.push(record);
        } else {
            let loose = Transaction::loose(record, &mut self.restart);
            self.all.push(loose);
        }
        if record.id == END
            && let Some(one) = self.all.iter_mut().rfind(|one| one.is_of(record))
        {
            // Its beginning is not in this log, what happened last may be.
            (one.package, one.client, one.is_seen) = (record.string(0), record.string(1), true);
        }
    }

    /// The transaction that a record was written in.
    fn span(&self, index: usize, record: &Record, code: Option<&str>) -> Option<usize> {
        let holding = || self.spans.iter().enumerate().filter(|(_, span)| span.holds(index, record));
        if matches!(record.id, BEGIN | END) && record.is_by(super::event::INSTALLER) {
            let is_own = |span: &Span<'_>| span.begin == index || span.end == Some(index);
            let inner =
                holding().filter(|(_, span)| span.client == record.string(1)).map(|(at, _)| at).next_back();
            return holding().find(|(_, span)| is_own(span)).map(|(at, _)| at).or(inner);
        }
        let named = |span: &Span<'_>| {
            code.is_some_and(|code| span.package.is_some_and(|package| package.eq_ignore_ascii_case(code)))
        };
        let first_that_ends = || holding().find(|(_, span)| span.end.is_some());
        let found = holding()
            .find(|(_, span)| named(span))
            .or_else(first_that_ends)
            .or_else(|| holding().next_back());
        found.map(|(at, _)| at)
    }

    /// Puts a record into the transaction of a span, which may begin with it.
    fn add(&mut self, span: usize, record: &'a Record) {
        let known = self.by_span.get(span).copied().flatten();
        if let Some(one) = known.and_then(|at| self.all.get_mut(at)) {
            one.records.push(record);
            return;
        }
        let fresh = Transaction::loose(record, &mut self.restart);
        let Some(Span { package, client, .. }) = self.spans.get(span) else { return };
        if let Some(slot) = self.by_span.get_mut(span) {
            *slot = Some(self.all.len());
        }
        self.all.push(Transaction { package: *package, client: *client, is_seen: true, ..fresh });
    }

    /// Gives a record of the Restart Manager to its transaction, or keeps it for one that is still to begin.
    fn restart_manager(&mut self, index: usize, record: &'a Record) {
        if let Some(span) = self.span(index, record, None) {
            self.add(span, record);
            return;
        }
        let is_same_pc = |one: &&Record| one.computer.eq_ignore_ascii_case(&record.computer);
        let is_fresh = record.id == SESSION_BEGIN || self.restart.iter().any(is_same_pc);
        let last = self.all.iter_mut().rfind(|one| one.is_of(record));
        match last.filter(|one| !is_fresh && one.is_next_to(record)) {
            Some(one) => one.records.push(record),
            // For something that left no record of Windows Installer.
            None if record.id == SESSION_END => self.restart.retain(|one| !is_same_pc(one)),
            None => self.restart.push(record),
        }
    }
}

impl<'a> Transaction<'a> {
    fn loose(record: &'a Record, restart: &mut Vec<&'a Record>) -> Self {
        let mut records = std::mem::take(restart);
        records.retain(|one| is_near(one, record) && one.computer.eq_ignore_ascii_case(&record.computer));
        records.push(record);
        let computer = record.computer.as_str();
        Self { package: None, client: None, computer, records, is_seen: false }
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
    fn a_transaction_without_an_end_holds_until_the_next_one_begins() {
        let records = [
            msi("2026-11-22T10:00:00Z", 1040, &["a.msi", "1"]),
            msi("2026-11-22T10:00:01Z", 11708, &["A"]),
            msi("2026-11-22T10:05:00Z", 1040, &["a.msi", "2"]),
            msi("2026-11-22T10:05:01Z", 1033, &["A"]),
            msi("2026-11-22T10:05:02Z", 1042, &["a.msi", "2"]),
            msi("2026-11-22T10:09:00Z", 1035, &["A"]),
        ];
        assert_eq!(ids(&records), [vec![1040, 11708], vec![1040, 1033, 1042], vec![1035]]);
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
