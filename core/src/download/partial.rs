//! What lies beside a file that is not whole yet: `<name>.partial` with its bytes, `<name>.partial.json` with
//! what they are the beginning of, `<name>.partial.lock` held by whoever writes them.
//!
//! The lock is the system's, so it goes with the process that held it. Its file is removed by its holder, so
//! a lock counts only while its path still leads to the very file that is locked: one who had opened it
//! before it was removed would otherwise hold a lock beside the one on the file that came after it.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use same_file::Handle;
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::{Error, Request, hash_into};
use crate::digest::{Comparing, Digest, Sha512};
use crate::os::{self, PATIENCE};
use crate::paths::is_safe_name;
use crate::source::Place;

/// Where the pieces of a download lie.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    pub(super) dir: PathBuf,
    /// The whole file.
    pub(super) file: PathBuf,
    /// Its beginning.
    pub(super) partial: PathBuf,
    sidecar: PathBuf,
    /// The next sidecar, while it is written. Of a fixed name, so that a killed process leaves no other.
    new_sidecar: PathBuf,
    lock: PathBuf,
}

/// What may lie beside a file because of its download.
pub(super) const ENDINGS: [&str; 4] = [".partial", ".partial.json", ".partial.json.new", ".partial.lock"];

/// What a partial file is the beginning of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sidecar {
    /// Digest of the place without credentials: an address may have secrets in its query.
    pub(super) origin: Digest,
    /// Entity tag or date, if it is strong enough to put two answers together; for a folder, the file's
    /// size and time.
    pub(super) validator: Option<String>,
    /// Bytes of the whole.
    pub(super) total: Option<u64>,
    /// As the release states.
    pub(super) sha256: Option<Digest>,
    /// As the release states.
    #[serde(default)]
    pub(super) sha512: Option<Sha512>,
}

/// A beginning to go on from.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// So much of it is used; at least 1.
    pub(super) offset: u64,
    /// As in the sidecar. `None` also where it came from elsewhere: the stated hash will tell then.
    pub(super) validator: Option<String>,
    /// Bytes of the whole.
    pub(super) total: Option<u64>,
}

/// Held while a file is downloaded.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: Handle,
}

/// What came of a lock file that was opened.
#[derive(Debug)]
enum Taken {
    Held(Lock),
    /// Its former holder removed it after it was opened here.
    Gone,
    Busy,
}

impl Paths {
    pub(super) fn of(request: &Request) -> Result<Self, Error> {
        Self::named(&request.dir, &request.name)
    }

    pub(super) fn named(dir: &Path, name: &str) -> Result<Self, Error> {
        let lower = name.to_lowercase();
        let is_ours = ENDINGS.iter().any(|end| lower.ends_with(end));
        if is_ours || !is_safe_name(name) {
            return Err(Error::Name { name: name.chars().take(120).collect() });
        }
        let beside = |end: &str| dir.join(format!("{name}{end}"));
        Ok(Self {
            dir: dir.to_path_buf(),
            file: dir.join(name),
            partial: beside(".partial"),
            sidecar: beside(".partial.json"),
            new_sidecar: beside(".partial.json.new"),
            lock: beside(".partial.lock"),
        })
    }

    /// Makes the folder and takes the lock.
    pub(super) fn lock(&self) -> Result<Lock, Error> {
        fs::create_dir_all(&self.dir).map_err(|source| Error::file(&self.dir, source))?;
        for _ in 0..3 {
            match self.take(self.open_lock()?)? {
                Taken::Held(lock) => return Ok(lock),
                Taken::Gone => {}
                Taken::Busy => break,
            }
        }
        Err(Error::Busy { path: self.file.clone() })
    }

    fn open_lock(&self) -> Result<File, Error> {
        // Windows locks no file that is open for appending only.
        let mut options = File::options();
        options.create(true).truncate(false).write(true);
        let file = os::patiently(PATIENCE, || options.open(&self.lock));
        file.map_err(|source| Error::file(&self.lock, source))
    }

