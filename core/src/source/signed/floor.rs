//! The moment that expiry is judged at, where the clock of a PC may be wrong.
//!
//! The floor is the later of the last good check and of the day of the newest release that was signed. Nobody
//! can have been at an earlier moment, so a clock below it is not believed: else a PC set back by years would
//! take metadata that has long expired for fresh.
//!
//! A clock that ran ahead, or a misprinted date, may have raised it too far. Beyond the expiry of the metadata
//! it was learnt from it never lies; where that was far, metadata signed anew is what refutes it: a timestamp of
//! a higher version than the one it was learnt from, which expires before the floor and not before the clock.
//! Nobody signs what has expired already, so the present is the clock's. Metadata signed earlier refutes
//! nothing, for whoever sets a clock back has only that to show.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::store::Store;
use crate::source::Fault;

const NAME: &str = "not-before";
/// Clocks that differ by so much are worth no word.
const TOLERANCE: SignedDuration = SignedDuration::from_hours(1);

/// What is known of the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Floor {
    kept: Option<Known>,
    /// What was kept and has been refuted since.
    refuted: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Known {
    moment: Timestamp,
    /// Version of the timestamp it was learnt from; `None`: not known, so nothing is newer.
    version: Option<u64>,
}

impl Floor {
    /// As it was left: the moment, and the version that it was learnt from. A text that is none is like none.
    pub(super) fn read(store: &Store) -> Result<Self, Fault> {
        let text = store.read_text(NAME)?.unwrap_or_default();
        let mut words = text.split_whitespace();
        let moment = words.next().and_then(|word| word.parse().ok());
        let version = words.next().and_then(|word| word.parse().ok());
        Ok(Self { kept: moment.map(|moment| Known { moment, version }), refuted: None })
    }

    /// The floor itself.
    pub(super) fn at_least(self) -> Option<Timestamp> {
        self.kept.map(|kept| kept.moment)
    }

    /// The moment that counts.
    pub(super) fn moment(self, now: Timestamp) -> Timestamp {
        self.at_least().map_or(now, |floor| floor.max(now))
    }

    /// A clock that is behind by more than clocks are, or was believed to be until now.
    pub(super) fn warning(self, now: Timestamp) -> Option<Fault> {
        let at_least = self.refuted.or(self.at_least());
        let at_least = at_least.filter(|floor| floor.duration_since(now) > TOLERANCE)?;
        Some(Fault::ClockBehind { now, at_least })
    }

    /// Without what a verified timestamp of this version refutes, at `now` by the clock; `None` if it refutes
    /// nothing.
    pub(super) fn refuted_by(self, version: u64, expires: Timestamp, now: Timestamp) -> Option<Self> {
        let Known { moment, version: learnt_from } = self.kept?;
        let is_newer = learnt_from.is_some_and(|learnt_from| version > learnt_from);
        let refuted = is_newer && expires < moment && expires >= now;
        refuted.then_some(Self { kept: None, refuted: Some(moment) })
    }

    /// After a good check at `now` of metadata that expires at `expires`, whose timestamp has this version.
    pub(super) fn raise(
        self,
        store: &Store,
        now: Timestamp,
        newest: Option<Date>,
        expires: Timestamp,
        version: u64,
    ) {
        let released =
            newest.and_then(|date| date.to_zoned(TimeZone::UTC).ok()).map(|zoned| zoned.timestamp());
        let learnt = [Some(now), released].into_iter().flatten().filter(|moment| *moment < expires).max();
        if let Some(moment) = learnt.filter(|moment| Some(*moment) > self.at_least())
            && let Err(error) = store.write_text(NAME, &format!("{moment} {version}"))
        {
            // The next check is judged by its own clock then.
            tracing::warn!(%error, "The moment of this check was not kept");
        }
    }
}
