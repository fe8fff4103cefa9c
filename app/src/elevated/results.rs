//! Carrying out a plan in this process: how it goes, and how it ended for each of its targets.
//!
//! The same in the window's process and in one with an administrator's rights; only where the news go differs.

use std::path::Path;

use smarts_core::apply::{self, BasesOutcome, Progress};
use smarts_core::backup;
use smarts_core::journal::{self, Entry};
use smarts_core::machine::{Base, Machine};
use smarts_core::offer::Warning;
use smarts_core::plan::kept::GoesOn;
use smarts_core::plan::{InstallerTarget, Plan, PlanSubject};
use smarts_core::version::Version;
use tokio_util::sync::CancellationToken;

use super::News;
use super::shown::Shown;
use crate::error::chain;
use crate::event_log::EventLog;
use crate::i18n::Texts;
use crate::model::activity::{Done, LeftToDo, Stage};
use crate::model::{BaseResult, Notice, Outcome, PLATFORM, WizardTemplate};
use crate::session::{self, Origin, Session};

/// What is carried out, and for whom.
#[derive(Debug)]
pub struct Job {
    /// What the person agreed to.
    pub plan: Plan,
    /// `platform`, or ids of bases, pilot first; never empty.
    pub targets: Vec<String>,
    /// Devices that stop until their app is updated, as the offer says.
    pub devices_that_stop: usize,
    /// Older copies of bases that the person lets go of once everything is done, by their ids.
    pub agreed_to_go: Vec<String>,
    /// The person has agreed to templates that nothing proves.
    pub accept_unproved: bool,
    /// Where the files come from.
    pub origin: Origin,
    /// The part of a plan on the disk that this is, if it waited there.
    pub goes_on: Option<GoesOn>,
}

impl Job {
    /// `warnings` are those of the offer.
    pub fn new(plan: Plan, targets: &[String], warnings: &[Warning], accept_unproved: bool) -> Self {
        let devices = warnings.iter().map(|warning| match warning {
            Warning::DevicesStop { devices, .. } => devices.len(),
            Warning::NeedsPlatform { .. }
            | Warning::Unreachable { .. }
            | Warning::SubscriptionUnknown(_)
            | Warning::ExchangeEnds { .. } => 0,
        });
        let agreed_to_go = Vec::new();
        Self {
            plan,
            targets: targets.to_vec(),
            devices_that_stop: devices.sum(),
            accept_unproved,
            agreed_to_go,
            origin: Origin::default(),
            goes_on: None,
        }
    }
}

/// Does it, and tells how it goes and how it ended. `machine` is as it was before.
pub fn carry_out(
    session: &Session,
    texts: &Texts,
    machine: &Machine,
    job: Job,
    tell: &mut dyn FnMut(News),
    cancel: &CancellationToken,
) -> Vec<BaseResult> {
    let Job { plan, targets, devices_that_stop, accept_unproved, agreed_to_go, origin, goes_on } = job;
    let facts = Facts::of(&plan, devices_that_stop);
    let waited = goes_on.and_then(|goes_on| session.keep_on_named(&goes_on, &plan, machine));
    let mut keeper =
        waited.unwrap_or_else(|| session.keep_plans(&[(&plan, origin)], machine, accept_unproved));
    let mut shown = Shown::nothing();
    let mut show = |progress| {
        keeper.progress(&progress);
        let (item_id, stage) = stage_of(progress, &targets);
        if shown.is_due(&stage) {
            tell(News::Progress { item_id, stage });
        }
    };
    let event_log = EventLog::new(&*session.os, texts);
    let outcome = session.apply(plan, &|entry| event_log.write(entry), &mut show, cancel);
    keeper.ended(&targets, &outcome);
    keeper.settle(|| session.machine());
    if let apply::Outcome::Bases(ended) = &outcome
        && ended.is_all_well()
        && !agreed_to_go.is_empty()
    {
        let_go(session, &agreed_to_go, &|entry| event_log.write(entry));
    }
    let wizard_template = match &outcome {
        apply::Outcome::WizardDone { template, .. } => template.clone(),
        _ => None,
    };
    let judge = Judge { session, texts, machine, targets: &targets, facts };
    let results = judge.results(outcome);
    tell(News::Finished { results: results.clone() });
    if let Some(path) = wizard_template {
        tell(judge.ask_about(&path));
    }
    results
}

/// The bases are updated whatever becomes of older copies: what is deleted stands in the journal, and what could not be
/// stays in the list of copies.
fn let_go(session: &Session, agreed_to_go: &[String], witness: &dyn Fn(&Entry)) {
    match session.let_go(agreed_to_go, witness) {
        Ok(done) => {
            note_unrecorded(done.unrecorded.as_ref());
            for error in &done.not_removed {
                tracing::warn!(error = chain(error), "An older copy of a base stays");
            }
        }
        Err(fault) => tracing::warn!(error = chain(&fault), "Older copies of bases stay"),
    }
}

