//! All subscriptions of a PC for a person to look through: by device, and by base.
//!
//! Pure, and made anew only when something has changed: there may be ten thousand bases. A device is *here* if a
//! base that is not served elsewhere knows it, or if it is this PC itself. Deliberately not here: what all that
//! means for a release ([`crate::offer::cover`]), and words.

mod sum;

use std::collections::{BTreeMap, HashMap};

use jiff::Zoned;
use jiff::civil::Date;

use super::names::{is_of, key};
use super::rule::{Gap, is_here};
use super::{Facts, LONG_UNSEEN_DAYS, Record, Standings, State, Subscriptions, days_left, state};
use crate::machine::{Base, Machine};

pub use sum::Sum;
use sum::{sum_of, sum_of_lines};

/// All of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// What needs a person first, then by name.
    pub lines: Vec<Line>,
    /// The platform, which concerns all devices here, if there is one; then the bases that are not served
    /// elsewhere, in the machine's order.
    pub groups: Vec<Group>,
    /// Both in numbers.
    pub sum: Sum,
}

/// A record, or a device without one; of a device that has records for some of its bases alone, both.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// As its folder is called, else as its record has it.
    pub device: String,
    /// Its place in [`Subscriptions::records`].
    pub record: Option<usize>,
    /// Places of the machine's bases that it is about.
    pub bases: Vec<usize>,
    /// Whether it matters here.
    pub place: Place,
    /// How it stands.
    pub stands: Stands,
    /// The day the device was last seen here, where that is known.
    pub last_seen: Option<Date>,
    /// Days since then, if they are so many that it may be asked whether the device is still in use.
    pub unseen_days: Option<i32>,
}

/// Whether a line matters on this PC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It does.
    Here,
    /// The device is known here, but no base of the product.
    OtherProduct,
    /// No base here knows the device: it is mistyped, of another PC, or was not connected yet.
    NotHere,
    /// None that is known does, and not all of them, or of their devices, could be listed.
    Unknown,
}

/// How it stands with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// It counts.
    Counts(State),
    /// The device has other records that hold longer for every base this one is about, or one of all products, and
    /// those count.
    Longer {
        /// The last day of those; of several the first to end.
        until: Date,
    },
    /// The device is written off and has not been seen since.
    WrittenOff {
        /// The day that was said.
        day: Date,
    },
}

/// The devices that decide about the platform or about a base.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The base's place on the machine; `None`: the platform.
    pub base: Option<usize>,
    /// By name; one with two dates stands here twice. Those written off come last.
    pub members: Vec<Member>,
    /// Of the devices that count.
    pub sum: Sum,
}

/// A device of a [`Group`].
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name.
    pub device: String,
    /// The last day of its subscription here; `None`: there is no record.
    pub until: Option<Date>,
    /// How it stands.
    pub stands: Stands,
    /// As in [`Line::last_seen`].
    pub last_seen: Option<Date>,
    /// As in [`Line::unseen_days`].
    pub unseen_days: Option<i32>,
}

/// A device that bases here know.
struct Connected<'a> {
    name: &'a str,
    /// That it counts for: of this PC itself, all of them.
    bases: Vec<usize>,
    /// That list it among their devices, as a folder.
    listed_by: Vec<usize>,
    last_seen: Option<Date>,
}

/// What is to be known besides a device.
struct View<'a> {
    known: &'a Subscriptions,
    machine: &'a Machine,
    written_off: HashMap<String, Date>,
    gap: Option<Gap>,
    today: Date,
}

