use std::fs;
use std::time::{Duration, SystemTime};

use tokio_util::sync::CancellationToken;

use jiff::Zoned;

use super::*;
use crate::fixtures;
use crate::machine::Base;
use crate::os::{self, Identity};
use crate::tree::{self, RelPath};
use crate::version::Version;

fn base(id: &str) -> Base {
    Base { folder: r"D:\Базы\Склад".into(), ..fixtures::base(id, "9B3E6ADA", "1.6.2.6493") }
}

pub(super) fn taken() -> Taken {
    let at: Zoned = "2026-11-22T12:40:05+03:00[Europe/Moscow]".parse().unwrap();
    let by = Identity { user: "admin".into(), computer: "KASSA-1".into() };
    Taken { at, by, why: Why::default(), without: Without::default() }
}

pub(super) struct Places {
    _root: tempfile::TempDir,
    pub(super) base_dir: PathBuf,
    pub(super) backups_dir: PathBuf,
}

pub(super) fn places() -> Places {
    let root = tempfile::tempdir().unwrap();
    let base_dir = root.path().join("base");
    for (path, text) in [
        ("AppDescription.xml", "<a/>"),
        ("Документы/Приход/0001.xml", "документ"),
        ("Documents/big.bin", &"x".repeat(300_000)),
        ("empty.txt", ""),
    ] {
        let path = base_dir.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::create_dir_all(base_dir.join("Connections/ТСД 1")).unwrap();
    Places { backups_dir: root.path().join("ProgramData").join("Backup"), base_dir, _root: root }
}

impl Places {
    pub(super) fn place(&self) -> Place<'_> {
        Place { os: &os::Linux, dir: &self.backups_dir }
    }

    fn create(
        &self,
        progress: &mut dyn FnMut(Progress),
        cancel: &CancellationToken,
    ) -> Result<Backup, Error> {
        create(self.place(), &base("13bee4fb"), &self.base_dir, &taken(), progress, cancel)
    }

    pub(super) fn backup(&self) -> Backup {
        self.create(&mut |_| {}, &CancellationToken::new()).unwrap()
    }

    fn left_over(&self) -> usize {
        fs::read_dir(&self.backups_dir).unwrap().count()
    }
}

/// Names, kinds and bytes of everything below a folder.
fn content(dir: &Path) -> Vec<(String, Option<Vec<u8>>)> {
    let nodes = tree::list(dir).unwrap();
    nodes.iter().map(|node| (node.path.to_string(), fs::read(node.path.below(dir)).ok())).collect()
}

#[test]
fn a_copy_is_the_whole_base_with_its_times_and_a_manifest_beside_it() {
    let places = places();
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_500_000_001);
    fs::File::options()
        .write(true)
        .open(places.base_dir.join("empty.txt"))
        .unwrap()
        .set_modified(old)
        .unwrap();
    let backup = places.backup();
    assert_eq!(backup.dir.file_name().unwrap(), "2026.11.22 12.40.05 13bee4fb");
    assert_eq!(content(&backup.dir), content(&places.base_dir));
    assert_eq!(fs::metadata(backup.dir.join("empty.txt")).unwrap().modified().unwrap(), old);
    let written = fs::read(Backup::manifest_path(&backup.dir)).unwrap();
    assert_eq!(serde_json::from_slice::<Manifest>(&written).unwrap(), backup.manifest);
    assert_eq!(backup.manifest.version, Some(Version::new(1, 6, 2, 6493)));
    assert_eq!((backup.manifest.files.len(), backup.manifest.folders.len()), (4, 5));
    assert_eq!(places.left_over(), 2);
}

