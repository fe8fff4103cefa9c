//! What an Android package says it is: whose app, and which version of it.
//!
//! A package is a ZIP with `AndroidManifest.xml` in it, in Android's own binary form, which `apk-info-axml` reads.
//! The name of the package tells one app from another: Android takes a file for an update of an app only if the name is
//! the same, and the signature, and the version code is not lower (Android developers, "Version your app"). The version
//! that people see (`versionName`) is the one that Mobile SMARTS compares with its server.
//!
//! The file may come from a stick: how large its directory is, is looked at before it is loaded, and of the manifest no
//! more is read than any app has, and of that no more than the start of its root. Deliberately not here: Android's own
//! signature of the package, which the device asks for, and how far the file is proved ([`crate::verify`]).

mod start;

use std::io::{self, Read, Seek};

use apk_info_axml::AXML;
use serde::{Deserialize, Serialize};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::template;
use crate::version::Version;

/// The manifest's name in the package.
const MANIFEST: &str = "AndroidManifest.xml";
/// Real ones have some tens of KiB.
const LARGEST_MANIFEST: u64 = 512 * 1024;
/// Longer texts are cut: they are shown and compared, and nothing else.
const LONGEST_TEXT: usize = 200;

/// What a package says of itself. Texts are one line, without control characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apk {
    /// `package`: which app it is.
    pub package: String,
    /// `versionName`, as written.
    pub version_name: String,
    /// The version that it begins with; `None`: with none.
    pub version: Option<Version>,
    /// `versionCode`: what Android compares.
    pub version_code: Option<u64>,
}

/// Why a package's own words could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file could not be read.
    #[error("Failed to read the package")]
    Read(#[source] io::Error),
    /// No ZIP, one that is cut off, or one that no package is.
    #[error("Not an Android package: {detail}")]
    NotAPackage {
        /// What is wrong with it.
        detail: String,
    },
    /// A ZIP of something else.
    #[error("Not an Android package: there is no {MANIFEST} in it")]
    NoManifest,
    /// A manifest that is not in Android's form, or has no package name.
    #[error("Manifest of the package is not understood: {detail}")]
    Manifest {
        /// What is wrong with it.
        detail: String,
    },
}

/// Reads what a package says of itself.
pub fn read(mut file: impl Read + Seek) -> Result<Apk, Error> {
    template::refuse_large_directory(&mut file).map_err(|error| match error {
        template::Error::Archive(error) => of_zip(error),
        error => Error::NotAPackage { detail: error.to_string() },
    })?;
    let mut zip = ZipArchive::new(file).map_err(of_zip)?;
    let entry = match zip.by_name(MANIFEST) {
        Ok(entry) => entry,
        Err(ZipError::FileNotFound) => return Err(Error::NoManifest),
        Err(error) => return Err(of_zip(error)),
    };
    let mut manifest = Vec::new();
    // Whatever size is declared.
    entry.take(LARGEST_MANIFEST + 1).read_to_end(&mut manifest).map_err(of_entry)?;
    if manifest.len() as u64 > LARGEST_MANIFEST {
        return Err(Error::Manifest { detail: format!("More than {LARGEST_MANIFEST} bytes") });
    }
    parse(&manifest)
}

/// Reads a manifest.
pub fn parse(manifest: &[u8]) -> Result<Apk, Error> {
    let not_understood = |detail: String| Error::Manifest { detail };
    let start = start::of(manifest).ok_or_else(|| not_understood("Not built like a manifest".to_owned()))?;
    let axml = AXML::new(&mut &*start, None).map_err(|error| not_understood(error.to_string()))?;
    let root = &axml.root;
    if root.name() != "manifest" {
        return Err(not_understood(format!("Root is {}", line(root.name()))));
    }
    let stated = |name: &str| root.attr(name).map(line).filter(|text| !text.is_empty());
    let package = stated("package").ok_or_else(|| not_understood("There is no package name".to_owned()))?;
    let version_name = stated("versionName").unwrap_or_default();
    Ok(Apk {
        package,
        version: crate::installer::version(&version_name),
        version_name,
        version_code: stated("versionCode").and_then(|text| text.parse().ok()),
    })
}

fn of_zip(error: ZipError) -> Error {
    match error {
        ZipError::Io(error) if !is_cut_off(&error) => Error::Read(error),
        error => Error::NotAPackage { detail: error.to_string() },
    }
}

fn of_entry(error: io::Error) -> Error {
    let is_of_archive = matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput);
    if is_of_archive || is_cut_off(&error) {
        Error::NotAPackage { detail: error.to_string() }
    } else {
        Error::Read(error)
    }
}

fn is_cut_off(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::UnexpectedEof
}

fn line(text: &str) -> String {
    let one_line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let cut: String = one_line.trim().chars().take(LONGEST_TEXT).collect();
    cut.trim_end().to_owned()
}

#[cfg(test)]
mod tests;
