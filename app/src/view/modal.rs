//! The frame that all dialogs share: a veil, a box with a title, Escape to leave, the keyboard kept inside while it is
//! open and given back to where it was afterwards.

use egui::accesskit;
use egui::{
    Align, Area, Frame, Id, Layout, Margin, Modal, Rect, Response, Role, ScrollArea, Stroke, Ui, UiBuilder,
    UiKind, Vec2, pos2, vec2,
};
use i18n_embed_fl::fl;

use super::Scene;
use super::details;
use super::keyboard::scroll_by_keys;
use super::theme::{self, RADIUS_DIALOG, SPACE_2, SPACE_3, SPACE_4, SPACE_5, SPACE_6, SPACE_8, Type, steps};
use super::widgets::button::Button;
use super::widgets::spoken::{dead_because, heading, popup};
use super::widgets::text::{Line, block, label, paragraph};
use crate::model::Action;

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
        popup(ui, Role::Dialog);
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

/// Buttons at the right, drawn from left to right, which is the order of the keyboard; `why` stands before them and is
/// what those that cannot be pressed say. `key` is the dialog's: a button keeps the keyboard by its place among them,
/// whatever appears above it or beside it. What is longer than the dialog is wide stands one below the other.
pub(super) fn buttons<const N: usize>(
    ui: &mut Ui,
    key: &str,
    why: Option<&str>,
    buttons: [Button<'_>; N],
) -> [Response; N] {
    let sizes = buttons.each_ref().map(|button| button.size(ui));
    let mut places = places(ui, &sizes, why).into_iter().enumerate();
    buttons.map(|button| {
        let (number, rect) = places.next().unwrap_or((N, Rect::NOTHING));
        shown(ui, key, number, rect, button, why)
    })
}

/// The same where not all of them are always there: each has its place among those that may be.
pub(super) fn some_buttons<const N: usize>(
    ui: &mut Ui,
    key: &str,
    why: Option<&str>,
    buttons: [Option<Button<'_>>; N],
) -> [Option<Response>; N] {
    let sizes: Vec<Vec2> = buttons.iter().flatten().map(|button| button.size(ui)).collect();
    let mut places = places(ui, &sizes, why).into_iter();
    let mut numbers = 0..N;
    buttons.map(|button| {
        let number = numbers.next()?;
        let button = button?;
        Some(shown(ui, key, number, places.next()?, button, why))
    })
}

/// Where buttons of these sizes stand, from left to right; draws what stands before them.
fn places(ui: &mut Ui, sizes: &[Vec2], why: Option<&str>) -> Vec<Rect> {
    let colors = theme::palette(ui);
    let line = why.map(|words| Line::of(words, Type::Small, colors.muted).rows(2));
    let width = ui.available_width();
    let wanted = sizes.iter().map(|size| size.x + SPACE_3).sum::<f32>() - SPACE_3;
    ui.add_space(SPACE_5);
    if wanted > width {
        if let Some(line) = line {
            label(ui, &line);
            ui.add_space(SPACE_3);
        }
        return sizes.iter().map(|size| below(ui, *size)).collect();
    }
    let (_, row) = ui.allocate_space(vec2(width, theme::BUTTON_HEIGHT));
    let mut left = row.right() - wanted;
    if let Some(line) = line {
        block(ui, row.with_max_x(left - SPACE_3), &[line]);
    }
    let place = |size: &Vec2| {
        let rect = Rect::from_min_size(pos2(left, row.top()), *size);
        left = rect.right() + SPACE_3;
        rect
    };
    sizes.iter().map(place).collect()
}

/// In a row of its own.
fn below(ui: &mut Ui, size: Vec2) -> Rect {
    let (_, row) = ui.allocate_space(vec2(ui.available_width(), size.y));
    ui.add_space(SPACE_2);
    row.with_min_x((row.right() - size.x).max(row.left()))
}

fn shown(
    ui: &mut Ui,
    key: &str,
    number: usize,
    rect: Rect,
    button: Button<'_>,
    why: Option<&str>,
) -> Response {
    let id = Id::unique((key, "button", number));
    let layout = Layout::left_to_right(Align::Center);
    let mut child = ui.new_child(UiBuilder::new().scope_id(id).max_rect(rect).layout(layout));
    let is_dead = button.is_dead();
    let response = button.show(&mut child);
    dead_because(&child, &response, why.filter(|_| is_dead));
    response
}

fn first_focus_id() -> Id {
    Id::unique("first control of a dialog")
}

/// Marks the control that gets the keyboard when the dialog opens.
pub(super) fn offer_focus(ui: &Ui, response: &Response) {
    ui.data_mut(|data| data.insert_temp(first_focus_id(), Some(response.id)));
}

/// The button that leaves the dialog and has the keyboard when it opens.
pub(super) fn leaves(ui: &Ui, scene: &Scene<'_>, response: Option<&Response>) {
    let Some(response) = response else { return };
    offer_focus(ui, response);
    if response.clicked() {
        scene.send(Action::CloseDialog);
    }
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
    let open = is_details || scene.model.is_covered();
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
        let [close] = buttons(ui, "telling", None, [Button::new(&fl!(scene.loader(), "close"))]);
        offer_focus(ui, &close);
        if close.clicked() {
            scene.send(Action::CloseDialog);
        }
    });
}

pub(super) fn section(ui: &mut Ui, title: String, text: &str) {
    let colors = theme::palette(ui);
    ui.add_space(SPACE_3);
    label(ui, &Line::of(title, Type::Strong, colors.text));
    ui.add_space(2.0);
    paragraph(ui, text, Type::Body, colors.text);
}
