use smarts_core::check::last::{Asked, Last};
use smarts_core::{catalogue, check, source};
use smarts_tests::machine_root::{BaseSpec, MachineRoot};

use super::*;
use crate::i18n::Language;
use crate::session::Options;
use crate::window::order::Renderer;
use crate::window::start::Attempt;

const SETTINGS: &str = r"C:\ProgramData\Cleverence\Updater\settings.toml";

/// A program that looks at a machine root.
pub(super) struct Here {
    pub(super) session: Session,
    pub(super) texts: Texts,
}

impl Desk for Here {
    fn session(&self) -> &Session {
        &self.session
    }

    fn texts(&self) -> &Texts {
        &self.texts
    }
}

pub(super) fn options(root: &MachineRoot, source: &str) -> Options {
    Options {
        machine_root: Some(root.path().to_path_buf()),
        source: Some(source.to_owned()),
        language: Some(Language::En),
        ..Options::default()
    }
}

/// With the person's files below the root, too.
pub(super) fn here(root: &MachineRoot, source: &str) -> Here {
    let mut session = Session::open(options(root, source)).unwrap();
    session.paths.state_dir = root.path().join("person");
    session.paths.log_dir = session.paths.state_dir.join("logs");
    session.paths.downloads_dir = session.paths.state_dir.join("downloads");
    Here { session, texts: Texts::new(Language::En).unwrap() }
}

fn found(root: &MachineRoot) -> Vec<Line> {
    let options = options(root, "https://ivanov:s3cret@mirror.example/");
    let (session, broken) = Session::open_anyway(options).unwrap();
    let (machine, texts) = (session.machine(), Texts::new(Language::En).unwrap());
    let subject = Subject { session: &session, machine: &machine, texts: &texts, broken: broken.as_ref() };
    let all = crew::LOCAL.into_iter().flatten();
    all.map(|(id, look)| advice::advised(crew::looked(id, *look, &subject), &texts)).collect()
}

fn line<'a>(lines: &'a [Line], id: &str) -> &'a Line {
    lines.iter().find(|line| line.id == id).unwrap()
}

fn root() -> MachineRoot {
    MachineRoot::new()
        .unwrap()
        .platform("3.3.46.29552")
        .unwrap()
        .base(&BaseSpec::new("13bee4fb", "Склад"))
        .unwrap()
}

#[test]
fn every_finding_has_an_id_of_its_own_and_a_sentence() {
    let lines = found(&root());
    let ids: std::collections::BTreeSet<&str> = lines.iter().map(|line| line.id).collect();
    assert_eq!(ids.len(), lines.len());
    assert!(lines.iter().all(|line| !line.text.is_empty()));
    assert_eq!(line(&lines, "platform").text, "Mobile SMARTS platform 3.3.46.29552");
    assert_eq!(line(&lines, "bases").text, "bases: 1 on this PC, 0 on others, 0 in the cloud, 0 damaged");
    assert_eq!(line(&lines, "reboot").state, State::Unknown);
}

#[test]
fn no_password_of_a_source_is_said() {
    let lines = found(&root());
    assert_eq!(line(&lines, "source").text, "https://mirror.example/, by https alone");
    assert!(lines.iter().all(|line| !format!("{line:?}").contains("s3cret")));
}

#[test]
fn settings_that_cannot_be_read_are_a_finding_and_hide_no_other() {
    let root = root();
    root.write(SETTINGS, b"check_hours = 0\n").unwrap();
    let lines = found(&root);
    let settings = line(&lines, "settings");
    assert_eq!(settings.state, State::Attention);
    assert!(settings.text.contains("check_hours is 1 to 168"), "{}", settings.text);
    assert_eq!(line(&lines, "platform").state, State::Ok);
    root.write(SETTINGS, b"chek_hours = 4\n").unwrap();
    assert!(line(&found(&root), "settings").text.contains("chek_hours"));
}

#[test]
fn a_registry_that_cannot_be_read_is_not_taken_for_a_missing_event_source() {
    let root = root();
    std::fs::write(root.path().join("registry.reg"), "no registry").unwrap();
    let lines = found(&root);
    let source = line(&lines, "event_source");
    assert_eq!(source.state, State::Unknown);
    assert!(source.detail.starts_with("Failed to read the registry: "), "{source:?}");
}

#[test]
fn the_way_the_window_was_drawn_is_told() {
    let texts = Texts::new(Language::En).unwrap();
    let attempt =
        |finished| Attempt { renderer: Renderer::Opengl, adapter: Some("llvmpipe".into()), finished };
    let drawn = ours::drawn(Some(attempt(true)), &texts);
    assert_eq!((drawn.state, drawn.detail.as_str()), (State::Ok, "llvmpipe"));
    assert_eq!(ours::drawn(Some(attempt(false)), &texts).state, State::Attention);
    assert_eq!(ours::drawn(None, &texts).state, State::Unknown);
}

