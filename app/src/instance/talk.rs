//! What two starts say to each other: one JSON line there, one back.
//!
//! What comes in is not trusted: a line is short, knows the secret, and holds a [`Call`].

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use interprocess::local_socket::traits::Stream as _;
use interprocess::local_socket::{GenericNamespaced, Name, Stream, ToNsName as _};
use serde::{Deserialize, Serialize};

use super::Call;
use crate::window::link;

const LONGEST_LINE: u64 = 4096;
/// A start that has connected says what it wants at once.
const HEARS_WITHIN: Duration = Duration::from_secs(2);

/// From the second to the first.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    /// Of the first's announcement.
    pub secret: String,
    /// What is wanted.
    pub call: Call,
}

/// From the first to the second.
#[derive(Debug, Serialize, Deserialize)]
struct Answer {
    taken: bool,
}

/// A local socket's name: a named pipe on Windows, an abstract socket on Linux.
pub(super) fn name(socket: &str) -> io::Result<Name<'_>> {
    socket.to_ns_name::<GenericNamespaced>()
}

/// Connects and says nothing.
pub(super) fn knock(socket: &str) -> io::Result<Stream> {
    Stream::connect(name(socket)?)
}

/// Hands a request over. Named pipes know no time limits, so one that is not answered is left to a thread
/// that ends with the program.
pub(super) fn say(socket: &str, request: &Request, patience: Duration) -> io::Result<()> {
    let line = line(request)?;
    let socket = socket.to_owned();
    let (sender, answers) = sync_channel(1);
    thread::Builder::new().name("instance-call".to_owned()).spawn(move || {
        // Nobody waits any more if this took too long.
        let _ = sender.send(ask(&socket, &line));
    })?;
    answers.recv_timeout(patience).unwrap_or_else(|error| {
        Err(io::Error::from(match error {
            RecvTimeoutError::Timeout => io::ErrorKind::TimedOut,
            RecvTimeoutError::Disconnected => io::ErrorKind::BrokenPipe,
        }))
    })
}

fn ask(socket: &str, line: &[u8]) -> io::Result<()> {
    let mut stream = knock(socket)?;
    stream.write_all(line)?;
    let answer: Answer = serde_json::from_slice(&read_line(&stream)?)?;
    if answer.taken { Ok(()) } else { Err(io::Error::from(io::ErrorKind::ConnectionRefused)) }
}

/// Hears one request; answers only what was understood and taken.
pub(super) fn hear(stream: &Stream, secret: &str, on_call: &dyn Fn(Call)) {
    // Where the system has no such limit, a caller that says nothing keeps this one thread.
    let _ = stream.set_recv_timeout(Some(HEARS_WITHIN));
    let call = read_line(stream).and_then(|line| understand(&line, secret));
    let answered = call.and_then(|call| {
        on_call(call);
        let mut stream = stream;
        stream.write_all(&line(&Answer { taken: true })?)
    });
    if let Err(error) = answered {
        tracing::debug!(%error, "Another start was not understood");
    }
}

fn understand(line: &[u8], secret: &str) -> io::Result<Call> {
    let request: Request = serde_json::from_slice(line)?;
    let is_sound = match &request.call {
        Call::Show(Some(id)) => link::is_id(id),
        Call::Show(None) | Call::Renew | Call::Leave => true,
    };
    if request.secret == secret && is_sound {
        Ok(request.call)
    } else {
        Err(io::Error::from(io::ErrorKind::InvalidData))
    }
}

fn line(message: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    Ok(line)
}

fn read_line(stream: &Stream) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    BufReader::new(stream.take(LONGEST_LINE)).read_until(b'\n', &mut line)?;
    if line.last() == Some(&b'\n') { Ok(line) } else { Err(io::Error::from(io::ErrorKind::InvalidData)) }
}
