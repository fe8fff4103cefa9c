//! The trusted root: which is in force, since when, where it is stored, and another one that is to become it.

use egui::Ui;
use i18n_embed_fl::fl;

use super::{action, parts};
use crate::model::SettingsAction;
use crate::model::schedule::Access;
use crate::model::settings::{Form, RootState, SettingsFacts};
use crate::view::Scene;
use crate::view::theme::{self, SPACE_1, SPACE_2, Type};
use crate::view::widgets::button::{Button, Look};
use crate::view::widgets::text::paragraph;

/// Enough of a digest to tell two files apart by eye.
const DIGEST_SHOWN: usize = 16;

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, facts: &SettingsFacts, form: &Form) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let texts = scene.texts;
    parts::card(ui, |ui| {
        parts::heading(ui, colors, fl!(loader, "settings-root"));
        ui.add_space(SPACE_1);
        parts::hint(ui, colors, fl!(loader, "settings-root-hint"));
        ui.add_space(SPACE_2);
        let (words, color) = match &facts.root {
            RootState::None => (fl!(loader, "settings-root-no"), colors.text),
            RootState::Installed { version, expires, since } => {
                let version = version.to_string();
                let until = texts.utc_day(*expires);
                let words = match since {
                    Some(since) => {
                        let since = texts.moment(*since, &scene.model.now);
                        fl!(loader, "settings-root-since", version = version, since = since, until = until)
                    }
                    None => fl!(loader, "settings-root-in-force", version = version, until = until),
                };
                (words, if *expires < scene.model.now.timestamp() { colors.amber } else { colors.text })
            }
            RootState::Unusable(why) => (why.clone(), colors.err),
        };
        paragraph(ui, words, Type::Body, color);
        if let Some(root) = &form.root {
            ui.add_space(SPACE_1);
            let digest = root.digest.to_string();
            let words = fl!(
                loader,
                "settings-root-chosen",
                path = root.path.display().to_string(),
                version = root.version.to_string(),
                until = texts.utc_day(root.expires),
                digest = digest.get(..DIGEST_SHOWN).unwrap_or(&digest)
            );
            paragraph(ui, words, Type::Body, colors.text);
        }
        if let Some(why) = &scene.model.settings_page.root_fault {
            parts::fault(ui, colors, why.clone());
        }
        if facts.access != Access::Locked {
            ui.add_space(SPACE_2);
            buttons(ui, scene, form);
        }
        ui.add_space(SPACE_1);
        let file = facts.root_file.display().to_string();
        parts::hint(ui, colors, fl!(loader, "settings-root-stored", path = file));
    });
}

fn buttons(ui: &mut Ui, scene: &Scene<'_>, form: &Form) {
    let loader = scene.loader();
    parts::row(ui, "root", |ui| {
        if Button::new(&fl!(loader, "settings-root-choose")).show(ui).clicked() {
            scene.send(action(SettingsAction::ChooseRoot));
        }
        let leave = fl!(loader, "settings-root-leave");
        if form.root.is_some() && Button::new(&leave).look(Look::Ghost).show(ui).clicked() {
            scene.send(action(SettingsAction::LeaveRoot));
        }
    });
}
