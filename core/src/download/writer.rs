//! The blocking half of a download: takes pieces, hashes and writes them.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::mpsc::Receiver;
use tokio_util::sync::CancellationToken;

use super::partial::{Lock, Paths, Sidecar};
use super::{Error, hash_into};
use crate::digest::{Comparing, Digest, Mismatch, Stated};

/// What is to be written, and after what.
#[derive(Debug)]
pub(super) struct Writer {
    pub(super) paths: Paths,
    /// So much of the partial file stays.
    pub(super) start: u64,
    pub(super) sidecar: Sidecar,
    /// What it has to be in the end.
    pub(super) stated: Stated,
    /// Held until the last byte is written, also if nobody waits for it any more.
    pub(super) lock: Arc<Lock>,
    pub(super) cancel: CancellationToken,
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
    /// Writes until the sender is gone.
    pub(super) fn run(self, mut pieces: Receiver<Piece>) -> Result<Written, Error> {
        let mut file = self.paths.begin(self.start, &self.sidecar)?;
        let mut hashes = self.stated.comparing();
        let mut length = self.hash_start(&mut file, &mut hashes)?;
        let fault = |source| Error::file(&self.paths.partial, source);
        file.seek(SeekFrom::Start(length)).map_err(fault)?;
        while let Some(piece) = pieces.blocking_recv() {
            file.write_all(&piece.bytes).map_err(fault)?;
            hashes.update(&piece.bytes);
            length += piece.bytes.len() as u64;
        }
        drop(self.lock);
        let (sha256, compared) = hashes.finish();
        Ok(Written { length, sha256, compared })
    }

    fn hash_start(&self, file: &mut File, hashes: &mut Comparing) -> Result<u64, Error> {
        match hash_into(hashes, file, &self.cancel) {
            Ok(length) => Ok(length),
            Err(_) if self.cancel.is_cancelled() => Err(Error::Cancelled),
            Err(source) => Err(Error::file(&self.paths.partial, source)),
        }
    }
}
