//! The stub that the scheduled task runs, on a desktop without a screen: what is to be seen, what a click does,
//! and that nothing is left when there is nothing to say.

mod desktop;
mod stub;

use std::os::unix::net::UnixListener;
use std::time::Duration;

use smarts_tests::tree::Tree;
use smarts_updater::instance::Call;
use smarts_updater::tray::notice::{Act, Entry, Icon, Kind, Message, Notice};

use self::desktop::{Desktop, Seen, With};
use self::stub::{Running, Stub};
use crate::made::{self, NEW, WAREHOUSE};
use crate::program::Ran;

/// Far more than anything here takes.
const PATIENCE: Duration = Duration::from_mins(1);

#[expect(clippy::unnecessary_wraps, reason = "as a notice has it")]
fn message(title: &str) -> Option<Message> {
    let (title, open) = (title.to_owned(), Some("main".to_owned()));
    Some(Message {
        title, body: "Само <ничего> не установится".into(), kind: Kind::Products, open
    })
}

fn notice(message: Option<Message>, count: u32) -> Notice {
    let entry = |label: &str, act| Entry { label: label.into(), act };
    let run = |flag: &str| Act::Run(vec!["notice".into(), "--json".into(), flag.into()]);
    Notice {
        message,
        icon: Icon {
            kind: Kind::Both,
            count,
            tooltip: format!("Обновлений: {count}"),
            open: Some("platform".into()),
        },
        menu: vec![
            entry("Открыть", Act::Open(None)),
            entry("Проверить сейчас", run("--now")),
            entry("Напомнить & забыть", run("--later")),
            entry("Выход", Act::Leave),
        ],
        wait_secs: 24 * 60 * 60,
    }
}

fn ended_well(ran: &Ran) {
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
}

/// A stub that shows message and icon, with the names of both.
fn showing(stub: &mut Stub, desktop: &Desktop) -> (Running, u32, String) {
    stub.then_says(&notice(message("Склад 15: вышла 1.6.3"), 2));
    let running = stub.start(Some(desktop), &[]);
    assert_eq!(stub.started(), "smarts notice --json");
    let icon = desktop.icon();
    let message = desktop.message("Склад 15: вышла 1.6.3");
    (running, message, icon)
}

#[test]
fn nothing_new_leaves_no_trace_on_the_desktop() {
    let Some(desktop) = Desktop::with(With::MessagesAndIcons) else { return };
    let stub = Stub::new();
    let running = stub.start(Some(&desktop), &["--source", "/tree", "--lang", "ru"]);
    assert_eq!(stub.started(), "smarts notice --json --source /tree --lang ru");
    ended_well(&stub.end_of(running));
    assert!(desktop.shows_nothing_more() && stub.starts_nothing_more());
}

#[test]
fn what_is_new_is_said_once_by_a_message_and_stays_as_an_icon() {
    let Some(desktop) = Desktop::with(With::MessagesAndIcons) else { return };
    let mut stub = Stub::new();
    stub.then_says(&notice(message("Склад 15 & Ко"), 2));
    let running = stub.start(Some(&desktop), &[]);
    let icon = desktop.icon();
    assert_eq!(desktop.tooltip(&icon), ("Обновлений: 2".to_owned(), vec![48]));
    let lines: Vec<String> = desktop.menu(&icon).into_iter().map(|(_, label)| label).collect();
    assert_eq!(lines, ["Открыть", "Проверить сейчас", "Напомнить & забыть", "Выход"]);
    let Seen::Message { replaced: 0, title, body, offered, picture, .. } = desktop.next() else { panic!() };
    assert_eq!((title.as_str(), body.as_str()), ("Склад 15 & Ко", "Само &lt;ничего&gt; не установится"));
    assert_eq!(offered, ["default", "Открыть", "open", "Открыть"]);
    assert!(picture.ends_with("/pictures/products.png"), "{picture}");
    stub.tell(&Call::Leave);
    ended_well(&stub.end_of(running));
}

