//! A plan that is carried out by a process with an administrator's rights: that process by itself, and the
//! window that has it started. Where the system would ask the person, a stand-in for the PC answers.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use egui::Role;
use smarts_core::catalogue::{Feed, Release};
use smarts_core::digest::Digest;
use smarts_core::journal::{self, Entry, What};
use smarts_core::os::{ElevationFault, InstallerExit};
use smarts_core::plan::kept::{Kept, KeptBase, KeptPackage, KeptSubject};
use smarts_core::verify::Proof;
use smarts_tests::machine_root::{BaseSpec, MachineRoot};
use smarts_tests::stand_in::{Lend, StandIn};
use smarts_updater::elevated::lines::Follower;
use smarts_updater::elevated::{Line, News};
use smarts_updater::model::activity::{Activity, Stage};
use smarts_updater::model::{BaseResult, Outcome, Works};

use crate::desk::{self, Desk};
use crate::made::{self, NEW, OLD};
use crate::program::{Home, Ran, SMARTS};

const FOLDER: &str = r"C:\ProgramData\Cleverence\Databases\main";
const RUN: &str = "a8Kd02mZq1";
/// Far more than any process takes to say something.
const PATIENCE: Duration = Duration::from_secs(20);

/// A PC with two bases, a template for them, and an agreed plan.
struct Agreed {
    pc: MachineRoot,
    home: Home,
    kept: Kept,
}

fn bases() -> [BaseSpec; 2] {
    [made::warehouse("main", "Основной склад"), made::warehouse("forest", "Филиал на Лесной")]
}

fn agreed() -> Agreed {
    let (pc, home) = (made::pc(&bases()), Home::new());
    let bytes = made::template(NEW).build().unwrap();
    let path = home.path().join("WH15.mstmpl");
    fs::write(&path, &bytes).unwrap();
    let release = Release {
        feed: Feed::named(made::WAREHOUSE).unwrap(),
        version: NEW.parse().unwrap(),
        date: None,
        notes: String::new(),
        file: None,
        tags: vec![],
        forced: false,
        distribution: 100,
        show_for_all: false,
        min_platform: None,
        from_versions: vec![],
        client_version: None,
    };
    let (size, sha256) = (bytes.len() as u64, Digest::of(&bytes));
    let package = KeptPackage { release, path, size, sha256, proof: Proof::Hash };
    let base =
        |spec: BaseSpec| KeptBase { id: spec.id, folder: spec.folder, version: Some(OLD.parse().unwrap()) };
    let subject =
        KeptSubject::Template { packages: vec![package], bases: bases().into_iter().map(base).collect() };
    fs::create_dir(home.path().join("exchange")).unwrap();
    Agreed { pc, home, kept: Kept { subject, accept_unproved: false } }
}

impl Agreed {
    fn package(&mut self) -> &mut KeptPackage {
        match &mut self.kept.subject {
            KeptSubject::Template { packages, .. } => &mut packages[0],
            KeptSubject::Installer { package, .. } => package,
        }
    }

    fn run_as(&self, run: &str) -> Ran {
        let exchange = self.home.path().join("exchange");
        self.kept.write(&exchange.join("plan.json")).unwrap();
        self.run_unwritten(run)
    }

    fn run_unwritten(&self, run: &str) -> Ran {
        let exchange = self.home.path().join("exchange");
        let plan = exchange.join("plan.json");
        let root = self.pc.path();
        let words: [&Path; 9] = [
            Path::new("apply-agreed"),
            &plan,
            Path::new("--exchange"),
            &exchange,
            Path::new("--lang"),
            Path::new("ru"),
            Path::new("--machine-root"),
            root,
            Path::new(run),
        ];
        let (run, words) = words.split_last().unwrap();
        let option = OsString::from(format!("--run={}", run.display()));
        let words: Vec<OsString> = words.iter().map(|word| word.into()).chain([option]).collect();
        self.home.smarts(&words)
    }

