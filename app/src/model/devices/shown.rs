//! Which devices are shown: those of a kind whose name, base or product has the text.

use smarts_core::devices::Compatibility;
use smarts_core::devices::overview::{BaseDevices, DeviceState, Followed, Overview};

/// Which devices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeviceFilter {
    /// Every one.
    #[default]
    All,
    /// Those that work now and would not with the release of the platform that is offered.
    Stops,
    /// Those that do not connect.
    TooOld,
    /// Those of which it is not known that they have followed the last update of the platform.
    NotFollowed,
}

impl DeviceFilter {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::All, Self::Stops, Self::TooOld, Self::NotFollowed];

    /// Whether it lets a device through.
    pub fn takes(self, device: &DeviceState) -> bool {
        match self {
            Self::All => true,
            Self::Stops => device.stops(),
            Self::TooOld => device.now == Some(Compatibility::AppTooOld),
            Self::NotFollowed => device.followed.is_some_and(|followed| followed != Followed::Yes),
        }
    }
}

/// A base, and which of its devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownBase {
    /// Its place in the overview.
    pub base: usize,
    /// Places of its devices.
    pub devices: Vec<usize>,
}

/// What is shown, from top to bottom. A base without any of these devices is shown only where nothing is filtered.
pub(super) fn shown(overview: &Overview, filter: DeviceFilter, search: &str) -> Vec<ShownBase> {
    let wanted = search.trim().to_lowercase();
    let bases = overview.bases.iter().enumerate().filter_map(|(place, base)| {
        let devices = devices(base, filter, &wanted);
        let is_plain = filter == DeviceFilter::All && (wanted.is_empty() || has(&base.name, &wanted));
        (is_plain || !devices.is_empty()).then_some(ShownBase { base: place, devices })
    });
    bases.collect()
}

fn devices(base: &BaseDevices, filter: DeviceFilter, wanted: &str) -> Vec<usize> {
    let is_of_base = has(&base.name, wanted) || has(&base.product, wanted);
    let is_wanted = |device: &DeviceState| filter.takes(device) && (is_of_base || has(&device.id, wanted));
    base.devices.iter().enumerate().filter(|(_, device)| is_wanted(device)).map(|(place, _)| place).collect()
}

fn has(text: &str, wanted: &str) -> bool {
    text.to_lowercase().contains(wanted)
}
