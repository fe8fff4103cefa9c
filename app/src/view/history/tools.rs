//! Which entries are shown: of which base, by whom, of which days, of other software too, and the search.

use egui::{Align, Id, Layout, Role, Ui, UiBuilder, vec2};
use i18n_embed_fl::fl;

use super::action;
use crate::model::HistoryAction;
use crate::model::history::{ALL_PERIODS, OfBase, Period};
use crate::view::Scene;
use crate::view::theme::{self, BUTTON_HEIGHT, SPACE_1, SPACE_3, Type, steps};
use crate::view::widgets::fields::{SearchTexts, search};
use crate::view::widgets::marks::tick_box;
use crate::view::widgets::select::select;
use crate::view::widgets::spoken;
use crate::view::widgets::text::Line;

const HEIGHT: f32 = BUTTON_HEIGHT;
const GAP: f32 = SPACE_3;
const PERIOD_WIDTH: f32 = steps(36);
const LEAST_SEARCH: f32 = steps(30);
const MOST_SEARCH: f32 = steps(60);

/// The search field.
pub(in crate::view) fn search_id() -> Id {
    Id::unique("search history")
}

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
    let foreign = Line::of(fl!(loader, "history-foreign"), Type::Small, colors.text);
    let foreign_width = foreign.galley(ui, f32::INFINITY).size().x + steps(7);
    // The two names share what the rest leaves.
    let free = rect.width() - PERIOD_WIDTH - foreign_width - SPACE_1 * GAP;
    let search_width = (free * 0.36).clamp(LEAST_SEARCH, MOST_SEARCH);
    let base_width = ((free - search_width) * 0.54).clamp(steps(20), steps(70));
    let person_width = ((free - search_width) * 0.46).clamp(steps(20), steps(60));

    let builder = UiBuilder::new()
        .scope_id(Id::unique("history tools"))
        .max_rect(rect)
        .accessibility_role(Role::Group)
        .accessibility_label(fl!(loader, "history-tools"))
        .layout(Layout::left_to_right(Align::Center));
    let mut tools = ui.new_child(builder);
    let ui = &mut tools;
    spoken::place(ui, rect);
    ui.spacing_mut().item_spacing.x = GAP;
    base(ui, scene, base_width);
    person(ui, scene, person_width);
    period(ui, scene);
    let id = Id::unique("foreign software in the history");
    let name = fl!(loader, "history-foreign");
    if let Some(foreign) = tick_box(ui, id, scene.model.history_page.foreign, &foreign, &name) {
        scene.send(action(HistoryAction::Foreign(foreign)));
    }
    let place = rect.with_min_x(rect.right() - search_width);
    let mut right =
        ui.new_child(UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center)));
    let (hint, name, clear) =
        (fl!(loader, "history-search"), fl!(loader, "history-search-name"), fl!(loader, "search-clear"));
    let texts = SearchTexts { hint: &hint, name: &name, clear: &clear };
    let text = &scene.model.history_page.search;
    if let Some(text) = search(&mut right, search_id(), &texts, text, search_width) {
        scene.send(action(HistoryAction::Search(text)));
    }
}

fn base(ui: &mut Ui, scene: &Scene<'_>, width: f32) {
    let page = &scene.model.history_page;
    let all = fl!(scene.loader(), "history-all-bases");
    let (id, name) = (Id::unique("base of the history"), fl!(scene.loader(), "history-base"));
    let chosen = page.base.as_ref().map(|base| base.name.as_str());
    let send = |name: Option<String>| {
        let base = name.map(|name| OfBase { name, id: None });
        scene.send(action(HistoryAction::Base(base)));
    };
    one_of(ui, id, &name, (&all, &page.bases), chosen, width, send);
}

fn person(ui: &mut Ui, scene: &Scene<'_>, width: f32) {
    let page = &scene.model.history_page;
    let all = fl!(scene.loader(), "history-all-people");
    let (id, name) = (Id::unique("person of the history"), fl!(scene.loader(), "history-person"));
    let send = |person| scene.send(action(HistoryAction::Person(person)));
    one_of(ui, id, &name, (&all, &page.people), page.person.as_deref(), width, send);
}

fn period(ui: &mut Ui, scene: &Scene<'_>) {
    let loader = scene.loader();
    let texts = ALL_PERIODS.map(|period| match period {
        Period::All => fl!(loader, "history-period-all"),
        Period::Year => fl!(loader, "history-period-year"),
        Period::Month => fl!(loader, "history-period-month"),
        Period::Week => fl!(loader, "history-period-week"),
    });
    let chosen = ALL_PERIODS.iter().position(|period| *period == scene.model.history_page.period);
    let (id, name) = (Id::unique("period of the history"), fl!(loader, "history-period"));
    let clicked = select(ui, id, &name, &texts, chosen, PERIOD_WIDTH);
    if let Some(period) = clicked.and_then(|place| ALL_PERIODS.get(place)) {
        scene.send(action(HistoryAction::Period(*period)));
    }
}

/// All, or one of the names; `send` is told what was chosen now, and nothing for all.
fn one_of(
    ui: &mut Ui,
    id: Id,
    label: &str,
    (all, names): (&str, &[String]),
    chosen: Option<&str>,
    width: f32,
    send: impl FnOnce(Option<String>),
) {
    let texts: Vec<&str> = std::iter::once(all).chain(names.iter().map(String::as_str)).collect();
    let place = match chosen {
        None => Some(0),
        Some(chosen) => names.iter().position(|name| name == chosen).map(|place| place + 1),
    };
    if let Some(clicked) = select(ui, id, label, &texts, place, width) {
        send(clicked.checked_sub(1).and_then(|place| names.get(place)).cloned());
    }
}
