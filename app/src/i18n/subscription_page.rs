//! The tab «Подписки» in words.

use i18n_embed_fl::fl;
use jiff::civil::Date;
use smarts_core::subscription::{Error, Field, Gap, Place, Record, Stands, State, Sum, is_endless};

use super::{Texts, sentence};

impl Texts {
    /// `действует по 12.05.2027`, `закончилась 01.11.2026`, `нет данных`.
    pub fn standing(&self, stands: Stands, until: Option<Date>) -> String {
        let loader = &self.loader;
        let date = || until.map(|until| self.date(until)).unwrap_or_default();
        match stands {
            Stands::WrittenOff { day } => fl!(loader, "subs-written-off", date = self.date(day)),
            Stands::Longer { until } => fl!(loader, "subs-longer", date = self.date(until)),
            Stands::Counts(State::NoData) => fl!(loader, "subs-unknown"),
            Stands::Counts(State::Ended { .. }) => fl!(loader, "subs-ended-on", date = date()),
            Stands::Counts(State::EndsSoon { days_left }) => {
                let days_left = fl!(loader, "subs-ends-in", days = days_left);
                fl!(loader, "subs-ends-on", days = days_left, date = date())
            }
            Stands::Counts(State::Active) if until.is_some_and(is_endless) => {
                fl!(loader, "subs-forever")
            }
            Stands::Counts(State::Active) => fl!(loader, "subs-until", date = date()),
        }
    }

    /// The last day of a record for a table.
    pub fn until(&self, until: Date) -> String {
        if is_endless(until) { fl!(self.loader, "subs-without-end") } else { self.date(until) }
    }

    /// The last day of a record, or of those that count, in words.
    pub fn until_when(&self, until: Date) -> String {
        if is_endless(until) {
            self.until(until)
        } else {
            fl!(self.loader, "subs-until-day", date = self.date(until))
        }
    }

    /// The header's line about all subscriptions of a PC.
    pub fn subscription_sum(&self, sum: &Sum) -> String {
        let loader = &self.loader;
        let date = sum.first_end.map(|date| self.date(date)).unwrap_or_default();
        if sum.ended > 0 {
            fl!(loader, "subs-ended", count = sum.ended, date = date)
        } else if sum.ends_soon > 0 {
            fl!(loader, "subs-soon", count = sum.ends_soon)
        } else if sum.no_data > 0 {
            fl!(loader, "subs-no-data", count = sum.no_data)
        } else if let Some(gap) = sum.gap {
            sentence(&self.gap(gap))
        } else if sum.devices > 0 {
            fl!(loader, "subs-active")
        } else if sum.not_here > 0 {
            fl!(loader, "subs-none-here")
        } else if sum.written_off > 0 {
            sentence(&fl!(loader, "subs-all-written-off"))
        } else {
            fl!(loader, "subs-nothing-known")
        }
    }

