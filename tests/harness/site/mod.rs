//! A small HTTP/1.1 server on loopback: ranges, conditional requests, a record of what was asked, and faults
//! by path.
//!
//! One named thread accepts, one serves each connection. Everything is answered from memory. Not a server for
//! anything but tests and demonstrations: it believes its clients.

mod exchange;

use std::collections::{HashMap, VecDeque};
use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use smarts_core::digest::Digest;

use crate::tree::Tree;

/// A running server; it stops when dropped.
#[derive(Debug)]
pub struct Site {
    address: SocketAddr,
    shared: Arc<Shared>,
}

/// A file and the headers it is served with.
#[derive(Clone, Debug, Default)]
pub struct ServedFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// With its quotes; weak ones begin with `W/`.
    pub etag: Option<String>,
    /// As an HTTP date.
    pub last_modified: Option<String>,
    /// Left out where `None`.
    pub content_type: Option<String>,
}

/// What the server does in place of simply answering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Sends so many bytes of the body and closes the connection.
    CutAfter(usize),
    /// Sends so many bytes of the body and resets the connection.
    ResetAfter(usize),
    /// Closes the connection in place of an answer.
    HangUp,
    /// Says nothing at all, until [`Site::release`].
    Mute,
    /// Sends the body byte by byte, one every few milliseconds.
    Trickle,
    /// Sends so many bytes of the body and then nothing, until [`Site::release`].
    HoldAfter(usize),
    /// Answers with another status and no file.
    Status(u16),
    /// Answers with another status and this `Retry-After`.
    Later(u16, String),
    /// Answers with status 302 and this target.
    Redirect(String),
    /// Sends the whole file with status 200, whatever part was asked for.
    IgnoreRange,
    /// Sends status 206 with a range that was not asked for.
    WrongRange,
    /// Answers a range with status 206 and this `Content-Range`, or without one.
    ContentRange(Option<String>),
    /// Sends the body gzipped.
    Gzip,
    /// Says that the body is packed in this way, and sends it as it is.
    Encoding(String),
    /// Sends the whole body in chunks, and holds back that it is the last one, until [`Site::release`].
    NoEnd,
    /// Sends the body in chunks, without a length.
    NoLength,
    /// Announces this length and closes the connection after the real body.
    Length(u64),
    /// Sends chunks without end.
    Endless,
}

/// A request, and how it was answered.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Below the root, percent-decoded.
    pub path: String,
    /// Names in lower case.
    pub headers: HashMap<String, String>,
    /// Status of the answer.
    pub status: u16,
    /// Bytes of the body handed to the system.
    pub sent: usize,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    files: HashMap<String, ServedFile>,
    behaviours: HashMap<String, Behaviour>,
    /// For the next requests, one after the other.
    turns: HashMap<String, VecDeque<Option<Behaviour>>>,
    seen: Vec<Seen>,
    /// How many requests came before those.
    forgotten: usize,
    /// How many connections stand still after [`Behaviour::HoldAfter`].
    holding: usize,
    is_released: bool,
    is_stopped: bool,
}

impl Site {
    /// Serves a tree; every file has a strong entity tag.
    pub fn serve(tree: &Tree) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let site = Self { address: listener.local_addr()?, shared: Arc::default() };
        for (path, bytes) in tree.files() {
            site.put(&path, bytes);
        }
        let shared = Arc::clone(&site.shared);
        thread::Builder::new().name("site".to_owned()).spawn(move || accept(&listener, &shared))?;
        Ok(site)
    }

    /// Host and port.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// The root, with a slash at the end.
    pub fn root(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The address of a path below the root.
    pub fn url(&self, path: &str) -> String {
        self.root() + path
    }

    /// Puts a file in place of an older one, with a strong entity tag made of its bytes.
    pub fn put(&self, path: &str, bytes: impl Into<Vec<u8>>) {
        let bytes = bytes.into();
        let etag = Some(format!("\"{}\"", Digest::of(&bytes)));
        self.put_file(path, ServedFile { bytes, etag, ..ServedFile::default() });
    }

    /// Puts a file with headers of its own.
    pub fn put_file(&self, path: &str, file: ServedFile) {
        self.shared.state().files.insert(path.to_owned(), file);
    }

    /// Misbehaves at a path from now on.
    pub fn misbehave(&self, path: &str, behaviour: Behaviour) {
        self.shared.state().behaviours.insert(path.to_owned(), behaviour);
    }

    /// Answers the next requests for a path in these ways, one after the other; `None`: as it ought to.
    pub fn in_turn(&self, path: &str, turns: impl IntoIterator<Item = Option<Behaviour>>) {
        self.shared.state().turns.insert(path.to_owned(), turns.into_iter().collect());
    }

    /// Behaves at a path from now on.
    pub fn behave(&self, path: &str) {
        let mut state = self.shared.state();
        state.behaviours.remove(path);
        state.turns.remove(path);
    }

    /// The requests so far, in the order of their answers' beginnings.
    pub fn seen(&self) -> Vec<Seen> {
        self.shared.state().seen.clone()
    }

    /// Forgets the requests so far.
    pub fn forget(&self) {
        let mut state = self.shared.state();
        state.forgotten += state.seen.len();
        state.seen.clear();
    }

    /// Blocks until a connection stands still after [`Behaviour::HoldAfter`].
    pub fn wait_until_held(&self) {
        let state = self.shared.state();
        let waited = self.shared.changed.wait_while(state, |state| state.holding == 0);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }

    /// Lets the connections that stand still go on, and all later ones.
    pub fn release(&self) {
        self.shared.state().is_released = true;
        self.shared.changed.notify_all();
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.shared.state().is_stopped = true;
        self.shared.changed.notify_all();
        // Wakes the accepting thread.
        drop(TcpStream::connect(self.address));
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a few milliseconds pass; `false` once stopped.
    fn pass(&self) -> bool {
        let (state, few) = (self.state(), Duration::from_millis(5));
        let waited = self.changed.wait_timeout_while(state, few, |state| !state.is_stopped);
        !waited.unwrap_or_else(PoisonError::into_inner).0.is_stopped
    }

    /// Stands still until released or stopped.
    fn hold(&self) {
        let mut state = self.state();
        state.holding += 1;
        self.changed.notify_all();
        let waited = self.changed.wait_while(state, |state| !state.is_released && !state.is_stopped);
        waited.unwrap_or_else(PoisonError::into_inner).holding -= 1;
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.state().is_stopped {
            return;
        }
        let Ok(stream) = stream else { continue };
        let shared = Arc::clone(shared);
        let serve = move || {
            // A client that goes away is no concern of the server's.
            let _ = exchange::serve(&stream, &shared);
        };
        if thread::Builder::new().name("site-connection".to_owned()).spawn(serve).is_err() {
            return;
        }
    }
}
