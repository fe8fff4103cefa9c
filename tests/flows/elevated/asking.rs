//! The window that has an agreed plan carried out with an administrator's rights: it asks, waits, follows and
//! tells what came of it. Where the system would ask the person, a stand-in for the PC answers.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use egui::Role;
use smarts_core::digest::Digest;
use smarts_core::journal::{self, Entry, What};
use smarts_core::os::{ElevationFault, InstallerExit};
use smarts_core::server::Server;
use smarts_core::verify::Proof;
use smarts_tests::machine_root::MachineRoot;
use smarts_tests::stand_in::{Lend, StandIn};
use smarts_updater::model::Works;
use smarts_updater::model::activity::{Activity, Stage};

use super::{FOLDER, bases};
use crate::desk::{self, Desk};
use crate::made::{self, NEW, OLD};
use crate::program::{Home, SMARTS};

/// Far more than any process takes to say something.
const PATIENCE: Duration = Duration::from_secs(20);

/// A window of a person without rights on a PC with two bases.
struct Asking {
    desk: Desk,
    _pc: MachineRoot,
    _source: tempfile::TempDir,
}

fn asking(
    lend: impl Fn(&[OsString], &mut dyn FnMut()) -> Result<InstallerExit, ElevationFault> + Send + Sync + 'static,
) -> Asking {
    let pc = made::pc(&bases());
    let source = made::folder(&made::source_of(&made::template(NEW)).entry("Platform4", ""));
    let lend: Lend = Box::new(lend);
    let os = Arc::new(StandIn::asking(pc.path(), lend).unwrap());
    let desk = desk::on_pc(os, &source.path().display().to_string());
    Asking { desk, _pc: pc, _source: source }
}

impl Asking {
    /// The person agrees to update the first base.
    fn agree(&mut self) {
        self.desk.press("Обновить базу Основной склад");
        self.desk.press("Скопировать и обновить");
    }

    fn version(&self) -> String {
        made::version(&self.desk.root, FOLDER)
    }

    fn nothing_waits(&self) -> bool {
        fs::read_dir(self.desk.paths.agreed_dir()).is_ok_and(|mut entries| entries.next().is_none())
    }
}