#[test]
fn clicks_on_message_icon_and_menu_open_the_window_at_the_item() {
    let Some(desktop) = Desktop::with(With::MessagesAndIcons) else { return };
    let mut stub = Stub::new();
    let (running, message, icon) = showing(&mut stub, &desktop);
    for action in ["default", "open"] {
        desktop.choose(message, action);
        assert_eq!(stub.started(), "window --show=main");
    }
    desktop.activate(&icon);
    assert_eq!(stub.started(), "window --show=platform");
    desktop.choose_line(&icon, "Открыть");
    assert_eq!(stub.started(), "window ");
    // Somebody else's message, and something that this one does not offer.
    desktop.choose(message + 1, "default");
    desktop.choose(message, "mark-as-read");
    desktop.dismiss(message);
    desktop.activate(&icon);
    assert_eq!(stub.started(), "window --show=platform");
    // The window, which has taken over.
    stub.tell(&Call::Leave);
    ended_well(&stub.end_of(running));
    assert!(stub.starts_nothing_more());
}

#[test]
fn the_window_is_for_the_same_machine_and_source() {
    let Some(desktop) = Desktop::with(With::MessagesAndIcons) else { return };
    let mut stub = Stub::new();
    stub.then_says(&notice(message("Вышла"), 1));
    let pc = tempfile::tempdir().unwrap();
    let root = pc.path().display().to_string();
    let running = stub.start(Some(&desktop), &["--machine-root", &root, "--lang", "en"]);
    let options = format!("--machine-root {root} --lang en");
    assert_eq!(stub.started(), format!("smarts notice --json {options}"));
    let icon = desktop.icon();
    desktop.activate(&icon);
    assert_eq!(stub.started(), format!("window {options} --show=platform"));
    desktop.choose_line(&icon, "Выход");
    assert_eq!(stub.started(), format!("smarts notice --json --seen {options}"));
    ended_well(&stub.end_of(running));
    // A machine root has a folder of its own.
    assert!(!stub.state_dir().join("logs").exists() && stub.state_dir().join("roots").exists());
}

#[test]
fn lines_of_the_menu_ask_smarts_and_what_it_says_is_shown() {
    let Some(desktop) = Desktop::with(With::MessagesAndIcons) else { return };
    let mut stub = Stub::new();
    stub.then_says(&notice(message("Склад 15: вышла 1.6.3"), 2));
    stub.then_says(&notice(message("Ничего нового"), 2));
    let running = stub.start(Some(&desktop), &[]);
    assert_eq!(stub.started(), "smarts notice --json");
    let icon = desktop.icon();
    let first = desktop.message("Склад 15: вышла 1.6.3");
    desktop.choose_line(&icon, "Проверить сейчас");
    assert_eq!(stub.started(), "smarts notice --json --now");
    let Seen::Message { id, replaced, .. } = desktop.next() else { panic!() };
    assert_eq!((id, replaced), (first, first), "the newer message takes the place of the first");
    desktop.choose_line(&icon, "Напомнить & забыть");
    assert_eq!(stub.started(), "smarts notice --json --later");
    ended_well(&stub.end_of(running));
    assert_eq!(desktop.next(), Seen::Withdrawn(first));
}

#[test]
fn a_second_stub_lets_the_first_look_again_and_leaves() {
    let Some(desktop) = Desktop::with(With::MessagesAndIcons) else { return };
    let mut stub = Stub::new();
    let (first, _, icon) = showing(&mut stub, &desktop);
    stub.then_says(&notice(message("Ещё одно"), 3));
    let second = stub.start(Some(&desktop), &[]);
    ended_well(&stub.end_of(second));
    assert_eq!(stub.started(), "smarts notice --json --waiting");
    desktop.message("Ещё одно");
    assert_eq!(desktop.tooltip(&icon).0, "Обновлений: 3");
    // Everything is installed: a third one, or whoever installed it, says so.
    stub.tell(&Call::Renew);
    assert_eq!(stub.started(), "smarts notice --json --waiting");
    ended_well(&stub.end_of(first));
}

#[test]
fn one_that_leaves_and_waits_for_its_child_is_in_nobodys_way() {
    let Some(desktop) = Desktop::with(With::MessagesAndIcons) else { return };
    let mut stub = Stub::new();
    let (leaving, message, _) = showing(&mut stub, &desktop);
    stub.then_waits();
    stub.tell(&Call::Renew);
    assert_eq!(stub.started(), "smarts notice --json --waiting");
    stub.tell(&Call::Leave);
    assert_eq!(desktop.next(), Seen::Withdrawn(message));
    let (first, second_message, _) = showing(&mut stub, &desktop);
    stub.let_smarts_go();
    ended_well(&stub.end_of(leaving));
    stub.tell(&Call::Leave);
    ended_well(&stub.end_of(first));
    assert_eq!(desktop.next(), Seen::Withdrawn(second_message));
}

