//! Where releases are read from: a site or a folder, both with the vendor's own layout, signed or not.
//!
//! A source answers two questions: the bytes of a small description below its root, and where the bytes of
//! a release's file are and what they have to be. Deliberately not here: what the descriptions mean
//! ([`crate::catalogue`]) and fetching large files ([`crate::download`]).

pub mod choose;
mod connection;
mod error;
mod fault;
mod folder;
mod inquiry;
mod origin;
pub mod signed;
mod site;

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

pub use self::connection::{CaProblem, ProxyLogin, TlsProblem};
pub use self::error::Error;
pub use self::fault::Fault;
pub use self::folder::{Folder, resolve};
pub use self::inquiry::Inquiry;
pub use self::origin::Origin;
pub use self::signed::{Anchor, Signed};
pub use self::site::Site;
use crate::catalogue::{FileLocation, ReleaseFile};
use crate::digest::{Digest, Sha512};
use crate::http::{self, Http};
use crate::paths::{is_safe_name, is_windows_name};

/// No description is larger, unpacked.
pub const DESCRIPTION_LIMIT_BYTES: u64 = 4 * 1024 * 1024;

/// A place with the vendor's layout: `updates/…/versions.xml`, `downloads/…`.
#[derive(Clone, Debug)]
pub enum Source {
    /// A web site.
    Site(Site),
    /// A folder: a company's share, a stick.
    Folder(Folder),
    /// One of these whose `updates/` is elsewhere.
    Split(Box<Split>),
    /// One of these whose every file is signed.
    Signed(Signed),
}

/// A source whose `updates/` is elsewhere (`CustomUpdatePath`).
#[derive(Clone, Debug)]
pub struct Split {
    root: Source,
    updates: Source,
}

/// Where the bytes of a file are to be had.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// By HTTP; may carry credentials, so never shown as it is.
    Url(Url),
    /// In a folder; names match without regard to case.
    Path(PathBuf),
}

/// Where a release's file is, and what it has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Where its bytes are.
    pub place: Place,
    /// The same below the root of the source, as it lies there; `None` if it is elsewhere.
    pub path: Option<String>,
    /// Bytes, where stated.
    pub size: Option<u64>,
    /// Where stated.
    pub sha256: Option<Digest>,
    /// Where stated.
    pub sha512: Option<Sha512>,
}

/// Of an address what may be shown.
impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(url) => f.debug_tuple("Url").field(&http::redacted(url)).finish(),
            Self::Path(path) => f.debug_tuple("Path").field(path).finish(),
        }
    }
}

/// How far a source is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// Every byte is signed (The Update Framework).
    Signed,
    /// The connection is encrypted and the host proved; also a loopback address.
    Https,
    /// Whoever may write into the folder.
    Folder,
}

