//! All that is known of subscriptions on a PC, as it is handed from where it is read to where it is judged.
//!
//! Deliberately not here: what is said of an item ([`crate::offer::cover`]).

use std::collections::HashSet;
use std::path::Path;

use jiff::Zoned;
use jiff::tz::TimeZone;

use super::names::key;
use super::store::is_there;
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
    /// Whether there is a list and it is not used: then what nobody can tell is a stop whatever the settings say, for
    /// a subscription that is known to have ended would have been one.
    pub is_unread: bool,
    /// Lines of it that are none.
    pub faults: Vec<LineFault>,
    /// Devices that are not to count, whether they were seen since or not.
    pub written_off: Vec<WrittenOff>,
    /// This PC's name; empty where it is not known.
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
            is_unread: unread.is_some(),
            faults,
            written_off,
            computer: os.computer_name().unwrap_or_default(),
            no_data: settings.subscription_unknown,
            warn_days: settings.subscription_warn_days.days(),
        };
        (subscriptions, unread.or(unread_journal))
    }

    /// Nothing known, for a PC of this name.
    pub fn nothing(computer: &str) -> Self {
        Self {
            records: Vec::new(),
            is_unread: false,
            faults: Vec::new(),
            written_off: Vec::new(),
            computer: computer.to_owned(),
            no_data: NoData::default(),
            warn_days: WarnDays::default().days(),
        }
    }

    /// The devices that are written off and have not been seen since.
    pub fn written_off_now(&self, machine: &Machine, now: &Zoned) -> Vec<WrittenOff> {
        in_force(&self.written_off, &LastSeen::of(machine, now.time_zone()), now.date())
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
            records: ByDevice::of(&self.records, &in_force(&self.written_off, &last_seen, now.date())),
            last_seen,
            computer: Some(self.computer.as_str()).filter(|name| !name.is_empty()),
            today: now.date(),
            is_unread: self.is_unread,
            no_data: self.no_data,
            warn_days: self.warn_days,
        }
    }
}

