//! The data server of a base: stopped before the base changes if it runs, and started again where it was stopped here.
//!
//! That it was stopped is remembered machine-wide before it is done, so that a run that was cut off at any moment leaves
//! behind who has to be started: [`start_stopped`] does, by the next run or by `smarts finish`. A base that is neither
//! what it was nor what it was to be keeps its server stopped, and remembered.
//!
//! Deliberately not here: how services are asked ([`crate::os`]), and programs that are no services: those hold the
//! base's files, and are a stop of the sheet.

mod find;
mod memory;

use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::find::{Mine, of_base};
pub use self::memory::{Stopped, stopped};
use crate::fs::read_limited;
use crate::machine::{Base, base_settings};
use crate::os::{Os, ServiceFault, ServiceState};
use crate::paths::Paths;

/// A server writes down what it has in memory before it ends; Windows itself gives up on a service after 125 seconds at
/// most where a shutdown waits for it.
const STOP_LIMIT: Duration = Duration::from_mins(1);
/// A base of some gigabytes takes its time to be loaded.
const START_LIMIT: Duration = Duration::from_mins(1);
/// A service says that it runs before it listens.
const ANSWER_LIMIT: Duration = Duration::from_secs(30);
const BETWEEN_TRIES: Duration = Duration::from_millis(250);
/// As the machine reads it.
const SETTINGS_LIMIT_BYTES: u64 = 4 << 20;

/// Services of a base that run, and would be stopped for a change; none where that cannot be told.
pub fn running(os: &dyn Os, base: &Base) -> Vec<Mine> {
    let found = of_base(os, base).unwrap_or_default().into_iter();
    found.filter(|mine| mine.service.state != ServiceState::Stopped).collect()
}

/// How a base's data server stands after a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "server", rename_all = "snake_case")]
pub enum Server {
    /// It runs, and something answers at its port.
    Answered {
        /// On this PC.
        port: u16,
    },
    /// It was started again; at which port it listens is not known.
    Started,
    /// It was started again, or was not stopped, and nothing answers at its port.
    NotAnswering {
        /// On this PC.
        port: u16,
    },
    /// It was stopped and does not start.
    NotStarted {
        /// What people call the service.
        service: String,
        /// Why, for the record.
        detail: String,
    },
    /// It did not run before, and was left so.
    NotRunning,
    /// It is not known whether there is one: nobody could be asked, or no service was found to be its.
    NotLookedAt,
}

impl Server {
    /// Whether the server is not as it was before the change.
    pub fn is_bad(&self) -> bool {
        match self {
            Self::NotAnswering { .. } | Self::NotStarted { .. } => true,
            Self::Answered { .. } | Self::Started | Self::NotRunning | Self::NotLookedAt => false,
        }
    }
}

/// Why a base was not begun.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The server did not stop. What was asked to stop has been asked to start again.
    #[error("Failed to stop the data server: {service}")]
    NotStopped {
        /// What people call the service.
        service: String,
        /// Why.
        #[source]
        fault: ServiceFault,
    },
    /// That it is going to be stopped could not be remembered.
    #[error("Failed to remember which data server is stopped: {}", path.display())]
    Memory {
        /// Where it is remembered.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
}

/// The servers of a base while it is changed.
#[derive(Debug)]
#[must_use = "the server has to be started again"]
pub struct Pause {
    stopped: Vec<Stopped>,
    /// Services of the base that were found, whether they ran or not.
    found: usize,
    port: Option<u16>,
    answered: Option<bool>,
}

/// Stops the servers of a base that run; `stopping` is called before each. The caller holds the update lock.
pub fn pause(
    os: &dyn Os,
    paths: &Paths,
    base: &Base,
    now: Timestamp,
    stopping: &mut dyn FnMut(),
) -> Result<Pause, Error> {
    let path = paths.stopped_servers_path();
    let failed = |error| Error::Memory { path: path.clone(), error };
    let found = of_base(os, base).unwrap_or_else(|fault| {
        if !matches!(fault, ServiceFault::NotHere) {
            tracing::warn!(base = base.id, %fault, "Services were not looked at");
        }
        Vec::new()
    });
    let port = base.dir.as_deref().and_then(data_port);
    let mut pause = Pause {
        stopped: memory::stopped(os, paths).into_iter().filter(|one| one.base_id == base.id).collect(),
        found: found.len(),
        port,
        answered: port.and_then(|port| os.port_answers(port)),
    };
    for Mine { service, .. } in found {
        if service.state == ServiceState::Stopped {
            continue;
        }
        // Somebody may have started what an earlier run has stopped.
        pause.stopped.retain(|one| !one.service.eq_ignore_ascii_case(&service.name));
        let one = Stopped {
            base_id: base.id.clone(),
            service: service.name,
            display_name: service.display_name,
            since: now,
        };
        // Before it is done: whoever comes after a loss of power has to know.
        memory::remember(paths, &one).map_err(failed)?;
        tracing::info!(base = base.id, service = one.service, "Stopping the data server");
        stopping();
        let done = os.stop_service(&one.service, STOP_LIMIT);
        pause.stopped.push(one.clone());
        if let Err(fault) = done {
            // It may yet stop, as it was asked to.
            pause.start(os, paths);
            return Err(Error::NotStopped { service: one.display_name, fault });
        }
    }
    Ok(pause)
}

