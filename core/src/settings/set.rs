//! Setting values in `settings.toml` and leaving everything else of the file as a person wrote it: other keys,
//! comments, the order of lines.
//!
//! Deliberately not here: who may do so; the folder's rights decide.

use std::io;
use std::path::{Path, PathBuf};

use toml_edit::DocumentMut;

use super::{Error, LARGEST_FILE, Settings};
use crate::fs;
use crate::os::Os;

/// A value of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number.
    Number(u32),
    /// Yes or no.
    Flag(bool),
    /// Texts.
    List(Vec<String>),
    /// None: the default counts.
    Unset,
}

/// Why nothing was set. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// The file that is there is not understood, so nothing of it would be safe.
    #[error("Failed to change the settings")]
    Current(#[source] Error),
    /// Others than administrators may have written the file: what they wrote would count from now on.
    #[error("Others than administrators can change the settings: {}", path.display())]
    Untrusted {
        /// The file.
        path: PathBuf,
    },
    /// The values are none for these settings.
    #[error("Settings would not be understood: {detail}")]
    Value {
        /// Line and reason.
        detail: String,
    },
    /// The file could not be written.
    #[error("Failed to write the settings: {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: io::Error,
    },
}

/// What a file of settings is to become: understood, and not written yet.
#[derive(Debug)]
#[must_use = "nothing is written yet"]
pub struct Prepared {
    path: PathBuf,
    /// `None`: there is nothing to set.
    text: Option<String>,
}

impl Prepared {
    /// Writes it; without values nothing is touched.
    pub fn write(self) -> Result<(), SetError> {
        let Self { path, text: Some(text) } = self else { return Ok(()) };
        fs::write_atomically(&path, text.as_bytes()).map_err(|source| SetError::Write { path, source })
    }
}

/// Sets values by their keys, or takes keys away; makes the file where there is none. What would not be read again as settings is
/// not written. Without values nothing is touched.
pub fn set(path: &Path, values: &[(&str, Value)]) -> Result<(), SetError> {
    prepare(path, values)?.write()
}

fn prepare(path: &Path, values: &[(&str, Value)]) -> Result<Prepared, SetError> {
    if values.is_empty() {
        return Ok(Prepared { path: path.to_path_buf(), text: None });
    }
    let text = current(path).map_err(SetError::Current)?;
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let detail = error.message().to_owned();
        SetError::Current(Error::Parse { path: path.to_path_buf(), detail })
    })?;
    for (key, value) in values {
        let new = match value {
            Value::Text(text) => toml_edit::Value::from(text.as_str()),
            Value::Number(number) => toml_edit::Value::from(i64::from(*number)),
            Value::Flag(flag) => toml_edit::Value::from(*flag),
            Value::List(texts) => toml_edit::Value::Array(texts.iter().map(String::as_str).collect()),
            Value::Unset => {
                document.remove(key);
                continue;
            }
        };
        match document.get_mut(key).and_then(toml_edit::Item::as_value_mut) {
            Some(old) => {
                // The comment behind the old value.
                let decor = old.decor().clone();
                *old = new;
                *old.decor_mut() = decor;
            }
            None => {
                document.insert(key, toml_edit::Item::Value(new));
            }
        }
    }
    let changed = document.to_string();
    Settings::parse(&changed).map_err(|detail| SetError::Value { detail })?;
    Ok(Prepared { path: path.to_path_buf(), text: Some(changed) })
}

/// The same for all who use this PC, by a process with an administrator's rights: the folder is made one that only
/// administrators can write, and a file of somebody else's in it is left as it is.
pub fn set_for_all(os: &dyn Os, path: &Path, values: &[(&str, Value)]) -> Result<(), SetError> {
    prepare_for_all(os, path, values)?.write()
}

