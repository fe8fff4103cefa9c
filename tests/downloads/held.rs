//! Windows: files that another program has open and does not share, or that are marked read-only.
//!
//! What a handle refuses it refuses to everybody alike, its own process included; so most of them are opened here.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::os::windows::fs::OpenOptionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use smarts_core::digest::Digest;
use smarts_core::download::{Error, Options};
use smarts_tests::site::Behaviour;

use super::{NAME, Setup, bytes, setup};

/// Of `winnt.h`.
const FILE_SHARE_READ: u32 = 1;
/// "The process cannot access the file because it is being used by another process."
const ERROR_SHARING_VIOLATION: i32 = 32;
const SIZE: usize = 200_000;
/// Where the child that holds a file finds its path.
const CHILD: &str = "SMARTS_TEST_HOLDING_CHILD";

/// Opens it as a virus scanner or an installer does: others may read.
fn hold(path: &Path) -> File {
    File::options().read(true).share_mode(FILE_SHARE_READ).open(path).unwrap()
}

fn mark_read_only(path: &Path) {
    let mut marked = fs::metadata(path).unwrap().permissions();
    marked.set_readonly(true);
    fs::set_permissions(path, marked).unwrap();
}

/// A download whose name an older file has.
fn with_older_file(content: &[u8], patience: Duration) -> Setup {
    let mut setup = setup(content).stating(content);
    setup.options = Options { patience, ..setup.options };
    fs::create_dir_all(&setup.request.dir).unwrap();
    fs::write(setup.path(""), "an older one").unwrap();
    setup
}

#[track_caller]
fn assert_held(error: &Error, held: &Path) {
    match error {
        Error::File { path, source } if path == held => {
            assert_eq!(source.raw_os_error(), Some(ERROR_SHARING_VIOLATION), "{source}");
        }
        other => panic!("{other:?}"),
    }
}

/// Until all of it is there and the first tries at giving it its name have failed, most likely.
async fn until_whole(setup: &Setup, content: &[u8]) {
    while fs::metadata(setup.path(".partial")).map_or(0, |facts| facts.len()) < content.len() as u64 {
        tokio::task::yield_now().await;
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
}

#[tokio::test]
async fn a_file_that_is_held_for_a_moment_is_replaced_when_it_is_let_go() {
    let content = bytes(SIZE, 1);
    let setup = with_older_file(&content, Options::default().patience);
    let held = hold(&setup.path(""));
    let let_go = async {
        until_whole(&setup, &content).await;
        drop(held);
    };
    let (fetched, ()) = tokio::join!(setup.fetch(), let_go);
    assert_eq!(fetched.unwrap().sha256, Digest::of(&content));
    assert_eq!((setup.file() == content, setup.names()), (true, vec![NAME.to_owned()]));
    assert_eq!(setup.statuses(), [200]);
}

#[tokio::test]
async fn a_file_that_stays_held_is_told_as_that_and_the_next_try_fetches_one_byte() {
    let content = bytes(SIZE, 1);
    let setup = with_older_file(&content, Duration::from_millis(100));
    let held = hold(&setup.path(""));
    let error = setup.fetch().await.unwrap_err();
    assert_held(&error, &setup.path(""));
    assert!(error.keeps_partial());
    assert_eq!((setup.file(), setup.partial() == content), (b"an older one".to_vec(), true));
    drop(held);
    setup.site.forget();
    setup.fetch().await.unwrap();
    assert_eq!(setup.seen().iter().map(|seen| seen.sent).sum::<usize>(), 1);
    assert_eq!((setup.file() == content, setup.names()), (true, vec![NAME.to_owned()]));
}

#[tokio::test]
async fn a_beginning_that_is_held_is_told_and_stays_as_it_is() {
    let content = bytes(SIZE, 1);
    let setup = setup(&content).stating(&content);
    setup.site.misbehave(super::PATH, Behaviour::CutAfter(100_000));
    setup.fetch().await.unwrap_err();
    setup.site.behave(super::PATH);
    let held = hold(&setup.path(".partial"));
    assert_held(&setup.fetch().await.unwrap_err(), &setup.path(".partial"));
    assert_eq!(setup.partial(), content[..100_000]);
    drop(held);
    setup.site.forget();
    setup.fetch().await.unwrap();
    assert_eq!(setup.seen().iter().map(|seen| seen.sent).sum::<usize>(), 100_000);
    assert_eq!(setup.file(), content);
}

#[tokio::test]
async fn a_whole_file_that_is_held_open_by_an_installer_is_used_as_it_is() {
    let content = bytes(SIZE, 1);
    let setup = setup(&content).stating(&content);
    setup.fetch().await.unwrap();
    setup.site.forget();
    let _held = hold(&setup.path(""));
    assert_eq!(setup.fetch().await.unwrap().sha256, Digest::of(&content));
    assert!(setup.seen().is_empty());
}

#[tokio::test]
async fn what_is_marked_read_only_is_replaced() {
    let content = bytes(SIZE, 1);
    let setup = with_older_file(&content, Duration::ZERO);
    mark_read_only(&setup.path(""));
    fs::write(setup.path(".partial.json"), "nonsense").unwrap();
    mark_read_only(&setup.path(".partial.json"));
    // Of a folder the mark says nothing to Windows.
    mark_read_only(&setup.request.dir);
    setup.fetch().await.unwrap();
    assert_eq!((setup.file() == content, setup.names()), (true, vec![NAME.to_owned()]));
    assert!(!fs::metadata(setup.path("")).unwrap().permissions().readonly());
}

/// A process that holds a file until it is killed.
fn holding_process(path: &Path) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["held::the_child_that_holds_a_file", "--exact", "--ignored", "--nocapture"])
        .env(CHILD, path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.map(Result::unwrap).any(|line| line.contains("is held")));
    child
}

#[tokio::test]
async fn what_a_process_held_is_free_as_soon_as_it_is_killed() {
    let content = bytes(SIZE, 1);
    let setup = with_older_file(&content, Duration::ZERO);
    let mut holder = holding_process(&setup.path(""));
    assert_held(&setup.fetch().await.unwrap_err(), &setup.path(""));
    holder.kill().unwrap();
    holder.wait().unwrap();
    setup.fetch().await.unwrap();
    assert_eq!(setup.file(), content);
}

#[test]
#[ignore = "is run and killed by another test"]
#[expect(clippy::print_stdout, reason = "the other test waits for it")]
fn the_child_that_holds_a_file() {
    let Some(path) = std::env::var_os(CHILD) else { return };
    let _held = hold(Path::new(&path));
    println!("is held");
    loop {
        std::thread::park();
    }
}
