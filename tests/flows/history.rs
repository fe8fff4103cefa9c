//! `smarts history`: the journal and an exported event log of Windows together.

use std::path::{Path, PathBuf};

use serde_json::Value;
use smarts_tests::evtx::{self, Event};
use smarts_tests::machine_root::MachineRoot;

use crate::made;
use crate::program::{Prompt, Ran};

const PLATFORM: &str = "{bf7c4f82-88e1-4d25-bf36-4b7d841330ea}";
const NEW_PLATFORM: &str = "{5a6a3a3e-4a51-4b4c-9a0c-4c1f2d2a7a10}";
const OFFICE: &str = "{90160000-0011-0000-0000-0000000ff1ce}";
const PACKAGE: &str = r"C:\Temp\MobileSMARTS.msi";

/// A PC on which its base was updated by this program, on the day of these tests.
struct Shop {
    _pc: MachineRoot,
    _source: tempfile::TempDir,
    prompt: Prompt,
}

fn shop() -> Shop {
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    let source = made::folder(&made::source_of(&made::template(made::NEW)));
    let prompt = Prompt::on(pc.path(), source.path());
    Shop { _pc: pc, _source: source, prompt }
}

impl Shop {
    fn log(&self, events: impl IntoIterator<Item = Event>) -> PathBuf {
        let path = self.prompt.home.path().join("Приложение.evtx");
        evtx::write(&path, events).unwrap();
        path
    }

    fn run(&self, log: &Path, options: &[&str]) -> Ran {
        let log = log.display().to_string();
        self.prompt.run(&[&["history", "--evtx", &log], options].concat())
    }

    fn json(&self, log: &Path, options: &[&str]) -> Value {
        let ran = self.run(log, &[options, &["--json"]].concat());
        assert_eq!(ran.status, 0, "{ran:?}");
        serde_json::from_str(&ran.out).unwrap()
    }
}

fn installed(time: &str, id: u16, product: [&str; 3], status: &str, code: &str) -> Event {
    let [name, version, company] = product;
    Event::installer(time.parse().unwrap(), id, &[name, version, "1049", status, company], Some(code))
}

fn transaction(time: &str, id: u16) -> Event {
    Event::installer(time.parse().unwrap(), id, &[PACKAGE, "4711"], None)
}

/// An update of the platform, and Office in between two days.
fn events() -> Vec<Event> {
    let smarts = |version| ["Mobile SMARTS", version, "Cleverence Soft"];
    let held = [("RmSessionId", "0"), ("FullPath", r"C:\1cv8.exe"), ("DisplayName", "1С:Предприятие")];
    vec![
        installed("2026-10-01T08:00:00Z", 1033, smarts("3.3.46.29552"), "0", PLATFORM),
        installed("2026-10-02T08:00:00Z", 1033, ["Office 16", "16.0.1", "Microsoft"], "0", OFFICE),
        transaction("2026-10-03T08:00:00Z", 1040),
        Event::restart_manager("2026-10-03T08:00:01Z".parse().unwrap(), 10002, "RmApplicationEvent", &held),
        installed("2026-10-03T08:00:02Z", 1034, smarts("3.3.46.29552"), "0", PLATFORM),
        installed("2026-10-03T08:00:03Z", 1033, smarts("3.4.46.40367"), "0", NEW_PLATFORM),
        transaction("2026-10-03T08:00:04Z", 1042),
        Event {
            sid: None,
            ..installed(
                "2026-10-04T08:00:00Z",
                1034,
                ["=cmd|'/c calc'!A0", "1.0.0.0", "Cleverence"],
                "0",
                OFFICE,
            )
        },
    ]
}

#[test]
fn an_exported_log_and_the_journal_are_shown_together_oldest_first() {
    let shop = shop();
    assert_eq!(shop.prompt.run(&["update", "main", "--yes"]).status, 0);
    let log = shop.log(events());
    let json = shop.json(&log, &[]);
    let entries = json["entries"].as_array().unwrap();
    let shown: Vec<[&str; 2]> = entries
        .iter()
        .map(|entry| [entry["source"].as_str().unwrap(), entry["result"].as_str().unwrap()])
        .collect();
    let expected = [
        ["MsiInstaller", "installed"],
        ["MsiInstaller", "updated"],
        ["MsiInstaller", "removed"],
        ["Mobile SMARTS Updater", "updated"],
    ];
    assert_eq!(shown, expected);
    insta::assert_snapshot!("history_evtx", serde_json::to_string_pretty(&entries[1]).unwrap());
    assert_eq!(json["log"]["state"], "read");
    assert_eq!(shop.json(&log, &["--all"])["entries"][1]["product"], "Office 16");
}

