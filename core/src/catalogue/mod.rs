//! The catalogue of a source: which releases of the platform or of one product it holds.
//!
//! Read from `updates/<feed>/versions.xml` and, for each version asked for,
//! `updates/<feed>/<path>/update.<lang>.xml` or `update.xml`. A broken entry becomes a problem, and the
//! others still count. Deliberately not here: which release suits what is installed ([`crate::offer`]).

mod load;
pub mod update_xml;
pub mod versions_xml;

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use self::load::{Wanted, describe, kept, load};
pub use self::versions_xml::Listed;
use crate::digest::{Digest, Sha512};
use crate::machine::{Base, FileFault};
use crate::source;
use crate::version::{self, Flavour, Version};

/// A folder below `updates/` that holds the releases of one thing: `Platform4`, or a product's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Feed(String);

/// One published version of the platform, a product or a mobile app.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Release {
    /// Where it was found.
    pub feed: Feed,
    /// Its version.
    pub version: Version,
    /// The day it came out; `None` where the source does not say.
    pub date: Option<Date>,
    /// What changes, as the publisher wrote it; may be empty.
    pub notes: String,
    /// `None`: described, but not (or no longer) to be had.
    pub file: Option<ReleaseFile>,
    /// Update tags; empty = for everybody.
    pub tags: Vec<String>,
    /// The publisher calls it important.
    pub forced: bool,
    /// The percentage of PCs it is offered to, 0 to 100.
    pub distribution: u8,
    /// Offered whatever `distribution` says (inferred from the name).
    pub show_for_all: bool,
    /// The least platform it works with.
    pub min_platform: Option<Version>,
    /// What it may be installed over; empty = anything.
    pub from_versions: Vec<VersionPattern>,
    /// The mobile app it goes with.
    pub client_version: Option<Version>,
}

/// The file of a release, as the source describes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReleaseFile {
    /// The name it is kept under: one safe path component.
    pub name: String,
    /// Where its bytes are.
    pub location: FileLocation,
    /// Bytes, where stated.
    pub size: Option<u64>,
    /// Where stated.
    pub sha256: Option<Digest>,
    /// Where signed metadata states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha512: Option<Sha512>,
    /// The Windows signer the publisher says it has.
    pub publisher: Option<String>,
}

/// Where a file's bytes are. Checked on parsing: a path never leaves the source's root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileLocation {
    /// Below the source's root, components joined by `/`: `downloads/MobileSMARTS.msi`.
    InSource(String),
    /// Elsewhere, https only (plain http only to loopback).
    Url(url::Url),
}

/// A version (`1.5.1.559`) or a prefix (`1.5.*`) a release may be installed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VersionPattern {
    numbers: Vec<u32>,
    open: bool,
}

/// What was found in a feed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    /// Newest first.
    pub releases: Vec<Release>,
    /// Entries that do not count, and why.
    pub problems: Vec<Problem>,
    /// Whether the list has entries of which not even the version is known: a newer release may be among
    /// them.
    pub incomplete: bool,
    /// Listed and not asked for, newest first; not more than anybody would look at.
    #[serde(skip)]
    pub older: Vec<Listed>,
    /// Of those as many as were read for the sake of subscriptions ([`crate::check`]), newest first.
    #[serde(skip)]
    pub former: Vec<Release>,
}

/// Something in a feed that could not be used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// Below the source's root: `updates/Platform4/3.4.46.40367/update.ru.xml`.
    pub path: String,
    /// What is wrong.
    pub fault: Fault,
    /// The version that was asked for and is therefore not among the releases: whoever has an older one
    /// cannot be told to be up to date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<Version>,
}

