//! `smarts apply-agreed`: the process with an administrator's rights.
//!
//! It examines everything again; only then does it what the window would do itself, which is to work with copies
//! that nobody else can change. What it finds out it tells; before it can tell
//! anything there is nothing but an exit status.

use std::cmp::Ordering;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use smarts_core::apply::{self, BaseState};
use smarts_core::catalogue::ReleaseFile;
use smarts_core::installer::{self, Target};
use smarts_core::machine::Machine;
use smarts_core::plan::Package;
use smarts_core::plan::kept::{self, Kept, KeptPackage, KeptSubject, KeptTarget};
use smarts_core::platform::former::{Former, NotHad};
use smarts_core::server::Server;
use smarts_core::source::{self, Source, Trust};
use smarts_core::verify::{self, PackageKind, Proof, Rules, Verified};
use tokio_util::sync::CancellationToken;

use super::held::{self, Held};
use super::lines::Lines;
use super::results::{self, Job};
use super::{Line, News, PROGRESS, Request, STOP, is_run_name};
use crate::error::chain;
use crate::i18n::Texts;
use crate::model::activity::StagingOutcome;
use crate::model::{BaseResult, Notice, Outcome};
use crate::session::Session;

/// How often the person's wish to stop is looked for.
const LOOKS_EVERY: Duration = Duration::from_millis(200);

