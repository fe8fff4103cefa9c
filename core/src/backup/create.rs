//! Making a copy.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tokio_util::sync::CancellationToken;

use super::crew::{self, Hand};
use super::{
    Backup, Checkpoint, Error, FileRecord, Manifest, Place, Progress, Stage, Taken, Without, remove,
};
use crate::machine::Base;
use crate::os::{self, LONG_PATIENCE, Os};
use crate::tree::{self, Kind, Node, RelPath};

/// Copies a base's folder in full, reads the copy again, and returns only if both are the same.
///
/// On any failure, and when cancelled, what was copied so far is removed again. The caller holds the update lock: what
/// a run that was cut off has left of other copies is removed too.
pub fn create(
    place: Place<'_>,
    base: &Base,
    base_dir: &Path,
    taken: &Taken,
    progress: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Result<Backup, Error> {
    create_watched(place, base, base_dir, taken, progress, cancel, &|_| ())
}

/// The same, and `checkpoint` is told of every step that is done.
pub fn create_watched(
    place: Place<'_>,
    base: &Base,
    base_dir: &Path,
    taken: &Taken,
    progress: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
    checkpoint: &dyn Fn(Checkpoint),
) -> Result<Backup, Error> {
    let nodes = taken.without.list(base_dir).map_err(Error::List)?;
    refuse_links(&nodes)?;
    let (partial_dir, dir) = create_dirs(place, base_dir, &name(base, taken), &taken.by.computer)?;
    checkpoint(Checkpoint::Begun);
    let mut copying = Copying {
        base_dir,
        copy_dir: &partial_dir,
        without: &taken.without,
        total_bytes: tree::total_bytes(&nodes),
        progress,
        cancel,
    };
    let made = copying.copy(&nodes).and_then(|files| {
        copying.unchanged(&nodes)?;
        checkpoint(Checkpoint::Copied);
        copying.check(&nodes, &files)?;
        checkpoint(Checkpoint::Checked);
        // Checking takes as long as copying did.
        copying.unchanged(&nodes)?;
        Ok(files)
    });
    let finished = made.and_then(|files| {
        finish(place.os, &partial_dir, &dir, manifest(base, taken, &nodes, files), checkpoint)
    });
    if finished.is_err() {
        // Best effort: it is our own folder of a moment ago, and `.partial` says what it is.
        let _ = crate::os::remove_folder(&partial_dir);
    }
    finished
}

fn refuse_links(nodes: &[Node]) -> Result<(), Error> {
    nodes.iter().try_for_each(|node| match node.kind {
        Kind::Folder | Kind::File { .. } => Ok(()),
        Kind::Link => Err(Error::Link { path: node.path.clone() }),
        Kind::Special => Err(Error::Special { path: node.path.clone() }),
    })
}

/// `2026.11.22 12.40.00 13bee4fb-…`; what Windows cannot have in a name becomes `_`.
fn name(base: &Base, taken: &Taken) -> String {
    let id: String = base.id.chars().take(64).map(safe).collect();
    let id = id.trim_end_matches([' ', '.']);
    format!("{} {}", taken.at.strftime("%Y.%m.%d %H.%M.%S"), if id.is_empty() { "_" } else { id })
}

/// What Windows cannot have in a name becomes `_`.
pub(super) fn safe(c: char) -> char {
    if c.is_control() || r#"<>:"/\|?*"#.contains(c) { '_' } else { c }
}

/// Creates the folder to copy into, and says what it is to be called in the end.
fn create_dirs(
    place: Place<'_>,
    base_dir: &Path,
    name: &str,
    computer: &str,
) -> Result<(PathBuf, PathBuf), Error> {
    let Place { os, dir: backups_dir } = place;
    let folder_error = |error| Error::Folder { dir: backups_dir.to_path_buf(), error };
    fs::create_dir_all(backups_dir).map_err(folder_error)?;
    let real = |dir: &Path| dir.canonicalize().map_err(folder_error);
    if real(backups_dir)?.starts_with(real(base_dir)?) {
        return Err(Error::Nested { dir: backups_dir.to_path_buf() });
    }
    remove::tidy(backups_dir, computer);
    // Two copies of one base within a second: the later gets a number.
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for number in 1..100 {
        let name = if number == 1 { name.to_owned() } else { format!("{name} ({number})") };
        let dir = backups_dir.join(&name);
        let partial_dir = remove::partial_dir(&dir, computer);
        match fs::create_dir(&partial_dir) {
            Ok(()) if dir.exists() || Backup::manifest_path(&dir).exists() => {
                let _ = fs::remove_dir(&partial_dir);
            }
            Ok(()) => {
                // Before anything is in it. What somebody puts there until then is found when the copy is checked.
                return match os.make_administrators_dir(&partial_dir) {
                    Ok(()) => Ok((partial_dir, dir)),
                    Err(error) => {
                        let _ = fs::remove_dir(&partial_dir);
                        Err(Error::Folder { dir: partial_dir, error })
                    }
                };
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(Error::Folder { dir: partial_dir, error }),
        }
    }
    Err(Error::Folder { dir: backups_dir.join(name), error: last })
}

struct Copying<'a> {
    base_dir: &'a Path,
    copy_dir: &'a Path,
    without: &'a Without,
    total_bytes: u64,
    progress: &'a mut dyn FnMut(Progress),
    cancel: &'a CancellationToken,
}

impl Copying<'_> {
    fn copy(&mut self, nodes: &[Node]) -> Result<Vec<FileRecord>, Error> {
        let mut files = Vec::new();
        for node in nodes {
            match node.kind {
                Kind::File { size, modified } => files.push(Source { path: &node.path, size, modified }),
                Kind::Folder | Kind::Link | Kind::Special => {
                    let created = fs::create_dir(node.path.below(self.copy_dir));
                    created.map_err(|error| Error::Copy { path: node.path.clone(), error })?;
                }
            }
        }
        let (base_dir, copy_dir, cancel) = (self.base_dir, self.copy_dir, self.cancel);
        let copied = crew::each(
            &files,
            &|file| file.size,
            cancel,
            &mut self.reporting(Stage::Copying),
            &|file, hand| {
                file.copy(base_dir, copy_dir, hand).map_err(|error| of_reading(file.path, error, cancel))
            },
        )?;
        // What is not there any more, or has grown, was changed while it was read.
        let is_same = |(source, record): (&Source<'_>, &FileRecord)| source.size == record.size;
        match files.iter().zip(&copied).find(|pair| !is_same(*pair)) {
            Some((source, _)) => Err(Error::Changing { path: source.path.clone() }),
            None => self.not_cancelled().map(|()| copied),
        }
    }

    /// Whether the base is still what it was when copying began.
    fn unchanged(&self, before: &[Node]) -> Result<(), Error> {
        let after = self.without.list(self.base_dir).map_err(Error::List)?;
        first_difference(before, &after, |one, other| one == other)
            .map_or(Ok(()), |path| Err(Error::Changing { path }))
    }

    /// Reads the copy again: the same names, sizes and hashes as were read from the base.
    fn check(&mut self, nodes: &[Node], files: &[FileRecord]) -> Result<(), Error> {
        let copied = tree::list(self.copy_dir).map_err(Error::List)?;
        if let Some(path) = first_difference(nodes, &copied, same_size) {
            return Err(Error::Differs { path });
        }
        let (copy_dir, cancel) = (self.copy_dir, self.cancel);
        crew::each(files, &|file| file.size, cancel, &mut self.reporting(Stage::Checking), &|file, hand| {
            let read = File::open(file.path.below(copy_dir))
                .and_then(|mut copy| hand.read(&mut copy, &mut |_| Ok(())));
            let found = read.map_err(|error| of_reading(&file.path, error, cancel))?;
            let is_same = found == (file.sha256, file.size);
            if is_same { Ok(()) } else { Err(Error::Differs { path: file.path.clone() }) }
        })?;
        self.not_cancelled()
    }

    fn reporting(&mut self, stage: Stage) -> impl FnMut(u64) {
        let total_bytes = self.total_bytes;
        move |done_bytes| (self.progress)(Progress { stage, done_bytes, total_bytes })
    }

    /// Files without a byte are copied without asking.
    fn not_cancelled(&self) -> Result<(), Error> {
        if self.cancel.is_cancelled() { Err(Error::Cancelled) } else { Ok(()) }
    }
}

/// A file to be copied, as it was listed.
struct Source<'a> {
    path: &'a RelPath,
    size: u64,
    modified: Option<SystemTime>,
}

