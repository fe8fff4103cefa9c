//! Carrying out what the person agreed to.

use std::sync::{Arc, Mutex};

use smarts_core::plan::{Plan, PlanSubject};
use tokio_util::sync::CancellationToken;

use super::prepared::Prepared;
use super::{Shared, lock};
use crate::elevated::results::{self, Job, all_of};
use crate::elevated::{News, ask};
use crate::model::at_hand::{is_at_hand, targets};
use crate::model::{BaseResult, Event, Notice, Outcome};
use crate::session;

impl Shared {
    /// Installs an item's files into these bases, or the platform: just what the person saw on the sheet. `prepared`
    /// waited under the item's key when the person agreed; another file may wait there by now.
    pub(super) fn apply(
        self: &Arc<Self>,
        item_id: String,
        base_ids: &[String],
        prepared: Option<Arc<Mutex<Prepared>>>,
        accept_unproved: bool,
        agreed_to_go: Vec<String>,
    ) {
        let targets = targets(&item_id, base_ids);
        let cancel = CancellationToken::new();
        *lock(&self.applying) = Some(cancel.clone());
        let results = match self.agreed(prepared.as_deref(), &targets, base_ids, accept_unproved) {
            Ok(job) => self.carry_out_plan(Job { agreed_to_go, ..job }, &cancel),
            Err(why) => {
                let results = all_of(&targets, &Outcome::Failed(Notice::of(why)));
                self.outbox.post(Event::ApplyFinished { results: results.clone() });
                results
            }
        };
        *lock(&self.applying) = None;
        let _ = self.tell_machine();
        self.tell_stubs();
        if is_at_hand(&item_id) {
            if let Some(used) = prepared {
                self.preparations.take_away_this(&item_id, &used);
            }
        } else if keeps_its_file(&item_id, &results) {
            // It is still there; examined again, it waits for another try.
            let covered = self.preparations.get(&item_id).is_some_and(|prepared| lock(&prepared).covered);
            self.download(item_id, covered);
        }
    }

    pub(super) fn stop_apply(&self) {
        if let Some(cancel) = &*lock(&self.applying) {
            cancel.cancel();
        }
    }

    /// For a panic in the thread that installs: what became of the targets is not known.
    pub(super) fn apply_broke(&self, targets: &[String]) {
        *lock(&self.applying) = None;
        let outcome = Outcome::Failed(Notice::of(self.texts.internal_error()));
        self.outbox.post(Event::ApplyFinished { results: all_of(targets, &outcome) });
    }

    /// What the person saw the sheet of; it is gone from here afterwards.
    fn agreed(
        &self,
        prepared: Option<&Mutex<Prepared>>,
        targets: &[String],
        base_ids: &[String],
        accept_unproved: bool,
    ) -> Result<Job, String> {
        let mut prepared = lock(prepared.ok_or_else(|| self.texts.offer_gone())?);
        let seen = prepared.base_ids == base_ids
            && prepared.plan.as_ref().is_some_and(|plan| is_about(plan, base_ids));
        let plan = prepared.plan.take_if(|_| seen).ok_or_else(|| self.texts.offer_gone())?;
        let accept_unproved = accept_unproved || self.session.accepts_unproved();
        if session::is_unproved(&plan) && !accept_unproved {
            prepared.plan = Some(plan);
            return Err(self.texts.consent_missing());
        }
        let job = Job::new(plan, targets, &prepared.warnings, accept_unproved);
        Ok(Job { origin: prepared.origin, goes_on: prepared.goes_on.clone(), ..job })
    }

    /// How each target ended; here, or in a process with an administrator's rights.
    fn carry_out_plan(&self, job: Job, cancel: &CancellationToken) -> Vec<BaseResult> {
        let machine = lock(&self.known).machine.clone();
        let (session, texts) = (&self.session, &self.texts);
        let mut tell = |news: News| self.outbox.post(news.into());
        if session.os.is_elevated() {
            results::carry_out(session, texts, &machine, job, &mut tell, cancel)
        } else {
            ask::carry_out(session, texts, job, &mut tell, cancel)
        }
    }
}

/// Whether a plan for bases still is about all of these: one that has left the machine's list meanwhile was
/// not on the sheet any more.
fn is_about(plan: &Plan, base_ids: &[String]) -> bool {
    match &plan.subject {
        PlanSubject::Template(plan) => plan.bases.iter().map(|base| &base.id).eq(base_ids),
        PlanSubject::Installer(_) => true,
    }
}

/// Whether the row the file was downloaded for still offers to install it: it was stopped, or left out of
/// the plan. A failed one examines the file again when the person tries again, and shows till then why.
fn keeps_its_file(item_id: &str, results: &[BaseResult]) -> bool {
    let own = results.iter().find(|result| result.item_id == item_id);
    own.is_none_or(|result| match result.outcome {
        Outcome::Stopped | Outcome::NotStarted | Outcome::Staging(_) => true,
        Outcome::Done(_)
        | Outcome::Failed(_)
        | Outcome::NotPermitted
        | Outcome::WizardRun
        | Outcome::Copies(_) => false,
    })
}
