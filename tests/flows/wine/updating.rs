//! The window under Wine, by mouse: a base by template with a download that is killed in the middle, and the
//! platform by Windows Installer.

use std::path::PathBuf;
use std::process::Child;

use smarts_tests::site::{Behaviour, Site};
use smarts_tests::tree::{Tree, TreeRelease};
use smarts_updater::view::theme::LIGHT;

use super::packages::Workshop;
use super::pc;
use super::prefix::{Prefix, files};
use super::screen::{key, press, press_lowest, settle, shot, wait_for, windows};
use crate::made;

const OLD: &str = "3.3.46.29552";
const NEW: &str = "3.4.46.40367";
const TEMPLATE: &str = "downloads/WH15-1.6.3.7283.mstmpl";
/// Large enough for a download to be caught in the middle.
const TEMPLATE_BYTES: usize = 6 * 1024 * 1024;

fn site(workshop: &Workshop) -> Site {
    let package = std::fs::read(workshop.platform(NEW, false)).unwrap();
    let platform = TreeRelease::new(NEW)
        .with("date", "11.02.2025")
        .with("description", "- Новая платформа")
        .download("MobileSMARTS.msi", package)
        .stated();
    let template = made::template(made::NEW).file("LabelTemplates/photo.bin", made::noise(TEMPLATE_BYTES));
    let tree = Tree::new()
        .release("Platform4", platform)
        .release(made::WAREHOUSE, made::release(made::NEW, &template));
    Site::serve(&tree).unwrap()
}

/// In the middle of the template's download the window is killed; what has arrived is kept.
fn kill_in_the_middle(prefix: &Prefix, site: &Site, window: &mut Child) {
    let held = TEMPLATE_BYTES / 2;
    site.misbehave(TEMPLATE, Behaviour::HoldAfter(held));
    press(LIGHT.blue_button);
    site.wait_until_held();
    settle();
    shot("download");
    window.kill().unwrap();
    window.wait().unwrap();
    prefix.stop();
    site.release();
    site.behave(TEMPLATE);
    site.forget();
    let partial = downloads(prefix, ".partial").pop().unwrap();
    let kept = std::fs::metadata(&partial).unwrap().len();
    assert!(kept + 1024 * 1024 >= held as u64, "{kept} bytes were kept");
}

/// Files of the person's, by the end of their names.
fn downloads(prefix: &Prefix, ending: &str) -> Vec<PathBuf> {
    files(&prefix.path(r"C:\users"), ending)
}

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
fn a_base_and_the_platform_are_updated_in_the_window_and_a_killed_download_goes_on() {
    let workshop = Workshop::new();
    let prefix = Prefix::with_programs();
    assert_eq!(prefix.install(&workshop.platform(OLD, false), &[]), 0);
    let root = pc::root(&[made::warehouse("main", "Основной склад")], OLD);
    pc::lay_onto(&prefix, &root);
    // What the update replaces is marked read-only, as files copied from a disc are.
    let label = prefix.path(r"C:\ProgramData\Cleverence\Databases\main\LabelTemplates\58x40.xml");
    let mut marked = std::fs::metadata(&label).unwrap().permissions();
    marked.set_readonly(true);
    std::fs::set_permissions(&label, marked).unwrap();
    let site = site(&workshop);
    let root = site.root();
    let start = || {
        let child = prefix.start(
            "MobileSMARTSUpdater.exe",
            &["--source", &root, "--lang", "ru", "--theme", "light", "--renderer", "opengl"],
        );
        wait_for("the window", || (windows() > 0).then_some(()));
        child
    };

    let mut window = start();
    wait_for("the report", || downloads(&prefix, "report.json").pop());
    settle();
    shot("list");
    site.forget();
    key("F5");
    wait_for("another check", || site.seen().iter().any(|seen| seen.path.contains("versions")).then_some(()));

    kill_in_the_middle(&prefix, &site, &mut window);

    // Started again it goes on from there.
    let mut window = start();
    settle();
    shot("paused");
    press_lowest(LIGHT.edge);
    wait_for("the template", || downloads(&prefix, ".mstmpl").pop());
    let asked = site.seen().into_iter().find(|seen| seen.path == TEMPLATE).expect("a request for it");
    assert!(asked.headers.contains_key("range"), "{asked:?}");
    settle();
    shot("sheet");
    press(LIGHT.blue_button);
    wait_for("the entry of the base", || prefix.journal().contains("\"what\":\"updated\"").then_some(()));
    let description = prefix.path(r"C:\ProgramData\Cleverence\Databases\main\AppDescription.xml");
    assert!(std::fs::read_to_string(description).unwrap().contains(made::NEW));
    settle();
    shot("base-done");

    // The platform, by Windows Installer.
    press(LIGHT.violet);
    wait_for("the package", || downloads(&prefix, "MobileSMARTS.msi").pop());
    settle();
    shot("platform-sheet");
    press(LIGHT.violet);
    wait_for("the entry of the platform", || {
        prefix.journal().contains("\"subject\":\"platform\"").then_some(())
    });
    assert_eq!(prefix.platform_version().as_deref(), Some(NEW));
    settle();
    shot("platform-done");
    window.kill().unwrap();
    window.wait().unwrap();
    let checked = prefix.smarts(&["check", "--json", "--source", &root]);
    assert_eq!((checked.status, checked.out.matches("\"up_to_date\"").count()), (0, 2), "{checked:?}");
}
