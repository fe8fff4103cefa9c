//! Staging an app, from the lock to the journal.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use tokio_util::sync::CancellationToken;

use super::end::Told;
use super::record::{Aside, Bytes, Phase, Record};
use super::{
    Checkpoint, Context, Done, Error, Older, Step, Wanted, change, end, here, judge, lay, list, record,
};
use crate::catalogue::{update_xml, versions_xml};
use crate::devices::staged::{self, Content, List, Staged, StagedApp};
use crate::digest::Digest;
use crate::fs::{read_limited, write_atomically};
use crate::journal;
use crate::machine::Base;
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
    end::settle(context, &base, &base_dir)?;
    let staged = staged::read(&base_dir);
    judge(&staged, wanted.apk, wanted.version, None).map_err(Error::Misfit)?;
    let dir = lay::folder(&base_dir)?;
    let there = whole(&staged, wanted);
    let older: Vec<&StagedApp> = staged.apps.iter().filter(|app| app.version != wanted.version).collect();
    if let Some(there) = there.filter(|_| older.is_empty() || wanted.older == Older::Keep) {
        return Ok(Done {
            offered: there.clone(),
            former: Some(there.version),
            was_there: true,
            removed: Vec::new(),
            broken_list_kept: None,
            unrecorded: None,
        });
    }
    let list_path = resolve(&dir.join(versions_xml::FILE));
    let (record, list) = plan(context, &base, &dir, &staged, wanted)?;
    record.write(context)?;
    context.reach(Checkpoint::Recorded);
    let made = lay::lay(context, &dir, &record, wanted, progress, cancel)
        .and_then(|()| keep_broken(context, &staged, &record, &list_path))
        .and_then(|broken_list_kept| {
            progress(Step::Listing);
            context.reach(Checkpoint::Listing);
            lay::put_list(&list_path, Some(&list))?;
            context.reach(Checkpoint::Listed);
            let offered = offered(&base_dir, wanted)?;
            Ok((offered, broken_list_kept))
        });
    let (offered, broken_list_kept) = match made {
        Ok(made) => made,
        Err(error) => {
            tracing::error!(%error, "An app is not staged, and what was begun is taken back");
            end::take_back(context, &dir, &list_path, record)?;
            return Err(error);
        }
    };
    let (former, removed) = (record.former, record.last().removed);
    let unrecorded = end::finish(context, &base, &dir, record, Told::No)?;
    Ok(Done { offered, former, was_there: false, removed, broken_list_kept, unrecorded })
}

/// What devices are offered now, if it is the very same package and the newest.
fn whole<'s>(staged: &'s Staged, wanted: &Wanted<'_>) -> Option<&'s StagedApp> {
    let newest = staged.newest().filter(|newest| newest.version == wanted.version)?;
    is_same(newest.content.as_ref().ok()?, wanted).then_some(newest)
}

fn is_same(content: &Content, wanted: &Wanted<'_>) -> bool {
    let hash = || std::fs::File::open(&content.path).and_then(|mut file| Digest::of_reader(&mut file));
    content.size == wanted.file.size() && hash().is_ok_and(|(sha256, _)| sha256 == wanted.file.sha256())
}

/// Reads the folder back as a device would that has nothing: it has to be offered just this.
fn offered(base_dir: &Path, wanted: &Wanted<'_>) -> Result<StagedApp, Error> {
    let staged = staged::read(base_dir);
    whole(&staged, wanted).cloned().ok_or(Error::NotOffered)
}

/// What is going to be done, and the new list.
fn plan(
    context: &Context<'_>,
    base: &Base,
    dir: &Path,
    staged: &Staged,
    wanted: &Wanted<'_>,
) -> Result<(Record, Vec<u8>), Error> {
    let list_path = resolve(&dir.join(versions_xml::FILE));
    let former_list = read_limited(&list_path, DESCRIPTION_LIMIT_BYTES).map_err(change(&list_path))?;
    let is_read = matches!(staged.list, List::Read { .. });
    let list = list::with(former_list.as_deref().filter(|_| is_read), wanted.version, wanted.older);
    let run = Run::new().map_err(change(dir))?;
    // The folder of a version that is there is used, as it is spelled there and wherever the list has it.
    let listed = staged.apps.iter().find(|app| app.version == wanted.version);
    let folder = listed.map_or_else(|| wanted.version.to_string(), |app| app.folder.clone());
    let present = resolve(&folder.split('/').fold(dir.to_path_buf(), |path, name| path.join(name)));
    let is_folder_kept = present.is_dir();
    if !is_folder_kept && std::fs::symlink_metadata(&present).is_ok() {
        return Err(Error::InTheWay { path: present });
    }
    let folder = if is_folder_kept { folder } else { wanted.version.to_string() };
    let description = resolve(&present.join(update_xml::FILE));
    let former_description = if is_folder_kept {
        read_limited(&description, DESCRIPTION_LIMIT_BYTES).map_err(change(&description))?
    } else {
        None
    };
    let package = whole(staged, wanted).is_none().then(|| {
        let names = names(&wanted.file.file_name(), wanted.version);
        let free = names.into_iter().find(|name| !resolve(&present.join(name)).exists());
        (free.unwrap_or_else(|| format!("{run}.apk")), wanted.file.sha256())
    });
    let older =
        staged.apps.iter().filter(|app| app.version != wanted.version && wanted.older == Older::Remove);
    let aside = older.enumerate().map(|(number, app)| Aside {
        version: app.version,
        folder: app.folder.clone(),
        place: run.aside_name(number + 1),
    });
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
        aside: aside.collect(),
        run,
        previous: record::read(context.paths, &base.id)?.map(Box::new),
    };
    Ok((record, list))
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
fn keep_broken(
    context: &Context<'_>,
    staged: &Staged,
    record: &Record,
    list_path: &Path,
) -> Result<Option<PathBuf>, Error> {
    let (List::Broken(_), Some(Bytes(bytes))) = (&staged.list, &record.former_list) else { return Ok(None) };
    let day = (context.clock)().to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H.%M.%S");
    let path = list_path.with_file_name(format!("{}.{day}.broken", versions_xml::FILE));
    write_atomically(&path, bytes).map_err(change(&path))?;
    Ok(Some(path))
}
