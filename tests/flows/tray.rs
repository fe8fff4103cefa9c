//! The stub that the scheduled task runs: says what is new, and otherwise nothing at all.

use smarts_tests::tree::Tree;

use crate::made::{self, NEW, WAREHOUSE};
use crate::program::{Home, Ran, TRAY};

fn tray(tree: &Tree) -> Ran {
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    let source = made::folder(tree);
    let path = |path: &std::path::Path| path.display().to_string();
    let (root, source) = (path(pc.path()), path(source.path()));
    Home::new().run(TRAY, &["--machine-root", &root, "--source", &source, "--lang", "ru"], "")
}

#[test]
fn what_is_new_is_said_in_two_lines() {
    let ran = tray(&made::source_of(&made::template(NEW)).entry("Platform4", ""));
    let title = "Склад 15, Расширенный: вышла 1.6.3.7283 — для 1 базы Mobile SMARTS";
    let expected = format!("{title}\nСамо ничего не установится.\n");
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (0, expected.as_str(), ""));
}

#[test]
fn nothing_new_leaves_no_trace_on_the_screen() {
    let ran = tray(&Tree::new().entry("Platform4", "").entry(WAREHOUSE, ""));
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
}

#[test]
fn a_check_that_failed_is_not_passed_off_as_nothing_new() {
    let ran = tray(&Tree::new());
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.starts_with("Проверить не удалось: "), "{ran:?}");
}
