//! What is in force, as the worker has read it, and what of it is to become another.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::Timestamp;
use smarts_core::digest::Digest;
use smarts_core::settings::{KEYS, Key, Settings, Unsaid};

use crate::model::schedule::{Access, NeverMeans, Task};

/// All there is to know about the settings of this PC.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingsFacts {
    /// Each of them.
    pub values: BTreeMap<Key, StoredValue>,
    /// Where they are stored.
    pub file: PathBuf,
    /// Keys of the file that mean nothing here.
    pub unknown: Vec<String>,
    /// Others than administrators may write the file, so the defaults count.
    pub is_ignored: bool,
    /// Whether this person may change them.
    pub access: Access,
    /// The scheduled task.
    pub task: TaskFacts,
    /// The trusted root.
    pub root: RootState,
    /// Where the trusted root is stored.
    pub root_file: PathBuf,
    /// By which that file is told from any other; `None` where there is none or it cannot be read.
    pub root_digest: Option<Digest>,
    /// Where things are now, in words of this PC.
    pub places: Places,
    /// This person's own choices are stored here.
    pub own_file: PathBuf,
}

/// One setting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredValue {
    /// What is in force; `None`: nothing.
    pub text: Option<String>,
    /// It stands in the file, or the scheduled task has one of its own.
    pub is_set: bool,
    /// What of it the text does not say, so that it is not changed as a text.
    pub unsaid: Option<Unsaid>,
}

/// The scheduled task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskFacts {
    /// Whose it is.
    pub task: Task,
    /// The same in words.
    pub words: String,
    /// Whether a former one is kept, which comes back when ours is removed.
    pub former_kept: bool,
    /// When it runs next, where that can be told.
    pub next_run: Option<Timestamp>,
}

/// The trusted root of this PC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RootState {
    /// There is none.
    None,
    /// Nothing counts but what it vouches for.
    Installed {
        /// The version in force.
        version: u64,
        /// Until when.
        expires: Timestamp,
        /// When the file was written.
        since: Option<Timestamp>,
    },
    /// It is there and cannot be used, so nothing is read from a source; a sentence.
    Unusable(String),
}

/// Where things are now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The source in force, as it may be shown.
    pub source: String,
    /// Copies of bases.
    pub backups: PathBuf,
    /// Files of releases.
    pub downloads: PathBuf,
    /// The proxy in the way, in words.
    pub proxy: String,
    /// What is wrong with the company's certificates, or that they count; a sentence.
    pub ca_file: Option<String>,
}

/// A file that is to become the trusted root, examined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenRoot {
    /// The file.
    pub path: PathBuf,
    /// By which it is told from any other.
    pub digest: Digest,
    /// Its version.
    pub version: u64,
    /// Until when it counts.
    pub expires: Timestamp,
}

/// What is to be put in force, all of it at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingsChange {
    /// Settings with their texts.
    pub set: Vec<(Key, String)>,
    /// Settings whose default is to count.
    pub reset: Vec<Key>,
    /// Whether the scheduled task is to be ours.
    pub task: Option<bool>,
    /// The root to install.
    pub root: Option<ChosenRoot>,
}

impl SettingsChange {
    /// How many things it changes.
    pub fn count(&self) -> usize {
        self.set.len()
            + self.reset.len()
            + usize::from(self.task.is_some())
            + usize::from(self.root.is_some())
    }

    /// Whether any of it counts from the next start of the window on.
    pub fn needs_restart(&self) -> bool {
        let keys = self.set.iter().map(|(key, _)| key).chain(&self.reset);
        self.root.is_some() || keys.into_iter().any(|key| !counts_at_once(*key))
    }
}

/// What the background check reads at each run, and this window whenever it is saved.
fn counts_at_once(key: Key) -> bool {
    matches!(key, Key::CheckHours | Key::WorkingHours | Key::Maintenance | Key::Notify | Key::Offline)
}

/// What counts where nothing is set; `None`: nothing does.
pub fn default_of(key: Key) -> Option<String> {
    key.text(&Settings::default())
}

impl SettingsFacts {
    /// One setting.
    pub fn value(&self, key: Key) -> StoredValue {
        self.values.get(&key).cloned().unwrap_or_default()
    }

    /// Whether anything that counts from the next start of the window on is another than before.
    pub fn needs_restart_after(&self, before: &Self) -> bool {
        let is_other = |key: &Key| !counts_at_once(*key) && self.value(*key).text != before.value(*key).text;
        self.root_digest != before.root_digest || KEYS.iter().any(is_other)
    }
}

impl TaskFacts {
    /// What it means that this program does not check by itself; `None` where it does, or is to.
    pub fn never_means(&self, automatic: bool) -> Option<NeverMeans> {
        if automatic {
            return None;
        }
        Some(match self.task {
            Task::Foreign => NeverMeans::ForeignStays,
            Task::Ours if self.former_kept => NeverMeans::FormerBack,
            Task::Ours | Task::Off | Task::None | Task::Unknown => NeverMeans::Silence,
        })
    }
}
