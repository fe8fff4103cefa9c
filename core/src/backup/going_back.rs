//! Going back: a base becomes what it was when a copy of it was made, in part or as a whole.
//!
//! In part is what one usually wants: what the update replaced, made or removed is put back, and documents, settings and
//! licences of the days since stay. That is known beside the copy, and holds as long as the base is on the version that
//! this update led to; after a second update that one is gone back from first. As a whole the base becomes what the copy
//! is; everything since is lost, so its present state is copied before.
//!
//! Everything that can be looked at beforehand is: the copy is read, what would happen is told, and it has to be still
//! the same once the lock is held. No subscription is asked for: one may always go back.
//!
//! The journal says that it begins. A run that is cut off is begun again by the person: the same copy, the same way;
//! what was put back already stays. Deliberately not here: putting the platform back.

use std::path::{Path, PathBuf};

use tokio_util::sync::CancellationToken;

use super::by_hand::{Context, Fault, begin, entry, record, taken};
use super::{Backup, Changes, Preview, Progress, Way, Why, create, preview, put_back, restore};
use crate::journal::{self, Entry, What};
use crate::machine::{self, Base, Damage, Kind};
use crate::os::Os;
use crate::preflight::{self, Use};
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
    /// The base is changed. From here on it cannot be cancelled.
    PuttingBack {
        /// Bytes of the copy that are in the base again; both are 0 if only what an update replaced goes back.
        done_bytes: u64,
        /// Bytes of the copy.
        total_bytes: u64,
    },
}

/// A base that went back.
#[derive(Debug)]
pub struct WentBack {
    /// The version before.
    pub from: Option<Version>,
    /// The version now, read back from the machine.
    pub to: Option<Version>,
    /// Where the state lies that it was in before, if all of it went back.
    pub present_dir: Option<PathBuf>,
    /// Why the entry is missing in the journal, if it is.
    pub unrecorded: Option<journal::Error>,
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
            | What::WentBack
            | What::WentBackWhole => true,
            What::Failed
            | What::NotUndone
            | What::NotGoneBack
            | What::Copied
            | What::CopyDeleted
            | What::WizardRun
            | What::RebootPending
            | What::Cancelled
            | What::WrittenOff
            | What::CountedAgain => false,
        };
        if is_about_a_base {
            begun.retain(|one| one.subject != entry.subject);
        }
        if entry.what == What::GoingBack {
            begun.push(entry);
        }
    }
    begun
}

/// The base that a copy is of, as it is now, what the update changed after the copy, and its real folder. Says whether
/// it may go back at all: it is the same base in the same place, nobody works in it, and for a part it is known which.
pub fn present_base(
    os: &dyn Os,
    backups_dir: &Path,
    backup: &Backup,
    way: Way,
) -> Result<(Base, Changes, PathBuf), Fault> {
    if backup.dir.parent() != Some(backups_dir) {
        return Err(Fault::Elsewhere { dir: backup.dir.clone() });
    }
    let manifest = &backup.manifest;
    let base = machine::read_base(os, &manifest.base_id).ok_or(Fault::NotHere)?;
    if base.folder.trim_end_matches('\\').to_lowercase()
        != manifest.folder.trim_end_matches('\\').to_lowercase()
    {
        return Err(Fault::OtherBase { id: manifest.base_id.clone(), folder: manifest.folder.clone() });
    }
    let dir = folder(&base, way).ok_or(Fault::NotHere)?;
    let changes = if backup.has_changes() { Some(backup.changes().map_err(Fault::Backup)?) } else { None };
    let changes = match (way, changes) {
        (Way::Replaced, None) => return Err(Fault::NothingKnown),
        (Way::Replaced, Some(changes)) => {
            is_of_this_update(backup, &base)?;
            changes
        }
        (Way::Whole, changes) => changes.unwrap_or_default(),
    };
    if let Use::Held { file, holders, error } = preflight::server_use(os, &dir) {
        return Err(Fault::InUse { file, holders, error });
    }
    Ok((base, changes, dir))
}

