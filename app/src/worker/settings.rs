//! The settings: what is in force, and changing it by `smarts settings`, with an administrator's rights where this
//! process has none: one question by the system for everything.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use smarts_core::digest::Digest;
use smarts_core::fs::read_limited;
use smarts_core::http::tls::CaFile;
use smarts_core::os::{ElevationFault, InstallerExit, Os};
use smarts_core::schedule::{self, Facts, State};
use smarts_core::settings::{self, KEYS, Key, Settings, Stored};
use smarts_core::source::signed;

use super::{Shared, lock};
use crate::cli::{self, Assignment, SettingsSet, Status, YesNo};
use crate::diagnose::proxy_words;
use crate::error::chain;
use crate::i18n::{Texts, sentence};
use crate::model::schedule::{Access, SaveFault, Task};
use crate::model::settings::{
    ChosenRoot, Places, RootState, SettingsChange, SettingsFacts, SettingsUnread, StoredValue, TaskFacts,
};
use crate::model::{Event, SettingsCommand, SettingsEvent};
use crate::session::{LARGEST_ROOT, RootFile, Session};
use crate::window::kept;

impl Shared {
    pub(super) fn carry_out_settings(self: &Arc<Self>, command: SettingsCommand) {
        match command {
            SettingsCommand::Read => {
                let read = |shared: &Arc<Self>| {
                    let _telling = lock(&shared.telling_settings);
                    shared.outbox.post(Event::Settings(SettingsEvent::Read(shared.settings_facts())));
                };
                self.in_thread("settings", read, Self::reading_settings_broke);
            }
            SettingsCommand::Save(change) => {
                let save = move |shared: &Arc<Self>| shared.save_settings(&change);
                self.in_thread("settings", save, Self::saving_settings_broke);
            }
            SettingsCommand::ExamineRoot(path) => {
                let examine = move |shared: &Arc<Self>| shared.examine_root(&path);
                self.in_thread("root", examine, |shared| {
                    shared.tell_root(Err(sentence(&shared.texts.internal_error())));
                });
            }
        }
    }

    /// Whether this PC has no way to a source, as the settings say now.
    pub(super) fn offline(&self) -> bool {
        let path = self.session.paths.settings_path();
        match Settings::load_trusted(&*self.session.os, &path) {
            Ok((settings, _)) => settings.offline,
            Err(error) => {
                tracing::warn!(error = chain(&error), "The settings of the start stay in force");
                self.session.settings.offline
            }
        }
    }

    fn save_settings(&self, change: &SettingsChange) {
        let wanted = wanted(change);
        let result = if self.session.os.is_elevated() {
            let done = cli::change_settings(&self.session, &wanted, &self.texts);
            done.map_err(|failure| SaveFault::BrokeOff(sentence(&failure.lines.join(" "))))
        } else {
            self.ask(&wanted)
        };
        self.tell_saved(result);
    }

    fn tell_saved(&self, result: Result<(), SaveFault>) {
        let _telling = lock(&self.telling_settings);
        let facts = self.settings_facts();
        self.outbox.post(Event::Settings(SettingsEvent::Saved { facts, result }));
    }

    /// For a panic in the thread that saves.
    fn saving_settings_broke(&self) {
        self.tell_saved(Err(SaveFault::BrokeOff(sentence(&self.texts.internal_error()))));
    }

    /// For a panic in the thread that reads.
    fn reading_settings_broke(&self) {
        let file = self.session.paths.settings_path();
        let unread = SettingsUnread { file, why: sentence(&self.texts.internal_error()) };
        self.outbox.post(Event::Settings(SettingsEvent::Read(Err(unread))));
    }

    fn examine_root(&self, path: &Path) {
        let examined = RootFile::read(path, None);
        self.tell_root(examined.map_err(|error| sentence(&self.texts.root_error(&error))).map(chosen));
    }

    fn tell_root(&self, examined: Result<ChosenRoot, String>) {
        self.outbox.post(Event::Settings(SettingsEvent::RootExamined(examined)));
    }

