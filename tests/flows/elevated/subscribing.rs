//! The window that has subscriptions changed with an administrator's rights: one question for each change, and
//! nothing but what the person has seen.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use egui::Key;
use smarts_core::os::{ElevationFault, InstallerExit};
use smarts_tests::machine_root::MachineRoot;
use smarts_tests::stand_in::{Lend, StandIn};
use smarts_tests::tree::Tree;

use crate::desk::{self, Desk};
use crate::made;
use crate::program::{Home, SMARTS};

const CONNECTIONS: &str = r"C:\ProgramData\Cleverence\Databases\main\Connections";
const LIST: &str = r"C:\ProgramData\Cleverence\Updater\subscriptions.csv";

fn pc() -> MachineRoot {
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    fs::create_dir_all(pc.locate(CONNECTIONS).join("ТСД 1")).unwrap();
    pc
}

/// A window on a PC that asks; what asking does is the test's.
fn window(pc: &MachineRoot, lend: Lend) -> (Desk, tempfile::TempDir) {
    let source = made::folder(&Tree::new().entry("Platform4", "").entry(made::WAREHOUSE, ""));
    let stand_in = StandIn::asking(pc.path(), lend).unwrap();
    let mut desk = desk::on_pc(Arc::new(stand_in), &source.path().display().to_string());
    desk.command(Key::Num3);
    (desk, source)
}

fn type_a_date(desk: &mut Desk) {
    desk.press("Указать дату: ТСД 1");
    desk.until_seen("При сохранении Windows спросит разрешение");
    desk.fill("Действует по (включительно)", "31.12.2098");
    desk.press("Сохранить…");
}

fn file_of(arguments: &[OsString]) -> PathBuf {
    arguments.get(2).unwrap().into()
}

#[test]
fn one_question_by_the_system_saves_a_record_and_leaves_nothing_behind() {
    let (pc, home) = (pc(), Home::new());
    let asked = Arc::new(Mutex::new(Vec::<Vec<OsString>>::new()));
    let seen = Arc::clone(&asked);
    let lend = Box::new(move |arguments: &[OsString], _: &mut dyn FnMut()| {
        seen.lock().unwrap().push(arguments.to_vec());
        let status = home.command(SMARTS, arguments).output().unwrap().status;
        Ok(InstallerExit { code: status.code() })
    });
    let (mut desk, _source) = window(&pc, lend);
    type_a_date(&mut desk);
    desk.until_seen("действует по 31.12.2098");
    assert!(fs::read_to_string(pc.locate(LIST)).unwrap().contains("ТСД 1;;31.12.2098"));
    let asked = asked.lock().unwrap();
    let [arguments] = asked.as_slice() else { panic!("{asked:?}") };
    assert_eq!(arguments[..2], ["subscription", "apply-edit"]);
    assert!(!file_of(arguments).parent().unwrap().exists());
}

#[test]
fn an_edit_that_was_changed_meanwhile_is_refused() {
    let (pc, home) = (pc(), Home::new());
    let lend = Box::new(move |arguments: &[OsString], _: &mut dyn FnMut()| {
        let path = file_of(arguments);
        let edit = fs::read_to_string(&path).unwrap().replace("2098", "2099");
        fs::write(&path, edit).unwrap();
        let status = home.command(SMARTS, arguments).output().unwrap().status;
        Ok(InstallerExit { code: status.code() })
    });
    let (mut desk, _source) = window(&pc, lend);
    type_a_date(&mut desk);
    desk.until_seen("Подписки не изменены (код 3)");
    assert!(!pc.locate(LIST).exists());
}

#[test]
fn without_permission_nothing_is_changed_and_what_was_typed_stays() {
    let pc = pc();
    let (mut desk, _source) = window(&pc, Box::new(|_, _| Err(ElevationFault::Refused)));
    type_a_date(&mut desk);
    desk.until_seen("Windows не получила разрешения, подписки не изменены.");
    assert!(!Path::new(&pc.locate(LIST)).exists());
    assert_eq!(desk.value("Действует по (включительно)").as_deref(), Some("31.12.2098"));
    // And can be tried again.
    desk.press("Сохранить…");
}