/// One that is damaged may be just what has to go back; but it has to be clear which one it is.
fn folder(base: &Base, way: Way) -> Option<PathBuf> {
    match &base.kind {
        Kind::Remote
        | Kind::Cloud
        | Kind::Damaged(
            Damage::DuplicateId { .. } | Damage::BadFolder { .. } | Damage::DriveMissing { .. },
        ) => return None,
        Kind::Local | Kind::InternetExchange | Kind::Damaged(_) => {}
    }
    let dir = base.dir.as_deref()?;
    match dir.canonicalize() {
        Ok(dir) => Some(dir),
        // A folder that is gone comes back where it was.
        Err(_) if way == Way::Whole => Some(dir.parent()?.canonicalize().ok()?.join(dir.file_name()?)),
        Err(_) => None,
    }
}

/// Whether the update that the copy was made for is the last thing that has changed the base's files. A base on the
/// copy's own version has gone back already, perhaps not all the way. Of a damaged one it cannot be told.
fn is_of_this_update(backup: &Backup, base: &Base) -> Result<(), Fault> {
    let expected = match &backup.manifest.why {
        Why::Update { to } => *to,
        Why::ByHand | Why::Restore { .. } => return Err(Fault::NothingKnown),
    };
    let is_as_expected = expected.is_none()
        || base.version.is_none()
        || [expected, backup.manifest.version].contains(&base.version);
    if is_as_expected { Ok(()) } else { Err(Fault::OtherVersion { expected, found: base.version }) }
}

/// Puts a base back as the person agreed to. Blocks; `cancel` is heeded until something is changed.
pub fn go_back(
    context: &Context<'_>,
    going: &GoingBack<'_>,
    progress: &mut dyn FnMut(Step),
    cancel: &CancellationToken,
) -> Result<WentBack, Fault> {
    let _lock = begin(context)?;
    let GoingBack { backup, way, agreed } = *going;
    let backups_dir = &context.paths.backup_dir;
    let (base, changes, dir) = present_base(context.os, backups_dir, backup, way)?;
    let mut reading = |done_bytes, total_bytes| progress(Step::Reading { done_bytes, total_bytes });
    let found = preview(backup, &dir, &changes, way, &mut reading, cancel).map_err(Fault::of)?;
    if found != *agreed {
        return Err(Fault::OtherThanShown);
    }
    let present_dir = match way {
        Way::Whole if dir.exists() => Some(copy_present(context, backup, &base, &dir, progress, cancel)?),
        Way::Whole | Way::Replaced => None,
    };
    if cancel.is_cancelled() {
        return Err(Fault::Cancelled);
    }
    let entry = |what| entry(context, what, &backup.manifest, base.version, &backup.dir);
    // Nothing is changed before this stands in the journal.
    record(context, &entry(What::GoingBack)).map_err(Fault::Journal)?;
    let mut putting = |done_bytes, total_bytes| progress(Step::PuttingBack { done_bytes, total_bytes });
    putting(0, 0);
    let done = match way {
        Way::Replaced => put_back(backup, &dir, &changes),
        Way::Whole => restore(backup, &dir, &mut putting),
    };
    let to = machine::read_base(context.os, &base.id).and_then(|base| base.version);
    let fault = match done {
        Err(error) => Some(Fault::NotPutBack(error)),
        Ok(()) if to != backup.manifest.version => {
            Some(Fault::VersionOtherwise { expected: backup.manifest.version, found: to })
        }
        Ok(()) => None,
    };
    if let Some(fault) = fault {
        let detail = crate::apply::chain(&fault);
        if let Err(error) = record(context, &Entry { detail, ..entry(What::NotGoneBack) }) {
            tracing::warn!(%error, "The journal does not tell that going back failed");
        }
        return Err(fault);
    }
    let what = match way {
        Way::Replaced => What::WentBack,
        Way::Whole => What::WentBackWhole,
    };
    let unrecorded = record(context, &entry(what)).err();
    Ok(WentBack { from: base.version, to, present_dir, unrecorded })
}

fn copy_present(
    context: &Context<'_>,
    backup: &Backup,
    base: &Base,
    dir: &Path,
    progress: &mut dyn FnMut(Step),
    cancel: &CancellationToken,
) -> Result<PathBuf, Fault> {
    let from = backup.dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut taken = taken(context, Why::Restore { from });
    // What may go has to be in it, whatever is left out today.
    taken.without = backup.manifest.without.clone();
    let mut report = |copying| progress(Step::Copying(copying));
    let present =
        create(&context.paths.backup_dir, base, dir, &taken, &mut report, cancel).map_err(Fault::of)?;
    Ok(present.dir)
}
