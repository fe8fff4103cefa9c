//! The real stub in a folder of its own, and beside it programs that stand for `smarts` and the window.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use smarts_updater::instance::Call;
use smarts_updater::tray::notice::Notice;
use smarts_updater::tray::tell;

use super::PATIENCE;
use super::desktop::Desktop;
use crate::program::{Home, Ran, SMARTS as REAL_SMARTS, TRAY};

/// Says what it was started with, and does what its number tells it to.
const SMARTS: &str = r#"#!/bin/sh
dir=${0%/*}
echo "smarts $*" >> "$dir/asked"
turn=$(wc -l < "$dir/asked")
[ ! -f "$dir/turn-$turn" ] || . "$dir/turn-$turn"
echo "smarts $*" > "$dir/told"
"#;
const WINDOW: &str = r#"#!/bin/sh
echo "window $*" > "${0%/*}/told"
"#;

pub(super) struct Stub {
    home: Home,
    turns: u32,
    told: Receiver<String>,
}

/// A stub that runs; one that a failed test leaves behind is ended.
pub(super) struct Running(Child);

impl Stub {
    pub(super) fn new() -> Self {
        let home = Home::new();
        let dir = home.path().join("programs");
        fs::create_dir(&dir).unwrap();
        link(TRAY, &dir.join("smarts-tray"));
        for (name, text) in [("smarts", SMARTS), ("mobile-smarts-updater", WINDOW)] {
            fs::write(dir.join(name), text).unwrap();
            fs::set_permissions(dir.join(name), fs::Permissions::from_mode(0o755)).unwrap();
        }
        let pipe_path = dir.join("told");
        assert!(Command::new("mkfifo").arg(&pipe_path).status().unwrap().success());
        // Open for writing too, so that it does not end when a program does.
        let pipe = File::options().read(true).write(true).open(&pipe_path).unwrap();
        let (sender, told) = sync_channel(64);
        let reading = move || {
            for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        };
        thread::Builder::new().name("told".into()).spawn(reading).unwrap();
        Self { home, turns: 0, told }
    }

    fn dir(&self) -> PathBuf {
        self.home.path().join("programs")
    }

    pub(super) fn state_dir(&self) -> PathBuf {
        self.home.path().join("data/mobile-smarts-updater")
    }

    /// What `smarts` does when it is asked for the next time: lines of a shell.
    pub(super) fn then(&mut self, lines: &str) -> &mut Self {
        self.turns += 1;
        fs::write(self.dir().join(format!("turn-{}", self.turns)), lines).unwrap();
        self
    }

    /// What `smarts` says then.
    pub(super) fn then_says(&mut self, notice: &Notice) -> &mut Self {
        let path = self.dir().join(format!("notice-{}", self.turns + 1));
        fs::write(&path, serde_json::to_vec(notice).unwrap()).unwrap();
        self.then(&format!("cat '{}'", path.display()))
    }

    /// `smarts` says that it was asked, and then nothing until [`Self::let_smarts_go`].
    pub(super) fn then_waits(&mut self) -> &mut Self {
        let gate = self.dir().join("gate");
        assert!(Command::new("mkfifo").arg(&gate).status().unwrap().success());
        // After a failed test nobody opens the gate.
        self.then("echo \"smarts $*\" > \"$dir/told\"; timeout 60 cat \"$dir/gate\"; exit 0")
    }

    pub(super) fn let_smarts_go(&self) {
        fs::write(self.dir().join("gate"), "").unwrap();
    }

    /// The real one in place of what stands for it.
    pub(super) fn with_real_smarts(&self) {
        self.without_smarts();
        link(REAL_SMARTS, &self.dir().join("smarts"));
    }

    pub(super) fn without_smarts(&self) {
        fs::remove_file(self.dir().join("smarts")).unwrap();
    }

    /// On a desktop; `None`: where there is none.
    pub(super) fn start(&self, desktop: Option<&Desktop>, args: &[&str]) -> Running {
        self.start_at(desktop.map(|desktop| desktop.address.as_str()), args)
    }

    /// Where the bus is said to be.
    pub(super) fn start_at(&self, address: Option<&str>, args: &[&str]) -> Running {
        let own_path = self.dir().join("smarts-tray");
        let mut command = self.home.command(own_path.to_str().unwrap(), args);
        if let Some(address) = address {
            command.env("DBUS_SESSION_BUS_ADDRESS", address);
        }
        command.env("XDG_RUNTIME_DIR", self.home.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Running(command.spawn().unwrap())
    }

    /// The next program that was started, and with what.
    pub(super) fn started(&self) -> String {
        self.told.recv_timeout(PATIENCE).unwrap()
    }

    pub(super) fn starts_nothing_more(&self) -> bool {
        self.told.try_recv().is_err()
    }

    /// As the window or another program of ours.
    pub(super) fn tell(&self, call: &Call) {
        tell::stubs(&self.state_dir(), call, None);
    }

    /// How often something stands in the log.
    pub(super) fn logged(&self, text: &str) -> usize {
        let files = fs::read_dir(self.state_dir().join("logs")).unwrap().map(|file| file.unwrap().path());
        files.map(|path| fs::read_to_string(path).unwrap().matches(text).count()).sum()
    }

    /// How it ended.
    pub(super) fn end_of(&self, mut running: Running) -> Ran {
        let (sender, ended) = sync_channel(1);
        let (out, err) = (running.0.stdout.take().unwrap(), running.0.stderr.take().unwrap());
        let reading = move || sender.send((bytes_of(out), bytes_of(err))).unwrap();
        thread::Builder::new().name("end".into()).spawn(reading).unwrap();
        let (out, err) = ended.recv_timeout(PATIENCE).unwrap();
        let status = running.0.wait().unwrap();
        let text = |bytes: Vec<u8>| self.home.shown(&String::from_utf8(bytes).unwrap());
        Ran { status: status.code().unwrap_or(-1), out: text(out), err: text(err) }
    }
}

fn link(program: &str, path: &Path) {
    // On another drive it has to be a copy.
    if fs::hard_link(program, path).is_err() {
        fs::copy(program, path).unwrap();
    }
}

/// All of an output, once everybody has closed it.
fn bytes_of(mut output: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    output.read_to_end(&mut bytes).unwrap();
    bytes
}

impl Running {
    pub(super) fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Nothing happens to one that has ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
