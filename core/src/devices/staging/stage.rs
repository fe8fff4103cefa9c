//! Staging an app, from the lock to the journal.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use tokio_util::sync::CancellationToken;

use super::end::{ListNow, Told};
use super::judge::same_file;
use super::record::{Aside, Bytes, Package, Phase, REMOVED, Record};
use super::{
    Checkpoint, Context, Done, Error, Older, Step, Wanted, change, end, here, judge, lay, list, record, since,
};
use crate::catalogue::{update_xml, versions_xml};
use crate::devices::staged::{self, List, Staged, StagedApp};
use crate::digest::Digest;
use crate::fs::read_limited;
use crate::journal;
use crate::machine::Base;
use crate::os::{self, PATIENCE};
use crate::paths::is_safe_name;
use crate::source::{DESCRIPTION_LIMIT_BYTES, resolve};
use crate::switch::Run;
use crate::update_lock;
use crate::verify::PackageKind;
use crate::version::Version;

/// Stages an app for the Android devices of a base. Blocks; `cancel` is heeded until what devices see is changed.
pub fn stage(
    context: &Context<'_>,
    base_id: &str,
    wanted: &Wanted<'_>,
    progress: &mut dyn FnMut(Step),
    cancel: &CancellationToken,
) -> Result<Done, Error> {
    if wanted.file.kind() != PackageKind::App {
        return Err(Error::NotAnApp);
    }
    let _lock = update_lock::take(context.os, context.paths).map_err(Error::Lock)?;
    journal::prepare(&context.paths.journal_path()).map_err(Error::Journal)?;
    let (base, base_dir) = here(context, base_id)?;
    let before = staged::read(&base_dir);
    stage_here(context, (&base, &base_dir), wanted, progress, cancel)
        .map_err(|error| since(&before, &base_dir, error))
}

fn stage_here(
    context: &Context<'_>,
    (base, base_dir): (&Base, &Path),
    wanted: &Wanted<'_>,
    progress: &mut dyn FnMut(Step),
    cancel: &CancellationToken,
) -> Result<Done, Error> {
    let dir = lay::dir(base_dir)?;
    record::put_aside_unbelieved(context, &base.id)?;
    end::settle(context, base, base_dir)?;
    let staged = staged::read(base_dir);
    judge(&staged, wanted.apk, wanted.version, None).map_err(Error::Misfit)?;
    fs::create_dir_all(&dir).map_err(change(&dir))?;
    let list_path = lay::file(&dir, versions_xml::FILE)?;
    let there = whole(&staged, wanted);
    let has_older = staged.apps.iter().any(|app| app.version < wanted.version);
    if let Some(there) = there.filter(|_| !has_older || wanted.older == Older::Keep) {
        return Ok(Done {
            offered: there.clone(),
            former: Some(there.version),
            was_there: true,
            removed: Vec::new(),
            broken_list_kept: None,
            unrecorded: None,
        });
    }
    let Plan { record, list, described } =
        plan(context, base, (&dir, &list_path), (&staged, there.is_some()), wanted)?;
    record.write(context)?;
    context.reach(Checkpoint::Recorded);
    let made = lay::lay(context, &dir, &record, wanted, &described, progress, cancel)
        .and_then(|()| keep_broken(&record, &list_path))
        .and_then(|broken_list_kept| {
            progress(Step::Listing);
            if end::list_now(&list_path, &record)? == ListNow::Other {
                return Err(Error::ChangedSince { path: list_path.clone() });
            }
            lay::put_list(context, &list_path, &record, Some(&list))?;
            context.reach(Checkpoint::Listed);
            Ok((offered(base_dir, wanted)?, broken_list_kept))
        });
    let (offer, broken_list_kept) = match made {
        Ok(made) => made,
        Err(error) => {
            tracing::error!(%error, "An app is not staged, and what was begun is taken back");
            if let Err(back) = end::take_back(context, &dir, &list_path, record) {
                tracing::error!(error = %back, "Not all of it could be taken back; the next run here will try again");
            }
            return Err(error);
        }
    };
    let (former, removed, is_more_moved) = (record.former, record.removed.clone(), !record.aside.is_empty());
    let unrecorded = end::finish(context, base, &dir, record, Told::No);
    // What is staged is recorded: whatever this shows now, somebody else has to do with it.
    if is_more_moved && let Err(error) = offered(base_dir, wanted) {
        tracing::error!(%error, "After older apps were put aside, devices are offered something else");
    }
    Ok(Done { offered: offer, former, was_there: false, removed, broken_list_kept, unrecorded })
}

/// What devices are offered now, if it is the very same package and the newest.
fn whole<'s>(staged: &'s Staged, wanted: &Wanted<'_>) -> Option<&'s StagedApp> {
    same_file(staged, wanted.version, wanted.file.size(), wanted.file.sha256())
}

/// Reads the folder back as a device would that has nothing: it has to be offered just this.
fn offered(base_dir: &Path, wanted: &Wanted<'_>) -> Result<StagedApp, Error> {
    let staged = staged::read(base_dir);
    whole(&staged, wanted).cloned().ok_or(Error::NotOffered)
}

