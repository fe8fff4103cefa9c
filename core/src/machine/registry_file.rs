//! `registry.reg`: the registry of a machine that is a folder, in the format regedit exports.
//!
//! Read and written with `regashii`, with three precautions found necessary in its version 0.4.0:
//! - It takes UTF-16 without a byte order mark for UTF-8, and does not know UTF-8's own mark; so the text
//!   is decoded here.
//! - It stops at the first line it does not understand and says nothing about the rest, which would look
//!   like a PC without a platform; so a key of our own is put behind the text, and must come out again.
//! - A big-endian number (`hex(5)`) of fewer than four bytes makes it panic; so none is passed to it.
//!
//! Deliberately not here: what any key means; see `platform`.

use std::io;
use std::path::{Path, PathBuf};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use regashii::{Format, Key, KeyName, Registry, Value, ValueName};

use crate::fs::write_atomically;
use crate::machine::FileFault;
use crate::xml;

/// The file's name in a machine root.
pub const FILE: &str = "registry.reg";
/// An export of all that is of use here has a few kilobytes.
const LIMIT_BYTES: u64 = 16 * 1024 * 1024;
/// Comes out of the parser only if everything in front of it was understood.
const LAST_KEY: &str = "everything was read";
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// A registry that was read from a file.
#[derive(Clone, Debug)]
pub struct RegistryFile {
    registry: Registry,
    encoding: &'static Encoding,
    has_mark: bool,
}

/// A value was not set.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file is there and cannot be read.
    #[error("Failed to read the registry file: {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: FileFault,
    },
    /// The file is as it was.
    #[error("Failed to write the registry file: {path}")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

impl RegistryFile {
    /// Reads a file; a missing one is an empty registry.
    pub fn read(path: &Path) -> Result<Self, FileFault> {
        match xml::read_file(path, LIMIT_BYTES) {
            Ok(bytes) => Self::parse(&bytes),
            Err(FileFault::Missing { .. }) => Ok(Self::empty()),
            Err(fault) => Err(fault),
        }
    }

    /// Reads the bytes of an export: UTF-8 or UTF-16, with or without a byte order mark.
    pub fn parse(bytes: &[u8]) -> Result<Self, FileFault> {
        let (encoding, mark) = match bytes {
            [0xEF, 0xBB, 0xBF, ..] => (UTF_8, 3),
            [0xFF, 0xFE, ..] => (UTF_16LE, 2),
            [0xFE, 0xFF, ..] => (UTF_16BE, 2),
            [_, 0, ..] => (UTF_16LE, 0),
            [0, _, ..] => (UTF_16BE, 0),
            _ => (UTF_8, 0),
        };
        let text = encoding
            .decode_without_bom_handling_and_without_replacement(bytes.get(mark..).unwrap_or_default())
            .ok_or_else(|| FileFault::Encoding {
                file: FILE.to_owned(),
                encoding: encoding.name().to_owned(),
            })?;
        Ok(Self { registry: registry(&text)?, encoding, has_mark: mark > 0 })
    }

    /// A text value; keys and names match without regard to case.
    pub fn value(&self, key: &str, name: &str) -> Option<String> {
        let key = self.registry.keys().get(&self.registry.key_name(&KeyName::new(key)))?;
        text(key.values().get(&key.value_name(&ValueName::named(name)))?)
    }

    /// All text values of a key with their names; the one without a name is left out.
    pub fn values(&self, key: &str) -> Vec<(String, String)> {
        let key = self.registry.keys().get(&self.registry.key_name(&KeyName::new(key)));
        let values = key.into_iter().flat_map(Key::values);
        let named = values.filter_map(|(name, value)| match name {
            ValueName::Named(name) => Some((name.clone(), text(value)?)),
            ValueName::Default => None,
        });
        named.collect()
    }

    /// As regedit writes a new file: UTF-16 with a byte order mark.
    fn empty() -> Self {
        Self { registry: Registry::new(Format::Regedit5), encoding: UTF_16LE, has_mark: true }
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut text = String::new();
        if self.has_mark {
            text.push(BYTE_ORDER_MARK);
        }
        text.push_str(&self.registry.serialize().replace('\n', "\r\n"));
        if self.encoding == UTF_16LE {
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        } else if self.encoding == UTF_16BE {
            text.encode_utf16().flat_map(u16::to_be_bytes).collect()
        } else {
            text.into_bytes()
        }
    }
}

