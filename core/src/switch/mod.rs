//! Changing a base all at once: what is new is laid beside what it replaces, and then renames alone make the change.
//!
//! 1. *Staging*. Every new file is written whole and forced to the disk, in the folder of the one it replaces and under
//!    a name of ours, so that it is on the same volume and has the rights that are handed down there. New folders
//!    are laid ready with everything in them.
//! 2. *Switching*. Each target is renamed away, and what is new is renamed into its place; the description of the base
//!    comes last. A folder that is removed is renamed as a whole and then looked through: if somebody has put
//!    something into it meanwhile, all of it goes back.
//! 3. *Done*, or *undone* by the same renames in the opposite order: what was put aside comes back with its
//!    times and rights. Only then what is left over is removed.
//!
//! A record in our machine-wide folder says what is done and in which of these phases, from before the first file until
//! after the last, so a switch that was cut off at any point, by `kill -9` or by loss of power, can be
//! finished or undone by whoever comes next ([`crate::apply::finish`]). That takes a file system that keeps the
//! order of renames, as NTFS, ext4, XFS and Btrfs do; on Windows a rename cannot be forced to the disk by itself, so
//! that a record which says that all is over is compared with the disk.
//!
//! Deliberately not here: deciding between finishing and undoing, the journal, and the copy of the base
//! ([`crate::apply`]).

mod compose;
mod names;
mod record;
mod set;
mod stage;
mod start;
mod turn;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

pub(crate) use self::compose::{Composed, NewFile, compose};
pub use self::names::{Run, RunError, is_ours};
pub use self::record::{Content, Operation, Phase, Record};
pub use self::set::{Change, New};
pub(crate) use self::set::{Supply, compose_set};
pub(crate) use self::start::register as register_start;
pub use self::start::{Finisher, NAME as NEXT_START, StartFault, forget as forget_start};
pub(crate) use self::turn::sweep;
use crate::backup::RestoreFault;
use crate::machine::Base;
use crate::os::{self, Os};
use crate::paths::Paths;
use crate::template;
use crate::tree::RelPath;
use crate::version::Version;

/// A point that was reached. For tests, which end the process there: whatever is on the disk then has to be enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checkpoint {
    /// The record is on the disk, and nothing else.
    Recorded,
    /// The new file with this number is laid ready.
    Staged(usize),
    /// All of them have reached the disk.
    Synced,
    /// The base was copied.
    Copied,
    /// The beginning is in the journal.
    Begun,
    /// The PC would see to it at its next start.
    StartRegistered,
    /// The record is about to be, or was just, set to this phase.
    Phase {
        /// Which.
        phase: Phase,
        /// Whether it is on the disk.
        is_written: bool,
    },
    /// Within an operation.
    Operation {
        /// Its number.
        number: usize,
        /// Which rename was done.
        moment: Moment,
    },
    /// All renames are done.
    Turned,
    /// The end is about to be, or was just, written into the journal.
    Journal {
        /// Whether it is on the disk.
        is_written: bool,
    },
    /// What the operation with this number leaves over was removed.
    Cleaned(usize),
    /// The record is gone.
    Closed,
}

/// A rename within an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// What was there was put aside.
    Aside,
    /// What is new was put in place.
    InPlace,
    /// What is new was taken out again.
    Out,
    /// What was there has come back.
    Back,
}

/// Why a base was not switched over.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The record could not be written.
    #[error("Failed to write the record of the switch: {}", path.display())]
    Record {
        /// The record.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// Something could not be laid ready.
    #[error("Failed to lay a file ready: {}", path.display())]
    Stage {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// The person stopped it.
    #[error("Laying files ready was cancelled")]
    Cancelled,
    /// A template did not come out of its archive right.
    #[error("Failed to take files out of a template")]
    Template {
        /// Which of the steps.
        step: usize,
        /// Why.
        #[source]
        error: template::Error,
    },
    /// Something in the base could not be renamed.
    #[error("Failed to change {path}")]
    Change {
        /// In the base.
        path: RelPath,
        /// The same on the disk.
        target: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
}

/// What is to be changed.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// The PC.
    pub(crate) os: &'a dyn Os,
    /// Our own files.
    pub(crate) paths: &'a Paths,
    /// The base as it is now.
    pub(crate) base: &'a Base,
    /// Its real folder.
    pub(crate) base_dir: &'a Path,
    /// The version its description is to state afterwards; `None`: whichever.
    pub(crate) to: Option<Version>,
    /// What the PC is to start next time if the switch is still open then; `None`: nothing.
    pub(crate) finisher: Option<&'a Finisher>,
}

/// A switch whose record is on the disk.
pub(crate) struct Switch<'a> {
    pub(crate) record: Record,
    record_path: PathBuf,
    base_dir: PathBuf,
    checkpoint: &'a dyn Fn(Checkpoint),
}