    fn run(&self) -> (Ran, Vec<Line>) {
        let ran = self.run_as(RUN);
        let path = self.runs_dir().join(RUN).join("progress.jsonl");
        (ran, Follower::new(path).lines())
    }

    fn runs_dir(&self) -> PathBuf {
        self.pc.locate(r"C:\ProgramData\Cleverence\Updater\runs")
    }

    fn version(&self) -> String {
        made::version(self.pc.path(), FOLDER)
    }

    /// Refused with these words, and every base byte for byte what it was.
    fn assert_refused(&self, words: &str) {
        let bases = self.pc.locate(r"C:\ProgramData\Cleverence\Databases");
        let before = made::content(&bases);
        let (ran, lines) = self.run();
        assert_eq!(ran.status, 3, "{ran:?}");
        let [Line::Refused(notice)] = lines.as_slice() else { panic!("{lines:?}") };
        assert!(notice.what.contains(words), "{notice:?}");
        assert!(notice.next.is_some() && notice.kept.is_some(), "{notice:?}");
        assert_eq!(made::content(&bases), before);
        assert!(!self.pc.locate(r"C:\ProgramData\Cleverence\Updater\journal.jsonl").exists());
    }
}

fn results(lines: &[Line]) -> &[BaseResult] {
    match lines.last() {
        Some(Line::News(News::Finished { results })) => results,
        _ => panic!("{lines:?}"),
    }
}

