//! The ZIP a template is: its names, what in it is refused, and unpacking.
//!
//! Everything in it is somebody else's word: how many entries there are, how large they become, what they
//! are called. Limits are checked on what the archive declares, and again on what really comes out.
//!
//! The library keeps the whole directory of an archive in memory, and makes room for as many entries as the
//! record at the archive's end declares. So that record alone is read first, and the directory once, entry
//! by entry with none of them kept: too many, or too long ones, are refused before anything grows. Only a
//! record whose directory was read to its end is left for the library, which looks for it in the same way
//! and so cannot fall back to another one.
//!
//! Names: the UTF-8 flag, or the Info-ZIP Unicode Path extra field (0x7075), which the library applies and
//! then sets the flag; without either, programs of the Russian Windows wrote code page 866 (APPNOTE 6.3.10, appendix D, knows
//! only 437 and UTF-8). UTF-8 without the flag occurs too (older macOS and Linux tools): it is taken for
//! that where it has two-byte sequences, whose first bytes are box-drawing characters in 866.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::PathBuf;

use encoding_rs::IBM866;
use tokio_util::sync::CancellationToken;
use zip::ZipArchive;
use zip::read::Config;
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

use super::{Error, pattern};
use crate::digest::Digest;
use crate::tree::RelPath;

/// Real templates have a few thousand.
pub(super) const MOST_ENTRIES: usize = 50_000;
/// Of the directory: over 300 bytes for each of as many entries as are accepted.
pub(super) const MOST_DIRECTORY_BYTES: u64 = 16 << 20;
/// Unpacked, all together.
pub(super) const MOST_BYTES: u64 = 8 << 30;
/// XML compresses to a twentieth, rarely to a fiftieth.
const MOST_RATIO: u64 = 200;
/// APPNOTE 4.4.4, bit 11: the name is UTF-8.
const UTF8_FLAG: u16 = 1 << 11;
const BUFFER_BYTES: usize = 256 * 1024;
/// Below this much no ratio is suspicious.
const ALWAYS_ALLOWED_BYTES: u64 = 64 << 20;

/// An opened archive, all names and declared sizes of which have been found acceptable.
pub(super) struct Archive<R> {
    zip: ZipArchive<R>,
    pub(super) entries: Vec<Entry>,
}

/// A file or folder in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the archive's directory.
    pub index: usize,
    /// Its name.
    pub path: RelPath,
    /// Whether it is a folder.
    pub folder: bool,
    /// Bytes, as declared; reading more of them is an error.
    pub size: u64,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive of `archive_size` bytes.
    pub(super) fn open(mut reader: R, archive_size: u64) -> Result<Self, Error> {
        refuse_large_directory(&mut reader)?;
        let mut zip = ZipArchive::new(reader).map_err(Error::Archive)?;
        // The library keeps only the last of two entries with one name.
        if zip.has_duplicate_names() {
            return Err(Error::SharedName);
        }
        if zip.has_overlapping_files().map_err(Error::Archive)? {
            return Err(Error::Overlapping);
        }
        let entries = (0..zip.len()).map(|index| entry(&zip, index)).collect::<Result<Vec<_>, _>>()?;
        let total_bytes = entries.iter().fold(0, |sum: u64, entry| sum.saturating_add(entry.size));
        let suspicious = total_bytes / MOST_RATIO > archive_size && total_bytes > ALWAYS_ALLOWED_BYTES;
        if total_bytes > MOST_BYTES || suspicious {
            return Err(Error::TooLarge { total_bytes, archive_size });
        }
        refuse_clashes(&entries)?;
        Ok(Self { zip, entries })
    }

    /// A small file at the root; `None` if there is none of that name.
    pub(super) fn small_file(&mut self, name: &str, limit_bytes: u64) -> Result<Option<Vec<u8>>, Error> {
        let key = name.to_lowercase();
        let entry = self.entries.iter().find(|entry| !entry.folder && entry.path.key() == key).cloned();
        entry.map(|entry| self.read(&entry, limit_bytes)).transpose()
    }

    /// The bytes of a file.
    pub(super) fn read(&mut self, entry: &Entry, limit_bytes: u64) -> Result<Vec<u8>, Error> {
        let entry_error = |error| Error::Entry { path: entry.path.clone(), error };
        let mut bytes = Vec::new();
        let file = self.zip.by_index(entry.index).map_err(Error::Archive)?;
        file.take(limit_bytes + 1).read_to_end(&mut bytes).map_err(entry_error)?;
        if bytes.len() as u64 > limit_bytes {
            return Err(Error::TooLargeFile { path: entry.path.clone(), limit_bytes });
        }
        Ok(bytes)
    }

    /// Hashes of files by [`RelPath::key`]; of none more than it declares is read.
    pub(super) fn hash(&mut self, indexes: &[usize]) -> Result<BTreeMap<String, Digest>, Error> {
        let mut hashes = BTreeMap::new();
        for entry in indexes.iter().filter_map(|index| self.entries.get(*index)) {
            let entry_error = |error| Error::Entry { path: entry.path.clone(), error };
            let file = self.zip.by_index(entry.index).map_err(Error::Archive)?;
            let (digest, size) = Digest::of_reader(&mut file.take(entry.size + 1)).map_err(entry_error)?;
            if size != entry.size {
                return Err(entry_error(io::ErrorKind::UnexpectedEof.into()));
            }
            hashes.insert(entry.path.key(), digest);
        }
        Ok(hashes)
    }

    /// Unpacks files, each to a path where nothing is yet: what the archive calls them plays no part before everything
    /// has come out right. Checksums are checked.
    pub(super) fn unpack(
        &mut self,
        wanted: &[(usize, PathBuf)],
        progress: &mut dyn FnMut(u64),
        cancel: &CancellationToken,
    ) -> Result<(), Error> {
        let mut written = 0;
        let sizes = wanted.iter().filter_map(|(index, _)| self.entries.get(*index)).map(|entry| entry.size);
        // What is declared may be too little: room to notice.
        let room = sizes.max().and_then(|size| usize::try_from(size).ok()).unwrap_or(BUFFER_BYTES);
        let mut buffer = vec![0; room.saturating_add(1).min(BUFFER_BYTES)];
        for (index, path) in wanted {
            let Some(entry) = self.entries.get(*index) else { continue };
            let entry_error = |error| Error::Entry { path: entry.path.clone(), error };
            let mut source = self.zip.by_index(entry.index).map_err(Error::Archive)?;
            let mut target = File::create_new(path).map_err(entry_error)?;
            loop {
                if cancel.is_cancelled() {
                    return Err(Error::Cancelled);
                }
                let count = source.read(&mut buffer).map_err(entry_error)?;
                if count == 0 {
                    break;
                }
                written += count as u64;
                if written > MOST_BYTES {
                    return Err(Error::TooLarge { total_bytes: written, archive_size: 0 });
                }
                target.write_all(buffer.get(..count).unwrap_or_default()).map_err(entry_error)?;
                progress(written);
            }
            let length = fs::metadata(path).map_err(entry_error)?.len();
            if length != entry.size {
                return Err(entry_error(io::ErrorKind::UnexpectedEof.into()));
            }
        }
        Ok(())
    }
}

