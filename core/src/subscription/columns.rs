//! Which column of a list means what, and the records that come out of it.
//!
//! Our own headings are `device;product;until;licence;note`. Those of an export of the web account are not
//! known; the guess looks for words that people use, in Russian and English, and the person has the last word. A
//! wrong day of the end is worse than none: where two columns may tell it, none is guessed.

use std::collections::{BTreeSet, HashMap};

use csv::StringRecord;

use super::formula::restored;
use super::names::{key, product_key};
use super::record::device_name;
use super::{Error, Fault, Field, LineFault, Record, Row, Table, shortened};

/// Whole headings, lower-case, `ё` as `е`; ours come first.
const HEADINGS: [(Field, &[&str]); 4] = [
    (
        Field::Device,
        &["device", "workstation", "terminal", "тсд", "устройство", "терминал", "рабочее место", "компьютер"],
    ),
    (
        Field::Licence,
        &["licence", "license", "лицензия", "номер лицензии", "licence number", "license number"],
    ),
    (Field::Product, &["product", "продукт", "application", "приложение", "программа"]),
    (Field::Note, &["note", "comment", "примечание", "комментарий", "заметка"]),
];

/// Parts of headings, where no whole one fits.
const PARTS: [(Field, &[&str]); 4] = [
    (Field::Device, &["устройств", "тсд", "терминал", "рабоч", "device", "terminal", "workstation"]),
    (Field::Licence, &["лиценз", "licen"]),
    (Field::Product, &["продукт", "product"]),
    (Field::Note, &["примечан", "коммент", "note", "comment"]),
];

/// Our own heading of the end.
const UNTIL: &str = "until";
/// Parts of headings that speak of a subscription.
const SUBSCRIPTION: [&str; 2] = ["подписк", "subscription"];
/// Words and parts of headings that speak of an end.
const END_WORDS: [&str; 6] = ["до", "по", "to", "till", "until", "end"];
const END_PARTS: [&str; 4] = ["оконч", "истека", "expir", "ends"];
/// Of headings that speak of a time and may be of its end.
const TIME_PARTS: [&str; 2] = ["действ", "valid"];
/// Words and parts of headings that are of something else, whatever they speak of besides.
const OTHER_WORDS: [&str; 6] = ["с", "со", "от", "from", "since", "id"];
const OTHER_PARTS: [&str; 16] = [
    "начал",
    "актив",
    "статус",
    "вид",
    "start",
    "begin",
    "activ",
    "status",
    "номер",
    "number",
    "тип",
    "type",
    "цена",
    "стоимост",
    "price",
    "cost",
];
/// What a licence has is no subscription's, unless the heading says so.
const LICENCE: [&str; 2] = ["лиценз", "licen"];

/// Which column, from 0, means what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Needed.
    pub device: Option<usize>,
    /// Without one, all records are of all products.
    pub product: Option<usize>,
    /// Needed.
    pub until: Option<usize>,
    /// May be missing.
    pub licence: Option<usize>,
    /// May be missing.
    pub note: Option<usize>,
}

/// What a list says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// In the order of the list; one for each device and product.
    pub records: Vec<Record>,
    /// Lines that do not count, in their order.
    pub faults: Vec<LineFault>,
    /// Devices of which a line could not be read, by [`super::device_key`], each once: the list does not say all
    /// it has to say of them.
    pub keeps: Vec<String>,
}

impl Columns {
    /// What the headings seem to say.
    pub fn guess(headings: &[String]) -> Self {
        let keys: Vec<String> = headings.iter().map(|heading| heading_key(heading)).collect();
        let mut guess = Self { until: until(&keys), ..Self::default() };
        for (field, words) in HEADINGS {
            let found = words.iter().find_map(|word| keys.iter().position(|key| key == word));
            *guess.column_mut(field) = found;
        }
        for (field, parts) in PARTS {
            let free = |(column, key): &(usize, &String)| !guess.has(*column) && has_part(key, parts);
            let found = keys.iter().enumerate().find(free).map(|(column, _)| column);
            let column = guess.column_mut(field);
            *column = column.or(found);
        }
        guess
    }

    /// Which column means this.
    pub fn column(&self, field: Field) -> Option<usize> {
        match field {
            Field::Device => self.device,
            Field::Product => self.product,
            Field::Until => self.until,
            Field::Licence => self.licence,
            Field::Note => self.note,
        }
    }

    /// Where [`Self::column`] is kept, for the person's choice.
    pub fn column_mut(&mut self, field: Field) -> &mut Option<usize> {
        match field {
            Field::Device => &mut self.device,
            Field::Product => &mut self.product,
            Field::Until => &mut self.until,
            Field::Licence => &mut self.licence,
            Field::Note => &mut self.note,
        }
    }

