//! The scheduled task, our installer's own step, the company's reports and diagnosing, from the outside.

use std::path::PathBuf;

use serde_json::Value;
use smarts_core::xml;
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

#[test]
fn working_hours_are_set_by_one_command_and_the_task_and_the_settings_follow() {
    let desk = Desk::new();
    desk.pc.write(SETTINGS, "# Магазин на Ленина\nlanguage = 'ru'\n".as_bytes()).unwrap();
    desk.run(&["schedule", "install"]);
    let line = ["schedule", "set", "--hours", "8", "--working-hours", "mon-fri 9:00-18:00", "--maintenance"];
    let set =
        desk.run(&[&line[..], &["mon-thu 21:00-23:00", "--notify", "all", "--offline", "yes"]].concat());
    let words = "Настройки записаны\nОбновления будут проверяться раз в 8 ч, только пн–пт 09:00–18:00\n";
    assert_eq!((set.status, set.out.as_str()), (0, words), "{set:?}");
    let settings = std::fs::read_to_string(desk.pc.locate(SETTINGS)).unwrap();
    assert!(settings.starts_with("# Магазин на Ленина\nlanguage = 'ru'\n"), "{settings}");
    let shown = desk.shown();
    assert_eq!((shown["interval_minutes"].as_u64(), shown["check_hours"].as_u64()), (Some(480), Some(8)));
    assert_eq!(shown["working_hours"], "mon,tue,wed,thu,fri 09:00-18:00");
    assert_eq!(
        (&shown["maintenance"], &shown["notify"]),
        (&"mon,tue,wed,thu 21:00-23:00".into(), &"all".into())
    );
    assert_eq!(shown["offline"], true);
    // It is a Sunday.
    assert!(shown["next_run"].as_str().unwrap().starts_with("2026-11-23T"), "{shown}");
    let words = "задание SmartsUpdate наше: проверка раз в 8 ч, только пн–пт 09:00–18:00";
    assert_eq!(desk.finding("task"), ("ok".into(), words.into()));

    let set =
        desk.run(&["schedule", "set", "--working-hours", "none", "--maintenance", "none", "--offline", "no"]);
    assert_eq!(set.status, 0, "{set:?}");
    let shown = desk.shown();
    assert!(shown["working_hours"].is_null() && shown["maintenance"].is_null() && shown["offline"] == false);
    assert!(shown["interval_minutes"] == 480 && shown["notify"] == "all");
}

#[test]
fn maintenance_hours_alone_reach_a_task_that_is_ours_and_it_stays_what_it_was() {
    let desk = Desk::new();
    desk.run(&["schedule", "install"]);
    let task = || xml::decode(&std::fs::read(desk.pc.locate(TASK)).unwrap(), TASK).unwrap();
    let (without, before) = (task(), desk.shown());
    let set = desk.run(&["schedule", "set", "--maintenance", "mon-thu 21:00-23:00"]);
    assert_eq!(set.status, 0, "{set:?}");
    assert_eq!(task().matches("<CalendarTrigger>").count(), 2);
    assert!(task().contains("T21:") && task().contains("<Thursday />") && !task().contains("<Friday />"));
    let shown = desk.shown();
    assert_eq!((&shown["state"], &shown["interval_minutes"]), (&"ours".into(), &240.into()));
    assert_eq!(shown["next_run"], before["next_run"]);
    assert_eq!(desk.finding("task"), ("ok".into(), "задание SmartsUpdate наше: проверка раз в 4 ч".into()));
    // Whoever installs it anew has it from the settings.
    let with = task();
    desk.run(&["schedule", "remove"]);
    desk.run(&["schedule", "install"]);
    assert_eq!(task(), with);
    assert_eq!(desk.run(&["schedule", "set", "--maintenance", "none"]).status, 0);
    assert_eq!(task(), without);
}

#[test]
fn who_hears_of_releases_is_set_without_touching_a_task() {
    let desk = Desk::new();
    let set = desk.run(&["schedule", "set", "--notify", "none"]);
    assert_eq!((set.status, set.out.as_str()), (0, "Настройки записаны\n"));
    assert_eq!(
        (desk.shown()["state"].as_str(), desk.shown()["notify"].as_str()),
        (Some("none"), Some("none"))
    );
    desk.pc.write(TASK, FORMER.as_bytes()).unwrap();
    let set = desk.run(&["schedule", "set", "--hours", "6"]);
    assert!(set.status == 0 && set.out.contains("Задание SmartsUpdate не наше"), "{set:?}");
    assert_eq!(desk.shown()["state"], "foreign");
}

#[test]
fn a_value_without_a_meaning_is_wrong_usage_that_names_the_option_and_changes_nothing() {
    let desk = Desk::new();
    for (option, value) in [
        ("--hours", "0"),
        ("--hours", "often"),
        ("--working-hours", "9-18"),
        ("--maintenance", "понедельник"),
        ("--notify", "me"),
        ("--offline", "1"),
    ] {
        let ran = desk.run(&["schedule", "set", option, value]);
        assert!(ran.status == 2 && ran.err.contains(option), "{ran:?}");
    }
    assert_eq!(desk.run(&["schedule", "set"]).status, 2);
    assert!(!desk.pc.locate(SETTINGS).exists());
    desk.pc.write(SETTINGS, b"source = = 1\n").unwrap();
    assert_eq!(desk.run(&["schedule", "set", "--hours", "8"]).status, 1);
}

