//! Going back in the real window: a base is updated and becomes, byte for byte, what it was; or all of it does, and
//! what was done since lies in a copy.

use std::fs;
use std::path::PathBuf;

use egui::Role;
use smarts_core::journal::What;
use smarts_updater::model::activity::{Activity, CopyOutcome};

use crate::desk::{self, Desk};
use crate::made::{self, NEW};

const MAIN: &str = "13bee4fb-0b1d-4c39-9a52-6a3f1c2d7e01";
const FOLDER: &str = r"C:\ProgramData\Cleverence\Databases\Основной склад";
const OLD: &str = "1.6.2.6493";
pub(crate) const WHOLE: &str =
    "Всю базу из копии. Всё, что сделано в базе после копии, пропадёт; нынешнее состояние сначала копируется";

fn dir(desk: &Desk) -> PathBuf {
    desk.root.join(FOLDER.replacen(':', "", 1).replace('\\', "/"))
}

fn open(desk: &mut Desk) {
    desk.press("Ещё: Основной склад");
    desk.pick("Вернуть прежнюю версию…");
}

fn journal(desk: &Desk) -> Vec<What> {
    desk.journal().into_iter().map(|entry| entry.what).collect()
}

fn went_back(desk: &Desk) -> Option<PathBuf> {
    match desk.activity(MAIN) {
        Some(Activity::Copies(CopyOutcome::WentBack(went))) => went.present_dir,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_base_that_was_updated_goes_back_byte_for_byte_and_keeps_what_came_since() {
    let mut desk = desk::demo();
    desk.until_checked();
    let before = made::content(&dir(&desk));
    desk.press("Обновить базу Основной склад");
    desk.press("Скопировать и обновить");
    desk.until_seen("Обновлена до 1.6.3.7283");
    assert_ne!(made::content(&dir(&desk)), before);
    let document = dir(&desk).join("Documents/После обновления.xml");
    fs::write(&document, "<Document/>").unwrap();

    open(&mut desk);
    desk.until_seen("перед обновлением до 1.6.3.7283");
    desk.until_seen(&format!("{NEW} → {OLD}"));
    desk.press("Вернуть");
    desk.until_seen("Возвращена версия 1.6.2.6493");
    assert_eq!(went_back(&desk), None);
    assert_eq!(made::version(&desk.root, FOLDER), OLD);
    fs::remove_file(document).unwrap();
    assert_eq!(made::content(&dir(&desk)), before);
    assert_eq!(journal(&desk), [What::Updated, What::WentBack]);
    // The source is asked again, and offers the update once more.
    desk.until_checked();
    desk.press("Убрать сообщение: Основной склад");
    desk.until("the offer", |desk| desk.has(Role::Button, "Обновить базу Основной склад"));
    // Everything is as in the copy by now.
    open(&mut desk);
    desk.until_seen("Возвращать нечего: всё уже как в копии");
}

#[test]
fn all_of_a_base_goes_back_after_what_is_lost_was_named_and_copied() {
    let mut desk = desk::demo();
    desk.until_checked();
    let before = made::content(&dir(&desk));
    desk.press("Обновить базу Основной склад");
    desk.press("Скопировать и обновить");
    desk.until_seen("Обновлена до 1.6.3.7283");
    let since = "Documents/После обновления.xml";
    fs::write(dir(&desk).join(since), "<Document/>").unwrap();
    let then = made::content(&dir(&desk));

    open(&mut desk);
    desk.until_seen("перед обновлением до 1.6.3.7283");
    desk.click(Role::RadioButton, WHOLE);
    desk.until_seen("Пропадёт 1 файл");
    assert!(desk.sees(r"Documents\После обновления.xml"));
    assert!(desk.sees(r"копируется в папку C:\ProgramData\Cleverence\Backup"));
    desk.press("Вернуть");
    desk.until_seen("Возвращена версия 1.6.2.6493");
    assert_eq!(made::content(&dir(&desk)), before);
    let present = went_back(&desk).unwrap();
    assert_eq!(made::content(&present), then);
    assert_eq!(journal(&desk), [What::Updated, What::WentBackWhole]);
    desk.until_checked();

    // Thinking better of it: the copy of that state is one to go back to.
    open(&mut desk);
    desk.until_seen("перед возвратом");
    desk.until_seen(&format!("{OLD} → {NEW}"));
    desk.press("Вернуть");
    desk.until_seen("Возвращена версия 1.6.3.7283");
    assert_eq!(made::content(&dir(&desk)), then);
}

#[test]
fn a_base_that_changes_while_the_person_reads_does_not_go_back() {
    let mut desk = desk::demo();
    desk.press("Обновить базу Основной склад");
    desk.press("Скопировать и обновить");
    desk.until_seen("Обновлена до 1.6.3.7283");
    desk.until_checked();
    open(&mut desk);
    desk.until_seen(&format!("{NEW} → {OLD}"));
    desk.click(Role::RadioButton, WHOLE);
    desk.until_seen("Ничего из сделанного после");
    fs::write(dir(&desk).join("Documents/Только что.xml"), "<Document/>").unwrap();
    let before = made::content(&dir(&desk));
    desk.press("Вернуть");
    desk.until_seen("Вернуть не удалось: база изменилась, пока вы читали");
    assert_eq!(made::content(&dir(&desk)), before);
    assert_eq!(journal(&desk), [What::Updated]);
    desk.press("Вернуть прежнюю версию: Основной склад");
    desk.until_seen(&format!("{NEW} → {OLD}"));
}

#[test]
fn a_copy_is_made_on_demand_and_is_whole() {
    let mut desk = desk::demo();
    desk.until_checked();
    open(&mut desk);
    desk.until_seen("Копий этой базы ещё нет");
    desk.press("Сделать копию сейчас");
    desk.until_seen("Копия сделана");
    let Some(Activity::Copies(CopyOutcome::Made(made))) = desk.activity(MAIN) else { panic!() };
    assert_eq!(made::content(&made.dir), made::content(&dir(&desk)));
    assert_eq!(journal(&desk), [What::Copied]);
    // It is among the copies, and all there is to go back to is what the base is.
    open(&mut desk);
    desk.until_seen("сделана вручную");
    desk.until_seen("Возвращать нечего: всё уже как в копии");
}
