//! Sets of changes that are made all at once.

use super::*;
use crate::switch::{Change, New};
use crate::tree::RelPath;

fn path(text: &str) -> RelPath {
    RelPath::try_from(text.to_owned()).unwrap()
}

fn change(text: &str, to: New) -> Change {
    Change { path: path(text), to }
}

/// A file with these bytes, long ago and read-only.
fn file(pc: &Pc, bytes: &str) -> New {
    let from = pc.root.path().join(format!("new {}", Digest::of(bytes.as_bytes())));
    fs::write(&from, bytes).unwrap();
    fs::File::open(&from).unwrap().set_modified(long_ago()).unwrap();
    let mut permissions = fs::metadata(&from).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&from, permissions).unwrap();
    New::File { from, size: bytes.len() as u64, sha256: Some(Digest::of(bytes.as_bytes())) }
}

fn long_ago() -> std::time::SystemTime {
    std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_hours(400_000)
}

/// What was told of the beginning and of the end.
#[derive(Debug, Default, PartialEq)]
struct Told {
    begun: usize,
    ended: Vec<bool>,
}

fn changed(
    pc: &Pc,
    to: Option<&str>,
    changes: &[Change],
    progress: &mut dyn FnMut(Step),
) -> (Result<(), Box<Failed>>, Told) {
    let mut told = Told::default();
    let base = pc.bases().remove(0);
    let dir = pc.base_dir("a").canonicalize().unwrap();
    let task = Task { base: &base, base_dir: &dir, to: to.map(version), present: None, finisher: None };
    let begun = &mut || {
        told.begun += 1;
        Ok(())
    };
    let ended = &mut |failed: Option<&Failed>| {
        told.ended.push(failed.is_none());
        Ok(())
    };
    let cancel = CancellationToken::new();
    let done = at_once(&pc.finishing(), &task, changes, Telling { begun, ended }, progress, &cancel);
    (done, told)
}

#[test]
fn a_set_of_changes_is_made_with_times_and_marks_and_nothing_is_left_over() {
    let pc = pc(&["a"]);
    let changes = [
        change("documents/приход 1.xml", file(&pc, "edited")),
        change("New/deep/file", file(&pc, "new")),
        change("Empty", New::Folder),
        change("Кэш", New::Nothing),
        change("Кэш/deep", New::Nothing),
        change("Кэш/deep/x", New::Nothing),
        change("Licenses", New::Nothing),
        change("not/there", New::Nothing),
    ];
    let (done, told) = changed(&pc, None, &changes, &mut |_| ());
    done.unwrap();
    assert_eq!(told, Told { begun: 1, ended: vec![true] });
    assert_eq!(pc.text("a", "Documents/Приход 1.xml"), "edited");
    let dir = pc.base_dir("a");
    let facts = fs::metadata(dir.join("New/deep/file")).unwrap();
    assert!(facts.permissions().readonly());
    assert_eq!(facts.modified().unwrap(), long_ago());
    assert!(dir.join("Empty").is_dir() && !dir.join("Кэш").exists());
    assert_eq!(pc.text("a", "Licenses/lic1.xml"), "licence", "a folder in which something stays does not go");
    pc.assert_nothing_left_beside(&["a"]);
}

#[test]
fn a_set_that_fails_half_way_or_leads_to_another_version_changes_nothing() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    let changes = [change("Documents/1.old", New::Nothing), change("settings.xml", file(&pc, "<x/>"))];
    let (done, told) = changed(&pc, Some("9.9"), &changes, &mut |_| ());
    let failed = done.unwrap_err();
    assert!(matches!(failed.error, Error::VersionUnchanged { .. }), "{failed:?}");
    assert!(matches!(failed.state, BaseState::PutBack { .. }), "{failed:?}");
    assert_eq!(told, Told { begun: 1, ended: vec![false] });
    assert_eq!(pc.content("a"), before);

    let settings = pc.base_dir("a").join("settings.xml");
    let kept = fs::read(&settings).unwrap();
    let (done, _) = changed(&pc, None, &changes, &mut |step| {
        if matches!(step, Step::Changing { done: 1, .. }) {
            fs::remove_file(&settings).unwrap();
        }
    });
    let failed = done.unwrap_err();
    assert!(matches!(failed.error, Error::Change { .. }), "{failed:?}");
    // There is no copy of what somebody else has taken away.
    assert!(matches!(failed.state, BaseState::NotPutBack { .. }), "{failed:?}");
    fs::write(&settings, kept).unwrap();
    finish(&pc.finishing(), &mut |_| ()).unwrap();
    assert_eq!(pc.content("a"), before);
    pc.assert_nothing_left_beside(&["a"]);
}

#[test]
fn what_cannot_be_done_at_all_or_was_changed_meanwhile_is_not_begun() {
    let pc = pc(&["a"]);
    let before = pc.content("a");
    let mut other = file(&pc, "right");
    if let New::File { sha256, .. } = &mut other {
        *sha256 = Some(Digest::of(b"wrong"));
    }
    let missing = New::File { from: pc.root.path().join("missing"), size: 1, sha256: None };
    let sets = [
        [change("Documents/1.old", New::Nothing), change("x", other)],
        [change("Documents/1.old", New::Nothing), change("y", missing)],
        [change("Documents/1.old", New::Nothing), change("Documents", file(&pc, "in the way"))],
    ];
    for changes in &sets {
        let (done, told) = changed(&pc, None, changes, &mut |_| ());
        assert!(matches!(done.unwrap_err().state, BaseState::NothingChanged));
        assert_eq!(told, Told::default());
        assert_eq!(pc.content("a"), before);
        pc.assert_nothing_left_beside(&["a"]);
    }
}
