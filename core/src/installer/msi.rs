//! The `Property` table of a Windows Installer database.
//!
//! The container is a compound file ([MS-CFB], read by the `cfb` crate). What lies in it — the names of streams, the
//! pool of strings, tables as columns of references into it — Microsoft does not document; it is read here as the
//! free tools do it (`msi` crate, Wine), and the tests hold it against databases that one of them has written. The
//! crate `msi` itself is for writing packages: it reads every string and every table, takes lengths at their word
//! and panics over keys that are missing, and these files come from anybody.
//!
//! Deliberately not here: any other table, transforms and patches.

use std::io::{self, Read, Seek, SeekFrom};

use cfb::{CompoundFile, Stream};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::{Error, Identity, line, not_an_installer, version};

/// Which compound files are installation databases, as opposed to patches and transforms.
const DATABASE_CLASS: &str = "000c1084-0000-0000-c000-000000000046";
/// Four to eight bytes for each string: so many are a quarter of a million strings.
const LARGEST_POOL: u64 = 2 << 20;
/// Packages have some hundred properties.
const MOST_PROPERTIES: u64 = 4096;
/// In bytes; the properties wanted here are short.
const LONGEST_STRING: u32 = 1024;
/// In the head of the pool: references are of three bytes.
const LONG_REFERENCES: u32 = 1 << 31;

pub(super) fn read(file: &mut (impl Read + Seek)) -> Result<Identity, Error> {
    let mut container = CompoundFile::open(file).map_err(damaged)?;
    if container.root_entry().clsid().to_string() != DATABASE_CLASS {
        return Err(not_an_installer("not an installation database"));
    }
    let mut pool = Pool::read(&mut container).map_err(damaged)?;
    let mut identity = Identity::default();
    for (name, value) in properties(&mut container, &pool).map_err(damaged)? {
        let slot = match pool.string(name).map_err(damaged)?.as_deref() {
            Some("ProductName") => &mut identity.product,
            Some("Manufacturer") => &mut identity.company,
            Some("ProductCode") => &mut identity.product_code,
            Some("UpgradeCode") => &mut identity.upgrade_code,
            Some("ProductVersion") => {
                identity.version = pool.string(value).map_err(damaged)?.as_deref().and_then(version);
                continue;
            }
            _ => continue,
        };
        *slot = pool.string(value).map_err(damaged)?.as_deref().and_then(line);
    }
    Ok(identity)
}

/// A fault of the disk is one of reading; everything else is the file's own.
fn damaged(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::InvalidData
        | io::ErrorKind::InvalidInput
        | io::ErrorKind::NotFound
        | io::ErrorKind::UnexpectedEof => not_an_installer(error.to_string()),
        _ => Error::Read(error),
    }
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// All strings of a database, of which only those wanted are read.
struct Pool<F> {
    /// Where each lies in the data and how long it is; the first is number 1.
    places: Vec<(u64, u32)>,
    encoding: &'static Encoding,
    reference_bytes: u64,
    data: Stream<F>,
}

impl<F: Read + Seek> Pool<F> {
    fn read(container: &mut CompoundFile<F>) -> io::Result<Self> {
        let stream = container.open_stream(table_stream("_StringPool"))?;
        if stream.len() > LARGEST_POOL {
            return Err(invalid("too many strings"));
        }
        let mut bytes = Vec::new();
        stream.take(LARGEST_POOL).read_to_end(&mut bytes)?;
        let mut words = bytes.chunks_exact(4).filter_map(|four| four.try_into().ok().map(u32::from_le_bytes));
        let head = words.next().ok_or_else(|| invalid("no head of strings"))?;
        let mut places = Vec::new();
        let mut begin = 0_u64;
        while let Some(entry) = words.next() {
            // The upper half counts the uses; a length that does not fit into the lower stands by itself.
            let length = match entry & 0xFFFF {
                0 if entry != 0 => words.next().ok_or_else(|| invalid("a string without a length"))?,
                short => short,
            };
            places.push((begin, length));
            begin += u64::from(length);
        }
        let data = container.open_stream(table_stream("_StringData"))?;
        let reference_bytes = if head & LONG_REFERENCES == 0 { 2 } else { 3 };
        Ok(Self { places, encoding: encoding(head & !LONG_REFERENCES), reference_bytes, data })
    }

    /// `None`: there is no such string, or it is longer than any that is wanted.
    fn string(&mut self, number: u32) -> io::Result<Option<String>> {
        let place = number.checked_sub(1).and_then(|index| self.places.get(index as usize));
        let Some((begin, length)) = place.copied().filter(|(_, length)| *length <= LONGEST_STRING) else {
            return Ok(None);
        };
        if begin + u64::from(length) > self.data.len() {
            return Err(invalid("a string beyond the end"));
        }
        self.data.seek(SeekFrom::Start(begin))?;
        let mut bytes = vec![0; length as usize];
        self.data.read_exact(&mut bytes)?;
        Ok(Some(self.encoding.decode_without_bom_handling(&bytes).0.into_owned()))
    }
}

/// Names and values, as numbers of strings. Tables are kept column by column.
fn properties<F: Read + Seek>(
    container: &mut CompoundFile<F>,
    pool: &Pool<F>,
) -> io::Result<Vec<(u32, u32)>> {
    let stream = container.open_stream(table_stream("Property"))?;
    let count = stream.len() / (2 * pool.reference_bytes);
    if count > MOST_PROPERTIES {
        return Err(invalid("too many properties"));
    }
    let mut bytes = Vec::new();
    stream.take(count * 2 * pool.reference_bytes).read_to_end(&mut bytes)?;
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte));
    let numbers: Vec<u32> = bytes.chunks_exact(pool.reference_bytes as usize).map(number).collect();
    let (names, values) = numbers.split_at(numbers.len() / 2);
    Ok(names.iter().copied().zip(values.iter().copied()).collect())
}

/// A code page of Windows; 0 is for letters that all of them share.
fn encoding(code_page: u32) -> &'static Encoding {
    match code_page {
        65001 => UTF_8,
        page => Encoding::for_label(format!("windows-{page}").as_bytes()).unwrap_or(WINDOWS_1252),
    }
}

/// How the stream of a table is called: two letters of its name in one of Unicode that nobody uses.
fn table_stream(table: &str) -> String {
    let mut name = String::from('\u{4840}');
    let letters: Vec<u32> = table.chars().filter_map(letter).collect();
    for pair in letters.chunks(2) {
        let code = match *pair {
            [first, second] => 0x3800 + (second << 6) + first,
            [first] => 0x4800 + first,
            _ => continue,
        };
        name.extend(char::from_u32(code));
    }
    name
}

fn letter(c: char) -> Option<u32> {
    let from = |first: char, number: u32| u32::from(c) - u32::from(first) + number;
    match c {
        '0'..='9' => Some(from('0', 0)),
        'A'..='Z' => Some(from('A', 10)),
        'a'..='z' => Some(from('a', 36)),
        '.' => Some(62),
        '_' => Some(63),
        _ => None,
    }
}
