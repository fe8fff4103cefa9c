//! Bringing what was begun to its end: forwards once devices see it, backwards before that.
//!
//! Whatever somebody else has done to the folder meanwhile stays: what was put aside returns only to a place that is free,
//! and a list that is neither the one from before nor the one that was written is not replaced.

use std::fs;
use std::io;
use std::path::Path;

use super::record::{Aside, Phase, Record};
use super::{Checkpoint, Context, Error, change, lay, record};
use crate::catalogue::versions_xml;
use crate::devices::staged;
use crate::digest::Digest;
use crate::fs::read_limited;
use crate::journal::{self, Entry, What};
use crate::machine::Base;
use crate::os::{self, LONG_PATIENCE, PATIENCE};
use crate::source::DESCRIPTION_LIMIT_BYTES;
use crate::version::Version;

/// Whether the journal may have the end already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// It has not: this run has begun it.
    No,
    /// A run may have been cut off right after it.
    Perhaps,
}

/// What became of something that a run had left half-way.
#[derive(Debug)]
pub(super) enum Settled {
    /// It is staged, or there was no such thing.
    Forwards,
    /// It is taken back.
    Back {
        /// What is staged no more.
        version: Version,
        /// Why the entry is missing in the journal, if it is.
        unrecorded: Option<journal::Error>,
    },
}

/// Deals with what an earlier run has left. The caller holds the update lock.
pub(super) fn settle(context: &Context<'_>, base: &Base, base_dir: &Path) -> Result<Settled, Error> {
    let record = record::read(context.os, context.paths, &base.id)?;
    // One about a folder that is not the base's now may come to count again.
    let record = record.filter(|record| record.is_about(base) && record.phase != Phase::Done);
    let Some(mut record) = record else { return Ok(Settled::Forwards) };
    let version = record.version;
    let dir = lay::dir(base_dir)?;
    let list_path = lay::file(&dir, versions_xml::FILE)?;
    let list = list_now(&list_path, &record)?;
    if record.phase == Phase::Undoing {
        if list == ListNow::Other && is_laid(base_dir, &record) {
            // Somebody has written a list since that names it: taking it away now would take that from them.
            bring_back(context, &dir, &record)?;
            record.aside.clear();
            record.phase = Phase::Done;
            record.write(context)?;
            return Ok(Settled::Forwards);
        }
        let unrecorded = undo(context, base, &dir, &list_path, record, Told::Perhaps)?;
        return Ok(Settled::Back { version, unrecorded });
    }
    let is_forwards = match list {
        ListNow::Ours => is_laid(base_dir, &record),
        ListNow::Former => false,
        ListNow::Other => {
            // What was put aside may be on it.
            bring_back(context, &dir, &record)?;
            record.aside.clear();
            is_laid(base_dir, &record)
        }
    };
    if is_forwards {
        if let Some(error) = finish(context, base, &dir, record, Told::Perhaps) {
            tracing::warn!(%error, "That an app was staged is not in the journal");
        }
        return Ok(Settled::Forwards);
    }
    take_back(context, &dir, &list_path, record)?;
    Ok(Settled::Back { version, unrecorded: None })
}

/// Which list it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListNow {
    /// The one that was written.
    Ours,
    /// The one from before.
    Former,
    /// Somebody else's.
    Other,
}

pub(super) fn list_now(list_path: &Path, record: &Record) -> Result<ListNow, Error> {
    let bytes = match read_limited(list_path, DESCRIPTION_LIMIT_BYTES) {
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => return Ok(ListNow::Other),
        read => read.map_err(change(list_path))?,
    };
    Ok(match bytes.as_deref() {
        Some(bytes) if Digest::of(bytes) == record.list => ListNow::Ours,
        bytes if bytes == record.former_list() => ListNow::Former,
        _ => ListNow::Other,
    })
}

/// Whether the list leads to just what was laid: where the version was on it before, the list alone does not tell.
fn is_laid(base_dir: &Path, record: &Record) -> bool {
    let staged = staged::read(base_dir);
    let app = staged.apps.iter().find(|app| app.version == record.version);
    let content = app.and_then(|app| app.content.as_ref().ok());
    let name = content.and_then(|content| content.path.file_name()).map(|name| name.to_string_lossy());
    name.is_some_and(|found| record.package.as_ref().is_none_or(|package| package.name == found))
}

