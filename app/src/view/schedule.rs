//! «Проверка по расписанию»: how often is looked for releases, who is told, and whether at all.
//!
//! Stands by itself: a function of its [`SchedulePage`], wherever it is shown.

use egui::{Align, Id, Layout, Ui, UiBuilder, vec2};
use i18n_embed_fl::fl;
use smarts_core::settings::{CheckHours, Notify};

use super::Scene;
use super::modal::{buttons, middle_height, modal, offer_focus, scrolling};
use super::theme::{self, BUTTON_HEIGHT, Palette, Type};
use super::widgets::button::{Button, Look};
use super::widgets::fields::{field, segments, toggle};
use super::widgets::marks::tick_box;
use super::widgets::text::{Line, label, paragraph};
use crate::model::schedule::{
    Access, DAYS, HoursForm, NeverMeans, Saving, ScheduleFacts, ScheduleForm, SchedulePage, Task,
};
use crate::model::{Action, ScheduleAction};

const WIDTH: f32 = 640.0;
/// Hours between two checks that most want.
const USUAL_HOURS: [u16; 5] = [1, 4, 12, 24, 168];

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, page: &SchedulePage) {
    let loader = scene.loader();
    modal(ui, scene, "schedule", &fl!(loader, "schedule-title"), WIDTH, Action::CloseDialog, |ui| {
        let height = middle_height(ui, 170.0);
        scrolling(ui, "schedule", height, |ui| content(ui, scene, page));
        outcome(ui, scene, page);
        buttons(ui, "schedule", |ui| {
            let is_asked = page.facts.as_ref().is_some_and(|facts| facts.access == Access::Asked);
            let text = match (&page.saving, is_asked) {
                (Saving::Running, _) => fl!(loader, "schedule-saving"),
                (_, true) => fl!(loader, "schedule-save-asked"),
                (_, false) => fl!(loader, "schedule-save"),
            };
            let dead = page.change().is_err();
            let is_locked = page.facts.as_ref().is_some_and(|facts| facts.access == Access::Locked);
            if !is_locked && Button::new(&text).look(Look::Primary).dead(dead).show(ui).clicked() {
                scene.send(Action::Schedule(ScheduleAction::Save));
            }
            let close = Button::new(&fl!(loader, "close")).look(Look::Ghost).show(ui);
            offer_focus(ui, &close);
            if close.clicked() {
                scene.send(Action::CloseDialog);
            }
        });
    });
}

fn content(ui: &mut Ui, scene: &Scene<'_>, page: &SchedulePage) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    ui.add_space(4.0);
    let Some(facts) = &page.facts else {
        paragraph(ui, fl!(loader, "schedule-reading"), Type::Body, colors.muted);
        return;
    };
    task(ui, scene, colors, facts);
    if facts.access == Access::Locked {
        ui.add_space(10.0);
        paragraph(ui, fl!(loader, "schedule-locked"), Type::Body, colors.text);
        in_force(ui, scene, colors, &page.form, facts);
        return;
    }
    let mut form = page.form.clone();
    if facts.task != Task::Unknown {
        automatic(ui, scene, colors, page, &mut form);
    }
    interval(ui, scene, colors, &mut form);
    let working = Hours {
        id: "working hours",
        title: fl!(loader, "schedule-working"),
        hint: fl!(loader, "schedule-working-hint"),
    };
    working.show(ui, scene, colors, &mut form.working);
    told(ui, scene, colors, &mut form);
    let maintenance = Hours {
        id: "maintenance hours",
        title: fl!(loader, "schedule-maintenance"),
        hint: fl!(loader, "schedule-maintenance-hint"),
    };
    maintenance.show(ui, scene, colors, &mut form.maintenance);
    heading(ui, colors, fl!(loader, "schedule-network"));
    if tick(ui, colors, "offline", &fl!(loader, "schedule-offline"), &mut form.offline) || form.offline {
        hint(ui, colors, fl!(loader, "schedule-offline-hint"));
    }
    ui.add_space(4.0);
    if form != page.form {
        scene.send(Action::Schedule(ScheduleAction::Change(form)));
    }
}

