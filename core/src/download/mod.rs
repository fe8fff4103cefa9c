//! Fetching a release's file: from a site or a folder, to a `.partial` file, and on from there after a
//! failure, a cancellation or a killed process.
//!
//! The hash is computed while receiving. Receiving and writing overlap: pieces go through a bounded channel
//! to a blocking thread, so that no disk holds up the network and memory stays small. What was received is
//! kept as long as it may still be the beginning of the right file, and removed when it is known not to be.
//! A file put together from two downloads and found wrong is fetched once more from its beginning. What may
//! pass by itself is tried again after a while ([`Retries`]), elsewhere first where the file has mirrors;
//! everything else is told at once ([`Error::retry`]).
//!
//! When a killed download goes on, the bytes that lie there are hashed again: what cannot be read back is not
//! used, whatever state the disk was left in, and no state of a hash has to be kept in step with them.
//!
//! Deliberately not here: any judgement about who made the file. A [`Downloaded`] is guilty until proved
//! ([`crate::verify`]); that its stated hash matched is said there again, on the bytes that are used.

mod body;
mod error;
pub mod kept;
mod limit;
mod meter;
pub mod mirrors;
mod partial;
mod retry;
mod room;
mod transfer;
mod tries;
mod writer;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

pub use self::error::Error;
pub use self::limit::Limit;
pub use self::meter::Meter;
use self::partial::Paths;
pub use self::retry::{LONGEST_WAIT, Retries, Retry};
use self::transfer::Transfer;
use crate::digest::{Comparing, Digest, Mismatch, Sha512, Stated};
use crate::http::Http;
use crate::os::{self, LONG_PATIENCE, PATIENCE};
use crate::source::{Fault, Place};

/// No file is larger, whatever its source says.
pub const LIMIT_BYTES: u64 = 8 * 1024 * 1024 * 1024;

/// What is to be fetched.
#[derive(Clone, Debug)]
pub struct Request {
    /// Where its bytes are.
    pub place: Place,
    /// Where they are as well; asked in this order, before the first place is asked again.
    pub mirrors: Vec<Place>,
    /// The name it is kept under: one safe component.
    pub name: String,
    /// Bytes, where stated.
    pub size: Option<u64>,
    /// Where stated.
    pub sha256: Option<Digest>,
    /// Where stated.
    pub sha512: Option<Sha512>,
    /// The folder it is kept in; made if it is not there.
    pub dir: PathBuf,
}

impl Request {
    /// The hashes it has to have.
    fn stated(&self) -> Stated {
        Stated { sha256: self.sha256, sha512: self.sha512 }
    }
}

/// How a file is fetched.
#[derive(Clone, Debug)]
pub struct Options {
    /// When to ask again.
    pub retries: Retries,
    /// The speed that all downloads with this limit share; `None`: as fast as it goes.
    pub limit: Option<Limit>,
    /// A line that is slower is no better than a dead one.
    pub slowest: Slowest,
    /// Another program that holds the whole file, or the one it replaces, is waited for so long; on Windows. Virus
    /// scanners take their time with installers.
    pub patience: Duration,
}

impl Default for Options {
    fn default() -> Self {
        let (retries, slowest) = (Retries::default(), Slowest::default());
        Self { retries, limit: None, slowest, patience: LONG_PATIENCE }
    }
}

/// So few bytes in such a time are taken for silence, and so is a body that comes byte by byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slowest {
    /// At least.
    pub bytes: u64,
    /// Of waiting for the other side.
    pub within: Duration,
}

impl Default for Slowest {
    fn default() -> Self {
        Self { bytes: 4096, within: Duration::from_mins(1) }
    }
}

/// What happens in a download.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A place is asked, for what comes after the bytes that are kept. Before that they are read again, and this
    /// is told again while that takes long.
    Asking {
        /// So many.
        kept_bytes: u64,
    },
    /// Bytes arrive.
    Receiving(Progress),
    /// A try has failed, and there will be another. Told once; what comes after it is [`Event::Asking`].
    Waiting(Waiting),
}

/// The time until the next try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// From now on.
    pub wait: Duration,
    /// From where it will go on.
    pub kept_bytes: u64,
    /// Bytes in all, where stated.
    pub total: Option<u64>,
    /// Why the last one failed.
    pub fault: Fault,
    /// The server has said when.
    pub is_asked_for: bool,
}

/// How far a download is. Told at most about ten times a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes, with those of earlier tries.
    pub received: u64,
    /// Bytes, once known.
    pub total: Option<u64>,
    /// Over the last seconds, once known.
    pub bytes_per_second: Option<u64>,
    /// At this speed.
    pub seconds_left: Option<u64>,
}

