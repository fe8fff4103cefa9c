//! The background check: how it is set up, and setting it up by `smarts schedule`, with an administrator's rights
//! where this process has none.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::ValueEnum as _;
use clap::builder::PossibleValue;
use smarts_core::os::{ElevationFault, InstallerExit, Os};
use smarts_core::schedule::{self, Facts, State};
use smarts_core::settings::{Notify, Settings, WeekHours};

use super::Shared;
use crate::cli::{self, OrNone, ScheduleSet, Told, YesNo};
use crate::error::chain;
use crate::i18n::sentence;
use crate::model::Event;
use crate::model::schedule::{Access, SaveFault, ScheduleChange, ScheduleFacts, ScheduleSettings, Task};

impl Shared {
    pub(super) fn read_schedule(&self) {
        self.outbox.post(Event::ScheduleRead(self.schedule()));
    }

    /// Whether this PC has no way to a source, as the settings say now.
    pub(super) fn offline(&self) -> bool {
        self.settings().offline
    }

    /// All of it, with one question by the system where this process has no rights to.
    pub(super) fn save_schedule(&self, change: &ScheduleChange) {
        let wanted = wanted(change);
        let result = if self.session.os.is_elevated() {
            let set = cli::set_schedule(&self.session, wanted, &self.texts);
            set.map_err(|failure| SaveFault::BrokeOff(sentence(&failure.lines.join(" "))))
        } else {
            self.ask(&wanted)
        };
        let facts = self.schedule();
        self.outbox.post(Event::ScheduleSaved { facts, result });
    }

    /// For a panic in the thread that saves.
    pub(super) fn schedule_broke(&self) {
        let result = Err(SaveFault::BrokeOff(sentence(&self.texts.internal_error())));
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
        let of_task = match &state {
            State::Ours(facts) => Some(facts),
            State::Foreign(_) | State::None | State::Unknown(_) => None,
        };
        let next_run = of_task.and_then(|facts| cli::next_run(&self.session, facts));
        ScheduleFacts {
            task,
            task_words: sentence(&self.texts.task_state(&state)),
            former_kept: self.session.paths.former_task_path().exists(),
            next_run,
            access: access(&*self.session.os),
            settings: ScheduleSettings {
                hours: of_task.and_then(Facts::hours).unwrap_or(settings.check_hours),
                working_hours: settings.working_hours,
                maintenance: settings.maintenance,
                notify: settings.notify,
                offline: settings.offline,
            },
        }
    }

    /// The same by a process with rights.
    fn ask(&self, wanted: &ScheduleSet) -> Result<(), SaveFault> {
        let arguments = arguments(wanted, self.session.language.code(), self.session.os.machine_root());
        let told = |reason: String| sentence(&self.texts.schedule_not_saved(reason));
        let program = own_smarts().map_err(|error| SaveFault::NotBegun(told(error.to_string())))?;
        match self.session.os.run_elevated(&program, &arguments, &mut || ()) {
            Ok(InstallerExit { code: Some(0) }) => Ok(()),
            Ok(InstallerExit { code }) => Err(SaveFault::BrokeOff(self.texts.schedule_broke_off(code))),
            Err(ElevationFault::Refused) => Err(SaveFault::NotBegun(self.texts.schedule_not_permitted())),
            Err(error) => Err(SaveFault::NotBegun(told(chain(&error)))),
        }
    }
}

/// Whether the person may change what is machine-wide.
pub(super) fn access(os: &dyn Os) -> Access {
    match (os.is_elevated(), os.is_administrator()) {
        (true, _) => Access::Free,
        (false, Some(false)) => Access::Locked,
        (false, _) => Access::Asked,
    }
}

/// Only what is another than the person has seen: an interval that somebody has given the task itself stays, and so
/// does what another administrator has changed meanwhile.
fn wanted(change: &ScheduleChange) -> ScheduleSet {
    let before = &change.before;
    let yes_no = |on| if on { YesNo::Yes } else { YesNo::No };
    let task = ScheduleSet { automatic: change.task.map(yes_no), ..ScheduleSet::default() };
    let Some(after) = &change.settings else { return task };
    let hours = |after: &Option<WeekHours>, before: &Option<WeekHours>| {
        (after != before).then(|| OrNone(after.clone()))
    };
    let told = |notify| match notify {
        Notify::Admins => Told::Admins,
        Notify::All => Told::All,
        Notify::None => Told::None,
    };
    ScheduleSet {
        hours: (after.hours != before.hours).then_some(after.hours),
        working_hours: hours(&after.working_hours, &before.working_hours),
        maintenance: hours(&after.maintenance, &before.maintenance),
        notify: (after.notify != before.notify).then(|| told(after.notify)),
        offline: (after.offline != before.offline).then(|| yes_no(after.offline)),
        ..task
    }
}

fn arguments(wanted: &ScheduleSet, language: &str, machine_root: Option<&Path>) -> Vec<OsString> {
    let hours = |hours: &OrNone| hours.0.as_ref().map_or_else(|| "none".to_owned(), WeekHours::to_string);
    let word = |value: &dyn Fn() -> Option<PossibleValue>| value().map(|value| value.get_name().to_owned());
    let options = [
        ("--hours", wanted.hours.map(|hours| hours.hours().to_string())),
        ("--working-hours", wanted.working_hours.as_ref().map(hours)),
        ("--maintenance", wanted.maintenance.as_ref().map(hours)),
        ("--notify", word(&|| wanted.notify?.to_possible_value())),
        ("--offline", word(&|| wanted.offline?.to_possible_value())),
        ("--automatic", word(&|| wanted.automatic?.to_possible_value())),
        ("--lang", Some(language.to_owned())),
    ];
    let mut arguments: Vec<OsString> = vec!["schedule".into(), "set".into()];
    for (name, value) in options {
        arguments.extend(value.into_iter().flat_map(|value| [name.into(), value.into()]));
    }
    if let Some(root) = machine_root {
        arguments.extend(["--machine-root".into(), root.into()]);
    }
    arguments
}

/// The command line beside this program.
pub(super) fn own_smarts() -> std::io::Result<PathBuf> {
    let own = std::env::current_exe()?;
    Ok(own.with_file_name("smarts").with_extension(std::env::consts::EXE_EXTENSION))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_person_has_changed_on_the_page_is_set() {
        let before = ScheduleSettings { notify: Notify::All, ..ScheduleSettings::default() };
        let after = ScheduleSettings { offline: true, ..before.clone() };
        let change = ScheduleChange { before, settings: Some(after), task: None };
        let words = arguments(&wanted(&change), "ru", None);
        assert_eq!(words, ["schedule", "set", "--offline", "yes", "--lang", "ru"]);
    }
}
