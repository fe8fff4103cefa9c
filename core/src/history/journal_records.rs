//! Our own records: the journal, and what of it stands in the Application log too.
//!
//! The same thing is shown once. An own record of the log is written right after the entry of the journal, with the
//! base's name in its text; a package that this program started ends shortly before the entry that tells of it, on the
//! same PC, at the same version. What has no match is shown by itself: the journal may have been lost, or the log may
//! be of another PC. Deliberately not here: what Windows Installer's records say ([`super::msi`]).

use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::event::Record;
use super::{Account, Entry, Outcome, Source, is_same_computer};
use crate::journal::{self, What};
use crate::os::EventLevel;
use crate::version::Version;

/// How long after the journal's entry its record may be written.
pub(super) const RECORDED_WITHIN: SignedDuration = SignedDuration::from_secs(60);
/// How long after a package's end the journal's entry may be written: the machine is read again in between.
const TOLD_WITHIN: SignedDuration = SignedDuration::from_mins(10);
/// Clocks of the two are the same, their roundings are not.
const ROUNDING: SignedDuration = SignedDuration::from_secs(2);

/// Joins what belongs together: entries of one cluster of the log, our own records of it, and entries of the journal
/// of that time. What comes out is in no order.
pub(super) fn joined(installed: Vec<Entry>, own: &[&Record], journal: Vec<journal::Entry>) -> Vec<Entry> {
    let mut told: Vec<Entry> = journal.into_iter().map(Entry::of_journal).collect();
    let mut alone = Vec::new();
    for record in own {
        let of_it = told.iter_mut().filter(|entry| entry.event_id.is_none() && is_recorded_by(entry, record));
        match of_it.min_by_key(|entry| record.time.duration_since(entry.time).abs()) {
            Some(entry) => entry.take_record(record),
            None => alone.push(Entry::of_own_record(record)),
        }
    }
    for entry in installed {
        let of_it = told.iter_mut().filter(|told| is_told_by(told, &entry));
        match of_it.min_by_key(|told| told.time.duration_since(entry.time).abs()) {
            Some(told) => told.take_installation(entry),
            None => alone.push(entry),
        }
    }
    told.extend(alone);
    told
}

/// Whether a record of the log repeats an entry of the journal.
fn is_recorded_by(entry: &Entry, record: &Record) -> bool {
    let after = record.time.duration_since(entry.time);
    let text = record.string(0).unwrap_or_default();
    is_same_computer(&entry.computer, &record.computer)
        && after >= -ROUNDING
        && after <= RECORDED_WITHIN
        && entry.name.as_deref().is_none_or(|name| text.contains(name.trim()))
        && outcome(record).is_none_or(|what| entry.outcome == Outcome::Journal(what))
}

/// Whether an entry of the journal tells of an installation.
fn is_told_by(told: &Entry, installed: &Entry) -> bool {
    let after = told.time.duration_since(installed.time);
    let version = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Version>().ok());
    let is_package = told.journal.as_ref().is_some_and(|own| {
        let extension = Path::new(&own.file).extension().unwrap_or_default();
        extension.eq_ignore_ascii_case("msi") || extension.eq_ignore_ascii_case("exe")
    });
    is_package
        && installed.is_ours
        && is_same_computer(&told.computer, &installed.computer)
        && version(&told.to).is_some_and(|to| version(&installed.to) == Some(to))
        && after >= -ROUNDING
        && after <= TOLD_WITHIN
}

/// What the numbers of our own records stand for; they are a contract with whoever filters by them. `None`: a later
/// version of this program has written it.
fn outcome(record: &Record) -> Option<What> {
    match record.id {
        100 => Some(What::Updated),
        110 => Some(What::Failed),
        111 => Some(What::Undone),
        112 => Some(What::NotUndone),
        113 => Some(What::Superseded),
        120 => Some(What::WizardRun),
        130 => Some(What::RebootPending),
        140 => Some(What::Cancelled),
        150 => Some(What::WrittenOff),
        151 => Some(What::CountedAgain),
        160 => Some(What::Copied),
        161 => Some(What::CopyDeleted),
        170 => Some(What::WentBack),
        171 => Some(What::WentBackWhole),
        172 => Some(What::NotGoneBack),
        180 => Some(What::AppStaged),
        181 => Some(What::AppUnstaged),
        _ => None,
    }
}

