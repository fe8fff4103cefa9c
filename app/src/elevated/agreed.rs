//! What a person agreed to, on its way to the process with an administrator's rights: written into the person's folder of
//! a run, and read where its hash is what the process was told.
//!
//! Deliberately not here: what it says, and how far that is believed. A plan of updates has a form of its own
//! (`smarts_core::plan::kept`).

use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use smarts_core::digest::Digest;
use smarts_core::fs::read_limited;

use super::ask;
use super::exchange::Exchange;

/// The file's name, in the folder of an exchange.
const FILE: &str = "agreed.json";
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

/// Writes it into the folder of an exchange; for [`Exchange::arguments`]: its name and its hash.
pub(super) fn write(
    exchange: &Exchange,
    agreed: &impl Serialize,
) -> Result<(&'static str, Digest), ask::Error> {
    let folder = |error| ask::Error::Folder { dir: exchange.path(FILE), error };
    let bytes = serde_json::to_vec(agreed).map_err(|error| folder(error.into()))?;
    let sha256 = exchange.write(FILE, &bytes).map_err(folder)?;
    Ok((FILE, sha256))
}

/// Reads it, if it is the one with this hash.
pub fn read<T: DeserializeOwned>(path: &Path, sha256: Digest) -> Result<T, Error> {
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
