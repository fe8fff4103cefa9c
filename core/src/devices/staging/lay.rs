//! Files and folders on their way into the folder of staged apps, and out of it.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use tokio_util::sync::CancellationToken;

use super::record::{Bytes, Package, Record};
use super::{Checkpoint, Context, Error, Step, Wanted, change};
use crate::catalogue::update_xml;
use crate::devices::staged;
use crate::digest::{Digest, Hasher};
use crate::os::{self, LONG_PATIENCE, PATIENCE};
use crate::source::resolve;

const BUFFER_BYTES: usize = 256 * 1024;
/// Of the numbers in names of a run's own: 0 is the package or its folder, 1 its description, 2 the list.
const LAST_NUMBER: usize = 2;

/// The folder of staged apps, whether it is there or not.
pub(super) fn dir(base_dir: &Path) -> Result<PathBuf, Error> {
    below(base_dir, staged::FOLDER)
}

/// A folder below another one, in the spelling that is there, whether it is there or not. `below`: components joined by `/`.
/// Neither it nor anything on the way may be a link: whoever may put one into the base must not have files moved, written
/// or removed elsewhere by a process with more rights than theirs.
pub(super) fn below(dir: &Path, below: &str) -> Result<PathBuf, Error> {
    below.split('/').try_fold(dir.to_path_buf(), |dir, name| plain(&dir.join(name), fs::Metadata::is_dir))
}

/// A file in a folder, in the spelling that is there, whether it is there or not. It may be no link either: what it holds is
/// kept, and comes back into the base.
pub(super) fn file(dir: &Path, name: &str) -> Result<PathBuf, Error> {
    plain(&dir.join(name), fs::Metadata::is_file)
}

fn plain(path: &Path, is_plain: impl Fn(&fs::Metadata) -> bool) -> Result<PathBuf, Error> {
    let path = resolve(path);
    match fs::symlink_metadata(&path) {
        Ok(facts) if !is_plain(&facts) => Err(Error::InTheWay { path }),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(change(&path)(error)),
        Ok(_) | Err(_) => Ok(path),
    }
}

/// Lays package and description where the record says. Nothing of it is on the list yet, unless the version was before.
pub(super) fn lay(
    context: &Context<'_>,
    dir: &Path,
    record: &Record,
    wanted: &Wanted<'_>,
    described: &[u8],
    progress: &mut dyn FnMut(Step),
    cancel: &CancellationToken,
) -> Result<(), Error> {
    let Some(Package { name, .. }) = &record.package else { return Ok(()) };
    let folder = below(dir, &record.folder)?;
    if record.is_folder_kept {
        // In the folder they are for, whose rights they get.
        let [package, description] = [0, 1].map(|number| folder.join(record.run.staged_name(number)));
        let (to, described_at) = (folder.join(name), file(&folder, update_xml::FILE)?);
        copy(wanted, &package, progress, cancel)?;
        write(&description, &described_at, described)?;
        context.reach(Checkpoint::Copied);
        os::replace(&package, &to, LONG_PATIENCE).map_err(change(&to))?;
        os::replace(&description, &described_at, PATIENCE).map_err(change(&described_at))?;
    } else {
        let staged = dir.join(record.run.staged_name(0));
        fs::create_dir(&staged).map_err(change(&staged))?;
        copy(wanted, &staged.join(name), progress, cancel)?;
        let description = staged.join(update_xml::FILE);
        write(&description, &description, described)?;
        os::sync_folder(&staged).map_err(change(&staged))?;
        context.reach(Checkpoint::Copied);
        // Whoever looks for viruses takes their time with what was just written.
        os::replace(&staged, &folder, LONG_PATIENCE).map_err(change(&folder))?;
    }
    os::sync_folder(&folder).and_then(|()| os::sync_folder(dir)).map_err(change(dir))?;
    context.reach(Checkpoint::Laid);
    Ok(())
}

fn copy(
    wanted: &Wanted<'_>,
    to: &Path,
    progress: &mut dyn FnMut(Step),
    cancel: &CancellationToken,
) -> Result<(), Error> {
    let total_bytes = wanted.file.size();
    let (mut reader, mut hasher) = (wanted.file.reader(), Hasher::default());
    let mut target = File::create_new(to).map_err(change(to))?;
    let mut buffer = vec![0; BUFFER_BYTES];
    let mut done_bytes = 0;
    loop {
        if cancel.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let count = reader.read(&mut buffer).map_err(change(wanted.file.path()))?;
        let bytes = buffer.get(..count).unwrap_or_default();
        if bytes.is_empty() {
            break;
        }
        hasher.update(bytes);
        target.write_all(bytes).map_err(change(to))?;
        done_bytes += count as u64;
        progress(Step::Copying { done_bytes, total_bytes });
    }
    target.sync_all().map_err(change(to))?;
    // What was read is what was examined.
    let (path, expected, found) = (wanted.file.path().to_path_buf(), wanted.file.sha256(), hasher.finish());
    if found == expected {
        Ok(())
    } else {
        Err(Error::File(crate::verify::Error::Changed { path, expected, found }))
    }
}

