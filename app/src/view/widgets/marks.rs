//! Small marks that are only looked at: chips, bars, a row's icon, a tick box with its text.

use egui::{Color32, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::button::{focus_ring, paint_text, text_width};
use super::text::{Line, place};
use crate::view::theme::icons::{self, Icon};
use crate::view::theme::motion;
use crate::view::theme::{
    self, BAR_HEIGHT, ICON_BADGE, ICON_SIZE, ICON_SMALL, Palette, RADIUS_BOX, SPACE_1, SPACE_2, SPACE_5,
    SPACE_6, SPACE_HALF, Type, steps,
};

/// What a chip says by its colour, beside its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Nothing.
    Neutral,
    /// As it should be.
    Fine,
    /// A warning.
    Warning,
}

/// A ring around what the person came for; as around what has the keyboard.
pub(crate) fn mark(ui: &Ui, rect: Rect) {
    let ring = Stroke::new(2.0, theme::palette(ui).blue);
    ui.painter().rect_stroke(rect.shrink(2.0), RADIUS_BOX, ring, StrokeKind::Inside);
}

/// A word or two in a rounded frame, at the left of `rect` and in the middle of its height.
pub(crate) fn chip(ui: &mut Ui, rect: Rect, text: &str, tone: Tone) -> Response {
    let colors = theme::palette(ui);
    let (fill, border, color) = match tone {
        Tone::Neutral => (Color32::TRANSPARENT, colors.edge, colors.muted),
        Tone::Fine => (colors.ok_bg, colors.ok_bg, colors.ok),
        Tone::Warning => (colors.amber_bg, colors.amber_bg, colors.amber),
    };
    let line = Line::of(text, Type::Small, color);
    let galley = line.galley(ui, rect.width() - 2.0 * SPACE_2);
    let size = galley.size() + vec2(2.0 * SPACE_2, SPACE_1);
    let frame = Rect::from_min_size(pos2(rect.left(), rect.center().y - size.y / 2.0), size);
    ui.painter().rect(frame, RADIUS_BOX, fill, Stroke::new(1.0, border), StrokeKind::Inside);
    place(ui, frame.min + vec2(SPACE_2, 2.0), &line, galley)
}

/// How far something is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Progress {
    /// From 0 to 1.
    Part(f32),
    /// Under way, and nobody knows how far.
    Unknown,
}

impl From<Option<f32>> for Progress {
    fn from(part: Option<f32>) -> Self {
        part.map_or(Self::Unknown, Self::Part)
    }
}

/// A progress bar.
pub(crate) fn bar(ui: &mut Ui, rect: Rect, progress: Progress, name: &str) {
    let colors = theme::palette(ui);
    let rect = Rect::from_min_size(rect.min, vec2(rect.width(), BAR_HEIGHT));
    let id = ui.next_auto_id();
    ui.skip_ahead_auto_ids(1);
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ProgressIndicator, true, name);
        if let Progress::Part(part) = progress {
            info.value = Some(f64::from(part * 100.0).round());
            info.current_text_value = Some(format!("{:.0} %", part * 100.0));
        }
        info
    });
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(100.0);
    });
    let radius = BAR_HEIGHT / 2.0;
    ui.painter().rect_filled(rect, radius, colors.track);
    let filled = match progress {
        Progress::Part(part) => {
            Rect::from_min_size(rect.min, vec2((rect.width() * part).max(BAR_HEIGHT), BAR_HEIGHT))
        }
        Progress::Unknown => motion::wandering(ui, rect),
    };
    ui.painter().rect_filled(filled, radius, colors.blue_fill);
}

/// What stands in a row's icon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Badge {
    /// A letter of the product.
    Letters(String),
    /// The update is done.
    Done,
    /// Look here.
    Alert,
    /// The platform's, filled.
    Platform,
    /// This program's.
    Program,
    /// A sign that says how it stands.
    Sign(Icon, Color32),
}

