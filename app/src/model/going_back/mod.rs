//! Going back: the dialog in which a person chooses a copy of a base and how far the base goes back, sees what that
//! would do, and agrees to it; and from which a copy is made at once.
//!
//! What would happen is found out by the worker, which keeps it until the person agrees. Every look has a number of its
//! own, so that an answer about a former choice is known as one, and nothing is carried out but what was seen.

mod messages;
mod page;

use smarts_core::backup::Way;
use smarts_core::journal::What;

pub use self::messages::{GoingBackAction, GoingBackCommand, GoingBackEvent};
pub use self::page::{
    Copy, CopyQuestion, GoingBackPage, Listed, Look, Next, Obstacle, OldCopy, Outlook, Part, Room,
    may_go_back,
};
use super::activity::{Activity, CopyOutcome, CopyStage, Stage};
use super::history::HistoryLine;
use super::{Command, Dialog, Model, Permission, Tab};

impl Model {
    /// What leads to the copy that an entry of the history tells of, if its base lies on this PC.
    pub fn way_back_of(&self, line: &HistoryLine) -> Option<GoingBackAction> {
        let entry = line.entry.journal.as_ref().filter(|entry| entry.what != What::CopyDeleted)?;
        let copy = line.copy_dir()?.rsplit(['/', '\\']).next()?.to_owned();
        let base = self.machine.as_ref()?.base(&entry.subject).filter(|base| may_go_back(base))?;
        Some(GoingBackAction::Open { base_id: base.id.clone(), copy: Some(copy) })
    }

    /// The dialog, if it is open.
    pub fn going_back(&self) -> Option<&GoingBackPage> {
        match &self.dialog {
            Some(Dialog::GoingBack(page)) => Some(page),
            _ => None,
        }
    }

    /// Why the base of the dialog cannot go back now.
    pub fn back_obstacle(&self, page: &GoingBackPage) -> Option<Obstacle> {
        if let Some(obstacle) = self.copy_obstacle(&page.base_id) {
            return Some(obstacle);
        }
        match &page.look {
            _ if page.copy().is_none() => Some(Obstacle::NothingChosen),
            Look::None | Look::Looking { .. } => Some(Obstacle::Looking),
            Look::Fault(_) => Some(Obstacle::Fault),
            Look::Seen(outlook) if outlook.is_nothing() => Some(Obstacle::Nothing),
            Look::Seen(outlook) if outlook.present.as_ref().is_some_and(Room::lacks) => {
                Some(Obstacle::NoRoom)
            }
            Look::Seen(_) => None,
        }
    }

    /// Why nothing can be done with copies of a base now.
    pub fn copy_obstacle(&self, base_id: &str) -> Option<Obstacle> {
        if self.permission != Permission::Granted {
            Some(Obstacle::NotTheirs)
        } else if self.is_applying() {
            Some(Obstacle::Busy)
        } else if self.activity(base_id).is_some_and(Activity::is_transfer) {
            Some(Obstacle::Downloading)
        } else {
            None
        }
    }

    pub(super) fn change_going_back(&mut self, action: GoingBackAction) -> Vec<Command> {
        match action {
            GoingBackAction::Open { base_id, copy } => self.open_going_back(base_id, copy),
            GoingBackAction::Choose(id) => self.choose_copy(id),
            GoingBackAction::Way(way) => self.choose_way(way),
            GoingBackAction::LookAgain => self.look_at_copy(),
            GoingBackAction::Confirm => self.go_back(),
            GoingBackAction::Copy => self.ask_about_copy(),
            GoingBackAction::Delete(delete) => {
                self.on_page(|page| page.question = page.question.map(|_| CopyQuestion { delete }))
            }
            GoingBackAction::ConfirmCopy => self.copy_now(),
            GoingBackAction::DeclineCopy => self.on_page(|page| page.question = None),
        }
    }

    fn on_page(&mut self, change: impl FnOnce(&mut GoingBackPage)) -> Vec<Command> {
        if let Some(Dialog::GoingBack(page)) = &mut self.dialog {
            change(page);
        }
        Vec::new()
    }

    fn open_going_back(&mut self, base_id: String, wanted: Option<String>) -> Vec<Command> {
        let of_machine = self.machine.as_ref().and_then(|machine| machine.base(&base_id));
        let name = of_machine.map_or_else(|| self.name_of(&base_id).to_owned(), |base| base.name.clone());
        self.dialog = Some(Dialog::GoingBack(GoingBackPage {
            base_id: base_id.clone(),
            name,
            listed: None,
            chosen: None,
            way: Way::Replaced,
            look: Look::None,
            question: None,
            wanted,
            number: 0,
        }));
        vec![Command::GoingBack(GoingBackCommand::List { base_id })]
    }

