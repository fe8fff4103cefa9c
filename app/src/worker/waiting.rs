//! What was agreed to and not finished.

use smarts_core::machine::Machine;
use smarts_core::plan::waiting::{self, Rest, Waiting};
use tokio_util::sync::CancellationToken;

use super::Shared;
use super::prepared::Prepared;
use crate::elevated::ask;
use crate::error::chain;
use crate::i18n::sentence;
use crate::model::waiting::{Left, WaitingPlan, WaitingState};
use crate::model::{Event, Notice};
use crate::session::{Proved, ResumeError, Resumed};

impl Shared {
    /// Tells what waits, as the machine is now.
    pub(super) fn tell_waiting(&self, machine: &Machine) {
        let told = match self.session.waiting() {
            Ok(waiting) => waiting.and_then(|waiting| self.told(machine, &waiting)),
            Err(error) => {
                tracing::warn!(error = chain(&error), "A plan that waits is not read");
                let state = WaitingState::Unfit(sentence(&self.texts.plan_error(&error)));
                let agreed_at = self.session.clock.timestamp();
                Some(WaitingPlan { user: String::new(), agreed_at, left: Vec::new(), state })
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
            Err(unfit) => (Vec::new(), WaitingState::Unfit(sentence(&self.texts.plan_unfit(&unfit)))),
        };
        Some(WaitingPlan { user: waiting.user.clone(), agreed_at: waiting.agreed_at, left, state })
    }

    /// Prepares the next part, which the window has shown to be about these.
    pub(super) fn go_on(&self, item_id: String, base_ids: Vec<String>) {
        match self.resumed(&item_id) {
            Ok(resumed) => {
                let Resumed { plan, origin, .. } = resumed;
                let proved = Proved::weakest(plan.packages().map(|one| Proved::of(&one.verified, origin)));
                let size = plan.packages().map(|package| package.verified.size()).sum();
                self.preparations.put(&item_id, Prepared::of(plan, base_ids.clone(), origin));
                if let Some(proved) = proved {
                    self.outbox.post(Event::Verified { item_id: item_id.clone(), proved, size });
                }
                self.preview(item_id, base_ids);
            }
            Err(notice) => self.outbox.post(Event::SheetReady { item_id, base_ids, sheet: Err(notice) }),
        }
    }

    fn resumed(&self, item_id: &str) -> Result<Resumed, Notice> {
        let machine = self.session.machine();
        let notice = |what: String| Notice::of(sentence(&what));
        let gone = || Notice::of(self.texts.offer_gone());
        let waiting = self.session.waiting().map_err(|error| notice(self.texts.plan_error(&error)))?;
        let rest = waiting.ok_or_else(gone)?.rest(&machine);
        let rest = rest.map_err(|unfit| notice(self.texts.plan_unfit(&unfit)))?;
        let next: Vec<Rest> = rest.into_iter().take(1).collect();
        if next.iter().flat_map(|rest| rest.kept.target_ids()).next().as_deref() != Some(item_id) {
            return Err(gone());
        }
        let cancel = CancellationToken::new();
        let resumed = self.session.examine_again(&machine, next, &cancel).map_err(|error| match &error {
            ResumeError::File(error) => notice(self.texts.verify_error(error)),
            ResumeError::Fetch(error) => self.texts.fetch_notice(error, &self.session.clock.now()),
            ResumeError::Plan(error) => notice(chain(error)),
        })?;
        resumed.into_iter().next().ok_or_else(gone)
    }

    /// Gives the rest up; here, or in a process with an administrator's rights.
    pub(super) fn abandon(&self) {
        if self.session.os.is_elevated() {
            let ended = match self.session.waiting() {
                Ok(waiting) => waiting.map_or(Ok(()), Waiting::end),
                // What it says is not believed, and it stands in the way of others.
                Err(waiting::Error::NotAPlan { path, .. } | waiting::Error::Open { path }) => {
                    waiting::remove(&path)
                }
                Err(error) => Err(error),
            };
            if let Err(error) = ended {
                tracing::error!(error = chain(&error), "A plan was not given up");
            }
        } else if let Err(error) = ask::abandon(&self.session) {
            tracing::error!(error = chain(&error), "A plan was not given up");
        }
        self.tell_waiting(&self.session.machine());
    }
}

fn left(machine: &Machine, rest: &[Rest]) -> Vec<Left> {
    let ids = rest.iter().flat_map(|rest| rest.kept.target_ids().into_iter().map(|id| (rest.part, id)));
    let left = ids.map(|(part, id)| {
        let name = machine.base(&id).map_or_else(String::new, |base| base.name.clone());
        Left { id, name, part }
    });
    left.collect()
}
