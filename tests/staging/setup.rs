//! A PC with one base, its folder of staged apps, and what a device sees of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use smarts_core::devices::staged::{self, Staged};
use smarts_core::journal::{self, What};
use smarts_core::os::MachineRoot as Os;
use smarts_core::paths::Paths;
use smarts_core::{tree, version};
use smarts_tests::apk::ApkBuilder;
use smarts_tests::held;
use smarts_tests::machine_root::{BaseSpec, MachineRoot};

pub(super) const OLD: &str = "3.3.0.28766";
pub(super) const NEW: &str = "3.4.0.46990";

/// What a device with an app of each of these versions is offered: the version, the text, and the bytes of the package.
pub(super) type Seen = Vec<Option<(String, String, Vec<u8>)>>;

pub(super) struct Pc {
    pub(super) root: MachineRoot,
}

impl Pc {
    /// With nothing staged.
    pub(super) fn new() -> Self {
        let base = BaseSpec {
            folder: r"C:\Bases\Основной склад".into(), ..BaseSpec::new("a", "База")
        };
        let root = MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap().base(&base).unwrap();
        fs::write(root.path().join("document.xml"), "").unwrap();
        Self { root }
    }

    /// With an older app staged by our own hand.
    pub(super) fn with_old() -> Self {
        let pc = Self::new();
        assert!(pc.stage(OLD, "старое", "keep", 0).succeeded);
        pc
    }

    pub(super) fn base_dir(&self) -> PathBuf {
        self.root.locate(r"C:\Bases\Основной склад")
    }

    /// Where what was staged is recorded.
    pub(super) fn records_dir(&self) -> PathBuf {
        let os = Os::open(self.root.path()).unwrap();
        let paths = Paths::below(&os, &self.root.path().join("person"));
        paths.staged_path("a").parent().unwrap().to_path_buf()
    }

    pub(super) fn dir(&self) -> PathBuf {
        self.base_dir().join("Update/Android")
    }

    pub(super) fn write(&self, below: &str, bytes: impl AsRef<[u8]>) {
        let path = self.dir().join(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(super) fn apk(&self, version: &str) -> PathBuf {
        self.apk_of(&format!("app {version}.apk"), &ApkBuilder::new(version).filled(900_000))
    }

    pub(super) fn apk_of(&self, name: &str, apk: &ApkBuilder) -> PathBuf {
        let path = self.root.path().join(name);
        fs::write(&path, apk.build().unwrap()).unwrap();
        path
    }

    pub(super) fn staged(&self) -> Staged {
        staged::read(&self.base_dir())
    }

    /// As devices see it that have no app to speak of, the old one, and the new one.
    pub(super) fn seen(&self) -> Seen {
        let staged = self.staged();
        let seen = |own: &str| {
            let own: version::Version = own.parse().unwrap();
            let app = staged.offered_to(&own)?;
            let content = app.content.as_ref().unwrap();
            Some((app.version.to_string(), content.text.clone(), fs::read(&content.path).unwrap()))
        };
        ["1.0", OLD, NEW].map(seen).into()
    }

    /// What the devices are offered: versions alone.
    pub(super) fn offered(&self) -> Vec<Option<String>> {
        self.seen().into_iter().map(|seen| seen.map(|(version, _, _)| version)).collect()
    }

    /// Everything that is part of the base, by path; the name of what is put aside without what differs from run to run.
    pub(super) fn content(&self) -> BTreeMap<String, Option<Vec<u8>>> {
        let nodes = tree::list(&self.base_dir()).unwrap();
        let path = |path: &str| match path.split_once("/.removed-") {
            Some((dir, aside)) => {
                let (name, below) = aside.split_once('/').unwrap_or((aside, ""));
                format!("{dir}/.removed-{}/{below}", name.rsplit_once('-').unwrap().0)
            }
            None => path.to_owned(),
        };
        let read = |node: &tree::Node| fs::read(node.path.below(&self.base_dir())).ok();
        nodes.iter().map(|node| (path(&node.path.to_string()), read(node))).collect()
    }

    /// The same without folders in which nothing is: they are left behind.
    pub(super) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.content().into_iter().filter_map(|(path, bytes)| Some((path, bytes?))).collect()
    }

    /// How many things with a name of ours lie in the folder of staged apps.
    pub(super) fn left_over(&self) -> usize {
        let entries = fs::read_dir(self.dir()).into_iter().flatten();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let is_ours =
            |name: &str| [".smarts-", ".tmp", ".removed-"].iter().any(|ours| name.starts_with(ours));
        names.filter(|name| is_ours(name)).count()
    }

    /// What is put aside.
    pub(super) fn aside(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.dir()).unwrap().map(|entry| entry.unwrap());
        let aside = entries.filter(|entry| entry.file_name().to_str().unwrap().starts_with(".removed-"));
        aside.map(|entry| entry.path()).collect()
    }

    /// An app by another hand, in a folder of its own, on the list.
    pub(super) fn by_hand(&self, version: &str, folder: &str) {
        self.write(&format!("{folder}/app.apk"), ApkBuilder::new(version).build().unwrap());
        let described = "<update><file>app.apk</file><description>чужое</description></update>";
        self.write(&format!("{folder}/update.xml"), described);
        let list = fs::read_to_string(self.dir().join("versions.xml"));
        let list = list.unwrap_or_else(|_| "<update><versions></versions></update>".to_owned());
        let entry = format!("<version name='{version}' path='{folder}'/></versions>");
        self.write("versions.xml", list.replace("</versions>", &entry));
    }

    pub(super) fn journal(&self) -> Vec<What> {
        let os = Os::open(self.root.path()).unwrap();
        let paths = Paths::below(&os, &self.root.path().join("person"));
        journal::read(&paths.journal_path()).unwrap().entries.iter().map(|entry| entry.what).collect()
    }

    pub(super) fn command(&self, words: &[&str], stop: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stage_one"));
        command.arg(self.root.path()).args(words).arg(stop);
        command
    }

    /// A run that is killed at this point, or at none.
    pub(super) fn run(&self, words: &[&str], stop: usize) -> Run {
        Run::of(self.command(words, &stop.to_string()).output().unwrap())
    }

    pub(super) fn stage(&self, version: &str, text: &str, older: &str, stop: usize) -> Run {
        let apk = self.apk(version);
        self.run(&["stage", apk.to_str().unwrap(), text, older], stop)
    }

    /// A run during which something is done, at the point with this number.
    pub(super) fn disturbed(&self, words: &[&str], stop: usize, disturb: &mut dyn FnMut()) -> Run {
        let command = self.command(words, &format!("~{stop}"));
        let (succeeded, told) = held::disturbed(command, &mut |_| disturb()).unwrap();
        Run { succeeded, told }
    }
}

/// How a process ended, and what it told.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) succeeded: bool,
    pub(super) told: Vec<String>,
}

impl Run {
    pub(super) fn of(output: Output) -> Self {
        let told = String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
        Self { succeeded: output.status.success(), told }
    }

    /// Which point this one was, counted from 1.
    pub(super) fn number(&self, point: &str) -> usize {
        1 + self.told.iter().position(|told| told == point).unwrap()
    }

    /// The point it came to last, or how it ended.
    pub(super) fn last(&self) -> &str {
        self.told.last().map_or("", String::as_str)
    }
}
