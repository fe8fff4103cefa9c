//! When to ask again: how often, after how long, and what a server says about it.
//!
//! Deliberately not here: waiting itself, and any clock. How long a server wants to be left alone is told by
//! its own clock, so the PC's may be wrong.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;

/// A server that wants to be left alone for longer is not waited for.
pub const LONGEST_WAIT: Duration = Duration::from_hours(24);

/// Whether another try makes sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// It would most likely end in the same way.
    Never,
    /// After a short while.
    Soon,
    /// After so long, as the server has said.
    After(Duration),
}

/// How often a place is asked, and how long is waited in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retries {
    /// So many tries that bring nothing worth mentioning; those that do are not counted.
    pub tries: u32,
    /// The wait after the first of them is at most this; doubled each time.
    pub base: Duration,
    /// No wait is longer, except where the server asks for it.
    pub most: Duration,
}

impl Default for Retries {
    fn default() -> Self {
        Self { tries: 5, base: Duration::from_secs(2), most: Duration::from_mins(1) }
    }
}

impl Retries {
    /// One try and no other.
    pub const NONE: Self = Self { tries: 1, base: Duration::ZERO, most: Duration::ZERO };

    /// The wait after so many tries have failed: anything between nothing and twice as long as the time
    /// before, so that PCs cut off together do not come back together. `random` decides.
    pub fn wait(&self, failed: u32, random: u64) -> Duration {
        let doubled = 1_u32.checked_shl(failed.saturating_sub(1)).unwrap_or(u32::MAX);
        let longest = self.base.saturating_mul(doubled).min(self.most);
        longest.mul_f64(fraction(random))
    }

    /// The wait where a server has named one: not shorter than without it, since "now" is said by servers that
    /// are overrun too, and a little longer, so that PCs sent away together do not come back together.
    pub fn wait_named(&self, named: Duration, failed: u32, random: u64) -> Duration {
        let jitter = self.base.min(self.most).mul_f64(fraction(random));
        named.max(self.wait(failed, random)).saturating_add(jitter)
    }
}

/// From 0 to 1.
fn fraction(random: u64) -> f64 {
    random as f64 / u64::MAX as f64
}

/// What `Retry-After` asks for (RFC 9110, 10.2.3): seconds, or a date, which is compared with the `Date` of
/// the same answer. `None`: nothing that is understood; of dates only the form is that is to be sent today.
pub(super) fn retry_after(value: &str, date: Option<&str>) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let wait = moment(value)?.duration_since(moment(date?)?);
    // In the past: now.
    Some(Duration::try_from(wait).unwrap_or(Duration::ZERO))
}

fn moment(text: &str) -> Option<Timestamp> {
    rfc2822::parse(text.trim()).ok().map(|moment| moment.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATE: &str = "Sun, 22 Nov 2026 09:00:00 GMT";

    #[test]
    fn waits_double_up_to_the_longest_and_anything_below_may_be_the_one() {
        let retries = Retries { tries: 9, base: Duration::from_secs(2), most: Duration::from_mins(1) };
        let longest: Vec<u64> = (1..=7).map(|failed| retries.wait(failed, u64::MAX).as_secs()).collect();
        assert_eq!(longest, [2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(retries.wait(3, 0), Duration::ZERO);
        assert_eq!(retries.wait(3, u64::MAX / 2).as_millis(), 4000);
        assert_eq!(retries.wait(u32::MAX, u64::MAX), Duration::from_mins(1));
        assert_eq!(Retries::NONE.wait(1, u64::MAX), Duration::ZERO);
    }

    #[test]
    fn a_named_time_is_never_cut_short_and_one_of_nothing_is_no_leave_to_hurry() {
        let retries = Retries { tries: 9, base: Duration::from_secs(2), most: Duration::from_mins(1) };
        let wait = |named, failed, random| retries.wait_named(Duration::from_secs(named), failed, random);
        assert_eq!(wait(0, 3, u64::MAX), Duration::from_secs(8 + 2));
        assert_eq!(wait(0, 3, u64::MAX / 2).as_millis(), 4000 + 1000);
        assert_eq!(wait(3600, 3, 0), Duration::from_hours(1));
        assert_eq!(wait(3600, 3, u64::MAX), Duration::from_secs(3602));
        assert_eq!(wait(u64::MAX, 3, u64::MAX).as_secs(), u64::MAX);
        assert_eq!(Retries::NONE.wait_named(Duration::ZERO, 1, u64::MAX), Duration::ZERO);
    }

    #[test]
    fn a_server_names_seconds() {
        assert_eq!(retry_after("120", None), Some(Duration::from_mins(2)));
        assert_eq!(retry_after(" 0 ", Some(DATE)), Some(Duration::from_secs(0)));
        assert_eq!(retry_after("99999999999999999999999", None), Some(Duration::from_secs(u64::MAX)));
    }

    #[test]
    fn a_date_is_told_by_the_clock_of_the_server_wherever_that_of_the_pc_stands() {
        let asked = |value| retry_after(value, Some(DATE));
        assert_eq!(asked("Sun, 22 Nov 2026 09:02:00 GMT"), Some(Duration::from_mins(2)));
        assert_eq!(asked("Sun, 22 Nov 2026 08:00:00 GMT"), Some(Duration::from_secs(0)));
        // A server whose clock is wrong by years is wrong in both.
        let past = retry_after("Thu, 01 Jan 1970 01:00:00 GMT", Some("Thu, 01 Jan 1970 00:00:00 GMT"));
        assert_eq!(past, Some(Duration::from_hours(1)));
        assert_eq!(retry_after("Sun, 22 Nov 2026 09:02:00 GMT", None), None);
    }

    #[test]
    fn what_is_not_understood_is_as_if_nothing_were_said() {
        for value in ["", "-5", "1.5", "soon", "12 s", "Sunday, 22-Nov-26 09:02:00 GMT", "+3"] {
            assert_eq!(retry_after(value, Some(DATE)), None, "{value}");
        }
        assert_eq!(retry_after("Sun, 22 Nov 2026 09:02:00 GMT", Some("today")), None);
    }
}
