//! Going back to a copy of a base, and copying on demand, here or in a process with an administrator's rights.
//!
//! What the person agreed to lies in the folder of the exchange, as a plan does, and its hash is given as an argument.
//! Whoever reads it believes of it only what the person saw: the copy is one of the machine's own folder for copies,
//! the base is read from the machine, and what would happen is found out again and has to be the same. The copies that
//! are to be deleted go only if they are too many by the machine's own rules.

mod ask;
mod results;
mod run;

use serde::{Deserialize, Serialize};
use smarts_core::backup::{Preview, Way};
use smarts_core::machine::Base;

pub use self::ask::carry_out as ask;
pub use self::results::carry_out;
pub use self::run::run;
use crate::session::WayBack;

/// The hidden subcommand.
pub const SUBCOMMAND: &str = "copies-agreed";

/// What a person agreed to.
#[derive(Debug)]
pub enum Job {
    /// A base goes back.
    GoBack(Box<WayBack>),
    /// A base is copied.
    Copy {
        /// Which.
        base: Box<Base>,
        /// The older copies that go afterwards, by their folders' names.
        delete: Vec<String>,
    },
}

/// A [`Job`] as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "snake_case")]
pub enum Agreed {
    /// A base goes back.
    GoBack {
        /// To which copy, by its folder's name.
        copy: String,
        /// How far.
        way: Way,
        /// What the person saw.
        preview: Preview,
    },
    /// A base is copied.
    Copy {
        /// Its id.
        base_id: String,
        /// The older copies that go afterwards, by their folders' names.
        delete: Vec<String>,
    },
}

impl Job {
    /// Which base it is about.
    pub fn base_id(&self) -> &str {
        match self {
            Self::GoBack(agreed) => &agreed.base.id,
            Self::Copy { base, .. } => &base.id,
        }
    }
}

impl Agreed {
    fn of(job: &Job) -> Self {
        match job {
            Job::GoBack(agreed) => {
                let copy = agreed.backup.dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
                Self::GoBack { copy, way: agreed.way, preview: agreed.preview.clone() }
            }
            Job::Copy { base, delete } => Self::Copy { base_id: base.id.clone(), delete: delete.clone() },
        }
    }
}
