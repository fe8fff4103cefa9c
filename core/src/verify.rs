//! Proof of files: what is downloaded is guilty until proved.

use serde::{Deserialize, Serialize};

/// How far a file is proved, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// Its hash stands in signed metadata.
    Signed,
    /// It carries a valid Windows signature of the expected company.
    Publisher,
    /// Its hash was stated by an unsigned source.
    Hash,
    /// Nothing but the way it came.
    None,
}
