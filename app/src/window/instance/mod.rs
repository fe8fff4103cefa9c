//! One window per person and machine: a second start hands over what it was to show and leaves.
//!
//! The first holds a lock for as long as it lives; the system lets go of it however the process ends, so
//! nothing is left that would have to be recognised as dead. It listens on a socket of its own, whose name
//! and a secret it writes into the person's folder: both are new at every start, so that another account of
//! this PC can neither wait there in our place nor say anything to us. One that holds the lock and does not
//! answer hangs, and is not waited for long.

mod talk;
#[cfg(test)]
mod tests;

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use interprocess::local_socket::traits::Listener as _;
use interprocess::local_socket::{Listener, ListenerOptions};
use serde::{Deserialize, Serialize};
use smarts_core::fs;

use self::talk::Request;
use crate::error::chain;

/// How often a first that has only just begun is asked again.
const ASK_EVERY: Duration = Duration::from_millis(50);
/// A listener that fails so many times in a row has no future.
const MOST_FAILURES: u8 = 16;
/// More second starts at a time than any person makes.
const MOST_CALLS: usize = 8;
const LARGEST_FILE: u64 = 4096;

/// Where a window belongs, and what a second start may do for the first.
pub(super) struct Place<'a> {
    /// The person's own folder for this machine.
    pub state_dir: &'a Path,
    /// How long a first that does not answer is waited for.
    pub patience: Duration,
    /// Lets the window of a process come to the front.
    pub let_to_front: &'a dyn Fn(u32),
}

/// What a second start was to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// An item's id; `None`: the window alone.
    pub show: Option<String>,
}

/// What a start is to do.
pub(super) enum Start {
    /// Open the window, and keep this until it is closed.
    First(Instance),
    /// Leave: the window that is open has taken over.
    Passed,
    /// Open the window; others cannot be told of it.
    Alone,
}

/// The window of this person, for other starts to find.
pub(super) struct Instance {
    state_dir: PathBuf,
    socket: String,
    stopping: Arc<AtomicBool>,
    listening: Option<JoinHandle<()>>,
    _lock: File,
}

/// How the first is reached.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Announcement {
    socket: String,
    secret: String,
    process_id: u32,
}

