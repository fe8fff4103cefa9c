//! A release's file on its way to this PC, and what it is once it is here.
//!
//! Deliberately not here: proving a file ([`crate::verify`]).

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use crate::digest::Digest;

/// A file that is here in full, and not yet proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Downloaded {
    path: PathBuf,
    size: u64,
    sha256: Digest,
}

impl Downloaded {
    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// As computed while it came in.
    pub fn sha256(&self) -> Digest {
        self.sha256
    }
}

/// Takes a file that somebody brought along for a downloaded one.
pub fn at_hand(path: &Path) -> io::Result<Downloaded> {
    let (sha256, size) = Digest::of_reader(&mut File::open(path)?)?;
    Ok(Downloaded { path: path.to_path_buf(), size, sha256 })
}