/// Refuses an archive whose directory is larger than any real one, before it is loaded.
pub(crate) fn refuse_large_directory(reader: impl Read + Seek) -> Result<(), Error> {
    let mut directory = ZipIterable::try_new(reader, Config::default()).map_err(Error::Archive)?;
    if directory.len() > MOST_ENTRIES {
        return Err(Error::TooManyEntries { found: directory.len(), limit: MOST_ENTRIES });
    }
    let mut start = None;
    for entry in directory.files().map_err(Error::Archive)? {
        let entry = entry.map_err(Error::Archive)?;
        let position = entry.central_header_start();
        // The one thing that only the library's own reading refuses, to then look for another record.
        if entry.header_start().checked_add(position).is_none() {
            return Err(Error::Archive(ZipError::InvalidArchive("Header lies beyond the archive".into())));
        }
        if position.saturating_sub(*start.get_or_insert(position)) > MOST_DIRECTORY_BYTES {
            return Err(Error::TooLargeDirectory { limit_bytes: MOST_DIRECTORY_BYTES });
        }
    }
    Ok(())
}

fn entry<R: Read + Seek>(zip: &ZipArchive<R>, index: usize) -> Result<Entry, Error> {
    let data = zip.by_index_data(index).map_err(Error::Archive)?;
    let utf8_flag = data.flags().as_u16() & UTF8_FLAG != 0;
    let name = decode_name(data.name_raw(), utf8_flag);
    if data.encrypted() {
        return Err(Error::Encrypted { name });
    }
    if data.is_symlink() {
        return Err(Error::LinkEntry { name });
    }
    let path = pattern::path(&name).map_err(|fault| Error::Path { place: "ZIP", fault })?;
    let folder = name.ends_with(['/', '\\']);
    Ok(Entry { index, path, folder, size: if folder { 0 } else { data.size() } })
}

fn decode_name(raw: &[u8], utf8_flag: bool) -> String {
    let two_byte = |text: &str| text.chars().any(|c| c.len_utf8() == 2);
    match std::str::from_utf8(raw) {
        Ok(text) if utf8_flag || text.is_ascii() || two_byte(text) => text.to_owned(),
        // What says UTF-8 and is not is taken by its bytes too; 866 has a character for each.
        Ok(_) | Err(_) => IBM866.decode_without_bom_handling(raw).0.into_owned(),
    }
}

/// Two names that Windows takes for one, and a file where another entry needs a folder.
fn refuse_clashes(entries: &[Entry]) -> Result<(), Error> {
    let mut files = HashMap::new();
    for entry in entries {
        let other = files.insert(entry.path.key(), entry);
        // A folder may be listed again: nothing can get lost by that.
        if let Some(other) = other.filter(|other| !(other.folder && entry.folder)) {
            return Err(clash(other, entry));
        }
    }
    for entry in entries {
        let mut parent = entry.path.parent();
        while let Some(path) = parent {
            if let Some(other) = files.get(&path.key()).filter(|other| !other.folder) {
                return Err(clash(other, entry));
            }
            parent = path.parent();
        }
    }
    Ok(())
}

fn clash(one: &Entry, other: &Entry) -> Error {
    Error::Clash { first: one.path.clone(), second: other.path.clone() }
}
