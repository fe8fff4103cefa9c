//! The report a check leaves in the company's folder: what an administrator of many PCs collects.
//!
//! One file per PC, `<name of the PC>.json`, after each check, good or failed. Persons who share a PC share its
//! file: what another of them has found out last is kept by one whose checks fail. A share that is gone must not cost a
//! check: nothing here fails, and nobody waits long. Deliberately not here: the shape of the file and reading such
//! files ([`smarts_core::reports`]).

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use smarts_core::check::Report;
use smarts_core::reports::{FORMAT, Failure, PcReport};
use smarts_core::{fs, paths};

use super::Session;
use crate::error::chain;

/// A share that is gone answers after minutes.
const PATIENCE: Duration = Duration::from_secs(5);
/// Nothing larger is read there.
const LARGEST_BYTES: u64 = 16 * 1024 * 1024;

impl Session {
    /// Leaves what is known after a check where the settings want it, if they do; what goes wrong is in the log.
    /// `good`: the report, if there is a new one. `failure`: how the check failed, if it did; handed over, as what is
    /// kept of it on this PC may not have been kept.
    pub(super) fn leave_report(&self, good: Option<&Report>, failure: Option<Failure>) {
        let Some(named) = &self.settings.report_dir else { return };
        let Some(path) = self.company_report_path() else {
            tracing::warn!(dir = %named.display(), "report_dir is no folder to leave a report in");
            return;
        };
        let report = self.pc_report(good, failure);
        let target = path.clone();
        let is_given_up = Arc::new(AtomicBool::new(false));
        let is_late = is_given_up.clone();
        let saving = self.threads.handle.spawn_blocking(move || {
            let report = with_newer(report, &target);
            // Nobody waits any more, and this process may end while it writes.
            if is_late.load(Ordering::Relaxed) { Ok(()) } else { report.save(&target) }
        });
        let waiting = async { tokio::time::timeout(PATIENCE, saving).await };
        match self.threads.handle.block_on(waiting) {
            Ok(Ok(Ok(()))) => {}
            Ok(Ok(Err(error))) => {
                tracing::warn!(error = chain(&error), "The report was not left");
            }
            Ok(Err(error)) => tracing::warn!(path = %path.display(), %error, "The report was not left"),
            Err(_) => {
                is_given_up.store(true, Ordering::Relaxed);
                tracing::warn!(path = %path.display(), "The report was not left in time");
            }
        }
    }

    fn pc_report(&self, good: Option<&Report>, failure: Option<Failure>) -> PcReport {
        let last_good = good.cloned().or_else(|| former(&self.paths.report_path()));
        let at =
            failure.as_ref().map(|failure| failure.at).or(last_good.as_ref().map(|good| good.checked_at));
        PcReport {
            format: FORMAT,
            pc: self.os.identity().computer,
            updater: env!("CARGO_PKG_VERSION").to_owned(),
            at: at.unwrap_or_else(|| self.clock.timestamp()),
            last_good,
            failure,
        }
    }

    fn company_report_path(&self) -> Option<PathBuf> {
        let dir = paths::named_dir(&*self.os, self.settings.report_dir.as_deref()?)?;
        let name = format!("{}.json", self.os.identity().computer);
        paths::is_safe_name(&name).then(|| dir.join(name))
    }
}

fn former(path: &Path) -> Option<Report> {
    Report::load(path).unwrap_or_else(|error| {
        tracing::warn!(error = chain(&error), "The last report is not used");
        None
    })
}

/// With the last good check that this PC has left there, if it is newer: another person's. One that would be later
/// than the check that just ended is of a wrong clock, and would stay for ever.
fn with_newer(mut report: PcReport, path: &Path) -> PcReport {
    let bytes = fs::read_limited(path, LARGEST_BYTES).ok().flatten();
    let there = bytes.and_then(|bytes| serde_json::from_slice::<PcReport>(&bytes).ok());
    let theirs = there.filter(|there| there.format == FORMAT && there.pc == report.pc);
    let theirs = theirs.and_then(|there| there.last_good).filter(|good| good.checked_at <= report.at);
    let is_newer =
        |good: &Report| report.last_good.as_ref().is_none_or(|own| own.checked_at < good.checked_at);
    if let Some(good) = theirs.filter(is_newer) {
        report.last_good = Some(good);
    }
    report
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use smarts_core::check;
    use smarts_core::machine::Machine;
    use smarts_core::source::{Fault, Trust};

    use super::*;

    fn at(hour: i8) -> Timestamp {
        format!("2026-11-22T{hour:02}:00:00Z").parse().unwrap()
    }

    fn good(hour: i8) -> Report {
        check::unreadable(&Machine::default(), "https://x/", Trust::Https, &Fault::NotFound, at(hour))
    }

    /// What is left by a person whose check began at 12, and who had the last good one then.
    fn own(last_good: Option<i8>) -> PcReport {
        let (pc, updater) = ("KASSA-1".to_owned(), "1.0".to_owned());
        PcReport { format: FORMAT, pc, updater, at: at(12), last_good: last_good.map(good), failure: None }
    }

    fn hour_kept(own: PcReport, there: &[u8]) -> Option<Timestamp> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("KASSA-1.json");
        std::fs::write(&path, there).unwrap();
        with_newer(own, &path).last_good.map(|good| good.checked_at)
    }

    #[test]
    fn the_newer_of_the_good_checks_of_two_persons_of_a_pc_stays() {
        let theirs = |hour| serde_json::to_vec(&own(Some(hour))).unwrap();
        assert_eq!(hour_kept(own(Some(8)), &theirs(10)), Some(at(10)));
        assert_eq!(hour_kept(own(None), &theirs(10)), Some(at(10)));
        assert_eq!(hour_kept(own(Some(11)), &theirs(10)), Some(at(11)));
        assert_eq!(hour_kept(own(Some(8)), &theirs(13)), Some(at(8)), "from the future");
    }

    #[test]
    fn what_another_pc_or_nobody_in_particular_has_left_there_is_not_taken_over() {
        let other = PcReport { pc: "KASSA-2".to_owned(), ..own(Some(10)) };
        let later = PcReport { format: FORMAT + 1, ..own(Some(10)) };
        for there in [serde_json::to_vec(&other), serde_json::to_vec(&later), Ok(b"{\"format\": 1".to_vec())]
        {
            assert_eq!(hour_kept(own(Some(8)), &there.unwrap()), Some(at(8)));
        }
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(with_newer(own(None), &dir.path().join("none.json")), own(None));
    }
}
