//! Stages an app for the base `a` of a machine root, or takes that back: a process for tests to kill, to hold, and to
//! starve of room.
//!
//! `stage_one ROOT stage APK TEXT OLDER STOP` with `keep` or `remove` for OLDER, `stage_one ROOT undo [VERSION] STOP`. One line for
//! each point that is reached; what STOP means says [`smarts_tests::points`]. The last line of one that was not killed is
//! `done`, with what devices are offered, or `failed CAUSES`.

#![allow(clippy::print_stdout, reason = "that is what it is for")]

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use jiff::Timestamp;
use smarts_core::catalogue::{FileLocation, ReleaseFile};
use smarts_core::devices::apk;
use smarts_core::devices::staging::{self, Context, Older, Wanted};
use smarts_core::download::Downloaded;
use smarts_core::machine;
use smarts_core::os::MachineRoot;
use smarts_core::paths::Paths;
use smarts_core::source::Trust;
use smarts_core::verify::{self, Rules};
use smarts_tests::points::{Points, chain};
use tokio_util::sync::CancellationToken;

fn main() -> ExitCode {
    match run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(done) => {
            println!("done {done}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("failed {}", chain(&*error));
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String]) -> Result<String, Box<dyn Error>> {
    let [root, what, words @ .., stop] = words else { return Err("words are missing".into()) };
    let points = Points::at(stop)?;
    let os = MachineRoot::open(Path::new(root))?;
    let paths = Paths::below(&os, &Path::new(root).join("person"));
    let checkpoint = |checkpoint| points.reach(&format!("{checkpoint:?}"));
    let clock = || Timestamp::UNIX_EPOCH;
    let context =
        Context { os: &os, paths: &paths, clock: &clock, witness: &|_| (), checkpoint: &checkpoint };
    match (what.as_str(), words) {
        ("stage", [path, text, older]) => {
            let older = if older == "remove" { Older::Remove } else { Older::Keep };
            stage(&context, &os, Path::new(path), text, older)
        }
        ("undo", said) => {
            let base = machine::read_base(&os, "a").ok_or("no base")?;
            let last = staging::undoable(&os, &paths, &base)?.ok_or(staging::Error::NothingToUndo)?;
            let version = said.first().map_or(Ok(last.version), |said| said.parse())?;
            let undone = staging::undo(&context, "a", version)?;
            Ok(undone.staged.newest().map_or_else(String::new, |app| app.version.to_string()))
        }
        _ => Err("words are missing".into()),
    }
}

fn stage(
    context: &Context<'_>,
    os: &MachineRoot,
    path: &Path,
    text: &str,
    older: Older,
) -> Result<String, Box<dyn Error>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = ReleaseFile {
        location: FileLocation::InSource(name.clone()),
        name,
        size: None,
        sha256: None,
        sha512: None,
        publisher: None,
    };
    let rules = Rules {
        source_trust: Trust::Folder,
        accept_unproved: true,
        expected_publisher: None,
        resigned_by: None,
    };
    let file = verify::verify(Downloaded::at_hand(path)?, &file, &rules, os)?;
    let apk = apk::read(file.reader())?;
    let version = apk.version.ok_or("no version")?;
    let wanted = Wanted { file: &file, apk: &apk, version, date: None, text, older };
    let done = staging::stage(context, "a", &wanted, &mut |_| (), &CancellationToken::new())?;
    Ok(format!("{} removed {:?} there {}", done.offered.version, done.removed, done.was_there))
}