/// A place in a base that could not be made what it was by renaming.
pub(crate) struct Stuck {
    /// In the base; with everything below it.
    pub(crate) path: RelPath,
    /// Why.
    pub(crate) fault: RestoreFault,
}

/// A switch that nobody has brought to its end yet, as long as no update is under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// Where the record lies.
    pub path: PathBuf,
    /// What it says.
    pub record: Record,
}

/// The switches that are open: none but while an update is under way, or after one that was cut off.
pub fn open(paths: &Paths) -> io::Result<Vec<Open>> {
    let records = record::all(paths)?;
    Ok(records.into_iter().map(|(path, record)| Open { path, record }).collect())
}

impl Open {
    /// To go on with it. `base_dir` is the base's real folder.
    pub(crate) fn resume(self, base_dir: PathBuf, checkpoint: &dyn Fn(Checkpoint)) -> Switch<'_> {
        Switch { record: self.record, record_path: self.path, base_dir, checkpoint }
    }
}

impl<'a> Switch<'a> {
    /// Sees to it that the next start of the PC deals with it, and writes the record. Nothing else is there yet.
    pub(crate) fn prepare(
        place: &Place<'_>,
        operations: Vec<Operation>,
        checkpoint: &'a dyn Fn(Checkpoint),
    ) -> Result<Self, Error> {
        let Place { os, paths, base, base_dir, to, finisher } = *place;
        if let Some(finisher) = finisher
            && let Err(error) = register_start(os, finisher)
        {
            // The next run deals with it just as well, only later.
            tracing::warn!(%error, "After a loss of power the base would be dealt with by the next run only");
        }
        checkpoint(Checkpoint::StartRegistered);
        let record_path = record::path_of(paths, &base.id);
        let failed = |error| Error::Record { path: record_path.clone(), error };
        os.make_administrators_dir(&paths.switches_dir()).map_err(failed)?;
        // What others may have written is not believed, and must not become what is.
        let is_ours = os.only_administrators_may_write(&record_path) != Some(false);
        let former = if is_ours { record::half_way(&record_path).map_err(failed)? } else { None };
        let record = Record {
            run: Run::new().map_err(failed)?,
            base_id: base.id.clone(),
            folder: base.folder.clone(),
            base_dir: Some(base_dir.canonicalize().map_err(failed)?),
            from: base.version,
            to,
            backup_dir: None,
            phase: Phase::Staging,
            operations,
            former,
        };
        record::write(&record_path, &record).map_err(failed)?;
        checkpoint(Checkpoint::Recorded);
        Ok(Self { record, record_path, base_dir: base_dir.to_path_buf(), checkpoint })
    }

    /// Says in the record how far it is.
    pub(crate) fn enter(&mut self, phase: Phase) -> Result<(), Error> {
        (self.checkpoint)(Checkpoint::Phase { phase, is_written: false });
        if phase != Phase::Switching {
            // What the record says now has to have happened.
            self.sync_folders();
            if let Err(error) = os::sync_renames(&self.base_dir) {
                tracing::debug!(dir = %self.base_dir.display(), %error, "Renames were not forced to the disk");
            }
        }
        let before = std::mem::replace(&mut self.record.phase, phase);
        if let Err(error) = record::write(&self.record_path, &self.record) {
            self.record.phase = before;
            return Err(Error::Record { path: self.record_path.clone(), error });
        }
        (self.checkpoint)(Checkpoint::Phase { phase, is_written: true });
        Ok(())
    }

    /// Changes the base. `progress` gets how many operations are done, and how many there are.
    pub(crate) fn turn(&self, progress: &mut dyn FnMut(usize, usize)) -> Result<(), Error> {
        let turns = turn::turns(&self.base_dir, &self.record);
        let total = turns.len();
        for (number, turn) in turns.enumerate() {
            let (path, target) = (turn.path().clone(), turn.target().to_path_buf());
            let failed = |error| Error::Change { path, target, error };
            turn.forward(self.checkpoint).map_err(failed)?;
            progress(number + 1, total);
        }
        (self.checkpoint)(Checkpoint::Turned);
        Ok(())
    }

