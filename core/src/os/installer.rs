//! An installer that is started, and how it ended.

use std::ffi::OsString;
use std::io;
use std::path::Path;

/// An installer to be started.
#[derive(Clone, Copy, Debug)]
pub struct Installer<'a> {
    /// The file.
    pub file: &'a Path,
    /// A program, or a package that Windows Installer installs.
    pub kind: InstallerKind,
    /// For the program, or the package's properties.
    pub arguments: &'a [OsString],
    /// Where Windows Installer writes what it did.
    pub log_path: &'a Path,
}

/// What an installer is started with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstallerKind {
    /// By itself.
    Program,
    /// By Windows Installer.
    Package,
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
    /// A package, where there is no Windows Installer.
    #[error("There is no Windows Installer here")]
    NoWindowsInstaller,
    /// The system did not start it.
    #[error("Failed to start the installer")]
    Start(#[source] io::Error),
}
