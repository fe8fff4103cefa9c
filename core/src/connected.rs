//! The first connection of a mobile device to a base after its update: the sign that it works for people.
//!
//! Devices leave files in the base's `Connections` when they connect (inferred, as what [`crate::machine`] says of the
//! days they were seen). The earliest of their times after the update is taken. A device that comes again writes over
//! what it left, so what was seen first is remembered for this person; whoever looks late may see a later one.
//!
//! Deliberately not here: what a device exchanged.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::fs::{read_limited, write_atomically};
use crate::journal::{Entry, What};
use crate::machine::{Base, Machine, devices};
use crate::paths::Paths;

/// Whoever has not connected by then says nothing of the update any more.
const LONGEST: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Some hundred bytes for a base.
const LIMIT_BYTES: u64 = 4 << 20;
const CONNECTIONS: &str = "Connections";

/// The first connection after an update.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstConnection {
    /// To which base.
    pub base_id: String,
    /// When it was updated, by the journal.
    pub updated_at: Timestamp,
    /// Which device.
    pub device: String,
    /// When it connected.
    pub at: Timestamp,
}

/// For every base of the machine that was updated in the last two weeks and has been connected to since. What is new is
/// remembered, as far as it can be.
pub fn first_connections(
    paths: &Paths,
    machine: &Machine,
    journal: &[Entry],
    now: Timestamp,
) -> Vec<FirstConnection> {
    let path = paths.first_connections_path();
    let known = read(&path);
    let found: Vec<FirstConnection> = machine
        .bases
        .iter()
        .filter_map(|base| {
            let updated_at = updated_at(journal, &base.id)?;
            if now.duration_since(updated_at) > LONGEST {
                return None;
            }
            let is_it = |one: &&FirstConnection| one.base_id == base.id && one.updated_at == updated_at;
            known.iter().find(is_it).cloned().or_else(|| look(base, updated_at))
        })
        .collect();
    if found != known
        && let Err(error) = serde_json::to_vec(&found)
            .map_err(std::io::Error::from)
            .and_then(|bytes| write_atomically(&path, &bytes))
    {
        tracing::warn!(%error, "First connections are not remembered");
    }
    found
}

/// When a base was updated last, unless it has gone back since. One that was to go back and did not is still updated.
fn updated_at(journal: &[Entry], base_id: &str) -> Option<Timestamp> {
    let mut of_base = journal.iter().rev().filter(|entry| entry.subject == base_id);
    let last =
        of_base.find(|entry| matches!(entry.what, What::Updated | What::WentBack | What::WentBackWhole))?;
    (last.what == What::Updated).then_some(last.time)
}

fn look(base: &Base, updated_at: Timestamp) -> Option<FirstConnection> {
    // They were listed with the machine; mostly nobody has been there.
    if !base.devices.iter().any(|device| device.last_seen.is_some_and(|seen| seen > updated_at)) {
        return None;
    }
    let (device, at) = devices::first_after(&base.dir.as_deref()?.join(CONNECTIONS), updated_at)?;
    Some(FirstConnection { base_id: base.id.clone(), updated_at, device, at })
}

fn read(path: &Path) -> Vec<FirstConnection> {
    let bytes = read_limited(path, LIMIT_BYTES).ok().flatten();
    bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::{Duration, SystemTime};

    use smarts_tests::machine_root::{self as pc, BaseSpec};

    use super::*;
    use crate::os::MachineRoot;
    use crate::{fixtures, machine};

    fn at(second: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(second)
    }

    fn time(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn entry(what: What, second: i64) -> Entry {
        Entry { subject: "main".into(), what, time: time(second), ..fixtures::entry() }
    }

    struct Pc {
        root: pc::MachineRoot,
        os: MachineRoot,
        paths: Paths,
    }

    /// With these devices, each with a file of this time.
    fn pc(devices: &[(&str, u64)]) -> Pc {
        let devices = devices.iter().map(|(name, second)| ((*name).to_owned(), at(*second))).collect();
        let spec = BaseSpec { devices, ..BaseSpec::new("main", "Основной склад") };
        let root = pc::MachineRoot::new().unwrap().base(&spec).unwrap();
        let os = MachineRoot::open(root.path()).unwrap();
        let paths = Paths::below(&os, &root.path().join("person"));
        Pc { root, os, paths }
    }

    impl Pc {
        fn found(&self, journal: &[Entry], now: i64) -> Vec<(String, Timestamp)> {
            let found = first_connections(&self.paths, &machine::read(&self.os), journal, time(now));
            found.into_iter().map(|one| (one.device, one.at)).collect()
        }

        fn seen(&self, device: &str, second: u64) {
            let dir = self.root.locate(r"C:\ProgramData\Cleverence\Databases\main\Connections").join(device);
            for path in [dir.join("state.xml"), dir] {
                fs::File::open(path).unwrap().set_modified(at(second)).unwrap();
            }
        }
    }

    #[test]
    fn the_earliest_device_after_the_update_is_told_and_stays_told() {
        let pc = pc(&[("ТСД 1", 900), ("ТСД 2", 1200), ("ТСД 3", 1100)]);
        let journal = [entry(What::Updated, 1000)];
        let first = [("ТСД 3".to_owned(), time(1100))];
        assert_eq!(pc.found(&journal, 2000), first);
        pc.seen("ТСД 3", 1900);
        assert_eq!(pc.found(&journal, 2000), first, "it has come again");
        let again = [journal[0].clone(), entry(What::Updated, 1500)];
        assert_eq!(pc.found(&again, 2000), [("ТСД 3".to_owned(), time(1900))], "another update");
    }

    #[test]
    fn nothing_is_told_of_bases_nobody_has_connected_to_or_that_have_gone_back() {
        let pc = pc(&[("ТСД 1", 900), ("ТСД 2", 1200)]);
        assert_eq!(pc.found(&[], 2000), []);
        assert_eq!(pc.found(&[entry(What::Updated, 1300)], 2000), []);
        let back = [entry(What::Updated, 1000), entry(What::WentBack, 1100)];
        assert_eq!(pc.found(&back, 2000), []);
        assert_eq!(pc.found(&[entry(What::Updated, 1000)], 1000 + 15 * 86_400), [], "long ago");
    }

    #[test]
    fn a_going_back_that_came_to_nothing_leaves_the_update_and_its_first_connection() {
        let pc = pc(&[("ТСД 1", 1200)]);
        let journal = [(What::Updated, 1000), (What::GoingBack, 1300), (What::NotGoneBack, 1301)]
            .map(|(what, at)| entry(what, at));
        assert_eq!(pc.found(&journal, 2000), [("ТСД 1".to_owned(), time(1200))]);
    }

    #[test]
    fn what_is_remembered_and_is_no_memory_is_looked_at_anew() {
        let pc = pc(&[("ТСД 1", 1200)]);
        let path = pc.paths.first_connections_path();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "nonsense").unwrap();
        assert_eq!(pc.found(&[entry(What::Updated, 1000)], 2000), [("ТСД 1".to_owned(), time(1200))]);
    }
}
