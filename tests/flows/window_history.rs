//! The history in the real window: of a base that was just updated, and of event logs that were exported.

use std::fs;
use std::path::{Path, PathBuf};

use egui::{Key, Role};
use jiff::{SignedDuration, Timestamp};
use smarts_tests::evtx::{self, Event};
use smarts_tests::machine_root::MachineRoot;
use smarts_updater::model::Tab;
use smarts_updater::model::history::{LogOrigin, Reading};
use tempfile::TempDir;

use crate::desk::{self, Desk};
use crate::made;

const PLATFORM: &str = "{bf7c4f82-88e1-4d25-bf36-4b7d841330ea}";
const NEW_PLATFORM: &str = "{5a6a3a3e-4a51-4b4c-9a0c-4c1f2d2a7a10}";
const OFFICE: &str = "{90160000-0011-0000-0000-0000000ff1ce}";
/// What every record of a log begins with.
const RECORD: [u8; 4] = [0x2a, 0x2a, 0, 0];
const PACKAGE: &str = r"C:\Temp\MobileSMARTS.msi";

/// A PC with one base to update, and its window on the tab.
struct Shop {
    _pc: MachineRoot,
    _source: TempDir,
    dir: TempDir,
    desk: Desk,
}

fn shop() -> Shop {
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    let source = made::folder(&made::source_of(&made::template(made::NEW)).entry("Platform4", ""));
    let mut desk = desk::on(pc.path(), &source.path().display().to_string());
    desk.command(Key::Num4);
    assert_eq!(desk.model().tab, Tab::History);
    Shop { _pc: pc, _source: source, dir: tempfile::tempdir().unwrap(), desk }
}

