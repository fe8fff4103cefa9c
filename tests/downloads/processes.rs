//! Downloads as processes of their own: killed in every state, two at once, short of room.

use std::fs;
#[cfg(target_os = "linux")]
use std::io::Write as _;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use smarts_core::digest::Digest;
use smarts_core::download::Error;
use smarts_tests::site::Behaviour;

use super::{NAME, PATH, Setup, bytes, setup};

const MIB: usize = 1024 * 1024;
const SIZE: usize = 4 * MIB;

/// A running download and what it tells.
struct Running {
    child: Child,
    told: BufReader<ChildStdout>,
}

/// The program that downloads, with these words before it.
fn command(setup: &Setup, before: &[&str], is_stated: bool) -> Command {
    let program = env!("CARGO_BIN_EXE_fetch_one");
    let size = setup.request.size.filter(|_| is_stated).map_or("-".into(), |size| size.to_string());
    let sha256 = setup.request.sha256.filter(|_| is_stated).map_or("-".into(), |sha256| sha256.to_string());
    let mut words = before.iter().copied().chain([program]);
    let mut command = Command::new(words.next().unwrap());
    command.args(words).arg(setup.site.url(PATH)).arg(&setup.request.dir).args([NAME, &size, &sha256, "3"]);
    command
}

fn start(mut command: Command) -> Running {
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let told = BufReader::new(child.stdout.take().unwrap());
    Running { child, told }
}

impl Running {
    /// The next line that begins so; what comes after its first word.
    fn until(&mut self, what: &str) -> String {
        let mut line = String::new();
        while self.told.read_line(&mut line).unwrap() > 0 {
            if let Some(rest) = line.trim_end().strip_prefix(what) {
                return rest.trim().to_owned();
            }
            line.clear();
        }
        panic!("it ended without {what}");
    }

    fn until_received(&mut self, bytes: usize) {
        while self.until("received").parse::<usize>().unwrap() < bytes {}
    }