#[test]
fn progress_reaches_the_size_of_the_base_in_both_stages() {
    let places = places();
    let mut seen = Vec::new();
    places.create(&mut |progress| seen.push(progress), &CancellationToken::new()).unwrap();
    let total_bytes = 4 + 16 + 300_000;
    for stage in [Stage::Copying, Stage::Checking] {
        let of_stage: Vec<_> = seen.iter().filter(|progress| progress.stage == stage).collect();
        assert_eq!(of_stage.first().unwrap().done_bytes, 0);
        assert_eq!(of_stage.last().unwrap().done_bytes, total_bytes);
        assert!(of_stage.iter().all(|progress| progress.total_bytes == total_bytes));
        assert!(of_stage.is_sorted_by_key(|progress| progress.done_bytes));
    }
}

#[test]
fn a_cancelled_copy_leaves_nothing_behind() {
    for stage in [Stage::Copying, Stage::Checking] {
        let places = places();
        let cancel = CancellationToken::new();
        let error = places
            .create(
                &mut |progress| {
                    if progress.stage == stage {
                        cancel.cancel();
                    }
                },
                &cancel,
            )
            .unwrap_err();
        assert!(matches!(error, Error::Cancelled), "{error:?}");
        assert_eq!(places.left_over(), 0);
    }
}

#[test]
fn two_copies_within_a_second_do_not_meet() {
    let places = places();
    let (first, second) = (places.backup(), places.backup());
    assert_eq!(second.dir.file_name().unwrap(), "2026.11.22 12.40.05 13bee4fb (2)");
    assert_eq!(content(&first.dir), content(&second.dir));
}

#[test]
fn an_id_that_is_no_file_name_makes_one_all_the_same() {
    let places = places();
    for (id, expected) in
        [(r"..\..\evil:x", r".._.._evil_x"), ("", "_"), ("a. ", "a"), (&"я".repeat(300), &"я".repeat(64))]
    {
        let cancel = CancellationToken::new();
        let backup =
            create(places.place(), &base(id), &places.base_dir, &taken(), &mut |_| {}, &cancel).unwrap();
        let name = backup.dir.file_name().unwrap().to_str().unwrap().to_owned();
        assert_eq!(name, format!("2026.11.22 12.40.05 {expected}"));
        assert_eq!(backup.dir.parent().unwrap(), places.backups_dir);
    }
}

#[test]
fn a_base_that_changes_while_it_is_copied_or_its_copy_checked_is_not_copied() {
    let disturbances: [fn(&Path); 3] = [
        |dir| fs::write(dir.join("empty.txt"), "not any more").unwrap(),
        |dir| fs::write(dir.join("new.txt"), "").unwrap(),
        |dir| fs::remove_dir(dir.join("Connections/ТСД 1")).unwrap(),
    ];
    let stages = [Stage::Copying, Stage::Checking];
    for (disturb, stage) in disturbances.iter().flat_map(|disturb| stages.map(|stage| (disturb, stage))) {
        let places = places();
        let mut changed = false;
        let result = places.create(
            &mut |progress| {
                let at_end = progress.done_bytes == progress.total_bytes;
                if progress.stage == stage && at_end && !changed {
                    changed = true;
                    disturb(&places.base_dir);
                }
            },
            &CancellationToken::new(),
        );
        assert!(matches!(result, Err(Error::Changing { .. })), "{result:?}");
        assert_eq!(places.left_over(), 0);
    }
}

#[test]
fn a_copy_that_is_not_what_was_written_is_no_copy() {
    let places = places();
    let mut damaged = false;
    let result = places.create(
        &mut |progress| {
            if progress.stage == Stage::Checking && !damaged {
                damaged = true;
                let partial = fs::read_dir(&places.backups_dir).unwrap().next().unwrap().unwrap().path();
                fs::write(partial.join("AppDescription.xml"), "<b/>").unwrap();
            }
        },
        &CancellationToken::new(),
    );
    assert!(
        matches!(&result, Err(Error::Differs { path }) if path.as_str() == "AppDescription.xml"),
        "{result:?}"
    );
    assert_eq!(places.left_over(), 0);
}

