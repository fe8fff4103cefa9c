//! Which line of a list holds its headings.
//!
//! Programs put titles above a table: a name, a day, who has written it out. So the headings are the first of the first
//! ten lines in which a device and an end can be found; else the first with two cells. Only lines that stand above data
//! are looked at: two lines with a day in them are data already, and so is one below a line with as many cells.
//! Deliberately not here: what headings mean
//! ([`Columns`]).

use std::borrow::Cow;

use csv::StringRecord;

use super::cells::Splitter;
use super::{Columns, Error, Fault, date};

/// What separates cells; of several that do equally well, the first.
const SEPARATORS: [u8; 3] = [b';', b'\t', b','];
/// So many lines that are not blank are looked at.
const MOST_AHEAD: usize = 10;

/// After so many lines with a day in them there are no headings any more.
const ENOUGH_DATED: usize = 2;

/// A line as it was read; of one that does not fit the encoding, what it looks like and why.
pub(super) type Content<'l> = Result<Cow<'l, str>, (String, Fault)>;

/// The line with the headings, or the first with data where there are none.
pub(super) struct Headings<'l> {
    /// From 1.
    pub(super) line: u64,
    pub(super) cells: StringRecord,
    pub(super) separator: u8,
    /// Lines above it that are not blank: what they hold, and why they do not count.
    pub(super) skipped: Vec<(u64, String, Fault)>,
    /// Lines below it that have been read already.
    pub(super) ahead: Vec<(u64, Content<'l>)>,
}

struct Candidate<'l> {
    line: u64,
    content: Content<'l>,
    cells: Result<(u8, StringRecord), Fault>,
}

impl Candidate<'_> {
    /// Whether a row below it looks as if this were its headings.
    fn heads(&self, separator: u8, row: &StringRecord) -> bool {
        let fits = |own: &(u8, StringRecord)| {
            own.0 == separator && own.1.len() == row.len() && row.len() > 1 && !has_date(&own.1)
        };
        self.cells.as_ref().is_ok_and(fits)
    }
}

/// Takes as many lines as it needs.
pub(super) fn find<'l>(lines: &mut impl Iterator<Item = (u64, Content<'l>)>) -> Result<Headings<'l>, Error> {
    let mut candidates: Vec<Candidate<'l>> = Vec::new();
    let (mut stated, mut dated, mut fitting) = (None, 0, None);
    while candidates.len() < MOST_AHEAD && dated < ENOUGH_DATED && fitting.is_none() {
        let Some((line, content)) = lines.next() else { break };
        let cells = match &content {
            Ok(text) => {
                if let Some(separator) = stated_separator(text) {
                    stated = Some(separator);
                    continue;
                }
                if is_blank(text.trim_matches([';', ',', '\t', ' '])) {
                    continue;
                }
                let separator = stated.unwrap_or_else(|| most_splitting(text));
                Splitter::new(separator).cells(text).map(|cells| (separator, cells))
            }
            Err((_, fault)) => Err(fault.clone()),
        };
        if let Ok((separator, cells)) = &cells {
            if has_date(cells) {
                let is_below = candidates.last().is_some_and(|above| above.heads(*separator, cells));
                dated += if is_below { ENOUGH_DATED } else { 1 };
            } else if is_whole(cells) {
                fitting = Some(candidates.len());
            }
        }
        candidates.push(Candidate { line, content, cells });
    }
    let place = match fitting {
        Some(place) => place,
        None => first_with_cells(&candidates)?,
    };
    let ahead = candidates.split_off((place + 1).min(candidates.len()));
    let Candidate { line, cells, .. } = candidates.pop().ok_or(Error::Empty)?;
    let (separator, cells) = cells.map_err(|fault| Error::Headings { line, fault })?;
    let skipped = candidates.into_iter().map(|Candidate { line, content, cells }| {
        let text = content.map_or_else(|(text, _)| text, Cow::into_owned);
        (line, text, cells.err().unwrap_or(Fault::AboveHeadings))
    });
    let skipped = skipped.collect();
    let ahead = ahead.into_iter().map(|candidate| (candidate.line, candidate.content)).collect();
    Ok(Headings { line, cells, separator, skipped, ahead })
}

/// Whether this is data and no headings.
pub(super) fn has_date(cells: &StringRecord) -> bool {
    cells.iter().any(|cell| date(cell).is_ok())
}

/// The place of the first line with two cells, else of the first; one above it that cannot be read may be the headings.
fn first_with_cells(candidates: &[Candidate<'_>]) -> Result<usize, Error> {
    for (place, candidate) in candidates.iter().enumerate() {
        match &candidate.cells {
            Ok((_, cells)) if cells.iter().filter(|cell| !is_blank(cell)).count() > 1 => return Ok(place),
            Ok(_) => {}
            Err(fault) => return Err(Error::Headings { line: candidate.line, fault: fault.clone() }),
        }
    }
    Ok(0)
}

/// Whether all that is needed can be found in these headings.
fn is_whole(cells: &StringRecord) -> bool {
    let headings: Vec<String> = cells.iter().map(str::to_owned).collect();
    Columns::guess(&headings).missing().is_empty()
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
