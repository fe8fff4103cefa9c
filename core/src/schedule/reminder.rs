//! When the task runs in maintenance hours: once at their beginning, whatever the rhythm of checks is.
//!
//! What waits is said again in these hours alone, and a run every four hours may miss two hours every day. PCs
//! with the same hours do not run together: each has its own moment in the first quarter of them, the same each day: a random delay
//! would make a day of less than 24 hours of every other one, and then nothing is said. (That of systemd is fixed for
//! a PC.) Deliberately not
//! here: what is said ([`crate::notice`]), and whether such a run checks (by [`super::is_due`], like any other; it
//! is hardly ever in its turn).

use jiff::civil::Weekday;

use super::rhythm::Phase;
use crate::settings::WeekHours;

const DAY: u32 = 24 * 3600;
const LONGEST_SPREAD_SECS: u32 = 30 * 60;

/// The run of one PC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reminder {
    /// Seconds from midnight.
    pub(super) second: u32,
    /// On which days, one after those that the hours begin on if its moment is past midnight.
    pub(super) days: Vec<Weekday>,
}

impl Reminder {
    /// In these hours; it is in their first quarter, and in their first half hour.
    pub(super) fn of(hours: &WeekHours, phase: Phase) -> Self {
        let spread = spread_secs(hours);
        let from = hours.from();
        let part = |number: i8| u32::try_from(number).unwrap_or(0);
        let from = part(from.hour()) * 3600 + part(from.minute()) * 60;
        let second = from + phase.share(spread - spread / 6);
        let nights = i64::from(second / DAY);
        let days = hours.days().map(|day| day.wrapping_add(nights)).collect();
        Self { second: second % DAY, days }
    }
}

/// The part of the hours over which PCs are spread.
pub(super) fn spread_secs(hours: &WeekHours) -> u32 {
    let secs = hours.length().get_minutes() * 60;
    u32::try_from(secs / 4).unwrap_or(LONGEST_SPREAD_SECS).min(LONGEST_SPREAD_SECS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::{Rhythm, is_due};

    fn of(text: &str, turn: u32) -> (Reminder, WeekHours) {
        let hours: WeekHours = text.parse().unwrap();
        (Reminder::of(&hours, Phase::of_parts(turn, 0)), hours)
    }

    #[test]
    fn every_pc_runs_in_the_first_quarter_and_half_hour() {
        for text in ["mon-thu 21:00-23:00", "0:00-24:00", "fri 23:50-0:50", "12:00-12:01"] {
            for turn in [0, 1 << 30, 1 << 31, u32::MAX] {
                let (reminder, hours) = of(text, turn);
                let from = u32::try_from(hours.from().hour()).unwrap() * 3600
                    + u32::try_from(hours.from().minute()).unwrap() * 60;
                let late = (reminder.second + DAY - from) % DAY;
                let length = u32::try_from(hours.length().get_minutes()).unwrap() * 60;
                assert!(late <= length / 4 && late <= 1800, "{text} {reminder:?}");
            }
        }
    }

    #[test]
    fn the_run_asks_no_source_out_of_its_turn() {
        let (reminder, _) = of("mon-thu 21:00-23:00", 1 << 31);
        let midnight = jiff::civil::date(2026, 11, 23).at(0, 0, 0, 0);
        let at = |secs: u32| midnight.saturating_add(jiff::Span::new().seconds(i64::from(secs)));
        let (rhythm, phase) = (Rhythm::default(), Some(Phase::of_parts(1 << 31, 0)));
        // The turn before was at 18:00, and the PC was off then; the next one is at 22:00.
        assert!(!is_due(Some(at(14 * 3600)), at(reminder.second), &rhythm, phase));
        assert!(is_due(Some(at(14 * 3600)), at(22 * 3600), &rhythm, phase));
    }

    #[test]
    fn pcs_do_not_run_together_and_a_moment_past_midnight_is_on_the_day_after() {
        let (first, _) = of("mon-thu 21:00-23:00", 0);
        assert_eq!(first.second, 21 * 3600);
        let (middle, _) = of("mon-thu 21:00-23:00", 1 << 31);
        assert_eq!(middle.second, 21 * 3600 + 750);
        assert_eq!(middle.days.first(), Some(&Weekday::Monday));
        let (night, _) = of("fri,sun 23:50-3:50", 1 << 31);
        assert_eq!((night.second, night.days), (150, vec![Weekday::Saturday, Weekday::Monday]));
    }
}
