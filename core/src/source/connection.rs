//! What is told about a connection that does not come about, beside host and proxy.

use serde::{Deserialize, Serialize};

/// What is wrong with the certificate of a host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TlsProblem {
    /// Too old, or the clock of this PC is ahead.
    Expired,
    /// Not valid yet, or the clock of this PC is behind.
    NotYetValid,
    /// Of another host.
    WrongHost,
    /// Nobody whom this PC trusts has issued it: it is self-signed, or a company's own, which looks into
    /// connections.
    UnknownIssuer,
    /// Its issuer has taken it back.
    Revoked,
    /// Anything else.
    #[default]
    Other,
}

/// What a proxy that wants a login was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProxyLogin {
    /// None: none is known.
    Missing,
    /// One that it has refused.
    Refused,
    /// None this time: it has refused this one before, and another try might lock the account.
    RefusedBefore,
    /// None this time: it has left this one without an answer a moment ago, and may have refused it.
    Unanswered,
}

/// Why a file of certificates cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum CaProblem {
    /// Its path is not absolute, or leads nowhere on this PC.
    NotHere,
    /// Others than administrators can change it.
    OpenToOthers,
    /// It is not there, or cannot be read.
    Unreadable {
        /// The system's words.
        detail: String,
    },
    /// There is no certificate in it.
    NoCertificate,
    /// A certificate in it is broken.
    Broken {
        /// The library's words.
        detail: String,
    },
}
