//! A proxy on loopback, for plain requests and for tunnels (`CONNECT`), with a login if one is wanted.
//!
//! It alone knows where the hosts of a test are, so that what is reached by it was reached by it. A plain request is
//! answered by the proxy itself. Everything that was asked is kept, with the login that came along.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The body of every plain request's answer.
pub const PLAIN_BODY: &str = "by the proxy";

/// A running proxy; it stops when dropped.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
}

/// What a proxy does with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Carries it out.
    Open,
    /// Carries it out with this login, else answers 407.
    Login {
        /// `DOMAIN\name` or `name`.
        user: String,
        /// In clear.
        password: String,
    },
    /// Takes it and says nothing.
    Silent,
    /// Answers with a status.
    Status(u16),
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// `CONNECT` or `GET`.
    pub method: String,
    /// `host:port` or an address.
    pub target: String,
    /// Name and password that came along, apart by a colon.
    pub login: Option<String>,
    /// Status of the answer; 0 for none.
    pub status: u16,
}

#[derive(Debug)]
struct Shared {
    hosts: HashMap<String, SocketAddr>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    manner: Manner,
    asked: Vec<Asked>,
    /// Connections that a silent proxy keeps open.
    kept: Vec<TcpStream>,
    is_stopped: bool,
}

impl Proxy {
    /// Starts one that knows these hosts.
    pub fn start(manner: Manner, hosts: &[(&str, SocketAddr)]) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let state = State { manner, asked: Vec::new(), kept: Vec::new(), is_stopped: false };
        let hosts = hosts.iter().map(|(name, address)| ((*name).to_owned(), *address)).collect();
        let shared = Arc::new(Shared { hosts, state: Mutex::new(state) });
        let proxy = Self { address: listener.local_addr()?, shared: Arc::clone(&shared) };
        let accept = move || accept(&listener, &shared);
        thread::Builder::new().name("proxy".to_owned()).spawn(accept)?;
        Ok(proxy)
    }

    /// Host and port.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// As the settings name it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Has other manners from now on.
    pub fn change(&self, manner: Manner) {
        self.shared.state().manner = manner;
    }

    /// The requests so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.shared.state().asked.clone()
    }

    /// How often a login was sent that it refused.
    pub fn wrong_logins(&self) -> usize {
        let is_wrong = |asked: &&Asked| asked.login.is_some() && asked.status == 407;
        self.shared.state().asked.iter().filter(is_wrong).count()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        state.is_stopped = true;
        state.kept.clear();
        drop(state);
        // Wakes the accepting thread.
        drop(TcpStream::connect(self.address));
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
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
            // A client that goes away is no concern of the proxy's.
            let _ = serve(&stream, &shared);
        };
        if thread::Builder::new().name("proxy-connection".to_owned()).spawn(serve).is_err() {
            return;
        }
    }
}

fn serve(mut stream: &TcpStream, shared: &Shared) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    while let Some((method, target, login)) = request(&mut reader)? {
        let manner = shared.state().manner.clone();
        let host = shared.hosts.get(target.rsplit_once(':').map_or(target.as_str(), |(host, _)| host));
        let status = match &manner {
            Manner::Silent => 0,
            Manner::Status(status) => *status,
            Manner::Login { user, password } if login != Some(format!("{user}:{password}")) => 407,
            Manner::Open | Manner::Login { .. } if method == "CONNECT" && host.is_none() => 502,
            Manner::Open | Manner::Login { .. } => 200,
        };
        shared.state().asked.push(Asked { method: method.clone(), target, login, status });
        match (status, host) {
            (0, _) => {
                let kept = stream.try_clone()?;
                shared.state().kept.push(kept);
                return Ok(());
            }
            (200, Some(host)) if method == "CONNECT" => {
                let upstream = TcpStream::connect(host)?;
                stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
                return tunnel(stream, &upstream);
            }
            (200, _) => answer(stream, 200, "", PLAIN_BODY)?,
            (407, _) => answer(stream, 407, "Proxy-Authenticate: Basic realm=\"shop\"\r\n", "")?,
            (status, _) => answer(stream, status, "", "")?,
        }
    }
    Ok(())
}

type Request = (String, String, Option<String>);

/// `None` at the end of the connection.
fn request(reader: &mut impl BufRead) -> io::Result<Option<Request>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split(' ').map(str::to_owned);
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut login = None;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            return Ok(Some((method, target, login)));
        };
        if name.eq_ignore_ascii_case("proxy-authorization") {
            let encoded = value.trim().strip_prefix("Basic ").unwrap_or_default();
            let decoded = STANDARD.decode(encoded).map_err(io::Error::other)?;
            login = Some(String::from_utf8_lossy(&decoded).into_owned());
        }
    }
}

fn answer(mut stream: &TcpStream, status: u16, header: &str, body: &str) -> io::Result<()> {
    let length = body.len();
    write!(stream, "HTTP/1.1 {status} Status\r\n{header}Content-Length: {length}\r\n\r\n{body}")
}

/// Carries bytes both ways until one end is closed.
fn tunnel(client: &TcpStream, upstream: &TcpStream) -> io::Result<()> {
    let (mut from_client, mut to_upstream) = (client.try_clone()?, upstream.try_clone()?);
    let there = thread::Builder::new().name("proxy-tunnel".to_owned()).spawn(move || {
        let copied = io::copy(&mut from_client, &mut to_upstream);
        let _ = to_upstream.shutdown(Shutdown::Write);
        copied
    })?;
    let (mut from_upstream, mut to_client) = (upstream, client);
    let copied = io::copy(&mut from_upstream, &mut to_client);
    let _ = client.shutdown(Shutdown::Both);
    drop(there.join());
    copied.map(drop)
}