/// Looks through all of it.
pub fn overview(known: &Subscriptions, machine: &Machine, now: &Zoned) -> Overview {
    let written_off = known.written_off_now(machine, now);
    let names = written_off.iter().map(|one| (key(&one.device), one.device.as_str()));
    let names: Vec<(String, &str)> = names.collect();
    let days = written_off.iter().map(|one| (key(&one.device), one.day)).collect();
    let view = View { known, machine, written_off: days, gap: Gap::of(machine), today: now.date() };
    let connected = view.connected(now);
    let mut records: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, record) in known.records.iter().enumerate() {
        records.entry(key(&record.device)).or_default().push(place);
    }
    let mut lines = Vec::new();
    let unrecorded = connected.iter().filter(|(key, _)| !records.contains_key(*key));
    for (key, device) in unrecorded {
        lines.extend(view.lines(key, device.name, Some(device), &[]));
    }
    for (key, places) in &records {
        let device = connected.get(key);
        let first = places.first().and_then(|place| known.records.get(*place));
        let name = device.map_or_else(|| first.map_or("", |record| &record.device), |device| device.name);
        lines.extend(view.lines(key, name, device, places));
    }
    let elsewhere =
        names.iter().filter(|(key, _)| !records.contains_key(key) && !connected.contains_key(key));
    for (key, name) in elsewhere {
        lines.push(view.line(key, name, None, None, Vec::new(), Stands::Counts(State::NoData)));
    }
    lines.sort_by_cached_key(|line| (line.urgency(), key(&line.device), line.record));
    let sum = sum_of_lines(&lines, &known.records, view.gap);
    let facts = known.facts(machine, now);
    Overview { groups: view.groups(&facts), sum, lines }
}

