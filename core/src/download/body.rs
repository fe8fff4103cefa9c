//! Where the bytes come from: an answer of a site, or a file in a folder, whole or from an offset.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use reqwest::header::{
    CONTENT_ENCODING, CONTENT_RANGE, CONTENT_TYPE, DATE, ETAG, HeaderMap, HeaderValue, IF_RANGE,
    LAST_MODIFIED, RANGE,
};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use url::Url;

use super::partial::Part;
use crate::http::{Answer, Http};
use crate::source::{Fault, Place, resolve};

/// How much of a folder's file is read at a time.
const PIECE_BYTES: usize = 256 * 1024;

/// There is no body.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) fault: Fault,
    /// The server wants to be left alone for so long.
    pub(super) again_in: Option<Duration>,
}

/// Bytes under way.
#[derive(Debug)]
pub(super) struct Body {
    origin: Origin,
    /// Who answered, or the folder; for faults.
    pub(super) host: String,
    /// What stands between, for faults.
    pub(super) proxy: Option<String>,
    /// The first byte that comes is this one.
    pub(super) start: u64,
    /// Bytes of the whole file.
    pub(super) total: Option<u64>,
    /// See [`super::partial::Sidecar::validator`].
    pub(super) validator: Option<String>,
    /// As a site states it.
    pub(super) content_type: Option<String>,
    /// As a site states it, if the library has not undone it.
    pub(super) encoding: Option<String>,
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self { fault, again_in: None }
    }
}

#[derive(Debug)]
enum Origin {
    Site(Answer),
    Folder(Receiver<io::Result<Bytes>>),
}

impl Body {
    /// Asks for a file: from where `part` ends, if it still is the same file, else from its beginning.
    pub(super) async fn open(http: &Http, place: &Place, part: Option<&Part>) -> Result<Self, Refused> {
        match place {
            Place::Url(url) => from_site(http, url, part).await,
            Place::Path(path) => Ok(from_folder(path, part, http.read_timeout()).await?),
        }
    }

    /// The next piece; `None` at the end. May be dropped and called again, so that of a folder nothing but the
    /// pace of what comes tells silence.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, Fault> {
        match &mut self.origin {
            Origin::Site(answer) => answer.chunk().await,
            Origin::Folder(pieces) => pieces.recv().await.transpose().map_err(|error| folder_fault(&error)),
        }
    }

    /// It stands still.
    pub(super) fn silence(&self) -> Fault {
        Fault::Timeout { host: self.host.clone(), proxy: self.proxy.clone() }
    }

    /// It ended before the file did.
    pub(super) fn cut(&self) -> Fault {
        let detail = "Answer ended early".to_owned();
        Fault::Connection { host: self.host.clone(), proxy: self.proxy.clone(), detail }
    }
}

async fn from_site(http: &Http, url: &Url, part: Option<&Part>) -> Result<Body, Refused> {
    let answer = http.get(url, part.map(range_of).unwrap_or_default()).await?;
    let validator = validator(&answer);
    let (start, total) = match (answer.status(), part) {
        (200, _) => (0, answer.content_length()),
        (206, Some(part)) => {
            let range = answer.header(&CONTENT_RANGE).and_then(content_range);
            let total = range.filter(|range| range.start == part.offset).map(|range| range.total);
            let is_same = |total: Option<u64>| {
                agree(total, part.total) && agree(validator.as_ref(), part.validator.as_ref())
            };
            (part.offset, total.filter(|total| is_same(*total)).ok_or_else(|| refused(&answer))?)
        }
        _ => return Err(refused(&answer)),
    };
    let text = |name| answer.header(name).map(str::to_owned);
    let (content_type, encoding) = (text(&CONTENT_TYPE), text(&CONTENT_ENCODING));
    let (host, proxy) = (answer.host(), answer.proxy().map(str::to_owned));
    let origin = Origin::Site(answer);
    Ok(Body { origin, host, proxy, start, total, validator, content_type, encoding })
}

fn refused(answer: &Answer) -> Refused {
    Refused { fault: answer.refusal(), again_in: answer.again_in() }
}

/// `Range`, and `If-Range` where the server told something to compare with; without it the stated hash will
/// tell in the end.
fn range_of(part: &Part) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let range = HeaderValue::from_str(&format!("bytes={}-", part.offset));
    let validator = part.validator.as_deref().map(HeaderValue::from_str).transpose();
    if let (Ok(range), Ok(validator)) = (range, validator) {
        headers.insert(RANGE, range);
        headers.extend(validator.map(|validator| (IF_RANGE, validator)));
    }
    headers
}

/// Two statements of which either may be missing.
fn agree<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    !matches!((a, b), (Some(a), Some(b)) if a != b)
}

struct ContentRange {
    start: u64,
    total: Option<u64>,
}

/// RFC 9110, 14.4: `bytes 100-199/200`, with `*` for an unknown total.
fn content_range(text: &str) -> Option<ContentRange> {
    let (range, total) = text.trim().strip_prefix("bytes ")?.split_once('/')?;
    let (start, _) = range.split_once('-')?;
    let total = if total == "*" { None } else { Some(total.parse().ok()?) };
    Some(ContentRange { start: start.parse().ok()?, total })
}

