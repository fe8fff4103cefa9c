//! The mobile devices of a base: the folders in its `Connections`, and when each was last seen.
//!
//! A folder for each device is documented; that its newest modification time tells when the device was
//! last connected is inferred. The walk is bounded in depth and number, and follows no links, so that
//! nothing in a base's folder can lead it astray. Deliberately not here: what a date means for a
//! subscription.

use std::io;
use std::path::Path;

use jiff::Timestamp;
use walkdir::{DirEntry, WalkDir};

use crate::machine::Device;

/// Levels below `Connections`: the device, and three in its folder.
const DEEPEST: usize = 4;
/// Entries looked at for one base.
const MOST_ENTRIES: usize = 10_000;

/// What is known of a base's devices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Devices {
    /// By name.
    pub devices: Vec<Device>,
    /// What kept the list from being complete, if anything did.
    pub incomplete: Option<String>,
}

/// Lists the devices of a `Connections` folder.
pub fn list(connections_dir: &Path) -> Devices {
    let mut found = Devices::default();
    let walk = WalkDir::new(connections_dir).min_depth(1).max_depth(DEEPEST).sort_by_file_name();
    for (index, entry) in walk.into_iter().enumerate() {
        if index == MOST_ENTRIES {
            found.incomplete = Some(format!("More than {MOST_ENTRIES} entries"));
            break;
        }
        match entry {
            Ok(entry) => take(&entry, &mut found.devices),
            Err(error) => {
                let detail = error.io_error().map_or_else(|| error.to_string(), io::Error::to_string);
                found.incomplete = Some(detail);
            }
        }
    }
    found
}

/// The walk gives a device's folder first and then all that is in it.
fn take(entry: &DirEntry, devices: &mut Vec<Device>) {
    if entry.depth() == 1 && entry.file_type().is_dir() {
        let id = entry.file_name().to_string_lossy().into_owned();
        devices.push(Device { id, last_seen: modified(entry) });
    } else if entry.depth() > 1
        && entry.file_type().is_file()
        && let Some(device) = devices.last_mut()
    {
        device.last_seen = device.last_seen.max(modified(entry));
    }
}

fn modified(entry: &DirEntry) -> Option<Timestamp> {
    let time = entry.metadata().ok()?.modified().ok()?;
    Timestamp::try_from(time).ok()
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::time::{Duration, SystemTime};

    use super::*;

    fn at(second: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(second)
    }

    fn set_modified(path: &Path, second: u64) {
        File::open(path).unwrap().set_modified(at(second)).unwrap();
    }

    fn device(id: &str, second: u64) -> Device {
        Device { id: id.to_owned(), last_seen: Some(at(second).try_into().unwrap()) }
    }

    #[test]
    fn a_device_was_last_seen_when_its_folder_or_a_file_in_it_changed() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["CT40-2", "CT40-1"] {
            fs::create_dir_all(dir.path().join(name).join("in")).unwrap();
        }
        fs::write(dir.path().join("CT40-1/in/document.xml"), "").unwrap();
        fs::write(dir.path().join("no device.txt"), "").unwrap();
        set_modified(&dir.path().join("CT40-1/in/document.xml"), 3000);
        set_modified(&dir.path().join("CT40-1"), 1000);
        set_modified(&dir.path().join("CT40-2"), 2000);

        let found = list(dir.path());
        assert_eq!(found.devices, [device("CT40-1", 3000), device("CT40-2", 2000)]);
        assert_eq!(found.incomplete, None);
    }

    #[test]
    fn a_folder_that_is_not_there_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let found = list(&dir.path().join("Connections"));
        assert!(found.devices.is_empty());
        assert!(found.incomplete.is_some());
    }

    #[test]
    fn more_entries_than_any_base_has_are_cut_off_and_said() {
        let dir = tempfile::tempdir().unwrap();
        for number in 0..=MOST_ENTRIES {
            fs::write(dir.path().join(format!("{number}.txt")), "").unwrap();
        }
        assert_eq!(list(dir.path()).incomplete.as_deref(), Some("More than 10000 entries"));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_no_devices_and_lead_nowhere() {
        let dir = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join("new"), "").unwrap();
        fs::create_dir(dir.path().join("device")).unwrap();
        set_modified(&dir.path().join("device"), 1000);
        std::os::unix::fs::symlink(elsewhere.path(), dir.path().join("linked")).unwrap();
        std::os::unix::fs::symlink(elsewhere.path().join("new"), dir.path().join("device/new")).unwrap();
        set_modified(&dir.path().join("device"), 1000);

        let found = list(dir.path());
        assert_eq!(found.devices, [device("device", 1000)]);
    }
}
