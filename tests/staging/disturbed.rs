//! Held at a point while somebody else is at it.

use super::setup::{NEW, OLD, Pc};

#[test]
fn of_two_who_stage_at_once_the_second_is_told_and_changes_nothing() {
    let pc = Pc::with_old();
    let (new, newest) = (pc.apk(NEW), pc.apk("3.4.0.50000"));
    let mut second = None;
    let first = pc.disturbed(&["stage", new.to_str().unwrap(), "первое", "keep"], 2, &mut || {
        second = Some(pc.run(&["stage", newest.to_str().unwrap(), "второе", "keep"], 0));
    });
    assert!(first.succeeded, "{first:?}");
    let second = second.unwrap();
    assert!(!second.succeeded && second.last().contains("Another update is running"), "{second:?}");
    assert_eq!(pc.offered()[0].as_deref(), Some(NEW));
    assert_eq!(pc.staged().apps.len(), 2);
}

#[test]
fn a_package_that_is_exchanged_while_it_is_copied_is_not_staged() {
    let pc = Pc::with_old();
    let before = pc.files();
    let apk = pc.apk(NEW);
    let run = pc.disturbed(&["stage", apk.to_str().unwrap(), "новое", "remove"], 1, &mut || {
        // The very same file, with other bytes.
        let other = smarts_tests::apk::ApkBuilder::new("3.4.0.46991").filled(900_000).build().unwrap();
        let is_written = std::fs::write(&apk, other).is_ok();
        assert_eq!(is_written, !cfg!(windows), "Windows lets nobody write to what is held");
    });
    if cfg!(windows) {
        assert!(run.succeeded, "{run:?}");
        return;
    }
    assert!(run.last().contains("changed since it was examined"), "{run:?}");
    assert_eq!(pc.files(), before);
    assert_eq!(pc.offered()[0].as_deref(), Some(OLD));
    assert_eq!(pc.left_over(), 0);
}
