//! One check at a time for a person, and sources that want to be left alone.

use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant};

use serde_json::Value;
use smarts_core::paths::Paths;
use smarts_tests::machine_root::MachineRoot;
use smarts_tests::site::{Behaviour, Site};
use smarts_updater::i18n::Language;
use smarts_updater::instance::{self, Call, Place, Start, WINDOW};
use smarts_updater::session::{Background, Options, Session, Tell};

use crate::made::{self, NEW, WAREHOUSE};
use crate::program::{Prompt, Ran, SMARTS, TODAY};

/// Far more than any of these takes: reached only when something hangs.
const PATIENCE: Duration = Duration::from_secs(30);
const PLATFORM: &str = "updates/Platform4/versions.xml";
/// What the waiting run says in its log.
const WAITS: &str = "Another run checks, and is waited for";

struct Desk {
    pc: MachineRoot,
    site: Site,
    prompt: Prompt,
}

fn products() -> String {
    format!("updates/{WAREHOUSE}/versions.xml")
}

impl Desk {
    fn new() -> Self {
        let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
        let tree = made::source_of(&made::template(NEW)).entry("Platform4", "");
        let site = Site::serve(&tree).unwrap();
        let prompt = Prompt::on(pc.path(), Path::new(&site.root()));
        Self { pc, site, prompt }
    }

    fn state_dir(&self) -> PathBuf {
        self.prompt.home.report_path(self.pc.path()).parent().unwrap().to_path_buf()
    }

    fn check(&self) -> Ran {
        self.prompt.run(&["check"])
    }

