//! A file fetched in one go, or not at all because it is there.

use std::fs;
use std::sync::Arc;

use smarts_core::digest::Digest;
use smarts_core::download::{Downloaded, Error};
use smarts_tests::site::Behaviour;
use tokio::task::spawn_blocking;

use super::{NAME, PATH, Told, bytes, setup};

#[tokio::test]
async fn a_file_arrives_whole_hashed_and_alone() {
    let content = bytes(3_000_000, 1);
    let setup = setup(&content);
    let told = Told::default();
    let downloaded = setup.fetch_and_tell(&|event| told.tell(&event)).await.unwrap();
    assert_eq!((downloaded.size, downloaded.sha256), (3_000_000, Digest::of(&content)));
    assert_eq!(downloaded.path, setup.path(""));
    assert_eq!(setup.file(), content);
    assert_eq!(setup.names(), [NAME]);
    let told = told.0.into_inner().unwrap();
    assert!(told.is_sorted_by_key(|progress| progress.received));
    assert!(told.iter().all(|progress| progress.total == Some(3_000_000)));
    assert_eq!((told[0].received, told.last().unwrap().received), (0, 3_000_000));
    let encoding = setup.seen()[0].headers.get("accept-encoding").cloned();
    assert_eq!(encoding.as_deref(), Some("identity"));
}

#[tokio::test]
async fn a_file_without_a_length_arrives_whole() {
    let content = bytes(500_000, 1);
    let setup = setup(&content).stating(&content);
    setup.site.misbehave(PATH, Behaviour::NoLength);
    setup.fetch().await.unwrap();
    assert_eq!(setup.file(), content);
}

#[tokio::test]
async fn a_file_that_is_there_with_the_stated_hash_is_used_without_a_request() {
    let content = bytes(1000, 1);
    let setup = setup(&content).stating(&content);
    let first = setup.fetch().await.unwrap();
    setup.site.forget();
    assert_eq!(setup.fetch().await.unwrap(), first);
    assert!(setup.seen().is_empty());
    assert_eq!(setup.names(), [NAME]);
}

#[tokio::test]
async fn what_a_kill_left_beside_the_whole_file_goes_and_a_beginning_stays() {
    let content = bytes(1000, 1);
    let setup = setup(&content).stating(&content);
    setup.fetch().await.unwrap();
    // After the file got its name, before the description went.
    for end in [".partial.json", ".partial.json.new"] {
        fs::write(setup.path(end), "{}").unwrap();
    }
    setup.fetch().await.unwrap();
    assert_eq!(setup.names(), [NAME]);
    for end in [".partial", ".partial.json"] {
        fs::write(setup.path(end), "{}").unwrap();
    }
    setup.fetch().await.unwrap();
    assert_eq!(setup.names().len(), 3);
}

#[tokio::test]
async fn another_file_of_that_name_is_replaced() {
    let content = bytes(1000, 1);
    for stating in [true, false] {
        let setup = setup(&content);
        let setup = if stating { setup.stating(&content) } else { setup };
        fs::create_dir_all(&setup.request.dir).unwrap();
        fs::write(setup.path(""), bytes(1000, 2)).unwrap();
        setup.fetch().await.unwrap();
        assert_eq!(setup.file(), content);
    }
}

#[tokio::test]
async fn only_one_download_of_a_file_runs_at_a_time() {
    let content = bytes(100_000, 1);
    let setup = setup(&content);
    setup.site.misbehave(PATH, Behaviour::HoldAfter(50_000));
    let first = setup.fetch();
    let second = async {
        let site = Arc::clone(&setup.site);
        spawn_blocking(move || site.wait_until_held()).await.unwrap();
        let second = setup.fetch().await;
        setup.site.release();
        second
    };
    let (first, second) = tokio::join!(first, second);
    first.unwrap();
    let busy = second.unwrap_err();
    assert!(matches!(&busy, Error::Busy { path } if *path == setup.path("")), "{busy:?}");
    assert_eq!(setup.seen().len(), 1);
    setup.fetch().await.unwrap();
}

#[test]
fn a_file_at_hand_is_hashed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.mstmpl");
    fs::write(&path, "abc").unwrap();
    let downloaded = Downloaded::at_hand(&path).unwrap();
    assert_eq!((downloaded.size, downloaded.sha256), (3, Digest::of(b"abc")));
    let missing = Downloaded::at_hand(&dir.path().join("missing")).unwrap_err();
    assert!(matches!(missing, Error::File { .. }), "{missing:?}");
}
