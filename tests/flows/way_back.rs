//! The way back of the platform: what is installed is fetched from the source beside the newer one, kept before that is
//! started, and said. In a machine root no vendor's installer is started, so the update itself is refused there, after
//! everything that comes before it was done.

use std::fs;

use smarts_core::os::MachineRoot as Root;
use smarts_core::paths::Paths;
use smarts_core::platform::installers::{self, KeptInstaller};
use smarts_core::verify::Proof;
use smarts_tests::machine_root::MachineRoot;
use smarts_tests::site::{Behaviour, Site};
use smarts_tests::tree::{Tree, TreeRelease};

use crate::program::{Prompt, Ran};
use crate::{desk, made};

const FEED: &str = "Platform4";
const INSTALLED: &str = "3.3.46.29552";
const NEW: &str = "3.4.46.40367";
const COMES_ALONG: &str = "Загружается и программа установки прежней платформы 3.3.46.29552, для возврата";
const FETCHED: &str = "возврата: программа установки платформы 3.3.46.29552 загружена";
const KEPT: &str = "возврата: программа установки платформы 3.3.46.29552 сохранена";
const NOT_KEPT: &str = "установки платформы 3.3.46.29552, которая стоит сейчас, здесь не сохранена: ";

fn release(version: &str) -> TreeRelease {
    let bytes = format!("an installer of {version}");
    TreeRelease::new(version).download(&format!("MobileSMARTS-{version}.msi"), bytes).stated()
}

fn with_former() -> Tree {
    Tree::new().release(FEED, release(NEW)).release(FEED, release(INSTALLED))
}

fn kept(pc: &MachineRoot) -> Option<KeptInstaller> {
    let os = Root::open(pc.path()).unwrap();
    installers::of_version(&os, &Paths::below(&os, pc.path()), INSTALLED.parse().unwrap())
}

/// What is said when the platform is updated from a folder with this tree; the last word is that of the seam.
fn updated(pc: &MachineRoot, tree: &Tree) -> Ran {
    let source = made::folder(tree);
    let ran = Prompt::on(pc.path(), source.path()).run(&["update", "platform", "--yes"]);
    assert_eq!(ran.status, 3, "{ran:?}");
    assert!(ran.err.contains("В порядке"), "the sheet was shown: {ran:?}");
    ran
}

#[test]
fn what_is_installed_is_fetched_along_and_lies_there_before_the_newer_one_is_started() {
    let pc = made::pc(&[]);
    let ran = updated(&pc, &with_former());
    assert!(ran.err.contains(COMES_ALONG) && ran.err.contains(FETCHED), "{ran:?}");
    assert!(!ran.err.contains("не сохранена"), "{ran:?}");
    let found = kept(&pc).unwrap();
    assert_eq!(fs::read(&found.path).unwrap(), b"an installer of 3.3.46.29552");
    assert_eq!(found.proof, Proof::Hash);
    let again = updated(&pc, &with_former());
    assert!(again.err.contains(KEPT) && !again.err.contains(COMES_ALONG), "{again:?}");
}

#[test]
fn a_source_without_it_is_told_and_the_update_goes_on() {
    let pc = made::pc(&[]);
    let described = Tree::new().release(FEED, release(NEW)).release(FEED, TreeRelease::new(INSTALLED));
    for tree in [Tree::new().release(FEED, release(NEW)), described] {
        let ran = updated(&pc, &tree);
        assert!(ran.err.contains(&format!("{NOT_KEPT}в источнике её нет")), "{ran:?}");
        assert!(!ran.err.contains(COMES_ALONG) && kept(&pc).is_none(), "{ran:?}");
    }
}

