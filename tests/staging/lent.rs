//! In a world of its own, where a disk is small or the person is not root.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use smarts_core::devices::staged;
use smarts_tests::lent;

use super::setup::{NEW, OLD, Pc, Run};

#[test]
fn a_disk_that_fills_up_in_the_middle_leaves_what_was_staged() {
    let pc = Pc::with_old();
    let apk = pc.apk_of("large.apk", &smarts_tests::apk::ApkBuilder::new(NEW).filled(3 << 20));
    let kept = pc.root.path().join("kept");
    let ours = pc.command(&["stage", apk.to_str().unwrap(), "новое", "remove"], "0");
    let Some(mut command) = lent::on_small_disk(&ours, &pc.base_dir(), &kept, "3m", "") else { return };
    let run = Run::of(command.output().unwrap());
    assert!(run.last().contains("No space left"), "{run:?}");
    let staged = staged::read(&kept);
    let offered = staged.offered_to(&"1.0".parse().unwrap()).map(|app| app.version.to_string());
    assert_eq!((offered.as_deref(), staged.apps.len(), staged.unlisted), (Some(OLD), 1, Vec::new()));
    let left = fs::read_dir(kept.join("Update/Android")).unwrap().count();
    assert_eq!(left, 2, "the list and the folder of the old one");
    assert!(pc.stage(NEW, "новое", "remove", 0).succeeded, "once there is room");
}

#[test]
fn without_rights_in_the_bases_folder_nothing_is_changed() {
    let pc = Pc::with_old();
    let before = pc.content();
    let apk = pc.apk(NEW);
    let allow = |mode| fs::set_permissions(pc.dir(), fs::Permissions::from_mode(mode)).unwrap();
    allow(0o555);
    let Some(mut command) = lent::unshare(&["--user"]) else { return allow(0o755) };
    let ours = pc.command(&["stage", apk.to_str().unwrap(), "новое", "keep"], "0");
    command.arg(ours.get_program()).args(ours.get_args());
    let run = Run::of(command.output().unwrap());
    allow(0o755);
    assert!(run.last().contains("Permission denied"), "{run:?}");
    assert_eq!(pc.content(), before);
}