impl<'a> View<'a> {
    /// By key, the PC itself among them.
    fn connected(&self, now: &Zoned) -> BTreeMap<String, Connected<'a>> {
        let mut found: BTreeMap<String, Connected<'a>> = BTreeMap::new();
        let here = || self.machine.bases.iter().enumerate().filter(|(_, base)| is_here(base));
        for (place, base) in here() {
            for device in &base.devices {
                let seen = device.last_seen.map(|seen| seen.to_zoned(now.time_zone().clone()).date());
                let one = found.entry(key(&device.id)).or_insert_with(|| Connected {
                    name: &device.id,
                    bases: Vec::new(),
                    listed_by: Vec::new(),
                    last_seen: None,
                });
                if one.bases.last() != Some(&place) {
                    one.bases.push(place);
                    one.listed_by.push(place);
                }
                one.last_seen = one.last_seen.max(seen);
            }
        }
        let computer = key(&self.known.computer);
        let has_record = self.known.records.iter().any(|record| key(&record.device) == computer);
        if has_record && !computer.is_empty() {
            // Nobody asks when a PC was last seen on itself, but for a folder of its name.
            let (name, listed_by, last_seen) = (&self.known.computer, Vec::new(), None);
            let nowhere = Connected { name, bases: Vec::new(), listed_by, last_seen };
            found.entry(computer).or_insert(nowhere).bases = here().map(|(place, _)| place).collect();
        }
        found
    }

    /// All lines of a device.
    fn lines(&self, key: &str, name: &str, device: Option<&Connected<'_>>, records: &[usize]) -> Vec<Line> {
        let records: Vec<(usize, &Record)> =
            records.iter().filter_map(|place| Some((*place, self.known.records.get(*place)?))).collect();
        let of_all = records.iter().filter(|(_, record)| record.product.is_none());
        let longest = of_all.map(|(_, record)| record.until).max();
        let bases = device.map_or(&[][..], |device| &device.bases);
        let fitting = |record: &Record| -> Vec<usize> {
            let fits = |base: &&usize| {
                let base = self.machine.bases.get(**base);
                base.is_some_and(|base| record.product.as_deref().is_none_or(|one| is_of(one, base)))
            };
            bases.iter().filter(fits).copied().collect()
        };
        let records: Vec<(usize, &Record, Vec<usize>)> =
            records.into_iter().map(|(place, record)| (place, record, fitting(record))).collect();
        let mut counting: BTreeMap<usize, Date> = BTreeMap::new();
        for (_, record, fitting) in &records {
            for base in fitting {
                let until = counting.entry(*base).or_insert(record.until);
                *until = record.until.max(*until);
            }
        }
        // A PC that bases do not list is no device that could be without a record for them.
        let listed_by = device.map_or(&[][..], |device| &device.listed_by);
        let without = listed_by.iter().filter(|base| !counting.contains_key(*base));
        let without: Vec<usize> = without.copied().collect();
        let mut lines = Vec::new();
        for (place, record, fitting) in records {
            // Of a product that is not here, only a record of all products can hold longer.
            let of_bases = fitting.iter().filter_map(|base| counting.get(base)).min().copied();
            let longer = of_bases.or(longest.filter(|_| record.product.is_some()));
            let longer = longer.filter(|longer| *longer > record.until);
            let stands = match longer {
                Some(until) => Stands::Longer { until },
                None => Stands::Counts(self.state(Some(record.until))),
            };
            lines.push(self.line(key, name, device, Some(place), fitting, stands));
        }
        if !without.is_empty() {
            lines.push(self.line(key, name, device, None, without, Stands::Counts(State::NoData)));
        }
        lines
    }

    fn line(
        &self,
        key: &str,
        name: &str,
        device: Option<&Connected<'_>>,
        record: Option<usize>,
        bases: Vec<usize>,
        stands: Stands,
    ) -> Line {
        let place = match device {
            Some(_) if !bases.is_empty() => Place::Here,
            _ if self.gap.is_some() => Place::Unknown,
            Some(_) => Place::OtherProduct,
            None => Place::NotHere,
        };
        let last_seen = device.and_then(|device| device.last_seen);
        let stands = match self.written_off.get(key) {
            Some(day) => Stands::WrittenOff { day: *day },
            None => stands,
        };
        let unseen_days = self.unseen_days(last_seen, stands);
        Line { device: name.to_owned(), record, bases, place, stands, last_seen, unseen_days }
    }

    fn groups(&self, facts: &Facts<'_>) -> Vec<Group> {
        let here = || self.machine.bases.iter().enumerate().filter(|(_, base)| is_here(base));
        let of_base = |(place, base): (usize, &Base)| {
            let standings = Standings::of_base(facts, base);
            let gap = standings.incomplete.then_some(Gap::Devices);
            self.group(Some(place), &standings, gap, std::iter::once(base))
        };
        let platform = self.machine.platform.as_ref().map(|_| {
            let standings = Standings::of_platform(facts, self.machine);
            self.group(None, &standings, self.gap, here().map(|(_, base)| base))
        });
        platform.into_iter().chain(here().map(of_base)).collect()
    }

    fn group<'b>(
        &self,
        base: Option<usize>,
        standings: &Standings,
        gap: Option<Gap>,
        bases: impl Iterator<Item = &'b Base>,
    ) -> Group {
        let member = |standing: &super::Standing| {
            let stands = Stands::Counts(self.state(standing.until));
            Member {
                device: standing.device.clone(),
                until: standing.until,
                stands,
                last_seen: standing.last_seen,
                unseen_days: self.unseen_days(standing.last_seen, stands),
            }
        };
        let mut members: Vec<Member> = standings.devices.iter().map(member).collect();
        let sum = sum_of(members.iter().map(|one| (one.device.as_str(), one.stands, one.until)));
        let mut gone: BTreeMap<String, Member> = BTreeMap::new();
        for device in bases.flat_map(|base| &base.devices) {
            let key = key(&device.id);
            if let Some(day) = self.written_off.get(&key) {
                gone.entry(key).or_insert_with(|| Member {
                    device: device.id.clone(),
                    until: None,
                    stands: Stands::WrittenOff { day: *day },
                    last_seen: None,
                    unseen_days: None,
                });
            }
        }
        let sum = Sum { written_off: gone.len(), gap, ..sum };
        members.extend(gone.into_values());
        Group { base, members, sum }
    }

    fn state(&self, until: Option<Date>) -> State {
        state(until, self.today, self.known.warn_days)
    }

    fn unseen_days(&self, last_seen: Option<Date>, stands: Stands) -> Option<i32> {
        let counts = matches!(stands, Stands::Counts(_));
        let days = last_seen.map(|seen| days_left(self.today, seen)).filter(|_| counts)?;
        (days >= LONG_UNSEEN_DAYS).then_some(days)
    }
}

impl Line {
    /// What needs a person comes first.
    fn urgency(&self) -> u8 {
        match (self.stands, self.place) {
            (Stands::WrittenOff { .. }, _) => 6,
            (_, Place::NotHere | Place::OtherProduct | Place::Unknown) => 5,
            (Stands::Counts(State::Ended { .. }), Place::Here) => 0,
            (Stands::Counts(State::EndsSoon { .. }), Place::Here) => 1,
            (Stands::Counts(State::NoData), Place::Here) => 2,
            (Stands::Counts(State::Active) | Stands::Longer { .. }, Place::Here) => 3,
        }
    }
}

#[cfg(test)]
mod tests;