/// What is strong enough for `If-Range`: a strong entity tag, or, where there is none at all, a date of
/// change a minute or more before the answer's own (RFC 9110, 8.8.2.2 and 13.1.5).
fn validator(answer: &Answer) -> Option<String> {
    if let Some(tag) = answer.header(&ETAG) {
        return tag.starts_with('"').then(|| tag.to_owned());
    }
    let changed = answer.header(&LAST_MODIFIED)?;
    let at = |text: &str| jiff::fmt::rfc2822::parse(text).ok().map(|time| time.timestamp());
    let age = at(answer.header(&DATE)?)?.duration_since(at(changed)?);
    (age.as_secs() >= 60).then(|| changed.to_owned())
}

async fn from_folder(path: &Path, part: Option<&Part>, silence: Duration) -> Result<Body, Fault> {
    let host = path.display().to_string();
    let (path, part) = (path.to_path_buf(), part.cloned());
    let opening = spawn_blocking(move || open_file(&path, part.as_ref()));
    let opened = match timeout(silence, opening).await {
        Ok(Ok(opened)) => opened?,
        Ok(Err(error)) => return Err(Fault::Folder { detail: error.to_string() }),
        Err(_) => return Err(Fault::Timeout { host, proxy: None }),
    };
    let (sender, pieces) = channel(4);
    let Opened { mut file, start, total, validator } = opened;
    spawn_blocking(move || send_pieces(&mut file, &sender));
    let origin = Origin::Folder(pieces);
    let (total, validator) = (Some(total), Some(validator));
    let (proxy, content_type, encoding) = (None, None, None);
    Ok(Body { origin, host, proxy, start, total, validator, content_type, encoding })
}

struct Opened {
    file: File,
    start: u64,
    total: u64,
    validator: String,
}

fn open_file(path: &Path, part: Option<&Part>) -> Result<Opened, Fault> {
    let path = resolve(path);
    let metadata = fs::metadata(&path).map_err(|error| match error.kind() {
        // A stick that was pulled out is not a folder that lacks the file.
        io::ErrorKind::NotFound if path.parent().is_some_and(Path::is_dir) => Fault::NotFound,
        _ => folder_fault(&error),
    })?;
    if !metadata.is_file() {
        return Err(folder_fault(&io::ErrorKind::IsADirectory.into()));
    }
    let changed = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let validator = format!("{}-{}", metadata.len(), changed.unwrap_or_default().as_nanos());
    let is_same = |part: &&Part| {
        agree(part.validator.as_ref(), Some(&validator)) && agree(part.total, Some(metadata.len()))
    };
    let start = part.filter(is_same).map_or(0, |part| part.offset);
    let mut file = File::open(&path).map_err(|error| folder_fault(&error))?;
    file.seek(SeekFrom::Start(start)).map_err(|error| folder_fault(&error))?;
    Ok(Opened { file, start, total: metadata.len(), validator })
}

/// Reads to the end, or until nobody listens any more.
fn send_pieces(file: &mut File, pieces: &Sender<io::Result<Bytes>>) {
    loop {
        let mut piece = vec![0; PIECE_BYTES];
        let sent = match file.read(&mut piece) {
            Ok(0) => return,
            Ok(count) => {
                piece.truncate(count);
                pieces.blocking_send(Ok(piece.into()))
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => {
                let _ = pieces.blocking_send(Err(error));
                return;
            }
        };
        if sent.is_err() {
            return;
        }
    }
}

fn folder_fault(error: &io::Error) -> Fault {
    Fault::Folder { detail: error.to_string() }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::net::TcpListener;
    use std::thread;

    use super::*;
    use crate::http::HttpOptions;
    use crate::http::proxy::{Proxy, ProxyAddress};

    /// A proxy that gives this answer itself and hangs up in the end.
    fn proxy(answer: &'static str) -> (String, impl FnOnce()) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let serving = move || {
            let (mut stream, _) = listener.accept().unwrap();
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            assert!(lines.map(Result::unwrap).any(|line| line.is_empty()));
            stream.write_all(answer.as_bytes()).unwrap();
            stream
        };
        let serving = thread::Builder::new().name("proxy".into()).spawn(serving).unwrap();
        (host, move || drop(serving.join().unwrap()))
    }

    #[tokio::test]
    async fn faults_in_the_middle_name_who_answered_and_the_proxy_between() {
        let (proxy, end) = proxy("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        let setting = Proxy::Manual(ProxyAddress::parse(&format!("http://{proxy}")).unwrap());
        let http = Http::new(&HttpOptions { proxy: setting, ..HttpOptions::default() }).unwrap();
        let place = Place::Url("http://files.example/x".parse().unwrap());
        let mut body = Body::open(&http.allowing_plain(), &place, None).await.unwrap();
        let (host, between) = ("files.example:80".to_owned(), Some(proxy));
        assert_eq!(body.next().await.unwrap().unwrap(), "abc");
        assert_eq!(body.silence(), Fault::Timeout { host: host.clone(), proxy: between.clone() });
        let named = |fault| match fault {
            Fault::Connection { host, proxy, .. } => (host, proxy),
            other => panic!("{other:?}"),
        };
        assert_eq!(named(body.cut()), (host.clone(), between.clone()));
        end();
        assert_eq!(named(body.next().await.unwrap_err()), (host, between));
    }

    #[test]
    fn a_content_range_is_read_or_refused() {
        let read = |text| content_range(text).map(|range| (range.start, range.total));
        assert_eq!(read("bytes 100-199/200"), Some((100, Some(200))));
        assert_eq!(read("bytes 100-199/*"), Some((100, None)));
        for text in ["", "bytes */200", "bytes 1-2", "items 1-2/3", "bytes -1-2/3", "bytes 1-2/x"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
