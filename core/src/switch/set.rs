//! Any set of changes as one switch: places in a base, and what is to be there. For going back, where what is new comes
//! out of a copy.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tokio_util::sync::CancellationToken;

use super::Error;
use super::compose::{Composed, Layers, NewFile};
use crate::digest::Digest;
use crate::put;
use crate::template::{Replacement, Template, Write};
use crate::tree::{Kind, Node, RelPath};

/// One place in a base, and what is to be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The place; one that is there under another letter case is meant.
    pub path: RelPath,
    /// What is to be there.
    pub to: New,
}

/// What is to be in a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum New {
    /// The bytes of another file, with its modification time and permissions. In the place of a folder only if
    /// nothing stays in that.
    File {
        /// Which; it stays where it is.
        from: PathBuf,
        /// Bytes.
        size: u64,
        /// What its hash has to be.
        sha256: Option<Digest>,
    },
    /// A folder; what is in one that is there stays. In the place of a file that goes.
    Folder,
    /// No file, and no folder but one in which something stays.
    Nothing,
}

/// Where new files come from.
pub(crate) enum Supply<'s, 't> {
    /// Out of templates, one for each step.
    Templates(&'s mut [Template<'t>]),
    /// As a set says.
    Files(&'s [Change]),
}

impl Supply<'_, '_> {
    /// Writes one; it is not forced to the disk. `progress` gets its bytes so far.
    pub(super) fn lay(
        &mut self,
        file: &NewFile,
        path: PathBuf,
        progress: &mut dyn FnMut(u64),
        cancel: &CancellationToken,
    ) -> Result<(), Error> {
        match self {
            Self::Templates(steps) => {
                let Some(template) = steps.get_mut(file.step) else { return Ok(()) };
                let failed = |error| Error::Template { step: file.step, error };
                template.unpack(&[(file.entry, path)], progress, cancel).map_err(failed)
            }
            Self::Files(changes) => {
                let Some((from, sha256)) = source(changes, file) else { return Ok(()) };
                if cancel.is_cancelled() {
                    return Err(Error::Cancelled);
                }
                let copied = put::copy_to_new(from, &path, sha256);
                copied.map_err(|error| Error::Stage { path: file.path.below(Path::new("")), error })?;
                progress(file.size);
                Ok(())
            }
        }
    }

    /// Files out of a template have those that their folder hands down.
    pub(super) fn give_permissions(&self, file: &NewFile, path: &Path) -> io::Result<()> {
        match self {
            Self::Templates(_) => Ok(()),
            Self::Files(changes) => {
                let Some((from, _)) = source(changes, file) else { return Ok(()) };
                fs::set_permissions(path, fs::metadata(from)?.permissions())
            }
        }
    }
}

fn source<'c>(changes: &'c [Change], file: &NewFile) -> Option<(&'c Path, Option<Digest>)> {
    match &changes.get(file.entry)?.to {
        New::File { from, sha256, .. } => Some((from, *sha256)),
        New::Folder | New::Nothing => None,
    }
}

/// What a set of changes makes of a base. The error is the path of something that would have to go and may not: a link,
/// or a folder in which something stays.
pub(crate) fn compose_set(nodes: &[Node], changes: &[Change]) -> Result<Composed, RelPath> {
    let present = Present::of(nodes);
    let changes: Vec<(RelPath, &New)> =
        changes.iter().map(|change| (present.spelled(&change.path), &change.to)).collect();
    let deletes = deletes(&present, &changes)?;
    let mut folders = BTreeSet::new();
    let mut writes = Vec::new();
    for (entry, (path, to)) in changes.iter().enumerate() {
        let folder = match to {
            New::File { size, .. } => {
                let exists = matches!(present.kinds.get(path), Some(Kind::File { .. }));
                writes.push(Write { path: path.clone(), exists, size: *size, entry });
                path.parent()
            }
            New::Folder => Some(path.clone()),
            New::Nothing => None,
        };
        for folder in std::iter::successors(folder, RelPath::parent) {
            match present.kinds.get(&folder) {
                Some(Kind::Folder) if !deletes.contains(&folder) => {}
                Some(_) if !deletes.contains(&folder) => return Err(folder),
                Some(_) | None => {
                    folders.insert(folder);
                }
            }
        }
    }
    let (deletes, folders) = (deletes.into_iter().collect(), folders.into_iter().collect());
    writes.sort();
    let mut layers = Layers::of(nodes);
    layers.add(0, &Replacement { deletes, folders, writes, absent: Vec::new() });
    Ok(layers.composed())
}

