//! The head of the tab: the sum, what needs doing because of the platform, and what is shown.

use egui::{Align, Id, Layout, Rect, Role, Ui, UiBuilder, pos2, vec2};
use i18n_embed_fl::fl;
use smarts_core::devices::Compatibility;
use smarts_core::devices::overview::Followed;

use super::action;
use crate::i18n::sentence;
use crate::model::Permission;
use crate::model::devices::{DeviceFilter, DevicesAction, DevicesReading};
use crate::view::Scene;
use crate::view::banner;
use crate::view::controls::{self, Control};
use crate::view::theme::icons::Icon;
use crate::view::theme::{self, BUTTON_HEIGHT, SPACE_2, SPACE_3, Type, steps};
use crate::view::widgets::button::{Button, Look};
use crate::view::widgets::fields::{SearchTexts, search, segments, segments_width};
use crate::view::widgets::spoken;
use crate::view::widgets::text::{Line, block, label};

const HEIGHT: f32 = steps(13);
const SEARCH_WIDTH: f32 = steps(60);
/// So many names are told of those that have not followed.
const MOST_NAMED: usize = 3;

/// The search field.
pub(in crate::view) fn search_id() -> Id {
    Id::unique("search mobile devices")
}

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    first_row(ui, scene);
    ui.add_space(SPACE_3);
    stopping(ui, scene);
    following(ui, scene);
    fault(ui, scene);
}

fn first_row(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let page = &scene.model.devices_page;
    let mut buttons = Vec::new();
    if page.devices().next().is_some() {
        let text = fl!(loader, "devices-export");
        let export = action(DevicesAction::ChooseExport);
        buttons.push(Control::Button { name: text.clone(), text, look: Look::Plain, action: export });
    }
    let refresh = action(DevicesAction::Refresh);
    buttons.push(Control::Icon {
        icon: Icon::Refresh,
        name: fl!(loader, "devices-refresh"),
        action: refresh,
    });
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
    let left = rect.right() - controls::width(ui, &buttons);
    let mut lines = vec![Line::of(title(scene), Type::Title, colors.text)];
    let facts = facts(scene);
    if !facts.is_empty() {
        lines.push(Line::of(facts, Type::Body, colors.muted));
    }
    block(ui, rect.with_max_x(left - SPACE_3), &lines);
    let place = rect.with_min_x(left).with_max_y(rect.top() + BUTTON_HEIGHT);
    controls::show(ui, scene, Id::unique("device buttons"), place, &buttons);
}

fn title(scene: &Scene<'_>) -> String {
    let loader = scene.loader();
    let page = &scene.model.devices_page;
    let Some(overview) = &page.overview else { return fl!(loader, "tab-devices") };
    let count = page.devices().count();
    if count == 0 {
        return fl!(loader, "tab-devices");
    }
    let bases = overview.bases.iter().filter(|base| !base.devices.is_empty()).count();
    fl!(loader, "devices-title-count", count = count, bases = bases)
}

