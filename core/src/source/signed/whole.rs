//! The metadata of the last refresh that came to its end, as one set.
//!
//! The floors in the folder are no such set: a refresh that was cut off leaves the newer timestamp there beside
//! the older snapshot, and roles whose names no file may have are not among them. Who wants to prove again what
//! was proved here needs all of it, of one state. So it lies in one file, is replaced at once, and whoever reads
//! it needs no lock. Deliberately not here: any belief in it.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sigstore_tuf::{Metadata, Snapshot};

use super::store::LARGEST_FILE;
use super::target;
use crate::fs;

const NAME: &str = "whole";

/// Texts under their plain names (`sklad15.json`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Whole {
    /// Version of the root that the rest was verified by.
    pub(super) root: u64,
    /// Whether the source has versions in front of the names.
    pub(super) consistent: bool,
    /// Timestamp, snapshot, targets.
    pub(super) top: BTreeMap<String, String>,
    /// Delegated roles, encoded as they are asked for.
    pub(super) roles: BTreeMap<String, String>,
}

impl Whole {
    /// As it was left; one that is not understood is like none.
    pub(super) fn read(dir: &Path) -> io::Result<Self> {
        match fs::read_limited(&dir.join(NAME), LARGEST_FILE) {
            Ok(bytes) => Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// Leaves it in place of the former one.
    pub(super) fn write(&self, dir: &Path) -> io::Result<()> {
        fs::write_atomically(&dir.join(NAME), &serde_json::to_vec(self)?)
    }

    /// Takes those delegated roles that its snapshot pins, as far as there is room.
    pub(super) fn add(&mut self, roles: impl IntoIterator<Item = (String, Vec<u8>)>) {
        let text = self.top.get("snapshot.json");
        let snapshot: Option<Metadata<Snapshot>> =
            text.and_then(|text| Metadata::from_slice(text.as_bytes()).ok());
        let Some(snapshot) = snapshot else { return };
        for (name, bytes) in roles {
            let decoded = percent_encoding::percent_decode_str(&name).decode_utf8();
            let pin = decoded.ok().and_then(|decoded| snapshot.signed().meta.get(decoded.as_ref()));
            let is_pinned = pin.is_some_and(|pin| target::is_pinned(&bytes, pin));
            // Written down as a text in JSON, a text of JSON becomes at most twice as long.
            let has_room = (self.length() + bytes.len() as u64 + name.len() as u64) * 2 < LARGEST_FILE;
            if let (true, true, Ok(text)) = (is_pinned, has_room, String::from_utf8(bytes)) {
                self.roles.insert(name, text);
            } else if is_pinned && !has_room {
                tracing::warn!(name, "A delegated role is too much to be handed over");
            }
        }
    }

    fn length(&self) -> u64 {
        let length = |(name, text): (&String, &String)| (name.len() + text.len() + 16) as u64;
        self.top.iter().chain(&self.roles).map(length).sum::<u64>() + 64
    }
}
