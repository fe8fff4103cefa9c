//! The reports of many PCs as one table. Only lines in sight are drawn.

use std::path::Path;

use egui::{
    Align, Color32, Id, Layout, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use i18n_embed_fl::fl;
use jiff::Timestamp;

use super::Scene;
use super::modal::{buttons, middle_height, modal, offer_focus};
use super::theme::{
    self, BUTTON_HEIGHT, Palette, RADIUS_BOX, SPACE_1, SPACE_2, SPACE_3, SPACE_4, Type, steps,
};
use super::widgets::button::{Button, Look, focus_ring};
use super::widgets::fields::{SearchTexts, search};
use super::widgets::text::{Line, block, paragraph};
use crate::model::reports::{COLUMNS, Column, PcLine, PcReports, PcTold, ReportsPage};
use crate::model::{Action, ReportsAction};

const WIDTH: f32 = steps(270);
const HEAD_HEIGHT: f32 = BUTTON_HEIGHT;
const LINE_HEIGHT: f32 = steps(11);
const SEARCH_WIDTH: f32 = steps(55);
const GAP: f32 = SPACE_4;
/// A PC that has not been checked for so long is looked at twice.
const OLD_AFTER_SECS: i64 = 7 * 24 * 60 * 60;

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, page: &ReportsPage) {
    let loader = scene.loader();
    modal(ui, scene, "reports", &fl!(loader, "reports-title"), WIDTH, Action::CloseDialog, |ui| {
        ui.add_space(SPACE_1);
        tools(ui, scene, page);
        ui.add_space(SPACE_2);
        let height = middle_height(ui, steps(48));
        match &page.read {
            None => note(ui, fl!(loader, "reports-reading")),
            Some(Err(reason)) => {
                let colors = theme::palette(ui);
                paragraph(ui, reason, Type::Body, colors.err);
            }
            Some(Ok(reports)) if reports.lines.is_empty() => note(ui, fl!(loader, "reports-none")),
            Some(Ok(_)) if page.shown.is_empty() => note(ui, fl!(loader, "empty-no-match")),
            Some(Ok(_)) => table(ui, scene, page, height),
        }
        foot(ui, scene, page);
    });
}

fn foot(ui: &mut Ui, scene: &Scene<'_>, page: &ReportsPage) {
    let loader = scene.loader();
    let (other, again) = (fl!(loader, "reports-other"), fl!(loader, "reports-read-again"));
    let close = fl!(loader, "close");
    let drawn = [
        Button::new(&other).look(Look::Ghost),
        Button::new(&again).look(Look::Ghost).dead(page.read.is_none()),
        Button::new(&close),
    ];
    let [other, again, close] = buttons(ui, "reports", None, drawn);
    offer_focus(ui, &close);
    if other.clicked() {
        scene.send(Action::Reports(ReportsAction::Choose));
    }
    if again.clicked() {
        scene.send(Action::Reports(ReportsAction::ReadAgain));
    }
    if close.clicked() {
        scene.send(Action::CloseDialog);
    }
}

fn note(ui: &mut Ui, text: String) {
    let colors = theme::palette(ui);
    paragraph(ui, text, Type::Body, colors.muted);
}

/// Which folder, how many PCs, and the search field.
fn tools(ui: &mut Ui, scene: &Scene<'_>, page: &ReportsPage) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), HEAD_HEIGHT));
    let left = rect.with_max_x(rect.right() - SEARCH_WIDTH - GAP);
    let lines = [
        Line::of(shown_path(&page.folder), Type::Small, colors.text),
        Line::of(counted(scene, page), Type::Small, colors.muted),
    ];
    block(ui, left, &lines);
    let builder = UiBuilder::new()
        .scope_id(Id::unique("reports tools"))
        .max_rect(rect.with_min_x(rect.right() - SEARCH_WIDTH))
        .layout(Layout::left_to_right(Align::Center));
    let mut right = ui.new_child(builder);
    let (hint, name, clear) =
        (fl!(loader, "reports-search"), fl!(loader, "reports-search-name"), fl!(loader, "search-clear"));
    let texts = SearchTexts { hint: &hint, name: &name, clear: &clear };
    if let Some(text) = search(&mut right, Id::unique("search reports"), &texts, &page.search, SEARCH_WIDTH) {
        scene.send(Action::Reports(ReportsAction::Search(text)));
    }
}

