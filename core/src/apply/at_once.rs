//! Any set of changes of a base: all of them, or none. The way for whatever changes a base and is no template.
//!
//! New files are laid ready beside their targets, a record says what is done, and renames alone make the change
//! ([`crate::switch`]). Whatever fails is undone, and a process that is ended or a PC that loses its power leaves what
//! [`finish`](super::finish()) brings to an end. The caller holds the update lock, has dealt with what was open before, and has
//! a copy of the base if it wants one.
//!
//! Deliberately not here: deciding what to change, copying the base, and what the journal is told.

use std::path::Path;

use tokio_util::sync::CancellationToken;

use super::recover::{self, Finishing};
use super::undo;
use super::{BaseState, Error};
use crate::backup::Backup;
use crate::journal;
use crate::machine::Base;
use crate::switch::{self, Change, Checkpoint, Composed, Finisher, Phase, Place, Supply, Switch};
use crate::template;
use crate::tree;
use crate::version::Version;

/// What is to be changed.
#[derive(Clone, Copy)]
pub struct Task<'a> {
    /// The base as just read from the machine.
    pub base: &'a Base,
    /// Its real folder.
    pub base_dir: &'a Path,
    /// The version it is to be on afterwards, or everything is undone; `None`: whichever.
    pub to: Option<Version>,
    /// A copy of the present state, for places that renames cannot bring back, as somebody has taken away what was put
    /// aside.
    pub present: Option<&'a Backup>,
    /// What the PC is to start next time if it stops before the end; `None`: nothing.
    pub finisher: Option<&'a Finisher>,
}

/// Who is told of the beginning and of the end, so that it gets into the journal.
pub struct Telling<'t> {
    /// Before the first change. An error stops it, and nothing was changed.
    pub begun: &'t mut dyn FnMut() -> Result<(), journal::Error>,
    /// After the last one, or with what went wrong. As long as that is an error the record stays.
    pub ended: &'t mut dyn FnMut(Option<&Failed>) -> Result<(), journal::Error>,
}

/// What is going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// New files are laid ready; nothing is changed yet.
    LayingReady {
        /// Bytes so far.
        done_bytes: u64,
        /// Of all files.
        total_bytes: u64,
    },
    /// The base is changed. From the first of these on it cannot be cancelled.
    Changing {
        /// Places so far.
        done: usize,
        /// Files, and folders with everything in them, that are replaced, removed or new.
        total: usize,
    },
    /// It failed, and what was changed is undone.
    PuttingBack,
}

/// Why a base is not what it was to be.
#[derive(Debug)]
pub struct Failed {
    /// What went wrong.
    pub error: Error,
    /// What became of the base.
    pub state: BaseState,
}

/// Makes all of these changes, or none of them. Blocks; `cancel` is heeded until something is changed. A set that
/// changes nothing is told like any other.
///
/// The state in an error is [`BaseState::NothingChanged`] up to the first rename, then one of the other two.
pub fn at_once(
    work: &Finishing<'_>,
    task: &Task<'_>,
    changes: &[Change],
    telling: Telling<'_>,
    progress: &mut dyn FnMut(Step),
    cancel: &CancellationToken,
) -> Result<(), Box<Failed>> {
    let Telling { begun, ended } = telling;
    let unchanged = |error| Box::new(Failed { error, state: BaseState::NothingChanged });
    let (composed, mut switch) = lay_ready(work, task, changes, progress, cancel).map_err(unchanged)?;
    if let Err(error) = begin(work, task, &composed, &mut switch, begun) {
        switch.give_up();
        recover::forget_start(work);
        return Err(unchanged(error));
    }
    let failed = turn(work, task, &mut switch, progress).err().map(|error| {
        progress(Step::PuttingBack);
        Box::new(Failed { error, state: put_back(work, task, &composed, &mut switch) })
    });
    (work.checkpoint)(Checkpoint::Journal { is_written: false });
    let is_told = ended(failed.as_deref()).is_ok();
    (work.checkpoint)(Checkpoint::Journal { is_written: true });
    if switch.record.phase != Phase::Switching {
        undo::close(switch, is_told);
    }
    recover::forget_start(work);
    failed.map_or(Ok(()), Err)
}

fn lay_ready<'a>(
    work: &Finishing<'a>,
    task: &Task<'_>,
    changes: &[Change],
    progress: &mut dyn FnMut(Step),
    cancel: &CancellationToken,
) -> Result<(Composed, Switch<'a>), Error> {
    let nodes = tree::list(task.base_dir).map_err(|error| Error::Template(template::Error::Base(error)))?;
    let in_the_way = |path| Error::Template(template::Error::InTheWay { path });
    let composed = switch::compose_set(&nodes, changes).map_err(in_the_way)?;
    let Task { base, base_dir, to, finisher, .. } = *task;
    let place = Place { os: work.os, paths: work.paths, base, base_dir, to, finisher };
    let of_switch = |error| Error::of_switch(work.os, error);
    let switch = Switch::prepare(&place, composed.operations.clone(), work.checkpoint).map_err(of_switch)?;
    let total_bytes = composed.files.iter().map(|file| file.size).sum();
    let mut report = |done_bytes| progress(Step::LayingReady { done_bytes, total_bytes });
    match switch.stage(Supply::Files(changes), &composed.files, &mut report, cancel) {
        Ok(()) => Ok((composed, switch)),
        Err(error) => {
            undo::close(switch, true);
            recover::forget_start(work);
            Err(of_switch(error))
        }
    }
}

fn begin(
    work: &Finishing<'_>,
    task: &Task<'_>,
    composed: &Composed,
    switch: &mut Switch<'_>,
    begun: &mut dyn FnMut() -> Result<(), journal::Error>,
) -> Result<(), Error> {
    if let Some(present) = task.present {
        present.keep_changes(work.os, &composed.changes).map_err(Error::Backup)?;
        switch.record.backup_dir = Some(present.dir.clone());
    }
    switch.enter(Phase::Switching).map_err(|error| Error::of_switch(work.os, error))?;
    begun().map_err(Error::Journal)?;
    (work.checkpoint)(Checkpoint::Begun);
    Ok(())
}

fn turn(
    work: &Finishing<'_>,
    task: &Task<'_>,
    switch: &mut Switch<'_>,
    progress: &mut dyn FnMut(Step),
) -> Result<(), Error> {
    let of_switch = |error| Error::of_switch(work.os, error);
    switch.turn(&mut |done, total| progress(Step::Changing { done, total })).map_err(of_switch)?;
    if let Some(expected) = task.to {
        let found = undo::version_in(task.base_dir);
        if found != Some(expected) {
            return Err(Error::VersionUnchanged { expected, found });
        }
    }
    switch.enter(Phase::Done).map_err(of_switch)
}

/// A base that could not be put back keeps its record: the next run, or the next start of the PC, tries again.
fn put_back(
    work: &Finishing<'_>,
    task: &Task<'_>,
    composed: &Composed,
    switch: &mut Switch<'_>,
) -> BaseState {
    let kept = task.present.map(|present| (present, &composed.changes));
    let present_dir = task.present.map(|present| present.dir.clone());
    let backup_dir = present_dir.unwrap_or_else(|| work.paths.backup_dir.clone());
    match undo::take_back(switch, kept, task.base_dir) {
        Ok(()) => {
            undo::enter_undone(switch);
            BaseState::PutBack { backup_dir }
        }
        Err(error) => BaseState::NotPutBack { error, backup_dir },
    }
}