impl Shop {
    fn log(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Until all of the log is read.
    fn open(&mut self, path: &Path) {
        self.desk.open_log(path);
        assert_eq!(self.desk.model().history_page.origin, LogOrigin::File(path.to_path_buf()));
        self.until_read();
    }

    fn until_read(&mut self) {
        self.desk.until("all of the history", |desk| {
            let reading = &desk.model().history_page.reading;
            !matches!(reading, Reading::Running | Reading::Not)
        });
    }

    /// How each entry ended, the newest first.
    fn shown(&self) -> Vec<String> {
        let model = self.desk.model();
        model.history_page.shown_lines().map(|line| line.what.clone()).collect()
    }
}

fn installed(time: &str, id: u16, product: [&str; 3], code: &str) -> Event {
    let [name, version, company] = product;
    Event::installer(time.parse().unwrap(), id, &[name, version, "1049", "0", company], Some(code))
}

/// The platform, and then it over itself while 1C held a file; Office in between.
fn events() -> Vec<Event> {
    let smarts = |version| ["Mobile SMARTS", version, "Cleverence Soft"];
    let transaction = |time: &str, id| Event::installer(time.parse().unwrap(), id, &[PACKAGE, "4711"], None);
    let held = [("RmSessionId", "0"), ("FullPath", r"C:\1cv8.exe"), ("DisplayName", "1С:Предприятие")];
    vec![
        installed("2026-10-01T08:00:00Z", 1033, smarts("3.3.46.29552"), PLATFORM),
        installed("2026-10-02T08:00:00Z", 1033, ["Office 16", "16.0.1", "Microsoft"], OFFICE),
        transaction("2026-10-03T08:00:00Z", 1040),
        Event::restart_manager("2026-10-03T08:00:01Z".parse().unwrap(), 10002, "RmApplicationEvent", &held),
        installed("2026-10-03T08:00:02Z", 1034, smarts("3.3.46.29552"), PLATFORM),
        installed("2026-10-03T08:00:03Z", 1033, smarts("3.4.46.40367"), NEW_PLATFORM),
        transaction("2026-10-03T08:00:04Z", 1042),
    ]
}

/// Software of somebody else, once an hour.
fn many(count: i64) -> Vec<Event> {
    let start: Timestamp = "2016-01-01T00:00:00Z".parse().unwrap();
    let one = |hour| {
        let time = start + SignedDuration::from_hours(hour);
        installed(&time.to_string(), 1033, [&format!("Tool {hour}"), "1.0", "Somebody"], OFFICE)
    };
    (0..count).map(one).collect()
}

#[test]
fn an_update_is_in_the_history_of_the_pc_and_of_its_base() {
    let mut shop = shop();
    shop.desk.until_seen("Обновлений через эту программу ещё не было");
    assert!(shop.desk.sees("Журнала событий Windows здесь нет"));
    shop.desk.command(Key::Num1);
    shop.desk.press("Обновить базу Основной склад");
    shop.desk.press("Скопировать и обновить");
    shop.desk.until_seen("Обновлена до 1.6.3.7283");
    shop.desk.press("Ещё: Основной склад");
    shop.desk.pick("История этой базы");
    shop.until_read();
    assert_eq!(shop.shown(), ["Основной склад"]);
    assert!(shop.desk.sees("1.6.2.6493 → 1.6.3.7283"));
    let row = shop.desk.model().history_page.line(0).unwrap().clone();
    let entry = shop.desk.journal().pop().unwrap();
    assert_eq!(row.entry.journal.as_deref(), Some(&entry));
    let name = shop.desk.until_row("Основной склад");
    shop.desk.click(Role::ListBoxOption, &name);
    shop.desk.until_seen("Копия до обновления");
    assert!(shop.desk.sees(&entry.sha256.unwrap().to_string()));
}

#[test]
fn an_exported_log_is_read_with_the_journal_and_written_as_a_table() {
    let mut shop = shop();
    let log = shop.log("Приложение.evtx", &evtx::bytes(events()));
    shop.open(&log);
    assert_eq!(shop.shown(), ["Mobile SMARTS", "Mobile SMARTS"]);
    assert!(shop.desk.sees("3.3.46.29552 → 3.4.46.40367"));
    let name = shop.desk.until_row("3.3.46.29552 → 3.4.46.40367");
    shop.desk.click(Role::ListBoxOption, &name);
    shop.desk.until_seen("1040, 10002, 1034, 1033, 1042");
    assert!(shop.desk.sees("1С:Предприятие"));

    shop.desk.click(Role::CheckBox, "Показать чужие программы");
    shop.until_read();
    assert_eq!(shop.shown(), ["Mobile SMARTS", "Office 16", "Mobile SMARTS"]);
    shop.desk.fill("Найти в истории", "office");
    let table = shop.dir.path().join("out.csv");
    shop.desk.export_history(&table);
    shop.desk.until_seen("Записан файл out.csv: 1 запись.");
    let text = fs::read_to_string(&table).unwrap();
    assert!(text.starts_with("\u{feff}Уровень;Когда;") && text.contains(";Office 16;"), "{text}");
    assert_eq!(text.lines().count(), 2);
    shop.desk.export_history(&table.join("in a file.csv"));
    shop.desk.until_seen("не записан");

    shop.desk.press("Вернуться к этому компьютеру");
    shop.desk.until_seen("Обновлений через эту программу ещё не было");
}

#[test]
fn what_is_no_log_says_so_and_a_damaged_one_where_and_shows_the_rest() {
    let mut shop = shop();
    let notes = shop.log("notes.evtx", b"notes");
    shop.open(&notes);
    assert!(shop.desk.sees("Историю прочитать не удалось"));
    assert!(shop.desk.sees("Это не выгруженный журнал событий") && shop.desk.sees("notes.evtx"));
    let none = shop.dir.path().join("none.evtx");
    shop.open(&none);
    assert!(shop.desk.sees("none.evtx не читается"));
    assert!(!shop.desk.sees("ничего о Mobile SMARTS нет"));

    let mut bytes = evtx::bytes(events());
    bytes.resize(bytes.len() + 65_536, 7);
    let damaged = shop.log("damaged.evtx", &bytes);
    shop.open(&damaged);
    assert!(shop.desk.sees("не прочитано: записей — 0, блоков — 1 (Chunk 1: "));
    assert_eq!(shop.shown().len(), 2);

    bytes.truncate(4096 + 65_536 / 2);
    let cut = shop.log("cut.evtx", &bytes);
    shop.open(&cut);
    assert!(shop.desk.sees("не прочитано: записей — 0, блоков — 1 ("));
    assert_eq!(shop.shown(), ["Mobile SMARTS", "Mobile SMARTS"], "what there is of it was read");
}

#[test]
fn a_log_of_another_kind_is_told_as_having_nothing_about_mobile_smarts() {
    let mut shop = shop();
    let real = evtx::real().unwrap();
    let log = shop.log("Security.evtx", &real);
    shop.open(&log);
    assert_eq!(shop.shown(), Vec::<String>::new());
    assert!(shop.desk.sees("В этом файле ничего о Mobile SMARTS нет"));
    assert!(!shop.desk.sees("не прочитано"));

    // Each of its records was looked at: one that is damaged is missed.
    let mut damaged = real;
    let second = damaged.windows(4).enumerate().filter(|(_, bytes)| *bytes == RECORD).nth(1).unwrap().0;
    damaged[second + 24..second + 40].fill(0xff);
    let damaged = shop.log("damaged.evtx", &damaged);
    shop.open(&damaged);
    shop.desk.until_seen("не прочитано: записей — ");
}

#[test]
fn a_large_log_is_given_up_for_another_and_the_window_works_meanwhile() {
    let mut shop = shop();
    let large = shop.log("large.evtx", &evtx::bytes(many(12_000)));
    let small = shop.log("small.evtx", &evtx::bytes(events()));
    shop.desk.click(Role::CheckBox, "Показать чужие программы");
    shop.desk.open_log(&large);
    shop.desk.until("the first of it", |desk| !desk.model().history_page.lines.is_empty());
    shop.desk.command(Key::Num1);
    assert!(shop.desk.has(Role::ListItem, "Основной склад"));
    shop.desk.open_log(&large);
    shop.open(&small);
    assert_eq!(shop.shown(), ["Mobile SMARTS", "Office 16", "Mobile SMARTS"]);

    shop.open(&large);
    assert_eq!(shop.shown().len(), 12_000);
    assert_eq!(shop.shown()[0], "Tool 11999");
    assert!(shop.desk.sees("12000 записей"));
}
