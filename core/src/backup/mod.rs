//! Copies of bases: a full copy of a base's folder before it is changed, and putting it back.
//!
//! A copy lies in `<backups>/<yyyy.MM.dd HH.mm.ss> <base's id>`, as the vendor's own copies do (read from
//! a published build of platform 3.3), with a manifest of ours beside it: `<the same>.json`. A third file,
//! `<the same>.changes.json`, says what the update that the copy was made for changes in the base.
//!
//! While a copy is made or deleted its folder bears another ending, and it gets or loses its name in one step, while
//! its manifest lies there. So a half of one never looks like a copy, neither like ours nor like the vendor's, and
//! whoever holds the update lock of its PC next deletes it. PCs may share the folder for copies: each leaves the copies of
//! the others alone, and the name of a half says whose it is.
//!
//! A copy is whole or it is not made: links and junctions are never followed, and a base that holds one is
//! refused by name, because a copy without what lies behind it could not put the base back. The same goes
//! for a base whose files change while they are copied or while the copy is checked. What changes in the
//! moment between that and the first change of the base is not in the copy.
//!
//! Only the manifest is forced to the disk. Doing that for each of some thousand files would take minutes
//! on a hard disk, so after a power cut within the first half minute or so files of a copy may lack their
//! bytes. They do no harm then: a file whose bytes are not those of the manifest is not put back, and said.
//!
//! The vendor lets everybody add to the folder of copies. So each copy's own folder, and each file beside it, is made for
//! administrators alone, and of a copy whose folder or files others may write nothing is believed: it is listed as such,
//! no base goes back to it, and it counts for nothing when older ones go.
//!
//! Deliberately not here: looking at the free space beforehand.

mod changes;
mod checkpoint;
mod context;
mod create;
mod crew;
mod error;
mod fault;
mod going_back;
mod keep;
mod let_go;
mod list;
mod manifest;
mod on_demand;
mod owner;
mod present;
mod preview;
mod remove;
mod without;

use std::io;
use std::path::{Path, PathBuf};

pub use self::changes::{Changes, put_back};
pub use self::checkpoint::Checkpoint;
pub use self::context::{Context, settle};
pub use self::create::{create, create_watched};
pub use self::crew::ThreadFault;
pub use self::error::{Error, RestoreFault};
pub use self::fault::Fault;
pub use self::going_back::{GoingBack, Step, WentBack, cut_off, go_back};
pub use self::keep::{Copies, Expected, keep};
pub use self::let_go::{LetGo, let_go, would_go};
pub use self::list::{Facts, Listed, State, list};
pub use self::manifest::{FileRecord, Manifest, Taken, Why};
pub use self::on_demand::{Made, on_demand};
pub use self::present::{Since, present_base};
pub use self::preview::{Preview, Vanishing, Way, preview};
pub use self::remove::{remove, remove_watched};
pub use self::without::{NameError, Without};
use crate::fs::{read_limited, write_atomically};
use crate::os::Os;

/// A manifest has some 200 bytes for each file.
const LIMIT_BYTES: u64 = 256 << 20;

/// A complete copy of a base.
#[derive(Clone, Debug, PartialEq)]
pub struct Backup {
    /// The folder with the copied files.
    pub dir: PathBuf,
    /// What it holds.
    pub manifest: Manifest,
}

/// The folder of copies, and the PC it is on.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// Who says and decides who may write what.
    pub os: &'a dyn Os,
    /// The folder.
    pub dir: &'a Path,
}

/// How far a copy has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is going on.
    pub stage: Stage,
    /// Bytes of this stage that are done.
    pub done_bytes: u64,
    /// Bytes of the base; the same in both stages.
    pub total_bytes: u64,
}

/// The two stages of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading the base and writing the copy.
    Copying,
    /// Reading the copy again and comparing.
    Checking,
}

impl Backup {
    /// Where the manifest of a copy lies.
    pub fn manifest_path(dir: &Path) -> PathBuf {
        let mut name = dir.file_name().unwrap_or_default().to_owned();
        name.push(".json");
        dir.with_file_name(name)
    }

    /// A copy that was made earlier, and that nobody but administrators can have written.
    pub fn open_ours(os: &dyn Os, dir: &Path) -> Result<Self, Error> {
        let backup = Self::open(dir)?;
        backup.expect_ours(os).map(|()| backup)
    }

    /// Whether nobody but administrators can have written it.
    pub(crate) fn expect_ours(&self, os: &dyn Os) -> Result<(), Error> {
        let changes = Some(self.changes_path()).filter(|path| path.exists());
        let paths = [self.dir.clone(), Self::manifest_path(&self.dir)].into_iter().chain(changes);
        let mut open = paths.filter(|path| os.only_administrators_may_change(path) == Some(false));
        open.next().map_or(Ok(()), |path| Err(Error::OpenToOthers { path }))
    }

    /// A copy that was made earlier, as far as its manifest tells, whoever has written that.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let manifest = read_json(&Self::manifest_path(dir))?;
        Ok(Self { dir: dir.to_path_buf(), manifest })
    }

    /// Keeps what an update is going to change, in place of what was kept before. On the disk on return.
    ///
    /// Fails if they reach what the copy has left out.
    pub fn keep_changes(&self, os: &dyn Os, changes: &Changes) -> Result<(), Error> {
        let without = &self.manifest.without;
        if let Some(path) = changes.removed.iter().chain(&changes.made).find(|path| without.reaches(path)) {
            return Err(Error::LeftOut { path: path.clone() });
        }
        let path = self.changes_path();
        let written = serde_json::to_vec(changes).map_err(io::Error::from);
        written
            .and_then(|bytes| write_atomically(&path, &bytes))
            .and_then(|()| os.let_administrators_write(&path))
            .map_err(|error| Error::Manifest { path, error })
    }

    /// Whether anything was kept: before that nothing is changed. Only an update, and a base that goes back, keep anything.
    pub fn has_changes(&self) -> bool {
        match &self.manifest.why {
            Why::Update { .. } | Why::Restore { .. } => self.changes_path().exists(),
            Why::OnDemand => false,
        }
    }

    /// What was kept last.
    pub fn changes(&self) -> Result<Changes, Error> {
        read_json(&self.changes_path())
    }

    /// Removes a copy that nothing was changed after.
    pub fn discard(self) -> io::Result<()> {
        remove::delete(&self.dir, &|_| ())
    }

    fn changes_path(&self) -> PathBuf {
        Self::manifest_path(&self.dir).with_extension("changes.json")
    }
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Error> {
    let read = || {
        let bytes = read_limited(path, LIMIT_BYTES)?.ok_or(io::ErrorKind::NotFound)?;
        Ok(serde_json::from_slice(&bytes)?)
    };
    read().map_err(|error| Error::Open { path: path.to_path_buf(), error })
}

#[cfg(test)]
mod tests;
