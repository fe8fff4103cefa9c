//! Text as Windows' functions take and give it: UTF-16 with a zero at the end.
#![expect(unsafe_code, reason = "text is given by address")]

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::windows::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::Path;

/// A path of this length or more is not taken without a prefix that says so (Microsoft, "Maximum path length
/// limitation"; 12 less for folders, which must leave room for a file's name).
const LONG: usize = 248;

/// With a zero at the end; text with a zero in it is refused.
pub(super) fn text(text: impl AsRef<OsStr>) -> io::Result<Vec<u16>> {
    let mut wide: Vec<u16> = text.as_ref().encode_wide().collect();
    if wide.contains(&0) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "A zero in a text for the system"));
    }
    wide.push(0);
    Ok(wide)
}

/// An absolute path, in the form that may be long where it is.
pub(super) fn path(path: &Path) -> io::Result<Vec<u16>> {
    let absolute = std::path::absolute(path)?.into_os_string();
    let length = absolute.encode_wide().count();
    let as_text = absolute.to_string_lossy();
    if length < LONG || as_text.starts_with(r"\\?\") || as_text.starts_with(r"\\.\") {
        return text(absolute);
    }
    let (prefix, skipped) = if as_text.starts_with(r"\\") { (r"\\?\UNC\", 2) } else { (r"\\?\", 0) };
    let mut wide: Vec<u16> = OsStr::new(prefix).encode_wide().collect();
    wide.extend(absolute.encode_wide().skip(skipped));
    text(OsString::from_wide(&wide))
}

/// Up to the first zero, or all of it.
pub(super) fn os_string(wide: &[u16]) -> OsString {
    OsString::from_wide(wide.split(|unit| *unit == 0).next().unwrap_or_default())
}

/// The same, with a replacement character for what is not Unicode.
pub(super) fn string(wide: &[u16]) -> String {
    os_string(wide).to_string_lossy().into_owned()
}

/// The text that begins at an address.
///
/// # Safety
///
/// `start` points to text with a zero at its end, which nobody changes meanwhile.
pub(super) unsafe fn at(start: *const u16) -> OsString {
    let mut length = 0;
    // SAFETY: the caller vouches for the text up to its zero, and no unit behind that is looked at.
    while unsafe { *start.add(length) } != 0 {
        length += 1;
    }
    // SAFETY: these are the units that were just looked at.
    OsString::from_wide(unsafe { std::slice::from_raw_parts(start, length) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_says_that_it_is_one() {
        let long = format!(r"C:\{}", "a".repeat(300));
        assert_eq!(string(&path(Path::new(&long)).unwrap()), format!(r"\\?\{long}"));
        let share = format!(r"\\server\share\{}", "a".repeat(300));
        assert_eq!(string(&path(Path::new(&share)).unwrap()), format!(r"\\?\UNC{}", &share[1..]));
        assert_eq!(string(&path(Path::new(r"C:\a")).unwrap()), r"C:\a");
    }

    #[test]
    fn a_zero_in_a_text_is_refused() {
        assert!(text("a\0b").is_err());
        assert_eq!(text("я").unwrap(), [0x44F, 0]);
    }
}
