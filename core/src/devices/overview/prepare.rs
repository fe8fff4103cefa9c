//! What waits for the devices of a PC, what helps them, and for which bases an app can be prepared at once.
//!
//! Deliberately not here: what an app is staged with ([`crate::devices::staging`]).

use super::{BaseDevices, DeviceState, Newest, Overview};
use crate::catalogue::Feed;
use crate::devices::gets::Gets;
use crate::devices::staged::Staged;
use crate::devices::{Compatibility, available, compatibility};
use crate::version::Version;

/// What can be done for the devices that the next platform would stop, by one app that is staged for several bases.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preparable<'a> {
    /// Bases that lack an app, which comes from the same place of a source for all of them.
    pub bases: Vec<&'a BaseDevices>,
    /// Bases that lack one, too, and get it from elsewhere: it is another app.
    pub elsewhere: Vec<&'a BaseDevices>,
    /// Bases that lack one and whose folder is not there: nothing can be staged in it.
    pub gone: Vec<&'a BaseDevices>,
}

impl Overview {
    /// Whether the platform brings along anything for Windows CE and Mobile.
    pub fn carries(&self) -> bool {
        self.carried.as_ref().is_some_and(|carried| !carried.files.is_empty())
    }

    /// What the devices are to work with: the release of the platform that is offered, else the present one.
    pub fn server_to_be(&self) -> Option<Version> {
        self.next_server.or(self.server)
    }

    /// Where a device of this base gets an app from that works with the server to be; `None`: too little is known.
    pub fn gets(&self, base: &BaseDevices, device: &DeviceState) -> Option<Gets> {
        let (app, server) = (device.app?.version, self.server_to_be()?);
        Some(Gets::of(device.system, &app, base.staged.as_ref(), self.carries(), &server))
    }

    /// Whether an Android device stops or is stopped, and no app that would help is staged for it.
    pub fn lacks_app(&self, base: &BaseDevices, device: &DeviceState) -> bool {
        device.next.or(device.now) == Some(Compatibility::AppTooOld)
            && self.gets(base, device) == Some(Gets::Nothing)
    }

    /// Whether a base hands out an app that works with the server to be.
    pub fn hands_out_fit(&self, base: &BaseDevices) -> bool {
        let staged = base.staged.as_ref().and_then(Staged::newest);
        let both = staged.zip(self.server_to_be());
        both.is_some_and(|(staged, server)| compatibility(&staged.version, &server).connects())
    }

    /// Whether the source has an app for a base that works with the server to be, or may have one: it is not known.
    pub fn source_may_help(&self, base: &BaseDevices) -> bool {
        match &base.newest {
            Newest::NotAsked | Newest::Unknown(_) => true,
            Newest::None => false,
            Newest::Release(release) => {
                self.server_to_be().is_none_or(|server| compatibility(&release.version, &server).connects())
            }
        }
    }

    /// The bases with Android devices that would stop and for which nothing is staged that would help.
    pub fn lacking(&self) -> impl Iterator<Item = &BaseDevices> {
        let lacks = |base: &BaseDevices, device: &DeviceState| device.stops() && self.lacks_app(base, device);
        self.bases.iter().filter(move |base| base.devices.iter().any(|device| lacks(base, device)))
    }

    /// What can be prepared at once of that: first where the source may help.
    pub fn preparable(&self) -> Preparable<'_> {
        let (there, gone): (Vec<_>, Vec<_>) = self.lacking().partition(|base| base.staged.is_some());
        let first = there.iter().find(|base| self.source_may_help(base)).or(there.first());
        let feed: Option<Feed> = first.map(|base| available::feed(&base.links));
        let is_of_feed = |base: &&BaseDevices| Some(available::feed(&base.links)) == feed;
        let (bases, elsewhere) = there.into_iter().partition(is_of_feed);
        Preparable { bases, elsewhere, gone }
    }
}