/// Why the window stays alone.
#[derive(Debug, thiserror::Error)]
enum Error {
    /// The lock could not be asked for.
    #[error("Failed to lock the window's file")]
    Lock(#[source] io::Error),
    /// No unforeseeable name could be made.
    #[error("Failed to make a secret")]
    Secret(#[source] getrandom::Error),
    /// There is no socket or no thread.
    #[error("Failed to listen for other starts")]
    Listen(#[source] io::Error),
    /// Others cannot be told of it.
    #[error("Failed to write where the window is found")]
    Announce(#[source] io::Error),
    /// The first holds the lock and does not answer.
    #[error("The window that is open does not answer")]
    Silent,
}

/// Becomes the first, or hands `show` over to the first. `on_call` is run on a thread of its own for each
/// later start, which is told that it may leave when that returns.
pub(super) fn begin(
    place: &Place<'_>,
    show: Option<&str>,
    on_call: impl Fn(Call) + Send + Sync + 'static,
) -> Start {
    let found = match first_or_passed(place, show) {
        Ok(None) => return Start::Passed,
        Ok(Some(lock)) => Instance::listen(place.state_dir, lock, on_call),
        Err(error) => Err(error),
    };
    found.map_or_else(
        |error| {
            tracing::warn!(error = chain(&error), "Other starts will open windows of their own");
            Start::Alone
        },
        Start::First,
    )
}

/// The lock; `None`: the first has taken over.
fn first_or_passed(place: &Place<'_>, show: Option<&str>) -> Result<Option<File>, Error> {
    let deadline = Instant::now() + place.patience;
    loop {
        if let Some(lock) = lock(place.state_dir).map_err(Error::Lock)? {
            return Ok(Some(lock));
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Error::Silent);
        }
        // Until it has announced itself, what is there is of an earlier one.
        if let Some(announcement) = announced(place.state_dir) {
            (place.let_to_front)(announcement.process_id);
            let request = Request { secret: announcement.secret, show: show.map(str::to_owned) };
            match talk::say(&announcement.socket, &request, left) {
                Ok(()) => return Ok(None),
                Err(error) => tracing::debug!(%error, "The first did not answer"),
            }
        }
        thread::sleep(ASK_EVERY.min(left));
    }
}

fn lock(state_dir: &Path) -> io::Result<Option<File>> {
    std::fs::create_dir_all(state_dir)?;
    let mut options = File::options();
    let file = options.create(true).truncate(false).write(true).open(state_dir.join("window.lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn announcement_path(state_dir: &Path) -> PathBuf {
    state_dir.join("window-open.json")
}

fn announced(state_dir: &Path) -> Option<Announcement> {
    let bytes = fs::read_limited(&announcement_path(state_dir), LARGEST_FILE).ok()??;
    serde_json::from_slice(&bytes).ok()
}

fn unforeseeable() -> Result<String, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(Error::Secret)?;
    Ok(hex::encode(bytes))
}

impl Instance {
    fn listen(
        state_dir: &Path,
        lock: File,
        on_call: impl Fn(Call) + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let socket = format!("mobile-smarts-updater-{}", unforeseeable()?);
        let secret = unforeseeable()?;
        let name = talk::name(&socket).map_err(Error::Listen)?;
        let listener = ListenerOptions::new().name(name).create_sync().map_err(Error::Listen)?;
        let announcement =
            Announcement { socket: socket.clone(), secret: secret.clone(), process_id: std::process::id() };
        serde_json::to_vec(&announcement)
            .map_err(io::Error::from)
            .and_then(|bytes| fs::write_atomically(&announcement_path(state_dir), &bytes))
            .map_err(Error::Announce)?;
        let stopping = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&stopping);
        let listening = thread::Builder::new()
            .name("instance".to_owned())
            .spawn(move || accept(&listener, &asked, &secret, &Arc::new(on_call)))
            .map_err(Error::Listen)?;
        Ok(Self {
            state_dir: state_dir.to_path_buf(),
            socket,
            stopping,
            listening: Some(listening),
            _lock: lock,
        })
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Release);
        // The thread looks whether it is to stop when somebody has come.
        if let (Ok(_), Some(listening)) = (talk::knock(&self.socket), self.listening.take()) {
            let _ = listening.join();
        }
        // What stays leads nowhere, and the next first replaces it.
        let _ = std::fs::remove_file(announcement_path(&self.state_dir));
    }
}

/// Until the window is closed. Whoever says nothing keeps others from nothing: each has a thread.
fn accept<F>(listener: &Listener, stopping: &AtomicBool, secret: &str, on_call: &Arc<F>)
where
    F: Fn(Call) + Send + Sync + 'static,
{
    let mut failures: u8 = 0;
    while failures < MOST_FAILURES {
        let stream = listener.accept();
        if stopping.load(Ordering::Acquire) {
            return;
        }
        // One count is kept here, and one by each thread.
        let calls = Arc::strong_count(on_call).saturating_sub(1);
        let heard = stream.and_then(|stream| {
            if calls > MOST_CALLS {
                return Ok(());
            }
            let (secret, on_call) = (secret.to_owned(), Arc::clone(on_call));
            let thread = thread::Builder::new().name("instance-call".to_owned());
            thread.spawn(move || talk::hear(&stream, &secret, &*on_call)).map(drop)
        });
        match heard {
            Ok(()) => failures = 0,
            Err(error) => {
                tracing::warn!(%error, "Another start was not heard");
                failures += 1;
            }
        }
    }
    tracing::warn!("Other starts are no longer heard");
}
