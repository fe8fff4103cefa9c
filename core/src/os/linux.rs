//! The PC this program runs on, where that is not Windows: an honest empty machine.
//!
//! Mobile SMARTS runs on Windows only, so there is no registry and there are no drives. Here the program
//! is used with a machine root, and for its own development. Scheduled tasks are timers of systemd, the person's
//! own ([`super::timers`]).

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::timers::Timers;
use super::{
    Identity, Installer, InstallerExit, InstallerFault, InstallerKind, LocateFault, Os, RegistryFault,
    Signature, TaskFault, TaskLanguage, windows_path,
};
use crate::fs::read_limited;

/// A host without Mobile SMARTS.
#[derive(Clone, Copy, Debug, Default)]
pub struct Linux;

impl Os for Linux {
    fn registry_value(&self, _key: &str, _name: &str) -> Result<Option<String>, RegistryFault> {
        Ok(None)
    }

    fn locate(&self, windows_path: &str) -> Result<PathBuf, LocateFault> {
        let (drive, _) = windows_path::components(windows_path)?;
        Err(LocateFault::NoDrive(drive))
    }

    fn machine_root(&self) -> Option<&Path> {
        None
    }

    fn port_answers(&self, port: u16) -> Option<bool> {
        Some(super::answers_on_loopback(port))
    }

    fn only_administrators_may_write(&self, _path: &Path) -> Option<bool> {
        None
    }

    fn uptime(&self) -> Option<Duration> {
        read_uptime(Path::new("/proc/uptime"))
    }

    fn signature(&self, _path: &Path) -> Signature {
        Signature::NotCheckable
    }

    fn identity(&self) -> Identity {
        host_identity()
    }

    fn run_installer(&self, installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
        match installer.kind {
            InstallerKind::Program => start_and_wait(installer.file, installer.arguments),
            InstallerKind::Package => Err(InstallerFault::NoWindowsInstaller),
        }
    }

    fn task_language(&self) -> TaskLanguage {
        TaskLanguage::Units
    }

    fn task(&self, name: &str) -> Result<Option<String>, TaskFault> {
        Timers::of_this_person()?.read(name)
    }

    fn register_task(&self, name: &str, text: &str) -> Result<(), TaskFault> {
        Timers::of_this_person()?.register(name, text)
    }

    fn remove_task(&self, name: &str) -> Result<(), TaskFault> {
        Timers::of_this_person()?.remove(name)
    }

    fn run_task(&self, name: &str) -> Result<(), TaskFault> {
        Timers::of_this_person()?.run(name)
    }
}

/// Seconds, then whatever follows them (proc(5), `/proc/uptime`).
pub(super) fn read_uptime(file: &Path) -> Option<Duration> {
    let bytes = read_limited(file, 1 << 10).ok()??;
    let seconds = std::str::from_utf8(&bytes).ok()?.split_whitespace().next()?.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

/// Who is at the keyboard of this host, as its environment says.
pub(super) fn host_identity() -> Identity {
    let variable = |name| env::var(name).ok().filter(|value: &String| !value.trim().is_empty());
    let user = ["USER", "USERNAME", "LOGNAME"].into_iter().find_map(variable);
    let computer = variable("COMPUTERNAME").or_else(|| {
        let name = fs::read_to_string("/etc/hostname").ok()?;
        Some(name.trim().to_owned()).filter(|name| !name.is_empty())
    });
    let unknown = || "unknown".to_owned();
    Identity { user: user.unwrap_or_else(unknown), computer: computer.unwrap_or_else(unknown) }
}

/// Starts a program with its arguments as they are, without a shell between, and waits for its end.
pub(super) fn start_and_wait(
    program: &Path,
    arguments: &[OsString],
) -> Result<InstallerExit, InstallerFault> {
    let status = Command::new(program).args(arguments).status().map_err(InstallerFault::Start)?;
    Ok(InstallerExit { code: status.code() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(file: &Path, arguments: &[OsString]) -> Result<InstallerExit, InstallerFault> {
        let log_path = Path::new("");
        Linux.run_installer(&Installer { file, kind: InstallerKind::Program, arguments, log_path })
    }

    #[test]
    fn there_is_no_registry_and_no_drive() {
        assert_eq!(Linux.registry_value("HKEY_LOCAL_MACHINE\\SOFTWARE", "Version"), Ok(None));
        assert_eq!(Linux.locate(r"C:\ProgramData"), Err(LocateFault::NoDrive('C')));
        assert_eq!(Linux.locate("ProgramData"), Err(LocateFault::NotAbsolute));
        assert_eq!(Linux.machine_root(), None);
    }

    #[test]
    fn how_long_the_host_runs_is_the_first_word_of_its_file() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("uptime");
        let told = |text: &str| {
            fs::write(&file, text).unwrap();
            read_uptime(&file)
        };
        assert_eq!(told("350735.47 234388.90\n"), Some(Duration::from_millis(350_735_470)));
        for text in ["", "soon", "-5", "nan", "1e400"] {
            assert_eq!(told(text), None, "{text}");
        }
        assert_eq!(read_uptime(&dir.path().join("none")), None);
    }

    #[test]
    fn someone_is_always_named() {
        let identity = Linux.identity();
        assert!(!identity.user.is_empty() && !identity.computer.is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_program_gets_its_arguments_as_they_are_and_its_status_is_read() {
        let arguments: Vec<OsString> = ["-c", "test \"$1\" = \"a b; exit 9\"; exit $?", "sh", "a b; exit 9"]
            .into_iter()
            .map(OsString::from)
            .collect();
        let exit = run(Path::new("/bin/sh"), &arguments).unwrap();
        assert_eq!(exit.code, Some(0));
        let arguments = [OsString::from("-c"), OsString::from("exit 7")];
        assert_eq!(run(Path::new("/bin/sh"), &arguments).unwrap().code, Some(7));
    }

    #[test]
    fn a_program_that_is_not_there_is_a_fault() {
        let result = run(Path::new("/nowhere/setup.exe"), &[]);
        assert!(matches!(result, Err(InstallerFault::Start(_))));
    }
}
