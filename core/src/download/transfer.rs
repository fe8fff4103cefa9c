//! One try at a file: read back what is kept, open, judge, receive, put in place.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;
use tokio::sync::mpsc::{Sender, channel};
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use super::body::{Body, Refused};
use super::meter::Meter;
use super::partial::{self, Lock, Part, Paths, Sidecar, origin};
use super::writer::{Piece, Writer, Written};
use super::{Downloaded, Error, Event, LIMIT_BYTES, MadeHere, Options, Request, Slowest, blocking, room};
use crate::digest::Comparing;
use crate::http::{self, Http};
use crate::source::{Fault, Place};

/// Bytes between the network and the disk, beside the piece at hand (400 KiB at most): so much and no more is
/// lost with the process.
const UNDER_WAY_BYTES: usize = 512 * 1024;
/// Pieces may be small.
const PIECES_UNDER_WAY: usize = 64;
/// A download that stands still says so this often.
const STILL: Duration = Duration::from_secs(1);

/// What all tries at one file share.
pub(super) struct Transfer<'a> {
    pub(super) http: &'a Http,
    pub(super) request: &'a Request,
    pub(super) options: &'a Options,
    pub(super) paths: &'a Paths,
    pub(super) lock: Arc<Lock>,
    pub(super) tell: &'a (dyn Fn(Event) + Send + Sync),
    pub(super) cancel: &'a CancellationToken,
    /// Bytes that all tries together have brought, also those that were there before.
    pub(super) received: AtomicU64,
}

/// A beginning that was read back.
pub(super) struct Kept {
    pub(super) part: Part,
    /// Of it.
    hashes: Comparing,
}

