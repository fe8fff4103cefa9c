//! Installers at hand: which product and which version one is of, told by the file itself.
//!
//! An MSI says it in its `Property` table (`msi`), a program in its version resource (`exe`). Both are what
//! whoever built the file wrote there, and say nothing about who that was: that is [`crate::verify`]'s, and no file
//! is started for what it says of itself. What is for this PC, and whether it is newer, is judged in `known`.
//!
//! The files come from sticks, so their bytes are believed in nothing: whatever a header says, not more than a few
//! MiB are held, and of texts a line. Deliberately not here: starting anything, and any other table or resource.

mod exe;
mod known;
mod msi;
mod version_info;

use std::io::{self, Read, Seek};

pub use self::known::{Known, Refusal, Target, known, target};
use crate::verify::PackageKind;
use crate::version::Version;

/// Longer texts are cut: they are shown and compared, and nothing else.
const LONGEST_TEXT: usize = 200;

/// What an installer says of itself. Every text is one line without control characters, and never empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// `ProductName`.
    pub product: Option<String>,
    /// The version that is installed by it.
    pub version: Option<Version>,
    /// `Manufacturer` of an MSI, `CompanyName` of a program.
    pub company: Option<String>,
    /// Of a program: what the system shows of it, and its own names. Of an MSI: none.
    pub other_names: Vec<String>,
    /// Of an MSI: which product it is, a GUID.
    pub product_code: Option<String>,
    /// Of an MSI: which line of products, a GUID.
    pub upgrade_code: Option<String>,
}

/// Why an installer's own words could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file could not be read.
    #[error("Failed to read the installer")]
    Read(#[source] io::Error),
    /// Not what it is called: no Windows Installer database, or no program of Windows.
    #[error("Not an installer: {detail}")]
    NotAnInstaller {
        /// What is wrong with it.
        detail: String,
    },
    /// It is a template or an app.
    #[error("Not an installer but a template or an app")]
    NotAProgram,
}

/// Reads what an installer says of itself. One that says nothing has an empty identity.
pub fn identify(kind: PackageKind, file: &mut (impl Read + Seek)) -> Result<Identity, Error> {
    match kind {
        PackageKind::Msi => msi::read(file),
        PackageKind::Exe => exe::read(file),
        PackageKind::Template | PackageKind::App => Err(Error::NotAProgram),
    }
}

impl Identity {
    /// What to call it: its product, or else another of its names.
    pub fn name(&self) -> Option<&str> {
        self.product.as_deref().or_else(|| self.other_names.first().map(String::as_str))
    }

    /// Everything it calls itself.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.product.iter().chain(&self.other_names).map(String::as_str)
    }
}

fn not_an_installer(detail: impl Into<String>) -> Error {
    Error::NotAnInstaller { detail: detail.into() }
}

/// A text to be shown; `None`: there is nothing in it.
fn line(text: &str) -> Option<String> {
    let one_line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let cut: String = one_line.trim().chars().take(LONGEST_TEXT).collect();
    Some(cut.trim_end().to_owned()).filter(|text| !text.is_empty())
}

/// A version at the beginning of a text, as in `1.6.3.7283+5f1c2aa` or `1.6.3.7283 (release)`.
pub(crate) fn version(text: &str) -> Option<Version> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    text.get(..end)?.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests;
