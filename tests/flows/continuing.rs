//! Plans that were cut off or failed, and are gone on with or given up from the command line.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use egui::Role;
use smarts_core::journal::What;
use smarts_tests::machine_root::{BaseSpec, MachineRoot};
use smarts_tests::template::TemplateBuilder;
use smarts_tests::tree::Tree;

use crate::desk;
use crate::made::{self, NEW, OLD, WAREHOUSE, WAREHOUSE_NAME};
use crate::program::{Prompt, SMARTS};

const IDS: [&str; 3] = ["main", "forest", "north"];
const PLANS: &str = r"C:\ProgramData\Cleverence\Updater\plans";
const JOURNAL: &str = r"C:\ProgramData\Cleverence\Updater\journal.jsonl";

/// Three bases; copying the second takes a while.
fn pc() -> MachineRoot {
    let names = ["Основной склад", "Филиал на Лесной", "Филиал на Северной"];
    let mut specs: Vec<BaseSpec> =
        IDS.into_iter().zip(names).map(|(id, name)| made::warehouse(id, name)).collect();
    specs[1].files.push(("Documents/Архив.bin".to_owned(), made::noise(48 << 20)));
    made::pc(&specs)
}

fn versions(pc: &MachineRoot) -> [String; 3] {
    IDS.map(|id| made::version(pc.path(), &BaseSpec::new(id, "").folder))
}

fn waiting(pc: &MachineRoot) -> usize {
    fs::read_dir(pc.locate(PLANS)).map_or(0, |entries| entries.filter_map(Result::ok).count())
}

fn prompt(pc: &MachineRoot, tree: &Tree) -> (Prompt, tempfile::TempDir) {
    let source = made::folder(tree);
    (Prompt::on(pc.path(), source.path()), source)
}

/// Starts an update of all three and kills it, as the system does it, when the second is under way.
fn kill_at_the_second(prompt: &Prompt) {
    let (root, source) = (prompt.root.display().to_string(), &prompt.source);
    let common = ["--machine-root", &root, "--source", source, "--today", crate::program::TODAY];
    let line = ["update", "main", "forest", "north", "--yes", "--lang", "ru"];
    let mut command = prompt.home.command(SMARTS, &[&line[..], &common].concat());
    let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let told = BufReader::new(child.stderr.take().unwrap());
    let begun = told.lines().map_while(Result::ok).any(|line| line.contains("базу «Филиал на Лесной»…"));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(begun);
}

