//! The report a check leaves in the company's folder: what an administrator of many PCs collects.
//!
//! One file per PC, `<name of the PC>.json`, after each check, good or failed. A share that is gone must not cost a
//! check: nothing here fails, and nobody waits long. Deliberately not here: the shape of the file and reading such
//! files ([`smarts_core::reports`]).

use std::path::{Path, PathBuf};
use std::time::Duration;

use smarts_core::check::Report;
use smarts_core::paths;
use smarts_core::reports::{FORMAT, Failure, PcReport};

use super::Session;
use crate::error::chain;

/// A share that is gone answers after minutes.
const PATIENCE: Duration = Duration::from_secs(5);

impl Session {
    /// Leaves what is known after a check where the settings want it, if they do; what goes wrong is in the log.
    /// `good`: the report, if there is a new one.
    pub(super) fn leave_report(&self, good: Option<&Report>) {
        let Some(named) = &self.settings.report_dir else { return };
        let Some(path) = self.company_report_path() else {
            tracing::warn!(dir = %named.display(), "report_dir is no folder to leave a report in");
            return;
        };
        let report = self.pc_report(good);
        let target = path.clone();
        let saving = self.threads.handle.spawn_blocking(move || report.save(&target));
        let waiting = async { tokio::time::timeout(PATIENCE, saving).await };
        match self.threads.handle.block_on(waiting) {
            Ok(Ok(Ok(()))) => {}
            Ok(Ok(Err(error))) => {
                tracing::warn!(error = chain(&error), "The report was not left");
            }
            Ok(Err(error)) => tracing::warn!(path = %path.display(), %error, "The report was not left"),
            Err(_) => tracing::warn!(path = %path.display(), "The report was not left in time"),
        }
    }

    fn pc_report(&self, good: Option<&Report>) -> PcReport {
        let last = self.last_check();
        let failed = last.as_ref().filter(|_| good.is_none()).and_then(|last| {
            let failed = last.failed()?;
            Some(Failure { at: last.at, since: failed.since, error: failed.error.clone() })
        });
        let last_good = good.cloned().or_else(|| former(&self.paths.report_path()));
        let at = failed.as_ref().map(|failure| failure.at).or(last_good.as_ref().map(|good| good.checked_at));
        PcReport {
            format: FORMAT,
            pc: self.os.identity().computer,
            updater: env!("CARGO_PKG_VERSION").to_owned(),
            at: at.unwrap_or_else(|| self.clock.timestamp()),
            last_good,
            failure: failed,
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
