//! The window that has settings changed with an administrator's rights: one question for all of it.

use std::ffi::OsString;
use std::sync::{Arc, Mutex};

use egui::Role;
use smarts_core::os::{ElevationFault, InstallerExit};
use smarts_core::settings::Settings;
use smarts_tests::machine_root::MachineRoot;
use smarts_tests::stand_in::StandIn;
use smarts_tests::tree::Tree;

use crate::desk::{self, Desk};
use crate::made;
use crate::program::{Home, SMARTS};

/// A window on a PC that asks; what asking does is the test's.
fn window(stand_in: StandIn) -> (Desk, tempfile::TempDir) {
    let source = made::folder(&Tree::new().entry("Platform4", "").entry(made::WAREHOUSE, ""));
    let mut desk = desk::on_pc(Arc::new(stand_in), &source.path().display().to_string());
    desk.until_seen("Обновлений нет");
    desk.press("Ещё");
    desk.pick("Проверка по расписанию…");
    (desk, source)
}

fn pc() -> MachineRoot {
    made::pc(&[made::warehouse("main", "Основной склад")])
}

#[test]
fn one_question_by_the_system_saves_everything() {
    let (pc, home) = (pc(), Home::new());
    let asked = Arc::new(Mutex::new(Vec::<Vec<OsString>>::new()));
    let seen = Arc::clone(&asked);
    let stand_in = StandIn::asking(
        pc.path(),
        Box::new(move |arguments, _| {
            seen.lock().unwrap().push(arguments.to_vec());
            let status = home.command(SMARTS, arguments).output().unwrap().status;
            Ok(InstallerExit { code: status.code() })
        }),
    );
    let (mut desk, _source) = window(stand_in.unwrap());
    desk.until("the page", |desk| desk.has(Role::TextInput, "Часов между проверками"));
    desk.click(Role::CheckBox, "Время обслуживания");
    desk.click(Role::RadioButton, "Никому");
    assert!(desk.sees("При сохранении Windows спросит разрешение"));
    desk.click(Role::Tab, "Кто обновляет");
    desk.fill("К кому обращаться", "-Пётр; 12=34");
    desk.press("Сохранить…");
    desk.until_seen("Настройки сохранены");
    let settings = Settings::load(&desk.paths.settings_path()).unwrap();
    assert_eq!(settings.maintenance, "mon-thu 21:00-23:00".parse().ok());
    assert_eq!(settings.administrator.as_deref(), Some("-Пётр; 12=34"));
    let asked = asked.lock().unwrap();
    let [arguments] = asked.as_slice() else { panic!("{asked:?}") };
    let line: Vec<_> = arguments.iter().map(|word| word.to_string_lossy()).collect();
    let values: Vec<_> = line.iter().skip_while(|word| *word != "--").skip(1).collect();
    assert_eq!(line[..2], ["settings", "set"]);
    assert_eq!(
        values,
        ["notify=none", "maintenance=mon,tue,wed,thu 21:00-23:00", "administrator=-Пётр; 12=34"]
    );
}

#[test]
fn without_permission_nothing_is_changed_and_what_was_typed_stays() {
    let pc = pc();
    let stand_in = StandIn::asking(pc.path(), Box::new(|_, _| Err(ElevationFault::Refused)));
    let (mut desk, _source) = window(stand_in.unwrap());
    desk.until("the page", |desk| desk.has(Role::TextInput, "Часов между проверками"));
    desk.fill("Часов между проверками", "24");
    desk.press("Сохранить…");
    desk.until_seen("Windows не получила разрешения");
    assert!(!desk.paths.settings_path().exists());
    assert!(desk.has(Role::Button, "Сохранить…"));
}

#[test]
fn what_the_program_with_rights_refused_is_told_apart_from_what_broke_off_and_the_log_is_named() {
    for (code, words) in [(3, "Настройки не изменены: часть программы"), (1, "удалось не всё (код 1)")]
    {
        let pc = pc();
        let lend =
            Box::new(move |_: &[OsString], _: &mut dyn FnMut()| Ok(InstallerExit { code: Some(code) }));
        let (mut desk, _source) = window(StandIn::asking(pc.path(), lend).unwrap());
        desk.until("the page", |desk| desk.has(Role::TextInput, "Часов между проверками"));
        desk.fill("Часов между проверками", "24");
        desk.press("Сохранить…");
        desk.until_seen(words);
        assert!(desk.sees(&desk.paths.log_dir.display().to_string()), "{code}");
    }
}

#[test]
fn whoever_is_no_administrator_reads_it_and_is_told_why() {
    let pc = pc();
    let lend = Box::new(|_: &[OsString], _: &mut dyn FnMut()| Err(ElevationFault::Refused));
    let stand_in = StandIn { is_administrator: Some(false), ..StandIn::asking(pc.path(), lend).unwrap() };
    let (mut desk, _source) = window(stand_in);
    desk.until_seen("Менять это может только администратор");
    assert!(desk.sees("Каждые 4 ч"));
    assert!(!desk.has(Role::Button, "Сохранить"));
}
