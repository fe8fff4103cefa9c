//! The platform: a violet card when it has an update, a quiet line otherwise.

use egui::{Color32, Id, Rect, Role, Ui, UiBuilder, vec2};
use i18n_embed_fl::fl;
use smarts_core::machine::Machine;
use smarts_core::offer::{Item, State, Warning};

use super::Scene;
use super::card::{self, Card, frame};
use super::controls::{self, Control, offer_menu};
use super::coverage;
use super::item_controls::Keys;
use super::row_state::file_facts;
use super::theme::{self, Palette, SPACE_3, SPACE_4, SPACE_5, Type, steps};
use super::whole::whole;
use super::widgets::marks::{Badge, mark};
use super::widgets::text::{Line, block};
use crate::model::details::Of;
use crate::model::{Action, ItemAction, PLATFORM, Permission};

const QUIET_HEIGHT: f32 = steps(11);
const SPACE_BELOW: f32 = SPACE_3;

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let Some(machine) = &scene.model.machine else { return };
    let colors = theme::palette(ui);
    let item = scene.model.platform();
    let rect = match card(scene, colors) {
        Some(card) => card::show(ui, scene, PLATFORM, &card),
        None => quiet(ui, scene, machine, item),
    };
    if scene.model.shown.as_ref().is_some_and(|shown| shown.id == PLATFORM) {
        mark(ui, rect);
    }
    ui.add_space(SPACE_BELOW);
}

/// What it says; `None` where a quiet line says all.
pub(super) fn card(scene: &Scene<'_>, colors: &Palette) -> Option<Card> {
    let item = scene.model.platform()?;
    if scene.model.is_skipped(item) {
        return Some(Card::of_skipped(scene, colors, Badge::Platform, item));
    }
    let is_loud = scene.model.activity(PLATFORM).is_some() || item.offer().is_some();
    is_loud.then(|| describe(scene, colors, item))
}

fn describe(scene: &Scene<'_>, colors: &Palette, item: &Item) -> Card {
    let mut card = Card {
        fill: colors.violet_bg,
        line: colors.violet_line,
        ..Card::of(scene, colors, colors.violet, Badge::Platform, item)
    };
    if scene.model.activity(PLATFORM).is_some() {
        return card;
    }
    card.middle = match &item.state {
        // Nobody is warned of what nobody can do.
        State::Blocked { .. } if coverage::is_uncovered(item) => Vec::new(),
        _ => warnings(scene, colors, item),
    };
    card.middle.extend(coverage::blocks(scene, colors, &[item]));
    card.middle.extend(coverage::not_judged_line(scene, colors, &[item]));
    card.middle.extend(coverage::covered_line(scene, colors, &[item]));
    let keys = Keys { scene, id: PLATFORM, name: card.name.clone() };
    if matches!(item.state, State::Available { .. }) {
        let words = scene.texts.updated_by(&scene.model.permission);
        card.middle.extend(words.map(|words| Line::of(words, Type::Body, colors.muted).rows(2)));
        card.chip = Some(coverage::chip(scene, &[item]));
    }
    card.middle.extend(item.offer().and_then(|offer| file_facts(scene, colors, offer)));
    card.controls = rest_controls(scene, &keys, item);
    card
}

fn warnings(scene: &Scene<'_>, colors: &Palette, item: &Item) -> Vec<Line> {
    let (words, _) = coverage::warnings(scene, &[item]);
    words.into_iter().map(|words| Line::of(words, Type::Body, colors.amber).rows(3)).collect()
}

fn rest_controls(scene: &Scene<'_>, keys: &Keys<'_>, item: &Item) -> Vec<Control> {
    let loader = scene.loader();
    let mut controls = Vec::new();
    if coverage::is_uncovered(item) {
        controls = coverage::controls(keys, &[item], false);
        controls.push(offer_menu(scene, &keys.name, Of::Item(item.id.clone()), &item.id));
        return controls;
    }
    if item.warnings.iter().any(|warning| matches!(warning, Warning::DevicesStop { .. })) {
        let text = fl!(loader, "which-devices");
        let action = Action::Item { id: PLATFORM.to_owned(), action: ItemAction::ShowDevices };
        controls.push(Control::Link { name: text.clone(), text, action });
    }
    controls.push(keys.notes());
    let may_update = scene.model.permission == Permission::Granted;
    if may_update && matches!(item.state, State::Available { .. }) {
        controls.push(keys.update(!coverage::warnings(scene, &[item]).0.is_empty()));
    }
    controls.push(offer_menu(scene, &keys.name, Of::Item(item.id.clone()), &item.id));
    controls
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
    let name = fl!(loader, "platform-name");
    let whole = whole(ui, Id::unique((PLATFORM, "card")), rect, Role::Group, &name, true);
    let builder = UiBuilder::new().max_rect(rect).accessibility_parent(whole.response.id);
    let mut inner = ui.new_child(builder);
    let controls = [offer_menu(scene, &name, Of::Item(PLATFORM.to_owned()), PLATFORM)];
    let place = rect.shrink2(vec2(SPACE_4, 0.0));
    let text = place.with_max_x(place.right() - controls::width(ui, &controls) - SPACE_4);
    block(&mut inner, text.with_min_x(rect.left() + SPACE_5), &[line]);
    controls::show(&mut inner, scene, Id::unique((PLATFORM, "controls")), place, &controls);
    whole.end(ui, scene, &name, Some(Of::Item(PLATFORM.to_owned())), controls::entries(&controls));
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
