//! The segmented choice, the toggle, the field for a word or a number, and the search field.

use egui::{EventFilter, Margin, Response, Role, Sense, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, vec2};

use super::button::{Button, focus_ring, paint_text, text_width};
use crate::view::theme::icons::{self, Icon};
use crate::view::theme::{
    self, ICON, RADIUS_CONTROL, SPACE_1, SPACE_1_HALF, SPACE_2, SPACE_3, SPACE_4, SPACE_5, SPACE_8, Type,
    steps,
};

const HEIGHT: f32 = steps(8);
const SEGMENT_PADDING: f32 = SPACE_3;

/// The room a segmented choice takes.
pub(crate) fn segments_width(ui: &Ui, texts: &[&str]) -> f32 {
    texts.iter().map(|text| text_width(ui, text, Type::SmallStrong) + 2.0 * SEGMENT_PADDING).sum()
}

/// One of several, side by side. Returns the place of the one that was chosen now.
pub(crate) fn segments(ui: &mut Ui, texts: &[&str], chosen: usize) -> Option<usize> {
    let colors = theme::palette(ui);
    let mut clicked = None;
    ui.spacing_mut().item_spacing.x = 0.0;
    let mut frame = egui::Rect::NOTHING;
    for (place, text) in texts.iter().enumerate() {
        let width = text_width(ui, text, Type::SmallStrong) + 2.0 * SEGMENT_PADDING;
        let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::click());
        let on = place == chosen;
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, text));
        let radius = corner(place, texts.len());
        let fill = if on { colors.line } else { colors.surface };
        ui.painter().rect_filled(rect.shrink(0.5), radius, fill);
        let (style, color) = match (on, response.hovered()) {
            (true, _) => (Type::SmallStrong, colors.text),
            (false, true) => (Type::Small, colors.text),
            (false, false) => (Type::Small, colors.muted),
        };
        let left = rect.center().x - text_width(ui, text, style) / 2.0;
        paint_text(ui, egui::pos2(left, rect.center().y), text, style, color);
        focus_ring(ui, rect.shrink(SPACE_1), &response);
        frame = frame.union(rect);
        if response.clicked() {
            clicked = Some(place);
        }
    }
    let border = Stroke::new(1.0, colors.edge);
    ui.painter().rect_stroke(frame, RADIUS_CONTROL, border, StrokeKind::Inside);
    clicked.filter(|place| *place != chosen)
}

/// A small button that stays pressed. Returns the new state if it was changed. `id` is its own.
pub(crate) fn toggle(ui: &mut Ui, id: egui::Id, text: &str, name: &str, on: bool) -> Option<bool> {
    let colors = theme::palette(ui);
    let (_, rect) = ui.allocate_space(vec2(HEIGHT + SPACE_1_HALF, HEIGHT));
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, name));
    let hovered = response.hovered();
    let (fill, edge, color) = if on {
        (colors.blue_button, colors.blue_button, colors.on_fill)
    } else {
        (colors.surface, if hovered { colors.text } else { colors.edge }, colors.text)
    };
    ui.painter().rect(rect, RADIUS_CONTROL, fill, Stroke::new(1.0, edge), StrokeKind::Inside);
    let left = rect.center().x - text_width(ui, text, Type::SmallStrong) / 2.0;
    paint_text(ui, egui::pos2(left, rect.center().y), text, Type::SmallStrong, color);
    focus_ring(ui, rect, &response);
    response.clicked().then_some(!on)
}

/// A field for a text.
pub(crate) struct TextField<'a> {
    /// Its own.
    pub id: egui::Id,
    /// Its name.
    pub name: &'a str,
    /// Shown while it is empty.
    pub hint: &'a str,
    /// Of the whole.
    pub width: f32,
    /// Characters.
    pub limit: usize,
    /// What stands in it is wrong.
    pub wrong: bool,
}

