use std::io::{Cursor, Write as _};

use smarts_tests::apk::{ApkBuilder, PACKAGE};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

/// A ZIP with one file.
fn zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, options).unwrap();
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap().into_inner()
}

fn read(bytes: &[u8]) -> Result<Apk, Error> {
    super::read(Cursor::new(bytes))
}

/// In a thread with as little stack as Windows gives one.
fn parse_on_a_small_stack(manifest: Vec<u8>) -> Result<Apk, Error> {
    let thread = std::thread::Builder::new().stack_size(512 * 1024);
    thread.spawn(move || parse(&manifest)).unwrap().join().unwrap()
}

#[test]
fn a_package_says_whose_app_it_is_and_which_version() {
    let bytes = ApkBuilder::new("3.4.0.46990").filled(100_000).build().unwrap();
    let expected = Apk {
        package: PACKAGE.to_owned(),
        version_name: "3.4.0.46990".to_owned(),
        version: "3.4.0.46990".parse().ok(),
        version_code: Some(46990),
    };
    assert_eq!(read(&bytes).unwrap(), expected);
}

#[test]
fn a_version_is_what_its_name_begins_with_or_unknown() {
    let named = |name: &str| {
        let apk = read(&ApkBuilder::new(name).build().unwrap()).unwrap();
        (apk.version_name, apk.version.map(|version| version.to_string()))
    };
    assert_eq!(named("3.4.0.46990-arm64"), ("3.4.0.46990-arm64".into(), Some("3.4.0.46990".into())));
    assert_eq!(named("новая"), ("новая".into(), None));
    assert_eq!(named(""), (String::new(), None));
}

#[test]
fn texts_are_one_short_line() {
    let long = format!("com.example\n\u{1b}[31m{}", "x".repeat(1000));
    let apk = read(&ApkBuilder::new("3.4\t0").package(&long).build().unwrap()).unwrap();
    assert_eq!(apk.version_name, "3.4 0");
    assert!(apk.package.starts_with("com.example  [31mx"), "{}", apk.package);
    assert_eq!(apk.package.chars().count(), LONGEST_TEXT);
}

#[test]
fn what_is_no_package_is_told_as_that() {
    let good = ApkBuilder::new("3.4.0.1").build().unwrap();
    for bytes in [&b""[..], b"MZ", &[0; 5000], &good[..good.len() / 2], &good[good.len() / 2..]] {
        assert!(matches!(read(bytes), Err(Error::NotAPackage { .. })), "{} bytes", bytes.len());
    }
    assert!(matches!(read(&zip("classes.dex", b"x")), Err(Error::NoManifest)));
    // A template is a ZIP, too.
    assert!(matches!(read(&zip("androidmanifest.xml", b"x")), Err(Error::NoManifest)));
}

#[test]
fn a_package_that_was_damaged_on_its_way_is_none() {
    let mut bytes = zip(MANIFEST, &ApkBuilder::new("3.4.0.1").manifest());
    let data = 30 + MANIFEST.len();
    bytes[data + 20..data + 60].fill(0xFF);
    assert!(matches!(read(&bytes), Err(Error::NotAPackage { .. })), "{:?}", read(&bytes));
}

#[test]
fn a_manifest_in_another_form_is_not_understood() {
    let builder = ApkBuilder::new("3.4.0.1");
    let manifest = builder.manifest();
    let text = format!("<manifest package='{PACKAGE}'/>");
    let no_root = [&manifest[..8], &manifest[8..40]].concat();
    for bytes in [&b""[..], text.as_bytes(), &[0xFF; 200], &no_root, &manifest[8..], &manifest[..200]] {
        let error = read(&builder.build_with(bytes).unwrap()).unwrap_err();
        assert!(matches!(error, Error::Manifest { .. }), "{error:?}");
    }
    let error = read(&builder.clone().package(" ").build().unwrap()).unwrap_err();
    assert!(matches!(&error, Error::Manifest { detail } if detail.contains("package name")), "{error:?}");
}

#[test]
fn a_manifest_cut_anywhere_does_no_harm() {
    let manifest = ApkBuilder::new("3.4.0.1").manifest();
    let whole = parse(&manifest).unwrap();
    let read = (0..manifest.len()).filter_map(|end| parse(&manifest[..end]).ok());
    let read: Vec<Apk> = read.collect();
    assert!(!read.is_empty(), "what comes behind the root's start is not needed");
    assert!(read.iter().all(|apk| *apk == whole));
}

#[test]
fn of_a_manifest_that_unpacks_to_more_than_any_app_has_no_more_is_unpacked() {
    let bomb = zip(MANIFEST, &vec![0; 64 << 20]);
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    let error = read(&bomb).unwrap_err();
    assert!(matches!(&error, Error::Manifest { detail } if detail.starts_with("More than")), "{error:?}");
}

#[test]
fn elements_inside_elements_exhaust_no_stack() {
    let builder = ApkBuilder::new("3.4.0.1").nested(8000);
    assert!(builder.manifest().len() as u64 <= LARGEST_MANIFEST);
    assert_eq!(parse_on_a_small_stack(builder.manifest()).unwrap().package, PACKAGE);
}

#[test]
fn a_long_text_that_is_repeated_costs_no_more_than_it_may() {
    let long = "x".repeat(30_000);
    let some = ApkBuilder::new("3.4.0.1").package(&long).repeating(40);
    assert_eq!(parse(&some.manifest()).unwrap().package.len(), LONGEST_TEXT);
    let many = ApkBuilder::new("3.4.0.1").package(&long).repeating(5000);
    assert!(many.manifest().len() as u64 <= LARGEST_MANIFEST);
    assert!(matches!(parse(&many.manifest()), Err(Error::Manifest { .. })));
}

#[test]
fn nothing_is_hidden_where_the_library_would_look_and_the_limits_did_not() {
    let manifest = ApkBuilder::new("3.4.0.1").manifest();
    let texts_length = u32::from_le_bytes(manifest[12..16].try_into().unwrap()) as usize;
    let (names, namespace) = (8 + texts_length, 8 + texts_length + 16);
    let with = |at: usize, value: u32| {
        let mut bytes = manifest.clone();
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        parse(&bytes)
    };
    assert!(parse(&manifest).is_ok());
    for (at, value) in [
        // Texts that begin between two words; a chunk that is longer than what is in it, or than the file.
        (8 + 20, 28 + 4 * 8 + 1),
        (namespace + 4, 24 + 60),
        (names + 4, u32::MAX),
        (names + 4, 0),
        // Chunks with another header, or of another kind.
        (names, 0x0010_0180),
        (namespace, 0x0010_0104),
    ] {
        assert!(matches!(with(at, value), Err(Error::Manifest { .. })), "{value} at {at}");
    }
}
