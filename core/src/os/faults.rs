//! Why parts of a PC that not every system has did not do what was asked of them.

use std::io;

use crate::machine::FileFault;

/// Why the application log could not be used.
#[derive(Debug, thiserror::Error)]
pub enum EventLogFault {
    /// There is none: a machine root, or not Windows.
    #[error("There is no event log here")]
    NotHere,
    /// The system did not open it.
    #[error("Failed to use the event log")]
    Unavailable(#[source] io::Error),
}

/// Why a value of the registry was not set.
#[derive(Debug, thiserror::Error)]
pub enum SetValueFault {
    /// This system has no registry.
    #[error("There is no registry here")]
    NotHere,
    /// Not of the person's own part; nothing else is written.
    #[error("Only values of the person's own part of the registry are set")]
    NotOwn,
    /// The file that stands for the registry was not written.
    #[error("Failed to write the registry file")]
    File(#[source] io::Error),
    /// The system said no.
    #[error("Failed to write the registry: {detail}")]
    System {
        /// Its words.
        detail: String,
    },
}

/// Why a secret is not kept, or not read again.
#[derive(Debug, thiserror::Error)]
pub enum SealFault {
    /// This system has no such thing.
    #[error("This system keeps no secrets")]
    NotHere,
    /// The system said no: it was sealed on another PC, or changed since.
    #[error("Failed to seal or unseal a secret")]
    System(#[source] io::Error),
}

/// Why the scheduler did not do it.
#[derive(Debug, thiserror::Error)]
pub enum TaskFault {
    /// There is none: neither Windows nor systemd.
    #[error("There is no task scheduler here")]
    NotHere,
    /// Only administrators may.
    #[error("Only administrators may change scheduled tasks")]
    Rights,
    /// The system said no.
    #[error("Failed to use the task scheduler: {detail}")]
    Scheduler {
        /// Its words.
        detail: String,
    },
    /// A definition could not be read or written.
    #[error("Failed to read or write a task's definition")]
    File(#[source] io::Error),
}

/// The registry could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Failed to read the registry: {path}")]
pub struct RegistryFault {
    /// The registry file, or the key.
    pub path: String,
    /// Why.
    #[source]
    pub fault: FileFault,
}

/// A Windows path that leads nowhere on this host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LocateFault {
    /// Not `X:\…`, or with `..` in it.
    #[error("Not an absolute Windows path")]
    NotAbsolute,
    /// The drive is not there.
    #[error("Drive {0}: is not there")]
    NoDrive(char),
    /// A link on the way leads out of the machine root, or nowhere.
    #[error("A link leads out of the machine root")]
    Outside,
}

/// Why nothing was done with an administrator's rights.
#[derive(Debug, thiserror::Error)]
pub enum ElevationFault {
    /// The person, or a rule of the PC, said no.
    #[error("Permission was not given")]
    Refused,
    /// This system has no such question.
    #[error("This system does not lend an administrator's rights")]
    NotHere,
    /// The system did not start the program.
    #[error("Failed to start a program with an administrator's rights")]
    Start(#[source] io::Error),
}
