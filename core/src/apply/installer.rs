//! Installers: started with their arguments, waited for, and judged by what the machine says afterwards.
//!
//! What their exit statuses say is in [`super::exit`].

use std::cmp::Ordering;
use std::io;
use std::path::PathBuf;

use tokio_util::sync::CancellationToken;

use super::exit::{self, Ending};
use super::{Context, Error, Outcome, Progress};
use crate::journal::{Entry, What};
use crate::machine::{Base, platform, updater};
use crate::offer::UPDATER;
use crate::os::{Installer, InstallerKind};
use crate::paths;
use crate::plan::{InstallerPlan, InstallerTarget, Package};
use crate::platform::former::Former;
use crate::platform::{self as platform_state, installers};
use crate::preflight;
use crate::template::{self, Found};
use crate::verify::PackageKind;
use crate::version::Version;

/// The platform's id, as in reports and on the command line.
const PLATFORM_ID: &str = "platform";
const PLATFORM_NAME: &str = "Mobile SMARTS";
/// This program's name in the journal.
const UPDATER_NAME: &str = "Mobile SMARTS Updater";

/// What came of it.
enum Came {
    /// The platform is on its new version.
    Platform { reboot_needed: bool, reboot_asked: bool },
    /// This program is on its new version; what runs is still the former one.
    Updater { reboot_needed: bool },
    /// It will be, after a restart.
    AfterRestart,
    /// A wizard ran to its end.
    Wizard { template: Option<PathBuf>, reboot_needed: bool },
    /// It was stopped by the person, and the version is what it was.
    Cancelled,
}

