//! The licence files of a folder, for a base or for the whole PC.
//!
//! That licences lie in `Licenses` of a base and in one folder for all of them, as `lic*.xml`, was read from a
//! published build of the vendor's program, version 3.3. Files and sizes are bounded, and links are not followed: there
//! is nothing here worth being led astray for. One broken file is a problem and hides no other. Deliberately not here:
//! what a file says ([`super::licence`]).

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::licence::{self, Licence};
use super::{Fault, Problem};
use crate::os::{LocateFault, Os};
use crate::xml;

/// A base's own folder of licences.
pub(super) const FOLDER: &str = "Licenses";
/// The folder for all bases of a PC.
pub(super) const COMMON: &str = r"C:\ProgramData\Cleverence\Licenses";
/// Of one folder; of more, the first by name are read.
const MOST_FILES: usize = 200;
/// Real ones have some KiB.
const LIMIT_BYTES: u64 = 1024 * 1024;

/// Where licences go, and what is wrong with them.
pub(super) struct Found<'a> {
    pub(super) licences: &'a mut Vec<Licence>,
    pub(super) problems: &'a mut Vec<Problem>,
}

impl Found<'_> {
    /// Those for all bases.
    pub(super) fn read_common(&mut self, os: &dyn Os) {
        match os.locate(COMMON) {
            Ok(dir) => self.read(&dir, COMMON, None),
            Err(LocateFault::NoDrive(_)) => {}
            Err(fault @ (LocateFault::Outside | LocateFault::NotAbsolute)) => {
                self.unread(COMMON, fault.to_string());
            }
        }
    }

    /// Those in a folder; `windows_dir` is its path as Windows writes it.
    pub(super) fn read(&mut self, dir: &Path, windows_dir: &str, base_id: Option<&str>) {
        let mut files = match list(dir) {
            Ok(files) => files,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(error) => return self.unread(windows_dir, error.to_string()),
        };
        if files.len() > MOST_FILES {
            self.unread(windows_dir, format!("More than {MOST_FILES} licence files"));
            files.truncate(MOST_FILES);
        }
        for (name, path) in files {
            self.read_file(&path, &format!(r"{windows_dir}\{name}"), base_id);
        }
    }

    fn read_file(&mut self, path: &Path, windows_path: &str, base_id: Option<&str>) {
        let read = xml::read_file(path, LIMIT_BYTES);
        let fault = match read.and_then(|bytes| licence::parse(&bytes, base_id, windows_path)) {
            Ok(read) => {
                self.licences.push(read.licence);
                read.bad_end.map(|text| Fault::LicenceEnd { text })
            }
            Err(fault) => Some(Fault::File(fault)),
        };
        let problem = |fault| Problem { path: windows_path.to_owned(), fault };
        self.problems.extend(fault.map(problem));
    }

    /// They could not be listed, or not all of them.
    pub(super) fn unread(&mut self, windows_dir: &str, detail: String) {
        self.problems.push(Problem { path: windows_dir.to_owned(), fault: Fault::Licences { detail } });
    }
}

/// Ordinary files that are called like licences, by name.
fn list(dir: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if licence::is_name(&name) && entry.file_type()?.is_file() {
            files.push((name, entry.path()));
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests;
