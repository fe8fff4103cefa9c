//! Which root is trusted here, and where what it vouches for is kept.
//!
//! Only a root that is certainly not there means that none is trusted: one that cannot be looked at, or that
//! others than administrators can write, stops everything that reads from a source.

use std::io;
use std::path::{Path, PathBuf};

use smarts_core::digest::Digest;
use smarts_core::fs::read_limited;
use smarts_core::source::{self, Anchor};

use super::Session;

/// No root of The Update Framework is larger.
pub(crate) const LARGEST_ROOT: u64 = 512 * 1024;

impl Session {
    /// What a signed source is believed by; `None` where no root is trusted.
    pub(crate) fn anchor(&self) -> Result<Option<Anchor>, source::Error> {
        let (path, is_named) = self.trusted_root_in_force();
        let fault = |source| source::Error::TrustedRoot { path: path.clone(), source };
        if !is_named && !is_there(&path).map_err(fault)? {
            return Ok(None);
        }
        if !is_named && self.os.only_administrators_may_write(&path) == Some(false) {
            return Err(fault(io::ErrorKind::PermissionDenied.into()));
        }
        let root = read_limited(&path, LARGEST_ROOT).map_err(fault)?;
        let root = root.ok_or_else(|| fault(io::ErrorKind::NotFound.into()))?;
        let store = if is_named {
            // What another root has vouched for is no floor for this one.
            format!("tuf-{}", &Digest::of(&root).to_string()[..16])
        } else {
            "tuf".to_owned()
        };
        Ok(Some(Anchor {
            root: root.into(),
            store_dir: self.paths.state_dir.join(store),
            now: self.clock.timestamp(),
            accept_expired: self.accept_expired,
        }))
    }

    /// Where the trusted root is, or would be; and whether the person has named it.
    pub(crate) fn trusted_root_in_force(&self) -> (PathBuf, bool) {
        let named = self.trusted_root.clone().map(|path| (path, true));
        named.unwrap_or_else(|| (self.paths.trusted_root_path(), false))
    }

    /// The same for a process with an administrator's rights, with floors that administrators alone can write.
    pub(crate) fn administrators_anchor(
        &self,
        accept_expired: bool,
    ) -> Result<Option<Anchor>, source::Error> {
        let dir = self.paths.machine_dir.join("tuf");
        let Some(anchor) = self.anchor()? else { return Ok(None) };
        let made = self.os.make_administrators_dir(&dir);
        made.map_err(|source| source::Error::TrustedRoot { path: dir.clone(), source })?;
        Ok(Some(Anchor { store_dir: dir, accept_expired, ..anchor }))
    }

    /// Where the metadata of signed sources is kept for this person, if there is any.
    pub(crate) fn kept_metadata(&self) -> Option<PathBuf> {
        let anchor = self.anchor().ok().flatten()?;
        anchor.store_dir.is_dir().then_some(anchor.store_dir)
    }

    /// Whether nothing counts but what is signed. Where that cannot be told, it is so.
    pub(crate) fn is_signed(&self) -> bool {
        let (path, is_named) = self.trusted_root_in_force();
        is_named || !matches!(is_there(&path), Ok(false))
    }
}

fn is_there(path: &Path) -> io::Result<bool> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}
