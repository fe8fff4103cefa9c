//! Going back: a base becomes what it was when a copy of it was made, in part or as a whole.
//!
//! In part is what one usually wants: what the update replaced, made or removed is put back, and documents, settings and
//! licences of the days since stay. That is known beside the copy, and holds as long as the base is on the version that
//! this update led to; after a second update that one is gone back from first. Of what the update put there, somebody may
//! have changed something since; that is lost. As a whole the base becomes what the copy is; everything since is lost.
//! Where anything is, the base's present state is copied before.
//!
//! Everything that can be looked at beforehand is: the copy is read, what would happen is told, and it has to be still
//! the same once the lock is held. No subscription is asked for: one may always go back.
//!
//! It happens all at once or not at all ([`crate::apply::at_once`]), and a run that is cut off is finished or undone by
//! the next one, or by the next start of the PC. A base that an earlier change has left half-way for good can go back as
//! a whole only. Deliberately not here: putting the platform back.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use tokio_util::sync::CancellationToken;

use super::Fault;
use super::context::{Context, Held, begin, entry, record, taken};
use super::present::present_base;
use super::{Backup, Error, FileRecord, Preview, Progress, Way, Why, create, preview};
use crate::apply::{self, BaseState, Failed, Task, Telling, at_once};
use crate::journal::{Entry, What};
use crate::machine::{self, Base};
use crate::server::{self, Server};
use crate::switch::{self, Change, New};
use crate::tree::RelPath;
use crate::version::Version;

/// What a person agreed to.
#[derive(Clone, Copy, Debug)]
pub struct GoingBack<'a> {
    /// The copy.
    pub backup: &'a Backup,
    /// How far.
    pub way: Way,
    /// What they were shown.
    pub agreed: &'a Preview,
}

/// What is going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The copy and the base are read.
    Reading {
        /// Bytes so far.
        done_bytes: u64,
        /// Of both.
        total_bytes: u64,
    },
    /// The present state is copied.
    Copying(Progress),
    /// Files out of the copy are laid ready beside those they replace. Nothing is changed yet.
    LayingReady {
        /// Bytes so far.
        done_bytes: u64,
        /// Of all files that are put back.
        total_bytes: u64,
    },
    /// The base is changed. From the first of these on it cannot be cancelled.
    PuttingBack {
        /// Places so far.
        done: usize,
        /// Files, and folders with everything in them, that are replaced, removed or come back.
        total: usize,
    },
    /// It failed, and what was changed is undone.
    Undoing,
}

/// A base that went back.
#[derive(Debug)]
pub struct WentBack {
    /// The version before.
    pub from: Option<Version>,
    /// The version now, read back from the machine.
    pub to: Option<Version>,
    /// Where the state lies that it was in before, if all of it went back or anything was lost.
    pub present_dir: Option<PathBuf>,
    /// Whether that stands in the journal.
    pub is_recorded: bool,
    /// How its data server stands.
    pub server: Server,
}

/// Bases that were to go back, by runs that were cut off: the entries of their beginnings, one for each base.
pub fn cut_off(entries: &[Entry]) -> Vec<&Entry> {
    let mut begun: Vec<&Entry> = Vec::new();
    for entry in entries {
        let is_about_a_base = match entry.what {
            What::Begun
            | What::Updated
            | What::Undone
            | What::GoingBack
            | What::GoingBackWhole
            | What::WentBack
            | What::WentBackWhole
            | What::NotGoneBack
            | What::Superseded => true,
            What::Failed
            | What::NotUndone
            | What::Copied
            | What::CopyDeleted
            | What::WizardRun
            | What::RebootPending
            | What::Cancelled
            | What::WrittenOff
            | What::CountedAgain
            | What::AppStaged
            | What::AppUnstaged => false,
        };
        if is_about_a_base {
            begun.retain(|one| one.subject != entry.subject);
        }
        if matches!(entry.what, What::GoingBack | What::GoingBackWhole) {
            begun.push(entry);
        }
    }
    begun
}

/// Puts a base back as the person agreed to. Blocks; `cancel` is heeded until something is changed.
pub fn go_back(
    context: &Context<'_>,
    going: &GoingBack<'_>,
    progress: &mut dyn FnMut(Step),
    cancel: &CancellationToken,
) -> Result<WentBack, Fault> {
    let held = begin(context)?;
    let base = machine::read_base(context.os, &going.backup.manifest.base_id).ok_or(Fault::NotHere)?;
    let pause = server::pause(context.os, context.paths, &base, (context.clock)(), &mut || ());
    let pause = pause.map_err(Fault::Server)?;
    match stopped(context, &held, going, progress, cancel) {
        Err(fault) => {
            let is_half_way = matches!(fault, Fault::InBetween { .. })
                || held.expect_whole(&base.id).is_err()
                || is_half_way(context, &base.id);
            if is_half_way {
                pause.leave()
            } else {
                pause.end(context.os, context.paths)
            };
            Err(fault)
        }
        Ok(went) => Ok(WentBack { server: pause.end(context.os, context.paths), ..went }),
    }
}

/// Whether it is, by what runs have left behind; also where that cannot be told. Nobody is to work in such a base.
fn is_half_way(context: &Context<'_>, base_id: &str) -> bool {
    let left = apply::left_half_way(context.paths);
    left.map_or(true, |left| left.iter().any(|one| one.base_id == base_id))
}