#[cfg(unix)]
#[test]
fn a_base_with_a_link_in_it_is_refused_by_name() {
    let places = places();
    std::os::unix::fs::symlink("/etc", places.base_dir.join("Documents/elsewhere")).unwrap();
    let result = places.create(&mut |_| {}, &CancellationToken::new());
    assert!(
        matches!(&result, Err(Error::Link { path }) if path.as_str() == "Documents/elsewhere"),
        "{result:?}"
    );
}

#[test]
fn copies_do_not_go_into_the_base_itself() {
    let places = places();
    let cancel = CancellationToken::new();
    let inside = places.base_dir.join("Backup");
    let result = create(
        Place { dir: &inside, ..places.place() },
        &base("a"),
        &places.base_dir,
        &taken(),
        &mut |_| {},
        &cancel,
    );
    assert!(matches!(result, Err(Error::Nested { .. })), "{result:?}");
}

#[test]
fn a_base_without_a_folder_is_an_error() {
    let places = places();
    fs::remove_dir_all(&places.base_dir).unwrap();
    assert!(matches!(places.create(&mut |_| {}, &CancellationToken::new()), Err(Error::List(_))));
}

fn paths<const N: usize>(texts: [&str; N]) -> std::collections::BTreeSet<RelPath> {
    texts.into_iter().map(|text| RelPath::try_from(text.to_owned()).unwrap()).collect()
}

#[test]
fn what_an_update_named_is_put_back_and_nothing_else() {
    let places = places();
    let before = content(&places.base_dir);
    let backup = places.backup();
    let in_base = |path: &str| places.base_dir.join(path);
    let changes = Changes {
        removed: paths(["Документы", "Документы/Приход", "Документы/Приход/0001.xml", "Documents/gone.tmp"]),
        made: paths(["AppDescription.xml", "New", "New/Deep", "New/Deep/x", "empty.txt", "Документы"]),
    };
    fs::write(in_base("AppDescription.xml"), "<b/>").unwrap();
    fs::create_dir_all(in_base("New/Deep")).unwrap();
    fs::write(in_base("New/Deep/x"), "x").unwrap();
    fs::remove_dir_all(in_base("Документы")).unwrap();
    fs::write(in_base("Документы"), "a file in place of a folder").unwrap();
    fs::remove_file(in_base("empty.txt")).unwrap();
    fs::create_dir_all(in_base("empty.txt/an empty folder in place of a file")).unwrap();
    put_back(&backup, &places.base_dir, &changes).unwrap();
    assert_eq!(content(&places.base_dir), before);

    fs::write(in_base("Documents/big.bin"), "theirs").unwrap();
    fs::create_dir_all(in_base("New/Deep")).unwrap();
    fs::write(in_base("New/theirs"), "").unwrap();
    fs::remove_dir_all(in_base("Connections")).unwrap();
    let theirs = content(&places.base_dir);
    put_back(&backup, &places.base_dir, &changes).unwrap();
    let expected: Vec<_> = theirs.into_iter().filter(|(path, _)| path != "New/Deep").collect();
    assert_eq!(content(&places.base_dir), expected);
}

#[test]
fn somebodys_file_where_one_has_to_be_put_back_is_not_removed_for_it() {
    let places = places();
    let backup = places.backup();
    let changes = Changes { removed: paths([]), made: paths(["AppDescription.xml", "empty.txt"]) };
    fs::write(places.base_dir.join("AppDescription.xml"), "<b/>").unwrap();
    fs::remove_file(places.base_dir.join("empty.txt")).unwrap();
    fs::create_dir(places.base_dir.join("empty.txt")).unwrap();
    fs::write(places.base_dir.join("empty.txt/theirs"), "precious").unwrap();
    let Err(Error::NotRestored { faults }) = put_back(&backup, &places.base_dir, &changes) else { panic!() };
    assert!(faults.iter().all(|fault| fault.path == places.base_dir.join("empty.txt")), "{faults:?}");
    assert_eq!(fs::read(places.base_dir.join("AppDescription.xml")).unwrap(), b"<a/>");
    assert_eq!(fs::read(places.base_dir.join("empty.txt/theirs")).unwrap(), b"precious");
}

