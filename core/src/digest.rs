//! Digests of files: the types, and computing one from a reader.
//!
//! What this program knows a file by is its SHA-256; a SHA-512 is only ever compared with a stated one.
//!
//! Not here: deciding what a digest proves; see [`crate::verify`].

use std::fmt;
use std::io::{self, Read};
use std::str::FromStr;

use aws_lc_rs::digest::{Context, SHA256, SHA512, digest};
use serde::{Deserialize, Serialize};

/// So many bytes, as hexadecimal digits in text: either case on reading, lower case on writing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sum<const BYTES: usize>([u8; BYTES]);

/// A SHA-256 digest.
pub type Digest = Sum<32>;

/// A SHA-512 digest.
pub type Sha512 = Sum<64>;

/// The text is not as many hexadecimal digits as the digest has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Digest must be {digits} hexadecimal digits")]
pub struct ParseError {
    /// Two for each byte.
    pub digits: usize,
}

/// Hashes that are stated for a file; it has to have every one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// Where stated.
    pub sha256: Option<Digest>,
    /// Where stated.
    pub sha512: Option<Sha512>,
}

/// A file has not the hash that is stated for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// Another SHA-256.
    Sha256 {
        /// As stated.
        expected: Digest,
        /// As computed.
        found: Digest,
    },
    /// Another SHA-512.
    Sha512 {
        /// As stated.
        expected: Box<Sha512>,
        /// As computed.
        found: Box<Sha512>,
    },
}

/// Computes a digest from pieces as they arrive.
#[derive(Clone)]
pub struct Hasher {
    sha256: Context,
    /// Only where there is one to compare with: it costs as much again.
    sha512: Option<Context>,
}

/// Computes a file's SHA-256, and compares the file with what is stated for it.
#[derive(Clone)]
pub struct Comparing {
    stated: Stated,
    hasher: Hasher,
}

impl Default for Hasher {
    fn default() -> Self {
        Self { sha256: Context::new(&SHA256), sha512: None }
    }
}

impl Hasher {
    /// Takes the next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        self.sha256.update(bytes);
        if let Some(sha512) = &mut self.sha512 {
            sha512.update(bytes);
        }
    }

    /// Takes everything that a reader has left, and shows each piece to `piece`, whose error ends it. Returns
    /// the number of bytes.
    pub fn read(
        &mut self,
        reader: &mut impl Read,
        piece: &mut dyn FnMut(&[u8]) -> io::Result<()>,
    ) -> io::Result<u64> {
        self.read_by(reader, &mut vec![0; 256 * 1024], piece)
    }

    /// The same with room of the caller's, which must not be empty: for many small files.
    pub fn read_by(
        &mut self,
        reader: &mut impl Read,
        room: &mut [u8],
        piece: &mut dyn FnMut(&[u8]) -> io::Result<()>,
    ) -> io::Result<u64> {
        let mut total = 0;
        loop {
            let count = match reader.read(room) {
                Ok(0) => return Ok(total),
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let bytes = room.get(..count).unwrap_or_default();
            self.update(bytes);
            total += count as u64;
            piece(bytes)?;
        }
    }

    /// The digest of all pieces.
    pub fn finish(self) -> Digest {
        Sum::of_context(self.sha256)
    }
}

impl Stated {
    /// Whether there is nothing to compare with.
    pub fn is_empty(&self) -> bool {
        self.sha256.is_none() && self.sha512.is_none()
    }

    /// Begins to compare a file.
    pub fn comparing(self) -> Comparing {
        let sha512 = self.sha512.map(|_| Context::new(&SHA512));
        Comparing { stated: self, hasher: Hasher { sha512, ..Hasher::default() } }
    }
}

impl Comparing {
    /// Takes the next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
    }

    /// As [`Hasher::read`].
    pub fn read(
        &mut self,
        reader: &mut impl Read,
        piece: &mut dyn FnMut(&[u8]) -> io::Result<()>,
    ) -> io::Result<u64> {
        self.hasher.read(reader, piece)
    }

    /// The SHA-256 of all pieces, and whether anything stated is another.
    pub fn finish(self) -> (Digest, Result<(), Mismatch>) {
        let Self { stated, hasher: Hasher { sha256, sha512 } } = self;
        let found = Sum::of_context(sha256);
        if let Some(expected) = stated.sha256.filter(|expected| *expected != found) {
            return (found, Err(Mismatch::Sha256 { expected, found }));
        }
        let found512 = sha512.map(Sum::of_context);
        let compared = match stated.sha512.zip(found512) {
            Some((expected, found)) if expected != found => {
                Err(Mismatch::Sha512 { expected: Box::new(expected), found: Box::new(found) })
            }
            Some(_) | None => Ok(()),
        };
        (found, compared)
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sha256 { expected, found } => write!(f, "SHA-256 {found} in place of {expected}"),
            Self::Sha512 { expected, found } => write!(f, "SHA-512 {found} in place of {expected}"),
        }
    }
}

