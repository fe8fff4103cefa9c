//! What one or several steps make of a base, as one list of operations. A function of listings.
//!
//! Steps that follow each other are one switch: what a step writes and the next one removes never gets into the
//! base, and there is no version between that a failure could leave it on.

use std::collections::BTreeMap;

use crate::backup::Changes;
use crate::machine::app_description;
use crate::template::{self, Replacement, Template};
use crate::tree::{Kind, Node, RelPath};

use super::record::{Content, Operation};

/// What is to be done, and with what.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Composed {
    /// In their order: what is only removed, then what is put in place, the description of the base last, so that
    /// the base does not claim a version before all of it is there.
    pub operations: Vec<Operation>,
    /// The files that are put in place, or into the folders that are.
    pub files: Vec<NewFile>,
    /// Everything that may be changed, as the copy's own way back wants it.
    pub changes: Changes,
}

impl Composed {
    /// Bytes of all new files.
    pub(crate) fn size_bytes(&self) -> u64 {
        self.files.iter().fold(0, |sum, file| sum.saturating_add(file.size))
    }
}

/// A file out of a template, or one of a set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NewFile {
    /// In the base.
    pub path: RelPath,
    /// Which of the steps it is from; 0 for a set.
    pub step: usize,
    /// The entry's place in the archive's directory, or the change's place in the set.
    pub entry: usize,
    /// Bytes.
    pub size: u64,
    /// The number of the operation it belongs to.
    pub operation: usize,
    /// Where it lies in the folder that this operation puts in place; `None`: it is put in place itself.
    pub inside: Option<RelPath>,
}

/// What is in the base after a step.
#[derive(Clone, Copy, Debug)]
enum Now {
    /// What was there.
    Former(Kind),
    /// A new folder.
    Folder,
    /// A new file.
    File { step: usize, entry: usize, size: u64 },
}

/// Puts steps together. The error is of the step with that number.
pub(crate) fn compose(nodes: &[Node], steps: &[&Template<'_>]) -> Result<Composed, (usize, template::Error)> {
    let mut layers = Layers::of(nodes);
    for (step, template) in steps.iter().enumerate() {
        let replacement = template::preview_of(template, layers.nodes()).map_err(|error| (step, error))?;
        for item in &replacement.absent {
            tracing::warn!(%item, step, "Template has nothing for an item");
        }
        layers.add(step, &replacement);
    }
    Ok(layers.composed())
}

pub(super) struct Layers {
    former: BTreeMap<RelPath, Kind>,
    now: BTreeMap<RelPath, Now>,
    changes: Changes,
}

impl Layers {
    pub(super) fn of(nodes: &[Node]) -> Self {
        let former: BTreeMap<RelPath, Kind> =
            nodes.iter().map(|node| (node.path.clone(), node.kind)).collect();
        let now = former.iter().map(|(path, kind)| (path.clone(), Now::Former(*kind))).collect();
        Self { former, now, changes: Changes::default() }
    }

    fn nodes(&self) -> Vec<Node> {
        let kind = |now: &Now| match now {
            Now::Former(kind) => *kind,
            Now::Folder => Kind::Folder,
            Now::File { size, .. } => Kind::File { size: *size, modified: None },
        };
        self.now.iter().map(|(path, now)| Node { path: path.clone(), kind: kind(now) }).collect()
    }

    pub(super) fn add(&mut self, step: usize, replacement: &Replacement) {
        for path in &replacement.deletes {
            self.now.remove(path);
            self.changes.removed.insert(path.clone());
        }
        for path in &replacement.folders {
            self.now.insert(path.clone(), Now::Folder);
            self.changes.made.insert(path.clone());
        }
        for write in &replacement.writes {
            self.now.insert(write.path.clone(), Now::File { step, entry: write.entry, size: write.size });
            self.changes.made.insert(write.path.clone());
        }
    }

    /// Whether it stays what it was.
    fn stays(&self, path: &RelPath) -> bool {
        matches!(self.now.get(path), Some(Now::Former(_)))
    }

    pub(super) fn composed(self) -> Composed {
        let mut targets: Vec<&RelPath> = self.former.keys().chain(self.now.keys()).collect();
        targets.sort();
        targets.dedup();
        // What lies in a folder goes with it.
        let is_top = |path: &RelPath| path.parent().is_none_or(|folder| self.stays(&folder));
        targets.retain(|path| !self.stays(path) && is_top(path));
        targets.sort_by_key(|path| (app_description::is_at(path), self.now.contains_key(*path)));
        let operations: Vec<Operation> = targets.iter().map(|path| self.operation(path)).collect();
        let files = operations.iter().enumerate().flat_map(|(number, one)| self.files(number, one)).collect();
        Composed { operations, files, changes: self.changes }
    }

    fn operation(&self, path: &RelPath) -> Operation {
        let inside = |all: Vec<(&RelPath, bool)>| -> Content {
            let (mut folders, mut files) = (Vec::new(), Vec::new());
            for (inner, is_folder) in all {
                let Some(inner) = within(inner, path) else { continue };
                if is_folder { folders.push(inner) } else { files.push(inner) }
            }
            Content::Folder { folders, files }
        };
        let before = self.former.get(path).map(|kind| match kind {
            Kind::Folder => {
                let all = below(&self.former, path).map(|(inner, kind)| (inner, *kind == Kind::Folder));
                inside(all.collect())
            }
            Kind::File { .. } | Kind::Link | Kind::Special => Content::File,
        });
        let after = self.now.get(path).and_then(|now| match now {
            Now::Former(_) => None,
            Now::File { .. } => Some(Content::File),
            Now::Folder => {
                let all = below(&self.now, path).map(|(inner, now)| (inner, matches!(now, Now::Folder)));
                Some(inside(all.collect()))
            }
        });
        Operation { path: path.clone(), before, after }
    }

    fn files(&self, operation: usize, of: &Operation) -> Vec<NewFile> {
        let itself = self.now.get_key_value(&of.path);
        let all = itself.into_iter().chain(below(&self.now, &of.path));
        all.filter_map(|(path, now)| match *now {
            Now::File { step, entry, size } => {
                let inside = within(path, &of.path);
                Some(NewFile { path: path.clone(), step, entry, size, operation, inside })
            }
            Now::Former(_) | Now::Folder => None,
        })
        .collect()
    }
}

/// Everything in a folder, folders before what is in them.
fn below<'a, T>(
    all: &'a BTreeMap<RelPath, T>,
    folder: &'a RelPath,
) -> impl Iterator<Item = (&'a RelPath, &'a T)> {
    // Names such as `a-b` lie between `a` and `a/b`.
    let from = all.range(folder..);
    from.take_while(|(path, _)| path.as_str().starts_with(folder.as_str()))
        .filter(|(path, _)| within(path, folder).is_some())
}