fn shown_path(path: &Path) -> String {
    path.display().to_string()
}

fn counted(scene: &Scene<'_>, page: &ReportsPage) -> String {
    let loader = scene.loader();
    let Some(Ok(PcReports { lines, left_out })) = &page.read else { return String::new() };
    let left_out: usize = *left_out;
    let mut parts = vec![fl!(loader, "reports-count", count = lines.len())];
    if !page.search.trim().is_empty() {
        parts.push(fl!(loader, "reports-found", count = page.shown.len()));
    }
    if left_out > 0 {
        parts.push(fl!(loader, "reports-left-out", count = left_out));
    }
    parts.join(" · ")
}

/// Where the columns stand, as parts of the whole.
fn columns(rect: Rect) -> [Rect; 6] {
    const PARTS: [f32; 6] = [0.16, 0.12, 0.07, 0.29, 0.17, 0.19];
    let inner = rect.shrink2(vec2(SPACE_3, 0.0));
    let mut left = inner.left();
    PARTS.map(|part| {
        let width = inner.width() * part;
        let column = Rect::from_min_max(pos2(left, rect.top()), pos2(left + width - GAP, rect.bottom()));
        left += width;
        column
    })
}

fn table(ui: &mut Ui, scene: &Scene<'_>, page: &ReportsPage, height: f32) {
    let colors = theme::palette(ui);
    let count = page.shown.len();
    let wanted = HEAD_HEIGHT + count as f32 * LINE_HEIGHT;
    let (_, frame) = ui.allocate_space(vec2(ui.available_width(), wanted.min(height)));
    ui.painter().rect_filled(frame, RADIUS_BOX, colors.bg);
    let builder = UiBuilder::new()
        .scope_id(Id::unique("reports table"))
        .max_rect(frame)
        .accessibility_role(Role::Table)
        .accessibility_label(fl!(scene.loader(), "reports-title"));
    let mut inner = ui.new_child(builder);
    inner.spacing_mut().item_spacing = egui::Vec2::ZERO;
    head(&mut inner, scene, page, Rect::from_min_size(frame.min, vec2(frame.width(), HEAD_HEIGHT)));
    let body = frame.with_min_y(frame.top() + HEAD_HEIGHT);
    let mut body = inner.new_child(UiBuilder::new().max_rect(body));
    let area = ScrollArea::vertical().id_salt("reports").auto_shrink([false, false]);
    area.show_viewport(&mut body, |ui, seen| {
        ui.set_height(count as f32 * LINE_HEIGHT);
        super::keyboard::scroll_by_keys(ui, seen.height());
        let first = (seen.top() / LINE_HEIGHT).floor() as usize;
        let last = ((seen.bottom() / LINE_HEIGHT).ceil() as usize).min(count);
        for number in first..last {
            if let Some(line) = page.line(number) {
                let top = ui.max_rect().top() + number as f32 * LINE_HEIGHT;
                let rect = Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=top + LINE_HEIGHT);
                pc(ui, scene, line, rect);
            }
        }
    });
    ui.painter().rect_stroke(frame, RADIUS_BOX, Stroke::new(1.0, colors.line), egui::StrokeKind::Inside);
}