#[cfg(unix)]
#[test]
fn nothing_is_put_back_through_a_link() {
    let places = places();
    let backup = places.backup();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("big.bin"), "somebody else's").unwrap();
    fs::remove_dir_all(places.base_dir.join("Documents")).unwrap();
    std::os::unix::fs::symlink(outside.path(), places.base_dir.join("Documents")).unwrap();
    let changes = Changes { removed: paths([]), made: paths(["Documents/big.bin", "Documents/new.bin"]) };
    let result = put_back(&backup, &places.base_dir, &changes);
    assert!(matches!(result, Err(Error::NotRestored { .. })), "{result:?}");
    assert_eq!(fs::read(outside.path().join("big.bin")).unwrap(), b"somebody else's");
}

#[test]
fn a_copy_is_opened_again_with_what_was_changed_after_it() {
    let places = places();
    let backup = places.backup();
    assert!(!backup.has_changes());
    let changes = Changes { removed: paths(["a"]), made: paths(["Документы/b"]) };
    backup.keep_changes(&os::Linux, &changes).unwrap();
    let opened = Backup::open(&backup.dir).unwrap();
    assert_eq!(opened, backup);
    assert!(opened.has_changes());
    assert_eq!(opened.changes().unwrap(), changes);
    fs::write(Backup::manifest_path(&backup.dir), "{").unwrap();
    assert!(matches!(Backup::open(&backup.dir), Err(Error::Open { .. })));
    assert!(matches!(Backup::open(&places.base_dir), Err(Error::Open { .. })));
}

#[test]
fn paths_of_300_characters_are_copied() {
    let places = places();
    let folder = (0..6).fold(places.base_dir.clone(), |dir, _| dir.join("п".repeat(50)));
    let file = folder.join("документ.xml");
    assert!(file.as_os_str().to_string_lossy().chars().count() > 300);
    fs::create_dir_all(&folder).unwrap();
    fs::write(&file, "deep").unwrap();
    let before = content(&places.base_dir);
    let backup = places.backup();
    assert_eq!(content(&backup.dir), before);
    backup.discard().unwrap();
    assert_eq!(places.left_over(), 0);
}

#[cfg(unix)]
#[test]
fn names_that_differ_in_letter_case_only_are_two_files() {
    let places = places();
    for (name, text) in [("Readme.txt", "one"), ("README.TXT", "two")] {
        fs::write(places.base_dir.join(name), text).unwrap();
    }
    let before = content(&places.base_dir);
    let backup = places.backup();
    assert_eq!(content(&backup.dir), before);
}

#[test]
fn a_file_keeps_its_mark_of_being_read_only() {
    let places = places();
    let marked = places.base_dir.join("AppDescription.xml");
    let mut permissions = fs::metadata(&marked).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&marked, permissions.clone()).unwrap();
    let backup = places.backup();
    let is_marked = |path: &Path| fs::metadata(path).unwrap().permissions() == permissions;
    assert!(is_marked(&backup.dir.join("AppDescription.xml")));
    backup.discard().unwrap();
    assert_eq!(places.left_over(), 0);
}

#[cfg(windows)]
#[test]
fn a_file_that_somebody_holds_is_named_and_nothing_is_left_of_the_copy() {
    use std::os::windows::fs::OpenOptionsExt as _;
    let places = places();
    let held = fs::File::options()
        .read(true)
        .share_mode(0)
        .open(places.base_dir.join("AppDescription.xml"))
        .unwrap();
    let result = places.create(&mut |_| {}, &CancellationToken::new());
    assert!(matches!(&result, Err(Error::Copy { path, .. }) if path.as_str() == "AppDescription.xml"));
    assert_eq!(places.left_over(), 0);
    drop(held);
    places.backup();
}
