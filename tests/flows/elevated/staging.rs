//! An app that is staged for mobile devices with an administrator's rights: what the person agreed to and nothing else, and
//! what is known of a run that broke off.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use smarts_core::devices::staged;
use smarts_core::devices::staging::Older;
use smarts_core::digest::Digest;
use smarts_core::journal::{self, What};
use smarts_core::os::{ElevationFault, InstallerExit};
use smarts_core::paths::Paths;
use smarts_tests::apk::ApkBuilder;
use smarts_tests::machine_root::MachineRoot;
use smarts_tests::stand_in::{Lend, StandIn};
use smarts_tests::tree::{Tree, TreeRelease};
use smarts_updater::elevated::News;
use smarts_updater::elevated::staging::{self, Job};
use smarts_updater::i18n::{Language, Texts};
use smarts_updater::model::activity::{Stage, StagingOutcome, StagingStage};
use smarts_updater::model::{Notice, Outcome};
use smarts_updater::session::{AppFile, Options, Session};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use super::{FOLDER, bases};
use crate::made;
use crate::program::{Home, SMARTS};

const NEW: &str = "3.4.0.46990";
const FOREST: &str = r"C:\ProgramData\Cleverence\Databases\forest";

type Lent = Result<InstallerExit, ElevationFault>;

/// A person without rights, and two bases.
struct Desk {
    pc: MachineRoot,
    source: TempDir,
    session: Session,
    user: TempDir,
}

/// As the system does for whoever agrees.
#[expect(clippy::unnecessary_wraps, reason = "where the system is not asked, this is its answer")]
fn run(home: &Home, arguments: &[OsString]) -> Lent {
    let mut command = home.command(SMARTS, arguments);
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    Ok(InstallerExit { code: status.code() })
}

fn desk_on(
    pc: MachineRoot,
    source: TempDir,
    lend: impl Fn(&Home, &[OsString]) -> Lent + Send + Sync + 'static,
) -> Desk {
    let home = Home::new();
    let lends: Lend = Box::new(move |arguments: &[OsString], meanwhile: &mut dyn FnMut()| {
        meanwhile();
        lend(&home, arguments)
    });
    let options = Options {
        machine_root: Some(pc.path().to_path_buf()),
        source: Some(source.path().display().to_string()),
        language: Some(Language::Ru),
        ..Options::default()
    };
    let mut session = Session::open(options).unwrap();
    session.os = Arc::new(StandIn::asking(pc.path(), lends).unwrap());
    let user = tempfile::tempdir().unwrap();
    session.paths = Paths::below(&*session.os, user.path());
    Desk { pc, source, session, user }
}

fn desk(lend: impl Fn(&Home, &[OsString]) -> Lent + Send + Sync + 'static) -> Desk {
    desk_on(made::pc(&bases()), tempfile::tempdir().unwrap(), lend)
}

impl Desk {
    fn app_at_hand(&self) -> AppFile {
        let path = self.user.path().join("Мобильный СМАРТС.apk");
        fs::write(&path, apk(NEW)).unwrap();
        self.session.app_at_hand(&path, true).unwrap()
    }

    fn stage(&self, app: AppFile, accept_unproved: bool) -> (Vec<Outcome>, Vec<News>) {
        let base_ids = vec!["main".to_owned(), "forest".to_owned()];
        self.ask(&Job::Stage { app: Box::new(app), base_ids, older: Older::Keep, accept_unproved })
    }

    fn ask(&self, job: &Job) -> (Vec<Outcome>, Vec<News>) {
        let (texts, mut told) = (Texts::new(Language::Ru).unwrap(), Vec::new());
        let mut tell = |news| told.push(news);
        let results = staging::ask(&self.session, &texts, job, &mut tell, &CancellationToken::new());
        let ids: Vec<&str> = results.iter().map(|result| result.item_id.as_str()).collect();
        assert_eq!(ids, job.base_ids());
        assert_eq!(told.last(), Some(&News::Finished { results: results.clone() }));
        let waiting = fs::read_dir(self.session.paths.agreed_dir()).unwrap().count();
        assert_eq!(waiting, 0, "what was agreed to goes with the run");
        (results.into_iter().map(|result| result.outcome).collect(), told)
    }

    fn offered(&self, folder: &str) -> Option<String> {
        staged::read(&self.pc.locate(folder)).newest().map(|app| app.version.to_string())
    }

    fn journal(&self) -> Vec<What> {
        let read = journal::read(&self.session.paths.journal_path()).unwrap();
        read.entries.into_iter().map(|entry| entry.what).collect()
    }