    fn take(&self, file: File) -> Result<Taken, Error> {
        let fault = |source| Error::file(&self.lock, source);
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(Taken::Busy),
            Err(TryLockError::Error(source)) => return Err(fault(source)),
        }
        let locked = Handle::from_file(file).map_err(fault)?;
        match Handle::from_path(&self.lock) {
            Ok(current) if current == locked => {
                Ok(Taken::Held(Lock { path: self.lock.clone(), _file: locked }))
            }
            Ok(_) => Ok(Taken::Gone),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Taken::Gone),
            Err(source) => Err(fault(source)),
        }
    }

    /// Opens the partial file with its first `start` bytes, and says beside it what they are.
    pub(super) fn begin(&self, start: u64, sidecar: &Sidecar) -> Result<File, Error> {
        let mut options = File::options();
        options.read(true).write(true).create(true).truncate(false);
        let file = os::patiently(PATIENCE, || options.open(&self.partial));
        let file = file.map_err(|source| Error::file(&self.partial, source))?;
        // Cut first: a description must never stand beside bytes it does not describe. Only what is to be
        // cut: ext4 puts a file that was cut to nothing on the disk before it closes it.
        let fault = |source| Error::file(&self.partial, source);
        if file.metadata().map_err(fault)?.len() != start {
            file.set_len(start).map_err(fault)?;
        }
        self.describe(sidecar).map_err(|source| Error::file(&self.sidecar, source))?;
        Ok(file)
    }

    fn describe(&self, sidecar: &Sidecar) -> io::Result<()> {
        let mut new = os::patiently(PATIENCE, || File::create(&self.new_sidecar))?;
        new.write_all(&serde_json::to_vec(sidecar)?)?;
        new.sync_all()?;
        drop(new);
        os::replace(&self.new_sidecar, &self.sidecar, PATIENCE)
    }

    /// Puts the whole file in its place. One that another program holds is waited for.
    pub(super) fn finish(&self, patience: Duration) -> Result<(), Error> {
        os::replace(&self.partial, &self.file, patience).map_err(|source| Error::file(&self.file, source))?;
        self.discard_sidecars();
        Ok(())
    }

    /// Hashes the first `start` bytes of what lies there; `false`: there are not so many.
    pub(super) fn hash_start(
        &self,
        start: u64,
        hashes: &mut Comparing,
        cancel: &CancellationToken,
    ) -> Result<bool, Error> {
        let mut read = || {
            let file = os::patiently(PATIENCE, || File::open(&self.partial))?;
            hash_into(hashes, &mut file.take(start), cancel)
        };
        match read() {
            Ok(length) => Ok(length == start),
            Err(_) if cancel.is_cancelled() => Err(Error::Cancelled),
            Err(source) => Err(Error::file(&self.partial, source)),
        }
    }

    /// Bytes of the beginning that lies there.
    pub(super) fn kept_bytes(&self) -> u64 {
        fs::metadata(&self.partial).map_or(0, |metadata| metadata.len())
    }

    /// A process that was killed while it put the whole file in its place has left a description of nothing.
    pub(super) fn discard_orphans(&self) {
        if fs::symlink_metadata(&self.partial).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            self.discard_sidecars();
        }
    }

    fn discard_sidecars(&self) {
        discard(&self.sidecar);
        discard(&self.new_sidecar);
    }

    /// Removes what is known to be of no use.
    pub(super) fn remove(&self) -> Result<(), Error> {
        self.discard_sidecars();
        match os::patiently(PATIENCE, || fs::remove_file(&self.partial)) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                Err(Error::file(&self.partial, source))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        discard(&self.path);
    }
}

/// What an earlier try left, if one at `place` can go on from it: of the same stated hashes, which will tell in
/// the end, or of the same place, whose server can tell whether it still is the same file.
pub(super) fn part(paths: &Paths, request: &Request, place: &Place) -> Option<Part> {
    let sidecar: Sidecar = serde_json::from_slice(&fs::read(&paths.sidecar).ok()?).ok()?;
    let length = fs::metadata(&paths.partial).ok().filter(fs::Metadata::is_file)?.len();
    let is_same = (sidecar.sha256, sidecar.sha512) == (request.sha256, request.sha512);
    let validator = sidecar.validator.filter(|_| sidecar.origin == origin(place));
    let can_be_told = validator.is_some() || !request.stated().is_empty();
    let total = request.size.or(sidecar.total);
    // Of one that is whole, or may be, the last byte is asked for again: behind the end there is nothing to ask
    // for, and the server says whether it still is the file.
    let offset = length.min(total.unwrap_or(length).saturating_sub(1));
    let fits = total.is_none_or(|total| length <= total);
    (is_same && can_be_told && fits && offset > 0).then_some(Part { offset, validator, total })
}

pub(super) fn origin(place: &Place) -> Digest {
    match place {
        Place::Url(url) => Digest::of(without_credentials(url).as_str().as_bytes()),
        Place::Path(path) => Digest::of(path.as_os_str().as_encoded_bytes()),
    }
}

fn without_credentials(url: &Url) -> Url {
    let mut url = url.clone();
    // Refused only by addresses that cannot have any.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    url
}

