//! What servers say of when they want to be asked again: `Retry-After` (RFC 9110, 10.2.3).
//!
//! How long a server wants to be left alone is told by its own clock, so the PC's may be wrong. Deliberately not
//! here: waiting, and whether anybody obeys ([`crate::download`], [`crate::check::rest`]).

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;

use super::Answer;

/// The longest time that anybody has asked to be left alone for, until it is taken.
#[derive(Debug, Default)]
pub(super) struct Asked(Mutex<Option<Duration>>);

impl Asked {
    /// Remembers what an answer asks for; only overrun servers (429, 503) ask everybody to stay away.
    pub(super) fn note(&self, answer: &Answer) {
        let wait = answer.again_in().filter(|wait| !wait.is_zero() && matches!(answer.status(), 429 | 503));
        let mut longest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *longest = (*longest).max(wait);
    }

    pub(super) fn take(&self) -> Option<Duration> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
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

/// A moment as HTTP writes it.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    rfc2822::parse(text.trim()).ok().map(|moment| moment.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATE: &str = "Sun, 22 Nov 2026 09:00:00 GMT";

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
