//! Windows: files of the store that another program has open and does not share, or that are marked read-only.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::os::windows::fs::OpenOptionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use smarts_core::source::Fault;
use smarts_tests::publisher::Publisher;
use smarts_tests::site::Site;

use super::{Answer, OLDER, Pc, asked, assert_untrusted, list_of, signed_site, tree};

/// Of `winnt.h`.
const FILE_SHARE_READ: u32 = 1;
const CHILD: &str = "SMARTS_TEST_HOLDING_CHILD";
/// All that a refresh replaces.
const REPLACED: [&str; 3] = ["timestamp.json", "snapshot.json", "targets.json"];

/// A PC that has seen the first of two states of a site, the second one waiting for it.
async fn between_two_states() -> (Publisher, Site, Pc) {
    let mut publisher = Publisher::new();
    let (site, pc) = (signed_site(&publisher, &tree("Старая")), Pc::trusting(&publisher));
    pc.list(&site).await.unwrap();
    let older = publisher.clone();
    publisher.bump();
    publisher.put_on(&site, &tree("Новая"));
    asked(&site);
    (older, site, pc)
}

/// Opens it as a virus scanner does: others may read.
fn hold(path: &Path) -> File {
    File::options().read(true).share_mode(FILE_SHARE_READ).open(path).unwrap()
}

#[track_caller]
fn assert_store_fault(answer: Answer, name: &str) {
    match answer {
        Err(Fault::Store { path, .. }) if path.ends_with(name) => {}
        other => panic!("expected a fault of the store at {name}, was {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_held_for_a_moment_is_replaced_when_it_is_let_go() {
    for name in REPLACED {
        let (_, site, pc) = between_two_states().await;
        let held = hold(&pc.store_dir().join(name));
        let pending = pc.store_dir().join("pending");
        let let_go = tokio::spawn(async move {
            while !pending.exists() {
                tokio::task::yield_now().await;
            }
            // The first tries have failed by then, most likely.
            tokio::time::sleep(Duration::from_millis(100)).await;
            drop(held);
        });
        assert_eq!(pc.list(&site).await, list_of(&tree("Новая")), "{name}");
        let_go.await.unwrap();
    }
}

#[tokio::test]
async fn a_file_that_stays_held_fails_the_check_and_the_next_one_has_all_of_it() {
    for name in REPLACED {
        let (older, site, pc) = between_two_states().await;
        let held = hold(&pc.store_dir().join(name));
        assert_store_fault(pc.list(&site).await, name);
        drop(held);
        // What was verified counts from then on, whichever of it had reached its file.
        older.put_on(&site, &tree("Старая"));
        assert_untrusted(pc.list(&site).await, OLDER);
        assert!(!pc.store_dir().join("pending").exists(), "{name}");
    }
}

#[tokio::test]
async fn files_that_nobody_else_may_even_read_fail_the_check_and_take_no_floor() {
    for name in REPLACED {
        let (older, site, pc) = between_two_states().await;
        let exclusive = File::options().read(true).share_mode(0).open(pc.store_dir().join(name)).unwrap();
        older.put_on(&site, &tree("Старая"));
        assert_store_fault(pc.list(&site).await, name);
        drop(exclusive);
        assert_eq!(pc.list(&site).await, list_of(&tree("Старая")), "{name}");
    }
}

#[tokio::test]
async fn files_that_are_marked_read_only_are_replaced() {
    let (_, site, pc) = between_two_states().await;
    for name in REPLACED {
        let path = pc.store_dir().join(name);
        let mut marked = fs::metadata(&path).unwrap().permissions();
        marked.set_readonly(true);
        fs::set_permissions(path, marked).unwrap();
    }
    for _ in 0..2 {
        assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
    }
    let left = fs::read_dir(pc.store_dir()).unwrap();
    let names: Vec<_> = left.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(names.iter().all(|name| !name.starts_with(".tmp")), "{names:?}");
}

#[tokio::test]
async fn the_lock_of_a_process_goes_with_it_when_it_is_killed() {
    let (_, site, pc) = between_two_states().await;
    let mut holder = Command::new(std::env::current_exe().unwrap())
        .args(["signed::held::the_child_that_holds_the_lock", "--exact", "--ignored", "--nocapture"])
        .env(CHILD, pc.store_dir().join("lock"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(holder.stdout.take().unwrap()).lines();
    assert!(lines.map(Result::unwrap).any(|line| line.contains("is held")));
    let source = pc.at(&site);
    let (answer, ()) = tokio::join!(biased; source.description(super::LIST), async {
        assert_eq!(asked(&site).0, Vec::<String>::new());
        holder.kill().unwrap();
        holder.wait().unwrap();
    });
    assert_eq!(answer, list_of(&tree("Новая")));
}

#[test]
#[ignore = "is run and killed by another test"]
#[expect(clippy::print_stdout, reason = "the other test waits for it")]
fn the_child_that_holds_the_lock() {
    let Some(path) = std::env::var_os(CHILD) else { return };
    let lock = File::options().create(true).truncate(false).write(true).open(path).unwrap();
    lock.lock().unwrap();
    println!("is held");
    loop {
        std::thread::park();
    }
}
