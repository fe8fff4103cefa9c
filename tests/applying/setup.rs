//! A PC with one base, a template for it, and what there is to be seen of it afterwards.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use smarts_core::journal::{self, What};
use smarts_core::os::MachineRoot as Os;
use smarts_core::paths::Paths;
use smarts_core::switch;
use smarts_tests::held;
use smarts_tests::machine_root::{BaseSpec, MachineRoot};
use smarts_tests::template::TemplateBuilder;

pub(super) const FROM: &str = "1.6.2.6493";
pub(super) const TO: &str = "1.6.3.7283";
pub(super) const PRODUCT: &str = "9B3E6ADA-9AD3-4928-8F96-10455B03EC94";
pub(super) const NAME: &str = "Склад 15, Расширенный";
/// Some day long past, so that a file that was written anew shows.
const LONG_AGO: Duration = Duration::from_hours(400_000);

/// A file or folder: its bytes if it is a file, and with its times and rights if it was there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    bytes: Option<Vec<u8>>,
    modified: Option<SystemTime>,
    mode: u32,
}

/// What a base is, by paths below its folder.
pub(super) type Content = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// By path, whatever it is called.
pub(super) type Tree = BTreeMap<PathBuf, Seen>;

pub(super) struct Pc {
    root: MachineRoot,
    template: PathBuf,
}

impl Pc {
    pub(super) fn new() -> Self {
        Self::with(&template())
    }

    pub(super) fn with(template: &TemplateBuilder) -> Self {
        let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
        let base = BaseSpec {
            version: Some(FROM.to_owned()),
            files: vec![
                file("Documents/Cleverence.Warehouse.Environment.xml", "old environment"),
                file("Documents/Приход 1.xml", "документ"),
                file("Documents/1.old", "stale"),
                file("Documentation/README.txt", "old readme"),
                file("Documentation/старое/глубоко/x.txt", "x"),
                file("Кэш/deep/x", "x"),
                file("Reports/form.xml", "replaced with its folder"),
            ],
            ..BaseSpec::new("a", "База")
        };
        let root = MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap().base(&base).unwrap();
        let path = root.path().join("new.mstmpl");
        template.write_to(&path).unwrap();
        let pc = Self { root, template: path };
        for path in pc.tree().into_keys().filter(|path| path.is_file()) {
            let file = fs::File::options().write(true).open(path).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + LONG_AGO).unwrap();
            #[cfg(unix)]
            file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o640)).unwrap();
        }
        pc
    }

    pub(super) fn root(&self) -> &Path {
        self.root.path()
    }

    pub(super) fn base_dir(&self) -> PathBuf {
        self.root.locate(r"C:\ProgramData\Cleverence\Databases\a")
    }

    /// Everything below the base's folder, also what is called as only we call things.
    pub(super) fn tree(&self) -> Tree {
        let mut tree = Tree::new();
        walk(&self.base_dir(), &mut tree);
        tree
    }

    /// The same by paths below the base's folder, without the times that a new file has.
    pub(super) fn content(&self) -> Content {
        let dir = self.base_dir();
        let below = |path: PathBuf| path.strip_prefix(&dir).unwrap().to_path_buf();
        self.tree().into_iter().map(|(path, seen)| (below(path), seen.bytes)).collect()
    }

    pub(super) fn command(&self, words: &[&str], stop: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_apply_one"));
        command.arg(self.root()).args(words).arg(stop);
        command
    }

    pub(super) fn template(&self) -> &str {
        self.template.to_str().unwrap()
    }

    /// An update that ends at this point.
    pub(super) fn update(&self, stop: usize) -> Run {
        Run::of(self.update_command(stop).output().unwrap())
    }

    pub(super) fn update_command(&self, stop: usize) -> Command {
        self.command(&[self.template(), TO], &stop.to_string())
    }

    /// An update during which something is done, at the first point of this name.
    pub(super) fn disturbed(&self, point: &str, disturb: &mut dyn FnMut()) -> Run {
        let ours = self.command(&[self.template(), TO], &format!("~{point}"));
        Run::disturbed(ours, &mut |_| disturb())
    }

    /// What the PC starts when it starts.
    pub(super) fn finish(&self, stop: usize) -> Run {
        Run::of(self.command(&["finish"], &stop.to_string()).output().unwrap())
    }

    pub(super) fn journal(&self) -> Vec<What> {
        let entries = journal::read(&self.paths().journal_path()).unwrap().entries;
        entries.into_iter().map(|entry| entry.what).collect()
    }

    /// Everything of before is there, or everything of after.
    pub(super) fn is_old_or_new(&self, before: &Content, after: &Content) -> bool {
        let content = self.content();
        content == *before || content == *after
    }

    /// Nothing of an update lies around that would have to be dealt with.
    pub(super) fn assert_nothing_left(&self, when: &str) {
        let paths = self.paths();
        assert_eq!(switch::open(&paths).unwrap(), [], "{when}");
        let task = self.root.locate(&format!(r"C:\Windows\System32\Tasks\{}", switch::NEXT_START));
        assert!(!task.exists(), "{when}");
        let ours = |path: &Path| path.file_name().unwrap().to_string_lossy().starts_with(".smarts-");
        assert!(!self.tree().keys().any(|path| ours(path)), "{when}");
        let beside = fs::read_dir(self.base_dir().parent().unwrap()).unwrap();
        assert_eq!(beside.count(), 1, "{when}");
    }

    pub(super) fn paths(&self) -> Paths {
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
    /// One that waits; `disturb` gets the process's id then.
    pub(super) fn disturbed(command: Command, disturb: &mut dyn FnMut(u32)) -> Self {
        let (succeeded, told) = held::disturbed(command, disturb).unwrap();
        Self { succeeded, told }
    }

    pub(super) fn of(output: Output) -> Self {
        let told = String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
        Self { succeeded: output.status.success(), told }
    }

    /// The point it came to last.
    pub(super) fn last(&self) -> &str {
        self.told.last().map_or("", String::as_str)
    }

    /// Whether it ended by itself, well or not.
    pub(super) fn ended(&self) -> bool {
        self.succeeded || self.last().starts_with("failed")
    }

    pub(super) fn reached(&self, point: &str) -> bool {
        self.told.iter().any(|line| line == point)
    }
}

