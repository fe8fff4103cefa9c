//! Devices that a person says are not in use any more.
//!
//! Who said so stands in the journal, and nowhere else. Deliberately not here: who may say so.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::LastSeen;
use super::names::key;
use crate::journal::{Entry, What};

/// A device that is not to count any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenOff {
    /// As in [`super::Record::device`].
    pub device: String,
    /// The day that was said.
    pub day: Date,
}

/// What the journal says, the last word on each device: on which day of this zone it was written off.
pub fn written_off(entries: &[Entry], zone: &TimeZone) -> Vec<WrittenOff> {
    let mut found: BTreeMap<String, WrittenOff> = BTreeMap::new();
    for entry in entries {
        match entry.what {
            What::WrittenOff => {
                let day = entry.time.to_zoned(zone.clone()).date();
                found.insert(key(&entry.subject), WrittenOff { device: entry.subject.clone(), day });
            }
            What::CountedAgain => {
                found.remove(&key(&entry.subject));
            }
            What::Begun
            | What::Updated
            | What::Failed
            | What::Undone
            | What::NotUndone
            | What::WizardRun
            | What::RebootPending
            | What::Copied
            | What::CopyDeleted
            | What::GoingBack
            | What::GoingBackWhole
            | What::WentBack
            | What::WentBackWhole
            | What::NotGoneBack
            | What::Superseded
            | What::Cancelled
            | What::AppStaged
            | What::AppUnstaged => {}
        }
    }
    found.into_values().collect()
}

/// Those that still hold: a device that was connected on a later day to a base of this PC is in use after all,
/// and counts again. A clock was wrong where a day is after today: a device cannot have been seen then, nor written
/// off, and as it may have come back since the real day, it counts.
pub fn in_force(written_off: &[WrittenOff], last_seen: &LastSeen, today: Date) -> Vec<WrittenOff> {
    let holds =
        |one: &&WrittenOff| one.day <= today && !last_seen.is_between(&key(&one.device), one.day, today);
    written_off.iter().filter(holds).cloned().collect()
}

#[cfg(test)]
mod tests {
    use jiff::tz;

    use super::*;
    use crate::fixtures;
    use crate::machine::{Base, Device, Machine};

    /// Whether a device holds as written off on a day, seen on these days in a base each; today is 22.11.2026.
    fn holds(day: &str, seen: &[&str]) -> bool {
        let base_of = |day: &&str| {
            let last_seen = Some(format!("{day}T12:00:00Z").parse().unwrap());
            let device = Device { id: "тсд 1".to_owned(), last_seen, ..Device::default() };
            Base { devices: vec![device], ..fixtures::base("a", "P", "1.0") }
        };
        let machine = Machine { bases: seen.iter().map(base_of).collect(), ..Machine::default() };
        let off = [WrittenOff { device: "ТСД 1".to_owned(), day: day.parse().unwrap() }];
        let today = "2026-11-22".parse().unwrap();
        !in_force(&off, &LastSeen::of(&machine, &TimeZone::UTC), today).is_empty()
    }

    #[test]
    fn a_device_that_was_seen_on_a_later_day_until_today_counts_again() {
        assert!(holds("2026-11-01", &[]));
        assert!(holds("2026-11-01", &["2026-11-01"]));
        assert!(!holds("2026-11-01", &["2026-11-02"]));
        assert!(!holds("2026-11-01", &["2026-11-22"]));
    }

    #[test]
    fn a_day_after_today_is_none_on_which_a_device_was_seen_and_hides_none() {
        assert!(holds("2026-11-01", &["2026-11-23"]));
        assert!(!holds("2026-11-01", &["2026-11-20", "2030-01-01"]), "seen in one of two bases");
    }

    #[test]
    fn an_entry_that_is_dated_after_today_does_not_hold() {
        assert!(holds("2026-11-22", &[]));
        assert!(!holds("2026-11-23", &[]));
        assert!(!holds("2030-01-01", &["2026-11-20"]));
    }

    fn entry(what: What, subject: &str, time: &str) -> Entry {
        Entry { what, subject: subject.to_owned(), time: time.parse().unwrap(), ..fixtures::entry() }
    }

    #[test]
    fn the_last_word_on_a_device_counts_however_its_name_is_written() {
        let entries = [
            entry(What::WrittenOff, "ТСД 1", "2026-11-01T09:00:00Z"),
            entry(What::WrittenOff, "ТСД 2", "2026-11-01T09:00:00Z"),
            entry(What::Updated, "ТСД 2", "2026-11-02T09:00:00Z"),
            entry(What::CountedAgain, "тсд  1", "2026-11-02T09:00:00Z"),
            entry(What::WrittenOff, "ТСД 3", "2026-11-01T09:00:00Z"),
            entry(What::CountedAgain, "ТСД 3", "2026-11-02T09:00:00Z"),
            entry(What::WrittenOff, "тсд 3", "2026-11-03T09:00:00Z"),
        ];
        let day = |text: &str| text.parse().unwrap();
        let found = written_off(&entries, &TimeZone::UTC);
        let found: Vec<(&str, Date)> = found.iter().map(|one| (one.device.as_str(), one.day)).collect();
        assert_eq!(found, [("ТСД 2", day("2026-11-01")), ("тсд 3", day("2026-11-03"))]);
    }

    #[test]
    fn the_day_is_one_of_the_zone_of_the_pc() {
        let entries = [entry(What::WrittenOff, "ТСД 1", "2028-02-28T22:00:00Z")];
        let day = |hours| written_off(&entries, &TimeZone::fixed(tz::offset(hours)))[0].day.to_string();
        assert_eq!([day(0), day(3), day(-11)], ["2028-02-28", "2028-02-29", "2028-02-28"]);
    }
}
