//! An exported event log, an `.evtx` file, on any system.
//!
//! The format: Microsoft, \[MS-EVEN6\] 2.2.12 ff. (the records' binary XML), and the published description by the
//! libevtx project (file and chunks: a header of 4 KiB, then chunks of 64 KiB that can each be read by itself). The
//! `evtx` crate reads a chunk; here is decided which, in which order, and what is kept: chunks are read one at a time,
//! the newest first, and of a record only what [`event::parse`] keeps.
//!
//! A file may come from anybody. Nothing of it is believed: what cannot be read is counted and skipped, chunk by chunk
//! and record by record; the crate bounds what a record may render to; and should it panic all the same, that costs
//! one chunk. Checksums are not looked at: a log that was copied while Windows wrote to it has wrong ones, and is read
//! like any other.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::evtx::{EvtxChunkData, EvtxChunkHeader, ParserSettings};
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::event::{self, Record};
use crate::os::LogQuery;

const FILE_HEADER: u64 = 4096;
const CHUNK: usize = 65_536;
const CHUNK_HEADER: usize = 512;
const MAGIC: &[u8; 8] = b"ElfFile\0";
/// Windows itself keeps no log above 4 GiB.
const MOST_CHUNKS: u64 = 65_536;
/// What is told of damage; the rest is counted.
const MOST_TOLD: usize = 8;

/// What of a log could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Damage {
    /// Chunks of 64 KiB, of an exported file alone.
    pub chunks: u64,
    /// Records.
    pub records: u64,
    /// Which were first, and why, in English and for the record.
    pub first: Vec<String>,
}

/// Why an exported log was not read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not opened, or not read.
    #[error("Failed to read the event log: {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// Something else.
    #[error("File is not an exported event log: {}", path.display())]
    NotALog {
        /// The file.
        path: PathBuf,
    },
    /// Above what Windows itself writes.
    #[error("Event log is larger than 4 GiB: {}", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
}

/// Reads the records that are asked for, the newest first, until whoever takes them has enough.
pub fn read(
    path: &Path,
    query: &LogQuery<'_>,
    cancel: &CancellationToken,
    each: &mut dyn FnMut(Record) -> ControlFlow<()>,
) -> Result<Damage, Error> {
    let failed = |error| Error::Read { path: path.to_path_buf(), error };
    // On a pipe or a device opening alone could hang.
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(failed(io::ErrorKind::InvalidInput.into()));
    }
    let mut file = File::open(path).map_err(failed)?;
    let mut magic = Vec::new();
    file.by_ref().take(MAGIC.len() as u64).read_to_end(&mut magic).map_err(failed)?;
    if magic != MAGIC {
        return Err(Error::NotALog { path: path.to_path_buf() });
    }
    let length = file.seek(SeekFrom::End(0)).map_err(failed)?;
    let count = length.saturating_sub(FILE_HEADER).div_ceil(CHUNK as u64);
    if count > MOST_CHUNKS {
        return Err(Error::TooLarge { path: path.to_path_buf() });
    }
    let mut damage = Damage::default();
    // Oldest records first where Windows leaves off reading, which in a log that has gone round is anywhere.
    let order = order(&mut file, count, cancel, &mut damage).map_err(failed)?;
    // Of strings that are not Unicode; on the PCs this is for.
    let settings = ParserSettings::new().indent(false).ansi_codec(encoding_rs::WINDOWS_1251);
    let settings = Arc::new(settings);
    let mut bytes = Vec::with_capacity(CHUNK);
    for number in order {
        if cancel.is_cancelled() {
            break;
        }
        let mut chunk = read_chunk(&mut file, number, std::mem::take(&mut bytes)).map_err(failed)?;
        if chunk.len() < CHUNK {
            // The last one of a file that was cut off: what is there is read.
            damage.chunk(number, "Cut off");
            chunk.resize(CHUNK, 0);
        }
        let mut records = Vec::new();
        let read = AssertUnwindSafe(|| {
            chunk_records(number, &mut chunk, Arc::clone(&settings), query, &mut records, &mut damage)
        });
        match catch_unwind(read) {
            Ok(Some(buffer)) => bytes = buffer,
            Ok(None) => {}
            Err(_) => damage.chunk(number, "Cannot be read"),
        }
        if records.into_iter().rev().try_for_each(&mut *each).is_break() {
            break;
        }
    }
    Ok(damage)
}

