//! The control of each setting: a field, a field with a button that opens the system's dialog, a few words to choose
//! from, hours of the week.

use egui::accesskit::Invalid;
use egui::{Id, Response, Ui};
use i18n_embed_fl::fl;
use smarts_core::settings::{DEFAULT_SOURCE, Key};

use super::{action, background, parts};
use crate::model::SettingsAction;
use crate::model::settings::{Form, SettingsFacts};
use crate::view::Scene;
use crate::view::theme::{self, SPACE_2, Type};
use crate::view::widgets::button::Button;
use crate::view::widgets::fields::{TextField, segments, segments_width, text_field};
use crate::view::widgets::select::select;
use crate::view::widgets::text::{Line, label};

/// Characters of a path, an address, a list.
const LONGEST: usize = 1000;
/// Of a field for a number.
const NUMBER_WIDTH: f32 = theme::steps(24);
/// Digits.
const NUMBER_LIMIT: usize = 10;
/// Where a proxy's address begins, for who chooses to name one.
const NEW_PROXY: &str = "http://";

/// How a setting is edited.
enum Kind {
    /// A text.
    Text,
    /// A text, or chosen in the system's dialog.
    Place(String),
    /// A number, with what it counts.
    Number(String),
    /// One of these.
    Words(&'static [&'static str]),
    /// One of these, or nothing.
    MaybeWords(&'static [&'static str]),
    /// Hours between checks.
    Interval,
    /// Hours of the week.
    Hours,
    /// The way to the source.
    Proxy,
}

fn kind(scene: &Scene<'_>, key: Key) -> Kind {
    let loader = scene.loader();
    match key {
        Key::Publisher
        | Key::ResignedBy
        | Key::ProxyUser
        | Key::Administrator
        | Key::Mirrors
        | Key::BackupWithout => Kind::Text,
        Key::Source | Key::BackupDir | Key::DownloadsDir | Key::ReportDir => {
            Kind::Place(fl!(loader, "settings-choose-folder"))
        }
        Key::CaFile => Kind::Place(fl!(loader, "settings-choose-file")),
        Key::SubscriptionWarnDays => Kind::Number(fl!(loader, "settings-unit-days")),
        Key::BackupsPerBase => Kind::Number(fl!(loader, "settings-unit-copies")),
        Key::BackupsShareOfDisk => Kind::Number("%".to_owned()),
        Key::DownloadLimit => Kind::Number(fl!(loader, "settings-unit-kib-s")),
        Key::DownloadTries => Kind::Number(fl!(loader, "settings-unit-tries")),
        Key::KeepDownloads => Kind::Number(fl!(loader, "settings-unit-versions")),
        Key::Offline => Kind::Words(&["no", "yes"]),
        Key::Notify => Kind::Words(&["admins", "all", "none"]),
        Key::WhoMayUpdate => Kind::Words(&["admins", "all"]),
        Key::SubscriptionUnknown => Kind::Words(&["warn", "stop"]),
        Key::Renderer => Kind::Words(&["auto", "direct3d", "opengl"]),
        Key::Language => Kind::MaybeWords(&["ru", "en"]),
        Key::CheckHours => Kind::Interval,
        Key::WorkingHours | Key::Maintenance => Kind::Hours,
        Key::Proxy => Kind::Proxy,
    }
}

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, facts: &SettingsFacts, form: &Form, key: Key) {
    match kind(scene, key) {
        Kind::Text => text(ui, scene, facts, form, key, None),
        Kind::Place(button) => text(ui, scene, facts, form, key, Some(&button)),
        Kind::Number(unit) => number(ui, scene, facts, form, key, &unit),
        Kind::Words(words) => {
            let texts: Vec<String> = words.iter().map(|word| scene.texts.setting_word(key, word)).collect();
            let now = form.text(facts, key);
            let chosen = words.iter().position(|word| *word == now);
            let chosen = one_of(ui, scene, key, &texts, chosen);
            if let Some(word) = chosen.and_then(|place| words.get(place)) {
                scene.send(action(SettingsAction::Type(key, (*word).to_owned())));
            }
        }
        Kind::MaybeWords(words) => maybe_words(ui, scene, facts, form, key, words),
        Kind::Interval => background::interval(ui, scene, facts, form),
        Kind::Hours => background::hours(ui, scene, facts, form, key),
        Kind::Proxy => proxy(ui, scene, facts, form),
    }
}

/// A field as wide as there is room.
fn text(ui: &mut Ui, scene: &Scene<'_>, facts: &SettingsFacts, form: &Form, key: Key, choose: Option<&str>) {
    let name = scene.texts.setting_title(key);
    parts::row(ui, key.name(), |ui| {
        let choose = choose.map(|text| {
            (Button::new(text), fl!(scene.loader(), "settings-choose-name", name = name.as_str()))
        });
        let beside = choose.as_ref().map_or(0.0, |(button, _)| button.size(ui).x + SPACE_2);
        let unset = if key == Key::Source { DEFAULT_SOURCE.to_owned() } else { hint(scene, key) };
        let field = TextField {
            id: id(key),
            name: &name,
            hint: &unset,
            width: ui.available_width() - beside,
            limit: LONGEST,
            wrong: form.fault(facts, key).is_some(),
        };
        edited(ui, scene, facts, form, key, &field);
        if let Some((button, name)) = choose
            && button.name(&name).show(ui).clicked()
        {
            scene.send(action(SettingsAction::Choose(key)));
        }
    });
}

