//! The parts of the settings: a column of tabs, or a list to choose from where there is no room for one. One of the
//! tabs has the keyboard; the arrows, Home and End go from one to the next.

use egui::{Color32, Id, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use i18n_embed_fl::fl;

use super::action;
use crate::model::settings::GROUPS;
use crate::model::{Group, SettingsAction};
use crate::view::Scene;
use crate::view::keyboard::{Along, next_tab};
use crate::view::theme::{
    self, BUTTON_HEIGHT, EDGE_WIDTH, RADIUS_CONTROL, SPACE_1, SPACE_1_HALF, SPACE_3, SPACE_HALF, Type,
};
use crate::view::widgets::button::focus_ring;
use crate::view::widgets::select::select;
use crate::view::widgets::spoken;
use crate::view::widgets::text::Line;

pub(super) fn column(ui: &mut Ui, scene: &Scene<'_>) {
    let builder = UiBuilder::new()
        .accessibility_role(Role::TabList)
        .accessibility_label(fl!(scene.loader(), "settings-parts"));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_HALF;
        let mut next = None;
        for group in GROUPS {
            let response = one(ui, scene, group);
            next = next.or(wanted_by_keys(ui, group, &response));
        }
        // Not before all are drawn: one that is not open gives the keyboard away.
        if let Some(group) = next {
            scene.send(action(SettingsAction::Open(group)));
            ui.memory_mut(|memory| memory.request_focus(id(group)));
        }
        spoken::place(ui, ui.min_rect());
    });
}

pub(super) fn select_height() -> f32 {
    BUTTON_HEIGHT
}

pub(super) fn as_select(ui: &mut Ui, scene: &Scene<'_>) {
    let names = GROUPS.map(|group| name(scene, group));
    let open = GROUPS.iter().position(|group| *group == scene.model.settings_page.group);
    let (id, name) = (Id::unique("settings parts"), fl!(scene.loader(), "settings-parts"));
    let chosen = select(ui, id, &name, &names, open, ui.available_width());
    if let Some(group) = chosen.and_then(|place| GROUPS.get(place)) {
        scene.send(action(SettingsAction::Open(*group)));
    }
}

pub(super) fn title(scene: &Scene<'_>, group: Group) -> String {
    let loader = scene.loader();
    match group {
        Group::Source => fl!(loader, "settings-group-source"),
        Group::Network => fl!(loader, "settings-group-network"),
        Group::Background => fl!(loader, "settings-group-background"),
        Group::Updating => fl!(loader, "settings-group-updating"),
        Group::Subscriptions => fl!(loader, "settings-group-subscriptions"),
        Group::Copies => fl!(loader, "settings-group-copies"),
        Group::Downloads => fl!(loader, "settings-group-downloads"),
        Group::Reports => fl!(loader, "settings-group-reports"),
        Group::Look => fl!(loader, "settings-group-look"),
    }
}

/// What is not saved in a part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Same,
    Changed,
    Wrong,
}

fn state(scene: &Scene<'_>, group: Group) -> State {
    let page = &scene.model.settings_page;
    let Some(facts) = page.facts() else { return State::Same };
    let form = &page.form;
    let is_more = match group {
        Group::Source => form.root.is_some(),
        Group::Background => form.automatic.is_some(),
        _ => false,
    };
    if form.has_fault(facts, group.keys()) {
        State::Wrong
    } else if is_more || group.keys().iter().any(|key| form.typed(*key).is_some()) {
        State::Changed
    } else {
        State::Same
    }
}

/// Its title, and what is not saved in it.
fn name(scene: &Scene<'_>, group: Group) -> String {
    let title = title(scene, group);
    match state(scene, group) {
        State::Same => title,
        State::Changed => fl!(scene.loader(), "settings-part-changed", name = title),
        State::Wrong => fl!(scene.loader(), "settings-part-wrong", name = title),
    }
}

fn id(group: Group) -> Id {
    Id::unique(("settings part", GROUPS.iter().position(|other| *other == group)))
}

fn one(ui: &mut Ui, scene: &Scene<'_>, group: Group) -> Response {
    let colors = theme::palette(ui);
    let title = title(scene, group);
    let is_open = scene.model.settings_page.group == group;
    let state = state(scene, group);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), BUTTON_HEIGHT));
    // The keyboard comes to the open one, and goes on from it with the arrows.
    let sense = if is_open { Sense::click() } else { Sense::CLICK };
    let response = ui.interact(rect, id(group), sense);
    let name = name(scene, group);
    response.widget_info(|| WidgetInfo::labeled(Role::Tab, true, &name));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(is_open));
    let hovered = response.hovered();
    let fill = if is_open { colors.surface } else { Color32::TRANSPARENT };
    let (style, text) = match (is_open, hovered) {
        (true, _) => (Type::Strong, colors.text),
        (false, true) => (Type::Button, colors.text),
        (false, false) => (Type::Button, colors.muted),
    };
    ui.painter().rect_filled(rect, RADIUS_CONTROL, fill);
    if is_open {
        let edge = rect.shrink2(vec2(0.0, SPACE_1_HALF)).with_max_x(rect.left() + EDGE_WIDTH);
        ui.painter().rect_filled(edge, EDGE_WIDTH / 2.0, colors.blue_fill);
    }
    let line = Line::of(title, style, text);
    let galley = line.galley(ui, rect.width() - SPACE_3 * 2.0 - SPACE_3);
    let top = rect.center().y - galley.size().y / 2.0;
    ui.painter().galley(pos2(rect.left() + SPACE_3, top), galley, text);
    let dot = match state {
        State::Same => None,
        State::Changed => Some(colors.blue_fill),
        State::Wrong => Some(colors.err),
    };
    if let Some(color) = dot {
        ui.painter().circle_filled(rect.right_center() - vec2(SPACE_3, 0.0), SPACE_1, color);
    }
    focus_ring(ui, rect.shrink(SPACE_HALF), &response);
    if response.clicked() && !is_open {
        scene.send(action(SettingsAction::Open(group)));
    }
    response
}

/// The part that the keyboard goes to from this one.
fn wanted_by_keys(ui: &Ui, group: Group, response: &Response) -> Option<Group> {
    let place = GROUPS.iter().position(|other| *other == group)?;
    let to = next_tab(ui, response, Along::Column, place, GROUPS.len())?;
    GROUPS.get(to).copied()
}