#[test]
fn what_was_killed_between_bases_is_gone_on_with_until_all_are_done() {
    let pc = pc();
    let (prompt, _source) = prompt(&pc, &made::source_of(&made::template(NEW)));
    kill_at_the_second(&prompt);
    assert_eq!(versions(&pc), [NEW, OLD, OLD]);
    assert_eq!(waiting(&pc), 1);
    let ran = prompt.run(&["update", "--continue", "--yes"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.err.contains("Продолжаем начатое"), "{ran:?}");
    assert!(!ran.err.contains("«Основной склад»…"), "it is done: {ran:?}");
    assert_eq!(versions(&pc), [NEW, NEW, NEW]);
    assert_eq!(waiting(&pc), 0);
    let journal = smarts_core::journal::read(&pc.locate(JOURNAL)).unwrap().entries;
    let updated = journal.iter().filter(|entry| entry.what == What::Updated).count();
    assert_eq!(updated, 3, "{journal:?}");
    let again = prompt.run(&["update", "--continue", "--yes"]);
    assert_eq!((again.status, again.out.as_str()), (0, ""));
}

#[test]
fn what_was_killed_can_be_given_up_and_what_is_done_stays_done() {
    let pc = pc();
    let (prompt, _source) = prompt(&pc, &made::source_of(&made::template(NEW)));
    kill_at_the_second(&prompt);
    let other = prompt.run(&["update", "--abandon", "--plan", "0000000000000001.json"]);
    assert_eq!((other.status, waiting(&pc)), (0, 1), "the window has shown another one: {other:?}");
    let outside = prompt.run(&["update", "--abandon", "--plan", "../settings.json"]);
    assert_eq!((outside.status, waiting(&pc)), (1, 1), "{outside:?}");
    let ran = prompt.run(&["update", "--abandon"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(waiting(&pc), 0);
    assert_eq!(versions(&pc), [NEW, OLD, OLD]);
    assert_eq!(prompt.run(&["update", "--abandon"]).status, 0, "there is nothing to give up");
    let anew = prompt.run(&["update", "forest", "north", "--yes"]);
    assert_eq!(anew.status, 0, "{anew:?}");
    assert_eq!(versions(&pc), [NEW, NEW, NEW]);
}

#[test]
fn what_another_program_has_done_meanwhile_is_not_done_again_and_what_does_not_fit_is_refused() {
    let pc = pc();
    let (prompt, source) = prompt(&pc, &made::source_of(&made::template(NEW)));
    kill_at_the_second(&prompt);
    let other = Prompt::on(pc.path(), source.path());
    assert_eq!(other.run(&["update", "forest", "--yes"]).status, 0);
    // The list of bases is another one meanwhile.
    let apps = r"C:\ProgramData\Cleverence\Common\apps.xml";
    let list = fs::read_to_string(pc.locate(apps)).unwrap();
    fs::write(pc.locate(apps), list.replace("\"north\"", "\"south\"")).unwrap();
    let ran = prompt.run(&["update", "--continue", "--yes"]);
    assert_eq!(ran.status, 3, "{ran:?}");
    assert!(ran.err.contains("«Филиал на Северной»") && ran.err.contains("--abandon"), "{ran:?}");
    fs::write(pc.locate(apps), list).unwrap();
    assert_eq!(prompt.run(&["update", "--continue", "--yes"]).status, 0);
    assert_eq!(versions(&pc), [NEW, NEW, NEW]);
}

#[test]
fn a_file_that_was_changed_meanwhile_is_not_gone_on_with() {
    let pc = pc();
    let (prompt, _source) = prompt(&pc, &made::source_of(&made::template(NEW)));
    kill_at_the_second(&prompt);
    let files = walkdir::WalkDir::new(prompt.home.path()).into_iter().filter_map(Result::ok);
    let templates = files.filter(|file| file.path().extension().is_some_and(|end| end == "mstmpl"));
    let paths: Vec<_> = templates.map(walkdir::DirEntry::into_path).collect();
    assert!(!paths.is_empty());
    for path in paths {
        fs::write(path, "PK").unwrap();
    }
    let ran = prompt.run(&["update", "--continue", "--yes"]);
    assert_eq!(ran.status, 3, "{ran:?}");
    assert_eq!(versions(&pc), [NEW, OLD, OLD]);
}

/// The second base has a data server at work, which stops when it is asked to, or does not.
fn server_of_forest(pc: &MachineRoot, stops: bool) {
    let folder = BaseSpec::new("forest", "").folder;
    let services = serde_json::json!({ "services": [{
        "name": "Server", "display_name": "Сервер данных", "state": "running", "stops": stops,
        "command_line": format!(r#""C:\Cleverence\Server.exe" "{folder}""#),
    }] });
    fs::write(pc.path().join("services.json"), services.to_string()).unwrap();
}

#[test]
fn the_first_failure_stops_the_rest_with_a_sum_and_the_rest_waits() {
    let pc = pc();
    let (prompt, _source) = prompt(&pc, &made::source_of(&made::template(NEW)));
    server_of_forest(&pc, false);
    let ran = prompt.run(&["update", "main", "forest", "north", "--yes"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.err.contains("Итог: обновлено 1, не получилось 1, осталось 1"), "{ran:?}");
    assert!(ran.err.contains("smarts update --continue"), "{ran:?}");
    assert_eq!(versions(&pc), [NEW, OLD, OLD]);
    assert_eq!(waiting(&pc), 1);
    server_of_forest(&pc, true);
    let ran = prompt.run(&["update", "--continue", "--yes"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(versions(&pc), [NEW, NEW, NEW]);
    assert_eq!(waiting(&pc), 0);
}

#[test]
fn files_changed_by_hand_are_shown_line_by_line_on_request() {
    let pc = pc();
    let (prompt, _source) = prompt(&pc, &made::source_of(&made::template(NEW)));
    assert_eq!(prompt.run(&["update", "main", "--yes"]).status, 0);
    fs::write(
        pc.locate(&BaseSpec::new("main", "").folder).join("LabelTemplates/58x40.xml"),
        "<Label version=\"свой\"/>",
    )
    .unwrap();
    let next = "1.6.3.8000";
    let source = made::folder(&Tree::new().release(WAREHOUSE, made::release(next, &made::template(next))));
    let prompt = Prompt { source: source.path().display().to_string(), ..prompt };
    let ran = prompt.answered("нет\n", &["update", "main", "--diff"]);
    assert_eq!(ran.status, 4, "{ran:?}");
    assert!(ran.err.contains("1 файл изменён вручную и будет заменён"), "{ran:?}");
    assert!(ran.err.contains("- <Label version=\"свой\"/>"), "{ran:?}");
    assert!(ran.err.contains(&format!("+ <Label version=\"{next}\"/>")), "{ran:?}");
    assert_eq!(waiting(&pc), 0, "nothing was agreed to");
}

#[test]
fn the_window_says_what_is_left_and_goes_on_with_it_after_the_same_sheet() {
    let pc = pc();
    let (prompt, source) = prompt(&pc, &made::source_of(&made::template(NEW)));
    kill_at_the_second(&prompt);
    let mut desk = desk::on(pc.path(), &source.path().display().to_string());
    desk.until_seen("(ivanov) и не закончено");
    desk.press("Продолжить: остались 2 базы…");
    desk.until_seen("Обновить 2 базы?");
    assert!(desk.has(Role::CheckBox, "Филиал на Лесной") && desk.has(Role::CheckBox, "Филиал на Северной"));
    desk.press("Скопировать и обновить");
    desk.until("the end", |_| versions(&pc) == [NEW, NEW, NEW]);
    desk.until("nothing left", |desk| !desk.sees("и не закончено"));
    desk.until("nothing waits", |_| waiting(&pc) == 0);
}

#[test]
fn what_was_agreed_to_is_what_is_asked_about_and_installed_though_the_source_has_moved_on() {
    let pc = pc();
    let (prompt, source) = prompt(&pc, &made::source_of(&made::template(NEW)));
    kill_at_the_second(&prompt);
    let next = made::release("1.7.0.1", &made::template("1.7.0.1"));
    Tree::new().release(WAREHOUSE, next).write_to(source.path()).unwrap();
    let mut desk = desk::on(pc.path(), &source.path().display().to_string());
    desk.check_again();
    desk.until_seen("1.7.0.1");
    desk.press("Продолжить: остались 2 базы…");
    desk.until_seen("1.6.2.6493 → 1.6.3.7283");
    desk.press("Отмена");
    assert!(desk.activity("forest").is_none(), "its row is about 1.7.0.1");
    desk.press("Продолжить: остались 2 базы…");
    desk.press("Скопировать и обновить");
    desk.until("the end", |_| versions(&pc) == [NEW, NEW, NEW]);
    desk.until("nothing waits", |_| waiting(&pc) == 0);
}

#[test]
fn the_window_gives_up_what_is_left() {
    let pc = pc();
    let (prompt, source) = prompt(&pc, &made::source_of(&made::template(NEW)));
    kill_at_the_second(&prompt);
    let mut desk = desk::on(pc.path(), &source.path().display().to_string());
    desk.until_seen("(ivanov) и не закончено");
    desk.press("Отказаться…");
    desk.until_seen("Филиал на Северной — до 1.6.3.7283");
    assert_eq!(waiting(&pc), 1, "it is asked first");
    desk.press("Отказаться от остального");
    desk.until("the banner has gone", |desk| !desk.sees("и не закончено"));
    assert_eq!((versions(&pc), waiting(&pc)), ([NEW, OLD, OLD].map(str::to_owned), 0));
}

#[test]
fn the_windows_own_plan_waits_after_its_first_failure() {
    let product = TemplateBuilder::of_product(WAREHOUSE, WAREHOUSE_NAME, NEW);
    let forgetful = product.on_update(&[], &["LabelTemplates"]).file("LabelTemplates/a.txt", "a");
    let pc = pc();
    let source = made::folder(&made::source_of(&forgetful));
    let mut desk = desk::on(pc.path(), &source.path().display().to_string());
    desk.press("Обновить базы: Склад 15, Расширенный — 3 базы");
    desk.press("Скопировать и обновить");
    desk.until_seen("Продолжить: остались 3 базы…");
    assert_eq!(waiting(&pc), 1);
}
