//! A PC with one base, its copies, and what there is to be seen of both afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jiff::tz::TimeZone;
use smarts_core::backup::{self, Backup, Changes, Listed, Place, State, Taken, Why, Without};
use smarts_core::digest::Digest;
use smarts_core::journal::{self, Entry, What};
use smarts_core::os::{Linux, MachineRoot as Os, Os as _};
use smarts_core::paths::Paths;
use smarts_core::switch;
use smarts_core::tree::RelPath;
use smarts_core::{machine, tree};
use smarts_tests::held;
use smarts_tests::machine_root::{self, BaseSpec, MachineRoot};

const OLD: &str = "1.6.2.6493";
const NEW: &str = "1.6.3.7283";

/// By path below a folder, with the bytes of files.
pub(super) type Content = BTreeMap<String, Option<Vec<u8>>>;

pub(super) struct Pc {
    root: MachineRoot,
}

impl Pc {
    pub(super) fn new() -> Self {
        let root = MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap().base(&spec(OLD)).unwrap();
        Self { root }
    }

    /// With a copy that an update was made after; the answer is also what the base was before.
    pub(super) fn updated() -> (Self, String, Content) {
        let pc = Self::new();
        let before = pc.content();
        let os = Os::open(pc.root()).unwrap();
        let base = machine::read(&os).bases.remove(0);
        let taken = Taken {
            at: "2026-11-22T12:40:05+00:00[UTC]".parse().unwrap(),
            by: os.identity(),
            why: Why::Update { to: NEW.parse().ok() },
            without: Without::default(),
        };
        let cancel = tokio_util::sync::CancellationToken::new();
        let backups_dir = pc.backups_dir();
        let place = Place { os: &os, dir: &backups_dir };
        let copy = backup::create(place, &base, &pc.base_dir(), &taken, &mut |_| (), &cancel).unwrap();
        let made = ["AppDescription.xml", "Documentation/README.txt", "Documentation/new.txt"];
        let removed = BTreeSet::from([path("Documents/1.old")]);
        copy.keep_changes(&os, &Changes { removed, made: made.map(path).into() }).unwrap();
        pc.write("AppDescription.xml", machine_root::app_description(&spec(NEW)).as_bytes());
        pc.write("Documentation/README.txt", b"new readme");
        pc.write("Documentation/new.txt", b"new");
        fs::remove_file(pc.base_dir().join("Documents/1.old")).unwrap();
        let put = made.map(|name| {
            let bytes = fs::read(pc.base_dir().join(name)).unwrap();
            (path(name).key(), Digest::of(&bytes))
        });
        let put = serde_json::json!({ "base_id": "a", "version": NEW, "files": BTreeMap::from(put) });
        let put_path = pc.paths().installed_path("a");
        fs::create_dir_all(put_path.parent().unwrap()).unwrap();
        fs::write(put_path, put.to_string()).unwrap();
        // What people have done since.
        pc.write("Documents/2.xml", b"since");
        pc.write("Documents/1.xml", b"changed since");
        (pc, copy.dir.file_name().unwrap().to_str().unwrap().to_owned(), before)
    }

    pub(super) fn root(&self) -> &Path {
        self.root.path()
    }

    pub(super) fn base_dir(&self) -> PathBuf {
        self.root.locate(r"C:\ProgramData\Cleverence\Databases\a")
    }

    pub(super) fn backups_dir(&self) -> PathBuf {
        self.paths().backup_dir
    }

    pub(super) fn content(&self) -> Content {
        content(&self.base_dir())
    }

    pub(super) fn copies(&self) -> Vec<Listed> {
        backup::list(Place { os: &Linux, dir: &self.backups_dir() }, &TimeZone::UTC).unwrap()
    }

    pub(super) fn journal(&self) -> Vec<Entry> {
        journal::read(&self.paths().journal_path()).unwrap().entries
    }

    pub(super) fn last_kind(&self) -> Option<What> {
        self.journal().last().map(|entry| entry.what)
    }

    pub(super) fn write(&self, below: &str, bytes: &[u8]) {
        fs::write(self.base_dir().join(below), bytes).unwrap();
    }

    pub(super) fn command(&self, words: &[&str], stop: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copy_one"));
        command.arg(self.root()).args(words).arg(stop);
        command
    }

