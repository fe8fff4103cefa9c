//! Going back to a copy of a base, and copying on demand, here or in a process with an administrator's rights.
//!
//! What the person agreed to lies in the folder of the exchange, as a plan does, and its hash is given as an argument.
//! Whoever reads it believes of it only what the person saw: the copy is one of the machine's own folder for copies,
//! the base is read from the machine, and what would happen is found out again and has to be the same. The copies that
//! are to be deleted go only if they are too many by the machine's own rules.

mod ask;
mod results;
mod run;

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use smarts_core::backup::{Preview, Way};
use smarts_core::digest::Digest;
use smarts_core::fs::read_limited;
use smarts_core::machine::Base;

pub use self::ask::carry_out as ask;
pub use self::results::carry_out;
pub use self::run::run;
use crate::session::WayBack;

/// The hidden subcommand.
pub const SUBCOMMAND: &str = "copies-agreed";
/// What was agreed to, in the folder of an exchange.
pub(super) const AGREED: &str = "agreed.json";
/// Some 100 bytes for each file of the largest base.
const LARGEST_FILE: u64 = 128 << 20;

/// What is to be carried out.
#[derive(Clone, Debug, PartialEq, Eq, clap::Args)]
pub struct Request {
    /// What was agreed to
    pub agreed: PathBuf,
    /// Its hash: what the person was asked about is what is done
    #[arg(long, value_name = "HASH")]
    pub sha256: Digest,
    /// The person's folder, where a file may ask to stop
    #[arg(long, value_name = "DIR")]
    pub exchange: PathBuf,
    /// The name of the folder to tell how it goes in
    #[arg(long, value_name = "NAME")]
    pub run: String,
}

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

/// Why what was agreed to is not used. Nothing has been changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not read, or far too large.
    #[error("Failed to read what was agreed to: {}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// Not what the person was asked about.
    #[error("What was agreed to has been changed: {}", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// It is nothing of the kind. Nothing of the file is told: it may be any file.
    #[error("Nothing that could be agreed to, line {line}, column {column}: {}", path.display())]
    NotAgreed {
        /// The file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
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

    /// Reads it, if it is the one with this hash.
    pub fn read(path: &Path, sha256: Digest) -> Result<Self, Error> {
        let file = |error| Error::File { path: path.to_path_buf(), error };
        let bytes = read_limited(path, LARGEST_FILE).map_err(file)?;
        let bytes = bytes.ok_or_else(|| file(io::ErrorKind::NotFound.into()))?;
        if Digest::of(&bytes) != sha256 {
            return Err(Error::Changed { path: path.to_path_buf() });
        }
        serde_json::from_slice(&bytes).map_err(|error| Error::NotAgreed {
            path: path.to_path_buf(),
            line: error.line(),
            column: error.column(),
        })
    }
}
