//! Which subscriptions end soon or have ended.
//!
//! Days are counted in the calendar: 0 is the last day, which still counts. Which ends matter is what the overview
//! says, so that a message and the tab never disagree. Deliberately not here: when a person is told.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Line, Overview, Place, Record, Stands};

/// The year that means "without end".
const WITHOUT_END: i16 = 9999;

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

/// Whether this last day stands for none: a .NET program's largest date is in that year, and a list may have it, too.
pub fn is_endless(until: Date) -> bool {
    until.year() == WITHOUT_END
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

impl Overview {
    /// The records that count on this PC and have ended or end soon, the first end first. `records` are those that it
    /// was made of.
    pub fn ends(&self, records: &[Record], today: Date) -> Vec<End> {
        let is_one = |line: &&Line| {
            let ends = matches!(line.stands, Stands::Counts(State::Ended { .. } | State::EndsSoon { .. }));
            ends && line.place == Place::Here
        };
        let of_lines = self.lines.iter().filter(is_one).filter_map(|line| records.get(line.record?));
        let end = |record: &Record| End {
            device: record.device.clone(),
            product: record.product.clone(),
            until: record.until,
            days_left: days_left(record.until, today),
        };
        let mut ends: Vec<End> = of_lines.map(end).collect();
        ends.sort_by(|a, b| (a.until, &a.device, &a.product).cmp(&(b.until, &b.device, &b.product)));
        ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::subscription::date;

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
}
