//! What happened to each product in a transaction of Windows Installer.
//!
//! Deliberately not here: which of them made place for which ([`super::msi`]).

use super::Outcome;
use super::event::{INSTALLER, Record};
use super::msi::{BEGIN, CANCELLED, END, RESTART_STATUSES, code};
use super::transaction::Transaction;
use crate::os::EventLevel;

/// The longest text of what went wrong, in bytes.
const LONGEST_DETAIL: usize = 2000;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Installed,
    Removed,
    Configured,
    Patched,
}

/// A product in a transaction.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) kind: Kind,
    pub(super) code: Option<&'a str>,
    pub(super) name: Option<&'a str>,
    pub(super) version: Option<&'a str>,
    pub(super) manufacturer: Option<&'a str>,
    /// How it ended; 0: well (Microsoft, "Error Codes").
    pub(super) status: Option<u32>,
    /// In the order of the log.
    pub(super) records: Vec<&'a Record>,
}

/// What a record says of a product.
struct Said<'a> {
    kind: Option<Kind>,
    name: Option<&'a str>,
}

/// The products of a transaction, in the order in which they came to an end.
pub(super) fn parts<'a>(transaction: &Transaction<'a>) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    let records = || transaction.records.iter().copied().filter(|record| record.is_by(INSTALLER));
    for record in records() {
        let Some((kind, status_at, manufacturer_at)) = summary(record.id) else { continue };
        let (code, name) = (code(record), record.string(0));
        if code.is_none() && name.is_none() {
            continue;
        }
        let index = parts.iter().position(|part| {
            // The same summary again is about another time.
            part.is_same(code, name) && part.goes_with(kind) && !part.has(record.id)
        });
        let part = match index.and_then(|index| parts.get_mut(index)) {
            Some(part) => part,
            None => parts.push_mut(Part::new(kind, code, name)),
        };
        part.kind = part.kind.or(kind);
        part.version = record.string(1).or(part.version);
        part.manufacturer = record.string(manufacturer_at).or(part.manufacturer);
        let status = record.string(status_at).and_then(|status| status.parse().ok());
        // A failure is not taken back by what is written about the rest.
        part.status = part.status.filter(|status| *status != 0).or(status);
        part.records.push(record);
    }
    for record in records().filter(|record| summary(record.id).is_none()) {
        if matches!(record.id, BEGIN | END) {
            continue;
        }
        let (code, said) = (code(record), said(record));
        let fits = |part: &Part<'_>| said.kind.is_none_or(|kind| part.goes_with(kind));
        let of_it = |part: &Part<'_>| fits(part) && part.is_same(code, said.name);
        let first = parts.iter().position(|part| of_it(part) && !part.has(record.id));
        let index = first.or_else(|| parts.iter().position(of_it)).or_else(|| {
            // One that names nothing is about the only one there is.
            (code.is_none() && said.name.is_none() && parts.len() == 1).then_some(0)
        });
        match (index.and_then(|index| parts.get_mut(index)), said.kind) {
            (Some(part), _) => part.records.push(record),
            (None, Some(kind)) if code.is_some() || said.name.is_some() => {
                let part = parts.push_mut(Part::new(kind, code, said.name));
                part.records.push(record);
            }
            (None, _) => {}
        }
    }
    parts
}

/// What a record that sums up says, and where: its kind, and the places of the status and of the manufacturer.
fn summary(id: u32) -> Option<(Kind, usize, usize)> {
    match id {
        1033 => Some((Kind::Installed, 3, 4)),
        1034 => Some((Kind::Removed, 3, 4)),
        1035 => Some((Kind::Configured, 3, 4)),
        // An update's own name stands before the status.
        1036 => Some((Kind::Patched, 4, 5)),
        1037 => Some((Kind::Configured, 4, 5)),
        _ => None,
    }
}

