//! What a screen reader is told of a widget beside what its drawing tells: that a text is a heading, that a button opens
//! a menu, why something cannot be pressed, where a group stands.

use egui::accesskit::{self, HasPopup};
use egui::{Id, Rect, Response, Role, Ui, UiKind, UiStack};

/// A text is a heading; 1 is that of a page.
pub(crate) fn heading(ui: &Ui, id: Id, words: &str, level: usize) {
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::Heading);
        node.clear_value();
        node.set_label(words);
        node.set_level(level);
    });
}

/// A button opens a menu, and it is open or not. When that is closed by a key, the button has the keyboard again.
pub(crate) fn opens(ui: &Ui, response: &Response, what: HasPopup, is_open: bool) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_has_popup(what);
        node.set_expanded(is_open);
    });
    give_back(ui, response, is_open);
}

/// What was the case in the picture before.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Before {
    #[default]
    Closed,
    Open,
    /// And the pointer did something: where it clicks is where the person is.
    Pointed,
}

fn give_back(ui: &Ui, opener: &Response, is_open: bool) {
    let key = opener.id.with("menu before");
    let before = ui.data(|data| data.get_temp::<Before>(key)).unwrap_or_default();
    let is_pointed = ui.input(|input| input.pointer.any_pressed() || input.pointer.any_released());
    let now = match (is_open, is_pointed) {
        (false, _) => Before::Closed,
        (true, false) => Before::Open,
        (true, true) => Before::Pointed,
    };
    if now != before {
        ui.data_mut(|data| data.insert_temp(key, now));
    }
    if before == Before::Open && !is_open {
        opener.request_focus();
    }
}

/// Something to press in a menu.
pub(crate) fn entry(ui: &Ui, response: &Response) {
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(Role::MenuItem));
}

/// One of a list to choose from.
pub(crate) fn option(ui: &Ui, response: &Response, is_chosen: bool) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::ListBoxOption);
        node.clear_toggled();
        node.set_selected(is_chosen);
    });
}

/// What has opened over the window is this, and stands where its content does, which is to be drawn by then.
pub(crate) fn popup(ui: &Ui, role: Role) {
    let rect = ui.min_rect();
    let is_popup =
        |stack: &&UiStack| matches!(stack.kind(), Some(UiKind::Popup | UiKind::Menu | UiKind::Modal));
    if let Some(popup) = ui.stack().iter().find(is_popup) {
        ui.ctx().accesskit_node_builder(popup.unique_id, |node| {
            node.set_role(role);
            node.set_bounds(bounds(rect));
        });
    }
}

/// Why something is as it is: read after its name.
pub(crate) fn because(ui: &Ui, response: &Response, words: &str) {
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(words));
}

/// Why something cannot be pressed, if it cannot.
pub(crate) fn dead_because(ui: &Ui, response: &Response, words: Option<&str>) {
    if let Some(words) = words {
        because(ui, response, words);
    }
}

/// A tooltip that only repeats the name is not read a second time.
pub(crate) fn once(ui: &Ui, response: &Response) {
    ui.ctx().accesskit_node_builder(response.id, accesskit::Node::clear_description);
}

/// Of a text that is scrolled half away the half that is left is where it stands, and of one that is scrolled away
/// altogether nothing but the edge behind which it is.
pub(crate) fn as_far_as_seen(ui: &Ui, response: &Response) {
    let (rect, clip) = (response.rect, ui.clip_rect());
    if clip.is_positive() && !clip.contains_rect(rect) {
        let seen = Rect::from_min_max(clip.clamp(rect.min), clip.clamp(rect.max));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_bounds(bounds(seen)));
    }
}

/// Where a group stands.
pub(crate) fn place(ui: &Ui, rect: Rect) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| node.set_bounds(bounds(rect)));
}

/// Where a row of a list stands on the screen, and which of how many it is, from 0: most are not drawn.
pub(crate) fn row(ui: &Ui, id: Id, rect: Rect, number: usize, count: usize) {
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_bounds(bounds(rect));
        node.set_position_in_set(number);
        node.set_size_of_set(count);
    });
}

fn bounds(rect: Rect) -> accesskit::Rect {
    accesskit::Rect {
        x0: rect.min.x.into(),
        y0: rect.min.y.into(),
        x1: rect.max.x.into(),
        y1: rect.max.y.into(),
    }
}
