//! Which column of a list means what: a choice for each field, and the first rows of the file to choose by.

use egui::{Align, Id, Layout, Rect, Role, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};
use i18n_embed_fl::fl;
use smarts_core::subscription::{Columns, Field, Table};

use super::import::of;
use crate::model::subscriptions::{ImportAction, ImportList};
use crate::view::Scene;
use crate::view::theme::{self, RADIUS_BOX, SPACE_1, SPACE_2, SPACE_3, SPACE_6, Type, steps};
use crate::view::widgets::select::select;
use crate::view::widgets::spoken;
use crate::view::widgets::text::{Line, block, label};

const FIELDS: [Field; 5] = [Field::Device, Field::Product, Field::Until, Field::Licence, Field::Note];
const GAP: f32 = SPACE_3;
const CELL_HEIGHT: f32 = SPACE_6;
const PADDING: f32 = SPACE_1;
const ROWS: usize = 3;
/// So many columns are shown; one can be chosen all the same.
const MOST_COLUMNS: usize = 8;

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, list: &ImportList) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    label(ui, &Line::of(fl!(loader, "subs-import-columns"), Type::Strong, colors.text));
    label(ui, &Line::of(fl!(loader, "subs-import-columns-hint"), Type::Small, colors.muted).rows(2));
    ui.add_space(SPACE_2);
    choices(ui, scene, list);
    ui.add_space(SPACE_3);
    first_rows(ui, scene, &list.table.0, &list.columns);
}

/// What a column is called, with what stands in it first where it is not called anything.
fn names(scene: &Scene<'_>, table: &Table) -> Vec<String> {
    let name = |(number, heading): (usize, &String)| {
        if heading.is_empty() {
            fl!(scene.loader(), "subs-import-column", number = number)
        } else {
            heading.clone()
        }
    };
    (1..).zip(&table.headings).map(name).collect()
}

fn choices(ui: &mut Ui, scene: &Scene<'_>, list: &ImportList) {
    let colors = theme::palette(ui);
    let mut texts = vec![fl!(scene.loader(), "subs-import-no-column")];
    texts.extend(names(scene, &list.table.0));
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), steps(14)));
    let width = (rect.width() - GAP * (FIELDS.len() - 1) as f32) / FIELDS.len() as f32;
    for (place, field) in FIELDS.into_iter().enumerate() {
        let left = rect.left() + place as f32 * (width + GAP);
        let part = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
        let builder = UiBuilder::new().scope_id(Id::unique(("import column", field))).max_rect(part);
        let mut child = ui.new_child(builder.layout(Layout::top_down(Align::Min)));
        child.spacing_mut().item_spacing.y = 2.0;
        let name = scene.texts.column_field(field);
        let is_missing = list.columns.missing().contains(&field);
        let color = if is_missing { colors.err } else { colors.muted };
        label(&mut child, &Line::of(&name, Type::Small, color));
        let chosen = list.columns.column(field).map_or(0, |column| column + 1);
        let id = Id::unique(("import column of", field));
        if let Some(chosen) = select(&mut child, id, &name, &texts, Some(chosen), width) {
            let mut columns = list.columns;
            // One column means one thing.
            for other in FIELDS {
                let column = columns.column_mut(other);
                if chosen > 0 && *column == Some(chosen - 1) {
                    *column = None;
                }
            }
            *columns.column_mut(field) = chosen.checked_sub(1);
            scene.send(of(ImportAction::Match(columns)));
        }
    }
}

fn first_rows(ui: &mut Ui, scene: &Scene<'_>, table: &Table, columns: &Columns) {
    let colors = theme::palette(ui);
    let rows = table.rows.iter().take(ROWS);
    let count = table.headings.len().clamp(1, MOST_COLUMNS);
    let height = CELL_HEIGHT * (rows.len() + 1) as f32 + 2.0 * PADDING;
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height));
    ui.painter().rect(rect, RADIUS_BOX, colors.bg, Stroke::new(1.0, colors.line), StrokeKind::Inside);
    let builder = UiBuilder::new()
        .max_rect(rect)
        .accessibility_role(Role::Table)
        .accessibility_label(fl!(scene.loader(), "subs-import-columns"));
    let mut inner = ui.new_child(builder);
    spoken::place(&inner, rect);
    let width = (rect.width() - SPACE_6) / count as f32;
    let mut cell = |column: usize, row: usize, text: &str, style: Type, color| {
        let min = pos2(
            rect.left() + SPACE_3 + column as f32 * width,
            rect.top() + PADDING + row as f32 * CELL_HEIGHT,
        );
        let at = Rect::from_min_size(min, vec2(width - GAP, CELL_HEIGHT));
        block(&mut inner, at, &[Line::of(text, style, color)]);
    };
    let means = |column: usize| FIELDS.into_iter().any(|field| columns.column(field) == Some(column));
    for (column, name) in names(scene, table).iter().enumerate().take(count) {
        let color = if means(column) { colors.text } else { colors.muted };
        cell(column, 0, name, Type::SmallStrong, color);
    }
    for (row, content) in rows.enumerate() {
        for (column, text) in content.cells.iter().enumerate().take(count) {
            let color = if means(column) { colors.text } else { colors.muted };
            cell(column, row + 1, text, Type::Small, color);
        }
    }
}