/// Once devices see the new app: older ones are put aside, and all that was kept for taking back what was staged before
/// goes. What cannot be moved now is on no list any more, and stays. Nothing here changes what devices see, so nothing here
/// fails: a record that cannot be written is written by the next run. Returns why the entry is missing in the journal, if it
/// is.
pub(super) fn finish(
    context: &Context<'_>,
    base: &Base,
    dir: &Path,
    mut record: Record,
    told: Told,
) -> Option<journal::Error> {
    for (number, aside) in record.aside.iter().enumerate() {
        let moved = lay::below(dir, &aside.folder).and_then(|from| {
            if from.is_dir() && !lay::holds_only(&from, &aside.package) {
                // Somebody has put something into it since.
                return Err(Error::InTheWay { path: from });
            }
            match os::replace(&from, &dir.join(&aside.place), LONG_PATIENCE) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(change(&from)(error)),
                Ok(()) | Err(_) => Ok(()),
            }
        });
        if let Err(error) = moved {
            tracing::warn!(%error, "An older app stays where it is, on no list");
        }
        context.reach(Checkpoint::Aside(number));
    }
    if let Err(error) = lay::remove_unfinished(dir, &record) {
        tracing::warn!(%error, "Something unfinished stays, on no list");
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
            file: package.map(|package| package.name.clone()).unwrap_or_default(),
            sha256: package.map(|package| package.sha256),
            proof: record.proof,
            ..context.entry(what, base, record.former, Some(record.version))
        };
        context.record(&entry).err()
    };
    context.reach(Checkpoint::Told);
    record.phase = Phase::Done;
    if let Err(error) = record.write(context) {
        tracing::warn!(%error, "The record of a staged app is not closed; the next run here does it");
    }
    context.reach(Checkpoint::Done);
    unrecorded
}

/// Before devices see anything, or where they would not be offered it: everything is what it was.
pub(super) fn take_back(
    context: &Context<'_>,
    dir: &Path,
    list_path: &Path,
    record: Record,
) -> Result<(), Error> {
    bring_back(context, dir, &record)?;
    put_former_list(context, list_path, &record)?;
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
    let returned =
        bring_back(context, dir, &record).and_then(|()| put_former_list(context, list_path, &record));
    if let Err(error) = returned {
        // Nobody has asked for it at any later time.
        if told == Told::No && matches!(list_now(list_path, &record), Ok(ListNow::Ours)) {
            let withdrawn = Record { phase: Phase::Done, ..record };
            withdrawn
                .write(context)
                .unwrap_or_else(|error| tracing::warn!(%error, "The next run takes it back"));
        }
        return Err(error);
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
    if let Err(error) = record.give_up(context) {
        tracing::warn!(%error, "The record of an app that was taken back stays; the next run here removes it");
    }
    context.reach(Checkpoint::Done);
    Ok(unrecorded)
}

/// Whether all that was put aside can return; that it never went, or has come back, is as good.
pub(super) fn can_return(dir: &Path, record: &Record) -> Result<(), Error> {
    for Aside { folder, place, .. } in &record.aside {
        let (from, to) = (dir.join(place), lay::below(dir, folder)?);
        match (is_folder(&from)?, is_folder(&to)?) {
            (true, false) | (false, true) => {}
            (true, true) => return Err(Error::Taken { path: to }),
            (false, false) => return Err(Error::Gone { path: from }),
        }
    }
    Ok(())
}

/// Older apps return to where they were, but for those that are gone or whose place somebody has taken.
fn bring_back(context: &Context<'_>, dir: &Path, record: &Record) -> Result<(), Error> {
    for (number, Aside { folder, place, .. }) in record.aside.iter().enumerate() {
        let (from, to) = (dir.join(place), lay::below(dir, folder)?);
        if is_folder(&from)? && is_folder(&to)? {
            tracing::warn!(folder = %to.display(), "The place of an older app is taken, and it stays aside");
        } else if is_folder(&from)? {
            to.parent().map_or(Ok(()), fs::create_dir_all).map_err(change(&to))?;
            os::replace(&from, &to, LONG_PATIENCE).map_err(change(&from))?;
        }
        context.reach(Checkpoint::Aside(number));
    }
    Ok(())
}

fn put_former_list(context: &Context<'_>, list_path: &Path, record: &Record) -> Result<(), Error> {
    let former = record.former_list();
    if list_now(list_path, record)? == ListNow::Ours {
        lay::put_list(context, list_path, record, former)?;
    }
    let Some(kept) = record.broken_list.as_ref().map(|name| list_path.with_file_name(name)) else {
        return Ok(());
    };
    match former.map(Digest::of) {
        // The copy, unless somebody has worked on it.
        Some(copied) if lay::hash_of(&kept)? == Some(copied) => lay::remove(&kept),
        // What was moved because it is too large.
        None if kept.is_file() && !list_path.exists() => {
            os::replace(&kept, list_path, PATIENCE).map_err(change(list_path))
        }
        Some(_) | None => Ok(()),
    }
}

fn is_folder(path: &Path) -> Result<bool, Error> {
    match fs::symlink_metadata(path) {
        Ok(facts) => Ok(facts.is_dir()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(change(path)(error)),
    }
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
