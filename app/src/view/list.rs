//! The list of bases: its head with filter and search, and the rows. Only rows in sight are drawn, and one
//! more on either side, so that the keyboard finds the next one and scrolls to it.

use egui::{Align, Id, Key, Layout, Rect, Role, ScrollArea, Ui, UiBuilder, pos2, vec2};
use i18n_embed_fl::fl;

use super::Scene;
use super::base_row::{self, Place};
use super::keyboard::search_id;
use super::theme::{self, ROW_HEIGHT, Type};
use super::widgets::fields::{SearchTexts, search, segments, segments_width};
use super::widgets::marks::mark;
use super::widgets::spoken;
use super::widgets::text::{Line, place};
use super::{empty, group_state, row_state};
use crate::model::list::{Filter, Row};
use crate::model::{Action, ListAction};

const HEAD_HEIGHT: f32 = 34.0;
const SEARCH_WIDTH: f32 = 220.0;

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    head(ui, scene);
    ui.add_space(2.0);
    if scene.model.list.rows.is_empty() {
        empty::show(ui, scene);
    } else {
        rows(ui, scene);
    }
}

fn head(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), HEAD_HEIGHT));
    let title = Line::of(fl!(loader, "bases-title"), Type::Heading, colors.text);
    let (all, with_updates) = (fl!(loader, "filter-all"), fl!(loader, "filter-with-updates"));
    let choices = [all.as_str(), with_updates.as_str()];
    let tools = segments_width(ui, &choices) + 12.0 + SEARCH_WIDTH;
    let tools_left = rect.right() - tools;

    let galley = title.galley(ui, tools_left - rect.left() - 12.0);
    let title_width = galley.size().x;
    place(ui, pos2(rect.left(), rect.center().y - 10.0), &title, galley);
    let counted = Line::of(counted(scene), Type::Small, colors.muted);
    let counted_left = rect.left() + title_width + 12.0;
    let galley = counted.galley(ui, tools_left - counted_left - 12.0);
    place(ui, pos2(counted_left, rect.center().y - 8.0), &counted, galley);

    let tools_rect = Rect::from_min_max(pos2(tools_left, rect.top()), rect.max);
    let layout = Layout::left_to_right(egui::Align::Center);
    let builder = UiBuilder::new().scope_id(Id::unique("list tools"));
    let mut tools = ui.new_child(builder.max_rect(tools_rect).layout(layout));
    tools.spacing_mut().item_spacing.x = 0.0;
    filter(&mut tools, scene, &choices);
    tools.add_space(12.0);
    search_field(&mut tools, scene);
}

/// How many bases, and where; while searching, how many were found.
fn counted(scene: &Scene<'_>) -> String {
    let loader = scene.loader();
    let model = scene.model;
    if !model.list.search.trim().is_empty() {
        return fl!(loader, "bases-found", count = model.list.rows.len());
    }
    let places = model.places();
    let mut parts = Vec::new();
    if places.here > 0 {
        parts.push(fl!(loader, "bases-here", count = places.here));
    }
    if places.remote > 0 {
        parts.push(fl!(loader, "bases-remote", count = places.remote));
    }
    if places.cloud > 0 {
        parts.push(fl!(loader, "bases-cloud", count = places.cloud));
    }
    parts.join(", ")
}

fn filter(ui: &mut Ui, scene: &Scene<'_>, choices: &[&str]) {
    let chosen = match scene.model.list.filter {
        Filter::All => 0,
        Filter::WithUpdates => 1,
    };
    let builder = UiBuilder::new()
        .accessibility_role(Role::RadioGroup)
        .accessibility_label(fl!(scene.loader(), "filter-name"));
    let clicked = ui.scope_builder(builder, |ui| segments(ui, choices, chosen)).inner;
    if let Some(place) = clicked {
        let filter = if place == 0 { Filter::All } else { Filter::WithUpdates };
        scene.send(Action::List(ListAction::Filter(filter)));
    }
}

fn search_field(ui: &mut Ui, scene: &Scene<'_>) {
    let loader = scene.loader();
    let (hint, name, clear) =
        (fl!(loader, "search-hint"), fl!(loader, "search-name"), fl!(loader, "search-clear"));
    let texts = SearchTexts { hint: &hint, name: &name, clear: &clear };
    if let Some(text) = search(ui, search_id(), &texts, &scene.model.list.search, SEARCH_WIDTH) {
        scene.send(Action::List(ListAction::Search(text)));
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
        ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
        ScrollArea::vertical().id_salt("bases").auto_shrink([false, false]).show_viewport(ui, |ui, seen| {
            ui.set_height(count as f32 * ROW_HEIGHT);
            scroll_by_keys(ui, seen.height());
            let first = ((seen.top() / ROW_HEIGHT).floor() as usize).saturating_sub(1);
            let last = ((seen.bottom() / ROW_HEIGHT).ceil() as usize + 1).min(count);
            for number in first..last {
                row(ui, scene, number, count);
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
    base_row::show(ui, scene, row_id(row), rect, &face, place);
    spoken::row(ui, row_id(row), rect, number + 1, count);
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
fn row_id(row: &Row) -> Id {
    match row {
        Row::Base { entry, .. } => Id::unique(("base", entry)),
        Row::Group { key, .. } => Id::unique(("group", key)),
    }
}

/// Page keys, Home and End move the list unless a text field has the keyboard.
pub(super) fn scroll_by_keys(ui: &Ui, page: f32) {
    if ui.ctx().text_edit_focused() {
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
