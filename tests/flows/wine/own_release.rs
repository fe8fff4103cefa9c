//! This program's own newer release: installed while it runs.

use smarts_tests::site::Site;
use smarts_tests::tree::{Tree, TreeRelease};

use super::prefix::{PROGRAMS, Prefix, given, newer_version};

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
fn a_newer_release_of_this_program_is_installed_by_it() {
    let prefix = Prefix::with_programs();
    let package = std::fs::read(given("SMARTS_NEWER_MSI")).unwrap();
    let release = TreeRelease::new(&newer_version()).download("MobileSMARTSUpdater.msi", package).stated();
    let site = Site::serve(&Tree::new().release("MobileSMARTSUpdater", release)).unwrap();
    let options = ["--lang", "en", "--source", &site.root()];
    let checked = prefix.smarts(&[["check", "--json"].as_slice(), &options].concat());
    assert_eq!(checked.status, 100, "{checked:?}");
    let updated = prefix.smarts(&[["update", "updater", "--yes"].as_slice(), &options].concat());
    assert_eq!(updated.status, 0, "{updated:?}");
    let own_key = r"HKLM\SOFTWARE\Mobile SMARTS Updater";
    assert_eq!(prefix.registry(own_key, "Version"), Some(newer_version()));
    assert!(prefix.path(&format!(r"{PROGRAMS}\smarts.exe")).is_file());
    let again = prefix.smarts(&[["check", "--json"].as_slice(), &options].concat());
    assert_eq!(again.status, 0, "{again:?}");
}
