//! The licence files of a PC: those of its bases and those for all of them.
//!
//! That licences lie in `Licenses` of a base and in one folder for all of them, as `lic*.xml`, was read from a
//! published build of the vendor's program, version 3.3. Licences decide nothing, so they are read for display alone
//! and not with the machine. Bases' folders can often be written by users: names, files and bytes are bounded for each
//! folder and for all bases together, and what is a link when a base's folder is listed is passed over. One broken
//! file is a problem and hides no other; many of one folder are one. Deliberately not here: what a file says
//! ([`super::licence`]).

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::folder::Folder;
use super::licence::{self, Licence};
use super::{Base, Fault, Problem};
use crate::os::{LocateFault, Os};
use crate::xml;

/// A base's own folder of licences.
pub(super) const FOLDER: &str = "Licenses";
/// The folder for all bases of a PC.
const COMMON: &str = r"C:\ProgramData\Cleverence\Licenses";
/// Names of one folder that are looked at.
const MOST_NAMES: usize = 10_000;
/// Of one folder; of more, those that the system lists first are read.
const MOST_FILES: usize = 200;
/// Of all bases.
const MOST_OF_ALL: usize = 5_000;
/// Real ones have some KiB.
const LIMIT_BYTES: u64 = 256 * 1024;
/// Of one folder.
const LIMIT_BYTES_OF_FOLDER: u64 = 4 * 1024 * 1024;
/// Of all bases.
const LIMIT_BYTES_OF_ALL: u64 = 32 * 1024 * 1024;
/// Problems of one folder that are told one by one.
const MOST_PROBLEMS: usize = 5;

/// What is open in the licence files, and what is wrong with them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Licences {
    /// Those of the bases, in their order, then those for all of them.
    pub licences: Vec<Licence>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// How much may still be read.
#[derive(Clone, Copy)]
struct Room {
    files: usize,
    bytes: u64,
}

/// Ordinary files that are called like licences, by name.
struct Files {
    files: Vec<(String, PathBuf)>,
    /// What kept the list from being complete.
    incomplete: Option<String>,
}

/// Reads the licences of these bases, and those for all of them.
pub fn read_licences(os: &dyn Os, bases: &[Base]) -> Licences {
    let mut found = Licences::default();
    let mut room = Room { files: MOST_OF_ALL, bytes: LIMIT_BYTES_OF_ALL };
    for base in bases {
        let Some(dir) = &base.dir else { continue };
        // What keeps a base's folder from being listed is a problem of the base.
        let Ok(folder) = Folder::list(os, &base.folder, dir.clone()) else { continue };
        let windows_dir = folder.windows_path_of(FOLDER);
        match folder.sub_folder(FOLDER) {
            None => {}
            Some(Err(detail)) => found.unread(&windows_dir, detail),
            Some(Ok(_)) if room.is_used_up() => {
                found.unread(&windows_dir, "The folders before hold more than is read of all".to_owned());
                break;
            }
            Some(Ok(dir)) => found.read(&dir, &windows_dir, Some(&base.id), &mut room),
        }
    }
    found.read_common(os);
    found
}

impl Licences {
    /// Those for all bases. Whatever bases hold, there is room for these.
    fn read_common(&mut self, os: &dyn Os) {
        let mut room = Room { files: MOST_FILES, bytes: LIMIT_BYTES_OF_FOLDER };
        match os.locate(COMMON) {
            Ok(dir) => self.read(&dir, COMMON, None, &mut room),
            Err(LocateFault::NoDrive(_)) => {}
            Err(fault @ (LocateFault::Outside | LocateFault::NotAbsolute)) => {
                self.unread(COMMON, fault.to_string());
            }
        }
    }

    /// Those in a folder; `windows_dir` is its path as Windows writes it.
    fn read(&mut self, dir: &Path, windows_dir: &str, base_id: Option<&str>, room: &mut Room) {
        let Files { files, mut incomplete } = match list(dir) {
            Ok(files) => files,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(error) => return self.unread(windows_dir, error.to_string()),
        };
        let mut here = Room { files: MOST_FILES, bytes: LIMIT_BYTES_OF_FOLDER };
        let mut problems = Vec::new();
        for (name, path) in files {
            if here.is_used_up() || room.is_used_up() {
                incomplete = Some("The files hold more than is read of them".to_owned());
                break;
            }
            let windows_path = format!(r"{windows_dir}\{name}");
            let (fault, bytes) = self.read_file(&path, &windows_path, base_id);
            here.take(bytes);
            room.take(bytes);
            problems.extend(fault.map(|fault| Problem { path: windows_path, fault }));
        }
        self.problems.extend(folded(problems, windows_dir));
        if let Some(detail) = incomplete {
            self.unread(windows_dir, detail);
        }
    }

    /// What is wrong with the file, and how many bytes of it were read.
    fn read_file(
        &mut self,
        path: &Path,
        windows_path: &str,
        base_id: Option<&str>,
    ) -> (Option<Fault>, usize) {
        let bytes = match xml::read_file(path, LIMIT_BYTES) {
            Ok(bytes) => bytes,
            Err(fault) => return (Some(Fault::File(fault)), 0),
        };
        let fault = match licence::parse(&bytes, base_id, windows_path) {
            Ok(read) => {
                self.licences.push(read.licence);
                read.bad_end.map(|text| Fault::LicenceEnd { text })
            }
            Err(fault) => Some(Fault::File(fault)),
        };
        (fault, bytes.len())
    }

    /// They could not be listed, or not all of them.
    fn unread(&mut self, windows_dir: &str, detail: String) {
        self.problems.push(Problem { path: windows_dir.to_owned(), fault: Fault::Licences { detail } });
    }
}

impl Room {
    fn is_used_up(self) -> bool {
        self.files == 0 || self.bytes == 0
    }

    fn take(&mut self, bytes: usize) {
        self.files = self.files.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(u64::try_from(bytes).unwrap_or(u64::MAX));
    }
}

/// Few problems as they are; of many only how many they are.
fn folded(problems: Vec<Problem>, windows_dir: &str) -> Vec<Problem> {
    match problems.first() {
        Some(first) if problems.len() > MOST_PROBLEMS => {
            let file = first.path.rsplit('\\').next().unwrap_or(&first.path).to_owned();
            let fault = Fault::LicenceFiles { count: problems.len(), file };
            vec![Problem { path: windows_dir.to_owned(), fault }]
        }
        _ => problems,
    }
}

fn list(dir: &Path) -> io::Result<Files> {
    let mut found = Files { files: Vec::new(), incomplete: None };
    for (place, entry) in fs::read_dir(dir)?.enumerate() {
        if place == MOST_NAMES {
            found.incomplete = Some(format!("More than {MOST_NAMES} names"));
            break;
        }
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found.incomplete = Some(error.to_string());
                continue;
            }
        };
        let name = entry.file_name().to_string_lossy().into_owned();
        if !licence::is_name(&name) {
            continue;
        }
        match entry.file_type() {
            Ok(kind) if kind.is_file() => {}
            Ok(_) => continue,
            Err(error) => {
                found.incomplete = Some(format!("{name}: {error}"));
                continue;
            }
        }
        if found.files.len() == MOST_FILES {
            found.incomplete = Some(format!("More than {MOST_FILES} licence files"));
            break;
        }
        found.files.push((name, entry.path()));
    }
    found.files.sort();
    Ok(found)
}

#[cfg(test)]
mod tests;
