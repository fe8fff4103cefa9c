//! Reports of many PCs in one folder: what each check leaves there, and reading all of them.
//!
//! A file per PC, `<name of the PC>.json`, in a shape of its own ([`PcReport`]); the bare report that earlier
//! versions left is understood too. Anybody may write into such a folder, so nothing in it is believed further than
//! to be shown: files are read up to a size, so many of them, and one that is no report is a line that says so.
//! Deliberately not here: where the folder is, and waiting for a share that is gone.

use std::ffi::OsStr;
use std::fs::DirEntry;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::catalogue;
use crate::check::{Report, SourceFacts};
use crate::fs;
use crate::offer::{Item, State};

/// Of the shape that is written; files of later ones are not read.
pub const FORMAT: u32 = 1;
/// Nothing larger is left or read.
const LARGEST_BYTES: u64 = 16 * 1024 * 1024;
/// So many files of one folder are read.
const MOST_FILES: usize = 10_000;
/// No name is shown longer.
const LONGEST_NAME: usize = 120;

/// What a check leaves for the company.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PcReport {
    /// [`FORMAT`].
    pub format: u32,
    /// The PC's name.
    pub pc: String,
    /// Version of this program.
    pub updater: String,
    /// When the last check began, good or not.
    pub at: Timestamp,
    /// Of the last good check.
    pub last_good: Option<Report>,
    /// How the last check failed, if it did.
    pub failure: Option<Failure>,
}

/// A check that could read nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// When it began.
    pub at: Timestamp,
    /// When the first of the checks began that have failed one after the other.
    pub since: Timestamp,
    /// Why.
    pub error: catalogue::Error,
}

/// A file of the folder.
#[derive(Clone, Debug, PartialEq)]
pub struct PcLine {
    /// The PC's name; of a file that is no report its own, without the ending.
    pub name: String,
    /// The file's name.
    pub file_name: String,
    /// What stands in it.
    pub content: Result<PcFacts, Unread>,
}

/// What a PC has left.
#[derive(Clone, Debug, PartialEq)]
pub struct PcFacts {
    /// Version of this program there; earlier ones did not say.
    pub updater: Option<String>,
    /// When the last check began, good or not.
    pub at: Timestamp,
    /// The last good check.
    pub good: Option<Good>,
    /// How the last check failed, if it did.
    pub failure: Option<Failure>,
}

/// The last good check of a PC.
#[derive(Clone, Debug, PartialEq)]
pub struct Good {
    /// When it began.
    pub at: Timestamp,
    /// What it was made from.
    pub source: SourceFacts,
    /// As in the report, without release notes.
    pub items: Vec<Item>,
    /// Whether everything was looked up.
    pub is_complete: bool,
    /// Whether the PC's list of bases could not be read.
    pub bases_unknown: bool,
}

/// Why a file tells nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It ends too early: it is being written, or the PC went away meanwhile.
    Torn,
    /// A later version of this program has left it.
    Newer {
        /// Its shape.
        format: u32,
    },
    /// Larger than any report.
    TooLarge {
        /// The limit.
        limit_bytes: u64,
    },
    /// Not a report.
    Foreign,
    /// The system does not let it be read.
    Unreadable {
        /// The system's words.
        detail: String,
    },
}

/// The reports of a folder.
#[derive(Clone, Debug, PartialEq)]
pub struct Reports {
    /// By name.
    pub lines: Vec<PcLine>,
    /// Files that were not looked at, because there are too many.
    pub left_out: usize,
}

/// The folder could not be read, or a report could not be left.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be listed.
    #[error("Failed to read the folder of reports: {}", dir.display())]
    Folder {
        /// The folder.
        dir: PathBuf,
        /// The system's error.
        #[source]
        source: io::Error,
    },
    /// It cannot be written.
    #[error("Failed to leave the report: {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: io::Error,
    },
}

impl PcReport {
    /// Leaves it in place of the one before; larger ones than are read are not left.
    pub fn save(&self, path: &Path) -> Result<(), Error> {
        let bytes = serde_json::to_vec(self).map_err(io::Error::from).and_then(|bytes| {
            let is_read = bytes.len() as u64 <= LARGEST_BYTES;
            if is_read { Ok(bytes) } else { Err(io::Error::from(io::ErrorKind::FileTooLarge)) }
        });
        let written = bytes.and_then(|bytes| fs::write_atomically(path, &bytes));
        written.map_err(|source| Error::Write { path: path.to_path_buf(), source })
    }
}

