//! The folder of a base that Android devices are updated from, read as a device reads it.
//!
//! Documented: `Update\Android\versions.xml` lists versions as a source's lists do, each with a folder of its own beside
//! it, in which lie an `update.xml` and the package that names; the device compares the version with its own. How a device
//! chooses among several is not documented: the highest one that is newer and whole is taken for it here.
//!
//! Never fails: what is wrong stands beside what is right, with its place. Deliberately not here: changing any of it
//! ([`super::staging`]).

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::apk::{self, Apk};
use crate::catalogue::update_xml::{self, Context};
use crate::catalogue::{Fault, Feed, FileLocation, versions_xml};
use crate::machine::FileFault;
use crate::os::{self, PATIENCE};
use crate::source::{DESCRIPTION_LIMIT_BYTES, resolve};
use crate::version::Version;
use crate::xml;

/// Below a base's folder, components joined by `/`.
pub const FOLDER: &str = "Update/Android";
/// The extension of a package.
pub const EXTENSION: &str = "apk";

/// What a base hands out to its Android devices.
#[derive(Clone, Debug, PartialEq)]
pub struct Staged {
    /// The folder, whether it is there or not.
    pub dir: PathBuf,
    /// The list of versions.
    pub list: List,
    /// What it names, newest first.
    pub apps: Vec<StagedApp>,
    /// What lies in folders with a version for their name that the list does not name, newest first: no device sees them.
    pub unlisted: Vec<StagedApp>,
}

/// The list of a folder of staged apps.
#[derive(Clone, Debug, PartialEq)]
pub enum List {
    /// There is none: devices are offered nothing.
    Missing,
    /// It is not to be read: devices are offered nothing.
    Broken(Fault),
    /// It was read.
    Read {
        /// Entries that do not count, and why.
        refused: Vec<Fault>,
    },
}

/// A version with a folder of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct StagedApp {
    /// By the list, or by the folder's name where that is not on it.
    pub version: Version,
    /// Its folder's name.
    pub folder: String,
    /// What a device would get that is told of it, or why it would not.
    pub content: Result<Content, Unusable>,
}

/// What a device gets.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// The package.
    pub path: PathBuf,
    /// Bytes of it.
    pub size: u64,
    /// What is said of it, for the person at the device.
    pub text: String,
    /// What the package says it is.
    pub apk: Apk,
}

/// Why a version on the list is not to be had.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Unusable {
    /// Its description is not there, or not what it should be.
    #[error("Description is unusable: {path}")]
    Description {
        /// Below the folder.
        path: String,
        /// Why.
        #[source]
        fault: Fault,
    },
    /// Its description names no file.
    #[error("Description names no file: {path}")]
    NoFile {
        /// Of the description, below the folder.
        path: String,
    },
    /// The package is not there.
    #[error("Package is not there: {path}")]
    Missing {
        /// Below the folder.
        path: String,
    },
    /// It is not in the folder: the device would have to fetch it elsewhere.
    #[error("Package is elsewhere")]
    Elsewhere,
    /// It is no Android package, or could not be read.
    #[error("Package is unusable: {path}: {detail}")]
    Package {
        /// Below the folder.
        path: String,
        /// Why.
        detail: String,
    },
}

impl Staged {
    /// What a device with an app of this version is offered: the highest version above it that is whole.
    pub fn offered_to(&self, app: &Version) -> Option<&StagedApp> {
        self.apps.iter().find(|staged| staged.version > *app && staged.content.is_ok())
    }

    /// The highest version that is whole.
    pub fn newest(&self) -> Option<&StagedApp> {
        self.apps.iter().find(|staged| staged.content.is_ok())
    }

    /// Of which app the packages are, by the newest that is whole; where the list names none, by what lies beside it.
    pub fn package(&self) -> Option<&str> {
        let mut whole = self.apps.iter().chain(&self.unlisted).filter_map(|app| app.content.as_ref().ok());
        whole.next().map(|content| content.apk.package.as_str())
    }
}

/// Where the folder of a base lies, in the spelling that is there.
pub fn dir(base_dir: &Path) -> PathBuf {
    resolve(&FOLDER.split('/').fold(base_dir.to_path_buf(), |path, name| path.join(name)))
}

