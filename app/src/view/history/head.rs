//! The head of the tab: whose log it is, how much there is of it, and what to do with all of it.

use egui::{Align, Id, Layout, Ui, UiBuilder, vec2};
use i18n_embed_fl::fl;

use super::{action, zone};
use crate::model::HistoryAction;
use crate::model::history::{HistoryPage, LogOrigin, Reading};
use crate::view::Scene;
use crate::view::banner;
use crate::view::theme::icons::Icon;
use crate::view::theme::{self, BUTTON_HEIGHT, SPACE_2, SPACE_3, SPACE_6, Type, steps};
use crate::view::widgets::button::{Button, Look};
use crate::view::widgets::text::{Line, block};

const HEIGHT: f32 = steps(13);
const BETWEEN: f32 = SPACE_2;

/// That the table is about a file, and the way back.
pub(super) fn banner(ui: &mut Ui, scene: &Scene<'_>) {
    let LogOrigin::File(path) = &scene.model.history_page.origin else { return };
    let loader = scene.loader();
    let file = path.display().to_string();
    let text = fl!(loader, "history-banner", file = file);
    let line = Line::of(text, Type::Strong, theme::palette(ui).text).rows(2);
    if banner::show(ui, &[line], Button::new(&fl!(loader, "history-back"))).clicked() {
        scene.send(action(HistoryAction::UseThisPc));
    }
}

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let page = &scene.model.history_page;
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
    let is_running = page.reading == Reading::Running;
    let (open, export) = (fl!(loader, "history-open-file"), fl!(loader, "history-export"));
    let refresh = if is_running { fl!(loader, "history-refreshing") } else { fl!(loader, "history-refresh") };
    // While it turns there is nothing to press.
    let refresh = Button::icon(Icon::Refresh, &refresh).look(Look::Ghost).dead(is_running);
    let export = Button::new(&export).dead(page.shown.is_empty());
    let open = Button::new(&open);
    let widths = open.size(ui).x + export.size(ui).x + BUTTON_HEIGHT + 2.0 * BETWEEN;

    let mut lines = vec![Line::of(title(scene, page), Type::Title, colors.text)];
    let facts = facts(scene, page);
    if !facts.is_empty() {
        lines.push(Line::of(facts, Type::Body, colors.muted));
    }
    block(ui, rect.with_max_x(rect.right() - widths - SPACE_6), &lines);

    let place = rect.with_min_x(rect.right() - widths).with_max_y(rect.top() + BUTTON_HEIGHT);
    let builder = UiBuilder::new().scope_id(Id::unique("history buttons")).max_rect(place);
    let mut right = ui.new_child(builder.layout(Layout::left_to_right(Align::Center)));
    right.spacing_mut().item_spacing.x = BETWEEN;
    if open.show(&mut right).clicked() {
        scene.send(action(HistoryAction::ChooseFile));
    }
    if export.show(&mut right).clicked() {
        scene.send(action(HistoryAction::ChooseExport));
    }
    if refresh.show(&mut right).clicked() {
        scene.send(action(HistoryAction::Refresh));
    }
    ui.add_space(SPACE_3);
}

fn title(scene: &Scene<'_>, page: &HistoryPage) -> String {
    let loader = scene.loader();
    let (shown, count) = (page.shown.len(), page.lines.len());
    if count == 0 {
        fl!(loader, "history-title-none")
    } else if shown == count {
        fl!(loader, "history-count", count = count)
    } else {
        fl!(loader, "history-count-shown", shown = shown, count = count)
    }
}

/// Of which days, and whether there is more to come.
fn facts(scene: &Scene<'_>, page: &HistoryPage) -> String {
    let loader = scene.loader();
    let day = |number: usize| {
        let line = page.line(number)?;
        Some(scene.texts.date(line.entry.time.to_zoned(zone(scene).clone()).date()))
    };
    let days = page.shown.len().checked_sub(1).and_then(day).zip(day(0));
    let span = days.map(|(since, until)| fl!(loader, "history-span", since = since, until = until));
    let reading = (page.reading == Reading::Running).then(|| fl!(loader, "history-reading"));
    span.into_iter().chain(reading).collect::<Vec<_>>().join(" · ")
}
