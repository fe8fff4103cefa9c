//! One try at a file: open, judge, receive, put in place.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::mpsc::{Sender, channel};
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use super::body::Body;
use super::meter::Meter;
use super::partial::{Lock, Part, Paths, Sidecar, origin};
use super::writer::{Writer, Written};
use super::{Downloaded, Error, LIMIT_BYTES, MadeHere, Progress, Request, blocking};
use crate::http::{self, Http};
use crate::source::Fault;

/// Pieces between the network and the disk. A piece is 400 KiB at most.
const PIECES_UNDER_WAY: usize = 16;
/// A download that stands still says so this often.
const STILL: Duration = Duration::from_secs(1);

/// What all tries at one file share.
pub(super) struct Transfer<'a> {
    pub(super) http: &'a Http,
    pub(super) request: &'a Request,
    pub(super) paths: &'a Paths,
    pub(super) lock: Arc<Lock>,
    pub(super) progress: &'a (dyn Fn(Progress) + Send + Sync),
    pub(super) cancel: &'a CancellationToken,
}

impl Transfer<'_> {
    /// Fetches the file, going on from `part` if it still is the same file.
    pub(super) async fn run(&self, part: Option<Part>) -> Result<Downloaded, Error> {
        let opening = Body::open(self.http, &self.request.place, part.as_ref());
        let opened = self.cancel.run_until_cancelled(opening).await.ok_or(Error::Cancelled)?;
        let kept_bytes = part.as_ref().map_or(0, |part| part.offset);
        let mut body = opened.map_err(|fault| self.fault(kept_bytes, fault))?;
        self.judge(&body)?;

        let (sender, pieces) = channel(PIECES_UNDER_WAY);
        let writer = self.writer(&body);
        let writing = spawn_blocking(move || writer.run(pieces));
        let received = self.receive(&mut body, sender).await;
        // The writer knows better than the network why nobody takes pieces any more.
        let written = blocking_result(writing.await, self.paths)?;
        match received {
            Ok(()) => {}
            Err(Stop::Cancelled) => return Err(Error::Cancelled),
            Err(Stop::Fault(fault)) => return Err(self.fault(written.length, fault)),
            Err(Stop::TooMuch(found)) => return Err(self.too_much(body.total, found)),
        }
        self.finish(&body, written).await
    }

    /// Looks at what is announced, before anything that is kept is touched.
    fn judge(&self, body: &Body) -> Result<(), Error> {
        let Request { name, size, sha256, .. } = self.request;
        if let Some(content_type) = body.content_type.as_deref().filter(|kind| http::is_html(kind)) {
            let lower = name.to_lowercase();
            let may_be_a_page = [".html", ".htm"].iter().any(|end| lower.ends_with(end));
            let will_be_told = match size {
                Some(_) => body.total == *size,
                None => sha256.is_some(),
            };
            if !may_be_a_page && !will_be_told {
                let content_type = content_type.chars().take(60).collect();
                return Err(Error::NotTheFile { name: name.clone(), content_type });
            }
        }
        match (body.total, *size) {
            (Some(found), Some(expected)) if found != expected => {
                Err(Error::WrongSize { name: name.clone(), expected, found, is_announced: true })
            }
            (Some(total), _) if total > LIMIT_BYTES => Err(self.too_much(None, total)),
            _ => Ok(()),
        }
    }

    fn writer(&self, body: &Body) -> Writer {
        let sidecar = Sidecar {
            origin: origin(&self.request.place),
            validator: body.validator.clone(),
            total: body.total,
            sha256: self.request.sha256,
        };
        Writer {
            paths: self.paths.clone(),
            start: body.start,
            sidecar,
            lock: Arc::clone(&self.lock),
            cancel: self.cancel.clone(),
        }
    }

    /// Passes the pieces on to the writer and counts them. The sender goes at the end, and with it the writer.
    async fn receive(&self, body: &mut Body, writer: Sender<Bytes>) -> Result<(), Stop> {
        let limit = self.request.size.or(body.total).unwrap_or(LIMIT_BYTES).min(LIMIT_BYTES);
        let mut received = body.start;
        let mut meter = Meter::new(Instant::now(), received, body.total.or(self.request.size));
        (self.progress)(meter.tell(Instant::now(), received));
        loop {
            let piece = tokio::select! {
                biased;
                () = self.cancel.cancelled() => return Err(Stop::Cancelled),
                piece = body.next() => piece.map_err(Stop::Fault)?,
                () = tokio::time::sleep(STILL) => {
                    (self.progress)(meter.tell(Instant::now(), received));
                    continue;
                }
            };
            let Some(piece) = piece else { break };
            received += piece.len() as u64;
            if received > limit {
                return Err(Stop::TooMuch(received));
            }
            let sent = self.cancel.run_until_cancelled(writer.send(piece)).await;
            match sent {
                None => return Err(Stop::Cancelled),
                // The writer has its own reason.
                Some(Err(_)) => return Ok(()),
                Some(Ok(())) => {}
            }
            if let Some(progress) = meter.due(Instant::now(), received) {
                (self.progress)(progress);
            }
        }
        (self.progress)(meter.tell(Instant::now(), received));
        Ok(())
    }

    async fn finish(&self, body: &Body, written: Written) -> Result<Downloaded, Error> {
        let Request { name, size, sha256, .. } = self.request;
        let Written { length, sha256: found } = written;
        if body.total.is_some_and(|total| length < total) {
            let detail = "Answer ended early".to_owned();
            return Err(
                self.fault(length, Fault::Connection { host: body.host.clone(), proxy: None, detail })
            );
        }
        if let Some(expected) = size.filter(|size| *size != length) {
            return Err(Error::WrongSize {
                name: name.clone(),
                expected,
                found: length,
                is_announced: false,
            });
        }
        if let Some(expected) = sha256.filter(|sha256| *sha256 != found) {
            return Err(Error::WrongHash { name: name.clone(), expected, found });
        }
        let (paths, lock) = (self.paths.clone(), Arc::clone(&self.lock));
        let finish = move || {
            let finished = paths.finish();
            drop(lock);
            finished
        };
        blocking(&self.paths.dir, finish).await?;
        Ok(Downloaded { path: self.paths.file.clone(), size: length, sha256: found, made_here: MadeHere })
    }

    fn fault(&self, kept_bytes: u64, fault: Fault) -> Error {
        Error::Source { name: self.request.name.clone(), kept_bytes, fault }
    }

    fn too_much(&self, announced: Option<u64>, found: u64) -> Error {
        let name = self.request.name.clone();
        match self.request.size.or(announced) {
            Some(expected) if found <= LIMIT_BYTES => {
                Error::WrongSize { name, expected, found, is_announced: false }
            }
            Some(_) | None => Error::TooLarge { name, limit_bytes: LIMIT_BYTES },
        }
    }
}

/// Why pieces are not taken any more.
enum Stop {
    Cancelled,
    Fault(Fault),
    TooMuch(u64),
}

fn blocking_result(
    result: Result<Result<Written, Error>, tokio::task::JoinError>,
    paths: &Paths,
) -> Result<Written, Error> {
    result.unwrap_or_else(|error| Err(Error::file(&paths.partial, std::io::Error::other(error))))
}
