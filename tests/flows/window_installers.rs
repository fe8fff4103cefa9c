//! Installers in the real window: the platform's, and a product's wizard with the template it leaves. The
//! demo's installer is a program of its own that asks; here a script gives its answers.

use egui::Role;
use smarts_core::journal::What;
use smarts_updater::model::activity::Activity;

use crate::desk::{self, Desk};
use crate::made;

const TILL_FOLDER: &str = r"C:\Базы Mobile SMARTS\Касса 1";

fn platform(desk: &Desk) -> String {
    made::machine(&desk.root).platform.unwrap().version.to_string()
}

fn journal(desk: &Desk) -> Vec<What> {
    desk.journal().into_iter().map(|entry| entry.what).collect()
}

#[test]
fn the_platform_is_updated_by_its_installer_and_no_base_asks_for_it_any_more() {
    let mut desk = desk::demo_answering("да");
    desk.until_seen("нужна платформа 3.4.46.31745 или новее");
    desk.press("Подготовить обновление платформы");
    desk.until_seen("Обновить платформу Mobile SMARTS?");
    desk.press("Открыть установку");
    desk.until_seen("Обновлена до 3.4.46.40367");
    assert_eq!(platform(&desk), "3.4.46.40367");
    desk.until_seen("Вышли обновления для 6 баз");
    assert!(!desk.sees("нужна платформа"));
    assert_eq!(journal(&desk), [What::Updated]);
}

#[test]
fn a_no_in_the_installer_leaves_everything_as_it_was_and_the_file_ready() {
    let mut desk = desk::demo_answering("нет");
    desk.press("Подготовить обновление платформы");
    desk.press("Открыть установку");
    desk.until("the answer", |desk| matches!(desk.activity("platform"), Some(Activity::Ready(_))));
    assert_eq!(platform(&desk), "3.3.46.29552");
    assert_eq!(journal(&desk), [What::Cancelled]);
    // Another try begins with the sheet and not with a download.
    desk.press("Установить обновление: Платформа Mobile SMARTS");
    desk.until_seen("Открыть установку");
}

#[test]
fn after_the_wizard_the_base_is_updated_with_the_template_it_left() {
    let mut desk = desk::demo_answering("да");
    desk.press("Обновить базу Касса 1");
    desk.press("Открыть установку");
    desk.until_seen("Установлен новый шаблон: Магазин 15, Расширенный 1.5.0.58");
    assert_eq!(made::version(&desk.root, TILL_FOLDER), "1.5.0.40", "the wizard has changed no base");
    desk.press("Подготовить обновление…");
    desk.until_seen("ничем не подтверждено · ничего ещё не изменено");
    let consent = "Понимаю: подлинность этого файла ничем не доказана. Установить всё равно";
    desk.click(Role::CheckBox, consent);
    desk.press("Скопировать и обновить");
    desk.until_seen("Обновлена до 1.5.0.58");
    assert_eq!(made::version(&desk.root, TILL_FOLDER), "1.5.0.58");
    assert_eq!(journal(&desk), [What::WizardRun, What::Updated]);
}

#[test]
fn whoever_does_not_update_after_the_wizard_can_do_so_later() {
    let mut desk = desk::demo_answering("да");
    desk.press("Обновить базу Касса 1");
    desk.press("Открыть установку");
    desk.press("Не сейчас");
    assert_eq!(made::version(&desk.root, TILL_FOLDER), "1.5.0.40");
    desk.press("Обновить базу Касса 1");
    desk.press("Открыть установку");
    desk.until_seen("Установлен новый шаблон: Магазин 15, Расширенный 1.5.0.58");
}
