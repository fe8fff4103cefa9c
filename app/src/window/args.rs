//! What the window can be started with.

use std::path::PathBuf;

use clap::Parser;
use egui::ThemePreference;
use smarts_core::settings;

use super::order::Renderer;
use crate::demo::installer;
use crate::i18n::Language;

/// The window of the update manager for Mobile SMARTS.
#[derive(Debug, Default, Parser)]
#[command(name = "mobile-smarts-updater", version)]
pub struct Args {
    /// A made machine and a source inside this program, to try everything
    #[arg(long, conflicts_with_all = ["machine_root", "source"])]
    pub(super) demo: bool,
    /// A folder that stands for a PC: drives are sub-folders, the registry is registry.reg
    #[arg(long, value_name = "DIR")]
    pub(super) machine_root: Option<PathBuf>,
    /// Where releases are read from, in place of the settings: an https address or a folder
    #[arg(long, value_name = "URL|DIR")]
    pub(super) source: Option<String>,
    /// The trusted root.json of a signed source
    #[arg(long, value_name = "FILE")]
    pub(super) trusted_root: Option<PathBuf>,
    /// Language of the window
    #[arg(long, global = true, value_name = "ru|en")]
    pub(super) lang: Option<Language>,
    /// Colours; the system's by default
    #[arg(long, value_name = "light|dark")]
    pub(super) theme: Option<Theme>,
    /// How the window is drawn, in place of the settings; what does not work here gives way to what does
    #[arg(long, global = true, value_name = "auto|direct3d|opengl")]
    pub(super) renderer: Option<RendererChoice>,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum Theme {
    Light,
    Dark,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum RendererChoice {
    Auto,
    Direct3d,
    Opengl,
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// The demo's own installer
    #[command(hide = true, name = installer::SUBCOMMAND)]
    DemoInstall(installer::Request),
}

impl RendererChoice {
    /// The one chosen, by this or else by the settings.
    pub(super) fn chosen(this: Option<Self>, settings: settings::Renderer) -> Option<Renderer> {
        match this {
            None => Renderer::chosen(settings),
            Some(Self::Auto) => None,
            Some(Self::Direct3d) => Some(Renderer::Direct3d),
            Some(Self::Opengl) => Some(Renderer::Opengl),
        }
    }
}

impl From<Theme> for ThemePreference {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::Light => Self::Light,
            Theme::Dark => Self::Dark,
        }
    }
}
