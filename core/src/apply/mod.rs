//! Doing what a person agreed to: bases are updated from templates, installers are started.
//!
//! A base is looked at once more, what is new is laid ready in it, it is copied, switched over ([`crate::switch`]), and
//! read again from the machine; only a version that really changed counts as an update. Steps that follow each other
//! are one switch. Whatever goes wrong after the first change, what was changed is undone, and nothing else: others
//! may have written into the base meanwhile. A run that is cut off leaves a base that does not claim the new version, a
//! record and a journal that tell; the next start of the PC, or the next run, deals with it first ([`finish`]). The first
//! base is the pilot, and the first failure stops the rest. Every base and every installer leaves an entry in the
//! journal.
//!
//! One run at a time per machine: a lock file is held throughout. Only this module starts downloaded
//! programs and changes bases, and it takes nothing but [`Verified`](crate::verify::Verified) files.
//! Deliberately not here: stopping and starting a base's server, and asking for administrator's rights.

mod at_once;
mod bases;
mod entries;
mod exit;
mod installer;
mod protect;
mod recover;

use std::io;
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio_util::sync::CancellationToken;

pub use self::at_once::{Failed, Step, Task, Telling, at_once, back_to};
pub use self::exit::ExitFault;
pub use self::recover::{End, Finishing, Recovered, finish, is_running, unfinished};
use crate::backup::Copies;
use crate::journal::Entry;
use crate::machine::Machine;
use crate::os::{Holder, InstallerFault, Os};
use crate::paths::Paths;
use crate::plan::{Plan, PlanSubject};
use crate::subscription::{Ended, Judgement, Subscriptions, Unjudged};
use crate::switch::{Checkpoint, Finisher};
use crate::template::{self, Misfit};
use crate::tree::RelPath;
use crate::version::Version;
use crate::{backup, journal, machine, preflight, switch, update_lock, verify};

/// What a run works with.
pub struct Context<'a> {
    /// The PC.
    pub os: &'a dyn Os,
    /// Our own files.
    pub paths: &'a Paths,
    /// The moment, asked for whenever something is recorded.
    pub clock: &'a (dyn Fn() -> Timestamp + Sync),
    /// The zone for the names of copies.
    pub zone: TimeZone,
    /// What copies of bases are without, and how many are kept.
    pub copies: &'a Copies,
    /// Reads what is known of subscriptions; asked once the lock is held, so that no edit comes in between.
    pub subscriptions: Box<dyn Fn() -> Subscriptions + 'a>,
    /// Shown every entry of the journal, also one that could not be written.
    pub witness: &'a dyn Fn(&Entry),
    /// What the PC is to start next time if a base is being changed then; `None`: nothing.
    pub finisher: Option<&'a Finisher>,
    /// Told what was reached. Tests end the process there.
    pub checkpoint: &'a dyn Fn(Checkpoint),
}

impl Context<'_> {
    fn finishing(&self) -> Finishing<'_> {
        let Self { os, paths, clock, witness, checkpoint, .. } = *self;
        Finishing { os, paths, clock, witness, checkpoint }
    }
}

/// What is going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The files and the base are looked at once more.
    Checking {
        /// Which base.
        base_id: String,
    },
    /// Files are taken out of the templates and laid ready; nothing of the base is changed yet.
    Unpacking {
        /// Which base.
        base_id: String,
        /// So far, of all steps.
        done_bytes: u64,
        /// Of all steps.
        total_bytes: u64,
    },
    /// The base is copied, or the copy is checked; the base is not touched yet.
    Copying {
        /// Which base.
        base_id: String,
        /// Copying or checking.
        stage: backup::Stage,
        /// So far in this stage.
        done_bytes: u64,
        /// In each stage.
        total_bytes: u64,
    },
    /// The base is changed. From the first of these on, a run cannot be cancelled for this base.
    Applying {
        /// Which base.
        base_id: String,
        /// What it is to be on.
        version: Version,
        /// Places so far.
        done: usize,
        /// Files, and folders with everything in them, that are replaced, removed or new.
        total: usize,
    },
    /// Something failed, now or in an earlier run that was cut off, and the base is put back.
    PuttingBack {
        /// Which base.
        base_id: String,
    },
    /// The base is on its new version.
    Updated {
        /// Which base.
        base_id: String,
    },
    /// The installer runs; it shows what it does itself.
    Installing,
}