/// Why nothing could be told, and nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// This process has no administrator's rights.
    #[error("Plans are carried out by an administrator's process")]
    NotElevated,
    /// The name of the run's folder is not one.
    #[error("Name of the run is not used")]
    Name,
    /// The run's folder could not be made.
    #[error("Failed to make the folder of the run: {}", dir.display())]
    Folder {
        /// The folder.
        dir: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// The thread that looks for the person's wish to stop did not start.
    #[error("Failed to start a thread")]
    Thread(#[source] io::Error),
}

/// Why an agreed plan is not carried out. Nothing has been changed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    #[error("Plan is not used")]
    Plan(#[source] kept::Error),
    #[error("File of the plan is not used")]
    File(#[source] verify::Error),
    #[error("Trusted root of this PC is not used")]
    Root(#[source] source::Error),
    #[error("What is signed of the plan's file is not confirmed")]
    Signed(#[source] source::Fault),
    #[error("Installer of the plan does not say what it is")]
    Installer(#[source] installer::Error),
    #[error("Installer of the plan is of something else, or of another version")]
    OtherInstaller,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Everything is where the person wanted it.
    Done,
    /// Not everything.
    Failed,
    /// The person stopped it.
    Stopped,
    /// The plan is not carried out; nothing has been changed.
    Refused,
}

/// What lasts as long as a run: it listens for a wish to stop, and its folder stays.
pub(super) struct Watch {
    _alive: SyncSender<()>,
    _held: Held,
}

/// Carries out an agreed plan; how it goes and how it ended is told in the run's folder.
pub fn run(
    session: &Session,
    texts: &Texts,
    request: &Request,
    cancel: &CancellationToken,
) -> Result<Ended, Error> {
    let (mut lines, _watch) = begin(session, &request.run, &request.exchange, cancel)?;
    let machine = session.machine();
    match prepare(session, &machine, request) {
        Ok(job) => {
            let mut tell = |news: News| lines.tell(&Line::News(news));
            let results = results::carry_out(session, texts, &machine, job, &mut tell, cancel);
            Ok(ended(&results))
        }
        Err(refusal) => {
            tracing::error!(error = chain(&refusal), "An agreed plan is refused");
            lines.tell(&Line::Refused(notice(texts, &refusal)));
            Ok(Ended::Refused)
        }
    }
}

/// Makes the folder to tell in, and listens for the person's wish to stop for as long as what is returned beside it
/// lives.
pub(super) fn begin(
    session: &Session,
    run: &str,
    exchange: &Path,
    cancel: &CancellationToken,
) -> Result<(Lines, Watch), Error> {
    if !session.os.is_elevated() {
        return Err(Error::NotElevated);
    }
    if !is_run_name(run) {
        return Err(Error::Name);
    }
    let runs_dir = session.paths.runs_dir();
    let dir = runs_dir.join(run);
    let folder = |error| Error::Folder { dir: dir.clone(), error };
    let held = make_run_dir(session, &runs_dir, &dir).map_err(folder)?;
    let lines = Lines::create(&dir.join(PROGRESS)).map_err(folder)?;
    let alive = watch(exchange.join(STOP), cancel.clone()).map_err(Error::Thread)?;
    Ok((lines, Watch { _alive: alive, _held: held }))
}

pub(super) fn ended(results: &[BaseResult]) -> Ended {
    let outcomes = || results.iter().map(|result| &result.outcome);
    let is_done = |outcome: &Outcome| match outcome {
        Outcome::Done(_) | Outcome::WizardRun => true,
        Outcome::Staging(outcome) => {
            matches!(outcome, StagingOutcome::Staged(_) | StagingOutcome::Undone { .. })
        }
        _ => false,
    };
    let is_failed = |outcome: &Outcome| {
        matches!(outcome, Outcome::Failed(_) | Outcome::Staging(StagingOutcome::Failed(_)))
    };
    if outcomes().all(is_done) {
        Ended::Done
    } else if outcomes().any(is_failed) {
        Ended::Failed
    } else {
        Ended::Stopped
    }
}

/// Makes the run's folder, which must not be there, and takes away those of runs that are over.
fn make_run_dir(session: &Session, runs_dir: &Path, dir: &Path) -> io::Result<Held> {
    for ours in [&session.paths.machine_dir, runs_dir] {
        // Whoever could put a link here would have the rest made wherever it leads to.
        match fs::symlink_metadata(ours) {
            Ok(facts) if facts.is_dir() => {}
            Ok(_) => return Err(io::ErrorKind::NotADirectory.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                session.os.make_administrators_dir(ours)?;
            }
            Err(error) => return Err(error),
        }
    }
    session.os.make_administrators_dir(runs_dir)?;
    held::remove_others(runs_dir);
    if fs::symlink_metadata(dir).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    session.os.make_administrators_dir(dir)?;
    held::hold(dir)
}

/// Cancels when the file appears. Ends with what is returned.
fn watch(stop: PathBuf, cancel: CancellationToken) -> io::Result<SyncSender<()>> {
    let (alive, ended) = sync_channel::<()>(1);
    if stop.exists() {
        cancel.cancel();
        return Ok(alive);
    }
    thread::Builder::new().name("stop-watch".to_owned()).spawn(move || {
        while ended.recv_timeout(LOOKS_EVERY) == Err(RecvTimeoutError::Timeout) {
            if stop.exists() {
                return cancel.cancel();
            }
        }
    })?;
    Ok(alive)
}

/// The plan, with files that have been examined again. Applying it takes copies that nobody can change.
fn prepare(session: &Session, machine: &Machine, request: &Request) -> Result<Job, Refusal> {
    let kept = Kept::read(&request.plan, request.sha256).map_err(Refusal::Plan)?;
    let (targets, accept_unproved) = (kept.target_ids(), kept.accept_unproved);
    // How far the source was proved is part of the proof that the plan has.
    let rules = session.rules(Trust::Folder, kept.accept_unproved);
    let signed = signed(session, &request.exchange, kept.accept_expired)?;
    let mut files = Vec::new();
    for package in kept.packages() {
        let verified = examined(session, signed.as_ref(), package, &rules)?;
        if package.release.file.is_none() {
            is_what_it_says(&kept, package, &verified, machine)?;
        }
        files.push(verified);
    }
    let is_real = session.os.machine_root().is_none();
    let (agreed_to_go, origin, goes_on) = (kept.agreed_to_go.clone(), kept.origin, kept.goes_on.clone());
    let former = former(session, signed.as_ref(), &kept, machine);
    let plan = kept.into_plan(files, machine, is_real).map_err(Refusal::Plan)?.with_former(former);
    let devices_that_stop = request.devices_that_stop;
    Ok(Job { plan, targets, devices_that_stop, agreed_to_go, accept_unproved, origin, goes_on })
}

/// A file of the plan, examined again: by what is signed of it where a root is trusted.
pub(super) fn examined(
    session: &Session,
    signed: Option<&Source>,
    package: &KeptPackage,
    rules: &Rules,
) -> Result<Verified, Refusal> {
    let (path, found) = (&package.path, package.found());
    let verified = match signed {
        Some(signed) if !is_at_hand(package) => {
            let file = session.runtime().block_on(vouched(signed, package)).map_err(Refusal::Signed)?;
            verify::again_as_signed(path, &found, &file, rules, &*session.os)
        }
        Some(_) | None => verify::again(path, &found, rules, &*session.os),
    };
    verified.map_err(Refusal::File)
}

/// The installer of the installed platform, if that is what the plan brings along: examined as all of its files are, and
/// of a source. One that is not used is left out, and the update goes on without it.
fn former(session: &Session, signed: Option<&Source>, kept: &Kept, machine: &Machine) -> Former {
    let Some(package) = kept.former() else { return Former::NotSought };
    let version = package.release.version;
    let installed = machine.platform.as_ref().map(|platform| platform.version);
    let is_installed = installed.is_some_and(|one| one.platform_cmp(&version) == Some(Ordering::Equal));
    if !is_installed || package.release.file.is_none() {
        tracing::warn!(%version, "The plan's installer is not that of the installed platform");
        return Former::NotSought;
    }
    match examined(session, signed, package, &session.rules(Trust::Folder, false)) {
        Ok(verified) if matches!(verified.kind(), PackageKind::Msi | PackageKind::Exe) => {
            let release = package.release.clone();
            Former::Fetched(Box::new(Package { release, verified }))
        }
        Ok(_) => Former::NotHad(NotHad::NotProved),
        Err(refusal) => {
            tracing::warn!(%version, error = chain(&refusal), "An installer of the former platform is not used");
            Former::NotHad(NotHad::NotProved)
        }
    }
}

/// Whether a package is no source's, but was named by a person or left by a wizard. A template needs the consent to
/// exactly that, and an installer the signature of the company that the settings name: where no source speaks for it,
/// nobody else does. The plan's own word for how far a file is proved decides nothing else.
fn is_at_hand(package: &KeptPackage) -> bool {
    let name = package.path.file_name().unwrap_or_default().to_string_lossy();
    match PackageKind::of(&name) {
        Some(PackageKind::Template | PackageKind::App) => package.proof == Proof::None,
        Some(PackageKind::Msi | PackageKind::Exe) => {
            package.proof == Proof::Publisher && package.release.file.is_none()
        }
        None => false,
    }
}

/// An installer at hand is for what its own words say, and newer: the plan could say anything.
fn is_what_it_says(
    kept: &Kept,
    package: &KeptPackage,
    file: &Verified,
    machine: &Machine,
) -> Result<(), Refusal> {
    let KeptSubject::Installer { target, .. } = &kept.subject else { return Ok(()) };
    let identity = installer::identify(file.kind(), &mut file.reader()).map_err(Refusal::Installer)?;
    let says = installer::target(&identity, machine);
    let is_same = matches!(
        (&says, target),
        (Ok(Target::Platform), KeptTarget::Platform)
            | (Ok(Target::Updater), KeptTarget::Updater)
            | (Ok(Target::Wizard { .. }), KeptTarget::Wizard { .. })
    );
    if is_same && identity.version == Some(package.release.version) {
        Ok(())
    } else {
        Err(Refusal::OtherInstaller)
    }
}

/// What is signed of a package's file. The metadata is good, so the time it was looked at counts from now on.
async fn vouched(signed: &Source, package: &KeptPackage) -> Result<ReleaseFile, source::Fault> {
    let not_signed = || source::Fault::NotSigned { path: package.path.display().to_string() };
    let file = signed.vouched(package.release.file.clone().ok_or_else(not_signed)?).await?;
    signed.remember(None).await;
    Ok(file)
}

/// The metadata that the person's process has verified, to be verified again from the root that administrators
/// alone can write; `None` where no root is trusted.
pub(super) fn signed(
    session: &Session,
    exchange: &Path,
    accept_expired: bool,
) -> Result<Option<Source>, Refusal> {
    let Some(anchor) = session.administrators_anchor(accept_expired).map_err(Refusal::Root)? else {
        return Ok(None);
    };
    let dir = session.open_folder(exchange).map_err(Refusal::Root)?;
    Ok(Some(dir.signed(anchor)))
}

pub(super) fn notice(texts: &Texts, refusal: &Refusal) -> Notice {
    let of_apply =
        |error: &apply::Error| texts.apply_notice(error, &BaseState::NothingChanged, &Server::NotLookedAt);
    match refusal {
        Refusal::Plan(kept::Error::Base { .. }) => of_apply(&apply::Error::NotHere),
        Refusal::Plan(error) => texts.plan_refused(chain(error)),
        Refusal::Installer(_) | Refusal::OtherInstaller => texts.plan_refused(chain(refusal)),
        Refusal::File(error) => texts.file_refused(error),
        Refusal::Root(error) => texts.not_confirmed(texts.source_error(error), chain(error)),
        Refusal::Signed(fault) => texts.not_confirmed(texts.source_fault(fault), chain(fault)),
    }
}

#[cfg(test)]
mod tests;
