//! A list as it stands in its file: headings and rows, before anybody says what they mean.
//!
//! Semicolons, commas or tabs, whichever splits the headings into most cells; Excel's `sep=;` before them is
//! understood, and titles above them are passed over and told. Every line is a row of its own: a quotation mark that is not closed costs its own line and none
//! after it (so a cell cannot hold a line break, which in such a list none needs). A file without headings is
//! told by a date in its first row. Blank rows are left out. Deliberately not here: what is in the cells.

use std::path::Path;

use csv::StringRecord;

use super::cells::Splitter;
use super::headings::{self, Headings, has_date};
use super::text::text;
use super::{Error, Fault, LineFault, shortened};
use crate::fs;

/// Bytes of a list: 100,000 long lines.
pub(super) const LARGEST_FILE: u64 = 16 * 1024 * 1024;
pub(super) const MOST_LINES: usize = 200_000;
const MOST_COLUMNS: usize = 64;

/// A list as it stands in its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// As many as there are columns; empty texts where the file has no headings.
    pub headings: Vec<String>,
    /// In the order of the file.
    pub rows: Vec<Row>,
    /// Lines that are no rows.
    pub faults: Vec<LineFault>,
    /// What the cells of those lines seem to be, as far as that can be told: each still names its device, most
    /// often.
    pub broken: Vec<StringRecord>,
}

/// A line of a [`Table`].
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// From 1, as an editor counts.
    pub line: u64,
    /// At most as many as there are headings.
    pub cells: StringRecord,
}

impl Table {
    /// Reads a file of at most 16 MiB.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let read = |source: std::io::Error| match source.kind() {
            std::io::ErrorKind::FileTooLarge => Error::TooLarge { limit_bytes: LARGEST_FILE },
            _ => Error::Read { path: path.to_path_buf(), source },
        };
        let bytes = fs::read_limited(path, LARGEST_FILE).map_err(read)?;
        Self::read(&bytes.ok_or_else(|| read(std::io::ErrorKind::NotFound.into()))?)
    }

    /// Understands the bytes of a file: at most 200,000 lines and 64 columns.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(Error::TooLarge { limit_bytes: LARGEST_FILE });
        }
        let text = text(bytes)?;
        let mut lines = (1..).zip(text.lines());
        let Headings { line, cells: headings, separator, skipped, ahead } = headings::find(&mut lines)?;
        let mut splitter = Splitter::new(separator);
        if headings.len() > MOST_COLUMNS {
            return Err(Error::TooManyColumns { limit: MOST_COLUMNS });
        }
        let columns = headings.len();
        let (mut rows, mut faults, mut broken) = (Vec::new(), Vec::new(), Vec::new());
        for (line, text, fault) in skipped {
            broken.push(pieces(&text, separator));
            faults.push(LineFault { line, text: shortened(&text), fault });
        }
        let is_data = has_date(&headings);
        let names = headings.iter().map(|cell| if is_data { String::new() } else { cell.trim().to_owned() });
        let names = names.collect();
        if is_data {
            rows.push(Row { line, cells: headings });
        }
        for (line, content) in ahead.into_iter().chain(lines) {
            if line > MOST_LINES as u64 {
                return Err(Error::TooManyLines { limit: MOST_LINES });
            }
            let row = content.and_then(|content| {
                row(&content, &mut splitter, columns).map_err(|fault| (content.into_owned(), fault))
            });
            match row {
                Ok(cells) if cells.iter().all(is_blank) => {}
                Ok(cells) => rows.push(Row { line, cells }),
                Err((text, fault)) => {
                    broken.push(pieces(&text, separator));
                    faults.push(LineFault { line, text: shortened(&text), fault });
                }
            }
        }
        Ok(Self { headings: names, rows, faults, broken })
    }
}

fn row(content: &str, splitter: &mut Splitter, columns: usize) -> Result<StringRecord, Fault> {
    let mut cells = splitter.cells(content)?;
    if cells.iter().skip(columns).any(|cell| !is_blank(cell)) {
        return Err(Fault::Cells { found: cells.len(), expected: columns });
    }
    cells.truncate(columns);
    Ok(cells)
}

/// A line that is no row, taken apart wherever the separator stands.
fn pieces(content: &str, separator: u8) -> StringRecord {
    let pieces = content.split(char::from(separator)).take(MOST_COLUMNS);
    pieces.map(|piece| piece.trim().trim_matches('"')).collect()
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

#[cfg(test)]
mod tests;
