//! Plans on disk, as this program keeps them while it carries them out, and goes on with them.
//!
//! Keeping them is for whoever comes after a power cut, so a plan that cannot be kept is carried out all the same: the
//! journal, without which nothing is done, knows of every base that was begun.
//!
//! Until the run has the update lock nothing but the new plan's own file is touched: another run may be carrying out what
//! is there, and this one may not begin at all.

use std::sync::Arc;

use smarts_core::apply::{self, Outcome, Progress};
use smarts_core::machine::Machine;
use smarts_core::offer::{PLATFORM, Subject, Warning};
use smarts_core::os::Os;
use smarts_core::plan::kept::{self, GoesOn, Kept, KeptPackage};
use smarts_core::plan::waiting::{self, Part, Rest, Running, State, Waiting};
use smarts_core::plan::{InstallerTarget, Plan, PlanSubject};
use smarts_core::platform::former::{Former, NotHad};
use smarts_core::source::Trust;
use smarts_core::verify::{self, Proof, Verified};
use tokio_util::sync::CancellationToken;

use super::at_hand::warnings;
use super::{FetchError, Origin, Session};
use crate::error::chain;

/// A plan that is carried out, and its file.
#[derive(Default)]
pub struct Keeper {
    waiting: Option<Carried>,
}

struct Carried {
    plan: Waiting,
    /// Which parts of it are carried out, in their order.
    parts: Vec<usize>,
    /// Which of these is under way.
    place: usize,
    /// For how long the PC has been running, for whoever asks later whether it has been restarted since.
    running: Running,
    /// It waited: an earlier run has begun it.
    waited: bool,
    /// The machine as it was before; until the update lock is held, which what is told first is a sign of.
    before: Option<Machine>,
    os: Arc<dyn Os>,
}

/// How many targets of a plan have come how far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Done, some with the next start of the PC only.
    pub done: usize,
    /// Failed.
    pub failed: usize,
    /// Not begun.
    pub left: usize,
}

/// A part of a plan that waited, with files that have been examined again.
#[derive(Debug)]
pub struct Resumed {
    /// What is left of it.
    pub plan: Plan,
    /// Which part of it, counted from 0.
    pub part: usize,
    /// Where its files come from.
    pub origin: Origin,
    /// What an offer of it would tell.
    pub warnings: Vec<Warning>,
    /// Whether the person has agreed to templates that nothing proves.
    pub accept_unproved: bool,
}

