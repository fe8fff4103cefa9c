//! The devices of a PC, base by base: what each has, whether it works now and after the next update of the platform, what
//! the base hands out to it, and whether it has followed the last one.
//!
//! A function of what was read; [`read_staged`] alone looks at the disk. Deliberately not here: words, and the order and
//! filters of a table.

mod prepare;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::app::{self, App};
use super::available::{self, Available};
use super::carried::Carried;
use super::staged::{self, Staged};
use super::{Compatibility, compatibility};
use crate::catalogue::{self, Release};
use crate::journal::{Entry, What};
use crate::machine::{AppLinks, Base, Device, Machine, System};
use crate::offer::PLATFORM;
use crate::version::Version;

pub use self::prepare::Preparable;

/// What an overview is made from.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The PC.
    pub machine: &'a Machine,
    /// The release of the platform that is offered, if one is.
    pub next_server: Option<Version>,
    /// What each base hands out, by its id ([`read_staged`]).
    pub staged: &'a BTreeMap<String, Staged>,
    /// What the source has.
    pub available: &'a [Available],
    /// What the platform brings along.
    pub carried: Option<&'a Carried>,
    /// When the platform became what it is, if that is known ([`platform_updated_at`]).
    pub updated_at: Option<Timestamp>,
}

/// The devices of a PC.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// The platform's version, which the devices work with.
    pub server: Option<Version>,
    /// The release of the platform that is offered, if one is.
    pub next_server: Option<Version>,
    /// When the platform became what it is, if that is known.
    pub updated_at: Option<Timestamp>,
    /// What the platform brings along for Windows CE and Mobile.
    pub carried: Option<Carried>,
    /// Those that are updated here and have devices, or something staged; in the machine's order.
    pub bases: Vec<BaseDevices>,
}

/// The devices of a base.
#[derive(Clone, Debug, PartialEq)]
pub struct BaseDevices {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its product.
    pub product: String,
    /// By name.
    pub devices: Vec<DeviceState>,
    /// Whether there may be more devices.
    pub is_incomplete: bool,
    /// What it hands out; `None`: it was not looked at.
    pub staged: Option<Staged>,
    /// The app of the source that goes with the server, or with the one that is offered.
    pub newest: Newest,
    /// Where its product's description sends people.
    pub links: AppLinks,
}

/// The app of the source that suits a base.
#[derive(Clone, Debug, PartialEq)]
pub enum Newest {
    /// Nobody has asked.
    NotAsked,
    /// The source has none above what the devices have, or no such list at all.
    None,
    /// This one.
    Release(Box<Release>),
    /// It could not be looked up. Never to be taken for none.
    Unknown(catalogue::Error),
}

/// A device, and what is known of its app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceState {
    /// Its name.
    pub id: String,
    /// When it was connected last.
    pub last_seen: Option<Timestamp>,
    /// What it runs, where that is known.
    pub system: Option<System>,
    /// Its app, or what is assumed of that.
    pub app: Option<App>,
    /// How that goes with the platform; `None`: one of them is not known.
    pub now: Option<Compatibility>,
    /// How it goes with the release of the platform that is offered; `None` also where none is.
    pub next: Option<Compatibility>,
    /// What it is offered.
    pub offered: Option<Offered>,
    /// Whether it has followed the last update of the platform; `None`: none is known of.
    pub followed: Option<Followed>,
}

/// What a device is offered when it asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum Offered {
    /// What is staged in the base's folder, where an Android device finds it.
    Staged {
        /// Its version.
        version: Version,
    },
    /// What the platform brings along, at the next exchange of a device with Windows CE or Mobile.
    Platform {
        /// Assumed: the platform's version.
        version: Version,
    },
}

/// Whether a device has followed an update of the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Followed {
    /// It states an app that works with the platform.
    Yes,
    /// It was connected since; which app it has it does not state.
    Seen,
    /// It states an app that does not work with the platform.
    No,
    /// It was not connected since.
    NotSeen,
}

impl Overview {
    /// Puts together what is known.
    pub fn of(sources: &Sources<'_>) -> Self {
        let server = sources.machine.platform.as_ref().map(|platform| platform.version);
        let bases = sources.machine.bases.iter().filter(|base| base.is_managed());
        let bases = bases.map(|base| BaseDevices::of(base, server, sources));
        Self {
            server,
            next_server: sources.next_server,
            updated_at: sources.updated_at,
            carried: sources.carried.cloned(),
            bases: bases.filter(BaseDevices::is_of_interest).collect(),
        }
    }

    /// The base with this id.
    pub fn base(&self, id: &str) -> Option<&BaseDevices> {
        self.bases.iter().find(|base| base.id == id)
    }

    /// Devices that work now and would not with the release of the platform that is offered.
    pub fn stopping(&self) -> impl Iterator<Item = (&BaseDevices, &DeviceState)> {
        let devices =
            self.bases.iter().flat_map(|base| base.devices.iter().map(move |device| (base, device)));
        devices.filter(|(_, device)| device.stops())
    }
}

