//! Why a text names no source: said before anything is asked of it.

use std::path::PathBuf;

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
