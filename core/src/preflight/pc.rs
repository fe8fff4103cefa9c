//! What concerns the PC and the hour, whatever a plan is about.

use super::Around;
use super::point::{Pass, Points, Stop, Warning};

/// `runs_installer`: the plan starts one, which Windows Installer refuses while it is at work.
pub(super) fn look(around: &Around<'_>, runs_installer: bool, points: &mut Points) {
    let os = around.os;
    if os.reboot_pending() == Some(true) {
        points.warnings.push(Warning::RebootPending);
    }
    match (os.installer_running(), runs_installer) {
        (Some(true), true) => points.stops.push(Stop::InstallerRunning),
        (Some(true), false) => points.warnings.push(Warning::InstallerRunning),
        (Some(false) | None, _) => {}
    }
    rights(around, points);
    match around.maintenance {
        Some(hours) if hours.contain(around.now) => points.passes.push(Pass::MaintenanceTime),
        Some(hours) => points.warnings.push(Warning::WorkingTime { begins: hours.next(around.now) }),
        None => {}
    }
}

pub(super) fn rights(around: &Around<'_>, points: &mut Points) {
    if around.os.is_elevated() {
        points.passes.push(Pass::Rights { asked: false });
    } else if around.os.is_administrator() == Some(false) {
        points.warnings.push(Warning::AdministratorAsked);
    } else {
        points.passes.push(Pass::Rights { asked: true });
    }
}
