//! Metadata that another process of this PC has kept, laid out as a source has it.
//!
//! A process with an administrator's rights believes nothing that the person's process has kept: it verifies
//! the same metadata again, from the trusted root that administrators alone can write, and without any network.
//! For that the set of the last whole refresh goes into a folder of its own under the names it has in
//! `metadata/`, with the roots that lead to it. It is read at once from one file, so a refresh that is under way
//! is not waited for. Deliberately not here: verifying, which is the same as for any other source.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

use super::whole::Whole;
use crate::fs::read_limited;
use crate::paths::is_windows_name;

/// No root is larger.
const LARGEST_ROOT: u64 = 8 * 1024 * 1024;
/// So many files are looked at: roots of many years.
const MOST_FILES: usize = 2000;

/// Writes what was verified as a whole and is kept in `store_dir` to the new folder `to`. Two roles whose names
/// are the same file there, and a role whose name can be none, are left out with a word in the log.
pub fn export(store_dir: &Path, to: &Path) -> io::Result<()> {
    std::fs::metadata(store_dir)?;
    std::fs::create_dir_all(to)?;
    let whole = Whole::read(store_dir)?;
    export_roots(&store_dir.join("root_history"), whole.root, to)?;
    for (name, text) in whole.top.iter().chain(&whole.roles) {
        let versioned = version(text).filter(|_| whole.consistent && name != "timestamp.json");
        let published = versioned.map_or_else(|| name.clone(), |version| format!("{version}.{name}"));
        write(to, &published, text.as_bytes())?;
    }
    Ok(())
}

/// None above the one that the rest was verified by: newer ones may have other keys for it.
fn export_roots(history: &Path, last: u64, to: &Path) -> io::Result<()> {
    if !history.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(history)?.take(MOST_FILES) {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let version = name.strip_suffix(".root.json").and_then(|version| version.parse::<u64>().ok());
        if version.is_some_and(|version| version <= last)
            && let Some(bytes) = read_limited(&entry.path(), LARGEST_ROOT)?
        {
            write(to, &name, &bytes)?;
        }
    }
    Ok(())
}

/// What is there already stays: no role takes the place of another.
fn write(to: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let created = is_windows_name(name).then(|| File::create_new(to.join(name))).transpose();
    match created {
        Ok(Some(mut file)) => file.write_all(bytes),
        Ok(None) => {
            tracing::warn!(name, "A role is not handed over, as no file can have its name");
            Ok(())
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            tracing::warn!(name, "A role is not handed over, as another one has its name");
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// Of the role in a text; `None` if it is not understood.
fn version(text: &str) -> Option<u64> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    value.get("signed")?.get("version")?.as_u64()
}
