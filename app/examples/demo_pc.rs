//! Writes the demo's machine and its signed source into a folder: for trying the programs on it one by one.

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use smarts_updater::clock::Clock;

fn main() -> ExitCode {
    let dir: Option<PathBuf> = env::args_os().nth(1).map(Into::into);
    let Some(dir) = dir else { return failed("usage: demo_pc DIR") };
    match smarts_updater::demo::write(&dir, Clock::default().now().timestamp().into()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&smarts_updater::error::chain(&error)),
    }
}

#[expect(clippy::print_stderr, reason = "a program for the command line")]
fn failed(text: &str) -> ExitCode {
    eprintln!("{text}");
    ExitCode::FAILURE
}
