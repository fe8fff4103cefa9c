//! Verified metadata kept between runs: the versions below which nothing is believed again.
//!
//! A folder with the trusted files under their plain names (`root.json`, `timestamp.json`, `snapshot.json`,
//! `targets.json`, delegated roles) and the chain of roots in `root_history/`. What one refresh has verified
//! goes in together: it is collected in memory, written into one file (`pending`), and only then into the
//! files; a process that is killed in between leaves a `pending` that the next one carries out first. So the
//! folder is never between two refreshes; a refresh that was cut off has its part in it. What came whole lies
//! beside the floors ([`super::whole`]).
//!
//! Whatever the system refuses fails the refresh. What lies in the folder is believed as little as what comes
//! from the network: `sigstore-tuf` verifies it again from the trusted root.

use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sigstore_tuf::{Error, Metadata, MetadataStore, Snapshot, Timestamp};

use super::target;
use super::whole::Whole;
use crate::fs;
use crate::os::{self, PATIENCE};
use crate::paths::is_safe_name;
use crate::source::Fault;

/// No metadata is larger, nor is what one refresh leaves.
pub(super) const LARGEST_FILE: u64 = 64 * 1024 * 1024;
const PENDING: &str = "pending";
/// What a refresh begins with, beside the roots.
const LOADED: [&str; 3] = ["timestamp.json", "snapshot.json", "targets.json"];
const LOCK: &str = "lock";
/// How often one who waits for another process looks again.
const AGAIN: Duration = Duration::from_millis(50);

/// How long one waits for another process.
const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// The folder, and what is to go into it.
#[derive(Debug)]
pub(super) struct Store {
    dir: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    fresh: BTreeMap<String, Vec<u8>>,
    /// Read before the library asks for it.
    ahead: BTreeMap<String, Vec<u8>>,
    /// Delegated roles for [`Whole`], whatever they are called.
    roles: BTreeMap<String, Vec<u8>>,
    fault: Option<Fault>,
}

/// Held while a refresh is under way; goes with the process.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

/// Waits until no other process refreshes here; no longer than a check may take ([`LONGEST_WAIT`]).
pub(super) async fn lock(dir: &Path) -> Result<Lock, Fault> {
    lock_within(dir, LONGEST_WAIT).await
}

async fn lock_within(dir: &Path, longest: Duration) -> Result<Lock, Fault> {
    let (dir, path) = (dir.to_path_buf(), dir.join(LOCK));
    let opened = path.clone();
    let file = blocking(move || {
        std::fs::create_dir_all(&dir).map_err(|error| fault(&dir, &error))?;
        // Windows locks no file that is open for appending only.
        let mut options = File::options();
        options.create(true).truncate(false).write(true);
        os::patiently(PATIENCE, || options.open(&opened)).map_err(|error| fault(&opened, &error))
    })
    .await?;
    let locked = async {
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(()),
                Err(TryLockError::WouldBlock) => tokio::time::sleep(AGAIN).await,
                Err(TryLockError::Error(error)) => return Err(fault(&path, &error)),
            }
        }
    };
    let Ok(locked) = tokio::time::timeout(longest, locked).await else {
        let detail = "another check is under way".to_owned();
        return Err(Fault::Store { path: path.display().to_string(), detail });
    };
    locked.map(|()| Lock { _file: file })
}

/// Work with files, which may have to wait for other programs, beside what is under way.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(Fault::Store { path: String::new(), detail: error.to_string() }))
}

impl Store {
    /// Opens the folder; what a killed process had begun is carried out first. The lock has to be held.
    pub(super) fn open(dir: &Path) -> Result<Self, Fault> {
        let store = Self::peek(dir);
        store.carry_out_pending()?;
        for name in LOADED {
            let bytes = store.read(name).map_err(|error| fault(&store.path(name), &error))?;
            store.state().ahead.extend(bytes.map(|bytes| (name.to_owned(), bytes)));
        }
        let timestamp = store.state().ahead.get("timestamp.json").map(|bytes| Metadata::from_slice(bytes));
        if let Some(Err::<Metadata<Timestamp>, _>(error)) = timestamp {
            tracing::warn!(%error, "Kept timestamp is not understood, so its version is no floor any more");
        }
        Ok(store)
    }

