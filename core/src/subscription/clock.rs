//! A clock that is behind: on such a day a subscription that has ended seems to hold.
//!
//! What this PC has seen already cannot be of a later day than today: its last check, and the releases found by it.
//! A release may be dated a day ahead, where its publisher's day has begun before this PC's. A clock that is ahead
//! cannot be told this way. Deliberately not here: what a signed source says of the time
//! ([`crate::source::Fault::ClockBehind`]), and what is covered, which no clock decides: the day a release came out
//! is compared with the last day of a subscription.

use jiff::civil::Date;
use jiff::{ToSpan as _, Zoned};

use crate::catalogue::Release;
use crate::check::Report;
use crate::offer::Item;

/// A day that cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockBehind {
    /// By the clock.
    pub today: Date,
    /// The day of what is already there.
    pub at_least: Date,
}

/// Whether the clock is behind what a report says; of a report that was just made, behind its releases.
pub fn clock_behind(report: &Report, now: &Zoned) -> Option<ClockBehind> {
    let today = now.date();
    let checked = report.checked_at.to_zoned(now.time_zone().clone()).date();
    let released = report.items.iter().flat_map(released).max();
    let is_ahead = |day: &Date| *day > today.saturating_add(1.day());
    let at_least = released.filter(is_ahead).into_iter().chain((checked > today).then_some(checked)).max()?;
    Some(ClockBehind { today, at_least })
}

fn released(item: &Item) -> impl Iterator<Item = Date> {
    let date = |release: &Release| release.date;
    let offered = item.offer().into_iter().flat_map(|offer| offer.steps.iter().chain(&offer.others));
    offered.filter_map(date).chain(item.former.iter().map(|former| former.date))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::SourceFacts;
    use crate::fixtures;
    use crate::offer::{Former, Offer, State, Subject};
    use crate::source::Trust;
    use crate::subscription::date;

    fn item() -> Item {
        Item {
            subject: Subject::Base,
            id: "a".into(),
            name: "База a".into(),
            product: None,
            installed: None,
            covered: None,
            former: Vec::new(),
            state: State::UpToDate,
            warnings: Vec::new(),
        }
    }

    fn report(checked_at: &str, items: Vec<Item>) -> Report {
        let source = SourceFacts { root: "/stick".into(), trust: Trust::Folder, expires: None };
        let checked_at = checked_at.parse().unwrap();
        Report { checked_at, source, items, problems: Vec::new(), bases_unknown: false, apps: Vec::new() }
    }

    fn behind(report: &Report, now: &str) -> Option<String> {
        let behind = clock_behind(report, &now.parse().unwrap())?;
        assert_eq!(behind.today, now.parse::<Zoned>().unwrap().date());
        Some(behind.at_least.to_string())
    }

    #[test]
    fn no_day_is_before_the_last_check() {
        let report = report("2026-11-22T21:30:00Z", vec![item()]);
        assert_eq!(behind(&report, "2026-11-22T12:00[UTC]"), None);
        assert_eq!(behind(&report, "2026-11-21T12:00[UTC]").as_deref(), Some("2026-11-22"));
        assert_eq!(behind(&report, "2001-01-01T00:00[UTC]").as_deref(), Some("2026-11-22"));
        // The check was made on the 23rd there.
        assert_eq!(behind(&report, "2026-11-22T12:00[Europe/Moscow]").as_deref(), Some("2026-11-23"));
        assert_eq!(behind(&report, "2026-11-23T00:00[Europe/Moscow]"), None);
        assert_eq!(behind(&report, "2030-01-01T00:00[UTC]"), None);
    }

    #[test]
    fn no_day_is_more_than_one_before_the_newest_release() {
        let dated = |version: &str, day: &str| {
            let release = fixtures::release("Warehouse15", version);
            crate::catalogue::Release { date: Some(date(day).unwrap()), ..release }
        };
        let offer = Offer {
            steps: vec![dated("1.6", "29.10.2025")],
            notes: Vec::new(),
            others: vec![dated("1.5", "30.10.2025")],
        };
        let former = Former { version: "1.4".parse().unwrap(), date: date("28.02.2024").unwrap() };
        let items = vec![
            Item { former: vec![former], ..item() },
            Item { state: State::Available { offer }, ..item() },
            item(),
        ];
        let report = report("2024-01-01T00:00:00Z", items);
        assert_eq!(behind(&report, "2025-10-29T00:00[UTC]"), None);
        assert_eq!(behind(&report, "2025-10-28T23:59[UTC]").as_deref(), Some("2025-10-30"));
        assert_eq!(behind(&report, "2024-02-27T12:00[UTC]").as_deref(), Some("2025-10-30"));
    }
}
