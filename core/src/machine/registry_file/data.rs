//! The data of a value: what stands behind its equals sign.
//!
//! Text as bytes (`hex(1)`, `hex(2)`) is UTF-16 in the format of today. In the old one it is in the code page of the
//! PC that has written it, which the file does not tell: it is taken for UTF-8 as the file itself is. Bytes that are
//! not text in that encoding are no text value. Deliberately not here: what bytes and numbers of the other types
//! mean; they are checked and left as they are.

use super::cursor::{Cursor, NotUnderstood, is_digit};

/// The types of text: `REG_SZ` and `REG_EXPAND_SZ` (Microsoft, "Registry value types").
const TEXT_TYPES: [&str; 2] = ["1", "2"];

/// How text is written in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Format {
    /// `REGEDIT4`.
    Old,
    /// Version 5.00.
    Current,
}

/// The data of a value.
#[derive(Debug)]
pub(super) enum Data {
    /// A hyphen: the value is deleted.
    Deleted,
    Text(String),
    /// Something else than text.
    Other,
}

impl Data {
    /// Takes them from a line.
    pub(super) fn take(cursor: &mut Cursor, format: Format) -> Result<Self, NotUnderstood> {
        if cursor.take("-") {
            return Ok(Self::Deleted);
        }
        if cursor.take("dword:") {
            cursor.skip_blanks();
            cursor.digits(1..=8)?;
            return Ok(Self::Other);
        }
        if cursor.take("hex:") {
            bytes(cursor)?;
            return Ok(Self::Other);
        }
        if !cursor.take("hex(") {
            return cursor.quoted().map(Self::Text);
        }
        let kind = cursor.digits(1..=8)?.trim_start_matches('0');
        if !cursor.take("):") {
            return Err(cursor.not_understood());
        }
        let bytes = bytes(cursor)?;
        let text = if TEXT_TYPES.contains(&kind) { text(bytes, format) } else { None };
        Ok(text.map_or(Self::Other, Self::Text))
    }
}

/// Bytes with commas between them. A backslash behind a comma, or before all of them, continues on the next line.
fn bytes(cursor: &mut Cursor) -> Result<Vec<u8>, NotUnderstood> {
    let mut bytes = Vec::new();
    skip_to_byte(cursor)?;
    if !cursor.peek().is_some_and(is_digit) {
        return Ok(bytes);
    }
    loop {
        let beginning = cursor.not_understood();
        bytes.push(u8::from_str_radix(cursor.digits(2..=2)?, 16).map_err(|_| beginning)?);
        cursor.skip_blanks();
        if !cursor.take(",") {
            return Ok(bytes);
        }
        skip_to_byte(cursor)?;
    }
}

fn skip_to_byte(cursor: &mut Cursor) -> Result<(), NotUnderstood> {
    cursor.skip_blanks();
    if cursor.take("\\") {
        cursor.finish_line()?;
        cursor.skip_blanks();
    }
    Ok(())
}

/// Without the zeros that end it.
fn text(bytes: Vec<u8>, format: Format) -> Option<String> {
    let text = match format {
        Format::Old => String::from_utf8(bytes).ok()?,
        Format::Current => {
            let (units, rest) = bytes.as_chunks();
            let units: Vec<u16> = units.iter().copied().map(u16::from_le_bytes).collect();
            String::from_utf16(&units).ok().filter(|_| rest.is_empty())?
        }
    };
    Some(text.trim_end_matches('\0').to_owned())
}
