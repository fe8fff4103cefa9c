//! Scheduled tasks of the scheduler's root folder: read from the files it keeps, changed by its own program.
//!
//! Deliberately by `schtasks.exe` and not by the scheduler's interfaces: it takes the same definition, and a
//! person can do by hand exactly what was done.
//!
//! While the scheduler's service is still starting, that program sometimes ends with 1 and without a word (seen on a
//! busy PC right after its start, where an installation failed for it). Registering and removing may be done twice
//! without harm, so they are tried again for a moment; a task is never started twice.
#![expect(unsafe_code, reason = "what the program says is decoded by the system")]

use std::io;
use std::os::windows::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use windows_sys::Win32::Foundation::ERROR_ACCESS_DENIED;
use windows_sys::Win32::Globalization::{GetOEMCP, MultiByteToWideChar};
use windows_sys::Win32::System::Threading::CREATE_NO_WINDOW;

use super::folders::{self, Folders};
use super::protect::PrivateDir;
use super::{elevation, registry, wide};
use crate::os::{TaskFault, task_file};
use crate::xml;

/// Before what failed is tried again: after the first time, and after the second.
const WAITS: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(1)];

/// The definition of a task.
pub(super) fn definition(folders: &Folders, name: &str) -> Result<Option<String>, TaskFault> {
    task_file::check_name(name)?;
    let path = folders.locate(&format!(r"{}\{name}", task_file::DIR));
    task_file::read(&path.map_err(|fault| TaskFault::File(io::Error::other(fault)))?)
}

/// Registers a task. The definition lies meanwhile where nobody without an administrator's rights can
/// change it, if this process has them itself.
pub(super) fn register(folders: &Folders, name: &str, xml: &str) -> Result<(), TaskFault> {
    task_file::check_name(name)?;
    if elevation::is_elevated() {
        let private = PrivateDir::make(folders).map_err(TaskFault::File)?;
        register_from(private.path(), name, xml)
    } else {
        let own = tempfile::tempdir().map_err(TaskFault::File)?;
        register_from(own.path(), name, xml)
    }
}

fn register_from(dir: &Path, name: &str, xml: &str) -> Result<(), TaskFault> {
    let path = dir.join("task.xml");
    std::fs::write(&path, xml::utf16(xml)).map_err(TaskFault::File)?;
    let create = || scheduler(&["/create", "/f", "/tn", name, "/xml"], Some(&path));
    patiently(create, thread::sleep)
}

/// Removes a task; one that is not there is no fault.
pub(super) fn remove(folders: &Folders, name: &str) -> Result<(), TaskFault> {
    let delete = || {
        // Also what a try that was told to have failed has removed after all.
        if matches!(definition(folders, name), Ok(None)) {
            return Ok(());
        }
        scheduler(&["/delete", "/f", "/tn", name], None)
    };
    patiently(delete, thread::sleep)
}

/// Starts a task now.
pub(super) fn run(name: &str) -> Result<(), TaskFault> {
    task_file::check_name(name)?;
    scheduler(&["/run", "/tn", name], None)
}

/// Tries again what the scheduler did not do, unless rights or files are the reason: time gives none. The last fault
/// is told.
fn patiently(
    mut attempt: impl FnMut() -> Result<(), TaskFault>,
    mut wait: impl FnMut(Duration),
) -> Result<(), TaskFault> {
    for pause in WAITS {
        match attempt() {
            Err(TaskFault::Scheduler { detail }) => {
                tracing::warn!(detail, "Failed to use the task scheduler, to be tried again");
                wait(pause);
            }
            done => return done,
        }
    }
    attempt()
}

fn scheduler(arguments: &[&str], file: Option<&Path>) -> Result<(), TaskFault> {
    let system_dir = folders::system_dir().map_err(TaskFault::File)?;
    let mut command = Command::new(system_dir.join("schtasks.exe"));
    command.args(arguments).args(file).stdin(Stdio::null()).creation_flags(CREATE_NO_WINDOW);
    let scheduler = |detail| TaskFault::Scheduler { detail };
    let output = command.output().map_err(|error| scheduler(error.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    let said = said(&output);
    // It ends with 1 whatever the reason; that rights are missing it says in the system's own words.
    if said.contains(&access_denied()) {
        return Err(TaskFault::Rights);
    }
    Err(scheduler(if said.is_empty() { output.status.to_string() } else { said }))
}

/// What a program has written, errors first, as one line.
fn said(output: &Output) -> String {
    let text = format!("{} {}", console_text(&output.stderr), console_text(&output.stdout));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The system's words for missing rights, without the full stop and the number.
fn access_denied() -> String {
    let words = io::Error::from_raw_os_error(ERROR_ACCESS_DENIED.cast_signed()).to_string();
    words.split(['.', '(']).next().unwrap_or(&words).trim().to_owned()
}

/// Text of a program for the console. Its letters are those of the PC's consoles, which are not told by the
/// system to a program that has asked for UTF-8 itself, as ours do; so the registry is asked first.
fn console_text(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let key = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Nls\CodePage";
    let page = registry::value(key, "OEMCP").ok().flatten().and_then(|page| page.trim().parse().ok());
    // SAFETY: takes nothing.
    let page = page.unwrap_or_else(|| unsafe { GetOEMCP() });
    let lossy = || String::from_utf8_lossy(bytes).into_owned();
    let Ok(length) = i32::try_from(bytes.len()) else { return lossy() };
    // No letter of a console becomes more than two units.
    let mut text = vec![0; bytes.len() * 2];
    // SAFETY: both are as long as is said.
    let count = unsafe {
        MultiByteToWideChar(page, 0, bytes.as_ptr(), length, text.as_mut_ptr(), length.saturating_mul(2))
    };
    match usize::try_from(count) {
        Ok(count) if count > 0 => wide::string(text.get(..count).unwrap_or_default()),
        _ => lossy(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How often it was waited, and the outcome, with these outcomes one after another.
    fn tried(outcomes: Vec<Result<(), TaskFault>>) -> (usize, Result<(), TaskFault>) {
        let (mut outcomes, mut waits) = (outcomes.into_iter(), Vec::new());
        let outcome = patiently(|| outcomes.next().unwrap(), |wait| waits.push(wait));
        assert!(outcomes.next().is_none() && WAITS.starts_with(&waits));
        (waits.len(), outcome)
    }

    #[test]
    fn a_scheduler_that_is_not_ready_is_asked_three_times() {
        let busy = || Err(TaskFault::Scheduler { detail: "exit code: 1".to_owned() });
        assert!(matches!(tried(vec![Ok(())]), (0, Ok(()))));
        assert!(matches!(tried(vec![busy(), Ok(())]), (1, Ok(()))));
        assert!(matches!(tried(vec![busy(), busy(), Ok(())]), (2, Ok(()))));
        assert!(matches!(tried(vec![busy(), busy(), busy()]), (2, Err(TaskFault::Scheduler { .. }))));
    }

    #[test]
    fn what_time_does_not_mend_is_tried_once() {
        assert!(matches!(tried(vec![Err(TaskFault::Rights)]), (0, Err(TaskFault::Rights))));
        let file = Err(TaskFault::File(io::ErrorKind::NotFound.into()));
        assert!(matches!(tried(vec![file]), (0, Err(TaskFault::File(_)))));
    }

    #[test]
    fn text_for_the_console_is_read_in_utf_8_and_never_lost() {
        assert_eq!(console_text("Успешно".as_bytes()), "Успешно");
        assert!(console_text(&[b'a', 0x8E, 0x98]).starts_with('a'));
        assert!(!access_denied().is_empty());
    }
}
