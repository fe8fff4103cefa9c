//! Trust in the real window: a signed source, a folder that is read just this once, what is refused.

use std::fs;
use std::path::Path;

use egui::Role;
use smarts_core::check::Report;
use smarts_core::verify::Proof;
use smarts_tests::machine_root::MachineRoot;
use smarts_tests::publisher::Publisher;
use smarts_tests::site::Site;
use smarts_tests::tree::Tree;
use smarts_updater::model::activity::Activity;
use tempfile::TempDir;

use crate::desk::{self, Desk};
use crate::made::{self, NEW};

const FOLDER: &str = r"C:\ProgramData\Cleverence\Databases\main";
const UPDATE: &str = "Обновить базу Основной склад";
const BACK: &str = "Вернуться к обычному источнику";

/// A publisher whose signatures outlast the tests, or those of the timestamp do not.
fn publisher(timestamp: &str) -> Publisher {
    let mut publisher = Publisher::new();
    for role in [&mut publisher.root, &mut publisher.snapshot, &mut publisher.targets] {
        "2999-01-01T00:00:00Z".clone_into(&mut role.expires);
    }
    timestamp.clone_into(&mut publisher.timestamp.expires);
    publisher
}

fn fresh() -> Publisher {
    publisher("2998-12-31T00:00:00Z")
}

fn expired() -> Publisher {
    publisher("2020-01-01T00:00:00Z")
}

fn tree() -> Tree {
    made::source_of(&made::template(NEW)).entry("Platform4", "")
}

/// A source with nothing new.
fn nothing_new() -> Tree {
    Tree::new().entry("Platform4", "").entry(made::WAREHOUSE, "")
}

fn pc(publisher: Option<&Publisher>) -> MachineRoot {
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    if let Some(publisher) = publisher {
        let root = pc.locate(r"C:\ProgramData\Cleverence\Updater\root.json");
        fs::create_dir_all(root.parent().unwrap()).unwrap();
        fs::write(root, publisher.root_json()).unwrap();
    }
    pc
}

fn on(pc: &MachineRoot, source: &TempDir) -> Desk {
    desk::on(pc.path(), &source.path().display().to_string())
}

fn report(desk: &Desk) -> Report {
    Report::load(&desk.paths.report_path()).unwrap().unwrap()
}

#[test]
fn a_signed_source_is_told_from_the_header_to_the_journal() {
    let publisher = fresh();
    let (pc, source) = (pc(Some(&publisher)), made::folder(&publisher.sign(&tree())));
    let mut desk = on(&pc, &source);
    desk.until_seen("подписан издателем, подпись действует до 31.12.2998");
    assert!(desk.sees("29.10.2025 · ") && desk.sees(" · подписано"));
    desk.press(UPDATE);
    desk.until_seen("подписано издателем · ничего ещё не изменено");
    desk.until_seen("Файл проверен: подписано издателем");
    desk.press("Скопировать и обновить");
    desk.until_seen("Обновлена до 1.6.3.7283");
    assert_eq!(desk.journal().first().and_then(|entry| entry.proof), Some(Proof::Signed));
    desk.click(Role::Button, "Ещё");
    desk.pick("Об источнике");
    desk.until_seen("Каждый файл сверяется с подписью издателя");
}

#[test]
fn a_folder_is_read_just_this_once_and_leaves_the_report_and_the_settings_alone() {
    let (pc, usual, stick) = (pc(None), made::folder(&nothing_new()), made::folder(&tree()));
    let mut desk = on(&pc, &usual);
    desk.until_seen("Обновлений нет");
    let before = report(&desk);

    desk.use_folder(stick.path());
    desk.until_seen("(только на этот раз)");
    desk.until_seen("Вышло обновление для 1 базы");
    assert!(desk.sees(" · контр. сумма"));
    assert_eq!(report(&desk), before, "what the person hears tomorrow is the usual source's");
    desk.press(UPDATE);
    desk.press("Скопировать и обновить");
    desk.until("done", |desk| matches!(desk.activity("main"), Some(Activity::Done(_))));
    desk.until("the check after it", |desk| desk.model().check.is_none());
    assert_eq!(made::version(pc.path(), FOLDER), NEW);
    assert_eq!(report(&desk), before);

    desk.press(BACK);
    desk.until("the usual source", |desk| {
        !desk.sees("(только на этот раз)") && desk.model().report.is_some()
    });
    assert_eq!(
        desk.model().report.as_ref().map(|report| report.source.root.clone()),
        Some(before.source.root)
    );
    assert!(!pc.locate(r"C:\ProgramData\Cleverence\Updater\settings.toml").exists());
}

