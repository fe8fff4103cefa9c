//! The tray stub. Everything it does lives in the library.

// Run by the scheduler in everybody's session, where no console may flash up.
#![windows_subsystem = "windows"]

use std::process::ExitCode;

use smarts_updater::tray;

fn main() -> ExitCode {
    tray::run()
}
