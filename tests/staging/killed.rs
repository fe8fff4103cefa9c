//! Killed at each point: devices are offered what they were before, or the new app whole; and the next run leaves nothing
//! of it.

use std::fs;

use smarts_core::journal::What;

use super::setup::{NEW, OLD, Pc};

/// More points than there are in any run.
const MOST_POINTS: usize = 40;

/// Kills a run at every point, on PCs made anew; `after` is told how far it came.
fn at_every_point(make: &dyn Fn() -> Pc, words: &dyn Fn(&Pc) -> Vec<String>, least: usize) {
    let whole = make();
    let before = whole.seen();
    let run = whole.run(&words(&whole).iter().map(String::as_str).collect::<Vec<_>>(), 0);
    assert!(run.succeeded, "{run:?}");
    let (after, files) = (whole.seen(), whole.files());
    assert_ne!(before, after);
    let points = run.told.len() - 1;
    assert!((least..MOST_POINTS).contains(&points), "{run:?}");
    for stop in 1..=points {
        let pc = make();
        let words = words(&pc);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let killed = pc.run(&words, stop);
        assert!(!killed.succeeded);
        let when = format!("killed at {}", killed.last());
        let seen = pc.seen();
        assert!(seen == before || seen == after, "{when}: {:?}", pc.offered());
        let again = pc.run(&words, 0);
        let is_undone = killed.last() == "Done" && again.last().contains("Nothing to take back");
        assert!(again.succeeded || is_undone, "{when}: {again:?}");
        assert_eq!(pc.seen(), after, "{when}");
        // Names of packages may differ: that of a run which was cut off may still have been there.
        let names = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
            files.keys().map(|path| path.replace("-2.apk", ".apk")).collect::<Vec<_>>()
        };
        assert_eq!(names(&pc.files()), names(&files), "{when}");
        assert_eq!(pc.left_over(), whole.left_over(), "{when}");
        let ends =
            pc.journal().iter().filter(|what| matches!(what, What::AppStaged | What::AppUnstaged)).count();
        assert_eq!(ends, whole.journal().len(), "{when}: {:?}", pc.journal());
    }
}

fn stage(older: &'static str) -> impl Fn(&Pc) -> Vec<String> {
    move |pc| {
        let apk = pc.apk(NEW).to_str().unwrap().to_owned();
        vec!["stage".to_owned(), apk, "новое".to_owned(), older.to_owned()]
    }
}

#[test]
fn where_nothing_was_staged_a_device_is_offered_nothing_or_the_whole_app() {
    at_every_point(&Pc::new, &stage("keep"), 6);
}

#[test]
fn beside_an_older_app_a_device_is_offered_that_or_the_new_one() {
    at_every_point(&Pc::with_old, &stage("keep"), 6);
}

#[test]
fn where_older_apps_go_a_device_is_offered_the_old_or_the_new_one() {
    at_every_point(&Pc::with_old, &stage("remove"), 7);
}

#[test]
fn a_version_that_was_staged_with_another_package_is_replaced_all_at_once() {
    let make = || {
        let pc = Pc::with_old();
        // Of the same version, by another hand, and the list just as it is going to be.
        let other = smarts_tests::apk::ApkBuilder::new(NEW).build().unwrap();
        pc.write(&format!("{NEW}/app {NEW}.apk"), other);
        let text = format!(
            "<update><version>{NEW}</version><file>app {NEW}.apk</file><description>чужое</description></update>"
        );
        pc.write(&format!("{NEW}/update.xml"), text);
        let list = fs::read_to_string(pc.dir().join("versions.xml")).unwrap();
        let entry = format!("    <version name=\"{NEW}\" />\r\n  </versions>");
        pc.write("versions.xml", list.replace("  </versions>", &entry));
        pc
    };
    at_every_point(&make, &stage("keep"), 6);
}

#[test]
fn where_nobody_can_read_the_list_a_device_is_offered_nothing_or_the_whole_app() {
    for list in [b"<update><versions>".to_vec(), vec![b' '; 5 << 20]] {
        let make = || {
            let pc = Pc::new();
            pc.write("versions.xml", &list);
            pc
        };
        at_every_point(&make, &stage("keep"), 6);
        let pc = make();
        let before = pc.files();
        let points = make().stage(NEW, "новое", "keep", 0).told.len() - 1;
        for stop in 1..=points {
            let killed = pc.stage(NEW, "новое", "keep", stop);
            assert!(pc.run(&["undo"], 0).succeeded, "killed at {}", killed.last());
            assert_eq!((pc.files(), pc.left_over()), (before.clone(), 0), "killed at {}", killed.last());
        }
    }
}

#[test]
fn a_version_in_a_folder_with_a_name_of_its_own_is_replaced_there_all_at_once() {
    let make = || {
        let pc = Pc::with_old();
        pc.by_hand(NEW, "склад/Новая версия");
        pc
    };
    at_every_point(&make, &stage("keep"), 6);
    at_every_point(&make, &stage("remove"), 7);
}

#[test]
fn staging_that_was_killed_anywhere_can_be_taken_back() {
    let whole = Pc::with_old();
    let (before, files) = (whole.seen(), whole.files());
    let points = whole.stage(NEW, "новое", "remove", 0).told.len() - 1;
    for stop in 1..=points {
        let pc = Pc::with_old();
        let killed = pc.stage(NEW, "новое", "remove", stop);
        let undone = pc.run(&["undo"], 0);
        assert_eq!(undone.last(), format!("done {OLD}"), "killed at {}", killed.last());
        assert_eq!((pc.seen(), pc.files()), (before.clone(), files.clone()), "killed at {}", killed.last());
        assert_eq!(pc.left_over(), 0);
    }
}

#[test]
fn what_was_staged_is_taken_back_all_at_once() {
    let make = || {
        let pc = Pc::with_old();
        assert!(pc.stage(NEW, "новое", "remove", 0).succeeded);
        pc
    };
    at_every_point(&make, &|_| vec!["undo".to_owned()], 5);
}

#[test]
fn staging_that_is_killed_again_and_again_gets_there_and_leaves_nothing() {
    let pc = Pc::with_old();
    let mut stop = 1;
    while !pc.stage(NEW, "новое", "remove", stop).succeeded {
        stop += 1;
        assert!(stop < MOST_POINTS);
    }
    assert_eq!(pc.offered(), [Some(NEW.to_owned()), Some(NEW.to_owned()), None]);
    // The older one, which can come back.
    assert_eq!(pc.left_over(), 1);
    assert!(pc.run(&["undo"], 0).succeeded);
    assert_eq!(pc.offered(), [Some(OLD.to_owned()), None, None]);
    assert_eq!(pc.left_over(), 0);
}
