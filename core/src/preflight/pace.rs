//! How long a base stands still while it is updated: an estimate from how fast the last update of this PC was.
//!
//! Counted are the bytes that are copied, read again and written; what the rest takes (looking, renaming, starting) goes
//! by with them. A PC that has updated nothing yet gets a careful guess. Never a promise: a virus scanner or a busy
//! disk makes any of it longer. One small machine-wide file; without it, or with a broken one, the guess counts.

use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::backup::Backup;
use crate::fs;
use crate::paths::Paths;

/// A base of small files on a hard disk, with a virus scanner: some 15 MiB in a second, each of them copied and read
/// again. Measured on no such PC; the first update here replaces it.
const GUESS_BYTES_PER_SECOND: u64 = 15 << 20;
/// Less work than this says more about the PC's other work than about its speed.
const TELLING_BYTES: u64 = 8 << 20;
/// What goes by besides.
const ALWAYS_SECONDS: u64 = 5;
const LIMIT_BYTES: u64 = 4096;

/// How fast bases are updated on this PC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// Of the work that [`Self::work`] counts.
    pub bytes_per_second: u64,
}

impl Default for Pace {
    fn default() -> Self {
        Self { bytes_per_second: GUESS_BYTES_PER_SECOND }
    }
}

impl Pace {
    /// The last update's, else a guess.
    pub fn load(paths: &Paths) -> Self {
        let bytes = fs::read_limited(&paths.pace_path(), LIMIT_BYTES).ok().flatten();
        let pace = bytes.and_then(|bytes| serde_json::from_slice::<Self>(&bytes).ok());
        pace.filter(|pace| pace.bytes_per_second > 0).unwrap_or_default()
    }

    /// Bytes of work for a base of `copied` bytes into which `written` bytes go.
    pub fn work(copied: u64, written: u64) -> u64 {
        copied.saturating_mul(2).saturating_add(written)
    }

    /// Seconds for so much work; at least some.
    pub fn seconds(self, work: u64) -> u64 {
        ALWAYS_SECONDS + work / self.bytes_per_second.max(1)
    }

    /// Keeps how fast a base was updated, whose copy lies there. Best effort: it is for an estimate.
    pub(crate) fn remember(paths: &Paths, backup_dir: &Path, begun: Timestamp, ended: Timestamp) {
        let copied = Backup::open(backup_dir)
            .map(|backup| backup.manifest.files.iter().map(|file| file.size).fold(0, u64::saturating_add));
        let work = Self::work(copied.unwrap_or(0), 0);
        let millis = ended.as_millisecond().saturating_sub(begun.as_millisecond());
        let Ok(millis @ 1..) = u64::try_from(millis) else { return };
        if work < TELLING_BYTES {
            return;
        }
        let pace = Self { bytes_per_second: (work.saturating_mul(1000) / millis).max(1) };
        let written = serde_json::to_vec(&pace).map_err(std::io::Error::from);
        if let Err(error) = written.and_then(|bytes| fs::write_atomically(&paths.pace_path(), &bytes)) {
            tracing::warn!(%error, "How fast a base was updated is not kept");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::Linux;

    #[test]
    fn without_a_usable_file_a_guess_counts() {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::below(&Linux, dir.path());
        assert_eq!(Pace::load(&paths), Pace::default());
        for text in ["", "{}", r#"{"bytes_per_second": 0}"#, r#"{"bytes_per_second": -1}"#, "[1"] {
            fs::write_atomically(&paths.pace_path(), text.as_bytes()).unwrap();
            assert_eq!(Pace::load(&paths), Pace::default(), "{text}");
        }
        fs::write_atomically(&paths.pace_path(), br#"{"bytes_per_second": 1048576}"#).unwrap();
        assert_eq!(Pace::load(&paths).bytes_per_second, 1 << 20);
    }

    #[test]
    fn more_work_takes_longer_and_none_takes_a_moment() {
        let pace = Pace { bytes_per_second: 10 };
        assert_eq!((pace.seconds(0), pace.seconds(100)), (5, 15));
        assert_eq!(Pace::work(u64::MAX, u64::MAX), u64::MAX);
        assert_eq!(Pace { bytes_per_second: 0 }.seconds(7), 12);
    }
}
