//! `registry.reg`: the registry of a machine that is a folder, in the format regedit exports.
//!
//! Read strictly: a line that was passed over could be the one that says that a platform is there. Written by
//! changing the one value in the text, so nothing else of a file is lost.
//!
//! Deliberately not here: what any key means; see `platform`.

mod cursor;
mod data;
mod keys;
mod parse;
mod write;

use std::io;
use std::path::{Path, PathBuf};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use self::keys::Keys;
use crate::fs::write_atomically;
use crate::machine::FileFault;
use crate::xml;

/// The file's name in a machine root.
pub const FILE: &str = "registry.reg";
/// An export of all that is of use here has a few kilobytes.
const LIMIT_BYTES: u64 = 16 * 1024 * 1024;
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// A registry that was read from a file.
#[derive(Clone, Debug)]
pub struct RegistryFile {
    /// Without the mark.
    text: String,
    encoding: &'static Encoding,
    has_mark: bool,
    keys: Keys,
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
        let text = text.into_owned();
        let keys =
            parse::parse(&text).map_err(|detail| FileFault::NotRegistry { file: FILE.to_owned(), detail })?;
        Ok(Self { text, encoding, has_mark: mark > 0, keys })
    }

    /// A text value; keys and names match without regard to case.
    pub fn value(&self, key: &str, name: &str) -> Option<String> {
        self.keys.get(key)?.value(name)?.text.clone()
    }

    /// All text values of a key with their names; the one without a name is left out.
    pub fn values(&self, key: &str) -> Vec<(String, String)> {
        let values = self.keys.get(key).into_iter().flat_map(keys::Key::values);
        values.filter_map(|value| Some((value.name.clone()?, value.text.clone()?))).collect()
    }

    /// As regedit writes a new file: UTF-16 with a byte order mark.
    fn empty() -> Self {
        let text = format!("{}\r\n\r\n", parse::HEADER);
        Self { text, encoding: UTF_16LE, has_mark: true, keys: Keys::default() }
    }

    fn to_bytes(&self, text: &str) -> Vec<u8> {
        let mut text = text.to_owned();
        if self.has_mark {
            text.insert(0, BYTE_ORDER_MARK);
        }
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
/// person decides; everything else in the file and its encoding stay. A key or name that no export could hold
/// changes nothing. Whoever reads meanwhile sees the old file or the new one.
pub fn set_value(path: &Path, key: &str, name: &str, value: &str) -> Result<(), Error> {
    let file = RegistryFile::read(path).map_err(|source| Error::Read { path: path.to_path_buf(), source })?;
    let not_written = |source| Error::Write { path: path.to_path_buf(), source };
    let bytes = file.to_bytes(&write::with_value(&file.text, &file.keys, key, name, value));
    let after = RegistryFile::parse(&bytes);
    if after.is_ok_and(|after| after.value(key, name).as_deref() == Some(value)) {
        write_atomically(path, &bytes).map_err(not_written)
    } else {
        Err(not_written(io::ErrorKind::InvalidInput.into()))
    }
}

#[cfg(test)]
mod tests;
