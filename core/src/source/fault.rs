//! Why a source did not give a description or a file. Reports keep it, so it is data and serialized.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::connection::{CaProblem, ProxyLogin, TlsProblem};

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
        /// Whether the login stands in the proxy's address, as the environment has it, and is not kept by us.
        #[serde(default)]
        in_address: bool,
    },
    /// What is set as the proxy is none that this program can talk to (SOCKS), so nothing is asked.
    #[error("Proxy {proxy} is neither an http nor an https one")]
    ProxyUnusable {
        /// As it is set, without credentials.
        proxy: String,
    },
    /// The proxy answers, and makes no tunnel to the host.
    #[error("Proxy {proxy} refuses the way to {host}")]
    ProxyRefusal {
        /// Host and port.
        host: String,
        /// Host and port.
        proxy: String,
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
    /// All of it is signed, and is older than what this PC has seen already: a stick that was made earlier, or a
    /// mirror that lags behind.
    #[error("Source is older than what was seen here: {role} has version {found}, not {seen}")]
    Older {
        /// By which: `timestamp`, whose version counts the states of the whole source.
        role: String,
        /// Version that was seen.
        seen: u64,
        /// Version that the source has.
        found: u64,
    },
    /// Nobody has signed anew in time. Whether there is something newer cannot be told.
    #[error("Metadata of the source ({role}) expired at {since}, now it is {now}{}", by_clock(*.clock))]
    Expired {
        /// Which: `root`, `timestamp`, `snapshot`, `targets`, or a delegated one.
        role: String,
        /// When.
        since: Timestamp,
        /// The moment it was judged at.
        now: Timestamp,
        /// What the clock of this PC says, where that is earlier and not believed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clock: Option<Timestamp>,
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

fn by_clock(clock: Option<Timestamp>) -> String {
    clock.map(|clock| format!(" at least, by the clock {clock}")).unwrap_or_default()
}

impl Fault {
    pub(super) fn untrusted(detail: impl Into<String>) -> Self {
        Self::Untrusted { detail: detail.into() }
    }

    /// Whether what the source says, or a file of it, is not believed, so that nothing of it is used.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Unsigned
                | Self::Untrusted { .. }
                | Self::Older { .. }
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
                | Self::ProxyUnusable { .. }
                | Self::ProxyRefusal { .. }
                | Self::CaFile { .. }
        )
    }
}
