//! «Что нового»: the notes of all newer versions, newest first, as the publisher wrote them, and the question before
//! a link of theirs is followed. How the notes themselves look is in [`text`].
//!
//! The question takes the place of the buttons: what was being read stays in sight.

mod text;

use egui::{Id, Response, Ui};
use i18n_embed_fl::fl;
use smarts_core::notes;
use smarts_core::offer::Item;
use url::{Position, Url};

use super::Scene;
use super::life;
use super::modal::{buttons, leaves, middle_height, modal, scrolling, some_buttons};
use super::theme::{self, SPACE_1, SPACE_1_HALF, SPACE_3, SPACE_4, Type, steps};
use super::toasts;
use super::widgets::button::{Button, Look};
use super::widgets::spoken::heading;
use super::widgets::text::{Line, label, paragraph};
use crate::model::Action;
use crate::model::notes::{NotesAction, NotesPage, NotesPart};

const WIDTH: f32 = steps(160);
/// Of title and buttons.
const AROUND: f32 = steps(28);
/// Of the question besides.
const QUESTION: f32 = steps(16);

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, page: &NotesPage) {
    if scene.model.item_by_id(&page.item_id).and_then(Item::offer).is_none() {
        return scene.send(Action::CloseDialog);
    }
    let title = fl!(scene.loader(), "notes-title", name = life::name(scene, &page.item_id));
    let is_asked = page.leads_to.is_some();
    let on_close = if is_asked { Action::Notes(NotesAction::Stay) } else { Action::CloseDialog };
    modal(ui, scene, "notes", &title, WIDTH, on_close, |ui| {
        ui.add_space(SPACE_1_HALF);
        let height = middle_height(ui, if is_asked { AROUND + QUESTION } else { AROUND });
        scrolling(ui, "notes", height, |ui| {
            for part in &page.parts {
                version(ui, scene, part);
            }
            if page.parts.is_empty() {
                empty(ui, scene);
            }
        });
        match &page.leads_to {
            Some(url) => question(ui, scene, url),
            None => close_or_copy(ui, scene, page),
        }
    });
}

fn version(ui: &mut Ui, scene: &Scene<'_>, part: &NotesPart) {
    let colors = theme::palette(ui);
    ui.add_space(SPACE_3);
    let shown = label(ui, &Line::of(title(scene, part), Type::Heading, colors.text));
    heading(ui, shown.id, &title(scene, part), 2);
    ui.add_space(SPACE_1);
    if part.blocks.is_empty() {
        return empty(ui, scene);
    }
    if let Some(url) = text::show(ui, &part.blocks) {
        scene.send(Action::Notes(NotesAction::Follow(url)));
    }
}

fn title(scene: &Scene<'_>, part: &NotesPart) -> String {
    let version = part.version.to_string();
    match part.date {
        Some(date) => {
            let date = scene.texts.date(date);
            fl!(scene.loader(), "notes-version-date", version = version, date = date)
        }
        None => fl!(scene.loader(), "notes-version", version = version),
    }
}

fn empty(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    paragraph(ui, fl!(scene.loader(), "notes-empty"), Type::Body, colors.muted);
}

fn close_or_copy(ui: &mut Ui, scene: &Scene<'_>, page: &NotesPage) {
    let loader = scene.loader();
    give_focus_back(ui);
    let is_empty = page.parts.iter().all(|part| part.blocks.is_empty());
    let (copy, close) = (fl!(loader, "notes-copy"), fl!(loader, "close"));
    let copy = Button::new(&copy).look(Look::Ghost);
    let drawn = [(!is_empty).then_some(copy), Some(Button::new(&close))];
    let [copy, close] = some_buttons(ui, "notes", None, drawn);
    if copy.is_some_and(|copy| copy.clicked()) {
        let part = |part: &NotesPart| format!("{}\n\n{}", title(scene, part), notes::plain(&part.blocks));
        toasts::copy(ui, scene, page.parts.iter().map(part).collect::<Vec<_>>().join("\n\n"));
    }
    leaves(ui, scene, close.as_ref());
}

/// Where a link leads, its host in bold, before it is followed.
fn question(ui: &mut Ui, scene: &Scene<'_>, url: &Url) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    ui.add_space(SPACE_4);
    label(ui, &Line::of(fl!(loader, "notes-open-question"), Type::Body, colors.text));
    let line = Line::of(&url[..Position::BeforeHost], Type::Body, colors.muted)
        .and(&url[Position::BeforeHost..Position::AfterHost], Type::Strong, colors.text)
        .and(&url[Position::AfterHost..], Type::Body, colors.muted);
    label(ui, &line.rows(1));
    let (stay, open) = (fl!(loader, "notes-stay"), fl!(loader, "notes-open"));
    let drawn = [Button::new(&stay), Button::new(&open).look(Look::Primary)];
    let [stay, open] = buttons(ui, "notes question", None, drawn);
    take_focus(ui, &open);
    if stay.clicked() {
        scene.send(Action::Notes(NotesAction::Stay));
    }
    if open.clicked() {
        scene.send(Action::Notes(NotesAction::Open));
    }
}

fn asked_from() -> Id {
    Id::unique("where a link was followed from")
}

/// The question takes the keyboard once, and remembers where it was.
fn take_focus(ui: &Ui, response: &Response) {
    let before = ui.memory(egui::Memory::focused).unwrap_or(response.id);
    let is_new = ui.data(|data| data.get_temp::<Id>(asked_from())).is_none();
    if is_new {
        ui.data_mut(|data| data.insert_temp(asked_from(), before));
        ui.memory_mut(|memory| memory.request_focus(response.id));
    }
}

fn give_focus_back(ui: &Ui) {
    if let Some(before) = ui.data(|data| data.get_temp::<Id>(asked_from())) {
        ui.data_mut(|data| data.remove::<Id>(asked_from()));
        ui.memory_mut(|memory| memory.request_focus(before));
    }
}