/// Sets one text value in the registry of a machine root, for the demo's own installer and for what a
/// person decides; other values and
/// the file's encoding stay, comments do not. Whoever reads meanwhile sees the old file or the new one.
pub fn set_value(path: &Path, key: &str, name: &str, value: &str) -> Result<(), Error> {
    let mut file =
        RegistryFile::read(path).map_err(|source| Error::Read { path: path.to_path_buf(), source })?;
    let changed = Key::new().with(ValueName::named(name), Value::Sz(value.to_owned()));
    // The old format of regedit has no letters beyond ASCII: all of it goes into the new one.
    let all = file.registry.keys().clone();
    file.registry = Registry::new(Format::Regedit5).with_many(all).with(KeyName::new(key), changed);
    write_atomically(path, &file.to_bytes())
        .map_err(|source| Error::Write { path: path.to_path_buf(), source })
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Sz(text) | Value::ExpandSz(text) => Some(text.clone()),
        Value::Delete
        | Value::Binary(_)
        | Value::Dword(_)
        | Value::DwordBigEndian(_)
        | Value::MultiSz(_)
        | Value::Qword(_)
        | Value::Hex { .. } => None,
    }
}

fn registry(text: &str) -> Result<Registry, FileFault> {
    let fault = |detail: &str| FileFault::NotRegistry { file: FILE.to_owned(), detail: detail.to_owned() };
    if has_big_endian_number(text) {
        return Err(fault("Values of type hex(5) are not read"));
    }
    let marked = format!("{}\r\n\r\n[{LAST_KEY}]\r\n", text.trim_start());
    let mut registry = Registry::deserialize(&marked).map_err(|error| match error {
        regashii::error::Deserialize::UnknownFormat(_) => fault("It does not begin as an export does"),
        regashii::error::Deserialize::Unparsable => fault("Its content is not understood"),
    })?;
    match registry.format() {
        Format::Regedit5 | Format::Regedit4 => {}
        Format::Wine2 => return Err(fault("It is a registry of Wine")),
    }
    let last_key = KeyName::new(LAST_KEY);
    if !registry.keys().contains_key(&last_key) {
        return Err(fault("Some line of it is not understood"));
    }
    registry.remove(&last_key);
    Ok(registry)
}

/// Whether some value is of type `hex(5)`, which the library cannot be given: it takes four bytes for
/// granted. The same text in a key's name, in a comment or between quotes is no value.
///
/// Goes through the text as the library does, quotes over several lines included. Where the two might
/// disagree (something behind the backslash that continues a line), the answer is yes.
fn has_big_endian_number(text: &str) -> bool {
    const LINE_END: [char; 2] = ['\r', '\n'];
    // The header ends with its line, or with a semicolon.
    let (_, mut rest) = text.trim_start().split_once(['\r', '\n', ';']).unwrap_or_default();
    while let Some(at) = rest.find(['"', ';', '[', '=', '\\']) {
        let (found, after) = rest.split_at(at).1.split_at(1);
        // Looked for only where the search goes on behind it: a line may be as long as the file.
        let line = || after.split(LINE_END).next().unwrap_or_default();
        let next_line = || after.split_at(line().len()).1;
        rest = match found {
            "\"" => after_quotes(after),
            // Not the beginning of a key.
            "[" if after.starts_with([' ', ']']) || after.starts_with("- ") || after.starts_with("-]") => {
                after
            }
            "[" | ";" => next_line(),
            "=" if is_big_endian(after) => return true,
            "\\" if !line().trim().is_empty() => return true,
            _ => after,
        };
    }
    false
}

/// What follows the quote that closes; a backslash takes the next character with it.
fn after_quotes(text: &str) -> &str {
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => break,
            '\\' => drop(characters.next()),
            _ => {}
        }
    }
    characters.as_str()
}

fn is_big_endian(value: &str) -> bool {
    let kind = value.trim_start().strip_prefix("hex(");
    kind.is_some_and(|kind| kind.trim_start_matches('0').starts_with("5):"))
}

#[cfg(test)]
mod tests;
