//! The list that is kept for the whole PC: reading it, and putting another in its place.
//!
//! Written as `device;product;until;licence;note`, UTF-8 with a byte order mark and with `\r\n`, which Excel
//! opens as it is; an export for people is the same. People may edit the file, so it is read as leniently as
//! any other. Deliberately not here: who may write it (an administrator, by the folder's rights).

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::formula::neutral;
use super::table::{LARGEST_FILE, MOST_LINES};
use super::{Columns, Error, Reading, Record, Table, date};
use crate::digest::Digest;
use crate::fs;
use crate::os::Os;
use crate::put;

const HEADINGS: [&str; 5] = ["device", "product", "until", "licence", "note"];
/// Beside the list: what stood there and was not written by this program alone. Further ones are numbered from 2.
const FORMER_NAME: &str = "subscriptions.former.csv";

/// Reads the kept list; one that does not exist yet is empty. One that others than administrators may have
/// written is an error, as far as the system can tell.
pub fn load(os: &dyn Os, path: &Path) -> Result<Reading, Error> {
    if is_there(os, path)? { kept(&Table::open(path)?) } else { Ok(Reading::default()) }
}

/// Whether there is a file that says anything of subscriptions, the list or the journal. One that others than
/// administrators may have written is an error, as far as the system can tell.
pub(super) fn is_there(os: &dyn Os, path: &Path) -> Result<bool, Error> {
    // A name that leads nowhere may still be a link.
    if path.symlink_metadata().is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
        return Ok(false);
    }
    if os.only_administrators_may_write(path) == Some(false) {
        return Err(Error::OthersMayWrite { path: path.to_path_buf() });
    }
    Ok(true)
}

/// Puts a list in the place of the kept one, whole or not at all. Where the kept one is not as this program
/// writes it (edited by hand, or not to be read), it is kept once more at its [`former_path`], so that no line that
/// could not be read is lost. A list that could not be read again is not written.
pub fn save(path: &Path, records: &[Record]) -> Result<(), Error> {
    let write = |source| Error::Write { path: path.to_path_buf(), source };
    let bytes = to_csv(records).map_err(write)?;
    // With the headings, and nothing after the last line's end.
    if records.len() + 2 > MOST_LINES {
        return Err(Error::TooManyLines { limit: MOST_LINES });
    }
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(Error::TooLarge { limit_bytes: LARGEST_FILE });
    }
    if path.exists() && !is_own(path) {
        let former_path = former_path(path).map_err(write)?;
        if !former_path.exists() {
            put::put(path, &former_path, None).map_err(write)?;
        }
    }
    fs::write_atomically(path, &bytes).map_err(write)
}

/// Where the list that stands there now is kept when another takes its place: `subscriptions.former.csv`,
/// `subscriptions.former.2.csv`, …: the first of them that is not there, or is this very list. None that says
/// something else is ever overwritten.
pub fn former_path(path: &Path) -> io::Result<PathBuf> {
    let mut former_path = path.with_file_name(FORMER_NAME);
    let mut number = 1_u64;
    while !is_free_or_same(&former_path, path)? {
        number += 1;
        former_path.set_file_name(format!("subscriptions.former.{number}.csv"));
    }
    Ok(former_path)
}

impl Error {
    /// Whether the fault is in what stands in the list, so that it helps to put another in its place.
    pub fn is_of_content(&self) -> bool {
        match self {
            Self::NotText
            | Self::Encoding
            | Self::Empty
            | Self::Headings { .. }
            | Self::Columns { .. }
            | Self::TooLarge { .. }
            | Self::TooManyLines { .. }
            | Self::TooManyColumns { .. } => true,
            Self::Read { .. } | Self::Write { .. } | Self::OthersMayWrite { .. } | Self::Journal(_) => false,
        }
    }
}

/// The list as a file. Cells that a spreadsheet would take for formulas are plain text in it; read again it
/// gives the same records.
pub fn to_csv(records: &[Record]) -> io::Result<Vec<u8>> {
    let mut builder = WriterBuilder::new();
    builder.delimiter(b';').terminator(Terminator::CRLF).quote_style(QuoteStyle::Necessary);
    let mut writer = builder.from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(HEADINGS)?;
    for record in records {
        let until = date::written(record.until);
        let product = record.product.as_deref().unwrap_or_default();
        let cells = [&record.device, product, until.as_str(), &record.licence, &record.note];
        writer.write_record(cells.map(neutral))?;
    }
    writer.into_inner().map_err(csv::IntoInnerError::into_error)
}

fn kept(table: &Table) -> Result<Reading, Error> {
    table.records(&Columns::guess(&table.headings))
}

