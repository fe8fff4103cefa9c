//! What of a base is in no copy: folders of its root, by their names.
//!
//! A base's own `Backup` (documents that were kept; can be many times the rest) and `Logs` say nothing of how it works,
//! as far as that is known. A file of such a name is copied, a link of such a name is left out as the folder would be.
//! What a copy has left out is never touched when something is put back from it.

use std::collections::BTreeSet;
use std::fs::FileType;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Changes;
use crate::paths::is_windows_name;
use crate::tree::{self, Kind, Node, RelPath};

/// Names of folders in a base's root, in any letter case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct Without {
    names: Vec<String>,
    /// As they are compared.
    keys: BTreeSet<String>,
}

/// Such a text is no name of a folder.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Not the name of a folder: {0}")]
pub struct NameError(String);

impl Default for Without {
    /// The base's own copies of documents, and its logs.
    fn default() -> Self {
        Self::of(["Backup", "Logs"].map(str::to_owned).into())
    }
}

impl TryFrom<Vec<String>> for Without {
    type Error = NameError;

    fn try_from(names: Vec<String>) -> Result<Self, NameError> {
        match names.iter().find(|name| !is_windows_name(name)) {
            Some(name) => Err(NameError(name.clone())),
            None => Ok(Self::of(names)),
        }
    }
}

impl From<Without> for Vec<String> {
    fn from(without: Without) -> Self {
        without.names
    }
}

impl Without {
    /// Nothing is left out.
    pub fn nothing() -> Self {
        Self::of(Vec::new())
    }

    /// As they were written.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether a path lies in what is left out, or is that.
    pub fn reaches(&self, path: &RelPath) -> bool {
        path.components().next().is_some_and(|root| self.keys.contains(&root.to_lowercase()))
    }

    /// Whether a thing of a base is left out.
    pub fn leaves_out(&self, node: &Node) -> bool {
        let is_file_of_the_root =
            node.path.parent().is_none() && matches!(node.kind, Kind::File { .. } | Kind::Special);
        !is_file_of_the_root && self.reaches(&node.path)
    }

    /// Bytes that a copy of a base has, by a listing of all of it.
    pub fn copy_bytes(&self, nodes: &[Node]) -> u64 {
        let sizes = nodes.iter().filter(|node| !self.leaves_out(node)).map(|node| match node.kind {
            Kind::File { size, .. } => size,
            Kind::Folder | Kind::Link | Kind::Special => 0,
        });
        sizes.fold(0, u64::saturating_add)
    }

    /// The same but for those that an update changes: what is not in the copy could not be put back.
    #[must_use]
    pub fn but_for(&self, changes: &Changes) -> Self {
        let touched: BTreeSet<String> = changes
            .removed
            .iter()
            .chain(&changes.made)
            .filter_map(|path| path.components().next().map(str::to_lowercase))
            .collect();
        Self::of(self.names.iter().filter(|name| !touched.contains(&name.to_lowercase())).cloned().collect())
    }

    /// Everything of a base that a copy has or would have.
    pub(super) fn list(&self, base_dir: &Path) -> Result<Vec<Node>, tree::Error> {
        let is_left_out = |name: &str, kind: FileType| {
            (kind.is_dir() || kind.is_symlink()) && self.keys.contains(&name.to_lowercase())
        };
        tree::list_but(base_dir, &is_left_out)
    }

    fn of(names: Vec<String>) -> Self {
        let keys = names.iter().map(|name| name.to_lowercase()).collect();
        Self { names, keys }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn path(text: &str) -> RelPath {
        RelPath::try_from(text.to_owned()).unwrap()
    }

    fn listed(without: &Without, dir: &Path) -> Vec<String> {
        without.list(dir).unwrap().iter().map(|node| node.path.to_string()).collect()
    }

    #[test]
    fn folders_of_the_root_are_left_out_in_any_letter_case_and_nothing_else_of_that_name() {
        let dir = tempfile::tempdir().unwrap();
        for file in ["BACKUP/2025/a.xml", "logs/x.log", "Documents/Logs/y", "Backups/z", "a"] {
            let file = dir.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "12").unwrap();
        }
        let without = Without::default();
        let kept = listed(&without, dir.path());
        assert_eq!(kept, ["Backups", "Backups/z", "Documents", "Documents/Logs", "Documents/Logs/y", "a"]);
        assert_eq!(listed(&Without::nothing(), dir.path()).len(), 11);
        let nodes = tree::list(dir.path()).unwrap();
        let by_nodes: Vec<String> =
            nodes.iter().filter(|node| !without.leaves_out(node)).map(|node| node.path.to_string()).collect();
        assert_eq!(by_nodes, kept, "a listing of all of it tells the same");
        assert_eq!((without.copy_bytes(&nodes), Without::nothing().copy_bytes(&nodes)), (6, 10));
        assert!(without.reaches(&path("lOGS/x")) && !without.reaches(&path("Documents/Logs")));
    }

    #[test]
    fn a_file_of_such_a_name_is_copied() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("Logs"), "12").unwrap();
        assert_eq!(listed(&Without::default(), dir.path()), ["Logs"]);
        assert_eq!(Without::default().copy_bytes(&tree::list(dir.path()).unwrap()), 2);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_of_such_a_name_is_left_out_and_not_refused() {
        let dir = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/", dir.path().join("Backup")).unwrap();
        assert!(listed(&Without::default(), dir.path()).is_empty());
    }

    #[test]
    fn what_an_update_changes_is_copied_after_all() {
        let changes = Changes { removed: [path("logs/old.log")].into(), ..Changes::default() };
        assert_eq!(Without::default().but_for(&changes).names(), ["Backup"]);
        let changes = Changes { made: [path("Backup")].into(), ..Changes::default() };
        assert_eq!(Without::default().but_for(&changes).names(), ["Logs"]);
        assert_eq!(Without::default().but_for(&Changes::default()), Without::default());
    }

    #[test]
    fn a_name_that_no_folder_can_have_is_refused() {
        for name in ["", "..", "a/b", r"a\b", "C:"] {
            assert!(Without::try_from(vec!["Logs".to_owned(), name.to_owned()]).is_err(), "{name}");
        }
        let read: Without = serde_json::from_str(r#"["Кэш"]"#).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), r#"["Кэш"]"#);
        assert!(read.reaches(&path("КЭШ/1")));
    }
}