#[test]
fn a_finding_is_copied_with_its_mark_and_what_it_is_found_by() {
    let texts = Texts::new(Language::En).unwrap();
    let with = Line::new("log", State::Ok, "log of the program", "/logs");
    let without = Line::new("reboot", State::Attention, "the PC waits for a restart", "");
    let mark = |line: &Line| told(line, &texts).split("  ").next().unwrap().to_owned();
    assert_ne!(mark(&with), mark(&without));
    assert!(told(&with, &texts).ends_with("  log of the program\n    /logs\n"));
    assert!(told(&without, &texts).ends_with("  the PC waits for a restart\n"));
}

#[test]
fn a_source_that_every_check_refuses_is_not_taken_for_a_fine_one() {
    for (source, why) in [("http://files.example/", "https"), ("ftp://files.example/", "ftp://")] {
        let root = root();
        let desk = here(&root, source);
        let machine = desk.session.machine();
        let subject = Subject { session: &desk.session, machine: &machine, texts: &desk.texts, broken: None };
        let line = ours::source(&subject);
        assert_eq!(line.state, State::Attention, "{line:?}");
        assert!(line.text.contains(why) && line.advice.contains("https://"), "{line:?}");
    }
}

#[test]
fn a_check_that_failed_is_told_though_an_older_one_did_well() {
    let root = root();
    let desk = here(&root, "https://files.example/");
    let session = &desk.session;
    let machine = session.machine();
    let look = || {
        let subject = Subject { session, machine: &machine, texts: &desk.texts, broken: None };
        background::last_check(&subject)
    };
    let now = session.clock.timestamp();
    let (fault, trust) = (source::Fault::NotFound, source::Trust::Https);
    let report = check::unreadable(&machine, "https://files.example/", trust, &fault, now);
    let asked = Asked {
        source: "https://files.example/".into(),
        updates: None,
        language: "en".into(),
        is_signed: false,
        accepts_expired: false,
    };
    let path = session.paths.last_check_path();
    let error = catalogue::Error { path: "updates".into(), fault: catalogue::Fault::Source(fault) };
    let failed = Last::after(None, asked.clone(), now, Some((error, Box::new(report))));
    failed.save(&path).unwrap();
    let line = look();
    assert_eq!(line.state, State::Attention);
    assert!(line.text.ends_with("failed") && line.detail.starts_with("https://files.example/\n"), "{line:?}");
    Last::after(Some(&failed), asked, now, None).save(&path).unwrap();
    assert_eq!(look().state, State::Unknown, "no report is kept, and the last check did not fail");
}

#[test]
fn a_folder_for_copies_on_a_drive_that_is_gone_needs_attention() {
    let root = root();
    let mut desk = here(&root, "https://files.example/");
    desk.session.paths.backup_dir = "no-such-drive/copies".into();
    let machine = desk.session.machine();
    let subject = Subject { session: &desk.session, machine: &machine, texts: &desk.texts, broken: None };
    let line = folders::backups(&subject);
    assert_eq!(line.state, State::Attention, "{line:?}");
    assert!(line.text.contains("cannot be reached") && !line.advice.is_empty(), "{line:?}");
}

#[test]
fn a_look_that_breaks_is_a_finding_and_stops_no_other() {
    let root = root();
    let desk = here(&root, "https://files.example/");
    let machine = desk.session.machine();
    let subject = Subject { session: &desk.session, machine: &machine, texts: &desk.texts, broken: None };
    let line = crew::looked("log", |_| panic!("broken on purpose"), &subject);
    assert_eq!(line.state, State::Unknown);
    assert!(line.text.starts_with("Log of the program: looking broke off"), "{line:?}");
}

#[test]
fn settings_that_were_mended_are_read_anew_and_ask_for_a_new_start() {
    let root = root();
    root.write(SETTINGS, b"check_hours = 0\n").unwrap();
    let (session, broken) = Session::open_anyway(options(&root, "https://files.example/")).unwrap();
    let (machine, texts) = (session.machine(), Texts::new(Language::En).unwrap());
    let look =
        |broken| ours::settings(&Subject { session: &session, machine: &machine, texts: &texts, broken });
    let wrong = look(broken.as_ref());
    assert!(wrong.text.contains("check_hours") && wrong.advice.contains("settings.toml"), "{wrong:?}");
    root.write(SETTINGS, b"check_hours = 5\n").unwrap();
    let mended = look(broken.as_ref());
    assert!(mended.text.contains("were changed") && mended.advice.contains("open it again"), "{mended:?}");
    assert_eq!(look(None).state, State::Neutral, "nothing was wrong with the former ones");
    root.write(SETTINGS, b"chek_hours = 5\n").unwrap();
    assert!(look(None).advice.contains("other settings are in force"));
}