impl Transfer<'_> {
    /// What an earlier try left for this place, read and hashed before anybody is asked: a server does not wait
    /// as long as a slow disk takes. What cannot be read to its end is not used.
    pub(super) async fn kept(&self, place: &Place) -> Result<Option<Kept>, Error> {
        let (paths, request, place) = (self.paths.clone(), self.request.clone(), place.clone());
        let (lock, cancel) = (Arc::clone(&self.lock), self.cancel.clone());
        let part = blocking(&self.paths.dir, move || Ok(partial::part(&paths, &request, &place))).await?;
        let kept_bytes = part.as_ref().map_or(0, |part| part.offset);
        (self.tell)(Event::Asking { kept_bytes });
        let Some(part) = part else { return Ok(None) };
        let (paths, mut hashes) = (self.paths.clone(), self.request.stated().comparing());
        let reading = blocking(&self.paths.dir, move || {
            let is_whole = paths.hash_start(part.offset, &mut hashes, &cancel)?;
            drop(lock);
            Ok(is_whole.then_some(Kept { part, hashes }))
        });
        tokio::pin!(reading);
        loop {
            tokio::select! {
                biased;
                read = &mut reading => return read,
                () = tokio::time::sleep(STILL) => (self.tell)(Event::Asking { kept_bytes }),
            }
        }
    }

    /// Asks one place for the file, or for what comes after `part` if it still is the same file.
    pub(super) async fn open(&self, place: &Place, part: Option<&Part>) -> Result<Body, Error> {
        let opening = Body::open(self.http, place, part);
        let opened = self.cancel.run_until_cancelled(opening).await.ok_or(Error::Cancelled)?;
        opened.map_err(|refused| self.refused(part.map_or(0, |part| part.offset), refused))
    }

    /// Takes what comes from that place and puts the whole file in its own.
    pub(super) async fn run(
        &self,
        place: &Place,
        mut body: Body,
        kept: Option<Kept>,
    ) -> Result<Downloaded, Error> {
        self.judge(&body)?;
        let total = self.request.size.or(body.total);
        self.look_for_room(total).await?;

        let (sender, pieces) = channel(PIECES_UNDER_WAY);
        let writer = self.writer(&body, place, kept);
        let writing = spawn_blocking(move || writer.run(pieces));
        let received = self.receive(&mut body, sender).await;
        // The writer knows better than the network why nobody takes pieces any more.
        let written = match blocking_result(writing.await, self.paths) {
            Ok(written) => written,
            Err(error @ Error::DiskFull { .. }) => {
                self.look_for_room(total).await?;
                return Err(error);
            }
            Err(error) => return Err(error),
        };
        match received {
            Ok(()) => {}
            Err(Stop::Cancelled) => return Err(Error::Cancelled),
            Err(Stop::Fault(fault)) => return Err(self.refused(written.length, fault.into())),
            Err(Stop::TooMuch(found)) => return Err(self.too_much(body.total, found)),
        }
        self.finish(&body, written).await
    }

    /// What is kept lies there already, and is either used or made room of.
    async fn look_for_room(&self, total: Option<u64>) -> Result<(), Error> {
        let Some(total) = total else { return Ok(()) };
        let paths = self.paths.clone();
        blocking(&self.paths.dir, move || room::look(&paths.dir, paths.kept_bytes(), total)).await
    }

    /// Looks at what is announced, before anything that is kept is touched.
    fn judge(&self, body: &Body) -> Result<(), Error> {
        let Request { name, size, .. } = self.request;
        if let Some(content_type) = body.content_type.as_deref().filter(|kind| http::is_html(kind)) {
            let lower = name.to_lowercase();
            let may_be_a_page = [".html", ".htm"].iter().any(|end| lower.ends_with(end));
            // A stated hash would tell only after what is kept has given way to the page.
            let is_as_large_as_stated = size.is_some() && body.total == *size;
            if !may_be_a_page && !is_as_large_as_stated {
                let content_type = content_type.chars().take(60).collect();
                return Err(Error::NotTheFile { name: name.clone(), content_type });
            }
        }
        if let Some(encoding) = body.encoding.as_deref().filter(|encoding| !is_identity(encoding)) {
            let encoding = encoding.chars().take(60).collect();
            return Err(Error::Packed { name: name.clone(), encoding });
        }
        match (body.total, *size) {
            (Some(found), Some(expected)) if found != expected => {
                Err(Error::WrongSize { name: name.clone(), expected, found, is_announced: true })
            }
            (Some(total), _) if total > LIMIT_BYTES => {
                Err(Error::TooLarge { name: name.clone(), limit_bytes: LIMIT_BYTES, is_announced: true })
            }
            _ => Ok(()),
        }
    }

    fn writer(&self, body: &Body, place: &Place, kept: Option<Kept>) -> Writer {
        let kept = kept.filter(|kept| kept.part.offset == body.start);
        let sidecar = Sidecar {
            origin: origin(place),
            validator: body.validator.clone(),
            total: body.total,
            sha256: self.request.sha256,
            sha512: self.request.sha512,
        };
        Writer {
            paths: self.paths.clone(),
            start: body.start,
            sidecar,
            hashes: kept.map_or_else(|| self.request.stated().comparing(), |kept| kept.hashes),
            lock: Arc::clone(&self.lock),
        }
    }

    /// Passes the pieces on to the writer and counts them. The sender goes at the end, and with it the writer.
    async fn receive(&self, body: &mut Body, writer: Sender<Piece>) -> Result<(), Stop> {
        let limit = self.request.size.or(body.total).unwrap_or(LIMIT_BYTES).min(LIMIT_BYTES);
        let mut received = body.start;
        let mut meter = Meter::new(Instant::now(), received, body.total.or(self.request.size));
        let room = Arc::new(Semaphore::new(UNDER_WAY_BYTES));
        let mut pace = Pace { slowest: self.options.slowest, waited: Duration::ZERO, bytes: 0 };
        (self.tell)(Event::Receiving(meter.tell(Instant::now(), received)));
        loop {
            let asked = Instant::now();
            let piece = tokio::select! {
                biased;
                () = self.cancel.cancelled() => return Err(Stop::Cancelled),
                piece = body.next() => piece.map_err(Stop::Fault)?,
                () = tokio::time::sleep(STILL) => {
                    (self.tell)(Event::Receiving(meter.tell(Instant::now(), received)));
                    pace.keep(asked.elapsed(), 0, body)?;
                    continue;
                }
            };
            let Some(piece) = piece else { break };
            let bytes = piece.len() as u64;
            received += bytes;
            self.received.fetch_add(bytes, Ordering::Relaxed);
            if received > limit {
                return Err(Stop::TooMuch(received));
            }
            let waited = asked.elapsed();
            let sending = async {
                let taken = piece.len().min(UNDER_WAY_BYTES) as u32;
                let permit = Arc::clone(&room).acquire_many_owned(taken).await.ok()?;
                writer.send(Piece { bytes: piece, _room: permit }).await.ok()
            };
            match self.cancel.run_until_cancelled(sending).await {
                None => return Err(Stop::Cancelled),
                // The writer has its own reason.
                Some(None) => return Ok(()),
                Some(Some(())) => {}
            }
            pace.keep(waited, bytes, body)?;
            if let Some(progress) = meter.due(Instant::now(), received) {
                (self.tell)(Event::Receiving(progress));
            }
            self.hold_back(bytes, received, &mut meter).await?;
        }
        (self.tell)(Event::Receiving(meter.tell(Instant::now(), received)));
        Ok(())
    }

    /// Lets time pass where there is a limit to the speed.
    async fn hold_back(&self, bytes: u64, received: u64, meter: &mut Meter) -> Result<(), Stop> {
        let Some(limit) = &self.options.limit else { return Ok(()) };
        let mut wait = limit.take(Instant::now(), bytes);
        while !wait.is_zero() {
            let now = wait.min(STILL);
            self.cancel.run_until_cancelled(tokio::time::sleep(now)).await.ok_or(Stop::Cancelled)?;
            wait -= now;
            if let Some(progress) = meter.due(Instant::now(), received) {
                (self.tell)(Event::Receiving(progress));
            }
        }
        Ok(())
    }

    async fn finish(&self, body: &Body, written: Written) -> Result<Downloaded, Error> {
        let Request { name, size, .. } = self.request;
        let Written { length, sha256, compared } = written;
        if body.total.is_some_and(|total| length < total) {
            return Err(self.refused(length, body.cut().into()));
        }
        if let Some(expected) = size.filter(|size| *size != length) {
            return Err(Error::WrongSize {
                name: name.clone(),
                expected,
                found: length,
                is_announced: false,
            });
        }
        if let Err(mismatch) = compared {
            return Err(Error::WrongHash { name: name.clone(), mismatch });
        }
        let (paths, lock, patience) = (self.paths.clone(), Arc::clone(&self.lock), self.options.patience);
        let finish = move || {
            let finished = paths.finish(patience);
            drop(lock);
            finished
        };
        blocking(&self.paths.dir, finish).await?;
        Ok(Downloaded { path: self.paths.file.clone(), size: length, sha256, made_here: MadeHere })
    }

    fn refused(&self, kept_bytes: u64, refused: Refused) -> Error {
        let Refused { fault, again_in } = refused;
        Error::Source { name: self.request.name.clone(), kept_bytes, again_in, fault }
    }

    fn too_much(&self, announced: Option<u64>, found: u64) -> Error {
        let name = self.request.name.clone();
        match self.request.size.or(announced) {
            Some(expected) if found <= LIMIT_BYTES => {
                Error::WrongSize { name, expected, found, is_announced: false }
            }
            Some(_) | None => Error::TooLarge { name, limit_bytes: LIMIT_BYTES, is_announced: false },
        }
    }
}

/// How much comes while it is waited for; time in which nothing was asked for does not count.
struct Pace {
    slowest: Slowest,
    waited: Duration,
    bytes: u64,
}

impl Pace {
    fn keep(&mut self, waited: Duration, bytes: u64, body: &Body) -> Result<(), Stop> {
        self.waited += waited;
        self.bytes += bytes;
        if self.waited < self.slowest.within {
            return Ok(());
        }
        if self.bytes < self.slowest.bytes {
            return Err(Stop::Fault(body.silence()));
        }
        (self.waited, self.bytes) = (Duration::ZERO, 0);
        Ok(())
    }
}

/// RFC 9110, 8.4: "identity" is said by servers that ought to say nothing.
fn is_identity(encoding: &str) -> bool {
    encoding.split(',').all(|one| matches!(one.trim().to_ascii_lowercase().as_str(), "" | "identity"))
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
