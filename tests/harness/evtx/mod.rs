//! Event logs as Windows exports them, made from records: for tests that need a file with just these.
//!
//! By the published description of the format: Microsoft, \[MS-EVEN6\] 2.2.12 (binary XML), and the libevtx project
//! (file, chunks, records). How far it is right: libevtx 20181227, python-evtx 0.8.1 and the `evtx` crate 0.15 read
//! these files without a complaint, checksums, sizes and tables too; Windows itself has not been asked. As in logs of
//! Windows, a chunk holds the template of a source once, values are typed, the strings of a record by the old
//! functions are one array, and user data is a template inside a value.
//!
//! There is one real file, too ([`real`]).

mod binary_xml;

use std::io::{self, Read as _};
use std::path::Path;

use flate2::Crc;
use flate2::read::GzDecoder;
use jiff::Timestamp;

use self::binary_xml::{Chunk, RECORDS_START};

const CHUNK: usize = 65_536;
const FILE_HEADER: usize = 4096;
/// Seconds from the beginning of 1601, from which Windows counts, to that of 1970.
const EPOCH_SECONDS: i128 = 11_644_473_600;

/// A record to be written.
#[derive(Clone, Debug)]
pub struct Event {
    /// When.
    pub time: Timestamp,
    /// The source.
    pub provider: String,
    /// Its number.
    pub id: u16,
    /// 2 error, 3 warning, 4 information.
    pub level: u8,
    /// The PC.
    pub computer: String,
    /// The account, as in `S-1-5-18`.
    pub sid: Option<String>,
    /// Strings without names.
    pub strings: Vec<String>,
    /// What comes after them.
    pub binary: Vec<u8>,
    /// User data in place of both: its element, and the elements in it.
    pub user_data: Option<(String, Vec<(String, String)>)>,
}

impl Event {
    /// Of a PC called KASSA-1, by an administrator.
    pub fn new(time: Timestamp, provider: &str, id: u16) -> Self {
        Self {
            time,
            provider: provider.to_owned(),
            id,
            level: 4,
            computer: "KASSA-1".to_owned(),
            sid: Some("S-1-5-21-1004336348-1177238915-682003330-500".to_owned()),
            strings: Vec::new(),
            binary: Vec::new(),
            user_data: None,
        }
    }

    /// Of Windows Installer: with these strings and a product's code, as it writes them.
    pub fn installer(time: Timestamp, id: u16, strings: &[&str], code: Option<&str>) -> Self {
        let mut strings: Vec<String> = strings.iter().map(|text| (*text).to_owned()).collect();
        while strings.len() < 6 {
            strings.push("(NULL)".to_owned());
        }
        strings.push(String::new());
        let binary = code.map(|code| format!("{code}0000{}", "a1b2c3d4".repeat(5)).into_bytes());
        Self { strings, binary: binary.unwrap_or_default(), ..Self::new(time, "MsiInstaller", id) }
    }

    /// Of the Restart Manager.
    pub fn restart_manager(time: Timestamp, id: u16, element: &str, data: &[(&str, &str)]) -> Self {
        let data = data.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let user_data = Some((element.to_owned(), data));
        Self { user_data, ..Self::new(time, "Microsoft-Windows-RestartManager", id) }
    }
}

/// A log that Windows has written: the seven records of `Security_short_selected.evtx` of the pyevtx-rs project (MIT or
/// Apache-2.0), of 2016. It is of the Security log; none of the Application log with a licence to copy it was found.
///
/// # Errors
/// If it is not what it was when it was put there.
pub fn real() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    GzDecoder::new(&include_bytes!("../../samples/security.evtx.gz")[..]).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Writes a log with these records, the first with the number 1.
pub fn write(path: &Path, events: impl IntoIterator<Item = Event>) -> io::Result<()> {
    std::fs::write(path, bytes(events))
}

/// The bytes of a log with these records.
///
/// # Panics
/// If a record does not fit into a chunk.
pub fn bytes(events: impl IntoIterator<Item = Event>) -> Vec<u8> {
    let mut chunks: Vec<Vec<u8>> = Vec::new();
    let mut chunk = Chunk::default();
    let mut number = 0_u64;
    for event in events {
        number += 1;
        if !chunk.add(number, &event) {
            chunks.push(sealed(&std::mem::take(&mut chunk)));
            assert!(chunk.add(number, &event), "A record does not fit into a chunk");
        }
    }
    chunks.push(sealed(&chunk));
    let mut file = file_header(chunks.len(), number + 1);
    file.extend(chunks.into_iter().flatten());
    file
}

fn file_header(chunks: usize, next_record: u64) -> Vec<u8> {
    let mut header = vec![0; FILE_HEADER];
    put(&mut header, 0, b"ElfFile\0");
    put(&mut header, 16, &(chunks as u64 - 1).to_le_bytes());
    put(&mut header, 24, &next_record.to_le_bytes());
    put(&mut header, 32, &128_u32.to_le_bytes());
    put(&mut header, 36, &1_u16.to_le_bytes());
    put(&mut header, 38, &3_u16.to_le_bytes());
    put(&mut header, 40, &(FILE_HEADER as u16).to_le_bytes());
    put(&mut header, 42, &(chunks as u16).to_le_bytes());
    let sum = crc(&[&header[..120]]);
    put(&mut header, 124, &sum.to_le_bytes());
    header
}

/// A chunk with its header: which records are in it, where it ends, its tables and checksums.
fn sealed(chunk: &Chunk) -> Vec<u8> {
    let mut bytes = chunk.bytes.clone();
    let free = bytes.len() as u32;
    bytes.resize(CHUNK, 0);
    put(&mut bytes, 0, b"ElfChnk\0");
    for at in [8, 24] {
        put(&mut bytes, at, &chunk.first.to_le_bytes());
        put(&mut bytes, at + 8, &chunk.last.to_le_bytes());
    }
    put(&mut bytes, 40, &128_u32.to_le_bytes());
    put(&mut bytes, 44, &chunk.last_at.to_le_bytes());
    put(&mut bytes, 48, &free.to_le_bytes());
    let sum = crc(&[&bytes[RECORDS_START..free as usize]]);
    put(&mut bytes, 52, &sum.to_le_bytes());
    for (index, offset) in chunk.names_table.iter().enumerate() {
        put(&mut bytes, 128 + index * 4, &offset.to_le_bytes());
    }
    for (index, offset) in chunk.templates_table.iter().enumerate() {
        put(&mut bytes, 384 + index * 4, &offset.to_le_bytes());
    }
    let sum = crc(&[&bytes[..120], &bytes[128..512]]);
    put(&mut bytes, 124, &sum.to_le_bytes());
    bytes
}

fn put(bytes: &mut [u8], at: usize, what: &[u8]) {
    bytes[at..at + what.len()].copy_from_slice(what);
}

fn crc(pieces: &[&[u8]]) -> u32 {
    let mut crc = Crc::new();
    for piece in pieces {
        crc.update(piece);
    }
    crc.sum()
}

/// A time as Windows counts it: in tenths of a microsecond since 1601.
fn filetime(time: Timestamp) -> u64 {
    ((time.as_nanosecond() + EPOCH_SECONDS * 1_000_000_000) / 100) as u64
}