fn head(ui: &mut Ui, scene: &Scene<'_>, page: &ReportsPage, rect: Rect) {
    let colors = theme::palette(ui);
    for (column, at) in COLUMNS.into_iter().zip(columns(rect)) {
        let text = title(scene, column);
        let is_it = page.column == column;
        let name = match (is_it, page.descending) {
            (false, _) => text.clone(),
            (true, false) => fl!(scene.loader(), "reports-ascending", column = text.as_str()),
            (true, true) => fl!(scene.loader(), "reports-descending", column = text.as_str()),
        };
        let response = ui.interact(at, Id::unique(("reports column", text.as_str())), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &name));
        let color = if is_it || response.hovered() { colors.text } else { colors.muted };
        let mark = match (is_it, page.descending) {
            (false, _) => "",
            (true, false) => " ↑",
            (true, true) => " ↓",
        };
        let line = Line::of(text, Type::SmallStrong, color).and(mark, Type::SmallStrong, color);
        let galley = line.galley(ui, at.width());
        ui.painter().galley(pos2(at.left(), at.center().y - galley.size().y / 2.0), galley, color);
        focus_ring(ui, at.shrink2(vec2(0.0, SPACE_1)), &response);
        if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            scene.send(Action::Reports(ReportsAction::Sort(column)));
        }
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, colors.line));
}

fn title(scene: &Scene<'_>, column: Column) -> String {
    let loader = scene.loader();
    match column {
        Column::Pc => fl!(loader, "reports-pc"),
        Column::Platform => fl!(loader, "reports-platform"),
        Column::Bases => fl!(loader, "reports-bases"),
        Column::Open => fl!(loader, "reports-open"),
        Column::Checked => fl!(loader, "reports-checked"),
        Column::Fault => fl!(loader, "reports-trouble"),
    }
}

fn pc(ui: &mut Ui, scene: &Scene<'_>, line: &PcLine, rect: Rect) {
    let colors = theme::palette(ui);
    let builder = UiBuilder::new()
        .scope_id(Id::unique(("report of", &line.file_name)))
        .max_rect(rect)
        .accessibility_role(Role::Row)
        .accessibility_label(line.pc.clone());
    let mut row = ui.new_child(builder);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, colors.line));
    let [name, platform, bases, open, checked, fault] = columns(rect);
    cell(&mut row, name, &line.pc, Type::Strong, colors.text);
    match &line.told {
        Err(why) => {
            let words = fl!(scene.loader(), "reports-broken", file = line.file_name.as_str());
            let words = format!("{words} {why}");
            cell(&mut row, platform.with_max_x(fault.right()), &words, Type::Small, colors.amber);
        }
        Ok(told) => {
            let version = told.platform.map_or_else(dash, |version| version.to_string());
            cell(&mut row, platform, &version, Type::Small, colors.text);
            cell(&mut row, bases, &told.bases.to_string(), Type::Small, colors.text);
            what_is_open(&mut row, colors, open, told);
            let (when, color) = when(scene, colors, told.checked_at);
            cell(&mut row, checked, &when, Type::Small, color);
            let words = told.fault.as_deref().unwrap_or_default();
            cell(&mut row, fault, words, Type::Small, colors.amber);
        }
    }
}

/// What is open is what the person came for: how much, and below it what.
fn what_is_open(ui: &mut Ui, colors: &Palette, rect: Rect, told: &PcTold) {
    if told.open == 0 {
        return cell(ui, rect, &told.open_words, Type::Small, colors.muted);
    }
    let lines = [
        Line::of(&told.open_words, Type::SmallStrong, colors.blue),
        Line::of(&told.open_detail, Type::Small, colors.muted),
    ];
    block(ui, rect, &lines);
}

fn when(scene: &Scene<'_>, colors: &Palette, at: Option<Timestamp>) -> (String, Color32) {
    let Some(at) = at else { return (fl!(scene.loader(), "reports-not-checked"), colors.amber) };
    let age = scene.model.now.timestamp().as_second() - at.as_second();
    let color = if age > OLD_AFTER_SECS { colors.amber } else { colors.text };
    (scene.texts.moment(at, &scene.model.now), color)
}

fn dash() -> String {
    "—".to_owned()
}

fn cell(ui: &mut Ui, rect: Rect, text: &str, style: Type, color: Color32) {
    if !text.is_empty() {
        block(ui, rect, &[Line::of(text, style, color).rows(2)]);
    }
}