/// How a run ended. `unrecorded` says why an entry is missing in the journal, if one is.
#[derive(Debug)]
pub enum Outcome {
    /// A plan for bases was started.
    Bases(BasesOutcome),
    /// The platform is on the release's version.
    PlatformDone {
        /// Before; `None`: it was not installed.
        from: Option<Version>,
        /// Now.
        to: Version,
        /// The installer asks for a restart of the PC.
        reboot_needed: bool,
        /// See above.
        unrecorded: Option<journal::Error>,
    },
    /// This program is on the release's version. What runs is still the former one.
    UpdaterDone {
        /// Before.
        from: Option<Version>,
        /// Now.
        to: Version,
        /// The installer asks for a restart of the PC.
        reboot_needed: bool,
        /// See above.
        unrecorded: Option<journal::Error>,
    },
    /// The installer ended well, and the platform, or this program, will be on the release's version after a
    /// restart.
    RebootNeeded {
        /// The version that is to come.
        to: Version,
        /// See above.
        unrecorded: Option<journal::Error>,
    },
    /// A product's wizard ended well. The person is to be asked which bases to update with what it left.
    WizardDone {
        /// The newest template among those of this PC that goes with one of the plan's bases and is newer
        /// than it. It is not verified.
        template: Option<PathBuf>,
        /// The wizard asks for a restart of the PC.
        reboot_needed: bool,
        /// See above.
        unrecorded: Option<journal::Error>,
    },
    /// The person cancelled, in the installer or before it was started. One that was started is in the
    /// journal, and has left the version as it was.
    Cancelled {
        /// See above.
        unrecorded: Option<journal::Error>,
    },
    /// Nothing was started, or the installer failed.
    Failed {
        /// Why.
        error: Error,
        /// See above.
        unrecorded: Option<journal::Error>,
    },
}

/// How a plan for bases ended: every base of it is in exactly one of the three.
#[derive(Debug, Default)]
pub struct BasesOutcome {
    /// In their order.
    pub done: Vec<Done>,
    /// The one that stopped the rest.
    pub failed: Option<Failure>,
    /// Ids of bases that were not begun.
    pub not_started: Vec<String>,
    /// See [`Outcome`]: the first entry that could not be written.
    pub unrecorded: Option<journal::Error>,
}

/// A base that was updated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Which base.
    pub base_id: String,
    /// Before.
    pub from: Option<Version>,
    /// Now, read back from the machine.
    pub to: Version,
    /// Where its copy lies.
    pub backup_dir: PathBuf,
}

/// A base that was not.
#[derive(Debug)]
pub struct Failure {
    /// Which base.
    pub base_id: String,
    /// The step that failed.
    pub version: Version,
    /// Why.
    pub error: Error,
    /// What became of the base: can one work?
    pub state: BaseState,
}

