//! Exit statuses: what each of them is given for, and what it leaves behind.

use std::fs;
use std::path::Path;

use smarts_tests::machine_root::{BaseSpec, MachineRoot, Settings};
use smarts_tests::site::{Behaviour, Site};
use smarts_tests::tree::{Tree, TreeRelease};
use tempfile::TempDir;

use crate::made::{self, NEW, WAREHOUSE};
use crate::program::{Home, Prompt, Ran};

const FOLDER: &str = r"C:\ProgramData\Cleverence\Databases\main";

pub(super) struct Desk {
    pub(super) pc: MachineRoot,
    pub(super) source: TempDir,
    pub(super) prompt: Prompt,
}

pub(super) fn desk_of(bases: &[BaseSpec], tree: &Tree) -> Desk {
    let (pc, source) = (made::pc(bases), made::folder(tree));
    let prompt = Prompt::on(pc.path(), source.path());
    Desk { pc, source, prompt }
}

/// A base with an update, and nothing new for the platform.
pub(super) fn desk() -> Desk {
    let tree = made::source_of(&made::template(NEW)).entry("Platform4", "");
    desk_of(&[made::warehouse("main", "Основной склад")], &tree)
}

impl Desk {
    fn version(&self) -> String {
        made::version(self.pc.path(), FOLDER)
    }

    fn empty(&self) -> bool {
        fs::read_dir(self.prompt.home.path().join("tmp")).unwrap().next().is_none()
    }
}

#[test]
fn zero_is_done_and_nothing_new_and_a_hundred_is_something_available() {
    let desk = desk();
    assert_eq!(desk.prompt.run(&["list"]).status, 0);
    assert_eq!(desk.prompt.run(&["check"]).status, 100);
    assert_eq!(desk.prompt.run(&["update", "main", "--yes"]).status, 0);
    assert_eq!(desk.version(), NEW);
    assert_eq!(desk.prompt.run(&["check"]).status, 0);
    let again = desk.prompt.run(&["update", "main", "--yes"]);
    assert_eq!((again.status, again.err.as_str()), (0, "Основной склад: обновлений нет\n"));
    assert_eq!(desk.prompt.run(&["download", "main"]).status, 0);
    assert!(desk.empty(), "nothing is left in the folder for temporary files");
}

#[test]
fn a_release_that_is_blocked_does_not_count_as_available() {
    let tree = Tree::new().entry("Platform4", "").release(WAREHOUSE, TreeRelease::new(NEW));
    let desk = desk_of(&[made::warehouse("main", "Основной склад")], &tree);
    assert_eq!(desk.prompt.run(&["check"]).status, 0);
}

/// A check that could look up some of it or nothing, after a good one.
fn after_a_good_check(desk: &Desk, spoil: impl FnOnce(&Path)) -> (Ran, bool) {
    assert_eq!(desk.prompt.run(&["check"]).status, 100);
    let report = desk.prompt.home.report_path(desk.pc.path());
    let good = fs::read(&report).unwrap();
    spoil(desk.source.path());
    let ran = desk.prompt.run(&["check", "--json"]);
    (ran, fs::read(&report).unwrap() == good)
}

#[test]
fn one_is_a_broken_list_of_versions_and_the_report_says_unknown() {
    let desk = desk();
    let (ran, _) = after_a_good_check(&desk, |source| {
        fs::write(source.join(format!("updates/{WAREHOUSE}/versions.xml")), "<update><versi").unwrap();
    });
    insta::assert_snapshot!("check_broken_list", ran.told());
}

#[test]
fn one_is_a_source_without_any_list_and_the_last_good_report_survives() {
    let desk = desk();
    let (ran, survives) =
        after_a_good_check(&desk, |source| fs::remove_dir_all(source.join("updates")).unwrap());
    assert!(survives);
    insta::assert_snapshot!("check_without_lists", ran.told());
    assert_eq!(desk.prompt.run(&["update", "main", "--yes"]).status, 1);
    assert_eq!(desk.prompt.run(&["download", "main"]).status, 1);
    assert_eq!(desk.version(), made::OLD);
}

#[test]
fn one_is_a_source_that_cannot_be_reached() {
    let mut desk = desk();
    let (ran, survives) = after_a_good_check(&desk, |source| fs::remove_dir_all(source).unwrap());
    assert!(survives);
    assert_eq!(ran.status, 1);
    insta::assert_snapshot!("check_no_folder", ran.told());

    // A port nobody listens on any more.
    let site = Site::serve(&Tree::new()).unwrap();
    desk.prompt.source = site.root();
    desk.prompt.home.hide_text(&site.host(), "[HOST]");
    drop(site);
    let ran = desk.prompt.run(&["check", "--json"]);
    assert_eq!(ran.status, 1);
    insta::assert_snapshot!("check_refused_connection", ran.told());
}

#[test]
fn a_site_is_a_source_as_a_folder_is() {
    let mut desk = desk();
    let tree = made::source_of(&made::template(NEW)).entry("Platform4", "");
    let site = Site::serve(&tree).unwrap();
    desk.prompt.source = site.root();
    desk.prompt.home.hide_text(&site.host(), "[HOST]");
    let settings = r"C:\ProgramData\Cleverence\Updater\settings.toml";
    desk.pc.write(settings, b"download_tries = 1\n").unwrap();
    let ran = desk.prompt.run(&["check"]);
    assert_eq!(ran.status, 100, "{ran:?}");
    site.misbehave(&format!("downloads/WH15-{NEW}.mstmpl"), Behaviour::CutAfter(100));
    let cut = desk.prompt.run(&["update", "main", "--yes"]);
    assert_eq!((cut.status, desk.version().as_str()), (1, made::OLD));
    insta::assert_snapshot!("update_cut", cut.told());
    site.behave(&format!("downloads/WH15-{NEW}.mstmpl"));
    assert_eq!(desk.prompt.run(&["update", "main", "--yes"]).status, 0);
    assert_eq!(desk.version(), NEW);
    let ranges: Vec<_> =
        site.seen().into_iter().filter_map(|seen| seen.headers.get("range").cloned()).collect();
    assert_eq!(ranges, ["bytes=100-"], "what had come was kept");
}

