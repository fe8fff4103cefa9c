//! One step of one base: files taken out of a template, then put into the base.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Error;
use crate::backup::Changes;
use crate::machine::app_description;
use crate::os::{self, Os, PATIENCE};
use crate::put;
use crate::template::{self, Replacement, Template, Write};
use crate::tree::RelPath;
use crate::version::Version;

/// A step whose files have come out of its template right, and lie beside the base.
pub(super) struct Staged<'a> {
    /// What the base is on afterwards.
    pub(super) version: Version,
    /// The template they are from.
    pub(super) template: Template<'a>,
    /// Where they lie, each under its number in the archive.
    pub(super) dir: PathBuf,
}

impl Staged<'_> {
    /// What it does to the base as that is now.
    pub(super) fn replacement(&self, base_dir: &Path) -> Result<Replacement, Error> {
        let replacement = template::preview(&self.template, base_dir).map_err(Error::Template)?;
        for item in &replacement.absent {
            tracing::warn!(%item, version = %self.version, "Template has nothing for an item");
        }
        Ok(replacement)
    }

    /// Changes the base: what is removed first, then what is written, and the description last of all, so
    /// that the base does not claim a version before all of it is there. `progress` gets what is done and
    /// what there is to do. On an error the base is somewhere in between.
    pub(super) fn apply(
        &self,
        os: &dyn Os,
        base_dir: &Path,
        replacement: &Replacement,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<(), Error> {
        let Replacement { deletes, folders, writes, absent: _ } = replacement;
        let (description, others): (Vec<&Write>, Vec<&Write>) =
            writes.iter().partition(|write| app_description::is_at(&write.path));
        let is_rewritten = |path: &RelPath| description.iter().any(|write| write.path == *path);
        let deletes: Vec<&RelPath> = deletes.iter().filter(|path| !is_rewritten(path)).collect();
        let total = deletes.len() + folders.len() + writes.len();
        let mut done = 0;
        let mut count = |path: &RelPath, changed: io::Result<()>| {
            changed.map_err(|error| {
                let holders = os.holders(&[path.below(base_dir)]).unwrap_or_default();
                Error::Change { path: path.clone(), holders, error }
            })?;
            done += 1;
            progress(done, total);
            Ok(())
        };
        // Backwards: what is in a folder before the folder.
        for path in deletes.into_iter().rev() {
            count(path, remove(&path.below(base_dir)))?;
        }
        for path in folders {
            count(path, fs::create_dir(path.below(base_dir)))?;
        }
        for write in others.into_iter().chain(description) {
            let staged = self.dir.join(write.entry.to_string());
            let written = put::put(&staged, &write.path.below(base_dir), None);
            // The disk may be nearly full: room for the next one.
            count(&write.path, written.and_then(|()| os::patiently(PATIENCE, || fs::remove_file(&staged))))?;
        }
        Ok(())
    }
}

/// Adds what a step is going to change to what the steps before it have.
pub(super) fn note_changes(changes: &mut Changes, replacement: &Replacement) {
    changes.removed.extend(replacement.deletes.iter().cloned());
    changes.made.extend(replacement.folders.iter().cloned());
    changes.made.extend(replacement.writes.iter().map(|write| write.path.clone()));
}

fn remove(path: &Path) -> io::Result<()> {
    os::clear_read_only(path)?;
    let is_dir = fs::symlink_metadata(path)?.is_dir();
    os::patiently(PATIENCE, || if is_dir { fs::remove_dir(path) } else { fs::remove_file(path) })
}
