//! Updates that fail half-way: the base is byte for byte what it was, and the person is told that one can
//! work, what is kept and what to do.

use std::fs;

use egui::Role;
use smarts_core::digest::Digest;
use smarts_core::journal::{self, Entry, What};
use smarts_core::verify::Proof;
use smarts_tests::machine_root::{BaseSpec, MachineRoot};
use smarts_tests::template::TemplateBuilder;
use smarts_tests::tree::Tree;
use smarts_updater::model::activity::Activity;

use crate::desk;
use crate::made::{self, NEW, WAREHOUSE, WAREHOUSE_NAME};
use crate::program::Prompt;

const MIDDLE: &str = "1.6.3.6708";

fn two_bases() -> MachineRoot {
    made::pc(&[made::warehouse("main", "Основной склад"), made::warehouse("forest", "Филиал на Лесной")])
}

fn folder(id: &str) -> String {
    BaseSpec::new(id, "").folder
}

/// Two steps, of which the second one forgets the description, so that the base ends on the version between.
fn chain_that_fails() -> Tree {
    let product = |version| TemplateBuilder::of_product(WAREHOUSE, WAREHOUSE_NAME, version);
    let first = product(MIDDLE).file("XlsCsv", "a file").file("LabelTemplates/58x40.xml", "half-way");
    Tree::new()
        .release(WAREHOUSE, made::release(MIDDLE, &first))
        .release(WAREHOUSE, made::release(NEW, &forgetful()).with("fromVersions", "1.6.3.*"))
}

/// A template whose OnUpdate.xml forgets the description, so that the base stays on its version.
fn forgetful() -> TemplateBuilder {
    TemplateBuilder::of_product(WAREHOUSE, WAREHOUSE_NAME, NEW)
        .on_update(&[r"LabelTemplates\old_*.xml"], &["LabelTemplates"])
        .file("LabelTemplates/58x40.xml", "half-way")
}

#[test]
fn a_plan_that_fails_half_way_puts_its_base_back_and_does_not_begin_the_next() {
    let pc = two_bases();
    let source = made::folder(&chain_that_fails());
    let (main, forest) = (pc.locate(&folder("main")), pc.locate(&folder("forest")));
    let before = (made::content(&main), made::content(&forest));
    let prompt = Prompt::on(pc.path(), source.path());
    let ran = prompt.run(&["update", "main", "forest", "--yes"]);
    assert_eq!((made::content(&main), made::content(&forest)), before);
    assert_eq!(ran.status, 1, "{ran:?}");
    insta::assert_snapshot!("chain_fails", ran.told());

    let journal = smarts_core::journal::read(&pc.locate(r"C:\ProgramData\Cleverence\Updater\journal.jsonl"));
    let entries = journal.unwrap().entries;
    assert_eq!(entries.iter().map(|entry| entry.what).collect::<Vec<_>>(), [What::Begun, What::Undone]);
    let copy = entries[0].backup_dir.as_deref().unwrap();
    assert_eq!(made::content(copy.as_ref()), before.0);
}

#[test]
fn the_row_keeps_the_reason_until_another_try_which_may_succeed() {
    let pc = two_bases();
    let source = made::folder(&made::source_of(&forgetful()));
    let main = pc.locate(&folder("main"));
    let before = made::content(&main);
    let mut desk = desk::on(pc.path(), &source.path().display().to_string());
    desk.press("Обновить базу Основной склад");
    desk.press("Скопировать и обновить");
    desk.until_seen("Работать можно.");
    assert!(desk.sees("База возвращена, какой была"));
    assert!(desk.sees("установка закончилась, но версия не стала 1.6.3.7283"));
    assert!(desk.sees("Вышла платформа и обновления для 2 баз") || desk.sees("обновления для 2 баз"));
    assert_eq!(made::content(&main), before);
    assert_eq!(made::version(pc.path(), &folder("main")), made::OLD);

    // Whatever comes after it, the reason stays.
    desk.check_again();
    assert!(matches!(desk.activity("main"), Some(Activity::Failed(_))), "{:?}", desk.activity("main"));
    desk.click(Role::Link, "Подробнее: Основной склад");
    desk.until_seen("Проверьте обновления заново");
    desk.press("Закрыть");

    // The publisher mends the template under the same version; the new check sees the new hash.
    fs::remove_dir_all(source.path()).unwrap();
    made::source_of(&made::template(NEW)).write_to(source.path()).unwrap();
    desk.check_again();
    desk.press("Повторить обновление: Основной склад");
    desk.press("Скопировать и обновить");
    desk.until_seen("Обновлена до 1.6.3.7283");
    assert_eq!(made::version(pc.path(), &folder("main")), NEW);
    let journal: Vec<What> = desk.journal().into_iter().map(|entry| entry.what).collect();
    assert_eq!(journal, [What::Undone, What::Updated]);
}