/// Whose the task is, and when it runs next.
fn task(ui: &mut Ui, scene: &Scene<'_>, colors: &Palette, facts: &ScheduleFacts) {
    let color = match facts.task {
        Task::Ours => colors.text,
        Task::Off | Task::None | Task::Unknown => colors.muted,
        Task::Foreign => colors.amber,
    };
    paragraph(ui, &facts.task_words, Type::Body, color);
    if let Some(next) = facts.next_run {
        let when = scene.texts.coming(next, &scene.model.now);
        paragraph(ui, fl!(scene.loader(), "schedule-next-check", when = when), Type::Small, colors.muted);
    }
}

/// The same for who may only read it.
fn in_force(ui: &mut Ui, scene: &Scene<'_>, colors: &Palette, form: &ScheduleForm, facts: &ScheduleFacts) {
    let loader = scene.loader();
    let settings = &facts.settings;
    let hours = |hours: &Option<_>| {
        hours.as_ref().map_or_else(|| fl!(loader, "schedule-any-time"), |hours| scene.texts.week_hours(hours))
    };
    let on = if form.offline { fl!(loader, "schedule-yes") } else { fl!(loader, "schedule-no") };
    let lines = [
        (fl!(loader, "schedule-interval"), scene.texts.every(settings.hours)),
        (fl!(loader, "schedule-working"), hours(&settings.working_hours)),
        (fl!(loader, "schedule-told"), told_word(scene, settings.notify)),
        (
            fl!(loader, "schedule-maintenance"),
            settings
                .maintenance
                .as_ref()
                .map_or_else(|| fl!(loader, "schedule-no"), |hours| scene.texts.week_hours(hours)),
        ),
        (fl!(loader, "schedule-offline"), on),
    ];
    for (title, value) in lines {
        heading(ui, colors, title);
        paragraph(ui, value, Type::Body, colors.muted);
    }
}

fn automatic(ui: &mut Ui, scene: &Scene<'_>, colors: &Palette, page: &SchedulePage, form: &mut ScheduleForm) {
    let loader = scene.loader();
    ui.add_space(10.0);
    let mut never = !form.automatic;
    tick(ui, colors, "never", &fl!(loader, "schedule-never"), &mut never);
    form.automatic = !never;
    let means = page.never_means().map(|means| match means {
        NeverMeans::Silence => fl!(loader, "schedule-never-hint"),
        NeverMeans::FormerBack => fl!(loader, "schedule-never-former"),
        NeverMeans::ForeignStays => fl!(loader, "schedule-never-foreign"),
    });
    if let Some(means) = means {
        hint(ui, colors, means);
    }
}

fn interval(ui: &mut Ui, scene: &Scene<'_>, colors: &Palette, form: &mut ScheduleForm) {
    let loader = scene.loader();
    heading(ui, colors, fl!(loader, "schedule-interval"));
    let wrong = form.check_hours().is_none();
    row(ui, "interval", |ui| {
        label(ui, &Line::of(fl!(loader, "schedule-every"), Type::Body, colors.text));
        let id = Id::unique("schedule-hours");
        if let Some(text) = field(ui, id, &fl!(loader, "schedule-hours-name"), &form.hours, 64.0, wrong) {
            form.hours = text;
        }
        label(ui, &Line::of(fl!(loader, "schedule-hours-unit"), Type::Body, colors.text));
        ui.add_space(6.0);
        let names = USUAL_HOURS.map(|hours| scene.texts.interval(hours));
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let typed = form.check_hours().map(CheckHours::hours);
        let chosen = USUAL_HOURS.iter().position(|hours| Some(*hours) == typed).unwrap_or(usize::MAX);
        let chosen = segments(ui, &names, chosen).and_then(|place| USUAL_HOURS.get(place));
        if let Some(hours) = chosen {
            form.hours = hours.to_string();
        }
    });
    if wrong {
        fault(ui, colors, fl!(loader, "schedule-hours-wrong"));
    }
}

fn told(ui: &mut Ui, scene: &Scene<'_>, colors: &Palette, form: &mut ScheduleForm) {
    const ALL: [Notify; 3] = [Notify::Admins, Notify::All, Notify::None];
    heading(ui, colors, fl!(scene.loader(), "schedule-told"));
    let names = ALL.map(|notify| told_word(scene, notify));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let chosen = ALL.iter().position(|notify| *notify == form.notify).unwrap_or(usize::MAX);
    row(ui, "told", |ui| {
        let chosen = segments(ui, &names, chosen).and_then(|place| ALL.get(place));
        form.notify = chosen.copied().unwrap_or(form.notify);
    });
}

