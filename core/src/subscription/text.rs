//! From the bytes of a list to its lines.
//!
//! A byte order mark decides (UTF-8; UTF-16 as "Unicode text" of Excel); without one UTF-8 where that fits,
//! else windows-1251, which is what a Russian Excel writes. A line that does not fit becomes a fault, and the
//! others still count. DOS text of a Russian console is nearly always told from windows-1251 by its letters,
//! and refused; it is not guessed at.

use std::borrow::Cow;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};

use super::{Error, Fault};

/// Bytes of a line.
const LONGEST_LINE: usize = 16 * 1024;

/// Text of which the encoding is known.
pub(super) struct Text<'a> {
    bytes: Cow<'a, [u8]>,
    is_utf8: bool,
}

/// Finds out the encoding.
pub(super) fn text(bytes: &[u8]) -> Result<Text<'_>, Error> {
    let utf8 = |bytes| Ok(Text { bytes, is_utf8: true });
    let decoded = |(text, _): (Cow<'_, str>, bool)| Cow::Owned(text.into_owned().into_bytes());
    match bytes {
        [0xEF, 0xBB, 0xBF, text @ ..] => return utf8(Cow::Borrowed(text)),
        [0xFF, 0xFE, text @ ..] => return utf8(decoded(UTF_16LE.decode_without_bom_handling(text))),
        [0xFE, 0xFF, text @ ..] => return utf8(decoded(UTF_16BE.decode_without_bom_handling(text))),
        _ => {}
    }
    if bytes.contains(&0) {
        return Err(Error::NotText);
    }
    // One line of another encoding must not make mojibake of the rest.
    let (mut fitting, mut unfitting) = (0_usize, 0_usize);
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
        if std::str::from_utf8(line).is_ok() { fitting += 1 } else { unfitting += 1 }
    }
    let bytes = Cow::Borrowed(bytes);
    if fitting >= unfitting {
        return utf8(bytes);
    }
    if is_russian(&WINDOWS_1251.decode_without_bom_handling(&bytes).0) {
        Ok(Text { bytes, is_utf8: false })
    } else {
        Err(Error::Encoding)
    }
}

/// Whether most of what is not ASCII are Russian letters. The vowels and half of the consonants of DOS text
/// are signs and letters of other languages in windows-1251.
fn is_russian(text: &str) -> bool {
    let (mut russian, mut other) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_ascii() && !"№«»–—“”„…".contains(*c)) {
        if matches!(c, 'А'..='я' | 'Ё' | 'ё') { russian += 1 } else { other += 1 }
    }
    other * 2 <= russian
}

impl Text<'_> {
    /// The lines, without their ends; of one that does not fit, what it looks like and why.
    pub(super) fn lines(&self) -> impl Iterator<Item = Result<Cow<'_, str>, (String, Fault)>> {
        let bytes: &[u8] = self.bytes.as_ref();
        bytes.split(|byte| *byte == b'\n').map(|line| self.line(line.strip_suffix(b"\r").unwrap_or(line)))
    }

    fn line<'l>(&self, line: &'l [u8]) -> Result<Cow<'l, str>, (String, Fault)> {
        let encoding = if self.is_utf8 { UTF_8 } else { WINDOWS_1251 };
        let start = |line: &[u8]| super::shortened(&encoding.decode_without_bom_handling(line).0);
        if line.len() > LONGEST_LINE {
            let shown = line.get(..LONGEST_LINE).unwrap_or_default();
            return Err((start(shown), Fault::LongLine { limit_bytes: LONGEST_LINE }));
        }
        encoding
            .decode_without_bom_handling_and_without_replacement(line)
            // U+FFFD: the letter was lost before; U+0098: the one byte that windows-1251 does not have.
            .filter(|text| !text.contains(['\u{fffd}', '\u{98}']))
            .ok_or_else(|| (start(line), Fault::Encoding))
    }
}