/// The path as it is below a folder; `None` if it is not there.
fn within(path: &RelPath, folder: &RelPath) -> Option<RelPath> {
    let below = path.as_str().strip_prefix(folder.as_str())?.strip_prefix('/')?;
    RelPath::try_from(below.to_owned()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Write;

    fn path(text: &str) -> RelPath {
        RelPath::try_from(text.to_owned()).unwrap()
    }

    fn nodes(texts: &[&str]) -> Vec<Node> {
        let kind = |text: &str| {
            if text.ends_with('/') { Kind::Folder } else { Kind::File { size: 1, modified: None } }
        };
        texts.iter().map(|text| Node { path: path(text.trim_end_matches('/')), kind: kind(text) }).collect()
    }

    fn replacement(deletes: &[&str], folders: &[&str], writes: &[&str]) -> Replacement {
        let all = |texts: &[&str]| texts.iter().map(|text| path(text)).collect();
        let write = |(entry, text): (usize, &&str)| Write { path: path(text), exists: false, size: 2, entry };
        let writes = writes.iter().enumerate().map(write).collect();
        Replacement { deletes: all(deletes), folders: all(folders), writes, absent: Vec::new() }
    }

    /// Each operation as a line: `-` was there, `+` is there, `/` a folder with so many things in it.
    fn told(nodes: &[Node], steps: &[Replacement]) -> Vec<String> {
        let mut layers = Layers::of(nodes);
        for (number, step) in steps.iter().enumerate() {
            layers.add(number, step);
        }
        let of = |sign: &str, content: &Option<Content>| match content {
            None => String::new(),
            Some(Content::File) => sign.to_owned(),
            Some(Content::Folder { folders, files }) => format!("{sign}/{}", folders.len() + files.len()),
        };
        let composed = layers.composed();
        let line = |one: &Operation| format!("{}{} {}", of("-", &one.before), of("+", &one.after), one.path);
        composed.operations.iter().map(line).collect()
    }

    #[test]
    fn what_is_only_removed_comes_first_and_the_description_last() {
        let before = nodes(&["AppDescription.xml", "Docs/", "Docs/a", "Docs/old", "x", "z"]);
        let step = replacement(
            &["AppDescription.xml", "Docs/old", "z"],
            &["New", "New/deep"],
            &["AppDescription.xml", "Docs/a", "New/deep/b", "New/c", "x"],
        );
        let expected = ["- Docs/old", "- z", "-+ Docs/a", "+/3 New", "-+ x", "-+ AppDescription.xml"];
        assert_eq!(told(&before, &[step]), expected);
    }

    #[test]
    fn a_folder_that_goes_or_comes_is_one_operation_whatever_is_in_it() {
        let before = nodes(&["a-b", "a/", "a/b", "a/c/", "a/c/d", "a.b", "b/"]);
        let gone = replacement(&["a", "a/b", "a/c", "a/c/d"], &[], &[]);
        assert_eq!(told(&before, std::slice::from_ref(&gone)), ["-/3 a"]);
        let again = replacement(&[], &["a", "a/n"], &["a/n/x"]);
        assert_eq!(told(&before, &[gone, again]), ["-/3+/2 a"]);
        let new = replacement(&[], &["b/c", "b/c/d"], &["b/c/x", "b/y"]);
        assert_eq!(told(&before, &[new]), ["+/2 b/c", "+ b/y"]);
    }

    #[test]
    fn of_several_steps_only_what_is_left_in_the_end_gets_into_the_base() {
        let before = nodes(&["a"]);
        let first = replacement(&[], &["tmp"], &["a", "tmp/x", "b"]);
        let second = replacement(&["tmp", "tmp/x", "b"], &[], &["a"]);
        let mut layers = Layers::of(&before);
        layers.add(0, &first);
        layers.add(1, &second);
        let composed = layers.composed();
        assert_eq!(composed.operations.len(), 1);
        assert_eq!(composed.files.len(), 1);
        assert_eq!((composed.files[0].step, composed.files[0].inside.clone()), (1, None));
        assert!(composed.changes.made.contains(&path("tmp/x")));
    }

    #[test]
    fn a_file_knows_its_place_in_the_folder_that_comes_with_it() {
        let mut layers = Layers::of(&nodes(&["Docs/"]));
        layers.add(0, &replacement(&[], &["Docs/n", "Docs/n/m"], &["Docs/n/m/x", "Docs/y"]));
        let composed = layers.composed();
        let places: Vec<(usize, Option<String>)> = composed
            .files
            .iter()
            .map(|file| (file.operation, file.inside.as_ref().map(ToString::to_string)))
            .collect();
        assert_eq!(places, [(0, Some("m/x".to_owned())), (1, None)]);
    }
}
