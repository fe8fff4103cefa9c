//! Reading the text of an export, line by line and strictly: what is not understood is a fault that names the line.
//!
//! Of the format Microsoft's page ("How to add, modify, or delete registry subkeys and values by using a .reg
//! file") says: the two headers, keys in brackets, names in quotes, the types by name, hyphens that delete, and that
//! what stands further down counts. Known from exports of regedit: the default value as `@`, the two escapes, line
//! breaks as they are between quotes, bytes over several lines. Inferred from other programs that read the format:
//! - `;` begins a comment where a line could end, and behind the backslash that continues one;
//! - a number may have fewer than its eight digits;
//! - deleting a key deletes the keys below it, and values that follow have no effect;
//! - blanks may stand around everything, and the last bracket of a line closes a key's name.
//!
//! Deliberately not here: what stands behind the equals sign; see `data`.

use super::cursor::{Cursor, NotUnderstood};
use super::data::{Data, Format};
use super::keys::{Key, Keys, Value, folded};

pub(super) const HEADER: &str = "Windows Registry Editor Version 5.00";
const OLD_HEADER: &str = "REGEDIT4";
const WINE_HEADER: &str = "WINE REGISTRY";

/// The key whose values are read.
struct Section {
    /// As it is looked up; `None`: the key is deleted, and what follows has no effect.
    path: Option<String>,
    /// Not among the others while its values are read: to look it up for each of them would take long if its path is.
    key: Key,
}

/// Reads a text. The error is in English, and says of a line only its number.
pub(super) fn parse(text: &str) -> Result<Keys, String> {
    let mut cursor = Cursor::new(text);
    let format = header(&mut cursor)?;
    sections(&mut cursor, format).map_err(|NotUnderstood { at }| {
        let before = text.get(..at).unwrap_or_default().replace("\r\n", "\n");
        format!("Line {} is not understood", before.matches(['\r', '\n']).count() + 1)
    })
}

fn header(cursor: &mut Cursor) -> Result<Format, String> {
    cursor.skip_blanks();
    while cursor.take_line_end() {
        cursor.skip_blanks();
    }
    let format = if cursor.take(HEADER) {
        Some(Format::Current)
    } else if cursor.take(OLD_HEADER) {
        Some(Format::Old)
    } else if cursor.take(WINE_HEADER) {
        return Err("It is a registry of Wine".to_owned());
    } else {
        None
    };
    let format = format.filter(|_| cursor.finish_line().is_ok());
    format.ok_or_else(|| "It does not begin as an export does".to_owned())
}

fn sections(cursor: &mut Cursor, format: Format) -> Result<Keys, NotUnderstood> {
    let mut keys = Keys::default();
    let mut open: Option<Section> = None;
    loop {
        cursor.skip_blanks();
        match cursor.peek() {
            Some('[') => {
                close(open, &mut keys);
                open = Some(section(cursor, &mut keys)?);
            }
            Some('"' | '@') => {
                let section = open.as_mut().ok_or(cursor.not_understood())?;
                value(cursor, format, &mut section.key)?;
            }
            Some(_) => cursor.finish_line()?,
            None => break,
        }
    }
    close(open, &mut keys);
    Ok(keys)
}

fn section(cursor: &mut Cursor, keys: &mut Keys) -> Result<Section, NotUnderstood> {
    let beginning = cursor.not_understood();
    let name = cursor.bracketed()?;
    cursor.finish_line()?;
    let (name, is_deleted) = name.strip_prefix('-').map_or((name, false), |name| (name, true));
    let path = folded(name);
    if path.is_empty() || name.starts_with([' ', '\t']) {
        return Err(beginning);
    }
    if is_deleted {
        keys.remove_tree(&path);
        return Ok(Section { path: None, key: Key::default() });
    }
    let mut key = keys.take(&path);
    key.end = cursor.at();
    Ok(Section { path: Some(path), key })
}

fn close(open: Option<Section>, keys: &mut Keys) {
    if let Some(Section { path: Some(path), key }) = open {
        keys.put(path, key);
    }
}

fn value(cursor: &mut Cursor, format: Format, key: &mut Key) -> Result<(), NotUnderstood> {
    let name = if cursor.take("@") { None } else { Some(cursor.quoted()?) };
    cursor.skip_blanks();
    if !cursor.take("=") {
        return Err(cursor.not_understood());
    }
    cursor.skip_blanks();
    let beginning = cursor.at();
    let data = Data::take(cursor, format)?;
    let place = beginning..cursor.at();
    cursor.finish_line()?;
    key.end = cursor.at();
    match data {
        Data::Deleted => key.remove(name.as_deref()),
        Data::Text(text) => key.set(Value { name, text: Some(text), data: place }),
        Data::Other => key.set(Value { name, text: None, data: place }),
    }
    Ok(())
}