impl Source<'_> {
    /// What is hashed are the bytes that are written.
    fn copy(&self, base_dir: &Path, copy_dir: &Path, hand: &mut Hand<'_>) -> io::Result<FileRecord> {
        let mut source = File::open(self.path.below(base_dir))?;
        let mut target = File::create_new(self.path.below(copy_dir))?;
        let (sha256, size) = hand.read(&mut source, &mut |bytes| target.write_all(bytes))?;
        target.set_permissions(source.metadata()?.permissions())?;
        if let Some(modified) = self.modified {
            target.set_modified(modified)?;
        }
        Ok(FileRecord { path: self.path.clone(), size, sha256 })
    }
}

fn of_reading(path: &RelPath, error: io::Error, cancel: &CancellationToken) -> Error {
    if cancel.is_cancelled() { Error::Cancelled } else { Error::Copy { path: path.clone(), error } }
}

/// The first path that is in one listing only, or that `same` does not take for the same in both.
fn first_difference(one: &[Node], other: &[Node], same: impl Fn(Kind, Kind) -> bool) -> Option<RelPath> {
    let in_one: HashSet<&RelPath> = one.iter().map(|node| &node.path).collect();
    let in_other: HashMap<&RelPath, Kind> = other.iter().map(|node| (&node.path, node.kind)).collect();
    let changed =
        one.iter().find(|node| !in_other.get(&node.path).is_some_and(|kind| same(node.kind, *kind)));
    let added = || other.iter().find(|node| !in_one.contains(&node.path));
    changed.or_else(added).map(|node| node.path.clone())
}

