//! Carrying out what the person agreed to.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use smarts_core::apply::{self, BasesOutcome, Progress};
use smarts_core::backup;
use smarts_core::machine::Machine;
use smarts_core::offer::Warning;
use smarts_core::plan::{InstallerTarget, Plan, PlanSubject};
use smarts_core::version::Version;
use tokio_util::sync::CancellationToken;

use super::{Shared, lock};
use crate::error::chain;
use crate::model::activity::{Done, LeftToDo, Stage};
use crate::model::{BaseResult, Event, Notice, Outcome, PLATFORM, WizardTemplate};
use crate::session;

/// Progress within a stage is shown no more often than this.
const SHOWN_EVERY: Duration = Duration::from_millis(100);

impl Shared {
    /// Installs an item's files into these bases, or the platform: just what the person saw on the sheet.
    pub(super) fn apply(self: &Arc<Self>, item_id: String, base_ids: &[String], accept_unproved: bool) {
        let targets = if base_ids.is_empty() { vec![item_id.clone()] } else { base_ids.to_vec() };
        let cancel = CancellationToken::new();
        *lock(&self.applying) = Some(cancel.clone());
        let results = match self.agreed(&item_id, base_ids, accept_unproved) {
            Ok((plan, warnings)) => self.carry_out_plan(plan, &warnings, &targets, &cancel),
            Err(why) => {
                let results = all_of(&targets, &Outcome::Failed(Notice::of(why)));
                self.outbox.post(Event::ApplyFinished { results: results.clone() });
                results
            }
        };
        *lock(&self.applying) = None;
        let machine = self.session.machine();
        self.know(&machine, None);
        self.outbox.post(Event::MachineRead(machine));
        if keeps_its_file(&item_id, &results) {
            // It is still there; examined again, it waits for another try.
            self.download(item_id);
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
        self.finish_all(targets, &Outcome::Failed(Notice::of(self.texts.internal_error())));
    }

    /// The plan the person saw the sheet of; it is gone from here afterwards.
    fn agreed(
        &self,
        item_id: &str,
        base_ids: &[String],
        accept_unproved: bool,
    ) -> Result<(Plan, Vec<Warning>), String> {
        let prepared = self.preparations.get(item_id).ok_or_else(|| self.texts.offer_gone())?;
        let mut prepared = lock(&prepared);
        let seen = prepared.base_ids == base_ids
            && prepared.plan.as_ref().is_some_and(|plan| is_about(plan, base_ids));
        let plan = prepared.plan.take_if(|_| seen).ok_or_else(|| self.texts.offer_gone())?;
        if session::is_unproved(&plan) && !accept_unproved && !self.session.accepts_unproved() {
            prepared.plan = Some(plan);
            return Err(self.texts.consent_missing());
        }
        Ok((plan, prepared.warnings.clone()))
    }

    /// How each target ended.
    fn carry_out_plan(
        self: &Arc<Self>,
        plan: Plan,
        warnings: &[Warning],
        targets: &[String],
        cancel: &CancellationToken,
    ) -> Vec<BaseResult> {
        let machine = lock(&self.known).machine.clone();
        let facts = Facts::of(&plan, warnings);
        let mut shown = Shown::new(self, targets);
        let outcome = self.session.apply(plan, &mut |progress| shown.show(progress), cancel);
        let wizard_template = match &outcome {
            apply::Outcome::WizardDone { template, .. } => template.clone(),
            _ => None,
        };
        let results = self.results(outcome, &machine, targets, &facts);
        self.outbox.post(Event::ApplyFinished { results: results.clone() });
        if let Some(path) = wizard_template {
            self.ask_about(&path, targets);
        }
        results
    }

    /// How a plan ended for each of its targets.
    fn results(
        &self,
        outcome: apply::Outcome,
        machine: &Machine,
        targets: &[String],
        facts: &Facts,
    ) -> Vec<BaseResult> {
        let all = |outcome| all_of(targets, &outcome);
        match outcome {
            apply::Outcome::Bases(outcome) => self.results_of_bases(outcome, machine, facts),
            apply::Outcome::PlatformDone { to, reboot_needed, unrecorded, .. } => {
                note_unrecorded(unrecorded.as_ref());
                all(Outcome::Done(self.done(to, facts.left_of_platform(reboot_needed))))
            }
            apply::Outcome::UpdaterDone { to, reboot_needed, unrecorded, .. } => {
                note_unrecorded(unrecorded.as_ref());
                let left = if reboot_needed { LeftToDo::Restart } else { LeftToDo::RestartProgram };
                all(Outcome::Done(self.done(to, vec![left])))
            }
            apply::Outcome::RebootNeeded { to, unrecorded } => {
                note_unrecorded(unrecorded.as_ref());
                all(Outcome::Done(self.done(to, vec![LeftToDo::Restart])))
            }
            apply::Outcome::WizardDone { template, unrecorded, .. } => {
                note_unrecorded(unrecorded.as_ref());
                match template {
                    Some(_) => all(Outcome::WizardRun),
                    None => all(Outcome::Failed(Notice::of(self.texts.wizard_left_nothing()))),
                }
            }
            apply::Outcome::Cancelled { unrecorded }
            | apply::Outcome::Failed { error: apply::Error::Cancelled, unrecorded } => {
                note_unrecorded(unrecorded.as_ref());
                all(Outcome::Stopped)
            }
            apply::Outcome::Failed { error, unrecorded } => {
                tracing::error!(error = chain(&error), "An installation failed");
                note_unrecorded(unrecorded.as_ref());
                all(Outcome::Failed(self.texts.installer_notice(&error)))
            }
        }
    }

    fn results_of_bases(&self, outcome: BasesOutcome, machine: &Machine, facts: &Facts) -> Vec<BaseResult> {
        note_unrecorded(outcome.unrecorded.as_ref());
        let mut results: Vec<BaseResult> = Vec::new();
        for one in outcome.done {
            let left = facts.left_of_base(machine, &one.base_id);
            results
                .push(BaseResult { item_id: one.base_id, outcome: Outcome::Done(self.done(one.to, left)) });
        }
        if let Some(failure) = outcome.failed {
            let outcome = if matches!(failure.error, apply::Error::Cancelled) {
                Outcome::Stopped
            } else {
                tracing::error!(
                    base = failure.base_id,
                    error = chain(&failure.error),
                    "A base was not updated"
                );
                Outcome::Failed(self.texts.apply_notice(&failure.error, &failure.state))
            };
            results.push(BaseResult { item_id: failure.base_id, outcome });
        }
        let not_started = outcome.not_started.into_iter();
        results.extend(not_started.map(|item_id| BaseResult { item_id, outcome: Outcome::NotStarted }));
        results
    }

    /// Lets the window ask which bases to update with the template that a wizard has left.
    fn ask_about(&self, template: &Path, targets: &[String]) {
        let machine = self.session.machine();
        match self.session.template_at_hand(template) {
            Ok(found) => self.outbox.post(Event::WizardTemplate(WizardTemplate {
                template: template.to_path_buf(),
                product: found.product(),
                version: found.description.version,
                base_ids: found.bases(&machine).iter().map(|base| base.id.clone()).collect(),
            })),
            Err(error) => {
                let notice = Notice::of(self.texts.at_hand_error(&error));
                self.finish_all(targets, &Outcome::Failed(notice));
            }
        }
    }

    fn finish_all(&self, targets: &[String], outcome: &Outcome) {
        self.outbox.post(Event::ApplyFinished { results: all_of(targets, outcome) });
    }

    fn done(&self, version: Version, left: Vec<LeftToDo>) -> Done {
        Done { version, at: self.session.clock.timestamp(), left }
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

fn all_of(targets: &[String], outcome: &Outcome) -> Vec<BaseResult> {
    let result = |id: &String| BaseResult { item_id: id.clone(), outcome: outcome.clone() };
    targets.iter().map(result).collect()
}

/// Whether the row the file was downloaded for still offers to install it: it was stopped, or left out of
/// the plan. A failed one examines the file again when the person tries again, and shows till then why.
fn keeps_its_file(item_id: &str, results: &[BaseResult]) -> bool {
    let own = results.iter().find(|result| result.item_id == item_id);
    own.is_none_or(|result| match result.outcome {
        Outcome::Stopped | Outcome::NotStarted => true,
        Outcome::Done(_) | Outcome::Failed(_) | Outcome::WizardRun => false,
    })
}

fn note_unrecorded(error: Option<&smarts_core::journal::Error>) {
    if let Some(error) = error {
        tracing::error!(error = chain(error), "The journal has no entry of this");
    }
}

/// What of a plan is needed after it has been carried out.
struct Facts {
    brings_processing: bool,
    client_version: Option<Version>,
    devices_that_stop: usize,
}

impl Facts {
    fn of(plan: &Plan, warnings: &[Warning]) -> Self {
        let devices = warnings.iter().map(|warning| match warning {
            Warning::DevicesStop { devices, .. } => devices.len(),
            Warning::NeedsPlatform { .. } | Warning::Unreachable { .. } => 0,
        });
        let (brings_processing, client_version) = match &plan.subject {
            PlanSubject::Template(plan) => {
                let client = plan.packages.last().and_then(|package| package.release.client_version);
                (session::brings_processing(plan), client)
            }
            PlanSubject::Installer(plan) => match plan.target {
                InstallerTarget::Platform | InstallerTarget::Updater | InstallerTarget::Wizard { .. } => {
                    (false, None)
                }
            },
        };
        Self { brings_processing, client_version, devices_that_stop: devices.sum() }
    }

    fn left_of_base(&self, machine: &Machine, base_id: &str) -> Vec<LeftToDo> {
        let mut left = Vec::new();
        if self.brings_processing {
            left.push(LeftToDo::Processing1c);
        }
        let base = machine.base(base_id).filter(|base| !base.devices.is_empty());
        let newer = |base: &&smarts_core::machine::Base| self.client_version > base.client_version;
        if let Some(base) = base.filter(newer) {
            left.push(LeftToDo::Devices { count: base.devices.len() });
        }
        left
    }

    fn left_of_platform(&self, reboot_needed: bool) -> Vec<LeftToDo> {
        let devices =
            (self.devices_that_stop > 0).then_some(LeftToDo::Devices { count: self.devices_that_stop });
        reboot_needed.then_some(LeftToDo::Restart).into_iter().chain(devices).collect()
    }
}

/// Shows progress: every new stage, and within a stage ten times a second.
struct Shown<'a> {
    shared: &'a Shared,
    targets: &'a [String],
    last: Option<(std::mem::Discriminant<Stage>, Instant)>,
}

impl<'a> Shown<'a> {
    fn new(shared: &'a Shared, targets: &'a [String]) -> Self {
        Self { shared, targets, last: None }
    }

    fn show(&mut self, progress: Progress) {
        let pilot = || self.targets.first().cloned().unwrap_or_else(|| PLATFORM.to_owned());
        let (item_id, stage) = match progress {
            Progress::Checking { base_id } | Progress::Unpacking { base_id, .. } => {
                (base_id, Stage::Preparing)
            }
            Progress::Copying { base_id, stage, done_bytes, total_bytes } => {
                // Copying and checking the copy are one bar, half of it each.
                let before = match stage {
                    backup::Stage::Copying => 0,
                    backup::Stage::Checking => total_bytes,
                };
                (base_id, Stage::Copying { done: u64::midpoint(before, done_bytes), total: total_bytes })
            }
            Progress::Applying { base_id, done, total, .. } => {
                (base_id, Stage::Replacing { done: done as u64, total: total as u64 })
            }
            Progress::PuttingBack { base_id } => (base_id, Stage::Restoring),
            Progress::Updated { base_id } => (base_id, Stage::Reading),
            Progress::Installing => (pilot(), Stage::Installer),
        };
        let kind = std::mem::discriminant(&stage);
        let shown = self.last.is_some_and(|(last, at)| last == kind && at.elapsed() < SHOWN_EVERY);
        if !shown {
            self.last = Some((kind, Instant::now()));
            self.shared.outbox.post(Event::ApplyProgress { item_id, stage });
        }
    }
}
