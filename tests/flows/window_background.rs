//! The window and what goes on beside it: other programs of the same person, versions that are skipped, the
//! background check, a PC without a network, the reports of many PCs.

use std::fs;
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use egui::Role;
use smarts_core::hidden;
use smarts_core::os::{MachineRoot as Root, Os as _};
use smarts_core::schedule::{self, State};
use smarts_core::settings::Settings;
use smarts_tests::machine_root::MachineRoot;
use smarts_tests::site::Site;
use smarts_tests::tree::Tree;
use smarts_updater::instance::{self, Call, Place, Start};

use crate::desk::{self, Desk};
use crate::made::{self, NEW};
use crate::program::{Home, Ran};

const UPDATE: &str = "Обновить базу Основной склад";
const SETTINGS: &str = r"C:\ProgramData\Cleverence\Updater\settings.toml";
const PATIENCE: Duration = Duration::from_secs(20);

fn pc() -> MachineRoot {
    made::pc(&[made::warehouse("main", "Основной склад"), made::warehouse("forest", "Филиал на Лесной")])
}

fn nothing_new() -> Tree {
    Tree::new().entry("Platform4", "").entry(made::WAREHOUSE, "")
}

fn with_release() -> Tree {
    made::source_of(&made::template(NEW)).entry("Platform4", "")
}

/// `smarts` of the same person on the same PC.
fn smarts(home: &Home, pc: &MachineRoot, source: &Path, line: &[&str]) -> Ran {
    let (root, source) = (pc.path().display().to_string(), source.display().to_string());
    let common = ["--machine-root", &root, "--source", &source, "--lang", "ru"];
    home.smarts(&[line, &common].concat())
}

#[test]
fn the_window_follows_a_check_that_another_program_has_made() {
    let (pc, home) = (pc(), Home::new());
    let source = made::folder(&nothing_new());
    let mut desk = desk::at_home(pc.path(), &source.path().display().to_string(), &home);
    desk.listen();
    desk.until_seen("Обновлений нет");
    let shown = desk.model().report.as_ref().unwrap().checked_at;

    with_release().write_to(source.path()).unwrap();
    assert_eq!(smarts(&home, &pc, source.path(), &["check"]).status, 100);
    desk.until_seen("Вышли обновления для 2 баз");
    assert!(desk.has(Role::Button, UPDATE));
    assert!(desk.model().check.is_none(), "the window itself has asked nothing");
    assert!(desk.model().report.as_ref().unwrap().checked_at > shown);
    desk.press(UPDATE);
    desk.until_seen("Обновить базу «Основной склад»?");
}

#[test]
fn a_version_skipped_in_the_window_is_skipped_everywhere_and_in_the_next_window() {
    let (pc, home) = (pc(), Home::new());
    let source = made::folder(&with_release());
    let address = source.path().display().to_string();
    let mut desk = desk::at_home(pc.path(), &address, &home);
    desk.until_checked();
    desk.press("Ещё: Основной склад");
    desk.pick("Пропустить эту версию");
    desk.until_seen("Новых обновлений нет");
    let vendors = |pc: &MachineRoot| {
        let os = Root::open(pc.path()).unwrap();
        let mut values = os.registry_values(hidden::KEY).unwrap();
        values.sort();
        values
    };
    let both = [("HideUpdateDB_forest", NEW), ("HideUpdateDB_main", NEW)];
    desk.until("the vendor's values", |_| {
        vendors(&pc).iter().map(|(name, text)| (name.as_str(), text.as_str())).eq(both)
    });
    // Whoever is asked in the background has nothing to say.
    let silent = smarts(&home, &pc, source.path(), &["notice", "--json"]);
    assert_eq!((silent.status, silent.out.trim()), (0, "{\n  \"nothing_open\": true\n}"));
    drop(desk.leave());

    let mut desk = desk::at_home(pc.path(), &address, &home);
    desk.until_checked();
    desk.until_seen("Новых обновлений нет");
    assert!(desk.sees("Версия пропущена"));
    desk.press("Ещё: Филиал на Лесной");
    desk.pick("Снова предлагать эту версию");
    desk.until_seen("Вышли обновления для 2 баз");
    desk.until("the vendor's values", |_| vendors(&pc).iter().all(|(_, text)| text.is_empty()));
}

/// A stub of this person, which only hears.
fn stub(state_dir: &Path) -> (Start, std::sync::mpsc::Receiver<Call>) {
    let (sender, calls) = sync_channel(8);
    let place = Place { state_dir, name: "tray-7", patience: PATIENCE, let_to_front: &|_| () };
    let started = instance::begin(&place, &Call::Renew, move |call| {
        let _ = sender.try_send(call);
    });
    assert!(matches!(started, Start::First(_)));
    (started, calls)
}

#[test]
fn icons_are_told_of_what_was_skipped_and_of_what_was_installed() {
    let (pc, home) = (pc(), Home::new());
    let source = made::folder(&with_release());
    let mut desk = desk::at_home(pc.path(), &source.path().display().to_string(), &home);
    desk.until_seen("Вышли обновления для 2 баз");
    let (_stub, calls) = stub(&desk.paths.state_dir);
    desk.press("Ещё: Основной склад");
    desk.pick("Пропустить эту версию");
    assert_eq!(calls.recv_timeout(PATIENCE), Ok(Call::Renew));
    desk.press(UPDATE);
    desk.press("Скопировать и обновить");
    desk.until_seen("Обновлена до 1.6.3.7283");
    assert_eq!(calls.recv_timeout(PATIENCE), Ok(Call::Renew));
}

