//! Which record of a list is meant. Deliberately not here: what is done with it ([`super::Edit`]).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Record;
use super::names::{key, product_key};

/// Which record of a list; letter case and white space are no difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordKey {
    /// As in [`Record::device`].
    pub device: String,
    /// As in [`Record::product`].
    pub product: Option<String>,
}

impl RecordKey {
    /// Of a record.
    pub fn of(record: &Record) -> Self {
        Self { device: record.device.clone(), product: record.product.clone() }
    }

    /// Whether it is this record's.
    pub fn is(&self, record: &Record) -> bool {
        self.find([record]).is_some()
    }

    /// The record that it is of.
    pub fn find<'r>(&self, records: impl IntoIterator<Item = &'r Record>) -> Option<&'r Record> {
        let (device, product) = self.key();
        let is = |record: &&Record| {
            key(&record.device) == device && record.product.as_deref().map(product_key) == product
        };
        records.into_iter().find(is)
    }

    /// A record with nothing but a day.
    pub(super) fn with(&self, until: Date) -> Record {
        let (device, product) = (self.device.clone(), self.product.clone());
        Record { device, product, until, licence: String::new(), note: String::new() }
    }

    pub(super) fn key(&self) -> (String, Option<String>) {
        (key(&self.device), self.product.as_deref().map(product_key))
    }
}
