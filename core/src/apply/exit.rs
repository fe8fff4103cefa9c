//! What an installer's exit status says.
//!
//! The numbers are those of Windows Installer (Microsoft, "MsiExec.exe and InstMsi.exe error messages"; 1925 is
//! its message "You do not have sufficient privileges to complete this installation", which some setup
//! programs pass on as a status), and 1223 is the system's own for a person's "no" to its question. Setup
//! programs built on Windows Installer pass its statuses on. The program's own demo installer says 4 for
//! "cancelled", as the command line does; elsewhere 4 is a failure like any other.
//!
//! Deliberately not here: whether anything was installed; that is read from the machine.

use std::io;

use crate::os::{InstallerExit, InstallerFault};

/// `ERROR_CANCELLED`: the person said no when the system asked for an administrator's permission.
const CANCELLED: i32 = 1223;

/// How an installer says it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// Well.
    Done,
    /// Well, and the PC is to be restarted.
    RebootNeeded,
    /// The person stopped it.
    Cancelled,
    /// Badly.
    Failed(ExitFault),
}

/// Why an installer did not install, by its own word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExitFault {
    /// 1618: Windows Installer does one installation at a time; this one was not begun.
    #[error("Another installation is running (1618)")]
    AnotherInstallation,
    /// 1603: an error in the middle; the log says which, and Windows Installer takes back what it has done.
    #[error("Fatal error during the installation (1603)")]
    Fatal,
    /// 1638: another version is installed, which this package does not replace; nothing was begun.
    #[error("Another version is already installed (1638)")]
    OtherVersion,
    /// 1925: the account has not enough rights.
    #[error("Not enough rights for this installation (1925)")]
    Rights,
    /// 1633: the package is for another kind of processor; nothing was begun.
    #[error("Package is not for this kind of PC (1633)")]
    WrongPlatform,
    /// 1625: a policy of the company forbids it; nothing was begun.
    #[error("Installation is forbidden by system policy (1625)")]
    Policy,
    /// 1619: the package cannot be opened, or 1620: it is none; nothing was begun.
    #[error("Package cannot be opened ({0})")]
    Package(i32),
    /// Any other status.
    #[error("Installer ended with status {0}")]
    Other(i32),
    /// The system ended it.
    #[error("Installer was ended by the system")]
    Ended,
}

impl ExitFault {
    /// Whether Windows Installer has refused before it changed anything.
    pub fn is_before_any_change(self) -> bool {
        match self {
            Self::AnotherInstallation
            | Self::OtherVersion
            | Self::WrongPlatform
            | Self::Policy
            | Self::Package(_) => true,
            Self::Fatal | Self::Rights | Self::Other(_) | Self::Ended => false,
        }
    }
}

/// What an exit status says; `is_own`: the demo's own installer, the only one that runs in a machine root.
pub(super) fn ending(exit: InstallerExit, is_own: bool) -> Ending {
    let Some(code) = exit.code else { return Ending::Failed(ExitFault::Ended) };
    Ending::Failed(match code {
        0 => return Ending::Done,
        // ERROR_SUCCESS_REBOOT_REQUIRED, ERROR_SUCCESS_REBOOT_INITIATED
        3010 | 1641 => return Ending::RebootNeeded,
        // ERROR_INSTALL_USEREXIT
        1602 | CANCELLED => return Ending::Cancelled,
        4 if is_own => return Ending::Cancelled,
        1603 => ExitFault::Fatal,
        1618 => ExitFault::AnotherInstallation,
        1619 | 1620 => ExitFault::Package(code),
        1625 => ExitFault::Policy,
        1633 => ExitFault::WrongPlatform,
        1638 => ExitFault::OtherVersion,
        1925 => ExitFault::Rights,
        code => ExitFault::Other(code),
    })
}

/// Whether an installer was not started because the person said no to the system's question.
pub(super) fn is_declined(fault: &InstallerFault) -> bool {
    match fault {
        InstallerFault::Start(error) => io::Error::raw_os_error(error) == Some(CANCELLED),
        InstallerFault::Foreign | InstallerFault::NoWindowsInstaller => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exit_status_is_read_as_windows_installer_means_it() {
        let of = |code, is_own| ending(InstallerExit { code }, is_own);
        for is_own in [true, false] {
            assert_eq!(of(Some(0), is_own), Ending::Done);
            assert_eq!(of(Some(1602), is_own), Ending::Cancelled);
            assert_eq!(of(Some(1223), is_own), Ending::Cancelled);
            assert_eq!(of(Some(3010), is_own), Ending::RebootNeeded);
            assert_eq!(of(Some(1641), is_own), Ending::RebootNeeded);
            let failed = |code| match of(code, is_own) {
                Ending::Failed(fault) => fault,
                other => panic!("{other:?}"),
            };
            assert_eq!(failed(Some(1603)), ExitFault::Fatal);
            assert_eq!(failed(Some(1618)), ExitFault::AnotherInstallation);
            assert_eq!(failed(Some(1619)), ExitFault::Package(1619));
            assert_eq!(failed(Some(1620)), ExitFault::Package(1620));
            assert_eq!(failed(Some(1625)), ExitFault::Policy);
            assert_eq!(failed(Some(1633)), ExitFault::WrongPlatform);
            assert_eq!(failed(Some(1638)), ExitFault::OtherVersion);
            assert_eq!(failed(Some(1925)), ExitFault::Rights);
            assert_eq!(failed(Some(-1)), ExitFault::Other(-1));
            assert_eq!(failed(None), ExitFault::Ended);
        }
        assert_eq!(of(Some(4), true), Ending::Cancelled);
        assert_eq!(of(Some(4), false), Ending::Failed(ExitFault::Other(4)));
    }

    #[test]
    fn a_no_to_the_systems_question_is_told_from_a_fault() {
        assert!(is_declined(&InstallerFault::Start(io::Error::from_raw_os_error(1223))));
        assert!(!is_declined(&InstallerFault::Start(io::Error::from_raw_os_error(2))));
        assert!(!is_declined(&InstallerFault::Start(io::ErrorKind::NotFound.into())));
        assert!(!is_declined(&InstallerFault::Foreign));
    }
}