impl Digest {
    /// The digest of bytes at hand.
    pub fn of(bytes: &[u8]) -> Self {
        Self::of_result(digest(&SHA256, bytes))
    }

    /// Reads to the end; returns the digest and the number of bytes read.
    pub fn of_reader(reader: &mut impl Read) -> io::Result<(Self, u64)> {
        let mut hasher = Hasher::default();
        let total = hasher.read(reader, &mut |_| Ok(()))?;
        Ok((hasher.finish(), total))
    }
}

impl Sha512 {
    /// The digest of bytes at hand.
    pub fn of(bytes: &[u8]) -> Self {
        Self::of_result(digest(&SHA512, bytes))
    }
}

impl<const BYTES: usize> Sum<BYTES> {
    fn of_context(context: Context) -> Self {
        Self::of_result(context.finish())
    }

    /// Of an algorithm with as many bytes.
    fn of_result(result: aws_lc_rs::digest::Digest) -> Self {
        let mut bytes = [0; BYTES];
        bytes.iter_mut().zip(result.as_ref()).for_each(|(to, from)| *to = *from);
        Self(bytes)
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8; BYTES] {
        &self.0
    }
}

impl<const BYTES: usize> FromStr for Sum<BYTES> {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let mut bytes = [0; BYTES];
        hex::decode_to_slice(text.trim(), &mut bytes).map_err(|_| ParseError { digits: BYTES * 2 })?;
        Ok(Self(bytes))
    }
}

impl<const BYTES: usize> fmt::Display for Sum<BYTES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl<const BYTES: usize> fmt::Debug for Sum<BYTES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<const BYTES: usize> TryFrom<String> for Sum<BYTES> {
    type Error = ParseError;

    fn try_from(text: String) -> Result<Self, ParseError> {
        text.parse()
    }
}

impl<const BYTES: usize> From<Sum<BYTES>> for String {
    fn from(digest: Sum<BYTES>) -> Self {
        digest.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_of_pieces_is_the_digest_of_the_whole() {
        let mut hasher = Hasher::default();
        hasher.update(b"ab");
        hasher.update(b"c");
        let whole = Digest::of_reader(&mut &b"abc"[..]).unwrap();
        assert_eq!(hasher.finish(), whole.0);
        assert_eq!(whole.1, 3);
        assert_eq!(whole.0.to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn reading_shows_every_piece_and_ends_when_told_to() {
        let (mut hasher, mut seen) = (Hasher::default(), Vec::new());
        let bytes = vec![7; 600 * 1024];
        let mut keep = |piece: &[u8]| {
            seen.extend_from_slice(piece);
            Ok(())
        };
        assert_eq!(hasher.read(&mut bytes.as_slice(), &mut keep).unwrap(), bytes.len() as u64);
        assert_eq!((hasher.finish(), seen), (Digest::of(&bytes), bytes.clone()));
        let mut stop = |_: &[u8]| Err(io::ErrorKind::Interrupted.into());
        let ended = Hasher::default().read(&mut bytes.as_slice(), &mut stop);
        assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::Interrupted);
    }

    #[test]
    fn only_64_hexadecimal_digits_are_a_digest() {
        let text = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";
        assert_eq!(text.parse::<Digest>(), Ok(Digest::of(b"abc")));
        for text in ["", "ba78", "zz", &"0".repeat(63), &"0".repeat(65), &"я".repeat(32)] {
            assert_eq!(text.parse::<Digest>(), Err(ParseError { digits: 64 }), "{text}");
        }
    }

    #[test]
    fn a_file_has_to_have_every_hash_that_is_stated() {
        let compare = |sha256: Option<&[u8]>, sha512: Option<&[u8]>| {
            let stated = Stated { sha256: sha256.map(Digest::of), sha512: sha512.map(Sha512::of) };
            let mut comparing = stated.comparing();
            comparing.update(b"a");
            comparing.read(&mut &b"bc"[..], &mut |_| Ok(())).unwrap();
            let (found, compared) = comparing.finish();
            assert_eq!(found, Digest::of(b"abc"));
            compared.is_ok()
        };
        let (right, wrong): (Option<&[u8]>, Option<&[u8]>) = (Some(b"abc"), Some(b"abd"));
        for (sha256, sha512) in [(None, None), (right, None), (None, right), (right, right)] {
            assert!(compare(sha256, sha512));
        }
        for (sha256, sha512) in [(wrong, None), (None, wrong), (right, wrong), (wrong, right)] {
            assert!(!compare(sha256, sha512));
        }
    }
}