    /// Refused as a whole, and no file of a base was touched.
    fn assert_refused(&self, app: AppFile, accept_unproved: bool, words: &str) -> Notice {
        let databases = self.pc.locate(r"C:\ProgramData\Cleverence\Databases");
        let before = made::content(&databases);
        let (outcomes, _) = self.stage(app, accept_unproved);
        let [Outcome::Staging(StagingOutcome::Failed(notice)), Outcome::NotStarted] = outcomes.as_slice()
        else {
            panic!("{outcomes:?}")
        };
        assert!(notice.what.contains(words) && notice.kept.is_some(), "{notice:?}");
        assert_eq!(made::content(&databases), before);
        notice.clone()
    }
}

fn apk(version: &str) -> Vec<u8> {
    ApkBuilder::new(version).build().unwrap()
}

fn agreed_file(arguments: &[OsString]) -> PathBuf {
    arguments.get(1).unwrap().into()
}

/// Changes what was agreed to; with `sha256` as its author could.
fn tamper(arguments: &[OsString], sha256: bool, change: impl Fn(&mut serde_json::Value)) -> Vec<OsString> {
    let path = agreed_file(arguments);
    let mut agreed = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    change(&mut agreed);
    let changed = agreed.to_string();
    fs::write(&path, &changed).unwrap();
    let mut arguments = arguments.to_vec();
    if sha256 {
        let place = arguments.iter().position(|word| word == "--sha256").unwrap() + 1;
        arguments[place] = Digest::of(changed.as_bytes()).to_string().into();
    }
    arguments
}

fn undoing(base_id: &str) -> Job {
    let versions = [(base_id.to_owned(), NEW.parse().unwrap())].into();
    Job::Undo { base_ids: vec![base_id.to_owned()], versions }
}

#[test]
fn one_question_stages_for_all_bases_and_another_takes_it_back() {
    let desk = desk(run);
    let (outcomes, told) = desk.stage(desk.app_at_hand(), true);
    for outcome in &outcomes {
        let Outcome::Staging(StagingOutcome::Staged(app)) = outcome else { panic!("{outcomes:?}") };
        assert_eq!((app.version.to_string().as_str(), app.was_there), (NEW, false));
        assert_eq!(app.file, "Мобильный СМАРТС.apk");
    }
    let first = News::Progress { item_id: "main".into(), stage: Stage::Staging(StagingStage::Permission) };
    assert_eq!(told.first(), Some(&first));
    let listing = News::Progress { item_id: "forest".into(), stage: Stage::Staging(StagingStage::Listing) };
    assert!(told.contains(&listing), "{told:?}");
    assert_eq!([desk.offered(FOLDER), desk.offered(FOREST)], [Some(NEW.to_owned()), Some(NEW.to_owned())]);
    let (outcomes, _) = desk.stage(desk.app_at_hand(), true);
    let was_there =
        |outcome: &Outcome| matches!(outcome, Outcome::Staging(StagingOutcome::Staged(app)) if app.was_there);
    assert!(outcomes.iter().all(was_there), "{outcomes:?}");
    let (outcomes, _) = desk.ask(&undoing("main"));
    let undone = StagingOutcome::Undone { version: NEW.parse().unwrap(), offered: None };
    assert_eq!(outcomes, [Outcome::Staging(undone)]);
    assert_eq!([desk.offered(FOLDER), desk.offered(FOREST)], [None, Some(NEW.to_owned())]);
    assert_eq!(desk.journal(), [What::AppStaged, What::AppStaged, What::AppUnstaged]);
    let (outcomes, _) = desk.ask(&undoing("main"));
    let [Outcome::Staging(StagingOutcome::Failed(notice))] = outcomes.as_slice() else {
        panic!("{outcomes:?}")
    };
    assert!(notice.what.starts_with("отменять нечего"), "{notice:?}");
}

#[test]
fn a_no_to_windows_changes_nothing() {
    let desk = desk(|_, _| Err(ElevationFault::Refused));
    let (outcomes, _) = desk.stage(desk.app_at_hand(), true);
    assert_eq!(outcomes, [Outcome::Staging(StagingOutcome::NotPermitted), Outcome::NotStarted]);
    assert_eq!(desk.offered(FOLDER), None);
}

#[test]
fn an_app_that_nothing_proves_is_staged_only_if_the_person_agreed_to_that() {
    let desk = desk(run);
    let _ = desk.assert_refused(desk.app_at_hand(), false, "ничто не доказывает подлинность");
}

#[test]
fn what_was_agreed_to_and_changed_on_its_way_is_refused() {
    let more = |agreed: &mut serde_json::Value| agreed["older"] = "remove".into();
    let desk = desk(move |home, arguments| run(home, &tamper(arguments, false, more)));
    let notice = desk.assert_refused(desk.app_at_hand(), true, "задание на подготовку приложения не принято");
    assert_eq!(notice.kept.as_deref(), Some("ТСД предлагается то же, что и раньше"));
}

