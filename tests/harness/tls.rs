//! A web server behind TLS on loopback, and certificates of all kinds, made when they are needed.
//!
//! Requests are answered with one text, or with the files of a tree and with redirects, and then the connection is
//! closed. Certificates of a host are valid from 1975 to 4096 or have been expired for decades, so no clock matters.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, Error, IsCa, KeyPair,
    date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::tree::Tree;

/// Somebody who issues certificates.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    /// Of the authorities between this one and the root, this one first; empty for a root.
    chain: Vec<CertificateDer<'static>>,
}

/// The certificate of a host, with those that lead to its root, and its key.
pub struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    pem: String,
}

/// How a certificate of a host is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// For any day that a test may run on.
    Valid,
    /// It ended in 2001.
    Expired,
    /// It begins in 4000.
    NotYet,
}

impl Authority {
    /// A root.
    pub fn root(name: &str) -> Result<Self, Error> {
        let issuer = CertifiedIssuer::self_signed(authority(name), KeyPair::generate()?)?;
        Ok(Self { issuer, chain: Vec::new() })
    }

    /// Another one that this one vouches for.
    pub fn intermediate(&self, name: &str) -> Result<Self, Error> {
        let issuer = CertifiedIssuer::signed_by(authority(name), KeyPair::generate()?, &self.issuer)?;
        let chain = [&[issuer.der().clone()], self.chain.as_slice()].concat();
        Ok(Self { issuer, chain })
    }

    /// A certificate for a host.
    pub fn issue(&self, host: &str, validity: Validity) -> Result<Identity, Error> {
        let key = KeyPair::generate()?;
        let certificate = host_params(host, validity)?.signed_by(&key, &self.issuer)?;
        let chain = [&[certificate.der().clone()], self.chain.as_slice()].concat();
        Ok(Identity { chain, pem: certificate.pem(), key: private(&key) })
    }

    /// Its own certificate, as it is handed out.
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }
}

impl Identity {
    /// A certificate that nobody but its host vouches for. Many tools make such a host an authority, too.
    pub fn self_signed(host: &str, is_authority: bool) -> Result<Self, Error> {
        let key = KeyPair::generate()?;
        let mut params = host_params(host, Validity::Valid)?;
        if is_authority {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        }
        let certificate = params.self_signed(&key)?;
        Ok(Self { chain: vec![certificate.der().clone()], pem: certificate.pem(), key: private(&key) })
    }

    /// The certificate, as it is handed out.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// The same as bytes.
    pub fn der(&self) -> Vec<u8> {
        self.chain.first().map(|certificate| certificate.to_vec()).unwrap_or_default()
    }
}