    /// The settings as they are now: this program's own may be of yesterday.
    fn settings_facts(&self) -> Result<SettingsFacts, SettingsUnread> {
        let session = &self.session;
        let file = session.paths.settings_path();
        let stored = match settings::stored(&*session.os, &file) {
            Ok(stored) => stored,
            Err(error) => return Err(SettingsUnread { file, why: self.texts.settings_error(&error) }),
        };
        let state = schedule::state(&*session.os);
        let root_file = session.trusted_root_in_force().0;
        Ok(SettingsFacts {
            values: KEYS.map(|key| (key, value(&stored, &state, key))).into(),
            unknown: stored.settings.unknown_keys().map(str::to_owned).collect(),
            is_ignored: stored.problem.is_some(),
            access: access(&*session.os),
            task: self.task(&state),
            root: root(session, &self.texts),
            root_digest: read_limited(&root_file, LARGEST_ROOT)
                .ok()
                .flatten()
                .map(|bytes| Digest::of(&bytes)),
            root_file,
            places: self.places(&stored.settings),
            own_file: kept::path(&session.paths.state_dir),
            file,
        })
    }

    fn task(&self, state: &State) -> TaskFacts {
        let task = match state {
            State::Ours(Facts { enabled: true, .. }) => Task::Ours,
            State::Ours(_) => Task::Off,
            State::Foreign(_) => Task::Foreign,
            State::None => Task::None,
            State::Unknown(_) => Task::Unknown,
        };
        TaskFacts {
            task,
            words: sentence(&self.texts.task_state(state)),
            former_kept: self.session.paths.former_task_path().exists(),
            next_run: of_task(state).and_then(|facts| cli::next_run(&self.session, facts)),
        }
    }

    fn places(&self, settings: &Settings) -> Places {
        let (session, texts) = (&self.session, &self.texts);
        let machine = lock(&self.known).machine.clone();
        let in_the_way = session.proxy_in_the_way(&machine).map(|proxy| proxy.address);
        let ca_file = settings.ca_file.as_deref().map(|written| {
            let path = written.display().to_string();
            match CaFile::named(&*session.os, written).check() {
                Ok(()) => texts.ca_file_counts(&path),
                Err(problem) => texts.ca_problem(&path, &problem),
            }
        });
        Places {
            source: session.source_in_force(&machine).0,
            backups: session.paths.backup_dir.clone(),
            downloads: session.paths.downloads_dir.clone(),
            proxy: sentence(&proxy_words(session, in_the_way.as_ref(), texts)),
            ca_file: ca_file.map(|words| sentence(&words)),
        }
    }

    /// The same by a process with rights.
    fn ask(&self, wanted: &SettingsSet) -> Result<(), SaveFault> {
        let arguments = arguments(wanted, self.session.language.code(), self.session.os.machine_root());
        let told = |reason: String| sentence(&self.texts.schedule_not_saved(reason));
        let program = own_smarts().map_err(|error| SaveFault::NotBegun(told(error.to_string())))?;
        match self.session.os.run_elevated(&program, &arguments, &mut || ()) {
            Ok(InstallerExit { code: Some(0) }) => Ok(()),
            Ok(InstallerExit { code }) => Err(ended(code, &cli::log_dir(&self.session, true), &self.texts)),
            Err(ElevationFault::Refused) => Err(SaveFault::NotBegun(self.texts.schedule_not_permitted())),
            Err(error) => Err(SaveFault::NotBegun(told(chain(&error)))),
        }
    }
}