    /// Whether every rename was done.
    pub(crate) fn is_turned(&self) -> io::Result<bool> {
        for turn in turn::turns(&self.base_dir, &self.record) {
            if !turn.is_done()? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether the disk has kept what the record says, of a switch that is done or undone. Also where what was left over
    /// has been removed since, all or in part.
    pub(crate) fn is_kept(&self) -> io::Result<bool> {
        let is_done = match self.record.phase {
            Phase::Done => true,
            Phase::Undone => false,
            Phase::Staging | Phase::Switching => return Ok(true),
        };
        for turn in turn::turns(&self.base_dir, &self.record) {
            if !turn.is_kept(is_done)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether anything lies in the base that this switch has laid ready or put aside.
    pub(crate) fn has_left_something(&self) -> bool {
        turn::turns(&self.base_dir, &self.record).any(|turn| turn.has_left_something())
    }

    /// Makes the base what it was, last operation first. One that cannot be undone does not keep the others from it;
    /// those are returned.
    pub(crate) fn undo(&self) -> Vec<Stuck> {
        let mut stuck = Vec::new();
        for turn in turn::turns(&self.base_dir, &self.record).rev() {
            if let Err(error) = turn.undo(self.checkpoint) {
                let fault = RestoreFault { path: turn.target().to_path_buf(), error };
                stuck.push(Stuck { path: turn.path().clone(), fault });
            }
        }
        stuck
    }

    /// Before the first change: removes all that was laid ready, and closes the record.
    pub(crate) fn give_up(mut self) {
        if self.record.phase != Phase::Staging
            && let Err(error) = self.enter(Phase::Staging)
        {
            // By the record it may be half-way, and undoing that takes what was laid ready.
            tracing::warn!(%error, "A change that was given up is left to the next run");
            return;
        }
        if let Err(error) = self.close() {
            tracing::warn!(%error, "Something of a switch is left over");
        }
    }

    /// Removes what is left over, and then the record. Where nothing came of it, and the base was half-way before, the
    /// record of that takes its place, and is returned.
    pub(crate) fn close(self) -> io::Result<Option<Open>> {
        self.clean()?;
        let Self { record, record_path, checkpoint, .. } = self;
        let former = record.former.filter(|_| record.phase != Phase::Done);
        match &former {
            Some(former) => record::write(&record_path, former)?,
            None => record::remove(&record_path)?,
        }
        checkpoint(Checkpoint::Closed);
        Ok(former.map(|former| Open { path: record_path, record: *former }))
    }

    /// Removes what is left over; the record stays, as somebody has yet to be told of the end. Not in the phase of
    /// switching: nothing is left over then.
    pub(crate) fn clean(&self) -> io::Result<()> {
        if self.record.phase == Phase::Switching {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let mut cleaned = Ok(());
        for (number, turn) in turn::turns(&self.base_dir, &self.record).enumerate() {
            // One that stays does not keep the others.
            cleaned = cleaned.and(turn.forget_staged()).and(match self.record.phase {
                Phase::Staging | Phase::Switching => Ok(()),
                // Where somebody else has changed the base since, or the copy has put back what renames could not,
                // something of either may lie there still.
                Phase::Done | Phase::Undone => turn.forget_aside(),
            });
            (self.checkpoint)(Checkpoint::Cleaned(number));
        }
        if self.record.phase == Phase::Done {
            cleaned = cleaned.and(self.forget_former());
        }
        self.sync_folders();
        cleaned
    }

    /// What changes before this one have put aside or laid ready is of no use any more.
    fn forget_former(&self) -> io::Result<()> {
        let mut cleaned = Ok(());
        let mut former = self.record.former.as_deref();
        while let Some(record) = former {
            for turn in turn::turns(&self.base_dir, record) {
                cleaned = cleaned.and(turn.forget_staged()).and(turn.forget_aside());
            }
            former = record.former.as_deref();
        }
        cleaned
    }

    /// Best effort: a folder that is gone needs none.
    fn sync_folders(&self) {
        let turns = turn::turns(&self.base_dir, &self.record);
        let dirs: BTreeSet<PathBuf> =
            turns.filter_map(|turn| turn.staged().parent().map(Path::to_path_buf)).collect();
        for dir in dirs {
            if let Err(error) = os::sync_folder(&dir) {
                tracing::debug!(dir = %dir.display(), %error, "Folder was not forced to the disk");
            }
        }
    }
}
