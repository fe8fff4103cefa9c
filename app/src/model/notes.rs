//! The notes of an offer, read once when they are opened and not in every picture; and the question before one of
//! their links is followed: what stands on a link is its author's, where it leads is seen by nobody.

use jiff::civil::Date;
use smarts_core::notes::{self, Block};
use smarts_core::offer::Item;
use smarts_core::version::Version;
use url::Url;

use super::dispatch::open_link;
use super::{Command, Dialog, Model};

/// «Что нового» of an item.
#[derive(Clone, Debug, PartialEq)]
pub struct NotesPage {
    /// Whose.
    pub item_id: String,
    /// The newest version first.
    pub parts: Vec<NotesPart>,
    /// Where a link leads that the person has chosen.
    pub leads_to: Option<Url>,
}

/// The notes of one version.
#[derive(Clone, Debug, PartialEq)]
pub struct NotesPart {
    /// Which.
    pub version: Version,
    /// The day it came out.
    pub date: Option<Date>,
    /// What changes.
    pub blocks: Vec<Block>,
}

/// What a person does with notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotesAction {
    /// Choose a link.
    Follow(Url),
    /// Open it in the browser.
    Open,
    /// Think better of it.
    Stay,
}

impl Model {
    pub(super) fn show_notes(&mut self, item_id: &str) -> Vec<Command> {
        let parts = self.parts_of_notes(item_id);
        self.show(Dialog::Notes(NotesPage { item_id: item_id.to_owned(), parts, leads_to: None }))
    }

    pub(super) fn change_notes(&mut self, action: NotesAction) -> Vec<Command> {
        let Some(Dialog::Notes(page)) = &mut self.dialog else { return Vec::new() };
        match action {
            NotesAction::Follow(url) => page.leads_to = Some(url),
            NotesAction::Stay => page.leads_to = None,
            NotesAction::Open => {
                return page.leads_to.take().map(|url| open_link(url.into())).unwrap_or_default();
            }
        }
        Vec::new()
    }

    /// The report may have changed while they are open.
    pub(super) fn read_open_notes_again(&mut self) {
        let Some(Dialog::Notes(page)) = &self.dialog else { return };
        let parts = self.parts_of_notes(&page.item_id);
        if let Some(Dialog::Notes(page)) = &mut self.dialog {
            page.parts = parts;
        }
    }

    fn parts_of_notes(&self, item_id: &str) -> Vec<NotesPart> {
        let offer = self.item_by_id(item_id).and_then(Item::offer);
        let all = offer.iter().flat_map(|offer| &offer.notes);
        all.map(|one| NotesPart { version: one.version, date: one.date, blocks: notes::read(&one.text) })
            .collect()
    }
}