/// What it means that the process with rights has not ended well: wrong usage and a refusal come before the first change.
fn ended(code: Option<i32>, log: &Path, texts: &Texts) -> SaveFault {
    let comes_first = [Status::Usage, Status::Refused].map(|status| Some(status as i32));
    if comes_first.contains(&code) {
        SaveFault::NotBegun(texts.schedule_refused(log))
    } else {
        SaveFault::BrokeOff(texts.schedule_broke_off(code, log))
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

/// The command line beside this program.
pub(super) fn own_smarts() -> std::io::Result<PathBuf> {
    let own = std::env::current_exe()?;
    Ok(own.with_file_name("smarts").with_extension(std::env::consts::EXE_EXTENSION))
}

fn of_task(state: &State) -> Option<&Facts> {
    match state {
        State::Ours(facts) => Some(facts),
        State::Foreign(_) | State::None | State::Unknown(_) => None,
    }
}

/// The interval is the task's own where somebody has given it one; then it is not the default that counts.
fn value(stored: &Stored, state: &State, key: Key) -> StoredValue {
    let of_task = of_task(state).and_then(Facts::hours).filter(|_| key == Key::CheckHours);
    let of_file = key.text(&stored.settings);
    let text = of_task.map(|hours| hours.hours().to_string()).or_else(|| of_file.clone());
    let is_set = stored.set.contains(&key) || text != of_file;
    StoredValue { text, is_set, unsaid: key.unsaid(&stored.settings) }
}

fn root(session: &Session, texts: &Texts) -> RootState {
    let unusable = |why: String| RootState::Unusable(sentence(&why));
    let anchor = match session.anchor() {
        Ok(None) => return RootState::None,
        Ok(Some(anchor)) => anchor,
        Err(error) => return unusable(texts.root_unusable(&chain(&error))),
    };
    let written = session.trusted_root_in_force().0.metadata().and_then(|facts| facts.modified());
    let since = written.ok().and_then(|time| Timestamp::try_from(time).ok());
    match signed::look(&anchor) {
        Ok(held) => RootState::Installed { version: held.version, expires: held.expires, since },
        Err(fault) => unusable(texts.root_unusable(&chain(&fault))),
    }
}

fn chosen(root: RootFile) -> ChosenRoot {
    let RootFile { path, digest, facts, .. } = root;
    ChosenRoot { path, digest, version: facts.version, expires: facts.expires }
}

fn wanted(change: &SettingsChange) -> SettingsSet {
    let assigned = |(key, text): &(Key, String)| Assignment { key: *key, text: text.clone() };
    SettingsSet {
        values: change.set.iter().map(assigned).collect(),
        reset: change.reset.clone(),
        automatic: change.task.map(|on| if on { YesNo::Yes } else { YesNo::No }),
        root: change.root.as_ref().map(|root| root.path.clone()),
        root_digest: change.root.as_ref().map(|root| root.digest),
    }
}

/// Options first: a value may begin with a hyphen, and is told from them by the two in front of all values.
fn arguments(wanted: &SettingsSet, language: &str, machine_root: Option<&Path>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = vec!["settings".into(), "set".into()];
    for key in &wanted.reset {
        arguments.extend(["--reset".into(), key.name().into()]);
    }
    if let Some(automatic) = wanted.automatic {
        let word = if automatic == YesNo::Yes { "yes" } else { "no" };
        arguments.extend(["--automatic".into(), word.into()]);
    }
    if let (Some(root), Some(digest)) = (&wanted.root, wanted.root_digest) {
        arguments.extend(["--root".into(), root.into(), "--root-digest".into()]);
        arguments.push(digest.to_string().into());
    }
    arguments.extend(["--lang".into(), language.into()]);
    if let Some(root) = machine_root {
        arguments.extend(["--machine-root".into(), root.into()]);
    }
    if !wanted.values.is_empty() {
        arguments.push("--".into());
        arguments
            .extend(wanted.values.iter().map(|given| format!("{}={}", given.key.name(), given.text).into()));
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_that_the_task_has_of_its_own_is_not_called_the_default() {
        let stored = Stored { settings: Settings::default(), set: [].into(), problem: None };
        let task = |minutes| {
            let facts = Facts { interval_minutes: Some(minutes), enabled: true, ..Facts::default() };
            value(&stored, &State::Ours(facts), Key::CheckHours)
        };
        assert_eq!((task(1440).text.as_deref(), task(1440).is_set), (Some("24"), true));
        assert_eq!((task(240).text.as_deref(), task(240).is_set), (Some("4"), false));
    }

    #[test]
    fn all_of_a_change_travels_in_one_command_line() {
        let change = SettingsChange {
            set: vec![(Key::Offline, "yes".into()), (Key::Administrator, "Пётр".into())],
            reset: vec![Key::Maintenance],
            task: Some(false),
            root: None,
        };
        let words = arguments(&wanted(&change), "ru", None);
        let line = ["settings", "set", "--reset", "maintenance", "--automatic", "no", "--lang", "ru", "--"];
        assert_eq!(words, [&line[..], &["offline=yes", "administrator=Пётр"]].concat());
    }
}
