//! What devices are offered before and after.

use std::fs;

use smarts_core::journal::What;

use super::setup::{NEW, OLD, Pc};

fn versions(versions: &[Option<&str>]) -> Vec<Option<String>> {
    versions.iter().map(|version| version.map(str::to_owned)).collect()
}

#[test]
fn a_device_below_the_staged_version_is_offered_it_with_its_text_and_package_and_others_are_not() {
    let pc = Pc::new();
    assert_eq!(pc.offered(), versions(&[None, None, None]));
    let run = pc.stage(NEW, "Сервер 3.4 & <маркировка>", "keep", 0);
    assert!(run.last().starts_with(&format!("done {NEW}")), "{run:?}");
    assert_eq!(pc.offered(), versions(&[Some(NEW), Some(NEW), None]));
    let (_, text, bytes) = pc.seen().swap_remove(1).unwrap();
    assert_eq!(text, "Сервер 3.4 & <маркировка>");
    assert_eq!(bytes, fs::read(pc.apk(NEW)).unwrap());
    // Just as it is documented: a folder for the version, with the package and its description.
    let files: Vec<String> = pc.files().into_keys().filter(|path| path.starts_with("Update/")).collect();
    let expected = [
        format!("Update/Android/{NEW}/app {NEW}.apk"),
        format!("Update/Android/{NEW}/update.xml"),
        "Update/Android/versions.xml".to_owned(),
    ];
    assert_eq!(files, expected);
    assert_eq!(pc.left_over(), 0);
    assert_eq!(pc.journal(), [What::AppStaged]);
}

#[test]
fn older_apps_stay_on_the_list_or_leave_it_and_come_back_with_what_was_staged_before() {
    let pc = Pc::with_old();
    let before = pc.files();
    assert!(pc.stage(NEW, "новое", "keep", 0).succeeded);
    assert_eq!(pc.staged().apps.len(), 2);
    assert!(pc.run(&["undo"], 0).succeeded);
    assert_eq!(pc.files(), before);

    let run = pc.stage(NEW, "новое", "remove", 0);
    assert!(run.last().contains(OLD), "{run:?}");
    assert_eq!(pc.staged().apps.len(), 1);
    let undone = pc.run(&["undo"], 0);
    assert_eq!(undone.last(), format!("done {OLD}"));
    assert_eq!(pc.files(), before);
    assert_eq!(pc.offered(), versions(&[Some(OLD), None, None]));
    assert_eq!(pc.left_over(), 0);
    let (staged, unstaged) = (What::AppStaged, What::AppUnstaged);
    assert_eq!(pc.journal(), [staged, staged, unstaged, staged, unstaged]);
}

#[test]
fn older_apps_that_share_a_folder_with_the_new_one_or_with_each_other_leave_the_list_and_harm_nothing() {
    let pc = Pc::new();
    pc.by_hand("3.1.0.1", "общая/a");
    pc.by_hand("3.2.0.1", "общая");
    pc.by_hand(OLD, &format!("{NEW}/старая"));
    let (before, seen) = (pc.files(), pc.seen());
    let run = pc.stage(NEW, "новое", "remove", 0);
    assert!(run.succeeded, "{run:?}");
    assert_eq!(pc.offered(), versions(&[Some(NEW), Some(NEW), None]));
    assert_eq!(pc.staged().apps.len(), 1);
    assert!(pc.run(&["undo"], 0).succeeded);
    assert_eq!((pc.files(), pc.seen()), (before, seen));
}

#[test]
fn a_folder_with_more_in_it_than_an_older_app_stays_and_so_does_a_higher_version_that_is_not_whole_yet() {
    let pc = Pc::new();
    pc.by_hand(OLD, "Архив");
    pc.write("Архив/прочее/заметки.txt", "моё");
    pc.by_hand("3.5.0.1", "3.5.0.1");
    std::fs::remove_file(pc.dir().join("3.5.0.1/app.apk")).unwrap();
    let run = pc.stage(NEW, "новое", "remove", 0);
    assert!(run.succeeded && run.last().contains(OLD) && !run.last().contains("3.5.0.1"), "{run:?}");
    let listed: Vec<String> = pc.staged().apps.iter().map(|app| app.version.to_string()).collect();
    assert_eq!(listed, ["3.5.0.1", NEW]);
    assert!(pc.dir().join("Архив/прочее/заметки.txt").exists() && pc.dir().join("Архив/app.apk").exists());
    assert!(pc.dir().join("3.5.0.1/update.xml").exists());
    assert!(pc.aside().is_empty());
}

#[test]
fn an_older_app_that_was_put_aside_is_in_copies_of_the_base() {
    let pc = Pc::with_old();
    assert!(pc.stage(NEW, "новое", "remove", 0).succeeded);
    let aside = format!("Update/Android/.removed-{OLD}/app {OLD}.apk");
    assert!(pc.files().contains_key(&aside), "{:?}", pc.files().keys());
}

#[test]
fn what_was_staged_first_is_taken_back_to_nothing_and_then_there_is_nothing_to_take_back() {
    let pc = Pc::new();
    let before = pc.files();
    assert!(pc.stage(NEW, "новое", "keep", 0).succeeded);
    assert!(pc.run(&["undo"], 0).succeeded);
    assert_eq!(pc.files(), before);
    let again = pc.run(&["undo"], 0);
    assert_eq!(again.last(), "failed Nothing to take back");
}

#[test]
fn the_same_app_again_changes_nothing() {
    let pc = Pc::with_old();
    let before = pc.content();
    let run = pc.stage(OLD, "другой текст", "keep", 0);
    assert!(run.last().ends_with("there true"), "{run:?}");
    assert_eq!(pc.content(), before);
    assert_eq!(pc.journal(), [What::AppStaged]);
}

#[test]
fn a_version_with_another_package_gets_the_new_one_beside_it_and_back() {
    let pc = Pc::with_old();
    let rebuilt = smarts_tests::apk::ApkBuilder::new(OLD).filled(10);
    let apk = pc.apk_of(&format!("app {OLD}.apk"), &rebuilt);
    let before = pc.files();
    assert!(pc.run(&["stage", apk.to_str().unwrap(), "ещё раз", "keep"], 0).succeeded);
    let (version, text, bytes) = pc.seen().swap_remove(0).unwrap();
    assert_eq!((version.as_str(), text.as_str()), (OLD, "ещё раз"));
    assert_eq!(bytes, rebuilt.build().unwrap());
    assert!(pc.run(&["undo"], 0).succeeded);
    assert_eq!(pc.files(), before);
}

#[test]
fn older_apps_that_went_are_gone_for_good_once_another_app_is_staged() {
    let pc = Pc::with_old();
    assert!(pc.stage(NEW, "новое", "remove", 0).succeeded);
    assert_eq!(pc.left_over(), 1);
    assert!(pc.stage("3.4.0.50000", "новейшее", "keep", 0).succeeded);
    assert_eq!(pc.left_over(), 0);
    assert!(pc.run(&["undo"], 0).succeeded);
    assert_eq!(pc.offered(), versions(&[Some(NEW), Some(NEW), None]));
    assert_eq!(pc.run(&["undo"], 0).last(), "failed Nothing to take back");
}
