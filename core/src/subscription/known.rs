//! All that is known of subscriptions on a PC, as it is handed from where it is read to where it is judged.
//!
//! Deliberately not here: what is said of an item ([`crate::offer::cover`]).

use jiff::Zoned;
use jiff::tz::TimeZone;

use super::{
    ByDevice, Error, Facts, LineFault, NoData, Reading, Record, WrittenOff, in_force, load, written_off,
};
use crate::journal::{self, Entry};
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
        let (written_off, unread_journal) = match entries(os, paths) {
            Ok(entries) => (written_off(&entries, zone), None),
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
        in_force(&self.written_off, machine, now.time_zone())
    }

    /// As the rule wants it.
    pub fn facts(&self, machine: &Machine, now: &Zoned) -> Facts<'_> {
        Facts {
            records: ByDevice::of(&self.records, &self.written_off_now(machine, now)),
            computer: Some(&self.computer),
            today: now.date(),
            zone: now.time_zone().clone(),
            no_data: self.no_data,
            warn_days: self.warn_days,
        }
    }
}

/// Whoever could write there could write off what stands in the way of a release.
fn entries(os: &dyn Os, paths: &Paths) -> Result<Vec<Entry>, Error> {
    let path = paths.journal_path();
    if path.exists() && os.only_administrators_may_write(&path) == Some(false) {
        return Err(Error::OthersMayWrite { path });
    }
    journal::read(&path).map(|journal| journal.entries).map_err(Error::Journal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::OpenToAll;
    use crate::subscription::{Edit, EditError, edit};

    #[test]
    fn a_journal_that_others_than_administrators_may_write_writes_nobody_off() {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::below(&OpenToAll, dir.path());
        let load = || Subscriptions::load(&OpenToAll, &paths, &Settings::default(), &TimeZone::UTC);
        assert!(load().1.is_none());
        let now = "2026-11-22T09:00:00Z".parse().unwrap();
        let write_off = Edit::WriteOff { devices: vec!["a".into()] };
        edit(&OpenToAll, &paths, &write_off, now, &|_| ()).unwrap();
        let refused = edit(&OpenToAll, &paths, &write_off, now, &|_| ());
        assert!(matches!(refused, Err(EditError::List(Error::OthersMayWrite { .. }))));
        let (known, error) = load();
        assert!(matches!(error, Some(Error::OthersMayWrite { path }) if path == paths.journal_path()));
        assert!(known.written_off.is_empty());
    }
}
