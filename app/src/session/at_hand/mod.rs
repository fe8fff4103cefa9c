//! Files that did not come from a source: on a stick, or left by a product's wizard.
//!
//! A template is for bases, an installer is started. Deliberately not here: what a file would do to a base — that is the
//! sheet's — and a plan's end.

mod installer;
mod template;

use smarts_core::catalogue::{Feed, FileLocation, Release, ReleaseFile};
use smarts_core::version::Version;
use smarts_core::{download, verify};

pub(super) use self::installer::warnings;
pub use self::installer::{InstallerAtHand, InstallerFor};
pub use self::template::{TemplateAtHand, Unfit};

/// Why a file at hand is not used.
#[derive(Debug, thiserror::Error)]
pub enum AtHandError {
    /// It could not be read.
    #[error("Failed to read the file")]
    Read(#[source] download::Error),
    /// It is not proved.
    #[error("Failed to prove the file")]
    Verify(#[source] verify::Error),
    /// It is no usable template.
    #[error("Failed to read the template")]
    Template(#[source] smarts_core::template::Error),
    /// It is no installer, or cannot be read.
    #[error("Failed to read the installer")]
    Installer(#[source] smarts_core::installer::Error),
}

/// A release of which nothing is known but what it is.
fn bare(feed: Feed, version: Version) -> Release {
    Release {
        feed,
        version,
        date: None,
        notes: String::new(),
        file: None,
        tags: Vec::new(),
        forced: false,
        distribution: 100,
        show_for_all: true,
        min_platform: None,
        from_versions: Vec::new(),
        client_version: None,
    }
}

/// A file of which no source says anything.
fn of_file(name: &str) -> ReleaseFile {
    let location = FileLocation::InSource(name.to_owned());
    ReleaseFile { name: name.to_owned(), location, size: None, sha256: None, sha512: None, publisher: None }
}
