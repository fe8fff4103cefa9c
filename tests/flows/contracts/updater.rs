//! This program's own releases: what is said of them, and where they clash with a base's id.

use std::fs;

use smarts_tests::machine_root::{BaseSpec, MachineRoot};
use smarts_tests::tree::{Tree, TreeRelease};
use tempfile::TempDir;

use crate::made::{self, NEW};
use crate::program::Prompt;

const FEED: &str = "MobileSMARTSUpdater";

struct Desk {
    pc: MachineRoot,
    _source: TempDir,
    prompt: Prompt,
}

/// A PC with the platform, this program and these bases.
fn desk(installed: &str, bases: &[BaseSpec], tree: &Tree) -> Desk {
    let (pc, source) = (made::pc(bases).updater(installed).unwrap(), made::folder(tree));
    let prompt = Prompt::on(pc.path(), source.path());
    Desk { pc, _source: source, prompt }
}

/// A source with nothing new for the platform.
fn platform() -> Tree {
    Tree::new().entry("Platform4", "")
}

fn newer() -> Tree {
    let release = TreeRelease::new("1.2.0.0")
        .with("date", "20.11.2026")
        .with("description", "- Проверка быстрее")
        .download("MobileSMARTSUpdater.msi", "an installer")
        .stated();
    platform().release(FEED, release)
}

#[test]
fn a_newer_release_of_this_program_is_one_more_row() {
    let desk = desk("1.1.0.0", &[], &newer());
    for (name, line) in [
        ("updater_list_json", ["list", "--json"].as_slice()),
        ("updater_list_table", &["list"]),
        ("updater_check_json", &["check", "--json"]),
        ("updater_check_table", &["check"]),
        ("updater_check_table_en", &["check", "--lang", "en"]),
        ("updater_notice", &["notice", "--json"]),
    ] {
        insta::assert_snapshot!(name, desk.prompt.run(line).told());
    }
}

#[test]
fn a_source_that_has_no_releases_of_this_program_says_so_and_nothing_has_failed() {
    let desk = desk("1.1.0.0", &[], &platform());
    let ran = desk.prompt.run(&["check"]);
    assert_eq!(ran.status, 0);
    insta::assert_snapshot!("updater_no_releases_table", ran.told());
    insta::assert_snapshot!("updater_no_releases_json", desk.prompt.run(&["check", "--json"]).told());
    let ran = desk.prompt.run(&["update", "updater", "--yes"]);
    let line = "Программа обновления Mobile SMARTS: в этом источнике нет выпусков этой программы\n";
    assert_eq!((ran.status, ran.err.as_str()), (3, line));
    assert_eq!(desk.prompt.run(&["notice", "--json"]).out.trim(), "{\n  \"nothing_open\": true\n}");
}

#[test]
fn a_list_that_cannot_be_read_and_a_version_that_is_none_are_no_news_but_a_failure() {
    let broken = platform().file(&format!("updates/{FEED}/versions.xml"), "<update><versi");
    let ran = desk("1.1.0.0", &[], &broken).prompt.run(&["check"]);
    assert_eq!(ran.status, 1);
    insta::assert_snapshot!("updater_broken_list", ran.told());

    let desk = desk("newest", &[], &newer());
    let ran = desk.prompt.run(&["check"]);
    assert_eq!(ran.status, 1);
    insta::assert_snapshot!("updater_broken_version", ran.told());
}

#[test]
fn its_file_is_downloaded_and_proved_and_in_a_machine_root_never_started() {
    let desk = desk("1.1.0.0", &[], &newer());
    let registry = || fs::read(desk.pc.path().join("registry.reg")).unwrap();
    let before = registry();
    let ran = desk.prompt.run(&["download", "updater", "--to", "here"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.ends_with("контрольная сумма из папки\n"), "{ran:?}");
    let ran = desk.prompt.run(&["update", "updater", "--yes"]);
    assert_eq!(ran.status, 3);
    insta::assert_snapshot!("updater_foreign", ran.told());
    assert_eq!(registry(), before);
    insta::assert_snapshot!("updater_history", desk.prompt.run(&["history", "--json"]).told());
}

#[test]
fn a_base_whose_id_is_the_word_for_this_program_is_named_with_a_prefix() {
    let tree = made::source_of(&made::template(NEW)).entry(FEED, "").entry("Platform4", "");
    let bases = [made::warehouse("updater", "Основной склад")];
    let both = desk("1.1.0.0", &bases, &tree);
    let ran = both.prompt.run(&["update", "updater", "--yes"]);
    let line = "Программа обновления Mobile SMARTS: обновлений нет\n";
    assert_eq!((ran.status, ran.err.as_str()), (0, line), "{ran:?}");
    let ran = both.prompt.run(&["update", "base:updater", "--yes"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "Основной склад: обновлена до 1.6.3.7283\n"), "{ran:?}");

    // Where this program was not installed by its installer, the word can only mean the base.
    let alone = made::pc(&bases);
    let source = made::folder(&tree);
    let prompt = Prompt::on(alone.path(), source.path());
    let ran = prompt.run(&["update", "updater", "--yes"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "Основной склад: обновлена до 1.6.3.7283\n"), "{ran:?}");
}
