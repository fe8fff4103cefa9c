//! Services of a machine root: what its file `services.json` says a PC would do. Without that file no service is looked
//! at, and no port is asked.
//!
//! The file is ours alone, for the demo, the tests, and trying an update beforehand; Windows has no such thing:
//! `{"services": [{"name": …, "display_name": …, "command_line": …, "state": "running" | "stopped",
//! "ports": [9000], "holds": ["C:\\…"], "stops": true, "starts": true, "answers": true, "asks_host": false}]}`.
//! Of a service that does not stop (`stops`) or start (`starts`) that is told at once: nobody waits here. Its ports
//! answer while it runs, unless `answers` says no, or, with `asks_host`, if something answers there on the host.

use std::io;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::fs::{read_limited, write_atomically};
use crate::os::answers_on_loopback;
use crate::os::service::{Service, ServiceFault, ServiceState};

/// In the root.
pub(super) const FILE: &str = "services.json";
/// It is written by hand.
const LIMIT_BYTES: u64 = 1 << 20;

#[derive(Deserialize)]
struct File {
    services: Vec<Standing>,
}

#[derive(Deserialize)]
#[serde(default)]
struct Standing {
    name: String,
    display_name: String,
    command_line: String,
    state: State,
    ports: Vec<u16>,
    holds: Vec<String>,
    stops: bool,
    starts: bool,
    answers: bool,
    asks_host: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum State {
    #[default]
    Stopped,
    Running,
}

impl Default for Standing {
    fn default() -> Self {
        Self {
            name: String::new(),
            display_name: String::new(),
            command_line: String::new(),
            state: State::Stopped,
            ports: Vec::new(),
            holds: Vec::new(),
            stops: true,
            starts: true,
            answers: true,
            asks_host: false,
        }
    }
}

impl From<Standing> for Service {
    fn from(standing: Standing) -> Self {
        let Standing { name, display_name, command_line, state, .. } = standing;
        let state = match state {
            State::Stopped => ServiceState::Stopped,
            State::Running => ServiceState::Running,
        };
        Self { name, display_name, command_line, state }
    }
}

/// All of them.
pub(super) fn list(path: &Path) -> Result<Vec<Service>, ServiceFault> {
    Ok(read(path)?.into_iter().map(Service::from).collect())
}

/// Those that keep this file open; `is_it` says whether a path, as Windows writes it, is its.
pub(super) fn holding(path: &Path, is_it: &dyn Fn(&str) -> bool) -> Option<Vec<String>> {
    let running = read(path).ok()?.into_iter().filter(|standing| standing.state == State::Running);
    let holding = running.filter(|standing| standing.holds.iter().any(|held| is_it(held)));
    Some(holding.map(|standing| standing.name).collect())
}

/// Whether a port answers; `None`: it is none of theirs.
pub(super) fn port_answers(path: &Path, port: u16) -> Option<bool> {
    let standing = read(path).ok()?.into_iter().find(|standing| standing.ports.contains(&port))?;
    let answers = || if standing.asks_host { answers_on_loopback(port) } else { standing.answers };
    Some(standing.state == State::Running && answers())
}

pub(super) fn stop(path: &Path, name: &str) -> Result<(), ServiceFault> {
    if !of(path, name)?.stops {
        return Err(ServiceFault::TimedOut { waited_secs: 0 });
    }
    set(path, name, "stopped")
}

pub(super) fn start(path: &Path, name: &str) -> Result<(), ServiceFault> {
    if !of(path, name)?.starts {
        return Err(ServiceFault::Ended);
    }
    set(path, name, "running")
}

fn of(path: &Path, name: &str) -> Result<Standing, ServiceFault> {
    let found = read(path)?.into_iter().find(|standing| standing.name.eq_ignore_ascii_case(name));
    found.ok_or(ServiceFault::Missing)
}

fn read(path: &Path) -> Result<Vec<Standing>, ServiceFault> {
    let bytes =
        read_limited(path, LIMIT_BYTES).map_err(ServiceFault::Refused)?.ok_or(ServiceFault::NotHere)?;
    let file: File = serde_json::from_slice(&bytes).map_err(|error| ServiceFault::Refused(error.into()))?;
    Ok(file.services)
}

/// Whatever else the file says stays as it is.
fn set(path: &Path, name: &str, state: &str) -> Result<(), ServiceFault> {
    let write = || -> io::Result<()> {
        let bytes = read_limited(path, LIMIT_BYTES)?.ok_or(io::ErrorKind::NotFound)?;
        let mut file: Value = serde_json::from_slice(&bytes)?;
        let services = file.get_mut("services").and_then(Value::as_array_mut);
        let is_it = |service: &&mut Value| {
            service.get("name").and_then(Value::as_str).is_some_and(|of| of.eq_ignore_ascii_case(name))
        };
        if let Some(service) = services.into_iter().flatten().find(is_it).and_then(Value::as_object_mut) {
            service.insert("state".to_owned(), state.into());
        }
        write_atomically(path, &serde_json::to_vec_pretty(&file)?)
    };
    write().map_err(ServiceFault::Refused)
}
