//! The definition of a scheduled task as a file: where Windows keeps it, and what is taken in.
//!
//! Windows keeps a task of the scheduler's root folder in `System32\Tasks`, under the task's name and as
//! UTF-16 with a byte order mark; only the scheduler itself may write there. In a machine root these files
//! stand for the scheduler. What a definition says is not looked at here.

use std::io;
use std::path::Path;

use super::TaskFault;
use crate::fs::{read_limited, write_atomically};
use crate::paths::is_windows_name;
use crate::xml;

/// Where the scheduler keeps definitions, as Windows writes it.
pub(super) const DIR: &str = r"C:\Windows\System32\Tasks";
/// Real definitions have a few kilobytes.
const LIMIT_BYTES: u64 = 1024 * 1024;

/// What a scheduler's definitions are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskLanguage {
    /// Windows' own XML.
    Xml,
    /// Units of systemd in one text, each below a line `# name`; `# disabled` in front if it is switched off.
    Units,
}

/// Refuses what is not the name of one task in the root folder.
pub(super) fn check_name(name: &str) -> Result<(), TaskFault> {
    if is_windows_name(name) {
        return Ok(());
    }
    Err(TaskFault::Scheduler { detail: format!("Not the name of a task: {name}") })
}

/// The text of a definition; `None` if there is no such file.
pub(super) fn read(path: &Path) -> Result<Option<String>, TaskFault> {
    let bytes = match read_limited(path, LIMIT_BYTES) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Err(TaskFault::Rights),
        Err(error) => return Err(TaskFault::File(error)),
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match xml::decode(&bytes, &name) {
        Ok(text) => Ok(Some(text)),
        Err(fault) => Err(TaskFault::File(io::Error::new(io::ErrorKind::InvalidData, fault))),
    }
}

/// Writes a definition, in place of one that is there.
pub(super) fn write(path: &Path, xml: &str) -> Result<(), TaskFault> {
    write_atomically(path, &xml::utf16(xml)).map_err(TaskFault::File)
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n<Task>Проверка</Task>";

    #[test]
    fn what_was_written_is_read_and_has_one_mark() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("SmartsUpdate");
        for text in [XML.to_owned(), format!("\u{feff}{XML}")] {
            write(&path, &text).unwrap();
            assert_eq!(std::fs::read(&path).unwrap()[..4], [0xFF, 0xFE, b'<', 0]);
            assert_eq!(read(&path).unwrap().as_deref(), Some(XML));
        }
    }

    #[test]
    fn a_definition_of_single_bytes_is_read_whatever_it_declares() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("task");
        std::fs::write(&path, XML).unwrap();
        assert_eq!(read(&path).unwrap().as_deref(), Some(XML));
    }

    #[test]
    fn a_missing_definition_is_none_and_a_damaged_one_a_fault() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(read(&dir.path().join("none")), Ok(None)));
        let path = dir.path().join("odd");
        std::fs::write(&path, [0xFF, 0xFE, b'<', 0, 0]).unwrap();
        assert!(matches!(read(&path), Err(TaskFault::File(_))));
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_refused() {
        check_name("SmartsUpdate").unwrap();
        for name in ["", r"Microsoft\Windows\x", "..", "a/b", "a\"b", "con"] {
            assert!(matches!(check_name(name), Err(TaskFault::Scheduler { .. })), "{name}");
        }
    }
}