/// Who is written off by the journal. One that others than administrators may have written takes no device out.
fn written_off_by(os: &dyn Os, journal_path: &Path, zone: &TimeZone) -> Result<Vec<WrittenOff>, Error> {
    if !is_there(os, journal_path)? {
        return Ok(Vec::new());
    }
    let journal = journal::read(journal_path).map_err(Error::Journal)?;
    Ok(written_off(&journal.entries, zone))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use jiff::Timestamp;

    use super::*;
    use crate::fixtures::{self, OpenToAll, base};
    use crate::journal::{Entry, What};
    use crate::machine::{Device, registry_file};
    use crate::os::{
        COMPUTER_NAME_KEY, Identity, Installer, InstallerExit, InstallerFault, LocateFault, MachineRoot,
        RegistryFault, Signature,
    };
    use crate::subscription::{Edit, EditError, edit, save};

    /// A machine root, and what only others than administrators can have written.
    struct Host {
        root: MachineRoot,
        open: Option<PathBuf>,
    }

    impl Os for Host {
        fn registry_value(&self, key: &str, name: &str) -> Result<Option<String>, RegistryFault> {
            self.root.registry_value(key, name)
        }
        fn locate(&self, windows_path: &str) -> Result<PathBuf, LocateFault> {
            self.root.locate(windows_path)
        }
        fn machine_root(&self) -> Option<&Path> {
            self.root.machine_root()
        }
        fn only_administrators_may_write(&self, path: &Path) -> Option<bool> {
            Some(self.open.as_deref() != Some(path))
        }
        fn signature(&self, path: &Path) -> Signature {
            self.root.signature(path)
        }
        fn identity(&self) -> Identity {
            self.root.identity()
        }
        fn run_installer(&self, installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
            self.root.run_installer(installer)
        }
    }

    fn record(device: &str) -> Record {
        Record::of(device, "", "2026-11-01", "", "").unwrap()
    }

    /// A PC whose list names two devices, of which the journal says that one is written off.
    fn pc() -> (tempfile::TempDir, Host, Paths) {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("C")).unwrap();
        let host = Host { root: MachineRoot::open(dir.path()).unwrap(), open: None };
        let paths = Paths::below(&host, &dir.path().join("person"));
        journal::prepare(&paths.journal_path()).unwrap();
        save(&paths.subscriptions_path(), &[record("ТСД 1"), record("ТСД 2")]).unwrap();
        let (what, time) = (What::WrittenOff, "2026-11-01T22:00:00Z".parse().unwrap());
        let entry = Entry { what, time, subject: "ТСД 2".to_owned(), ..fixtures::entry() };
        journal::append(&paths.journal_path(), &entry).unwrap();
        (dir, host, paths)
    }

    fn read(host: &Host, paths: &Paths) -> (Subscriptions, Option<Error>) {
        Subscriptions::load(host, paths, &Settings::default(), &TimeZone::UTC)
    }

    fn devices(known: &Subscriptions) -> Vec<&str> {
        known.records.iter().map(|record| record.device.as_str()).collect()
    }

    #[test]
    fn what_is_known_is_read_from_the_list_the_journal_and_the_settings() {
        let (_dir, host, paths) = pc();
        let (known, error) = read(&host, &paths);
        assert!(error.is_none(), "{error:?}");
        assert_eq!(devices(&known), ["ТСД 1", "ТСД 2"]);
        let [off] = &known.written_off[..] else { panic!("{known:?}") };
        assert_eq!((off.device.as_str(), off.day.to_string()), ("ТСД 2", "2026-11-01".to_owned()));
        assert_eq!((known.no_data, known.warn_days), (NoData::Warn, 30));
        assert_eq!(known.computer, host.identity().computer);
    }

    #[test]
    fn of_a_folder_that_stands_for_a_pc_the_hosts_name_says_nothing() {
        let (_dir, Host { root, .. }, paths) = pc();
        let load = || Subscriptions::load(&root, &paths, &Settings::default(), &TimeZone::UTC).0;
        let unknown = load();
        assert_eq!(unknown.computer, "");
        let now = Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC);
        assert_eq!(unknown.facts(&Machine::default(), &now).computer, None);
        let path = root.registry_path().unwrap();
        registry_file::set_value(&path, COMPUTER_NAME_KEY, "ComputerName", "SKLAD-PC").unwrap();
        let known = load();
        assert_eq!(known.facts(&Machine::default(), &now).computer, Some("SKLAD-PC"));
    }

    #[test]
    fn where_nothing_was_ever_entered_nothing_is_known_and_nothing_is_wrong() {
        let (_dir, host, paths) = pc();
        for path in [paths.subscriptions_path(), paths.journal_path()] {
            std::fs::remove_file(path).unwrap();
        }
        let (known, error) = read(&host, &paths);
        assert!(error.is_none(), "{error:?}");
        assert_eq!(known, Subscriptions::nothing(&known.computer));
    }

    #[test]
    fn what_others_than_administrators_may_have_written_says_nothing_and_the_other_counts() {
        let (_dir, host, paths) = pc();
        let open = Host { open: Some(paths.journal_path()), ..host };
        let (known, error) = read(&open, &paths);
        assert!(matches!(error, Some(Error::OthersMayWrite { path }) if path == paths.journal_path()));
        assert_eq!((devices(&known), &known.written_off[..]), (vec!["ТСД 1", "ТСД 2"], &[][..]));
        assert!(!known.is_unread, "the list is used");
        let open = Host { open: Some(paths.subscriptions_path()), ..open };
        let (known, error) = read(&open, &paths);
        assert!(matches!(error, Some(Error::OthersMayWrite { path }) if path == paths.subscriptions_path()));
        assert_eq!((known.records.len(), known.written_off.len(), known.is_unread), (0, 1, true));
    }

    #[test]
    fn a_journal_that_cannot_be_read_takes_no_device_out() {
        let (_dir, host, paths) = pc();
        std::fs::remove_file(paths.journal_path()).unwrap();
        std::fs::create_dir(paths.journal_path()).unwrap();
        let (known, error) = read(&host, &paths);
        assert!(matches!(error, Some(Error::Journal(_))), "{error:?}");
        assert_eq!((devices(&known).len(), &known.written_off[..]), (2, &[][..]));
    }

    #[test]
    fn a_device_that_came_back_is_written_off_no_more_and_still_known_as_one_that_was() {
        let (_dir, host, paths) = pc();
        let (known, _) = read(&host, &paths);
        let now: Zoned = "2026-11-23T09:00[UTC]".parse().unwrap();
        let seen = |moment: &str| {
            let device = Device {
                id: "тсд 2".to_owned(),
                last_seen: Some(moment.parse().unwrap()),
                ..Device::default()
            };
            let base = crate::machine::Base { devices: vec![device], ..base("a", "P", "1.0") };
            Machine { bases: vec![base], ..Machine::default() }
        };
        let same_day = seen("2026-11-01T23:59:59Z");
        assert_eq!(known.written_off_now(&same_day, &now).len(), 1);
        let next_day = seen("2026-11-02T00:00:00Z");
        assert_eq!(known.written_off_now(&next_day, &now), []);
        assert!(known.has_written_off(&next_day));
        assert!(!known.has_written_off(&Machine::default()));
    }

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

    #[cfg(unix)]
    #[test]
    fn a_journal_that_leads_nowhere_is_a_journal_of_others_all_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::below(&OpenToAll, dir.path());
        std::fs::create_dir_all(paths.journal_path().parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(dir.path().join("not there"), paths.journal_path()).unwrap();
        let (_, error) = Subscriptions::load(&OpenToAll, &paths, &Settings::default(), &TimeZone::UTC);
        assert!(matches!(error, Some(Error::OthersMayWrite { path }) if path == paths.journal_path()));
        let write_off = Edit::WriteOff { devices: vec!["a".into()] };
        let refused = edit(&OpenToAll, &paths, &write_off, "2026-11-22T09:00:00Z".parse().unwrap(), &|_| ());
        assert!(matches!(refused, Err(EditError::List(Error::OthersMayWrite { .. }))), "{refused:?}");
    }
}