#[test]
fn a_file_that_is_not_the_one_that_was_stated_is_no_way_back_and_a_missing_one_neither() {
    let pc = made::pc(&[]);
    let file = "downloads/MobileSMARTS-3.3.46.29552.msi";
    let ran = updated(&pc, &with_former().file(file, "an installer of 3.3.46.66666"));
    let said = format!("{NOT_KEPT}подлинность загруженного файла не подтвердилась");
    assert!(ran.err.contains(&said) && kept(&pc).is_none(), "{ran:?}");

    let site = Site::serve(&with_former()).unwrap();
    site.misbehave(file, Behaviour::Status(404));
    let mut prompt = Prompt::on(pc.path(), pc.path());
    prompt.source = site.root();
    let ran = prompt.run(&["update", "platform", "--yes"]);
    assert!(ran.err.contains(&format!("{NOT_KEPT}скачать её не удалось (")), "{ran:?}");
    assert!(ran.status == 3 && kept(&pc).is_none(), "{ran:?}");
}

#[test]
fn a_site_that_wants_to_be_left_alone_for_an_hour_holds_up_no_update() {
    let pc = made::pc(&[]);
    let site = Site::serve(&with_former()).unwrap();
    let file = "downloads/MobileSMARTS-3.3.46.29552.msi";
    site.misbehave(file, Behaviour::Later(503, "3600".to_owned()));
    let mut prompt = Prompt::on(pc.path(), pc.path());
    prompt.source = site.root();
    let ran = prompt.run(&["update", "platform", "--yes"]);
    assert!(ran.err.contains(&format!("{NOT_KEPT}скачать её не удалось (")), "{ran:?}");
    assert_eq!(ran.status, 3, "{ran:?}");
}

#[test]
fn the_window_fetches_it_and_its_sheet_says_so() {
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    let source = made::folder(&with_former().entry(made::WAREHOUSE, ""));
    let mut desk = desk::on(pc.path(), &source.path().display().to_string());
    desk.press("Обновить платформу");
    desk.until_seen("Обновить платформу Mobile SMARTS?");
    desk.until_seen(FETCHED);
    assert!(!desk.sees("не сохранена"));
    desk.press("Открыть установку");
    desk.until("the kept file", |_| kept(&pc).is_some());
}

#[test]
fn whoever_stops_while_it_arrives_stops_all_of_it_and_whoever_cancels_then_has_nothing_of_it_left() {
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    let name = "MobileSMARTS-3.3.46.29552.msi";
    let former = TreeRelease::new(INSTALLED).download(name, made::noise(4 << 20)).stated();
    let tree = Tree::new().release(FEED, release(NEW)).release(FEED, former).entry(made::WAREHOUSE, "");
    let site = Site::serve(&tree).unwrap();
    site.misbehave(&format!("downloads/{name}"), Behaviour::HoldAfter(2 << 20));
    let mut desk = desk::on(pc.path(), &site.root());
    desk.press("Обновить платформу");
    desk.until("both files", |desk| desk.sees("для возврата") && partial(desk).is_some());
    desk.press("Приостановить загрузку: Платформа Mobile SMARTS");
    desk.until_seen("загрузка на паузе");
    assert!(partial(&desk).is_some());
    desk.press("Отменить загрузку: Платформа Mobile SMARTS");
    desk.until("nothing of it", |desk| partial(desk).is_none());
    assert!(desk.has(egui::Role::Button, "Обновить платформу") && kept(&pc).is_none());
    site.release();
}

/// What has arrived so far of the installer for going back.
fn partial(desk: &desk::Desk) -> Option<std::path::PathBuf> {
    let dir = desk.paths.downloads_dir.join(FEED).join(INSTALLED);
    let mut files = fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
    files.find(|path| path.to_string_lossy().contains(".partial"))
}

#[test]
fn a_plan_that_is_gone_on_with_looks_for_it_again() {
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    let template = made::template(made::NEW);
    let tree = with_former().release(made::WAREHOUSE, made::release(made::NEW, &template));
    let source = made::folder(&tree);
    let prompt = Prompt::on(pc.path(), source.path());
    assert_eq!(prompt.run(&["update", "platform", "main", "--yes"]).status, 3);
    fs::remove_dir_all(kept(&pc).unwrap().path.parent().unwrap()).unwrap();
    let ran = prompt.run(&["update", "--continue", "--yes"]);
    assert!(ran.err.contains("Продолжаем начатое") && ran.err.contains(FETCHED), "{ran:?}");
    assert!(kept(&pc).is_some());
}
