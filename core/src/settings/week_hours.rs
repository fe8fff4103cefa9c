//! Hours of the week as a person writes them: `mon-thu 21:00-23:00`.
//!
//! Days are names or ranges of names, separated by commas; without days, every day counts. A span that ends
//! before it begins goes over midnight and belongs to the day it begins on; one that ends where it begins is the
//! whole day. In the PC's own time. Deliberately not here: what is to happen in these hours.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{DateTime, Time, Weekday};
use jiff::{Span, ToSpan as _};
use serde::Deserialize;

/// In the order of the week as it is written here.
const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

/// Hours of the week.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct WeekHours {
    /// From Monday on.
    days: [bool; 7],
    from: Time,
    until: Time,
}

/// The text is no hours of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Hours are written as 21:00-23:00 or mon-thu 21:00-23:00")]
pub struct ParseError;

impl WeekHours {
    /// Whether they are now.
    pub fn contain(&self, now: DateTime) -> bool {
        let begun_today = self.is_on(now.date().weekday()) && self.from <= now.time();
        let Ok(yesterday) = now.date().yesterday() else { return begun_today };
        if self.from < self.until {
            return begun_today && now.time() < self.until;
        }
        begun_today || (self.is_on(yesterday.weekday()) && now.time() < self.until)
    }

    /// When they begin next, after `now`; `None` at the end of the calendar.
    pub fn next(&self, now: DateTime) -> Option<DateTime> {
        (0..=7_i64).find_map(|days| {
            let date = now.date().checked_add(days.days()).ok()?;
            let begin = date.to_datetime(self.from);
            (self.is_on(date.weekday()) && begin > now).then_some(begin)
        })
    }

    /// How long they last: 24 hours at most.
    pub fn length(&self) -> Span {
        let minutes = |time: Time| i64::from(time.hour()) * 60 + i64::from(time.minute());
        let length = (minutes(self.until) - minutes(self.from)).rem_euclid(24 * 60);
        (if length == 0 { 24 * 60 } else { length }).minutes()
    }

    /// When in the day they begin.
    pub fn from(&self) -> Time {
        self.from
    }

    /// When in the day they end; not above the beginning where they end on the day after.
    pub fn until(&self) -> Time {
        self.until
    }

    /// The days they begin on, from Monday on; never none.
    pub fn days(&self) -> impl Iterator<Item = Weekday> {
        DAYS.into_iter().zip(self.days).filter(|(_, on)| *on).map(|((_, day), _)| day)
    }

    fn is_on(&self, day: Weekday) -> bool {
        self.days().any(|on| on == day)
    }
}

impl FromStr for WeekHours {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let text = text.trim().to_lowercase();
        let (days, hours) = text.rsplit_once(char::is_whitespace).unwrap_or(("", &text));
        let days = if days.trim().is_empty() { [true; 7] } else { parse_days(days)? };
        let (from, until) = hours.split_once('-').ok_or(ParseError)?;
        Ok(Self { days, from: parse_time(from)?, until: parse_time(until)? })
    }
}

fn parse_days(text: &str) -> Result<[bool; 7], ParseError> {
    let place = |name: &str| DAYS.iter().position(|(day, _)| *day == name.trim()).ok_or(ParseError);
    let mut days = [false; 7];
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (place(first)?, place(last)?);
        // Friday to Monday goes over the end of the week.
        let length = (last + 7 - first) % 7;
        for (day, on) in days.iter_mut().enumerate() {
            *on |= (day + 7 - first) % 7 <= length;
        }
    }
    Ok(days)
}

/// Midnight at the end of a day may be written as 24:00.
fn parse_time(text: &str) -> Result<Time, ParseError> {
    let (hour, minute) = text.trim().split_once(':').ok_or(ParseError)?;
    let is_number = |text: &str, digits| {
        (1..=digits).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !is_number(hour, 2) || !is_number(minute, 2) || minute.len() != 2 {
        return Err(ParseError);
    }
    let (hour, minute): (i8, i8) =
        (hour.parse().map_err(|_| ParseError)?, minute.parse().map_err(|_| ParseError)?);
    if (hour, minute) == (24, 0) {
        return Ok(Time::midnight());
    }
    Time::new(hour, minute, 0, 0).map_err(|_| ParseError)
}

impl TryFrom<String> for WeekHours {
    type Error = ParseError;

    fn try_from(text: String) -> Result<Self, ParseError> {
        text.parse()
    }
}

/// As it is read, each day by itself.
impl fmt::Display for WeekHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.days != [true; 7] {
            let names = DAYS.iter().zip(self.days).filter(|(_, on)| *on).map(|((name, _), _)| *name);
            write!(f, "{} ", names.collect::<Vec<_>>().join(","))?;
        }
        write!(f, "{}-{}", self.from.strftime("%H:%M"), self.until.strftime("%H:%M"))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    fn hours(text: &str) -> WeekHours {
        text.parse().unwrap()
    }

    /// In November 2026, whose 23rd is a Monday.
    fn at(day: i8, hour: i8, minute: i8) -> DateTime {
        datetime(2026, 11, day, hour, minute, 0, 0)
    }

    #[test]
    fn evenings_of_some_days_are_those_and_no_others() {
        let hours = hours("mon-thu 21:00-23:00");
        assert!(hours.contain(at(23, 21, 0)) && hours.contain(at(26, 22, 59)));
        assert!(
            !hours.contain(at(23, 20, 59)) && !hours.contain(at(23, 23, 0)) && !hours.contain(at(27, 22, 0))
        );
        assert_eq!(hours.next(at(23, 20, 0)), Some(at(23, 21, 0)));
        assert_eq!(hours.next(at(23, 21, 0)), Some(at(24, 21, 0)));
        assert_eq!(hours.next(at(26, 21, 30)), Some(at(30, 21, 0)));
    }

    #[test]
    fn a_night_belongs_to_the_day_it_begins_on() {
        let hours = hours("fri 22:00-02:00");
        assert!(hours.contain(at(27, 23, 0)) && hours.contain(at(28, 1, 59)));
        assert!(
            !hours.contain(at(27, 1, 0)) && !hours.contain(at(28, 2, 0)) && !hours.contain(at(28, 22, 0))
        );
        assert_eq!(hours.length().get_minutes(), 240);
    }

    #[test]
    fn days_go_over_the_end_of_the_week_and_a_whole_day_is_one() {
        let days = |text| hours(text).days().collect::<Vec<_>>();
        assert_eq!(days("fri-mon 1:00-2:00").len(), 4);
        assert_eq!(days("sat, sun 9:00-18:00"), [Weekday::Saturday, Weekday::Sunday]);
        assert_eq!(days("0:00-24:00").len(), 7);
        let all = hours("0:00-24:00");
        assert!(all.contain(at(23, 0, 0)) && all.contain(at(23, 23, 59)));
        assert_eq!(all.length().get_minutes(), 24 * 60);
    }

    #[test]
    fn what_is_written_is_read_again_and_nonsense_is_refused() {
        for text in ["mon-thu 21:00-23:00", "9:00-18:00", "sun,wed 00:00-24:00", " MON  7:05-8:00 "] {
            let read = hours(text);
            assert_eq!(hours(&read.to_string()), read, "{text}");
        }
        for text in [
            "",
            "mon",
            "9-18",
            "25:00-26:00",
            "9:0-18:00",
            "mon-foo 9:00-18:00",
            "+9:00-18:00",
            "9:00",
            ", 1:00-2:00",
        ] {
            assert_eq!(text.parse::<WeekHours>(), Err(ParseError), "{text}");
        }
    }
}