impl BaseDevices {
    fn of(base: &Base, server: Option<Version>, sources: &Sources<'_>) -> Self {
        let staged = sources.staged.get(&base.id).cloned();
        let device = |device| DeviceState::of(device, base, server, staged.as_ref(), sources);
        Self {
            id: base.id.clone(),
            name: base.name.clone(),
            product: base.product.clone(),
            devices: base.devices.iter().map(device).collect(),
            is_incomplete: base.devices_incomplete,
            newest: Newest::of(base, sources.next_server.or(server), sources.available),
            links: base.app_links.clone(),
            staged,
        }
    }

    /// Without devices, and with nothing staged, there is nothing to say of a base.
    fn is_of_interest(&self) -> bool {
        let has_staged =
            |staged: &Staged| staged.list != staged::List::Missing || !staged.unlisted.is_empty();
        !self.devices.is_empty() || self.is_incomplete || self.staged.as_ref().is_some_and(has_staged)
    }

    /// Whether the app of the source is staged already, or something above it: whether that helps is another question
    /// ([`Overview::gets`]).
    pub fn has_newest_staged(&self) -> bool {
        let staged = self.staged.as_ref().and_then(Staged::newest);
        let (Some(staged), Newest::Release(newest)) = (staged, &self.newest) else { return false };
        staged.version >= newest.version
    }
}

impl Newest {
    fn of(base: &Base, server: Option<Version>, available: &[Available]) -> Self {
        match available::for_base(available, base).map(|available| &available.releases) {
            None => Self::NotAsked,
            Some(Err(error)) => Self::Unknown(error.clone()),
            Some(Ok(releases)) => {
                let chosen = available::choose(releases, server.as_ref());
                chosen.map_or(Self::None, |release| Self::Release(Box::new(release.clone())))
            }
        }
    }
}

impl DeviceState {
    fn of(
        device: &Device,
        base: &Base,
        server: Option<Version>,
        staged: Option<&Staged>,
        sources: &Sources<'_>,
    ) -> Self {
        let app = app::of(device, base, sources.machine.platform.as_ref());
        Self {
            id: device.id.clone(),
            last_seen: device.last_seen,
            system: device.system,
            app,
            now: app::goes_with(app, server.as_ref()),
            next: app::goes_with(app, sources.next_server.as_ref()),
            offered: app.and_then(|app| offered(device, &app.version, staged, sources.carried)),
            followed: sources.updated_at.map(|at| followed(device, server, at)),
        }
    }

    /// Whether it works now and would not with the release of the platform that is offered.
    pub fn stops(&self) -> bool {
        self.now.is_none_or(Compatibility::connects) && self.next == Some(Compatibility::AppTooOld)
    }
}

/// One whose system is not known is taken for Android, which most are: what is staged is for it alone if it asks.
fn offered(
    device: &Device,
    app: &Version,
    staged: Option<&Staged>,
    carried: Option<&Carried>,
) -> Option<Offered> {
    match device.system {
        Some(System::WindowsCe) => {
            let carried = carried.filter(|carried| !carried.files.is_empty())?;
            // Builds of the app and of the platform count apart from each other: the first two numbers say more.
            let is_newer = carried.version.major_minor() > app.major_minor();
            is_newer.then_some(Offered::Platform { version: carried.version })
        }
        Some(System::Android) | None => {
            let version = staged?.offered_to(app)?.version;
            Some(Offered::Staged { version })
        }
    }
}

fn followed(device: &Device, server: Option<Version>, updated_at: Timestamp) -> Followed {
    let stated = device.app.zip(server).map(|(app, server)| compatibility(&app, &server));
    let is_seen = device.last_seen.is_some_and(|seen| seen > updated_at);
    match stated {
        Some(Compatibility::Matches | Compatibility::AppNewer) => Followed::Yes,
        // What it states may be older than the update.
        Some(Compatibility::AppTooOld) if is_seen => Followed::No,
        None if is_seen => Followed::Seen,
        Some(Compatibility::AppTooOld) | None => Followed::NotSeen,
    }
}

/// When the platform became what it is, by the journal: a version that somebody else has installed is not known of.
pub fn platform_updated_at(machine: &Machine, journal: &[Entry]) -> Option<Timestamp> {
    let installed = machine.platform.as_ref()?.version;
    let of_platform = |entry: &&Entry| {
        entry.subject == PLATFORM && matches!(entry.what, What::Updated | What::RebootPending)
    };
    let last = journal.iter().rev().find(of_platform)?;
    (last.to == Some(installed)).then_some(last.time)
}

/// Reads what the bases of a PC hand out, by their ids; those whose folder is not there are left out.
pub fn read_staged(machine: &Machine) -> BTreeMap<String, Staged> {
    let managed = machine.bases.iter().filter(|base| base.is_managed());
    let read = managed.filter_map(|base| Some((base.id.clone(), staged::read(base.dir.as_deref()?))));
    read.collect()
}

#[cfg(test)]
mod tests;