impl Pause {
    /// Starts what was stopped, and looks whether it answers.
    pub fn end(self, os: &dyn Os, paths: &Paths) -> Server {
        if let Some((service, fault)) = self.start(os, paths) {
            return Server::NotStarted { service, detail: crate::apply::chain(&fault) };
        }
        match (self.port, self.answered) {
            (Some(port), _) if !self.stopped.is_empty() => answer(os, port),
            (Some(port), Some(true)) => answer(os, port),
            _ if !self.stopped.is_empty() => Server::Started,
            _ if self.found > 0 => Server::NotRunning,
            _ => Server::NotLookedAt,
        }
    }

    /// Leaves stopped what was stopped: the base is not one to work in. It stays remembered.
    pub fn leave(self) -> Server {
        if self.stopped.is_empty() { Server::NotLookedAt } else { Server::NotRunning }
    }

    /// Whether there is anything to be started again.
    pub fn has_stopped(&self) -> bool {
        !self.stopped.is_empty()
    }

    /// What was stopped last first; the first fault is told, with whose it is.
    fn start(&self, os: &dyn Os, paths: &Paths) -> Option<(String, ServiceFault)> {
        let start =
            |one: &Stopped| start(os, paths, one).err().map(|fault| (one.display_name.clone(), fault));
        let faults: Vec<_> = self.stopped.iter().rev().filter_map(start).collect();
        faults.into_iter().next()
    }
}

/// A server that was to be started again, and what came of it.
#[derive(Debug)]
pub struct Restarted {
    /// Which.
    pub stopped: Stopped,
    /// Whether it runs.
    pub result: Result<(), ServiceFault>,
}

/// Starts what an earlier run has stopped and was cut off before it could start it. Servers of `broken` bases, which are
/// neither what they were nor what they were to be, stay stopped. The caller holds the update lock.
pub fn start_stopped(os: &dyn Os, paths: &Paths, broken: &[&str]) -> Vec<Restarted> {
    let stopped = memory::stopped(os, paths).into_iter();
    let whole = stopped.filter(|one| !broken.contains(&one.base_id.as_str()));
    whole.map(|stopped| Restarted { result: start(os, paths, &stopped), stopped }).collect()
}

fn start(os: &dyn Os, paths: &Paths, one: &Stopped) -> Result<(), ServiceFault> {
    let result = os.start_service(&one.service, START_LIMIT);
    if let Err(fault) = &result {
        let error = crate::apply::chain(fault);
        tracing::error!(base = one.base_id, service = one.service, error, "A data server does not start");
    }
    // One that was removed meanwhile will not start at any other time.
    if matches!(result, Ok(()) | Err(ServiceFault::Missing))
        && let Err(error) = memory::forget(os, paths, one)
    {
        tracing::warn!(%error, "A data server that runs is still remembered as stopped");
    }
    result
}

fn answer(os: &dyn Os, port: u16) -> Server {
    // What stands for a PC answers at once.
    let longest = if os.machine_root().is_some() { Duration::ZERO } else { ANSWER_LIMIT };
    let mut waited = Duration::ZERO;
    loop {
        match os.port_answers(port) {
            Some(true) => return Server::Answered { port },
            None => return Server::Started,
            Some(false) if waited >= longest => return Server::NotAnswering { port },
            Some(false) => {}
        }
        thread::sleep(BETWEEN_TRIES);
        waited += BETWEEN_TRIES;
    }
}

/// The port of the base's data server, if its settings name one. A fault of theirs is the machine's to tell.
fn data_port(dir: &Path) -> Option<u16> {
    let bytes = read_limited(&dir.join(base_settings::SETTINGS), SETTINGS_LIMIT_BYTES).ok()??;
    base_settings::parse(&bytes).ok()?.data_port
}

#[cfg(test)]
mod tests;
