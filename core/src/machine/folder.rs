//! A base's folder: the few of its files that say what the base is, found with one listing.
//!
//! One listing answers for every name in any letter case, and says which files are there at all. The devices of a base
//! cost another one and a walk ([`super::devices`]); its licences, where they are read, two more
//! ([`super::licences`]). Deliberately not here: what the files mean.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, FileType};
use std::io;
use std::path::PathBuf;

use super::{FileFault, app_description, base_settings, licences};
use crate::os::Os;
use crate::xml;

/// The folder of a base's devices.
pub(super) const CONNECTIONS: &str = "Connections";
/// For each file of a base. Real ones are below 1 MiB.
pub(super) const LIMIT_BYTES: u64 = 4 * 1024 * 1024;

/// What was found in a base's folder.
pub(super) struct Folder<'a> {
    os: &'a dyn Os,
    /// As Windows writes it, without a separator at the end.
    windows_path: &'a str,
    dir: PathBuf,
    /// By lower-case name.
    entries: BTreeMap<String, Entry>,
}

struct Entry {
    name: OsString,
    kind: FileType,
}

impl<'a> Folder<'a> {
    /// Lists the folder.
    pub(super) fn list(os: &'a dyn Os, windows_path: &'a str, dir: PathBuf) -> io::Result<Self> {
        let mut entries = BTreeMap::new();
        for entry in fs::read_dir(&dir)? {
            let entry = entry?;
            let name = entry.file_name();
            let key = name.to_string_lossy().to_lowercase();
            if is_wanted(&key) {
                let found = Entry { name, kind: entry.file_type()? };
                // Of names that differ in case alone, always the same one.
                match entries.get(&key) {
                    Some(Entry { name, .. }) if *name < found.name => {}
                    _ => {
                        entries.insert(key, found);
                    }
                }
            }
        }
        Ok(Self { os, windows_path: windows_path.trim_end_matches(['\\', '/']), dir, entries })
    }

    /// The path of a file in it, as Windows writes it.
    pub(super) fn windows_path_of(&self, name: &str) -> String {
        format!(r"{}\{name}", self.windows_path)
    }

    /// Names of the connectors' files.
    pub(super) fn connectivity_names(&self) -> impl Iterator<Item = String> {
        let names = self.entries.values().map(|entry| entry.name.to_string_lossy().into_owned());
        names.filter(|name| base_settings::is_connectivity_name(name))
    }

    /// Whether some file's name is the sign of exchange through the Internet.
    pub(super) fn names_internet_exchange(&self) -> bool {
        self.entries.keys().any(|name| base_settings::names_internet_exchange(name))
    }

    /// A folder in it, of its devices or licences: absent, there, or something that is not a folder.
    pub(super) fn sub_folder(&self, name: &str) -> Option<Result<PathBuf, String>> {
        let entry = self.entries.get(&name.to_lowercase())?;
        if entry.kind.is_dir() {
            Some(Ok(self.dir.join(&entry.name)))
        } else {
            Some(Err(format!("{name} is not a folder")))
        }
    }

    /// Reads one of its files.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>, FileFault> {
        let missing = || FileFault::Missing { file: name.to_owned() };
        let entry = self.entries.get(&name.to_lowercase()).ok_or_else(missing)?;
        let path = if entry.kind.is_symlink() {
            let located = self.os.locate(&self.windows_path_of(name));
            located
                .map_err(|fault| FileFault::Unreadable { file: name.to_owned(), detail: fault.to_string() })?
        } else {
            self.dir.join(&entry.name)
        };
        xml::read_file(&path, LIMIT_BYTES)
    }
}

fn is_wanted(lower_case_name: &str) -> bool {
    let is_fixed = [
        app_description::FILE,
        base_settings::SETTINGS,
        base_settings::CUSTOM_SETTINGS,
        CONNECTIONS,
        licences::FOLDER,
    ]
    .iter()
    .any(|name| name.eq_ignore_ascii_case(lower_case_name));
    is_fixed
        || base_settings::is_connectivity_name(lower_case_name)
        || base_settings::names_internet_exchange(lower_case_name)
}
