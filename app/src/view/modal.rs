//! The frame that all dialogs share: a veil, a box with a title, Escape to leave, the keyboard kept inside while it is
//! open and given back to where it was afterwards.

use egui::accesskit;
use egui::{
    Align, Area, Frame, Id, Layout, Margin, Modal, Rect, Response, Role, ScrollArea, Stroke, Ui, UiBuilder,
    UiKind, Vec2, vec2,
};
use i18n_embed_fl::fl;

use super::Scene;
use super::details;
use super::keyboard::scroll_by_keys;
use super::theme::{self, RADIUS_DIALOG, SPACE_2, SPACE_3, SPACE_4, SPACE_5, SPACE_6, SPACE_8, Type, steps};
use super::widgets::button::Button;
use super::widgets::spoken::heading;
use super::widgets::text::{Line, label, paragraph};
use crate::model::{Action, Leave};

pub(super) const NARROW: f32 = steps(120);
/// The room of a scroll bar.
const BAR_ROOM: f32 = SPACE_4;

/// A box above the window. `key` tells the dialogs apart, whatever their titles become. `on_close` is sent by
/// Escape; a click beside it does nothing, for a slip of the hand must not lose what was ticked.
pub(super) fn modal(
    ui: &mut Ui,
    scene: &Scene<'_>,
    key: &str,
    title: &str,
    width: f32,
    on_close: Action,
    content: impl FnOnce(&mut Ui),
) {
    let colors = theme::palette(ui);
    untitled(ui, scene, key, title, width, on_close, |ui| {
        let shown = paragraph(ui, title, Type::Title, colors.text);
        heading(ui, shown.id, title, 1);
        content(ui);
    });
}

/// The same without its title in it: it has a head of its own.
pub(super) fn untitled(
    ui: &mut Ui,
    scene: &Scene<'_>,
    key: &str,
    title: &str,
    width: f32,
    on_close: Action,
    content: impl FnOnce(&mut Ui),
) {
    let colors = theme::palette(ui);
    let id = Id::unique(key);
    let room = ui.ctx().content_rect();
    let area: Area = Modal::default_area(id).fade_in(false).role(Role::Dialog).accessible_name(title);
    let frame = Frame::NONE
        .fill(colors.surface)
        .stroke(Stroke::new(1.0, colors.edge))
        .corner_radius(RADIUS_DIALOG)
        .inner_margin(Margin { left: 28, right: 28, top: 22, bottom: 22 });
    let modal = Modal::new(id).area(area).frame(frame).backdrop_color(colors.veil);
    let response = modal.show(ui.ctx(), |ui| {
        ui.set_width(width.min(room.width() - 2.0 * steps(7) - SPACE_8));
        ui.spacing_mut().item_spacing = vec2(SPACE_2, 0.0);
        be_modal(ui);
        content(ui);
    });
    settle(ui, id, response.response.rect.size());
    let escape = response.is_top_modal
        && !response.any_popup_open
        && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
    if escape {
        scene.send(on_close);
    }
}

/// A screen reader leaves what is behind the box alone.
fn be_modal(ui: &Ui) {
    let dialog = ui.stack().iter().find(|stack| stack.kind() == Some(UiKind::Modal));
    if let Some(dialog) = dialog {
        ui.ctx().accesskit_node_builder(dialog.unique_id, accesskit::Node::set_modal);
    }
}

/// A box is placed by the size it had before: when that changes, one more picture puts it right.
fn settle(ui: &Ui, id: Id, size: Vec2) {
    let key = id.with("size");
    if ui.data(|data| data.get_temp(key)) != Some(size) {
        ui.data_mut(|data| data.insert_temp(key, size));
        ui.ctx().request_repaint();
    }
}

/// The height left for the middle of a dialog, below its title and above its buttons.
pub(super) fn middle_height(ui: &Ui, around: f32) -> f32 {
    (ui.ctx().content_rect().height() - 2.0 * SPACE_6 - SPACE_8 - around).max(steps(20))
}

