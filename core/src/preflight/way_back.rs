//! Whether the platform could be put back: its installer is kept, or was fetched and there is room to keep it.

use std::cmp::Ordering;

use super::Around;
use super::point::{Pass, Points, Space, Warning};
use super::space::Demand;
use crate::os::Os;
use crate::paths::Paths;
use crate::plan::{InstallerPlan, InstallerTarget};
use crate::platform::former::{Former, NotHad};
use crate::platform::installers;

pub(super) fn look(around: &Around<'_>, plan: &InstallerPlan, demand: &mut Demand, points: &mut Points) {
    let is_platform = match plan.target {
        InstallerTarget::Platform => true,
        InstallerTarget::Updater | InstallerTarget::Wizard { .. } => false,
    };
    let Some(platform) = around.machine.platform.as_ref().filter(|_| is_platform) else { return };
    let installed = platform.version;
    if let Some(kept) = installers::of_version(around.os, around.paths, installed) {
        points.passes.push(Pass::WayBack { installed, path: kept.path });
        return;
    }
    let why = match &plan.former {
        Former::StepBefore => return,
        Former::NotSought => None,
        Former::NotHad(why) => Some(why.clone()),
        // Somebody has changed the platform meanwhile.
        Former::Fetched(package)
            if package.release.version.platform_cmp(&installed) != Some(Ordering::Equal) =>
        {
            None
        }
        Former::Fetched(package) => {
            let bytes = package.verified.size();
            match demand.stays_if_it_fits(around.os, &around.paths.platform_dir(), bytes) {
                Ok(()) => {
                    points.passes.push(Pass::WayBackFetched { installed, bytes });
                    return;
                }
                Err(space) => Some(no_room(space)),
            }
        }
    };
    points.warnings.push(Warning::NoWayBack { installed, why });
}

/// Whether there is the room to fetch the installer of the installed platform and to keep it, beside everything that the
/// newer one takes from now on: it is no use to have it where the update itself has no room any more because of it.
/// `bytes`: of its file; where the source does not say, as many as the newer one has.
pub fn room_for_former(
    os: &dyn Os,
    paths: &Paths,
    bytes: Option<u64>,
    newer_bytes: u64,
) -> Result<(), NotHad> {
    let bytes = bytes.unwrap_or(newer_bytes);
    let mut demand = Demand::default();
    demand.stays(&paths.downloads_dir, bytes);
    // Of the newer one there will be a copy that nobody can change, and one that is kept.
    demand.stays(&paths.machine_dir, newer_bytes.saturating_mul(2));
    demand.stays_if_it_fits(os, &paths.platform_dir(), bytes).map_err(no_room)
}

/// Whether there still is the room to keep it, right before that is done.
pub(crate) fn has_room(os: &dyn Os, paths: &Paths, bytes: u64) -> bool {
    Demand::default().stays_if_it_fits(os, &paths.platform_dir(), bytes).is_ok()
}

fn no_room(space: Space) -> NotHad {
    let Space { dir, needed_bytes, free_bytes } = space;
    NotHad::NoRoom { dir, needed_bytes, free_bytes }
}
