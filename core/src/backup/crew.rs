//! A few threads that read files: to copy them, and to look whether they are what they should be.
//!
//! Not more than four, whatever the PC has: a disk is no faster by more, and others work on this PC too. Large files
//! go first, so that the last of them is not read by one thread while the others have nothing to do; the rest goes in
//! the order of the listing, which on a hard disk is nearest to where they lie.
//!
//! Deliberately not here: what is done with a file.

use std::fs::File;
use std::io;
use std::panic;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, Builder};

use tokio_util::sync::CancellationToken;

use crate::digest::{Digest, Hasher};

const MOST_THREADS: usize = 4;
const BUFFER_BYTES: usize = 256 * 1024;
/// Between two tellings of one thread.
const TELL_BYTES: u64 = 1 << 20;
/// A file that one thread is at for so long that it is begun first.
const LARGE_BYTES: u64 = 16 << 20;

/// One of the threads: its room, and how it tells how far it is.
pub(super) struct Hand<'a> {
    buffer: Vec<u8>,
    cancel: &'a CancellationToken,
    /// Somebody else has failed.
    is_over: &'a AtomicBool,
    told: SyncSender<u64>,
    untold_bytes: u64,
}

/// A thread could not be started, or did not come to an end of its own.
#[derive(Debug, thiserror::Error)]
#[error("Failed to start a thread")]
pub struct ThreadFault(#[source] pub io::Error);

impl Hand<'_> {
    /// Reads a file to its end, and shows each piece to `piece`: its hash and its bytes. Ends early with
    /// [`io::ErrorKind::Interrupted`] when cancelled.
    pub(super) fn read(
        &mut self,
        file: &mut File,
        piece: &mut dyn FnMut(&[u8]) -> io::Result<()>,
    ) -> io::Result<(Digest, u64)> {
        let mut hasher = Hasher::default();
        let Self { buffer, cancel, is_over, told, untold_bytes } = self;
        let size = hasher.read_by(file, buffer, &mut |bytes| {
            if cancel.is_cancelled() || is_over.load(Ordering::Relaxed) {
                return Err(io::ErrorKind::Interrupted.into());
            }
            piece(bytes)?;
            *untold_bytes += bytes.len() as u64;
            tell(told, untold_bytes, TELL_BYTES);
            Ok(())
        })?;
        Ok((hasher.finish(), size))
    }
}

/// Whoever listens is gone only if the work is over.
fn tell(told: &SyncSender<u64>, untold_bytes: &mut u64, from_bytes: u64) {
    if *untold_bytes >= from_bytes && *untold_bytes > 0 {
        let _ = told.send(*untold_bytes);
        *untold_bytes = 0;
    }
}