/// A field of a setting.
pub(super) fn edited(
    ui: &mut Ui,
    scene: &Scene<'_>,
    facts: &SettingsFacts,
    form: &Form,
    key: Key,
    field: &TextField<'_>,
) {
    let (typed, response) = text_field(ui, field, &form.text(facts, key));
    spoken(ui, scene, key, &response, field.wrong);
    if let Some(typed) = typed {
        scene.send(action(SettingsAction::Type(key, typed)));
    }
}

/// A screen reader hears what a field is for, and what is wrong.
pub(super) fn spoken(ui: &Ui, scene: &Scene<'_>, key: Key, response: &Response, is_wrong: bool) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(scene.texts.setting_hint(key));
        if is_wrong {
            node.set_invalid(Invalid::True);
        }
    });
}

/// What counts where nothing is set, in the field itself.
fn hint(scene: &Scene<'_>, key: Key) -> String {
    if key == Key::BackupWithout { String::new() } else { scene.texts.setting_default(key) }
}

fn number(ui: &mut Ui, scene: &Scene<'_>, facts: &SettingsFacts, form: &Form, key: Key, unit: &str) {
    let colors = theme::palette(ui);
    let name = scene.texts.setting_title(key);
    parts::row(ui, key.name(), |ui| {
        let field = TextField {
            id: id(key),
            name: &name,
            hint: "",
            width: NUMBER_WIDTH,
            limit: NUMBER_LIMIT,
            wrong: form.fault(facts, key).is_some(),
        };
        edited(ui, scene, facts, form, key, &field);
        label(ui, &Line::of(unit, Type::Body, colors.text));
    });
}

/// Side by side where there is room, else a list.
pub(super) fn one_of(
    ui: &mut Ui,
    scene: &Scene<'_>,
    key: Key,
    texts: &[String],
    chosen: Option<usize>,
) -> Option<usize> {
    choice(ui, key.name(), &scene.texts.setting_title(key), texts, chosen)
}

/// The same under a key and a name.
pub(super) fn choice(
    ui: &mut Ui,
    key: &str,
    name: &str,
    texts: &[String],
    chosen: Option<usize>,
) -> Option<usize> {
    let words: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut picked = None;
    parts::choices(ui, key, name, |ui| {
        let room = ui.available_width();
        picked = if segments_width(ui, &words) <= room {
            segments(ui, &words, chosen.unwrap_or(usize::MAX))
        } else {
            select(ui, Id::unique(("settings choice", key)), name, texts, chosen, room)
        };
    });
    picked
}

fn maybe_words(ui: &mut Ui, scene: &Scene<'_>, facts: &SettingsFacts, form: &Form, key: Key, words: &[&str]) {
    let none = scene.texts.setting_word(key, "default");
    let rest = words.iter().map(|word| scene.texts.setting_word(key, word));
    let texts: Vec<String> = std::iter::once(none).chain(rest).collect();
    let now = form.text(facts, key);
    let chosen = words.iter().position(|word| *word == now).map_or(0, |place| place + 1);
    if let Some(place) = one_of(ui, scene, key, &texts, Some(chosen)) {
        let word = place.checked_sub(1).and_then(|place| words.get(place));
        let chosen =
            word.map_or(SettingsAction::Reset(key), |word| SettingsAction::Type(key, (*word).to_owned()));
        scene.send(action(chosen));
    }
}

/// Three words, or an address.
fn proxy(ui: &mut Ui, scene: &Scene<'_>, facts: &SettingsFacts, form: &Form) {
    const WORDS: [&str; 4] = ["system", "environment", "none", "manual"];
    let key = Key::Proxy;
    let value = form.text(facts, key);
    let place = WORDS.iter().position(|word| *word == value).unwrap_or(WORDS.len() - 1);
    let texts = WORDS.map(|word| scene.texts.setting_word(key, word));
    if let Some(chosen) = one_of(ui, scene, key, &texts, Some(place)).and_then(|place| WORDS.get(place)) {
        let text = if *chosen == "manual" { NEW_PROXY } else { chosen };
        scene.send(action(SettingsAction::Type(key, text.to_owned())));
    }
    // One of the words may be typed there, or be the beginning of an address.
    let is_typed_in = ui.memory(|memory| memory.has_focus(id(key)));
    if place + 1 < WORDS.len() && !is_typed_in {
        return;
    }
    ui.add_space(SPACE_2);
    parts::row(ui, "proxy address", |ui| {
        let field = TextField {
            id: id(key),
            name: &fl!(scene.loader(), "settings-proxy-address"),
            hint: "http://proxy.shop:3128",
            width: ui.available_width(),
            limit: LONGEST,
            wrong: form.fault(facts, key).is_some(),
        };
        let (typed, response) = text_field(ui, &field, &value);
        spoken(ui, scene, key, &response, field.wrong);
        if let Some(typed) = typed {
            // What is none of the words is an address, also while there is nothing.
            let text = if typed.is_empty() { NEW_PROXY.to_owned() } else { typed };
            scene.send(action(SettingsAction::Type(key, text)));
        }
    });
}

fn id(key: Key) -> Id {
    Id::unique(("setting", key.name()))
}
