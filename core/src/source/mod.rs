//! Where releases are read from: a site or a folder, both with the vendor's own layout, signed or not.
//!
//! A source answers two questions: the bytes of a small description below its root, and where the bytes of
//! a release's file are and what they have to be. Deliberately not here: what the descriptions mean ([`crate::catalogue`]) and
//! fetching large files ([`crate::download`]).

pub mod choose;
mod connection;
mod folder;
mod inquiry;
pub mod signed;
mod site;

use std::fmt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

pub use self::connection::{CaProblem, ProxyLogin, TlsProblem};
pub use self::folder::{Folder, resolve};
pub use self::inquiry::Inquiry;
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

/// Why a text names no source.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing but white space.
    #[error("Address of the source is empty")]
    Empty,
    /// `ftp://`, `file://` …
    #[error("Source must be an https address or a folder, not {scheme}://")]
    Scheme {
        /// In lower case.
        scheme: String,
    },
    /// Plain http to another PC.
    #[error("Source must be reached by https: {address}")]
    PlainHttp {
        /// Without credentials and query.
        address: String,
    },
    /// Looks like an address and is none.
    #[error("Address of the source is not understood")]
    Address(#[source] url::ParseError),
    /// A root with a query: nothing can lie below it.
    #[error("Address of the source must have no query: {address}")]
    Query {
        /// Without credentials and query.
        address: String,
    },
    /// The trusted root of this PC cannot be read, or others than administrators can write it. Nothing is read
    /// from anywhere then.
    #[error("Trusted root is not to be believed: {}", path.display())]
    TrustedRoot {
        /// `root.json`.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The folder is not there, or cannot be looked at.
    #[error("Failed to open the folder of the source: {}", path.display())]
    Folder {
        /// As given, made absolute; without credentials if it seems to be an address without its scheme.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
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

/// Why a description could not be had from a source.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "cause", rename_all = "snake_case")]
pub enum Fault {
    /// The source says that there is no such file.
    #[error("Source has no such file")]
    NotFound,
    /// No connection: name not found, refused, unreachable, cut.
    #[error("Failed to connect to {host}: {detail}")]
    Connection {
        /// Host and port.
        host: String,
        /// Host and port of the proxy in the way.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proxy: Option<String>,
        /// The cause, in the library's words, without credentials.
        detail: String,
    },
    /// The secure connection could not be proved.
    #[error("Failed to prove the identity of {host}: {detail}")]
    Tls {
        /// Host and port.
        host: String,
        /// Host and port of the proxy in the way.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proxy: Option<String>,
        /// What a person could do something about.
        #[serde(default)]
        problem: TlsProblem,
        /// The cause, in the library's words.
        detail: String,
    },
    /// No answer in time.
    #[error("No answer from {host} in time")]
    Timeout {
        /// Host and port.
        host: String,
        /// Host and port of the proxy in the way.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proxy: Option<String>,
    },
    /// The proxy wants a login, or another one.
    #[error("Proxy {proxy} wants a login")]
    ProxyAuthentication {
        /// Host and port.
        proxy: String,
        /// What was sent.
        login: ProxyLogin,
    },
    /// The certificates that are to count besides the system's own cannot be used, so nothing is asked.
    #[error("Failed to use the certificates in {path}")]
    CaFile {
        /// The file.
        path: String,
        /// Why.
        problem: CaProblem,
    },
    /// An answer that is neither the file nor "not found".
    #[error("{host} answered with status {status}")]
    Status {
        /// Host and port.
        host: String,
        /// HTTP status.
        status: u16,
    },
    /// A redirect to what is not https, or too many of them.
    #[error("{host} redirects to an address that is not followed: {target}")]
    Redirect {
        /// Host and port.
        host: String,
        /// Where to, without credentials and query.
        target: String,
    },
    /// An address that is neither https nor of this PC itself.
    #[error("Address is not used: {address}")]
    Address {
        /// Without credentials and query.
        address: String,
    },
    /// The source itself could not be opened.
    #[error("Failed to open the source: {detail}")]
    Unopened {
        /// Why.
        detail: String,
    },
    /// More bytes than such a file may have.
    #[error("Answer is larger than {limit_bytes} bytes")]
    TooLarge {
        /// The limit.
        limit_bytes: u64,
    },
    /// A folder that the system does not let us read.
    #[error("Failed to read the folder: {detail}")]
    Folder {
        /// The system's words.
        detail: String,
    },
    /// A trusted root is installed on this PC, so nothing unsigned is used, and this source has no metadata.
    #[error("Source is not signed, and a trusted root is installed here")]
    Unsigned,
    /// Signed metadata, or a file, is not what it has to be: somebody may have changed it.
    #[error("Failed to prove the source: {detail}")]
    Untrusted {
        /// What is wrong, in English.
        detail: String,
    },
    /// Nobody has signed anew in time. Whether there is something newer cannot be told.
    #[error("Metadata of the source ({role}) expired at {since}, now it is {now}")]
    Expired {
        /// Which: `root`, `timestamp`, `snapshot`, `targets`, or a delegated one.
        role: String,
        /// When.
        since: Timestamp,
        /// The moment it was judged at.
        now: Timestamp,
    },
    /// A file that is signed is not there.
    #[error("Source lacks a file that is signed: {path}")]
    Missing {
        /// Below the root.
        path: String,
    },
    /// A file that nobody has signed, in a signed source.
    #[error("File is not signed: {path}")]
    NotSigned {
        /// Below the root, or an address without credentials.
        path: String,
    },
    /// A file is signed as another one than it was when the release was looked up.
    #[error("File has been signed anew since it was looked up: {path}")]
    SignedAnew {
        /// Below the root.
        path: String,
    },
    /// The trusted root that is installed on this PC is unusable.
    #[error("Trusted root is unusable: {detail}")]
    Root {
        /// What is wrong, in English.
        detail: String,
    },
    /// The metadata that is kept on this PC could not be read or written.
    #[error("Failed to read or write kept metadata: {detail}: {path}")]
    Store {
        /// The file or folder.
        path: String,
        /// The system's words.
        detail: String,
    },
    /// The clock of this PC is behind a moment that is known to have passed.
    #[error("Clock says {now}, and it is at least {at_least}")]
    ClockBehind {
        /// By the clock.
        now: Timestamp,
        /// The last good check, or the newest release.
        at_least: Timestamp,
    },
}

impl Fault {
    fn untrusted(detail: impl Into<String>) -> Self {
        Self::Untrusted { detail: detail.into() }
    }

    /// Whether what the source says, or a file of it, is not believed, so that nothing of it is used.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Unsigned
                | Self::Untrusted { .. }
                | Self::Expired { .. }
                | Self::NotSigned { .. }
                | Self::Root { .. }
        )
    }

    /// Whether the next question to the source would most likely end in the same way.
    pub fn is_unreachable(&self) -> bool {
        matches!(
            self,
            Self::Connection { .. }
                | Self::Timeout { .. }
                | Self::Tls { .. }
                | Self::ProxyAuthentication { .. }
                | Self::CaFile { .. }
        )
    }
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

/// The components of a path below a root; each one a name that leads nowhere else. In a consistent snapshot a name
/// has up to 129 characters of a hash in front.
fn safe_components(path: &str) -> Result<Vec<&str>, Fault> {
    components(path, is_safe_name)
}

/// As [`safe_components`], for the path of a file as it lies there: a hash may stand before its name.
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
