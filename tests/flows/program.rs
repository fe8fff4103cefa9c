//! The built programs as children, each with a home of its own and no screen.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use smarts_core::os::{MachineRoot, Os as _};
use tempfile::TempDir;

pub(crate) const SMARTS: &str = env!("CARGO_BIN_EXE_smarts");
pub(crate) const TRAY: &str = env!("CARGO_BIN_EXE_smarts-tray");
pub(crate) const WINDOW: &str = env!("CARGO_BIN_EXE_mobile-smarts-updater");

/// A person's home.
pub(crate) struct Home {
    dir: TempDir,
    /// What stands in the output in place of what differs from run to run.
    hidden: Vec<(String, &'static str)>,
}

/// How a program ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Home {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("tmp")).unwrap();
        let mut home = Self { dir, hidden: Vec::new() };
        let path = home.path().to_path_buf();
        home.hide(&path, "[HOME]");
        home
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Shows a path by a name of its own.
    pub(crate) fn hide(&mut self, path: &Path, name: &'static str) {
        let canonical = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        self.hidden.push((canonical.display().to_string(), name));
        self.hidden.push((path.display().to_string(), name));
    }

    /// Shows any other text by a name of its own.
    pub(crate) fn hide_text(&mut self, text: &str, name: &'static str) {
        self.hidden.push((text.to_owned(), name));
    }

    /// Where the last report of this person about that machine lies.
    pub(crate) fn report_path(&self, root: &Path) -> PathBuf {
        let root = MachineRoot::open(root).unwrap();
        let key = smarts_core::paths::key_of(root.machine_root().unwrap());
        self.path().join("data/mobile-smarts-updater/roots").join(key).join("report.json")
    }

    /// A program with its arguments, which sees nothing of this test's own environment.
    pub(crate) fn command<S: AsRef<OsStr>>(&self, program: &str, args: &[S]) -> Command {
        let mut command = Command::new(program);
        command.args(args).env_clear().current_dir(self.path());
        command.envs([("TZ", "UTC"), ("LANG", "C.UTF-8"), ("USER", "ivanov"), ("COMPUTERNAME", "KASSA-1")]);
        let below = |name: &str| self.path().join(name);
        command.envs([
            ("HOME", below("")),
            ("TMPDIR", below("tmp")),
            ("XDG_DATA_HOME", below("data")),
            ("XDG_CONFIG_HOME", below("config")),
            ("XDG_CACHE_HOME", below("cache")),
        ]);
        command
    }

    pub(crate) fn run<S: AsRef<OsStr>>(&self, program: &str, args: &[S], input: &str) -> Ran {
        let mut command = self.command(program, args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that asks nothing may be gone before it has read anything.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| self.shown(&String::from_utf8(bytes).unwrap());
        Ran { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The command line; nobody answers.
    pub(crate) fn smarts<S: AsRef<OsStr>>(&self, args: &[S]) -> Ran {
        self.run(SMARTS, args, "")
    }

    pub(crate) fn shown(&self, text: &str) -> String {
        self.hidden.iter().fold(text.to_owned(), |text, (hidden, name)| text.replace(hidden, name))
    }
}

/// The command line on one machine and source, in Russian, on a certain day.
pub(crate) struct Prompt {
    pub(crate) home: Home,
    pub(crate) root: PathBuf,
    pub(crate) source: String,
}

/// The day it is taken to be.
pub(crate) const TODAY: &str = "2026-11-22";

impl Prompt {
    pub(crate) fn on(root: &Path, source: &Path) -> Self {
        let mut home = Home::new();
        home.hide(root, "[PC]");
        home.hide(source, "[SOURCE]");
        Self { home, root: root.to_path_buf(), source: source.display().to_string() }
    }

    pub(crate) fn run(&self, line: &[&str]) -> Ran {
        self.answered("", line)
    }

    /// With these lines at the standard input.
    pub(crate) fn answered(&self, input: &str, line: &[&str]) -> Ran {
        let root = self.root.display().to_string();
        let language = if line.contains(&"--lang") { [].as_slice() } else { ["--lang", "ru"].as_slice() };
        let common = ["--machine-root", &root, "--source", &self.source, "--today", TODAY];
        self.home.run(SMARTS, &[line, &common, language].concat(), input)
    }
}

impl Ran {
    /// All of it, for a snapshot.
    pub(crate) fn told(&self) -> String {
        format!("status {}\n--- out\n{}--- err\n{}", self.status, self.out, self.err)
    }
}
