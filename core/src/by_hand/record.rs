//! What our last update of a base put there, and the one before, for the base may go back: kept machine-wide, one file
//! for each base.
//!
//! JSON, for this program only; one that cannot be read counts as none, as does one of another version of the base.

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::fs;
use crate::machine::Base;
use crate::paths::Paths;
use crate::plan::Package;
use crate::template::{self, Template};
use crate::version::Version;

/// Some 120 bytes for each of a template's files.
const LIMIT_BYTES: u64 = 64 << 20;

/// The file.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// The base's id: the file's name is made from it and may be another's.
    base_id: String,
    #[serde(flatten)]
    last: Record,
    /// What the update before put there, if that was ours too.
    #[serde(default)]
    former: Option<Record>,
}

/// What was put into a base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// What the base is on since.
    pub(super) version: Version,
    /// By the paths' keys.
    pub(super) files: BTreeMap<String, Digest>,
}

/// Why it is not kept.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("Failed to read the template")]
    Template(#[source] template::Error),
    #[error("Failed to write what an update put into a base")]
    Write(#[source] io::Error),
}

/// What the update put there that brought the base to its version.
pub(super) fn load(paths: &Paths, base: &Base) -> Option<Record> {
    let bytes = fs::read_limited(&paths.installed_path(&base.id), LIMIT_BYTES).ok()??;
    let kept: Kept = serde_json::from_slice(&bytes).ok().filter(|kept: &Kept| kept.base_id == base.id)?;
    let all = [Some(kept.last), kept.former];
    all.into_iter().flatten().find(|record| Some(record.version) == base.version)
}

/// Hashes of the files that our update put there which brought the base to its version, by
/// [`RelPath::key`](crate::tree::RelPath::key); none where that is not known.
pub(crate) fn put_by_update(paths: &Paths, base: &Base) -> BTreeMap<String, Digest> {
    load(paths, base).map(|record| record.files).unwrap_or_default()
}

/// Keeps what an update has put into a base that was `before`. Called by whoever has carried it out, after success, with
/// the very files it was carried out with. Best effort: without it less can be told before the next one.
pub(crate) fn remember(paths: &Paths, before: &Base, packages: &[Package]) {
    if let Err(error) = try_remember(paths, before, packages) {
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        tracing::warn!(base = before.id, %error, cause, "What was put into a base is not kept");
    }
}

fn try_remember(paths: &Paths, before: &Base, packages: &[Package]) -> Result<(), Error> {
    let Some(last) = packages.last() else { return Ok(()) };
    // What an earlier update put there and this one left is still what it was.
    let former = load(paths, before);
    let mut files = former.as_ref().map_or_else(BTreeMap::new, |record| record.files.clone());
    for package in packages {
        let mut template = Template::open(&package.verified).map_err(Error::Template)?;
        files.extend(template.hash_wanted().map_err(Error::Template)?);
    }
    let last = Record { version: last.release.version, files };
    let kept = Kept { base_id: before.id.clone(), last, former };
    let bytes = serde_json::to_vec(&kept).map_err(|error| Error::Write(error.into()))?;
    fs::write_atomically(&paths.installed_path(&before.id), &bytes).map_err(Error::Write)
}
