//! A list as it stands in its file: headings and rows, before anybody says what they mean.
//!
//! Semicolons, commas or tabs, whichever splits the first line into most cells; Excel's `sep=;` before it is
//! understood. Every line is a row of its own: a quotation mark that is not closed costs its own line and none
//! after it (so a cell cannot hold a line break, which in such a list none needs). A file without headings is
//! told by a date in its first line. Blank rows are left out. Deliberately not here: what is in the cells.

use std::path::Path;

use csv::StringRecord;

use super::cells::Splitter;
use super::text::text;
use super::{Error, Fault, LineFault, date, shortened};
use crate::fs;

/// Bytes of a list: 100,000 long lines.
pub(super) const LARGEST_FILE: u64 = 16 * 1024 * 1024;
pub(super) const MOST_LINES: usize = 200_000;
const MOST_COLUMNS: usize = 64;

/// What separates cells; of several that do equally well, the first.
const SEPARATORS: [u8; 3] = [b';', b'\t', b','];

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
        let (mut faults, mut broken) = (Vec::new(), Vec::new());
        let mut separator = None;
        // The headings are the first line that is not blank; without them nothing can be said of the rest.
        let (line, headings, separator, mut splitter) = loop {
            let (line, content) = lines.next().ok_or(Error::Empty)?;
            let content = content.map_err(|(_, fault)| Error::Headings { line, fault })?;
            if let Some(stated) = stated_separator(&content) {
                separator = Some(stated);
            } else if !is_blank(content.trim_matches([';', ',', '\t', ' '])) {
                let separator = separator.unwrap_or_else(|| most_splitting(&content));
                let mut splitter = Splitter::new(separator);
                let headings = splitter.cells(&content).map_err(|fault| Error::Headings { line, fault })?;
                break (line, headings, separator, splitter);
            }
        };
        if headings.len() > MOST_COLUMNS {
            return Err(Error::TooManyColumns { limit: MOST_COLUMNS });
        }
        let columns = headings.len();
        let mut rows = Vec::new();
        let is_data = headings.iter().any(|cell| date(cell).is_ok());
        let names = headings.iter().map(|cell| if is_data { String::new() } else { cell.trim().to_owned() });
        let names = names.collect();
        if is_data {
            rows.push(Row { line, cells: headings });
        }
        for (line, content) in lines {
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

fn most_splitting(content: &str) -> u8 {
    let count = |separator| Splitter::new(separator).cells(content).map_or(0, |cells| cells.len());
    let best = SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator));
    best.unwrap_or(b';')
}

/// Excel's word on its own separator.
fn stated_separator(content: &str) -> Option<u8> {
    let stated = content.trim_end_matches(' ').strip_prefix("sep=")?;
    SEPARATORS.into_iter().find(|separator| stated.as_bytes() == [*separator])
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

#[cfg(test)]
mod tests;
