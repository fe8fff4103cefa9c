//! Staging the app that the person agreed to, and taking it back, base after base; what fails stops the rest.
//!
//! Deliberately not here: judging it, and what is told of it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use smarts_core::devices::staging::{self, Older, Step};
use tokio_util::sync::CancellationToken;

use super::{Shared, lock};
use crate::error::chain;
use crate::event_log;
use crate::model::devices::{BaseStaged, DevicesEvent, Progress, StagedOutcome};
use crate::model::{Event, Notice};
use crate::session::AppFile;

/// A disk tells of its bytes more often than anybody looks.
const TOLD_EVERY: Duration = Duration::from_millis(100);

impl Shared {
    pub(super) fn stage_app(
        self: &Arc<Self>,
        turn: u64,
        base_ids: &[String],
        older: Older,
        accept_unproved: bool,
        cancel: &CancellationToken,
    ) {
        let results = match self.apps.take(turn) {
            Some(app) => self.staged(turn, base_ids, &app, older, accept_unproved, cancel),
            None => {
                let outcome = StagedOutcome::Failed(Notice::of(self.texts.offer_gone()));
                self.with_outcome(base_ids, &outcome)
            }
        };
        self.tell_of_devices(DevicesEvent::Staged { turn, results });
        self.tell_stubs();
    }

    pub(super) fn unstage_app(self: &Arc<Self>, base_ids: &[String]) {
        let results = self.each(base_ids, |id| {
            let log = event_log::EventLog::new(&*self.session.os, &self.texts);
            let undone = self.session.unstage_app(id, &|entry| log.write(entry));
            undone.map(|undone| StagedOutcome::Unstaged { version: undone.version })
        });
        self.tell_of_devices(DevicesEvent::Unstaged { results });
        self.tell_stubs();
    }

    /// For a panic on the way: what became of it is not known.
    pub(super) fn none_of(&self, base_ids: &[String]) -> Vec<BaseStaged> {
        self.with_outcome(base_ids, &StagedOutcome::Failed(Notice::of(self.texts.internal_error())))
    }

    fn with_outcome(&self, base_ids: &[String], outcome: &StagedOutcome) -> Vec<BaseStaged> {
        let of =
            |id: &String| BaseStaged { id: id.clone(), name: self.base_name(id), outcome: outcome.clone() };
        base_ids.iter().map(of).collect()
    }

    fn base_name(&self, id: &str) -> String {
        lock(&self.known).machine.base(id).map(|base| base.name.clone()).unwrap_or_default()
    }

    fn staged(
        &self,
        turn: u64,
        base_ids: &[String],
        app: &AppFile,
        older: Older,
        _accept_unproved: bool,
        cancel: &CancellationToken,
    ) -> Vec<BaseStaged> {
        self.each(base_ids, |id| {
            let base = self.base_name(id);
            let log = event_log::EventLog::new(&*self.session.os, &self.texts);
            let mut told: Option<Instant> = None;
            let mut show = |step: Step| {
                let progress = match step {
                    Step::Copying { done_bytes, total_bytes } => {
                        if told.is_some_and(|at| at.elapsed() < TOLD_EVERY) {
                            return;
                        }
                        told = Some(Instant::now());
                        Progress::Copying { base: base.clone(), done: done_bytes, total: total_bytes }
                    }
                    Step::Listing => Progress::Listing { base: base.clone() },
                };
                self.outbox.offer(Event::Devices(DevicesEvent::Staging { turn, progress }));
            };
            let done =
                self.session.stage_app(id, app, older, &|entry| log.write(entry), &mut show, cancel)?;
            Ok(StagedOutcome::Staged {
                version: done.offered.version,
                was_there: done.was_there,
                remark: self.texts.staged_remark(&done),
            })
        })
    }

    /// One after the other; the first that fails stops the rest.
    fn each(
        &self,
        base_ids: &[String],
        mut work: impl FnMut(&str) -> Result<StagedOutcome, staging::Error>,
    ) -> Vec<BaseStaged> {
        let mut stops = None;
        let one = |id: &String| {
            let outcome = match &stops {
                Some(outcome) => StagedOutcome::clone(outcome),
                None => work(id).unwrap_or_else(|error| {
                    tracing::warn!(error = chain(&error), base = id, "An app is not staged");
                    let outcome = match error {
                        staging::Error::Cancelled => StagedOutcome::Stopped,
                        error => StagedOutcome::Failed(self.texts.staging_notice(&error)),
                    };
                    stops = Some(match outcome {
                        StagedOutcome::Stopped => StagedOutcome::Stopped,
                        _ => StagedOutcome::NotStarted,
                    });
                    outcome
                }),
            };
            BaseStaged { id: id.clone(), name: self.base_name(id), outcome }
        };
        base_ids.iter().map(one).collect()
    }
}