#[test]
fn the_stub_of_another_desktop_is_one_of_its_own() {
    let mut stub = Stub::new();
    let desktop = || Desktop::with(With::MessagesAndIcons);
    let (Some(one), Some(other)) = (desktop(), desktop()) else { return };
    let first = showing(&mut stub, &one).0;
    let second = showing(&mut stub, &other).0;
    stub.tell(&Call::Leave);
    ended_well(&stub.end_of(first));
    ended_well(&stub.end_of(second));
}

#[test]
fn a_killed_stub_is_in_nobodys_way() {
    let Some(desktop) = Desktop::with(With::MessagesAndIcons) else { return };
    let mut stub = Stub::new();
    let (mut killed, ..) = showing(&mut stub, &desktop);
    killed.kill();
    let (running, message, _) = showing(&mut stub, &desktop);
    stub.tell(&Call::Leave);
    ended_well(&stub.end_of(running));
    assert_eq!(desktop.next(), Seen::Withdrawn(message));
}

#[test]
fn the_icon_goes_when_its_time_is_over_and_its_message_with_it() {
    let Some(desktop) = Desktop::with(With::MessagesAndIcons) else { return };
    let mut stub = Stub::new();
    stub.then_says(&Notice { wait_secs: 1, ..notice(message("Вышла"), 1) });
    let running = stub.start(Some(&desktop), &[]);
    desktop.icon();
    let message = desktop.message("Вышла");
    ended_well(&stub.end_of(running));
    assert_eq!(desktop.next(), Seen::Withdrawn(message));
}

#[test]
fn where_the_bus_goes_the_stub_goes_too() {
    let Some(mut desktop) = Desktop::with(With::MessagesAndIcons) else { return };
    let mut stub = Stub::new();
    let (running, ..) = showing(&mut stub, &desktop);
    desktop.end_bus();
    ended_well(&stub.end_of(running));
    assert_eq!(stub.logged("The session's bus is gone"), 1);
}

#[test]
fn where_nobody_shows_icons_the_message_alone_is_waited_for() {
    let Some(desktop) = Desktop::with(With::MessagesAlone) else { return };
    let mut stub = Stub::new();
    stub.then_says(&notice(message("Вышла"), 1));
    let running = stub.start(Some(&desktop), &[]);
    assert_eq!(stub.started(), "smarts notice --json");
    let message = desktop.message("Вышла");
    desktop.choose(message, "default");
    assert_eq!(stub.started(), "window --show=main");
    desktop.dismiss(message);
    ended_well(&stub.end_of(running));
    assert_eq!(stub.logged("Nobody shows icons here"), 1);
}

#[test]
fn where_nothing_can_be_shown_nothing_waits_and_the_log_says_why() {
    for desktop in [None, Desktop::with(With::Nothing)] {
        let mut stub = Stub::new();
        stub.then_says(&notice(message("Вышла"), 1));
        let running = stub.start(desktop.as_ref(), &[]);
        ended_well(&stub.end_of(running));
        assert_eq!(stub.logged("There are no messages here"), 1, "{}", desktop.is_some());
    }
}

#[test]
fn a_bus_that_does_not_answer_is_not_waited_for_long() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bus");
    let (socket, mut stub) = (UnixListener::bind(&path).unwrap(), Stub::new());
    stub.then_says(&notice(message("Вышла"), 1));
    let running = stub.start_at(Some(&format!("unix:path={}", path.display())), &[]);
    let _connected = socket.accept().unwrap();
    ended_well(&stub.end_of(running));
    assert_eq!(stub.logged("There are no messages here"), 1);
    assert_eq!(stub.logged("timed out"), 2, "for the icon and for the message");
}

