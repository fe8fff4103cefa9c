//! The person's folder of a run: what was agreed to lies in it, and a file in it asks to stop.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::PathBuf;

use smarts_core::digest::Digest;
use smarts_core::fs::write_atomically;
use tempfile::TempDir;

use super::ask::Error;
use super::held::{self, Held};
use super::lines::Follower;
use super::{PROGRESS, STOP};
use crate::session::Session;

/// Goes with this.
pub(super) struct Exchange {
    /// Let go before the folder is removed.
    _held: Held,
    dir: TempDir,
    name: String,
}

impl Exchange {
    /// A fresh one; those of runs that are over are taken away.
    pub(super) fn make(session: &Session) -> Result<Self, Error> {
        let parent = session.paths.agreed_dir();
        let folder = |error| Error::Folder { dir: parent.clone(), error };
        fs::create_dir_all(&parent).map_err(folder)?;
        held::remove_others(&parent);
        let dir = tempfile::Builder::new().prefix("").rand_bytes(24).tempdir_in(&parent).map_err(folder)?;
        let name = dir.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
        let held = held::hold(dir.path()).map_err(folder)?;
        Ok(Self { _held: held, dir, name })
    }

    /// Of a file in it.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file into it; its hash.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> io::Result<Digest> {
        write_atomically(&self.path(name), bytes)?;
        Ok(Digest::of(bytes))
    }

    /// For `smarts SUBCOMMAND`: what was agreed to is in `file`.
    pub(super) fn arguments(
        &self,
        session: &Session,
        subcommand: &str,
        file: &str,
        sha256: Digest,
    ) -> Vec<OsString> {
        let mut arguments: Vec<OsString> = vec![subcommand.into(), self.path(file).into()];
        let mut option = |name: &str, value: OsString| arguments.extend([name.into(), value]);
        option("--sha256", sha256.to_string().into());
        option("--exchange", self.dir.path().into());
        option("--run", self.name.clone().into());
        option("--lang", session.language.code().into());
        if let Some(root) = session.os.machine_root() {
            option("--machine-root", root.into());
        }
        arguments
    }

    /// What the run will tell.
    pub(super) fn follower(&self, session: &Session) -> Follower {
        Follower::new(session.paths.runs_dir().join(&self.name).join(PROGRESS))
    }

    /// Asks the run to stop.
    pub(super) fn stop(&self) {
        if let Err(error) = File::create(self.path(STOP)) {
            tracing::warn!(%error, "Failed to ask for a stop");
        }
    }
}
