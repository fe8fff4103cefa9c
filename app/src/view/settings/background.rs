//! The check that runs by itself: whose the task is, how often, in which hours.

use egui::{Id, Ui};
use i18n_embed_fl::fl;
use smarts_core::settings::Key;

use super::{action, controls, parts, setting};
use crate::model::SettingsAction;
use crate::model::schedule::{Access, DAYS, HoursForm, NeverMeans, Task};
use crate::model::settings::{Form, SettingsFacts};
use crate::view::Scene;
use crate::view::theme::{self, SPACE_1_HALF, SPACE_2, Type};
use crate::view::widgets::fields::{TextField, segments, segments_width, text_field, toggle};
use crate::view::widgets::marks::tick_box;
use crate::view::widgets::text::{Line, label, paragraph};

/// Hours between two checks that most want.
const USUAL_HOURS: [u16; 5] = [1, 4, 12, 24, 168];
const NUMBER_WIDTH: f32 = theme::steps(16);
const TIME_WIDTH: f32 = theme::steps(19);
/// Characters of a number or a time.
const FIELD_LIMIT: usize = 10;

/// Whose the task is, when it runs next, and whether it is to be ours.
pub(super) fn task(ui: &mut Ui, scene: &Scene<'_>, facts: &SettingsFacts, form: &Form) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    parts::card(ui, |ui| {
        let color = match facts.task.task {
            Task::Ours => colors.text,
            Task::Off | Task::None | Task::Unknown => colors.muted,
            Task::Foreign => colors.amber,
        };
        paragraph(ui, &facts.task.words, Type::Body, color);
        if let Some(next) = facts.task.next_run {
            let when = scene.texts.coming(next, &scene.model.now);
            setting::below(ui, colors, fl!(loader, "schedule-next-check", when = when));
        }
        if facts.access == Access::Locked || facts.task.task == Task::Unknown {
            return;
        }
        ui.add_space(SPACE_2);
        let automatic = form.automatic(facts);
        let text = fl!(loader, "schedule-never");
        let line = Line::of(&text, Type::Strong, colors.text);
        if let Some(never) = tick_box(ui, Id::unique("settings never"), !automatic, &line, &text) {
            scene.send(action(SettingsAction::Automatic(!never)));
        }
        let means = facts.task.never_means(automatic).map(|means| match means {
            NeverMeans::Silence => fl!(loader, "schedule-never-hint"),
            NeverMeans::FormerBack => fl!(loader, "schedule-never-former"),
            NeverMeans::ForeignStays => fl!(loader, "schedule-never-foreign"),
        });
        if let Some(means) = means {
            setting::below(ui, colors, means);
        }
    });
}

pub(super) fn interval(ui: &mut Ui, scene: &Scene<'_>, facts: &SettingsFacts, form: &Form) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let key = Key::CheckHours;
    let value = form.text(facts, key);
    parts::row(ui, "interval", |ui| {
        label(ui, &Line::of(fl!(loader, "schedule-every"), Type::Body, colors.text));
        let field = TextField {
            id: Id::unique(("setting", key.name())),
            name: &fl!(loader, "schedule-hours-name"),
            hint: "",
            width: NUMBER_WIDTH,
            limit: FIELD_LIMIT,
            wrong: form.fault(facts, key).is_some(),
        };
        controls::edited(ui, scene, facts, form, key, &field);
        label(ui, &Line::of(fl!(loader, "schedule-hours-unit"), Type::Body, colors.text));
        ui.add_space(SPACE_1_HALF);
        let names = USUAL_HOURS.map(|hours| scene.texts.interval(hours));
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        if segments_width(ui, &names) > ui.available_width() {
            return;
        }
        let typed = value.trim().parse::<u16>().ok();
        let chosen = USUAL_HOURS.iter().position(|hours| Some(*hours) == typed).unwrap_or(usize::MAX);
        if let Some(hours) = segments(ui, &names, chosen).and_then(|place| USUAL_HOURS.get(place)) {
            scene.send(action(SettingsAction::Type(key, hours.to_string())));
        }
    });
}

/// Hours of the week to choose.
pub(super) fn hours(ui: &mut Ui, scene: &Scene<'_>, facts: &SettingsFacts, form: &Form, key: Key) {
    let colors = theme::palette(ui);
    let title = scene.texts.setting_title(key);
    let before = form.hours(facts, key);
    let mut hours = before.clone();
    let text = scene.texts.setting_word(key, "on");
    let line = Line::of(&text, Type::Body, colors.text);
    let ticked = tick_box(ui, Id::unique(("setting", key.name())), hours.on, &line, &title);
    hours.on = ticked.unwrap_or(hours.on);
    if hours.on {
        ui.add_space(SPACE_2);
        parts::row(ui, key.name(), |ui| {
            ui.spacing_mut().item_spacing.x = SPACE_1_HALF;
            for ((day, name), on) in DAYS.into_iter().zip(&mut hours.days) {
                let day = scene.texts.weekday(day);
                let id = Id::unique(("day", key.name(), name));
                *on = toggle(ui, id, &day, &format!("{title}: {day}"), *on).unwrap_or(*on);
            }
        });
        ui.add_space(SPACE_2);
        times(ui, scene, key, &title, &mut hours);
    }
    if hours != before {
        scene.send(action(SettingsAction::TypeHours(key, hours)));
    }
}

fn times(ui: &mut Ui, scene: &Scene<'_>, key: Key, title: &str, hours: &mut HoursForm) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let is_wrong = hours.hours().is_err();
    parts::row(ui, &format!("{} times", key.name()), |ui| {
        let ends = [
            (fl!(loader, "schedule-from"), &mut hours.from),
            (fl!(loader, "schedule-until"), &mut hours.until),
        ];
        for (place, (word, text)) in ends.into_iter().enumerate() {
            label(ui, &Line::of(&word, Type::Body, colors.text));
            let is_time = text.trim().parse::<jiff::civil::Time>().is_ok();
            let field = TextField {
                id: Id::unique(("time", key.name(), place)),
                name: &format!("{title}: {word}"),
                hint: "",
                width: TIME_WIDTH,
                limit: FIELD_LIMIT,
                wrong: is_wrong && !is_time,
            };
            let (typed, response) = text_field(ui, &field, text);
            controls::spoken(ui, scene, key, &response, field.wrong);
            if let Some(typed) = typed {
                *text = typed;
            }
        }
    });
}