#[test]
fn a_smarts_that_fails_is_one_line_in_the_log_and_nothing_on_the_desktop() {
    let patient: &[&str] = &[];
    let impatient = &["--child-secs", "2"][..];
    for (does, logged, args) in [
        ("kill -9 $$", "Smarts failed: signal: 9", patient),
        ("echo '{}'; exit 1", "Smarts failed: exit status: 1", patient),
        ("echo 'Nothing new'", "Smarts was not understood", patient),
        ("echo '{\"message\":'", "Smarts was not understood", patient),
        ("head -c 65536 /dev/zero | tr '\\0' ' '; echo '{}'", "Smarts said more than 65536 bytes", patient),
        ("exec yes", "Smarts said more than 65536 bytes", patient),
        ("exec sleep 1000", "Smarts hung and was ended", impatient),
        ("exec >&-; exec sleep 1000", "Smarts hung and was ended", impatient),
        // What it has started keeps the output open.
        ("sleep 100 2>/dev/null; true", "Smarts hung and was ended", impatient),
    ] {
        let Some(desktop) = Desktop::with(With::MessagesAndIcons) else { return };
        let mut stub = Stub::new();
        stub.then(does);
        let running = stub.start(Some(&desktop), args);
        assert_eq!(stub.end_of(running).status, 1, "{does}");
        assert_eq!((stub.logged("ERROR"), stub.logged(logged)), (1, 1), "{does}");
        assert!(desktop.shows_nothing_more(), "{does}");
    }
}

#[test]
fn a_smarts_that_is_gone_is_said_so() {
    let Some(desktop) = Desktop::with(With::MessagesAndIcons) else { return };
    let stub = Stub::new();
    stub.without_smarts();
    assert_eq!(stub.end_of(stub.start(Some(&desktop), &[])).status, 1);
    assert_eq!(stub.logged("Failed to start smarts"), 1);
}

#[test]
fn what_is_shown_outlives_a_later_failure_and_still_works() {
    let Some(desktop) = Desktop::with(With::MessagesAndIcons) else { return };
    let mut stub = Stub::new();
    let (running, _, icon) = showing(&mut stub, &desktop);
    stub.then("echo \"smarts $*\" > \"$dir/told\"; exit 1");
    stub.tell(&Call::Renew);
    assert_eq!(stub.started(), "smarts notice --json --waiting");
    desktop.activate(&icon);
    assert_eq!(stub.started(), "window --show=platform");
    desktop.choose_line(&icon, "Выход");
    ended_well(&stub.end_of(running));
}

#[test]
fn wrong_arguments_are_refused() {
    let stub = Stub::new();
    let ran = stub.end_of(stub.start(None, &["--demo"]));
    assert_eq!(ran.status, 1);
    assert!(ran.err.starts_with("smarts-tray: Failed to understand the arguments"), "{ran:?}");
    assert!(stub.starts_nothing_more());
}

/// The stub and the real `smarts` for a PC with one base.
fn for_real(stub: &Stub, desktop: &Desktop, tree: &Tree, seen: impl FnOnce()) -> Ran {
    stub.with_real_smarts();
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    let source = made::folder(tree);
    let path = |path: &std::path::Path| path.display().to_string();
    let (root, source) = (path(pc.path()), path(source.path()));
    let line = ["--machine-root", &root, "--source", &source, "--lang", "ru"];
    let running = stub.start(Some(desktop), &line);
    seen();
    stub.end_of(running)
}

#[test]
fn an_update_is_said_in_the_words_of_smarts() {
    let Some(desktop) = Desktop::with(With::MessagesAndIcons) else { return };
    let stub = Stub::new();
    let tree = made::source_of(&made::template(NEW)).entry("Platform4", "");
    let ran = for_real(&stub, &desktop, &tree, || {
        let icon = desktop.icon();
        desktop.message("Склад 15, Расширенный: вышла 1.6.3.7283 — для 1 базы Mobile SMARTS");
        let (tooltip, _) = desktop.tooltip(&icon);
        assert_eq!(tooltip, "Вышло обновление для 1 базы");
        // Put off until tomorrow, there is nothing left to say.
        desktop.choose_line(&icon, "Напомнить завтра");
    });
    ended_well(&ran);
}

#[test]
fn a_check_that_finds_nothing_shows_nothing_and_one_that_failed_is_not_passed_off_as_that() {
    let Some(desktop) = Desktop::with(With::MessagesAndIcons) else { return };
    let stub = Stub::new();
    ended_well(&for_real(&stub, &desktop, &Tree::new().entry("Platform4", "").entry(WAREHOUSE, ""), || ()));
    let Some(desktop) = Desktop::with(With::MessagesAndIcons) else { return };
    let stub = Stub::new();
    let ran = for_real(&stub, &desktop, &Tree::new(), || ());
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.starts_with("Проверить не удалось: "), "{ran:?}");
    assert!(desktop.shows_nothing_more());
}
