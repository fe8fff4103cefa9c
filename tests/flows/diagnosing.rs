//! `smarts diagnose` and the tab «Диагностика» from the outside: what is found, giving up, the report for support.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use egui::Key;
use serde_json::Value;
use smarts_tests::machine_root::MachineRoot;
use smarts_tests::site::Site;
use smarts_tests::tree::Tree;
use smarts_updater::model::Tab;
use smarts_updater::model::diagnostics::Looking;
use zip::ZipArchive;

use crate::desk;
use crate::made;
use crate::program::{Home, Prompt, SMARTS};

fn pc() -> MachineRoot {
    made::pc(&[made::warehouse("main", "Основной склад")])
}

fn names(report: &Path) -> Vec<String> {
    let archive = ZipArchive::new(File::open(report).unwrap()).unwrap();
    let mut names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    names.sort_unstable();
    names
}

fn text(report: &Path, entry: &str) -> String {
    let mut archive = ZipArchive::new(File::open(report).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name(entry).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn what_a_site_answers_is_among_the_findings_in_an_order_that_stays() {
    let (pc, site) = (pc(), Site::serve(&Tree::new().entry("Platform4", "")).unwrap());
    let prompt = Prompt::on(pc.path(), Path::new(&site.root()));
    let found = || -> Vec<Value> {
        let ran = prompt.run(&["diagnose", "--json"]);
        assert_eq!(ran.status, 0, "{ran:?}");
        let found: Value = serde_json::from_str(&ran.out).unwrap();
        found["lines"].as_array().unwrap().clone()
    };
    let ids = |lines: &[Value]| -> Vec<String> {
        lines.iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
    };
    let lines = found();
    assert_eq!(ids(&lines), ids(&found()));
    let one = |id: &str| lines.iter().find(|line| line["id"] == id).unwrap();
    assert_eq!((&one("answer")["state"], &one("answer")["group"]), (&"ok".into(), &"source".into()));
    assert_eq!(one("port")["state"], "ok");
    assert!(!one("task")["advice"].as_str().unwrap().is_empty());
    let printed = prompt.run(&["diagnose"]).out;
    assert!(
        printed.starts_with("Источник и сеть\n") && printed.contains("не удалось проверить"),
        "{printed}"
    );
}

#[test]
fn the_report_for_support_is_written_beside_what_is_printed() {
    let pc = pc();
    let source = made::folder(&made::source_of(&made::template(made::NEW)));
    let prompt = Prompt::on(pc.path(), source.path());
    assert_eq!(prompt.run(&["check"]).status, 1, "it lists no platform, and leaves a report and a log");
    let path = prompt.home.path().join("support.zip");
    let ran = prompt.run(&["diagnose", "--report", &path.display().to_string()]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.err.contains("Отчёт сохранён: [HOME]/support.zip"), "{ran:?}");
    assert_eq!(prompt.home.shown(&text(&path, "diagnosis.txt")), ran.out);
    let names = names(&path);
    for name in ["diagnosis.json", "machine.json", "settings.txt", "report.json"] {
        assert!(names.iter().any(|found| found == name), "{name}: {names:?}");
    }
    assert!(names.iter().any(|name| name.starts_with("logs/smarts")), "{names:?}");
    assert!(text(&path, "machine.json").contains("Основной склад"));
    let nowhere = path.join("below-a-file.zip");
    let ran = prompt.run(&["diagnose", "--report", &nowhere.display().to_string()]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.err.contains("Отчёт не сохранён") && ran.err.contains("Выберите другую папку"), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_look_that_waits_for_a_silent_site() {
    use std::net::TcpListener;
    use std::process::{Command, Stdio};

    let (pc, home) = (pc(), Home::new());
    let silent = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let source = format!("http://{}/", silent.local_addr().unwrap());
    let root = pc.path().display().to_string();
    let mut command = home.command(SMARTS, &["diagnose", "--machine-root", &root, "--source", &source]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let _asked = silent.accept().unwrap();
    let interrupt = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupt.success());
    assert_eq!(child.wait().unwrap().code(), Some(4));
}

#[test]
fn the_tab_fills_itself_and_writes_the_report() {
    let pc = pc();
    let source = made::folder(&made::source_of(&made::template(made::NEW)).entry("Platform4", ""));
    let mut desk = desk::on(pc.path(), &source.path().display().to_string());
    desk.command(Key::Num6);
    assert_eq!(desk.model().tab, Tab::Diagnostics);
    desk.until("all findings", |desk| {
        desk.model().diagnostics.looking == Looking::Done { was_stopped: false }
    });
    assert!(desk.model().diagnostics.rows.iter().all(|row| row.line.is_some()));
    desk.until_seen("Папка источника читается");
    let path = pc.path().join("support.zip");
    desk.save_support_report(&path);
    desk.until("the report", |desk| !desk.model().diagnostics.is_saving);
    desk.until_seen("Сохранено");
    assert!(text(&path, "diagnosis.txt").contains("папка источника читается"));
    assert!(text(&path, "machine.json").contains("Основной склад"));
}
