//! Copies a base of a machine root, deletes a copy, or puts a base back: a process for tests to kill, to hold, and to
//! starve of room.
//!
//! `copy_one ROOT create STOP`, `copy_one ROOT delete COPY STOP`, `copy_one ROOT back COPY WAY STOP` with `whole` or
//! `replaced` for WAY, `copy_one ROOT finish STOP` as the next start of the PC would. One line for each point that is reached, of progress too. At the point with the number STOP,
//! counted from 1, the process ends as if it were killed: nothing of it runs any more. With a `~` in front of the
//! number it says `waiting` there, and goes on after a line on its standard input. The last line of one that was not
//! killed is `done`, with the copy's id if one was made, or `failed CAUSES`.

#![allow(clippy::print_stdout, reason = "that is what it is for")]

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use smarts_core::apply::{self, Finishing};
use smarts_core::backup::{self, Backup, Context, Copies, GoingBack, Place, Taken, Way, Why, Without};
use smarts_core::machine;
use smarts_core::os::{MachineRoot, Os as _};
use smarts_core::paths::Paths;
use smarts_core::switch::{Checkpoint, Finisher};
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
    match (what.as_str(), words) {
        ("create", []) => create(&os, &paths, &points),
        ("delete", [copy]) => delete(&os, &paths, copy, &points),
        ("back", [copy, way]) => {
            let way = if way == "whole" { Way::Whole } else { Way::Replaced };
            back(&os, &paths, copy, way, &points)
        }
        ("finish", []) => finish(&os, &paths, &points),
        _ => Err("words are missing".into()),
    }
}

fn finish(os: &MachineRoot, paths: &Paths, points: &Points) -> Result<String, Box<dyn Error>> {
    let checkpoint = |checkpoint| points.reach(&format!("{checkpoint:?}"));
    let clock = || Timestamp::UNIX_EPOCH;
    let work = Finishing { os, paths, clock: &clock, witness: &|_| (), checkpoint: &checkpoint };
    let recovered = apply::finish(&work, &mut |_| ())?;
    Ok(format!("{recovered:?}"))
}

fn create(os: &MachineRoot, paths: &Paths, points: &Points) -> Result<String, Box<dyn Error>> {
    let base = machine::read(os).bases.into_iter().next().ok_or("no base")?;
    let dir = base.dir.clone().ok_or("no folder")?;
    let at = Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC);
    let taken = Taken { at, by: os.identity(), why: Why::OnDemand, without: Without::default() };
    let copied = backup::create_watched(
        Place { os, dir: &paths.backup_dir },
        &base,
        &dir,
        &taken,
        &mut |progress| points.reach(&format!("{progress:?}")),
        &CancellationToken::new(),
        &|checkpoint| points.reach(&format!("{checkpoint:?}")),
    )?;
    Ok(copied.dir.file_name().unwrap_or_default().to_string_lossy().into_owned())
}

fn delete(os: &MachineRoot, paths: &Paths, copy: &str, points: &Points) -> Result<String, Box<dyn Error>> {
    let copies = backup::list(Place { os, dir: &paths.backup_dir }, &TimeZone::UTC)?;
    let copy = copies.iter().find(|listed| listed.id == *copy).ok_or("no such copy")?;
    backup::remove_watched(&paths.backup_dir, copy, &|checkpoint| points.reach(&format!("{checkpoint:?}")))?;
    Ok(String::new())
}

fn back(
    os: &MachineRoot,
    paths: &Paths,
    copy: &str,
    way: Way,
    points: &Points,
) -> Result<String, Box<dyn Error>> {
    let copy = Backup::open(&paths.backup_dir.join(copy))?;
    let cancel = CancellationToken::new();
    let clock = || Timestamp::UNIX_EPOCH;
    let copies = &Copies::default();
    let checkpoint = |checkpoint| points.reach(&format!("{checkpoint:?}"));
    let finisher = Finisher { program: "smarts".into(), arguments: "finish".to_owned() };
    let (zone, finisher) = (TimeZone::UTC, Some(&finisher));
    let checkpoint: &dyn Fn(Checkpoint) = &checkpoint;
    let context = Context { os, paths, clock: &clock, zone, copies, witness: &|_| (), finisher, checkpoint };
    backup::settle(&context)?;
    let (_, since, dir) = backup::present_base(os, paths, &copy, way)?;
    let agreed = backup::preview(&copy, &dir, &since, way, &mut |_, _| (), &cancel)?;
    let going = GoingBack { backup: &copy, way, agreed: &agreed };
    backup::go_back(&context, &going, &mut |step| points.reach(&format!("{step:?}")), &cancel)?;
    Ok(String::new())
}