#[test]
fn a_package_that_is_another_by_now_is_refused() {
    let desk = desk(|home, arguments| {
        let agreed: serde_json::Value =
            serde_json::from_slice(&fs::read(agreed_file(arguments)).unwrap()).unwrap();
        fs::write(agreed["package"]["path"].as_str().unwrap(), apk("3.4.0.46991")).unwrap();
        run(home, arguments)
    });
    let _ = desk.assert_refused(desk.app_at_hand(), true, "изменился после проверки");
}

#[test]
fn what_a_package_says_of_itself_counts_and_not_what_was_written_down() {
    let other = |agreed: &mut serde_json::Value| agreed["package"]["release"]["version"] = "9.9.9.9".into();
    let desk = desk(move |home, arguments| run(home, &tamper(arguments, true, other)));
    let _ =
        desk.assert_refused(desk.app_at_hand(), true, "файл называет себя версией 3.4.0.46990, а не 9.9.9.9");
}

#[test]
fn the_persons_wish_to_stop_reaches_the_run_before_anything_is_changed() {
    let desk = desk(|home, arguments| {
        let exchange = agreed_file(arguments).parent().map(Path::to_path_buf).unwrap();
        fs::write(exchange.join("stop"), "").unwrap();
        run(home, arguments)
    });
    let (outcomes, _) = desk.stage(desk.app_at_hand(), true);
    assert_eq!(outcomes, [Outcome::Staging(StagingOutcome::Stopped), Outcome::NotStarted]);
    assert_eq!((desk.offered(FOLDER), desk.journal()), (None, vec![]));
}

#[test]
fn a_run_that_breaks_off_is_told_with_what_journal_and_folders_know() {
    let desk_of_none = desk(|_, _| Ok(InstallerExit { code: Some(9) }));
    let notice = desk_of_none.assert_refused(desk_of_none.app_at_hand(), true, "подготовка оборвалась");
    assert!(notice.kept.is_some_and(|kept| kept.contains("или то же, что раньше, или новое")));
    // It goes through, and nothing of it is heard.
    let unheard = desk(|home, arguments| {
        let mut arguments = arguments.to_vec();
        let place = arguments.iter().position(|word| word == "--run").unwrap() + 1;
        arguments[place] = "elsewhere1".into();
        run(home, &arguments)
    });
    let (outcomes, _) = unheard.stage(unheard.app_at_hand(), true);
    let is_staged = |outcome: &Outcome| matches!(outcome, Outcome::Staging(StagingOutcome::Staged(app)) if app.version.to_string() == NEW);
    assert!(outcomes.iter().all(is_staged), "{outcomes:?}");
}

/// A PC that trusts a publisher's root, and its source.
fn of_signed(lend: impl Fn(&Home, &[OsString]) -> Lent + Send + Sync + 'static) -> (Desk, AppFile) {
    let (pc, publisher) = (made::pc(&bases()), made::publisher());
    pc.write(r"C:\ProgramData\Cleverence\Updater\root.json", &publisher.root_json()).unwrap();
    let release = TreeRelease::new(NEW).beside("MobileSMARTS.apk", apk(NEW));
    let source = made::folder(&publisher.sign(&Tree::new().release("Android", release)));
    let desk = desk_on(pc, source, lend);
    let (session, machine) = (&desk.session, desk.session.machine());
    let found = session.runtime().block_on(async {
        let ids = ["main".to_owned()];
        let release = session.look_up_app(&machine, &ids, None, None).await?;
        session.fetch_app(&machine, &release, false, &|_| (), &CancellationToken::new()).await
    });
    let app = found.unwrap();
    (desk, app)
}

#[test]
fn what_is_signed_of_an_app_is_verified_again_by_the_process_with_rights() {
    let (desk, app) = of_signed(run);
    fs::remove_dir_all(desk.source.path()).unwrap();
    let (outcomes, _) = desk.stage(app, false);
    assert!(matches!(outcomes[..], [Outcome::Staging(StagingOutcome::Staged(_)), _]), "{outcomes:?}");
    assert_eq!(desk.offered(FOREST).as_deref(), Some(NEW));
    // Another file, with everything that was written down made to go with it.
    let (desk, app) = of_signed(|home, arguments| {
        let other = |agreed: &mut serde_json::Value| {
            let bytes = apk("3.4.0.46991");
            fs::write(agreed["package"]["path"].as_str().unwrap(), &bytes).unwrap();
            agreed["package"]["size"] = bytes.len().into();
            agreed["package"]["sha256"] = Digest::of(&bytes).to_string().into();
            agreed["package"]["release"]["version"] = "3.4.0.46991".into();
        };
        run(home, &tamper(arguments, true, other))
    });
    let _ = desk.assert_refused(app, false, "изменился после проверки");
}
