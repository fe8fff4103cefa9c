//! The scheduled task SmartsUpdate: ours in the place of another's, and the other's put back when ours goes.
//!
//! The platform brings a task of this name, which starts its own updater (documented; its definition is not
//! public, so nothing about it is assumed). Its definition is kept in our machine-wide folder before ours
//! takes the name; an update of the platform may bring it back, which is a problem for the person's eye and
//! never undone silently. Deliberately not here: when to speak, and what the stub does.

mod asked;
mod definition;
mod reminder;
mod rhythm;
#[cfg(test)]
mod rush;
mod units;

use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

pub use self::asked::{run_now, was_asked};
pub(crate) use self::definition::escaped;
pub use self::definition::{Definition, Facts, STUB, STUB_ON_LINUX};
pub use self::rhythm::{Phase, Rhythm, is_due};
use crate::machine::{Fault, Problem};
use crate::os::{Os, TaskFault, TaskLanguage};
use crate::paths::Paths;
use crate::{fs, xml};

/// The task, in the scheduler's root folder. The name is the platform's.
pub const NAME: &str = "SmartsUpdate";
/// The same as units of systemd are named.
const STEM: &str = "smarts-update";
/// What our definitions give as their author.
pub const AUTHOR: &str = "Mobile SMARTS Updater";
/// No definition is anywhere near as large.
const LARGEST_FILE: u64 = 1024 * 1024;

/// Whose task it is.
#[derive(Debug)]
pub enum State {
    /// Ours.
    Ours(Facts),
    /// Somebody else's; nothing is known about one that is no readable definition.
    Foreign(Facts),
    /// There is no such task.
    None,
    /// It cannot be told; not on this system, for one.
    Unknown(TaskFault),
}

/// What stood there before ours was installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// Nothing.
    Nothing,
    /// Ours.
    Ours,
    /// Somebody else's, which is kept now.
    Foreign,
}

/// What there is after ours was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// Nothing.
    Nothing,
    /// The former task, put back.
    Former,
    /// Somebody else's, which had taken the place of ours by itself.
    Foreign,
}

/// Why a task was not installed or removed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The scheduler could not be asked, or said no.
    #[error("Failed to change the scheduled task")]
    Task(#[source] TaskFault),
    /// A file of ours about the task could not be read or written. A task that cannot be kept is not replaced.
    #[error("Failed to read or write what is kept of the scheduled task: {}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Others than administrators may have written the kept definition: registering it would do whatever they
    /// want with an administrator's rights. Ours is removed, and the definition stays where it was kept.
    #[error("Former scheduled task is not put back, others may have changed it: {}", path.display())]
    Untrusted {
        /// The kept definition.
        path: PathBuf,
    },
    /// The former task could not be put back. Ours is removed, and the definition stays where it was kept.
    #[error("Failed to put the former scheduled task back: {}", path.display())]
    Restore {
        /// The kept definition.
        path: PathBuf,
        /// Why.
        #[source]
        source: TaskFault,
    },
}

/// Whether the task of this PC is meant to be ours, as our machine-wide folder says.
#[derive(Debug, Serialize, Deserialize)]
struct Intent {
    ours: bool,
}

/// Looks whose the task is.
pub fn state(os: &dyn Os) -> State {
    match os.task(NAME) {
        Err(fault) => State::Unknown(fault),
        Ok(None) => State::None,
        Ok(Some(text)) => match Facts::read(&text) {
            Some(facts) if facts.is_ours() => State::Ours(facts),
            facts => State::Foreign(facts.unwrap_or_default()),
        },
    }
}

/// Registers ours; a task of somebody else is kept first.
pub fn install(os: &dyn Os, paths: &Paths, wanted: &Definition<'_>) -> Result<Before, Error> {
    let text = os.task(NAME).map_err(Error::Task)?;
    let before = match &text {
        None => Before::Nothing,
        Some(text) if Facts::read(text).is_some_and(|facts| facts.is_ours()) => Before::Ours,
        Some(text) => {
            let path = paths.former_task_path();
            fs::write_atomically(&path, &xml::utf16(text)).map_err(|source| Error::File { path, source })?;
            Before::Foreign
        }
    };
    let language = os.task_language();
    let text = wanted.text(language);
    os.register_task(NAME, &text).map_err(Error::Task)?;
    if language == TaskLanguage::Xml {
        // For people: whoever lost the task can register it again by hand, and see what somebody has changed.
        let path = paths.own_task_path();
        fs::write_atomically(&path, &xml::utf16(&text)).map_err(|source| Error::File { path, source })?;
    }
    intend(paths, true)?;
    Ok(before)
}

