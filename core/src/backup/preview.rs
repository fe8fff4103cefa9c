//! What going back would do to a base, told beforehand, and whether the copy is still what it was.
//!
//! Every file that is concerned is read, on both sides: a document that has the size and the time of the copied one may
//! be another all the same. Changes nothing.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use super::crew::{self, Hand};
use super::{Backup, Changes, Error, FileRecord, Manifest, Since};
use crate::tree::{self, Kind, Node, RelPath};

/// How far a base goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Only what the update replaced, made or removed, which the copy was made for.
    Replaced,
    /// All of it.
    Whole,
}

/// What will happen to files and folders of a base. Sorted by path, each in one of the first three.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// Files that are there and become what they are in the copy.
    pub replaced: Vec<RelPath>,
    /// Files and folders that are not there and come back.
    pub brought_back: Vec<RelPath>,
    /// Files and folders that are there and not in the copy.
    pub removed: Vec<RelPath>,
    /// Of the replaced and removed files those that are not what the update put there, as far as is known: somebody's
    /// work since. They are gone afterwards.
    pub vanish: Vec<Vanishing>,
}

/// A file that is new or other than in the copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vanishing {
    /// In the base.
    pub path: RelPath,
    /// `None` where the file system keeps no times, or one of no calendar.
    pub modified: Option<Timestamp>,
}

impl Preview {
    /// Whether the base is what it would become.
    pub fn is_empty(&self) -> bool {
        self.replaced.is_empty() && self.brought_back.is_empty() && self.removed.is_empty()
    }

    /// How many of the files that vanish are documents: they lie in the base's `Documents` (seen in real bases).
    pub fn documents(&self) -> usize {
        let is_document = |one: &&Vanishing| {
            let (mut parts, below) = (one.path.components(), one.path.parent().is_some());
            below && parts.next().is_some_and(|root| root.eq_ignore_ascii_case("Documents"))
        };
        self.vanish.iter().filter(is_document).count()
    }

    /// Those of what vanishes that were changed last, newest first.
    pub fn newest(&self, at_most: usize) -> Vec<&Vanishing> {
        let mut newest: Vec<&Vanishing> = self.vanish.iter().collect();
        newest.sort_by(|one, other| (other.modified, &one.path).cmp(&(one.modified, &other.path)));
        newest.truncate(at_most);
        newest
    }
}

/// What is put back.
struct Scope<'a> {
    files: Vec<&'a FileRecord>,
    folders: Vec<&'a RelPath>,
    changes: &'a Changes,
    way: Way,
}

