//! One row of the list, drawn: icon, base, versions, state, controls, in columns that keep their places
//! from row to row and never reach under the controls.

use egui::{Color32, CornerRadius, Id, Rect, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::Scene;
use super::controls;
use super::row_state::{Face, Side};
use super::theme::{
    self, BAR_HEIGHT, COLUMN_GAP, EDGE_WIDTH, ICON_SIZE, RADIUS_CARD, SPACE_1_HALF, SPACE_3, SPACE_4,
    SPACE_8, SPACE_HALF, steps,
};
use super::widgets::marks::{Progress, badge, bar, chip};
use super::widgets::text::{Line, block, place};

/// Where a row stands among the rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// It is the first of all.
    pub first: bool,
    /// It is the last of all.
    pub last: bool,
    /// It belongs to the group above it.
    pub member: bool,
}

struct Columns {
    icon: Rect,
    title: Rect,
    middle: Rect,
    side: Rect,
    controls: Rect,
}

/// Draws a row into `rect` that takes neither clicks nor the keyboard itself.
pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, id: Id, rect: Rect, face: &Face, place: Place) {
    let item = ui.interact(rect, id, Sense::hover());
    item.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &face.name));
    show_in(ui, scene, item.id, rect, face, place);
}

/// Draws a row into `rect`, below `whole` in the accessibility tree. Whether one of its controls has got the keyboard.
pub(super) fn show_in(
    ui: &mut Ui,
    scene: &Scene<'_>,
    whole: Id,
    rect: Rect,
    face: &Face,
    place: Place,
) -> bool {
    let id = whole.with("row");
    fill(ui, rect, face.tint, place);
    let builder = UiBuilder::new().scope_id(id).max_rect(rect).accessibility_parent(whole);
    let mut row = ui.new_child(builder);
    let columns = columns(&row, rect, face, place.member);
    badge(&row, columns.icon, &face.badge);
    block(&mut row, columns.title, &face.title);
    let middle = match face.side {
        // Where controls take the room of what stands beside the middle, it ends before them.
        Side::Empty => Rect::from_min_max(columns.middle.min, columns.side.max)
            .with_max_x(columns.side.right().min(columns.controls.left() - COLUMN_GAP)),
        Side::Lines(_) | Side::Chip(..) | Side::ChipWithTip { .. } => columns.middle,
    };
    match face.bar {
        None => block(&mut row, middle, &face.middle),
        Some(progress) => lines_over_bar(&mut row, middle, face, progress),
    }
    match &face.side {
        Side::Empty => {}
        Side::Lines(lines) => block(&mut row, columns.side, lines),
        Side::Chip(text, tone) => {
            chip(&mut row, columns.side, text, *tone);
        }
        Side::ChipWithTip { text, tone, tip } => {
            chip(&mut row, columns.side, text, *tone).on_hover_text(tip);
        }
    }
    controls::show(&mut row, scene, id.with("controls"), columns.controls, &face.controls)
}

fn fill(ui: &Ui, rect: Rect, tint: bool, place: Place) {
    let colors = theme::palette(ui);
    let mut radius = CornerRadius::ZERO;
    if place.first {
        (radius.nw, radius.ne) = (RADIUS_CARD, RADIUS_CARD);
    }
    if place.last {
        (radius.sw, radius.se) = (RADIUS_CARD, RADIUS_CARD);
    }
    let fill = if tint { colors.blue_bg } else { colors.surface };
    if tint {
        ui.painter().rect_filled(rect, radius, colors.blue_button);
        let mut inner = rect;
        inner.min.x += EDGE_WIDTH;
        radius.nw = 0;
        radius.sw = 0;
        ui.painter().rect_filled(inner, radius, fill);
    } else {
        ui.painter().rect_filled(rect, radius, fill);
    }
    if !place.last {
        let left = if tint { rect.left() + EDGE_WIDTH } else { rect.left() };
        ui.painter().hline(left..=rect.right(), rect.bottom() - 0.5, Stroke::new(1.0, colors.line));
    }
}

fn columns(ui: &Ui, rect: Rect, face: &Face, member: bool) -> Columns {
    let indent = if member { SPACE_8 } else { 0.0 };
    let left = rect.left() + EDGE_WIDTH + SPACE_4;
    let right = rect.right() - SPACE_3;
    let for_all = right - left - ICON_SIZE - 4.0 * COLUMN_GAP;
    let for_controls = (for_all * 0.3).clamp(steps(62), steps(82));
    let for_texts = for_all - for_controls;
    let (title, middle) = (for_texts * 0.335, for_texts * 0.345);
    let column = |left: f32, width: f32| {
        Rect::from_min_size(
            pos2(left, rect.top() + SPACE_HALF),
            vec2(width.max(0.0), rect.height() - 2.0 * SPACE_HALF),
        )
    };
    let title_left = left + ICON_SIZE + COLUMN_GAP;
    let middle_left = title_left + title + COLUMN_GAP;
    let side_left = middle_left + middle + COLUMN_GAP;
    let controls_left = right - controls::width(ui, &face.controls);
    // A row with many controls takes their room from its state, never from another row's columns.
    let texts_right = (side_left + for_texts - title - middle).min(controls_left - COLUMN_GAP);
    Columns {
        icon: column(left + indent, ICON_SIZE),
        title: column(title_left + indent, title - indent),
        middle: column(middle_left, middle.min(texts_right - middle_left)),
        side: column(side_left, texts_right - side_left),
        controls: column(controls_left, right - controls_left),
    }
}

/// The last line gives way to the bar, so that both keep within the row.
fn lines_over_bar(ui: &mut Ui, rect: Rect, face: &Face, progress: Progress) {
    let lines: Vec<Line> = face.middle.iter().take(2).cloned().collect();
    let galleys: Vec<_> = lines.iter().map(|line| line.galley(ui, rect.width())).collect();
    let text: f32 = galleys.iter().map(|galley| galley.size().y).sum();
    let height = text + SPACE_1_HALF + BAR_HEIGHT;
    let mut top = rect.center().y - height / 2.0;
    for (line, galley) in lines.iter().zip(galleys) {
        let size = galley.size();
        place(ui, pos2(rect.left(), top), line, galley);
        top += size.y;
    }
    let width = rect.width().min(steps(95));
    let bar_rect = Rect::from_min_size(pos2(rect.left(), top + SPACE_1_HALF), vec2(width, BAR_HEIGHT));
    bar(ui, bar_rect, progress, &face.name);
}

/// Hides what the rows draw outside the rounded corners of their list.
pub(super) fn round_off(ui: &Ui, rect: Rect, ground: Color32) {
    let ring = Stroke::new(SPACE_1_HALF, ground);
    ui.painter().rect_stroke(rect, RADIUS_CARD, ring, egui::StrokeKind::Outside);
    let line = Stroke::new(1.0, theme::palette(ui).line);
    ui.painter().rect_stroke(rect, RADIUS_CARD, line, egui::StrokeKind::Inside);
}
