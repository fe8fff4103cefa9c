//! Versions a person does not want to hear of, for each product and for the platform.
//!
//! Kept twice: in a file of our own, and in the values where the vendor's own updater keeps its answer to the same
//! question, below `HKEY_CURRENT_USER\Software\Cleverence Soft\Mobile SMARTS`: `HideUpdateForVersion` with a version
//! of the platform, and `HideUpdateDB_<id of the base>` with a version of its product. The names of the values were
//! read from a published build of the platform; that they hold the version as text is inferred. So what was skipped
//! in one program is skipped in the other, and an empty value means that nothing is. The vendor's values know no
//! product, so there each base is skipped by itself; one of them does not hide the release for other bases.
//!
//! Deliberately not here: installing a skipped version, which remains possible at any time.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::catalogue::Feed;
use crate::fs;
use crate::notice::Lock;
use crate::offer::{Item, Subject};
use crate::os::{Os, SetValueFault};
use crate::paths::Paths;
use crate::version::Version;

/// Where the vendor's updater keeps a person's answers.
pub const KEY: &str = r"HKEY_CURRENT_USER\Software\Cleverence Soft\Mobile SMARTS";
const OF_PLATFORM: &str = "HideUpdateForVersion";
const OF_BASE: &str = "HideUpdateDB_";

const LARGEST_FILE: u64 = 1024 * 1024;

/// What a person skips.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    own: Vec<Skipped>,
    platform: Option<Version>,
    /// By the id in lower case, as the registry tells names apart.
    bases: HashMap<String, Version>,
}

/// A version of one feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Skipped {
    feed: Feed,
    version: Version,
}

/// Our own file.
#[derive(Default, Serialize, Deserialize)]
struct File {
    skipped: Vec<Skipped>,
}

/// A wish was not kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not even by us. What was skipped before stays as it was.
    #[error("Failed to keep which versions are skipped: {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The vendor's updater still skips it, and so do we.
    #[error("Failed to tell the vendor's updater which versions are skipped no more")]
    Registry(#[source] SetValueFault),
}

impl Hidden {
    /// Reads both. Never fails: what cannot be read hides nothing, and is in the log.
    pub fn load(os: &dyn Os, paths: &Paths) -> Self {
        let values = os.registry_values(KEY).unwrap_or_else(|fault| {
            tracing::warn!(%fault, "Which versions the vendor's updater skips is not known");
            Vec::new()
        });
        let mut hidden = Self { own: read(&paths.hidden_path()).skipped, ..Self::default() };
        for (name, text) in values {
            let Ok(version) = text.parse::<Version>() else { continue };
            let name = name.to_lowercase();
            if name == OF_PLATFORM.to_lowercase() {
                hidden.platform = Some(version);
            } else if let Some(id) = name.strip_prefix(&OF_BASE.to_lowercase()) {
                hidden.bases.insert(id.to_owned(), version);
            }
        }
        hidden
    }

    /// Whether the person skips what is offered for this item.
    pub fn is_hidden(&self, item: &Item) -> bool {
        let Some(offered) = skipped(item) else { return false };
        self.own.contains(&offered) || self.of_vendor(item) == Some(offered.version)
    }

    fn of_vendor(&self, item: &Item) -> Option<Version> {
        match item.subject {
            Subject::Platform => self.platform,
            Subject::Base => self.bases.get(&item.id.to_lowercase()).copied(),
            Subject::Updater => None,
        }
    }

    /// Skips what is offered for these items, in our file first. Items of the same product are skipped with them by
    /// us; to let the vendor's updater know, all bases of the product are to be given. That it could not be told is
    /// in the log and no error: the wish is kept.
    pub fn hide(&mut self, os: &dyn Os, paths: &Paths, items: &[&Item]) -> Result<(), Error> {
        self.change_own(paths, |own| {
            for offered in items.iter().filter_map(|item| skipped(item)) {
                if !own.contains(&offered) {
                    own.push(offered);
                }
            }
        })?;
        for item in items {
            let Some(Skipped { version, .. }) = skipped(item) else { continue };
            if self.of_vendor(item) != Some(version)
                && let Err(fault) = self.tell_vendor(os, item, Some(version))
            {
                tracing::warn!(%fault, item_id = item.id, "The vendor's updater is not told what is skipped");
            }
        }
        Ok(())
    }