/// What putting back would do. First the copy is read, and it is an error if any file of it that is concerned is not
/// what it was. A file that the update made, but of which it is not known what it put there, counts as changed since.
/// `progress` gets the bytes that were read, and how many there are.
pub fn preview(
    backup: &Backup,
    base_dir: &Path,
    since: &Since,
    way: Way,
    progress: &mut dyn FnMut(u64, u64),
    cancel: &CancellationToken,
) -> Result<Preview, Error> {
    let changes = &since.changes;
    let is_in_scope = |path: &RelPath| match way {
        Way::Whole => true,
        Way::Replaced => changes.removed.contains(path) || changes.made.contains(path),
    };
    let manifest = &backup.manifest;
    let files = manifest.files.iter().filter(|file| is_in_scope(&file.path)).collect();
    let folders = manifest.folders.iter().filter(|path| is_in_scope(path)).collect();
    let scope = Scope { files, folders, changes, way };
    let nodes = present(backup, base_dir, way)?;
    scope.refuse_links(&nodes)?;
    let kinds: HashMap<&RelPath, Kind> = nodes.iter().map(|node| (&node.path, node.kind)).collect();
    // What has another size need not be read.
    let comparable: Vec<&FileRecord> = scope
        .files
        .iter()
        .filter(|file| matches!(kinds.get(&file.path), Some(Kind::File { size, .. }) if *size == file.size))
        .copied()
        .collect();
    let bytes = |files: &[&FileRecord]| files.iter().fold(0, |sum: u64, file| sum.saturating_add(file.size));
    let put = put_by_update(since, &nodes);
    let put: Vec<&FileRecord> = put.iter().collect();
    let copy_bytes = bytes(&scope.files);
    let put_after_bytes = copy_bytes.saturating_add(bytes(&comparable));
    let total_bytes = put_after_bytes.saturating_add(bytes(&put));
    verify(backup, &scope.files, &mut |done| progress(done, total_bytes), cancel)?;
    let is_same = compare(
        base_dir,
        &comparable,
        &mut |done| progress(copy_bytes.saturating_add(done), total_bytes),
        cancel,
    )?;
    let same: HashSet<&RelPath> =
        comparable.iter().zip(is_same).filter(|(_, is_same)| *is_same).map(|(file, _)| &file.path).collect();
    let is_as_put = compare(
        base_dir,
        &put,
        &mut |done| progress(put_after_bytes.saturating_add(done), total_bytes),
        cancel,
    )?;
    let of_update: HashSet<&RelPath> =
        put.iter().zip(is_as_put).filter(|(_, is_as_put)| *is_as_put).map(|(file, _)| &file.path).collect();
    let told = scope.told(&nodes, &kinds, &same, &of_update);
    clash(manifest, &told.brought_back).map_or(Ok(told), |path| Err(Error::Clash { path }))
}

/// What the update made in the base, as it was then, of what is there now.
fn put_by_update(since: &Since, nodes: &[Node]) -> Vec<FileRecord> {
    let made = nodes.iter().filter(|node| since.changes.made.contains(&node.path));
    let record = |node: &Node| match node.kind {
        // Another size is another hash.
        Kind::File { size, .. } => {
            let sha256 = *since.put.get(&node.path.key())?;
            Some(FileRecord { path: node.path.clone(), size, sha256 })
        }
        Kind::Folder | Kind::Link | Kind::Special => None,
    };
    made.filter_map(record).collect()
}

/// The first of these that differs from another name of the copy in letter case only.
fn clash(manifest: &Manifest, brought_back: &[RelPath]) -> Option<RelPath> {
    let mut names: HashMap<String, usize> = HashMap::new();
    for path in manifest.folders.iter().chain(manifest.files.iter().map(|file| &file.path)) {
        *names.entry(path.key()).or_default() += 1;
    }
    brought_back.iter().find(|path| names.get(&path.key()).is_some_and(|count| *count > 1)).cloned()
}

/// What the base has now. One whose folder is gone comes back from the copy of all of it.
fn present(backup: &Backup, base_dir: &Path, way: Way) -> Result<Vec<Node>, Error> {
    match backup.manifest.without.list(base_dir) {
        Err(tree::Error::Read { error, .. })
            if error.kind() == io::ErrorKind::NotFound && way == Way::Whole && !base_dir.exists() =>
        {
            Ok(Vec::new())
        }
        listed => listed.map_err(Error::List),
    }
}

/// Whether files of the copy are what they were when it was made, and no links.
fn verify(
    backup: &Backup,
    files: &[&FileRecord],
    progress: &mut dyn FnMut(u64),
    cancel: &CancellationToken,
) -> Result<(), Error> {
    let nodes = tree::list(&backup.dir).map_err(Error::List)?;
    if let Some(node) = nodes.iter().find(|node| matches!(node.kind, Kind::Link | Kind::Special)) {
        return Err(Error::Damaged { path: node.path.clone() });
    }
    let is_same = compare(&backup.dir, files, progress, cancel)?;
    match files.iter().zip(is_same).find(|(_, is_same)| !is_same) {
        Some((file, _)) => Err(Error::Damaged { path: file.path.clone() }),
        None => Ok(()),
    }
}

