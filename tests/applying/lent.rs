//! In a world of its own, where a disk is small, a folder is another volume, or the person is not root.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use smarts_tests::lent;

use super::setup::{Content, Pc, Run, TO, noise, template};

const POINTS: [&str; 10] = [
    "StartRegistered",
    "Recorded",
    "Staged(1)",
    "Synced",
    "Copied",
    "Begun",
    "Aside",
    "InPlace",
    "Turned",
    "Journal",
];

/// An update in a world where `dir` is a volume of its own of that size. At the point `disturb` gets the volume as seen
/// from outside. What is on it in the end is in `dir` afterwards.
fn disturbed(pc: &Pc, dir: &Path, size: &str, point: &str, disturb: &mut dyn FnMut(&Path)) -> Option<Run> {
    let ours = pc.command(&[pc.template(), TO], &format!("~{point}"));
    let below = dir.strip_prefix("/").unwrap();
    on_volume(pc, dir, size, &ours, |command| {
        Run::disturbed(command, &mut |id| {
            disturb(&Path::new("/proc").join(id.to_string()).join("root").join(below));
        })
    })
}

/// The same, and nobody disturbs it.
fn undisturbed(pc: &Pc, dir: &Path, size: &str, ours: &Command) -> Option<Run> {
    on_volume(pc, dir, size, ours, |mut command| Run::of(command.output().unwrap()))
}

fn on_volume(
    pc: &Pc,
    dir: &Path,
    size: &str,
    ours: &Command,
    run: impl FnOnce(Command) -> Run,
) -> Option<Run> {
    let mut command = lent::unshare(&["--user", "--map-root-user", "--mount"])?;
    let kept = pc.root().join("kept");
    let (dir_word, kept_word) = (dir.to_str().unwrap(), kept.to_str().unwrap());
    let script = format!(
        "mkdir -p '{dir_word}' && cp -a '{dir_word}' '{kept_word}' && \
         mount -t tmpfs -o size={size} small '{dir_word}' && cp -a '{kept_word}/.' '{dir_word}/' && \
         {{ \"$@\"; ended=$?; rm -rf '{kept_word}'; cp -a '{dir_word}' '{kept_word}'; exit $ended; }}"
    );
    command.args(["sh", "-c", &script, "sh"]).arg(ours.get_program()).args(ours.get_args());
    let run = run(command);
    fs::remove_dir_all(dir).unwrap();
    fs::rename(kept, dir).unwrap();
    Some(run)
}

/// Leaves no byte of room.
fn fill(volume: &Path) {
    let mut filler = fs::File::create(volume.join("filler")).unwrap();
    for length in [65_536, 4096, 1] {
        while filler.write(&vec![b'.'; length]).is_ok_and(|written| written == length) {}
    }
}

fn after(pc: &Pc) -> Content {
    assert!(pc.update(0).succeeded);
    pc.content()
}

#[test]
fn a_disk_with_a_base_that_fills_up_at_any_point_leaves_the_base_old_or_new() {
    let after = after(&Pc::new());
    for point in POINTS {
        let pc = Pc::new();
        let before = pc.content();
        let Some(run) = disturbed(&pc, &pc.base_dir(), "400k", point, &mut fill) else { return };
        assert!(run.ended(), "{point}: {run:?}");
        fs::remove_file(pc.base_dir().join("filler")).unwrap();
        assert!(pc.is_old_or_new(&before, &after), "{point}: {run:?}");
        pc.assert_nothing_left(point);
    }
}

#[test]
fn a_disk_with_our_own_files_that_fills_up_at_any_point_leaves_the_base_old_or_new() {
    let after = after(&Pc::new());
    for point in POINTS {
        let pc = Pc::new();
        let before = pc.content();
        let dir = pc.paths().machine_dir.clone();
        let Some(run) = disturbed(&pc, &dir, "200k", point, &mut fill) else { return };
        assert!(run.ended(), "{point}: {run:?}");
        fs::remove_file(dir.join("filler")).unwrap();
        assert!(pc.finish(0).succeeded, "{point}: {run:?}");
        assert!(pc.is_old_or_new(&before, &after), "{point}: {run:?}");
        pc.assert_nothing_left(point);
    }
}

