//! Plans on disk, as this program keeps them while it carries them out, and goes on with them.
//!
//! Keeping them is for whoever comes after a power cut, so a plan that cannot be kept is carried out all the same: the
//! journal, without which nothing is done, knows of every base that was begun.

use smarts_core::apply::{self, Outcome, Progress};
use smarts_core::machine::Machine;
use smarts_core::offer::PLATFORM;
use smarts_core::plan::Plan;
use smarts_core::plan::kept::{self, Kept};
use smarts_core::plan::waiting::{self, Part, State, Waiting};
use smarts_core::platform::former::{Former, NotHad};
use smarts_core::source::Trust;
use smarts_core::verify::{self, Proof, Verified};
use tokio_util::sync::CancellationToken;

use super::{FetchError, Origin, Session};
use crate::error::chain;

/// A plan that is carried out, and its file.
#[derive(Default)]
pub struct Keeper {
    waiting: Option<Waiting>,
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
    /// Where its files come from.
    pub origin: Origin,
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
    /// Keeps what a person has agreed to until it is done.
    pub fn keep_plans(&self, plans: &[&Plan], machine: &Machine, accept_unproved: bool) -> Keeper {
        let part = |plan: &&Plan| Part::of(&*self.os, plan, accept_unproved, machine);
        let parts: Result<Vec<Part>, waiting::Error> = plans.iter().map(part).collect();
        let now = self.clock.timestamp();
        let kept =
            parts.and_then(|parts| Waiting::keep(&*self.os, &self.paths, now, self.os.identity(), parts));
        match kept {
            Ok(waiting) => {
                waiting.supersede(&*self.os, machine);
                Keeper { waiting: Some(waiting) }
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

    /// Examines the files of what is left of a plan again. Where a root is trusted they are looked up in the source and,
    /// if need be, fetched once more; elsewhere they have to lie where they lay.
    pub fn examine_again(
        &self,
        machine: &Machine,
        rest: Vec<Kept>,
        cancel: &CancellationToken,
    ) -> Result<Vec<Resumed>, ResumeError> {
        let is_real = self.os.machine_root().is_none();
        let mut resumed = Vec::new();
        let mut is_first = true;
        for kept in rest {
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
            resumed.push(Resumed { plan, origin, accept_unproved });
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
        if kept.packages().iter().any(|package| package.proof == Proof::Signed) {
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
        Ok((files, Origin::Folder))
    }
}

impl Keeper {
    /// Of a plan that waited.
    pub fn of(waiting: Waiting) -> Self {
        Self { waiting: Some(waiting) }
    }

    /// Notes how it goes.
    pub fn progress(&mut self, progress: &Progress) {
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
            Outcome::PlatformDone { .. } | Outcome::UpdaterDone { .. } | Outcome::WizardDone { .. } => {
                self.mark_all(target_ids, State::Done);
            }
            Outcome::RebootNeeded { .. } => self.mark_all(target_ids, State::RebootPending),
            Outcome::Cancelled { .. } => self.mark_all(target_ids, State::NotBegun),
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

    /// Whether nothing of it was begun.
    pub fn is_untouched(&self) -> bool {
        self.states().all(|state| state == State::NotBegun)
    }

    /// Whether an installer of it takes effect with the next start of the PC only.
    pub fn waits_for_restart(&self) -> bool {
        self.states().any(|state| state == State::RebootPending)
    }

    /// Takes the plan away, unless something of it was begun and something else is left.
    pub fn settle(self) {
        let is_left = self.states().any(|state| matches!(state, State::NotBegun | State::Begun));
        if self.is_untouched() || !is_left {
            self.give_up();
        }
    }

    /// Takes the plan away.
    pub fn give_up(self) {
        if let Some(Err(error)) = self.waiting.map(Waiting::end) {
            tracing::warn!(error = chain(&error), "A plan that is over stays on the disk");
        }
    }

    fn states(&self) -> impl Iterator<Item = State> {
        let parts = self.waiting.iter().flat_map(|waiting| &waiting.parts);
        parts.flat_map(|part| &part.targets).map(|target| target.state)
    }

    fn mark_all(&mut self, target_ids: &[String], state: State) {
        for id in target_ids {
            self.mark(id, state);
        }
    }

    fn mark(&mut self, target_id: &str, state: State) {
        if let Some(Err(error)) = self.waiting.as_mut().map(|waiting| waiting.mark(target_id, state)) {
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
