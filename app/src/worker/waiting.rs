//! What was agreed to and not finished.

use smarts_core::machine::Machine;
use smarts_core::plan::kept::GoesOn;
use smarts_core::plan::waiting::{self, Rest, State, Waiting};
use tokio_util::sync::CancellationToken;

use super::prepared::Prepared;
use super::{Shared, lock};
use crate::elevated::ask;
use crate::error::chain;
use crate::i18n::sentence;
use crate::model::at_hand::OfFile;
use crate::model::waiting::{Left, WaitingPlan, WaitingState};
use crate::model::{Event, Notice};
use crate::session::{ResumeError, Resumed};

impl Shared {
    /// Tells what waits, as the machine is now.
    pub(super) fn tell_waiting(&self, machine: &Machine) {
        let told = match self.session.waiting() {
            Ok(waiting) => waiting.and_then(|waiting| self.told(machine, &waiting)),
            Err(error) => {
                tracing::warn!(error = chain(&error), "A plan that waits is not read");
                let state = WaitingState::Unfit(sentence(&self.texts.plan_error(&error)));
                let agreed_at = self.session.clock.timestamp();
                let file_name = error.file_name();
                Some(WaitingPlan { file_name, user: String::new(), agreed_at, left: Vec::new(), state })
            }
        };
        self.outbox.post(Event::WaitingRead(told));
    }

    fn told(&self, machine: &Machine, waiting: &Waiting) -> Option<WaitingPlan> {
        let (left, state) = match waiting.rest(machine) {
            Ok(rest) if rest.is_empty() => return None,
            Ok(rest) if self.session.waits_for_restart(waiting, machine) => {
                (left(machine, &rest), WaitingState::Restart)
            }
            Ok(rest) => (left(machine, &rest), WaitingState::Ready),
            Err(unfit) => (undone(waiting), WaitingState::Unfit(sentence(&self.texts.plan_unfit(&unfit)))),
        };
        let (file_name, user) = (Some(waiting.file_name()), waiting.user.clone());
        Some(WaitingPlan { file_name, user, agreed_at: waiting.agreed_at, left, state })
    }

    /// Prepares a part, which the window has shown to be about these. `turn`: of the files at hand, as it waits among
    /// them.
    pub(super) fn go_on(&self, item_id: String, base_ids: Vec<String>, goes_on: GoesOn, turn: u64) {
        match self.resumed(&goes_on) {
            Ok(Resumed { plan, origin, warnings, .. }) => {
                let wanted = lock(&self.at_hand_turn);
                if *wanted != turn {
                    return;
                }
                let prepared = Prepared::of(plan, base_ids.clone(), origin);
                let prepared = Prepared { warnings, goes_on: Some(goes_on), ..prepared };
                self.preparations.put(&item_id, prepared);
                drop(wanted);
                self.preview(item_id, base_ids);
            }
            Err(notice) => self.outbox.post(Event::SheetReady { item_id, base_ids, sheet: Err(notice) }),
        }
    }

    fn resumed(&self, goes_on: &GoesOn) -> Result<Resumed, Notice> {
        let machine = self.session.machine();
        let notice = |what: String| Notice::of(sentence(&what));
        let gone = || Notice::of(self.texts.plan_gone());
        let waiting = self.session.waiting_named(&goes_on.plan);
        let waiting = waiting.map_err(|error| notice(self.texts.plan_error(&error)))?.ok_or_else(gone)?;
        let rest = waiting.rest(&machine).map_err(|unfit| notice(self.texts.plan_unfit(&unfit)))?;
        if self.session.waits_for_restart(&waiting, &machine) {
            return Err(notice(self.texts.plan_restart()));
        }
        let next: Vec<Rest> = rest.into_iter().take(1).filter(|rest| rest.part == goes_on.part).collect();
        let cancel = CancellationToken::new();
        let resumed = self.session.examine_again(&machine, next, &cancel).map_err(|error| match &error {
            ResumeError::File(error) => notice(self.texts.verify_error(error)),
            ResumeError::Fetch(error) => self.texts.fetch_notice(error, &self.session.clock.now()),
            ResumeError::Plan(error) => notice(chain(error)),
        })?;
        resumed.into_iter().next().ok_or_else(gone)
    }

    /// Gives the rest up; here, or in a process with an administrator's rights.
    pub(super) fn abandon(&self, plan: &str) {
        let ended = if self.session.os.is_elevated() {
            waiting::give_up(&*self.session.os, &self.session.paths, plan).map_err(|error| {
                tracing::error!(error = chain(&error), "A plan was not given up");
                self.texts.plan_error(&error)
            })
        } else {
            ask::abandon(&self.session, plan).map_err(|error| {
                tracing::error!(error = chain(&error), "A plan was not given up");
                self.texts.abandon_error(&error)
            })
        };
        self.outbox.post(Event::PlanAbandoned(ended.map_err(|why| sentence(&why))));
        self.tell_waiting(&self.session.machine());
    }

    /// For a panic in the thread that gives up.
    pub(super) fn abandon_broke(&self) {
        self.outbox.post(Event::PlanAbandoned(Err(sentence(&self.texts.internal_error()))));
    }
}

/// What is not done of a plan that does not suit the machine any more, as far as its own marks say.
fn undone(waiting: &Waiting) -> Vec<Left> {
    let parts = waiting.parts.iter().enumerate();
    let undone = parts.filter_map(|(place, part)| Some((place, part, part.kept.packages().last()?)));
    let undone = undone.flat_map(|(place, part, package)| {
        let version = package.release.version;
        let undone = part.targets.iter().filter(|target| target.state != State::Done);
        undone.map(move |target| Left {
            id: target.id.clone(),
            name: target.name.clone(),
            part: place,
            of_file: OfFile { product: String::new(), version },
        })
    });
    undone.collect()
}

fn left(machine: &Machine, rest: &[Rest]) -> Vec<Left> {
    let ids = rest.iter().flat_map(|rest| rest.kept.target_ids().into_iter().map(move |id| (rest, id)));
    let left = ids.filter_map(|(rest, id)| {
        let base = machine.base(&id);
        let (name, product) =
            base.map_or_else(Default::default, |base| (base.name.clone(), base.product.clone()));
        // A part has a package, or nothing to install.
        let version = rest.kept.packages().last()?.release.version;
        Some(Left { id, name, part: rest.part, of_file: OfFile { product, version } })
    });
    left.collect()
}
