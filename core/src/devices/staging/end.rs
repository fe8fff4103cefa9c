//! Bringing what was begun to its end: forwards once devices see it, backwards before that.

use std::io;
use std::path::{Path, PathBuf};

use super::record::{Bytes, Phase, Record};
use super::{Checkpoint, Context, Error, change, lay, record};
use crate::catalogue::versions_xml;
use crate::devices::staged;
use crate::digest::Digest;
use crate::fs::read_limited;
use crate::journal::{self, Entry, What};
use crate::machine::Base;
use crate::os::{self, PATIENCE};
use crate::source::{DESCRIPTION_LIMIT_BYTES, resolve};

/// Whether the journal may have the end already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// It has not: this run has begun it.
    No,
    /// A run may have been cut off right after it.
    Perhaps,
}

/// Deals with what an earlier run has left. The caller holds the update lock.
pub(super) fn settle(context: &Context<'_>, base: &Base, base_dir: &Path) -> Result<(), Error> {
    let Some(record) = record::read(context.paths, &base.id)? else { return Ok(()) };
    if record.base_folder != base.folder {
        // It is about a folder that is the base's no more.
        return record::forget(context, &base.id);
    }
    let dir = staged::dir(base_dir);
    let list_path = resolve(&dir.join(versions_xml::FILE));
    match record.phase {
        Phase::Done => Ok(()),
        Phase::Undoing => undo(context, base, &dir, &list_path, record, Told::Perhaps).map(drop),
        Phase::Staging if is_listed(&list_path, &record)? && is_laid(base_dir, &record) => {
            finish(context, base, &dir, record, Told::Perhaps).map(drop)
        }
        Phase::Staging => take_back(context, &dir, &list_path, record),
    }
}

/// Whether the list is the one that was written.
pub(super) fn is_listed(list_path: &Path, record: &Record) -> Result<bool, Error> {
    let bytes = read_limited(list_path, DESCRIPTION_LIMIT_BYTES).map_err(change(list_path))?;
    Ok(bytes.is_some_and(|bytes| Digest::of(&bytes) == record.list))
}

/// Whether a device would get just what was laid: where the version was on the list before, the list alone does not tell.
fn is_laid(base_dir: &Path, record: &Record) -> bool {
    let staged = staged::read(base_dir);
    let content = staged.newest().filter(|app| app.version == record.version);
    let content = content.and_then(|app| app.content.as_ref().ok());
    let name = content.and_then(|content| content.path.file_name()).map(|name| name.to_string_lossy());
    name.is_some_and(|found| record.package.as_ref().is_none_or(|(name, _)| *name == found))
}

/// Once devices see the new app: older ones are put aside, and all that was kept for taking back what was staged before
/// goes. What cannot be moved now is on no list any more, and stays.
pub(super) fn finish(
    context: &Context<'_>,
    base: &Base,
    dir: &Path,
    mut record: Record,
    told: Told,
) -> Result<Option<journal::Error>, Error> {
    for (number, aside) in record.aside.iter().enumerate() {
        let (from, to) = (place(dir, &aside.folder), dir.join(&aside.place));
        if let Err(error) = os::replace(&from, &to, PATIENCE)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(folder = %from.display(), %error, "An older app stays where it is, on no list");
        }
        context.reach(Checkpoint::Aside(number));
    }
    if let Some(previous) = record.previous.take() {
        for aside in &previous.aside {
            if let Err(error) = lay::remove(&dir.join(&aside.place)) {
                tracing::warn!(%error, "Something that was put aside stays");
            }
        }
    }
    let what = What::AppStaged;
    let unrecorded = if told == Told::Perhaps && is_told(context, base, what, &record) {
        None
    } else {
        let package = record.package.as_ref();
        let entry = Entry {
            file: package.map(|(name, _)| name.clone()).unwrap_or_default(),
            sha256: package.map(|(_, sha256)| *sha256),
            proof: record.proof,
            ..context.entry(what, base, record.former, Some(record.version))
        };
        context.record(&entry).err()
    };
    context.reach(Checkpoint::Told);
    record.phase = Phase::Done;
    record.write(context)?;
    context.reach(Checkpoint::Done);
    Ok(unrecorded)
}

/// Before devices see anything, or where they would not be offered it: everything is what it was.
pub(super) fn take_back(
    context: &Context<'_>,
    dir: &Path,
    list_path: &Path,
    record: Record,
) -> Result<(), Error> {
    if is_listed(list_path, &record)? {
        lay::put_list(list_path, record.former_list.as_ref().map(|Bytes(bytes)| bytes.as_slice()))?;
    }
    lay::take_away(dir, &record)?;
    record.give_up(context)
}

/// Takes back what was staged: older apps return, then the list is what it was, then what was staged goes.
pub(super) fn undo(
    context: &Context<'_>,
    base: &Base,
    dir: &Path,
    list_path: &Path,
    record: Record,
    told: Told,
) -> Result<Option<journal::Error>, Error> {
    for (number, aside) in record.aside.iter().enumerate() {
        let (from, to) = (dir.join(&aside.place), place(dir, &aside.folder));
        match os::replace(&from, &to, PATIENCE) {
            // It has come back already, or never went.
            Err(error) if error.kind() == io::ErrorKind::NotFound && to.is_dir() => {}
            Err(error) => return Err(change(&from)(error)),
            Ok(()) => {}
        }
        context.reach(Checkpoint::Aside(number));
    }
    context.reach(Checkpoint::Listing);
    if is_listed(list_path, &record)? {
        lay::put_list(list_path, record.former_list.as_ref().map(|Bytes(bytes)| bytes.as_slice()))?;
    }
    context.reach(Checkpoint::Listed);
    lay::take_away(dir, &record)?;
    let what = What::AppUnstaged;
    let unrecorded = if told == Told::Perhaps && is_told(context, base, what, &record) {
        None
    } else {
        context.record(&context.entry(what, base, Some(record.version), record.former)).err()
    };
    context.reach(Checkpoint::Told);
    record.give_up(context)?;
    context.reach(Checkpoint::Done);
    Ok(unrecorded)
}

/// Whether the journal has an entry of this already: a run may have been cut off right after it.
fn is_told(context: &Context<'_>, base: &Base, what: What, record: &Record) -> bool {
    let journal = journal::read(&context.paths.journal_path()).unwrap_or_default();
    let mut of_base = journal.entries.iter().rev().filter(|entry| entry.subject == base.id);
    let last = of_base.find(|entry| matches!(entry.what, What::AppStaged | What::AppUnstaged));
    let version = Some(record.version);
    last.is_some_and(|last| {
        let is_of_it = if what == What::AppStaged { last.to == version } else { last.from == version };
        last.what == what && is_of_it && last.time >= record.at
    })
}

fn place(dir: &Path, folder: &str) -> PathBuf {
    resolve(&folder.split('/').fold(dir.to_path_buf(), |path, name| path.join(name)))
}
