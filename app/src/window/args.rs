//! What the window can be started with.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Parser;
use egui::ThemePreference;
use smarts_core::settings;

use super::link;
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
    /// Accept a signed folder whose signatures have expired
    #[arg(long)]
    pub(super) accept_expired: bool,
    /// Language of the window
    #[arg(long, global = true, value_name = "ru|en")]
    pub(super) lang: Option<Language>,
    /// Colours; the system's by default
    #[arg(long, value_name = "light|dark")]
    pub(super) theme: Option<Theme>,
    /// How the window is drawn, in place of the settings; what does not work here gives way to what does
    #[arg(long, global = true, value_name = "auto|direct3d|opengl")]
    pub(super) renderer: Option<RendererChoice>,
    /// Open at this item: platform or a base's id, or a mobile-smarts-updater: address
    #[arg(long, value_name = "ID")]
    pub(super) show: Option<String>,
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

impl Args {
    /// What this program was started with. Wrong usage ends the program.
    pub fn of_program() -> Self {
        Self::of(std::env::args_os()).unwrap_or_else(|error| error.exit())
    }

    /// Where an address of our protocol is among the arguments, nothing else of them counts: Windows puts
    /// the address into the command line as it is, and one with a quotation mark in it could bring
    /// arguments of its own along.
    fn of(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let arguments: Vec<OsString> = arguments.into_iter().collect();
        match arguments.iter().skip(1).find(|argument| link::is_link(argument)) {
            Some(link) => Ok(Self { show: Some(link.to_string_lossy().into_owned()), ..Self::default() }),
            None => Self::try_parse_from(arguments),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn of(arguments: &[&str]) -> Args {
        Args::of(["window"].iter().chain(arguments).map(OsString::from)).unwrap()
    }

    #[test]
    fn an_address_brings_no_other_arguments_along() {
        let link = "mobile-smarts-updater:show/platform";
        for line in [
            &["--show", link, "--source", "http://example.com"][..],
            &["--show", link, "--machine-root", "/tmp", "--demo"],
            &["--show", link, "demo-install", "--version", "1"],
            &["--show", "", "--source", "x", link, "--no-such-option"],
            &[link],
        ] {
            let args = of(line);
            assert_eq!(args.show.as_deref(), Some(link), "{line:?}");
            assert_eq!(
                format!("{args:?}"),
                format!("{:?}", Args { show: args.show.clone(), ..Args::default() })
            );
        }
    }

    #[test]
    fn an_item_goes_together_with_the_other_arguments() {
        let args = of(&["--show", "main", "--demo", "--renderer", "opengl"]);
        assert!(args.demo);
        assert_eq!((args.show.as_deref(), args.renderer), (Some("main"), Some(RendererChoice::Opengl)));
    }

    #[test]
    fn what_is_chosen_for_this_start_wins_over_the_settings() {
        let of_settings = settings::Renderer::Opengl;
        assert_eq!(RendererChoice::chosen(None, of_settings), Some(Renderer::Opengl));
        assert_eq!(RendererChoice::chosen(Some(RendererChoice::Auto), of_settings), None);
        assert_eq!(
            RendererChoice::chosen(Some(RendererChoice::Direct3d), of_settings),
            Some(Renderer::Direct3d)
        );
    }
}
