//! What our installer leaves to this program: rights, settings, the scheduled task (`smarts setup`).
//!
//! Windows Installer runs it as the system, after the files are in place and before they go. It is silent; what
//! it did stands in `logs\setup.log` of the machine-wide folder, in English like every log. Plain files and
//! registry values are the installer's own work. Deliberately not here: asking anybody anything.

mod log;
mod properties;

use std::io;
use std::path::{Path, PathBuf};

use jiff::Zoned;
use smarts_core::apply::{self, Finishing};
use smarts_core::fs;
use smarts_core::os::{LocateFault, Os, TaskLanguage};
use smarts_core::paths::{MACHINE_WIDE, Paths};
use smarts_core::schedule::{self, Definition, Phase, Rhythm, State};
use smarts_core::settings::{self, Settings};
use smarts_core::switch;

pub use self::properties::{Misunderstood, Properties};

use self::log::Log;
use self::properties::Wanted;
use crate::error::chain;

/// Where the installer puts the programs.
const INSTALLED_DIR: &str = r"C:\Program Files\Cleverence Soft\Mobile SMARTS\AppsManager";
const LARGEST_ROOT: u64 = 1024 * 1024;

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Only administrators may.
    #[error("Only administrators may do this")]
    Rights,
    /// There is no place for machine-wide files here.
    #[error("Failed to find the machine-wide folder")]
    NotHere(#[source] LocateFault),
    /// The folder is a link, which may lead anywhere.
    #[error("Machine-wide folder is a link: {}", path.display())]
    Link {
        /// The folder.
        path: PathBuf,
    },
    /// A folder or a file could not be made, moved or read.
    #[error("Failed to set up a file: {}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: io::Error,
    },
    /// A property of the installer means nothing.
    #[error("Property of the installer is not understood")]
    Property(#[source] Misunderstood),
    /// The file given as the trusted root is none.
    #[error("TRUSTED_ROOT is not the root of a signed source: {}", path.display())]
    TrustedRoot {
        /// The file.
        path: PathBuf,
    },
    /// The settings could not be set.
    #[error("Failed to set the settings")]
    Settings(#[source] settings::SetError),
    /// This program's own file is not known.
    #[error("Failed to find this program's own file")]
    OwnFile(#[source] io::Error),
    /// The stub does not lie beside this program.
    #[error("The program for the scheduled task is not there: {}", path.display())]
    NoStub {
        /// Where it should be.
        path: PathBuf,
    },
    /// The scheduled task could not be changed.
    #[error("Failed to change the scheduled task")]
    Schedule(#[source] schedule::Error),
}

/// The stub that the scheduled task starts, as the system writes its path.
pub fn stub(os: &dyn Os) -> Result<String, Error> {
    if os.machine_root().is_some() {
        return Ok(format!(r"{INSTALLED_DIR}\{}", schedule::STUB));
    }
    let name = match os.task_language() {
        TaskLanguage::Xml => schedule::STUB,
        TaskLanguage::Units => schedule::STUB_ON_LINUX,
    };
    let path = std::env::current_exe().map_err(Error::OwnFile)?.with_file_name(name);
    if path.is_file() { Ok(path.display().to_string()) } else { Err(Error::NoStub { path }) }
}

/// Sets this PC up as the properties say; what is there already and not named stays.
pub fn install(os: &dyn Os, properties: &Properties, now: &Zoned) -> Result<(), Error> {
    let (paths, mut log) = begin(os, now)?;
    let done = set_up(os, &paths, properties, now, &mut log);
    log.end("install", done.as_ref().err());
    done
}

/// Takes the scheduled task away, and puts the former one back. Journal, settings and subscriptions stay.
pub fn remove(os: &dyn Os, now: &Zoned) -> Result<(), Error> {
    let (paths, mut log) = begin(os, now)?;
    leave_nothing_open(os, &paths, now, &mut log);
    let removed = schedule::remove(os, &paths);
    let forgotten = schedule::forget(&paths);
    let done = removed.and_then(|after| forgotten.map(|()| after)).map_err(Error::Schedule);
    if let Ok(after) = &done {
        log.line(&format!("Scheduled task {} after removal: {after:?}", schedule::NAME));
    }
    log.line(&format!("Journal, settings and subscriptions stay in {}", paths.machine_dir.display()));
    log.end("remove", done.as_ref().err());
    done.map(drop)
}

/// A base whose change was cut off is brought to an end: nobody would do it afterwards.
fn leave_nothing_open(os: &dyn Os, paths: &Paths, now: &Zoned, log: &mut Log) {
    if switch::open(paths).is_ok_and(|open| !open.is_empty()) {
        let settings = Settings::load_trusted(os, &paths.settings_path());
        let settings = settings.map(|(settings, _)| settings).unwrap_or_default();
        let paths = &paths.clone().with_settings(os, &settings);
        let clock = &|| now.timestamp();
        let finishing = Finishing { os, paths, clock, witness: &|_| (), checkpoint: &|_| () };
        match apply::finish(&finishing, &mut |_| ()) {
            Ok(recovered) => log.line(&format!("Changes of bases that were cut off: {recovered:?}")),
            Err(error) => log.line(&format!("Changes of bases that were cut off stay: {}", chain(&error))),
        }
    }
    if let Err(error) = switch::forget_start(os) {
        log.line(&format!("Failed to remove the task {}: {error}", switch::NEXT_START));
    }
}

/// Makes the machine-wide folder safe first: even the log is written by the system.
fn begin(os: &dyn Os, now: &Zoned) -> Result<(Paths, Log), Error> {
    if !os.is_elevated() {
        return Err(Error::Rights);
    }
    let machine_dir = os.locate(MACHINE_WIDE).map_err(Error::NotHere)?;
    // Of the folders that Paths knows only the machine-wide ones are used here: the system has no others.
    let paths = Paths::below(os, &machine_dir);
    let log_path = paths.setup_log_path();
    let log_dir = log_path.parent().unwrap_or(&machine_dir);
    for dir in [machine_dir.as_path(), log_dir] {
        if dir.symlink_metadata().is_ok_and(|facts| facts.is_symlink()) {
            return Err(Error::Link { path: dir.to_path_buf() });
        }
        let fault = |source| Error::File { path: dir.to_path_buf(), source };
        os.make_administrators_dir(dir).map_err(fault)?;
    }
    let moved = set_aside(os, &log_path)?;
    let mut log = Log::open(&log_path, now);
    if moved {
        log.line("A log that others may have written was set aside");
    }
    for path in [
        paths.settings_path(),
        paths.trusted_root_path(),
        paths.former_task_path(),
        paths.schedule_path(),
        paths.journal_path(),
        paths.proxy_login_path(),
        paths.machine_dir.join("subscriptions.csv"),
    ] {
        if set_aside(os, &path)? {
            log.line(&format!("Set aside, others may have written it: {}", path.display()));
        }
    }
    Ok((paths, log))
}

/// Moves away a file that others than administrators may write: it was there before the folder was ours, and
/// its owner could change it still. Nothing of it is lost.
fn set_aside(os: &dyn Os, path: &Path) -> Result<bool, Error> {
    if path.symlink_metadata().is_err() || os.only_administrators_may_write(path) != Some(false) {
        return Ok(false);
    }
    let mut aside = path.as_os_str().to_owned();
    aside.push(".untrusted");
    std::fs::rename(path, &aside).map_err(|source| Error::File { path: path.to_path_buf(), source })?;
    Ok(true)
}

fn set_up(
    os: &dyn Os,
    paths: &Paths,
    properties: &Properties,
    now: &Zoned,
    log: &mut Log,
) -> Result<(), Error> {
    let wanted = properties.understand().map_err(Error::Property)?;
    let root = wanted.trusted_root.as_deref().map(read_root).transpose()?;
    settings::set(&paths.settings_path(), &wanted.values).map_err(Error::Settings)?;
    for (key, _) in &wanted.values {
        // Of an address that may carry a password, the name of the key is enough.
        log.line(&format!("Setting set: {key}"));
    }
    if let Some(bytes) = root {
        let path = paths.trusted_root_path();
        fs::write_atomically(&path, &bytes).map_err(|source| Error::File { path, source })?;
        log.line("Trusted root installed: only signed sources count from now on");
    }
    set_task(os, paths, &wanted, now, log)
}

/// The task as the properties say, else as it was: also one that a person has slowed down, switched off or
/// never wanted.
fn set_task(os: &dyn Os, paths: &Paths, wanted: &Wanted, now: &Zoned, log: &mut Log) -> Result<(), Error> {
    let is_wanted = wanted.install_task.or_else(|| schedule::is_meant_to_be_ours(paths)).unwrap_or(true);
    let state = schedule::state(os);
    if !is_wanted {
        if matches!(state, State::Ours(_)) {
            schedule::remove(os, paths).map_err(Error::Schedule)?;
        }
        schedule::intend(paths, false).map_err(Error::Schedule)?;
        log.line("No scheduled task is wanted (INSTALLTASK=0)");
        return Ok(());
    }
    let former = match &state {
        State::Ours(facts) => Some(facts),
        State::Foreign(_) | State::None | State::Unknown(_) => None,
    };
    let of_task = || former.and_then(schedule::Facts::hours);
    let settings = settings_for_task(paths, log);
    let mut rhythm = Rhythm::of(&settings);
    rhythm.hours = wanted.check_hours.or_else(of_task).unwrap_or(rhythm.hours);
    let enabled = wanted.install_task == Some(true) || former.is_none_or(|facts| facts.enabled);
    let program = stub(os)?;
    let (phase, maintenance, today) = (Phase::of(os), settings.maintenance.as_ref(), now.date());
    let definition = Definition { program: &program, rhythm: &rhythm, phase, maintenance, today, enabled };
    let before = schedule::install(os, paths, &definition).map_err(Error::Schedule)?;
    let hours = rhythm.hours.hours();
    let only = rhythm.working_hours.map(|only| format!(" ({only})")).unwrap_or_default();
    log.line(&format!("Scheduled task {}, every {hours} h{only}, before: {before:?}", schedule::NAME));
    Ok(())
}

/// Settings that cannot be read stop no installation: the programs themselves say so at every start.
fn settings_for_task(paths: &Paths, log: &mut Log) -> Settings {
    Settings::load(&paths.settings_path()).unwrap_or_else(|error| {
        log.line(&format!("Settings not read, defaults count for the task: {}", chain(&error)));
        Settings::default()
    })
}

/// Whether its signatures are right is seen when a source is read; a file of another kind is refused now.
fn read_root(path: &Path) -> Result<Vec<u8>, Error> {
    let fault = |source| Error::File { path: path.to_path_buf(), source };
    let none = || Error::TrustedRoot { path: path.to_path_buf() };
    let bytes = fs::read_limited(path, LARGEST_ROOT).map_err(fault)?.ok_or_else(none)?;
    let root: serde_json::Value = serde_json::from_slice(&bytes).map_err(|_| none())?;
    let is_root = root.pointer("/signed/_type").and_then(serde_json::Value::as_str) == Some("root");
    if is_root { Ok(bytes) } else { Err(none()) }
}

#[cfg(test)]
mod tests;