/// Does `work` with every one of `items`, and returns what came of them in their order; the first failure ends it all.
/// `progress` gets the bytes that were read so far, on this thread, and all of them at the end. When cancelled, the
/// answer is an error only if a `work` has made one of it.
pub(super) fn each<T: Sync, R: Send, E: Send + From<ThreadFault>>(
    items: &[T],
    size: &dyn Fn(&T) -> u64,
    cancel: &CancellationToken,
    progress: &mut dyn FnMut(u64),
    work: &(dyn Fn(&T, &mut Hand<'_>) -> Result<R, E> + Sync),
) -> Result<Vec<R>, E> {
    progress(0);
    let (mut order, small): (Vec<usize>, Vec<usize>) =
        (0..items.len()).partition(|number| items.get(*number).is_some_and(|item| size(item) >= LARGE_BYTES));
    order.extend(small);
    let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (order, next, is_over) = (&order, &next, &is_over);
    let hand_work = move |told: SyncSender<u64>| -> Result<Vec<(usize, R)>, E> {
        let buffer = vec![0; BUFFER_BYTES];
        let mut hand = Hand { buffer, cancel, is_over, told, untold_bytes: 0 };
        let mut done = Vec::new();
        while !is_over.load(Ordering::Relaxed)
            && let Some(number) = order.get(next.fetch_add(1, Ordering::Relaxed))
            && let Some(item) = items.get(*number)
        {
            match work(item, &mut hand) {
                Ok(result) => done.push((*number, result)),
                Err(error) => {
                    // The first of them is the reason; what the others say then follows from it.
                    return if is_over.swap(true, Ordering::Relaxed) { Ok(done) } else { Err(error) };
                }
            }
        }
        tell(&hand.told, &mut hand.untold_bytes, 0);
        Ok(done)
    };
    let results = thread::scope(|scope| {
        let (told, heard) = sync_channel(64);
        let start = |number: usize| {
            let told = told.clone();
            Builder::new()
                .name(format!("files-{number}"))
                .spawn_scoped(scope, move || hand_work(told))
                .map_err(ThreadFault)
        };
        let started: Vec<_> = (0..thread_count(items.len())).map(start).collect();
        drop(told);
        let mut done_bytes = 0;
        for bytes in heard {
            done_bytes += bytes;
            progress(done_bytes);
        }
        started.into_iter().map(|thread| joined(thread?)).collect::<Result<Vec<_>, E>>()
    })?;
    let mut results: Vec<(usize, R)> = results.into_iter().flatten().collect();
    results.sort_unstable_by_key(|(number, _)| *number);
    Ok(results.into_iter().map(|(_, result)| result).collect())
}

fn joined<T, E: From<ThreadFault>>(thread: thread::ScopedJoinHandle<'_, Result<T, E>>) -> Result<T, E> {
    match thread.join() {
        Ok(result) => result,
        // As if it had happened on this thread.
        Err(reason) => panic::resume_unwind(reason),
    }
}

fn thread_count(items: usize) -> usize {
    let of_pc = thread::available_parallelism().map_or(1, usize::from);
    of_pc.clamp(2, MOST_THREADS).min(items)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[derive(Debug, thiserror::Error)]
    enum Fault {
        #[error("thread")]
        Thread(#[from] ThreadFault),
        #[error("number {0}")]
        Number(usize),
    }

    #[test]
    fn results_come_in_the_order_of_the_items_whatever_their_size() {
        let items: Vec<u64> =
            (0..500).map(|number| if number % 7 == 0 { 32 << 20 } else { number }).collect();
        let cancel = CancellationToken::new();
        let done: Vec<u64> =
            each(&items, &|item| *item, &cancel, &mut |_| {}, &|item, _| Ok::<_, Fault>(*item)).unwrap();
        assert_eq!(done, items);
        let none: Vec<u64> =
            each(&[], &|item| *item, &cancel, &mut |_| {}, &|item, _| Ok::<_, Fault>(*item)).unwrap();
        assert!(none.is_empty());
    }

    #[test]
    fn the_first_failure_ends_it_and_is_told() {
        let items: Vec<usize> = (0..100_000).collect();
        let begun = AtomicUsize::new(0);
        let result = each(&items, &|_| 0, &CancellationToken::new(), &mut |_| {}, &|item, _| {
            begun.fetch_add(1, Ordering::Relaxed);
            if *item == 5 { Err(Fault::Number(*item)) } else { Ok(()) }
        });
        assert!(matches!(result, Err(Fault::Number(5))), "{result:?}");
        assert!(begun.load(Ordering::Relaxed) < items.len());
    }

    #[test]
    fn every_byte_is_told_once_and_the_hash_is_that_of_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        let bytes = vec![7; 3 * 1024 * 1024 + 5];
        fs::write(&path, &bytes).unwrap();
        let mut told = Vec::new();
        let read =
            each(&[0, 1], &|_| 1, &CancellationToken::new(), &mut |done| told.push(done), &|_, hand| {
                Ok::<_, Fault>(hand.read(&mut File::open(&path).unwrap(), &mut |_| Ok(())).unwrap())
            });
        assert_eq!(read.unwrap(), vec![(Digest::of(&bytes), bytes.len() as u64); 2]);
        assert!(told.is_sorted() && told.len() > 4, "{told:?}");
        assert_eq!((told[0], *told.last().unwrap()), (0, bytes.len() as u64 * 2));
    }

    #[test]
    fn what_is_cancelled_is_not_read_on() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        fs::write(&path, "x").unwrap();
        let cancel = CancellationToken::new();
        cancel.cancel();
        let read = each(&[()], &|()| 1, &cancel, &mut |_| {}, &|(), hand| {
            let read = hand.read(&mut File::open(&path).unwrap(), &mut |_| Ok(()));
            Ok::<_, Fault>(read.unwrap_err().kind())
        });
        assert_eq!(read.unwrap(), [io::ErrorKind::Interrupted]);
    }
}
