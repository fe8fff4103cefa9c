//! What is refused, and what was broken by hand: what devices are offered stays what it was, and nothing is lost.

use std::fs;

use smarts_tests::apk::ApkBuilder;

use super::setup::{NEW, OLD, Pc};

/// Staging is refused for this reason, and nothing at all is changed.
fn refused(pc: &Pc, apk: &std::path::Path, why: &str) {
    let before = pc.content();
    let run = pc.run(&["stage", apk.to_str().unwrap(), "текст", "remove"], 0);
    assert!(!run.succeeded && run.last().contains(why), "{why}: {run:?}");
    assert_eq!(pc.content(), before, "{why}");
}

#[test]
fn what_is_no_app_or_another_one_or_a_lower_version_is_refused() {
    let pc = Pc::with_old();
    let nonsense = pc.root.path().join("nonsense.apk");
    fs::write(&nonsense, "MZ").unwrap();
    refused(&pc, &nonsense, "Not an Android package");
    let cut_off = pc.apk(NEW);
    let bytes = fs::read(&cut_off).unwrap();
    fs::write(&cut_off, &bytes[..bytes.len() / 2]).unwrap();
    refused(&pc, &cut_off, "Not an Android package");
    let other = pc.apk_of("game.apk", &ApkBuilder::new(NEW).package("com.example.game"));
    refused(&pc, &other, "Package is of com.example.game");
    refused(&pc, &pc.apk("3.2.0.1"), "Version 3.3.0.28766 is staged, which is above 3.2.0.1");
}

#[test]
fn a_list_that_somebody_has_broken_is_kept_beside_the_new_one_and_comes_back() {
    let pc = Pc::with_old();
    let broken = "<update><versions><version name='3.3.0.28766'</versions>";
    pc.write("versions.xml", broken);
    assert_eq!(pc.offered(), [None, None, None]);
    assert!(pc.stage(NEW, "новое", "keep", 0).succeeded);
    assert_eq!(pc.offered(), [Some(NEW.to_owned()), Some(NEW.to_owned()), None]);
    let kept: Vec<_> = pc.files().into_iter().filter(|(path, _)| path.ends_with(".broken")).collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].1, broken.as_bytes());
    assert!(pc.run(&["undo"], 0).succeeded);
    assert_eq!(fs::read_to_string(pc.dir().join("versions.xml")).unwrap(), broken);
}

#[test]
fn a_list_that_is_far_too_large_is_moved_beside_the_new_one() {
    let pc = Pc::new();
    let large = vec![b' '; 64 << 20];
    pc.write("versions.xml", &large);
    assert!(pc.stage(NEW, "новое", "keep", 0).succeeded);
    assert_eq!(pc.offered()[0].as_deref(), Some(NEW));
    let kept: Vec<_> = pc.files().into_iter().filter(|(path, _)| path.ends_with(".broken")).collect();
    assert!(kept.len() == 1 && kept[0].1 == large);
    assert!(pc.run(&["undo"], 0).succeeded);
    assert_eq!(pc.offered(), [None, None, None]);
}

#[test]
fn a_list_that_was_changed_since_is_not_taken_back_over_somebodys_head() {
    let pc = Pc::with_old();
    assert!(pc.stage(NEW, "новое", "remove", 0).succeeded);
    let list = fs::read_to_string(pc.dir().join("versions.xml")).unwrap();
    pc.write("versions.xml", list.replace("<versions>", "<versions><!-- by hand -->"));
    let before = pc.content();
    let run = pc.run(&["undo"], 0);
    assert!(run.last().contains("Changed since by somebody else"), "{run:?}");
    assert_eq!(pc.content(), before);
}

#[test]
fn a_hand_made_list_in_other_letters_and_with_folders_of_its_own_is_added_to() {
    let pc = Pc::new();
    let dir = pc.base_dir().join("update/ANDROID");
    fs::create_dir_all(dir.join("Старая версия")).unwrap();
    let list = format!(
        "\u{FEFF}<Update><Versions><Version Name='{OLD}' Path='Старая версия' note='склад'/></Versions></Update>"
    );
    fs::write(dir.join("Versions.XML"), list).unwrap();
    let described = "<update><file>клиент ТСД.apk</file><description>руками</description></update>";
    fs::write(dir.join("Старая версия/Update.xml"), described).unwrap();
    fs::write(dir.join("Старая версия/клиент ТСД.apk"), ApkBuilder::new(OLD).build().unwrap()).unwrap();
    let before = pc.files();
    assert!(pc.stage(NEW, "новое", "keep", 0).succeeded);
    let staged = pc.staged();
    let folders: Vec<&str> = staged.apps.iter().map(|app| app.folder.as_str()).collect();
    assert_eq!(folders, [NEW, "Старая версия"]);
    assert!(staged.apps.iter().all(|app| app.content.is_ok()), "{staged:?}");
    assert!(fs::read_to_string(dir.join("Versions.XML")).unwrap().contains("note='склад'"));
    assert!(pc.run(&["undo"], 0).succeeded);
    assert_eq!(pc.files(), before);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_folder_is_not_followed() {
    let pc = Pc::new();
    let elsewhere = tempfile::tempdir().unwrap();
    fs::create_dir(pc.base_dir().join("Update")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), pc.dir()).unwrap();
    let run = pc.stage(NEW, "новое", "keep", 0);
    assert!(run.last().contains("Not a folder"), "{run:?}");
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn a_file_in_the_place_of_the_versions_folder_is_left_alone() {
    let pc = Pc::with_old();
    pc.write(NEW, "мой файл");
    let before = pc.files();
    let run = pc.stage(NEW, "новое", "remove", 0);
    assert!(!run.succeeded, "{run:?}");
    assert_eq!(pc.files(), before);
    assert_eq!((pc.left_over(), pc.offered()[0].as_deref()), (0, Some(OLD)));
}
