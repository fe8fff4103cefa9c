//! What the source or the disk does wrong, and what is kept then.

use std::fs;

use smarts_core::digest::{Digest, Mismatch};
use smarts_core::download::Error;
use smarts_core::source::{Fault, Place};
use smarts_tests::site::{Behaviour, ServedFile};

use super::{PATH, bytes, setup};

const SIZE: usize = 200_000;

fn fault_of(error: &Error) -> &Fault {
    match error {
        Error::Source { fault, .. } => fault,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_wrong_hash_is_an_error_and_nothing_stays() {
    let (content, stated) = (bytes(SIZE, 1), bytes(SIZE, 2));
    let setup = setup(&content).stating(&stated);
    let error = setup.fetch().await.unwrap_err();
    let (wanted, got) = (Digest::of(&stated), Digest::of(&content));
    let wrong = Mismatch::Sha256 { expected: wanted, found: got };
    let is_told = matches!(&error, Error::WrongHash { mismatch, .. } if *mismatch == wrong);
    assert!(is_told && !error.keeps_partial(), "{error:?}");
    assert_eq!(setup.statuses(), [200]);
    assert!(setup.names().is_empty());
}

#[tokio::test]
async fn a_wrong_size_is_told_before_anything_is_written() {
    let content = bytes(SIZE, 1);
    let setup = setup(&content).stating(&bytes(SIZE + 1, 1));
    let error = setup.fetch().await.unwrap_err();
    assert!(matches!(error, Error::WrongSize { expected: 200_001, found: 200_000, .. }), "{error:?}");
    assert!(setup.names().is_empty());
}

#[tokio::test]
async fn an_answer_that_only_announces_a_wrong_size_leaves_what_is_kept() {
    let content = bytes(SIZE, 1);
    let setup = setup(&content).stating(&content);
    setup.site.misbehave(PATH, Behaviour::CutAfter(100_000));
    setup.fetch().await.unwrap_err();
    setup.site.behave(PATH);
    let portal = ServedFile {
        bytes: b"Please log in".to_vec(),
        content_type: Some("text/plain".into()),
        ..ServedFile::default()
    };
    setup.site.put_file(PATH, portal);
    let error = setup.fetch().await.unwrap_err();
    assert!(matches!(error, Error::WrongSize { found: 13, .. }) && error.keeps_partial(), "{error:?}");
    assert_eq!(setup.partial(), content[..100_000]);
    setup.site.put(PATH, content.clone());
    setup.fetch().await.unwrap();
    assert_eq!(setup.file(), content);
}

#[tokio::test]
async fn a_wrong_size_is_told_while_receiving_where_none_was_announced() {
    let setup = setup(&bytes(SIZE, 1)).stating(&bytes(SIZE - 1, 1));
    setup.site.misbehave(PATH, Behaviour::Endless);
    let error = setup.fetch().await.unwrap_err();
    assert!(
        matches!(error, Error::WrongSize { expected: 199_999, found, .. } if found < 2_000_000),
        "{error:?}"
    );
    assert!(setup.names().is_empty());
    let setup = setup.stating(&bytes(SIZE + 1, 1));
    setup.site.misbehave(PATH, Behaviour::NoLength);
    let error = setup.fetch().await.unwrap_err();
    assert!(matches!(error, Error::WrongSize { expected: 200_001, found: 200_000, .. }), "{error:?}");
}

#[tokio::test]
async fn a_length_that_promises_too_much_is_a_cut_and_one_beyond_all_limits_is_refused() {
    let setup = setup(&bytes(SIZE, 1));
    setup.site.misbehave(PATH, Behaviour::Length(SIZE as u64 + 10));
    let error = setup.fetch().await.unwrap_err();
    assert!(matches!(error, Error::Source { kept_bytes: 200_000, .. }), "{error:?}");
    setup.site.misbehave(PATH, Behaviour::Length(9 * 1024 * 1024 * 1024));
    let error = setup.fetch().await.unwrap_err();
    assert!(matches!(error, Error::TooLarge { .. }) && error.keeps_partial(), "{error:?}");
    assert_eq!(setup.partial(), bytes(SIZE, 1));
}

#[tokio::test]
async fn a_page_of_a_portal_is_not_the_file_and_leaves_what_is_kept() {
    let content = bytes(SIZE, 1);
    let page = ServedFile {
        bytes: b"<html>Log in</html>".to_vec(),
        content_type: Some("text/html; charset=utf-8".into()),
        ..ServedFile::default()
    };
    let setup = setup(&content);
    setup.site.misbehave(PATH, Behaviour::CutAfter(100_000));
    setup.fetch().await.unwrap_err();
    setup.site.behave(PATH);
    setup.site.put_file(PATH, page);
    let error = setup.fetch().await.unwrap_err();
    assert!(matches!(error, Error::NotTheFile { .. }) && error.keeps_partial(), "{error:?}");
    assert_eq!(setup.partial(), content[..100_000]);
    let setup = setup.stating(&content);
    let error = setup.fetch().await.unwrap_err();
    assert!(matches!(error, Error::NotTheFile { .. }), "{error:?}");
}

#[tokio::test]
async fn a_refusal_is_told_as_it_is() {
    let setup = setup(&bytes(SIZE, 1));
    for status in [401, 403, 500, 503] {
        setup.site.misbehave(PATH, Behaviour::Status(status));
        let error = setup.fetch().await.unwrap_err();
        assert_eq!(*fault_of(&error), Fault::Status { host: setup.site.host(), status });
    }
    setup.site.misbehave(PATH, Behaviour::Status(404));
    assert_eq!(*fault_of(&setup.fetch().await.unwrap_err()), Fault::NotFound);
    let target = "http://other.example/x?token=secret".to_owned();
    setup.site.misbehave(PATH, Behaviour::Redirect(target));
    let target = "http://other.example/x".to_owned();
    let expected = Fault::Redirect { host: setup.site.host(), target };
    assert_eq!(*fault_of(&setup.fetch().await.unwrap_err()), expected);
    assert!(setup.names().is_empty());
}

#[tokio::test]
async fn secrets_of_an_address_reach_neither_errors_nor_files() {
    let mut setup = setup(&bytes(SIZE, 1));
    let address = setup.site.url(PATH).replace("http://", "http://ivan:secret@") + "?token=secret";
    setup.request.place = Place::Url(address.parse().unwrap());
    setup.site.misbehave(PATH, Behaviour::CutAfter(100_000));
    let error = setup.fetch().await.unwrap_err();
    assert!(!format!("{error} {error:?} {}", fault_of(&error)).contains("secret"));
    assert!(!fs::read_to_string(setup.path(".partial.json")).unwrap().contains("secret"));
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_or_a_name_that_is_taken_is_told_with_its_path() {
    let content = bytes(SIZE, 1);
    let taken = setup(&content);
    fs::create_dir_all(taken.path("").join("full")).unwrap();
    let error = taken.fetch().await.unwrap_err();
    assert!(matches!(&error, Error::File { path, .. } if *path == taken.path("")), "{error:?}");
    assert_eq!(taken.partial(), content);

    let mut blocked = setup(&content);
    let file = blocked.home.path().join("file");
    fs::write(&file, "").unwrap();
    blocked.request.dir = file.join("Downloads");
    let error = blocked.fetch().await.unwrap_err();
    assert!(matches!(&error, Error::File { path, .. } if *path == blocked.request.dir), "{error:?}");
}