/// What a [`Problem`] is about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// The description could not be had.
    #[error("Failed to read a description from the source")]
    Source(#[source] source::Fault),
    /// The description is not what it should be.
    #[error("Description is unusable")]
    File(#[source] FileFault),
    /// A version is none.
    #[error("{element} is not a version")]
    Version {
        /// The element or attribute.
        element: String,
        /// Why.
        #[source]
        error: version::Error,
    },
    /// The same version twice; the first counts.
    #[error("Version {version} is listed twice")]
    Duplicate {
        /// The version.
        version: Version,
    },
    /// The description in a version's folder speaks of another version.
    #[error("Description is of version {found}, not of {expected}")]
    OtherVersion {
        /// By `versions.xml`.
        expected: Version,
        /// By the description.
        found: Version,
    },
    /// An element holds what it cannot.
    #[error("{element} is not understood: {text}")]
    Value {
        /// The element.
        element: String,
        /// What it holds, shortened.
        text: String,
    },
    /// A folder or file that leaves the source, or has a name no Windows PC can keep.
    #[error("{element} leads where no file may lie: {text}")]
    Path {
        /// The element.
        element: String,
        /// What it holds, shortened.
        text: String,
    },
    /// A file address that is neither https nor on the source's own host.
    #[error("File lies at an address that is not used: {address}")]
    Address {
        /// Without credentials.
        address: String,
    },
}

/// Why a feed could not be read at all. Never to be taken for "nothing new".
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize)]
#[error("Failed to read the list of versions: {path}")]
pub struct Error {
    /// Of `versions.xml`, below the source's root.
    pub path: String,
    /// Why.
    #[source]
    pub fault: Fault,
}

/// Not a folder below `updates/`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Not a folder of releases: {0}")]
pub struct FeedError(pub String);

/// Not a version pattern.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Not a version or a prefix such as 1.5.*: {0}")]
pub struct PatternError(pub String);

impl Feed {
    /// The platform's releases of a flavour: `Platform4` for .NET 4.6 (and where no flavour is told),
    /// `Platform` for .NET 3.5 (inferred).
    pub fn platform(flavour: Option<Flavour>) -> Self {
        Self(if flavour == Some(Flavour::Net35) { "Platform" } else { "Platform4" }.to_owned())
    }

    /// The releases of this program.
    pub fn updater() -> Self {
        Self("MobileSMARTSUpdater".to_owned())
    }

    /// The mobile apps for Android.
    pub fn android() -> Self {
        Self("Android".to_owned())
    }

    /// The releases of a base's product; `None` if the base says neither its product nor a folder, or one
    /// that is no safe path.
    pub fn product(base: &Base) -> Option<Self> {
        Self::named(Self::stated(base)?)
    }

    /// Where a base says that the releases of its product are, as written.
    pub fn stated(base: &Base) -> Option<&str> {
        base.updates_path.as_deref().or(base.product_id.as_deref())
    }

    /// A feed by its folder below `updates/`, components joined by `/` (inferred: `updatesPath` is called a
    /// path); `None` if one of them is not a safe name.
    pub fn named(path: &str) -> Option<Self> {
        let path = path.trim().trim_matches('/');
        is_safe_path(path).then(|| Self(path.to_owned()))
    }

    /// Whether the releases are the platform's, whose versions are compared within a flavour only.
    pub fn is_platform(&self) -> bool {
        ["Platform", "Platform4"].iter().any(|name| self.0.eq_ignore_ascii_case(name))
    }

    /// For a release that came from no source: a file at hand. No folder has this name.
    pub fn none() -> Self {
        Self(String::new())
    }

    /// The folder below `updates/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a feed is not there at all: the source itself says that it has no such list.
pub fn is_absent(read: &Result<Catalogue, Error>) -> bool {
    matches!(read, Err(Error { fault: Fault::Source(source::Fault::NotFound), .. }))
}

impl fmt::Display for Feed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// As it was kept: a path of ours is made from it, so it is looked at again.
impl TryFrom<String> for Feed {
    type Error = FeedError;