/// Reads all reports of a folder. A file that cannot be read hides no other; folders in it and files that are
/// being written (`.tmp`) are left out.
pub fn read(dir: &Path) -> Result<Reports, Error> {
    let folder = |source| Error::Folder { dir: dir.to_path_buf(), source };
    let is_wanted = |entry: &DirEntry| {
        let is_unfinished = Path::new(&entry.file_name()).extension() == Some(OsStr::new("tmp"));
        !is_unfinished && !entry.file_type().is_ok_and(|kind| kind.is_dir())
    };
    let entries = std::fs::read_dir(dir).map_err(folder)?;
    let mut paths: Vec<PathBuf> = entries.flatten().filter(is_wanted).map(|entry| entry.path()).collect();
    // The same ones each time, should there be too many.
    paths.sort();
    let left_out = paths.len().saturating_sub(MOST_FILES);
    let mut lines: Vec<PcLine> = paths.iter().take(MOST_FILES).map(|path| line(path)).collect();
    lines.sort_by_cached_key(|line| (line.name.to_lowercase(), line.file_name.clone()));
    Ok(Reports { lines, left_out })
}

fn line(path: &Path) -> PcLine {
    let shown = |name: Option<&OsStr>| plain(&name.unwrap_or_default().to_string_lossy());
    let (file_name, stem) = (shown(path.file_name()), shown(path.file_stem()));
    // What is no plain file may never end.
    let is_file = std::fs::metadata(path).map(|facts| facts.is_file());
    let bytes = match is_file {
        Ok(false) => return PcLine { name: file_name.clone(), file_name, content: Err(Unread::Foreign) },
        Ok(true) => fs::read_limited(path, LARGEST_BYTES),
        Err(error) => Err(error),
    };
    let unreadable = |detail: String| Unread::Unreadable { detail };
    let content = match bytes {
        Ok(Some(bytes)) => understand(&bytes),
        // It was there a moment ago.
        Ok(None) => Err(unreadable(io::Error::from(io::ErrorKind::NotFound).to_string())),
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            Err(Unread::TooLarge { limit_bytes: LARGEST_BYTES })
        }
        Err(error) => Err(unreadable(error.to_string())),
    };
    match content {
        Ok((pc, facts)) => PcLine { name: pc.unwrap_or(stem), file_name, content: Ok(facts) },
        Err(unread) => PcLine { name: stem, file_name, content: Err(unread) },
    }
}

/// The PC's name, where it is said, and the rest.
fn understand(bytes: &[u8]) -> Result<(Option<String>, PcFacts), Unread> {
    /// What tells the shapes apart.
    #[derive(Deserialize)]
    struct Shape {
        format: Option<u32>,
    }
    let of = |error: &serde_json::Error| if error.is_eof() { Unread::Torn } else { Unread::Foreign };
    let shape: Shape = serde_json::from_slice(bytes).map_err(|error| of(&error))?;
    match shape.format {
        Some(FORMAT) => {
            let report: PcReport = serde_json::from_slice(bytes).map_err(|error| of(&error))?;
            let PcReport { pc, updater, at, last_good, failure, .. } = report;
            let name = Some(plain(pc.trim())).filter(|name| !name.is_empty());
            let updater = Some(plain(&updater));
            Ok((name, PcFacts { updater, at, good: last_good.map(good), failure }))
        }
        Some(format) if format > FORMAT => Err(Unread::Newer { format }),
        Some(_) => Err(Unread::Foreign),
        None => {
            let report: Report = serde_json::from_slice(bytes).map_err(|error| of(&error))?;
            let at = report.checked_at;
            Ok((None, PcFacts { updater: None, at, good: Some(good(report)), failure: None }))
        }
    }
}

fn good(report: Report) -> Good {
    let is_complete = report.is_complete();
    let Report { checked_at, source, mut items, bases_unknown, .. } = report;
    for item in &mut items {
        item.name = plain(&item.name);
        item.product = item.product.as_deref().map(plain);
        // By far the most of a report, and nothing for a table.
        if let State::Available { offer } | State::Blocked { offer, .. } = &mut item.state {
            offer.notes = Vec::new();
        }
    }
    Good { at: checked_at, source, items, is_complete, bases_unknown }
}

/// A name that a terminal takes for nothing else, and not too long.
fn plain(name: &str) -> String {
    let letter = |letter: char| if letter.is_control() { '\u{fffd}' } else { letter };
    name.chars().take(LONGEST_NAME).map(letter).collect()
}

#[cfg(test)]
mod tests;
