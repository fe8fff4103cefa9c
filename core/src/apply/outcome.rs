//! What a run tells: where it stands, and how it ended.

use std::path::PathBuf;

use super::Error;
use crate::server::Server;
use crate::version::Version;
use crate::works::Works;
use crate::{backup, journal};

/// What is going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The base's data server is stopped, which may take a minute.
    StoppingServer {
        /// Which base.
        base_id: String,
    },
    /// It is started again, and asked whether it answers.
    StartingServer {
        /// Which base.
        base_id: String,
    },
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
        /// The PC is to be restarted.
        reboot_needed: bool,
        /// And it is the installer itself that asks for it: what it has replaced takes effect then only, though the
        /// version is there already.
        reboot_asked: bool,
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
    pub failed: Option<Box<Failure>>,
    /// Ids of bases that were not begun.
    pub not_started: Vec<String>,
    /// See [`Outcome`]: the first entry that could not be written.
    pub unrecorded: Option<journal::Error>,
}

impl BasesOutcome {
    /// Whether every base of the plan is updated and works: until then, whatever one could go back to has to stay.
    pub fn is_all_well(&self) -> bool {
        let is_bad = |done: &Done| done.works.is_bad(done.to);
        self.failed.is_none() && self.not_started.is_empty() && !self.done.iter().any(is_bad)
    }
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
    /// Whether it works.
    pub works: Works,
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
    /// And of its data server.
    pub server: Server,
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
