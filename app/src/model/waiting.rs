//! What was agreed to and not finished: told above the list until the person goes on with it or gives it up.

use jiff::Timestamp;
use smarts_core::plan::kept::GoesOn;

use super::at_hand::{OfFile, Purpose};
use super::sheet::Choice;
use super::{Command, Dialog, Model, PLATFORM, Permission};

/// A plan that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingPlan {
    /// The name of its file; `None`: it is not even known which.
    pub file_name: Option<String>,
    /// Who has agreed to it.
    pub user: String,
    /// When.
    pub agreed_at: Timestamp,
    /// What is left of it, in its order.
    pub left: Vec<Left>,
    /// What there is to do about it.
    pub state: WaitingState,
}

/// What is left to update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// `platform`, `updater`, or a base's id.
    pub id: String,
    /// The base's name; empty for the others.
    pub name: String,
    /// Which part of the plan it belongs to, counted from 0; a part is gone on with at once.
    pub part: usize,
    /// What is installed by that part: what was agreed to, whatever the source offers by now.
    pub of_file: OfFile,
}

/// What there is to do about a plan that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaitingState {
    /// It can be gone on with.
    Ready,
    /// The PC has to be started anew first.
    Restart,
    /// It does not suit the machine any more, or is not believed; a sentence.
    Unfit(String),
}

/// What a person does about a plan that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitingAction {
    /// Look at its next part again, and go on with it.
    GoOn,
    /// Ask whether the rest is to be given up.
    Abandon,
    /// Give up the rest of the plan that was asked about.
    ConfirmAbandon,
}

/// The question before the rest of a plan is given up, which may be another person's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbandonQuestion {
    /// The plan, as it was shown.
    pub plan: WaitingPlan,
    /// It is being given up.
    pub is_under_way: bool,
    /// Why it was not; a sentence.
    pub failure: Option<String>,
}

impl WaitingPlan {
    /// Bases that are left.
    pub fn bases(&self) -> usize {
        self.left.iter().filter(|left| !left.name.is_empty()).count()
    }

    /// What the next part is about.
    fn next_part(&self) -> impl Iterator<Item = &Left> {
        let part = self.left.first().map(|left| left.part);
        self.left.iter().filter(move |left| Some(left.part) == part)
    }
}

/// The rows are about what their source offers, and this is not: as with a file at hand it waits under a key of its own.
fn key(left: &Left) -> String {
    let purpose = match left.id.as_str() {
        _ if !left.name.is_empty() => Purpose::Bases,
        PLATFORM => Purpose::Platform,
        _ => Purpose::Updater,
    };
    purpose.key()
}

impl Model {
    /// What there is to be said of it now: not while something is being installed, which may be its rest.
    pub fn waiting(&self) -> Option<&WaitingPlan> {
        self.waiting.as_ref().filter(|_| !self.is_applying() && self.permission == Permission::Granted)
    }

    pub(super) fn take_waiting(&mut self, waiting: Option<WaitingPlan>) -> Vec<Command> {
        self.waiting = waiting;
        Vec::new()
    }

    fn abandon(&mut self) -> Vec<Command> {
        let Some(Dialog::Abandon(question)) = &mut self.dialog else { return Vec::new() };
        let Some(plan) = question.plan.file_name.clone().filter(|_| !question.is_under_way) else {
            return Vec::new();
        };
        question.is_under_way = true;
        question.failure = None;
        vec![Command::AbandonPlan { plan }]
    }

    /// A failure is told also to whoever has closed the question meanwhile, if nothing else is open.
    pub(super) fn end_abandoning(&mut self, result: Result<(), String>) -> Vec<Command> {
        let asked = match &mut self.dialog {
            Some(Dialog::Abandon(question)) => Some(question.plan.clone()),
            Some(_) => return Vec::new(),
            None => self.waiting.clone(),
        };
        match (result, asked) {
            (Ok(()), _) => self.dialog = None,
            (Err(why), Some(plan)) => {
                let question = AbandonQuestion { plan, is_under_way: false, failure: Some(why) };
                self.dialog = Some(Dialog::Abandon(question));
            }
            (Err(_), None) => {}
        }
        Vec::new()
    }

    pub(super) fn change_waiting(&mut self, action: WaitingAction) -> Vec<Command> {
        match action {
            WaitingAction::GoOn => self.go_on(),
            WaitingAction::Abandon => {
                let Some(plan) = self.waiting().cloned() else { return Vec::new() };
                self.show(Dialog::Abandon(AbandonQuestion { plan, is_under_way: false, failure: None }))
            }
            WaitingAction::ConfirmAbandon => self.abandon(),
        }
    }

    fn go_on(&mut self) -> Vec<Command> {
        let Some(waiting) = self.waiting().filter(|waiting| waiting.state == WaitingState::Ready) else {
            return Vec::new();
        };
        let part: Vec<Left> = waiting.next_part().cloned().collect();
        let (Some(first), Some(plan)) = (part.first(), waiting.file_name.clone()) else { return Vec::new() };
        let (item_id, of_file) = (key(first), first.of_file.clone());
        let goes_on = GoesOn { plan, part: first.part };
        let bases = part.into_iter().filter(|left| !left.name.is_empty());
        let choice = |left: Left| Choice { id: left.id, name: left.name, chosen: true };
        let choices: Vec<Choice> = bases.map(choice).collect();
        let base_ids = choices.iter().map(|choice| choice.id.clone()).collect();
        // The worker examines the files again and answers for this very sheet.
        let _ = self.show_sheet_of(&item_id, choices, Some(of_file));
        vec![Command::GoOn { item_id, base_ids, goes_on }]
    }
}
