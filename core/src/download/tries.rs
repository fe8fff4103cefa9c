//! One file, several places, several tries: whom to ask next, when, and when to give up.
//!
//! Every place has tries of its own, and its next one comes after those of places that were not asked yet.
//! Tries that bring the file on by [`WORTH_BYTES`] are not counted, so a bad line gets there in the end; since
//! only what was never there before counts as brought on, there is an end to them; and after [`MOST_TIMES`] the
//! file all are counted, or a server that begins anew each time and is cut a little later would send it without
//! end.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::retry::{LONGEST_WAIT, Retry};
use super::transfer::Transfer;
use super::{Downloaded, Error, Event, LIMIT_BYTES, Waiting, blocking};
use crate::http::host_and_port;
use crate::source::Place;

/// A try that has brought so much was worth it.
const WORTH_BYTES: u64 = 1024 * 1024;

/// So many times the file's size may be received before every try counts.
const MOST_TIMES: u64 = 3;

/// A place and how it went there.
struct Asked<'a> {
    place: &'a Place,
    /// Without having brought the file on.
    failed: u32,
    /// The last one; `None` before the first try.
    error: Option<Error>,
    /// When it may be asked; `None`: never again.
    next: Option<Instant>,
}

/// Asks the places of the request, each in its turn, until one has given the file or none is worth asking.
pub(super) async fn run(transfer: &Transfer<'_>) -> Result<Downloaded, Error> {
    let request = transfer.request;
    let begin = Instant::now();
    let of = |place| Asked { place, failed: 0, error: None, next: Some(begin) };
    let mut places: Vec<Asked<'_>> =
        std::iter::once(&request.place).chain(&request.mirrors).map(of).collect();
    let mut farthest = transfer.paths.kept_bytes();
    let most_bytes = request.size.map_or(LIMIT_BYTES, |size| size.saturating_mul(MOST_TIMES));
    // All that servers have asked for.
    let mut obeyed = Duration::ZERO;
    while let Some(asked) = next(&mut places) {
        wait(transfer, asked).await?;
        let error = match at(transfer, asked.place).await {
            Ok(downloaded) => {
                tracing::info!(place = name(asked.place), bytes = downloaded.size, "A file was received");
                return Ok(downloaded);
            }
            Err(error) => error,
        };
        if error.is_here() {
            asked.next = None;
            tell(asked, &error);
            return Err(error);
        }
        let kept_bytes = transfer.paths.kept_bytes();
        let is_worth_it = kept_bytes >= farthest.saturating_add(WORTH_BYTES);
        if is_worth_it && transfer.received.load(Ordering::Relaxed) <= most_bytes {
            asked.failed = 0;
        }
        farthest = farthest.max(kept_bytes);
        asked.failed += 1;
        asked.next = next_try(transfer, asked.failed, error.retry(), &mut obeyed);
        tell(asked, &error);
        asked.error = Some(error);
    }
    let error = places.into_iter().find_map(|asked| asked.error).unwrap_or(Error::Cancelled);
    Err(with_kept_bytes(error, transfer.paths.kept_bytes()))
}

/// Whose turn it is; of several the first.
fn next<'a, 'b>(places: &'b mut [Asked<'a>]) -> Option<&'b mut Asked<'a>> {
    places.iter_mut().filter(|asked| asked.next.is_some()).min_by_key(|asked| asked.next)
}

fn next_try(transfer: &Transfer<'_>, failed: u32, retry: Retry, obeyed: &mut Duration) -> Option<Instant> {
    let retries = &transfer.options.retries;
    // Without randomness, as long as may be.
    let random = || getrandom::u64().unwrap_or(u64::MAX);
    let wait = match retry {
        _ if failed >= retries.tries => return None,
        Retry::Never => return None,
        Retry::Soon => retries.wait(failed, random()),
        Retry::After(named) => {
            *obeyed = obeyed.saturating_add(named);
            if *obeyed > LONGEST_WAIT {
                return None;
            }
            retries.wait_named(named, failed, random())
        }
    };
    Some(Instant::now() + wait)
}

async fn wait(transfer: &Transfer<'_>, asked: &Asked<'_>) -> Result<(), Error> {
    let Some(next) = asked.next else { return Ok(()) };
    let wait = next.saturating_duration_since(Instant::now());
    if let Some(Error::Source { fault, again_in, .. }) = &asked.error
        && !wait.is_zero()
    {
        (transfer.tell)(Event::Waiting(Waiting {
            wait,
            kept_bytes: transfer.paths.kept_bytes(),
            total: transfer.request.size,
            fault: fault.clone(),
            is_asked_for: again_in.is_some_and(|named| !named.is_zero()),
        }));
    }
    transfer.cancel.run_until_cancelled(sleep_until(next)).await.ok_or(Error::Cancelled)
}

/// One try: on from what is kept, and from the beginning if that was to blame.
async fn at(transfer: &Transfer<'_>, place: &Place) -> Result<Downloaded, Error> {
    let kept = transfer.kept(place).await?;
    let part = kept.as_ref().map(|kept| &kept.part);
    // A server that ignores the range sends the file from its beginning: then nothing that is kept is to blame.
    let (start, mut result) = match transfer.open(place, part).await {
        Ok(body) => (body.start, transfer.run(place, body, kept).await),
        Err(error) => (part.map_or(0, |part| part.offset), Err(error)),
    };
    if let Err(error) = &result
        && start > 0
        && error.may_be_the_kept_parts()
    {
        tracing::info!(
            place = name(place),
            start,
            reason = reason(error),
            "Asked from the beginning once more"
        );
        result = match transfer.open(place, None).await {
            Ok(body) => transfer.run(place, body, None).await,
            Err(error) => Err(error),
        };
    }
    if result.as_ref().is_err_and(|error| !error.keeps_partial()) {
        let removed = transfer.paths.clone();
        blocking(&transfer.paths.dir, move || removed.remove()).await?;
    }
    result
}

/// For the log: every try, the last one too; to whoever asked goes the error of one place alone.
fn tell(asked: &Asked<'_>, error: &Error) {
    let (place, reason) = (name(asked.place), reason(error));
    let again_in = asked.next.map(|next| next.saturating_duration_since(Instant::now()));
    tracing::info!(place, failed = asked.failed, ?again_in, reason, "A try at a file has failed");
}

fn name(place: &Place) -> String {
    match place {
        Place::Url(url) => host_and_port(url),
        Place::Path(path) => path.display().to_string(),
    }
}

fn reason(error: &Error) -> String {
    match error {
        Error::Source { fault, .. } => fault.to_string(),
        error => error.to_string(),
    }
}

/// Another place may have brought more since, or nothing may be left.
fn with_kept_bytes(error: Error, kept_bytes: u64) -> Error {
    match error {
        Error::Source { name, again_in, fault, .. } => Error::Source { name, kept_bytes, again_in, fault },
        error => error,
    }
}