impl Source {
    /// The source a text names: an https address (http to this PC itself), or a folder (`\\host\share`
    /// too). Looks whether the folder is there, so a dead share holds up the calling thread; connects to no
    /// site. Descriptions of a site are kept in `cache_dir` between runs.
    pub fn open(text: &str, http: &Http, cache_dir: &Path) -> Result<Self, Error> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::Empty);
        }
        let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_lowercase());
        match scheme.as_deref() {
            Some("https" | "http") => Site::open(text, http, cache_dir).map(Self::Site),
            Some(scheme) if http::is_scheme(scheme) => {
                Err(Error::Scheme { scheme: scheme.chars().take(20).collect() })
            }
            Some(_) => Err(Error::Address(url::ParseError::RelativeUrlWithoutBase)),
            None => Folder::open(Path::new(text), http.description_timeout()).map(Self::Folder),
        }
    }

    /// This source with its `updates/` replaced by what lies at another address or in another folder. The
    /// files in `downloads/` stay where they are.
    pub fn with_updates(self, address: &str, http: &Http, cache_dir: &Path) -> Result<Self, Error> {
        let updates = Self::open(address, http, cache_dir)?;
        Ok(Self::Split(Box::new(Split { root: self, updates })))
    }

    /// This source, of which nothing counts any more that is not signed by the metadata below its root.
    #[must_use]
    pub fn signed(self, anchor: Anchor) -> Self {
        let metadata = self.below(signed::METADATA);
        Self::Signed(Signed::new(self, metadata, anchor))
    }

    /// Its address or folder, without credentials.
    pub fn root(&self) -> String {
        match self {
            Self::Site(site) => http::redacted(site.root()),
            Self::Folder(folder) => folder.root().display().to_string(),
            Self::Split(split) => split.root.root(),
            Self::Signed(signed) => signed.tree.root(),
        }
    }

    /// Host and port of the site, or the folder, that its descriptions come from.
    pub fn host(&self) -> String {
        match self {
            Self::Site(site) => http::host_and_port(site.root()),
            Self::Folder(folder) => folder.root().display().to_string(),
            Self::Split(split) => split.updates.host(),
            Self::Signed(signed) => signed.tree.host(),
        }
    }

    /// Host and port of the proxy that its descriptions come by.
    pub fn proxy(&self) -> Option<String> {
        match self {
            Self::Site(site) => site.proxy(),
            Self::Folder(_) => None,
            Self::Split(split) => split.updates.proxy(),
            Self::Signed(signed) => signed.tree.proxy(),
        }
    }

    /// How far it is proved: of a split source, its weaker half.
    pub fn trust(&self) -> Trust {
        match self {
            Self::Site(_) => Trust::Https,
            Self::Folder(_) => Trust::Folder,
            Self::Split(split) => match (split.root.trust(), split.updates.trust()) {
                (Trust::Folder, _) | (_, Trust::Folder) => Trust::Folder,
                (Trust::Https, _) | (_, Trust::Https) => Trust::Https,
                (Trust::Signed, Trust::Signed) => Trust::Signed,
            },
            Self::Signed(_) => Trust::Signed,
        }
    }

    /// What is known of its signed metadata, asked for if it was not yet; `None` for one that is not signed.
    pub async fn facts(&self) -> Result<Option<&signed::Facts>, Fault> {
        match self {
            Self::Signed(signed) => signed.facts().await.map(Some),
            Self::Site(_) | Self::Folder(_) | Self::Split(_) => Ok(None),
        }
    }

    /// After a good check: that releases have been signed up to this day; see [`Signed::remember`].
    pub async fn remember(&self, newest: Option<jiff::civil::Date>) {
        if let Self::Signed(signed) = self {
            signed.remember(newest).await;
        }
    }

    /// The bytes of a description below the root, such as `updates/Platform4/versions.xml`; at most
    /// [`DESCRIPTION_LIMIT_BYTES`]. [`Fault::NotFound`] only if the source itself says so: a signed one says
    /// it by not having signed such a file.
    pub async fn description(&self, path: &str) -> Result<Vec<u8>, Fault> {
        let (part, path) = self.part(path);
        let names = safe_components(path)?;
        match part {
            Self::Site(site) => site.description(&names).await,
            Self::Folder(folder) => folder.description(&names).await,
            Self::Signed(signed) => signed.description(path, DESCRIPTION_LIMIT_BYTES).await,
            // The parts of a split source are whole ones.
            Self::Split(_) => Err(Fault::Address { address: path.to_owned() }),
        }
    }

    /// A description as the source gave it when it was asked last, without asking: for what hardly ever changes. `None`
    /// where it was not kept or was last asked for longer than `most_age` ago, and for folders and signed sources,
    /// which give theirs at once.
    pub async fn kept(&self, path: &str, now: Timestamp, most_age: Duration) -> Option<Vec<u8>> {
        let (Self::Site(site), path) = self.part(path) else { return None };
        site.kept(&safe_components(path).ok()?, now, most_age).await
    }

    /// Where the bytes of a release's file are, and what they have to be: of a signed source as it is signed now,
    /// of any other as the release says.
    pub async fn locate(&self, file: &ReleaseFile) -> Result<Located, Fault> {
        let Self::Signed(signed) = self else {
            let (place, path) = match &file.location {
                FileLocation::InSource(path) => (self.place(path)?, Some(path.clone())),
                FileLocation::Url(url) => (self.elsewhere(url)?, None),
            };
            let ReleaseFile { size, sha256, sha512, .. } = *file;
            return Ok(Located { place, path, size, sha256, sha512 });
        };
        let target = signed.target_of(file).await?;
        if !target.is_still(file) {
            return Err(Fault::SignedAnew { path: target.path });
        }
        let path = signed.path_of(&target).await?;
        Ok(Located {
            place: self.place(&path)?,
            path: Some(path),
            size: Some(target.length),
            sha256: target.sha256,
            sha512: target.sha512,
        })
    }

    /// A release's file with what is signed of it, which is all that counts; as it is, where nothing is signed.
    pub async fn vouched(&self, file: ReleaseFile) -> Result<ReleaseFile, Fault> {
        let Self::Signed(signed) = self else { return Ok(file) };
        let target = signed.target_of(&file).await?;
        let signed::Target { path, length, sha256, sha512 } = target;
        let location = FileLocation::InSource(path);
        Ok(ReleaseFile { location, size: Some(length), sha256, sha512, ..file })
    }

    /// The addresses of the sites it is made of; none for a folder.
    pub fn sites(&self) -> Vec<&Url> {
        match self {
            Self::Site(site) => vec![site.root()],
            Self::Folder(_) => Vec::new(),
            Self::Split(split) => [split.root.sites(), split.updates.sites()].concat(),
            Self::Signed(signed) => signed.tree.sites(),
        }
    }

    /// Where a file below the root is, proved or not.
    fn place(&self, path: &str) -> Result<Place, Fault> {
        let (part, path) = self.part(path);
        let names = published_components(path)?;
        match part {
            Self::Site(site) => Ok(Place::Url(site.address(&names))),
            Self::Folder(folder) => Ok(Place::Path(folder.path(&names))),
            Self::Signed(signed) => signed.tree.place(path),
            Self::Split(_) => Err(Fault::Address { address: path.to_owned() }),
        }
    }

    /// The client that its files are fetched with.
    pub fn http(&self, http: &Http) -> Http {
        if self.trust() == Trust::Signed { http.allowing_plain() } else { http.clone() }
    }

    fn elsewhere(&self, url: &Url) -> Result<Place, Fault> {
        let local = || http::is_loopback(url) && self.sites().into_iter().any(http::is_loopback);
        match url.scheme() {
            "https" => Ok(Place::Url(url.clone())),
            "http" if local() => Ok(Place::Url(url.clone())),
            _ => Err(Fault::Address { address: http::redacted(url) }),
        }
    }

    /// The bytes of a small file below the root, with nothing kept and nothing proved; `None` if it is not
    /// there.
    async fn bytes(&self, path: &str, limit_bytes: u64) -> Result<Option<Vec<u8>>, Fault> {
        let (part, path) = self.part(path);
        let names = published_components(path)?;
        match part {
            Self::Site(site) => site.bytes(&names, limit_bytes).await,
            Self::Folder(folder) => folder.bytes(&names, limit_bytes).await,
            Self::Split(_) | Self::Signed(_) => Err(Fault::Address { address: path.to_owned() }),
        }
    }

    /// Metadata by its name, in which the name of a role is percent-encoded.
    async fn metadata(&self, name: &str, limit_bytes: u64) -> Result<Option<Vec<u8>>, Fault> {
        let Self::Site(site) = self else { return self.bytes(name, limit_bytes).await };
        let decoded = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
        site.bytes(&[&decoded], limit_bytes).await
    }

    /// A source whose root is a folder of this one's.
    fn below(&self, name: &str) -> Self {
        match self {
            Self::Site(site) => Self::Site(site.below(name)),
            Self::Folder(folder) => Self::Folder(folder.below(name)),
            Self::Split(split) => split.root.below(name),
            Self::Signed(signed) => signed.tree.below(name),
        }
    }

    fn is_folder(&self) -> bool {
        matches!(self, Self::Folder(_))
    }

    /// Which part of a split source a path belongs to, and the path there.
    fn part<'a>(&'a self, path: &'a str) -> (&'a Self, &'a str) {
        match self {
            Self::Site(_) | Self::Folder(_) | Self::Signed(_) => (self, path),
            Self::Split(split) => match path.strip_prefix("updates/") {
                Some(rest) => split.updates.part(rest),
                None => split.root.part(path),
            },
        }
    }
}

/// The components of a path below a root; each one a name that leads nowhere else.
fn safe_components(path: &str) -> Result<Vec<&str>, Fault> {
    components(path, is_safe_name)
}

/// As [`safe_components`], for the path of a file as it lies there: in a consistent snapshot its name has up to 129
/// characters of a hash in front.
fn published_components(path: &str) -> Result<Vec<&str>, Fault> {
    components(path, is_windows_name)
}

fn components(path: &str, is_name: fn(&str) -> bool) -> Result<Vec<&str>, Fault> {
    let names: Vec<&str> = path.split('/').collect();
    if names.iter().all(|name| is_name(name)) {
        Ok(names)
    } else {
        Err(Fault::Address { address: path.chars().take(120).collect() })
    }
}

#[cfg(test)]
mod tests;
