//! The keyboard in the list: one row is its stop for Tab, and arrows, Home, End and the page keys move it. Right and Left
//! open and close groups, Enter opens the details, Escape closes them.
//!
//! Which row that is, the model knows; which widget has the keyboard, the screen.

use egui::{FocusDirection, Id, Key, Modifiers, Ui};

use super::Scene;
use super::keyboard::search_id;
use super::list::row_id;
use super::theme::ROW_HEIGHT;
use crate::model::current::Step;
use crate::model::details::DetailsAction;
use crate::model::{Action, ListAction};

fn memory_id() -> Id {
    Id::unique("row with the keyboard")
}

/// The widget of the current row.
pub(super) fn current_id(scene: &Scene<'_>) -> Option<Id> {
    let row = scene.model.list.rows.get(scene.model.current_row()?)?;
    Some(row_id(row))
}

/// Gives the keyboard to the current row.
pub(super) fn focus_current(ui: &Ui, scene: &Scene<'_>) {
    if let Some(id) = current_id(scene) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
}

/// To be called before the rows are drawn. Whether the list has the keyboard and is to show the row it is at.
pub(super) fn listen(ui: &Ui, scene: &Scene<'_>, page: f32) -> bool {
    let Some(id) = current_id(scene) else { return false };
    let before: Option<Id> = ui.data(|data| data.get_temp(memory_id()));
    ui.data_mut(|data| data.insert_temp(memory_id(), id));
    let focused = ui.memory(egui::Memory::focused);
    let has_moved = before.is_some_and(|before| before != id);
    if has_moved && focused.is_some() && focused == before {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    if ui.memory(|memory| memory.has_focus(id)) {
        keys(ui, scene, page);
        return has_moved;
    }
    // From the search down to what it found.
    if focused == Some(search_id()) && ui.input(|input| input.key_pressed(Key::ArrowDown)) {
        ui.memory_mut(|memory| memory.request_focus(id));
        ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        return true;
    }
    false
}

fn keys(ui: &Ui, scene: &Scene<'_>, page: f32) {
    let rows = ((page / ROW_HEIGHT).floor() as usize).saturating_sub(1).max(1);
    let steps = [
        (Key::ArrowUp, Step::Up(1)),
        (Key::ArrowDown, Step::Down(1)),
        (Key::PageUp, Step::Up(rows)),
        (Key::PageDown, Step::Down(rows)),
        (Key::Home, Step::First),
        (Key::End, Step::Last),
        (Key::ArrowRight, Step::Into),
        (Key::ArrowLeft, Step::OutOf),
    ];
    for (key, step) in steps {
        for _ in 0..ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) {
            scene.send(Action::List(ListAction::Step(step)));
            // Not to whatever lies in that direction on the screen.
            ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        }
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
        let of = scene.model.current_row().and_then(|row| scene.model.details_of(row));
        if let Some(of) = of {
            scene.send(Action::Details(DetailsAction::Open(of)));
        }
    }
}