/// Content that scrolls beyond `max_height`; the bar stands in the margin beside it, over nothing.
pub(super) fn scrolling(ui: &mut Ui, salt: &str, max_height: f32, content: impl FnOnce(&mut Ui)) {
    let width = ui.available_width();
    let at = ui.cursor().min;
    let room = Rect::from_min_size(at, vec2(width + BAR_ROOM, max_height));
    let mut child = ui.new_child(UiBuilder::new().max_rect(room));
    let area = ScrollArea::vertical().id_salt(salt).max_height(max_height).auto_shrink([false, true]);
    let shown = area.show(&mut child, |ui| {
        scroll_by_keys(ui, max_height);
        ui.set_max_width(width);
        ui.spacing_mut().item_spacing.y = 0.0;
        content(ui);
    });
    let height = shown.content_size.y.min(max_height);
    ui.advance_cursor_after_rect(Rect::from_min_size(at, vec2(width, height)));
}

/// Buttons at the right. `key` is the dialog's: they keep the keyboard whatever appears above them.
pub(super) fn buttons(ui: &mut Ui, key: &str, content: impl FnOnce(&mut Ui)) {
    ui.add_space(SPACE_5);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), theme::BUTTON_HEIGHT));
    let id = Id::unique((key, "buttons"));
    let layout = Layout::right_to_left(Align::Center);
    let builder = UiBuilder::new().scope_id(id).max_rect(rect).layout(layout);
    let mut row = ui.new_child(builder);
    row.spacing_mut().item_spacing.x = SPACE_3;
    content(&mut row);
}

fn first_focus_id() -> Id {
    Id::unique("first control of a dialog")
}

/// Marks the control that gets the keyboard when the dialog opens.
pub(super) fn offer_focus(ui: &Ui, response: &Response) {
    ui.data_mut(|data| data.insert_temp(first_focus_id(), Some(response.id)));
}

/// Where the keyboard was, and for how many frames a dialog has been open.
#[derive(Clone, Copy, Default)]
struct FocusMemory {
    frames: u8,
    before: Option<Id>,
    /// It is the details of a row that are open.
    is_details: bool,
}

/// A new dialog is measured before it is shown, and takes no keyboard until then.
const FRAMES_TO_SETTLE: u8 = 3;

/// When a dialog opens, the keyboard goes into it; when it closes, back to where it was.
pub(super) fn keep_focus(ui: &Ui, scene: &Scene<'_>) {
    let key = Id::unique("focus around dialogs");
    let mut memory: FocusMemory = ui.data(|data| data.get_temp(key)).unwrap_or_default();
    let is_details = details::is_dialog(ui, scene);
    let open = is_details || scene.model.dialog.is_some() || scene.model.leave == Leave::Asking;
    if open && memory.frames > 0 && memory.is_details != is_details {
        // One came after the other: the keyboard goes into that, and back to where it was before both.
        memory.frames = 1;
    }
    memory.is_details = is_details;
    let wanted = if open && memory.frames < FRAMES_TO_SETTLE {
        if memory.frames == 0 {
            memory.before = ui.memory(egui::Memory::focused);
        }
        memory.frames += 1;
        ui.ctx().request_repaint();
        ui.data(|data| data.get_temp::<Option<Id>>(first_focus_id())).flatten()
    } else if !open && memory.frames > 0 {
        memory.frames = 0;
        memory.before.take()
    } else {
        return;
    };
    if let Some(wanted) = wanted {
        ui.memory_mut(|memory| memory.request_focus(wanted));
    }
    ui.data_mut(|data| data.insert_temp(key, memory));
}

/// A dialog that only tells, with one button.
pub(super) fn telling(ui: &mut Ui, scene: &Scene<'_>, title: &str, content: impl FnOnce(&mut Ui)) {
    modal(ui, scene, "telling", title, NARROW, Action::CloseDialog, |ui| {
        let height = middle_height(ui, steps(35));
        scrolling(ui, "telling", height, content);
        buttons(ui, "telling", |ui| {
            let close = Button::new(&fl!(scene.loader(), "close")).show(ui);
            offer_focus(ui, &close);
            if close.clicked() {
                scene.send(Action::CloseDialog);
            }
        });
    });
}

pub(super) fn section(ui: &mut Ui, title: String, text: &str) {
    let colors = theme::palette(ui);
    ui.add_space(SPACE_3);
    label(ui, &Line::of(title, Type::Strong, colors.text));
    ui.add_space(2.0);
    paragraph(ui, text, Type::Body, colors.text);
}
