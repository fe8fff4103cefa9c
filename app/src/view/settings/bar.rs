//! What is not saved yet, and what became of saving: below everything else, and only while there is something to say.

use egui::accesskit::Live;
use egui::{Align, Key, KeyboardShortcut, Layout, Modifiers, Rect, Role, Stroke, Ui, UiBuilder, pos2, vec2};
use i18n_embed_fl::fl;

use super::{action, nav};
use crate::model::schedule::{Access, Saving};
use crate::model::settings::SettingsObstacle;
use crate::model::{Group, SettingsAction};
use crate::view::Scene;
use crate::view::theme::{self, BUTTON_HEIGHT, Palette, SPACE_3, SPACE_4, Type, steps};
use crate::view::widgets::button::{Button, Look, link, link_width};
use crate::view::widgets::text::{Line, block};

/// Of the rows of a reason that is long.
const REASON_HEIGHT: f32 = steps(15);

/// Saves from anywhere in the tab.
const SAVE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::S);

/// The room it takes.
pub(super) fn height(scene: &Scene<'_>) -> f32 {
    let page = &scene.model.settings_page;
    let is_needed = page.unsaved() > 0
        || page.needs_restart
        || matches!(page.saving, Saving::Failed(_) | Saving::Running);
    if is_needed { row_height(scene) + 2.0 * SPACE_3 } else { 0.0 }
}

fn row_height(scene: &Scene<'_>) -> f32 {
    let is_reason = matches!(scene.model.settings_page.saving, Saving::Failed(_));
    if is_reason { REASON_HEIGHT } else { BUTTON_HEIGHT }
}

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    let rect = ui.max_rect();
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, colors.line));
    let row = rect.with_min_y(rect.top() + SPACE_3);
    let row = Rect::from_min_size(row.min, vec2(row.width(), row_height(scene)));
    let mut right = row.right();
    let builder = UiBuilder::new().max_rect(row).layout(Layout::right_to_left(Align::Center));
    let mut child = ui.new_child(builder);
    child.spacing_mut().item_spacing.x = SPACE_3;
    if scene.model.settings_page.unsaved() > 0 || scene.model.settings_page.saving == Saving::Running {
        right = buttons(&mut child, scene) - SPACE_4;
    }
    let builder = UiBuilder::new()
        .max_rect(Rect::from_min_max(row.min, pos2(right, row.bottom())))
        .accessibility_role(Role::Status);
    ui.scope_builder(builder, |ui| {
        let status = ui.unique_id();
        ui.ctx().accesskit_node_builder(status, |node| node.set_live(Live::Polite));
        let lines = words(scene, colors);
        match way_to_wrong(ui, scene) {
            Some((group, text)) => with_way(ui, scene, &lines, group, &text),
            None => block(ui, ui.max_rect(), &lines),
        }
    });
}

/// To the part that something is wrong in, where that is another one than is open and there is room to say which.
fn way_to_wrong(ui: &Ui, scene: &Scene<'_>) -> Option<(Group, String)> {
    let page = &scene.model.settings_page;
    let is_told = page.change() == Err(SettingsObstacle::Wrong) && !matches!(page.saving, Saving::Failed(_));
    let group = page.wrong_part().filter(|group| is_told && *group != page.group)?;
    let text = some_wrong(scene, group);
    (link_width(ui, &text) <= ui.max_rect().width()).then_some((group, text))
}

/// The way in place of the last of the lines, which says the same.
fn with_way(ui: &mut Ui, scene: &Scene<'_>, lines: &[Line], group: Group, text: &str) {
    let rect = ui.max_rect();
    let above = lines.split_last().map_or(&[][..], |(_, above)| above);
    block(ui, rect.with_max_y(rect.center().y), above);
    let layout = Layout::left_to_right(Align::Center);
    let builder = UiBuilder::new().max_rect(rect.with_min_y(rect.center().y)).layout(layout);
    ui.scope_builder(builder, |ui| {
        if link(ui, text, text).clicked() {
            scene.send(action(SettingsAction::Open(group)));
        }
    });
}

fn some_wrong(scene: &Scene<'_>, group: Group) -> String {
    fl!(scene.loader(), "settings-some-wrong", name = nav::title(scene, group))
}

/// Where they begin.
fn buttons(ui: &mut Ui, scene: &Scene<'_>) -> f32 {
    let loader = scene.loader();
    let page = &scene.model.settings_page;
    let is_asked = page.facts().is_some_and(|facts| facts.access == Access::Asked);
    let text = match (&page.saving, is_asked) {
        (Saving::Running, _) => fl!(loader, "schedule-saving"),
        (_, true) => fl!(loader, "schedule-save-asked"),
        (_, false) => fl!(loader, "schedule-save"),
    };
    let is_dead = page.change().is_err();
    let save = Button::new(&text).look(Look::Primary).dead(is_dead).show(ui);
    let pressed =
        !is_dead && scene.model.dialog.is_none() && ui.input_mut(|input| input.consume_shortcut(&SAVE));
    if save.on_hover_text(ui.ctx().format_shortcut(&SAVE)).clicked() || pressed {
        scene.send(action(SettingsAction::Save));
    }
    let text = fl!(loader, "settings-discard");
    let discard = Button::new(&text).dead(page.saving == Saving::Running).show(ui);
    if discard.clicked() {
        scene.send(action(SettingsAction::Discard));
    }
    discard.rect.left()
}

fn words(scene: &Scene<'_>, colors: &Palette) -> Vec<Line> {
    let loader = scene.loader();
    let page = &scene.model.settings_page;
    let is_asked = page.facts().is_some_and(|facts| facts.access == Access::Asked);
    let count = page.unsaved();
    let small = |text: String| Line::of(text, Type::Small, colors.muted);
    let mut lines = Vec::new();
    if count > 0 {
        lines.push(Line::of(fl!(loader, "settings-unsaved", count = count), Type::Strong, colors.text));
    }
    match &page.saving {
        Saving::Failed(why) => lines.push(Line::of(why, Type::Small, colors.err).rows(2)),
        Saving::Running if is_asked => lines.push(small(fl!(loader, "life-permission-hint"))),
        Saving::Running | Saving::Idle => match page.change() {
            Err(SettingsObstacle::Wrong) => {
                let group = page.wrong_part().unwrap_or(page.group);
                lines.push(Line::of(some_wrong(scene, group), Type::Small, colors.err));
            }
            Err(SettingsObstacle::Ignored) => {
                lines.push(Line::of(fl!(loader, "settings-ignored-save"), Type::Small, colors.err));
            }
            Ok(_) if is_asked => lines.push(small(fl!(loader, "schedule-asks"))),
            Ok(change) if change.needs_restart() => lines.push(small(fl!(loader, "settings-will-restart"))),
            Err(SettingsObstacle::Same) if page.needs_restart => {
                lines.push(Line::of(fl!(loader, "settings-restart"), Type::Strong, colors.text));
                lines.push(small(fl!(loader, "settings-restart-hint")));
            }
            Ok(_)
            | Err(
                SettingsObstacle::Unread
                | SettingsObstacle::Locked
                | SettingsObstacle::Saving
                | SettingsObstacle::Same,
            ) => {}
        },
    }
    lines
}
