//! Which copies are this PC's: several may share the folder for copies, and have bases of the same names in it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::Listed;
use crate::journal;
use crate::os::Os;
use crate::paths::Paths;

/// How this PC knows its copies: by its name, or by its own journal where it has been given another name since.
pub(super) struct Owner {
    computer: String,
    recorded: HashSet<PathBuf>,
}

impl Owner {
    pub(super) fn this_pc(os: &dyn Os, paths: &Paths) -> Result<Self, journal::Error> {
        let entries = journal::read(&paths.journal_path())?.entries;
        let recorded = entries.into_iter().filter_map(|entry| entry.backup_dir.map(PathBuf::from)).collect();
        Ok(Self { computer: os.identity().computer.to_lowercase(), recorded })
    }

    /// `made_on`: what the manifest says; it says nothing where there was no name.
    pub(super) fn has_made(&self, made_on: &str, backup_dir: &Path) -> bool {
        made_on.is_empty() || made_on.to_lowercase() == self.computer || self.recorded.contains(backup_dir)
    }

    /// Also whatever says nothing of a PC, as it is none of ours or not whole.
    pub(super) fn has(&self, copy: &Listed) -> bool {
        copy.complete().is_none_or(|facts| self.has_made(&facts.computer, &copy.dir))
    }
}
