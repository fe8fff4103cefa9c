//! Reading the machine and checking.

use std::path::Path;

use smarts_core::catalogue::Release;
use smarts_core::check::Report;
use smarts_core::download;
use smarts_core::offer::{Item, State};

use super::{Shared, lock};
use crate::error::chain;
use crate::i18n::sentence;
use crate::model::{CheckFailure, Event, Permission, ProxyQuestion};
use crate::session::Detour;

impl Shared {
    /// The machine and the last report, at once; and the downloads that an earlier run left unfinished.
    pub(super) fn load(&self) {
        let (machine, subscriptions) = self.session.read();
        let report = self.last_report();
        self.know(&machine, report.as_ref(), &subscriptions);
        self.outbox.post(Event::SubscriptionsRead(subscriptions));
        self.tell_subscription_access();
        self.outbox.post(Event::Offline(self.offline()));
        self.outbox.post(Event::SkippedRead(self.skipped_now()));
        let permission = self.permission();
        // Nobody who may not update has any use for what an earlier download has left.
        let may_update = report.is_some() && permission == Permission::Granted;
        let items = if may_update { lock(&self.known).items.clone() } else { Vec::new() };
        let paused: Vec<Event> = items.iter().filter_map(|item| self.left_unfinished(item)).collect();
        let machine = self.session.with_licences(machine);
        self.outbox.post(Event::Loaded { machine, report, permission });
        for event in paused {
            self.outbox.post(event);
        }
    }

    /// The same as others have left it, in one event. `turn`: of the source that the report is to be about.
    pub(super) fn renew(&self, turn: u64, with_report: bool) {
        let machine = self.session.with_licences(self.session.machine());
        let report = if with_report { self.last_report() } else { None };
        self.tell_of(turn, || {
            let subscriptions = self.session.subscriptions();
            self.know(&machine, report.as_ref(), &subscriptions);
            let skipped = self.skipped_now();
            vec![Event::SubscriptionsRead(subscriptions), Event::Renewed { machine, report, skipped }]
        });
    }

    fn last_report(&self) -> Option<Report> {
        Report::load(&self.session.paths.report_path()).unwrap_or_else(|error| {
            tracing::warn!(error = chain(&error), "The last report is not used");
            None
        })
    }

    /// From now on releases are read from there.
    pub(super) fn use_source(&self, detour: Detour) {
        let mut turn = lock(&self.turn);
        *turn += 1;
        tracing::info!(
            folder = detour.folder,
            agreed = ?detour.agreed,
            "The source is changed for this window"
        );
        self.session.read_from(detour);
        lock(&self.known).items.clear();
        self.outbox.post(Event::SourceInUse);
    }

    /// Checks; the machine is read anew first. `turn`: of the source that is asked about.
    pub(super) fn check(self: &std::sync::Arc<Self>, turn: u64) {
        self.tell_of(turn, || vec![Event::CheckStarted]);
        let (machine, subscriptions) = self.session.read();
        self.outbox.post(Event::SubscriptionsRead(subscriptions));
        self.outbox.post(Event::MachineRead(self.session.with_licences(machine.clone())));
        let progress = |progress: smarts_core::check::Progress| {
            if *lock(&self.turn) == turn {
                self.outbox.offer(Event::CheckProgress { done: progress.done, total: progress.total });
            }
        };
        let result = self.session.check(&machine, None, None, &progress);
        self.tell_of(turn, || match result {
            Ok(report) => {
                // They may have been edited during the check.
                self.know(&machine, Some(&report), &self.session.subscriptions());
                vec![Event::SkippedRead(self.skipped(&report.items)), Event::Checked(Ok(report))]
            }
            Err(failure) => {
                tracing::warn!(error = chain(&failure.error), "The check failed");
                self.know(&machine, None, &self.session.subscriptions());
                let question = self.session.asks_for(&failure.error, &machine);
                let question = question.map(|(proxy, user)| ProxyQuestion { proxy, user });
                let failed = Event::Checked(Err(self.texts.check_failure(&failure)));
                std::iter::once(failed).chain(question.map(Event::PasswordWanted)).collect()
            }
        });
    }

    /// For a panic in the thread that checks.
    pub(super) fn check_broke(&self, turn: u64) {
        let reason = sentence(&self.texts.internal_error());
        self.tell_of(turn, || vec![Event::Checked(Err(CheckFailure::of(reason)))]);
    }

    /// Says it unless the source has been changed meanwhile; nobody changes it in between, nor what is skipped.
    fn tell_of(&self, turn: u64, events: impl FnOnce() -> Vec<Event>) {
        let present = lock(&self.turn);
        if *present == turn {
            for event in events() {
                self.outbox.post(event);
            }
        }
    }

    fn permission(&self) -> Permission {
        if self.session.may_update() {
            return Permission::Granted;
        }
        Permission::Administrators { contact: self.session.settings.administrator.clone() }
    }

    /// A part of what can be installed: of the release offered or, where subscriptions do not cover that, of the
    /// newest covered one.
    fn left_unfinished(&self, item: &Item) -> Option<Event> {
        let item_id = item.id.clone();
        if matches!(item.state, State::Available { .. }) {
            let (received, total) = self.part_of(&item.offer()?.steps)?;
            return Some(Event::DownloadPaused { item_id, received, total });
        }
        let (received, total) = self.part_of(&item.covered_offer()?.steps)?;
        Some(Event::CoveredLeft { item_id, received, total })
    }

    /// Bytes that have arrived, and in all, if it is more than nothing and less than everything.
    fn part_of(&self, steps: &[Release]) -> Option<(u64, Option<u64>)> {
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
        unfinished.then_some((received, total))
    }
}

fn whole_bytes(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |metadata| metadata.len())
}