    /// A run that is killed at this point, or at none.
    pub(super) fn run(&self, words: &[&str], stop: usize) -> Run {
        Run::of(self.command(words, &stop.to_string()).output().unwrap())
    }

    /// A run during which something is done, at the first point of this name.
    pub(super) fn disturbed(&self, words: &[&str], point: &str, disturb: &mut dyn FnMut()) -> Run {
        let whole = Self::run(&Self::like(self), words, 0);
        let stop = whole.told.iter().position(|line| line.contains(point)).unwrap() + 1;
        let command = self.command(words, &format!("~{stop}"));
        let (succeeded, told) = held::disturbed(command, &mut |_| disturb()).unwrap();
        Run { succeeded, told }
    }

    /// Another PC in the same state, for a run that tells where its points are.
    fn like(&self) -> Self {
        let other = Self { root: MachineRoot::new().unwrap() };
        copy_dir(self.root(), other.root());
        other
    }

    /// Nothing lies among the copies that is no whole copy of ours with what belongs to it.
    pub(super) fn assert_whole_copies(&self, count: usize, when: &str) {
        let copies = self.copies();
        assert_eq!(copies.len(), count, "{when}: {copies:?}");
        let mut expected = BTreeSet::new();
        for copy in &copies {
            assert!(copy.complete().is_some(), "{when}: {copy:?}");
            let opened = Backup::open(&copy.dir).unwrap();
            assert_eq!(content(&copy.dir).len(), opened.manifest.files.len() + opened.manifest.folders.len());
            expected.extend([copy.id.clone(), format!("{}.json", copy.id)]);
            expected.extend(opened.has_changes().then(|| format!("{}.changes.json", copy.id)));
        }
        let found: BTreeSet<String> = fs::read_dir(self.backups_dir())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(found, expected, "{when}");
    }

    pub(super) fn assert_nothing_of_ours_in_the_base(&self, when: &str) {
        let mut dirs = vec![self.base_dir()];
        while let Some(dir) = dirs.pop() {
            for entry in fs::read_dir(dir).unwrap() {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                assert!(!name.starts_with(".smarts-"), "{when}: {}", path.display());
                dirs.extend(path.is_dir().then_some(path));
            }
        }
        assert!(switch::open(&self.paths()).unwrap().is_empty(), "{when}");
    }

    /// No half of a copy looks like one, neither like ours nor like the vendor's.
    pub(super) fn assert_halves_are_seen(&self, complete: usize, when: &str) {
        let copies = self.copies();
        let whole = copies.iter().filter(|copy| copy.complete().is_some()).count();
        assert_eq!(whole, complete, "{when}: {copies:?}");
        let others = copies.iter().filter(|copy| copy.complete().is_none());
        assert!(others.into_iter().all(|copy| copy.state == State::Unfinished), "{when}: {copies:?}");
    }

    fn paths(&self) -> Paths {
        Paths::below(&Os::open(self.root()).unwrap(), &self.root().join("person"))
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

    /// The point it came to last, or how it ended.
    pub(super) fn last(&self) -> &str {
        self.told.last().map_or("", String::as_str)
    }

    pub(super) fn reached(&self, point: &str) -> bool {
        self.told.iter().any(|line| line == point)
    }
}

pub(super) fn content(dir: &Path) -> Content {
    let nodes = tree::list(dir).unwrap();
    nodes.iter().map(|node| (node.path.to_string(), fs::read(node.path.below(dir)).ok())).collect()
}

fn spec(version: &str) -> BaseSpec {
    let file = |path: &str, bytes: &[u8]| (path.to_owned(), bytes.to_vec());
    BaseSpec {
        version: Some(version.to_owned()),
        files: vec![
            file("Documents/1.xml", "документ".as_bytes()),
            file("Documents/1.old", b"old"),
            file("Documents/large.bin", &vec![7; 3 << 20]),
            file("Documentation/README.txt", b"old readme"),
        ],
        ..BaseSpec::new("a", "База")
    }
}

fn path(text: &str) -> RelPath {
    RelPath::try_from(text.to_owned()).unwrap()
}

fn copy_dir(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir_all(&to).unwrap();
            copy_dir(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
