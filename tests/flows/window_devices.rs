//! Mobile devices in the real window: who would stop, an app from the source and one at hand, staged and taken back, and
//! each time what a device finds in the folder of its base.

use std::time::{Duration, SystemTime};

use egui::{Key, Role};
use smarts_core::devices::staged::{self, Staged};
use smarts_core::journal::What;
use smarts_tests::apk::ApkBuilder;
use smarts_tests::machine_root::{BaseSpec, MachineRoot};
use smarts_tests::tree::TreeRelease;
use smarts_updater::model::Tab;
use tempfile::TempDir;

use crate::desk::{self, Desk};
use crate::made;

const OLD: &str = "3.3.0.28766";
const NEW: &str = "3.4.0.46990";
const MAIN: &str = r"C:\ProgramData\Cleverence\Databases\main";
const FOREST: &str = r"C:\ProgramData\Cleverence\Databases\Филиал на Лесной";

struct Shop {
    pc: MachineRoot,
    source: TempDir,
    desk: Desk,
}

fn with_device(base: BaseSpec, device: &str) -> BaseSpec {
    let seen = SystemTime::UNIX_EPOCH + Duration::from_secs(1_760_000_000);
    BaseSpec { devices: vec![(device.to_owned(), seen)], ..base }
}

/// After a check: the source has a platform that stops the devices, and an app that goes with it.
fn shop() -> Shop {
    shop_with(Vec::new())
}

/// The same; attributes of the second base's description.
fn shop_with(attributes: Vec<(String, String)>) -> Shop {
    let folder = FOREST.to_owned();
    let forest =
        BaseSpec { folder, attributes, ..made::warehouse("forest", "Филиал на Лесной") };
    let pc = made::pc(&[
        with_device(made::warehouse("main", "Основной склад"), "ТСД 1"),
        with_device(forest, "ТСД 2"),
    ]);
    let app = TreeRelease::new(NEW).with("date", "12.11.2026").with("description", "- Быстрее");
    let apk = ApkBuilder::new(NEW).build().unwrap();
    let tree = made::source_of(&made::template(made::NEW))
        .release("Platform4", TreeRelease::new("3.4.46.40367").download("x.msi", "x").stated())
        .release("Shop", app.clone().beside("Shop.apk", apk.clone()).stated())
        .release("Android", app.beside("MobileSMARTS.apk", apk).stated());
    let source = made::folder(&tree);
    let mut desk = desk::on(pc.path(), &source.path().display().to_string());
    desk.check_again();
    desk.until_checked();
    desk.command(Key::Num2);
    assert_eq!(desk.model().tab, Tab::Devices);
    Shop { pc, source, desk }
}

impl Shop {
    fn staged(&self, folder: &str) -> Staged {
        staged::read(&self.pc.locate(folder))
    }

    /// Which version a device with the old app is offered.
    fn offered(&self, folder: &str) -> Option<String> {
        self.staged(folder).offered_to(&OLD.parse().unwrap()).map(|app| app.version.to_string())
    }
}

