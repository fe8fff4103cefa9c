//! `smarts settings`, from the outside: listing, setting, taking away, a trusted root.

use std::fs;

use serde_json::Value;
use smarts_tests::machine_root::MachineRoot;
use smarts_tests::publisher::Publisher;
use smarts_tests::tree::Tree;

use crate::made;
use crate::program::{Prompt, Ran};

const SETTINGS: &str = r"C:\ProgramData\Cleverence\Updater\settings.toml";
const ROOT: &str = r"C:\ProgramData\Cleverence\Updater\root.json";

struct Desk {
    pc: MachineRoot,
    prompt: Prompt,
    _source: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
        let source = made::folder(&Tree::new().entry("Platform4", ""));
        let prompt = Prompt::on(pc.path(), source.path());
        Self { pc, prompt, _source: source }
    }

    fn run(&self, line: &[&str]) -> Ran {
        self.prompt.run(line)
    }

    fn listed(&self) -> Value {
        serde_json::from_str(&self.run(&["settings", "--json"]).out).unwrap()
    }

    /// Value, default, whether it is set.
    fn setting(&self, key: &str) -> (Option<String>, Option<String>, bool) {
        let listed = self.listed();
        let all = listed["settings"].as_array().unwrap();
        let one = all.iter().find(|one| one["key"] == key).unwrap();
        let text = |name: &str| one[name].as_str().map(str::to_owned);
        (text("value"), text("default"), one["is_set"].as_bool().unwrap())
    }

    fn file(&self) -> Option<String> {
        fs::read_to_string(self.pc.locate(SETTINGS)).ok()
    }
}

#[test]
fn every_setting_is_listed_with_its_default_and_where_all_are_stored() {
    let desk = Desk::new();
    desk.pc.write(SETTINGS, "check_hours = 4\nproxy = 'none'\nsorce = 'x'\n".as_bytes()).unwrap();
    assert_eq!(desk.setting("check_hours"), (Some("4".into()), Some("4".into()), true));
    assert_eq!(desk.setting("proxy"), (Some("none".into()), Some("system".into()), true));
    assert_eq!(desk.setting("downloads_dir"), (None, None, false));
    let listed = desk.listed();
    assert_eq!((&listed["unknown"], &listed["used"]), (&serde_json::json!(["sorce"]), &true.into()));
    assert!(listed["path"].as_str().unwrap().ends_with("settings.toml"));
    assert_eq!(listed["signed"], false);
    let shown = desk.run(&["settings"]);
    assert_eq!(shown.status, 0, "{shown:?}");
    assert!(shown.out.contains("check_hours"), "{shown:?}");
    assert!(shown.out.contains("Настройки хранятся в"), "{shown:?}");
}

#[test]
fn several_settings_are_set_and_taken_away_at_once_and_the_rest_of_the_file_stays() {
    let desk = Desk::new();
    desk.pc.write(SETTINGS, "# Магазин\nnotify = 'all' # всем\nmine = 1\n".as_bytes()).unwrap();
    let line =
        ["settings", "set", "check_hours=8", "mirrors=https://a.shop/; D:\\Зеркало", "--reset", "notify"];
    let set = desk.run(&line);
    assert_eq!(
        (set.status, set.out.as_str()),
        (
            0,
            "Настройки записаны\nЗадание SmartsUpdate не наше, и настройки его не меняют; завести наше: «smarts schedule install»\n"
        ),
        "{set:?}"
    );
    let file = desk.file().unwrap();
    assert!(file.contains("mine = 1\n") && !file.contains("notify"), "{file}");
    assert_eq!(desk.setting("mirrors").0, Some("https://a.shop/; D:\\Зеркало".into()));
    let reset = desk.run(&["settings", "reset", "mirrors", "check_hours"]);
    assert_eq!(reset.status, 0, "{reset:?}");
    assert_eq!(desk.setting("check_hours"), (Some("4".into()), Some("4".into()), false));
}

