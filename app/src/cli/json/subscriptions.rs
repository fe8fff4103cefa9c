//! `subscription list --json`.
//!
//! `devices` has an entry for each record, and one for a device of this PC without a record (`no_data`), also for
//! the bases alone that its records are not about. What needs a person comes first. `id` is what `set`, `remove`,
//! `write-off` and `count` take; with `product` (`null`: all products) it is one record. `state` and `days_left`
//! are of the record's own `until`; whether that counts is said by `written_off` (a day), `outlasted_by` (the
//! last day of other records of the device, which count instead) and `place` (`here`, `other_product`:
//! no base here is of that product, `not_here`: no base here knows the device, `unknown`: none that is known does,
//! and there may be more). `unseen_days` is there from 90 days
//! on: is the device still in use? `sum` counts devices that count here, `ended_since` is the first end of theirs;
//! `incomplete` is there where there may be more: `devices` (not all could be listed) or `bases` (their list is unread).
//! `problems` are of the list and of licence files.
//! `clock_at_least` is a day the clock of this PC is behind, if it is.

use jiff::civil::Date;
use serde::Serialize;
use smarts_core::machine::Machine;
use smarts_core::subscription::{
    ClockBehind, Gap, Line, LineFault, Overview, Place, Stands, State, Subscriptions, days_left, state,
};

use super::Problem;
use super::licences::ListedLicence;
use crate::i18n::Texts;

/// The document.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct ListedSubscriptions {
    today: Date,
    clock_at_least: Option<Date>,
    sum: Sum,
    devices: Vec<Listed>,
    licences: Vec<ListedLicence>,
    /// Lines of the kept list that are no records.
    faults: Vec<ListedFault>,
    problems: Vec<Problem>,
}

#[derive(Debug, Serialize)]
struct Sum {
    devices: usize,
    ended: usize,
    ended_since: Option<Date>,
    ends_soon: usize,
    no_data: usize,
    written_off: usize,
    not_here: usize,
    incomplete: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Listed {
    id: String,
    device: String,
    bases: Vec<ListedBase>,
    product: Option<String>,
    until: Option<Date>,
    state: &'static str,
    days_left: Option<i32>,
    licence: Option<String>,
    note: Option<String>,
    last_seen: Option<Date>,
    unseen_days: Option<i32>,
    written_off: Option<Date>,
    outlasted_by: Option<Date>,
    place: &'static str,
}

#[derive(Debug, Serialize)]
pub(super) struct ListedBase {
    pub(super) id: String,
    pub(super) name: String,
}

#[derive(Debug, Serialize)]
struct ListedFault {
    line: u64,
    text: String,
    message: String,
}

impl ListedSubscriptions {
    pub(in crate::cli) fn of(
        known: &Subscriptions,
        overview: &Overview,
        machine: &Machine,
        clock: Option<ClockBehind>,
        problems: Vec<Problem>,
        today: Date,
        texts: &Texts,
    ) -> Self {
        let sum = overview.sum;
        let licence = |licence| ListedLicence::of(licence, machine, today, known.warn_days);
        let fault = |fault: &LineFault| ListedFault {
            line: fault.line,
            text: fault.text.clone(),
            message: texts.record_fault(&fault.fault),
        };
        Self {
            today,
            clock_at_least: clock.map(|clock| clock.at_least),
            sum: Sum {
                devices: sum.devices,
                ended: sum.ended,
                ended_since: sum.first_end.filter(|_| sum.ended > 0),
                ends_soon: sum.ends_soon,
                no_data: sum.no_data,
                written_off: sum.written_off,
                not_here: sum.not_here,
                incomplete: sum.gap.map(|gap| match gap {
                    Gap::Devices => "devices",
                    Gap::Bases => "bases",
                }),
            },
            devices: overview.lines.iter().map(|line| Listed::of(line, known, machine, today)).collect(),
            licences: machine.licences.iter().map(licence).collect(),
            faults: known.faults.iter().map(fault).collect(),
            problems,
        }
    }
}

impl Listed {
    fn of(line: &Line, known: &Subscriptions, machine: &Machine, today: Date) -> Self {
        let record = line.record.and_then(|place| known.records.get(place));
        let until = record.map(|record| record.until);
        let bases = line.bases.iter().filter_map(|place| machine.bases.get(*place));
        let (written_off, outlasted_by) = match line.stands {
            Stands::WrittenOff { day } => (Some(day), None),
            Stands::Longer { until } => (None, Some(until)),
            Stands::Counts(_) => (None, None),
        };
        Self {
            id: line.device.clone(),
            device: line.device.clone(),
            bases: bases.map(|base| ListedBase { id: base.id.clone(), name: base.name.clone() }).collect(),
            product: record.and_then(|record| record.product.clone()),
            until,
            state: word(state(until, today, known.warn_days)),
            days_left: until.map(|until| days_left(until, today)),
            licence: record.map(|record| record.licence.clone()),
            note: record.map(|record| record.note.clone()),
            last_seen: line.last_seen,
            unseen_days: line.unseen_days,
            written_off,
            outlasted_by,
            place: match line.place {
                Place::Here => "here",
                Place::OtherProduct => "other_product",
                Place::NotHere => "not_here",
                Place::Unknown => "unknown",
            },
        }
    }
}

fn word(state: State) -> &'static str {
    match state {
        State::Active => "active",
        State::EndsSoon { .. } => "ends_soon",
        State::Ended { .. } => "ended",
        State::NoData => "no_data",
    }
}