/// What is going to be done.
struct Plan {
    record: Record,
    /// The new list.
    list: Vec<u8>,
    /// The description of the package.
    described: Vec<u8>,
}

fn plan(
    context: &Context<'_>,
    base: &Base,
    (dir, list_path): (&Path, &Path),
    (staged, is_there): (&Staged, bool),
    wanted: &Wanted<'_>,
) -> Result<Plan, Error> {
    let former_list = match read_limited(list_path, DESCRIPTION_LIMIT_BYTES) {
        // No device gets anything by it, and the record is not for so much.
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => None,
        read => read.map_err(change(list_path))?,
    };
    let run = Run::new().map_err(change(dir))?;
    // The folder of a version that is there is used, as it is spelled there and wherever the list has it.
    let listed = staged.apps.iter().find(|app| app.version == wanted.version);
    let folder = match listed {
        Some(app) if lay::below(dir, &app.folder)?.is_dir() => app.folder.clone(),
        _ => wanted.version.to_string(),
    };
    let present = lay::below(dir, &folder)?;
    let is_folder_kept = present.is_dir();
    let former_description = if is_folder_kept {
        let description = lay::file(&present, update_xml::FILE)?;
        read_limited(&description, DESCRIPTION_LIMIT_BYTES).map_err(change(&description))?
    } else {
        None
    };
    let is_read = matches!(staged.list, List::Read { .. });
    let former_entries = former_list.as_deref().filter(|_| is_read);
    let list = list::with(former_entries, wanted.version, &folder, wanted.older);
    let name = names(&wanted.file.file_name(), wanted.version)
        .into_iter()
        .find(|name| !resolve(&present.join(name)).exists())
        .unwrap_or_else(|| format!("{run}.apk"));
    let described = list::description(wanted.version, wanted.date, &name, wanted.text);
    let package = (!is_there).then(|| Package {
        name,
        sha256: wanted.file.sha256(),
        description: Digest::of(&described),
    });
    let older =
        staged.apps.iter().filter(|app| app.version < wanted.version && wanted.older == Older::Remove);
    let removed: Vec<Version> = older.clone().map(|app| app.version).collect();
    let aside = aside(dir, &folder, older, &run);
    let broken_list = matches!(staged.list, List::Broken(_)).then(|| {
        let day = (context.clock)().to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H.%M.%S");
        format!("{}.{day}.broken", versions_xml::FILE)
    });
    let previous = record::read(context.os, context.paths, &base.id)?;
    let record = Record {
        base_id: base.id.clone(),
        base_folder: base.folder.clone(),
        at: (context.clock)(),
        user: context.os.identity().user,
        phase: Phase::Staging,
        version: wanted.version,
        former: staged.newest().map(|app| app.version),
        folder,
        is_folder_kept,
        former_description: former_description.map(Bytes),
        package,
        proof: Some(wanted.file.proof()),
        former_list: former_list.map(Bytes),
        list: Digest::of(&list),
        broken_list,
        removed,
        aside,
        run,
        previous: previous.filter(|previous| previous.is_about(base)).map(Box::new),
    };
    Ok(Plan { record, list, described })
}

/// What is put aside of older versions: plain folders that hold a package and its description and nothing else, and nothing
/// of the version that is staged. Everything else stays where it is, on no list.
fn aside<'a>(dir: &Path, own: &str, older: impl Iterator<Item = &'a StagedApp>, run: &Run) -> Vec<Aside> {
    let mut taken = vec![own.to_lowercase()];
    let mut put_aside = Vec::new();
    for app in older {
        let package = app.content.as_ref().ok().and_then(|content| content.path.file_name()?.to_str());
        let Some(package) = package else { continue };
        let is_alone = lay::below(dir, &app.folder).is_ok_and(|path| lay::holds_only(&path, package));
        if is_alone && !taken.contains(&app.folder.to_lowercase()) {
            put_aside.push(Aside {
                folder: app.folder.clone(),
                package: package.to_owned(),
                place: format!("{REMOVED}{}-{run}", app.version),
            });
            taken.push(app.folder.to_lowercase());
        }
    }
    put_aside
}

/// Names for the package: its own, if a device can be trusted to cope with it, and others if that is taken.
fn names(own: &str, version: Version) -> Vec<String> {
    let plain = |name: &&str| is_safe_name(name) && PackageKind::of(name) == Some(PackageKind::App);
    let stem =
        Some(own).filter(plain).and_then(|name| name.rsplit_once('.')).map(|(stem, _)| stem.to_owned());
    let stem = stem.unwrap_or_else(|| format!("MobileSMARTS-{version}"));
    std::iter::once(format!("{stem}.apk"))
        .chain((2..100).map(|number| format!("{stem}-{number}.apk")))
        .collect()
}

/// A list that cannot be read is kept beside the new one.
fn keep_broken(record: &Record, list_path: &Path) -> Result<Option<PathBuf>, Error> {
    let Some(name) = &record.broken_list else { return Ok(None) };
    let path = list_path.with_file_name(name);
    match &record.former_list {
        Some(Bytes(bytes)) => lay::write(&path, list_path, bytes)?,
        // It is too large for a copy.
        None => os::replace(list_path, &path, PATIENCE).map_err(change(list_path))?,
    }
    Ok(Some(path))
}
