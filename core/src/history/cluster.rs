//! Records that may belong together, out of a log that is read newest first.
//!
//! What Windows Installer writes about one update lies within minutes, but for a long transaction. So records are
//! collected until the log is silent for a while and no transaction is open; only these are in memory at once.
//! Deliberately not here: what belongs together in the end ([`super::msi`], [`super::journal_records`]).

use jiff::SignedDuration;

use super::event::{INSTALLER, Record};
use super::msi::{BEGIN, END};

/// Silence that tells one thing from the next.
pub(super) const SILENCE: SignedDuration = SignedDuration::from_mins(15);
/// A transaction that seems to take longer has no end in this log.
const LONGEST_TRANSACTION: SignedDuration = SignedDuration::from_hours(6);
/// Records that are held at once; an update of ours has some ten.
const MOST_RECORDS: usize = 1024;

/// See the module's words.
#[derive(Debug, Default)]
pub(super) struct Clusters {
    /// Newest first.
    records: Vec<Record>,
    /// Ends of transactions whose beginnings are still to come.
    open: usize,
}

impl Clusters {
    /// Takes the next older record; gives the cluster before it, oldest first, if that is complete.
    pub(super) fn push(&mut self, record: Record) -> Option<Vec<Record>> {
        let complete = self.is_complete_before(&record).then(|| self.take()).filter(|done| !done.is_empty());
        if record.is_by(INSTALLER) {
            match record.id {
                END => self.open += 1,
                BEGIN => self.open = self.open.saturating_sub(1),
                _ => {}
            }
        }
        self.records.push(record);
        complete
    }

    /// What is left, oldest first.
    pub(super) fn take(&mut self) -> Vec<Record> {
        self.open = 0;
        let mut records = std::mem::take(&mut self.records);
        records.reverse();
        records
    }

    fn is_complete_before(&self, record: &Record) -> bool {
        let Some(last) = self.records.last() else { return false };
        // Whichever way the clock was set in between.
        let gap = last.time.duration_since(record.time).abs();
        let longest = if self.open == 0 { SILENCE } else { LONGEST_TRANSACTION };
        gap > longest || self.records.len() >= MOST_RECORDS
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::msi;
    use super::*;

    /// The clusters of records that are given oldest first, as their ids.
    fn clusters(records: &[Record]) -> Vec<Vec<u32>> {
        let mut clusters = Clusters::default();
        let mut all: Vec<Vec<Record>> =
            records.iter().rev().filter_map(|record| clusters.push(record.clone())).collect();
        all.push(clusters.take());
        all.into_iter().map(|records| records.iter().map(|record| record.id).collect()).collect()
    }

    #[test]
    fn silence_ends_a_cluster_but_not_within_a_transaction() {
        let records = [
            msi("2026-11-20T10:00:00Z", 1033, &[]),
            msi("2026-11-22T10:00:00Z", 1040, &["a.msi", "1"]),
            msi("2026-11-22T12:00:00Z", 1033, &[]),
            msi("2026-11-22T12:00:01Z", 1042, &["a.msi", "1"]),
            msi("2026-11-22T12:10:00Z", 1035, &[]),
        ];
        assert_eq!(clusters(&records), [vec![1040, 1033, 1042, 1035], vec![1033]]);
    }

    #[test]
    fn an_end_without_a_beginning_does_not_collect_for_ever() {
        let records =
            [msi("2026-11-01T10:00:00Z", 1033, &[]), msi("2026-11-22T12:00:01Z", 1042, &["a", "1"])];
        assert_eq!(clusters(&records), [[1042], [1033]]);
        let flood: Vec<Record> =
            (0..5_000).map(|_| msi("2026-11-22T12:00:00Z", 1042, &["a.msi", "1"])).collect();
        assert!(clusters(&flood).iter().all(|cluster| cluster.len() <= MOST_RECORDS));
    }
}