/// Times are left out: the file system of the copies may keep them less exactly.
fn same_size(one: Kind, other: Kind) -> bool {
    match (one, other) {
        (Kind::File { size: one, .. }, Kind::File { size: other, .. }) => one == other,
        (one, other) => one == other,
    }
}

fn manifest(base: &Base, taken: &Taken, nodes: &[Node], files: Vec<FileRecord>) -> Manifest {
    let folders = nodes.iter().filter(|node| node.kind == Kind::Folder).map(|node| node.path.clone());
    Manifest {
        base_id: base.id.clone(),
        name: base.name.clone(),
        product: base.product.clone(),
        version: base.version,
        folder: base.folder.clone(),
        time: taken.at.timestamp(),
        user: taken.by.user.clone(),
        computer: taken.by.computer.clone(),
        why: taken.why.clone(),
        without: taken.without.clone(),
        folders: folders.collect(),
        files,
    }
}

/// Writes the manifest, then gives the copy its name, which makes it a complete one.
fn finish(
    os: &dyn Os,
    partial_dir: &Path,
    dir: &Path,
    manifest: Manifest,
    checkpoint: &dyn Fn(Checkpoint),
) -> Result<Backup, Error> {
    let path = Backup::manifest_path(dir);
    let mut is_made = false;
    let mut write = || {
        let mut file = File::create_new(&path)?;
        is_made = true;
        os.let_administrators_write(&path)?;
        file.write_all(&serde_json::to_vec_pretty(&manifest)?)?;
        file.sync_all()
    };
    let written = write().map_err(|error| Error::Manifest { path: path.clone(), error });
    let named = written.and_then(|()| {
        checkpoint(Checkpoint::Described);
        let renamed = os::replace(partial_dir, dir, LONG_PATIENCE);
        renamed.map_err(|error| Error::Folder { dir: dir.to_path_buf(), error })
    });
    if let Err(error) = named {
        // Another PC, which shares the folder, may have been a moment earlier.
        if is_made {
            let _ = fs::remove_file(&path);
        }
        return Err(error);
    }
    checkpoint(Checkpoint::Named);
    Ok(Backup { dir: dir.to_path_buf(), manifest })
}