/// «Product: NAME -- what happened», in any language; 1038, that a restart is needed, has the name by itself.
fn said(record: &Record) -> Said<'_> {
    let name = record.string(0).and_then(|text| {
        if record.id == 1038 {
            return Some(text);
        }
        let (before, _) = text.split_once(" -- ")?;
        Some(before.split_once(": ")?.1.trim()).filter(|name| !name.is_empty())
    });
    let kind = match record.id {
        11707 | 11708 => Some(Kind::Installed),
        11724 | 11725 => Some(Kind::Removed),
        11728 | 11729 => Some(Kind::Configured),
        _ => None,
    };
    Said { kind, name }
}

impl Kind {
    /// What two records of one product amount to: a package that is installed is also configured.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Configured, other) => other,
            (Self::Patched, Self::Installed) => Self::Installed,
            (kind, _) => kind,
        }
    }
}

impl<'a> Part<'a> {
    fn new(kind: Kind, code: Option<&'a str>, name: Option<&'a str>) -> Self {
        Self { kind, code, name, version: None, manufacturer: None, status: None, records: Vec::new() }
    }

    fn is_same(&self, code: Option<&str>, name: Option<&str>) -> bool {
        match (self.code, code) {
            (Some(own), Some(code)) => own.eq_ignore_ascii_case(code),
            _ => self.name.is_some() && self.name == name,
        }
    }

    fn has(&self, id: u32) -> bool {
        self.records.iter().any(|record| record.id == id)
    }

    /// A removal and an installation of one product are two things.
    fn goes_with(&self, kind: Kind) -> bool {
        (self.kind == Kind::Removed) == (kind == Kind::Removed)
    }

    /// The record that stands for it: the one that sums up, else the last.
    pub(super) fn main(&self) -> Option<&'a Record> {
        let sums_up = |record: &&&Record| summary(record.id).is_some_and(|(kind, ..)| kind == self.kind);
        let own = self.records.iter().rev().find(sums_up);
        let any = || self.records.iter().rev().find(|record| summary(record.id).is_some());
        own.or_else(any).or(self.records.last()).copied()
    }

    /// The name without the digits of a version and what joins them.
    pub(super) fn bare_name(&self) -> Option<String> {
        let is_kept = |c: &char| c.is_alphabetic();
        self.name.map(|name| name.chars().filter(is_kept).flat_map(char::to_lowercase).collect())
    }

    pub(super) fn outcome(&self, has_former: bool) -> Outcome {
        let says = |ids: [u32; 3]| self.records.iter().any(|record| ids.contains(&record.id));
        let is_failed = match self.status {
            Some(CANCELLED) => return Outcome::Cancelled,
            Some(status) => status != 0 && !RESTART_STATUSES.contains(&status),
            None => says([11708, 11725, 11729]),
        };
        match self.kind {
            _ if is_failed => Outcome::Failed,
            Kind::Installed if has_former => Outcome::Updated,
            Kind::Installed => Outcome::Installed,
            Kind::Removed => Outcome::Removed,
            Kind::Configured => Outcome::Configured,
            Kind::Patched => Outcome::Patched,
        }
    }

    /// What the package itself said went wrong, a text a line.
    pub(super) fn detail(&self) -> String {
        let is_well = |record: &&&Record| matches!(record.id, 11707 | 11724 | 11728);
        let is_telling = |record: &&&Record| {
            let is_end = matches!(record.id, 11708 | 11725 | 11729);
            (record.level != EventLevel::Information || is_end) && summary(record.id).is_none()
        };
        let mut detail = String::new();
        for record in self.records.iter().filter(is_telling).filter(|record| !is_well(record)) {
            let text = record.string(0).unwrap_or_default();
            if detail.len() + text.len() < LONGEST_DETAIL && !detail.contains(text) {
                let separator = if detail.is_empty() { "" } else { "\n" };
                detail.push_str(separator);
                detail.push_str(text);
            }
        }
        detail
    }
}