fn told_word(scene: &Scene<'_>, notify: Notify) -> String {
    let loader = scene.loader();
    match notify {
        Notify::Admins => fl!(loader, "schedule-told-admins"),
        Notify::All => fl!(loader, "schedule-told-all"),
        Notify::None => fl!(loader, "schedule-told-none"),
    }
}

/// Hours of the week to choose.
struct Hours {
    id: &'static str,
    title: String,
    hint: String,
}

impl Hours {
    fn show(&self, ui: &mut Ui, scene: &Scene<'_>, colors: &Palette, form: &mut HoursForm) {
        ui.add_space(12.0);
        tick(ui, colors, self.id, &self.title, &mut form.on);
        hint(ui, colors, self.hint.clone());
        if !form.on {
            return;
        }
        ui.add_space(6.0);
        let wrong = form.hours().err();
        row(ui, self.id, |ui| {
            for ((day, key), on) in DAYS.into_iter().zip(&mut form.days) {
                let day = scene.texts.weekday(day);
                let name = format!("{}: {day}", self.title);
                let id = Id::unique(("day", self.id, key));
                *on = toggle(ui, id, &day, &name, *on).unwrap_or(*on);
            }
        });
        ui.add_space(6.0);
        row(ui, &format!("{} times", self.id), |ui| {
            let loader = scene.loader();
            let ends = [
                (fl!(loader, "schedule-from"), &mut form.from),
                (fl!(loader, "schedule-until"), &mut form.until),
            ];
            for (word, text) in ends {
                label(ui, &Line::of(&word, Type::Body, colors.text));
                let name = format!("{}: {word}", self.title);
                let id = Id::unique(("time", self.id, &word));
                let is_time = text.trim().parse::<jiff::civil::Time>().is_ok();
                if let Some(typed) = field(ui, id, &name, text, 76.0, wrong.is_some() && !is_time) {
                    *text = typed;
                }
            }
        });
        if let Some(wrong) = wrong {
            fault(ui, colors, scene.texts.hours_fault(wrong));
        }
    }
}

fn outcome(ui: &mut Ui, scene: &Scene<'_>, page: &SchedulePage) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let is_asked = page.facts.as_ref().is_some_and(|facts| facts.access == Access::Asked);
    let (text, color) = match &page.saving {
        Saving::Failed(reason) => (reason.clone(), colors.err),
        Saving::Saved => (fl!(loader, "schedule-saved"), colors.ok),
        Saving::Running if is_asked => (fl!(loader, "life-permission-hint"), colors.muted),
        Saving::Idle if is_asked => (fl!(loader, "schedule-asks"), colors.muted),
        Saving::Running | Saving::Idle => return,
    };
    ui.add_space(10.0);
    paragraph(ui, text, Type::Small, color);
}

fn heading(ui: &mut Ui, colors: &Palette, text: String) {
    ui.add_space(14.0);
    label(ui, &Line::of(text, Type::Strong, colors.text));
    ui.add_space(4.0);
}

/// Whether it was changed.
fn tick(ui: &mut Ui, colors: &Palette, key: &str, text: &str, on: &mut bool) -> bool {
    let line = Line::of(text, Type::Strong, colors.text);
    let changed = tick_box(ui, Id::unique(("schedule", key)), *on, &line, text);
    *on = changed.unwrap_or(*on);
    changed.is_some()
}

fn hint(ui: &mut Ui, colors: &Palette, text: String) {
    ui.add_space(2.0);
    paragraph(ui, text, Type::Small, colors.muted);
}

fn fault(ui: &mut Ui, colors: &Palette, text: String) {
    ui.add_space(4.0);
    paragraph(ui, text, Type::Small, colors.err);
}

/// Controls side by side. `key`: they keep the keyboard whatever appears above them.
fn row(ui: &mut Ui, key: &str, content: impl FnOnce(&mut Ui)) {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), BUTTON_HEIGHT));
    let layout = Layout::left_to_right(Align::Center);
    let id = Id::unique(("schedule row", key));
    let mut child = ui.new_child(UiBuilder::new().scope_id(id).max_rect(rect).layout(layout));
    child.spacing_mut().item_spacing.x = 8.0;
    content(&mut child);
}