    /// An answer about a base that is not looked at any more comes too late.
    pub(super) fn hear_of_going_back(&mut self, event: GoingBackEvent) -> Vec<Command> {
        let Some(Dialog::GoingBack(page)) = &mut self.dialog else { return Vec::new() };
        match event {
            GoingBackEvent::Listed { base_id, listed } if page.base_id == base_id => {
                page.listed = Some(listed);
                let usable = |copy: &&Copy| copy.is_usable();
                let wanted = page.wanted.take();
                let is_wanted = |copy: &&Copy| wanted.as_ref() == Some(&copy.id);
                let copies = || page.copies().iter().filter(usable);
                let chosen = copies().find(is_wanted).or_else(|| copies().next()).map(|copy| copy.id.clone());
                chosen.map_or_else(Vec::new, |id| self.choose_copy(id))
            }
            GoingBackEvent::Looking { number, done, total } if page.number == number => {
                if let Look::Looking { .. } = page.look {
                    page.look = Look::Looking { done, total };
                }
                Vec::new()
            }
            GoingBackEvent::Looked { number, seen } if page.number == number => {
                page.look = seen.map_or_else(Look::Fault, Look::Seen);
                Vec::new()
            }
            GoingBackEvent::Listed { .. }
            | GoingBackEvent::Looking { .. }
            | GoingBackEvent::Looked { .. } => Vec::new(),
        }
    }

    fn choose_copy(&mut self, id: String) -> Vec<Command> {
        let Some(Dialog::GoingBack(page)) = &mut self.dialog else { return Vec::new() };
        let Some(copy) = page.copies().iter().find(|copy| copy.id == id && copy.is_usable()) else {
            return Vec::new();
        };
        let way = if copy.has_changes { Way::Replaced } else { Way::Whole };
        if page.chosen.as_ref() == Some(&id) {
            return Vec::new();
        }
        (page.chosen, page.way) = (Some(id), way);
        self.look_at_copy()
    }

    fn choose_way(&mut self, way: Way) -> Vec<Command> {
        let Some(Dialog::GoingBack(page)) = &mut self.dialog else { return Vec::new() };
        let is_possible = way == Way::Whole || page.copy().is_some_and(|copy| copy.has_changes);
        if page.way == way || !is_possible {
            return Vec::new();
        }
        page.way = way;
        self.look_at_copy()
    }

    fn look_at_copy(&mut self) -> Vec<Command> {
        let Some(Dialog::GoingBack(page)) = &mut self.dialog else { return Vec::new() };
        let Some(copy) = page.chosen.clone() else { return Vec::new() };
        self.looks += 1;
        page.number = self.looks;
        page.look = Look::Looking { done: 0, total: 0 };
        let (number, way) = (page.number, page.way);
        vec![Command::GoingBack(GoingBackCommand::Look { number, copy, way })]
    }

    /// Before the dialog closes.
    pub(super) fn stop_looking(&self) -> Vec<Command> {
        let is_used = |page: &GoingBackPage| matches!(page.look, Look::Looking { .. } | Look::Seen(_));
        let stop = Command::GoingBack(GoingBackCommand::StopLooking);
        self.going_back().filter(|page| is_used(page)).map(|_| stop).into_iter().collect()
    }

    fn go_back(&mut self) -> Vec<Command> {
        let Some(page) = self.going_back() else { return Vec::new() };
        if self.back_obstacle(page).is_some() {
            return Vec::new();
        }
        let (number, base_id) = (page.number, page.base_id.clone());
        self.begin_copies(&base_id);
        vec![Command::GoingBack(GoingBackCommand::GoBack { number, base_id })]
    }

    fn ask_about_copy(&mut self) -> Vec<Command> {
        let Some(page) = self.going_back() else { return Vec::new() };
        if page.too_many().is_empty() {
            return self.copy_now();
        }
        self.on_page(|page| page.question = Some(CopyQuestion::default()))
    }

    fn copy_now(&mut self) -> Vec<Command> {
        let Some(page) = self.going_back() else { return Vec::new() };
        let is_known = matches!(&page.listed, Some(Ok(Listed { next: Ok(_), .. })));
        if !is_known || self.copy_obstacle(&page.base_id).is_some() {
            return Vec::new();
        }
        let base_id = page.base_id.clone();
        let agreed = page.question.is_some_and(|question| question.delete);
        let delete = if agreed { page.too_many() } else { &[] };
        let delete = delete.iter().map(|old| old.id.clone()).collect();
        self.begin_copies(&base_id);
        vec![Command::GoingBack(GoingBackCommand::Copy { base_id, delete })]
    }

    /// What the row says before comes back if nothing becomes of it.
    fn begin_copies(&mut self, base_id: &str) {
        self.dialog = None;
        let begun = Activity::Applying(Stage::Copies(CopyStage::Preparing));
        self.before_copies = self.activities.insert(base_id.to_owned(), begun);
        self.refresh_rows();
        if self.tab != Tab::Updates {
            // How it goes is told on the base's row.
            let _ = self.show_item(base_id.to_owned());
        }
    }

    /// The row after it has ended.
    pub(super) fn end_copies(&mut self, outcome: CopyOutcome) -> Option<Activity> {
        let before = self.before_copies.take();
        match outcome {
            CopyOutcome::Stopped => before,
            outcome @ (CopyOutcome::WentBack(_)
            | CopyOutcome::NotGoneBack(_)
            | CopyOutcome::Made(_)
            | CopyOutcome::NotMade(_)
            | CopyOutcome::NotPermitted) => Some(Activity::Copies(outcome)),
        }
    }
}