#[test]
fn a_template_that_is_larger_than_the_disk_changes_nothing() {
    let large = template().file("Documentation/large.bin", noise(300_000));
    let pc = Pc::with(&large);
    let before = pc.content();
    let Some(run) = undisturbed(&pc, &pc.base_dir(), "200k", &pc.update_command(0)) else { return };
    assert!(run.last().starts_with("failed "), "{run:?}");
    assert!(run.last().ends_with("NothingChanged"), "{run:?}");
    assert_eq!(pc.content(), before);
    pc.assert_nothing_left("without room");
}

#[test]
fn a_base_or_a_folder_of_it_on_another_volume_is_updated_like_any_other() {
    let after = after(&Pc::new());
    for folder in ["", "Documents", "Documentation"] {
        let pc = Pc::new();
        let dir = if folder.is_empty() { pc.base_dir() } else { pc.base_dir().join(folder) };
        let Some(run) = undisturbed(&pc, &dir, "8m", &pc.update_command(0)) else { return };
        assert!(run.succeeded, "{folder}: {run:?}");
        assert_eq!(pc.content(), after, "{folder}");
        pc.assert_nothing_left(folder);
    }
}

#[test]
fn a_base_on_another_volume_is_old_or_new_at_whatever_point_its_update_is_killed() {
    let after = after(&Pc::new());
    let (mut points, mut news) = (0, 0);
    for stop in 1.. {
        let pc = Pc::new();
        let (before, dir) = (pc.content(), pc.base_dir());
        let Some(killed) = undisturbed(&pc, &dir, "8m", &pc.update_command(stop)) else { return };
        if killed.succeeded {
            break;
        }
        let when = format!("killed at {stop}, {}", killed.last());
        assert!(!killed.ended(), "{when}");
        let finished = undisturbed(&pc, &dir, "8m", &pc.command(&["finish"], "0")).unwrap();
        assert!(finished.succeeded, "{when}: {finished:?}");
        assert!(pc.is_old_or_new(&before, &after), "{when}: {finished:?}");
        pc.assert_nothing_left(&when);
        points += 1;
        news += usize::from(pc.content() == after);
    }
    assert!(points > 30 && news > 5 && news < points, "{points} points, {news} of them after the change");
}

#[test]
fn a_volume_that_would_have_to_go_stops_the_update() {
    let pc = Pc::new();
    let before = pc.content();
    let reports = pc.base_dir().join("Reports");
    let Some(run) = undisturbed(&pc, &reports, "8m", &pc.update_command(0)) else { return };
    assert!(run.last().starts_with("failed Failed to change Reports"), "{run:?}");
    assert!(run.last().contains("PutBack"), "{run:?}");
    assert_eq!(pc.content(), before);
    pc.assert_nothing_left("a volume");
}

#[test]
fn rights_that_are_taken_away_in_the_middle_and_given_back_leave_the_base_old_or_new() {
    let after = after(&Pc::new());
    let allow = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    for folder in ["", "Documents", "Documentation"] {
        for point in POINTS {
            let pc = Pc::new();
            let before = pc.content();
            let dir = pc.base_dir().join(folder);
            let Some(mut command) = lent::unshare(&["--user"]) else { return };
            let ours = pc.command(&[pc.template(), TO], &format!("~{point}"));
            command.arg(ours.get_program()).args(ours.get_args());
            let run = Run::disturbed(command, &mut |_| allow(&dir, 0o555));
            assert!(run.ended(), "{folder} {point}: {run:?}");
            allow(&dir, 0o755);
            assert!(pc.finish(0).succeeded, "{folder} {point}: {run:?}");
            assert!(pc.is_old_or_new(&before, &after), "{folder} {point}: {run:?}");
            pc.assert_nothing_left(point);
        }
    }
}
