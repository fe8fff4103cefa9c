//! Whether the platform could be put back.

use super::Around;
use super::point::{Pass, Points, Warning};
use crate::machine::Machine;
use crate::plan::{InstallerPlan, InstallerTarget};
use crate::platform::installers;

pub(super) fn look(around: &Around<'_>, machine: &Machine, plan: &InstallerPlan, points: &mut Points) {
    let is_platform = match plan.target {
        InstallerTarget::Platform => true,
        InstallerTarget::Updater | InstallerTarget::Wizard { .. } => false,
    };
    let Some(platform) = machine.platform.as_ref().filter(|_| is_platform) else { return };
    let installed = platform.version;
    match installers::of_version(around.os, around.paths, installed) {
        Some(kept) => points.passes.push(Pass::WayBack { installed, path: kept.path }),
        None => points.warnings.push(Warning::NoWayBack { installed }),
    }
}
