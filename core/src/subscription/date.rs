//! Days as lists of subscriptions write them: `31.12.2026` or `2026-12-31`, with a time of day or without.
//!
//! The time says nothing: the day of the end still counts. One with a zone is refused, because it might be
//! another day here; so are years of two digits and slashes, which are read differently in different places.
//!
//! Years: 2000 to 2099, and 9999. A .NET program writes 9999 for "without end", and it is taken for that. It
//! writes 0001 for "no date", which is no end in the past: such a record is refused, as a mistyped year is.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

/// Why a text is not the end of a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateFault {
    /// Neither `dd.MM.yyyy` nor `yyyy-MM-dd`.
    #[error("Text is not a date")]
    NotADate,
    /// Written like one, and no calendar has it.
    #[error("There is no such day")]
    NoSuchDay,
    /// A year in which no subscription ends.
    #[error("Year is neither 2000 to 2099 nor 9999")]
    Year,
}

/// The day that a text means.
pub fn date(text: &str) -> Result<Date, DateFault> {
    let text = text.trim();
    let (day, time) = text.split_once([' ', 'T']).map_or((text, None), |(day, time)| (day, Some(time)));
    if time.is_some_and(|time| !is_time(time.trim())) {
        return Err(DateFault::NotADate);
    }
    let (numbers, format) = if day.contains('.') {
        let mut numbers: Vec<&str> = day.split('.').collect();
        numbers.reverse();
        (numbers, "%d.%m.%Y")
    } else {
        (day.split('-').collect(), "%Y-%m-%d")
    };
    // The library would take signs, and shorter and longer years.
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_short = |text: &str| (1..=2).contains(&text.len()) && is_number(text);
    match numbers.as_slice() {
        [year, month, day] if year.len() == 4 && is_number(year) && is_short(month) && is_short(day) => {}
        _ => return Err(DateFault::NotADate),
    }
    let date = Date::strptime(format, day).map_err(|_| DateFault::NoSuchDay)?;
    let is_sensible = (2000..=2099).contains(&date.year()) || date.year() == 9999;
    if is_sensible { Ok(date) } else { Err(DateFault::Year) }
}

fn is_time(text: &str) -> bool {
    ["%H:%M:%S", "%H:%M"].iter().any(|format| Time::strptime(format, text).is_ok())
}

/// As the field writes it, and as Excel leaves it alone in every language.
pub(super) fn written(date: Date) -> String {
    date.strftime("%d.%m.%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_writing_mean_the_same_day_whatever_the_time_says() {
        for text in [
            "05.11.2026",
            " 5.11.2026 ",
            "2026-11-05",
            "05.11.2026 23:59:59",
            "05.11.2026 0:00",
            "2026-11-05T00:00:00",
        ] {
            assert_eq!(date(text), Ok(jiff::civil::date(2026, 11, 5)), "{text}");
        }
    }

    #[test]
    fn a_leap_day_is_one_in_a_leap_year_only() {
        assert_eq!(date("29.02.2028"), Ok(jiff::civil::date(2028, 2, 29)));
        assert_eq!(date("2000-02-29"), Ok(jiff::civil::date(2000, 2, 29)));
        assert_eq!(date("29.02.2027"), Err(DateFault::NoSuchDay));
        assert_eq!(date("31.11.2026"), Err(DateFault::NoSuchDay));
        assert_eq!(date("2026-13-01"), Err(DateFault::NoSuchDay));
    }

    #[test]
    fn the_last_year_of_the_calendar_is_without_end_and_other_odd_years_are_faults() {
        assert_eq!(date("31.12.9999"), Ok(jiff::civil::date(9999, 12, 31)));
        assert_eq!(date("9999-12-31T23:59:59"), Ok(jiff::civil::date(9999, 12, 31)));
        for text in ["01.01.0001", "0001-01-01", "31.12.1999", "01.01.2100", "31.12.9998"] {
            assert_eq!(date(text), Err(DateFault::Year), "{text}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_or_in_none_is_no_date() {
        for text in [
            "",
            "05.11.26",
            "11/05/2026",
            "05-11-2026",
            "2026.11.05",
            "20261105",
            "+5.11.2026",
            "05.11.+026",
            "05.11.2026Z",
            "2026-11-05T00:00:00Z",
            "2026-11-05T00:00:00+03:00",
            "05.11.2026 noon",
            "5 ноября 2026",
            "46331",
            "٠٥.١١.٢٠٢٦",
        ] {
            assert_eq!(date(text), Err(DateFault::NotADate), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_day_is_read_as_it_was_written(days in 0..36_524_i64) {
            use jiff::ToSpan as _;
            let day = jiff::civil::date(2000, 1, 1).checked_add(days.days()).unwrap();
            proptest::prop_assert_eq!(date(&written(day)), Ok(day));
            proptest::prop_assert_eq!(date(&day.to_string()), Ok(day));
        }

        #[test]
        fn no_text_panics(text in ".{0,40}") {
            let _ = date(&text);
        }
    }
}
