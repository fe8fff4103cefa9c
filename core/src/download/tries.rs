//! One file, several places, several tries: whom to ask next, when, and when to give up.
//!
//! Every place has tries of its own, and its next one comes after those of places that were not asked yet.
//! Tries that bring the file on by [`WORTH_BYTES`] are not counted, so a bad line gets there in the end; since
//! only what was never there before counts as brought on, there is an end to them.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::partial;
use super::retry::{LONGEST_WAIT, Retry};
use super::transfer::Transfer;
use super::{Downloaded, Error, Event, Waiting, blocking};
use crate::http::host_and_port;
use crate::source::Place;

/// A try that has brought so much was worth it.
const WORTH_BYTES: u64 = 1024 * 1024;

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
    // All that servers have asked for.
    let mut obeyed = Duration::ZERO;
    while let Some(asked) = next(&mut places) {
        wait(transfer, asked).await?;
        let error = match at(transfer, asked.place).await {
            Ok(downloaded) => return Ok(downloaded),
            Err(error) if error.is_here() => return Err(error),
            Err(error) => error,
        };
        let kept_bytes = transfer.paths.kept_bytes();
        if kept_bytes >= farthest.saturating_add(WORTH_BYTES) {
            asked.failed = 0;
        }
        farthest = farthest.max(kept_bytes);
        asked.failed += 1;
        asked.next = next_try(transfer, asked.failed, error.retry(), &mut obeyed);
        if asked.next.is_some() || !request.mirrors.is_empty() {
            tell(asked, &error);
        }
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
    let (paths, request) = (transfer.paths, transfer.request);
    let part = {
        let (paths, request, place) = (paths.clone(), request.clone(), place.clone());
        blocking(&paths.dir.clone(), move || Ok(partial::part(&paths, &request, &place))).await?
    };
    (transfer.tell)(Event::Asking { kept_bytes: part.as_ref().map_or(0, |part| part.offset) });
    let is_resumed = part.is_some();
    let mut result = transfer.run(place, part).await;
    if is_resumed && result.as_ref().is_err_and(Error::may_be_the_kept_parts) {
        result = transfer.run(place, None).await;
    }
    if result.as_ref().is_err_and(|error| !error.keeps_partial()) {
        let removed = paths.clone();
        blocking(&paths.dir, move || removed.remove()).await?;
    }
    result
}

/// For the log; the error itself goes to whoever asked, unless somebody else has the file.
fn tell(asked: &Asked<'_>, error: &Error) {
    let place = match asked.place {
        Place::Url(url) => host_and_port(url),
        Place::Path(path) => path.display().to_string(),
    };
    let reason = match error {
        Error::Source { fault, .. } => fault.to_string(),
        error => error.to_string(),
    };
    let again_in = asked.next.map(|next| next.saturating_duration_since(Instant::now()));
    tracing::info!(place, failed = asked.failed, ?again_in, reason, "A try at a file has failed");
}

/// Another place may have brought more since, or nothing may be left.
fn with_kept_bytes(error: Error, kept_bytes: u64) -> Error {
    match error {
        Error::Source { name, again_in, fault, .. } => Error::Source { name, kept_bytes, again_in, fault },
        error => error,
    }
}
