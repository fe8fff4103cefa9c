//! One record: what is in it, and how it is made of texts that a person typed or a list holds.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::date::{DateFault, date};
use super::{names, shortened};

/// Characters of a device, a product or a licence; a name on Windows has no more.
pub const LONGEST_NAME: usize = 255;
/// Characters of a note.
pub const LONGEST_NOTE: usize = 1000;

/// Until when one device may receive releases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// A mobile device by the name of its folder in `Connections`, or a workstation by its computer name
    /// (inferred); letter case and white space are no difference.
    pub device: String,
    /// Of one product, by its name, the beginning of it (`Склад 15` is also `Склад 15, Расширенный`) or its
    /// `appId`; `None`: of all.
    pub product: Option<String>,
    /// The last day that counts; in the year 9999: without end.
    pub until: Date,
    /// Number or name of the licence; may be empty.
    pub licence: String,
    /// The person's words; may be empty.
    pub note: String,
}

/// A part of a [`Record`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// [`Record::device`].
    Device,
    /// [`Record::product`].
    Product,
    /// [`Record::until`].
    Until,
    /// [`Record::licence`].
    Licence,
    /// [`Record::note`].
    Note,
}

/// Why a line or a typed record gives no [`Record`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// Not in the encoding of the other lines, or letters were lost before.
    #[error("Line is not in the encoding of the file")]
    Encoding,
    /// Longer than any such line.
    #[error("Line is longer than {limit_bytes} bytes")]
    LongLine {
        /// The limit.
        limit_bytes: usize,
    },
    /// A quotation mark is opened and not closed in its line.
    #[error("Quotation mark is not closed in the line")]
    Quote,
    /// More cells than there are headings: a separator stands in a cell without quotation marks.
    #[error("Line has {found} cells, not {expected}")]
    Cells {
        /// In this line.
        found: usize,
        /// As many as there are headings.
        expected: usize,
    },
    /// Above the headings: a title, most often.
    #[error("Line stands above the headings")]
    AboveHeadings,
    /// Nothing where there has to be something.
    #[error("Record has no {field:?}")]
    Missing {
        /// The device or the date.
        field: Field,
    },
    /// The date is none.
    #[error("Date is unusable: {text}")]
    Date {
        /// As written, shortened.
        text: String,
        /// Why.
        #[source]
        fault: DateFault,
    },
    /// Longer than any name ([`LONGEST_NAME`]) or note ([`LONGEST_NOTE`]).
    #[error("{field:?} is longer than {limit} characters")]
    TooLong {
        /// Which part.
        field: Field,
        /// Characters.
        limit: usize,
    },
    /// Control characters, which no name has.
    #[error("{field:?} holds control characters")]
    Control {
        /// Which part.
        field: Field,
    },
    /// Another line of the same file is about the same device and product, and has a later date or the same.
    #[error("Line {counts} is about the same device and counts")]
    Duplicate {
        /// The line that counts.
        counts: u64,
    },
}

impl Record {
    /// A record from the texts of its parts, typed by a person or out of a list. White space is made single
    /// spaces; of a [product](Field::Product) nothing, `*`, «все» and `all` are all products.
    pub fn of(device: &str, product: &str, until: &str, licence: &str, note: &str) -> Result<Self, Fault> {
        let device = device_name(device)?;
        let product = cell(Field::Product, product)?;
        Ok(Self {
            device,
            product: (!names::is_all_products(&product)).then_some(product),
            until: day(until)?,
            licence: cell(Field::Licence, licence)?,
            note: cell(Field::Note, note)?,
        })
    }

    /// The same, if [`Self::of`] would make it: one that comes from another process may hold anything.
    pub fn checked(&self) -> Result<Self, Fault> {
        let product = self.product.as_deref().unwrap_or_default();
        Self::of(&self.device, product, &self.until.to_string(), &self.licence, &self.note)
    }
}

/// The name of a device, from the text of it.
pub(super) fn device_name(text: &str) -> Result<String, Fault> {
    let device = cell(Field::Device, text)?;
    if device.is_empty() { Err(Fault::Missing { field: Field::Device }) } else { Ok(device) }
}

fn cell(field: Field, text: &str) -> Result<String, Fault> {
    let text = names::single_spaces(text);
    let limit = if field == Field::Note { LONGEST_NOTE } else { LONGEST_NAME };
    if text.chars().any(char::is_control) {
        Err(Fault::Control { field })
    } else if text.chars().count() > limit {
        Err(Fault::TooLong { field, limit })
    } else {
        Ok(text)
    }
}

fn day(text: &str) -> Result<Date, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::Missing { field: Field::Until });
    }
    date(text).map_err(|fault| Fault::Date { text: shortened(text), fault })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_made_of_its_texts() {
        let record = Record::of(" ТСД\u{a0}01 ", " Склад 15", "2026-11-01", "A-1", "the\tred  one").unwrap();
        let expected = Record {
            device: "ТСД 01".into(),
            product: Some("Склад 15".into()),
            until: jiff::civil::date(2026, 11, 1),
            licence: "A-1".into(),
            note: "the red one".into(),
        };
        assert_eq!(record, expected);
        for all in ["", " ", "*", "все", "ALL", "Все  продукты"] {
            assert_eq!(Record::of("a", all, "2026-11-01", "", "").unwrap().product, None, "{all}");
        }
    }

    #[test]
    fn texts_that_make_no_record_are_told_apart() {
        let of = |device: &str, until: &str, note: &str| Record::of(device, "", until, "", note).unwrap_err();
        let until = "01.11.2026";
        assert_eq!(of(" ", until, ""), Fault::Missing { field: Field::Device });
        assert_eq!(of("a", " ", ""), Fault::Missing { field: Field::Until });
        let date = |text: &str, fault| Fault::Date { text: text.into(), fault };
        assert_eq!(of("a", "soon", ""), date("soon", DateFault::NotADate));
        assert_eq!(of("a", "30.02.2026", ""), date("30.02.2026", DateFault::NoSuchDay));
        assert_eq!(of("a", "01.01.0001", ""), date("01.01.0001", DateFault::Year));
        assert_eq!(of("a\u{7}", until, ""), Fault::Control { field: Field::Device });
        let long = |field, limit| Fault::TooLong { field, limit };
        assert_eq!(of(&"я".repeat(LONGEST_NAME + 1), until, ""), long(Field::Device, LONGEST_NAME));
        assert_eq!(of("a", until, &"я".repeat(LONGEST_NOTE + 1)), long(Field::Note, LONGEST_NOTE));
        assert_eq!(of("a", &"9".repeat(200), ""), date(&"9".repeat(80), DateFault::NotADate));
    }
}
