//! Starting installers: programs by themselves, packages by Windows Installer, always by full path and never
//! through a shell's command line.

use std::io;
use std::os::windows::process::CommandExt as _;
use std::path::PathBuf;
use std::process::Command;

use windows_sys::Win32::Foundation::{ERROR_ELEVATION_REQUIRED, ERROR_INSTALL_USEREXIT};

use super::elevation::{self, Start};
use super::folders;
use crate::os::{Installer, InstallerExit, InstallerFault, InstallerKind, command_line};

/// Starts an installer and waits for its end.
pub(super) fn run(installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
    match installer.kind {
        InstallerKind::Program => program(installer),
        InstallerKind::Package => package(installer),
    }
}

/// A program that wants more rights than this process has is started once more through the shell, which asks
/// the person. A refusal is told as Windows Installer tells that the person has cancelled.
fn program(installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
    match status(Command::new(installer.file).args(installer.arguments)) {
        Err(error) if has_code(&error, ERROR_ELEVATION_REQUIRED) => {
            let run = elevation::run(installer.file, installer.arguments, Start::AsItIs, &mut || ());
            match run {
                Err(error) if error.raw_os_error().is_some_and(elevation::is_refusal) => {
                    Ok(InstallerExit { code: Some(ERROR_INSTALL_USEREXIT.cast_signed()) })
                }
                other => other.map_err(InstallerFault::Start),
            }
        }
        other => other.map_err(InstallerFault::Start),
    }
}

/// The restart is left to the person: nothing is to end the work of others on this PC.
fn package(installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
    let mut command = Command::new(windows_installer().map_err(InstallerFault::Start)?);
    command.arg("/i").arg(installer.file);
    if let Some(dir) = installer.log_path.parent() {
        std::fs::create_dir_all(dir).map_err(InstallerFault::Start)?;
    }
    command.arg("/l*v").arg(installer.log_path).arg("REBOOT=ReallySuppress");
    for argument in installer.arguments {
        match command_line::property(argument) {
            Some(property) => command.raw_arg(property),
            None => command.arg(argument),
        };
    }
    status(&mut command).map_err(InstallerFault::Start)
}

fn windows_installer() -> io::Result<PathBuf> {
    Ok(folders::system_dir()?.join("msiexec.exe"))
}

fn status(command: &mut Command) -> io::Result<InstallerExit> {
    Ok(InstallerExit { code: command.status()?.code() })
}

fn has_code(error: &io::Error, code: u32) -> bool {
    error.raw_os_error() == Some(code.cast_signed())
}