fn is_free_or_same(former_path: &Path, path: &Path) -> io::Result<bool> {
    let former = match former_path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        former => former?,
    };
    if former.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let is_as_long = path.metadata().is_ok_and(|list| list.len() == former.len());
    Ok(is_as_long && digest_of(former_path)? == digest_of(path)?)
}

fn digest_of(path: &Path) -> io::Result<Digest> {
    Digest::of_reader(&mut File::open(path)?).map(|(digest, _)| digest)
}

/// Whether writing what was read from the file would give the same file.
fn is_own(path: &Path) -> bool {
    let records = Table::open(path).and_then(|table| kept(&table)).map(|reading| reading.records);
    let (Ok(records), Ok(bytes)) = (records, std::fs::read(path)) else { return false };
    to_csv(&records).is_ok_and(|own| own == bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::OpenToAll;
    use crate::os::Linux;
    use crate::subscription::{Fault, LONGEST_NOTE};

    #[test]
    fn a_list_that_others_than_administrators_may_write_says_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("subscriptions.csv");
        assert_eq!(load(&OpenToAll, &path).unwrap(), Reading::default());
        save(&path, &[record("a", "")]).unwrap();
        assert!(matches!(load(&OpenToAll, &path), Err(Error::OthersMayWrite { .. })));
    }

    fn record(device: &str, note: &str) -> Record {
        Record::of(device, "Склад 15", "29.02.2028", "", note).unwrap()
    }

    #[test]
    fn what_is_saved_is_read_again_and_a_list_that_is_not_there_is_empty() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("not").join("there").join("subscriptions.csv");
        assert_eq!(load(&Linux, &path).unwrap(), Reading::default());
        let records = [
            Record::of("=cmd|' /C calc'!A0", "", "31.12.9999", "+7", "'-").unwrap(),
            record("a;b", "he said \"no\", twice"),
            record("'quoted'", &"я".repeat(LONGEST_NOTE)),
        ];
        save(&path, &records).unwrap();
        let reading = load(&Linux, &path).unwrap();
        assert_eq!((reading.records.as_slice(), reading.faults.len()), (records.as_slice(), 0));
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(
            "\u{feff}device;product;until;licence;note\r\n'=cmd|' /C calc'!A0;;31.12.9999;'+7;''-\r\n"
        ));
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        save(&path, &[]).unwrap();
        assert_eq!(load(&Linux, &path).unwrap(), Reading::default());
    }

    #[test]
    fn a_list_edited_by_hand_is_kept_beside_the_one_that_takes_its_place() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("subscriptions.csv");
        let edited = "Device,Until\nТСД 01,01.11.2026\nТСД 02,soon\n";
        std::fs::write(&path, edited).unwrap();
        let reading = load(&Linux, &path).unwrap();
        assert_eq!(reading.records.len(), 1);
        assert!(matches!(reading.faults[0].fault, Fault::Date { .. }));
        for _ in 0..2 {
            save(&path, &reading.records).unwrap();
            assert_eq!(std::fs::read_to_string(dir.path().join(FORMER_NAME)).unwrap(), edited);
        }
        assert_eq!(load(&Linux, &path).unwrap().records, reading.records);
    }

    #[test]
    fn no_list_that_was_edited_by_hand_is_lost_to_the_next_one() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("subscriptions.csv");
        let edited = ["device,until\na,soon\n", "device,until\nb,soon\n", "PK\u{3}\u{4}\0\0"];
        for text in [edited[0], edited[1], edited[0], edited[2], edited[1]] {
            std::fs::write(&path, text).unwrap();
            save(&path, &[record("a", "")]).unwrap();
        }
        let names = [FORMER_NAME, "subscriptions.former.2.csv", "subscriptions.former.3.csv"];
        for (name, text) in names.into_iter().zip(edited) {
            assert_eq!(std::fs::read_to_string(dir.path().join(name)).unwrap(), text);
        }
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 4);
    }

    #[test]
    fn the_old_list_stays_where_the_new_one_cannot_be_written() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("subscriptions.csv");
        std::fs::create_dir(&path).unwrap();
        assert!(matches!(save(&path, &[record("a", "")]), Err(Error::Write { .. })));
        assert!(matches!(load(&Linux, &path), Err(Error::Read { .. })));
        assert!(path.is_dir());

        let path = dir.path().join("other.csv");
        save(&path, &[record("a", "")]).unwrap();
        std::fs::create_dir_all(dir.path().join(FORMER_NAME).join("full")).unwrap();
        std::fs::write(&path, "edited by hand").unwrap();
        assert!(matches!(save(&path, &[record("b", "")]), Err(Error::Write { .. })));
        assert_eq!(std::fs::read(&path).unwrap(), b"edited by hand");
    }
}
