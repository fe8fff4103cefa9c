//! What a release is covered for: the vendor's rule, applied to every device of a base or of the PC.
//!
//! Documented: a release is covered for a device if it came out on or before the last day of its subscription.
//! That a base is covered only if all its devices are is our caution: the vendor counts devices of the last 14
//! days, and one that comes back for a quarterly stock-taking would fall into demo mode then. So every device that
//! ever was connected counts; one not seen for [`LONG_UNSEEN_DAYS`] that stands in the way is a question to the
//! person, who may write it off. A record of this PC's own name is a workstation's and counts for all its
//! bases (inferred). The platform concerns every base that is not served elsewhere.
//!
//! Nothing known is [`Verdict::Unknown`], never covered; so is a base of which not all devices are known.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::names::{is_of, key};
use super::{LastSeen, Record, WrittenOff, days_left};
use crate::machine::{Base, Fault, Kind, Machine};

/// Days after which it is asked whether a device is still in use.
pub const LONG_UNSEEN_DAYS: i32 = 90;

/// Records, found by device.
#[derive(Clone, Debug, Default)]
pub struct ByDevice<'a> {
    records: HashMap<String, Vec<&'a Record>>,
    written_off: HashSet<String>,
}

/// What is known besides the base or the machine.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The records, without those of devices that are written off.
    pub records: ByDevice<'a>,
    /// When devices were last seen on the PC.
    pub last_seen: LastSeen,
    /// This PC's name, where it is known.
    pub computer: Option<&'a str>,
    /// In the PC's zone.
    pub today: Date,
    /// What it means that nothing is known.
    pub no_data: NoData,
    /// Whether there is a list of records and it is not used.
    pub is_unread: bool,
    /// Days before the end of a subscription from which it is said.
    pub warn_days: u16,
}

/// What it means that it is not known whether a release is covered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoData {
    /// The person is told, and may go on.
    #[default]
    Warn,
    /// The release is not installed.
    Stop,
}

/// How it stands with one device of a base or of the PC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// By the name of its folder; a workstation by the PC's name.
    pub device: String,
    /// Ids of the bases.
    pub bases: Vec<String>,
    /// The last day of its subscription for these bases; `None`: there is no record.
    pub until: Option<Date>,
    /// Of the record that says so, as in [`Record::product`]: the one to renew. A record of all products counts for
    /// the others of the device as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The day it was last seen, in whichever base of the PC, where that is known.
    pub last_seen: Option<Date>,
    /// Not seen for [`LONG_UNSEEN_DAYS`].
    pub long_unseen: bool,
}

/// What decides about a base or about the platform.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standings {
    /// All known devices, by name; those written off are not among them.
    pub devices: Vec<Standing>,
    /// Whether there may be more: the devices of a base, or the bases of the PC, could not all be listed.
    #[serde(default)]
    pub incomplete: bool,
}

/// What of a PC could not be listed, so that there may be more devices than are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// The devices of a base, or a base.
    Devices,
    /// The bases, all or some of them.
    Bases,
}

/// Whether a release is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The subscription of a device ended before the release came out.
    Blocked,
    /// Not blocked by what is known: the release has no date, a device no record, there is no device, or there may be
    /// more.
    Unknown,
    /// For all devices.
    Covered,
}

impl<'a> ByDevice<'a> {
    /// Of all records; devices that are [written off](super::in_force) count nowhere.
    pub fn of(records: impl IntoIterator<Item = &'a Record>, written_off: &[WrittenOff]) -> Self {
        let mut found: HashMap<String, Vec<&Record>> = HashMap::new();
        for record in records {
            found.entry(key(&record.device)).or_default().push(record);
        }
        Self { records: found, written_off: written_off.iter().map(|one| key(&one.device)).collect() }
    }

    /// Whether there are none, so that nothing is known of any device.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// All of a device.
    pub fn records(&self, device: &str) -> &[&'a Record] {
        self.records.get(&key(device)).map_or(&[], Vec::as_slice)
    }

    /// Records of single products that this one of all products takes the word from, as the latest counts: they end
    /// earlier, and no other of all products outlasts them already.
    pub fn outvoted(&self, record: &Record) -> impl Iterator<Item = &'a Record> {
        let of_device = self.records(&record.device).iter().copied();
        let of_all = of_device.clone().filter(|other| other.product.is_none());
        let before = of_all.map(|other| other.until).max();
        let (is_of_all, until) = (record.product.is_none(), record.until);
        of_device.filter(move |other| {
            let is_latest = before.is_none_or(|before| before < other.until);
            is_of_all && other.product.is_some() && other.until < until && is_latest
        })
    }

    /// What decides about a device in a base: of the records for its product and for all, the latest. Of two with
    /// the same day the one for its product.
    fn deciding(&self, device_key: &str, base: &Base) -> Option<&'a Record> {
        let records = self.records.get(device_key)?.iter().copied();
        let counts = |record: &&Record| record.product.as_deref().is_none_or(|product| is_of(product, base));
        records.filter(counts).max_by_key(|record| (record.until, record.product.is_some()))
    }
}

