//! When devices were last connected, in whichever base of the PC: one that has moved to another base is in use.
//!
//! Deliberately not here: where that is read from ([`crate::machine`]).

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::names::key;
use crate::machine::Machine;

/// Days on which devices were last seen in each base, found by device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LastSeen(HashMap<String, BTreeSet<Date>>);

impl LastSeen {
    /// In all bases of a PC; days are those of its zone.
    pub fn of(machine: &Machine, zone: &TimeZone) -> Self {
        let mut days: HashMap<String, BTreeSet<Date>> = HashMap::new();
        for device in machine.bases.iter().flat_map(|base| &base.devices) {
            if let Some(seen) = device.last_seen {
                let day = seen.to_zoned(zone.clone()).date();
                days.entry(key(&device.id)).or_default().insert(day);
            }
        }
        Self(days)
    }

    /// Of a device, by its [`key`].
    pub(super) fn day(&self, device_key: &str) -> Option<Date> {
        self.0.get(device_key)?.last().copied()
    }

    /// Whether a device, by its [`key`], was seen after the one day and not after the other, in whichever base.
    pub(super) fn is_between(&self, device_key: &str, after: Date, until: Date) -> bool {
        self.0.get(device_key).is_some_and(|days| days.iter().any(|day| *day > after && *day <= until))
    }
}
