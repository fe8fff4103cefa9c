//! What is written down beside a copy.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use super::Without;
use crate::digest::Digest;
use crate::os::Identity;
use crate::tree::RelPath;
use crate::version::Version;

/// What a copy holds, and of what it is one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The base's id.
    pub base_id: String,
    /// The base's name.
    pub name: String,
    /// The base's product.
    pub product: String,
    /// The version the base was on.
    pub version: Option<Version>,
    /// Where the base lies, as `apps.xml` states it.
    pub folder: String,
    /// When it was made.
    pub time: Timestamp,
    /// Who made it.
    pub user: String,
    /// On which PC; empty where that is not known, and then it counts as this one.
    #[serde(default)]
    pub computer: String,
    /// What it was made for.
    #[serde(default)]
    pub why: Why,
    /// What was left out: never touched when something is put back. Nothing in copies of before there was such a rule.
    #[serde(default = "Without::nothing")]
    pub without: Without,
    /// Every folder, before what is in it.
    pub folders: Vec<RelPath>,
    /// Every file.
    pub files: Vec<FileRecord>,
}

/// One copied file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Below the copy's folder, and below the base's.
    pub path: RelPath,
    /// Bytes.
    pub size: u64,
    /// Of the base's file and of the copy.
    pub sha256: Digest,
}

/// What a copy was made for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Before an update of the base.
    Update {
        /// The version it is to become; not known of copies that were made before this was written down.
        to: Option<Version>,
    },
    /// A person wanted one.
    OnDemand,
    /// Before the whole base was put back from another copy.
    Restore {
        /// That copy's id.
        from: String,
    },
}

impl Default for Why {
    /// There was no other once.
    fn default() -> Self {
        Self::Update { to: None }
    }
}

/// When a copy is made, by whom, what for, and without what.
#[derive(Clone, Debug)]
pub struct Taken {
    /// In the zone the folder's name is to be in.
    pub at: Zoned,
    /// Who.
    pub by: Identity,
    /// What for.
    pub why: Why,
    /// What is left out.
    pub without: Without,
}

impl Manifest {
    /// Bytes of all its files.
    pub fn size_bytes(&self) -> u64 {
        self.files.iter().fold(0, |sum, file| sum.saturating_add(file.size))
    }
}
