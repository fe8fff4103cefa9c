//! Values of the registry, as a 64-bit program sees it: who wants the part that 32-bit programs see names it
//! (`Wow6432Node`).
//!
//! Text and text with variables are read, variables as they stand there; numbers and everything else count as
//! no text, as they do in a machine root.

use windows_registry::{CURRENT_USER, Key, LOCAL_MACHINE, Result, Type};
use windows_sys::Win32::Foundation::{ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND};
use windows_sys::Win32::System::Registry::KEY_WOW64_64KEY;

use super::wide;
use crate::machine::FileFault;
use crate::os::{RegistryFault, SetValueFault};

/// A text value; `Ok(None)`: there is no such key or value, or it is no text.
pub(super) fn value(key: &str, name: &str) -> std::result::Result<Option<String>, RegistryFault> {
    read(key, |key| {
        let value = key.get_value(name)?;
        let is_text = matches!(value.ty(), Type::String | Type::ExpandString);
        Ok(is_text.then(|| wide::string(value.as_wide())))
    })
    .map(Option::flatten)
}

/// All text values of a key; none where there is no such key.
pub(super) fn values(key: &str) -> std::result::Result<Vec<(String, String)>, RegistryFault> {
    let texts = read(key, |key| {
        let values = key.values()?;
        let texts = values.filter(|(_, value)| matches!(value.ty(), Type::String | Type::ExpandString));
        Ok(texts.map(|(name, value)| (name, wide::string(value.as_wide()))).collect())
    });
    texts.map(Option::unwrap_or_default)
}

/// Sets a text value below `HKEY_CURRENT_USER`, and makes the key if it is not there.
pub(super) fn set_user_value(key: &str, name: &str, text: &str) -> std::result::Result<(), SetValueFault> {
    let (root, below) = key.split_once('\\').unwrap_or((key, ""));
    // The system would take a zero for the end of a text.
    let is_whole = [key, name, text].iter().all(|part| !part.contains('\0'));
    if !root.eq_ignore_ascii_case("HKEY_CURRENT_USER") || below.is_empty() || !is_whole {
        return Err(SetValueFault::NotOwn);
    }
    let key = CURRENT_USER.options().read().write().create().access(KEY_WOW64_64KEY).open(below);
    key.and_then(|key| key.set_string(name, text))
        .map_err(|error| SetValueFault::System { detail: error.message() })
}

/// A number; `Ok(None)`: there is no such key or value, or it is none.
pub(super) fn number(key: &str, name: &str) -> std::result::Result<Option<u32>, RegistryFault> {
    read(key, |key| key.get_u32(name))
}

/// Whether there is such a key.
pub(super) fn has_key(key: &str) -> std::result::Result<bool, RegistryFault> {
    read(key, |_| Ok(())).map(|found| found.is_some())
}

/// The lines of a value of several; none if it is not there.
pub(super) fn lines(key: &str, name: &str) -> std::result::Result<Vec<String>, RegistryFault> {
    read(key, |key| key.get_multi_string(name)).map(Option::unwrap_or_default)
}

fn read<T>(
    path: &str,
    question: impl FnOnce(&Key) -> Result<T>,
) -> std::result::Result<Option<T>, RegistryFault> {
    // The system would take a zero for the end of the name.
    let Some((root, below)) = opened_root(path).filter(|_| !path.contains('\0')) else { return Ok(None) };
    let answer = root.options().read().access(KEY_WOW64_64KEY).open(below).and_then(|key| question(&key));
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(error) if is_missing(error.code().0) => Ok(None),
        Err(error) => Err(RegistryFault {
            path: path.to_owned(),
            fault: FileFault::Unreadable { file: path.to_owned(), detail: error.message() },
        }),
    }
}

fn opened_root(path: &str) -> Option<(&'static Key, &str)> {
    let (root, below) = path.split_once('\\').unwrap_or((path, ""));
    let roots = [("HKEY_LOCAL_MACHINE", LOCAL_MACHINE), ("HKEY_CURRENT_USER", CURRENT_USER)];
    let (_, key) = roots.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(root))?;
    Some((key, below))
}

/// Errors of the registry come as `HRESULT_FROM_WIN32` of the system's number.
fn is_missing(hresult: i32) -> bool {
    let code = hresult.cast_unsigned();
    code >> 16 == 0x8007 && [ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND].contains(&(code & 0xFFFF))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_none() {
        assert_eq!(value(r"HKEY_LOCAL_MACHINE\SOFTWARE\No such key", "Version"), Ok(None));
        assert_eq!(value(r"HKEY_CURRENT_USER\Software", "No such value"), Ok(None));
        assert_eq!(value(r"HKEY_USERS\x", "x"), Ok(None));
        assert_eq!(value("HKEY_CURRENT_USER\\Software\0x", "x"), Ok(None));
    }

    #[test]
    fn a_text_is_read_without_regard_to_case_and_a_number_is_no_text() {
        const KEY: &str = r"Software\Mobile SMARTS Updater test";
        let key = CURRENT_USER.create(KEY).unwrap();
        key.set_string("Version", "3.4.46.40367").unwrap();
        key.set_expand_string("Dir", r"%TEMP%\Базы").unwrap();
        key.set_u32("Number", 7).unwrap();
        let of = |name: &str| value(&format!(r"hkey_current_user\{}", KEY.to_uppercase()), name).unwrap();
        let read = [of("VERSION"), of("Dir"), of("Number")];
        CURRENT_USER.remove_tree(KEY).unwrap();
        assert_eq!(read, [Some("3.4.46.40367".to_owned()), Some(r"%TEMP%\Базы".to_owned()), None]);
    }
    #[test]
    fn a_value_of_the_person_is_set_and_listed_and_nobody_elses_is() {
        const KEY: &str = r"HKEY_CURRENT_USER\Software\Mobile SMARTS Updater test of writing";
        set_user_value(KEY, "HideUpdateDB_склад", "1.6.3.7283").unwrap();
        let listed = values(&KEY.to_lowercase()).unwrap();
        set_user_value(KEY, "HideUpdateDB_склад", "").unwrap();
        let emptied = value(KEY, "hideupdatedb_СКЛАД").unwrap();
        CURRENT_USER.remove_tree(KEY.split_once('\\').unwrap().1).unwrap();
        assert_eq!(listed, [("HideUpdateDB_склад".to_owned(), "1.6.3.7283".to_owned())]);
        assert_eq!(emptied.as_deref(), Some(""));
        assert_eq!(values(KEY).unwrap(), []);
        for key in [r"HKEY_LOCAL_MACHINE\Software\x", "HKEY_CURRENT_USER", "HKEY_CURRENT_USER\\x\0y"] {
            assert!(matches!(set_user_value(key, "x", "y"), Err(SetValueFault::NotOwn)), "{key:?}");
        }
    }
}
