//! What a person has chosen for their own window: theme, scale, language and motion count at once, without a new start.
//!
//! Deliberately not here: keeping it. Sentences of the worker stay in the language of the start.

use egui::{Context, ThemePreference};
use smarts_core::os;

use super::App;
use crate::error::chain;
use crate::i18n::{Language, Texts};
use crate::model::settings::{Motion, Own, ThemeChoice};
use crate::model::{Action, SettingsAction};
use crate::view::theme::motion;

/// The colours for a choice.
pub fn preference(theme: ThemeChoice) -> ThemePreference {
    match theme {
        ThemeChoice::System => ThemePreference::System,
        ThemeChoice::Light => ThemePreference::Light,
        ThemeChoice::Dark => ThemePreference::Dark,
    }
}

/// Whether nothing is to move by itself.
fn stands_still(motion: Motion) -> bool {
    match motion {
        Motion::System => os::wants_stillness().unwrap_or_default(),
        Motion::On => false,
        Motion::Off => true,
    }
}

/// In percent of the usual size.
pub(super) fn scale(zoom: f32) -> u16 {
    (zoom * 100.0).round() as u16
}

impl App {
    /// A person may have used Ctrl with plus and minus.
    pub(super) fn follow_zoom(&mut self, ctx: &Context) {
        let zoom = ctx.zoom_factor();
        if scale(zoom) == scale(self.zoom) {
            return;
        }
        self.zoom = zoom;
        self.applied.scale = scale(zoom);
        let own = Own { scale: scale(zoom), ..self.model.settings_page.own };
        self.act(Action::Settings(SettingsAction::Own(own)));
    }

    /// Puts in force what was chosen since.
    pub(super) fn apply_own(&mut self, ctx: &Context) {
        let own = self.model.settings_page.own;
        if own.theme != self.applied.theme {
            ctx.set_theme(preference(own.theme));
        }
        if own.scale != self.applied.scale {
            ctx.set_zoom_factor(f32::from(own.scale) / 100.0);
        }
        if own.language != self.applied.language {
            let usual = self.model.settings_page.usual_language;
            let language = own.language.or(usual).map_or_else(Language::of_system, Language::from);
            match Texts::new(language) {
                Ok(texts) => self.texts = texts,
                Err(error) => tracing::error!(error = chain(&error), "The language stays as it is"),
            }
        }
        // Asked anew each time: what the system wants may change while the window is open.
        motion::set_still(ctx, stands_still(own.motion));
        self.applied = own;
    }
}
