//! What a person chooses for their own window. It needs no rights, counts at once, and is kept with the rest of what
//! they have set up on the screen.

use serde::{Deserialize, Serialize};
use smarts_core::settings::Language;

/// What is usual, in percent.
pub const USUAL_SCALE: u16 = 100;

/// A person's own choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Own {
    /// In place of that of the PC.
    pub language: Option<Language>,
    /// Colours.
    pub theme: ThemeChoice,
    /// How large everything is, in percent.
    pub scale: u16,
    /// Whether anything moves by itself.
    pub motion: Motion,
}

impl Default for Own {
    fn default() -> Self {
        Self { language: None, theme: ThemeChoice::default(), scale: USUAL_SCALE, motion: Motion::default() }
    }
}

/// Which colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeChoice {
    /// As the system has them.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Whether anything moves by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Motion {
    /// As the system wants it.
    #[default]
    System,
    /// It does.
    On,
    /// Nothing does.
    Off,
}
