//! The settings together with what of them stands in the file: for lists of them, where "the default" and "set to the
//! same" are two things.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Error, KEYS, Key, LARGEST_FILE, Settings};
use crate::fs;
use crate::machine::Problem;
use crate::os::Os;

/// What the file has.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// In force: the defaults where the file is not used.
    pub settings: Settings,
    /// Keys that stand in the file.
    pub set: BTreeSet<Key>,
    /// Why the file is not used.
    pub problem: Option<Problem>,
}

/// Reads the file as [`Settings::load_trusted`] does.
pub fn stored(os: &dyn Os, path: &Path) -> Result<Stored, Error> {
    let (settings, problem) = Settings::load_trusted(os, path)?;
    let read = |source| Error::Read { path: path.to_path_buf(), source };
    let bytes = fs::read_limited(path, LARGEST_FILE).map_err(read)?.unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    // What it means was understood above, if it is used.
    let table: toml::Table = text.trim_start_matches('\u{feff}').parse().unwrap_or_default();
    let is_set = |key: &Key| problem.is_none() && table.contains_key(key.name());
    Ok(Stored { settings, set: KEYS.into_iter().filter(is_set).collect(), problem })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::MachineRoot;

    fn read(text: Option<&str>) -> Result<Stored, Error> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("settings.toml");
        if let Some(text) = text {
            std::fs::write(&path, text).unwrap();
        }
        stored(&MachineRoot::open(dir.path()).unwrap(), &path)
    }

    #[test]
    fn a_value_that_is_the_default_is_set_all_the_same() {
        let stored = read(Some("\u{feff}check_hours = 4\nsorce = 'x'\n")).unwrap();
        assert_eq!(stored.set, [Key::CheckHours].into());
        assert_eq!(stored.settings.unknown_keys().collect::<Vec<_>>(), ["sorce"]);
        assert!(read(None).unwrap().set.is_empty());
    }

    #[test]
    fn a_broken_file_is_an_error() {
        assert!(matches!(read(Some("source = = 1\n")), Err(Error::Parse { .. })));
    }
}