#[test]
fn entries_are_chosen_by_base_by_person_and_by_day() {
    let shop = shop();
    assert_eq!(shop.prompt.run(&["update", "main", "--yes"]).status, 0);
    let log = shop.log(events());
    let count = |options: &[&str]| shop.json(&log, options)["entries"].as_array().unwrap().len();
    assert_eq!(count(&["--base", "MAIN"]), 1);
    assert_eq!(count(&["--base", "mobile smarts"]), 2);
    assert_eq!(count(&["--user", "ivanov"]), 1);
    assert_eq!(count(&["--user", "S-1-5-21"]), 2);
    assert_eq!(count(&["--since", "2026-10-01", "--until", "2026-10-01"]), 1);
    assert_eq!(count(&["--since", "2026-10-02"]), 3);
    assert_eq!(count(&["--all", "--until", "2026-10-02"]), 2);
    let ran = shop.run(&log, &["--since", "2027-01-01"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "По такому отбору ничего нет\n"));
    assert_eq!(shop.run(&log, &["--since", "tomorrow"]).status, 2);
}

#[test]
fn a_table_and_a_spreadsheet_have_the_same_and_no_formula() {
    let shop = shop();
    let log = shop.log(events());
    let table = shop.run(&log, &[]).out;
    assert!(table.contains("3.3.46.29552") && table.contains("3.4.46.40367"), "{table}");
    let csv = shop.run(&log, &["--csv"]).out;
    insta::assert_snapshot!("history_evtx_csv", csv);
    assert!(csv.contains(",'=cmd|") && !csv.contains(",=cmd|"));
}

#[test]
fn records_of_another_computer_are_told_from_those_of_this_one() {
    let shop = shop();
    assert_eq!(shop.prompt.run(&["update", "main", "--yes"]).status, 0);
    let here = shop.run(&shop.log(events()), &[]);
    assert!(here.err.is_empty() && !here.out.contains("KASSA-1"), "{here:?}");
    let there = |event| Event { computer: "server-7.shop.local".into(), ..event };
    let log = shop.log(events().into_iter().map(there));
    let both = shop.run(&log, &[]);
    assert!(
        both.err.starts_with("Здесь записи разных компьютеров: server-7.shop.local, KASSA-1."),
        "{both:?}"
    );
    let told: Vec<bool> = both.out.lines().skip(1).map(|line| line.contains("server-7.shop.local")).collect();
    assert_eq!(told, [true, true, true, false], "{both:?}");
    assert!(both.out.lines().next().unwrap().contains("Компьютер"));
    let csv = shop.run(&log, &["--csv"]);
    assert!(csv.err == both.err && csv.out.lines().last().unwrap().contains("KASSA-1"), "{csv:?}");
    assert!(shop.run(&log, &["--json"]).err.is_empty());
}

#[test]
fn what_cannot_be_read_of_a_log_is_said_and_the_rest_is_shown() {
    let shop = shop();
    let mut bytes = evtx::bytes(events());
    bytes.resize(bytes.len() + 65_536, 7);
    let log = shop.prompt.home.path().join("damaged.evtx");
    std::fs::write(&log, bytes).unwrap();
    let ran = shop.run(&log, &["--json"]);
    assert_eq!(ran.status, 0);
    assert!(
        ran.err.starts_with("В журнале событий не прочитано: записей — 0, блоков — 1 (Chunk 1: "),
        "{ran:?}"
    );
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((json["entries"].as_array().unwrap().len(), &json["log"]["skipped_chunks"]), (3, &1.into()));
}

#[test]
fn a_file_that_is_no_log_fails_and_is_named() {
    let shop = shop();
    let log = shop.prompt.home.path().join("notes.evtx");
    std::fs::write(&log, "notes").unwrap();
    for options in [[].as_slice(), &["--json"], &["--csv"]] {
        let ran = shop.run(&log, options);
        assert_eq!((ran.status, ran.out.as_str()), (1, ""));
        assert_eq!(ran.err, "Это не выгруженный журнал событий: [HOME]/notes.evtx\n");
    }
    let ran = shop.run(&shop.prompt.home.path().join("none.evtx"), &[]);
    assert!(ran.status == 1 && ran.err.starts_with("Журнал событий [HOME]/none.evtx не читается"), "{ran:?}");
}
