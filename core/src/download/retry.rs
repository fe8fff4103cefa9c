//! When to ask again: how often, and after how long.
//!
//! Deliberately not here: waiting itself, any clock, and reading what a server says about it
//! ([`crate::http::Answer::again_in`]).

use std::time::Duration;

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
