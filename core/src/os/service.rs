//! Services of a PC, as far as an update needs them: which there are, whether they run, stopping and starting them.
//!
//! A machine root has none, and none of the host's are looked at, unless a file in it says what a PC would: see
//! [`super::machine_root`]. Deliberately not here: which service belongs to a base ([`crate::server`]).

use std::io;

/// A service as the PC lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// What it is called by programs; unique.
    pub name: String,
    /// What it is called by people.
    pub display_name: String,
    /// What is started for it, with its arguments.
    pub command_line: String,
    /// What it does now.
    pub state: ServiceState,
}

/// What a service does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceState {
    /// It does not run.
    Stopped,
    /// It runs.
    Running,
    /// It is on its way from one to the other, or paused.
    Between,
}

/// Why a service was not asked, stopped or started.
#[derive(Debug, thiserror::Error)]
pub enum ServiceFault {
    /// On this machine no service is looked at.
    #[error("No services are looked at on this machine")]
    NotHere,
    /// There is none of that name.
    #[error("There is no such service")]
    Missing,
    /// This process may not.
    #[error("Not enough rights for the service")]
    Rights,
    /// Other services that run need it.
    #[error("Other services that run need it: {}", names.join(", "))]
    Needed {
        /// What people call them.
        names: Vec<String>,
    },
    /// It was asked, and has not done it for so long.
    #[error("The service has not answered for {waited_secs} seconds")]
    TimedOut {
        /// How long it was waited for.
        waited_secs: u64,
    },
    /// It ended again while it was starting.
    #[error("The service ended while it was starting")]
    Ended,
    /// The system refused.
    #[error("The system has refused")]
    Refused(#[source] io::Error),
}
