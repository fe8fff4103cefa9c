//! The certificates that count besides the system's own, and what is wrong with one that does not.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use reqwest::Certificate;
use rustls::CertificateError;

use crate::fs::read_limited;
use crate::os::Os;
use crate::paths::named_dir;
use crate::source::{CaProblem, TlsProblem};

const LARGEST_FILE: u64 = 1024 * 1024;

/// A PEM file with certificates that count besides the system's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaFile {
    /// As the settings name it.
    pub written: PathBuf,
    /// Where it lies on this host, if that is known.
    pub place: Result<PathBuf, CaProblem>,
}

impl CaFile {
    /// A file that the settings name. Whoever can change it decides which hosts are believed, so it has to be
    /// out of reach of everybody but administrators, where that can be told.
    pub fn named(os: &dyn Os, written: &Path) -> Self {
        let place = match named_dir(os, written) {
            None => Err(CaProblem::NotHere),
            Some(path) if path.exists() && os.only_administrators_may_write(&path) == Some(false) => {
                Err(CaProblem::OpenToOthers)
            }
            Some(path) => Ok(path),
        };
        Self { written: written.to_path_buf(), place }
    }

    /// Whether it can be read, and has a certificate in it.
    pub fn check(&self) -> Result<(), CaProblem> {
        self.certificates().map(drop)
    }

    /// Its certificates: at least one.
    pub(super) fn certificates(&self) -> Result<Vec<Certificate>, CaProblem> {
        certificates(self.place.as_ref().map_err(CaProblem::clone)?)
    }
}

fn certificates(path: &Path) -> Result<Vec<Certificate>, CaProblem> {
    let unreadable = |detail: String| CaProblem::Unreadable { detail };
    let bytes = match read_limited(path, LARGEST_FILE) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Err(unreadable(std::io::Error::from(ErrorKind::NotFound).to_string())),
        Err(error) => return Err(unreadable(error.to_string())),
    };
    let certificates = Certificate::from_pem_bundle(&bytes)
        .map_err(|error| CaProblem::Broken { detail: super::fault::innermost(&error) })?;
    if certificates.is_empty() { Err(CaProblem::NoCertificate) } else { Ok(certificates) }
}

/// What a person could do something about.
pub(super) fn problem(error: &rustls::Error) -> TlsProblem {
    let rustls::Error::InvalidCertificate(error) = error else { return TlsProblem::Other };
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => TlsProblem::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            TlsProblem::NotYetValid
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            TlsProblem::WrongHost
        }
        // A wrong signature is that of an issuer with the name of one that counts, and another key.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => TlsProblem::UnknownIssuer,
        // Self-signed by a host that calls itself an authority; the library has no type for it outside of
        // itself.
        CertificateError::Other(other) if other.to_string() == "CaUsedAsEndEntity" => {
            TlsProblem::UnknownIssuer
        }
        CertificateError::Revoked => TlsProblem::Revoked,
        _ => TlsProblem::Other,
    }
}