#[test]
fn two_is_wrong_usage() {
    let desk = desk();
    let told = |line: &[&str]| {
        let ran = desk.prompt.run(line);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{line:?}: {ran:?}");
        format!("# {}\n{}", line.join(" "), ran.err)
    };
    let lines: [&[&str]; 5] = [
        &["update", "nowhere", "--yes"],
        &["update", "base:platform", "--yes"],
        &["download", "main", "--version", "новая"],
        &["update"],
        &["history", "--json", "--csv"],
    ];
    insta::assert_snapshot!("wrong_usage", lines.map(told).join("\n"));
    assert_eq!(desk.version(), made::OLD);

    let home = Home::new();
    for line in [
        ["list", "--today", "2026-11-22", "--lang", "ru"].as_slice(),
        &["lsit"],
        &["list", "--demo", "--machine-root", "."],
        &["list", "--lang", "de"],
    ] {
        assert_eq!(home.smarts(line).status, 2, "{line:?}");
    }
}

/// Refusals change nothing, and say why.
fn refused(desk: &Desk, line: &[&str]) -> String {
    let before = made::content(desk.pc.path());
    let ran = desk.prompt.run(line);
    assert_eq!((ran.status, ran.out.as_str()), (3, ""), "{line:?}: {ran:?}");
    assert_eq!(made::content(desk.pc.path()), before, "{line:?}");
    format!("# {}\n{}", line.join(" "), ran.err)
}

#[test]
fn three_is_what_is_not_updated_here() {
    let spec = |id: &str, name: &str| made::warehouse(id, name);
    let cloud = BaseSpec {
        product: Some("ОБЛАКО Склад 15".to_owned()), ..spec("cloud", "Склад в облаке")
    };
    let remote = BaseSpec { settings: Settings::Remote, ..spec("remote", "Склад на Южной") };
    let torn =
        BaseSpec { files: vec![("AppDescription.xml".to_owned(), vec![])], ..spec("torn", "Учёт") };
    let blocked = BaseSpec { product_id: Some("described".to_owned()), ..spec("blocked", "Касса") };
    let tree = made::source_of(&made::template(NEW)).release("described", TreeRelease::new(NEW));
    let desk = desk_of(&[cloud, remote, torn, blocked], &tree);
    let told = ["cloud", "remote", "torn", "blocked"].map(|id| refused(&desk, &["update", id, "--yes"]));
    insta::assert_snapshot!("refused_bases", told.join("\n"));
}

#[test]
fn three_is_what_is_not_proved() {
    let template = made::template(NEW).build().unwrap();
    let unproved = TreeRelease::new(NEW).download("unproved.mstmpl", template.clone());
    let lying = TreeRelease::new(NEW).download("lying.mstmpl", template).with("sha256", &"0".repeat(64));
    let msi = TreeRelease::new("3.4.46.40367").download("MobileSMARTS.msi", "an installer");
    let tree = Tree::new().release(WAREHOUSE, unproved).release("lying", lying).release("Platform4", msi);
    let liar = BaseSpec { product_id: Some("lying".to_owned()), ..made::warehouse("liar", "Касса") };
    let desk = desk_of(&[made::warehouse("main", "Основной склад"), liar], &tree);
    let told = [
        refused(&desk, &["update", "main", "--yes"]),
        refused(&desk, &["download", "main"]),
        refused(&desk, &["download", "platform"]),
        refused(&desk, &["update", "platform", "--yes"]),
        refused(&desk, &["update", "platform", "--yes", "--accept-unproved"]),
        refused(&desk, &["update", "liar", "--yes"]),
    ];
    insta::assert_snapshot!("refused_proof", told.join("\n"));
    assert_eq!(desk.prompt.run(&["update", "main", "--yes", "--accept-unproved"]).status, 0);
    assert_eq!(desk.version(), NEW);
}

#[test]
fn three_is_a_foreign_program() {
    let msi = TreeRelease::new("3.4.46.40367").download("MobileSMARTS.msi", "an installer").stated();
    let desk = desk_of(&[], &Tree::new().release("Platform4", msi));
    let registry = fs::read(desk.pc.path().join("registry.reg")).unwrap();
    let ran = desk.prompt.run(&["update", "platform", "--yes"]);
    assert_eq!(ran.status, 3, "{ran:?}");
    assert_eq!(fs::read(desk.pc.path().join("registry.reg")).unwrap(), registry);
    insta::assert_snapshot!("refused_foreign", ran.told());
}

#[test]
fn three_is_a_version_that_cannot_be_had() {
    let desk = desk();
    let told = refused(&desk, &["update", "main", "--version", "1.6.3.6708", "--yes"]);
    assert_eq!(
        told.lines().nth(1),
        Some("Для «Основной склад» нет версии 1.6.3.6708, которую можно поставить поверх установленной")
    );
}