    fn try_from(text: String) -> Result<Self, FeedError> {
        if text.is_empty() || is_safe_path(&text) { Ok(Self(text)) } else { Err(FeedError(shortened(&text))) }
    }
}

impl From<Feed> for String {
    fn from(feed: Feed) -> Self {
        feed.0
    }
}

impl VersionPattern {
    /// Whether a release with this pattern may be installed over `version`.
    pub fn matches(&self, version: &Version) -> bool {
        let mut parts = version.parts();
        let begins = self.numbers.iter().all(|number| parts.next() == Some(*number));
        begins && (self.open || parts.next().is_none())
    }
}

impl std::str::FromStr for VersionPattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        let error = || PatternError(text.chars().take(60).collect());
        let text = text.trim();
        let (numbers, open) = match text.strip_suffix('*') {
            Some(prefix) => (prefix.strip_suffix('.').ok_or_else(error)?, true),
            None => (text, false),
        };
        let numbers = numbers
            .split('.')
            .map(|part| part.parse().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit())))
            .collect::<Option<Vec<u32>>>()
            .ok_or_else(error)?;
        let most = if open { 3 } else { 4 };
        let least = if open { 1 } else { 2 };
        if (least..=most).contains(&numbers.len()) { Ok(Self { numbers, open }) } else { Err(error()) }
    }
}

impl fmt::Display for VersionPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<String> = self.numbers.iter().map(u32::to_string).collect();
        f.write_str(&numbers.join("."))?;
        f.write_str(if self.open { ".*" } else { "" })
    }
}

impl TryFrom<String> for VersionPattern {
    type Error = PatternError;

    fn try_from(text: String) -> Result<Self, PatternError> {
        text.parse()
    }
}

impl From<VersionPattern> for String {
    fn from(pattern: VersionPattern) -> Self {
        pattern.to_string()
    }
}

/// The start of a text, for a fault.
fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}

/// Whether a path stays in its folder, on Windows too: names joined by `/`, each one a safe component.
pub(crate) fn is_safe_path(path: &str) -> bool {
    path.chars().count() <= 400 && path.split('/').all(crate::paths::is_safe_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> VersionPattern {
        text.parse().unwrap()
    }

    #[test]
    fn a_prefix_matches_every_version_below_it_and_nothing_else() {
        let version = |text: &str| text.parse::<Version>().unwrap();
        assert!(pattern("1.5.*").matches(&version("1.5.1.559")));
        assert!(!pattern("1.5.*").matches(&version("1.50.1.559")));
        assert!(!pattern("1.5.*").matches(&version("1.6.0.1428")));
        assert!(pattern("1.5.1.559").matches(&version("1.5.1.559")));
        assert!(!pattern("1.5.1").matches(&version("1.5.1.559")));
    }

    #[test]
    fn a_feed_may_lie_in_folders_of_folders_and_never_outside() {
        let feed = |path: &str| Feed::named(path).map(|feed| feed.to_string());
        assert_eq!(feed("Warehouse15").as_deref(), Some("Warehouse15"));
        assert_eq!(feed(" /Warehouse15/Extended/ ").as_deref(), Some("Warehouse15/Extended"));
        for path in ["", "/", "..", "a/../b", "a//b", "a/nul", r"a\b", "C:/a", "https://other.example"] {
            assert_eq!(feed(path), None, "{path}");
        }
    }

    #[test]
    fn a_feed_that_was_kept_is_one_again_and_never_outside() {
        for feed in [Feed::none(), Feed::updater(), Feed::named("Warehouse15/Extended").unwrap()] {
            let kept = serde_json::to_string(&feed).unwrap();
            assert_eq!(kept, format!("\"{feed}\""));
            assert_eq!(serde_json::from_str::<Feed>(&kept).unwrap(), feed);
        }
        for text in ["../../x", "/etc", "C:/a", "a//b"] {
            assert!(serde_json::from_value::<Feed>(text.into()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_pattern_keeps_its_text_and_nonsense_is_refused() {
        assert_eq!(pattern(" 1.5.* ").to_string(), "1.5.*");
        for text in ["", "*", "1.*.2", "1.5*", "x.*", "1", "1.2.3.4.*", "-1.2", "+1.2"] {
            assert!(text.parse::<VersionPattern>().is_err(), "{text}");
        }
    }
}
