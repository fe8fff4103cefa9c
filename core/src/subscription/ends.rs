//! Which subscriptions end soon or have ended.
//!
//! Days are counted in the calendar: 0 is the last day, which still counts. Deliberately not here: when a
//! person is told.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::names::key;
use super::{Record, WrittenOff};

/// A subscription that ends soon or has ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// As in the record.
    pub device: String,
    /// As in the record.
    pub product: Option<String>,
    /// The last day.
    pub until: Date,
    /// 0 on the last day, below it afterwards.
    pub days_left: i32,
}

/// How it stands with the subscription of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// For longer than anybody needs to be warned.
    Active,
    /// Ends soon, and counts today.
    EndsSoon {
        /// 0 on the last day.
        days_left: i32,
    },
    /// Counts no more.
    Ended {
        /// At least 1.
        days_ago: i32,
    },
    /// Nothing is known. Never to be taken for active.
    NoData,
}

/// Calendar days from `today` to the last day of a subscription; below 0 if that is over.
pub fn days_left(until: Date, today: Date) -> i32 {
    // Between two dates of the calendar there are fewer than 2³¹ days.
    (until.duration_since(today).as_hours() / 24) as i32
}

/// How it stands on this day; `None`: there is no record.
pub fn state(until: Option<Date>, today: Date, warn_days: u16) -> State {
    match until.map(|until| days_left(until, today)) {
        None => State::NoData,
        Some(days) if days < 0 => State::Ended { days_ago: -days },
        Some(days) if days <= i32::from(warn_days) => State::EndsSoon { days_left: days },
        Some(_) => State::Active,
    }
}

/// Subscriptions that have ended or end within so many days, the first end first. Left out are devices that
/// are written off, and records of one product where the device has one of all products that holds longer.
pub fn ends(records: &[Record], written_off: &[WrittenOff], today: Date, warn_days: u16) -> Vec<End> {
    let written_off: HashSet<String> = written_off.iter().map(|one| key(&one.device)).collect();
    let mut of_all_products: HashMap<String, Date> = HashMap::new();
    for record in records.iter().filter(|record| record.product.is_none()) {
        let until = of_all_products.entry(key(&record.device)).or_insert(record.until);
        *until = record.until.max(*until);
    }
    let counts = |record: &&Record| {
        let device = key(&record.device);
        let longest = of_all_products.get(&device).copied();
        !written_off.contains(&device) && longest.is_none_or(|longest| longest <= record.until)
    };
    let mut ends: Vec<End> = records
        .iter()
        .filter(|record| days_left(record.until, today) <= i32::from(warn_days))
        .filter(counts)
        .map(|record| End {
            device: record.device.clone(),
            product: record.product.clone(),
            until: record.until,
            days_left: days_left(record.until, today),
        })
        .collect();
    ends.sort_by(|a, b| (a.until, &a.device, &a.product).cmp(&(b.until, &b.device, &b.product)));
    ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::subscription::date;

    fn record(device: &str, product: &str, until: &str) -> Record {
        Record::of(device, product, until, "", "").unwrap()
    }

    fn day(text: &str) -> Date {
        date(text).unwrap()
    }

    #[test]
    fn the_last_day_still_counts_and_the_next_does_not() {
        let until = Some(day("01.11.2026"));
        let on = |today| state(until, day(today), 30);
        assert_eq!(on("01.10.2026"), State::Active);
        assert_eq!(on("02.10.2026"), State::EndsSoon { days_left: 30 });
        assert_eq!(on("01.11.2026"), State::EndsSoon { days_left: 0 });
        assert_eq!(on("02.11.2026"), State::Ended { days_ago: 1 });
        assert_eq!(state(None, day("01.11.2026"), 30), State::NoData);
        assert_eq!(state(Some(day("31.12.9999")), day("01.11.2026"), 30), State::Active);
    }

    #[test]
    fn a_leap_day_is_a_day() {
        assert_eq!(days_left(day("01.03.2028"), day("28.02.2028")), 2);
        assert_eq!(days_left(day("01.03.2027"), day("28.02.2027")), 1);
        assert_eq!(days_left(day("29.02.2028"), day("01.03.2028")), -1);
        assert_eq!(days_left(day("28.02.2029"), day("29.02.2028")), 365);
        assert_eq!(days_left(day("31.12.9999"), day("01.01.2000")), 2_921_939);
    }

    #[test]
    fn ends_are_told_in_their_order_and_only_within_the_days_asked_for() {
        let records = [
            record("d", "", "02.12.2026"),
            record("c", "", "01.12.2026"),
            record("b", "", "01.11.2026"),
            record("a", "", "01.10.2026"),
        ];
        let ends = ends(&records, &[], day("01.11.2026"), 30);
        let told: Vec<_> = ends.iter().map(|end| (end.device.as_str(), end.days_left)).collect();
        assert_eq!(told, [("a", -31), ("b", 0), ("c", 30)]);
    }

    #[test]
    fn what_no_longer_matters_does_not_end() {
        let records = [
            record("longer for all", "", "01.11.2027"),
            record("Longer for all", "Склад 15", "01.11.2026"),
            record("longer for one", "", "01.11.2026"),
            record("longer for one", "Склад 15", "01.11.2027"),
            record("written off", "", "01.11.2026"),
        ];
        let written_off = [WrittenOff { device: "Written  OFF".into(), day: day("01.10.2026") }];
        let ends = ends(&records, &written_off, day("01.11.2026"), 30);
        let told: Vec<_> = ends.iter().map(|end| (end.device.as_str(), end.product.as_deref())).collect();
        assert_eq!(told, [("longer for one", None)]);
    }
}