/// The same once the base's server stands still.
fn stopped(
    context: &Context<'_>,
    held: &Held,
    going: &GoingBack<'_>,
    progress: &mut dyn FnMut(Step),
    cancel: &CancellationToken,
) -> Result<WentBack, Fault> {
    let GoingBack { backup, way, agreed } = *going;
    if way == Way::Replaced {
        held.expect_whole(&backup.manifest.base_id)?;
    }
    let (base, since, dir) = present_base(context.os, context.paths, backup, way)?;
    let mut reading = |done_bytes, total_bytes| progress(Step::Reading { done_bytes, total_bytes });
    let found = preview(backup, &dir, &since, way, &mut reading, cancel).map_err(Fault::of)?;
    if found != *agreed {
        return Err(Fault::OtherThanShown);
    }
    let present = match way {
        Way::Whole if dir.exists() => Some(copy_present(context, backup, &base, &dir, progress, cancel)?),
        Way::Replaced if !found.vanish.is_empty() => {
            Some(copy_present(context, backup, &base, &dir, progress, cancel)?)
        }
        Way::Whole => {
            fs::create_dir_all(&dir)
                .map_err(|error| Fault::Backup(Error::Folder { dir: dir.clone(), error }))?;
            None
        }
        Way::Replaced => None,
    };
    if cancel.is_cancelled() {
        return Err(Fault::Cancelled);
    }
    let ready = Ready { context, backup, way, base: &base, base_dir: &dir, present: present.as_ref() };
    let is_recorded = match ready.put_back(&found, progress, cancel) {
        Ok(is_recorded) => is_recorded,
        Err(fault) => {
            if let (Fault::Cancelled | Fault::Unchanged(_), Some(present)) = (&fault, present)
                && let Err(error) = present.discard()
            {
                tracing::warn!(%error, "Left a copy that is not needed");
            }
            return Err(fault);
        }
    };
    if way == Way::Whole {
        // Of a change that could be brought to no end before.
        switch::sweep(&dir);
    }
    let to = machine::read_base(context.os, &base.id).and_then(|base| base.version);
    let present_dir = present.map(|present| present.dir);
    Ok(WentBack { from: base.version, to, present_dir, is_recorded, server: Server::NotLookedAt })
}

/// Everything is looked at and copied.
struct Ready<'a> {
    context: &'a Context<'a>,
    backup: &'a Backup,
    way: Way,
    base: &'a Base,
    base_dir: &'a Path,
    present: Option<&'a Backup>,
}

impl Ready<'_> {
    /// The one place where a base is changed: all at once, or not at all. The answer is whether the journal has it.
    fn put_back(
        &self,
        found: &Preview,
        progress: &mut dyn FnMut(Step),
        cancel: &CancellationToken,
    ) -> Result<bool, Fault> {
        let Self { context, backup, way, base, base_dir, present } = *self;
        let (begins, ends) = match way {
            Way::Replaced => (What::GoingBack, What::WentBack),
            Way::Whole => (What::GoingBackWhole, What::WentBackWhole),
        };
        let entry = |what| entry(context, what, &backup.manifest, base.version, &backup.dir);
        let mut begun = || record(context, &entry(begins));
        let mut is_recorded = false;
        let mut ended = |failed: Option<&Failed>| {
            let told = match failed {
                None => entry(ends),
                Some(Failed { error, state: BaseState::NotPutBack { error: left, .. } }) => {
                    let detail = format!("{}; {}", apply::chain(error), apply::chain(left));
                    Entry { detail, ..entry(What::NotUndone) }
                }
                Some(Failed { error, .. }) => {
                    Entry { detail: apply::chain(error), ..entry(What::NotGoneBack) }
                }
            };
            let written = record(context, &told);
            is_recorded = written.is_ok();
            written
        };
        let telling = Telling { begun: &mut begun, ended: &mut ended };
        let (to, finisher) = (backup.manifest.version, context.finisher);
        let task = Task { base, base_dir, to, present, finisher };
        let mut report = |step| progress(Step::of(step));
        let changes = changes_of(backup, found);
        let done = at_once(&context.finishing(), &task, &changes, telling, &mut report, cancel);
        done.map_err(|failed| match (failed.error, failed.state) {
            (apply::Error::Cancelled, _) => Fault::Cancelled,
            (error, BaseState::NotPutBack { error: left, .. }) => {
                Fault::InBetween { error: Box::new(error), left }
            }
            (error, BaseState::NothingChanged | BaseState::PutBack { .. }) => Fault::Unchanged(error),
        })?;
        Ok(is_recorded)
    }
}

impl Step {
    fn of(step: apply::Step) -> Self {
        match step {
            apply::Step::LayingReady { done_bytes, total_bytes } => {
                Self::LayingReady { done_bytes, total_bytes }
            }
            apply::Step::Changing { done, total } => Self::PuttingBack { done, total },
            apply::Step::PuttingBack => Self::Undoing,
        }
    }
}

/// Just what was shown.
fn changes_of(backup: &Backup, shown: &Preview) -> Vec<Change> {
    let files: HashMap<&RelPath, &FileRecord> =
        backup.manifest.files.iter().map(|file| (&file.path, file)).collect();
    let come = shown.replaced.iter().chain(&shown.brought_back).map(|path| {
        let to = files.get(path).map_or(New::Folder, |file| New::File {
            from: path.below(&backup.dir),
            size: file.size,
            sha256: Some(file.sha256),
        });
        Change { path: path.clone(), to }
    });
    let go = shown.removed.iter().map(|path| Change { path: path.clone(), to: New::Nothing });
    come.chain(go).collect()
}

fn copy_present(
    context: &Context<'_>,
    backup: &Backup,
    base: &Base,
    dir: &Path,
    progress: &mut dyn FnMut(Step),
    cancel: &CancellationToken,
) -> Result<Backup, Fault> {
    let from = backup.dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut taken = taken(context, Why::Restore { from });
    // What may go has to be in it, whatever is left out today.
    taken.without = backup.manifest.without.clone();
    let mut report = |copying| progress(Step::Copying(copying));
    create(context.place(), base, dir, &taken, &mut report, cancel).map_err(Fault::of)
}