fn open_schedule(desk: &mut Desk) {
    desk.press("Ещё");
    desk.pick("Проверка по расписанию…");
    desk.until("the page", |desk| desk.has(Role::TextInput, "Часов между проверками"));
}

#[test]
fn the_schedule_is_set_up_taken_away_and_put_back_from_the_window() {
    let pc = pc();
    let source = made::folder(&nothing_new());
    pc.write(SETTINGS, b"# ours\nnotify = 'admins' # who\n").unwrap();
    let mut desk = desk::on(pc.path(), &source.path().display().to_string());
    desk.until_seen("Обновлений нет");
    open_schedule(&mut desk);
    let os = Root::open(pc.path()).unwrap();
    assert!(matches!(schedule::state(&os), State::None));

    desk.click(Role::CheckBox, "Не проверять автоматически");
    desk.fill("Часов между проверками", "12");
    desk.click(Role::CheckBox, "Рабочее время");
    desk.click(Role::RadioButton, "Всем");
    desk.press("Сохранить");
    desk.until_seen("Настройки сохранены");
    assert!(desk.sees("Следующая проверка"));
    let text = fs::read_to_string(pc.locate(SETTINGS)).unwrap();
    assert_eq!(
        text,
        "# ours\nnotify = \"all\" # who\ncheck_hours = 12\nworking_hours = \"mon,tue,wed,thu,fri 09:00-18:00\"\n"
    );
    let State::Ours(facts) = schedule::state(&os) else { panic!("ours") };
    assert!(facts.enabled);

    desk.click(Role::CheckBox, "Не проверять автоматически");
    assert!(desk.sees("О новых версиях никто не узнает"));
    desk.press("Сохранить");
    desk.until("the task's end", |_| matches!(schedule::state(&os), State::None));
    desk.until_seen("Настройки сохранены");
    assert_eq!(fs::read_to_string(pc.locate(SETTINGS)).unwrap(), text, "the settings stay for another day");
}

#[test]
fn without_a_network_an_opened_window_asks_nobody_and_tells_the_age() {
    let pc = pc();
    let site = Site::serve(&nothing_new()).unwrap();
    pc.write(SETTINGS, b"offline = true\n").unwrap();
    let mut desk = desk::on(pc.path(), &site.root());
    desk.until_seen("Сведений об обновлениях ещё нет");
    assert!(desk.model().check.is_none());
    assert_eq!(site.seen().len(), 0);
    desk.check_again();
    desk.until_seen("без сети, сведения собраны сегодня");
    assert!(!site.seen().is_empty(), "by hand one may");
}

#[test]
fn what_is_set_in_the_window_counts_for_it_at_once() {
    let pc = pc();
    let source = made::folder(&nothing_new());
    let mut desk = desk::on(pc.path(), &source.path().display().to_string());
    desk.until_seen("Обновлений нет");
    open_schedule(&mut desk);
    desk.click(Role::Tab, "Сеть");
    desk.click(Role::RadioButton, "Без сети");
    desk.press("Сохранить");
    desk.until_seen("Настройки сохранены");
    assert!(Settings::load(&pc.locate(SETTINGS)).unwrap().offline);
    desk.click(Role::Tab, "Обновления");
    desk.until_seen("без сети, сведения собраны сегодня");
}

#[test]
fn settings_that_are_broken_are_not_replaced_and_the_page_says_why() {
    let pc = pc();
    let source = made::folder(&nothing_new());
    let mut desk = desk::on(pc.path(), &source.path().display().to_string());
    desk.until_seen("Обновлений нет");
    open_schedule(&mut desk);
    let broken = b"notify = = 1\n";
    pc.write(SETTINGS, broken).unwrap();
    desk.click(Role::RadioButton, "Никому");
    desk.press("Сохранить");
    desk.until_seen("Файл настроек не читается");
    assert!(desk.sees("line 1"));
    assert!(desk.sees("Настройки не изменены"));
    assert_eq!(fs::read(pc.locate(SETTINGS)).unwrap(), broken);
}

#[test]
fn reports_of_many_pcs_stand_in_one_table_and_a_broken_one_hides_no_other() {
    let (pc, home) = (pc(), Home::new());
    let source = made::folder(&with_release());
    pc.write(SETTINGS, "report_dir = 'C:\\Отчёты'\n".as_bytes()).unwrap();
    assert_eq!(smarts(&home, &pc, source.path(), &["check"]).status, 100);
    let folder = pc.locate(r"C:\Отчёты");
    let whole = fs::read(folder.join("KASSA-1.json")).unwrap();
    fs::write(folder.join("KASSA-2.json"), &whole[..whole.len() / 2]).unwrap();

    let mut desk = desk::at_home(pc.path(), &source.path().display().to_string(), &home);
    desk.until_seen("Вышли обновления для 2 баз");
    desk.open_reports(&folder);
    desk.until("the table", |desk| desk.has(Role::Row, "KASSA-1"));
    assert!(desk.has(Role::Table, "Компьютеры по отчётам"));
    assert!(desk.sees("2 компьютера"));
    assert!(desk.sees("3.3.46.29552"));
    assert!(desk.sees("2 базы"));
    assert!(desk.sees("Склад 15, Расширенный 1.6.3.7283 × 2"));
    assert!(desk.sees("Файл KASSA-2.json."));
    desk.click(Role::ColumnHeader, "Неполадки");
    desk.press("Прочитать снова");
    desk.until("the table", |desk| desk.has(Role::Row, "KASSA-2"));
    desk.press("Закрыть");

    desk.open_reports(&folder.join("gone"));
    desk.until_seen("недоступна");
}