/// Which files below `dir` have just these bytes. One that is not there or cannot be read has not.
fn compare(
    dir: &Path,
    files: &[&FileRecord],
    progress: &mut dyn FnMut(u64),
    cancel: &CancellationToken,
) -> Result<Vec<bool>, Error> {
    let is_same = crew::each(files, &|file| file.size, cancel, progress, &|file, hand| {
        let read = read(&file.path.below(dir), hand);
        if cancel.is_cancelled() {
            Err(Error::Cancelled)
        } else {
            Ok(read.is_ok_and(|found| found == (file.sha256, file.size)))
        }
    })?;
    if cancel.is_cancelled() { Err(Error::Cancelled) } else { Ok(is_same) }
}

fn read(path: &Path, hand: &mut Hand<'_>) -> io::Result<(crate::digest::Digest, u64)> {
    hand.read(&mut File::open(path)?, &mut |_| Ok(()))
}

impl Scope<'_> {
    /// Nothing is put back through a link, nor in the place of one.
    fn refuse_links(&self, nodes: &[Node]) -> Result<(), Error> {
        let concerns = |link: &RelPath| match self.way {
            Way::Whole => true,
            Way::Replaced => {
                let is_at_or_below = |path: &&RelPath| {
                    path.as_str()
                        .strip_prefix(link.as_str())
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                };
                self.changes.removed.iter().chain(&self.changes.made).any(|path| is_at_or_below(&path))
            }
        };
        let link =
            nodes.iter().find(|node| matches!(node.kind, Kind::Link | Kind::Special) && concerns(&node.path));
        link.map_or(Ok(()), |node| Err(Error::Link { path: node.path.clone() }))
    }

    fn told(
        &self,
        nodes: &[Node],
        kinds: &HashMap<&RelPath, Kind>,
        same: &HashSet<&RelPath>,
        of_update: &HashSet<&RelPath>,
    ) -> Preview {
        let mut preview = Preview::default();
        for file in &self.files {
            if same.contains(&file.path) {
                continue;
            }
            let there = kinds.get(&file.path);
            let list = if there.is_some() { &mut preview.replaced } else { &mut preview.brought_back };
            list.push(file.path.clone());
        }
        let missing = self.folders.iter().filter(|path| !matches!(kinds.get(**path), Some(Kind::Folder)));
        preview.brought_back.extend(missing.map(|path| (*path).clone()));
        preview.removed = self.removed(nodes);
        for list in [&mut preview.replaced, &mut preview.brought_back, &mut preview.removed] {
            list.sort();
        }
        let gone = preview.replaced.iter().chain(&preview.removed).filter(|path| !of_update.contains(path));
        let gone = gone.filter_map(|path| match kinds.get(path) {
            Some(Kind::File { modified, .. }) => {
                let modified = modified.and_then(|time| Timestamp::try_from(time).ok());
                Some((path.clone(), modified))
            }
            Some(Kind::Folder | Kind::Link | Kind::Special) | None => None,
        });
        let gone: BTreeMap<RelPath, Option<Timestamp>> = gone.collect();
        preview.vanish = gone.into_iter().map(|(path, modified)| Vanishing { path, modified }).collect();
        preview
    }

    /// A folder that the update made stays if it holds somebody else's.
    fn removed(&self, nodes: &[Node]) -> Vec<RelPath> {
        let kept: HashSet<&RelPath> =
            self.files.iter().map(|file| &file.path).chain(self.folders.iter().copied()).collect();
        let is_ours = |path: &RelPath| match self.way {
            Way::Whole => true,
            Way::Replaced => self.changes.made.contains(path),
        };
        let (mut removed, mut held) = (Vec::new(), HashSet::new());
        // Backwards: what is in a folder before the folder.
        for node in nodes.iter().rev() {
            let stays = kept.contains(&node.path) || !is_ours(&node.path) || held.contains(&node.path);
            if stays {
                held.extend(node.path.parent());
            } else {
                removed.push(node.path.clone());
            }
        }
        removed
    }
}