fn discard(path: &Path) {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            tracing::debug!("Failed to remove {}: {error}", path.display());
        }
        Ok(()) | Err(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(dir: &Path, url: &str) -> Request {
        Request {
            place: Place::Url(url.parse().unwrap()),
            name: "x.msi".into(),
            size: None,
            sha256: None,
            sha512: None,
            mirrors: Vec::new(),
            dir: dir.to_path_buf(),
        }
    }

    fn sidecar(request: &Request) -> Sidecar {
        let validator = Some("\"1\"".into());
        Sidecar {
            origin: origin(&request.place),
            validator,
            total: Some(10),
            sha256: request.sha256,
            sha512: request.sha512,
        }
    }

    fn leave(paths: &Paths, sidecar: &Sidecar, length: u64) {
        paths.begin(length, sidecar).unwrap();
    }

    #[test]
    fn a_name_that_is_unsafe_or_ours_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["../x", "", "a/b", "nul", "x.msi.partial", "x.msi.PARTIAL.json", "x.partial.lock"] {
            let request = Request { name: name.into(), ..request(dir.path(), "https://files.example/x") };
            assert!(matches!(Paths::of(&request), Err(Error::Name { .. })), "{name}");
        }
    }

    #[test]
    fn one_lock_at_a_time_and_no_trace_afterwards() {
        let dir = tempfile::tempdir().unwrap();
        let request = request(&dir.path().join("new/folder"), "https://files.example/x.msi");
        let paths = Paths::of(&request).unwrap();
        let lock = paths.lock().unwrap();
        assert!(matches!(paths.lock(), Err(Error::Busy { .. })));
        drop(lock);
        drop(paths.lock().unwrap());
        assert_eq!(fs::read_dir(&request.dir).unwrap().count(), 0);
    }

    #[test]
    fn one_who_opened_a_lock_that_was_then_removed_does_not_hold_it_beside_the_next() {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::of(&request(dir.path(), "https://files.example/x.msi")).unwrap();
        let former = paths.lock().unwrap();
        let opened = paths.open_lock().unwrap();
        drop(former);
        let next = paths.lock().unwrap();
        let late = paths.take(opened).unwrap();
        assert!(matches!(late, Taken::Gone), "{late:?}");
        assert!(matches!(paths.lock(), Err(Error::Busy { .. })));
        drop(next);
        assert!(paths.lock().is_ok());
    }

    #[test]
    fn a_part_is_used_for_the_same_file_only() {
        let dir = tempfile::tempdir().unwrap();
        let request = request(dir.path(), "https://ivan:secret@files.example/x.msi?v=1");
        let paths = Paths::of(&request).unwrap();
        leave(&paths, &sidecar(&request), 4);
        let offset = |request: &Request| part(&paths, request, &request.place).map(|part| part.offset);
        assert_eq!(offset(&request), Some(4));
        let place = |url: &str| Request { place: Place::Url(url.parse().unwrap()), ..request.clone() };
        assert_eq!(offset(&place("https://pjotr:other@files.example/x.msi?v=1")), Some(4));
        assert_eq!(offset(&place("https://files.example/x.msi?v=2")), None);
        assert_eq!(offset(&Request { sha256: Some(Digest::of(b"x")), ..request.clone() }), None);
        assert_eq!(offset(&Request { size: Some(3), ..request.clone() }), None);
    }

    #[test]
    fn a_part_without_anything_to_tell_it_by_is_not_used() {
        let dir = tempfile::tempdir().unwrap();
        let mut request = request(dir.path(), "https://files.example/x.msi");
        let paths = Paths::of(&request).unwrap();
        leave(&paths, &Sidecar { validator: None, ..sidecar(&request) }, 4);
        assert!(part(&paths, &request, &request.place).is_none());
        request.sha256 = Some(Digest::of(b"x"));
        leave(&paths, &Sidecar { validator: None, ..sidecar(&request) }, 4);
        assert_eq!(part(&paths, &request, &request.place).unwrap().offset, 4);
    }

    #[test]
    fn a_part_from_elsewhere_is_used_where_a_hash_will_tell() {
        let dir = tempfile::tempdir().unwrap();
        let here = request(dir.path(), "https://files.example/x.msi");
        let mirror = Place::Url("https://mirror.example/x.msi".parse().unwrap());
        for (sha256, expected) in [(None, None), (Some(Digest::of(b"x")), Some((4, None)))] {
            let request = Request { sha256, ..here.clone() };
            let paths = Paths::of(&request).unwrap();
            leave(&paths, &sidecar(&request), 4);
            let part = part(&paths, &request, &mirror);
            assert_eq!(part.map(|part| (part.offset, part.validator)), expected);
        }
    }

    #[test]
    fn of_a_whole_part_the_last_byte_is_asked_for_again() {
        let dir = tempfile::tempdir().unwrap();
        let request = request(dir.path(), "https://files.example/x.msi");
        let paths = Paths::of(&request).unwrap();
        leave(&paths, &sidecar(&request), 10);
        assert_eq!(part(&paths, &request, &request.place).unwrap().offset, 9);
        leave(&paths, &Sidecar { total: None, ..sidecar(&request) }, 4);
        assert_eq!(part(&paths, &request, &request.place).unwrap().offset, 3);
        leave(&paths, &sidecar(&request), 11);
        assert!(part(&paths, &request, &request.place).is_none());
        leave(&paths, &sidecar(&request), 0);
        assert!(part(&paths, &request, &request.place).is_none());
    }

    #[test]
    fn a_broken_sidecar_is_as_if_there_were_no_part_and_holds_no_secret() {
        let dir = tempfile::tempdir().unwrap();
        let request = request(dir.path(), "https://ivan:secret@files.example/x.msi?token=secret");
        let paths = Paths::of(&request).unwrap();
        leave(&paths, &sidecar(&request), 4);
        assert!(!fs::read_to_string(&paths.sidecar).unwrap().contains("secret"));
        fs::write(&paths.sidecar, "{").unwrap();
        assert!(part(&paths, &request, &request.place).is_none());
    }
}