/// The same up to the writing, for whoever has more to write and wants to know before that nothing stands in the way.
pub fn prepare_for_all(os: &dyn Os, path: &Path, values: &[(&str, Value)]) -> Result<Prepared, SetError> {
    if values.is_empty() {
        return prepare(path, values);
    }
    let write = |source| SetError::Write { path: path.to_path_buf(), source };
    path.parent().map_or(Ok(()), |dir| os.make_administrators_dir(dir)).map_err(write)?;
    if path.exists() && os.only_administrators_may_write(path) == Some(false) {
        return Err(SetError::Untrusted { path: path.to_path_buf() });
    }
    prepare(path, values)
}

fn current(path: &Path) -> Result<String, Error> {
    Settings::load(path)?;
    let read = |source| Error::Read { path: path.to_path_buf(), source };
    let bytes = fs::read_limited(path, LARGEST_FILE).map_err(read)?.unwrap_or_default();
    let text = String::from_utf8(bytes).map_err(|error| read(io::Error::other(error)))?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> Value {
        Value::Text(value.to_owned())
    }

    fn set_in(before: Option<&str>, values: &[(&str, Value)]) -> (Result<(), SetError>, Option<String>) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("Updater/settings.toml");
        if let Some(before) = before {
            fs::write_atomically(&path, before.as_bytes()).unwrap();
        }
        (set(&path, values), std::fs::read_to_string(&path).ok())
    }

    #[test]
    fn everything_else_stays_as_a_person_wrote_it() {
        let before = "\u{feff}# Магазин на Ленина\nproxy = 'none'   # без прокси\n\nmine = [1, 2]\nsource = 'D:\\Старое' # диск\n";
        let values = [("source", text(r"\\server\Зеркало")), ("check_hours", Value::Number(8))];
        let (result, after) = set_in(Some(before), &values);
        result.unwrap();
        assert_eq!(
            after.unwrap(),
            "# Магазин на Ленина\nproxy = 'none'   # без прокси\n\nmine = [1, 2]\n\
             source = '\\\\server\\Зеркало' # диск\ncheck_hours = 8\n"
        );
    }

    #[test]
    fn values_come_before_a_table_of_the_file() {
        let (result, after) = set_in(Some("[later]\nkey = 1\n"), &[("source", text("D:\\Зеркало"))]);
        result.unwrap();
        let settings = Settings::parse(&after.unwrap()).unwrap();
        assert_eq!(settings.source.as_deref(), Some("D:\\Зеркало"));
    }

    #[test]
    fn a_file_is_made_where_there_is_none_and_only_if_there_is_something_to_set() {
        let (result, after) = set_in(None, &[("notify", text("none"))]);
        result.unwrap();
        assert_eq!(after.as_deref(), Some("notify = \"none\"\n"));
        assert_eq!(set_in(None, &[]).1, None);
    }

    #[test]
    fn a_key_is_taken_away_and_its_neighbours_stay() {
        let before = "notify = 'all' # все\nworking_hours = '9:00-18:00'\noffline = true # пока\n";
        let values =
            [("working_hours", Value::Unset), ("maintenance", Value::Unset), ("offline", Value::Flag(false))];
        let (result, after) = set_in(Some(before), &values);
        result.unwrap();
        assert_eq!(after.as_deref(), Some("notify = 'all' # все\noffline = false # пока\n"));
    }

    #[test]
    fn a_value_that_means_nothing_or_a_broken_file_changes_nothing() {
        let wrong = [("check_hours", Value::Number(0)), ("check_hours", text("abc")), ("proxy", text("tor"))];
        for value in wrong {
            let (result, after) = set_in(Some("# as it is\n"), &[value]);
            assert!(matches!(result, Err(SetError::Value { .. })), "{result:?}");
            assert_eq!(after.as_deref(), Some("# as it is\n"));
        }
        let (result, after) = set_in(Some("source = = 1\n"), &[("notify", text("none"))]);
        assert!(matches!(result, Err(SetError::Current(_))), "{result:?}");
        assert_eq!(after.as_deref(), Some("source = = 1\n"));
    }
}
