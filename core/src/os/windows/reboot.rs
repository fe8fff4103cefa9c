//! Whether the PC waits for a restart, and how long ago it had its last.
//!
//! Three places are known to say so (Windows' servicing, Windows Update, and files that are replaced at the
//! next start, which installers leave behind); there is no documented function for it.

#![expect(unsafe_code, reason = "a counter of the system")]

use std::time::Duration;

use windows_sys::Win32::System::SystemInformation::GetTickCount64;

use super::registry;

const KEYS: [&str; 2] = [
    r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending",
    r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired",
];
const SESSION_MANAGER: &str = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Session Manager";

/// `None`: some place could not be read, and no other says yes.
pub(super) fn is_pending() -> Option<bool> {
    let files = registry::lines(SESSION_MANAGER, "PendingFileRenameOperations");
    let files = files.map(|lines| lines.iter().any(|line| !line.is_empty()));
    let [servicing, updates] = KEYS.map(registry::has_key);
    let answers = [servicing, updates, files];
    if answers.contains(&Ok(true)) {
        return Some(true);
    }
    answers.iter().all(Result::is_ok).then_some(false)
}

/// Goes on through sleep and hibernation, and so through a shutdown with "fast startup" (Microsoft, `GetTickCount64`:
/// "includes the time the system spends in sleep or hibernation").
pub(super) fn uptime() -> Duration {
    // SAFETY: it takes nothing and cannot fail.
    Duration::from_millis(unsafe { GetTickCount64() })
}