/// The same for all of these.
pub fn all_of(targets: &[String], outcome: &Outcome) -> Vec<BaseResult> {
    let result = |id: &String| BaseResult { item_id: id.clone(), outcome: outcome.clone() };
    targets.iter().map(result).collect()
}

/// The first of these failed, and the others were not begun.
pub fn failed(targets: &[String], notice: &Notice) -> Vec<BaseResult> {
    first_of(targets, &Outcome::Failed(notice.clone()), &Outcome::NotStarted)
}

/// One for the first of these, another for the others.
pub fn first_of(targets: &[String], first: &Outcome, others: &Outcome) -> Vec<BaseResult> {
    let mut results = all_of(targets, others);
    if let Some(result) = results.first_mut() {
        result.outcome = first.clone();
    }
    results
}

/// Puts the end of a plan into words.
struct Judge<'a> {
    session: &'a Session,
    texts: &'a Texts,
    machine: &'a Machine,
    targets: &'a [String],
    facts: Facts,
}

impl Judge<'_> {
    fn results(&self, outcome: apply::Outcome) -> Vec<BaseResult> {
        let all = |outcome| all_of(self.targets, &outcome);
        match outcome {
            apply::Outcome::Bases(outcome) => self.results_of_bases(outcome),
            apply::Outcome::PlatformDone { to, reboot_needed, unrecorded, .. } => {
                note_unrecorded(unrecorded.as_ref());
                all(Outcome::Done(self.done(to, self.facts.left_of_platform(reboot_needed))))
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

    fn results_of_bases(&self, outcome: BasesOutcome) -> Vec<BaseResult> {
        note_unrecorded(outcome.unrecorded.as_ref());
        let mut results: Vec<BaseResult> = Vec::new();
        for one in outcome.done {
            let left = self.facts.left_of_base(self.machine, &one.base_id);
            let outcome = Outcome::Done(Done { works: Some(one.works), ..self.done(one.to, left) });
            results.push(BaseResult { item_id: one.base_id, outcome });
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
                Outcome::Failed(self.texts.apply_notice(&failure.error, &failure.state, &failure.server))
            };
            results.push(BaseResult { item_id: failure.base_id, outcome });
        }
        let not_started = outcome.not_started.into_iter();
        results.extend(not_started.map(|item_id| BaseResult { item_id, outcome: Outcome::NotStarted }));
        results
    }

    /// Lets the window ask which bases to update with the template that a wizard has left.
    fn ask_about(&self, template: &Path) -> News {
        let machine = self.session.machine();
        match self.session.template_at_hand(template, &machine) {
            Ok(found) => News::Template {
                template: WizardTemplate {
                    template: template.to_path_buf(),
                    product: found.product(),
                    version: found.description.version,
                    base_ids: found.bases(&machine).iter().map(|base| base.id.clone()).collect(),
                },
            },
            Err(error) => {
                let notice = Notice::of(self.texts.at_hand_error(&error));
                News::Finished { results: all_of(self.targets, &Outcome::Failed(notice)) }
            }
        }
    }

    fn done(&self, version: Version, left: Vec<LeftToDo>) -> Done {
        Done { version, at: self.session.clock.timestamp(), left, works: None }
    }
}

pub(super) fn note_unrecorded(error: Option<&journal::Error>) {
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
    fn of(plan: &Plan, devices_that_stop: usize) -> Self {
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
        Self { brings_processing, client_version, devices_that_stop }
    }

    fn left_of_base(&self, machine: &Machine, base_id: &str) -> Vec<LeftToDo> {
        let mut left = Vec::new();
        if self.brings_processing {
            left.push(LeftToDo::Processing1c);
        }
        let base = machine.base(base_id).filter(|base| !base.devices.is_empty());
        let newer = |base: &&Base| self.client_version > base.client_version;
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

/// Of which item, and at which stage it is.
fn stage_of(progress: Progress, targets: &[String]) -> (String, Stage) {
    match progress {
        Progress::StoppingServer { base_id } => (base_id, Stage::StoppingServer),
        Progress::StartingServer { base_id } => (base_id, Stage::StartingServer),
        Progress::Checking { base_id } | Progress::Unpacking { base_id, .. } => (base_id, Stage::Preparing),
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
        Progress::Installing => {
            let pilot = targets.first().cloned().unwrap_or_else(|| PLATFORM.to_owned());
            (pilot, Stage::Installer)
        }
    }
}
