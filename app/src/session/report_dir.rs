//! The report a check leaves in the company's folder: what an administrator of many PCs collects.
//!
//! One file per PC, `<name of the PC>.json`, in the shape of the person's own report. A share that is gone must
//! not cost a check: nothing here fails, and nobody waits long. Deliberately not here: reading such reports.

use std::path::PathBuf;
use std::time::Duration;

use smarts_core::check::Report;
use smarts_core::paths;

use super::Session;
use crate::error::chain;

/// A share that is gone answers after minutes.
const PATIENCE: Duration = Duration::from_secs(5);

impl Session {
    /// Leaves the report where the settings want it, if they do; what goes wrong is in the log.
    pub(super) fn leave_report(&self, report: &Report) {
        let Some(named) = &self.settings.report_dir else { return };
        let Some(path) = self.company_report_path() else {
            tracing::warn!(dir = %named.display(), "report_dir is no folder to leave a report in");
            return;
        };
        let (report, target) = (report.clone(), path.clone());
        let saving = self.threads.handle.spawn_blocking(move || report.save(&target));
        let waiting = async { tokio::time::timeout(PATIENCE, saving).await };
        match self.threads.handle.block_on(waiting) {
            Ok(Ok(Ok(()))) => {}
            Ok(Ok(Err(error))) => {
                tracing::warn!(path = %path.display(), error = chain(&error), "The report was not left");
            }
            Ok(Err(error)) => tracing::warn!(path = %path.display(), %error, "The report was not left"),
            Err(_) => tracing::warn!(path = %path.display(), "The report was not left in time"),
        }
    }

    fn company_report_path(&self) -> Option<PathBuf> {
        let dir = paths::named_dir(&*self.os, self.settings.report_dir.as_deref()?)?;
        let name = format!("{}.json", self.os.identity().computer);
        paths::is_safe_name(&name).then(|| dir.join(name))
    }
}
