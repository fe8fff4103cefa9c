//! Files and folders on their way into the folder of staged apps, and out of it.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use tokio_util::sync::CancellationToken;

use super::record::{Bytes, Record};
use super::{Checkpoint, Context, Error, Step, Wanted, change, list};
use crate::catalogue::update_xml;
use crate::devices::staged;
use crate::digest::Hasher;
use crate::fs::write_atomically;
use crate::os::{self, LONG_PATIENCE, PATIENCE};
use crate::source::resolve;

const BUFFER_BYTES: usize = 256 * 1024;

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
    progress: &mut dyn FnMut(Step),
    cancel: &CancellationToken,
) -> Result<(), Error> {
    let Some((name, _)) = &record.package else { return Ok(()) };
    let described = list::description(wanted.version, wanted.date, name, wanted.text);
    let (staged, folder) = (dir.join(record.run.staged_name(0)), below(dir, &record.folder)?);
    if record.is_folder_kept {
        copy(wanted, &staged, progress, cancel)?;
        context.reach(Checkpoint::Copied);
        let place = folder.join(name);
        os::replace(&staged, &place, PATIENCE).map_err(change(&place))?;
        let description = file(&folder, update_xml::FILE)?;
        write_atomically(&description, &described).map_err(change(&description))?;
    } else {
        fs::create_dir(&staged).map_err(change(&staged))?;
        copy(wanted, &staged.join(name), progress, cancel)?;
        let description = staged.join(update_xml::FILE);
        write_atomically(&description, &described).map_err(change(&description))?;
        os::sync_folder(&staged).map_err(change(&staged))?;
        context.reach(Checkpoint::Copied);
        os::replace(&staged, &folder, PATIENCE).map_err(change(&folder))?;
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

/// Takes away what was laid, once it is not on the list any more.
pub(super) fn take_away(dir: &Path, record: &Record) -> Result<(), Error> {
    let staged = dir.join(record.run.staged_name(0));
    remove(&staged)?;
    let Some((name, _)) = &record.package else { return Ok(()) };
    let folder = below(dir, &record.folder)?;
    let (package, description) = (folder.join(name), file(&folder, update_xml::FILE)?);
    if record.is_folder_kept {
        match &record.former_description {
            Some(Bytes(bytes)) => {
                write_atomically(&description, bytes).map_err(change(&description))?;
            }
            None => remove(&description)?,
        }
        return remove(&package);
    }
    remove(&package)?;
    remove(&description)?;
    match fs::remove_dir(&folder) {
        Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::DirectoryNotEmpty) => {
            Err(change(&folder)(error))
        }
        // What somebody else has put there stays.
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Puts the list in place, in one step; `None`: takes it away.
pub(super) fn put_list(path: &Path, bytes: Option<&[u8]>) -> Result<(), Error> {
    match bytes {
        Some(bytes) => write_atomically(path, bytes).map_err(change(path))?,
        None => remove(path)?,
    }
    path.parent().map_or(Ok(()), os::sync_folder).map_err(change(path))
}

/// A file or a folder with everything in it; one that is gone is no fault.
pub(super) fn remove(path: &Path) -> Result<(), Error> {
    let removed = match fs::symlink_metadata(path) {
        Ok(facts) if facts.is_dir() => os::patiently(LONG_PATIENCE, || os::remove_folder(path)),
        Ok(_) => os::patiently(PATIENCE, || os::clear_read_only(path).and_then(|()| fs::remove_file(path))),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(change(path)(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}
