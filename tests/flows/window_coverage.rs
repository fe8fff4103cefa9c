//! Subscriptions from the rows to the disk: the covered release in place of the newest, dates that are asked for, and
//! a site that does not give a file.

use std::fs;
use std::time::{Duration, SystemTime};

use egui::Role;
use smarts_core::journal::What;
use smarts_tests::machine_root::{BaseSpec, MachineRoot};
use smarts_tests::site::{Behaviour, Site};
use smarts_tests::template::TemplateBuilder;
use smarts_tests::tree::{Tree, TreeRelease};
use smarts_updater::model::activity::Activity;
use tempfile::TempDir;

use crate::desk::{self, Desk};
use crate::made::{self, NEW, WAREHOUSE};
use crate::program::{Home, Prompt};

/// Came out before the subscription ended; the newest one after that.
const COVERED: &str = "1.6.3.6708";
const ENDED: &str = "device;until\nТСД 4;01.10.2025\n";
const LIST: &str = r"C:\ProgramData\Cleverence\Updater\subscriptions.csv";
const SETTINGS: &str = r"C:\ProgramData\Cleverence\Updater\settings.toml";
const FOLDER: &str = r"C:\ProgramData\Cleverence\Databases\main";

/// A base with one device.
fn base(id: &str, name: &str) -> BaseSpec {
    // 20.11.2026.
    let seen = SystemTime::UNIX_EPOCH + Duration::from_hours(498_658);
    BaseSpec { devices: vec![("ТСД 4".into(), seen)], ..made::warehouse(id, name) }
}

fn pc(list: &str) -> MachineRoot {
    let pc = made::pc(&[base("main", "Основной склад")]);
    pc.write(LIST, list.as_bytes()).unwrap();
    pc
}

fn dated(version: &str, day: &str, template: &TemplateBuilder) -> TreeRelease {
    let name = format!("WH15-{version}.mstmpl");
    TreeRelease::new(version).with("date", day).download(&name, template.build().unwrap()).stated()
}

/// The newest release, and the one before it.
fn source() -> Tree {
    let covered = made::template(COVERED).file("Documentation/x.pdf", made::noise(1_000_000));
    made::source_of(&made::template(NEW))
        .release(WAREHOUSE, dated(COVERED, "12.09.2025", &covered))
        .entry("Platform4", "")
}

fn file(version: &str) -> String {
    format!("downloads/WH15-{version}.mstmpl")
}

fn served() -> Site {
    Site::serve(&source()).unwrap()
}

#[test]
fn a_release_after_the_end_of_a_subscription_gives_way_to_the_covered_one() {
    let pc = pc(ENDED);
    let source = made::folder(&source());
    let mut desk = desk::on(pc.path(), &source.path().display().to_string());
    desk.until_seen("Подписка закончилась 01.10.2025 у ТСД 4");
    assert!(desk.sees("Вышли обновления, которые не входят в подписку: 1 база"));
    assert!(!desk.has(Role::Button, "Обновить базу Основной склад"));
    desk.click(Role::Link, "Почему? Основной склад");
    desk.until_seen("демо-режим: не больше трёх товаров");
    desk.press("Обновить до 1.6.3.6708…");
    desk.until_seen("1.6.2.6493 → 1.6.3.6708");
    desk.until_seen("Версия входит в подписку всех устройств");
    desk.press("Скопировать и обновить");
    desk.until("done", |desk| matches!(desk.activity("main"), Some(Activity::Done(_))));
    assert_eq!(made::version(pc.path(), FOLDER), COVERED);
    let journal = desk.journal();
    let told: Vec<_> = journal.iter().map(|entry| (entry.what, entry.to.map(|to| to.to_string()))).collect();
    assert_eq!(told, [(What::Updated, Some(COVERED.to_owned()))]);
    desk.check_again();
    desk.until_seen("вышла 1.6.3.7283");
    desk.click(Role::Link, "Почему? Основной склад");
    desk.until_seen("Установленная 1.6.3.6708 — последняя версия по вашей подписке");
}

fn prompt(pc: &MachineRoot, site: &Site) -> Prompt {
    Prompt { home: Home::new(), root: pc.path().to_path_buf(), source: site.root() }
}

/// The covered release under way, and no byte more to come.
fn held() -> (MachineRoot, Site, Desk) {
    let (pc, site) = (pc(ENDED), served());
    site.misbehave(&file(COVERED), Behaviour::HoldAfter(300_000));
    let mut desk = desk::on(pc.path(), &site.root());
    desk.press("Обновить до 1.6.3.6708: Основной склад");
    site.wait_until_held();
    desk.until("bytes", |desk| match desk.activity("main") {
        Some(Activity::Downloading(transfer)) => transfer.received > 0,
        _ => false,
    });
    (pc, site, desk)
}

