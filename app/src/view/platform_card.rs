//! The platform: a violet card when it has an update, a quiet line otherwise.

use egui::{Align, Color32, Id, Layout, Rect, Role, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};
use i18n_embed_fl::fl;
use smarts_core::machine::Machine;
use smarts_core::offer::{Item, Offer, State, Warning};

use super::Scene;
use super::controls::{self, Control, DOWNLOADS_PAGE};
use super::life::{Keys, Life, life};
use super::row_state::versions;
use super::theme::{self, COLUMN_GAP, ICON_SIZE, Palette, RADIUS_CARD, Type};
use super::widgets::marks::{Badge, Progress, badge, bar, mark};
use super::widgets::text::{Line, block};
use crate::model::{Action, ItemAction, PLATFORM};

const CARD_HEIGHT: f32 = 70.0;
const QUIET_HEIGHT: f32 = 44.0;
const SPACE_BELOW: f32 = 10.0;

/// What the card says.
struct Card {
    badge: Badge,
    title: Vec<Line>,
    middle: Vec<Line>,
    bar: Option<Progress>,
    controls: Vec<Control>,
}

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let Some(machine) = &scene.model.machine else { return };
    let colors = theme::palette(ui);
    let item = scene.model.platform();
    let activity = scene.model.activity(PLATFORM);
    let loud = activity.is_some() || item.is_some_and(|item| item.offer().is_some());
    let rect = match item {
        Some(item) if loud => card(ui, scene, &describe(scene, colors, item)),
        _ => quiet(ui, scene, machine, item),
    };
    if scene.model.shown.as_ref().is_some_and(|shown| shown.id == PLATFORM) {
        mark(ui, rect);
    }
    ui.add_space(SPACE_BELOW);
}

fn describe(scene: &Scene<'_>, colors: &Palette, item: &Item) -> Card {
    let name = fl!(scene.loader(), "platform-name");
    let keys = Keys { scene, id: PLATFORM, name: name.clone() };
    let mut card = Card {
        badge: Badge::Platform,
        title: vec![Line::of(&name, Type::Strong, colors.text)],
        middle: Vec::new(),
        bar: None,
        controls: Vec::new(),
    };
    match item.offer().and_then(Offer::release) {
        Some(release) => {
            let mut line = versions(colors, colors.violet, item.installed.as_ref(), &release.version);
            if let Some(date) = release.date {
                line = line.and(format!(" · {}", scene.texts.date(date)), Type::Body, colors.muted);
            }
            card.title.push(line);
        }
        // Just updated: what is installed now.
        None => card
            .title
            .extend(item.installed.map(|version| Line::of(version.to_string(), Type::Body, colors.muted))),
    }
    if let Some(activity) = scene.model.activity(PLATFORM) {
        let Life { badge, lines, bar, side, controls, .. } = life(scene, colors, PLATFORM, &name, activity);
        card.badge = badge.unwrap_or(Badge::Platform);
        card.middle = lines.into_iter().chain(side).collect();
        card.bar = bar;
        card.controls = controls;
        return card;
    }
    card.middle = warnings(scene, colors, item);
    if let State::Blocked { blocks, .. } = &item.state {
        let words: Vec<String> = blocks.iter().map(|block| scene.texts.block(block)).collect();
        card.middle.push(Line::of(words.join("; "), Type::Body, colors.err).rows(2));
    }
    card.controls = rest_controls(scene, &keys, item);
    card
}

fn warnings(scene: &Scene<'_>, colors: &Palette, item: &Item) -> Vec<Line> {
    let words = item.warnings.iter().map(|warning| scene.texts.warning(warning));
    words.map(|words| Line::of(words, Type::Body, colors.amber).rows(3)).collect()
}

fn rest_controls(scene: &Scene<'_>, keys: &Keys<'_>, item: &Item) -> Vec<Control> {
    let loader = scene.loader();
    let mut controls = Vec::new();
    if item.warnings.iter().any(|warning| matches!(warning, Warning::DevicesStop { .. })) {
        let text = fl!(loader, "which-devices");
        let action = Action::Item { id: PLATFORM.to_owned(), action: ItemAction::ShowDevices };
        controls.push(Control::Link { name: text.clone(), text, action });
    }
    controls.push(keys.notes());
    if matches!(item.state, State::Available { .. }) {
        controls.push(keys.update(!item.warnings.is_empty()));
    } else {
        let text = fl!(loader, "menu-downloads");
        let action = Action::OpenLink(DOWNLOADS_PAGE.to_owned());
        controls.push(Control::Link { name: text.clone(), text, action });
    }
    controls
}