/// As bad as its record in the log, and a failure always an error.
fn level(own: &journal::Entry) -> EventLevel {
    let is_bad = own.works.as_ref().zip(own.to).is_some_and(|(works, to)| works.is_bad(to));
    match own.what {
        What::Failed | What::Undone | What::NotUndone | What::NotGoneBack => EventLevel::Error,
        What::Superseded => EventLevel::Warning,
        What::Begun
        | What::Updated
        | What::WizardRun
        | What::RebootPending
        | What::Cancelled
        | What::Copied
        | What::CopyDeleted
        | What::GoingBack
        | What::GoingBackWhole
        | What::WentBack
        | What::WentBackWhole
        | What::WrittenOff
        | What::CountedAgain
        | What::AppStaged
        | What::AppUnstaged => {
            if is_bad {
                EventLevel::Warning
            } else {
                EventLevel::Information
            }
        }
    }
}

impl Entry {
    /// Of the journal alone.
    pub(super) fn of_journal(own: journal::Entry) -> Self {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Self {
            level: level(&own),
            computer: own.computer.clone(),
            subject: Some(own.subject.clone()),
            name: Some(own.name.clone()),
            product: own.product.clone(),
            from: own.from.map(|version| version.to_string()),
            to: own.to.map(|version| version.to_string()),
            user: some(&own.user),
            reboot: own.what == What::RebootPending,
            package: some(&own.file),
            detail: own.detail.clone(),
            is_ours: true,
            ..Self::bare(own.time, Source::Own, Outcome::Journal(own.what), Some(own))
        }
    }

    /// Of the log alone. The text is a person's, in the language of that day; our own program has written it, the
    /// name after the first colon and both versions around an arrow.
    fn of_own_record(record: &Record) -> Self {
        let text = record.string(0).unwrap_or_default();
        let versions = text.lines().find_map(|line| {
            let (before, after) = line.split_once('→')?;
            Some((before.split_whitespace().next_back()?, after.split_whitespace().next()?))
        });
        let version = |text: &str| text.parse::<Version>().ok().map(|version| version.to_string());
        let name = text.lines().next().and_then(|line| line.split_once(": ")).map(|(_, name)| name.trim());
        let outcome = outcome(record).map_or(Outcome::Noted, Outcome::Journal);
        let mut entry = Self {
            level: record.level,
            computer: record.computer.clone(),
            name: name.map(str::to_owned),
            from: versions.and_then(|(from, _)| version(from)),
            to: versions.and_then(|(_, to)| version(to)),
            reboot: outcome == Outcome::Journal(What::RebootPending),
            detail: text.to_owned(),
            is_ours: true,
            ..Self::bare(record.time, Source::Own, outcome, None)
        };
        entry.take_record(record);
        entry
    }

    fn bare(time: Timestamp, source: Source, outcome: Outcome, journal: Option<journal::Entry>) -> Self {
        Self {
            time,
            begun: None,
            level: EventLevel::Information,
            source,
            event_id: None,
            events: Vec::new(),
            numbers: Vec::new(),
            task: 0,
            computer: String::new(),
            subject: None,
            name: None,
            product: None,
            manufacturer: None,
            product_code: None,
            from: None,
            to: None,
            user: None,
            account: None,
            outcome,
            status: None,
            reboot: false,
            holders: Vec::new(),
            package: None,
            detail: String::new(),
            journal: journal.map(Box::new),
            is_ours: false,
        }
    }

    /// The record of the log that repeats this.
    fn take_record(&mut self, record: &Record) {
        self.level = self.level.max(record.level);
        self.event_id = Some(record.id);
        self.events.push(record.id);
        self.numbers.extend(record.number);
        self.task = record.task;
        let account = || record.sid.clone().map(|sid| Account { sid, name: None });
        self.account = self.account.take().or_else(account);
    }

    /// What Windows Installer wrote about what this tells of. Who pressed is known better here, under which account it
    /// ran there.
    fn take_installation(&mut self, installed: Self) {
        self.begun = self.begun.or(installed.begun);
        self.level = self.level.max(installed.level);
        self.event_id = self.event_id.or(installed.event_id);
        let own = std::mem::replace(&mut self.events, installed.events);
        self.events.extend(own);
        let own = std::mem::replace(&mut self.numbers, installed.numbers);
        self.numbers.extend(own);
        self.product = self.product.take().or(installed.product);
        self.manufacturer = installed.manufacturer;
        self.product_code = installed.product_code;
        self.from = self.from.take().or(installed.from);
        self.account = installed.account.or(self.account.take());
        self.status = installed.status;
        self.reboot |= installed.reboot;
        self.holders = installed.holders;
        if self.detail.is_empty() {
            self.detail = installed.detail;
        } else if !installed.detail.is_empty() {
            self.detail = format!("{}\n{}", self.detail, installed.detail);
        }
    }
}
