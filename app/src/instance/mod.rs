//! One window per person and machine, one stub per session: a second start hands over what it wants and leaves.
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
/// How files end that say where a program is found.
const ANNOUNCEMENT: &str = "-open.json";

/// The window's name among the programs that are found by one.
pub const WINDOW: &str = "window";

/// Where a program is found, and what a second start may do for the first.
pub struct Place<'a> {
    /// The person's own folder for this machine.
    pub state_dir: &'a Path,
    /// Of which there is one at a time: [`WINDOW`], or a stub's.
    pub name: &'a str,
    /// How long a first that does not answer is waited for.
    pub patience: Duration,
    /// Lets the window of a process come to the front.
    pub let_to_front: &'a dyn Fn(u32),
}

/// What another start, or another program of ours, wants of the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// To be seen, at the item with this id; `None`: wherever it is.
    Show(Option<String>),
    /// To read again what is known: there is a new report, or something was changed.
    Renew,
    /// To go, another has taken over.
    Leave,
}

/// What a start is to do.
pub enum Start {
    /// Be the one, and keep this until the end.
    First(Instance),
    /// Leave: the first has taken over.
    Passed,
    /// Be one of its own; others cannot be told of it.
    Alone,
}

/// The one of this name, for other starts to find.
pub struct Instance {
    announcement: PathBuf,
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

/// Why a program stays alone, or is not reached.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The lock could not be asked for.
    #[error("Failed to lock the file of this name")]
    Lock(#[source] io::Error),
    /// No unforeseeable name could be made.
    #[error("Failed to make a secret")]
    Secret(#[source] getrandom::Error),
    /// There is no socket or no thread.
    #[error("Failed to listen for other starts")]
    Listen(#[source] io::Error),
    /// Others cannot be told of it.
    #[error("Failed to write where this program is found")]
    Announce(#[source] io::Error),
    /// The first holds the lock and does not answer.
    #[error("The program that is open does not answer")]
    Silent,
}

/// Becomes the first, or hands `call` over to the first. `on_call` is run on a thread of its own for each
/// later call, whose sender is told that it may leave when that returns.
pub fn begin(place: &Place<'_>, call: &Call, on_call: impl Fn(Call) + Send + Sync + 'static) -> Start {
    let found = match first_or_passed(place, call) {
        Ok(None) => return Start::Passed,
        Ok(Some(lock)) => Instance::listen(place, lock, on_call),
        Err(error) => Err(error),
    };
    found.map_or_else(
        |error| {
            tracing::warn!(error = chain(&error), "Other starts will not find this one");
            Start::Alone
        },
        Start::First,
    )
}

/// The lock; `None`: the first has taken over.
fn first_or_passed(place: &Place<'_>, call: &Call) -> Result<Option<File>, Error> {
    let deadline = Instant::now() + place.patience;
    loop {
        if let Some(lock) = lock(place).map_err(Error::Lock)? {
            return Ok(Some(lock));
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Error::Silent);
        }
        // Until it has announced itself, what is there is of an earlier one.
        if let Some(announcement) = announced(place) {
            (place.let_to_front)(announcement.process_id);
            let request = Request { secret: announcement.secret, call: call.clone() };
            match talk::say(&announcement.socket, &request, left) {
                Ok(()) => return Ok(None),
                Err(error) => tracing::debug!(%error, "The first did not answer"),
            }
        }
        thread::sleep(ASK_EVERY.min(left));
    }
}

/// Whether one of this name is there, answering or not.
pub fn is_there(place: &Place<'_>) -> io::Result<bool> {
    lock(place).map(|free| free.is_none())
}

/// Whether this very process is the one of this name: it need not be told what it does itself.
pub fn is_this_process(place: &Place<'_>) -> bool {
    announced(place).is_some_and(|announcement| announcement.process_id == std::process::id())
}

/// Tells the one of this name something, if there is one; `Ok(false)`: there is none.
pub fn tell(place: &Place<'_>, call: &Call) -> Result<bool, Error> {
    // What one that was killed has announced leads nowhere, and must not be waited for.
    if !is_there(place).map_err(Error::Lock)? {
        return Ok(false);
    }
    first_or_passed(place, call).map(|lock| lock.is_none())
}

/// Names that begin like this and were announced in the folder; of some of them there may be nobody any more.
pub fn names(state_dir: &Path, start: &str) -> Vec<String> {
    let entries = std::fs::read_dir(state_dir).into_iter().flatten().flatten();
    let name = |entry: std::fs::DirEntry| {
        let file = entry.file_name().into_string().ok()?;
        let name = file.strip_suffix(ANNOUNCEMENT)?;
        name.starts_with(start).then(|| name.to_owned())
    };
    entries.filter_map(name).collect()
}

fn lock(place: &Place<'_>) -> io::Result<Option<File>> {
    std::fs::create_dir_all(place.state_dir)?;
    let mut options = File::options();
    let path = place.state_dir.join(format!("{}.lock", place.name));
    let file = options.create(true).truncate(false).write(true).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn announcement_path(place: &Place<'_>) -> PathBuf {
    place.state_dir.join(format!("{}{ANNOUNCEMENT}", place.name))
}

fn announced(place: &Place<'_>) -> Option<Announcement> {
    let bytes = fs::read_limited(&announcement_path(place), LARGEST_FILE).ok()??;
    serde_json::from_slice(&bytes).ok()
}

fn unforeseeable() -> Result<String, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(Error::Secret)?;
    Ok(hex::encode(bytes))
}

impl Instance {
    fn listen(
        place: &Place<'_>,
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
            .and_then(|bytes| fs::write_atomically(&announcement_path(place), &bytes))
            .map_err(Error::Announce)?;
        let stopping = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&stopping);
        let listening = thread::Builder::new()
            .name("instance".to_owned())
            .spawn(move || accept(&listener, &asked, &secret, &Arc::new(on_call)))
            .map_err(Error::Listen)?;
        Ok(Self {
            announcement: announcement_path(place),
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
        let _ = std::fs::remove_file(&self.announcement);
    }
}

/// Until the end. Whoever says nothing keeps others from nothing: each has a thread.
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