fn card(ui: &mut Ui, scene: &Scene<'_>, card: &Card) -> Rect {
    let colors = theme::palette(ui);
    let width = ui.available_width();
    let controls_width = controls::width(ui, &card.controls);
    let title_width = 296.0_f32.min((width - controls_width) * 0.45);
    let title_left = 18.0 + ICON_SIZE + COLUMN_GAP;
    let middle_left = title_left + title_width + COLUMN_GAP;
    let middle_width = (width - 16.0 - controls_width - COLUMN_GAP - middle_left).max(0.0);
    let text: f32 = card.middle.iter().map(|line| line.galley(ui, middle_width).size().y).sum();
    let bar_height = if card.bar.is_some() { 14.0 } else { 0.0 };
    let height = CARD_HEIGHT.max(text + bar_height + 20.0);

    let (_, rect) = ui.allocate_space(vec2(width, height));
    frame(ui, rect, colors.violet_bg, colors.violet_line);
    let builder = UiBuilder::new()
        .max_rect(rect)
        .accessibility_role(Role::Group)
        .accessibility_label(fl!(scene.loader(), "platform-name"));
    let mut inner = ui.new_child(builder);
    let column = |left: f32, width: f32| {
        Rect::from_min_size(pos2(rect.left() + left, rect.top()), vec2(width, height))
    };
    badge(&inner, column(18.0, ICON_SIZE), &card.badge);
    block(&mut inner, column(title_left, title_width), &card.title);
    let middle = column(middle_left, middle_width);
    let lines = middle.with_max_y(middle.bottom() - bar_height);
    block(&mut inner, lines, &card.middle);
    if let Some(progress) = card.bar {
        let top = lines.center().y + text / 2.0 + 5.0;
        let bar_rect = Rect::from_min_size(pos2(middle.left(), top), vec2(middle_width.min(380.0), 0.0));
        bar(&mut inner, bar_rect, progress, &fl!(scene.loader(), "platform-name"));
    }
    let place = Rect::from_min_max(
        pos2(rect.right() - 16.0 - controls_width, rect.top()),
        pos2(rect.right() - 16.0, rect.bottom()),
    );
    controls::show(&mut inner, scene, Id::unique("platform controls"), place, &card.controls);
    rect
}

fn quiet(ui: &mut Ui, scene: &Scene<'_>, machine: &Machine, item: Option<&Item>) -> Rect {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let line = match (&machine.platform, &machine.platform_unknown) {
        (None, Some(fault)) => Line::of(fl!(loader, "platform-name"), Type::Strong, colors.text)
            .and(" · ", Type::Body, colors.muted)
            .and(scene.texts.machine_fault(fault), Type::Body, colors.amber),
        (None, None) => Line::of(fl!(loader, "platform-missing"), Type::Strong, colors.text)
            .and(" · ", Type::Body, colors.muted)
            .and(fl!(loader, "platform-missing-hint"), Type::Body, colors.muted),
        (Some(platform), _) => {
            let (state, color) = quiet_state(scene, colors, item);
            let version = format!("   {} · ", platform.version);
            Line::of(fl!(loader, "platform-name"), Type::Strong, colors.text)
                .and(version, Type::Body, colors.muted)
                .and(state, Type::Body, color)
        }
    };
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), QUIET_HEIGHT));
    frame(ui, rect, colors.surface, colors.line);
    let layout = Layout::left_to_right(Align::Center);
    let mut inner = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    block(&mut inner, rect.shrink2(vec2(18.0, 0.0)), &[line]);
    rect
}

fn quiet_state(scene: &Scene<'_>, colors: &Palette, item: Option<&Item>) -> (String, Color32) {
    let loader = scene.loader();
    match item.map(|item| &item.state) {
        None => (fl!(loader, "row-not-checked"), colors.muted),
        Some(State::NotManaged { reason }) => (scene.texts.not_managed(reason), colors.muted),
        Some(State::Unknown { reason }) => {
            let reason = scene.texts.unknown(reason);
            (fl!(loader, "row-unknown", reason = reason), colors.amber)
        }
        Some(State::UpToDate | State::Available { .. } | State::Blocked { .. }) => {
            (fl!(loader, "platform-up-to-date"), colors.muted)
        }
    }
}

fn frame(ui: &Ui, rect: Rect, fill: Color32, line: Color32) {
    ui.painter().rect(rect, RADIUS_CARD, fill, Stroke::new(1.0, line), StrokeKind::Inside);
}
