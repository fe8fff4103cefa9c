//! The mobile devices of a base: the folders in its `Connections`, and when each was last seen.
//!
//! A folder for each device is documented; that its newest modification time tells when the device was
//! last connected is inferred. All folders are listed; only the walk through their files, for the dates and for what the
//! newest say of the device ([`super::device_app`]), is bounded in depth and number. Neither follows links, so that nothing
//! in a base's folder can lead it astray. Deliberately not here: what a date means for a subscription.

use std::cmp::Reverse;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use walkdir::{DirEntry, WalkDir};

use super::device_app;
use crate::machine::Device;

/// Levels below a device's folder.
const DEEPEST: usize = 3;
/// Entries in the folders of one base's devices that are looked at.
const MOST_ENTRIES: usize = 10_000;

/// What is known of a base's devices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Devices {
    /// By name.
    pub devices: Vec<Device>,
    /// What kept the list from being complete, if anything did: there may be more devices.
    pub incomplete: Option<String>,
    /// Why some of them may have been seen later than is said.
    pub dates_incomplete: Option<String>,
}

/// Lists the devices of a `Connections` folder.
pub fn list(connections_dir: &Path) -> Devices {
    let mut found = Devices::default();
    let folders = WalkDir::new(connections_dir).min_depth(1).max_depth(1).sort_by_file_name();
    let mut dirs = Vec::new();
    for entry in folders {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {
                let id = entry.file_name().to_string_lossy().into_owned();
                found.devices.push(Device { id, last_seen: modified(&entry), ..Device::default() });
                dirs.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => found.incomplete = Some(detail(&error)),
        }
    }
    let mut left = MOST_ENTRIES;
    let mut budget = device_app::Budget::default();
    for (device, dir) in found.devices.iter_mut().zip(&dirs) {
        let mut files = Files::default();
        for entry in WalkDir::new(dir).min_depth(1).max_depth(DEEPEST).sort_by_file_name() {
            if left == 0 {
                found.dates_incomplete = Some(format!("More than {MOST_ENTRIES} entries"));
                return found;
            }
            left -= 1;
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    let at = modified(&entry);
                    device.last_seen = device.last_seen.max(at);
                    files.take(entry, at);
                }
                Ok(_) => {}
                Err(error) => found.dates_incomplete = Some(detail(&error)),
            }
        }
        (device.app, device.system) = device_app::read(&files.newest_first(), &mut budget);
    }
    found
}

/// The files right in a device's folder that may say something of it.
#[derive(Default)]
struct Files(Vec<(Reverse<Option<Timestamp>>, PathBuf, u64)>);

impl Files {
    fn take(&mut self, entry: DirEntry, at: Option<Timestamp>) {
        let is_of_interest = entry.depth() == 1 && device_app::is_of_interest(entry.path());
        if let Some(facts) = is_of_interest.then(|| entry.metadata().ok()).flatten() {
            self.0.push((Reverse(at), entry.into_path(), facts.len()));
        }
    }

    /// Of files of the same moment always the same one first.
    fn newest_first(mut self) -> Vec<(PathBuf, u64)> {
        self.0.sort();
        self.0.into_iter().map(|(_, path, size_bytes)| (path, size_bytes)).collect()
    }
}

/// The device that left something in a `Connections` folder earliest after a moment, and when; within the same bounds.
pub(crate) fn first_after(connections_dir: &Path, moment: Timestamp) -> Option<(String, Timestamp)> {
    let entries = WalkDir::new(connections_dir).min_depth(1).max_depth(DEEPEST + 1).sort_by_file_name();
    let entries = entries.into_iter().take(MOST_ENTRIES).filter_map(Result::ok);
    let later = entries.filter_map(|entry| {
        let is_device = entry.depth() == 1 && entry.file_type().is_dir();
        let is_of_device = entry.depth() > 1 && entry.file_type().is_file();
        let at = modified(&entry).filter(|at| (is_device || is_of_device) && *at > moment)?;
        let below = entry.path().strip_prefix(connections_dir).ok()?;
        Some((below.iter().next()?.to_string_lossy().into_owned(), at))
    });
    later.min_by_key(|(_, at)| *at)
}

fn detail(error: &walkdir::Error) -> String {
    error.io_error().map_or_else(|| error.to_string(), io::Error::to_string)
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
        Device { id: id.to_owned(), last_seen: Some(at(second).try_into().unwrap()), ..Device::default() }
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
        assert_eq!((found.incomplete, found.dates_incomplete), (None, None));
    }

    #[test]
    fn a_folder_that_is_not_there_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let found = list(&dir.path().join("Connections"));
        assert!(found.devices.is_empty());
        assert!(found.incomplete.is_some());
    }

    #[test]
    fn more_files_than_any_base_has_are_cut_off_and_said_and_hide_no_device() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["ТСД 1", "ТСД 2"] {
            fs::create_dir(dir.path().join(name)).unwrap();
        }
        for number in 0..=MOST_ENTRIES {
            fs::write(dir.path().join("ТСД 1").join(format!("{number}.txt")), "").unwrap();
        }
        let found = list(dir.path());
        let names: Vec<&str> = found.devices.iter().map(|device| device.id.as_str()).collect();
        assert_eq!(names, ["ТСД 1", "ТСД 2"]);
        assert_eq!(found.incomplete, None);
        assert_eq!(found.dates_incomplete.as_deref(), Some("More than 10000 entries"));
    }

    #[test]
    fn files_beside_the_devices_cut_nothing_off() {
        let dir = tempfile::tempdir().unwrap();
        for number in 0..=MOST_ENTRIES {
            fs::write(dir.path().join(format!("{number}.txt")), "").unwrap();
        }
        fs::create_dir(dir.path().join("ТСД 1")).unwrap();
        let found = list(dir.path());
        assert_eq!((found.devices.len(), found.incomplete, found.dates_incomplete), (1, None, None));
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