/// A file that is whole and that nobody has vouched for yet. Only this module makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Downloaded {
    /// Where it lies.
    pub path: PathBuf,
    /// Bytes.
    pub size: u64,
    /// Of what was received; the file may have been changed since.
    pub sha256: Digest,
    made_here: MadeHere,
}

/// Keeps other modules from making a [`Downloaded`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct MadeHere;

impl Downloaded {
    /// A file that a person already has. Reads the whole of it on the calling thread.
    pub fn at_hand(path: &Path) -> Result<Self, Error> {
        let hashed = hash(path, Stated::default(), &CancellationToken::new());
        let Hashed { sha256, size, .. } = hashed.map_err(|source| Error::file(path, source))?;
        Ok(Self { path: path.to_path_buf(), size, sha256, made_here: MadeHere })
    }
}

/// Bytes that an unfinished download of this file has left in this folder.
pub fn kept_bytes(dir: &Path, name: &str) -> u64 {
    Paths::named(dir, name).map_or(0, |paths| paths.kept_bytes())
}

/// Deletes what an unfinished download has left; [`Error::Busy`] while it is under way.
pub fn discard(dir: &Path, name: &str) -> Result<(), Error> {
    let paths = Paths::named(dir, name)?;
    let _lock = paths.lock()?;
    paths.remove()
}

/// Fetches a file into `request.dir`, going on from what an earlier try left there.
///
/// A file of this name that already has the stated hashes and size is used without asking the source. Only one
/// download of a file runs at a time, in all processes, waits between tries included: the other one gets
/// [`Error::Busy`]. Dropping the future is as good as cancelling: what was received is kept.
///
/// An error is the one of the first place, if all of them have failed.
pub async fn fetch(
    http: &Http,
    request: &Request,
    options: &Options,
    tell: &(dyn Fn(Event) + Send + Sync),
    cancel: &CancellationToken,
) -> Result<Downloaded, Error> {
    let paths = Paths::of(request)?;
    let lock = {
        let paths = paths.clone();
        Arc::new(blocking(&request.dir, move || paths.lock()).await?)
    };
    if let Some(present) = present(request, &paths, cancel).await? {
        return Ok(present);
    }
    let received = AtomicU64::new(0);
    tries::run(&Transfer { http, request, options, paths: &paths, lock, tell, cancel, received }).await
}

/// The file itself, if it is there already and is the one that is stated.
async fn present(
    request: &Request,
    paths: &Paths,
    cancel: &CancellationToken,
) -> Result<Option<Downloaded>, Error> {
    let hashes = request.stated();
    if hashes.is_empty() {
        return Ok(None);
    }
    let (paths, stated, cancel) = (paths.clone(), request.size, cancel.clone());
    blocking(&request.dir, move || {
        let path = paths.file.clone();
        let is_candidate = path
            .metadata()
            .is_ok_and(|metadata| metadata.is_file() && stated.is_none_or(|size| size == metadata.len()));
        if !is_candidate {
            return Ok(None);
        }
        match hash(&path, hashes, &cancel) {
            Ok(Hashed { sha256, size, compared: Ok(()) }) => {
                paths.discard_orphans();
                Ok(Some(Downloaded { path, size, sha256, made_here: MadeHere }))
            }
            Err(_) if cancel.is_cancelled() => Err(Error::Cancelled),
            // Another file, or one that cannot be read: it is replaced.
            Ok(_) | Err(_) => Ok(None),
        }
    })
    .await
}

/// What a file was found to be.
struct Hashed {
    sha256: Digest,
    size: u64,
    compared: Result<(), Mismatch>,
}

fn hash(path: &Path, stated: Stated, cancel: &CancellationToken) -> io::Result<Hashed> {
    let mut comparing = stated.comparing();
    let mut file = os::patiently(PATIENCE, || File::open(path))?;
    let size = hash_into(&mut comparing, &mut file, cancel)?;
    let (sha256, compared) = comparing.finish();
    Ok(Hashed { sha256, size, compared })
}

/// Hashes to the end of the reader; an error once cancelled.
fn hash_into(hashes: &mut Comparing, reader: &mut impl Read, cancel: &CancellationToken) -> io::Result<u64> {
    let go_on = || if cancel.is_cancelled() { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) };
    go_on()?;
    hashes.read(reader, &mut |_| go_on())
}

/// Work on files, off the runtime's threads.
async fn blocking<T: Send + 'static>(
    dir: &Path,
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    spawn_blocking(work).await.unwrap_or_else(|error| Err(Error::file(dir, io::Error::other(error))))
}