#[test]
fn that_nothing_is_to_be_checked_by_itself_is_no_finding() {
    let desk = Desk::new();
    desk.run(&["schedule", "install"]);
    assert_eq!(desk.run(&["schedule", "remove"]).status, 0);
    assert_eq!(desk.finding("task"), ("ok".into(), "задания SmartsUpdate нет: от него отказались".into()));
    assert!(!desk.run(&["list"]).out.contains("SmartsUpdate"));
}

/// A person on Linux without a machine root, whose `systemctl` writes down what it is told.
#[cfg(unix)]
mod timers {
    use std::os::unix::fs::PermissionsExt;
    use std::process::Stdio;

    use super::{Ran, Value};
    use crate::program::{Home, SMARTS};

    struct Person(Home);

    impl Person {
        fn new(end: &str) -> Self {
            let home = Home::new();
            let bin_dir = home.path().join("bin");
            std::fs::create_dir(&bin_dir).unwrap();
            let script = format!(
                "#!/bin/sh\necho \"$*\" >>\"$HOME/told\"\nwants=\"$XDG_CONFIG_HOME/systemd/user/timers.target.wants\"\n\
                 case $3 in enable) /bin/mkdir -p \"$wants\"; /bin/ln -sf x \"$wants/$5\" ;; \
                 disable) /bin/rm -f \"$wants/$5\" ;; esac\n{end}\n"
            );
            let systemctl = bin_dir.join("systemctl");
            std::fs::write(&systemctl, script).unwrap();
            std::fs::set_permissions(&systemctl, PermissionsExt::from_mode(0o755)).unwrap();
            Self(home)
        }

        fn run(&self, line: &[&str]) -> Ran {
            let mut command = self.0.command(SMARTS, &[line, &["--lang", "ru"]].concat());
            command.env("PATH", self.0.path().join("bin")).stdin(Stdio::null());
            let output = command.output().unwrap();
            let text = |bytes: Vec<u8>| self.0.shown(&String::from_utf8(bytes).unwrap());
            Ran { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
        }

        fn shown(&self) -> Value {
            serde_json::from_str(&self.run(&["schedule", "show", "--json"]).out).unwrap()
        }

        fn told(&self) -> String {
            std::fs::read_to_string(self.0.path().join("told")).unwrap_or_default()
        }

        /// Whether a run that was asked for is still to come.
        fn has_asked(&self) -> bool {
            self.0.path().join("data/mobile-smarts-updater/check-asked").is_file()
        }

        fn unit(&self, name: &str) -> String {
            let path = self.0.path().join("config/systemd/user").join(name);
            std::fs::read_to_string(path).unwrap_or_default()
        }
    }

    #[test]
    fn on_linux_a_timer_of_the_person_is_installed_shown_set_run_and_removed() {
        let person = Person::new("");
        assert_eq!(person.shown()["state"], "none");
        let installed = person.run(&["schedule", "install"]);
        assert_eq!(
            (installed.status, installed.out.as_str()),
            (0, "Обновления будут проверяться раз в 4 ч\n")
        );
        assert!(person.unit("smarts-update.service").contains("smarts-tray\"\n"));
        assert!(person.unit("smarts-update.timer").contains("Persistent=true"));
        let shown = person.shown();
        assert!(
            shown["state"] == "ours" && shown["enabled"] == true && !shown["next_run"].is_null(),
            "{shown}"
        );
        let set = person.run(&["schedule", "set", "--working-hours", "mon-fri 9:00-18:00"]);
        assert_eq!(set.status, 0, "{set:?}");
        assert!(person.unit("smarts-update.timer").contains("OnCalendar=Mon,Tue,Wed,Thu,Fri *-*-* "));
        let set = person.run(&["schedule", "set", "--maintenance", "mon-thu 21:00-23:00"]);
        assert_eq!(set.status, 0, "{set:?}");
        assert!(person.unit("smarts-update.timer").contains("OnCalendar=Mon,Tue,Wed,Thu *-*-* 21:"));
        assert!(!person.shown()["next_run"].is_null());
        assert!(!person.has_asked());
        assert_eq!(person.run(&["schedule", "run"]).status, 0);
        assert!(person.has_asked());
        assert_eq!(person.run(&["schedule", "remove"]).status, 0);
        assert_eq!(
            (person.unit("smarts-update.timer").as_str(), &person.shown()["state"]),
            ("", &"none".into())
        );
        let all = "daemon-reload\nenable --now smarts-update.timer\n";
        let rest =
            "start --no-block smarts-update.service\ndisable --now smarts-update.timer\ndaemon-reload\n";
        assert_eq!(person.told().replace("--user --no-ask-password ", ""), [all, all, all, rest].concat());
        let found: Value = serde_json::from_str(&person.run(&["diagnose", "--json"]).out).unwrap();
        let task = found["lines"].as_array().unwrap().iter().find(|line| line["id"] == "task").unwrap();
        assert_eq!(task["state"], "ok", "{task}");
        assert!(!person.run(&["list"]).out.contains("SmartsUpdate"));
    }

    #[test]
    fn where_systemd_does_not_answer_or_is_not_there_that_is_said() {
        let person = Person::new("echo 'Failed to connect to bus: No medium found' >&2; exit 1");
        let ran = person.run(&["schedule", "install"]);
        assert!(ran.status == 1 && ran.err.contains("Failed to connect to bus"), "{ran:?}");
        assert_eq!(person.shown()["state"], "none");
        std::fs::remove_file(person.0.path().join("bin/systemctl")).unwrap();
        for line in [["schedule", "install"], ["schedule", "remove"], ["schedule", "run"]] {
            let ran = person.run(&line);
            assert!(ran.status == 1 && ran.err.contains("планировщика заданий здесь нет"), "{ran:?}");
        }
        assert_eq!(person.shown()["state"], "unknown");
    }
}
