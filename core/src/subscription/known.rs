//! All that is known of subscriptions on a PC, as it is handed from where it is read to where it is judged.
//!
//! Deliberately not here: what is said of an item ([`crate::offer::cover`]).

use std::collections::HashSet;
use std::path::Path;

use jiff::Zoned;
use jiff::tz::TimeZone;

use super::names::key;
use super::{
    ByDevice, Error, Facts, LastSeen, LineFault, NoData, Reading, Record, WrittenOff, in_force, load,
    written_off,
};
use crate::journal;
use crate::machine::Machine;
use crate::os::Os;
use crate::paths::Paths;
use crate::settings::{Settings, WarnDays};

/// What is known of subscriptions on a PC, and how it counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Subscriptions {
    /// Of the kept list.
    pub records: Vec<Record>,
    /// Lines of it that are none.
    pub faults: Vec<LineFault>,
    /// Devices that are not to count, whether they were seen since or not.
    pub written_off: Vec<WrittenOff>,
    /// This PC's name.
    pub computer: String,
    /// What it means that nothing is known.
    pub no_data: NoData,
    /// Days before the end of a subscription from which it is said.
    pub warn_days: u16,
}

impl Subscriptions {
    /// Reads the kept list and the journal. Where one cannot be read, nothing is known of what stands there, and
    /// the error says why.
    pub fn load(os: &dyn Os, paths: &Paths, settings: &Settings, zone: &TimeZone) -> (Self, Option<Error>) {
        let (Reading { records, faults, .. }, unread) = match load(os, &paths.subscriptions_path()) {
            Ok(reading) => (reading, None),
            Err(error) => (Reading::default(), Some(error)),
        };
        let (written_off, unread_journal) = match written_off_by(os, &paths.journal_path(), zone) {
            Ok(written_off) => (written_off, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        let subscriptions = Self {
            records,
            faults,
            written_off,
            computer: os.identity().computer,
            no_data: settings.subscription_unknown,
            warn_days: settings.subscription_warn_days.days(),
        };
        (subscriptions, unread.or(unread_journal))
    }

    /// Nothing known, for a PC of this name.
    pub fn nothing(computer: &str) -> Self {
        Self {
            records: Vec::new(),
            faults: Vec::new(),
            written_off: Vec::new(),
            computer: computer.to_owned(),
            no_data: NoData::default(),
            warn_days: WarnDays::default().days(),
        }
    }

    /// The devices that are written off and have not been seen since.
    pub fn written_off_now(&self, machine: &Machine, now: &Zoned) -> Vec<WrittenOff> {
        in_force(&self.written_off, &LastSeen::of(machine, now.time_zone()))
    }

    /// Whether a device that is or was connected to these bases is written off, whether it was seen since or not.
    pub fn has_written_off(&self, machine: &Machine) -> bool {
        let written_off: HashSet<String> = self.written_off.iter().map(|one| key(&one.device)).collect();
        let mut devices = machine.bases.iter().flat_map(|base| &base.devices);
        !written_off.is_empty() && devices.any(|device| written_off.contains(&key(&device.id)))
    }

    /// As the rule wants it. `machine` is the whole of it, also for one base: a device may have been seen in another.
    pub fn facts(&self, machine: &Machine, now: &Zoned) -> Facts<'_> {
        let last_seen = LastSeen::of(machine, now.time_zone());
        Facts {
            records: ByDevice::of(&self.records, &in_force(&self.written_off, &last_seen)),
            last_seen,
            computer: Some(&self.computer),
            today: now.date(),
            no_data: self.no_data,
            warn_days: self.warn_days,
        }
    }
}

/// Who is written off by the journal. One that others than administrators may have written takes no device out.
fn written_off_by(os: &dyn Os, journal_path: &Path, zone: &TimeZone) -> Result<Vec<WrittenOff>, Error> {
    if journal_path.exists() && os.only_administrators_may_write(journal_path) == Some(false) {
        return Err(Error::OthersMayWrite { path: journal_path.to_path_buf() });
    }
    let journal = journal::read(journal_path).map_err(Error::Journal)?;
    Ok(written_off(&journal.entries, zone))
}
