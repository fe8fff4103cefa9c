//! Installers of the platform, kept for going back: the present one and the one before. The first is that of what this
//! program has installed, the other that of the time before or the one that was fetched for it ([`super::former`]).
//!
//! Deliberately not here: believing them. Whoever starts one examines it as any other file.

use std::cmp::Ordering;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::fs::{read_limited, write_atomically};
use crate::os::Os;
use crate::paths::{self, Paths};
use crate::put;
use crate::verify::{Proof, Verified};
use crate::version::Version;

/// Beside the installer.
const FACTS: &str = "installer.json";
const LIMIT_BYTES: u64 = 1 << 16;
/// Of so many versions, the last ones that were installed.
const KEPT: usize = 2;

/// An installer that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptInstaller {
    /// What it installs.
    pub version: Version,
    /// The file.
    pub path: PathBuf,
    /// What was proved of it when it was kept.
    pub proof: Proof,
    /// What it hashed to then.
    pub sha256: Digest,
}

#[derive(Serialize, Deserialize)]
struct Facts {
    version: Version,
    file: String,
    sha256: Digest,
    proof: Proof,
    /// Counts on with each that is kept, or is about to be replaced.
    number: u64,
}

/// Keeps an installer of the platform, and lets all but the last two go. It is examined once more where it is kept, where
/// on a PC nobody but administrators can change it. The caller holds the update lock.
pub fn keep(os: &dyn Os, paths: &Paths, version: Version, verified: &Verified) -> io::Result<()> {
    let parent_dir = paths.platform_dir().join("installers");
    os.make_administrators_dir(&parent_dir)?;
    let number = next_number(&all(&parent_dir));
    let dir = parent_dir.join(version.to_string());
    os.make_administrators_dir(&dir)?;
    let file = verified.file_name();
    let path = dir.join(&file);
    put::put(verified.path(), &path, Some(verified.sha256()))?;
    if let Err(error) = verified.at(&path, os) {
        fs::remove_dir_all(&dir)?;
        return Err(io::Error::other(error));
    }
    let facts = Facts { version, file, sha256: verified.sha256(), proof: verified.proof(), number };
    write_atomically(&dir.join(FACTS), &serde_json::to_vec_pretty(&facts)?)?;
    let mut kept = all(&parent_dir);
    kept.sort_by_key(|(facts, _)| std::cmp::Reverse(facts.number));
    for (_, dir) in kept.into_iter().skip(KEPT) {
        if let Err(error) = fs::remove_dir_all(&dir) {
            tracing::warn!(dir = %dir.display(), %error, "Left an old installer");
        }
    }
    Ok(())
}

/// Makes a kept installer count as the last one that was kept, if it is kept: before what it has installed is replaced,
/// for somebody may have gone back to it since. The caller holds the update lock.
pub fn renew(os: &dyn Os, paths: &Paths, version: Version) -> io::Result<()> {
    let Some(kept) = of_version(os, paths, version) else { return Ok(()) };
    let there = all(&paths.platform_dir().join("installers"));
    let number = next_number(&there);
    let last = number.saturating_sub(1);
    match there.into_iter().find(|(_, dir)| kept.path.parent() == Some(dir)) {
        Some((facts, dir)) if facts.number != last => {
            let facts = Facts { number, ..facts };
            write_atomically(&dir.join(FACTS), &serde_json::to_vec_pretty(&facts)?)
        }
        Some(_) | None => Ok(()),
    }
}

fn next_number(kept: &[(Facts, PathBuf)]) -> u64 {
    kept.iter().map(|(facts, _)| facts.number).max().unwrap_or(0).saturating_add(1)
}

/// The installer of this version of the platform, if it is kept and nobody but administrators may have changed it.
pub fn of_version(os: &dyn Os, paths: &Paths, version: Version) -> Option<KeptInstaller> {
    let kept = all(&paths.platform_dir().join("installers")).into_iter();
    let (facts, dir) = kept
        .filter(|(facts, _)| facts.version.platform_cmp(&version) == Some(Ordering::Equal))
        .max_by_key(|(facts, _)| facts.number)?;
    let path = dir.join(&facts.file);
    let is_open = |path: &Path| os.only_administrators_may_write(path) == Some(false);
    if !path.is_file() || is_open(&path) || is_open(&dir.join(FACTS)) {
        return None;
    }
    Some(KeptInstaller { version: facts.version, path, proof: facts.proof, sha256: facts.sha256 })
}

fn all(parent_dir: &Path) -> Vec<(Facts, PathBuf)> {
    let entries = fs::read_dir(parent_dir).into_iter().flatten().filter_map(Result::ok);
    let facts = |dir: PathBuf| {
        let bytes = read_limited(&dir.join(FACTS), LIMIT_BYTES).ok()??;
        let facts: Facts = serde_json::from_slice(&bytes).ok()?;
        paths::is_windows_name(&facts.file).then_some((facts, dir))
    };
    entries.filter_map(|entry| facts(entry.path())).collect()
}
