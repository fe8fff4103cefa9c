//! What an update may change in a base, kept beside the base's copy, and putting back just that.
//!
//! While a base is updated others may write into it: a device sends a document. Such files are nobody's to
//! remove or to revert, so only what the update names is put back. Kept on disk, because a run that is cut
//! off cannot tell any more.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::restore::{is_equal, note};
use super::{Backup, Error, FileRecord, RestoreFault};
use crate::machine::app_description;
use crate::put;
use crate::switch;
use crate::tree::{self, RelPath};

/// Paths in a base that an update removes, and such that it makes or replaces. A path may be in both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// Files and folders that are removed.
    pub removed: BTreeSet<RelPath>,
    /// Files and folders that are made, and files that are replaced.
    pub made: BTreeSet<RelPath>,
}

/// Makes everything that `changes` names what it is in the copy, and leaves all the rest of the base alone.
///
/// A folder that was made stays if somebody else has put something into it. One thing that cannot be put
/// back does not keep the rest from it. The description of the base comes first, so that a base that is put
/// back in part does not claim the new version.
pub fn put_back(backup: &Backup, base_dir: &Path, changes: &Changes) -> Result<(), Error> {
    let mut faults = Vec::new();
    let is_named = |path: &RelPath| changes.removed.contains(path) || changes.made.contains(path);
    let (description, files): (Vec<&FileRecord>, Vec<&FileRecord>) = backup
        .manifest
        .files
        .iter()
        .filter(|file| is_named(&file.path))
        .partition(|file| app_description::is_at(&file.path));
    write(backup, base_dir, &description, &mut faults);
    make_room(backup, base_dir, changes, &mut faults);
    for folder in backup.manifest.folders.iter().filter(|folder| is_named(folder)) {
        let to = folder.below(base_dir);
        note(&mut faults, &to, no_link_above(base_dir, folder).and_then(|()| fs::create_dir_all(&to)));
    }
    write(backup, base_dir, &files, &mut faults);
    remove_left_over(base_dir, changes, &mut faults);
    if faults.is_empty() { Ok(()) } else { Err(Error::NotRestored { faults }) }
}

fn write(backup: &Backup, base_dir: &Path, files: &[&FileRecord], faults: &mut Vec<RestoreFault>) {
    for file in files {
        let to = file.path.below(base_dir);
        let written = no_link_above(base_dir, &file.path).and_then(|()| {
            if is_equal(file, &to) {
                return Ok(());
            }
            if let Some(dir) = to.parent() {
                fs::create_dir_all(dir)?;
            }
            put::put(&file.path.below(&backup.dir), &to, Some(file.sha256))
        });
        note(faults, &to, written);
    }
}

/// Removes what was made and is not in the copy, and what stands where the copy has another kind of thing.
fn make_room(backup: &Backup, base_dir: &Path, changes: &Changes, faults: &mut Vec<RestoreFault>) {
    let files: HashSet<&RelPath> = backup.manifest.files.iter().map(|file| &file.path).collect();
    let folders: HashSet<&RelPath> = backup.manifest.folders.iter().collect();
    let covered = changes.removed.iter().filter(|path| files.contains(path));
    let paths: BTreeSet<&RelPath> = changes.made.iter().chain(covered).collect();
    // Backwards: what is in a folder before the folder.
    for path in paths.into_iter().rev() {
        let there = path.below(base_dir);
        let is_folder = match fs::symlink_metadata(&there) {
            Ok(facts) => facts.is_dir(),
            Err(error) if is_absent(&error) => continue,
            Err(error) => {
                note(faults, &there, Err(error));
                continue;
            }
        };
        let removed = no_link_above(base_dir, path).and_then(|()| {
            match (is_folder, files.contains(path), folders.contains(path)) {
                (true, true, _) => remove_empty_folders(&there),
                (true, false, false) => match fs::remove_dir(&there) {
                    Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
                    removed => removed,
                },
                // Windows removes a junction as a folder.
                (false, false, _) => fs::remove_file(&there).or_else(|_| fs::remove_dir(&there)),
                (true, false, true) | (false, true, _) => Ok(()),
            }
        });
        note(faults, &there, removed);
    }
}

/// Somebody's file in one of them is an error: it is not ours to remove.
fn remove_empty_folders(dir: &Path) -> io::Result<()> {
    let nodes = tree::list(dir).map_err(io::Error::other)?;
    for node in nodes.iter().rev() {
        fs::remove_dir(node.path.below(dir))?;
    }
    fs::remove_dir(dir)
}

/// Removes the unfinished file that a run which was cut off has left beside one that it was to replace.
fn remove_left_over(base_dir: &Path, changes: &Changes, faults: &mut Vec<RestoreFault>) {
    let mut dirs: HashMap<_, &RelPath> = HashMap::new();
    for path in &changes.made {
        dirs.entry(path.parent()).or_insert(path);
    }
    for path in dirs.into_values() {
        let there = path.below(base_dir);
        let Some(entries) = there.parent().and_then(|dir| fs::read_dir(dir).ok()) else { continue };
        if no_link_above(base_dir, path).is_err() {
            continue;
        }
        for entry in entries.filter_map(Result::ok) {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            // What a switch has put aside may be all there is of a file.
            let is_ours = name.starts_with(put::TEMPORARY_PREFIX) && !switch::is_ours(&name);
            if is_ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                note(faults, &entry.path(), fs::remove_file(entry.path()));
            }
        }
    }
}

/// A folder that has become a link leads to somebody else's files.
fn no_link_above(base_dir: &Path, path: &RelPath) -> io::Result<()> {
    let mut above = path.parent();
    while let Some(folder) = above {
        match fs::symlink_metadata(folder.below(base_dir)) {
            Ok(facts) if facts.is_symlink() => return Err(io::ErrorKind::NotADirectory.into()),
            Err(error) if !is_absent(&error) => return Err(error),
            Ok(_) | Err(_) => above = folder.parent(),
        }
    }
    Ok(())
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