/// Removes ours, and puts the former task back if one was kept. A task that somebody else has put there
/// meanwhile stays. That ours is not wanted any more is another matter: [`intend`], [`forget`].
pub fn remove(os: &dyn Os, paths: &Paths) -> Result<After, Error> {
    let is_foreign = match state(os) {
        State::Unknown(fault) => return Err(Error::Task(fault)),
        State::Foreign(_) => true,
        State::Ours(_) | State::None => false,
    };
    let path = paths.former_task_path();
    let kept =
        fs::read_limited(&path, LARGEST_FILE).map_err(|source| Error::File { path: path.clone(), source })?;
    let after = match kept {
        _ if is_foreign => After::Foreign,
        Some(bytes) => {
            restore(os, &bytes, &path)?;
            After::Former
        }
        None => {
            os.remove_task(NAME).map_err(Error::Task)?;
            After::Nothing
        }
    };
    for path in [path, paths.own_task_path()] {
        match std::fs::remove_file(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                return Err(Error::File { path, source });
            }
            _ => {}
        }
    }
    Ok(after)
}

/// Ours goes in any case: it would start a program that may be gone.
fn restore(os: &dyn Os, bytes: &[u8], path: &Path) -> Result<(), Error> {
    if os.only_administrators_may_write(path) == Some(false) {
        os.remove_task(NAME).map_err(Error::Task)?;
        return Err(Error::Untrusted { path: path.to_path_buf() });
    }
    let restored = match xml::decode(bytes, NAME) {
        Ok(text) => os.register_task(NAME, &text),
        Err(fault) => Err(TaskFault::Scheduler { detail: fault.to_string() }),
    };
    restored.or_else(|source| {
        os.remove_task(NAME).map_err(Error::Task)?;
        Err(Error::Restore { path: path.to_path_buf(), source })
    })
}

/// Whether the task was wanted last; `None`: nobody has said, as far as is known.
pub fn is_meant_to_be_ours(paths: &Paths) -> Option<bool> {
    let bytes = fs::read_limited(&paths.schedule_path(), LARGEST_FILE).ok()??;
    let intent: Intent = serde_json::from_slice(&bytes).ok()?;
    Some(intent.ours)
}

/// Notes that the task is or is not to be ours, for updates of this program and for [`problem`].
pub fn intend(paths: &Paths, ours: bool) -> Result<(), Error> {
    let path = paths.schedule_path();
    let bytes = serde_json::to_vec(&Intent { ours }).map_err(io::Error::from);
    bytes.and_then(|bytes| fs::write_atomically(&path, &bytes)).map_err(|source| Error::File { path, source })
}

/// Forgets that the task was wanted, as the program goes; that none was wanted stays, like the settings do.
pub fn forget(paths: &Paths) -> Result<(), Error> {
    let path = paths.schedule_path();
    if is_meant_to_be_ours(paths) != Some(true) {
        return Ok(());
    }
    std::fs::remove_file(&path).map_err(|source| Error::File { path, source })
}

/// A task that was to be ours and is not any more; an update of the platform brings its own back.
pub fn problem(os: &dyn Os, paths: &Paths) -> Option<Problem> {
    if is_meant_to_be_ours(paths) != Some(true) {
        return None;
    }
    let program = match state(os) {
        State::Foreign(facts) => facts.program,
        // Everybody may read the definition of ours, so one that may not be read is another's.
        State::None | State::Unknown(TaskFault::Rights) => None,
        State::Ours(_) | State::Unknown(_) => return None,
    };
    Some(Problem { path: NAME.to_owned(), fault: Fault::TaskNotOurs { program } })
}

/// This PC's phase if the task is ours and runs as our definition of this rhythm says; `None` if somebody has
/// changed when it runs, or it is another's: [`is_due`] then knows of no turns. Which maintenance hours it runs in
/// besides makes no difference, as long as it does so by its own words.
pub fn phase_in_force(os: &dyn Os, rhythm: &Rhythm) -> Option<Phase> {
    let State::Ours(facts) = state(os) else { return None };
    let phase = Phase::of(os);
    // Neither program nor day matter to when it runs.
    let maintenance = facts.maintenance.as_ref();
    let ours = Definition { program: "", rhythm, phase, maintenance, today: Date::ZERO, enabled: true };
    let expected = Facts::read(&ours.text(os.task_language()))?;
    (facts.enabled && facts.runs == expected.runs).then_some(phase)
}

/// When the task runs by itself next, a random delay aside; `None` if it does not, or it cannot be told.
pub fn next_run(os: &dyn Os, rhythm: &Rhythm, now: DateTime) -> Option<DateTime> {
    rhythm.next(phase_in_force(os, rhythm)?, now)
}

#[cfg(test)]
mod tests;
