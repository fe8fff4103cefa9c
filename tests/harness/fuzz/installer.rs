//! Installers from anywhere: what they say of themselves.

use std::io::Cursor;

use smarts_core::installer::{self, Identity};
use smarts_core::machine::Machine;
use smarts_core::verify::PackageKind;

use super::{assert_trimmed, assert_version};

/// More than any text of them that is shown.
const LONGEST_TEXT: usize = 200;

/// A Windows Installer package.
pub fn msi(bytes: &[u8]) {
    identify(PackageKind::Msi, bytes);
}

/// A program of Windows.
pub fn exe(bytes: &[u8]) {
    identify(PackageKind::Exe, bytes);
}

/// Whatever it says is one line that can be shown, and of the same bytes always the same.
fn identify(kind: PackageKind, bytes: &[u8]) {
    let read = || installer::identify(kind, &mut Cursor::new(bytes));
    let Ok(identity) = read() else { return };
    assert_eq!(read().unwrap(), identity);
    let Identity { product, version, company, other_names, product_code, upgrade_code } = &identity;
    let texts = [product, company, product_code, upgrade_code].into_iter().flatten().chain(other_names);
    for text in texts {
        assert_trimmed(text);
        assert!(text.chars().count() <= LONGEST_TEXT && !text.contains(char::is_control), "{text:?}");
    }
    if let Some(version) = version {
        assert_version(version);
    }
    // Where nothing is installed, nothing is for it.
    assert!(installer::target(&identity, &Machine::default()).is_err());
}