/// Replaces, removes and adds files and folders, also a folder in the place of one that is removed; the description is
/// removed and comes again.
pub(super) fn template() -> TemplateBuilder {
    TemplateBuilder::of_product(PRODUCT, NAME, TO)
        .file("Documents/Cleverence.Warehouse.Environment.xml", "new environment")
        .file("documentation/readme.txt", "new readme")
        .file("Documentation/Новое/глубоко/что нового.txt", "новое")
        .file("Documentation/Новое/b.txt", "b")
        .file("Reports/form.xml", "new form")
        .file("zz.bin", vec![7; 70_000])
        .on_update(
            &[r"Documents\*.old", "кэш", r"Documentation\старое", "Reports", "AppDescription.xml"],
            &[
                "Documentation",
                "AppDescription.xml",
                "Reports",
                "zz.bin",
                r"Documents\Cleverence.Warehouse.Environment.xml",
            ],
        )
}

/// What does not compress.
#[cfg(unix)]
pub(super) fn noise(length: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    (0..length).map(|_| next()).collect()
}

fn walk(dir: &Path, tree: &mut Tree) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let facts = fs::symlink_metadata(&path).unwrap();
        #[cfg(unix)]
        let mode = std::os::unix::fs::PermissionsExt::mode(&facts.permissions());
        #[cfg(not(unix))]
        let mode = 0;
        // A folder's own time says when something in it was renamed.
        let modified = facts.is_file().then(|| facts.modified().unwrap());
        let bytes = facts.is_file().then(|| fs::read(&path).unwrap());
        tree.insert(path.clone(), Seen { bytes, modified, mode });
        if facts.is_dir() {
            walk(&path, tree);
        }
    }
}
