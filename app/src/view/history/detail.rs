//! All that is known of the entry that is looked at, below the table, as a viewer of events shows it.

use egui::{Align, Id, Layout, Rect, Role, ScrollArea, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};
use i18n_embed_fl::fl;
use smarts_core::os::EventLevel;

use super::{action, zone};
use crate::i18n::HistoryField;
use crate::model::history::HistoryLine;
use crate::model::{Action, HistoryAction};
use crate::view::Scene;
use crate::view::theme::icons::Icon;
use crate::view::theme::{self, BUTTON_HEIGHT, RADIUS_CARD, SPACE_2, SPACE_3, SPACE_4, SPACE_5, Type, steps};
use crate::view::toasts;
use crate::view::widgets::button::{Button, Look};
use crate::view::widgets::text::{Line, label, paragraph, place};

const PADDING: f32 = SPACE_4;
const COLUMN: f32 = steps(58);
const GAP: f32 = SPACE_5;

/// Of the room below the tools; the table keeps the rest.
pub(super) fn height(room: f32) -> f32 {
    (room * 0.48).clamp(steps(32), steps(82))
}

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, line: &HistoryLine) {
    let colors = theme::palette(ui);
    let rect = ui.max_rect();
    let border = Stroke::new(1.0, colors.line);
    ui.painter().rect(rect, RADIUS_CARD, colors.surface, border, StrokeKind::Inside);
    let builder = UiBuilder::new()
        .scope_id(Id::unique("history entry"))
        .max_rect(rect.shrink2(vec2(PADDING, SPACE_3)))
        .accessibility_role(Role::Region)
        .accessibility_label(fl!(scene.loader(), "history-entry"));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing = vec2(SPACE_2, 0.0);
        let fields = scene.texts.history_fields(&line.entry, zone(scene));
        head(ui, scene, line, &fields);
        ui.add_space(SPACE_2);
        // Another entry begins at its top.
        let salt = (line.entry.time, line.entry.numbers.first());
        let area = ScrollArea::vertical().id_salt(salt).auto_shrink([false, false]);
        area.show(ui, |ui| all(ui, &fields));
    });
}

fn head(ui: &mut Ui, scene: &Scene<'_>, line: &HistoryLine, fields: &[HistoryField]) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), BUTTON_HEIGHT));
    let (folder, copy) = (fl!(loader, "history-open-copy"), fl!(loader, "history-copy-text"));
    let folder = line.copy_dir().map(|_| Button::new(&folder));
    let copy = Button::new(&copy).look(Look::Ghost);
    let back = fl!(loader, "going-back-menu");
    let back = scene.model.way_back_of(line).map(|open| (Button::new(&back), open));
    let width = |button: Option<&Button<'_>>| button.map_or(0.0, |button| button.size(ui).x + SPACE_2);
    let widths = width(back.as_ref().map(|(button, _)| button))
        + width(folder.as_ref())
        + width(Some(&copy))
        + BUTTON_HEIGHT;
    let words = scene.texts.history_words(&line.entry, zone(scene));
    let tone = match line.entry.level {
        EventLevel::Information => colors.muted,
        EventLevel::Warning => colors.amber,
        EventLevel::Error => colors.err,
    };
    let title = Line::of(words.what, Type::Heading, colors.text).and("   ", Type::Body, tone).and(
        words.result,
        Type::Body,
        tone,
    );
    let galley = title.galley(ui, rect.width() - widths - SPACE_4);
    place(ui, rect.left_center() - vec2(0.0, galley.size().y / 2.0), &title, galley);

    let at = rect.with_min_x(rect.right() - widths);
    let builder = UiBuilder::new().scope_id(Id::unique("history entry buttons")).max_rect(at);
    let mut right = ui.new_child(builder.layout(Layout::left_to_right(Align::Center)));
    right.spacing_mut().item_spacing.x = SPACE_2;
    if let Some((back, open)) = back
        && back.show(&mut right).clicked()
    {
        scene.send(Action::GoingBack(open));
    }
    if folder.is_some_and(|folder| folder.show(&mut right).clicked()) {
        scene.send(action(HistoryAction::OpenCopy));
    }
    if copy.show(&mut right).clicked() {
        let lines = fields.iter().map(|field| format!("{}: {}", field.name, field.value));
        toasts::copy(&right, scene, lines.collect::<Vec<_>>().join("\n"));
    }
    let close = fl!(loader, "history-close-entry");
    if Button::icon(Icon::Cross, &close).show(&mut right).clicked() {
        scene.send(action(HistoryAction::Detail(false)));
    }
}

/// Short ones side by side, long ones one below the other.
fn all(ui: &mut Ui, fields: &[HistoryField]) {
    let width = ui.available_width();
    let columns = ((width + GAP) / (COLUMN + GAP)).floor().max(1.0);
    let column = (width + GAP) / columns - GAP;
    for fields in fields.chunk_by(|one, next| one.is_long == next.is_long) {
        let in_row = if fields.iter().any(|field| field.is_long) { 1 } else { columns as usize };
        let wide = if in_row == 1 { width } else { column };
        for row in fields.chunks(in_row) {
            beside(ui, row, wide);
        }
    }
}

/// As high as the highest of them.
fn beside(ui: &mut Ui, row: &[HistoryField], column: f32) {
    let top = ui.cursor().min;
    let mut height: f32 = 0.0;
    for (place, field) in row.iter().enumerate() {
        let left = top.x + place as f32 * (column + GAP);
        let rect = Rect::from_min_size(pos2(left, top.y), vec2(column, f32::INFINITY));
        let mut cell = ui.new_child(UiBuilder::new().max_rect(rect));
        one(&mut cell, field);
        height = height.max(cell.min_rect().height());
    }
    ui.allocate_space(vec2(ui.available_width(), height + SPACE_2));
}

fn one(ui: &mut Ui, field: &HistoryField) {
    let colors = theme::palette(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    label(ui, &Line::of(&field.name, Type::Small, colors.muted));
    paragraph(ui, &field.value, Type::Body, colors.text);
}