/// What became of a base whose update failed.
#[derive(Debug)]
pub enum BaseState {
    /// It was not touched.
    NothingChanged,
    /// Everything that the update changed is byte for byte what it was.
    PutBack {
        /// Where its copy lies.
        backup_dir: PathBuf,
    },
    /// It is neither what it was nor what it was to be.
    NotPutBack {
        /// What could not be put back.
        error: backup::Error,
        /// Where its copy lies.
        backup_dir: PathBuf,
    },
}

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another run holds the lock.
    #[error("Another update is running on this machine")]
    Busy,
    /// The lock file could not be made.
    #[error("Failed to take the update lock: {}", path.display())]
    Lock {
        /// The lock file.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// Nothing is done that cannot be recorded.
    #[error("Failed to prepare the journal")]
    Journal(#[source] journal::Error),
    /// A plan without a package or a base, or an installer plan with a template.
    #[error("Plan holds nothing that could be done")]
    EmptyPlan,
    /// A file could not be brought to where nobody else can change it.
    #[error("Failed to bring a file of the plan to a safe place: {}", path.display())]
    NotProtected {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// A disk has not the room for the copy and for what is unpacked.
    #[error("Not enough room: {} of {} bytes are free: {}", .0.free_bytes, .0.needed_bytes, .0.dir.display())]
    NoSpace(preflight::Space),
    /// A file is not what was examined.
    #[error("File of the release is not used")]
    Package(#[source] verify::Error),
    /// A template is unusable, or unpacking it failed.
    #[error("Template is not used")]
    Template(#[source] template::Error),
    /// The base is no longer in the machine's list, or it is not updated here.
    #[error("Base is not there any more, or is not updated here")]
    NotHere,
    /// The base is not on the version the person saw: somebody else has updated it.
    #[error("Base has changed since the plan was made")]
    BaseChanged {
        /// By the plan.
        expected: Option<Version>,
        /// By the machine.
        found: Option<Version>,
    },
    /// The subscriptions do not cover it.
    #[error("Release is not covered by the subscriptions")]
    NotCovered(Ended),
    /// Whether the subscriptions cover it is not known, and the settings want that to be a stop.
    #[error("Whether the release is covered by the subscriptions is not known")]
    CoverageUnknown(Unjudged),
    /// A template does not go with the base.
    #[error("Template does not go with the base")]
    Misfit(#[source] Misfit),
    /// Somebody works in the base.
    #[error("Base is in use: {file}")]
    InUse {
        /// The file that could not be opened.
        file: String,
        /// The programs that hold it open; empty where that cannot be told.
        holders: Vec<Holder>,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// What is new could not be laid ready in the base, or the record of the change not written.
    #[error("Failed to prepare the change: {}", dir.display())]
    Staging {
        /// The file or folder.
        dir: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// The base could not be copied.
    #[error("Failed to copy the base")]
    Backup(#[source] backup::Error),
    /// Something in the base could not be removed or written.
    #[error("Failed to change {path}")]
    Change {
        /// In the base.
        path: RelPath,
        /// The programs that hold it open; empty where that cannot be told.
        holders: Vec<Holder>,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// An earlier update of the base was cut off. Nothing of this one was begun; what became of the base is
    /// in the [`BaseState`].
    #[error("An earlier update of the base to {} was cut off", to.map_or_else(String::new, |to| to.to_string()))]
    CutOff {
        /// What the base was to become.
        to: Option<Version>,
    },
    /// Everything was done, and the version is not what it was to be.
    #[error("Version is not {expected} afterwards")]
    VersionUnchanged {
        /// By the release.
        expected: Version,
        /// By the machine.
        found: Option<Version>,
    },
    /// The installer was not started.
    #[error("Installer was not started")]
    Installer(#[source] InstallerFault),
    /// The installer says that it failed.
    #[error("Installer failed{}", log_path.as_ref().map_or_else(String::new, |log| format!("; its log is {}", log.display())))]
    InstallerFailed {
        /// What its exit status says.
        #[source]
        fault: ExitFault,
        /// Where Windows Installer has written what it did, if it has.
        log_path: Option<PathBuf>,
    },
    /// The person stopped it before anything was changed.
    #[error("Update was cancelled")]
    Cancelled,
}

impl Error {
    fn of_switch(os: &dyn Os, error: switch::Error) -> Self {
        match error {
            switch::Error::Record { path, error } | switch::Error::Stage { path, error } => {
                Self::Staging { dir: path, error }
            }
            switch::Error::Cancelled | switch::Error::Template { error: template::Error::Cancelled, .. } => {
                Self::Cancelled
            }
            switch::Error::Template { error, .. } => Self::Template(error),
            switch::Error::Change { path, target, error } => {
                let holders = os.holders(&[target]).unwrap_or_default();
                Self::Change { path, holders, error }
            }
        }
    }

    fn of_lock(error: update_lock::Error) -> Self {
        match error {
            update_lock::Error::Busy => Self::Busy,
            update_lock::Error::File { path, error } => Self::Lock { path, error },
        }
    }
}

/// Does what a plan says. Blocks until it is done; `cancel` is heeded until something is changed.
pub fn run(
    context: &Context<'_>,
    plan: Plan,
    progress: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Outcome {
    let held = update_lock::take(context.os, context.paths).map_err(Error::of_lock).and_then(|lock| {
        journal::prepare(&context.paths.journal_path()).map_err(Error::Journal)?;
        Ok((lock, recover::all(&context.finishing(), progress)?))
    });
    // The lock is held until the end.
    let (_lock, recovered) = match held {
        Ok(held) => held,
        Err(error) => return Outcome::Failed { error, unrecorded: None },
    };
    if let Err(error) = covered(context, &plan) {
        return Outcome::Failed { error, unrecorded: None };
    }
    let (plan, held) = match protect::protected(context, plan) {
        Ok(protected) => protected,
        Err(error) => return Outcome::Failed { error, unrecorded: None },
    };
    let outcome = match plan.subject {
        PlanSubject::Template(plan) => bases::run(context, &plan, &recovered, progress, cancel),
        PlanSubject::Installer(plan) => installer::run(context, &plan, progress, cancel),
    };
    recover::forget_start(&context.finishing());
    // Until here nobody could change the files.
    drop(held);
    outcome
}

/// Looks once more whether the subscriptions cover all of it.
fn covered(context: &Context<'_>, plan: &Plan) -> Result<(), Error> {
    let subscriptions = (context.subscriptions)();
    let machine = machine_for(context, &subscriptions, &plan.subject);
    let now = (context.clock)().to_zoned(context.zone.clone());
    let facts = subscriptions.facts(&machine, &now);
    for covering in preflight::coverage(plan, &machine, &facts) {
        match covering.judgement {
            Judgement::Covered | Judgement::Unknown { stops: false, .. } => {}
            Judgement::Ended(ended) => return Err(Error::NotCovered(ended)),
            Judgement::Unknown { about, stops: true } => return Err(Error::CoverageUnknown(about)),
        }
    }
    Ok(())
}

/// As much of the machine as it takes to judge. An update of a base looks at the others only where they may tell that
/// a device that is written off has come back.
fn machine_for(context: &Context<'_>, subscriptions: &Subscriptions, subject: &PlanSubject) -> Machine {
    let PlanSubject::Template(plan) = subject else { return machine::read(context.os) };
    let bases = plan.bases.iter().filter_map(|base| machine::read_base(context.os, &base.id)).collect();
    let machine = Machine { bases, ..Machine::default() };
    if subscriptions.has_written_off(&machine) { machine::read(context.os) } else { machine }
}

/// Puts an entry into the journal and shows it to the witness: where the journal cannot be written, the witness
/// is the only one who knows.
fn record(context: &Context<'_>, entry: &Entry) -> Result<(), journal::Error> {
    let written = journal::append(&context.paths.journal_path(), entry);
    (context.witness)(entry);
    written
}

/// An error with everything behind it, for the journal.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod tests;
