//! Where releases are read from: a site or a folder, both with the vendor's own layout.
//!
//! A source answers two questions: the bytes of a small description below its root, and where the bytes of
//! a release's file are. Deliberately not here: what the descriptions mean ([`crate::catalogue`]) and
//! fetching large files ([`crate::download`]).

use serde::{Deserialize, Serialize};

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
        /// The cause, in the library's words, without credentials.
        detail: String,
    },
    /// The secure connection could not be proved.
    #[error("Failed to prove the identity of {host}: {detail}")]
    Tls {
        /// Host and port.
        host: String,
        /// The cause, in the library's words.
        detail: String,
    },
    /// No answer in time.
    #[error("No answer from {host} in time")]
    Timeout {
        /// Host and port.
        host: String,
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