/// A row's icon. Only looked at: the row's words say the same.
pub(crate) fn badge(ui: &Ui, rect: Rect, badge: &Badge) {
    let colors = theme::palette(ui);
    let rect = Rect::from_center_size(rect.center(), Vec2::splat(ICON_SIZE));
    let platform = *badge == Badge::Platform;
    let (fill, line) =
        if platform { (colors.violet_fill, colors.violet_fill) } else { (colors.bg, colors.line) };
    ui.painter().rect(rect, RADIUS_BOX, fill, Stroke::new(1.0, line), StrokeKind::Inside);
    match badge {
        Badge::Letters(letters) => centred(ui, rect, letters, colors.muted),
        Badge::Platform => centred(ui, rect, "MS", colors.on_fill),
        Badge::Program => icons::paint(ui.painter(), Icon::Program, rect.center(), ICON_BADGE, colors.muted),
        Badge::Sign(icon, color) => icons::paint(ui.painter(), *icon, rect.center(), ICON_BADGE, *color),
        Badge::Done => icons::paint(ui.painter(), Icon::Check, rect.center(), ICON_BADGE, colors.ok),
        Badge::Alert => icons::paint(ui.painter(), Icon::Exclamation, rect.center(), ICON_BADGE, colors.err),
    }
}

fn centred(ui: &Ui, rect: Rect, text: &str, color: Color32) {
    let width = text_width(ui, text, Type::Strong);
    paint_text(ui, pos2(rect.center().x - width / 2.0, rect.center().y), text, Type::Strong, color);
}

/// A box to tick, with its text wrapped beside it. Returns the new state if it was changed.
///
/// `id` is its own, so that it keeps the keyboard whatever appears above it.
pub(crate) fn tick_box(ui: &mut Ui, id: Id, ticked: bool, line: &Line, name: &str) -> Option<bool> {
    let colors = theme::palette(ui);
    let galley = line.galley(ui, ui.available_width() - steps(7));
    let size = vec2(steps(7) + galley.size().x, galley.size().y.max(SPACE_6));
    let (_, rect) = ui.allocate_space(size);
    let response = ui.interact(rect, id, Sense::click());
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, ticked, name));
    let square = Rect::from_min_size(pos2(rect.left() + 1.0, rect.top() + SPACE_HALF), Vec2::splat(SPACE_5));
    paint_box(ui, colors, square, ticked, &response);
    let color = line.runs.first().map_or(colors.text, |run| run.color);
    let top =
        if galley.rows.len() > 1 { rect.top() + 2.0 } else { square.center().y - galley.size().y / 2.0 };
    ui.painter().galley(pos2(rect.left() + steps(7), top), galley, color);
    focus_ring(ui, rect, &response);
    response.clicked().then_some(!ticked)
}

/// A box to tick without words beside it, in the middle of `rect`, which takes the clicks. Returns the new state if it was
/// changed.
pub(crate) fn tick_alone(ui: &mut Ui, id: Id, rect: Rect, ticked: bool, name: &str) -> Option<bool> {
    let colors = theme::palette(ui);
    let response = ui.interact(rect, id, Sense::click());
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, ticked, name));
    let square = Rect::from_center_size(rect.center(), Vec2::splat(SPACE_5));
    paint_box(ui, colors, square, ticked, &response);
    focus_ring(ui, square, &response);
    let is_changed = response.clicked();
    response.on_hover_text(name);
    is_changed.then_some(!ticked)
}

fn paint_box(ui: &Ui, colors: &Palette, square: Rect, ticked: bool, response: &Response) {
    let border = if response.hovered() { colors.text } else { colors.edge };
    let (fill, border) = if ticked { (colors.blue_button, colors.blue) } else { (colors.surface, border) };
    ui.painter().rect(square, SPACE_1, fill, Stroke::new(1.0, border), StrokeKind::Inside);
    if ticked {
        icons::paint(ui.painter(), Icon::Check, square.center(), ICON_SMALL, colors.on_fill);
    }
}
