//! The seam between this program and a PC: registry, drives, who is at the keyboard, starting an installer.
//!
//! One small trait, an implementation each for a machine root and for a Linux host (the real Windows PC
//! has an implementation of its own, behind the same trait). Nothing else in the project is gated by the
//! operating system.

mod linux;
mod machine_root;
mod windows_path;

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use self::linux::Linux;
pub use self::machine_root::{Error, MachineRoot};

use crate::machine::FileFault;

/// What the rest of the program asks of a PC.
pub trait Os: Send + Sync {
    /// A text value of the registry; `key` begins with `HKEY_LOCAL_MACHINE\` or `HKEY_CURRENT_USER\`.
    /// Keys and names match without regard to case. `Ok(None)`: no such key or value.
    fn registry_value(&self, key: &str, name: &str) -> Result<Option<String>, RegistryFault>;

    /// Where a path as Windows writes it (`C:\ProgramData\…`) lies on this host. Existing components are
    /// found without regard to case; the file itself need not exist.
    fn locate(&self, windows_path: &str) -> Result<PathBuf, LocateFault>;

    /// The same for many paths at once, in their order: no folder is listed twice.
    fn locate_all(&self, windows_paths: &[&str]) -> Vec<Result<PathBuf, LocateFault>> {
        windows_paths.iter().map(|path| self.locate(path)).collect()
    }

    /// The folder that stands for the PC, if this is not the real one.
    fn machine_root(&self) -> Option<&Path>;

    /// Whether only administrators may write this file; `None` where that cannot be told.
    fn only_administrators_may_write(&self, path: &Path) -> Option<bool>;

    /// What the system says about the publisher's signature of a file.
    fn signature(&self, path: &Path) -> Signature;

    /// The name of the person and of the PC, for the journal.
    fn identity(&self) -> Identity;

    /// Starts a verified installer, waits for it and returns its exit status. Never through a shell.
    /// Only `apply` calls this.
    fn run_installer(&self, file: &Path, arguments: &[OsString]) -> Result<InstallerExit, InstallerFault>;
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

/// What the system says about a file's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature {
    /// Valid, by this signer.
    Valid {
        /// The signer's name.
        signer: String,
    },
    /// There, and not valid.
    Invalid {
        /// The system's words.
        detail: String,
    },
    /// There is none.
    Unsigned,
    /// This system cannot tell.
    NotCheckable,
}

/// Who acts, for the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The account's name.
    pub user: String,
    /// The PC's name.
    pub computer: String,
}

/// How an installer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstallerExit {
    /// The exit status; `None` if the system ended it.
    pub code: Option<i32>,
}

/// Why an installer was not run.
#[derive(Debug, thiserror::Error)]
pub enum InstallerFault {
    /// In a machine root nothing but this program's own demo installer is started.
    #[error("No foreign program is started in a machine root")]
    Foreign,
    /// The system did not start it.
    #[error("Failed to start the installer")]
    Start(#[source] io::Error),
}

/// Tells this PC from others: Windows' own id of the installation, else the PC's name, and the folder that
/// stands for it. For deciding on partial rollouts; it is hashed there and never sent.
pub fn machine_id(os: &dyn Os) -> String {
    let key = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Cryptography";
    let root = os.machine_root().unwrap_or(Path::new("")).display().to_string();
    match os.registry_value(key, "MachineGuid") {
        Ok(Some(id)) => id,
        Ok(None) | Err(_) => format!("{}\n{root}", os.identity().computer),
    }
}

/// The PC this program runs on.
pub fn host() -> Box<dyn Os> {
    Box::new(Linux)
}

/// The standard input without a buffer: what is not read stays there for an installer that asks too.
#[cfg(unix)]
pub fn standard_input() -> Box<dyn Read> {
    use std::os::fd::AsFd as _;
    let input = io::stdin();
    match input.as_fd().try_clone_to_owned() {
        Ok(own) => Box::new(std::fs::File::from(own)),
        Err(_) => Box::new(input),
    }
}

/// The standard input. Of a console it is read line by line anyway, and in its own encoding by this way only.
#[cfg(not(unix))]
pub fn standard_input() -> Box<dyn Read> {
    Box::new(io::stdin())
}
