//! Files out of a folder go the same way as those of a site.

use std::fs;
use std::path::PathBuf;

use smarts_core::download::Error;
use smarts_core::source::{Fault, Place};

use super::{NAME, Setup, bytes, setup};

const SIZE: usize = 3_000_000;

/// A request for a file on a stick, whose name is spelt otherwise there.
fn on_a_stick(content: &[u8]) -> (Setup, PathBuf) {
    let mut setup = setup(b"");
    let stick = setup.home.path().join("stick");
    fs::create_dir_all(stick.join("Downloads")).unwrap();
    let file = stick.join("Downloads/mobilesmarts.MSI");
    fs::write(&file, content).unwrap();
    setup.request.place = Place::Path(stick.join("downloads").join(NAME));
    (setup, file)
}

#[tokio::test]
async fn a_file_is_copied_from_a_folder_without_regard_to_case() {
    let content = bytes(SIZE, 1);
    let (setup, _) = on_a_stick(&content);
    let setup = setup.stating(&content);
    setup.fetch().await.unwrap();
    assert_eq!(setup.file(), content);
    assert_eq!(setup.names(), [NAME]);
}

#[tokio::test]
async fn a_cancelled_copy_goes_on_and_a_changed_file_is_copied_from_its_beginning() {
    let content = bytes(SIZE, 1);
    let (setup, file) = on_a_stick(&content);
    // The sidecar of a copy that was stopped, made by a whole one that could not be put in place.
    fs::create_dir_all(setup.path("").join("in the way")).unwrap();
    setup.fetch().await.unwrap_err();
    fs::remove_dir_all(setup.path("")).unwrap();
    let mut kept = setup.partial();
    kept.truncate(1_000_000);
    kept[0] ^= 1;
    fs::write(setup.path(".partial"), &kept).unwrap();
    // The flipped bit shows that the part was used: nothing states a hash here.
    setup.fetch().await.unwrap();
    assert_eq!((setup.file()[0], setup.file()[1..] == content[1..]), (content[0] ^ 1, true));

    fs::create_dir_all(setup.path(".partial")).unwrap();
    assert!(matches!(setup.fetch().await, Err(Error::File { .. })));
    fs::remove_dir(setup.path(".partial")).unwrap();
    let new = bytes(SIZE - 1, 2);
    fs::write(&file, &new).unwrap();
    setup.fetch().await.unwrap();
    assert_eq!(setup.file(), new);
}

#[tokio::test]
async fn a_missing_file_and_a_folder_that_has_gone_are_two_things() {
    let (setup, file) = on_a_stick(b"x");
    fs::remove_file(&file).unwrap();
    let error = setup.fetch().await.unwrap_err();
    assert!(matches!(error, Error::Source { fault: Fault::NotFound, .. }), "{error:?}");
    fs::remove_dir_all(setup.home.path().join("stick")).unwrap();
    let error = setup.fetch().await.unwrap_err();
    assert!(matches!(error, Error::Source { fault: Fault::Folder { .. }, .. }), "{error:?}");
}

#[tokio::test]
async fn a_folder_in_place_of_the_file_and_a_wrong_size_are_refused() {
    let (setup, file) = on_a_stick(b"x");
    let setup = setup.stating(b"xy");
    let error = setup.fetch().await.unwrap_err();
    assert!(matches!(error, Error::WrongSize { expected: 2, found: 1, .. }), "{error:?}");
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    let error = setup.fetch().await.unwrap_err();
    assert!(matches!(error, Error::Source { fault: Fault::Folder { .. }, .. }), "{error:?}");
}
