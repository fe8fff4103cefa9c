//! Staging an app for the mobile devices of bases, and taking it back, here or in a process with an administrator's rights.
//!
//! What the person agreed to goes the way that copies of bases go ([`super::agreed`]). Whoever reads it believes nothing of
//! it that can be looked at: the package is examined again, as the files of a plan are, from a copy that nobody else can
//! change, what it says it is is read from that very copy, and bases are taken from the machine.
//!
//! Deliberately not here: whether an app goes where it is to go (`smarts_core::devices::staging`), and asking people.

mod ask;
mod results;
mod run;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use smarts_core::devices::staging::Older;
use smarts_core::plan::kept::{self, KeptPackage};
use smarts_core::source::Origin;
use smarts_core::version::Version;

pub use self::ask::carry_out as ask;
pub use self::results::carry_out;
pub use self::run::run;
use crate::session::AppFile;

/// The hidden subcommand.
pub const SUBCOMMAND: &str = "staging-agreed";

/// What a person agreed to.
#[derive(Debug)]
pub enum Job {
    /// An app is staged.
    Stage {
        /// Which.
        app: Box<AppFile>,
        /// For which bases, in this order; the first failure stops the rest.
        base_ids: Vec<String>,
        /// What becomes of older versions.
        older: Older,
        /// The person has agreed to an app that nothing proves.
        accept_unproved: bool,
    },
    /// What was staged last is taken back.
    Undo {
        /// For which bases.
        base_ids: Vec<String>,
        /// Which version each of them is to have staged last.
        versions: BTreeMap<String, Version>,
    },
}

/// A [`Job`] as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "snake_case")]
enum Agreed {
    /// An app is staged.
    Stage {
        /// Which.
        package: Box<KeptPackage>,
        /// Where it comes from; for words alone.
        origin: Origin,
        /// For which bases.
        base_ids: Vec<String>,
        /// What becomes of older versions.
        older: Older,
        /// The person has agreed to an app that nothing proves.
        accept_unproved: bool,
        /// The person has agreed to a folder whose metadata has expired.
        accept_expired: bool,
    },
    /// What was staged last is taken back.
    Undo {
        /// For which bases.
        base_ids: Vec<String>,
        /// Which version each of them is to have staged last.
        versions: BTreeMap<String, Version>,
    },
}

impl Job {
    /// Which bases it is about.
    pub fn base_ids(&self) -> &[String] {
        match self {
            Self::Stage { base_ids, .. } | Self::Undo { base_ids, .. } => base_ids,
        }
    }
}

impl Agreed {
    fn of(job: &Job, accept_expired: bool) -> Result<Self, kept::Error> {
        Ok(match job {
            Job::Stage { app, base_ids, older, accept_unproved } => Self::Stage {
                package: Box::new(KeptPackage::of(&app.release, &app.file)?),
                origin: app.origin,
                base_ids: base_ids.clone(),
                older: *older,
                accept_unproved: *accept_unproved,
                accept_expired,
            },
            Job::Undo { base_ids, versions } => {
                Self::Undo { base_ids: base_ids.clone(), versions: versions.clone() }
            }
        })
    }
}