#[test]
fn a_stick_that_has_expired_is_used_after_one_consent_and_never_without() {
    let (fresh, expired) = (fresh(), expired());
    let pc = pc(Some(&fresh));
    let (usual, stick) =
        (made::folder(&fresh.sign(&nothing_new())), made::folder(&newer(expired).sign(&tree())));
    let mut desk = on(&pc, &usual);
    desk.until_seen("Обновлений нет");
    desk.use_folder(stick.path());
    desk.until_seen("Подпись этой папки истекла");
    assert!(desk.sees("Она действовала до 01.01.2020"));
    desk.press("Отмена");
    assert!(desk.sees("Узнать об обновлениях не удалось"), "without a yes nothing of it is known");
    desk.press("Использовать то, что есть…");
    desk.press("Использовать то, что есть");
    desk.until_seen("подпись истекла 01.01.2020: более новых версий отсюда не видно");
    desk.press(UPDATE);
    desk.press("Скопировать и обновить");
    desk.until("done", |desk| matches!(desk.activity("main"), Some(Activity::Done(_))));
    desk.until("the check after it", |desk| desk.model().check.is_none());
    assert!(!desk.sees("Подпись этой папки истекла"), "nobody is asked twice");
    assert_eq!(made::version(pc.path(), FOLDER), NEW);
}

/// What was signed later than what the usual source has.
fn newer(mut publisher: Publisher) -> Publisher {
    publisher.bump();
    publisher
}

#[test]
fn where_a_root_is_trusted_a_folder_has_to_be_signed_too() {
    let publisher = fresh();
    let pc = pc(Some(&publisher));
    let (usual, stick) = (made::folder(&publisher.sign(&nothing_new())), made::folder(&tree()));
    let mut desk = on(&pc, &usual);
    desk.until_seen("Обновлений нет");
    desk.use_folder(stick.path());
    desk.until_seen("Источник не принят.");
    assert!(desk.sees("ничего из него не используется"));
    assert!(!desk.has(Role::Button, UPDATE));
    desk.click(Role::Link, "Подробнее о том, почему проверить не удалось");
    desk.until_seen("Узнайте у издателя адрес подписанного источника");
    desk.press("Закрыть");
    desk.press(BACK);
    desk.until_seen("Обновлений нет");
}

#[test]
fn a_file_that_is_not_the_signed_one_is_a_red_row_and_changes_nothing() {
    let publisher = fresh();
    let pc = pc(Some(&publisher));
    let site = Site::serve(&publisher.sign(&tree())).unwrap();
    let other = made::template(NEW).file("Documentation/x.txt", "another").build().unwrap();
    let name = "WH15-1.6.3.7283.mstmpl";
    let bytes = made::template(NEW).build().unwrap();
    let path = publisher.paths(&format!("downloads/{name}"), &bytes).remove(0);
    let same_length = other.iter().copied().cycle().take(bytes.len()).collect::<Vec<u8>>();
    site.put(&path, same_length);
    let mut desk = desk::on(pc.path(), &site.root());
    desk.press(UPDATE);
    desk.until("refused", |desk| matches!(desk.activity("main"), Some(Activity::Refused(_))));
    assert!(desk.sees("Файл не принят: "));
    assert!(desk.sees("он не запускался, ничего не изменено"));
    assert!(!desk.has(Role::Button, "Установить обновление: Основной склад"));
    desk.click(Role::Link, "Подробнее: Основной склад");
    desk.until_seen("Этот файл не запускался и не применялся");
    assert!(desk.sees("Не запускайте этот файл вручную"));
    desk.press("Закрыть");
    assert_eq!(made::version(pc.path(), FOLDER), made::OLD);
    // Once the right file is back, the same button leads on.
    site.put(&path, bytes);
    desk.press("Повторить обновление: Основной склад");
    desk.until_seen("подписано издателем · ничего ещё не изменено");
}

#[test]
fn a_folder_that_is_gone_says_so_and_the_usual_source_comes_back() {
    let (pc, usual) = (pc(None), made::folder(&nothing_new()));
    let mut desk = on(&pc, &usual);
    desk.until_seen("Обновлений нет");
    desk.use_folder(Path::new("/no/such/stick"));
    desk.until_seen("Проверить не удалось.");
    assert!(desk.sees("Узнать об обновлениях не удалось"));
    desk.press(BACK);
    desk.until_seen("Обновлений нет");
    assert!(!desk.sees("Проверить не удалось."));
}
