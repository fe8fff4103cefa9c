//! Subscriptions in the real window: a list is imported, a device is written off, and what lies on the disk
//! afterwards says so.

use std::fs;

use egui::{Key, Role};
use smarts_core::journal::What;
use smarts_tests::machine_root::MachineRoot;
use smarts_tests::tree::Tree;
use smarts_updater::model::Tab;

use crate::desk::{self, Desk};
use crate::made;

const LIST: &str = r"C:\ProgramData\Cleverence\Updater\subscriptions.csv";
const CONNECTIONS: &str = r"C:\ProgramData\Cleverence\Databases\main\Connections";

fn pc(devices: &[&str]) -> MachineRoot {
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    for device in devices {
        fs::create_dir_all(pc.locate(CONNECTIONS).join(device)).unwrap();
    }
    pc
}

fn on(pc: &MachineRoot) -> Desk {
    let source = made::folder(&Tree::new().entry("Platform4", "").entry(made::WAREHOUSE, ""));
    let mut desk = desk::on(pc.path(), &source.path().display().to_string());
    desk.command(Key::Num3);
    assert_eq!(desk.model().tab, Tab::Subscriptions);
    desk
}

fn list(pc: &MachineRoot) -> String {
    fs::read_to_string(pc.locate(LIST)).unwrap()
}

#[test]
fn a_list_is_imported_and_a_second_one_takes_the_place_of_what_it_names() {
    let pc = pc(&["ТСД 1", "ТСД 2"]);
    let mut desk = on(&pc);
    desk.until_seen("Нет данных о подписке 2 устройств");
    let dir = tempfile::tempdir().unwrap();
    let first = dir.path().join("first.csv");
    fs::write(
        &first,
        "Терминал;Подписка на обновления\nТСД 1;31.12.2098\nТСД 2;31.02.2098\nТСД 9;01.01.2001\n",
    )
    .unwrap();
    desk.import(&first);
    desk.until_seen("Такого дня в календаре нет: 31.02.2098");
    desk.press("Импортировать");
    desk.until_seen("Список подписок импортирован.");
    desk.until_seen("Нет данных о подписке 1 устройства");
    let heading = "\u{feff}device;product;until;licence;note\r\n";
    assert_eq!(list(&pc), format!("{heading}ТСД 1;;31.12.2098;;\r\nТСД 9;;01.01.2001;;\r\n"));

    let second = dir.path().join("second.csv");
    fs::write(&second, "device,until,licence\nтсд 1,2097-12-31,=1\nТСД 2,2098-12-31,\n").unwrap();
    desk.import(&second);
    desk.until_seen("У 1 записи дата станет раньше, чем была.");
    desk.press("Импортировать");
    desk.until_seen("Подписка действует у всех устройств");
    assert_eq!(
        list(&pc),
        format!("{heading}тсд 1;;31.12.2097;'=1;\r\nТСД 2;;31.12.2098;;\r\nТСД 9;;01.01.2001;;\r\n")
    );
}

#[test]
fn a_device_is_written_off_and_counts_again_and_the_journal_has_both() {
    let pc = pc(&["ТСД 1"]);
    fs::create_dir_all(pc.locate(LIST).parent().unwrap()).unwrap();
    fs::write(pc.locate(LIST), "device;until\nТСД 1;01.01.2001\nне дата\n").unwrap();
    let mut desk = on(&pc);
    desk.until_seen("Подписка закончилась у 1 устройства с 01.01.2001");
    assert!(desk.sees("1 строка списка не прочитана"));
    desk.press("Ещё: ТСД 1");
    desk.pick("Списан, не учитывать…");
    desk.press("Не учитывать");
    desk.until_seen("Больше не учитывается: ТСД 1.");
    desk.until_seen("не учитывается");
    assert!(!desk.sees("Подписка закончилась"));
    desk.press("Снова учитывать: ТСД 1");
    desk.press("Учитывать");
    desk.until_seen("Подписка закончилась у 1 устройства с 01.01.2001");
    let said: Vec<_> = desk.journal().into_iter().map(|entry| (entry.what, entry.subject)).collect();
    let device = || "ТСД 1".to_owned();
    assert_eq!(said, [(What::WrittenOff, device()), (What::CountedAgain, device())]);
}

