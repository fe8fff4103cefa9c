//! Writes the demo's update tree into a folder: a tree to try signing with (`tests/publish`).

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let dir: Option<PathBuf> = env::args_os().nth(1).map(Into::into);
    let Some(dir) = dir else { return usage("usage: demo_tree DIR") };
    match smarts_updater::demo::write_tree(&dir) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => usage(&smarts_updater::error::chain(&error)),
    }
}

#[expect(clippy::print_stderr, reason = "a program for the command line")]
fn usage(text: &str) -> ExitCode {
    eprintln!("{text}");
    ExitCode::FAILURE
}
