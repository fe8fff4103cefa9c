//! The blocking half of a download: takes pieces, writes them, and hashes them on a thread of its own, so that
//! the slower of the two decides and not their sum.

use std::io::{self, Seek, SeekFrom, Write};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;

use bytes::Bytes;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::mpsc::Receiver;

use super::Error;
use super::partial::{Lock, Paths, Sidecar};
use crate::digest::{Comparing, Digest, Mismatch};

/// Pieces that are written sooner than hashed.
const TO_BE_HASHED: usize = 2;

/// What is to be written, and after what.
pub(super) struct Writer {
    pub(super) paths: Paths,
    /// So much of the partial file stays.
    pub(super) start: u64,
    /// Of that, and what it has to be in the end.
    pub(super) hashes: Comparing,
    pub(super) sidecar: Sidecar,
    /// Held until the last byte is written, also if nobody waits for it any more.
    pub(super) lock: Arc<Lock>,
}

/// Bytes on their way to the disk, and the room they take until they are there.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) bytes: Bytes,
    pub(super) _room: OwnedSemaphorePermit,
}

/// What was written, with what was there before.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) length: u64,
    pub(super) sha256: Digest,
    /// With what is stated.
    pub(super) compared: Result<(), Mismatch>,
}

impl Writer {
    /// Writes until the sender is gone; beside it, what is written is hashed.
    pub(super) fn run(self, mut pieces: Receiver<Piece>) -> Result<Written, Error> {
        let mut file = self.paths.begin(self.start, &self.sidecar)?;
        let (mut hashes, mut length) = (self.hashes, self.start);
        let fault = |source| Error::file(&self.paths.partial, source);
        file.seek(SeekFrom::Start(length)).map_err(fault)?;
        let hashes = thread::scope(|scope| {
            let (to_hash, pieces_written) = sync_channel::<Bytes>(TO_BE_HASHED);
            let hashing = move || {
                for piece in pieces_written {
                    hashes.update(&piece);
                }
                hashes
            };
            let hashing =
                thread::Builder::new().name("download-hash".to_owned()).spawn_scoped(scope, hashing);
            let hashing = hashing.map_err(fault)?;
            while let Some(piece) = pieces.blocking_recv() {
                // It takes all pieces unless it has panicked, and that is told below.
                let _ = to_hash.send(piece.bytes.clone());
                file.write_all(&piece.bytes).map_err(fault)?;
                length += piece.bytes.len() as u64;
            }
            drop(to_hash);
            hashing.join().map_err(|_| fault(io::Error::other("Hashing has failed")))
        })?;
        drop(self.lock);
        let (sha256, compared) = hashes.finish();
        Ok(Written { length, sha256, compared })
    }
}