/// Draws it. Returns the new text if it was changed.
pub(crate) fn text_field(ui: &mut Ui, field: &TextField<'_>, text: &str) -> (Option<String>, Response) {
    let &TextField { id, name, hint, width, limit, wrong } = field;
    let colors = theme::palette(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    let focused = ui.memory(|memory| memory.has_focus(id));
    let border = match (wrong, focused) {
        (true, _) => Stroke::new(2.0, colors.err),
        (false, true) => Stroke::new(2.0, colors.blue),
        (false, false) => Stroke::new(1.0, colors.edge),
    };
    ui.painter().rect(rect, RADIUS_CONTROL, colors.surface, border, StrokeKind::Inside);
    let mut edited = text.to_owned();
    let edit = TextEdit::singleline(&mut edited)
        .id(id)
        .font(Type::Body.font())
        .text_color(colors.text)
        .hint_text(egui::RichText::new(hint).font(Type::Body.font()).color(colors.muted))
        .frame(egui::Frame::NONE)
        .margin(Margin::ZERO)
        .align(egui::Align2::LEFT_CENTER)
        .desired_width(width - SPACE_5)
        .char_limit(limit);
    // What comes next stands beside the border, not beside the text.
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    let response = inner.put(rect.shrink2(vec2(SPACE_3, 1.0)), edit).accessible_name(name);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    ((edited != text).then_some(edited), response)
}

fn corner(place: usize, count: usize) -> egui::CornerRadius {
    let mut radius = egui::CornerRadius::ZERO;
    if place == 0 {
        (radius.nw, radius.sw) = (RADIUS_CONTROL, RADIUS_CONTROL);
    }
    if place + 1 == count {
        (radius.ne, radius.se) = (RADIUS_CONTROL, RADIUS_CONTROL);
    }
    radius
}

/// The words of a search field.
pub(crate) struct SearchTexts<'a> {
    /// Shown while it is empty.
    pub hint: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The name of the cross that clears it.
    pub clear: &'a str,
}

/// A search field. Returns the new text if it was changed; Escape in it clears it.
pub(crate) fn search(
    ui: &mut Ui,
    id: egui::Id,
    texts: &SearchTexts,
    text: &str,
    width: f32,
) -> Option<String> {
    let colors = theme::palette(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    let mut edited = text.to_owned();
    let focused = ui.memory(|memory| memory.has_focus(id));
    let border = if focused { Stroke::new(2.0, colors.blue) } else { Stroke::new(1.0, colors.edge) };
    ui.painter().rect(rect, RADIUS_CONTROL, colors.surface, border, StrokeKind::Inside);
    icons::paint(ui.painter(), Icon::Search, rect.left_center() + vec2(SPACE_5, 0.0), ICON, colors.muted);
    let escape = focused && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
    let leave = escape && edited.is_empty();
    if escape {
        edited.clear();
    }
    let right = if edited.is_empty() { SPACE_2 } else { HEIGHT };
    let field = egui::Rect::from_min_max(
        egui::pos2(rect.left() + SPACE_8, rect.top() + 1.0),
        egui::pos2(rect.right() - right, rect.bottom() - 1.0),
    );
    let hint = egui::RichText::new(texts.hint).font(Type::Small.font()).color(colors.muted);
    let edit = TextEdit::singleline(&mut edited)
        .id(id)
        .font(Type::Small.font())
        .text_color(colors.text)
        .hint_text(hint)
        .frame(egui::Frame::NONE)
        .margin(Margin::ZERO)
        .align(egui::Align2::LEFT_CENTER)
        .desired_width(field.width())
        .char_limit(200)
        // Escape clears the field first, and leaves it only when it is empty.
        .event_filter(EventFilter {
            escape: true,
            horizontal_arrows: true,
            vertical_arrows: true,
            tab: false,
        });
    let response: Response = ui.put(field, edit);
    let response = response.accessible_name(texts.name);
    if leave {
        response.surrender_focus();
    }
    if !edited.is_empty() {
        let cross =
            egui::Rect::from_center_size(rect.right_center() - vec2(SPACE_4, 0.0), vec2(steps(8), steps(8)));
        let clear = ui
            .scope_builder(egui::UiBuilder::new().max_rect(cross), |ui| {
                Button::icon(Icon::Cross, texts.clear).show(ui)
            })
            .inner;
        if clear.clicked() {
            edited.clear();
            response.request_focus();
        }
    }
    (edited != text).then_some(edited)
}