    /// To look at what is kept, with nothing carried out and nothing written.
    pub(super) fn peek(dir: &Path) -> Self {
        Self { dir: dir.to_path_buf(), state: Mutex::default() }
    }

    /// Keeps all that was verified. Files that have not changed are not written. The lock has to be held.
    pub(super) fn commit(&self) -> Result<(), Fault> {
        let mut fresh = std::mem::take(&mut self.state().fresh);
        fresh.retain(|name, bytes| self.read(name).ok().flatten().as_ref() != Some(bytes));
        self.write(&fresh)
    }

    /// Keeps what a refresh that came to its end has left, as one set; after [`Store::commit`], and with the
    /// same lock. Delegated roles of the former set that are still the ones go on with it.
    pub(super) fn commit_whole(&self, root: u64, consistent: bool) -> Result<(), Fault> {
        self.state().roles.clear();
        let commit = || {
            let former = Whole::read(&self.dir)?;
            let mut whole = Whole { root, consistent, ..Whole::default() };
            for name in LOADED {
                let text = self.read(name)?.and_then(|bytes| String::from_utf8(bytes).ok());
                whole.top.extend(text.map(|text| (name.to_owned(), text)));
            }
            whole.add(former.roles.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())));
            if whole == former { Ok(()) } else { whole.write(&self.dir) }
        };
        commit().map_err(|error| fault(&self.dir, &error))
    }

    /// Keeps the delegated roles that came after the refresh, when another process may be at its own.
    pub(super) async fn commit_roles(self: &Arc<Self>) -> Result<(), Fault> {
        if self.state().fresh.is_empty() && self.state().roles.is_empty() {
            return Ok(());
        }
        let (store, lock) = (Arc::clone(self), lock(&self.dir).await?);
        blocking(move || {
            store.carry_out_pending()?;
            store.commit()?;
            let added = store.add_to_whole().map_err(|error| fault(&store.dir, &error));
            drop(lock);
            added
        })
        .await
    }

    fn add_to_whole(&self) -> io::Result<()> {
        let roles = std::mem::take(&mut self.state().roles);
        let former = Whole::read(&self.dir)?;
        let mut whole = former.clone();
        whole.add(roles);
        if whole == former { Ok(()) } else { whole.write(&self.dir) }
    }

    /// What is to be kept.
    pub(super) fn fresh(&self) -> BTreeMap<String, Vec<u8>> {
        self.state().fresh.clone()
    }

    /// To keep this alone.
    pub(super) fn set_fresh(&self, fresh: BTreeMap<String, Vec<u8>>) {
        self.state().fresh = fresh;
    }

    /// Forgets what is not to be kept after all.
    pub(super) fn forget(&self, is_forgotten: impl Fn(&str) -> bool) {
        self.state().fresh.retain(|name, _| !is_forgotten(name));
    }

    /// What the system has refused, if it has.
    pub(super) fn take_fault(&self) -> Option<Fault> {
        self.state().fault.take()
    }

    /// As it was before this refresh.
    pub(super) fn former_snapshot(&self) -> Result<Option<Metadata<Snapshot>>, Fault> {
        let bytes = self.read("snapshot.json").map_err(|error| fault(&self.path("snapshot.json"), &error))?;
        Ok(bytes.and_then(|bytes| Metadata::from_slice(&bytes).ok()))
    }

    /// A delegated role, asked for by the name it has in the source, if the one that is kept is the very one
    /// that the snapshot pins.
    pub(super) fn pinned_role(&self, name: &str) -> Option<Vec<u8>> {
        let plain = plain_name(name)?;
        if is_top_level(plain) {
            return None;
        }
        let bytes = self.find(plain).ok().flatten()?;
        let snapshot: Metadata<Snapshot> =
            Metadata::from_slice(&self.find("snapshot.json").ok().flatten()?).ok()?;
        let pin = |name| {
            let decoded = percent_encoding::percent_decode_str(name).decode_utf8().ok()?;
            snapshot.signed().meta.get(decoded.as_ref())
        };
        // A role may be called `5.role`, and beside it there may be one called `role`.
        if plain != name && pin(name).is_some() {
            return None;
        }
        target::is_pinned(&bytes, pin(plain)?).then_some(bytes)
    }

    /// A file of the folder as a text; `None` if it is not there, or is none.
    pub(super) fn read_text(&self, name: &str) -> Result<Option<String>, Fault> {
        let bytes = self.read(name).map_err(|error| fault(&self.path(name), &error))?;
        Ok(bytes.and_then(|bytes| String::from_utf8(bytes).ok()))
    }

    /// Leaves a text beside the metadata.
    pub(super) fn write_text(&self, name: &str, text: &str) -> io::Result<()> {
        fs::write_atomically(&self.dir.join(name), text.as_bytes())
    }

    fn find(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        let fresh = self.state().fresh.get(name).cloned();
        fresh.map_or_else(|| self.read(name), |bytes| Ok(Some(bytes)))
    }

    fn read(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        fs::read_limited(&self.path(name), LARGEST_FILE)
    }

    fn path(&self, name: &str) -> PathBuf {
        name.split('/').fold(self.dir.clone(), |path, part| path.join(part))
    }

    fn write(&self, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Fault> {
        self.write_within(files, LARGEST_FILE)
    }

    /// Together, if that is no more than `limit_bytes`, which is what is read back. Else the roots, each of
    /// which counts for itself, and the delegated roles, which can be fetched again, go one by one.
    fn write_within(&self, files: &BTreeMap<String, Vec<u8>>, limit_bytes: u64) -> Result<(), Fault> {
        let one = |(name, bytes): (&String, &Vec<u8>)| self.put(name, bytes);
        if files.len() < 2 {
            return files.iter().try_for_each(one);
        }
        let path = self.dir.join(PENDING);
        let failed = |error| fault(&path, &error);
        let mut together = pending(files).map_err(failed)?;
        if together.len() as u64 > limit_bytes {
            files.iter().filter(|(name, _)| !is_top_level(name)).try_for_each(one)?;
            let mut rest = files.clone();
            rest.retain(|name, _| is_top_level(name));
            together = pending(&rest).map_err(failed)?;
        }
        fs::write_atomically(&path, &together).map_err(failed)?;
        self.carry_out_pending()
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Fault> {
        let path = self.path(name);
        fs::write_atomically(&path, bytes).map_err(|error| fault(&path, &error))
    }

    fn carry_out_pending(&self) -> Result<(), Fault> {
        let path = self.dir.join(PENDING);
        let bytes = match fs::read_limited(&path, LARGEST_FILE) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Ok(()),
            // None of ours is so large; it must not be in the way for ever.
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => Vec::new(),
            Err(error) => return Err(fault(&path, &error)),
        };
        // Written as a whole or not at all; one that is not understood is not ours.
        match serde_json::from_slice::<BTreeMap<String, String>>(&bytes) {
            Ok(files) => {
                for (name, text) in files.iter().filter(|(name, _)| is_kept(name)) {
                    self.put(name, text.as_bytes())?;
                }
            }
            Err(error) => tracing::warn!(%error, "Unfinished metadata is not understood and is taken away"),
        }
        let removed = os::patiently(PATIENCE, || std::fs::remove_file(&path));
        removed.map_err(|error| fault(&path, &error))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl MetadataStore for Store {
    fn load(&self, name: &str) -> sigstore_tuf::Result<Option<Vec<u8>>> {
        if !is_kept(name) {
            return Ok(None);
        }
        if let Some(bytes) = self.state().ahead.remove(name) {
            return Ok(Some(bytes));
        }
        self.find(name).map_err(|error| {
            // The library goes on without it, and so without a floor.
            self.state().fault = Some(fault(&self.path(name), &error));
            Error::io(format!("reading {name}"), error)
        })
    }

    fn store(&self, name: &str, bytes: &[u8]) -> sigstore_tuf::Result<()> {
        if !is_top_level(name) && !name.contains('/') {
            self.state().roles.insert(name.to_owned(), bytes.to_vec());
        }
        if is_kept(name) {
            self.state().fresh.insert(name.to_owned(), bytes.to_vec());
        }
        Ok(())
    }
}

/// What is to reach its files together.
fn pending(files: &BTreeMap<String, Vec<u8>>) -> io::Result<Vec<u8>> {
    let text = |bytes| std::str::from_utf8(bytes).map_err(io::Error::other);
    let texts: io::Result<BTreeMap<&str, &str>> =
        files.iter().map(|(name, bytes)| Ok((name.as_str(), text(bytes)?))).collect();
    Ok(serde_json::to_vec(&texts?)?)
}

/// Whether a file of this name is kept: roles under their plain names, and the chain of roots. A delegated role
/// whose name no file may have is fetched each time.
fn is_kept(name: &str) -> bool {
    let is_role = |name: &str| name.strip_suffix(".json").is_some() && is_safe_name(name);
    // On Windows `Timestamp.json`, a role that anybody with a key may have named, is the file of another role.
    let is_like_another = !is_top_level(name) && is_top_level(&name.to_ascii_lowercase());
    match name.split_once('/') {
        Some(("root_history", root)) => is_role(root),
        Some(_) => false,
        None => is_role(name) && version_and_rest(name).is_none() && !is_like_another,
    }
}

fn is_top_level(name: &str) -> bool {
    matches!(name, "root.json" | "timestamp.json" | "snapshot.json" | "targets.json")
}

/// `role.json` of `role.json` and of `5.role.json`; `None` for a root of the chain.
pub(super) fn plain_name(name: &str) -> Option<&str> {
    let plain = version_and_rest(name).map_or(name, |(_, rest)| rest);
    (plain != "root.json" && is_kept(plain)).then_some(plain)
}

fn version_and_rest(name: &str) -> Option<(&str, &str)> {
    let (version, rest) = name.split_once('.')?;
    let is_version = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
    (is_version && rest.contains('.')).then_some((version, rest))
}

fn fault(path: &Path, error: &io::Error) -> Fault {
    Fault::Store { path: path.display().to_string(), detail: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_much_to_go_in_together_goes_in_all_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let names = ["root_history/2.root.json", "a.json", "b.json", "snapshot.json", "timestamp.json"];
        let files: BTreeMap<_, _> =
            names.iter().map(|name| ((*name).to_owned(), format!("\"{name}\"").into_bytes())).collect();
        for limit_bytes in [0, 100, 1000] {
            let store = Store::open(dir.path()).unwrap();
            store.write_within(&files, limit_bytes).unwrap();
            for (name, bytes) in &files {
                assert_eq!(store.read(name).unwrap().as_ref(), Some(bytes), "{name} {limit_bytes}");
                std::fs::remove_file(store.path(name)).unwrap();
            }
            assert!(!dir.path().join(PENDING).exists());
        }
    }

    #[tokio::test]
    async fn who_finds_another_check_under_way_does_not_wait_for_ever() {
        let dir = tempfile::tempdir().unwrap();
        let held = lock(dir.path()).await.unwrap();
        let fault = lock_within(dir.path(), Duration::ZERO).await.unwrap_err();
        assert!(matches!(&fault, Fault::Store { path, .. } if path.ends_with(LOCK)), "{fault:?}");
        drop(held);
        lock_within(dir.path(), Duration::ZERO).await.unwrap();
    }
}