    /// A check in a process of its own, which goes on by itself.
    fn start(&self, language: &str) -> Child {
        let root = self.pc.path().display().to_string();
        let args = ["check", "--json", "--machine-root", &root, "--source", &self.prompt.source];
        let args = [args.as_slice(), &["--today", TODAY, "--lang", language]].concat();
        let mut command = self.prompt.home.command(SMARTS, &args);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// The first check, which stands still at the source, and a second one that waits for it.
    fn two(&self, language: &str) -> (Child, Child) {
        let first = self.start("ru");
        self.site.wait_until_held();
        let second = self.start(language);
        let begun = Instant::now();
        while !self.log().contains(WAITS) {
            assert!(begun.elapsed() < PATIENCE, "the second does not wait:\n{}", self.log());
            std::thread::yield_now();
        }
        (first, second)
    }

    fn log(&self) -> String {
        let files = std::fs::read_dir(self.state_dir().join("logs")).into_iter().flatten().flatten();
        files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect()
    }

    fn asked(&self) -> Vec<String> {
        let mut paths: Vec<String> = self.site.seen().into_iter().map(|seen| seen.path).collect();
        paths.sort();
        paths
    }

    /// The same person's session in this process.
    fn session(&self, user: &Path) -> Session {
        let options = Options {
            machine_root: Some(self.pc.path().to_path_buf()),
            source: Some(self.site.root()),
            language: Some(Language::Ru),
            today: Some(TODAY.parse().unwrap()),
            ..Options::default()
        };
        let mut session = Session::open(options).unwrap();
        session.paths = Paths::below(&*session.os, user);
        session
    }
}

/// Its exit status and what it printed.
fn ended(child: Child) -> (Option<i32>, String) {
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn two_checks_at_once_ask_once_and_say_the_same() {
    let desk = Desk::new();
    assert_eq!(desk.check().status, 100);
    let once = desk.asked();
    desk.site.forget();
    desk.site.misbehave(PLATFORM, Behaviour::HoldAfter(0));
    desk.site.put(PLATFORM, "<update><versions></versions></update>");
    let (first, second) = desk.two("ru");
    desk.site.release();
    let (first, second) = (ended(first), ended(second));
    assert_eq!(first.0, Some(100));
    assert_eq!(first, second);
    assert_eq!(desk.asked(), once);
    assert!(desk.log().contains("Another run has checked meanwhile"));
}

#[test]
fn a_check_that_was_killed_leaves_nothing_to_wait_for() {
    let desk = Desk::new();
    desk.site.misbehave(PLATFORM, Behaviour::HoldAfter(0));
    let (mut first, second) = desk.two("ru");
    first.kill().unwrap();
    first.wait().unwrap();
    desk.site.release();
    let (status, said) = ended(second);
    assert_eq!(status, Some(100), "{said}");
    assert_eq!(desk.asked().iter().filter(|path| *path == PLATFORM).count(), 2);
}

#[test]
fn what_was_asked_in_another_language_is_asked_again() {
    let desk = Desk::new();
    desk.site.misbehave(PLATFORM, Behaviour::HoldAfter(0));
    let (first, second) = desk.two("en");
    desk.site.release();
    assert_eq!((ended(first).0, ended(second).0), (Some(100), Some(100)));
    assert_eq!(desk.asked().iter().filter(|path| *path == PLATFORM).count(), 2);
}

#[test]
fn a_failure_is_told_to_who_waited_without_asking_again() {
    let desk = Desk::new();
    for path in [PLATFORM, &products()] {
        desk.site.misbehave(path, Behaviour::Mute);
    }
    let (first, second) = desk.two("ru");
    desk.site.release();
    let (first, second) = (ended(first), ended(second));
    assert_eq!(first.0, Some(1));
    assert_eq!(first, second);
    assert!(desk.asked().len() <= 2, "{:?}", desk.asked());
    let last = std::fs::read(desk.state_dir().join("last-check.json")).unwrap();
    let last: Value = serde_json::from_slice(&last).unwrap();
    assert_eq!(last["outcome"]["failed"]["since"], "2026-11-22T12:00:00Z");
}

#[test]
fn whatever_became_of_the_kept_files_a_check_is_made_and_they_are_whole_again() {
    let desk = Desk::new();
    assert_eq!(desk.check().status, 100);
    let (report, last) = (desk.state_dir().join("report.json"), desk.state_dir().join("last-check.json"));
    let rest = desk.state_dir().join("rest.json");
    let whole = std::fs::read(&report).unwrap();
    let half = &whole[..whole.len() / 2];
    for broken in [b"".as_slice(), half, b"{\"format\": 99}", b"\xff\xfe"] {
        for path in [&report, &last, &rest] {
            std::fs::write(path, broken).unwrap();
        }
        assert_eq!(desk.prompt.run(&["list"]).status, 0);
        assert_eq!(desk.check().status, 100);
        assert_eq!(std::fs::read(&report).unwrap(), whole);
    }
    for path in [&report, &last, &rest] {
        std::fs::File::create(path).unwrap().set_len(128 * 1024 * 1024).unwrap();
    }
    assert_eq!(desk.check().status, 100);
    assert_eq!(std::fs::read(&report).unwrap(), whole);
}

#[test]
fn a_source_that_wants_to_be_left_alone_is_not_asked_in_the_background_and_a_person_may_ask() {
    let desk = Desk::new();
    let user = tempfile::tempdir().unwrap();
    let session = desk.session(user.path());
    let machine = session.machine();
    let check = || session.check_everything(&machine, Tell::Everybody, &|_| ());
    let background = || session.check_in_background(&machine, Tell::Window, &|_| ()).unwrap();
    desk.site.misbehave(PLATFORM, Behaviour::Later(503, "3600".into()));
    desk.site.misbehave(&products(), Behaviour::Later(429, "60".into()));
    assert!(check().is_err());
    desk.site.forget();
    let Background::Resting { until } = background() else { panic!("it was asked") };
    assert_eq!(until.duration_since(session.clock.timestamp()).as_secs(), 3600);
    assert!(desk.asked().is_empty(), "{:?}", desk.asked());
    assert!(check().is_err());
    assert!(!desk.asked().is_empty());
    for path in [PLATFORM, &products()] {
        desk.site.behave(path);
    }
    assert!(!check().unwrap().is_joined);
    assert!(matches!(background(), Background::Checked(checked) if !checked.is_joined));
}

#[test]
fn one_list_that_is_to_be_left_alone_keeps_the_report_and_the_background_silent() {
    let desk = Desk::new();
    let user = tempfile::tempdir().unwrap();
    let session = desk.session(user.path());
    let machine = session.machine();
    desk.site.misbehave(PLATFORM, Behaviour::Later(503, "Sun, 22 Nov 2026 09:30:00 GMT".into()));
    let background = || session.check_in_background(&machine, Tell::Window, &|_| ()).unwrap();
    assert!(matches!(background(), Background::Checked(checked) if !checked.report.is_complete()));
    desk.site.forget();
    let Background::Resting { until } = background() else { panic!("it was asked") };
    assert_eq!(until.duration_since(session.clock.timestamp()).as_secs(), 1800);
    assert!(desk.asked().is_empty());
}

#[test]
fn the_window_and_the_stubs_of_this_person_are_told_of_a_new_report() {
    let desk = Desk::new();
    let state_dir = desk.state_dir();
    let (told, calls) = sync_channel(8);
    let be = |name: &'static str| {
        let told = told.clone();
        let place = Place { state_dir: &state_dir, name, patience: PATIENCE, let_to_front: &|_| () };
        let on_call = move |call| told.send((name, call)).unwrap();
        let Start::First(first) = instance::begin(&place, &Call::Renew, on_call) else { panic!() };
        first
    };
    let _open = (be(WINDOW), be("tray-1"));
    assert_eq!(desk.check().status, 100);
    let mut heard = [calls.recv_timeout(PATIENCE).unwrap(), calls.recv_timeout(PATIENCE).unwrap()];
    heard.sort_by_key(|(name, _)| *name);
    assert_eq!(heard, [("tray-1", Call::Renew), (WINDOW, Call::Renew)]);
    desk.site.misbehave(PLATFORM, Behaviour::Status(500));
    desk.site.misbehave(&products(), Behaviour::Status(500));
    assert_eq!(desk.check().status, 1);
    assert!(calls.try_recv().is_err(), "there is nothing new to read");
}
