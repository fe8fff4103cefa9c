//! The moment that expiry is judged at, where the clock of a PC may be wrong.
//!
//! The floor is the later of the last good check and of the day of the newest release that was signed. Nobody
//! can have been at an earlier moment, so a clock below it is not believed: else a PC set back by years would
//! take metadata that has long expired for fresh. A floor never lies beyond the expiry of the metadata it was
//! learnt from, so no wrong clock and no misprinted date can make all later metadata look expired.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::store::Store;
use crate::source::Fault;

const NAME: &str = "not-before";
/// Clocks that differ by so much are worth no word.
const TOLERANCE: SignedDuration = SignedDuration::from_hours(1);

/// What is known of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Floor(Option<Timestamp>);

impl Floor {
    /// As it was left; a text that is none is like none.
    pub(super) fn read(store: &Store) -> Result<Self, Fault> {
        Ok(Self(store.read_text(NAME)?.and_then(|text| text.trim().parse().ok())))
    }

    /// The floor itself.
    pub(super) fn at_least(self) -> Option<Timestamp> {
        self.0
    }

    /// The moment that counts.
    pub(super) fn moment(self, now: Timestamp) -> Timestamp {
        self.0.map_or(now, |floor| floor.max(now))
    }

    /// A clock that is behind by more than clocks are.
    pub(super) fn warning(self, now: Timestamp) -> Option<Fault> {
        let at_least = self.0.filter(|floor| floor.duration_since(now) > TOLERANCE)?;
        Some(Fault::ClockBehind { now, at_least })
    }

    /// After a good check at `now` of metadata that expires at `expires`.
    pub(super) fn raise(
        self,
        store: &Store,
        now: Timestamp,
        newest: Option<Date>,
        expires: Timestamp,
    ) -> Self {
        let released =
            newest.and_then(|date| date.to_zoned(TimeZone::UTC).ok()).map(|zoned| zoned.timestamp());
        let learnt = [Some(now), released].into_iter().flatten().filter(|moment| *moment < expires);
        let raised = learnt.chain(self.0).max();
        if raised != self.0
            && let Some(moment) = raised
            && let Err(error) = store.write_text(NAME, &moment.to_string())
        {
            // The next check is judged by its own clock then.
            tracing::warn!(%error, "The moment of this check was not kept");
        }
        Self(raised)
    }
}
