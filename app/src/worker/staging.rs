//! Staging the app that the person agreed to, and taking it back: here, or in a process with an administrator's rights.
//!
//! Deliberately not here: judging it, and what is told of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use smarts_core::devices::staging::Older;
use smarts_core::version::Version;
use tokio_util::sync::CancellationToken;

use super::{Shared, lock};
use crate::elevated::News;
use crate::elevated::results::all_of;
use crate::elevated::staging::{self, Job};
use crate::model::activity::{Stage, StagingOutcome, StagingStage};
use crate::model::devices::{BaseStaged, DevicesEvent, Progress};
use crate::model::{BaseResult, Event, Notice, Outcome};

impl Shared {
    pub(super) fn stage_app(
        self: &Arc<Self>,
        turn: u64,
        base_ids: Vec<String>,
        older: Older,
        accept_unproved: bool,
        cancel: &CancellationToken,
    ) {
        let results = match self.apps.take(turn) {
            Some(app) => {
                let job = Job::Stage { app: Box::new(app), base_ids, older, accept_unproved };
                self.carry_out_staging(turn, &job, cancel)
            }
            None => self.all_failed(&base_ids, self.texts.offer_gone()),
        };
        self.tell_of_devices(DevicesEvent::Staged { turn, results });
        self.tell_stubs();
    }

    pub(super) fn unstage_app(self: &Arc<Self>, base_ids: Vec<String>, versions: BTreeMap<String, Version>) {
        let job = Job::Undo { base_ids, versions };
        let results = self.carry_out_staging(0, &job, &CancellationToken::new());
        self.tell_of_devices(DevicesEvent::Unstaged { results });
        self.tell_stubs();
    }

    /// For a panic on the way: what became of it is not known.
    pub(super) fn staging_broke(&self, base_ids: &[String]) -> Vec<BaseStaged> {
        self.all_failed(base_ids, self.texts.internal_error())
    }

    fn all_failed(&self, base_ids: &[String], why: String) -> Vec<BaseStaged> {
        let outcome = Outcome::Staging(StagingOutcome::Failed(Notice::of(why)));
        self.named(all_of(base_ids, &outcome))
    }

    fn carry_out_staging(&self, turn: u64, job: &Job, cancel: &CancellationToken) -> Vec<BaseStaged> {
        let (session, texts) = (&self.session, &self.texts);
        let mut tell = |news: News| {
            let News::Progress { item_id, stage: Stage::Staging(stage) } = news else { return };
            let base = self.base_name(&item_id);
            let progress = match stage {
                StagingStage::Permission => Progress::Permission,
                StagingStage::Copying { done, total } => Progress::Copying { base, done, total },
                StagingStage::Listing => Progress::Listing { base },
            };
            self.outbox.offer(Event::Devices(DevicesEvent::Staging { turn, progress }));
        };
        let results = if session.os.is_elevated() {
            staging::carry_out(session, texts, job, &mut tell, cancel)
        } else {
            staging::ask(session, texts, job, &mut tell, cancel)
        };
        self.named(results)
    }

    fn named(&self, results: Vec<BaseResult>) -> Vec<BaseStaged> {
        let of = |BaseResult { item_id, outcome }| {
            let name = self.base_name(&item_id);
            BaseStaged { id: item_id, name, outcome }
        };
        results.into_iter().map(of).collect()
    }

    fn base_name(&self, id: &str) -> String {
        lock(&self.known).machine.base(id).map(|base| base.name.clone()).unwrap_or_default()
    }
}
