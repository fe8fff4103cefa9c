//! What somebody does while a base is updated. Whatever becomes of the update: once things are as they should be again,
//! the base is old or new, and nothing is left.

use std::fs;
use std::path::PathBuf;

use smarts_tests::template::TemplateBuilder;

use super::setup::{Content, NAME, PRODUCT, Pc, TO};

/// From the first file that is laid ready to the end.
const POINTS: [&str; 9] =
    ["Recorded", "Staged(2)", "Synced", "Copied", "Begun", "Aside", "InPlace", "Turned", "Journal"];

/// What a base is after an update that nobody disturbs.
fn after() -> Content {
    let pc = Pc::new();
    assert!(pc.update(0).succeeded);
    pc.content()
}

#[test]
fn a_base_that_is_taken_away_in_the_middle_is_old_or_new_when_it_is_back() {
    let after = after();
    for point in POINTS {
        let pc = Pc::new();
        let before = pc.content();
        let away = pc.root().join("away");
        let run = pc.disturbed(point, &mut || fs::rename(pc.base_dir(), &away).unwrap());
        assert!(run.ended(), "{point}: {run:?}");
        assert!(!pc.base_dir().exists(), "{point}: half a base was made out of nothing: {run:?}");
        fs::rename(&away, pc.base_dir()).unwrap();
        let finished = pc.finish(0);
        assert!(finished.succeeded, "{point}: {finished:?}");
        assert!(pc.is_old_or_new(&before, &after), "{point}: {run:?} {finished:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_becomes_a_link_in_the_middle_is_not_followed() {
    let after = after();
    for point in POINTS {
        let pc = Pc::new();
        let before = pc.content();
        let (folder, away) = (pc.base_dir().join("Documentation"), pc.root().join("away"));
        let elsewhere = pc.root().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        fs::write(elsewhere.join("README.txt"), "somebody's").unwrap();
        let run = pc.disturbed(point, &mut || {
            fs::rename(&folder, &away).unwrap();
            std::os::unix::fs::symlink(&elsewhere, &folder).unwrap();
        });
        assert!(run.ended(), "{point}: {run:?}");
        assert_eq!(fs::read(elsewhere.join("README.txt")).unwrap(), b"somebody's", "{point}");
        assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 1, "{point}");
        fs::remove_file(&folder).unwrap();
        fs::rename(&away, &folder).unwrap();
        let finished = pc.finish(0);
        assert!(finished.succeeded, "{point}: {finished:?}");
        assert!(pc.is_old_or_new(&before, &after), "{point}: {run:?} {finished:?}");
    }
}

#[test]
fn while_a_base_is_updated_nobody_else_updates_one() {
    for point in ["Recorded", "InPlace", "Cleaned"] {
        let pc = Pc::new();
        let mut others = Vec::new();
        let run = pc.disturbed(point, &mut || others.extend([pc.update(0), pc.finish(0)]));
        assert_eq!(others.len(), 2, "{point}");
        for other in others {
            assert!(other.last().ends_with("Another update is running on this machine"), "{other:?}");
        }
        assert!(run.succeeded, "{point}: {run:?}");
        assert_eq!(pc.content(), after(), "{point}");
        pc.assert_nothing_left(point);
    }
}

#[test]
fn a_file_that_becomes_a_folder_or_goes_stops_the_update_and_comes_back() {
    for with_folder in [true, false] {
        let pc = Pc::new();
        let before = pc.content();
        let file = pc.base_dir().join("Documents/Cleverence.Warehouse.Environment.xml");
        let run = pc.disturbed("Begun", &mut || {
            fs::remove_file(&file).unwrap();
            if with_folder {
                fs::create_dir(&file).unwrap();
            }
        });
        assert!(run.last().starts_with("failed Failed to change Documents/Cleverence"), "{run:?}");
        assert!(run.last().contains("PutBack"), "{run:?}");
        assert_eq!(pc.content(), before);
        pc.assert_nothing_left("disturbed");
    }
}

/// Elsewhere nobody may write to a file that is examined.
#[cfg(unix)]
#[test]
fn a_template_that_becomes_damaged_while_files_are_laid_ready_changes_nothing() {
    // More than is read ahead, and laid ready last.
    let template = TemplateBuilder::of_product(PRODUCT, NAME, TO)
        .file("Documentation/README.txt", "new readme")
        .file("Documentation/b.txt", "b")
        .file("zz.bin", super::setup::noise(200_000))
        .on_update(&["AppDescription.xml"], &["Documentation", "zz.bin", "AppDescription.xml"]);
    for point in ["Recorded", "Staged(0)", "Staged(1)"] {
        let pc = Pc::with(&template);
        let before = pc.tree();
        let run = pc.disturbed(point, &mut || {
            let mut bytes = fs::read(pc.template()).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0xff;
            fs::write(pc.template(), bytes).unwrap();
        });
        assert!(run.last().starts_with("failed "), "{point}: {run:?}");
        assert!(run.last().ends_with("NothingChanged"), "{point}: {run:?}");
        assert_eq!(pc.tree(), before, "{point}");
        pc.assert_nothing_left(point);
    }
}

#[test]
fn what_comes_into_a_folder_that_is_to_go_keeps_it_where_it_is() {
    let pc = Pc::new();
    let theirs = pc.base_dir().join("Кэш/deep/theirs.xml");
    let run = pc.disturbed("Begun", &mut || fs::write(&theirs, "theirs").unwrap());
    assert!(run.last().starts_with("failed Failed to change Кэш"), "{run:?}");
    assert_eq!(fs::read(&theirs).unwrap(), b"theirs");
    fs::remove_file(&theirs).unwrap();
    assert_eq!(pc.content(), Pc::new().content());
    pc.assert_nothing_left("disturbed");
}

#[test]
fn paths_of_three_hundred_characters_come_and_go() {
    let deep = |name: &str| ["a".repeat(100), "b".repeat(100), "c".repeat(100), name.to_owned()].join("/");
    let long = TemplateBuilder::of_product(PRODUCT, NAME, TO)
        .file(&deep("new.txt"), "new")
        .file(&deep("old.txt"), "new")
        .on_update(&[], &["AppDescription.xml", &"a".repeat(100)]);
    let pc = Pc::with(&long);
    let old: PathBuf = pc.base_dir().join(deep("old.txt"));
    fs::create_dir_all(old.parent().unwrap()).unwrap();
    fs::write(&old, "old").unwrap();
    let before = pc.tree();
    for stop in [4, 8, 12, 13] {
        assert!(!pc.update(stop).ended());
        assert!(pc.finish(0).succeeded);
        pc.assert_nothing_left("killed");
        assert_eq!(pc.tree(), before, "{stop}");
    }
    let run = pc.update(0);
    assert!(run.succeeded, "{run:?}");
    assert_eq!(fs::read(&old).unwrap(), b"new");
    assert_eq!(fs::read(old.with_file_name("new.txt")).unwrap(), b"new");
    pc.assert_nothing_left("long paths");
}
