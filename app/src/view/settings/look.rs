//! The person's own choices: language, theme, scale, motion. They count at once and need no rights.

use egui::Ui;
use i18n_embed_fl::fl;
use smarts_core::settings::Language;

use super::{action, controls, parts};
use crate::model::SettingsAction;
use crate::model::settings::{Motion, Own, ThemeChoice};
use crate::view::Scene;
use crate::view::theme::{self, SPACE_1, SPACE_2};

/// In percent.
const SCALES: [u16; 7] = [100, 125, 150, 175, 200, 250, 300];

pub(super) fn own(ui: &mut Ui, scene: &Scene<'_>) {
    let loader = scene.loader();
    let page = &scene.model.settings_page;
    let own = page.own;
    let mut wanted = own;
    parts::card(ui, |ui| {
        wanted.language = language(ui, scene, own);
        parts::separator(ui);
        let themes = [ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark];
        let names = [
            fl!(loader, "settings-theme-system"),
            fl!(loader, "settings-theme-light"),
            fl!(loader, "settings-theme-dark"),
        ];
        let one = One {
            key: "theme",
            title: fl!(loader, "settings-theme"),
            hint: fl!(loader, "settings-theme-hint"),
        };
        wanted.theme = one.show(ui, &themes, &names, own.theme);
        parts::separator(ui);
        let names = SCALES.map(|scale| format!("{scale}\u{a0}%"));
        let hint = if SCALES.contains(&own.scale) {
            fl!(loader, "settings-scale-hint")
        } else {
            fl!(loader, "settings-scale-other", scale = own.scale)
        };
        let one = One { key: "scale", title: fl!(loader, "settings-scale"), hint };
        wanted.scale = one.show(ui, &SCALES, &names, own.scale);
        parts::separator(ui);
        let motions = [Motion::System, Motion::On, Motion::Off];
        let names = [
            fl!(loader, "settings-motion-system"),
            fl!(loader, "settings-motion-on"),
            fl!(loader, "settings-motion-off"),
        ];
        let one = One {
            key: "motion",
            title: fl!(loader, "settings-motion"),
            hint: fl!(loader, "settings-motion-hint"),
        };
        wanted.motion = one.show(ui, &motions, &names, own.motion);
    });
    if wanted != own {
        scene.send(action(SettingsAction::Own(wanted)));
    }
    if let Some(facts) = page.facts() {
        let colors = theme::palette(ui);
        parts::stored(ui, scene, colors, "own", &facts.own_file, fl!(loader, "settings-for-me"));
    }
}

fn language(ui: &mut Ui, scene: &Scene<'_>, own: Own) -> Option<Language> {
    let loader = scene.loader();
    let languages = [None, Some(Language::Ru), Some(Language::En)];
    let names = [
        fl!(loader, "settings-own-language-usual"),
        fl!(loader, "settings-russian"),
        fl!(loader, "settings-english"),
    ];
    let one = One {
        key: "own language",
        title: fl!(loader, "settings-own-language"),
        hint: fl!(loader, "settings-own-language-hint"),
    };
    one.show(ui, &languages, &names, own.language)
}

/// One choice of the person's.
struct One {
    key: &'static str,
    title: String,
    hint: String,
}

impl One {
    fn show<T: Copy + PartialEq>(&self, ui: &mut Ui, all: &[T], names: &[String], now: T) -> T {
        let colors = theme::palette(ui);
        parts::heading(ui, colors, self.title.clone());
        ui.add_space(SPACE_1);
        parts::hint(ui, colors, self.hint.clone());
        ui.add_space(SPACE_2);
        let chosen = all.iter().position(|one| *one == now);
        let picked = controls::choice(ui, self.key, &self.title, names, chosen);
        picked.and_then(|place| all.get(place)).copied().unwrap_or(now)
    }
}
