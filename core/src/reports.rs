//! Reports of many PCs in one folder: what each check leaves there, and reading all of them.
//!
//! A file per PC, `<name of the PC>.json`, in a shape of its own ([`PcReport`]); the bare report that earlier
//! versions left is understood too. Anybody may write into such a folder, so nothing in it is believed further than
//! to be shown: files are read up to a size, so many of them, and one that is no report is a line that says so; what
//! is said in them is cut to a length, and speaks neither to a terminal nor turns the words around it about.
//! Deliberately not here: where the folder is, and waiting for a share that is gone.

use std::ffi::OsStr;
use std::fs::DirEntry;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

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
/// Once so many bytes of one folder are read, the rest is left out.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// No name is shown longer.
const LONGEST_NAME: usize = 120;
/// No other text is shown longer, in characters.
const LONGEST_TEXT: usize = 300;

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
    /// Files that were not looked at, because there are too many or they are too large together.
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
/// being written ([`fs::write_atomically`] begins their names so) are left out.
pub fn read(dir: &Path) -> Result<Reports, Error> {
    let folder = |source| Error::Folder { dir: dir.to_path_buf(), source };
    let is_wanted = |entry: &DirEntry| {
        let is_unfinished = entry.file_name().as_encoded_bytes().starts_with(fs::UNFINISHED.as_bytes());
        !is_unfinished && !entry.file_type().is_ok_and(|kind| kind.is_dir())
    };
    let entries = std::fs::read_dir(dir).map_err(folder)?;
    let sized = |entry: DirEntry| (entry.metadata().map_or(0, |facts| facts.len()), entry.path());
    // A share that goes meanwhile is no shorter list, and may say so without end.
    let entries: Vec<DirEntry> = entries.collect::<io::Result<_>>().map_err(folder)?;
    let mut files: Vec<(u64, PathBuf)> = entries.into_iter().filter(is_wanted).map(sized).collect();
    // The same ones each time, should there be too many; and a few large ones do not push out all others.
    files.sort();
    let (mut lines, mut read_bytes) = (Vec::new(), 0);
    for (_, path) in files.iter().take(MOST_FILES) {
        if read_bytes >= MOST_BYTES {
            break;
        }
        let (line, bytes) = line(path);
        lines.push(line);
        read_bytes += bytes;
    }
    let left_out = files.len() - lines.len();
    lines.sort_by_cached_key(|line| (line.name.to_lowercase(), line.file_name.clone()));
    Ok(Reports { lines, left_out })
}

/// With the number of bytes that were read for it.
fn line(path: &Path) -> (PcLine, u64) {
    let shown = |name: Option<&OsStr>| plain_name(&name.unwrap_or_default().to_string_lossy());
    let (file_name, stem) = (shown(path.file_name()), shown(path.file_stem()));
    // What is no plain file may never end.
    let bytes = match std::fs::metadata(path) {
        Ok(facts) if !facts.is_file() => {
            return (PcLine { name: file_name.clone(), file_name, content: Err(Unread::Foreign) }, 0);
        }
        Ok(_) => fs::read_limited(path, LARGEST_BYTES),
        Err(error) => Err(error),
    };
    let unreadable = |detail: String| Unread::Unreadable { detail: plain_text(&detail) };
    let (content, read_bytes) = match bytes {
        Ok(Some(bytes)) => (understand(&bytes), bytes.len() as u64),
        // It was there a moment ago.
        Ok(None) => (Err(unreadable(io::Error::from(io::ErrorKind::NotFound).to_string())), 0),
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            (Err(Unread::TooLarge { limit_bytes: LARGEST_BYTES }), LARGEST_BYTES)
        }
        Err(error) => (Err(unreadable(error.to_string())), 0),
    };
    let line = match content {
        Ok((pc, facts)) => PcLine { name: pc.unwrap_or(stem), file_name, content: Ok(facts) },
        Err(unread) => PcLine { name: stem, file_name, content: Err(unread) },
    };
    (line, read_bytes)
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
            let name = Some(plain_name(pc.trim())).filter(|name| !name.is_empty());
            let updater = Some(plain_name(&updater));
            let failure = failure.map(bounded).transpose().map_err(|error| of(&error))?;
            let good = last_good.map(good).transpose().map_err(|error| of(&error))?;
            Ok((name, PcFacts { updater, at, good, failure }))
        }
        Some(format) if format > FORMAT => Err(Unread::Newer { format }),
        Some(_) => Err(Unread::Foreign),
        None => {
            let report: Report = serde_json::from_slice(bytes).map_err(|error| of(&error))?;
            let at = report.checked_at;
            let good = good(report).map_err(|error| of(&error))?;
            Ok((None, PcFacts { updater: None, at, good: Some(good), failure: None }))
        }
    }
}

fn good(report: Report) -> Result<Good, serde_json::Error> {
    let is_complete = report.is_complete();
    let Report { checked_at, source, items, bases_unknown, .. } = report;
    let shown = |mut item: Item| {
        item.name = plain_name(&item.name);
        item.product = item.product.as_deref().map(plain_name);
        // By far the most of a report, and nothing for a table.
        if let State::Available { offer } | State::Blocked { offer, .. } = &mut item.state {
            offer.notes = Vec::new();
        }
        bounded(item)
    };
    let items = items.into_iter().map(shown).collect::<Result<_, _>>()?;
    Ok(Good { at: checked_at, source: bounded(source)?, items, is_complete, bases_unknown })
}

/// The same with every text in it as [`plain_text`] has it. By way of its written shape, for texts stand in many
/// kinds of faults.
fn bounded<T: Serialize + DeserializeOwned>(told: T) -> Result<T, serde_json::Error> {
    let mut value = serde_json::to_value(told)?;
    bound(&mut value);
    serde_json::from_value(value)
}

fn bound(value: &mut Value) {
    match value {
        Value::String(text) => *text = plain_text(text),
        Value::Array(values) => values.iter_mut().for_each(bound),
        Value::Object(values) => values.values_mut().for_each(bound),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn plain_name(name: &str) -> String {
    plain(name, LONGEST_NAME)
}

/// A text out of a report as it may be shown: not too long, and without what a terminal or a window takes for
/// something else than letters.
pub fn plain_text(text: &str) -> String {
    plain(text, LONGEST_TEXT)
}

fn plain(text: &str, longest: usize) -> String {
    let letter = |letter: char| if is_command(letter) { '\u{fffd}' } else { letter };
    text.chars().take(longest).map(letter).collect()
}

/// Control characters, and those that turn the direction of writing.
fn is_command(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests;
