//! The window. Everything it does lives in the library.

// A Windows program without a console of its own.
#![windows_subsystem = "windows"]

use std::process::ExitCode;

use smarts_updater::window::{self, Args};

fn main() -> ExitCode {
    window::run(Args::of_program())
}
