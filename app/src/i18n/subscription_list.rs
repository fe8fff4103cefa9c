//! The list of subscriptions in words: why a file or a line is not used, and why an edit is refused.
//!
//! Lower-case, to stand after a line's number or a name; [`super::sentence`] makes one of what stands alone.

use i18n_embed_fl::fl;
use smarts_core::subscription::{ClockBehind, DateFault, EditError, Error, Fault, Field};

use super::Texts;

impl Texts {
    /// Why a line gives no record, or not the one that counts.
    pub fn record_fault(&self, fault: &Fault) -> String {
        let loader = &self.loader;
        match fault {
            Fault::Encoding => fl!(loader, "subscription-fault-encoding"),
            Fault::LongLine { limit_bytes } => {
                fl!(loader, "subscription-fault-long-line", limit = self.size(*limit_bytes as u64))
            }
            Fault::Quote => fl!(loader, "subscription-fault-quote"),
            Fault::Cells { found, expected } => {
                fl!(loader, "subscription-fault-cells", found = found, expected = expected)
            }
            Fault::AboveHeadings => fl!(loader, "subscription-fault-above-headings"),
            Fault::Missing { field: Field::Until } => fl!(loader, "subscription-fault-no-date"),
            Fault::Missing { .. } => fl!(loader, "subscription-fault-no-device"),
            Fault::Date { text, fault } => self.date_fault(text, *fault),
            Fault::TooLong { field, limit } => {
                let field = self.record_field(*field);
                fl!(loader, "subscription-fault-too-long", field = field, limit = limit)
            }
            Fault::Control { field } => {
                fl!(loader, "subscription-fault-control", field = self.record_field(*field))
            }
            Fault::Duplicate { counts } => fl!(loader, "subscription-fault-duplicate", line = counts),
        }
    }

    fn date_fault(&self, text: &str, fault: DateFault) -> String {
        match fault {
            DateFault::NotADate => fl!(self.loader, "subscription-fault-not-a-date", text = text),
            DateFault::NoSuchDay => fl!(self.loader, "subscription-fault-no-such-day", text = text),
            DateFault::Year => fl!(self.loader, "subscription-fault-year", text = text),
        }
    }

    /// What a column of a list holds.
    pub fn record_field(&self, field: Field) -> String {
        match field {
            Field::Device => fl!(self.loader, "subscription-field-device"),
            Field::Product => fl!(self.loader, "subscription-field-product"),
            Field::Until => fl!(self.loader, "subscription-field-until"),
            Field::Licence => fl!(self.loader, "subscription-field-licence"),
            Field::Note => fl!(self.loader, "subscription-field-note"),
        }
    }

    /// Why a list is not used at all.
    pub fn list_error(&self, error: &Error) -> String {
        let loader = &self.loader;
        match error {
            Error::Read { path, source } => {
                let (path, reason) = (path.display().to_string(), source.to_string());
                fl!(loader, "subscription-list-unread", path = path, reason = reason)
            }
            Error::Write { path, source } => {
                let (path, reason) = (path.display().to_string(), source.to_string());
                fl!(loader, "subscription-list-unwritten", path = path, reason = reason)
            }
            Error::OthersMayWrite { path } => {
                fl!(loader, "subscription-list-others", path = path.display().to_string())
            }
            Error::TooLarge { limit_bytes } => {
                fl!(loader, "subscription-list-large", limit = self.size(*limit_bytes))
            }
            Error::TooManyLines { limit } => fl!(loader, "subscription-list-lines", limit = limit),
            Error::TooManyColumns { limit } => fl!(loader, "subscription-list-columns", limit = limit),
            Error::Journal(error) => {
                fl!(loader, "subscription-list-journal", reason = self.journal_error(error))
            }
            Error::NotText => fl!(loader, "subscription-list-not-text"),
            Error::Encoding => fl!(loader, "subscription-list-encoding"),
            Error::Empty => fl!(loader, "subscription-list-empty"),
            Error::Headings { line, fault } => {
                fl!(loader, "subscription-list-headings", line = line, reason = self.record_fault(fault))
            }
            Error::Columns { missing } => {
                let fields: Vec<String> = missing.iter().map(|field| self.record_field(*field)).collect();
                fl!(loader, "subscription-list-no-columns", fields = fields.join(", "))
            }
        }
    }

    /// That the clock is wrong, as a subscription that has ended seems to hold by it.
    pub fn clock_behind(&self, clock: &ClockBehind) -> String {
        let (today, least) = (self.date(clock.today), self.date(clock.at_least));
        fl!(self.loader, "subscription-clock", today = today, least = least)
    }

    /// Why what is known of subscriptions was not changed.
    pub fn edit_error(&self, error: &EditError) -> String {
        let loader = &self.loader;
        match error {
            EditError::Busy => fl!(loader, "subscription-edit-busy"),
            EditError::Lock { path, error } | EditError::File { path, error } => {
                fl!(loader, "download-file", path = path.display().to_string(), reason = error.to_string())
            }
            EditError::List(error) => {
                fl!(loader, "subscription-edit-list", reason = self.list_error(error))
            }
            EditError::Record { device, fault } => {
                let (device, reason) = (device.as_str(), self.record_fault(fault));
                fl!(loader, "subscription-edit-record", device = device, reason = reason)
            }
            EditError::NotThere { device } => {
                fl!(loader, "subscription-edit-not-there", device = device.as_str())
            }
            EditError::Exists { device } => fl!(loader, "subscription-edit-exists", device = device.as_str()),
            EditError::Nothing => fl!(loader, "subscription-edit-nothing"),
            EditError::Journal(error) => self.journal_error(error),
            EditError::OtherEdit { path } | EditError::NotAnEdit { path, .. } => {
                fl!(loader, "subscription-edit-other", path = path.display().to_string())
            }
        }
    }
}
