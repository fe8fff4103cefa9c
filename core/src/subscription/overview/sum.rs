//! Lines and members of the overview in numbers.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Line, Place, Stands};
use crate::subscription::rule::Gap;
use crate::subscription::{Record, State};

/// Devices by how they stand. One that stands differently for different products counts for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// That count here.
    pub devices: usize,
    /// Whose subscription has ended.
    pub ended: usize,
    /// Whose ends soon.
    pub ends_soon: usize,
    /// Of whom nothing is known.
    pub no_data: usize,
    /// The last day of the first that has ended or will.
    pub first_end: Option<Date>,
    /// Written off.
    pub written_off: usize,
    /// Not known here.
    pub not_here: usize,
    /// Why there may be more devices; then nothing is said of all of them.
    pub gap: Option<Gap>,
}

/// Of all lines; what could not be listed is not to be seen from them.
pub(super) fn sum_of_lines(lines: &[Line], records: &[Record], gap: Option<Gap>) -> Sum {
    let until = |line: &Line| line.record.and_then(|place| records.get(place)).map(|record| record.until);
    let here = lines.iter().filter(|line| line.place == Place::Here);
    let sum = sum_of(here.map(|line| (line.device.as_str(), line.stands, until(line))));
    let distinct = |is_one: &dyn Fn(&Line) -> bool| {
        let names = lines.iter().filter(|line| is_one(line)).map(|line| line.device.as_str());
        names.collect::<BTreeSet<_>>().len()
    };
    let is_written_off = |line: &Line| matches!(line.stands, Stands::WrittenOff { .. });
    Sum {
        written_off: distinct(&is_written_off),
        not_here: distinct(&|line| line.place == Place::NotHere && !is_written_off(line)),
        gap,
        ..sum
    }
}

/// Of devices that count here.
pub(super) fn sum_of<'a>(devices: impl Iterator<Item = (&'a str, Stands, Option<Date>)>) -> Sum {
    let mut all = BTreeSet::new();
    let (mut ended, mut soon, mut no_data) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut first_end: Option<Date> = None;
    for (device, stands, until) in devices {
        let state = match stands {
            Stands::Counts(state) => state,
            Stands::Longer { .. } => State::Active,
            Stands::WrittenOff { .. } => continue,
        };
        all.insert(device);
        // Of a record that another outlives, the end is none.
        let counting = until.filter(|_| matches!(stands, Stands::Counts(_)));
        first_end = first_end.into_iter().chain(counting).min();
        match state {
            State::Ended { .. } => ended.insert(device),
            State::EndsSoon { .. } => soon.insert(device),
            State::NoData => no_data.insert(device),
            State::Active => false,
        };
    }
    Sum {
        devices: all.len(),
        ended: ended.len(),
        ends_soon: soon.len(),
        no_data: no_data.len(),
        first_end,
        written_off: 0,
        not_here: 0,
        gap: None,
    }
}