#[test]
fn an_agreed_plan_is_carried_out_and_told_line_by_line() {
    let agreed = agreed();
    let left = agreed.runs_dir().join("leftFromBefore");
    fs::create_dir_all(&left).unwrap();
    let (ran, lines) = agreed.run();
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{ran:?}");
    let stages = |id: &str| -> Vec<String> {
        let mut stages: Vec<String> = lines
            .iter()
            .filter_map(|line| match line {
                Line::News(News::Progress { item_id, stage }) if item_id == id => {
                    Some(format!("{stage:?}").split(' ').next().unwrap_or_default().to_owned())
                }
                _ => None,
            })
            .collect();
        stages.dedup();
        stages
    };
    for id in ["main", "forest"] {
        assert_eq!(stages(id), ["Preparing", "Copying", "Replacing", "Reading"]);
    }
    let done: Vec<(&str, String)> = results(&lines)
        .iter()
        .map(|result| match &result.outcome {
            Outcome::Done(done) => (result.item_id.as_str(), done.version.to_string()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(done, [("main", NEW.to_owned()), ("forest", NEW.to_owned())]);
    assert_eq!(agreed.version(), NEW);
    assert!(!left.exists(), "what an earlier run has left is taken away");
}

#[test]
fn a_file_that_is_not_the_one_agreed_to_is_refused() {
    let mut agreed = agreed();
    agreed.package().sha256 = Digest::of(b"another");
    agreed.assert_refused("изменился после проверки");
    let path = agreed.package().path.clone();
    let bytes = fs::read(&path).unwrap();
    agreed.package().sha256 = Digest::of(&bytes);
    agreed.package().size += 1;
    fs::remove_dir_all(agreed.runs_dir()).unwrap();
    agreed.assert_refused("не тот файл");
}

#[test]
fn a_file_put_in_the_place_of_the_agreed_one_is_refused() {
    let mut agreed = agreed();
    let other = made::template("1.6.3.9999").build().unwrap();
    fs::write(&agreed.package().path, other).unwrap();
    agreed.assert_refused("изменился после проверки");
    fs::remove_file(&agreed.package().path).unwrap();
    fs::remove_dir_all(agreed.runs_dir()).unwrap();
    agreed.assert_refused("не читается");
}

#[test]
fn a_template_that_nothing_proves_needs_the_consent_that_the_plan_has() {
    let mut agreed = agreed();
    agreed.package().proof = Proof::None;
    agreed.assert_refused("ничто не доказывает подлинность");
    agreed.kept.accept_unproved = true;
    fs::remove_dir_all(agreed.runs_dir()).unwrap();
    assert_eq!(agreed.run().0.status, 0);
    assert_eq!(agreed.version(), NEW);
}

#[test]
fn bases_that_are_not_what_the_person_saw_are_not_touched() {
    let mut agreed = agreed();
    let KeptSubject::Template { bases, .. } = &mut agreed.kept.subject else { panic!() };
    bases[1].folder = r"D:\Elsewhere".into();
    agreed.assert_refused("базы больше нет в списке");
    let KeptSubject::Template { bases, .. } = &mut agreed.kept.subject else { panic!() };
    bases.truncate(1);
    bases[0].version = "1.0.2.85".parse().ok();
    fs::remove_dir_all(agreed.runs_dir()).unwrap();
    let (ran, lines) = agreed.run();
    assert_eq!(ran.status, 1, "{ran:?}");
    let [BaseResult { outcome: Outcome::Failed(notice), .. }] = results(&lines) else { panic!("{lines:?}") };
    assert!(notice.what.contains("обновил кто-то другой"), "{notice:?}");
    assert_eq!(agreed.version(), OLD);
}

#[test]
fn what_is_no_plan_is_refused_and_nothing_of_it_is_told() {
    let agreed = agreed();
    let plan = agreed.home.path().join("exchange/plan.json");
    fs::write(plan, "{\"secret\": 1}").unwrap();
    let ran = agreed.run_unwritten(RUN);
    assert_eq!(ran.status, 3, "{ran:?}");
    let told = fs::read_to_string(agreed.runs_dir().join(RUN).join("progress.jsonl")).unwrap();
    assert!(told.contains("план обновления не принят") && !told.contains("secret"), "{told}");
}

#[test]
fn a_file_called_stop_stops_a_run_before_it_changes_anything() {
    let agreed = agreed();
    fs::write(agreed.home.path().join("exchange/stop"), "").unwrap();
    let (ran, lines) = agreed.run();
    assert_eq!(ran.status, 4, "{ran:?}");
    let outcomes: Vec<&Outcome> = results(&lines).iter().map(|result| &result.outcome).collect();
    assert_eq!(outcomes, [&Outcome::Stopped, &Outcome::NotStarted]);
    assert_eq!(agreed.version(), OLD);
}

#[test]
fn a_run_tells_in_no_folder_but_a_fresh_one_of_its_own() {
    let agreed = agreed();
    for run in ["../../../evil", "/tmp/evil-evil", "short", "NUL.txt.txt", "папка-папка"] {
        let ran = agreed.run_as(run);
        assert_eq!(ran.status, 3, "{ran:?}");
        assert!(!agreed.runs_dir().exists(), "{run}");
    }
    // A link in the place of the folder of all runs would have the rest made wherever it leads to.
    let elsewhere = agreed.home.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::create_dir_all(agreed.runs_dir().parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(&elsewhere, agreed.runs_dir()).unwrap();
    assert_eq!(agreed.run_as(RUN).status, 3);
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    assert_eq!(agreed.version(), OLD);
}

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
    let os = Arc::new(StandIn::asking(pc.path(), lend));
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

#[test]
fn a_run_that_is_killed_half_way_is_told_with_what_the_journal_knows() {
    let paths = Arc::new(Mutex::new(PathBuf::new()));
    let journal_path = Arc::clone(&paths);
    let mut asking = asking(move |_, _| {
        let begun = Entry {
            time: "2026-11-21T21:40:00Z".parse().unwrap(),
            user: "ivanov".into(),
            computer: "KASSA-1".into(),
            what: What::Begun,
            subject: "main".into(),
            name: "Основной склад".into(),
            product: None,
            from: OLD.parse().ok(),
            to: NEW.parse().ok(),
            file: "WH15.mstmpl".into(),
            sha256: Digest::of(b""),
            proof: Proof::Hash,
            detail: String::new(),
            backup_dir: Some(r"C:\Backup\main".into()),
        };
        journal::append(&journal_path.lock().unwrap(), &begun).unwrap();
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