fn authority(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = named(name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

fn host_params(host: &str, validity: Validity) -> Result<CertificateParams, Error> {
    let mut params = CertificateParams::new(vec![host.to_owned()])?;
    params.distinguished_name = named(host);
    match validity {
        Validity::Valid => {}
        Validity::Expired => params.not_after = date_time_ymd(2001, 1, 1),
        Validity::NotYet => params.not_before = date_time_ymd(4000, 1, 1),
    }
    Ok(params)
}

fn named(name: &str) -> DistinguishedName {
    let mut named = DistinguishedName::new();
    named.push(DnType::CommonName, name);
    named
}

fn private(key: &KeyPair) -> PrivateKeyDer<'static> {
    PrivatePkcs8KeyDer::from(key.serialize_der()).into()
}

/// A running server; it stops when dropped.
#[derive(Debug)]
pub struct TlsSite {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    rows: Mutex<HashMap<String, Row>>,
    /// The answer where there is no row; `None`: 404.
    otherwise: Option<Vec<u8>>,
    heads: Mutex<Vec<String>>,
    answered: AtomicUsize,
    is_stopped: AtomicBool,
}

#[derive(Clone, Debug)]
enum Row {
    File(Vec<u8>),
    Redirect(String),
}

impl TlsSite {
    /// Answers every request with `body`.
    pub fn serve(identity: Identity, body: &str) -> io::Result<Self> {
        Self::start(identity, Some(body.as_bytes().to_vec()))
    }

    /// Has the files of a tree, and nothing else.
    pub fn serve_tree(identity: Identity, tree: &Tree) -> io::Result<Self> {
        let site = Self::start(identity, None)?;
        for (path, bytes) in tree.files() {
            site.put(&path, Row::File(bytes));
        }
        Ok(site)
    }

    /// Sends whoever asks for a path elsewhere.
    pub fn redirect(&self, path: &str, location: &str) {
        self.put(path, Row::Redirect(location.to_owned()));
    }

    fn put(&self, path: &str, row: Row) {
        let mut rows = self.shared.rows.lock().unwrap_or_else(PoisonError::into_inner);
        rows.insert(format!("/{path}"), row);
    }

    fn start(identity: Identity, otherwise: Option<Vec<u8>>) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let shared = Shared {
            rows: Mutex::default(),
            otherwise,
            heads: Mutex::default(),
            answered: AtomicUsize::new(0),
            is_stopped: AtomicBool::new(false),
        };
        let site = Self { address: listener.local_addr()?, shared: Arc::new(shared) };
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(identity.chain, identity.key))
            .map_err(io::Error::other)?;
        let (config, shared) = (Arc::new(config), Arc::clone(&site.shared));
        let accept = move || accept(&listener, &config, &shared);
        thread::Builder::new().name("tls-site".to_owned()).spawn(accept)?;
        Ok(site)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of a path, by the PC's own IP address.
    pub fn url(&self, path: &str) -> String {
        format!("https://{}/{path}", self.address)
    }

    /// The lines of every request so far, in lower case.
    pub fn heads(&self) -> Vec<String> {
        self.shared.heads.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many requests came through.
    pub fn answered(&self) -> usize {
        self.shared.answered.load(Ordering::SeqCst)
    }
}

impl Drop for TlsSite {
    fn drop(&mut self) {
        self.shared.is_stopped.store(true, Ordering::SeqCst);
        // Wakes the accepting thread.
        drop(TcpStream::connect(self.address));
    }
}

fn accept(listener: &TcpListener, config: &Arc<ServerConfig>, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.is_stopped.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        let (config, shared) = (Arc::clone(config), Arc::clone(shared));
        let serve = move || {
            // A client that does not like the certificate goes away; that is what the tests are about.
            let _ = answer(stream, config, &shared);
        };
        if thread::Builder::new().name("tls-connection".to_owned()).spawn(serve).is_err() {
            return;
        }
    }
}

fn answer(stream: TcpStream, config: Arc<ServerConfig>, shared: &Shared) -> io::Result<()> {
    let connection = ServerConnection::new(config).map_err(io::Error::other)?;
    let mut stream = StreamOwned::new(connection, stream);
    let lines: Vec<String> = BufReader::new(Read::by_ref(&mut stream))
        .lines()
        .map_while(|line| line.ok().filter(|line| !line.is_empty()))
        .collect();
    let Some(path) = lines.first().and_then(|line| line.split(' ').nth(1)) else { return Ok(()) };
    shared.answered.fetch_add(1, Ordering::SeqCst);
    let row = shared.rows.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
    shared.heads.lock().unwrap_or_else(PoisonError::into_inner).push(lines.join("\n").to_lowercase());
    let (status, location, body) = match (row, &shared.otherwise) {
        (Some(Row::File(body)), _) => ("200 OK", String::new(), body),
        (Some(Row::Redirect(to)), _) => ("302 Found", format!("Location: {to}\r\n"), Vec::new()),
        (None, Some(body)) => ("200 OK", String::new(), body.clone()),
        (None, None) => ("404 Not Found", String::new(), Vec::new()),
    };
    let length = body.len();
    write!(stream, "HTTP/1.1 {status}\r\n{location}Content-Length: {length}\r\nConnection: close\r\n\r\n")?;
    stream.write_all(&body)?;
    stream.conn.send_close_notify();
    stream.flush()
}
