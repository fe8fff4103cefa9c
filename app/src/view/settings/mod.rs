//! «Настройки»: how this program works on this PC. Its parts stand in a column at the left, the open one beside them,
//! and what is not saved yet in a bar below both.

mod background;
mod bar;
mod controls;
mod look;
mod nav;
mod parts;
mod root;
mod setting;

use egui::{Id, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};
use i18n_embed_fl::fl;

use super::Scene;
use super::theme::{self, PAGE_WIDTH, Palette, SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6, Type};
use super::widgets::button::Button;
use super::widgets::text::{Line, label, paragraph};
use crate::model::schedule::Access;
use crate::model::settings::{Form, GROUPS, RootState, SettingsFacts, SettingsUnread};
use crate::model::{Action, Group, SettingsAction};

/// From this width on the parts have a column of their own.
const WIDE: f32 = theme::steps(170);
const NAV_WIDTH: f32 = theme::steps(52);

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let all = ui.available_rect_before_wrap();
    let below = bar::height(scene);
    let room = all.with_max_y(all.bottom() - below);
    let page = if room.width() >= WIDE {
        in_place(ui, "nav", room.with_max_x(room.left() + NAV_WIDTH), |ui| nav::column(ui, scene));
        room.with_min_x(room.left() + NAV_WIDTH + SPACE_6)
    } else {
        let height = nav::select_height();
        in_place(ui, "nav", room.with_max_y(room.top() + height), |ui| nav::as_select(ui, scene));
        room.with_min_y(room.top() + height + SPACE_3)
    };
    in_place(ui, "page", page, |ui| part(ui, scene));
    if below > 0.0 {
        let place =
            Rect::from_min_size(pos2(page.left(), all.bottom() - below), vec2(width(page.width()), below));
        in_place(ui, "bar", place, |ui| bar::show(ui, scene));
    }
    ui.advance_cursor_after_rect(all);
}

fn in_place(ui: &mut Ui, key: &str, rect: Rect, content: impl FnOnce(&mut Ui)) {
    let builder = UiBuilder::new().scope_id(Id::unique(("settings", key))).max_rect(rect);
    let mut child = ui.new_child(builder);
    child.spacing_mut().item_spacing = vec2(SPACE_2, 0.0);
    content(&mut child);
}

/// Of a page in a room: beside the scroll bar, and not so wide that a line is hard to follow.
fn width(room: f32) -> f32 {
    (room - SPACE_4).min(PAGE_WIDTH)
}

/// The part that is open.
fn part(ui: &mut Ui, scene: &Scene<'_>) {
    let page = &scene.model.settings_page;
    let place = GROUPS.iter().position(|group| *group == page.group);
    let area = ScrollArea::vertical().id_salt(("settings part", place)).auto_shrink([false, false]);
    area.show(ui, |ui| {
        ui.set_max_width(width(ui.available_width()));
        let colors = theme::palette(ui);
        label(ui, &Line::of(nav::title(scene, page.group), Type::Title, colors.text));
        ui.add_space(SPACE_1);
        paragraph(ui, about(scene, page.group), Type::Body, colors.muted);
        ui.add_space(SPACE_4);
        if page.group == Group::Look {
            look::own(ui, scene);
        }
        match &page.facts {
            None => drop(paragraph(ui, fl!(scene.loader(), "settings-reading"), Type::Body, colors.muted)),
            Some(Err(unread)) => broken(ui, scene, unread),
            Some(Ok(facts)) => of_pc(ui, scene, facts, &page.form),
        }
        ui.add_space(SPACE_4);
    });
}

fn of_pc(ui: &mut Ui, scene: &Scene<'_>, facts: &SettingsFacts, form: &Form) {
    let group = scene.model.settings_page.group;
    notes(ui, scene, facts);
    if group == Group::Background {
        background::task(ui, scene, facts, form);
    }
    let count = group.keys().len();
    parts::card(ui, |ui| {
        for (place, key) in group.keys().iter().enumerate() {
            setting::show(ui, scene, facts, form, *key);
            if place + 1 < count {
                parts::separator(ui);
            }
        }
    });
    if group == Group::Source {
        root::show(ui, scene, facts, form);
    }
    stored(ui, scene, facts);
}

/// What is to be known before anything is read or changed here.
fn notes(ui: &mut Ui, scene: &Scene<'_>, facts: &SettingsFacts) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    if facts.access == Access::Locked {
        parts::note(ui, colors.text, parts::Mark::Lock, fl!(loader, "settings-locked"));
    }
    if facts.is_ignored {
        let file = facts.file.display().to_string();
        parts::note(ui, colors.amber, parts::Mark::Warning, fl!(loader, "settings-ignored", file = file));
    }
    if !facts.unknown.is_empty() {
        let keys = facts.unknown.join(", ");
        parts::note(ui, colors.amber, parts::Mark::Warning, fl!(loader, "settings-unknown", keys = keys));
    }
    if let RootState::Unusable(why) = &facts.root {
        parts::note(ui, colors.err, parts::Mark::Warning, why.clone());
    }
}

/// A file that is not understood: nothing of it is shown as if it were in force, and nothing is written over it.
fn broken(ui: &mut Ui, scene: &Scene<'_>, unread: &SettingsUnread) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    parts::card(ui, |ui| {
        label(ui, &Line::of(fl!(loader, "settings-broken"), Type::Heading, colors.err));
        ui.add_space(SPACE_1);
        paragraph(ui, &unread.why, Type::Body, colors.text);
        ui.add_space(SPACE_1);
        paragraph(ui, fl!(loader, "settings-broken-hint"), Type::Small, colors.muted);
        ui.add_space(SPACE_3);
        if let Some(dir) = unread.file.parent()
            && Button::new(&fl!(loader, "settings-open-folder")).show(ui).clicked()
        {
            scene.send(Action::OpenFolder(dir.to_path_buf()));
        }
    });
}

/// Where all of it is stored.
fn stored(ui: &mut Ui, scene: &Scene<'_>, facts: &SettingsFacts) {
    let colors: &Palette = theme::palette(ui);
    parts::stored(ui, scene, colors, "pc", &facts.file, fl!(scene.loader(), "settings-for-all"));
}

fn about(scene: &Scene<'_>, group: Group) -> String {
    let loader = scene.loader();
    match group {
        Group::Source => fl!(loader, "settings-about-source"),
        Group::Network => fl!(loader, "settings-about-network"),
        Group::Background => fl!(loader, "settings-about-background"),
        Group::Updating => fl!(loader, "settings-about-updating"),
        Group::Subscriptions => fl!(loader, "settings-about-subscriptions"),
        Group::Copies => fl!(loader, "settings-about-copies"),
        Group::Downloads => fl!(loader, "settings-about-downloads"),
        Group::Reports => fl!(loader, "settings-about-reports"),
        Group::Look => fl!(loader, "settings-about-look"),
    }
}

/// An action of the tab.
fn action(action: SettingsAction) -> Action {
    Action::Settings(action)
}
