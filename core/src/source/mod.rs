//! Where releases are read from: a site or a folder, both with the vendor's own layout.
//!
//! A source answers two questions: the bytes of a small description below its root, and where the bytes of
//! a release's file are. Deliberately not here: what the descriptions mean ([`crate::catalogue`]) and
//! fetching large files ([`crate::download`]).

pub mod choose;
mod connection;
mod folder;
mod inquiry;
mod site;

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use url::Url;

pub use self::connection::{CaProblem, ProxyLogin, TlsProblem};
pub use self::folder::{Folder, resolve};
pub use self::inquiry::Inquiry;
pub use self::site::Site;
use crate::catalogue::FileLocation;
use crate::http::{self, Http};
use crate::paths::is_safe_name;

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
    /// A trusted root is installed on this PC, so nothing unsigned may be used, and this source is unsigned.
    #[error("Source is not signed, and a trusted root is installed here")]
    Unsigned,
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
}

impl Fault {
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

    /// Its address or folder, without credentials.
    pub fn root(&self) -> String {
        match self {
            Self::Site(site) => http::redacted(site.root()),
            Self::Folder(folder) => folder.root().display().to_string(),
            Self::Split(split) => split.root.root(),
        }
    }

    /// Host and port of the site, or the folder, that its descriptions come from.
    pub fn host(&self) -> String {
        match self {
            Self::Site(site) => http::host_and_port(site.root()),
            Self::Folder(folder) => folder.root().display().to_string(),
            Self::Split(split) => split.updates.host(),
        }
    }

    /// Host and port of the proxy that its descriptions come by.
    pub fn proxy(&self) -> Option<String> {
        match self {
            Self::Site(site) => site.proxy(),
            Self::Folder(_) => None,
            Self::Split(split) => split.updates.proxy(),
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
        }
    }

    /// The bytes of a description below the root, such as `updates/Platform4/versions.xml`; at most
    /// [`DESCRIPTION_LIMIT_BYTES`]. [`Fault::NotFound`] only if the source itself says so.
    pub async fn description(&self, path: &str) -> Result<Vec<u8>, Fault> {
        let (part, path) = self.part(path);
        let names = safe_components(path)?;
        match part {
            Self::Site(site) => site.description(&names).await,
            Self::Folder(folder) => folder.description(&names).await,
            // The parts of a split source are whole ones.
            Self::Split(_) => Err(Fault::Address { address: path.to_owned() }),
        }
    }

    /// Where the bytes of a release's file are.
    pub fn locate(&self, location: &FileLocation) -> Result<Place, Fault> {
        let path = match location {
            FileLocation::InSource(path) => path,
            FileLocation::Url(url) => {
                let local = || http::is_loopback(url) && self.sites().into_iter().any(http::is_loopback);
                return match url.scheme() {
                    "https" => Ok(Place::Url(url.clone())),
                    "http" if local() => Ok(Place::Url(url.clone())),
                    _ => Err(Fault::Address { address: http::redacted(url) }),
                };
            }
        };
        let (part, path) = self.part(path);
        let names = safe_components(path)?;
        match part {
            Self::Site(site) => Ok(Place::Url(site.address(&names))),
            Self::Folder(folder) => Ok(Place::Path(folder.path(&names))),
            Self::Split(_) => Err(Fault::Address { address: path.to_owned() }),
        }
    }

    /// The addresses of the sites it is made of; none for a folder.
    pub fn sites(&self) -> Vec<&Url> {
        match self {
            Self::Site(site) => vec![site.root()],
            Self::Folder(_) => Vec::new(),
            Self::Split(split) => [split.root.sites(), split.updates.sites()].concat(),
        }
    }

    /// Which part of a split source a path belongs to, and the path there.
    fn part<'a>(&'a self, path: &'a str) -> (&'a Self, &'a str) {
        match self {
            Self::Site(_) | Self::Folder(_) => (self, path),
            Self::Split(split) => match path.strip_prefix("updates/") {
                Some(rest) => split.updates.part(rest),
                None => split.root.part(path),
            },
        }
    }
}

/// The components of a path below a root; each one a name that leads nowhere else.
fn safe_components(path: &str) -> Result<Vec<&str>, Fault> {
    let names: Vec<&str> = path.split('/').collect();
    if names.iter().all(|name| is_safe_name(name)) {
        Ok(names)
    } else {
        Err(Fault::Address { address: path.chars().take(120).collect() })
    }
}

#[cfg(test)]
mod tests;
