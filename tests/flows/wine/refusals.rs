//! Installers that are not what they should be, or end badly: refused or reported, and nothing lost.

use smarts_tests::site::Site;
use smarts_tests::tree::{Tree, TreeRelease};

use super::packages::Workshop;
use super::pc;
use super::prefix::{Prefix, Ran};
use crate::made;

const OLD: &str = "3.3.46.29552";
const NEW: &str = "3.4.46.40367";
const FEED: &str = "Platform4";

/// A PC with the programs and the platform.
fn pc_with_platform(workshop: &Workshop) -> Prefix {
    let prefix = Prefix::with_programs();
    assert_eq!(prefix.install(&workshop.platform(OLD, false), &[]), 0);
    prefix
}

fn update_from(prefix: &Prefix, release: TreeRelease) -> Ran {
    let site = Site::serve(&Tree::new().release(FEED, release)).unwrap();
    prefix.smarts(&["update", "platform", "--yes", "--lang", "en", "--source", &site.root()])
}

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
fn an_installer_that_is_not_what_it_should_be_is_never_started() {
    let workshop = Workshop::new();
    let prefix = pc_with_platform(&workshop);
    let wizard = workshop.wizard(b"nothing", 0);
    let bytes = |path: &std::path::Path| std::fs::read(path).unwrap();
    let signed = bytes(&workshop.signed(&wizard, "Somebody Else"));
    let exe = |bytes: Vec<u8>| TreeRelease::new(NEW).download("MobileSMARTS.exe", bytes);
    // Another file than the one whose hash is stated.
    let wrong = exe(signed.clone()).with("sha256", &"0".repeat(64));
    let ran = update_from(&prefix, wrong);
    assert_eq!(ran.status, 3, "{ran:?}");
    // Nothing that proves it, and no signature.
    let ran = update_from(&prefix, exe(bytes(&wizard)).with("publisher", "Клеверенс"));
    assert_eq!(ran.status, 3, "{ran:?}");
    // Signed by another company than the one expected.
    let ran = update_from(&prefix, exe(signed.clone()).with("publisher", "Клеверенс"));
    assert_eq!(ran.status, 3, "{ran:?}");
    assert!(ran.err.contains("Somebody Else"), "the signer found is named: {ran:?}");
    // Changed after it was signed.
    let mut changed = signed;
    let middle = changed.len() / 2;
    changed[middle] ^= 0xff;
    let ran = update_from(&prefix, exe(changed).with("publisher", "Somebody Else"));
    assert_eq!(ran.status, 3, "{ran:?}");
    assert_eq!(prefix.platform_version().as_deref(), Some(OLD));
    assert_eq!(prefix.journal(), "");
}

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
fn a_signed_installer_of_the_expected_company_is_started_without_a_hash() {
    let workshop = Workshop::new();
    let prefix = pc_with_platform(&workshop);
    let signed = workshop.signed(&workshop.platform(NEW, false), "Клеверенс");
    let release = TreeRelease::new(NEW).download("MobileSMARTS.msi", std::fs::read(signed).unwrap());
    let ran = update_from(&prefix, release.with("publisher", "Клеверенс"));
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(prefix.platform_version().as_deref(), Some(NEW));
    assert!(prefix.journal().contains("\"proof\":\"publisher\""));
}

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
fn a_failing_or_cancelled_installer_is_said_and_leaves_the_platform_as_it_was() {
    let workshop = Workshop::new();
    let prefix = pc_with_platform(&workshop);
    let stated = |name: &str, path: &std::path::Path| {
        TreeRelease::new(NEW).download(name, std::fs::read(path).unwrap()).stated()
    };
    let ran = update_from(&prefix, stated("MobileSMARTS.msi", &workshop.platform(NEW, true)));
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.err.contains("1603") && ran.err.contains(".log"), "{ran:?}");
    for cancelled in [1602, 1223] {
        let ran = update_from(&prefix, stated("MobileSMARTS.exe", &workshop.wizard(b"", cancelled)));
        assert_eq!(ran.status, 4, "{ran:?}");
    }
    assert_eq!(prefix.platform_version().as_deref(), Some(OLD));
    let journal = prefix.journal();
    assert!(journal.contains("\"failed\"") && journal.contains("\"cancelled\""), "{journal}");
}

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
fn a_wizard_leaves_a_template_and_the_chosen_base_is_updated_with_it() {
    let workshop = Workshop::new();
    let prefix = pc_with_platform(&workshop);
    let root = pc::root(&[made::warehouse("main", "Основной склад")], OLD);
    pc::lay_onto(&prefix, &root);
    let wizard = workshop.wizard(&made::template(made::NEW).build().unwrap(), 0);
    let release = TreeRelease::new(made::NEW)
        .download("WH15.InstallWizard.exe", std::fs::read(wizard).unwrap())
        .stated();
    let site = Site::serve(&Tree::new().release(made::WAREHOUSE, release)).unwrap();
    let options = ["--lang", "en", "--accept-unproved", "--source", &site.root()];
    let ran = prefix.smarts(&[&["update", "main", "--yes"], options.as_slice()].concat());
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(prefix.path(r"C:\ProgramData\Cleverence\Common\Templates\wizard.mstmpl").is_file());
    let description =
        std::fs::read_to_string(prefix.path(r"C:\ProgramData\Cleverence\Databases\main\AppDescription.xml"));
    assert!(description.unwrap().contains(made::NEW));
    let journal = prefix.journal();
    assert!(journal.contains("wizard_run") && journal.contains("\"updated\""), "{journal}");
}