/// Takes away what was laid, once it is not on the list any more. What somebody else has put in its place stays.
pub(super) fn take_away(dir: &Path, record: &Record) -> Result<(), Error> {
    let folder = below(dir, &record.folder)?;
    remove_unfinished(dir, record)?;
    let Some(Package { name, sha256, description: described }) = &record.package else { return Ok(()) };
    let (package, description) = (folder.join(name), file(&folder, update_xml::FILE)?);
    let former = record.former_description.as_ref().map(|Bytes(bytes)| Digest::of(bytes));
    let found = hash_of(&description)?;
    if found.is_some() && found != Some(*described) && found != former {
        // Whoever has worked on it may mean the package by it.
        return Ok(());
    }
    if found == Some(*described) {
        match &record.former_description {
            Some(Bytes(bytes)) => {
                let temporary = folder.join(record.run.staged_name(1));
                write(&temporary, &description, bytes)?;
                os::replace(&temporary, &description, PATIENCE).map_err(change(&description))?;
            }
            None => remove(&description)?,
        }
    }
    if hash_of(&package)? == Some(*sha256) {
        remove(&package)?;
    }
    if record.is_folder_kept {
        return Ok(());
    }
    match fs::remove_dir(&folder) {
        Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::DirectoryNotEmpty) => {
            Err(change(&folder)(error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Whether package and description are still what was laid, or gone; if not, the one that is not.
pub(super) fn changed(dir: &Path, record: &Record) -> Result<Option<PathBuf>, Error> {
    let Some(Package { name, sha256, description }) = &record.package else { return Ok(None) };
    let folder = below(dir, &record.folder)?;
    for (path, laid) in [(folder.join(name), sha256), (file(&folder, update_xml::FILE)?, description)] {
        if hash_of(&path)?.is_some_and(|found| found != *laid) {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

/// Whether there is nothing in a folder but a package of this name and its description.
pub(super) fn holds_only(folder: &Path, package: &str) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    let mut names = entries.map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()));
    names.all(|name| name.is_ok_and(|name| name == package || name.eq_ignore_ascii_case(update_xml::FILE)))
}

/// Removes what a run that was cut off has left under names of its own.
pub(super) fn remove_unfinished(dir: &Path, record: &Record) -> Result<(), Error> {
    let folder = below(dir, &record.folder)?;
    let names = || (0..=LAST_NUMBER).map(|number| record.run.staged_name(number));
    names()
        .map(|name| dir.join(name))
        .chain(names().map(|name| folder.join(name)))
        .try_for_each(|path| remove(&path))
}

/// Puts the list in place, in one step; `None`: takes it away.
pub(super) fn put_list(
    context: &Context<'_>,
    path: &Path,
    record: &Record,
    bytes: Option<&[u8]>,
) -> Result<(), Error> {
    if let Some(bytes) = bytes {
        let temporary = path.with_file_name(record.run.staged_name(LAST_NUMBER));
        write(&temporary, path, bytes)?;
        context.reach(Checkpoint::Listing);
        os::replace(&temporary, path, PATIENCE).map_err(change(path))?;
    } else {
        context.reach(Checkpoint::Listing);
        remove(path)?;
    }
    path.parent().map_or(Ok(()), os::sync_folder).map_err(change(path))
}

/// Writes a file that is to take another one's place, with that one's mark of being read-only, or its mode.
pub(super) fn write(path: &Path, to_replace: &Path, bytes: &[u8]) -> Result<(), Error> {
    remove(path)?;
    let mut file = File::create_new(path).map_err(change(path))?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| {
        fs::metadata(to_replace).map_or(Ok(()), |facts| file.set_permissions(facts.permissions()))
    });
    written.map_err(change(path))
}

/// What the file hashes to; `None`: it is not there, or no ordinary file.
pub(super) fn hash_of(path: &Path) -> Result<Option<Digest>, Error> {
    match fs::symlink_metadata(path) {
        Ok(facts) if facts.is_file() => {}
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(change(path)(error)),
        Ok(_) | Err(_) => return Ok(None),
    }
    let hash = os::patiently(PATIENCE, || File::open(path)).and_then(|mut file| Digest::of_reader(&mut file));
    hash.map(|(hash, _)| Some(hash)).map_err(change(path))
}

/// A file or a folder with everything in it; one that is gone is no fault.
pub(super) fn remove(path: &Path) -> Result<(), Error> {
    let removed = match fs::symlink_metadata(path) {
        Ok(facts) if facts.is_dir() => os::patiently(LONG_PATIENCE, || os::remove_folder(path)),
        Ok(_) => {
            os::patiently(LONG_PATIENCE, || os::clear_read_only(path).and_then(|()| fs::remove_file(path)))
        }
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(change(path)(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}