#[test]
fn an_app_of_the_source_is_staged_for_both_bases_and_taken_back_from_the_message() {
    let mut shop = shop();
    shop.desk.until_seen("После обновления платформы до 3.4.46.40367 не подключатся 2 ТСД");
    shop.desk.press("Подготовить приложение…");
    shop.desk.until_seen("Приложение для ТСД 3.4.0.46990");
    assert_eq!((shop.offered(MAIN), shop.offered(FOREST)), (None, None), "nothing before the person says so");
    shop.desk.press("Подготовить");
    shop.desk.until_seen("Для ТСД подготовлено 3.4.0.46990: Основной склад, Филиал на Лесной");
    assert_eq!(shop.offered(MAIN).as_deref(), Some(NEW));
    assert_eq!(shop.offered(FOREST).as_deref(), Some(NEW));
    shop.desk.until_seen("Подходящее приложение подготовлено");
    shop.desk.click(Role::Link, "Вернуть как было");
    shop.desk.until_seen("Подготовка 3.4.0.46990 отменена");
    assert_eq!((shop.offered(MAIN), shop.offered(FOREST)), (None, None));
    let said: Vec<_> = shop.desk.journal().into_iter().map(|entry| (entry.what, entry.subject)).collect();
    let of = |what, subject: &str| (what, subject.to_owned());
    let expected = [
        of(What::AppStaged, "main"),
        of(What::AppStaged, "forest"),
        of(What::AppUnstaged, "main"),
        of(What::AppUnstaged, "forest"),
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_base_whose_app_comes_from_elsewhere_is_named_and_prepared_next() {
    let mut shop = shop_with(vec![("apkUpdateLink".to_owned(), "updates/Shop".to_owned())]);
    shop.desk.press("Подготовить приложение…");
    shop.desk.until_seen("Для других баз (Филиал на Лесной) приложение лежит в другом месте источника");
    shop.desk.press("Подготовить");
    shop.desk.until_seen("Для ТСД подготовлено 3.4.0.46990: Основной склад");
    assert_eq!((shop.offered(MAIN).as_deref(), shop.offered(FOREST)), (Some(NEW), None));
    shop.desk.press("Подготовить приложение…");
    shop.desk.until_seen("Shop.apk");
    shop.desk.press("Подготовить");
    shop.desk.until_seen("Подходящее приложение подготовлено");
    assert_eq!(shop.offered(FOREST).as_deref(), Some(NEW));
}

#[test]
fn an_app_at_hand_needs_the_persons_word_and_one_that_is_none_is_told() {
    let mut shop = shop();
    let dir = tempfile::tempdir().unwrap();
    let wrong = dir.path().join("wrong.apk");
    std::fs::write(&wrong, b"no package").unwrap();
    shop.desk.drop_file(&wrong);
    shop.desk.until_seen("не похож на приложение для Android");
    shop.desk.press("Закрыть");
    let path = dir.path().join("Mobile SMARTS.apk");
    std::fs::write(&path, ApkBuilder::new(NEW).build().unwrap()).unwrap();
    shop.desk.drop_file(&path);
    shop.desk.until_seen("Приложение для ТСД 3.4.0.46990");
    shop.desk.click(Role::CheckBox, "Филиал на Лесной");
    let consent = "Понимаю: подлинность этого файла ничем не доказана. Подготовить всё равно";
    shop.desk.click(Role::CheckBox, consent);
    shop.desk.press("Подготовить");
    shop.desk.until_seen("Для ТСД подготовлено 3.4.0.46990: Основной склад");
    assert_eq!(shop.offered(MAIN).as_deref(), Some(NEW));
    assert_eq!(shop.offered(FOREST), None, "it was unticked");
}

#[test]
fn another_file_of_the_staged_version_is_told_before_it_takes_its_place() {
    let mut shop = shop();
    shop.desk.press("Подготовить приложение…");
    shop.desk.until_seen("Приложение для ТСД 3.4.0.46990");
    shop.desk.press("Подготовить");
    shop.desk.until_seen("Для ТСД подготовлено 3.4.0.46990: Основной склад, Филиал на Лесной");
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("Mobile SMARTS.apk");
    std::fs::write(&path, ApkBuilder::new(NEW).filled(50_000).build().unwrap()).unwrap();
    shop.desk.drop_file(&path);
    shop.desk.until_seen("Версия 3.4.0.46990 уже подготовлена, но файл там другой");
}

#[test]
fn a_list_of_apps_that_cannot_be_read_is_told_above_the_bases() {
    let mut shop = shop();
    std::fs::write(shop.source.path().join("updates/Android/versions.xml"), "<versions>").unwrap();
    shop.desk.command(Key::Num1);
    shop.desk.check_again();
    shop.desk.until_seen("прочитано не всё: 1");
    shop.desk.click(Role::Link, "Подробнее о том, что не удалось прочитать");
    shop.desk.until_seen("updates/Android/versions.xml");
}