impl Damage {
    fn chunk(&mut self, number: u64, detail: &str) {
        self.chunks += 1;
        self.tell(format!("Chunk {number}: {detail}"));
    }

    fn record(&mut self, chunk: u64, detail: &str) {
        self.records += 1;
        self.tell(format!("Chunk {chunk}: {detail}"));
    }

    fn tell(&mut self, text: String) {
        if self.first.len() < MOST_TOLD {
            self.first.push(text);
        }
    }
}

/// The numbers of the chunks with records in them, that with the newest first.
fn order(
    file: &mut File,
    count: u64,
    cancel: &CancellationToken,
    damage: &mut Damage,
) -> io::Result<Vec<u64>> {
    let mut chunks: Vec<(u64, u64)> = Vec::new();
    let mut header = Vec::with_capacity(CHUNK_HEADER);
    for number in 0..count {
        if cancel.is_cancelled() {
            break;
        }
        header.clear();
        file.seek(SeekFrom::Start(FILE_HEADER + number * CHUNK as u64))?;
        file.by_ref().take(CHUNK_HEADER as u64).read_to_end(&mut header)?;
        match EvtxChunkHeader::from_bytes(&header) {
            Ok(header) => chunks.push((header.first_event_record_id, number)),
            // Windows makes a log larger before it is written to.
            Err(_) if header.iter().all(|byte| *byte == 0) => {}
            Err(error) => damage.chunk(number, &error.to_string()),
        }
    }
    chunks.sort_unstable();
    Ok(chunks.into_iter().rev().map(|(_, number)| number).collect())
}

fn read_chunk(file: &mut File, number: u64, mut bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    bytes.clear();
    file.seek(SeekFrom::Start(FILE_HEADER + number * CHUNK as u64))?;
    file.by_ref().take(CHUNK as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a chunk's records, oldest first; gives its bytes back, to be used again.
fn chunk_records(
    number: u64,
    bytes: &mut Vec<u8>,
    settings: Arc<ParserSettings>,
    query: &LogQuery<'_>,
    records: &mut Vec<Record>,
    damage: &mut Damage,
) -> Option<Vec<u8>> {
    let mut data = match EvtxChunkData::new(std::mem::take(bytes), false) {
        Ok(data) => data,
        Err(error) => {
            damage.chunk(number, &error.to_string());
            return None;
        }
    };
    let mut chunk = match data.parse(settings) {
        Ok(chunk) => chunk,
        Err(error) => {
            damage.chunk(number, &error.to_string());
            return None;
        }
    };
    for record in chunk.iter() {
        let record = match record {
            Ok(record) if is_in(query, record.timestamp) => record,
            Ok(_) => continue,
            Err(error) => {
                damage.record(number, &error.to_string());
                continue;
            }
        };
        let place = record.event_record_id;
        let text = match record.into_xml() {
            Ok(rendered) => rendered.data,
            Err(error) => {
                damage.record(number, &error.to_string());
                continue;
            }
        };
        if event::may_be_by(&text, query.providers) {
            match event::parse(&text) {
                Some(record) => records.push(record),
                None => damage.record(number, &format!("Record {place} is not an event")),
            }
        }
    }
    drop(chunk);
    Some(data.data)
}

fn is_in(query: &LogQuery<'_>, time: Timestamp) -> bool {
    query.since.is_none_or(|since| time >= since) && query.until.is_none_or(|until| time < until)
}

#[cfg(test)]
mod tests;
