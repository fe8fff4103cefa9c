//! Doing what the state says: the desktop, `smarts` and the window.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

use smarts_core::os;

use super::Outbox;
use super::args::Options;
use super::child::{self, Answer};
use super::icon::Tray;
use super::message::Messages;
use super::notice::Over;
use super::state::{Event, Said, Shown, Step};
use crate::error::chain;

/// The window's program as it is installed, and as it is built.
const WINDOW: [&str; 2] = ["MobileSMARTSUpdater", "mobile-smarts-updater"];
const SMARTS: &str = "smarts";

/// All that the stub works with.
pub(super) struct Desk {
    own_dir: PathBuf,
    options: Options,
    own_name: String,
    outbox: Outbox,
    messages: Messages,
    tray: Tray,
    shown: Shown,
}

impl Desk {
    pub(super) fn new(
        own_dir: &Path,
        own_name: String,
        options: Options,
        state_dir: &Path,
        outbox: Outbox,
    ) -> Self {
        Self {
            own_dir: own_dir.to_path_buf(),
            options,
            own_name,
            messages: Messages::new(state_dir, outbox.clone()),
            tray: Tray::new(outbox.clone()),
            outbox,
            shown: Shown::default(),
        }
    }

    /// What happened at once, if anything did; the rest comes to the outbox.
    pub(super) fn take(&mut self, step: Step) -> Option<Event> {
        match step {
            Step::Ask(arguments) => return self.ask(arguments),
            Step::Icon { icon, menu, number } => {
                self.shown.icon = self.messages.has_tray() && self.tray.show(&icon, &menu, number);
            }
            Step::Message { message, open } => {
                self.shown.message = self.messages.show(&message, open.as_deref());
            }
            Step::Withdraw => {
                self.messages.withdraw();
                self.shown.message = false;
            }
            Step::HideIcon => {
                self.tray.hide();
                self.shown.icon = false;
            }
            Step::Look => return Some(Event::Shown(self.shown)),
            Step::Open(item) => self.open(item),
        }
        None
    }

    /// Asks on a thread of its own, as it takes as long as a check.
    fn ask(&self, mut arguments: Vec<OsString>) -> Option<Event> {
        arguments.extend(self.options.passed_on.iter().cloned());
        let (smarts, limit) = (self.program(SMARTS), self.options.child_limit);
        let (own_name, outbox) = (self.own_name.clone(), self.outbox.clone());
        let asking = move || {
            let said = match child::ask(&smarts, &arguments, &own_name, limit) {
                Ok(Answer::Show(notice)) => Said::Show(notice),
                Ok(Answer::Over(Over { nothing_open: true })) => {
                    tracing::info!("Nothing is open");
                    Said::Over
                }
                Ok(Answer::Nothing | Answer::Over(_)) => {
                    tracing::info!("There is nothing to say");
                    Said::Nothing
                }
                Err(error) => {
                    tracing::error!(error = chain(&error), "Nothing is known of what there is to say");
                    Said::Failed
                }
            };
            outbox.send(Event::Said(said));
        };
        let error = thread::Builder::new().name("smarts".to_owned()).spawn(asking).err()?;
        tracing::error!(%error, "Failed to start a thread");
        Some(Event::Said(Said::Failed))
    }

    fn open(&self, item: Option<String>) {
        let paths = WINDOW.map(|name| self.program(name));
        let path = paths.iter().find(|path| path.exists()).or(paths.last());
        let Some(path) = path else { return };
        let mut command = Command::new(path);
        command.args(&self.options.passed_on).stdin(Stdio::null());
        if let Some(item) = item {
            // In one, as an item's id may begin like an option.
            command.arg(format!("--show={item}"));
        }
        match command.spawn() {
            Ok(window) => {
                // It was this program that the person chose; the window may come to the front in its place.
                os::let_to_front(window.id());
                reap(window);
            }
            Err(error) => tracing::error!(path = %path.display(), %error, "Failed to open the window"),
        }
    }

    fn program(&self, name: &str) -> PathBuf {
        self.own_dir.join(name).with_extension(std::env::consts::EXE_EXTENSION)
    }
}

/// Waits for the window aside: the system keeps what has ended until somebody asks how.
fn reap(mut window: Child) {
    let waiting = move || match window.wait() {
        Ok(status) => tracing::debug!(%status, "The window has ended"),
        Err(error) => tracing::warn!(%error, "The window was not waited for"),
    };
    if let Err(error) = thread::Builder::new().name("window".to_owned()).spawn(waiting) {
        tracing::warn!(%error, "Failed to start a thread");
    }
}