/// Reads what a base hands out.
pub fn read(base_dir: &Path) -> Staged {
    let dir = dir(base_dir);
    let read = xml::read_file(&resolve(&dir.join(versions_xml::FILE)), DESCRIPTION_LIMIT_BYTES);
    let versions = match read {
        Err(FileFault::Missing { .. }) => {
            let unlisted = unlisted(&dir, &[]);
            return Staged { dir, list: List::Missing, apps: Vec::new(), unlisted };
        }
        read => read.map_err(Fault::File).and_then(|bytes| versions_xml::parse(&bytes)),
    };
    let versions = match versions {
        Ok(versions) => versions,
        Err(fault) => {
            let unlisted = unlisted(&dir, &[]);
            return Staged { dir, list: List::Broken(fault), apps: Vec::new(), unlisted };
        }
    };
    let mut apps: Vec<StagedApp> = versions
        .listed
        .into_iter()
        .map(|listed| StagedApp {
            version: listed.version,
            content: content(&dir, &listed.path, listed.version),
            folder: listed.path,
        })
        .collect();
    apps.sort_by_key(|app| std::cmp::Reverse(app.version));
    let unlisted = unlisted(&dir, &apps);
    let refused = versions.refused.into_iter().map(|refused| refused.fault).collect();
    Staged { dir, list: List::Read { refused }, apps, unlisted }
}

fn content(dir: &Path, folder: &str, version: Version) -> Result<Content, Unusable> {
    let path = format!("{folder}/{}", update_xml::FILE);
    let described = |fault| Unusable::Description { path: path.clone(), fault };
    let bytes = xml::read_file(&place(dir, &path), DESCRIPTION_LIMIT_BYTES)
        .map_err(|fault| described(Fault::File(fault)))?;
    let feed = Feed::none();
    let context = Context { feed: &feed, version, dir: folder, sites: &[] };
    let release = update_xml::parse(&bytes, update_xml::FILE, &context).map_err(described)?;
    let file = release.file.ok_or_else(|| Unusable::NoFile { path: path.clone() })?;
    // What `fromdownloads` names lies in a folder of the site, and the device is not there.
    let FileLocation::InSource(file) = file.location else { return Err(Unusable::Elsewhere) };
    if !file.starts_with(&format!("{folder}/")) {
        return Err(Unusable::Elsewhere);
    }
    let package = place(dir, &file);
    let unusable = |detail: String| Unusable::Package { path: file.clone(), detail };
    let opened = match fs::metadata(&package) {
        Ok(facts) if facts.is_file() => {
            os::patiently(PATIENCE, || File::open(&package)).map(|opened| (opened, facts.len()))
        }
        Ok(_) => return Err(unusable("Not an ordinary file".to_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(Unusable::Missing { path: file });
        }
        Err(error) => Err(error),
    };
    let (opened, size) = opened.map_err(|error| unusable(error.to_string()))?;
    let apk = apk::read(opened).map_err(|error| unusable(error.to_string()))?;
    Ok(Content { path: package, size, text: release.notes, apk })
}

fn place(dir: &Path, below: &str) -> PathBuf {
    resolve(&below.split('/').fold(dir.to_path_buf(), |path, name| path.join(name)))
}

/// What lies in folders with a version for their name that are none of these.
fn unlisted(dir: &Path, listed: &[StagedApp]) -> Vec<StagedApp> {
    // A folder on the list may lie deeper.
    let top = |app: &StagedApp| app.folder.split('/').next().unwrap_or_default().to_owned();
    let is_listed = |name: &str| listed.iter().any(|app| top(app).eq_ignore_ascii_case(name));
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let names = folders.filter_map(|entry| entry.file_name().into_string().ok());
    let unlisted = names.filter(|name| !is_listed(name)).filter_map(|folder| {
        let version = folder.parse().ok()?;
        Some(StagedApp { version, content: content(dir, &folder, version), folder })
    });
    let mut unlisted: Vec<StagedApp> = unlisted.collect();
    unlisted
        .sort_by(|one, other| other.version.cmp(&one.version).then_with(|| one.folder.cmp(&other.folder)));
    unlisted
}

#[cfg(test)]
mod tests;
