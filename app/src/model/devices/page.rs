//! The page before an app is staged: what the file is, how far it is proved, for which bases it is, and what becomes of
//! it. What waits with the worker is put away when the page closes.

use std::path::PathBuf;

use jiff::civil::Date;
use smarts_core::devices::staging::Older;
use smarts_core::verify::Proof;
use smarts_core::version::Version;

use super::super::activity::{AppStaged, StagingOutcome, Transfer};
use super::super::{Notice, Outcome};
use crate::session::Proved;

/// Where an app comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppFrom {
    /// From the source, by the last check.
    Source,
    /// From the source, for the bases that it helps before the platform is updated: the worker finds out which.
    Stopping,
    /// From a disk or a stick.
    File(PathBuf),
}

/// What a person does on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppAction {
    /// Tick or untick a base.
    Choose {
        /// Its id.
        base_id: String,
        /// Ticked.
        chosen: bool,
    },
    /// What becomes of older versions.
    Older(Older),
    /// Tick or untick the consent to a file that nothing proves.
    Consent(bool),
    /// Try again what did not arrive.
    Again,
    /// Stage it.
    Confirm,
    /// Stop what is under way.
    Stop,
}

/// How far the file is.
#[derive(Clone, Debug, PartialEq)]
pub enum Arrival {
    /// It is being looked for.
    Looking,
    /// It is arriving.
    Downloading(Transfer),
    /// A try has failed, and there will be another; a sentence says when and why.
    Waiting(String),
    /// It is being examined.
    Examining,
}

/// What of a file can be told.
#[derive(Clone, Debug, PartialEq)]
pub struct AppFacts {
    /// Its name.
    pub file: String,
    /// Which app it is.
    pub package: String,
    /// As which version it is staged.
    pub version: Version,
    /// What Android compares.
    pub version_code: Option<u64>,
    /// Bytes.
    pub size: u64,
    /// The day it came out, where that is known.
    pub released: Option<Date>,
    /// How far it is proved.
    pub proved: Proved,
    /// The bases it may be for.
    pub bases: Vec<AppBase>,
    /// Why bases whose devices the next platform would stop are not among them; sentences.
    pub left_out: Vec<String>,
}

/// A base that an app may be for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppBase {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// So many devices.
    pub devices: usize,
    /// The newest version it hands out, if it does.
    pub staged: Option<Version>,
    /// So many older versions would be left.
    pub older: usize,
    /// What to know beforehand, a sentence each; or why it does not go there.
    pub verdict: Result<Vec<String>, String>,
    /// It is there already.
    pub is_there: bool,
    /// Ticked.
    pub chosen: bool,
}

/// How far staging is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The system asks for permission.
    Permission,
    /// The package is being copied.
    Copying {
        /// The base's name.
        base: String,
        /// Bytes so far.
        done: u64,
        /// Of the package.
        total: u64,
    },
    /// What devices see is being changed: it cannot be stopped any more.
    Listing {
        /// The base's name.
        base: String,
    },
}

/// What becomes of staging.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Staging {
    /// Not begun.
    #[default]
    Idle,
    /// Under way.
    Running {
        /// How far.
        progress: Option<Progress>,
        /// The person has stopped it.
        stopping: bool,
    },
    /// It has ended, and not all of it was done.
    Ended(Vec<BaseStaged>),
}

/// How it ended for a base.
#[derive(Clone, Debug, PartialEq)]
pub struct BaseStaged {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How.
    pub outcome: Outcome,
}

/// The page.
#[derive(Clone, Debug, PartialEq)]
pub struct AppPage {
    /// Where the app comes from.
    pub from: AppFrom,
    /// The bases it was asked for.
    pub base_ids: Vec<String>,
    /// How far the file is, until it is examined.
    pub arrival: Arrival,
    /// What it is, or why it is not used.
    pub found: Option<Result<Box<AppFacts>, Notice>>,
    /// What becomes of older versions.
    pub older: Older,
    /// The person agrees to a file that nothing proves.
    pub consent: bool,
    /// What becomes of it.
    pub staging: Staging,
    /// Tells its answers from those to a former page.
    pub turn: u64,
}

/// What keeps the app from being staged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppObstacle {
    /// It is not examined yet.
    Looking,
    /// It is not used.
    Refused,
    /// No base is ticked.
    NothingChosen,
    /// It does not go with what a ticked base hands out.
    Misfit,
    /// It is there already, in every ticked base.
    AlreadyThere,
    /// Nothing proves it, and the person has not agreed to that.
    Consent,
    /// Something else is being installed.
    Busy,
    /// It is under way.
    Running,
    /// It has ended.
    Over,
}

impl AppPage {
    /// The facts, once they are known.
    pub fn facts(&self) -> Option<&AppFacts> {
        self.found.as_ref()?.as_ref().ok().map(AsRef::as_ref)
    }

    /// Whether a file that nothing proves needs the person's word.
    pub fn needs_consent(&self) -> bool {
        self.facts().is_some_and(|facts| facts.proved.proof == Proof::None)
    }

    /// Whether older versions are there that may be removed.
    pub fn has_older(&self) -> bool {
        self.facts().is_some_and(|facts| facts.chosen().any(|base| base.older > 0))
    }

    /// What keeps it from being staged; `is_busy`: something is being installed.
    pub fn obstacle(&self, is_busy: bool) -> Option<AppObstacle> {
        match self.staging {
            Staging::Running { .. } => return Some(AppObstacle::Running),
            Staging::Ended(_) => return Some(AppObstacle::Over),
            Staging::Idle => {}
        }
        let facts = match &self.found {
            None => return Some(AppObstacle::Looking),
            Some(Err(_)) => return Some(AppObstacle::Refused),
            Some(Ok(facts)) => facts,
        };
        if facts.chosen().next().is_none() {
            return Some(AppObstacle::NothingChosen);
        }
        if facts.chosen().any(|base| base.verdict.is_err()) {
            return Some(AppObstacle::Misfit);
        }
        if facts.chosen().all(|base| base.is_there) && self.older == Older::Keep {
            return Some(AppObstacle::AlreadyThere);
        }
        if self.needs_consent() && !self.consent {
            return Some(AppObstacle::Consent);
        }
        is_busy.then_some(AppObstacle::Busy)
    }

    /// Whether it is being staged.
    pub fn is_running(&self) -> bool {
        matches!(self.staging, Staging::Running { .. })
    }
}

impl BaseStaged {
    /// The app that is staged, if it is.
    pub fn app(&self) -> Option<&AppStaged> {
        match &self.outcome {
            Outcome::Staging(StagingOutcome::Staged(app)) => Some(app),
            _ => None,
        }
    }

    /// What is staged no more, if that was taken back.
    pub fn undone(&self) -> Option<Version> {
        match self.outcome {
            Outcome::Staging(StagingOutcome::Undone { version, .. }) => Some(version),
            _ => None,
        }
    }
}

impl AppFacts {
    /// The bases that are ticked.
    pub fn chosen(&self) -> impl Iterator<Item = &AppBase> {
        self.bases.iter().filter(|base| base.chosen)
    }
}

/// A base of which what was staged last is taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnstagedBase {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The version that goes.
    pub version: Version,
}

/// The question before staging is taken back, and what becomes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct UnstagePage {
    /// The bases, with the version that goes.
    pub bases: Vec<UnstagedBase>,
    /// It is under way.
    pub is_running: bool,
    /// How it ended, if not all of it was done.
    pub ended: Vec<BaseStaged>,
}
