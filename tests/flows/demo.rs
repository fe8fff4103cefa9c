//! The demo without a display: its own installer asks, and only a yes changes the machine root.

use std::fs;

use smarts_tests::machine_root::MachineRoot;
use smarts_tests::template::TemplateBuilder;

use crate::made;
use crate::program::{Home, Ran, SMARTS};

const NEW_PLATFORM: &str = "3.4.46.40367";
const SHOP: &str = "4C0D5F12-7B3A-4E55-8F60-3D9A2E6B4A11";

fn demo(input: &str, line: &[&str]) -> Ran {
    Home::new().run(SMARTS, &[line, &["--demo", "--lang", "ru"]].concat(), input)
}

/// Starts the installer itself, on a machine root of the test's.
fn install(root: &MachineRoot, what: &str, version: &str, input: &str) -> Ran {
    let root = root.path().display().to_string();
    let line = ["demo-install", "--machine-root", &root, "--what", what, "--version", version];
    Home::new().run(SMARTS, &[line.as_slice(), &["--lang", "ru"]].concat(), input)
}

#[test]
fn the_installer_asks_and_a_no_changes_nothing() {
    let root = made::pc(&[]);
    let registry = fs::read(root.path().join("registry.reg")).unwrap();
    for input in ["нет\n", ""] {
        let ran = install(&root, "platform", NEW_PLATFORM, input);
        assert_eq!(ran.status, 4, "{ran:?}");
        assert_eq!(fs::read(root.path().join("registry.reg")).unwrap(), registry);
    }
    let ran = install(&root, "platform", NEW_PLATFORM, "да\n");
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(made::machine(root.path()).platform.unwrap().version.to_string(), NEW_PLATFORM);
}

#[test]
fn the_wizard_leaves_a_template_and_a_release_the_demo_has_not_is_a_failure() {
    let root = made::pc(&[]);
    let templates = root.locate(r"C:\ProgramData\Cleverence\Common\Templates");
    assert_eq!(install(&root, SHOP, "9.9.9.9", "да\n").status, 1);
    assert!(!templates.exists());
    assert_eq!(install(&root, SHOP, "1.5.0.58", "да\n").status, 0);
    let template = templates.join("Магазин 15, Расширенный.mstmpl");
    let head = fs::read(template).unwrap();
    let other = TemplateBuilder::new().file("x", "y").build().unwrap();
    assert_eq!(head[..4], other[..4], "an archive");
}

#[test]
fn the_platform_is_updated_by_its_own_installer_after_two_questions() {
    let ran = demo("да\nда\n", &["update", "platform"]);
    assert_eq!(
        (ran.status, ran.out.as_str()),
        (0, "Платформа Mobile SMARTS: обновлена до 3.4.46.40367\n"),
        "{ran:?}"
    );
    assert_eq!(ran.err.matches("[да/нет]").count(), 2, "{ran:?}");
}

#[test]
fn a_no_to_the_installers_own_question_is_four() {
    let ran = demo("да\nнет\n", &["update", "platform"]);
    assert_eq!((ran.status, ran.out.as_str()), (4, ""), "{ran:?}");
    assert!(ran.err.ends_with("Установку отменили\n"), "{ran:?}");
}

#[test]
fn after_the_wizard_the_base_is_updated_from_the_template_it_left() {
    let ran = demo("", &["update", "kassa-1", "--yes", "--accept-unproved"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "Касса 1: обновлена до 1.5.0.58\n"), "{ran:?}");
    assert!(ran.err.contains("Установлен новый шаблон: Магазин 15, Расширенный 1.5.0.58."), "{ran:?}");
    assert!(ran.err.contains("Подлинность файла не доказана"), "{ran:?}");
}

#[test]
fn the_demo_checks_without_a_display_and_leaves_nothing_behind() {
    let home = Home::new();
    let ran = home.run(SMARTS, &["--demo", "check", "--lang", "ru", "--today", "2026-11-22"], "");
    assert_eq!(ran.status, 100, "{ran:?}");
    // The site's port is another one each time.
    let host = ran.told().split("http://127.0.0.1:").nth(1).unwrap().split('/').next().unwrap().to_owned();
    insta::assert_snapshot!("demo_check", ran.told().replace(&host, "[PORT]"));
    assert_eq!(fs::read_dir(home.path().join("tmp")).unwrap().count(), 0);
}