    /// As the system does it: nothing of the process runs any more.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// After the process has died: the rest is fetched, and nothing else.
async fn goes_on(setup: &Setup, content: &[u8], what: &str) {
    let kept = fs::metadata(setup.path(".partial")).map_or(0, |partial| partial.len() as usize);
    setup.site.release();
    setup.site.behave(PATH);
    setup.site.forget();
    setup.fetch().await.unwrap();
    assert_eq!(setup.file(), content, "{what}");
    assert_eq!(setup.names(), [NAME], "{what}");
    let sent: usize = setup.seen().iter().map(|seen| seen.sent).sum();
    assert!(sent <= SIZE - kept + 1, "{what}: {sent} bytes with {kept} kept");
}

#[tokio::test]
async fn a_download_that_is_killed_goes_on_whatever_it_was_doing() {
    let content = bytes(SIZE, 1);
    let states = [
        ("asking", Behaviour::Mute, 0),
        ("before the first byte", Behaviour::HoldAfter(0), 0),
        ("after the first byte", Behaviour::HoldAfter(1), 1),
        ("in the middle", Behaviour::HoldAfter(3 * MIB), 3 * MIB),
        ("before the last byte", Behaviour::HoldAfter(SIZE - 1), SIZE - 1),
        ("after the last byte, before it is put in its place", Behaviour::NoEnd, SIZE),
        ("waiting for the next try", Behaviour::Later(503, "3600".into()), 0),
    ];
    for (what, behaviour, received) in states {
        for is_stated in [true, false] {
            let setup = setup(&content).stating(&content);
            let setup = if is_stated { setup } else { Setup { request: unstated(&setup), ..setup } };
            let waits = matches!(behaviour, Behaviour::Later(..));
            setup.site.misbehave(PATH, behaviour.clone());
            let mut running = start(command(&setup, &[], is_stated));
            if waits {
                running.until("waiting");
            } else {
                setup.site.wait_until_held();
            }
            if received > 0 {
                running.until_received(received);
            }
            assert!(matches!(setup.fetch().await, Err(Error::Busy { .. })), "{what}: the lock is held");
            running.kill();
            assert!(!setup.path("").exists(), "{what}");
            let kept = fs::read(setup.path(".partial")).unwrap_or_default();
            assert!(content.starts_with(&kept), "{what}");
            assert!(kept.len() + MIB >= received, "{what}: {} of {received} bytes are kept", kept.len());
            goes_on(&setup, &content, what).await;
        }
    }
}

fn unstated(setup: &Setup) -> smarts_core::download::Request {
    smarts_core::download::Request { size: None, sha256: None, ..setup.request.clone() }
}

#[tokio::test]
async fn of_two_processes_one_downloads_and_the_other_is_told_so() {
    let content = bytes(SIZE, 1);
    let setup = setup(&content).stating(&content);
    setup.site.misbehave(PATH, Behaviour::HoldAfter(MIB));
    let mut first = start(command(&setup, &[], true));
    setup.site.wait_until_held();
    first.until_received(MIB);
    let mut second = start(command(&setup, &[], true));
    assert!(second.until("failed").contains("is being downloaded already"));
    assert!(!second.child.wait().unwrap().success());
    assert_eq!(setup.seen().len(), 1);
    setup.site.release();
    assert_eq!(first.until("done"), Digest::of(&content).to_string());
    assert!(first.child.wait().unwrap().success());
    assert_eq!(setup.names(), [NAME]);
    // A third one finds it there.
    setup.site.forget();
    let mut third = start(command(&setup, &[], true));
    assert_eq!(third.until("done"), Digest::of(&content).to_string());
    third.child.wait().unwrap();
    assert!(setup.seen().is_empty());
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_may_not_grow_any_more_keeps_what_has_come() {
    // The system's limit for one file of this process, in blocks of 512 or 1024 bytes, without its signal.
    let limited = ["sh", "-c", "trap '' XFSZ; ulimit -f 1500; exec \"$@\"", "sh"];
    let content = bytes(SIZE, 1);
    let setup = setup(&content).stating(&content);
    let mut running = start(command(&setup, &limited, true));
    let failed = running.until("failed");
    running.child.wait().unwrap();
    assert!(failed.contains("Failed to read or write"), "{failed}");
    let kept = setup.partial();
    assert!(kept.len() >= 500 * 1024 && content.starts_with(&kept), "{}", kept.len());
    assert_eq!(setup.seen().len(), 1, "a fault of this PC is not tried again");
    goes_on(&setup, &content, "with room").await;
}

/// The download in a world where its folder is a small disk of its own; `None` where the system lends that to
/// nobody, which is a failure where `SMARTS_CI` is set.
#[cfg(target_os = "linux")]
fn on_small_disk(setup: &Setup, size: &str, script: &str) -> Option<Command> {
    let (outer, options) = ("unshare", ["--user", "--map-root-user", "--mount"]);
    let is_lent =
        Command::new(outer).args(options).arg("true").output().is_ok_and(|ran| ran.status.success());
    if !is_lent {
        assert!(std::env::var_os("SMARTS_CI").is_none(), "No user namespace is lent here");
        // Past what the tests' harness keeps for itself when they pass.
        let skipped = b"SKIPPED: no user namespace is lent here, so there is no small disk to test with\n";
        std::io::stderr().write_all(skipped).unwrap();
        return None;
    }
    fs::create_dir_all(&setup.request.dir).unwrap();
    let dir = setup.request.dir.to_str().unwrap();
    let script = format!("mount -t tmpfs -o size={size} small \"{dir}\" && {{ {script}; }}");
    let words = [outer, options[0], options[1], options[2], "sh", "-c", &script, "sh"];
    Some(command(setup, &words, true))
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_disk_without_room_for_the_file_is_told_before_a_byte_is_received() {
    let content = bytes(SIZE, 1);
    let setup = setup(&content).stating(&content);
    let Some(command) = on_small_disk(&setup, "2m", "\"$@\"") else { return };
    let mut running = start(command);
    let failed = running.until("failed");
    running.child.wait().unwrap();
    assert!(failed.starts_with(&format!("Needs {SIZE} bytes and has 2")), "{failed}");
    assert!(
        failed.contains("0 are kept") && failed.contains(setup.request.dir.to_str().unwrap()),
        "{failed}"
    );
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_disk_that_fills_up_keeps_what_has_come_and_the_download_goes_on_when_there_is_room() {
    let content = bytes(SIZE, 1);
    let setup = setup(&content).stating(&content);
    // Without a length nobody can tell beforehand. What is kept is looked at, room is made, and it goes on.
    let script = "\"$@\"; stat -c 'kept %s' \"$3\"/*.partial; mount -o remount,size=16m small \"$3\"; \"$@\"";
    let Some(command) = on_small_disk(&setup, "2m", script) else { return };
    let mut command = command;
    let words: Vec<_> = command.get_args().map(std::ffi::OsStr::to_owned).collect();
    // Neither size nor hash: the last words but one.
    let mut unstated = Command::new(command.get_program());
    let count = words.len();
    unstated.args(&words[..count - 3]).args(["-", "-", "3"]);
    command = unstated;
    setup.site.misbehave(PATH, Behaviour::NoLength);
    let mut running = start(command);
    let failed = running.until("failed");
    assert!(failed.starts_with("Disk is full"), "{failed}");
    let kept: usize = running.until("kept").parse().unwrap();
    assert!((MIB..=2 * MIB).contains(&kept), "{kept}");
    assert_eq!(running.until("asking"), (kept - 1).to_string());
    assert_eq!(running.until("done"), Digest::of(&content).to_string());
    running.child.wait().unwrap();
    assert_eq!(setup.seen()[1].headers["range"], format!("bytes={}-", kept - 1));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_folder_that_may_not_be_written_is_told_and_what_was_kept_in_it_stays() {
    let content = bytes(SIZE, 1);
    let setup = setup(&content).stating(&content);
    let read_only = "mount -o remount,ro small \"$3\"; \"$@\"; stat -c 'kept %s' \"$3\"/*.partial";
    let script = format!("echo x > \"$3/{NAME}.partial\"; {read_only}");
    let Some(command) = on_small_disk(&setup, "16m", &script) else { return };
    let mut running = start(command);
    let failed = running.until("failed");
    assert!(failed.starts_with("Failed to read or write") && failed.contains("Read-only"), "{failed}");
    assert_eq!(running.until("kept"), "2");
    running.child.wait().unwrap();
    assert!(setup.seen().is_empty());
}