/// Where the parts of the covered release are.
fn parts(desk: &Desk) -> Vec<String> {
    let dir = desk.paths.downloads_dir.join(WAREHOUSE).join(COVERED);
    let Ok(files) = fs::read_dir(dir) else { return Vec::new() };
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn the_covered_release_is_paused_and_gone_on_with_by_the_next_window() {
    let (pc, site, mut desk) = held();
    desk.press("Приостановить загрузку: Основной склад");
    desk.until_seen("загрузка на паузе");
    let user: TempDir = desk.leave();
    site.behave(&file(COVERED));
    let mut desk = desk::of_person(pc.path(), &site.root(), user);
    desk.until_seen("загрузка на паузе");
    assert!(desk.sees("1.6.2.6493 → 1.6.3.6708"));
    desk.press("Продолжить загрузку: Основной склад");
    desk.press("Скопировать и обновить");
    desk.until("done", |desk| matches!(desk.activity("main"), Some(Activity::Done(_))));
    assert_eq!(made::version(pc.path(), FOLDER), COVERED);
    let ranges = site.seen().into_iter().filter(|seen| seen.path == file(COVERED));
    let ranges: Vec<bool> = ranges.map(|seen| seen.headers.contains_key("range")).collect();
    assert_eq!(ranges, [false, true], "nothing was fetched twice");
}

#[test]
fn cancelling_the_covered_release_leaves_nothing_of_it_and_the_block() {
    let (_pc, site, mut desk) = held();
    assert!(!parts(&desk).is_empty());
    desk.press("Приостановить загрузку: Основной склад");
    desk.until_seen("загрузка на паузе");
    desk.press("Отменить загрузку: Основной склад");
    desk.until_seen("Подписка закончилась 01.10.2025 у ТСД 4");
    // The worker says nothing of it; what it is asked next is answered after it.
    site.behave(&file(COVERED));
    desk.check_again();
    assert_eq!(parts(&desk), Vec::<String>::new());
}

/// An open sheet does so by itself every two seconds, for which no flow waits.
fn look_again(desk: &mut Desk) {
    desk.press("Отмена");
    desk.press("Установить обновление: Основной склад");
}

#[test]
fn no_data_is_asked_for_on_the_sheet_and_an_entered_date_counts_at_once() {
    let pc = pc("device;until\n");
    pc.write(SETTINGS, b"subscription_unknown = \"stop\"\n").unwrap();
    let source = made::folder(&source());
    let mut desk = desk::on(pc.path(), &source.path().display().to_string());
    desk.until_seen("Подписка: нет данных, обновление ждёт даты");
    pc.write(SETTINGS, b"").unwrap();
    let mut desk = desk::of_person(pc.path(), &source.path().display().to_string(), desk.leave());
    desk.until_seen("Подписка: нет данных");
    desk.press("Обновить базу Основной склад");
    desk.until_seen("Подписка ТСД 4: нет данных; посмотрите дату в менеджере лицензий");
    assert!(desk.has(Role::Button, "Указать дату…"));
    // Somebody else enters a date that is too early.
    pc.write(LIST, ENDED.as_bytes()).unwrap();
    look_again(&mut desk);
    desk.until_seen("одписка ТСД 4 закончилась 01.10.2025");
    assert!(desk.has(Role::Button, "Подписка продлена — указать дату…"));
    assert!(desk.sees("Обновление станет доступно, когда мешать будет нечему"));
    pc.write(LIST, "device;until\nТСД 4;01.10.2027\n".as_bytes()).unwrap();
    look_again(&mut desk);
    desk.until_seen("Версия входит в подписку всех устройств");
    desk.press("Скопировать и обновить");
    desk.until("done", |desk| matches!(desk.activity("main"), Some(Activity::Done(_))));
    assert_eq!(made::version(pc.path(), FOLDER), NEW);
}

#[test]
fn a_file_that_a_site_does_not_give_is_a_matter_of_the_subscription_and_not_of_trust() {
    for status in [401, 402, 403] {
        let (pc, site) = (pc("device;until\nТСД 4;01.10.2027\n"), served());
        site.misbehave(&file(NEW), Behaviour::Status(status));
        let prompt = prompt(&pc, &site);
        for line in [&["download", "main"][..], &["update", "main", "--yes"]] {
            let ran = prompt.run(line);
            assert_eq!(ran.status, 3, "{ran:?}");
            let what = format!("не отдаёт файл (код {status}): возможно, закончилась подписка на обновления");
            assert!(ran.err.contains(&what), "{ran:?}");
            assert!(ran.err.contains("по какое число действует подписка"), "{ran:?}");
        }
        let mut desk = desk::on(pc.path(), &site.root());
        desk.press("Обновить базу Основной склад");
        desk.until_seen("возможно, закончилась подписка на обновления");
        assert!(matches!(desk.activity("main"), Some(Activity::DownloadFailed(_))), "it is not refused");
        desk.click(Role::Link, "Подробнее: Основной склад");
        desk.until_seen("Проверьте, по какое число действует подписка");
        desk.press("Закрыть");
        let trust = desk.model().report.as_ref().map(|report| report.source.clone());
        site.behave(&file(NEW));
        desk.press("Повторить обновление: Основной склад");
        desk.press("Скопировать и обновить");
        desk.until("done", |desk| matches!(desk.activity("main"), Some(Activity::Done(_))));
        assert_eq!(desk.model().report.as_ref().map(|report| report.source.clone()), trust);
        assert_eq!(made::version(pc.path(), FOLDER), NEW);
    }
}

#[test]
fn a_list_that_a_site_does_not_give_says_nothing_of_subscriptions() {
    for status in [401, 402, 403] {
        let (pc, site) = (pc(ENDED), served());
        site.misbehave(&format!("updates/{WAREHOUSE}/versions.xml"), Behaviour::Status(status));
        let prompt = prompt(&pc, &site);
        let ran = prompt.run(&["update", "main", "--yes"]);
        assert_eq!(ran.status, 1, "{ran:?}");
        assert!(ran.err.contains(&status.to_string()) && !ran.err.contains("подписк"), "{ran:?}");
    }
}