    /// Skips what is offered for these items no more, in our file first. Where the vendor's updater cannot be told
    /// they stay skipped, which is an error; all are tried.
    pub fn show_again(&mut self, os: &dyn Os, paths: &Paths, items: &[&Item]) -> Result<(), Error> {
        let offered: Vec<Skipped> = items.iter().filter_map(|item| skipped(item)).collect();
        self.change_own(paths, |own| own.retain(|skipped| !offered.contains(skipped)))?;
        let mut told = Ok(());
        for item in items {
            if skipped(item).is_some_and(|offered| self.of_vendor(item) == Some(offered.version)) {
                told = told.and(self.tell_vendor(os, item, None));
            }
        }
        told.map_err(Error::Registry)
    }

    fn tell_vendor(
        &mut self,
        os: &dyn Os,
        item: &Item,
        version: Option<Version>,
    ) -> Result<(), SetValueFault> {
        set(os, item, &version.map_or_else(String::new, |version| version.to_string()))?;
        self.set_of_vendor(item, version);
        Ok(())
    }

    fn set_of_vendor(&mut self, item: &Item, version: Option<Version>) {
        match (item.subject, version) {
            (Subject::Platform, version) => self.platform = version,
            (Subject::Base, Some(version)) => drop(self.bases.insert(item.id.to_lowercase(), version)),
            (Subject::Base, None) => drop(self.bases.remove(&item.id.to_lowercase())),
            (Subject::Updater, _) => {}
        }
    }

    /// Changes what is in the file now, which another process may have changed since it was read.
    fn change_own(&mut self, paths: &Paths, change: impl FnOnce(&mut Vec<Skipped>)) -> Result<(), Error> {
        let path = paths.hidden_path();
        let write = |source| Error::Write { path: path.clone(), source };
        let _lock = Lock::of(&path).map_err(write)?;
        // To begin anew because of a fault that may pass would lose what was skipped before.
        let mut file = match fs::read_limited(&path, LARGEST_FILE) {
            Err(error) if error.kind() != io::ErrorKind::FileTooLarge => return Err(write(error)),
            bytes => understood(&path, bytes),
        };
        change(&mut file.skipped);
        let mut bytes = serde_json::to_vec_pretty(&file).map_err(|error| write(error.into()))?;
        bytes.push(b'\n');
        fs::write_atomically(&path, &bytes).map_err(write)?;
        self.own = file.skipped;
        Ok(())
    }
}

fn skipped(item: &Item) -> Option<Skipped> {
    let release = item.offer()?.release()?;
    Some(Skipped { feed: release.feed.clone(), version: release.version })
}

/// Where there is no registry there is no other updater to be told.
fn set(os: &dyn Os, item: &Item, text: &str) -> Result<(), SetValueFault> {
    let name = match item.subject {
        Subject::Platform => OF_PLATFORM.to_owned(),
        Subject::Base => format!("{OF_BASE}{}", item.id),
        Subject::Updater => return Ok(()),
    };
    match os.set_user_value(KEY, &name, text) {
        Ok(()) | Err(SetValueFault::NotHere) => Ok(()),
        Err(fault) => Err(fault),
    }
}

fn read(path: &Path) -> File {
    understood(path, fs::read_limited(path, LARGEST_FILE))
}

/// What was read; nothing where it is not known.
fn understood(path: &Path, bytes: io::Result<Option<Vec<u8>>>) -> File {
    let file = match bytes {
        Ok(None) => return File::default(),
        Ok(Some(bytes)) => serde_json::from_slice(&bytes).map_err(io::Error::from),
        Err(error) => Err(error),
    };
    file.unwrap_or_else(|error| {
        tracing::warn!(path = %path.display(), %error, "Which versions are skipped is not known");
        File::default()
    })
}

#[cfg(test)]
mod tests;
