//! The demo's source: a small site on loopback, inside the process.
//!
//! Serves what a static web server would: entity tags, conditional requests and ranges (RFC 9110), at the
//! speed of a middling line if asked to, so that a download can be watched. Deliberately not here: TLS —
//! it listens on loopback only.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use smarts_core::digest::Digest;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// How much is sent at once when the speed is limited.
const CHUNK: usize = 32 * 1024;

type Body = UnsyncBoxBody<Bytes, Infallible>;

/// The files of a site by path (`updates/Platform4/versions.xml`).
#[derive(Default)]
pub struct Tree(BTreeMap<String, File>);

#[derive(Clone)]
struct File {
    bytes: Bytes,
    digest: Digest,
}

impl File {
    fn tag(&self) -> String {
        format!("\"{}\"", self.digest)
    }
}

/// A running site; dropped, it stops.
pub struct Site {
    address: SocketAddr,
    runtime: Option<Runtime>,
}

impl Tree {
    /// Adds a file; returns what it hashes to.
    pub fn insert(&mut self, path: &str, bytes: impl Into<Bytes>) -> Digest {
        let bytes = bytes.into();
        let digest = Digest::of(&bytes);
        self.0.insert(path.to_owned(), File { bytes, digest });
        digest
    }

    /// The files by path, with what they hash to.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Bytes, Digest)> {
        self.0.iter().map(|(path, file)| (path.as_str(), &file.bytes, file.digest))
    }

    /// Adds each file as `HASH.name` in its own folder, too, as a signed source with consistent snapshots has
    /// it (The Update Framework, §6.2: files are asked for under that name).
    pub fn add_copies_by_hash(&mut self) {
        let copies: Vec<_> =
            self.0.iter().map(|(path, file)| (copy_path(path, file.digest), file.clone())).collect();
        self.0.extend(copies);
    }
}

impl Site {
    /// Starts to serve the tree, each answer at no more than `bytes_per_second` if given.
    pub fn start(tree: Tree, bytes_per_second: Option<u64>) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("demo-site")
            .enable_all()
            .build()?;
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
        let address = listener.local_addr()?;
        runtime.spawn(serve(listener, Arc::new(tree), bytes_per_second));
        Ok(Self { address, runtime: Some(runtime) })
    }

    /// The root address, without a slash at the end.
    pub fn root(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // A site may be dropped inside another runtime, where waiting is not allowed.
            runtime.shutdown_background();
        }
    }
}

async fn serve(listener: TcpListener, tree: Arc<Tree>, bytes_per_second: Option<u64>) {
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "Failed to accept a connection to the demo's site");
                continue;
            }
        };
        let tree = Arc::clone(&tree);
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let answer = answer(&tree, &request, bytes_per_second);
                async move { Ok::<_, Infallible>(answer) }
            });
            let connection =
                hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            if let Err(error) = connection.await {
                // A cancelled download closes its connection; that is its right.
                tracing::debug!(%error, "Connection to the demo's site ended");
            }
        });
    }
}

fn answer(tree: &Tree, request: &Request<Incoming>, bytes_per_second: Option<u64>) -> Response<Body> {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return status(StatusCode::METHOD_NOT_ALLOWED);
    }
    let path = percent_decoded(request.uri().path().trim_start_matches('/'));
    let Some(file) = path.and_then(|path| tree.0.get(&path)) else { return status(StatusCode::NOT_FOUND) };
    let headers = request.headers();
    let tag = file.tag();
    if text(headers, header::IF_NONE_MATCH) == Some(&tag) {
        return with_tag(status(StatusCode::NOT_MODIFIED), &tag);
    }
    let length = file.bytes.len();
    let current = text(headers, header::IF_RANGE).is_none_or(|wanted| wanted == tag);
    let range = text(headers, header::RANGE).filter(|_| current);
    match range.map(|range| first_byte(range).filter(|first| *first < length)) {
        None => with_tag(content(file.bytes.clone(), bytes_per_second), &tag),
        Some(Some(first)) => {
            let mut response = content(file.bytes.slice(first..), bytes_per_second);
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            let range = format!("bytes {first}-{}/{length}", length - 1);
            insert(&mut response, header::CONTENT_RANGE, &range);
            with_tag(response, &tag)
        }
        Some(None) => {
            let mut response = status(StatusCode::RANGE_NOT_SATISFIABLE);
            insert(&mut response, header::CONTENT_RANGE, &format!("bytes */{length}"));
            response
        }
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn copy_path(path: &str, digest: Digest) -> String {
    match path.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/{digest}.{name}"),
        None => format!("{digest}.{path}"),
    }
}

/// The start of `bytes=N-`; other forms are not asked for by this program.
fn first_byte(range: &str) -> Option<usize> {
    range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok()
}

fn percent_decoded(path: &str) -> Option<String> {
    percent_encoding::percent_decode_str(path).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

fn status(code: StatusCode) -> Response<Body> {
    let mut response = Response::new(UnsyncBoxBody::new(Full::new(Bytes::new())));
    *response.status_mut() = code;
    response
}

fn with_tag(mut response: Response<Body>, tag: &str) -> Response<Body> {
    insert(&mut response, header::ETAG, tag);
    insert(&mut response, header::ACCEPT_RANGES, "bytes");
    response
}

fn insert(response: &mut Response<Body>, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

fn content(bytes: Bytes, bytes_per_second: Option<u64>) -> Response<Body> {
    let length = bytes.len().to_string();
    let mut response = Response::new(body(bytes, bytes_per_second));
    insert(&mut response, header::CONTENT_LENGTH, &length);
    response
}

fn body(bytes: Bytes, bytes_per_second: Option<u64>) -> Body {
    let Some(speed) = bytes_per_second.filter(|speed| *speed > 0) else {
        return UnsyncBoxBody::new(Full::new(bytes));
    };
    let pause = Duration::from_secs_f64(CHUNK as f64 / speed as f64);
    let pieces = futures_util::stream::unfold(bytes, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        tokio::time::sleep(pause).await;
        let piece = rest.split_to(CHUNK.min(rest.len()));
        Some((Ok(Frame::data(piece)), rest))
    });
    UnsyncBoxBody::new(StreamBody::new(pieces))
}
