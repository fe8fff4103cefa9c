//! Putting a whole base back. What an update has changed is put back by [`put_back`](super::put_back()).

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::{Backup, Error, FileRecord, RestoreFault};
use crate::digest::Digest;
use crate::os;
use crate::put;
use crate::tree::{self, Kind, Node, RelPath};

/// Makes the base byte for byte what the copy is: removes what is new, rewrites what differs, and leaves
/// alone what is equal and what the copy has left out. Whatever else was done in the base since the copy is lost.
///
/// One thing that cannot be put back does not keep the rest from it. Files are replaced as a whole, and
/// only by bytes that are what the manifest says, so a copy that was damaged damages nothing further.
///
/// `progress` gets the bytes of the copy that are in the base again, and how many it has.
pub fn restore(backup: &Backup, base_dir: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<(), Error> {
    let mut faults = Vec::new();
    match present(backup, base_dir) {
        Ok(nodes) => {
            remove_new(backup, base_dir, &nodes, &mut faults);
            write_missing(backup, base_dir, progress, &mut faults);
        }
        Err(error) => faults.push(RestoreFault { path: base_dir.to_path_buf(), error }),
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::NotRestored { faults }) }
}

fn present(backup: &Backup, base_dir: &Path) -> io::Result<Vec<Node>> {
    fs::create_dir_all(base_dir)?;
    backup.manifest.without.list(base_dir).map_err(|error| match error {
        tree::Error::Read { error, .. } => error,
        tree::Error::Name { .. } => io::Error::other(error),
    })
}

fn remove_new(backup: &Backup, base_dir: &Path, nodes: &[Node], faults: &mut Vec<RestoreFault>) {
    let files: HashSet<&RelPath> = backup.manifest.files.iter().map(|file| &file.path).collect();
    let folders: HashSet<&RelPath> = backup.manifest.folders.iter().collect();
    // Backwards: what is in a folder before the folder.
    for node in nodes.iter().rev() {
        let path = node.path.below(base_dir);
        let removed = match node.kind {
            Kind::Folder if !folders.contains(&node.path) => fs::remove_dir(&path),
            Kind::File { .. } if !files.contains(&node.path) => {
                os::clear_read_only(&path).and_then(|()| fs::remove_file(&path))
            }
            Kind::Folder | Kind::File { .. } => Ok(()),
            // The copy holds neither. Windows removes a junction as a folder.
            Kind::Link | Kind::Special => fs::remove_file(&path).or_else(|_| fs::remove_dir(&path)),
        };
        note(faults, &path, removed);
    }
}

fn write_missing(
    backup: &Backup,
    base_dir: &Path,
    progress: &mut dyn FnMut(u64, u64),
    faults: &mut Vec<RestoreFault>,
) {
    let total_bytes = backup.manifest.size_bytes();
    let mut done_bytes: u64 = 0;
    progress(done_bytes, total_bytes);
    for folder in &backup.manifest.folders {
        let to = folder.below(base_dir);
        note(faults, &to, fs::create_dir_all(&to));
    }
    for file in &backup.manifest.files {
        let to = file.path.below(base_dir);
        if !is_equal(file, &to) {
            note(faults, &to, put::put(&file.path.below(&backup.dir), &to, Some(file.sha256)));
        }
        done_bytes = done_bytes.saturating_add(file.size);
        progress(done_bytes, total_bytes);
    }
}

/// Whether the file is the one that was copied, byte for byte.
pub(crate) fn is_equal(file: &FileRecord, path: &Path) -> bool {
    let equal = || -> io::Result<bool> {
        let mut there = File::open(path)?;
        Ok(there.metadata()?.len() == file.size && Digest::of_reader(&mut there)? == (file.sha256, file.size))
    };
    equal().unwrap_or(false)
}

pub(super) fn note(faults: &mut Vec<RestoreFault>, path: &Path, done: io::Result<()>) {
    if let Err(error) = done {
        faults.push(RestoreFault { path: path.to_path_buf(), error });
    }
}
