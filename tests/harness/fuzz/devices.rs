//! What concerns mobile devices: packages for them, and what their folders say.

use std::io::Cursor;

use smarts_core::devices::apk::{self as package, Apk};
use smarts_core::machine::device_app as said;

use super::assert_version;

/// More than any text of a package that is shown.
const LONGEST_TEXT: usize = 200;

/// An Android package, or the manifest alone: one line for each text, and of the same bytes always the same.
pub fn apk(bytes: &[u8]) {
    let of_package = package::read(Cursor::new(bytes)).ok();
    let of_manifest = package::parse(bytes).ok();
    assert_eq!(package::read(Cursor::new(bytes)).ok(), of_package);
    for apk in [of_package, of_manifest].into_iter().flatten() {
        let Apk { package, version_name, version, version_code: _ } = apk;
        assert!(!package.is_empty(), "one app could not be told from another");
        for text in [&package, &version_name] {
            assert!(text.trim() == text && !text.contains(char::is_control), "{text:?}");
            assert!(text.chars().count() <= LONGEST_TEXT, "{text:?}");
        }
        if let Some(version) = version {
            assert_version(&version);
            assert!(version_name.starts_with(|c: char| c.is_ascii_digit()), "{version_name:?}");
        }
    }
}

/// A file of a device's folder: a version that some server could be compared with, and nothing of what is not clear.
pub fn device_app(bytes: &[u8]) {
    let said = said::parse(bytes);
    said.versions.iter().for_each(assert_version);
    assert!(said.versions.iter().all(|version| version.major_minor() != (0, 0)));
    assert_eq!(said.version().is_some(), said.versions.len() == 1);
    assert_eq!(said.system().is_some(), said.systems.len() == 1);
}
