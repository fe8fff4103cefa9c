//! Which version of the mobile app a device has, and how sure that is.
//!
//! Where a file of the device states it, that is taken. Otherwise it is assumed: the version that the base's product
//! goes with (`clientVersion`), else that of the platform, which the device works with today. An assumption is always
//! told as one.

use serde::{Deserialize, Serialize};

use super::{Compatibility, compatibility};
use crate::machine::{Base, Device, Machine, Platform};
use crate::version::Version;

/// The app of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct App {
    /// Its version.
    pub version: Version,
    /// How that is known.
    pub basis: Basis,
}

/// How the version of an app is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// A file of the device states it.
    Stated,
    /// Assumed: the base's product goes with it.
    Base,
    /// Assumed: as old as the platform.
    Platform,
}

impl App {
    /// Whether it is a guess.
    pub fn is_assumed(&self) -> bool {
        self.basis != Basis::Stated
    }
}

/// The app of a device of this base. `None`: nothing says anything.
pub fn of(device: &Device, base: &Base, platform: Option<&Platform>) -> Option<App> {
    let app = |version, basis| App { version, basis };
    device
        .app
        .map(|version| app(version, Basis::Stated))
        .or_else(|| base.client_version.map(|version| app(version, Basis::Base)))
        .or_else(|| platform.map(|platform| app(platform.version, Basis::Platform)))
}

/// A device that another version of the platform would stop.
#[derive(Clone, Debug, PartialEq)]
pub struct Stopping<'a> {
    /// In which base.
    pub base: &'a Base,
    /// Which.
    pub device: &'a Device,
    /// Its app, which connects today and would not connect then.
    pub app: App,
}

/// Devices of the bases on this PC whose app connects today and would not connect to `server`.
pub fn that_stop<'a>(machine: &'a Machine, platform: &Platform, server: &Version) -> Vec<Stopping<'a>> {
    let connects = |app: &App, server: &Version| compatibility(&app.version, server).connects();
    let managed = machine.bases.iter().filter(|base| base.is_managed());
    let devices = managed.flat_map(|base| base.devices.iter().map(move |device| (base, device)));
    let stopping = devices.filter_map(|(base, device)| {
        let app = of(device, base, Some(platform))?;
        let stops = connects(&app, &platform.version) && !connects(&app, server);
        stops.then_some(Stopping { base, device, app })
    });
    stopping.collect()
}

/// How the app and a server go together; `None` where one of them is not known.
pub fn goes_with(app: Option<App>, server: Option<&Version>) -> Option<Compatibility> {
    Some(compatibility(&app?.version, server?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

    fn version(text: &str) -> Version {
        text.parse().unwrap()
    }

    fn platform(text: &str) -> Platform {
        Platform { version: version(text), install_dir: None }
    }

    fn device(id: &str, app: Option<&str>) -> Device {
        Device { id: id.to_owned(), app: app.map(version), ..Device::default() }
    }

    #[test]
    fn what_a_device_states_goes_before_what_is_assumed() {
        let base = |client: Option<&str>| Base {
            client_version: client.map(version),
            ..fixtures::base("main", "P", "1.0")
        };
        let platform = platform("3.3.46.29552");
        let stated = of(&device("a", Some("3.4.0.1")), &base(Some("3.3.0.28766")), Some(&platform)).unwrap();
        assert_eq!(
            (stated.version, stated.basis, stated.is_assumed()),
            (version("3.4.0.1"), Basis::Stated, false)
        );
        let of_base = of(&device("a", None), &base(Some("3.3.0.28766")), Some(&platform)).unwrap();
        assert_eq!((of_base.version, of_base.basis), (version("3.3.0.28766"), Basis::Base));
        let of_platform = of(&device("a", None), &base(None), Some(&platform)).unwrap();
        assert_eq!((of_platform.version, of_platform.basis), (version("3.3.46.29552"), Basis::Platform));
        assert!(of_platform.is_assumed());
        assert_eq!(of(&device("a", None), &base(None), None), None);
    }

    #[test]
    fn a_device_stops_that_connects_today_and_would_not_afterwards() {
        let base = Base {
            client_version: Some(version("3.3.0.28766")),
            devices: vec![
                device("assumed", None),
                device("already new", Some("3.4.0.46990")),
                device("stopped long ago", Some("3.2.0.1")),
                device("old", Some("3.3.0.1")),
            ],
            ..fixtures::base("main", "P", "1.0")
        };
        let machine = Machine { bases: vec![base], ..Machine::default() };
        let stopping = that_stop(&machine, &platform("3.3.46.29552"), &version("3.4.46.40367"));
        let names: Vec<&str> = stopping.iter().map(|one| one.device.id.as_str()).collect();
        assert_eq!(names, ["assumed", "old"]);
        assert_eq!(that_stop(&machine, &platform("3.3.46.29552"), &version("3.3.46.30866")), []);
    }
}
