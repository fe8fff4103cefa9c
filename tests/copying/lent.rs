//! In a world of its own, where a disk is small or the person is not root.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use smarts_tests::lent;

use super::setup::{Pc, Run, content};

fn on_small_disk(pc: &Pc, dir: &Path, size: &str, before: &str, words: &[&str]) -> Option<Run> {
    let ours = pc.command(words, "0");
    let mut command = lent::on_small_disk(&ours, dir, &pc.root().join("kept"), size, before)?;
    Some(Run::of(command.output().unwrap()))
}

/// As somebody who is not root, though the files are theirs.
fn without_power(pc: &Pc, words: &[&str]) -> Option<Run> {
    let mut command = lent::unshare(&["--user"])?;
    let ours = pc.command(words, "0");
    command.arg(ours.get_program()).args(ours.get_args());
    Some(Run::of(command.output().unwrap()))
}

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_disk_that_fills_up_in_the_middle_of_a_copy_is_as_empty_as_before() {
    let pc = Pc::new();
    let before = pc.content();
    let Some(run) = on_small_disk(&pc, &pc.backups_dir(), "2m", "", &["create"]) else { return };
    assert!(run.last().starts_with("failed Failed to copy a file: Documents/large.bin"), "{run:?}");
    assert!(run.last().contains("No space left"), "{run:?}");
    assert!(content(&pc.root().join("kept")).is_empty());
    assert_eq!(pc.content(), before);
}

#[test]
fn copies_on_another_volume_are_copies() {
    let pc = Pc::new();
    let Some(run) = on_small_disk(&pc, &pc.backups_dir(), "8m", "", &["create"]) else { return };
    assert!(run.succeeded, "{run:?}");
    let id = run.last().strip_prefix("done ").unwrap();
    assert_eq!(content(&pc.root().join("kept").join(id)), pc.content());
}

#[test]
fn a_base_on_a_full_disk_stays_what_it_is_and_goes_back_once_there_is_room() {
    let (pc, id, before) = Pc::updated();
    // The large file was emptied since, and something else fills the disk: nothing of that is ours to lose.
    pc.write("Documents/large.bin", b"");
    fs::create_dir_all(pc.base_dir().join("Logs")).unwrap();
    let fill = format!("head -c 3m /dev/zero > '{}/Logs/filler';", pc.base_dir().display());
    let Some(run) = on_small_disk(&pc, &pc.base_dir(), "4m", &fill, &["back", &id, "whole"]) else { return };
    assert!(run.last().starts_with("failed Failed to go back, nothing was changed"), "{run:?}");
    assert!(run.last().contains("No space left"), "{run:?}");
    assert_eq!(pc.last_kind(), None, "it was not begun");
    // What was on the small disk, now where there is room.
    fs::remove_dir_all(pc.base_dir()).unwrap();
    fs::rename(pc.root().join("kept"), pc.base_dir()).unwrap();
    pc.assert_nothing_of_ours_in_the_base("no room");
    assert_eq!(pc.content().get("Documents/large.bin").unwrap().as_deref(), Some([].as_slice()));
    assert!(pc.run(&["back", &id, "whole"], 0).succeeded);
    let mut after = pc.content();
    assert!(after.remove("Logs/filler").is_some(), "what copies leave out is never touched");
    after.remove("Logs");
    assert_eq!(after, before);
}

#[test]
fn without_the_rights_there_is_no_copy_and_no_half_of_one() {
    let pc = Pc::new();
    fs::create_dir_all(pc.backups_dir()).unwrap();
    allow(&pc.backups_dir(), 0o555);
    let Some(run) = without_power(&pc, &["create"]) else { return };
    assert!(run.last().starts_with("failed Failed to create the folder of the copy"), "{run:?}");
    allow(&pc.backups_dir(), 0o755);
    let secret = pc.base_dir().join("Documents/1.xml");
    allow(&secret, 0o000);
    let run = without_power(&pc, &["create"]).unwrap();
    allow(&secret, 0o644);
    assert!(run.last().starts_with("failed Failed to copy a file: Documents/1.xml"), "{run:?}");
    pc.assert_whole_copies(0, "no rights");
    assert!(without_power(&pc, &["create"]).unwrap().succeeded);
}

#[test]
fn a_base_that_may_not_be_written_does_not_go_back_and_is_told_what_stands_in_the_way() {
    let (pc, id, before) = Pc::updated();
    let present = pc.content();
    let folder = pc.base_dir().join("Documentation");
    allow(&folder, 0o555);
    let Some(run) = without_power(&pc, &["back", &id, "whole"]) else { return };
    allow(&folder, 0o755);
    assert!(run.last().starts_with("failed Failed to go back, nothing was changed"), "{run:?}");
    assert_eq!((pc.content(), pc.last_kind()), (present, None));
    pc.assert_nothing_of_ours_in_the_base("no rights");
    assert!(pc.run(&["back", &id, "whole"], 0).succeeded);
    assert_eq!(pc.content(), before);
}