pub(super) fn run(
    context: &Context<'_>,
    plan: &InstallerPlan,
    progress: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Outcome {
    let from = installed(context, &plan.target);
    let to = plan.package.release.version;
    let mut note = String::new();
    let came = start(context, plan, &mut note, progress, cancel);
    let came = came.and_then(|ending| judge(context, plan, from, ending));
    let is_platform = matches!(plan.target, InstallerTarget::Platform);
    if is_platform && matches!(came, Ok(Came::Platform { .. } | Came::AfterRestart)) {
        keep_after(context, plan);
    }
    let (what, detail) = match &came {
        // It was not even started.
        Err(Error::Cancelled) => return Outcome::Cancelled { unrecorded: None },
        Err(error) => (What::Failed, super::chain(error)),
        Ok(Came::Platform { .. } | Came::Updater { .. }) => (What::Updated, note),
        Ok(Came::AfterRestart) => (What::RebootPending, note),
        Ok(Came::Wizard { .. }) => (What::WizardRun, String::new()),
        Ok(Came::Cancelled) => (What::Cancelled, String::new()),
    };
    let unrecorded = super::record(context, &entry(context, plan, what, from, detail)).err();
    match came {
        Err(error) => Outcome::Failed { error, unrecorded },
        Ok(Came::Platform { reboot_needed, reboot_asked }) => {
            Outcome::PlatformDone { from, to, reboot_needed, reboot_asked, unrecorded }
        }
        Ok(Came::Updater { reboot_needed }) => Outcome::UpdaterDone { from, to, reboot_needed, unrecorded },
        Ok(Came::AfterRestart) => Outcome::RebootNeeded { to, unrecorded },
        Ok(Came::Wizard { template, reboot_needed }) => {
            Outcome::WizardDone { template, reboot_needed, unrecorded }
        }
        Ok(Came::Cancelled) => Outcome::Cancelled { unrecorded },
    }
}

/// Starts the installer and waits for it. [`Error::Cancelled`]: it was not started. `note`: what is to be said of it in
/// the journal all the same, if it ends well.
fn start(
    context: &Context<'_>,
    plan: &InstallerPlan,
    note: &mut String,
    progress: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Result<Ending, Error> {
    let verified = &plan.package.verified;
    let kind = match verified.kind() {
        PackageKind::Msi => InstallerKind::Package,
        PackageKind::Exe => InstallerKind::Program,
        PackageKind::Template | PackageKind::App => return Err(Error::EmptyPlan),
    };
    if cancel.is_cancelled() {
        return Err(Error::Cancelled);
    }
    verified.recheck().map_err(Error::Package)?;
    if context.os.installer_running() == Some(true) {
        return Err(Error::InstallerRunning);
    }
    keep_before(context, plan)?;
    if let Err(error) = keep_former(context, plan) {
        tracing::warn!(%error, "The installer of the installed platform is not kept");
        *note = format!("Installer of the former version is not kept: {error}");
    }
    progress(Progress::Installing);
    let log_path = context.paths.installer_log_path(&verified.file_name());
    let installer =
        Installer { file: verified.path(), kind, arguments: &plan.arguments, log_path: &log_path };
    match context.os.run_installer(&installer) {
        Ok(exit) => Ok(exit::ending(exit, context.os.machine_root().is_some())),
        Err(fault) if exit::is_declined(&fault) => Ok(Ending::Cancelled),
        Err(fault) => Err(Error::Installer(fault)),
    }
}

/// What goes back with the platform is copied before it changes.
fn keep_before(context: &Context<'_>, plan: &InstallerPlan) -> Result<(), Error> {
    match plan.target {
        InstallerTarget::Platform => {
            let at = (context.clock)().to_zoned(context.zone.clone());
            let kept = platform_state::keep_state(context.os, context.paths, &at, &context.os.identity());
            kept.map(drop).map_err(Error::Platform)
        }
        InstallerTarget::Updater | InstallerTarget::Wizard { .. } => Ok(()),
    }
}

/// The installer of what is about to be replaced, if it was fetched; one that is kept already stays. It is for another
/// day, so no update is given up because of it.
fn keep_former(context: &Context<'_>, plan: &InstallerPlan) -> io::Result<()> {
    let InstallerTarget::Platform = plan.target else { return Ok(()) };
    if let Some(installed) = platform_version(context) {
        installers::renew(context.os, context.paths, installed)?;
    }
    let Former::Fetched(package) = &plan.former else { return Ok(()) };
    let Package { release, verified } = &**package;
    let (os, paths, version) = (context.os, context.paths, release.version);
    let installed = platform_version(context);
    if installed.and_then(|installed| installed.platform_cmp(&version)) != Some(Ordering::Equal) {
        return Err(io::Error::other("it is not what is installed any more"));
    }
    if installers::of_version(os, paths, version).is_some() {
        return Ok(());
    }
    if !preflight::has_room_for_former(os, paths, verified.size()) {
        return Err(io::ErrorKind::StorageFull.into());
    }
    installers::keep(os, paths, version, verified)
}

/// The installer of what is installed now, for going back to it some day.
fn keep_after(context: &Context<'_>, plan: &InstallerPlan) {
    let Package { release, verified } = &plan.package;
    if let Err(error) = installers::keep(context.os, context.paths, release.version, verified) {
        tracing::warn!(%error, version = %release.version, "The platform's installer is not kept");
    }
}

/// Reads the machine again: what the installer says is not what counts.
fn judge(
    context: &Context<'_>,
    plan: &InstallerPlan,
    from: Option<Version>,
    ending: Ending,
) -> Result<Came, Error> {
    let reboot_asked = ending == Ending::RebootNeeded;
    // An installer that asks for nothing may have left files to be replaced at the next start all the same.
    let reboot_needed = reboot_asked || context.os.reboot_pending() == Some(true);
    match (&plan.target, ending) {
        (_, Ending::Failed(fault)) => Err(Error::InstallerFailed { fault, log_path: log(context, plan) }),
        (InstallerTarget::Wizard { .. }, Ending::Cancelled) => Ok(Came::Cancelled),
        (InstallerTarget::Wizard { bases }, Ending::Done | Ending::RebootNeeded) => {
            let template = newest_template(context, bases).map(|found| found.path);
            Ok(Came::Wizard { template, reboot_needed })
        }
        (
            InstallerTarget::Platform | InstallerTarget::Updater,
            Ending::Done | Ending::RebootNeeded | Ending::Cancelled,
        ) => {
            let expected = plan.package.release.version;
            let found = installed(context, &plan.target);
            if found.is_some_and(|found| is_version(&plan.target, found, expected)) {
                Ok(match plan.target {
                    InstallerTarget::Updater => Came::Updater { reboot_needed },
                    InstallerTarget::Platform | InstallerTarget::Wizard { .. } => {
                        Came::Platform { reboot_needed, reboot_asked }
                    }
                })
            } else if reboot_asked {
                Ok(Came::AfterRestart)
            } else if ending == Ending::Cancelled && found == from {
                Ok(Came::Cancelled)
            } else {
                Err(Error::VersionUnchanged { expected, found })
            }
        }
    }
}

/// Whether these are one version: of the platform within a flavour only.
fn is_version(target: &InstallerTarget, found: Version, expected: Version) -> bool {
    match target {
        InstallerTarget::Updater => found == expected,
        InstallerTarget::Platform | InstallerTarget::Wizard { .. } => {
            found.platform_cmp(&expected) == Some(Ordering::Equal)
        }
    }
}

/// The version that the installer is to change, as it is now.
fn installed(context: &Context<'_>, target: &InstallerTarget) -> Option<Version> {
    match target {
        InstallerTarget::Updater => updater::find(context.os).updater.map(|updater| updater.version),
        InstallerTarget::Platform | InstallerTarget::Wizard { .. } => platform_version(context),
    }
}

/// Where Windows Installer has written what it did, if it has.
fn log(context: &Context<'_>, plan: &InstallerPlan) -> Option<PathBuf> {
    Some(context.paths.installer_log_path(&plan.package.verified.file_name())).filter(|path| path.is_file())
}

fn platform_version(context: &Context<'_>) -> Option<Version> {
    platform::find(context.os).platform.map(|platform| platform.version)
}

fn newest_template(context: &Context<'_>, bases: &[Base]) -> Option<Found> {
    let templates_dir = context.os.locate(paths::TEMPLATES).ok()?;
    let found = bases.iter().filter_map(|base| match template::find_newer(&templates_dir, base) {
        Ok(found) => found,
        Err(error) => {
            tracing::warn!(dir = %templates_dir.display(), %error, "Failed to look for templates");
            None
        }
    });
    found.max_by_key(|found| found.description.version)
}

fn entry(
    context: &Context<'_>,
    plan: &InstallerPlan,
    what: What,
    installed: Option<Version>,
    detail: String,
) -> Entry {
    let identity = context.os.identity();
    let Package { release, verified } = &plan.package;
    let (subject, name, product, from) = match &plan.target {
        InstallerTarget::Platform => (PLATFORM_ID.to_owned(), PLATFORM_NAME.to_owned(), None, installed),
        InstallerTarget::Updater => (UPDATER.to_owned(), UPDATER_NAME.to_owned(), None, installed),
        InstallerTarget::Wizard { bases } => {
            let product = bases.first().map(|base| base.product.clone());
            let name = product.clone().unwrap_or_else(|| PLATFORM_NAME.to_owned());
            (release.feed.to_string(), name, product, None)
        }
    };
    Entry {
        time: (context.clock)(),
        user: identity.user,
        computer: identity.computer,
        what,
        name,
        subject,
        product,
        from,
        to: Some(release.version),
        file: verified.file_name(),
        sha256: Some(verified.sha256()),
        proof: Some(verified.proof()),
        detail,
        backup_dir: None,
        works: None,
    }
}