impl Gap {
    /// Of all bases that are not served elsewhere.
    pub(super) fn of(machine: &Machine) -> Option<Self> {
        if machine.bases_unknown.is_some() {
            return Some(Self::Bases);
        }
        let is_left_out = |fault: &Fault| matches!(fault, Fault::BaseWithoutId { .. });
        let has_more = machine.problems.iter().any(|problem| is_left_out(&problem.fault))
            || machine.bases.iter().any(|base| is_here(base) && base.devices_incomplete);
        has_more.then_some(Self::Devices)
    }
}

impl Standing {
    /// Whether a release of this day is covered for the device; `None` without a record.
    pub fn covers(&self, released: Date) -> Option<bool> {
        self.until.map(|until| released <= until)
    }
}

impl Standings {
    /// Of the devices of a base.
    pub fn of_base(facts: &Facts<'_>, base: &Base) -> Self {
        Self::of_bases(facts, std::iter::once(base))
    }

    /// Of the devices of all bases of the PC, local, damaged or with exchange through the Internet.
    pub fn of_platform(facts: &Facts<'_>, machine: &Machine) -> Self {
        let of_known = Self::of_bases(facts, machine.bases.iter().filter(|base| is_here(base)));
        Self { incomplete: Gap::of(machine).is_some(), ..of_known }
    }

    /// A device with different dates in two bases stands here twice.
    fn of_bases<'b>(facts: &Facts<'_>, bases: impl Iterator<Item = &'b Base>) -> Self {
        let mut standings: BTreeMap<(String, Option<Date>), Standing> = BTreeMap::new();
        let mut add = |(name, key): (&str, String), record: Option<&Record>, base: &Base| {
            let until = record.map(|record| record.until);
            let last_seen = facts.last_seen.day(&key);
            let unseen = last_seen.map(|seen| days_left(facts.today, seen));
            let standing = standings.entry((key, until)).or_insert_with(|| Standing {
                device: name.to_owned(),
                bases: Vec::new(),
                until,
                product: record.and_then(|record| record.product.clone()),
                last_seen,
                long_unseen: unseen.is_some_and(|days| days >= LONG_UNSEEN_DAYS),
            });
            if standing.bases.last() != Some(&base.id) {
                standing.bases.push(base.id.clone());
            }
        };
        let counts = |key: &String| !facts.records.written_off.contains(key);
        let computer = facts.computer.map(|name| (name, key(name))).filter(|(_, key)| counts(key));
        let mut incomplete = false;
        for base in bases {
            incomplete |= base.devices_incomplete;
            for device in &base.devices {
                let key = key(&device.id);
                if counts(&key) {
                    let record = facts.records.deciding(&key, base);
                    add((&device.id, key), record, base);
                }
            }
            if let Some((name, key)) = &computer
                && let Some(record) = facts.records.deciding(key, base)
            {
                add((name, key.clone()), Some(record), base);
            }
        }
        Self { devices: standings.into_values().collect(), incomplete }
    }

    /// Whether a release of this day is covered; of one without a date nothing is known.
    pub fn verdict(&self, released: Option<Date>) -> Verdict {
        let Some(released) = released else { return Verdict::Unknown };
        let verdict = |standing: &Standing| match standing.covers(released) {
            Some(true) => Verdict::Covered,
            Some(false) => Verdict::Blocked,
            None => Verdict::Unknown,
        };
        let at_best = if self.incomplete { Verdict::Unknown } else { Verdict::Covered };
        self.devices.iter().map(verdict).min().unwrap_or(Verdict::Unknown).min(at_best)
    }

    /// The last day that is covered for all devices with a record; `None` if no device has one.
    pub fn last_day(&self) -> Option<Date> {
        self.devices.iter().filter_map(|standing| standing.until).min()
    }
}

/// Records of devices that no base of the machine that is not served elsewhere knows, and not of the PC itself: of
/// devices mistyped, of another PC, served elsewhere, or not connected yet. None where not all bases, or not all of
/// their devices, could be listed: nobody can tell then. Where the PC's name is not known (or empty), any of them may
/// be the PC's own, and none is told.
pub fn not_here<'r>(records: &'r [Record], machine: &Machine, computer: Option<&str>) -> Vec<&'r Record> {
    let Some(computer) = computer.filter(|name| !name.is_empty()) else { return Vec::new() };
    if Gap::of(machine).is_some() {
        return Vec::new();
    }
    let here = devices_here(machine, computer);
    records.iter().filter(|record| !here.contains(&key(&record.device))).collect()
}

/// By key.
fn devices_here(machine: &Machine, computer: &str) -> HashSet<String> {
    let bases = machine.bases.iter().filter(|base| is_here(base));
    let devices = bases.flat_map(|base| &base.devices).map(|device| device.id.as_str());
    devices.chain([computer]).map(key).collect()
}

/// Whether a base is this PC's own: local, damaged or with exchange through the Internet.
pub(super) fn is_here(base: &Base) -> bool {
    match base.kind {
        Kind::Local | Kind::InternetExchange | Kind::Damaged(_) => true,
        Kind::Remote | Kind::Cloud => false,
    }
}

#[cfg(test)]
mod tests;