fn start(home: &Home, arguments: &[OsString]) -> Child {
    let mut command = home.command(SMARTS, arguments);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// As the system does: starts the program and calls back until it ends.
fn lends(home: Home) -> impl Fn(&[OsString], &mut dyn FnMut()) -> Result<InstallerExit, ElevationFault> {
    move |arguments, meanwhile| {
        let mut child = start(&home, arguments);
        loop {
            meanwhile();
            if let Some(status) = child.try_wait().unwrap() {
                return Ok(InstallerExit { code: status.code() });
            }
            std::thread::yield_now();
        }
    }
}

/// Waits for the test before it goes on.
fn gate() -> (SyncSender<()>, impl Fn() + Send + Sync) {
    let (open, opened) = sync_channel(1);
    let opened = Mutex::new(opened);
    (open, move || opened.lock().unwrap().recv_timeout(PATIENCE).unwrap())
}

#[test]
fn the_window_waits_for_permission_and_follows_the_run_to_its_end() {
    let (open, wait) = gate();
    let lends = lends(Home::new());
    let mut asking = asking(move |arguments, meanwhile| {
        wait();
        lends(arguments, meanwhile)
    });
    asking.agree();
    asking.desk.until_seen("Ждём разрешения Windows");
    assert_eq!(asking.desk.activity("main"), Some(Activity::Applying(Stage::Permission)));
    open.send(()).unwrap();
    asking.desk.until_seen("Обновлена до 1.6.3.7283");
    assert_eq!(asking.version(), NEW);
    let journal: Vec<What> = asking.desk.journal().into_iter().map(|entry| entry.what).collect();
    assert_eq!(journal, [What::Updated]);
    assert!(asking.nothing_waits());
}

#[test]
fn a_no_to_windows_changes_nothing_is_no_failure_and_can_be_thought_better_of() {
    let (home, answers) = (lends(Home::new()), Mutex::new(vec![false, true]));
    let mut asking = asking(move |arguments, meanwhile| {
        if answers.lock().unwrap().remove(0) {
            home(arguments, meanwhile)
        } else {
            Err(ElevationFault::Refused)
        }
    });
    asking.agree();
    asking.desk.until_seen("Windows не получила разрешения, ничего не изменено");
    assert_eq!(asking.desk.activity("main"), Some(Activity::NotPermitted));
    assert_eq!(asking.version(), OLD);
    assert!(asking.desk.journal().is_empty() && asking.nothing_waits());
    asking.desk.press("Повторить обновление: Основной склад");
    asking.desk.press("Скопировать и обновить");
    asking.desk.until_seen("Обновлена до 1.6.3.7283");
    assert_eq!(asking.version(), NEW);
}

#[test]
fn the_persons_wish_to_stop_reaches_the_run() {
    let (open, wait) = gate();
    let lends = lends(Home::new());
    let mut asking = asking(move |arguments, meanwhile| {
        wait();
        // The stop is handed on before the run has begun, as it is after a long question by the system.
        meanwhile();
        lends(arguments, meanwhile)
    });
    asking.agree();
    asking.desk.until_seen("Ждём разрешения Windows");
    asking.desk.press("Остановить обновление: Основной склад");
    // Commands are carried out in their order, so the stop has been heard when this has.
    asking.desk.check_again();
    open.send(()).unwrap();
    asking.desk.until("the end", |desk| matches!(desk.activity("main"), Some(Activity::Ready(_))));
    assert_eq!(asking.version(), OLD);
    assert!(asking.desk.has(Role::Button, "Установить обновление: Основной склад"));
}

#[test]
fn a_run_that_is_killed_before_it_has_begun_is_told_as_that() {
    let home = Home::new();
    let mut asking = asking(move |arguments, meanwhile| {
        let mut child = start(&home, arguments);
        child.kill().unwrap();
        let status = child.wait().unwrap();
        meanwhile();
        Ok(InstallerExit { code: status.code() })
    });
    asking.agree();
    asking.desk.until_seen("обновление оборвалось");
    let Some(Activity::Failed(notice)) = asking.desk.activity("main") else { panic!("failed") };
    assert_eq!(notice.kept.as_deref(), Some("Ничего не изменено"));
    assert!(notice.next.is_some());
    assert_eq!(asking.version(), OLD);
}

/// Of the first base.
fn entry(what: What) -> Entry {
    Entry {
        time: "2026-11-21T21:40:00Z".parse().unwrap(),
        user: "ivanov".into(),
        computer: "KASSA-1".into(),
        what,
        subject: "main".into(),
        name: "Основной склад".into(),
        product: None,
        from: OLD.parse().ok(),
        to: NEW.parse().ok(),
        file: "WH15.mstmpl".into(),
        sha256: Some(Digest::of(b"")),
        proof: Some(Proof::Hash),
        detail: String::new(),
        backup_dir: Some(r"C:\Backup\main".into()),
        works: None,
    }
}

#[test]
fn a_run_that_is_killed_after_an_update_tells_how_the_base_works_as_the_journal_does() {
    let paths = Arc::new(Mutex::new(PathBuf::new()));
    let journal_path = Arc::clone(&paths);
    let server = Server::NotAnswering { port: 9000 };
    let works = smarts_core::works::Works { version: NEW.parse().ok(), server };
    let told = works.clone();
    let mut asking = asking(move |_, _| {
        let updated = Entry { works: Some(told.clone()), ..entry(What::Updated) };
        let path = journal_path.lock().unwrap();
        journal::append(&path, &entry(What::Begun)).unwrap();
        journal::append(&path, &updated).unwrap();
        Ok(InstallerExit { code: None })
    });
    *paths.lock().unwrap() = asking.desk.paths.journal_path();
    asking.agree();
    asking.desk.until("the end", |desk| matches!(desk.activity("main"), Some(Activity::Done(_))));
    let Some(Activity::Done(done)) = asking.desk.activity("main") else { panic!("done") };
    assert_eq!(done.works, Some(works));
    assert!(asking.desk.sees("сервер данных не отвечает на порту 9000"));
}

#[test]
fn a_run_that_is_killed_half_way_is_told_with_what_the_journal_knows() {
    let paths = Arc::new(Mutex::new(PathBuf::new()));
    let journal_path = Arc::clone(&paths);
    let mut asking = asking(move |_, _| {
        journal::append(&journal_path.lock().unwrap(), &entry(What::Begun)).unwrap();
        Ok(InstallerExit { code: None })
    });
    *paths.lock().unwrap() = asking.desk.paths.journal_path();
    asking.agree();
    asking.desk.until_seen("Работать пока нельзя.");
    let Some(Activity::Failed(notice)) = asking.desk.activity("main") else { panic!("failed") };
    assert_eq!(notice.works, Works::No);
    assert!(notice.what.contains("оборвалось на полпути"), "{notice:?}");
    assert!(notice.kept.is_some_and(|kept| kept.contains(r"C:\Backup\main")));
}

#[test]
fn a_system_that_cannot_ask_is_said_and_nothing_is_changed() {
    let mut asking = asking(|_, _| Err(ElevationFault::NotHere));
    asking.agree();
    asking.desk.until_seen("не удалось попросить у Windows права администратора");
    assert_eq!(asking.version(), OLD);
}

#[test]
fn an_update_with_the_rights_to_is_written_into_the_event_log_too() {
    let pc = made::pc(&bases());
    let source = made::folder(&made::source_of(&made::template(NEW)).entry("Platform4", ""));
    let os = Arc::new(StandIn::on(pc.path()).unwrap());
    let shared: Arc<dyn smarts_core::os::Os> = Arc::<StandIn>::clone(&os);
    let mut desk = desk::on_pc(shared, &source.path().display().to_string());
    desk.press("Обновить базу Основной склад");
    desk.press("Скопировать и обновить");
    desk.until_seen("Обновлена до 1.6.3.7283");
    let written = os.written();
    let [event] = written.as_slice() else { panic!("{written:?}") };
    assert_eq!(event.id, 100);
    assert!(event.text.contains("Основной склад") && event.text.contains(NEW), "{}", event.text);
}
