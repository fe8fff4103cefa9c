//! Mobile devices that a new platform stops until their app is updated, and whether that app is waiting for them.
//!
//! What is staged in a base's folder is read here, so this is known where a plan is looked at and not where offers are
//! made. Deliberately not here: which devices stop ([`crate::devices::app`]), and what waits for one
//! ([`crate::devices::gets`]).

use std::collections::BTreeMap;

use super::Points;
use super::point::{Stopping, Warning};
use crate::devices::gets::Gets;
use crate::devices::staged::{self, Staged};
use crate::devices::{app, carried};
use crate::machine::Machine;
use crate::os::Os;
use crate::version::Version;

impl Points {
    /// `server`: the platform's version to be.
    pub(super) fn devices(&mut self, os: &dyn Os, machine: &Machine, server: &Version) {
        let Some(platform) = &machine.platform else { return };
        // A platform that hands out nothing today is not expected to after its update.
        let carries = carried::carried(os, platform).is_some_and(|carried| !carried.files.is_empty());
        let mut folders: BTreeMap<&str, Option<Staged>> = BTreeMap::new();
        let mut devices: BTreeMap<&str, Stopping> = BTreeMap::new();
        for one in app::that_stop(machine, platform, server) {
            let folder = || one.base.dir.as_deref().map(staged::read);
            let staged = folders.entry(&one.base.id).or_insert_with(folder).as_ref();
            let name = &one.device.id;
            let found = Stopping {
                name: name.clone(),
                is_assumed: one.app.is_assumed(),
                gets: Gets::of(one.device.system, &one.app.version, staged, carries, server),
            };
            // A device of several bases works again when it does in all of them.
            let known = devices.entry(name).or_insert_with(|| found.clone());
            known.is_assumed |= found.is_assumed;
            known.gets = known.gets.min(found.gets);
        }
        if !devices.is_empty() {
            self.warnings.push(Warning::DevicesStop { devices: devices.into_values().collect() });
        }
    }
}
