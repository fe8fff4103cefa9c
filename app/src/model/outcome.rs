//! How what a person agreed to ended, for each base, the platform or this program.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use smarts_core::version::Version;

use super::activity::{CopyOutcome, Done, StagingOutcome};
use super::notice::Notice;

/// How an installation ended for one base, for the platform, or for this program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BaseResult {
    /// The base's id, or `platform`, or `updater`.
    pub item_id: String,
    /// How.
    pub outcome: Outcome,
}

/// How an installation ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", content = "about", rename_all = "snake_case")]
pub enum Outcome {
    /// The new version was read back.
    Done(Done),
    /// It was not installed.
    Failed(Notice),
    /// Not begun, because an earlier base of the plan failed.
    NotStarted,
    /// Stopped by the person with everything as it was.
    Stopped,
    /// Not begun: the system was not given the permission it asked for.
    NotPermitted,
    /// The product's wizard ran to its end; the base itself is as it was.
    WizardRun,
    /// It was no installation: the base went back to a copy or was copied, or not.
    Copies(CopyOutcome),
    /// It was no installation: an app was staged for the base's mobile devices or taken back, or not.
    Staging(StagingOutcome),
}

/// A template that a wizard has put into the common folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WizardTemplate {
    /// Where.
    pub template: PathBuf,
    /// Its product.
    pub product: String,
    /// Its version.
    pub version: Version,
    /// The bases of that product that are older, by id.
    pub base_ids: Vec<String>,
}
