//! What a template will do to a base, told beforehand and then done to the letter.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::archive::Entry;
use super::{Error, OnUpdate, Template};
use crate::tree::{self, Kind, Node, RelPath};

/// Exactly what an update removes from a base and what it writes. Paths that exist are spelled as they are
/// there, whatever the letter case in the template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replacement {
    /// Files and folders that are removed first; sorted, so a folder comes before what is in it.
    pub deletes: Vec<RelPath>,
    /// Folders that are created; sorted.
    pub folders: Vec<RelPath>,
    /// Files that are written; sorted.
    pub writes: Vec<Write>,
    /// Items of `OnUpdate.xml` that the template has nothing for.
    pub absent: Vec<String>,
}

/// A file that is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Write {
    /// In the base.
    pub path: RelPath,
    /// Whether there is a file now, which is replaced.
    pub exists: bool,
    /// Bytes, when written.
    pub size: u64,
    /// The entry's place in the archive's directory.
    pub entry: usize,
}

/// What a template will do to the base in `base_dir`. Changes nothing.
pub fn preview(template: &Template<'_>, base_dir: &Path) -> Result<Replacement, Error> {
    let nodes = tree::list(base_dir).map_err(Error::Base)?;
    preview_of(template, nodes)
}

/// The same for a base that has been listed already.
pub(crate) fn preview_of(template: &Template<'_>, nodes: Vec<Node>) -> Result<Replacement, Error> {
    plan(template.entries(), template.on_update.as_ref(), nodes)
}

fn plan(entries: &[Entry], on_update: Option<&OnUpdate>, nodes: Vec<Node>) -> Result<Replacement, Error> {
    let none = Vec::new();
    let patterns = on_update.map_or(&none, |on_update| &on_update.deletes);
    let before: HashSet<RelPath> = nodes
        .iter()
        .filter(|node| matches!(node.kind, Kind::File { .. }))
        .map(|node| node.path.clone())
        .collect();
    let (gone, left): (Vec<Node>, Vec<Node>) =
        nodes.into_iter().partition(|node| patterns.iter().any(|pattern| pattern.covers(&node.path)));

    let mut present = Present::new(&left);
    // What is removed and comes again keeps its spelling.
    for node in &gone {
        present.spellings.entry(node.path.key()).or_insert_with(|| node.path.clone());
    }
    let mut replacement = Replacement::default();
    for entry in entries.iter().filter(|entry| is_wanted(on_update, entry)) {
        if entry.folder {
            present.folder(&entry.path, &mut replacement.folders)?;
        } else {
            let path = present.file(&entry.path, &mut replacement.folders)?;
            let exists = before.contains(&path);
            replacement.writes.push(Write { path, exists, size: entry.size, entry: entry.index });
        }
    }
    let items = on_update.map_or(&none, |on_update| &on_update.items);
    let absent = items.iter().filter(|item| !entries.iter().any(|entry| item.covers(&entry.path)));
    replacement.absent = absent.map(ToString::to_string).collect();
    replacement.deletes = gone.into_iter().map(|node| node.path).collect();
    replacement.deletes.sort();
    replacement.folders.sort();
    replacement.writes.sort();
    Ok(replacement)
}

pub(super) fn is_wanted(on_update: Option<&OnUpdate>, entry: &Entry) -> bool {
    on_update.is_none_or(|on_update| on_update.items.iter().any(|item| item.covers(&entry.path)))
}

/// What is in the base when files are written, looked up without regard to letter case.
struct Present {
    kinds: HashMap<RelPath, Kind>,
    spellings: HashMap<String, RelPath>,
}

impl Present {
    fn new(nodes: &[Node]) -> Self {
        Self {
            kinds: nodes.iter().map(|node| (node.path.clone(), node.kind)).collect(),
            spellings: nodes.iter().map(|node| (node.path.key(), node.path.clone())).collect(),
        }
    }

    /// The path as it is spelled in the base, or below the folder as that is spelled there.
    fn spelled(&self, parent: Option<&RelPath>, path: &RelPath) -> Result<RelPath, Error> {
        let name = path.components().next_back();
        let components = parent.iter().flat_map(|parent| parent.components()).chain(name);
        let in_the_way = |_| Error::InTheWay { path: path.clone() };
        let below = RelPath::of(components).map_err(in_the_way)?;
        if self.kinds.contains_key(&below) {
            return Ok(below);
        }
        Ok(self.spellings.get(&below.key()).cloned().unwrap_or(below))
    }

    /// Makes sure of a folder; what has to be created for it goes into `new`.
    fn folder(&mut self, path: &RelPath, new: &mut Vec<RelPath>) -> Result<RelPath, Error> {
        let parent = path.parent().map(|parent| self.folder(&parent, new)).transpose()?;
        let path = self.spelled(parent.as_ref(), path)?;
        match self.kinds.get(&path) {
            Some(Kind::Folder) => {}
            Some(Kind::File { .. } | Kind::Link | Kind::Special) => return Err(Error::InTheWay { path }),
            None => {
                self.kinds.insert(path.clone(), Kind::Folder);
                self.spellings.insert(path.key(), path.clone());
                new.push(path.clone());
            }
        }
        Ok(path)
    }

    /// Where a file goes; folders that have to be created for it go into `new`.
    fn file(&mut self, path: &RelPath, new: &mut Vec<RelPath>) -> Result<RelPath, Error> {
        let parent = path.parent().map(|parent| self.folder(&parent, new)).transpose()?;
        let path = self.spelled(parent.as_ref(), path)?;
        match self.kinds.get(&path) {
            Some(Kind::Folder | Kind::Link | Kind::Special) => Err(Error::InTheWay { path }),
            Some(Kind::File { .. }) | None => Ok(path),
        }
    }
}
