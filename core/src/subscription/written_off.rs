//! Devices that a person says are not in use any more.
//!
//! Deliberately not here: who may say so and where it is recorded.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::names::key;
use crate::machine::Machine;

/// A device that is not to count any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenOff {
    /// As in [`super::Record::device`].
    pub device: String,
    /// The day that was said.
    pub day: Date,
}

/// Those that still hold: a device that was connected on a later day to a base of this PC is in use after all,
/// and counts again.
pub fn in_force(written_off: &[WrittenOff], machine: &Machine, zone: &TimeZone) -> Vec<WrittenOff> {
    let came_back = |one: &&WrittenOff| {
        let key_of_one = key(&one.device);
        machine
            .bases
            .iter()
            .flat_map(|base| &base.devices)
            .filter(|device| key(&device.id) == key_of_one)
            .filter_map(|device| device.last_seen)
            .any(|seen| seen.to_zoned(zone.clone()).date() > one.day)
    };
    written_off.iter().filter(|one| !came_back(one)).cloned().collect()
}
