//! Examining a file once more in another process, which has its plan from a place that anybody may have
//! written to.
//!
//! The hash says that it is the file the person agreed to; how far that file is proved the plan can only
//! claim. So wherever a signer is expected, the signature is asked for again, whatever the plan says.

use std::path::Path;

use super::{Error, Proof, Rules, Verified, examine};
use crate::catalogue::{FileLocation, ReleaseFile};
use crate::digest::{Digest, Mismatch};
use crate::os::Os;
use crate::source::Trust;

/// What was found when the file was examined first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Bytes.
    pub size: u64,
    /// All of it.
    pub sha256: Digest,
    /// How far it was proved.
    pub proof: Proof,
    /// The signer that the release names.
    pub publisher: Option<String>,
}

/// Examines a copy of a file that has been examined before: the same bytes, and an installer by the signer
/// that the settings or the release expect. Where nobody says who that is, or the system cannot tell who signed
/// it, only a hash that the source has stated counts in place of the signer.
pub fn again(path: &Path, found: &Found, rules: &Rules, os: &dyn Os) -> Result<Verified, Error> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if found.proof == Proof::None && !rules.accept_unproved {
        return Err(Error::NeedsConsent { path: path.to_path_buf() });
    }
    let by_hash = matches!(found.proof, Proof::Signed | Proof::Hash);
    examine_again(
        path,
        found,
        &ReleaseFile {
            location: FileLocation::InSource(name.clone()),
            name,
            size: None,
            sha256: Some(found.sha256).filter(|_| by_hash),
            sha512: None,
            publisher: found.publisher.clone(),
        },
        rules,
        os,
    )
}

/// The same for a file of a signed source: what counts is what is signed of it, which this process has looked
/// up for itself.
pub fn again_as_signed(
    path: &Path,
    found: &Found,
    file: &ReleaseFile,
    rules: &Rules,
    os: &dyn Os,
) -> Result<Verified, Error> {
    let rules = Rules { source_trust: Trust::Signed, ..rules.clone() };
    examine_again(path, found, file, &rules, os)
}

fn examine_again(
    path: &Path,
    found: &Found,
    file: &ReleaseFile,
    rules: &Rules,
    os: &dyn Os,
) -> Result<Verified, Error> {
    let verified = examine(path.to_path_buf(), file, rules, os).map_err(|error| match error {
        Error::WrongHash { path, mismatch: Mismatch::Sha256 { expected, found } } => {
            Error::Changed { path, expected, found }
        }
        error => error,
    })?;
    if verified.sha256 != found.sha256 {
        let (path, expected) = (verified.path, found.sha256);
        return Err(Error::Changed { path, expected, found: verified.sha256 });
    }
    if verified.size != found.size {
        return Err(Error::WrongSize { path: verified.path, expected: found.size, found: verified.size });
    }
    Ok(verified)
}
