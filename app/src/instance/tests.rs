//! Two and more starts in one process, on real sockets and a real lock.

use std::cell::RefCell;
use std::io::{Read as _, Write as _};
use std::sync::mpsc::{Receiver, sync_channel};

use tempfile::TempDir;

use super::*;

/// Far more than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

struct First {
    instance: Instance,
    calls: Receiver<Call>,
}

fn place(dir: &Path, patience: Duration) -> Place<'_> {
    Place { state_dir: dir, name: WINDOW, patience, let_to_front: &|_| {} }
}

fn start(dir: &Path, show: Option<&str>, patience: Duration) -> (Start, Receiver<Call>) {
    let (sender, calls) = sync_channel(8);
    (
        begin(&place(dir, patience), &Call::Show(show.map(str::to_owned)), move |call| {
            sender.send(call).unwrap();
        }),
        calls,
    )
}

fn first(dir: &Path) -> First {
    match start(dir, None, PATIENCE) {
        (Start::First(instance), calls) => First { instance, calls },
        (Start::Passed | Start::Alone, _) => panic!("not the first"),
    }
}

fn passes(dir: &Path, show: Option<&str>) -> bool {
    matches!(start(dir, show, PATIENCE).0, Start::Passed)
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Says something that no start of this program says; whether that was answered.
fn is_answered(dir: &Path, bytes: &[u8]) -> bool {
    let mut stream = talk::knock(&announced(&place(dir, PATIENCE)).unwrap().socket).unwrap();
    // The first may close before all of it has been said.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    !answer.is_empty()
}

#[test]
fn a_second_start_hands_over_what_it_was_to_show() {
    let dir = folder();
    let first = first(dir.path());
    assert!(passes(dir.path(), Some("13bee4fb")));
    assert_eq!(first.calls.recv_timeout(PATIENCE).unwrap(), Call::Show(Some("13bee4fb".into())));
    assert!(passes(dir.path(), None));
    assert_eq!(first.calls.recv_timeout(PATIENCE).unwrap(), Call::Show(None));
}

#[test]
fn the_first_is_let_to_the_front_before_it_is_asked() {
    let dir = folder();
    let _first = first(dir.path());
    let let_to_front = RefCell::new(Vec::new());
    let note = |process_id| let_to_front.borrow_mut().push(process_id);
    let place = Place { let_to_front: &note, ..place(dir.path(), PATIENCE) };
    assert!(matches!(begin(&place, &Call::Show(None), |_| {}), Start::Passed));
    assert_eq!(let_to_front.into_inner(), [std::process::id()]);
}

#[test]
fn when_the_first_is_closed_the_next_is_the_first() {
    let dir = folder();
    drop(first(dir.path()).instance);
    assert!(!announcement_path(&place(dir.path(), PATIENCE)).exists());
    drop(first(dir.path()));
}

#[test]
fn other_machines_have_windows_of_their_own() {
    let (one, other) = (folder(), folder());
    let (_one, _other) = (first(one.path()), first(other.path()));
}

#[test]
fn a_first_that_died_leaves_nothing_in_the_way() {
    let dir = folder();
    let gone =
        Announcement { socket: "mobile-smarts-updater-gone".into(), secret: "s".into(), process_id: 1 };
    fs::write_atomically(
        &announcement_path(&place(dir.path(), PATIENCE)),
        &serde_json::to_vec(&gone).unwrap(),
    )
    .unwrap();
    let first = first(dir.path());
    assert!(passes(dir.path(), None));
    drop(first);
}

#[test]
fn a_first_that_hangs_is_not_waited_for() {
    let dir = folder();
    let _lock = lock(&place(dir.path(), PATIENCE)).unwrap().unwrap();
    let short = Duration::from_millis(120);
    // Before it has announced itself, and with a socket on which nobody hears.
    assert!(matches!(start(dir.path(), None, short).0, Start::Alone));
    let socket = format!("mobile-smarts-updater-{}", unforeseeable().unwrap());
    let _deaf = ListenerOptions::new().name(talk::name(&socket).unwrap()).create_sync().unwrap();
    let hung = Announcement { socket, secret: String::new(), process_id: 1 };
    fs::write_atomically(
        &announcement_path(&place(dir.path(), PATIENCE)),
        &serde_json::to_vec(&hung).unwrap(),
    )
    .unwrap();
    assert!(matches!(start(dir.path(), None, short).0, Start::Alone));
}

#[test]
fn a_folder_that_cannot_be_used_does_not_stop_the_window() {
    let dir = folder();
    let file = dir.path().join("file");
    std::fs::write(&file, "").unwrap();
    assert!(matches!(start(&file.join("state"), None, PATIENCE).0, Start::Alone));
}

#[test]
fn what_is_not_a_request_is_not_answered_and_changes_nothing() {
    let dir = folder();
    let first = first(dir.path());
    let secret = announced(&place(dir.path(), PATIENCE)).unwrap().secret;
    let request =
        |show: &str| format!("{{\"secret\":\"{secret}\",\"call\":{{\"show\":\"{show}\"}}}}\n").into_bytes();
    assert!(is_answered(dir.path(), &request("main")));
    assert_eq!(first.calls.recv_timeout(PATIENCE).unwrap(), Call::Show(Some("main".into())));

    let long = request(&"x".repeat(300));
    let oversized = request(&"x".repeat(5000));
    for bytes in [
        &b"\n"[..],
        b"{}\n",
        b"\xff\xfe\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"{\"secret\":\"guessed\",\"call\":{\"show\":\"main\"}}\n",
        &request("a\\u0000b"),
        &request(""),
        &long,
        &oversized,
    ] {
        assert!(!is_answered(dir.path(), bytes), "{:?}", String::from_utf8_lossy(bytes));
    }
    assert!(passes(dir.path(), Some("cash")));
    assert_eq!(first.calls.recv_timeout(PATIENCE).unwrap(), Call::Show(Some("cash".into())));
}

#[test]
fn callers_that_say_nothing_keep_nobody_from_being_heard() {
    let dir = folder();
    let first = first(dir.path());
    let socket = announced(&place(dir.path(), PATIENCE)).unwrap().socket;
    let _silent: Vec<_> = (0..3).map(|_| talk::knock(&socket).unwrap()).collect();
    assert!(passes(dir.path(), None));
    assert_eq!(first.calls.recv_timeout(PATIENCE).unwrap(), Call::Show(None));
}

#[test]
fn one_that_is_there_is_told_something_and_one_that_is_not_is_not_waited_for() {
    let dir = folder();
    let stub = Place { name: "tray-3", ..place(dir.path(), PATIENCE) };
    assert_eq!((is_there(&stub).unwrap(), tell(&stub, &Call::Renew).unwrap()), (false, false));
    let (sender, calls) = sync_channel(8);
    let Start::First(first) = begin(&stub, &Call::Renew, move |call| sender.send(call).unwrap()) else {
        panic!("not the first")
    };
    assert!(is_there(&stub).unwrap() && !is_there(&place(dir.path(), PATIENCE)).unwrap());
    assert_eq!(names(dir.path(), "tray-"), ["tray-3"]);
    assert!(tell(&stub, &Call::Leave).unwrap());
    assert_eq!(calls.recv_timeout(PATIENCE).unwrap(), Call::Leave);
    drop(first);
    assert!(!tell(&stub, &Call::Leave).unwrap() && names(dir.path(), "tray-").is_empty());
}
