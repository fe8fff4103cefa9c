//! What lies in a folder: a sorted listing that never follows a link, and paths that never leave it.
//!
//! What a switch has laid ready or put aside there ([`crate::switch`]) is no part of a base, and of no listing.
//!
//! Deliberately not here: changing anything.

use std::fmt;
use std::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use crate::switch;

/// A path below a folder: components joined by `/`, none of them empty, `.`, `..` or with a separator, a
/// colon (a drive, or an alternate data stream of NTFS) or a null in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RelPath(String);

/// One thing in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Below the folder that was listed.
    pub path: RelPath,
    /// What it is.
    pub kind: Kind,
}

/// What a [`Node`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A folder.
    Folder,
    /// A file.
    File {
        /// Bytes.
        size: u64,
        /// `None` where the file system keeps no times.
        modified: Option<SystemTime>,
    },
    /// A symbolic link or a junction, wherever it leads.
    Link,
    /// A device, a socket, a pipe.
    Special,
}

/// The text is no path below a folder.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Not a path below a folder: {0}")]
pub struct PathError(pub String);

/// Why a folder could not be listed in full.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system did not let it be read.
    #[error("Failed to read the folder: {}", path.display())]
    Read {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// A name that is no Unicode text, or that Windows cannot have.
    #[error("Name cannot be kept: {}", path.display())]
    Name {
        /// The file or folder.
        path: PathBuf,
    },
}

impl RelPath {
    /// From components.
    pub fn of<'a>(components: impl Iterator<Item = &'a str>) -> Result<Self, PathError> {
        let components: Vec<&str> = components.collect();
        let joined = components.join("/");
        let bad = |name: &&str| {
            name.is_empty() || matches!(*name, "." | "..") || name.contains(['/', '\\', ':', '\0'])
        };
        if components.is_empty() || components.iter().any(bad) {
            Err(PathError(joined))
        } else {
            Ok(Self(joined))
        }
    }

    /// As text, with `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The names it is made of.
    pub fn components(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/')
    }

    /// All but the last component; `None` if there is only one.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(parent, _)| Self(parent.to_owned()))
    }

    /// Whether it is this path, or lies below it.
    pub fn is_within(&self, folder: &Self) -> bool {
        let rest = self.0.strip_prefix(&folder.0);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// What two paths share that differ in letter case only, as Windows sees them.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }

    /// Where it lies below `dir`.
    pub fn below(&self, dir: &Path) -> PathBuf {
        let mut path = dir.to_path_buf();
        path.extend(self.components());
        path
    }
}

impl TryFrom<String> for RelPath {
    type Error = PathError;

    fn try_from(text: String) -> Result<Self, PathError> {
        Self::of(text.split('/'))
    }
}

impl From<RelPath> for String {
    fn from(path: RelPath) -> Self {
        path.0
    }
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Everything below `dir`, folders before what is in them. `dir` itself may be a link.
pub fn list(dir: &Path) -> Result<Vec<Node>, Error> {
    list_but(dir, &|_, _| false)
}

/// The same without what `is_left_out` says of names in `dir` itself; what lies below such a folder is not looked at.
pub fn list_but(dir: &Path, is_left_out: &dyn Fn(&str, FileType) -> bool) -> Result<Vec<Node>, Error> {
    let mut nodes = Vec::new();
    let is_wanted = |entry: &DirEntry| {
        let name = entry.file_name().to_str();
        let is_left_out = |name: &str| entry.depth() == 1 && is_left_out(name, entry.file_type());
        !name.is_some_and(|name| switch::is_ours(name) || is_left_out(name))
    };
    for entry in WalkDir::new(dir).min_depth(1).sort_by_file_name().into_iter().filter_entry(is_wanted) {
        let entry = entry.map_err(|error| read_error(dir, error))?;
        let name_error = || Error::Name { path: entry.path().to_path_buf() };
        let below = entry.path().strip_prefix(dir).map_err(|_| name_error())?;
        let names: Option<Vec<&str>> = below.iter().map(|name| name.to_str()).collect();
        let path = RelPath::of(names.ok_or_else(name_error)?.into_iter()).map_err(|_| name_error())?;
        let kind = match entry.file_type() {
            kind if kind.is_symlink() => Kind::Link,
            kind if kind.is_dir() => Kind::Folder,
            kind if kind.is_file() => {
                let facts = entry.metadata().map_err(|error| read_error(entry.path(), error))?;
                Kind::File { size: facts.len(), modified: facts.modified().ok() }
            }
            _ => Kind::Special,
        };
        nodes.push(Node { path, kind });
    }
    Ok(nodes)
}

/// Bytes of all files of a listing.
pub fn total_bytes(nodes: &[Node]) -> u64 {
    let sizes = nodes.iter().map(|node| match node.kind {
        Kind::File { size, .. } => size,
        Kind::Folder | Kind::Link | Kind::Special => 0,
    });
    sizes.fold(0, u64::saturating_add)
}

fn read_error(dir: &Path, error: walkdir::Error) -> Error {
    let path = error.path().unwrap_or(dir).to_path_buf();
    Error::Read { path, error: error.into() }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_path_that_could_leave_its_folder_is_none() {
        for text in ["", "/a", "a//b", "a/", ".", "a/../b", r"a\b", "C:", "a/b:stream", "a\0"] {
            assert_eq!(RelPath::try_from(text.to_owned()), Err(PathError(text.to_owned())), "{text}");
        }
        let path = RelPath::try_from("Документы/a b.xml".to_owned()).unwrap();
        assert_eq!(path.below(Path::new("x")), Path::new("x").join("Документы").join("a b.xml"));
        assert_eq!(
            (path.key().as_str(), path.parent().unwrap().as_str()),
            ("документы/a b.xml", "Документы")
        );
    }

    #[test]
    fn a_listing_has_folders_first_and_everything_in_them() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("b/empty")).unwrap();
        fs::write(dir.path().join("b/x"), "12").unwrap();
        fs::write(dir.path().join("a"), "").unwrap();
        let nodes = list(dir.path()).unwrap();
        let paths: Vec<&str> = nodes.iter().map(|node| node.path.as_str()).collect();
        assert_eq!(paths, ["a", "b", "b/empty", "b/x"]);
        assert!(matches!(nodes[3].kind, Kind::File { size: 2, .. }));
        assert_eq!(total_bytes(&nodes), 2);
        assert!(matches!(list(&dir.path().join("nowhere")), Err(Error::Read { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_listed_and_never_followed() {
        let dir = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/", dir.path().join("root")).unwrap();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("loop")).unwrap();
        let nodes = list(dir.path()).unwrap();
        assert_eq!(nodes.iter().map(|node| node.kind).collect::<Vec<_>>(), [Kind::Link, Kind::Link]);
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_cannot_be_kept_is_an_error_and_not_left_out() {
        use std::os::unix::ffi::OsStrExt;
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(std::ffi::OsStr::from_bytes(b"\xff")), "").unwrap();
        assert!(matches!(list(dir.path()), Err(Error::Name { .. })));
    }
}
