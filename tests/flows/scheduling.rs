//! The scheduled task, our installer's own step, the company's reports and diagnosing, from the outside.

use std::path::PathBuf;

use serde_json::Value;
use smarts_tests::machine_root::MachineRoot;

use crate::made::{self, NEW};
use crate::program::{Prompt, Ran};

const TASK: &str = r"C:\Windows\System32\Tasks\SmartsUpdate";
const SETTINGS: &str = r"C:\ProgramData\Cleverence\Updater\settings.toml";
const FORMER: &str = "<Task><Actions><Exec><Command>C:\\Платформа\\MobileSMARTSUpdater.exe</Command></Exec>\
    </Actions></Task>";

struct Desk {
    pc: MachineRoot,
    prompt: Prompt,
    _source: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
        let source = made::folder(&made::source_of(&made::template(NEW)).entry("Platform4", ""));
        let prompt = Prompt::on(pc.path(), source.path());
        Self { pc, prompt, _source: source }
    }

    fn run(&self, line: &[&str]) -> Ran {
        self.prompt.run(line)
    }

    fn shown(&self) -> Value {
        serde_json::from_str(&self.run(&["schedule", "show", "--json"]).out).unwrap()
    }

    fn finding(&self, id: &str) -> (String, String) {
        let found: Value = serde_json::from_str(&self.run(&["diagnose", "--json"]).out).unwrap();
        let line = found["lines"].as_array().unwrap().iter().find(|line| line["id"] == id).unwrap().clone();
        (line["state"].as_str().unwrap().to_owned(), line["text"].as_str().unwrap().to_owned())
    }
}

#[test]
fn a_task_that_the_platform_took_back_is_said_by_check_list_and_diagnose_until_it_is_ours_again() {
    let desk = Desk::new();
    desk.pc.write(TASK, FORMER.as_bytes()).unwrap();
    let installed = desk.run(&["schedule", "install"]);
    assert_eq!(installed.status, 0, "{installed:?}");
    assert!(installed.out.contains("Прежнее задание SmartsUpdate сохранено"), "{installed:?}");
    assert_eq!(
        (desk.shown()["state"].as_str(), desk.shown()["interval_minutes"].as_u64()),
        (Some("ours"), Some(240))
    );
    assert!(!desk.run(&["check"]).out.contains("SmartsUpdate"));
    desk.pc.write(TASK, FORMER.as_bytes()).unwrap();
    for command in ["check", "list"] {
        let ran = desk.run(&[command]);
        assert!(ran.out.contains("SmartsUpdate запускает другую программу"), "{ran:?}");
    }
    assert_eq!(desk.finding("task").0, "attention");
    desk.run(&["schedule", "install"]);
    assert_eq!(desk.finding("task"), ("ok".into(), "задание SmartsUpdate наше: проверка раз в 4 ч".into()));
}

#[test]
fn removing_the_task_puts_the_former_one_back_and_is_no_problem() {
    let desk = Desk::new();
    desk.pc.write(TASK, FORMER.as_bytes()).unwrap();
    desk.run(&["schedule", "install"]);
    let removed = desk.run(&["schedule", "remove"]);
    assert_eq!(
        (removed.status, removed.out.as_str()),
        (0, "Наше задание убрано, прежнее задание SmartsUpdate возвращено\n")
    );
    assert_eq!(desk.shown()["program"], r"C:\Платформа\MobileSMARTSUpdater.exe");
    assert!(!desk.run(&["list"]).out.contains("SmartsUpdate"));
}

#[test]
fn what_the_installer_was_given_is_in_force_and_what_a_person_wrote_stays() {
    let desk = Desk::new();
    desk.pc.write(SETTINGS, "# Магазин на Ленина\nlanguage = 'ru'\n".as_bytes()).unwrap();
    let given = ["setup", "install", "-c", "8 ", "-w", "all ", "-b", r"C:\Копии\ ", "-s", " "];
    assert_eq!(desk.run(&given).status, 0);
    let settings = std::fs::read_to_string(desk.pc.locate(SETTINGS)).unwrap();
    assert!(settings.starts_with("# Магазин на Ленина\nlanguage = 'ru'\n"), "{settings}");
    assert_eq!(desk.shown()["interval_minutes"], 480);
    assert!(desk.finding("policy").1.contains("все, с паролем администратора"));
    assert_eq!(desk.run(&["update", "main", "--yes", "--accept-unproved"]).status, 0);
    let copies = std::fs::read_dir(desk.pc.locate(r"C:\Копии")).unwrap();
    assert_eq!(copies.filter(|entry| entry.as_ref().unwrap().path().is_dir()).count(), 1);
    assert_eq!(desk.run(&["setup", "remove"]).status, 0);
    assert_eq!(desk.shown()["state"], "none");
    assert_eq!(std::fs::read_to_string(desk.pc.locate(SETTINGS)).unwrap(), settings);
}

#[test]
fn a_property_without_a_meaning_is_wrong_usage_and_changes_nothing() {
    let desk = Desk::new();
    let ran = desk.run(&["setup", "install", "-c", "abc "]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(ran.err.contains("CHECK_HOURS"), "{ran:?}");
    assert_eq!(desk.shown()["state"], "none");
    assert!(!desk.pc.locate(SETTINGS).exists());
}

#[test]
fn each_check_leaves_a_report_for_the_company_and_a_folder_that_is_gone_costs_nothing() {
    let desk = Desk::new();
    let report: PathBuf = desk.pc.locate(r"C:\Отчёты\KASSA-1.json");
    desk.pc.write(SETTINGS, "report_dir = 'C:\\Отчёты'\n".as_bytes()).unwrap();
    assert_eq!(desk.run(&["check"]).status, 100);
    let left: Value = serde_json::from_slice(&std::fs::read(&report).unwrap()).unwrap();
    assert_eq!(left["last_good"]["items"].as_array().unwrap().len(), 2);
    for gone in [r"E:\Отчёты", r"\\nowhere\reports"] {
        desk.pc.write(SETTINGS, format!("report_dir = '{gone}'\n").as_bytes()).unwrap();
        assert_eq!(desk.run(&["check"]).status, 100, "{gone}");
    }
}

#[test]
fn where_a_trusted_root_is_installed_nothing_unsigned_is_read() {
    let desk = Desk::new();
    desk.pc.write(r"C:\ProgramData\Cleverence\Updater\root.json", b"{}").unwrap();
    let ran = desk.run(&["check"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.err.contains("корень доверия"), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn a_trusted_root_that_cannot_be_looked_at_is_not_taken_for_none() {
    let desk = Desk::new();
    let root = desk.pc.locate(r"C:\ProgramData\Cleverence\Updater\root.json");
    std::fs::create_dir_all(root.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(&root, &root).unwrap();
    let ran = desk.run(&["check"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.err.contains("корень доверия"), "{ran:?}");
}

#[test]
fn broken_settings_stop_a_check_and_are_a_finding() {
    let desk = Desk::new();
    desk.pc.write(SETTINGS, b"source = = 1\n").unwrap();
    assert_eq!(desk.run(&["check"]).status, 1);
    assert_eq!(desk.finding("settings").0, "attention");
    assert_eq!(desk.finding("bases").0, "ok");
}