#[test]
fn one_wrong_value_among_right_ones_changes_nothing_and_is_told_what_would_be_right() {
    let desk = Desk::new();
    let ran =
        desk.run(&["settings", "set", "offline=yes", "check_hours=0", "source=https://i:s3cret@a.shop"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(ran.err.contains("check_hours: Целое число часов: от 1 до 168"), "{ran:?}");
    assert!(ran.err.contains("source: Адрес без имени и пароля"), "{ran:?}");
    assert!(!ran.err.contains("s3cret"), "{ran:?}");
    assert_eq!(desk.file(), None);
    for line in [&["sorce=x"][..], &["source"], &[]] {
        assert_eq!(desk.run(&[&["settings", "set"], line].concat()).status, 2, "{line:?}");
    }
    assert_eq!(desk.run(&["settings", "reset", "sorce"]).status, 2);
}

#[test]
fn a_broken_file_is_not_written_over() {
    let desk = Desk::new();
    desk.pc.write(SETTINGS, b"source = = 1\n").unwrap();
    let ran = desk.run(&["settings", "set", "offline=yes"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.err.contains("line 1"), "{ran:?}");
    assert_eq!(desk.file().as_deref(), Some("source = = 1\n"));
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("root.json");
    fs::write(&path, Publisher::new().root_json()).unwrap();
    let ran = desk.run(&["settings", "set", "offline=yes", "--root", &path.display().to_string()]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(!desk.pc.locate(ROOT).exists(), "the root is not written alone");
}

#[test]
fn what_was_refused_stands_in_the_log_too_as_nobody_sees_the_output_of_a_hidden_program() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["settings", "set", "check_hours=0"]).status, 2);
    let report = desk.prompt.home.report_path(desk.pc.path());
    let logs = fs::read_dir(report.with_file_name("logs")).unwrap();
    let log: String = logs.map(|log| fs::read_to_string(log.unwrap().path()).unwrap()).collect();
    assert!(log.contains("check_hours: Целое число часов"), "{log}");
}

#[test]
fn the_task_follows_what_is_set() {
    let desk = Desk::new();
    let set = desk.run(&["settings", "set", "check_hours=8", "--automatic", "yes"]);
    assert_eq!(set.status, 0, "{set:?}");
    let shown = |desk: &Desk| -> Value {
        serde_json::from_str(&desk.run(&["schedule", "show", "--json"]).out).unwrap()
    };
    assert_eq!(shown(&desk)["interval_minutes"], 480);
    desk.run(&["settings", "set", "working_hours=mon-fri 9:00-18:00"]);
    assert_eq!(shown(&desk)["interval_minutes"], 480);
    assert_eq!(shown(&desk)["working_hours"], "mon,tue,wed,thu,fri 09:00-18:00");
    assert_eq!(desk.run(&["settings", "set", "--automatic", "no"]).status, 0);
    assert_eq!(shown(&desk)["state"], "none");
}

#[test]
fn a_root_becomes_the_trusted_one_only_if_it_vouches_for_itself_and_then_plain_http_may_be_named() {
    let desk = Desk::new();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("root.json");
    let name = path.display().to_string();
    fs::write(&path, "{}").unwrap();
    let line = ["settings", "set", "source=http://mirror.shop/", "--root", &name];
    let refused = desk.run(&line);
    assert_eq!(refused.status, 3, "{refused:?}");
    assert!(refused.err.contains("не корень подписанного источника"), "{refused:?}");
    assert_eq!((desk.file(), desk.pc.locate(ROOT).exists()), (None, false));

    let root = Publisher::new().root_json();
    fs::write(&path, &root).unwrap();
    let other = format!("{:064}", 0);
    assert_eq!(desk.run(&[&line[..], &["--root-digest", &other]].concat()).status, 3, "another was shown");
    assert_eq!(desk.run(&line[..3]).status, 2, "plain http needs a root");
    let set = desk.run(&line);
    assert_eq!(set.status, 0, "{set:?}");
    assert_eq!(fs::read(desk.pc.locate(ROOT)).unwrap(), root);
    assert_eq!(desk.setting("source").0, Some("http://mirror.shop/".into()));
    assert_eq!(desk.listed()["signed"], true);
}

#[test]
fn downloads_go_to_the_folder_of_the_settings_with_one_of_its_own_for_each_person() {
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    let source = made::folder(&made::source_of(&made::template(made::NEW)).entry("Platform4", ""));
    let prompt = Prompt::on(pc.path(), source.path());
    let set = prompt.run(&["settings", "set", r"downloads_dir=C:\Загрузки"]);
    assert_eq!(set.status, 0, "{set:?}");
    let ran = prompt.run(&["download", "main", "--accept-unproved"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let persons: Vec<_> = fs::read_dir(pc.locate(r"C:\Загрузки")).unwrap().flatten().collect();
    let [person] = persons.as_slice() else { panic!("{persons:?}") };
    assert!(person.path().join(made::WAREHOUSE).join(made::NEW).is_dir());
}
