//! Bytes of an XML document to text, by the rules of the XML recommendation (appendix F) with two
//! liberties taken for what .NET programs write.
//!
//! 1. A byte order mark decides, whatever the declaration says.
//! 2. A declaration of UTF-16 in front of single bytes is not believed: .NET writes it when a document
//!    was made as a string and saved as UTF-8.
//!
//! Names of encodings are those of the WHATWG standard (`encoding_rs`), which has all that Windows uses.
//! UTF-32 and EBCDIC, which XML lets a reader refuse, are refused.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::machine::FileFault;

/// How far a declaration is looked for; the longest sensible one has about 100 bytes.
const LONGEST_DECLARATION: usize = 1024;
/// So much of the name of an encoding is told; the longest that is registered has 45 characters.
const LONGEST_NAME: usize = 45;

/// The text of an XML document, without its byte order mark. `file` is the name that stands in the fault.
pub fn decode(bytes: &[u8], file: &str) -> Result<String, FileFault> {
    let fault = |encoding: &str| FileFault::Encoding { file: file.to_owned(), encoding: encoding.to_owned() };
    let (encoding, mark) = match bytes {
        [0, 0, 0xFE, 0xFF, ..] | [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0, b'<', ..] | [b'<', 0, 0, 0, ..] => {
            return Err(fault("UTF-32"));
        }
        [0x4C, 0x6F, 0xA7, 0x94, ..] => return Err(fault("EBCDIC")),
        [0xEF, 0xBB, 0xBF, ..] => (UTF_8, 3),
        [0xFF, 0xFE, ..] => (UTF_16LE, 2),
        [0xFE, 0xFF, ..] => (UTF_16BE, 2),
        [b'<', 0, ..] => (UTF_16LE, 0),
        [0, b'<', ..] => (UTF_16BE, 0),
        _ => match declared(bytes) {
            None => (UTF_8, 0),
            Some(label) => match Encoding::for_label_no_replacement(label) {
                Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => (UTF_8, 0),
                Some(encoding) => (encoding, 0),
                None => return Err(fault(&shown(label))),
            },
        },
    };
    let text = bytes.get(mark..).unwrap_or_default();
    match encoding.decode_without_bom_handling_and_without_replacement(text) {
        Some(text) => Ok(text.into_owned()),
        None => Err(fault(encoding.name())),
    }
}

/// As Windows' own tools write XML: UTF-16, little end first, with one byte order mark.
pub fn utf16(text: &str) -> Vec<u8> {
    let text = text.trim_start_matches('\u{feff}');
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// The name of an encoding as it may stand in a fault: whatever no name has (XML 1.0, 4.3.3) is a question mark.
fn shown(label: &[u8]) -> String {
    let is_of_names = |byte: u8| byte.is_ascii_alphanumeric() || b"._-:".contains(&byte);
    let letters = label.iter().map(|byte| if is_of_names(*byte) { char::from(*byte) } else { '?' });
    letters.take(LONGEST_NAME).collect()
}

/// The encoding that an XML declaration of single bytes names: `<?xml version="1.0" encoding="…"?>`.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.get(..LONGEST_DECLARATION).unwrap_or(bytes);
    let head = head.strip_prefix(b"<?xml")?;
    let end = head.windows(2).position(|pair| pair == b"?>")?;
    let mut rest = head.get(..end)?;
    // Pseudo-attributes one after the other, so that a value holding the word is not taken for the name.
    loop {
        let equals = rest.iter().position(|byte| *byte == b'=')?;
        let name = rest.get(..equals)?.trim_ascii();
        let value = rest.get(equals + 1..)?.trim_ascii_start();
        let (quote, value) = value.split_first()?;
        if *quote != b'"' && *quote != b'\'' {
            return None;
        }
        let length = value.iter().position(|byte| byte == quote)?;
        if name == b"encoding" {
            return value.get(..length);
        }
        rest = value.get(length + 1..)?;
    }
}