/// Everything that goes: files, and then the folders in which nothing stays.
fn deletes(present: &Present, changes: &[(RelPath, &New)]) -> Result<BTreeSet<RelPath>, RelPath> {
    let mut deletes = BTreeSet::new();
    for (path, to) in changes {
        match (to, present.kinds.get(path)) {
            (_, Some(Kind::Link | Kind::Special)) => return Err(path.clone()),
            (New::Nothing | New::Folder, Some(Kind::File { .. })) => {
                deletes.insert(path.clone());
            }
            (_, Some(Kind::Folder | Kind::File { .. }) | None) => {}
        }
    }
    let mut folders: Vec<(&RelPath, bool)> = Vec::new();
    for (path, to) in changes {
        match (to, present.kinds.get(path)) {
            (New::Nothing, Some(Kind::Folder)) => folders.push((path, false)),
            (New::File { .. }, Some(Kind::Folder)) => folders.push((path, true)),
            _ => {}
        }
    }
    // Backwards: what is in a folder before the folder.
    folders.sort();
    for (path, has_to_go) in folders.into_iter().rev() {
        let mut inside = present.inside.get(path).into_iter().flatten();
        if inside.all(|inner| deletes.contains(inner)) {
            deletes.insert(path.clone());
        } else if has_to_go {
            return Err(path.clone());
        }
    }
    Ok(deletes)
}

/// What is in the base.
struct Present {
    kinds: BTreeMap<RelPath, Kind>,
    /// What is directly in each folder.
    inside: BTreeMap<RelPath, Vec<RelPath>>,
    spellings: HashMap<String, RelPath>,
}

impl Present {
    fn of(nodes: &[Node]) -> Self {
        let mut inside: BTreeMap<RelPath, Vec<RelPath>> = BTreeMap::new();
        for node in nodes {
            if let Some(folder) = node.path.parent() {
                inside.entry(folder).or_default().push(node.path.clone());
            }
        }
        Self {
            kinds: nodes.iter().map(|node| (node.path.clone(), node.kind)).collect(),
            inside,
            spellings: nodes.iter().map(|node| (node.path.key(), node.path.clone())).collect(),
        }
    }

    /// The path as it is spelled in the base, or below the folder as that is spelled there.
    fn spelled(&self, path: &RelPath) -> RelPath {
        if self.kinds.contains_key(path) {
            return path.clone();
        }
        if let Some(there) = self.spellings.get(&path.key()) {
            return there.clone();
        }
        let folder = path.parent().map(|folder| self.spelled(&folder));
        let names = folder.iter().flat_map(RelPath::components).chain(path.components().next_back());
        RelPath::of(names).unwrap_or_else(|_| path.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> RelPath {
        RelPath::try_from(text.to_owned()).unwrap()
    }

    fn nodes(texts: &[&str]) -> Vec<Node> {
        let kind = |text: &str| match text.chars().next_back() {
            Some('/') => Kind::Folder,
            Some('@') => Kind::Link,
            _ => Kind::File { size: 1, modified: None },
        };
        texts
            .iter()
            .map(|text| Node { path: path(text.trim_end_matches(['/', '@'])), kind: kind(text) })
            .collect()
    }

    /// `+` a file, `/` a folder, `-` nothing.
    fn composed(present: &[&str], changes: &[&str]) -> Result<Vec<String>, RelPath> {
        let change = |text: &&str| {
            let (sign, name) = text.split_at(1);
            let to = match sign {
                "+" => New::File { from: PathBuf::new(), size: 2, sha256: None },
                "/" => New::Folder,
                _ => New::Nothing,
            };
            Change { path: path(name), to }
        };
        let changes: Vec<Change> = changes.iter().map(change).collect();
        let operations = compose_set(&nodes(present), &changes)?.operations;
        let told = |there: bool, sign: &str| if there { sign.to_owned() } else { String::new() };
        Ok(operations
            .iter()
            .map(|one| {
                format!("{}{} {}", told(one.before.is_some(), "-"), told(one.after.is_some(), "+"), one.path)
            })
            .collect())
    }

    #[test]
    fn files_come_and_go_with_the_folders_they_need() {
        let present = ["AppDescription.xml", "Docs/", "Docs/a", "new/", "new/x", "new/y"];
        let changes = ["+AppDescription.xml", "+docs/A", "+old/deep/b", "/empty", "-new", "-new/x", "-new/y"];
        let expected = ["- new", "-+ Docs/a", "+ empty", "+ old", "-+ AppDescription.xml"];
        assert_eq!(composed(&present, &changes).unwrap(), expected);
    }

    #[test]
    fn a_folder_in_which_something_stays_does_not_go() {
        let present = ["new/", "new/theirs", "new/x"];
        assert_eq!(composed(&present, &["-new", "-new/x"]).unwrap(), ["- new/x"]);
        assert_eq!(composed(&present, &["+new", "-new/x"]), Err(path("new")));
    }

    #[test]
    fn what_is_not_there_need_not_go_and_a_file_makes_room_for_a_folder() {
        assert_eq!(composed(&["a"], &["-b", "-c/d"]).unwrap(), [""; 0]);
        assert_eq!(composed(&["a"], &["/a", "+a/b"]).unwrap(), ["-+ a"]);
        assert_eq!(composed(&["a/", "a/b"], &["+a", "-a/b"]).unwrap(), ["-+ a"]);
    }

    #[test]
    fn a_link_is_neither_replaced_nor_followed() {
        assert_eq!(composed(&["a@"], &["+a"]), Err(path("a")));
        assert_eq!(composed(&["a@"], &["+a/b"]), Err(path("a")));
        assert_eq!(composed(&["a"], &["+a/b"]), Err(path("a")));
    }
}