fn facts(scene: &Scene<'_>) -> String {
    let loader = scene.loader();
    let page = &scene.model.devices_page;
    let Some(overview) = &page.overview else { return String::new() };
    let server =
        overview.server.map(|server| fl!(loader, "devices-fact-server", version = server.to_string()));
    let count = |is_it: fn(Compatibility) -> bool| {
        page.devices().filter(|device| device.now.is_some_and(is_it)).count()
    };
    let old = count(|now| now == Compatibility::AppTooOld);
    let works = count(Compatibility::connects);
    let unknown = page.devices().filter(|device| device.now.is_none()).count();
    let works = (works > 0).then(|| fl!(loader, "devices-fact-works", count = works));
    let old = (old > 0).then(|| fl!(loader, "devices-fact-old", count = old));
    let unknown = (unknown > 0).then(|| fl!(loader, "devices-fact-unknown", count = unknown));
    let broke = (page.reading == DevicesReading::Broke).then(|| fl!(loader, "devices-fact-broke"));
    let parts = [server, works, old, unknown, broke];
    sentence(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// What the offered release of the platform would stop, before it does.
fn stopping(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let Some(overview) = &scene.model.devices_page.overview else { return };
    let count = overview.stopping().count();
    let Some(next) = overview.next_server.filter(|_| count > 0) else { return };
    let lines = [
        Line::of(
            fl!(loader, "devices-banner-stops", count = count, version = next.to_string()),
            Type::Strong,
            colors.amber,
        )
        .rows(2),
        Line::of(scene.texts.stopping_hint(overview), Type::Small, colors.muted).rows(3),
    ];
    let may_help = overview.lacking().any(|base| overview.source_may_help(base));
    if !may_help || scene.model.permission != Permission::Granted {
        let show = fl!(loader, "devices-banner-show");
        if banner::show(ui, &lines, Button::new(&show)).clicked() {
            scene.send(action(DevicesAction::Filter(DeviceFilter::Stops)));
        }
        return;
    }
    let prepare = fl!(loader, "devices-banner-prepare");
    if banner::show(ui, &lines, Button::new(&prepare).look(Look::Primary)).clicked() {
        scene.send(action(DevicesAction::PrepareStopping));
    }
}

/// Who has not followed the last update of the platform yet.
fn following(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let page = &scene.model.devices_page;
    let Some(following) = page.following() else { return };
    let waiting: Vec<_> = page
        .devices()
        .filter(|device| matches!(device.followed, Some(Followed::No | Followed::NotSeen)))
        .collect();
    let named = waiting.iter().take(MOST_NAMED).map(|device| {
        let how = scene.texts.device_followed(device, &scene.model.now).unwrap_or_default();
        format!("{} ({how})", device.id)
    });
    let rest = waiting.len().saturating_sub(MOST_NAMED);
    let more = (rest > 0).then(|| fl!(loader, "devices-more", count = rest));
    let told = named.chain(more).collect::<Vec<_>>().join(", ");
    let lines = [
        Line::of(scene.texts.following(following), Type::Strong, colors.text).rows(2),
        Line::of(fl!(loader, "devices-banner-waiting", names = told), Type::Small, colors.muted).rows(2),
    ];
    let show = fl!(loader, "devices-banner-show");
    if banner::show(ui, &lines, Button::new(&show).name(&fl!(loader, "devices-banner-show-waiting")))
        .clicked()
    {
        scene.send(action(DevicesAction::Filter(DeviceFilter::NotFollowed)));
    }
}

fn fault(ui: &mut Ui, scene: &Scene<'_>) {
    if let Some(why) = &scene.model.devices_page.fault {
        let colors = theme::palette(ui);
        label(ui, &Line::of(sentence(why), Type::Body, colors.err).rows(3));
        ui.add_space(SPACE_2);
    }
}

/// The search, and which devices.
pub(super) fn tools(ui: &mut Ui, scene: &Scene<'_>) {
    let loader = scene.loader();
    let page = &scene.model.devices_page;
    let filters = page.filters();
    let words: Vec<String> = filters.iter().map(|filter| word(scene, *filter)).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let width = segments_width(ui, &words);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), BUTTON_HEIGHT));
    // Where they do not fit side by side, the filter has a row of its own.
    let fits = SEARCH_WIDTH + SPACE_3 + width <= rect.width();
    let builder = UiBuilder::new().scope_id(Id::unique("device search"));
    let place = Rect::from_min_size(rect.min, vec2(SEARCH_WIDTH.min(rect.width()), BUTTON_HEIGHT));
    let layout = Layout::left_to_right(Align::Center);
    let mut left = ui.new_child(builder.max_rect(place).layout(layout));
    let (hint, name, clear) =
        (fl!(loader, "devices-search"), fl!(loader, "devices-search-name"), fl!(loader, "search-clear"));
    let texts = SearchTexts { hint: &hint, name: &name, clear: &clear };
    if let Some(text) = search(&mut left, search_id(), &texts, &page.search, place.width()) {
        scene.send(action(DevicesAction::Search(text)));
    }
    let at = if fits {
        pos2(place.right() + SPACE_3, rect.top())
    } else {
        ui.add_space(SPACE_2);
        ui.allocate_space(vec2(ui.available_width(), BUTTON_HEIGHT)).1.min
    };
    let place = Rect::from_min_size(at, vec2(width, BUTTON_HEIGHT));
    let builder = UiBuilder::new()
        .scope_id(Id::unique("device filter"))
        .accessibility_role(Role::RadioGroup)
        .accessibility_label(fl!(loader, "devices-filter-name"))
        .max_rect(place)
        .layout(layout);
    let mut right = ui.new_child(builder);
    spoken::place(&right, place);
    let chosen = filters.iter().position(|filter| *filter == page.filter).unwrap_or_default();
    let clicked = segments(&mut right, &words, chosen).and_then(|place| filters.get(place));
    if let Some(filter) = clicked {
        scene.send(action(DevicesAction::Filter(*filter)));
    }
    ui.add_space(SPACE_3);
}

fn word(scene: &Scene<'_>, filter: DeviceFilter) -> String {
    let loader = scene.loader();
    let count = scene.model.devices_page.count(filter);
    match filter {
        DeviceFilter::All => fl!(loader, "devices-filter-all"),
        DeviceFilter::Stops => fl!(loader, "devices-filter-stops", count = count),
        DeviceFilter::TooOld => fl!(loader, "devices-filter-old", count = count),
        DeviceFilter::NotFollowed => fl!(loader, "devices-filter-not-followed", count = count),
    }
}
