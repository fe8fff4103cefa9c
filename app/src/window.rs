//! Opening the window: arguments, the native window, and what is said where there is no screen.

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use eframe::egui::ViewportBuilder;
use eframe::{NativeOptions, Renderer};
use i18n_embed_fl::fl;

use crate::app::App;
use crate::clock::Clock;
use crate::demo::{installer, installer_window};
use crate::error::chain;
use crate::i18n::{Language, Texts};
use crate::session::{DemoOptions, Options, Session};
use crate::{log, worker};

/// The demo's line is slow enough for a download to be watched.
const DEMO_BYTES_PER_SECOND: u64 = 2_500_000;
/// Closing takes no longer, whatever is still under way.
const ENDS_WITHIN: Duration = Duration::from_secs(3);

/// The window of the update manager for Mobile SMARTS.
#[derive(Debug, Parser)]
#[command(name = "mobile-smarts-updater", version)]
pub struct Args {
    /// A made machine and a source inside this program, to try everything
    #[arg(long, conflicts_with_all = ["machine_root", "source"])]
    demo: bool,
    /// A folder that stands for a PC: drives are sub-folders, the registry is registry.reg
    #[arg(long, value_name = "DIR")]
    machine_root: Option<std::path::PathBuf>,
    /// Where releases are read from, in place of the settings: an https address or a folder
    #[arg(long, value_name = "URL|DIR")]
    source: Option<String>,
    /// The trusted root.json of a signed source
    #[arg(long, value_name = "FILE")]
    trusted_root: Option<std::path::PathBuf>,
    /// Language of the window
    #[arg(long, global = true, value_name = "ru|en")]
    lang: Option<Language>,
    /// Colours; the system's by default
    #[arg(long, value_name = "light|dark")]
    theme: Option<Theme>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Theme {
    Light,
    Dark,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// The demo's own installer
    #[command(hide = true, name = installer::SUBCOMMAND)]
    DemoInstall(installer::Request),
}

/// Opens the window and returns when it is closed.
pub fn run(args: &Args) -> ExitCode {
    let language = args.lang.unwrap_or_else(Language::of_system);
    match (&args.command, Texts::new(language)) {
        (_, Err(error)) => complain(&error.to_string()),
        (Some(Command::DemoInstall(request)), Ok(texts)) => installer_window::run(request.clone(), texts),
        (None, Ok(texts)) => open(args, &texts).unwrap_or_else(|line| complain(&line)),
    }
}

fn open(args: &Args, texts: &Texts) -> Result<ExitCode, String> {
    if !has_screen() {
        return Err(no_screen(args.demo, texts));
    }
    if args.trusted_root.is_some() {
        // Nothing unsigned may be used where a trusted root is named, and signed sources are not read yet.
        return Err(fl!(texts.loader, "cli-signed-not-yet"));
    }
    let demo = DemoOptions { bytes_per_second: Some(DEMO_BYTES_PER_SECOND), installer: None };
    let session = Session::open(Options {
        machine_root: args.machine_root.clone(),
        source: args.source.clone(),
        language: args.lang,
        today: None,
        accept_unproved: false,
        demo: args.demo.then_some(demo),
    })
    .map_err(|error| texts.session_error(&error))?;
    if let Err(error) = log::start(&session.paths.log_dir, "window") {
        complain(&chain(&error));
    }
    for key in session.settings.unknown_keys() {
        tracing::warn!(key, "A key of settings.toml means nothing here and is left out");
    }
    let options = native_options(
        &fl!(texts.loader, "app-name"),
        [1200.0, 780.0],
        Some(session.paths.state_dir.join("window.ron")),
    );
    let language = session.language;
    let theme = args.theme;
    let mut ended = None;
    let creator: eframe::AppCreator<'_> = Box::new(|creation| {
        let ctx = creation.egui_ctx.clone();
        let worker = worker::start(session, Texts::new(language)?, move || ctx.request_repaint())?;
        ended = Some(worker.ended);
        let now = || Clock::default().now();
        let mut app =
            App::new(&creation.egui_ctx, Texts::new(language)?, worker.events, worker.commands, now);
        if let Some(theme) = theme {
            app.set_theme(&creation.egui_ctx, theme.into());
        }
        Ok(Box::new(app))
    });
    let shown = eframe::run_native("mobile-smarts-updater", options, creator);
    if let Some(ended) = ended {
        // Downloads write what has arrived, and the demo takes its folder away. A check that waits for an
        // answer longer than this is left behind.
        let _ = ended.recv_timeout(ENDS_WITHIN);
    }
    match shown {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => {
            tracing::error!(error = chain(&error), "The window did not open");
            Err(format!("{} ({})", no_screen(args.demo, texts), chain(&error)))
        }
    }
}

/// Options of every window of the program.
pub(crate) fn native_options(
    title: &str,
    size: [f32; 2],
    persistence_path: Option<std::path::PathBuf>,
) -> NativeOptions {
    let mut viewport = ViewportBuilder::default()
        .with_title(title)
        .with_app_id("mobile-smarts-updater")
        .with_inner_size(size)
        .with_min_inner_size([size[0].min(960.0), size[1].min(600.0)]);
    // The icon is part of the program; a window without it is better than none.
    if let Ok(icon) = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icons/app.png")) {
        viewport = viewport.with_icon(icon);
    }
    NativeOptions {
        viewport,
        renderer: Renderer::Glow,
        persist_window: persistence_path.is_some(),
        persistence_path,
        ..NativeOptions::default()
    }
}

/// Where a window system is told by the environment, whether there is one.
pub(crate) fn has_screen() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET")
}

fn no_screen(demo: bool, texts: &Texts) -> String {
    if demo { fl!(texts.loader, "no-display-demo") } else { fl!(texts.loader, "no-display") }
}

#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
pub(crate) fn complain(line: &str) -> ExitCode {
    eprintln!("{line}");
    ExitCode::FAILURE
}

impl From<Theme> for crate::model::ThemeChoice {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::Light => Self::Light,
            Theme::Dark => Self::Dark,
        }
    }
}
