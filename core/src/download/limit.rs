//! A limit to the speed, shared by all downloads that are given it.
//!
//! A bucket of bytes that fills with time. What arrives is taken out of it, also more than it holds; then
//! nothing more is received until it is full enough again. Takes instants, never reads a clock.

use std::num::NonZeroU64;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What was not used is saved for this long.
const SAVED: Duration = Duration::from_millis(250);

/// A limit to the speed. Clones are the same limit.
#[derive(Clone, Debug)]
pub struct Limit {
    bytes_per_second: NonZeroU64,
    bucket: Arc<Mutex<Option<Bucket>>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    filled: Instant,
    /// Below zero: so much was received ahead of time.
    bytes: f64,
}

impl Limit {
    /// So many bytes in a second, over all downloads together.
    pub fn new(bytes_per_second: NonZeroU64) -> Self {
        Self { bytes_per_second, bucket: Arc::default() }
    }

    /// After so many bytes have arrived: how long to receive nothing more.
    pub fn take(&self, now: Instant, bytes: u64) -> Duration {
        let speed = self.bytes_per_second.get() as f64;
        let full = speed * SAVED.as_secs_f64();
        // One who panicked can have left nothing but a wrong count.
        let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let before = bucket.unwrap_or(Bucket { filled: now, bytes: full });
        let elapsed = now.saturating_duration_since(before.filled).as_secs_f64();
        let left = (before.bytes + elapsed * speed).min(full) - bytes as f64;
        *bucket = Some(Bucket { filled: now.max(before.filled), bytes: left });
        Duration::try_from_secs_f64(-left / speed).unwrap_or(Duration::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(bytes_per_second: u64) -> Limit {
        Limit::new(NonZeroU64::new(bytes_per_second).unwrap())
    }

    /// How long it takes to receive so many bytes in such pieces.
    fn time_for(limit: &Limit, start: Instant, total: u64, piece: u64) -> Duration {
        let mut now = start;
        for _ in 0..total / piece {
            now += limit.take(now, piece);
        }
        now - start
    }

    #[test]
    fn bytes_take_the_time_the_limit_gives_them_in_pieces_of_any_size() {
        for piece in [1_000, 50_000, 1_000_000] {
            let took = time_for(&limit(100_000), Instant::now(), 2_000_000, piece);
            // Twenty seconds, but for what was saved in the beginning.
            assert!((19.7..=20.0).contains(&took.as_secs_f64()), "{piece}: {took:?}");
        }
    }

    #[test]
    fn a_slower_line_is_never_held_up() {
        let (limit, start) = (limit(100_000), Instant::now());
        for second in 1..100 {
            assert_eq!(limit.take(start + Duration::from_secs(second), 90_000 / 4), Duration::ZERO);
        }
    }

    #[test]
    fn what_a_pause_has_saved_is_a_quarter_of_a_second() {
        let (limit, start) = (limit(100_000), Instant::now());
        limit.take(start, 25_000);
        let later = start + Duration::from_hours(1);
        assert_eq!(limit.take(later, 25_000), Duration::ZERO);
        assert_eq!(limit.take(later, 100_000), Duration::from_secs(1));
    }

    #[test]
    fn downloads_share_a_limit_and_a_time_that_runs_backwards_gives_nothing() {
        let (limit, start) = (limit(100_000), Instant::now());
        let later = start + Duration::from_secs(10);
        limit.take(later, 25_000);
        assert_eq!(limit.clone().take(later, 100_000), Duration::from_secs(1));
        assert_eq!(limit.take(start, 100_000), Duration::from_secs(2));
    }
}
