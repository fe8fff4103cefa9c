//! What this PC holds of a trusted root, for diagnosing: nothing is asked over the network, nothing is changed.

use jiff::Timestamp;
use sigstore_tuf::{Metadata, Root};

use super::Anchor;
use super::floor::Floor;
use super::store::Store;
use crate::source::Fault;

/// What is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Version of the installed root.
    pub installed: u64,
    /// Version of the root in force: the installed one, or a newer one that an earlier check has verified.
    pub version: u64,
    /// When the root in force expires.
    pub expires: Timestamp,
    /// No moment before this one is believed.
    pub at_least: Option<Timestamp>,
}

/// Looks at the installed root and at what earlier checks have kept. The kept root is shown as it is: only a
/// refresh verifies it, and believes it no further than that.
pub fn look(anchor: &Anchor) -> Result<Held, Fault> {
    let root = |bytes: &[u8]| -> Option<Root> {
        let file: Metadata<Root> = Metadata::from_slice(bytes).ok()?;
        Some(file.signed().clone())
    };
    let installed = root(&anchor.root)
        .ok_or_else(|| Fault::Root { detail: "Not a root of The Update Framework".to_owned() })?;
    let store = Store::peek(&anchor.store_dir);
    let kept = store.read_text("root.json")?.and_then(|text| root(text.as_bytes()));
    let in_force = kept.filter(|kept| kept.version > installed.version);
    let at_least = Floor::read(&store)?.at_least();
    let in_force = in_force.as_ref().unwrap_or(&installed);
    Ok(Held { installed: installed.version, version: in_force.version, expires: in_force.expires, at_least })
}
