//! The list of bases. Only rows in sight are drawn, one more on either side, so that the keyboard finds the next one and
//! scrolls to it, and the current one wherever it is, so that it keeps the keyboard.

use std::collections::BTreeSet;

use egui::{Align, Id, Rect, Role, ScrollArea, Ui, UiBuilder, Vec2, vec2};
use i18n_embed_fl::fl;

use super::Scene;
use super::base_row::{self, Place};
use super::keyboard::scroll_by_keys;
use super::theme::{self, EDGE_WIDTH, ROW_HEIGHT, SPACE_5, SPACE_6, SPACE_HALF};
use super::whole::whole;
use super::widgets::marks::{mark, tick_alone};
use super::widgets::spoken;
use super::{controls, empty, group_state, list_head, list_keys, row_state};
use crate::model::list::Row;
use crate::model::{Action, ListAction};

/// The room of a box to tick that takes clicks.
const TICK_SIZE: f32 = SPACE_6;

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    list_head::show(ui, scene);
    ui.add_space(SPACE_HALF);
    if scene.model.list.rows.is_empty() {
        empty::show(ui, scene);
    } else {
        rows(ui, scene);
    }
}

fn rows(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    let count = scene.model.list.rows.len();
    let available = ui.available_rect_before_wrap();
    let height = (count as f32 * ROW_HEIGHT).min(available.height());
    let frame = Rect::from_min_size(available.min, vec2(available.width(), height));
    let builder = UiBuilder::new()
        .max_rect(frame)
        .accessibility_role(Role::List)
        .accessibility_label(fl!(scene.loader(), "list-name"));
    ui.scope_builder(builder, |ui| {
        spoken::place(ui, frame);
        ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
        ScrollArea::vertical().id_salt("bases").auto_shrink([false, false]).show_viewport(ui, |ui, seen| {
            ui.set_height(count as f32 * ROW_HEIGHT);
            let has_moved = list_keys::listen(ui, scene, seen.height());
            scroll_by_keys(ui, seen.height());
            let first = ((seen.top() / ROW_HEIGHT).floor() as usize).saturating_sub(1);
            let last = ((seen.bottom() / ROW_HEIGHT).ceil() as usize + 1).min(count);
            let current = scene.model.current_row();
            // In their order from top to bottom, which is that of Tab.
            let drawn: BTreeSet<usize> = (first..last).chain(current).collect();
            for number in drawn {
                row(ui, scene, number, count);
            }
            if let Some(current) = current.filter(|_| has_moved) {
                ui.scroll_to_rect(row_rect(ui, current), None);
            }
            shown(ui, scene);
        });
    });
    base_row::round_off(ui, frame, colors.bg);
}

fn row(ui: &mut Ui, scene: &Scene<'_>, number: usize, count: usize) {
    let list = &scene.model.list;
    let Some(row) = list.rows.get(number) else { return };
    let colors = theme::palette(ui);
    let face = match row {
        Row::Base { entry, .. } => {
            let Some(entry) = list.entries.get(*entry) else { return };
            row_state::base(scene, colors, entry)
        }
        Row::Group { key, entries } => {
            let entries: Vec<_> = entries.iter().filter_map(|place| list.entries.get(*place)).collect();
            group_state::group(scene, colors, key, &entries)
        }
    };
    let member = matches!(row, Row::Base { member: true, .. });
    let rect = row_rect(ui, number);
    let place = Place { first: number == 0, last: number + 1 == count, member };
    let id = row_id(row);
    let is_current = scene.model.current_row() == Some(number);
    let whole = whole(ui, id, rect, Role::ListItem, &face.name, is_current);
    spoken::row(ui, id, rect, number, count);
    let is_entered = base_row::show_in(ui, scene, id, rect, &face, place);
    if member {
        tick(ui, scene, row, &face.name, rect);
    }
    let is_clicked = whole.response.clicked() || whole.response.secondary_clicked();
    if !is_current && (is_entered || is_clicked || whole.is_sought) {
        scene.send(Action::List(ListAction::Stand(number)));
    }
    whole.end(ui, scene, &face.name, scene.model.details_of(number), controls::entries(&face.controls));
}

/// The box of a base in its group: it goes along with the group's update, or not.
fn tick(ui: &mut Ui, scene: &Scene<'_>, row: &Row, name: &str, rect: Rect) {
    let Row::Base { entry, .. } = row else { return };
    let Some(entry) = scene.model.list.entries.get(*entry) else { return };
    let Some(ticked) = row_state::ticked(scene, entry) else { return };
    let text = fl!(scene.loader(), "group-tick", name = name);
    let center = rect.left_center() + vec2(EDGE_WIDTH + SPACE_5, 0.0);
    let place = Rect::from_center_size(center, Vec2::splat(TICK_SIZE));
    if let Some(ticked) = tick_alone(ui, row_id(row).with("tick"), place, ticked, &text) {
        let base_id = entry.id.clone();
        scene.send(Action::List(ListAction::Tick { base_id, ticked }));
    }
}

/// Marks the row the person came for, and moves the list to it once.
fn shown(ui: &Ui, scene: &Scene<'_>) {
    let Some(shown) = &scene.model.shown else { return };
    let Some(number) = scene.model.row_of(&shown.id) else { return };
    let rect = row_rect(ui, number);
    mark(ui, rect);
    if !shown.in_sight {
        if !ui.clip_rect().contains_rect(rect) {
            ui.scroll_to_rect(rect, Some(Align::Center));
        }
        scene.send(Action::List(ListAction::InSight));
    }
}

fn row_rect(ui: &Ui, number: usize) -> Rect {
    let top = ui.max_rect().top() + number as f32 * ROW_HEIGHT;
    Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=top + ROW_HEIGHT)
}

/// Follows the base, so that its controls keep the keyboard while rows are scrolled, filtered or grouped.
pub(super) fn row_id(row: &Row) -> Id {
    match row {
        Row::Base { entry, .. } => Id::unique(("base", entry)),
        Row::Group { key, .. } => Id::unique(("group", key)),
    }
}
