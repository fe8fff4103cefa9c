//! One setting: what it is called and for, its control, what is wrong with what is typed, and the way back to the
//! default. Who may not change it reads it.

use egui::{Align, Id, Layout, Ui, UiBuilder, vec2};
use i18n_embed_fl::fl;
use smarts_core::settings::Key;

use super::{action, controls, parts};
use crate::i18n::sentence;
use crate::model::SettingsAction;
use crate::model::schedule::Access;
use crate::model::settings::{Form, SettingsFacts, TypedFault};
use crate::view::Scene;
use crate::view::theme::icons::{self, Icon};
use crate::view::theme::{self, ICON, Palette, SPACE_1, SPACE_2, SPACE_6, Type};
use crate::view::widgets::button::link;
use crate::view::widgets::text::{Line, label, paragraph, place};

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, facts: &SettingsFacts, form: &Form, key: Key) {
    let colors = theme::palette(ui);
    let texts = scene.texts;
    head(ui, scene, facts, form, key);
    parts::hint(ui, colors, texts.setting_hint(key));
    ui.add_space(SPACE_2);
    let unsaid = facts.value(key).unsaid.filter(|_| form.typed(key).is_none());
    if facts.access == Access::Locked {
        locked(ui, scene, colors, facts, key);
    } else if let Some(unsaid) = unsaid {
        locked(ui, scene, colors, facts, key);
        below(ui, colors, texts.unsaid(unsaid));
    } else {
        controls::show(ui, scene, facts, form, key);
        if let Some(fault) = form.fault(facts, key) {
            let words = match fault {
                TypedFault::Wrong(wrong) => texts.wrong_setting(key, wrong),
                TypedFault::Hours(fault) => texts.hours_fault(fault),
            };
            parts::fault(ui, colors, words);
        }
    }
    if let Some(now) = now(scene, facts, form, key) {
        ui.add_space(SPACE_1);
        parts::hint(ui, colors, now);
    }
}

/// What it is called; beside it whether the default counts, or the way there.
fn head(ui: &mut Ui, scene: &Scene<'_>, facts: &SettingsFacts, form: &Form, key: Key) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let title = scene.texts.setting_title(key);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), SPACE_6));
    let id = Id::unique(("setting head", key.name()));
    let layout = Layout::right_to_left(Align::Center);
    let mut child = ui.new_child(UiBuilder::new().scope_id(id).max_rect(rect).layout(layout));
    let ui = &mut child;
    ui.spacing_mut().item_spacing.x = SPACE_2;
    let default = scene.texts.setting_default(key);
    if form.is_default(facts, key) {
        let line = Line::of(fl!(loader, "settings-is-default"), Type::Small, colors.muted);
        label(ui, &line).on_hover_text(default);
    } else if facts.access != Access::Locked {
        let name = fl!(loader, "settings-reset-name", name = title.as_str());
        let reset = link(ui, &fl!(loader, "settings-reset"), &name);
        if reset.on_hover_text(fl!(loader, "settings-reset-to", value = default)).clicked() {
            scene.send(action(SettingsAction::Reset(key)));
        }
    }
    if form.typed(key).is_some() {
        label(ui, &Line::of(fl!(loader, "settings-changed"), Type::SmallStrong, colors.text));
    }
    let room = ui.available_width() - SPACE_2;
    let line = Line::of(title, Type::Strong, colors.text);
    let galley = line.galley(ui, room);
    let at = rect.left_center() - vec2(0.0, galley.size().y / 2.0);
    let key_name = fl!(loader, "settings-key", key = key.name());
    place(ui, at, &line, galley).on_hover_text(key_name);
}

/// The same for who may only read it.
fn locked(ui: &mut Ui, scene: &Scene<'_>, colors: &Palette, facts: &SettingsFacts, key: Key) {
    let words = facts.value(key).text.map(|text| scene.texts.setting_value(key, &text));
    let words = words.filter(|words| !words.is_empty());
    let words = words.unwrap_or_else(|| scene.texts.setting_word(key, "default"));
    let line = Line::of(sentence(&words), Type::Body, colors.text).rows(usize::MAX);
    let left = ICON + SPACE_2;
    let galley = line.galley(ui, ui.available_width() - left);
    let (_, rect) = ui.allocate_space(vec2(left + galley.size().x, galley.size().y));
    let center = rect.min + vec2(ICON / 2.0, Type::Body.line_height() / 2.0);
    icons::paint(ui.painter(), Icon::Lock, center, ICON, colors.muted);
    place(ui, rect.min + vec2(left, 0.0), &line, galley);
}

/// What a setting comes to on this PC, where that is not plain from it.
fn now(scene: &Scene<'_>, facts: &SettingsFacts, form: &Form, key: Key) -> Option<String> {
    let loader = scene.loader();
    let places = &facts.places;
    let is_same = form.typed(key).is_none();
    let words = match key {
        Key::Source => fl!(loader, "settings-now", what = places.source.as_str()),
        Key::Proxy if !places.proxy.is_empty() => places.proxy.clone(),
        Key::CaFile => places.ca_file.clone()?,
        Key::BackupDir => fl!(loader, "settings-now", what = places.backups.display().to_string()),
        Key::DownloadsDir => fl!(loader, "settings-now", what = places.downloads.display().to_string()),
        _ => return None,
    };
    is_same.then_some(words)
}

/// A paragraph below a control.
pub(super) fn below(ui: &mut Ui, colors: &Palette, text: String) {
    ui.add_space(SPACE_1);
    paragraph(ui, text, Type::Small, colors.muted);
}