    /// What that line does not say.
    pub fn subscription_facts(&self, sum: &Sum) -> String {
        let loader = &self.loader;
        let has_ended = sum.ended > 0;
        let has_other_title = sum.ended + sum.ends_soon + sum.no_data > 0;
        let first = sum.first_end.filter(|date| !has_ended && !is_endless(*date));
        let parts = [
            (sum.devices > sum.no_data).then(|| fl!(loader, "subs-fact-devices", count = sum.devices)),
            first.map(|date| fl!(loader, "subs-fact-first", date = self.date(date))),
            (has_ended && sum.ends_soon > 0).then(|| fl!(loader, "subs-fact-soon", count = sum.ends_soon)),
            (sum.no_data > 0 && (has_ended || sum.ends_soon > 0))
                .then(|| fl!(loader, "subs-fact-no-data", count = sum.no_data)),
            sum.gap.filter(|_| has_other_title).map(|gap| self.gap(gap)),
            (sum.written_off > 0).then(|| fl!(loader, "subs-fact-written-off", count = sum.written_off)),
            (sum.not_here > 0 && sum.devices > 0)
                .then(|| fl!(loader, "subs-fact-not-here", count = sum.not_here)),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// The devices of a base or of the platform.
    pub fn group_sum(&self, sum: &Sum) -> String {
        let loader = &self.loader;
        let total = sum.devices;
        if sum.ended > 0 {
            fl!(loader, "subs-group-ended", count = sum.ended, total = total)
        } else if sum.no_data > 0 {
            fl!(loader, "subs-group-no-data", count = sum.no_data, total = total)
        } else if let Some(gap) = sum.gap {
            self.gap(gap)
        } else if total == 0 && sum.written_off > 0 {
            fl!(loader, "subs-all-written-off")
        } else if total == 0 {
            fl!(loader, "subs-group-none")
        } else if sum.ends_soon > 0 {
            fl!(loader, "subs-group-soon", count = sum.ends_soon, total = total)
        } else {
            match sum.first_end {
                Some(date) if !is_endless(date) => {
                    fl!(loader, "subs-group-active", date = self.date(date))
                }
                _ => fl!(loader, "subs-forever"),
            }
        }
    }

    /// What could not be listed, so that nothing can be said of all devices.
    pub fn gap(&self, gap: Gap) -> String {
        match gap {
            Gap::Devices => fl!(self.loader, "subs-gap-devices"),
            Gap::Bases => fl!(self.loader, "subs-gap-bases"),
        }
    }

    /// Why a line does not matter on this PC, as far as is known.
    pub fn place_of(&self, place: Place) -> Option<String> {
        match place {
            Place::Here => None,
            Place::OtherProduct => Some(fl!(self.loader, "subs-other-product")),
            Place::NotHere => Some(fl!(self.loader, "subs-not-here")),
            Place::Unknown => Some(fl!(self.loader, "subs-place-unknown")),
        }
    }

    /// The product of a record.
    pub fn product_of(&self, record: &Record) -> String {
        record.product.clone().unwrap_or_else(|| fl!(self.loader, "subs-all-products"))
    }

    /// A device with the product of one of its records, as a name that tells the record from others.
    pub fn record_name(&self, record: &Record) -> String {
        self.device_product(&record.device, record.product.as_deref())
    }

    /// The same of a record that there may not be yet.
    pub fn device_product(&self, device: &str, product: Option<&str>) -> String {
        match product {
            None => device.to_owned(),
            Some(product) => fl!(self.loader, "subs-what", device = device, product = product),
        }
    }

    /// The first of some records, each with its last day, and how many more there are.
    pub fn records_until(&self, records: &[Record]) -> String {
        self.names(records.iter().map(|record| {
            let (name, date) = (self.record_name(record), self.until(record.until));
            fl!(self.loader, "subs-edit-outvoted", name = name, date = date)
        }))
    }

    /// A field of the import's columns.
    pub fn column_field(&self, field: Field) -> String {
        match field {
            Field::Device => fl!(self.loader, "subs-import-field-device"),
            Field::Product => fl!(self.loader, "subs-import-field-product"),
            Field::Until => fl!(self.loader, "subs-import-field-until"),
            Field::Licence => fl!(self.loader, "subs-import-field-licence"),
            Field::Note => fl!(self.loader, "subs-import-field-note"),
        }
    }

    /// Why a list cannot be imported.
    pub fn import_unread(&self, error: &Error) -> String {
        fl!(self.loader, "subs-import-unread", reason = self.list_error(error))
    }

    /// Nothing was changed, nor anybody asked.
    pub fn subscriptions_not_saved(&self, reason: &str) -> String {
        fl!(self.loader, "subs-not-saved", reason = reason)
    }

    /// The person did not give the permission.
    pub fn subscriptions_not_permitted(&self) -> String {
        fl!(self.loader, "subs-not-permitted")
    }

    /// The system could not even be asked for it.
    pub fn subscriptions_not_asked(&self) -> String {
        fl!(self.loader, "subs-not-asked")
    }

    /// The process with rights did not change anything, and why cannot be seen.
    pub fn subscriptions_refused(&self, code: Option<i32>) -> String {
        let code = code.map_or_else(|| "—".to_owned(), |code| code.to_string());
        fl!(self.loader, "subs-refused", code = code)
    }

    /// The list was not written to a file.
    pub fn subscriptions_not_exported(&self, reason: &str) -> String {
        fl!(self.loader, "subs-not-exported", reason = reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    fn texts() -> Texts {
        Texts::new(Language::Ru).unwrap()
    }

    fn active() -> Sum {
        Sum { devices: 2, first_end: Some("2027-11-01".parse().unwrap()), ..Sum::default() }
    }

    #[test]
    fn where_not_all_devices_are_known_nothing_is_said_of_all_of_them() {
        let texts = texts();
        let sum = Sum { gap: Some(Gap::Devices), ..active() };
        assert_eq!(texts.subscription_sum(&sum), "Известны не все устройства");
        assert_eq!(texts.group_sum(&sum), "известны не все устройства");
        let none = Sum { gap: Some(Gap::Devices), ..Sum::default() };
        assert_eq!(texts.group_sum(&none), "известны не все устройства", "some may well have been connected");
        let ended = Sum { ended: 1, ..sum };
        assert!(texts.subscription_sum(&ended).starts_with("Подписка закончилась"));
        assert!(texts.subscription_facts(&ended).contains("известны не все устройства"));
        assert!(!texts.subscription_facts(&sum).contains("известны"), "said once");
    }

    #[test]
    fn devices_that_are_all_written_off_are_not_called_never_connected() {
        let texts = texts();
        let sum = Sum { written_off: 2, ..Sum::default() };
        assert_eq!(texts.group_sum(&sum), "все устройства списаны");
        assert_eq!(texts.subscription_sum(&sum), "Все устройства списаны");
        assert_eq!(texts.group_sum(&Sum::default()), "устройства не подключались");
    }

    #[test]
    fn of_a_list_of_bases_that_is_not_read_just_that_is_said() {
        let texts = texts();
        let sum = Sum { gap: Some(Gap::Bases), ..Sum::default() };
        assert_eq!(texts.subscription_sum(&sum), "Список баз не прочитан");
        assert_eq!(texts.group_sum(&sum), "список баз не прочитан");
        let place = texts.place_of(Place::Unknown);
        assert_eq!(place.as_deref(), Some("подключалось ли к этому ПК, неизвестно"));
    }
}
