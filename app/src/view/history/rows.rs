//! The table of entries. Only rows in sight are drawn, and one entry of them all is chosen: by a click, or by the keys
//! while the table has the keyboard, as in every list box.

use std::sync::Arc;

use egui::{
    Align, CornerRadius, EventFilter, Galley, Id, Key, Modifiers, Rect, Response, Role, ScrollArea, Sense,
    Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use i18n_embed_fl::fl;
use smarts_core::os::EventLevel;

use super::{action, zone};
use crate::model::HistoryAction;
use crate::view::Scene;
use crate::view::base_row::round_off;
use crate::view::list::scroll_by_keys;
use crate::view::theme::icons::{self, Icon};
use crate::view::theme::{self, ICON, Palette, RADIUS_CARD, SPACE_2, SPACE_4, SPACE_6, Type, steps};
use crate::view::widgets::button::focus_ring;
use crate::view::widgets::text::{Line, place};

const HEAD_HEIGHT: f32 = steps(7);
const ROW_HEIGHT: f32 = steps(13);
const COLUMNS: usize = 5;
const PADDING: f32 = SPACE_4;
const GAP: f32 = SPACE_4;
const ICON_ROOM: f32 = SPACE_6;

/// The table, as the keyboard knows it.
fn table_id() -> Id {
    Id::unique("history table")
}

/// Set while the chosen row is to be brought into sight.
fn wanted_id() -> Id {
    Id::unique("history row to be seen")
}

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    let room = ui.available_rect_before_wrap();
    head(ui, scene, Rect::from_min_size(room.min, vec2(room.width(), HEAD_HEIGHT)));
    let room = room.with_min_y(room.top() + HEAD_HEIGHT);
    let count = scene.model.history_page.shown.len();
    let height = (count as f32 * ROW_HEIGHT).min(room.height());
    let frame = Rect::from_min_size(room.min, vec2(room.width(), height));
    let table = ui.interact(frame, table_id(), Sense::focusable_noninteractive());
    table.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, fl!(scene.loader(), "history-list")));
    by_keys(ui, scene, &table, height);
    let builder = UiBuilder::new().max_rect(frame).accessibility_parent(table.id);
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
        ScrollArea::vertical().id_salt("history").auto_shrink([false, false]).show_viewport(
            ui,
            |ui, seen| {
                ui.set_height(count as f32 * ROW_HEIGHT);
                if !table.has_focus() {
                    scroll_by_keys(ui, seen.height());
                }
                let first = ((seen.top() / ROW_HEIGHT).floor() as usize).saturating_sub(1);
                let last = ((seen.bottom() / ROW_HEIGHT).ceil() as usize + 1).min(count);
                for number in first..last {
                    row(ui, scene, &table, number, count);
                }
                bring_into_sight(ui, scene);
            },
        );
    });
    round_off(ui, frame, colors.bg);
    focus_ring(ui, frame.shrink(2.0), &table);
}

/// What stands in which column; in the same words for both lines of a cell.
fn head(ui: &mut Ui, scene: &Scene<'_>, rect: Rect) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let titles = [
        fl!(loader, "history-head-when"),
        fl!(loader, "history-head-what"),
        fl!(loader, "history-head-versions"),
        fl!(loader, "history-head-who"),
        fl!(loader, "history-head-source"),
    ];
    for (title, column) in titles.into_iter().zip(columns(rect)) {
        let line = Line::of(title, Type::Small, colors.muted);
        let galley = line.galley(ui, column.width());
        place(ui, pos2(column.left(), rect.center().y - Type::Body.line_height() / 2.0), &line, galley);
    }
}

/// The keys of a list box: they choose, and the pane tells of what is chosen.
fn by_keys(ui: &Ui, scene: &Scene<'_>, table: &Response, height: f32) {
    if !table.has_focus() {
        return;
    }
    let filter = EventFilter { vertical_arrows: true, escape: true, horizontal_arrows: false, tab: false };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(table.id, filter));
    let page = &scene.model.history_page;
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::Enter) || pressed(Key::Space) {
        scene.send(action(HistoryAction::Detail(true)));
        want(ui);
    }
    if pressed(Key::Escape) {
        scene.send(action(HistoryAction::Detail(false)));
    }
    let last = page.shown.len().saturating_sub(1);
    let leap = ((height / ROW_HEIGHT) as usize).saturating_sub(1).max(1);
    let chosen = page.chosen_number();
    let from = chosen.unwrap_or_default();
    let moves = [
        // The first key finds the first entry.
        (Key::ArrowDown, if chosen.is_none() { 0 } else { from + 1 }),
        (Key::ArrowUp, from.saturating_sub(1)),
        (Key::PageDown, from + leap),
        (Key::PageUp, from.saturating_sub(leap)),
        (Key::Home, 0),
        (Key::End, last),
    ];
    if let Some((_, number)) = moves.into_iter().find(|(key, _)| pressed(*key)) {
        scene.send(action(HistoryAction::Choose(number.min(last))));
        want(ui);
    }
}

fn want(ui: &Ui) {
    ui.data_mut(|data| data.insert_temp(wanted_id(), true));
}

/// Once what was chosen is known.
fn bring_into_sight(ui: &Ui, scene: &Scene<'_>) {
    if !scene.actions.borrow().is_empty() || ui.data(|data| data.get_temp(wanted_id())) != Some(true) {
        return;
    }
    ui.data_mut(|data| data.remove::<bool>(wanted_id()));
    if let Some(number) = scene.model.history_page.chosen_number() {
        let rect = row_rect(ui, number);
        if !ui.clip_rect().contains_rect(rect) {
            let above = rect.top() < ui.clip_rect().top();
            ui.scroll_to_rect(rect, Some(if above { Align::TOP } else { Align::BOTTOM }));
        }
    }
}

