use std::fs;
use std::time::Duration;

use super::*;
use crate::http::HttpOptions;

fn http() -> Http {
    Http::new(&HttpOptions::default()).unwrap()
}

fn open(text: &str) -> Result<Source, Error> {
    Source::open(text, &http(), Path::new("cache"))
}

fn in_source(path: &str) -> FileLocation {
    FileLocation::InSource(path.into())
}

fn locate(source: &Source, location: &FileLocation) -> Result<Place, Fault> {
    match location {
        FileLocation::InSource(path) => source.place(path),
        FileLocation::Url(url) => source.elsewhere(url),
    }
}

fn url(text: &str) -> Url {
    text.parse().unwrap()
}

#[test]
fn what_names_no_source_is_refused_with_the_reason() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    let missing = dir.path().join("missing");
    let cases = [
        ("  ", "Address of the source is empty".to_owned()),
        ("FTP://host/x", "Source must be an https address or a folder, not ftp://".to_owned()),
        ("file:///tmp", "Source must be an https address or a folder, not file://".to_owned()),
        ("http://u:p@host/x?q", "Source must be reached by https: http://host/x".to_owned()),
        ("https://", "Address of the source is not understood".to_owned()),
        ("https://u:p@host/x?q", "Address of the source must have no query: https://host/x".to_owned()),
        (
            missing.to_str().unwrap(),
            format!("Failed to open the folder of the source: {}", missing.display()),
        ),
        (file.to_str().unwrap(), format!("Failed to open the folder of the source: {}", file.display())),
    ];
    for (text, message) in cases {
        assert_eq!(open(text).unwrap_err().to_string(), message, "{text}");
    }
}

#[test]
fn a_site_shows_its_address_without_credentials() {
    let source = open(" https://ivan:secret@files.example/mirror#top ").unwrap();
    assert_eq!(source.root(), "https://files.example/mirror/");
    assert_eq!(source.trust(), Trust::Https);
    assert_eq!(open("http://127.0.0.1:8080").unwrap().trust(), Trust::Https);
}

#[test]
fn credentials_reach_neither_errors_nor_debug_output() {
    let texts = [
        "ivan:secret@files.example/mirror",
        "ivan:secret://@files.example/mirror",
        "http://ivan:secret@files.example/mirror",
        "https://ivan:secret@files.example/mirror?token=secret",
        "https://ivan:se/cret:secret@files.example/mirror",
        "ftp://ivan:secret@files.example",
    ];
    for text in texts {
        let error = open(text).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
    }
    let source = open("https://ivan:secret@files.example/mirror").unwrap();
    let place = locate(&source, &in_source("downloads/x.msi")).unwrap();
    let request = crate::download::Request {
        place: place.clone(),
        name: "x.msi".into(),
        size: None,
        sha256: None,
        sha512: None,
        mirrors: Vec::new(),
        dir: "x".into(),
    };
    let shown = format!("{source:?} {place:?} {request:?} {:?}", source.host());
    assert!(!shown.contains("secret") && shown.contains("files.example/mirror/downloads/x.msi"), "{shown}");
}

#[test]
fn each_name_becomes_one_encoded_component_of_an_address() {
    let source = open("https://files.example/зеркало").unwrap();
    let place = locate(&source, &in_source("downloads/Склад 15 #1 100%.mstmpl")).unwrap();
    let Place::Url(address) = place else { panic!("{place:?}") };
    let encoded = "https://files.example/%D0%B7%D0%B5%D1%80%D0%BA%D0%B0%D0%BB%D0%BE/downloads/\
                   %D0%A1%D0%BA%D0%BB%D0%B0%D0%B4%2015%20%231%20100%25.mstmpl";
    assert_eq!(address.as_str(), encoded);
}

#[test]
fn a_location_that_leaves_the_source_is_refused_again() {
    let source = open("https://files.example/").unwrap();
    for path in ["../x", "downloads/../../x", "/etc/passwd", "downloads//x", r"a\b", "C:/x", "x/nul"] {
        assert!(matches!(locate(&source, &in_source(path)), Err(Fault::Address { .. })), "{path}");
    }
    let plain = FileLocation::Url(url("http://other.example/x"));
    assert!(matches!(locate(&source, &plain), Err(Fault::Address { .. })));
    let loopback = FileLocation::Url(url("http://127.0.0.1/x"));
    assert!(matches!(locate(&source, &loopback), Err(Fault::Address { .. })));
    assert!(locate(&open("http://localhost/").unwrap(), &loopback).is_ok());
}