#[test]
fn a_failed_pilot_leaves_the_other_bases_of_its_plan_as_they_were() {
    let pc = two_bases();
    let source = made::folder(&made::source_of(&forgetful()));
    let forest = pc.locate(&folder("forest"));
    let before = made::content(&forest);
    let mut desk = desk::on(pc.path(), &source.path().display().to_string());
    desk.press("Обновить базу Основной склад");
    desk.until_seen("Какие базы обновить");
    desk.click(Role::CheckBox, "Филиал на Лесной");
    desk.press("Скопировать и обновить");
    desk.until_seen("Работать можно.");
    desk.press("Обновить базу Филиал на Лесной");
    desk.until_seen("Обновить базу «Филиал на Лесной»?");
    assert_eq!(made::content(&forest), before);
    assert_eq!(desk.journal().len(), 1, "the other base was not begun");
}

#[test]
fn an_update_that_was_cut_off_is_said_until_it_is_dealt_with() {
    let pc = two_bases();
    let begun = Entry {
        time: "2026-11-21T21:40:00Z".parse().unwrap(),
        user: "ivanova".into(),
        computer: "SHOP-1".into(),
        what: What::Begun,
        subject: "main".into(),
        name: "Основной склад".into(),
        product: None,
        from: made::OLD.parse().ok(),
        to: Some(NEW.parse().unwrap()),
        file: "WH15.mstmpl".into(),
        sha256: Some(Digest::of(b"")),
        proof: Some(Proof::Hash),
        detail: String::new(),
        backup_dir: Some(r"C:\Backup\main".into()),
    };
    let journal = pc.locate(r"C:\ProgramData\Cleverence\Updater\journal.jsonl");
    journal::append(&journal, &begun).unwrap();
    let source = made::folder(&made::source_of(&made::template(NEW)).entry("Platform4", ""));
    let prompt = Prompt::on(pc.path(), source.path());
    let said = format!("обновление до {NEW} оборвалось на полпути");
    assert!(prompt.run(&["list"]).out.contains(&said));
    assert!(prompt.run(&["check"]).out.contains(&said));
    // Its copy is gone, so there is nothing to put back, and the next update is as good as any.
    let updated = prompt.run(&["update", "main", "--yes"]);
    assert_eq!(updated.status, 0, "{updated:?}");
    assert!(!prompt.run(&["list"]).out.contains("оборвалось"));
}

/// A base in which one file was put aside for a new one when the PC stopped.
fn half_way(pc: &MachineRoot) {
    let base = pc.locate(&folder("main")).join("LabelTemplates");
    let kept = base.join("58x40.xml");
    fs::rename(&kept, base.join(".smarts-0123abcd-0o")).unwrap();
    fs::write(base.join(".smarts-0123abcd-0n"), "new").unwrap();
    let operation =
        serde_json::json!({ "path": "LabelTemplates/58x40.xml", "before": "file", "after": "file" });
    let record = serde_json::json!({
        "run": "0123abcd", "base_id": "main", "folder": folder("main"), "from": made::OLD, "to": NEW,
        "phase": "switching", "operations": [operation],
    });
    let dir = pc.locate(r"C:\ProgramData\Cleverence\Updater\switches");
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join("one.json"), record.to_string()).unwrap();
}

#[test]
fn what_the_pc_starts_with_it_makes_a_base_what_it_was() {
    let pc = two_bases();
    let main = pc.locate(&folder("main"));
    let before = made::content(&main);
    half_way(&pc);
    let source = made::folder(&made::source_of(&made::template(NEW)));
    let prompt = Prompt::on(pc.path(), source.path());
    let finding = || {
        let found: serde_json::Value =
            serde_json::from_str(&prompt.run(&["diagnose", "--json"]).out).unwrap();
        let lines = found["lines"].as_array().unwrap();
        lines.iter().find(|line| line["id"] == "changes").unwrap()["state"].clone()
    };
    assert_eq!(finding(), "attention");
    let finished = prompt.run(&["finish"]);
    assert_eq!((finished.status, finished.told().lines().count()), (0, 3), "{finished:?}");
    assert_eq!(finding(), "ok");
    assert_eq!(made::content(&main), before);
    assert_eq!(prompt.run(&["finish"]).status, 0);
}

#[test]
fn an_update_first_brings_another_base_that_was_cut_off_to_its_end() {
    let pc = two_bases();
    let main = pc.locate(&folder("main"));
    let before = made::content(&main);
    half_way(&pc);
    let source = made::folder(&made::source_of(&made::template(NEW)));
    let updated = Prompt::on(pc.path(), source.path()).run(&["update", "forest", "--yes"]);
    assert_eq!(updated.status, 0, "{updated:?}");
    assert_eq!(made::content(&main), before);
}
