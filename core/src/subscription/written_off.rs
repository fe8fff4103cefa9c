//! Devices that a person says are not in use any more.
//!
//! Who said so stands in the journal, and nowhere else. Deliberately not here: who may say so.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::names::key;
use crate::journal::{Entry, What};
use crate::machine::Machine;

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
            | What::Cancelled => {}
        }
    }
    found.into_values().collect()
}

/// Those that still hold: a device that was connected on a later day to a base of this PC is in use after all,
/// and counts again.
pub fn in_force(written_off: &[WrittenOff], machine: &Machine, zone: &TimeZone) -> Vec<WrittenOff> {
    let mut last_seen: HashMap<String, Option<Date>> =
        written_off.iter().map(|one| (key(&one.device), None)).collect();
    if last_seen.is_empty() {
        return Vec::new();
    }
    for device in machine.bases.iter().flat_map(|base| &base.devices) {
        if let Some(last) = last_seen.get_mut(&key(&device.id)) {
            *last = device.last_seen.map(|seen| seen.to_zoned(zone.clone()).date()).max(*last);
        }
    }
    let came_back = |one: &&WrittenOff| {
        last_seen.get(&key(&one.device)).copied().flatten().is_some_and(|seen| seen > one.day)
    };
    written_off.iter().filter(|one| !came_back(one)).cloned().collect()
}
