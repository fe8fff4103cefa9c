//! What stands in the way of a plan, what a person should know, and what was found in order.
//!
//! Three times: before the download what is known then ([`early()`]); with the files, for the sheet
//! ([`points`]), again every few seconds while that is open; and right before the change by whoever makes it
//! (`just_before`). So each base is listed once, and what the listing tells besides is told too. A file for each
//! kind of point. Changes nothing, closes nothing. Deliberately no words: the front ends have them.

mod coverage;
mod early;
mod in_use;
mod pace;
mod pc;
mod point;
mod server;
mod space;
mod templates;
mod way_back;

use std::path::Path;
use std::sync::Mutex;

use jiff::civil::DateTime;

use self::space::Demand;
use crate::backup::Without;
use crate::by_hand::{Hashed, Sources};
use crate::machine::{Base, Machine};
use crate::offer;
use crate::os::Os;
use crate::paths::{self, Paths};
use crate::plan::{InstallerPlan, InstallerTarget, Plan, PlanSubject};
use crate::settings::WeekHours;
use crate::subscription::Facts;
use crate::tree;

pub use coverage::{Covering, coverage};
pub use early::early;
pub(crate) use in_use::{Use, server_use};
pub use pace::Pace;
pub use point::{BaseByHand, Pass, Points, Space, Stop, Warning};

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

/// Looks at a plan. The files are not hashed again here: that is done right before they are used.
pub fn points(around: &Around<'_>, plan: &Plan) -> Points {
    let mut points = Points::default();
    let mut demand = Demand::default();
    if around.os.machine_root().is_none() {
        // They are brought to where nobody else can change them.
        let bytes = plan.packages().map(|package| package.verified.size()).sum();
        demand.stays(&around.paths.machine_dir, bytes);
    }
    match &plan.subject {
        PlanSubject::Template(plan) => templates::look(around, plan, &mut demand, &mut points),
        PlanSubject::Installer(plan) => {
            points.installer(around.machine, plan);
            way_back::look(around, around.machine, plan, &mut points);
        }
    }
    demand.look(around.os, &mut points);
    for covering in coverage(plan, around.machine, around.facts) {
        points.covering(covering);
    }
    pc::look(around, matches!(plan.subject, PlanSubject::Installer(_)), &mut points);
    points
}

/// Whether the disks still have room for updating one base, right before that begins: copies of earlier bases lie
/// there by now, and others have written meanwhile.
pub(crate) fn just_before(
    os: &dyn Os,
    backup_dir: &Path,
    without: &Without,
    base_dir: &Path,
    staged_bytes: u64,
) -> Result<(), Space> {
    let mut points = Points::default();
    let mut demand = Demand::default();
    // A base that cannot be listed is told by whoever copies it.
    demand.stays(backup_dir, tree::list(base_dir).map_or(0, |nodes| without.copy_bytes(&nodes)));
    demand.base(base_dir, staged_bytes, 0);
    demand.look(os, &mut points);
    let short = points.stops.into_iter().find_map(|stop| match stop {
        Stop::NoSpace(space) => Some(space),
        _ => None,
    });
    short.map_or(Ok(()), Err)
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
    fn installer(&mut self, machine: &Machine, plan: &InstallerPlan) {
        let (version, proof) = (plan.package.release.version, plan.package.verified.proof());
        self.passes.push(Pass::Package { version, proof });
        if let Some(publisher) = plan.package.verified.publisher()
            && !publisher.revocation_checked
        {
            self.warnings.push(Warning::RevocationNotChecked { version, signer: publisher.name.clone() });
        }
        match &plan.target {
            InstallerTarget::Wizard { bases } if bases.is_empty() => self.stops.push(Stop::Nothing),
            InstallerTarget::Platform => {
                let devices = machine
                    .platform
                    .as_ref()
                    .map_or_else(Vec::new, |platform| offer::devices_that_stop(machine, platform, &version));
                if !devices.is_empty() {
                    self.warnings.push(Warning::DevicesStop { devices });
                }
            }
            InstallerTarget::Wizard { .. } | InstallerTarget::Updater => {}
        }
    }
}

#[cfg(test)]
mod tests;
