//! How fast a download is, and when that is worth telling. Takes instants, never reads a clock.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::Progress;

/// Progress is told this often at most.
const INTERVAL: Duration = Duration::from_millis(100);
/// The speed is the mean over this time.
const WINDOW: Duration = Duration::from_secs(5);
/// Before that, a speed would be a guess.
const SHORTEST: Duration = Duration::from_millis(500);

/// Counts one download from its first byte, or from where it goes on.
#[derive(Clone, Debug)]
pub struct Meter {
    total: Option<u64>,
    /// What was told within the window, oldest first.
    told: VecDeque<(Instant, u64)>,
}

impl Meter {
    /// Starts to count at `received` bytes.
    pub fn new(now: Instant, received: u64, total: Option<u64>) -> Self {
        Self { total, told: VecDeque::from([(now, received)]) }
    }

    /// The progress, if it is time to tell it again.
    pub fn due(&mut self, now: Instant, received: u64) -> Option<Progress> {
        let is_due =
            self.told.back().is_none_or(|(told, _)| now.saturating_duration_since(*told) >= INTERVAL);
        is_due.then(|| self.tell(now, received))
    }

    /// The progress, whenever it was told last.
    pub fn tell(&mut self, now: Instant, received: u64) -> Progress {
        let is_old = |(told, _): &(Instant, u64)| now.saturating_duration_since(*told) > WINDOW;
        // One older than the window stays, or there would be nothing to compare with after a long silence.
        while self.told.get(1).is_some_and(is_old) {
            self.told.pop_front();
        }
        let bytes_per_second = self.told.front().and_then(|(since, before)| {
            let elapsed = now.saturating_duration_since(*since);
            let bytes = received.saturating_sub(*before) as f64;
            (elapsed >= SHORTEST).then(|| (bytes / elapsed.as_secs_f64()) as u64)
        });
        self.told.push_back((now, received));
        let left = self.total.map(|total| total.saturating_sub(received));
        let seconds_left = match (left, bytes_per_second) {
            (Some(left), Some(speed)) if speed > 0 => Some(left.div_ceil(speed)),
            _ => None,
        };
        Progress { received, total: self.total, bytes_per_second, seconds_left }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(start: Instant, millis: u64) -> Instant {
        start + Duration::from_millis(millis)
    }

    #[test]
    fn progress_is_told_ten_times_a_second_at_most() {
        let start = Instant::now();
        let mut meter = Meter::new(start, 0, None);
        let told = (1..=1000).filter(|n| meter.due(after(start, *n), *n * 1000).is_some()).count();
        assert_eq!(told, 10);
    }

    #[test]
    fn speed_and_time_left_are_told_once_there_is_something_to_tell() {
        let start = Instant::now();
        let mut meter = Meter::new(start, 5_000, Some(25_000));
        let early = meter.tell(after(start, 200), 7_000);
        assert_eq!((early.bytes_per_second, early.seconds_left), (None, None));
        let later = meter.tell(after(start, 1000), 15_000);
        let expected = Progress {
            received: 15_000,
            total: Some(25_000),
            bytes_per_second: Some(10_000),
            seconds_left: Some(1),
        };
        assert_eq!(later, expected);
    }

    #[test]
    fn a_download_that_stands_still_has_no_time_left() {
        let start = Instant::now();
        let mut meter = Meter::new(start, 0, Some(100));
        for second in 1..=12 {
            meter.tell(after(start, second * 1000), 50);
        }
        let still = meter.tell(after(start, 13_000), 50);
        assert_eq!((still.bytes_per_second, still.seconds_left), (Some(0), None));
    }

    #[test]
    fn the_speed_is_that_of_the_last_seconds() {
        let start = Instant::now();
        let mut meter = Meter::new(start, 0, None);
        // Ten seconds at 1 MB/s, then ten at 1 kB/s.
        let received = |tick: u64| 100_000 * tick.min(100) + 100 * tick.saturating_sub(100);
        for tick in 1..=200 {
            meter.tell(after(start, tick * 100), received(tick));
        }
        let progress = meter.tell(after(start, 20_100), received(201));
        assert_eq!(progress.bytes_per_second, Some(1_000));
    }
}