#[tokio::test]
async fn a_folder_is_read_without_regard_to_case() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("Updates/platform4")).unwrap();
    fs::write(dir.path().join("Updates/platform4/Versions.XML"), "<update/>").unwrap();
    let source = open(dir.path().to_str().unwrap()).unwrap();
    assert_eq!(source.trust(), Trust::Folder);
    assert_eq!(source.description("updates/Platform4/versions.xml").await, Ok(b"<update/>".to_vec()));
    assert_eq!(source.description("updates/Platform4/update.xml").await, Err(Fault::NotFound));
    assert_eq!(source.description("updates/Platform/versions.xml").await, Err(Fault::NotFound));
}

#[tokio::test]
async fn a_folder_that_has_gone_is_not_a_file_that_is_missing() {
    let dir = tempfile::tempdir().unwrap();
    let source = open(dir.path().to_str().unwrap()).unwrap();
    dir.close().unwrap();
    let fault = source.description("updates/Platform4/versions.xml").await.unwrap_err();
    assert!(matches!(fault, Fault::Folder { .. }), "{fault:?}");
}

#[tokio::test]
async fn a_folder_in_place_of_a_file_and_a_huge_file_are_faults() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("updates/versions.xml")).unwrap();
    let huge = fs::File::create(dir.path().join("updates/huge.xml")).unwrap();
    huge.set_len(DESCRIPTION_LIMIT_BYTES + 1).unwrap();
    let source = open(dir.path().to_str().unwrap()).unwrap();
    let fault = source.description("updates/versions.xml").await.unwrap_err();
    assert!(matches!(fault, Fault::Folder { .. }), "{fault:?}");
    let expected = Fault::TooLarge { limit_bytes: DESCRIPTION_LIMIT_BYTES };
    assert_eq!(source.description("updates/huge.xml").await, Err(expected));
}

#[tokio::test]
async fn other_updates_replace_only_that_part() {
    let (root, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::create_dir_all(root.path().join("updates/A")).unwrap();
    fs::write(root.path().join("updates/A/versions.xml"), "old").unwrap();
    fs::create_dir_all(other.path().join("A")).unwrap();
    fs::write(other.path().join("A/versions.xml"), "new").unwrap();
    let source = open(root.path().to_str().unwrap()).unwrap();
    let source = source.with_updates(other.path().to_str().unwrap(), &http(), Path::new("cache")).unwrap();
    assert_eq!(source.description("updates/A/versions.xml").await, Ok(b"new".to_vec()));
    assert_eq!(source.root(), root.path().display().to_string());
    let in_downloads = locate(&source, &in_source("downloads/x.msi"));
    assert_eq!(in_downloads, Ok(Place::Path(root.path().join("downloads/x.msi"))));
    let in_updates = locate(&source, &in_source("updates/A/1.0/x.msi"));
    assert_eq!(in_updates, Ok(Place::Path(other.path().join("A/1.0/x.msi"))));
}

#[test]
fn a_split_source_is_trusted_as_far_as_its_weaker_half() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().to_str().unwrap();
    let source = open("https://files.example/").unwrap();
    let source = source.with_updates(folder, &http(), Path::new("cache")).unwrap();
    assert_eq!(source.trust(), Trust::Folder);
    assert_eq!(source.root(), "https://files.example/");
    assert_eq!(source.sites(), [&url("https://files.example/")]);
}

#[tokio::test]
async fn a_host_that_refuses_is_told_at_once_and_by_name() {
    let options = HttpOptions { connect_timeout: Duration::from_secs(5), ..HttpOptions::default() };
    let http = Http::new(&options).unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let dir = tempfile::tempdir().unwrap();
    let source = Source::open(&format!("http://{address}"), &http, dir.path()).unwrap();
    let fault = source.description("updates/A/versions.xml").await.unwrap_err();
    assert!(matches!(&fault, Fault::Connection { host, .. } if *host == address.to_string()), "{fault:?}");
}
