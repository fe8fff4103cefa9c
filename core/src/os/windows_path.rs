//! Paths as Windows writes them, taken apart on any system.

#[cfg(any(windows, test))]
use std::path::PathBuf;

use super::LocateFault;

/// The drive's letter in upper case, and the names below it. Both slashes separate, as in Windows.
///
/// Refused: relative paths, network paths, names that Windows reads as "here" or "one up", and colons,
/// which stand for another drive or for a stream of a file.
pub(super) fn components(path: &str) -> Result<(char, Vec<&str>), LocateFault> {
    let mut letters = path.trim().chars();
    let drive = letters.next().filter(char::is_ascii_alphabetic).ok_or(LocateFault::NotAbsolute)?;
    let below = letters.as_str().strip_prefix(':').ok_or(LocateFault::NotAbsolute)?;
    if !below.starts_with(['\\', '/']) {
        return Err(LocateFault::NotAbsolute);
    }
    let names: Vec<&str> = below.split(['\\', '/']).filter(|name| !name.is_empty()).collect();
    let is_no_name = |name: &&str| name.contains([':', '\0']) || name.trim_matches(['.', ' ']).is_empty();
    if names.iter().any(is_no_name) {
        return Err(LocateFault::NotAbsolute);
    }
    Ok((drive.to_ascii_uppercase(), names))
}

/// Where a path lies whose first name is that of a folder which this PC may keep elsewhere than on drive C;
/// `None` for every other path.
#[cfg(any(windows, test))]
pub(super) fn below_known(drive: char, names: &[&str], known: &[(&str, PathBuf)]) -> Option<PathBuf> {
    let (first, rest) = names.split_first()?;
    let is_first = |name: &str| drive == 'C' && name.eq_ignore_ascii_case(first);
    let (_, dir) = known.iter().find(|(name, _)| is_first(name))?;
    let mut path = dir.clone();
    path.extend(rest);
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absolute_path_is_a_drive_and_names() {
        assert_eq!(components(r"c:\ProgramData\Склад 15"), Ok(('C', vec!["ProgramData", "Склад 15"])));
        assert_eq!(components(r"D:/a//b\"), Ok(('D', vec!["a", "b"])));
        assert_eq!(components(r" C:\ "), Ok(('C', vec![])));
    }

    #[test]
    fn every_other_path_is_refused() {
        let refused = [
            "",
            "C:",
            "C:a",
            r"\a",
            "a",
            "/etc",
            r"\\server\share",
            r"1:\a",
            r"Я:\a",
            r"C:\a\..\b",
            r"C:\.. \b",
            r"C:\.\a",
            r"C:\D:\a",
            r"C:\a:stream",
            "C:\\a\0b",
            r"\\?\C:\a",
        ];
        for path in refused {
            assert_eq!(components(path), Err(LocateFault::NotAbsolute), "{path}");
        }
    }

    #[test]
    fn a_folder_that_lies_elsewhere_takes_what_is_in_it_along() {
        let known = [("ProgramData", PathBuf::from("moved")), ("Program Files", PathBuf::from("programs"))];
        let of = |path: &str| {
            let (drive, names) = components(path).unwrap();
            below_known(drive, &names, &known)
        };
        assert_eq!(of(r"c:\PROGRAMDATA\Cleverence\a"), Some(PathBuf::from("moved/Cleverence/a")));
        assert_eq!(of(r"C:\ProgramData"), Some(PathBuf::from("moved")));
        for path in [r"D:\ProgramData\a", r"C:\ProgramData2\a", r"C:\Program Files (x86)\a", r"C:\"] {
            assert_eq!(of(path), None, "{path}");
        }
    }
}
