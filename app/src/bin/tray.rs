//! The tray stub: asks `smarts notice` whether there is something to say, and ends.
//!
//! It is dumb on purpose: it links no HTTP, XML, Fluent or GUI code. What it is told to show it prints for
//! now; the message and the icon in the notification area are planned.

// Run by the scheduler in everybody's session, where no console may flash up.
#![windows_subsystem = "windows"]

use std::io::{self, Write as _};
use std::process::{Command, ExitCode, Stdio};

use smarts_core::os;

fn main() -> ExitCode {
    match notice() {
        Ok(text) => {
            // Nobody reads the output when the task runs the stub, so a closed output is not a failure.
            let _ = io::stdout().write_all(&text);
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "smarts-tray: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What `smarts notice` beside this program says; empty if there is nothing to say.
fn notice() -> io::Result<Vec<u8>> {
    let smarts =
        std::env::current_exe()?.with_file_name("smarts").with_extension(std::env::consts::EXE_EXTENSION);
    let mut command = Command::new(smarts);
    command.arg("notice").args(std::env::args_os().skip(1)).stdin(Stdio::null()).stderr(Stdio::inherit());
    os::without_console(&mut command);
    let output = command.output()?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(io::Error::other(format!("smarts notice ended with {}", output.status)))
    }
}
