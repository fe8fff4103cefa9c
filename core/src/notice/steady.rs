//! A time that only goes forward, made of a clock that may be set back.
//!
//! What the clock says is used as it goes on. When it jumps back, no time has passed; when it returns later to where
//! it came from, it is taken for the return and not for years gone by. So neither a PC whose clock was wrong and is
//! put right is silent until the wrong date, nor one that begins every day in 2010 and is told the time after a
//! minute hears everything again every day. What cannot be told from a PC that was off for long is a clock that
//! jumps forward the first time: that counts as time gone by.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// While the clock is behind, more than this at once is for the most part the way back to the right time.
const LONGEST_STEP: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The last look at the clock, and what it was worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Steady {
    /// What the clock said last.
    seen: Timestamp,
    /// The time that only goes forward: never before `seen`.
    time: Timestamp,
}

impl Steady {
    /// At the first look both are the same.
    pub(super) fn at(now: Timestamp) -> Self {
        Self { seen: now, time: now }
    }

    /// After another look; the answer is [`Self::time`].
    pub(super) fn look(&mut self, now: Timestamp) -> Timestamp {
        let step = now.duration_since(self.seen);
        let behind = self.time.duration_since(self.seen).max(SignedDuration::ZERO);
        let passed = if step <= SignedDuration::ZERO {
            SignedDuration::ZERO
        } else if step >= behind {
            step - behind
        } else {
            step.min(LONGEST_STEP)
        };
        self.seen = now;
        // At the end of the calendar time stands still.
        self.time = self.time.checked_add(passed).unwrap_or(self.time).max(now);
        self.time
    }
}
