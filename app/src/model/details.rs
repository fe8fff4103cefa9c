//! What is open beside or above the list about one of its rows, the platform or this program.
//!
//! Everything in it is known already but the copies, which the worker lists; one question about these is under way at a
//! time, however fast a person walks through the list.

use super::going_back::{GoingBackCommand, GoingBackEvent, Listed};
use super::list::{GroupKey, Row};
use super::{Command, Model};

/// What they are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// `platform`, `updater`, or a base by its id.
    Item(String),
    /// Several bases with the same offer.
    Group(GroupKey),
}

/// The details that are open.
#[derive(Clone, Debug, PartialEq)]
pub struct Details {
    /// About what.
    pub of: Of,
    /// The copies of a base; `None` while they are looked for; an error is a sentence.
    pub copies: Option<Result<Listed, String>>,
}

/// What a person does with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DetailsAction {
    /// Show them.
    Open(Of),
    /// Away with them.
    Close,
}

impl Model {
    pub(super) fn change_details(&mut self, action: DetailsAction) -> Vec<Command> {
        match action {
            DetailsAction::Open(of) => self.open_details(of),
            DetailsAction::Close => {
                self.details = None;
                Vec::new()
            }
        }
    }

    fn open_details(&mut self, of: Of) -> Vec<Command> {
        if self.details.as_ref().is_some_and(|details| details.of == of) {
            return Vec::new();
        }
        self.details = Some(Details { of, copies: None });
        self.ask_for_copies()
    }

    /// Open details are about the current row.
    pub(super) fn details_follow(&mut self) -> Vec<Command> {
        let current = self.current_row().and_then(|row| self.details_of(row));
        match current {
            Some(of) if self.details.is_some() => self.open_details(of),
            Some(_) | None => Vec::new(),
        }
    }

    /// Copies may have come or gone.
    pub(super) fn ask_for_copies(&mut self) -> Vec<Command> {
        let Some(base_id) = self.base_of_details().filter(|_| self.copies_asked.is_none()) else {
            return Vec::new();
        };
        self.copies_asked = Some(base_id.clone());
        vec![Command::GoingBack(GoingBackCommand::List { base_id })]
    }

    fn base_of_details(&self) -> Option<String> {
        let Of::Item(id) = &self.details.as_ref()?.of else { return None };
        let base = self.machine.as_ref()?.base(id)?;
        base.dir.is_some().then(|| base.id.clone())
    }

    /// An answer about another base than the present one is late: it is asked again.
    pub(super) fn hear_of_copies(&mut self, event: &GoingBackEvent) -> Vec<Command> {
        let GoingBackEvent::Listed { base_id, listed } = event else { return Vec::new() };
        if self.copies_asked.as_ref() == Some(base_id) {
            self.copies_asked = None;
        }
        if self.base_of_details().as_ref() != Some(base_id) {
            return self.ask_for_copies();
        }
        if let Some(details) = &mut self.details {
            details.copies = Some(listed.clone());
        }
        Vec::new()
    }

    /// Whatever they are about may be gone.
    pub(super) fn forget_gone_details(&mut self) {
        let is_there = match self.details.as_ref().map(|details| &details.of) {
            None => return,
            Some(Of::Item(id)) => {
                self.item_by_id(id).is_some() || self.list.entries.iter().any(|entry| entry.id == *id)
            }
            Some(Of::Group(key)) => {
                let is_it = |row: &Row| matches!(row, Row::Group { key: other, .. } if other == key);
                self.list.rows.iter().any(is_it)
            }
        };
        if !is_there {
            self.details = None;
        }
    }
}
