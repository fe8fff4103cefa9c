//! The background check: how it is set up, and setting it up by `smarts schedule`, with an administrator's rights
//! where this process has none.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Parser as _;
use smarts_core::os::{ElevationFault, InstallerExit, Os};
use smarts_core::schedule::{self, Facts, State};
use smarts_core::settings::{Notify, Settings};

use super::Shared;
use crate::cli::{self, Cli, Status, Streams};
use crate::error::chain;
use crate::i18n::sentence;
use crate::model::Event;
use crate::model::schedule::{Access, ScheduleChange, ScheduleFacts, ScheduleSettings, Task};

impl Shared {
    pub(super) fn read_schedule(&self) {
        self.outbox.post(Event::ScheduleRead(self.schedule()));
    }

    /// Whether this PC has no way to a source, as the settings say now.
    pub(super) fn offline(&self) -> bool {
        self.settings().offline
    }

    /// All of it, with one question by the system for each command that needs rights.
    pub(super) fn save_schedule(&self, change: &ScheduleChange) {
        let mut result = Ok(());
        for arguments in commands(change) {
            result = result.and_then(|()| self.smarts(arguments));
        }
        let facts = self.schedule();
        self.outbox.post(Event::ScheduleSaved { facts, result });
    }

    /// For a panic in the thread that saves.
    pub(super) fn schedule_broke(&self) {
        let result = Err(sentence(&self.texts.internal_error()));
        self.outbox.post(Event::ScheduleSaved { facts: self.schedule(), result });
    }

    /// The settings as they are now: this program's own may be of yesterday.
    fn settings(&self) -> Settings {
        match Settings::load_trusted(&*self.session.os, &self.session.paths.settings_path()) {
            Ok((settings, _)) => settings,
            Err(error) => {
                tracing::warn!(error = chain(&error), "The settings of the start stay in force");
                self.session.settings.clone()
            }
        }
    }

    fn schedule(&self) -> ScheduleFacts {
        let settings = self.settings();
        let state = schedule::state(&*self.session.os);
        let task = match &state {
            State::Ours(Facts { enabled: true, .. }) => Task::Ours,
            State::Ours(_) => Task::Off,
            State::Foreign(_) => Task::Foreign,
            State::None => Task::None,
            State::Unknown(_) => Task::Unknown,
        };
        ScheduleFacts {
            task,
            task_words: sentence(&self.texts.task_state(&state)),
            next_run: None,
            access: access(&*self.session.os),
            settings: ScheduleSettings {
                hours: settings.check_hours,
                working_hours: settings.working_hours,
                maintenance: settings.maintenance,
                notify: settings.notify,
                offline: settings.offline,
            },
        }
    }

    /// Runs a command of ours; an error is a sentence.
    fn smarts(&self, mut arguments: Vec<OsString>) -> Result<(), String> {
        let mut option = |name: &str, value: OsString| arguments.extend([name.into(), value]);
        option("--lang", self.session.language.code().into());
        if let Some(root) = self.session.os.machine_root() {
            option("--machine-root", root.into());
        }
        if self.session.os.is_elevated() {
            return here(arguments);
        }
        let told = |reason: String| sentence(&self.texts.schedule_not_saved(reason));
        let program = own_smarts().map_err(|error| told(error.to_string()))?;
        match self.session.os.run_elevated(&program, &arguments, &mut || ()) {
            Ok(InstallerExit { code: Some(0) }) => Ok(()),
            Ok(InstallerExit { code }) => Err(self.texts.schedule_broke_off(code)),
            Err(ElevationFault::Refused) => Err(self.texts.schedule_not_permitted()),
            Err(error) => Err(told(chain(&error))),
        }
    }
}

fn access(os: &dyn Os) -> Access {
    match (os.is_elevated(), os.is_administrator()) {
        (true, _) => Access::Free,
        (false, Some(false)) => Access::Locked,
        (false, _) => Access::Asked,
    }
}

/// The settings first: whoever installs the task reads them.
fn commands(change: &ScheduleChange) -> Vec<Vec<OsString>> {
    let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
    let set = change.settings.as_ref().map(|settings| {
        let hours = settings.hours.hours().to_string();
        let text = |hours: &Option<_>| hours.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string);
        let (working, maintenance) = (text(&settings.working_hours), text(&settings.maintenance));
        let notify = match settings.notify {
            Notify::Admins => "admins",
            Notify::All => "all",
            Notify::None => "none",
        };
        let offline = if settings.offline { "yes" } else { "no" };
        words(&[
            "schedule",
            "set",
            "--hours",
            &hours,
            "--working-hours",
            &working,
            "--maintenance",
            &maintenance,
            "--notify",
            notify,
            "--offline",
            offline,
        ])
    });
    let task = change.task.map(|on| words(&["schedule", if on { "install" } else { "remove" }]));
    set.into_iter().chain(task).collect()
}

/// In this process; what it complains of is the answer.
fn here(arguments: Vec<OsString>) -> Result<(), String> {
    let all = std::iter::once(OsString::from("smarts")).chain(arguments);
    let cli = Cli::try_parse_from(all).map_err(|error| error.to_string())?;
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = cli::run(
        cli,
        &mut Streams {
            out: &mut out,
            err: &mut err,
            input: &mut std::io::empty(),
            is_terminal: false,
            secret: None,
        },
    );
    if status == Status::Done { Ok(()) } else { Err(String::from_utf8_lossy(&err).trim().to_owned()) }
}

/// The command line beside this program.
fn own_smarts() -> std::io::Result<PathBuf> {
    let own = std::env::current_exe()?;
    Ok(own.with_file_name("smarts").with_extension(std::env::consts::EXE_EXTENSION))
}