/// Why what is left of a plan cannot be gone on with.
#[derive(Debug, thiserror::Error)]
pub enum ResumeError {
    /// A file is not what was examined, or is gone.
    #[error("Failed to examine a file of the plan again")]
    File(#[source] verify::Error),
    /// What is signed of a file could not be looked up, or it did not come again.
    #[error("Failed to fetch a file of the plan again")]
    Fetch(#[source] FetchError),
    /// The plan is not used.
    #[error("Plan is not used")]
    Plan(#[source] kept::Error),
}

impl Session {
    /// Keeps what a person has agreed to, and where the files come from, until it is done.
    pub fn keep_plans(&self, plans: &[(&Plan, Origin)], machine: &Machine, accept_unproved: bool) -> Keeper {
        let part = |(plan, origin): &(&Plan, Origin)| {
            let mut part = Part::of(&*self.os, plan, accept_unproved, machine)?;
            part.kept.origin = *origin;
            Ok(part)
        };
        let parts: Result<Vec<Part>, waiting::Error> = plans.iter().map(part).collect();
        let now = self.clock.timestamp();
        let kept =
            parts.and_then(|parts| Waiting::keep(&*self.os, &self.paths, now, self.os.identity(), parts));
        match kept {
            Ok(waiting) => {
                let parts = (0..waiting.parts.len()).collect();
                self.keeper(waiting, parts, machine, false)
            }
            Err(error) => {
                tracing::warn!(error = chain(&error), "The plan is not kept");
                Keeper::default()
            }
        }
    }

    /// The oldest plan that waits to be gone on with.
    pub fn waiting(&self) -> Result<Option<Waiting>, waiting::Error> {
        waiting::resume(&*self.os, &self.paths)
    }

    /// The plan whose file has this name; `None`: it is gone.
    pub fn waiting_named(&self, file_name: &str) -> Result<Option<Waiting>, waiting::Error> {
        waiting::named(&*self.os, &self.paths, file_name)
    }

    /// Keeps a plan that waited while these parts of it are gone on with: those that are left of it, or some of them.
    pub fn keep_on(&self, plan: Waiting, parts: Vec<usize>, machine: &Machine) -> Keeper {
        self.keeper(plan, parts, machine, true)
    }

    fn keeper(&self, plan: Waiting, parts: Vec<usize>, machine: &Machine, waited: bool) -> Keeper {
        let running = Running::of(&*self.os, self.clock.timestamp());
        let (before, os) = (Some(machine.clone()), Arc::clone(&self.os));
        Keeper { waiting: Some(Carried { plan, parts, place: 0, running, waited, before, os }) }
    }

    /// Whether a plan goes on with the next start of the PC only.
    pub fn waits_for_restart(&self, plan: &Waiting, machine: &Machine) -> bool {
        plan.waits_for_restart(&*self.os, self.clock.timestamp(), machine)
    }

    /// Keeps on the plan that a job says it is a part of, which may have come from another process; `None`: it is gone,
    /// or it is about something else.
    pub fn keep_on_named(&self, goes_on: &GoesOn, plan: &Plan, machine: &Machine) -> Option<Keeper> {
        let waiting = self.waiting_named(&goes_on.plan).unwrap_or_else(|error| {
            tracing::warn!(error = chain(&error), "A plan that is gone on with is not found");
            None
        })?;
        let part = waiting.parts.get(goes_on.part)?;
        let is_target = |id: &String| part.targets.iter().any(|target| target.id == *id);
        let versions = part.kept.packages().iter().map(|package| package.release.version);
        let is_same = versions.eq(plan.packages().map(|package| package.release.version))
            && plan.target_ids().iter().all(is_target);
        is_same.then(|| self.keep_on(waiting, vec![goes_on.part], machine))
    }

    /// Examines the files of what is left of a plan again. Where a root is trusted they are looked up in the source and,
    /// if need be, fetched once more, whatever they were proved by before it was; files at hand, and all where none is
    /// trusted, have to lie where they lay.
    pub fn examine_again(
        &self,
        machine: &Machine,
        rest: Vec<Rest>,
        cancel: &CancellationToken,
    ) -> Result<Vec<Resumed>, ResumeError> {
        let is_real = self.os.machine_root().is_none();
        let mut resumed = Vec::new();
        let mut is_first = true;
        for Rest { part, kept } in rest {
            let accept_unproved = kept.accept_unproved;
            let (files, origin) = self.files_again(machine, &kept, cancel)?;
            let is_platform = kept.target_ids() == [PLATFORM];
            let bytes = files.iter().map(Verified::size).sum();
            let plan = kept.into_plan(files, machine, is_real).map_err(ResumeError::Plan)?;
            let plan = if is_platform {
                // What was known of it is as old as the plan.
                let former = if std::mem::take(&mut is_first) {
                    self.former_again(machine, bytes, cancel)?
                } else {
                    Former::StepBefore
                };
                plan.with_former(former)
            } else {
                plan
            };
            let warnings = warnings_of(&plan, machine);
            resumed.push(Resumed { plan, part, origin, warnings, accept_unproved });
        }
        Ok(resumed)
    }

    /// A source that cannot be opened is one without it.
    fn former_again(
        &self,
        machine: &Machine,
        bytes: u64,
        cancel: &CancellationToken,
    ) -> Result<Former, ResumeError> {
        match self.runtime().block_on(self.former(machine, bytes, cancel)) {
            Ok(former) => Ok(former),
            Err(error) if error.is_cancelled() => Err(ResumeError::Fetch(error)),
            Err(error) => {
                tracing::warn!(error = chain(&error), "No installer of the installed platform");
                Ok(Former::NotHad(NotHad::NotDownloaded))
            }
        }
    }

    fn files_again(
        &self,
        machine: &Machine,
        kept: &Kept,
        cancel: &CancellationToken,
    ) -> Result<(Vec<Verified>, Origin), ResumeError> {
        let is_signed = self.is_signed();
        let of_source =
            |one: &KeptPackage| one.proof == Proof::Signed || is_signed && one.release.file.is_some();
        if kept.packages().iter().any(of_source) {
            let releases: Vec<_> = kept.packages().iter().map(|package| package.release.clone()).collect();
            let fetch = self.fetch(machine, &releases, None, kept.accept_unproved, &|_| (), cancel);
            let fetched = self.runtime().block_on(fetch).map_err(ResumeError::Fetch)?;
            let origin = fetched.first().map_or(Origin::Folder, |one| one.origin);
            return Ok((fetched.into_iter().map(|one| one.file).collect(), origin));
        }
        let rules = self.rules(Trust::Folder, kept.accept_unproved);
        let again =
            kept.packages().iter().map(|one| verify::again(&one.path, &one.found(), &rules, &*self.os));
        let files = again.collect::<Result<_, _>>().map_err(ResumeError::File)?;
        Ok((files, kept.origin))
    }
}

fn warnings_of(plan: &Plan, machine: &Machine) -> Vec<Warning> {
    let subject = match &plan.subject {
        PlanSubject::Template(_) => Subject::Base,
        PlanSubject::Installer(plan) => match plan.target {
            InstallerTarget::Platform => Subject::Platform,
            InstallerTarget::Updater => Subject::Updater,
            InstallerTarget::Wizard { .. } => Subject::Base,
        },
    };
    let last = plan.packages().last();
    last.map_or_else(Vec::new, |package| warnings(subject, &package.release, machine))
}

impl Keeper {
    /// What is told from now on is about the part at this place of those that are carried out.
    pub fn begin(&mut self, place: usize) {
        if let Some(kept) = &mut self.waiting {
            kept.place = place;
        }
    }

    /// Notes how it goes. Told by whoever holds the update lock.
    pub fn progress(&mut self, progress: &Progress) {
        self.hold();
        match progress {
            Progress::Checking { base_id } => self.mark(base_id, State::Begun),
            Progress::Updated { base_id } => self.mark(base_id, State::Done),
            // Nothing of the base is changed by these; it is begun when it is looked at once more.
            Progress::StoppingServer { .. }
            | Progress::StartingServer { .. }
            | Progress::Unpacking { .. }
            | Progress::Copying { .. }
            | Progress::Applying { .. }
            | Progress::PuttingBack { .. }
            | Progress::Installing => {}
        }
    }

    /// Notes how a part ended that was about these.
    pub fn ended(&mut self, target_ids: &[String], outcome: &Outcome) {
        match outcome {
            Outcome::Bases(outcome) => {
                if let Some(failure) = &outcome.failed {
                    self.mark(&failure.base_id, state_of(&failure.error));
                }
            }
            // Its version is there, and what it has replaced is not in use yet: no base is updated on that.
            Outcome::RebootNeeded { .. } | Outcome::PlatformDone { reboot_asked: true, .. } => {
                self.ask_restart(target_ids);
            }
            Outcome::PlatformDone { .. } | Outcome::UpdaterDone { .. } | Outcome::WizardDone { .. } => {
                self.mark_all(target_ids, State::Done);
            }
            Outcome::Cancelled { .. } => self.mark_all(target_ids, State::NotBegun),
            // It was not this run's turn: nothing was begun.
            Outcome::Failed { error: apply::Error::Busy | apply::Error::Lock { .. }, .. } => {}
            Outcome::Failed { error, .. } => self.mark_all(target_ids, state_of(error)),
        }
    }

    /// Whether something waits that can be gone on with. A single target that failed does not: that was told, and the
    /// person begins it anew.
    pub fn has_rest(&self) -> bool {
        self.states().any(|state| matches!(state, State::NotBegun | State::Begun | State::RebootPending))
    }

    /// How far it is.
    pub fn sum(&self) -> Sum {
        self.states().fold(Sum::default(), |sum, state| match state {
            State::Done | State::RebootPending => Sum { done: sum.done + 1, ..sum },
            State::Failed => Sum { failed: sum.failed + 1, ..sum },
            State::NotBegun | State::Begun => Sum { left: sum.left + 1, ..sum },
        })
    }

    /// Whether nothing of it was begun, nor has it waited.
    pub fn is_untouched(&self) -> bool {
        let waited = self.waiting.as_ref().is_some_and(|kept| kept.waited);
        !waited && self.states().all(|state| state == State::NotBegun)
    }

    /// Whether an installer of it takes effect with the next start of the PC only.
    pub fn waits_for_restart(&self) -> bool {
        self.states().any(|state| state == State::RebootPending)
    }

    /// Takes the plan away, unless something of it was begun and something else is left: of one that waited, for the
    /// machine as it is now, where others may have done something of it.
    pub fn settle(self, machine: impl FnOnce() -> Machine) {
        let is_left = self.states().any(|state| matches!(state, State::NotBegun | State::Begun));
        let is_done = || {
            let waited = self.waiting.as_ref().filter(|kept| kept.waited);
            waited.is_some_and(|kept| kept.plan.rest(&machine()).is_ok_and(|rest| rest.is_empty()))
        };
        if self.is_untouched() || !is_left || is_done() {
            self.give_up();
        }
    }

    /// Takes the plan away.
    pub fn give_up(self) {
        if let Some(Err(error)) = self.waiting.map(|kept| kept.plan.end()) {
            tracing::warn!(error = chain(&error), "A plan that is over stays on the disk");
        }
    }

    /// Once the update lock is held: what this plan takes the place of goes, and what waited for a restart has had it.
    fn hold(&mut self) {
        let Some(Carried { plan, waited, before, os, .. }) = &mut self.waiting else { return };
        let Some(machine) = before.take() else { return };
        if !*waited {
            plan.supersede(&**os, &machine);
        } else if let Err(error) = plan.restarted(&machine) {
            tracing::warn!(error = chain(&error), "How far the plan is is not kept");
        }
    }

    fn states(&self) -> impl Iterator<Item = State> {
        let parts = self.waiting.iter().flat_map(|kept| &kept.plan.parts);
        parts.flat_map(|part| &part.targets).map(|target| target.state)
    }

    fn mark_all(&mut self, target_ids: &[String], state: State) {
        for id in target_ids {
            self.mark(id, state);
        }
    }

    fn mark(&mut self, target_id: &str, state: State) {
        self.note(|plan, part, _| plan.mark(part, target_id, state));
    }

    fn ask_restart(&mut self, target_ids: &[String]) {
        for id in target_ids {
            self.note(|plan, part, running| plan.ask_restart(part, id, running));
        }
    }

    fn note(&mut self, note: impl FnOnce(&mut Waiting, usize, Running) -> Result<(), waiting::Error>) {
        let Some(Carried { plan, parts, place, running, .. }) = &mut self.waiting else { return };
        let Some(part) = parts.get(*place) else { return };
        if let Err(error) = note(plan, *part, *running) {
            tracing::warn!(error = chain(&error), "How far the plan is is not kept");
        }
    }
}

fn state_of(error: &apply::Error) -> State {
    match error {
        // Nothing was changed, and the person stopped it.
        apply::Error::Cancelled => State::NotBegun,
        _ => State::Failed,
    }
}

#[cfg(test)]
mod tests;