fn row_rect(ui: &Ui, number: usize) -> Rect {
    let top = ui.max_rect().top() + number as f32 * ROW_HEIGHT;
    Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=top + ROW_HEIGHT)
}

fn row(ui: &mut Ui, scene: &Scene<'_>, table: &Response, number: usize, count: usize) {
    let page = &scene.model.history_page;
    let Some(line) = page.line(number) else { return };
    let colors = theme::palette(ui);
    let rect = row_rect(ui, number);
    let words = scene.texts.history_words(&line.entry, zone(scene));
    let is_chosen = page.is_chosen(line);
    let response = ui.interact(rect, Id::unique(("history row", number)), Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, words.name()));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_selected(is_chosen);
        node.set_position_in_set(number);
        node.set_size_of_set(count);
    });
    if is_chosen {
        let row = response.id.accesskit_id();
        ui.ctx().accesskit_node_builder(table.id, |node| node.set_active_descendant(row));
    }
    ground(ui, colors, rect, (number, count), is_chosen, response.hovered());

    let (icon, tone) = match line.entry.level {
        EventLevel::Information => (Icon::Check, colors.muted),
        EventLevel::Warning => (Icon::Exclamation, colors.amber),
        EventLevel::Error => (Icon::Exclamation, colors.err),
    };
    icons::paint(ui.painter(), icon, rect.left_center() + vec2(PADDING + SPACE_2, 0.0), ICON, tone);
    let result = if line.entry.level == EventLevel::Information { colors.muted } else { tone };
    let small = |text: String, color| Line::of(text, Type::Small, color);
    let cells: [[Line; 2]; COLUMNS] = [
        [Line::of(words.time, Type::Body, colors.text), small(words.level, result)],
        [Line::of(words.what, Type::Strong, colors.text), small(words.product, colors.muted)],
        [versions(colors, &words.from, &words.to), small(words.result, result)],
        [Line::of(words.who, Type::Body, colors.text), small(words.account, colors.muted)],
        [small(words.source, colors.text), small(words.place, colors.muted)],
    ];
    let mut cut = None;
    for (lines, column) in cells.iter().zip(columns(rect)) {
        cut = cut.or(cell(ui, column, lines, &response));
    }
    let clicked = response.clicked();
    if let Some(whole) = cut {
        response.on_hover_text(whole);
    }
    if clicked {
        scene.send(action(HistoryAction::Choose(number)));
        scene.send(action(HistoryAction::Detail(true)));
        ui.memory_mut(|memory| memory.request_focus(table.id));
        want(ui);
    }
}

fn ground(
    ui: &Ui,
    colors: &Palette,
    rect: Rect,
    (number, count): (usize, usize),
    is_chosen: bool,
    hovered: bool,
) {
    let mut radius = CornerRadius::ZERO;
    if number == 0 {
        (radius.nw, radius.ne) = (RADIUS_CARD, RADIUS_CARD);
    }
    if number + 1 == count {
        (radius.sw, radius.se) = (RADIUS_CARD, RADIUS_CARD);
    }
    let fill = match (is_chosen, hovered) {
        (true, _) => colors.blue_bg,
        (false, true) => colors.bg,
        (false, false) => colors.surface,
    };
    ui.painter().rect_filled(rect, radius, fill);
    if is_chosen {
        // Not by colour alone: an edge, too.
        let edge = Rect::from_min_size(rect.min, vec2(theme::EDGE_WIDTH, rect.height()));
        ui.painter().rect_filled(edge, 0.0, colors.blue_button);
    }
    if number + 1 < count {
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, colors.line));
    }
}

/// `1.6.2.6493 → 1.6.3.7283`; the newer one weighs.
fn versions(colors: &Palette, from: &str, to: &str) -> Line {
    match (from, to) {
        (from, "") => Line::of(from, Type::Body, colors.muted),
        ("", to) => Line::of(to, Type::Strong, colors.text),
        (from, to) => {
            Line::of(format!("{from} → "), Type::Body, colors.muted).and(to, Type::Strong, colors.text)
        }
    }
}

/// Draws the lines of a cell; returns the whole of the one under the pointer, if it had to be cut.
fn cell(ui: &Ui, rect: Rect, lines: &[Line], row: &Response) -> Option<String> {
    let lines: Vec<(&Line, Arc<Galley>)> = lines
        .iter()
        .filter(|line| line.runs.iter().any(|run| !run.text.is_empty()))
        .map(|line| (line, line.galley(ui, rect.width())))
        .collect();
    let height: f32 = lines.iter().map(|(_, galley)| galley.size().y).sum();
    let mut top = rect.center().y - height / 2.0;
    let mut cut = None;
    for (line, galley) in lines {
        let place = Rect::from_min_size(pos2(rect.left(), top), galley.size());
        top += galley.size().y;
        if galley.elided && row.hover_pos().is_some_and(|pointer| place.contains(pointer)) {
            cut = Some(line.plain());
        }
        let color = line.runs.first().map_or(theme::palette(ui).text, |run| run.color);
        ui.painter().galley(place.min, galley, color);
    }
    cut
}

/// The first and the last are as wide as what stands in them; the others share the rest.
fn columns(rect: Rect) -> [Rect; COLUMNS] {
    let (when, source) = (steps(38), steps(43));
    let left = rect.left() + PADDING + ICON_ROOM;
    let shared = rect.right() - PADDING - left - when - source - (COLUMNS - 1) as f32 * GAP;
    let widths = [when, shared * 0.32, shared * 0.4, shared * 0.28, source];
    let mut at = left;
    widths.map(|width| {
        let column = Rect::from_x_y_ranges(at..=at + width.max(0.0), rect.y_range());
        at += width + GAP;
        column
    })
}
