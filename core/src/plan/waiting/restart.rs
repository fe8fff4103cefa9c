//! Installers that take effect with the next start of the PC: whether it has had one since.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Error, Part, State, Target, Waiting};
use crate::machine::Machine;
use crate::os::Os;

/// How long a PC has been running, at some moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// The moment.
    pub at: Timestamp,
    /// Since its last restart; `None`: not known.
    pub up: Option<Duration>,
}

impl Running {
    /// Now.
    pub fn of(os: &dyn Os, now: Timestamp) -> Self {
        Self { at: now, up: os.uptime() }
    }

    /// Whether the PC has been restarted since then; `None` where that cannot be told. A clock that was put right
    /// meanwhile is no restart: only one that was put forward by more than the PC had been running counts as one.
    pub fn has_restarted_since(self, then: Self) -> Option<bool> {
        let (up, before) = (self.up?, then.up?);
        let started_at = self.at.checked_sub(up).ok()?;
        Some(up < before || started_at > then.at)
    }
}

impl Waiting {
    /// Notes that the installer of a part asks for a restart of the PC, which has been running like this.
    pub fn ask_restart(&mut self, part: usize, target_id: &str, now: Running) -> Result<(), Error> {
        self.note(part, target_id, State::RebootPending, Some(now))
    }

    /// Whether an installer of it takes effect with the next start of the PC, and there was none yet. Where that cannot
    /// be told, one whose version is there has taken effect.
    pub fn waits_for_restart(&self, os: &dyn Os, now: Timestamp, machine: &Machine) -> bool {
        let now = Running::of(os, now);
        let waits = |part: &Part, target: &Target| match target.asked_restart {
            _ if target.state != State::RebootPending => false,
            Some(then) => {
                let restarted = now.has_restarted_since(then);
                restarted.map_or_else(|| is_to_come(os, part, machine), |restarted| !restarted)
            }
            None => is_to_come(os, part, machine),
        };
        self.parts.iter().any(|part| part.targets.iter().any(|target| waits(part, target)))
    }

    /// The PC has been restarted: what waited for that is done, or it did not take effect and is done once more. On the
    /// disk on return.
    pub fn restarted(&mut self, machine: &Machine) -> Result<(), Error> {
        let mut changed = false;
        for part in &mut self.parts {
            let state = if part.installed(machine) { State::Done } else { State::NotBegun };
            for target in part.targets.iter_mut().filter(|target| target.state == State::RebootPending) {
                *target = Target { state, asked_restart: None, ..target.clone() };
                changed = true;
            }
        }
        if changed { self.write_again() } else { Ok(()) }
    }
}

fn is_to_come(os: &dyn Os, part: &Part, machine: &Machine) -> bool {
    os.reboot_pending() == Some(true) || !part.installed(machine)
}
