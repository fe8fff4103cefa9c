//! Opening the window: arguments, one window per person, the order of renderers, and what is said where
//! there is no window.

mod args;
pub(crate) mod choose;
pub mod kept;
pub(crate) mod link;
pub(crate) mod open;
pub mod order;
mod renderer;
mod showing;
pub mod start;
mod waker;

use std::process::ExitCode;

use egui::ThemePreference;
use i18n_embed_fl::fl;
use smarts_core::os;

pub use self::args::Args;

use self::args::{Command, RendererChoice};
use self::showing::{Ended, Failure, Wishes};
use crate::demo::installer_window;
use crate::error::chain;
use crate::i18n::{Language, Texts};
use crate::log;
use crate::session::{DemoOptions, Options, Session};

/// By this name Windows knows the program: for the task bar and for messages.
const APP_ID: &str = "MobileSmartsUpdater";
/// The demo's line is slow enough for a download to be watched.
const DEMO_BYTES_PER_SECOND: u64 = 2_500_000;

/// Opens the window and returns when it is closed.
pub fn run(args: Args) -> ExitCode {
    os::name_this_app(APP_ID);
    let language = args.lang.unwrap_or_else(Language::of_system);
    match (args.command, Texts::new(language)) {
        (_, Err(error)) => complain("Mobile SMARTS", &error.to_string()),
        (Some(Command::DemoInstall(request)), Ok(texts)) => {
            let chosen = RendererChoice::chosen(args.renderer, <_>::default());
            installer_window::run(request, texts, &order::order(chosen, &[], renderer::available()))
        }
        (None, Ok(texts)) => {
            let shown = show(Args { command: None, ..args }, &texts);
            shown.unwrap_or_else(|line| complain(&fl!(texts.loader, "app-name"), &line))
        }
    }
}

fn show(args: Args, texts: &Texts) -> Result<ExitCode, String> {
    if !has_screen() {
        return Err(no_screen(args.demo, texts));
    }
    let demo = DemoOptions { bytes_per_second: Some(DEMO_BYTES_PER_SECOND), installer: None };
    let session = Session::open(Options {
        machine_root: args.machine_root,
        source: args.source,
        language: args.lang,
        today: None,
        accept_unproved: false,
        trusted_root: args.trusted_root,
        accept_expired: args.accept_expired,
        demo: args.demo.then_some(demo),
    })
    .map_err(|error| texts.session_error(&error))?;
    if let Err(error) = log::start(&session.paths.log_dir, "window") {
        say(&chain(&error));
    }
    for key in session.settings.unknown_keys() {
        tracing::warn!(key, "A key of settings.toml means nothing here and is left out");
    }
    let chosen = RendererChoice::chosen(args.renderer, session.settings.renderer);
    if let Some(missing) = chosen.filter(|chosen| !renderer::available().contains(chosen)) {
        tracing::warn!(renderer = missing.name(), "The chosen renderer is not there on this system");
        say(&fl!(texts.loader, "renderer-not-here", renderer = missing.name()));
    }
    let wishes = Wishes {
        theme: args.theme.map(ThemePreference::from),
        language_now: args.lang.is_some(),
        item_id: args.show.as_deref().and_then(link::item_id),
        renderer: chosen,
        chosen_now: args.renderer.is_some(),
    };
    match showing::run(session, &wishes) {
        Ok(Ended::Closed | Ended::HandedOver) => Ok(ExitCode::SUCCESS),
        Err(Failure::Start(reason)) => Err(reason),
        Err(Failure::Open(error)) => {
            tracing::error!(error = chain(&error), "The window did not open");
            Err(format!("{} ({})", no_renderer(args.demo, texts), chain(&error)))
        }
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

/// There is a screen, and nothing draws on it.
fn no_renderer(demo: bool, texts: &Texts) -> String {
    if demo { fl!(texts.loader, "no-renderer-demo") } else { fl!(texts.loader, "no-renderer") }
}

/// Says why there is no window: in a message box where the system has one, else on the terminal.
pub(crate) fn complain(title: &str, line: &str) -> ExitCode {
    if !os::show_message(title, line) {
        say(line);
    }
    ExitCode::FAILURE
}

#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
fn say(line: &str) {
    eprintln!("{line}");
}