    /// What is needed and has no column; nothing missing: the list can be read.
    pub fn missing(&self) -> Vec<Field> {
        [Field::Device, Field::Until].into_iter().filter(|field| self.column(*field).is_none()).collect()
    }

    fn has(&self, column: usize) -> bool {
        [self.device, self.product, self.until, self.licence, self.note].contains(&Some(column))
    }

    fn cell<'c>(&self, cells: &'c StringRecord, field: Field) -> &'c str {
        let cell = self.column(field).and_then(|column| cells.get(column)).unwrap_or_default();
        restored(cell.trim())
    }

    /// The device of a line that gives no record.
    fn device_key(&self, cells: &StringRecord) -> Option<String> {
        device_name(self.cell(cells, Field::Device)).ok().map(|device| key(&device))
    }

    fn record(&self, cells: &StringRecord) -> Result<Record, Fault> {
        let cell = |field| self.cell(cells, field);
        Record::of(
            cell(Field::Device),
            cell(Field::Product),
            cell(Field::Until),
            cell(Field::Licence),
            cell(Field::Note),
        )
    }
}

impl Table {
    /// The records of the list. Of several about one device and product the latest date counts, of equal
    /// dates the first; the others are told.
    pub fn records(&self, columns: &Columns) -> Result<Reading, Error> {
        let missing = columns.missing();
        if !missing.is_empty() {
            return Err(Error::Columns { missing });
        }
        let mut faults = self.faults.clone();
        let mut keeps: BTreeSet<String> =
            self.broken.iter().filter_map(|cells| columns.device_key(cells)).collect();
        let mut counting: Vec<(&Row, Record)> = Vec::with_capacity(self.rows.len());
        let mut places: HashMap<(String, Option<String>), usize> = HashMap::with_capacity(self.rows.len());
        for row in &self.rows {
            let record = match columns.record(&row.cells) {
                Ok(record) => record,
                Err(fault) => {
                    keeps.extend(columns.device_key(&row.cells));
                    faults.push(line_fault(row, fault));
                    continue;
                }
            };
            let place = *places.entry(key_of(&record)).or_insert(counting.len());
            let Some((former_row, former)) = counting.get_mut(place) else {
                counting.push((row, record));
                continue;
            };
            let mut loser = row;
            if record.until > former.until {
                loser = std::mem::replace(former_row, row);
                *former = record;
            }
            // Which line counts in the end is known after the last one.
            faults.push(line_fault(loser, Fault::Duplicate { counts: place as u64 }));
        }
        for fault in &mut faults {
            if let Fault::Duplicate { counts } = &mut fault.fault
                && let Some((row, _)) = counting.get(*counts as usize)
            {
                *counts = row.line;
            }
        }
        faults.sort_by_key(|fault| fault.line);
        let records = counting.into_iter().map(|(_, record)| record).collect();
        Ok(Reading { records, faults, keeps: keeps.into_iter().collect() })
    }
}

/// What is one record in a list: a device, and a product or all of them.
pub(super) fn key_of(record: &Record) -> (String, Option<String>) {
    (key(&record.device), record.product.as_deref().map(product_key))
}

fn line_fault(row: &Row, fault: Fault) -> LineFault {
    let cells: Vec<&str> = row.cells.iter().collect();
    LineFault { line: row.line, text: shortened(&cells.join("; ")), fault }
}

/// The column of the end, where one alone may be it: better one that names a subscription and its end than an end
/// alone, and that than a subscription alone.
fn until(keys: &[String]) -> Option<usize> {
    if let Some(own) = keys.iter().position(|key| key == UNTIL) {
        return Some(own);
    }
    let rank = |key: &String| {
        let has_word =
            |words: &[&str]| key.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word));
        let is_of_subscription = has_part(key, &SUBSCRIPTION);
        let is_other = has_word(&OTHER_WORDS)
            || has_part(key, &OTHER_PARTS)
            || (has_part(key, &LICENCE) && !is_of_subscription);
        let is_end = has_word(&END_WORDS) || has_part(key, &END_PARTS);
        match (is_of_subscription, is_end) {
            _ if is_other => None,
            (true, true) => Some(3),
            (false, true) => Some(2),
            (true, false) => Some(1),
            (false, false) => has_part(key, &TIME_PARTS).then_some(1),
        }
    };
    let ranks: Vec<Option<u8>> = keys.iter().map(rank).collect();
    let best = ranks.iter().flatten().max()?;
    let mut fitting = ranks.iter().enumerate().filter(|(_, rank)| rank.as_ref() == Some(best));
    let (column, _) = fitting.next()?;
    fitting.next().is_none().then_some(column)
}

fn has_part(key: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| key.contains(part))
}

fn heading_key(heading: &str) -> String {
    key(heading).replace('ё', "е").trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}
