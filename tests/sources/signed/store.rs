//! What is kept between runs: through kills, garbage, other processes, and a system that refuses.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use smarts_core::source::Fault;
use smarts_tests::publisher::{Delegated, Publisher, SigningKey};
use smarts_tests::site::{Behaviour, Site};

use super::{Answer, LIST, OLDER, Pc, asked, assert_untrusted, list_of, signed_site, tree};

/// Where the child that is killed finds what it needs.
const CHILD: &str = "SMARTS_TEST_KILLED_CHILD";

/// All files below a folder but the lock: names and texts.
fn files(dir: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            let inner = files(&path).into_iter();
            found.extend(inner.map(|(inner, text)| (format!("{name}/{inner}"), text)));
        } else if name != "lock" {
            found.insert(name, fs::read_to_string(path).unwrap());
        }
    }
    found
}

fn put(dir: &Path, files: &BTreeMap<String, String>) {
    for (name, bytes) in files {
        let path = dir.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

#[track_caller]
fn assert_store_fault(answer: Answer, name: &str) {
    match answer {
        Err(Fault::Store { path, .. }) if path.contains(name) => {}
        other => panic!("expected a fault of the store at {name}, was {other:?}"),
    }
}

#[tokio::test]
async fn wherever_a_process_is_killed_while_it_keeps_what_it_verified_the_next_one_has_all_of_it() {
    let mut publisher = Publisher::new();
    let (site, pc) = (signed_site(&publisher, &tree("Старая")), Pc::trusting(&publisher));
    pc.list(&site).await.unwrap();
    let before = files(&pc.store_dir());
    let installed = publisher.clone();
    publisher.rotate(|publisher| publisher.snapshot.hand_over(SigningKey::ed25519(99)));
    publisher.bump();
    publisher.put_on(&site, &tree("Новая"));
    pc.list(&site).await.unwrap();
    let after = files(&pc.store_dir());
    let changed: Vec<_> = after
        .iter()
        .filter(|(name, bytes)| {
            before.get(*name) != Some(bytes) && !name.starts_with("descriptions/") && *name != "whole"
        })
        .collect();
    assert_eq!(changed.len(), 5);
    let pending: BTreeMap<_, _> = changed.iter().copied().collect();
    for written in 0..=changed.len() {
        let killed = Pc::trusting(&installed);
        put(&killed.store_dir(), &before);
        fs::write(killed.store_dir().join("pending"), serde_json::to_vec(&pending).unwrap()).unwrap();
        for (name, bytes) in changed.iter().take(written) {
            put(&killed.store_dir(), &BTreeMap::from([((*name).clone(), (*bytes).clone())]));
        }
        asked(&site);
        let next = killed.at(&site);
        assert_eq!(next.description(LIST).await, list_of(&tree("Новая")));
        assert_eq!(asked(&site).0[..2], ["metadata/3.root.json", "metadata/timestamp.json"]);
        let mut kept = files(&killed.store_dir());
        kept.retain(|name, _| !name.starts_with("descriptions/"));
        let mut expected = after.clone();
        expected.retain(|name, _| !name.starts_with("descriptions/"));
        assert_eq!(kept, expected, "{written}");
    }
}

#[tokio::test]
async fn a_process_that_is_killed_before_it_keeps_anything_has_changed_nothing_and_holds_nothing() {
    let mut publisher = Publisher::new();
    let (site, pc) = (signed_site(&publisher, &tree("Старая")), Pc::trusting(&publisher));
    pc.list(&site).await.unwrap();
    let before = files(&pc.store_dir());
    publisher.bump();
    publisher.put_on(&site, &tree("Новая"));
    site.misbehave("metadata/2.snapshot.json", Behaviour::HoldAfter(10));
    let root_path = pc.dir.path().join("trusted.json");
    fs::write(&root_path, &pc.root).unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["signed::store::the_child_that_is_killed", "--exact", "--ignored"])
        .env(CHILD, format!("{}\n{}\n{}", site.root(), root_path.display(), pc.store_dir().display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    site.wait_until_held();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(files(&pc.store_dir()), before);
    site.release();
    assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
}

#[tokio::test]
#[ignore = "is run and killed by another test"]
async fn the_child_that_is_killed() {
    let Ok(text) = std::env::var(CHILD) else { return };
    let [site, root_path, store_dir]: [&str; 3] = text.split('\n').collect::<Vec<_>>().try_into().unwrap();
    let mut pc = Pc::trusting(&Publisher::new());
    pc.root = fs::read(root_path).unwrap();
    let anchor = smarts_core::source::Anchor { store_dir: store_dir.into(), ..pc.anchor() };
    let source = smarts_core::source::Source::open(site, &pc.http, pc.dir.path()).unwrap().signed(anchor);
    let _ = source.description(LIST).await;
}

#[tokio::test]
async fn a_run_that_is_given_up_half_way_leaves_what_was_kept() {
    let mut publisher = Publisher::new();
    let (site, pc) = (signed_site(&publisher, &tree("Старая")), Pc::trusting(&publisher));
    pc.list(&site).await.unwrap();
    let before = files(&pc.store_dir());
    publisher.bump();
    publisher.put_on(&site, &tree("Новая"));
    site.misbehave("metadata/2.targets.json", Behaviour::HoldAfter(10));
    let source = pc.at(&site);
    let held = async {
        while !site.seen().iter().any(|seen| seen.path.ends_with("2.targets.json")) {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        answer = source.description(LIST) => panic!("{answer:?}"),
        () = held => {}
    }
    assert_eq!(files(&pc.store_dir()), before);
    site.release();
    // The same run may be asked again, and so may another.
    assert_eq!(source.description(LIST).await, list_of(&tree("Новая")));
    assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
}

#[tokio::test]
async fn garbage_in_any_file_is_fetched_anew() {
    let mut publisher = Publisher::new();
    let pc = Pc::trusting(&publisher);
    publisher.rotate(|_| {});
    let site = signed_site(&publisher, &tree("Новая"));
    pc.list(&site).await.unwrap();
    let kept = files(&pc.store_dir());
    // The root that was installed is not read from here.
    let names = kept.keys().filter(|name| *name != "root_history/1.root.json");
    let names: Vec<_> = names.chain([&"pending".to_owned()]).cloned().collect();
    for name in &names {
        for garbage in [b"".as_slice(), b"{", b"{}", b"null", b"[1]", &[0xff; 9], b"{\"../x.json\":\"{}\"}"] {
            fs::write(pc.store_dir().join(name), garbage).unwrap();
            assert_eq!(pc.list(&site).await, list_of(&tree("Новая")), "{name} {garbage:?}");
            assert_eq!(files(&pc.store_dir()), kept, "{name} {garbage:?}");
        }
    }
    assert_eq!(fs::read_dir(pc.dir.path()).unwrap().filter(is_outside).count(), 0);
}

fn is_outside(entry: &std::io::Result<fs::DirEntry>) -> bool {
    let name = entry.as_ref().unwrap().file_name();
    name != "store" && name != "cache"
}

#[tokio::test]
async fn unfinished_writing_reaches_no_file_but_those_of_metadata() {
    let publisher = Publisher::new();
    let (site, pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
    pc.list(&site).await.unwrap();
    let kept = files(&pc.store_dir());
    let evil: Value = [
        "../x.json",
        "a/../../x.json",
        "/tmp/x.json",
        r"..\x.json",
        "C:x.json",
        "nul.json",
        "not-before",
        "lock",
        "descriptions/x.json",
        "root_history/../x.json",
        "root_history/a/x.json",
        "Timestamp.json",
        "x",
        "",
    ]
    .into_iter()
    .map(|name| (name.to_owned(), Value::from("evil")))
    .collect();
    fs::write(pc.store_dir().join("pending"), evil.to_string()).unwrap();
    assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
    assert_eq!(files(&pc.store_dir()), kept);
    // Nor does it stay in the way where it is larger than what is read.
    File::create(pc.store_dir().join("pending")).unwrap().set_len(65 << 20).unwrap();
    assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
    assert_eq!(files(&pc.store_dir()), kept);
    assert_eq!(fs::read_dir(pc.dir.path()).unwrap().filter(is_outside).count(), 0);
}

#[tokio::test]
async fn what_cannot_be_read_or_written_fails_the_check_by_its_name() {
    let publisher = Publisher::new();
    let site = signed_site(&publisher, &tree("Новая"));
    // A folder in place of a file can be neither read nor replaced.
    let names = [
        "timestamp.json",
        "snapshot.json",
        "targets.json",
        "root_history/2.root.json",
        "pending",
        "not-before",
        "lock",
    ];
    for name in names {
        let pc = Pc::trusting(&publisher);
        pc.list(&site).await.unwrap();
        let path = pc.store_dir().join(name);
        let _ = fs::remove_file(&path);
        fs::create_dir_all(path.join("full")).unwrap();
        for _ in 0..2 {
            assert_store_fault(pc.list(&site).await, "store");
        }
        fs::remove_dir_all(&path).unwrap();
        assert_eq!(pc.list(&site).await, list_of(&tree("Новая")), "{name}");
    }
    let pc = Pc::trusting(&publisher);
    fs::write(pc.store_dir(), "a file").unwrap();
    assert_store_fault(pc.list(&site).await, "store");
    fs::remove_file(pc.store_dir()).unwrap();
    fs::create_dir(pc.store_dir()).unwrap();
    // What is new can go nowhere.
    fs::write(pc.store_dir().join("root_history"), "a file").unwrap();
    assert_store_fault(pc.list(&site).await, "store");
    fs::remove_file(pc.store_dir().join("root_history")).unwrap();
    assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
}

#[cfg(unix)]
#[tokio::test]
async fn a_store_on_a_read_only_drive_fails_the_check() {
    let publisher = Publisher::new();
    let (site, pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
    // Nobody can make files there, whatever rights they have.
    std::os::unix::fs::symlink("/proc/self", pc.store_dir()).unwrap();
    assert_store_fault(pc.list(&site).await, "store");
}

#[tokio::test]
async fn a_store_error_comes_before_a_lie_and_takes_no_floor() {
    let mut publisher = Publisher::new();
    let older = publisher.clone();
    publisher.bump();
    let (site, pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
    pc.list(&site).await.unwrap();
    let path = pc.store_dir().join("timestamp.json");
    let floor = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    older.put_on(&site, &tree("Старая"));
    assert_store_fault(pc.list(&site).await, "timestamp.json");
    fs::remove_dir(&path).unwrap();
    fs::write(&path, floor).unwrap();
    assert_untrusted(pc.list(&site).await, OLDER);
}

/// It cannot be read, and yet another file could take its place.
#[cfg(unix)]
#[tokio::test]
async fn a_floor_that_cannot_be_read_once_is_not_replaced_by_an_older_state() {
    for name in ["timestamp.json", "snapshot.json", "targets.json", "root_history/2.root.json"] {
        let mut publisher = Publisher::new();
        let pc = Pc::trusting(&publisher);
        let older = publisher.clone();
        publisher.rotate(|publisher| publisher.targets.hand_over(SigningKey::ed25519(97)));
        publisher.bump();
        let site = signed_site(&publisher, &tree("Новая"));
        pc.list(&site).await.unwrap();
        let kept = files(&pc.store_dir());
        let (path, aside) = (pc.store_dir().join(name), pc.dir.path().join("aside"));
        fs::rename(&path, &aside).unwrap();
        std::os::unix::fs::symlink(&path, &path).unwrap();
        let old_site = signed_site(&older, &tree("Старая"));
        for _ in 0..2 {
            assert_store_fault(pc.list(&old_site).await, name.rsplit('/').next().unwrap());
        }
        fs::rename(&aside, &path).unwrap();
        assert_eq!(files(&pc.store_dir()), kept, "{name}");
        let refused = pc.list(&old_site).await.unwrap_err();
        assert!(refused.is_refusal(), "{name} {refused:?}");
        assert_eq!(pc.list(&site).await, list_of(&tree("Новая")), "{name}");
    }
}

#[tokio::test]
async fn who_finds_another_process_at_it_waits_and_then_goes_on() {
    let publisher = Publisher::new();
    let (site, pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
    fs::create_dir_all(pc.store_dir()).unwrap();
    let lock = File::create(pc.store_dir().join("lock")).unwrap();
    lock.lock().unwrap();
    let source = pc.at(&site);
    // The first of the two is polled first, and has to wait.
    let (answer, ()) = tokio::join!(biased; source.description(LIST), async {
        assert_eq!(asked(&site).0, Vec::<String>::new());
        drop(lock);
    });
    assert_eq!(answer, list_of(&tree("Новая")));
}

#[tokio::test(flavor = "multi_thread")]
async fn several_runs_at_once_all_see_the_same() {
    let delegated = Delegated::new("sklad15", SigningKey::ed25519(11), &["updates/*/*"], tree("Новая"));
    let mut publisher = Publisher { delegated: vec![delegated], ..Publisher::new() };
    let (site, pc) = (Site::serve(&smarts_tests::tree::Tree::new()).unwrap(), Pc::trusting(&publisher));
    for _ in 0..3 {
        publisher.bump();
        publisher.put_on(&site, &smarts_tests::tree::Tree::new());
        let runs = (0..6).map(|_| {
            let source = pc.at(&site);
            tokio::spawn(async move { source.description(LIST).await })
        });
        for run in runs.collect::<Vec<_>>() {
            assert_eq!(run.await.unwrap(), list_of(&tree("Новая")));
        }
        assert!(!pc.store_dir().join("pending").exists());
    }
    asked(&site);
    pc.list(&site).await.unwrap();
    assert_eq!(asked(&site).0.len(), 2);
}

#[tokio::test]
async fn readers_of_one_source_share_one_refresh() {
    let publisher = Publisher::new();
    let (site, pc) = (signed_site(&publisher, &tree("Новая")), Pc::trusting(&publisher));
    let source = pc.at(&site);
    let clone = source.clone();
    let (first, second) = tokio::join!(source.description(LIST), clone.facts());
    assert_eq!((first, second.is_ok()), (list_of(&tree("Новая")), true));
    let count = asked(&site).0.iter().filter(|path| path.ends_with("timestamp.json")).count();
    assert_eq!(count, 1);
}
