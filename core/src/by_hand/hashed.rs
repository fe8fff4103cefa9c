//! What was hashed before: a sheet is looked at again every few seconds, and files of bases and templates are large.
//!
//! A file counts as the same while its size and its time are: good enough to tell a person something, and never used
//! to decide what may be installed.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::backup::Backup;
use crate::digest::Digest;
use crate::template::{self, Contents};

/// Above this many the lot is forgotten: that many files are in no sheet at once.
const MOST: usize = 100_000;

type Stamp = (u64, Option<SystemTime>);
/// Files by [`RelPath::key`](crate::tree::RelPath::key).
pub(super) type Files = Arc<BTreeMap<String, Digest>>;

/// Hashes of files as they were when they were read last.
#[derive(Debug, Default)]
pub struct Hashed {
    files: HashMap<PathBuf, (Stamp, Digest)>,
    templates: HashMap<PathBuf, (Stamp, Option<Arc<Contents>>)>,
    copies: HashMap<PathBuf, (Stamp, Option<Arc<Backup>>)>,
}

impl Hashed {
    /// A file's hash; `None`: it cannot be read.
    pub(super) fn of(&mut self, path: &Path) -> Option<Digest> {
        let stamp = stamp(path)?;
        if let Some((known, digest)) = self.files.get(path)
            && *known == stamp
        {
            return Some(*digest);
        }
        let (digest, _) = Digest::of_reader(&mut BufReader::new(File::open(path).ok()?)).ok()?;
        if self.files.len() >= MOST {
            self.files.clear();
        }
        self.files.insert(path.to_path_buf(), (stamp, digest));
        Some(digest)
    }

    /// What is in a template; `None`: it cannot be read.
    pub(super) fn template(&mut self, path: &Path) -> Option<Arc<Contents>> {
        remembered(&mut self.templates, path, |path| {
            template::contents_of_file(path)
                .inspect_err(
                    |error| tracing::debug!(path = %path.display(), %error, "Passed over a template"),
                )
                .ok()
        })
    }

    /// A copy of a base, by its folder; `None`: it is not complete.
    pub(super) fn copy(&mut self, dir: &Path) -> Option<Arc<Backup>> {
        let manifest = Backup::manifest_path(dir);
        remembered(&mut self.copies, &manifest, |_| {
            Backup::open(dir)
                .inspect_err(|error| tracing::debug!(dir = %dir.display(), %error, "Passed over a copy"))
                .ok()
        })
    }
}

fn remembered<T>(
    known: &mut HashMap<PathBuf, (Stamp, Option<Arc<T>>)>,
    path: &Path,
    read: impl FnOnce(&Path) -> Option<T>,
) -> Option<Arc<T>> {
    let stamp = stamp(path)?;
    if let Some((of, found)) = known.get(path)
        && *of == stamp
    {
        return found.clone();
    }
    let found = read(path).map(Arc::new);
    known.insert(path.to_path_buf(), (stamp, found.clone()));
    found
}

fn stamp(path: &Path) -> Option<Stamp> {
    let facts = fs::metadata(path).ok()?;
    Some((facts.len(), facts.modified().ok()))
}