#[test]
fn a_date_that_is_typed_counts_at_once_and_is_exported() {
    let pc = pc(&["ТСД 1"]);
    let mut desk = on(&pc);
    desk.press("Указать дату: ТСД 1");
    desk.fill("Действует по (включительно)", "31.12.2098");
    desk.fill("Лицензия", "MS-1");
    desk.press("Сохранить");
    desk.until_seen("действует по 31.12.2098");
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("out.csv");
    desk.export_subscriptions(&path);
    desk.until_seen("Записан файл out.csv: 1 запись.");
    assert_eq!(fs::read(&path).unwrap(), fs::read(pc.locate(LIST)).unwrap());
    desk.export_subscriptions(&dir.path().join("out.csv").join("in a file.csv"));
    desk.until_seen("не записывается");
}

#[test]
fn a_file_that_is_no_list_says_so_and_changes_nothing() {
    let pc = pc(&["ТСД 1"]);
    let mut desk = on(&pc);
    let dir = tempfile::tempdir().unwrap();
    let workbook = dir.path().join("list.xlsx");
    fs::write(&workbook, b"PK\x03\x04\x00\x00").unwrap();
    desk.import(&workbook);
    desk.until_seen("это не текст; сохраните таблицу как CSV");
    desk.import(&dir.path().join("not there.csv"));
    desk.until_seen("не читается");
    assert!(!pc.locate(LIST).exists());
}

#[test]
fn a_kept_list_that_is_none_is_told_with_its_reason_and_kept_aside_by_an_import() {
    let pc = pc(&["ТСД 1"]);
    fs::create_dir_all(pc.locate(LIST).parent().unwrap()).unwrap();
    fs::write(pc.locate(LIST), b"PK\x03\x04\x00\x00").unwrap();
    let former = pc.locate(LIST).with_file_name("subscriptions.former.csv");
    let mut desk = on(&pc);
    desk.until_seen("Список подписок не читается");
    assert!(desk.sees("Это не текст") && desk.sees(&pc.locate(LIST).display().to_string()));
    assert!(!desk.sees("Подписки пока не указаны"));
    let dir = tempfile::tempdir().unwrap();
    let list = dir.path().join("list.csv");
    fs::write(&list, "device;until\nТСД 1;31.12.2098\n").unwrap();
    desk.import(&list);
    desk.until_seen("Подтвердите, что прежний список можно заменить");
    assert!(desk.sees(&format!("Он сохранится как {}", former.display())));
    desk.click(Role::CheckBox, "Заменить прежний список этим");
    desk.press("Импортировать");
    desk.until_seen(&format!("Список подписок импортирован. Прежний список остался в {}", former.display()));
    desk.until_seen("Подписка действует у всех устройств");
    assert!(!desk.sees("Список подписок не читается"));
    assert_eq!(fs::read(former).unwrap(), b"PK\x03\x04\x00\x00");
}

#[test]
fn lines_that_are_no_records_are_put_aside_by_an_edit_and_missed_by_an_export_and_both_is_told() {
    let pc = pc(&["ТСД 1"]);
    fs::create_dir_all(pc.locate(LIST).parent().unwrap()).unwrap();
    fs::write(pc.locate(LIST), "device;until\nТСД 2;31.12.2098\nТСД 3;скоро\n").unwrap();
    let mut desk = on(&pc);
    desk.until_seen("1 строка списка не прочитана");
    let dir = tempfile::tempdir().unwrap();
    desk.export_subscriptions(&dir.path().join("out.csv"));
    desk.until_seen("1 запись. В файл не попала 1 строка списка, которая не читается.");
    desk.press("Указать дату: ТСД 1");
    desk.fill("Действует по (включительно)", "31.12.2098");
    desk.press("Сохранить");
    let former = pc.locate(LIST).with_file_name("subscriptions.former.csv");
    let aside = "1 строка прежнего списка, которая не читалась, осталась в";
    desk.until_seen(&format!("Дата подписки сохранена. {aside} {}", former.display()));
    assert!(fs::read_to_string(former).unwrap().contains("ТСД 3;скоро"));
    desk.press("Изменить: ТСД 1");
    desk.fill("Действует по (включительно)", "31.12.2097");
    desk.press("Сохранить");
    desk.until_seen("действует по 31.12.2097");
    assert!(!desk.sees(aside), "there was nothing more to put aside");
}
