//! «Что нового»: the notes of all newer versions, newest first, as the publisher wrote them.
//!
//! Plain text: a line that begins like a list item is shown as one; nothing is interpreted beyond that.

use egui::{Ui, pos2};
use i18n_embed_fl::fl;
use smarts_core::offer::{Item, Notes};

use super::Scene;
use super::life;
use super::modal::{buttons, middle_height, modal, offer_focus, scrolling};
use super::theme::{self, Type};
use super::widgets::button::Button;
use super::widgets::text::{Line, label, paragraph, place};
use crate::model::Action;

const WIDTH: f32 = 640.0;
const INDENT: f32 = 16.0;

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, item_id: &str) {
    let Some(offer) = scene.model.item_by_id(item_id).and_then(Item::offer) else {
        return scene.send(Action::CloseDialog);
    };
    let title = fl!(scene.loader(), "notes-title", name = life::name(scene, item_id));
    modal(ui, scene, "notes", &title, WIDTH, Action::CloseDialog, |ui| {
        ui.add_space(6.0);
        let height = middle_height(ui, 110.0);
        scrolling(ui, "notes", height, |ui| {
            for notes in &offer.notes {
                version(ui, scene, notes);
            }
            if offer.notes.is_empty() {
                empty(ui, scene);
            }
        });
        buttons(ui, "notes", |ui| {
            let close = Button::new(&fl!(scene.loader(), "close")).show(ui);
            offer_focus(ui, &close);
            if close.clicked() {
                scene.send(Action::CloseDialog);
            }
        });
    });
}

fn version(ui: &mut Ui, scene: &Scene<'_>, notes: &Notes) {
    let colors = theme::palette(ui);
    let version = notes.version.to_string();
    let title = match notes.date {
        Some(date) => {
            let date = scene.texts.date(date);
            fl!(scene.loader(), "notes-version-date", version = version, date = date)
        }
        None => fl!(scene.loader(), "notes-version", version = version),
    };
    ui.add_space(12.0);
    label(ui, &Line::of(title, Type::Heading, colors.text));
    ui.add_space(4.0);
    let mut any = false;
    for line in notes.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        any = true;
        match list_item(line) {
            Some(text) => bullet(ui, text),
            None => {
                paragraph(ui, line, Type::Body, colors.text);
            }
        }
        ui.add_space(2.0);
    }
    if !any {
        empty(ui, scene);
    }
}

fn empty(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    paragraph(ui, fl!(scene.loader(), "notes-empty"), Type::Body, colors.muted);
}

/// The text of a list item: what follows `-`, `*`, `•` or `–` and a space.
fn list_item(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(['-', '*', '•', '–', '—', '·'])?;
    rest.starts_with(char::is_whitespace).then(|| rest.trim_start())
}

fn bullet(ui: &mut Ui, text: &str) {
    let colors = theme::palette(ui);
    let line = Line::of(text, Type::Body, colors.text).rows(usize::MAX);
    let galley = line.galley(ui, ui.available_width() - INDENT);
    let (_, rect) = ui.allocate_space(galley.size() + egui::vec2(INDENT, 0.0));
    ui.painter().circle_filled(pos2(rect.left() + 5.0, rect.top() + 10.5), 2.0, colors.muted);
    place(ui, pos2(rect.left() + INDENT, rect.top()), &line, galley);
}

#[cfg(test)]
mod tests {
    use super::list_item;

    #[test]
    fn a_dash_before_a_space_makes_a_list_item_and_one_before_a_word_does_not() {
        assert_eq!(list_item("- Печать этикеток"), Some("Печать этикеток"));
        assert_eq!(list_item("•\tПечать"), Some("Печать"));
        assert_eq!(list_item("-5 °C"), None);
        assert_eq!(list_item("Печать"), None);
    }
}
