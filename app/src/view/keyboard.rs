//! Keys that work anywhere in the window; F1 shows them all: F5 checks, or reads anew what the open tab is about,
//! Ctrl+F goes to the search field, Ctrl+1 and so on to a tab. And the keys that several parts have in common.
//!
//! Escape belongs to whatever is open (a menu, a dialog, the search field); Tab and Space to the widgets.

use egui::{EventFilter, Id, Key, Modifiers, Response, Ui, vec2};

use super::{Scene, details, devices, history, subscriptions, tabs};
use crate::model::{Action, DevicesAction, HistoryAction, Tab};

/// The search field.
pub(super) fn search_id() -> Id {
    Id::unique("search bases")
}

/// Whether something is open that is about itself alone, also the details of a row where they are a dialog.
pub(super) fn is_dialog_open(ui: &Ui, scene: &Scene<'_>) -> bool {
    scene.model.is_covered() || details::is_dialog(ui, scene)
}

/// Looks at the keys of this frame.
pub(super) fn shortcuts(ui: &Ui, scene: &Scene<'_>) {
    if is_dialog_open(ui, scene) {
        return;
    }
    tabs::shortcuts(ui, scene);
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::F1)) {
        scene.send(Action::ShowKeys);
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::F5)) {
        scene.send(match scene.model.tab {
            Tab::Updates | Tab::Subscriptions | Tab::Settings => Action::CheckNow,
            Tab::History => Action::History(HistoryAction::Refresh),
            Tab::Devices => Action::Devices(DevicesAction::Refresh),
            Tab::Diagnostics => Action::Diagnose,
        });
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::F)) {
        let field = match scene.model.tab {
            Tab::Updates => Some(search_id()),
            Tab::Devices => Some(devices::search_id()),
            Tab::Subscriptions => Some(subscriptions::search_id()),
            Tab::History => Some(history::search_id()),
            Tab::Settings | Tab::Diagnostics => None,
        };
        if let Some(field) = field {
            ui.memory_mut(|memory| memory.request_focus(field));
        }
    }
}

/// Page keys, Home and End move what scrolls, unless a text field has the keyboard or a dialog is open above.
pub(super) fn scroll_by_keys(ui: &Ui, page: f32) {
    let is_below = !ui.memory(|memory| memory.allows_interaction(ui.layer_id()));
    if is_below || ui.ctx().text_edit_focused() {
        return;
    }
    let far = 1e9;
    let keys = [(Key::PageDown, -page), (Key::PageUp, page), (Key::End, -far), (Key::Home, far)];
    for (key, delta) in keys {
        if ui.input(|input| input.key_pressed(key)) {
            ui.scroll_with_delta(vec2(0.0, delta));
        }
    }
}

/// How a strip of tabs runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Along {
    /// From left to right.
    Row,
    /// From top to bottom.
    Column,
}

/// The place in a strip of `count` tabs that the keyboard goes to from the one at `place`: arrows go round, Home and End
/// to the ends.
pub(super) fn next_tab(
    ui: &Ui,
    response: &Response,
    along: Along,
    place: usize,
    count: usize,
) -> Option<usize> {
    if !response.has_focus() {
        return None;
    }
    let is_row = along == Along::Row;
    let arrows =
        EventFilter { horizontal_arrows: is_row, vertical_arrows: !is_row, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
    let (back, on) = if is_row { (Key::ArrowLeft, Key::ArrowRight) } else { (Key::ArrowUp, Key::ArrowDown) };
    let last = count.checked_sub(1)?;
    let moves = [
        (back, place.checked_sub(1).unwrap_or(last)),
        (on, if place == last { 0 } else { place + 1 }),
        (Key::Home, 0),
        (Key::End, last),
    ];
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    moves.into_iter().find(|(key, _)| pressed(*key)).map(|(_, to)| to)
}
