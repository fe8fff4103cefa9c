//! What stands in the way of a plan, what a person should know, and what was found in order.
//!
//! Three times: before the download what is known then ([`early()`]); with the files, for the sheet
//! ([`points`]), again every few seconds while that is open; and what may have changed since then right before each base
//! by whoever changes it (`just_before`), beside what that looks at itself: the files' hashes, whether they go with the
//! base, the file its data server holds, subscriptions. What is a warning is not looked at then: the person has agreed
//! to it. Each look lists a base once for everything that it tells from the list. A file for each kind of point.
//! Changes nothing, closes nothing. Deliberately no words: the front ends have them.

mod coverage;
mod devices;
mod early;
mod in_use;
mod pace;
mod pc;
mod point;
mod server;
mod space;
mod templates;
mod way_back;

use std::io;
use std::path::Path;
use std::sync::Mutex;

use jiff::civil::DateTime;

use self::space::Demand;
use crate::backup::Without;
use crate::by_hand::{Hashed, Sources};
use crate::machine::{Base, Machine};
use crate::os::{Holder, Os};
use crate::paths::{self, Paths};
use crate::plan::{InstallerPlan, InstallerTarget, Plan, PlanSubject};
use crate::settings::WeekHours;
use crate::subscription::Facts;
use crate::switch::Composed;
use crate::tree;
use crate::version::Version;

pub use crate::devices::gets::Gets;
pub use coverage::{Covering, coverage};
pub use early::early;
pub(crate) use in_use::{Use, server_use};
pub use pace::Pace;
pub use point::{BaseByHand, Pass, Points, Space, Stop, Stopping, Warning};
pub(crate) use way_back::has_room as has_room_for_former;
pub use way_back::room_for_former;

/// What a plan is looked at with.
pub struct Around<'a> {
    /// The PC.
    pub os: &'a dyn Os,
    /// The whole of it, as just read.
    pub machine: &'a Machine,
    /// What subscriptions say.
    pub facts: &'a Facts<'a>,
    /// Where our own files are.
    pub paths: &'a Paths,
    /// What of a base is in no copy of it.
    pub without: &'a Without,
    /// The hours for updates that the settings name.
    pub maintenance: Option<&'a WeekHours>,
    /// In the PC's zone.
    pub now: DateTime,
    /// How fast the last update here was.
    pub pace: Pace,
    /// What was hashed before and has not changed since.
    pub hashed: &'a Mutex<Hashed>,
}

/// What plans under the same consent bring along that go before the one that is looked at.
#[derive(Debug, Default)]
pub struct Earlier {
    demand: Demand,
    /// The platform's version then, if one of them changes it.
    platform: Option<Version>,
}

impl Earlier {
    /// The platform's version by the time the next plan begins.
    fn platform(&self, machine: &Machine) -> Option<Version> {
        self.platform.or_else(|| machine.platform.as_ref().map(|platform| platform.version))
    }
}

/// Looks at a plan that comes after others, and adds it to them. The files are not hashed again here: that is done
/// right before they are used.
pub fn points(around: &Around<'_>, plan: &Plan, earlier: &mut Earlier) -> Points {
    let mut points = Points::default();
    let installed = earlier.platform(around.machine);
    let demand = &mut earlier.demand;
    if around.os.machine_root().is_none() {
        // They are brought to where nobody else can change them.
        let bytes = plan.packages().map(|package| package.verified.size()).sum();
        demand.stays(&around.paths.machine_dir, bytes);
    }
    match &plan.subject {
        PlanSubject::Template(plan) => templates::look(around, plan, installed, demand, &mut points),
        PlanSubject::Installer(plan) => {
            points.installer(around, plan);
            way_back::look(around, plan, demand, &mut points);
            if matches!(plan.target, InstallerTarget::Platform) {
                earlier.platform = Some(plan.package.release.version);
            }
        }
    }
    demand.look(around.os, &mut points);
    for covering in coverage(plan, around.machine, around.facts) {
        points.covering(covering);
    }
    pc::look(around, matches!(plan.subject, PlanSubject::Installer(_)), &mut points);
    points
}

/// What stands in the way of a base all at once although it did not when the person agreed.
pub(crate) enum Obstacle {
    /// A disk has not the room any more.
    NoSpace(Space),
    /// Nothing can be created in the base's folder.
    NotWritable(io::Error),
    /// Programs hold files that are to be replaced or removed; never empty.
    FilesHeld(Vec<Holder>),
}

/// Looks once more right before a base is changed, when its data server has been stopped: copies of earlier bases lie
/// on the disks by now, others have written there meanwhile, and somebody may have opened a file.
pub(crate) fn just_before(
    os: &dyn Os,
    backup_dir: &Path,
    without: &Without,
    base_dir: &Path,
    composed: &Composed,
) -> Result<(), Obstacle> {
    templates::try_writing(base_dir).map_err(Obstacle::NotWritable)?;
    // A base that cannot be listed is told by whoever copies it.
    let nodes = tree::list(base_dir).unwrap_or_default();
    let touched = templates::touched(&nodes, &composed.changes);
    let holders = in_use::holders(os, base_dir, &touched.iter().collect::<Vec<_>>());
    if !holders.is_empty() {
        return Err(Obstacle::FilesHeld(holders));
    }
    let mut points = Points::default();
    let mut demand = Demand::default();
    demand.stays(backup_dir, without.copy_bytes(&nodes));
    demand.base(base_dir, composed.size_bytes(), 0);
    demand.look(os, &mut points);
    let short = points.stops.into_iter().find_map(|stop| match stop {
        Stop::NoSpace(space) => Some(space),
        _ => None,
    });
    short.map_or(Ok(()), |space| Err(Obstacle::NoSpace(space)))
}

impl Around<'_> {
    /// Where it may be told what was changed in a base by hand.
    fn sources<'a>(&'a self, base: &'a Base, dir: &'a Path) -> Sources<'a> {
        let templates_dir = self.os.locate(paths::TEMPLATES).ok();
        Sources {
            os: self.os,
            paths: self.paths,
            template_dirs: templates_dir.into_iter().chain([self.paths.downloads_dir.clone()]).collect(),
            base,
            base_dir: dir,
        }
    }
}

impl Points {
    fn installer(&mut self, around: &Around<'_>, plan: &InstallerPlan) {
        let (version, proof) = (plan.package.release.version, plan.package.verified.proof());
        self.passes.push(Pass::Package { version, proof });
        if let Some(publisher) = plan.package.verified.publisher()
            && !publisher.revocation_checked
        {
            self.warnings.push(Warning::RevocationNotChecked { version, signer: publisher.name.clone() });
        }
        match &plan.target {
            InstallerTarget::Wizard { bases } if bases.is_empty() => self.stops.push(Stop::Nothing),
            InstallerTarget::Platform => self.devices(around.os, around.machine, &version),
            InstallerTarget::Wizard { .. } | InstallerTarget::Updater => {}
        }
    }
}

#[cfg(test)]
mod tests;
