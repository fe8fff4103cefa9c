//! Reading the machine and checking.

use std::path::Path;

use smarts_core::check::Report;
use smarts_core::download;
use smarts_core::offer::Item;

use super::Shared;
use crate::error::chain;
use crate::i18n::sentence;
use crate::model::{CheckFailure, Event, Permission, ProxyQuestion};

impl Shared {
    /// The machine and the last report, at once; and the downloads that an earlier run left unfinished.
    pub(super) fn load(&self) {
        let machine = self.session.machine();
        let report = Report::load(&self.session.paths.report_path()).unwrap_or_else(|error| {
            tracing::warn!(error = chain(&error), "The last report is not used");
            None
        });
        self.know(&machine, report.as_ref());
        let permission = self.permission();
        let paused: Vec<Event> = report
            .iter()
            // Nobody who may not update has any use for what an earlier download has left.
            .filter(|_| permission == Permission::Granted)
            .flat_map(|report| &report.items)
            .filter_map(|item| self.left_unfinished(item))
            .collect();
        self.outbox.post(Event::Loaded { machine, report, permission });
        for event in paused {
            self.outbox.post(event);
        }
    }

    /// Checks; the machine is read anew first.
    pub(super) fn check(self: &std::sync::Arc<Self>) {
        self.outbox.post(Event::CheckStarted);
        let machine = self.session.machine();
        self.outbox.post(Event::MachineRead(machine.clone()));
        let progress = |progress: smarts_core::check::Progress| {
            self.outbox.offer(Event::CheckProgress { done: progress.done, total: progress.total });
        };
        let mut question = None;
        let result = match self.session.check(&machine, None, None, &progress) {
            Ok(report) => {
                self.know(&machine, Some(&report));
                Ok(report)
            }
            Err(failure) => {
                tracing::warn!(error = chain(&failure.error), "The check failed");
                self.know(&machine, None);
                question = self.session.asks_for(&failure.error, &machine);
                let reason = sentence(&self.texts.check_error(&failure.error));
                Err(CheckFailure { reason, detail: Some(chain(&failure.error)) })
            }
        };
        self.outbox.post(Event::Checked(result));
        if let Some((proxy, user)) = question {
            self.outbox.post(Event::PasswordWanted(ProxyQuestion { proxy, user }));
        }
    }

    /// For a panic in the thread that checks.
    pub(super) fn check_broke(&self) {
        let reason = sentence(&self.texts.internal_error());
        self.outbox.post(Event::Checked(Err(CheckFailure { reason, detail: None })));
    }

    fn permission(&self) -> Permission {
        if self.session.may_update() {
            return Permission::Granted;
        }
        Permission::Administrators { contact: self.session.settings.administrator.clone() }
    }

    fn left_unfinished(&self, item: &Item) -> Option<Event> {
        let steps = &item.offer()?.steps;
        let mut received = 0;
        let mut unfinished = false;
        for step in steps {
            let file = step.file.as_ref()?;
            let dir = self.session.download_dir(step);
            let kept = download::kept_bytes(&dir, &file.name);
            unfinished |= kept > 0;
            received += kept + whole_bytes(&dir.join(&file.name));
        }
        let total = steps.iter().map(|step| step.file.as_ref()?.size).sum();
        unfinished.then(|| Event::DownloadPaused { item_id: item.id.clone(), received, total })
    }
}

fn whole_bytes(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |metadata| metadata.len())
}
