//! What is kept for the way back before the platform changes: its common files with the list of bases, and installers.
//!
//! An MSI of the platform replaces or rewrites `Common`: `apps.xml` is the only list of bases there is, `common.config`
//! the administrator's own (both documented; that an upgrade touches them is inferred). So before one is started they
//! are copied, the copy is compared, and three of them are kept. Templates stay out: they are large, and come back with
//! their products. Bases are not copied here: an installer of the platform changes none.
//!
//! The installer of a version that was installed by this program is kept, too ([`installers`]), as a site may offer the
//! newest one only; one that somebody else has installed is asked for in the source ([`former`]). Deliberately not here:
//! going back, which a person does with that installer and knows why.

pub mod former;
pub mod installers;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Zoned;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::fs::write_atomically;
use crate::machine;
use crate::os::{Identity, Os};
use crate::paths::Paths;
use crate::put;
use crate::tree::{self, Kind, RelPath};
use crate::version::Version;

/// The vendor's files for all bases of a PC.
pub const COMMON: &str = r"C:\ProgramData\Cleverence\Common";
/// Of these, what is not copied.
const WITHOUT: &str = "Templates";
/// The copy of [`COMMON`] in a copy.
const COMMON_COPY: &str = "Common";
/// What a copy says of itself, in its folder.
pub const STATE: &str = "state.json";
/// So many copies are kept.
const KEPT: usize = 3;
/// How the name of a copy begins that is not complete.
const UNFINISHED: &str = ".unfinished-";

/// What a copy says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The platform before.
    pub platform: Option<Version>,
    /// When, to the second.
    pub time: String,
    /// Who installed.
    pub user: String,
    /// On which PC.
    pub computer: String,
    /// The bases of the PC.
    pub bases: Vec<ListedBase>,
    /// The files, below `Common`.
    pub files: Vec<CopiedFile>,
}

/// A base of the PC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedBase {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// As the list has it.
    pub folder: String,
    /// Its product.
    pub product: String,
    /// What it is on.
    pub version: Option<Version>,
}

/// A file that was copied, and read again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopiedFile {
    /// Below `Common`.
    pub path: RelPath,
    /// Of the file and of its copy.
    pub sha256: Digest,
}

/// Why there is no copy. Nothing was started.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something could not be listed.
    #[error("Failed to look through the common files")]
    List(#[source] tree::Error),
    /// Something could not be read or written.
    #[error("Failed to copy the common files: {}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// A file was written to meanwhile, or the disk did not keep what was written.
    #[error("Copy of a common file is not what the file is: {path}")]
    Differs {
        /// Below `Common`.
        path: RelPath,
    },
}

/// Copies the common files and the list of bases, and deletes the oldest copies but three. The caller holds the update
/// lock.
pub fn keep_state(os: &dyn Os, paths: &Paths, at: &Zoned, by: &Identity) -> Result<PathBuf, Error> {
    let parent_dir = paths.platform_dir();
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |error| Error::File { path, error }
    };
    os.make_administrators_dir(&parent_dir).map_err(failed(&parent_dir))?;
    let name = at.strftime("%Y.%m.%d %H.%M.%S").to_string();
    let part_dir = parent_dir.join(format!("{UNFINISHED}{name}"));
    remove_unfinished(&parent_dir);
    fs::create_dir(&part_dir).map_err(failed(&part_dir))?;
    let files = match os.locate(COMMON) {
        Ok(common_dir) if common_dir.is_dir() => copy(&common_dir, &part_dir.join(COMMON_COPY))?,
        // There is no platform yet.
        Ok(_) | Err(_) => Vec::new(),
    };
    let state_path = part_dir.join(STATE);
    let state = state(os, at, by, files);
    let bytes = serde_json::to_vec_pretty(&state).map_err(io::Error::from).map_err(failed(&state_path))?;
    write_atomically(&state_path, &bytes).map_err(failed(&state_path))?;
    let dir = free_name(&parent_dir, &name);
    fs::rename(&part_dir, &dir).map_err(failed(&dir))?;
    remove_oldest(&parent_dir, &dir);
    Ok(dir)
}

fn state(os: &dyn Os, at: &Zoned, by: &Identity, files: Vec<CopiedFile>) -> State {
    let machine = machine::read(os);
    let bases = machine.bases.into_iter().map(|base| ListedBase {
        id: base.id,
        name: base.name,
        folder: base.folder,
        product: base.product,
        version: base.version,
    });
    State {
        platform: machine.platform.map(|platform| platform.version),
        time: at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        user: by.user.clone(),
        computer: by.computer.clone(),
        bases: bases.collect(),
        files,
    }
}

/// Copies everything but templates; links are passed over, as nobody knows where they lead.
fn copy(from_dir: &Path, to_dir: &Path) -> Result<Vec<CopiedFile>, Error> {
    let at = |path: &Path| {
        let path = path.to_path_buf();
        move |error| Error::File { path, error }
    };
    let mut files = Vec::new();
    fs::create_dir(to_dir).map_err(at(to_dir))?;
    for node in tree::list(from_dir).map_err(Error::List)? {
        let first = node.path.components().next().unwrap_or_default();
        if first.eq_ignore_ascii_case(WITHOUT) {
            continue;
        }
        let (from, to) = (node.path.below(from_dir), node.path.below(to_dir));
        match node.kind {
            Kind::Folder => fs::create_dir_all(&to).map_err(at(&to))?,
            Kind::File { .. } => {
                put::put(&from, &to, None).map_err(at(&from))?;
                let (was, is) = (digest(&from).map_err(at(&from))?, digest(&to).map_err(at(&to))?);
                if was != is {
                    return Err(Error::Differs { path: node.path });
                }
                files.push(CopiedFile { path: node.path, sha256: is });
            }
            Kind::Link | Kind::Special => tracing::warn!(path = %from.display(), "Not copied"),
        }
    }
    Ok(files)
}

fn digest(path: &Path) -> io::Result<Digest> {
    Ok(Digest::of_reader(&mut File::open(path)?)?.0)
}

/// Two within a second are told apart.
fn free_name(parent_dir: &Path, name: &str) -> PathBuf {
    let names = std::iter::once(name.to_owned()).chain((2..100).map(|number| format!("{name} ({number})")));
    let mut dirs = names.map(|name| parent_dir.join(name));
    dirs.find(|dir| !dir.exists()).unwrap_or_else(|| parent_dir.join(name))
}

/// Best effort: what a run that was cut off has left.
fn remove_unfinished(parent_dir: &Path) {
    for name in names(parent_dir).into_iter().filter(|name| name.starts_with(UNFINISHED)) {
        let _ = fs::remove_dir_all(parent_dir.join(name));
    }
}

/// Best effort: a copy too many harms nobody. `made` stays whatever its name says: a clock that has lost its time makes it
/// the oldest of all.
fn remove_oldest(parent_dir: &Path, made: &Path) {
    let mut copies: Vec<String> = names(parent_dir)
        .into_iter()
        .filter(|name| name.starts_with(|first: char| first.is_ascii_digit()))
        .filter(|name| parent_dir.join(name).join(STATE).is_file() && parent_dir.join(name) != made)
        .collect();
    copies.sort();
    let many = (copies.len() + 1).saturating_sub(KEPT);
    for name in copies.into_iter().take(many) {
        if let Err(error) = fs::remove_dir_all(parent_dir.join(&name)) {
            tracing::warn!(name, %error, "Left an old copy of the common files");
        }
    }
}

fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).into_iter().flatten().filter_map(Result::ok);
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

#[cfg(test)]
mod tests;
