//! Until when a source wants to be left alone, as it said with `Retry-After` in a check: kept between runs, and
//! obeyed by checks in the background.
//!
//! Nothing here keeps a person from checking. What is kept holds for a day at most, whatever a source asks for and
//! however the clock is set; a file that cannot be read stands for nothing, and is written anew. Deliberately not
//! here: reading the header ([`crate::http`]).

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::download::LONGEST_WAIT;
use crate::fs;

const FORMAT: u32 = 1;
const LARGEST_BYTES: u64 = 64 * 1024;

#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Rests {
    format: u32,
    /// By the root of the source, without credentials.
    until: BTreeMap<String, Timestamp>,
}

/// It could not be kept.
#[derive(Debug, thiserror::Error)]
#[error("Failed to keep until when the source wants to be left alone: {}", path.display())]
pub struct Error {
    /// The file.
    pub path: PathBuf,
    /// The system's error.
    #[source]
    pub source: io::Error,
}

/// Until when a source wants to be left alone; `None`: it may be asked.
pub fn until(path: &Path, source: &str, now: Timestamp) -> Option<Timestamp> {
    load(path, now).until.remove(source)
}

/// Keeps that a source wants to be left alone for so long, at most a day; `None`: it does not any more.
pub fn remember(path: &Path, source: &str, wait: Option<Duration>, now: Timestamp) -> Result<(), Error> {
    let mut rests = load(path, now);
    let until = wait.and_then(|wait| end(wait, now));
    let former = match until {
        Some(until) => rests.until.insert(source.to_owned(), until),
        None => rests.until.remove(source),
    };
    if former == until {
        return Ok(());
    }
    rests.format = FORMAT;
    let bytes = serde_json::to_vec(&rests).map_err(io::Error::from);
    let written = bytes.and_then(|bytes| fs::write_atomically(path, &bytes));
    written.map_err(|source| Error { path: path.to_path_buf(), source })
}

fn end(wait: Duration, now: Timestamp) -> Option<Timestamp> {
    now.checked_add(SignedDuration::try_from(wait.min(LONGEST_WAIT)).ok()?).ok()
}

/// What still counts. An end that is further off than any could be is of a clock that was ahead.
fn load(path: &Path, now: Timestamp) -> Rests {
    let bytes = fs::read_limited(path, LARGEST_BYTES);
    let understood = bytes.and_then(|bytes| {
        bytes.map_or_else(|| Ok(Rests::default()), |bytes| Ok(serde_json::from_slice::<Rests>(&bytes)?))
    });
    let mut rests = understood.unwrap_or_else(|error| {
        tracing::warn!(path = %path.display(), %error, "Which source wants to be left alone is not understood");
        Rests::default()
    });
    if rests.format != FORMAT {
        return Rests::default();
    }
    let latest = end(LONGEST_WAIT, now);
    rests.until.retain(|_, until| *until > now && latest.is_none_or(|latest| *until <= latest));
    rests
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "https://mirror.example/";

    fn now() -> Timestamp {
        "2026-11-22T09:00:00Z".parse().unwrap()
    }

    fn later(hours: i64) -> Timestamp {
        now() + SignedDuration::from_hours(hours)
    }

    #[test]
    fn a_source_is_left_alone_for_as_long_as_it_wants_and_not_longer_than_a_day() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("rest.json");
        assert_eq!(until(&path, SOURCE, now()), None);
        remember(&path, SOURCE, Some(Duration::from_hours(2)), now()).unwrap();
        remember(&path, "D:\\stick", Some(Duration::MAX), now()).unwrap();
        assert_eq!(until(&path, SOURCE, now()), Some(later(2)));
        assert_eq!(until(&path, SOURCE, later(2)), None);
        assert_eq!(until(&path, "D:\\stick", now()), Some(later(24)));
        assert_eq!(until(&path, "https://other.example/", now()), None);
        remember(&path, SOURCE, None, now()).unwrap();
        assert_eq!(until(&path, SOURCE, now()), None);
        assert_eq!(until(&path, "D:\\stick", now()), Some(later(24)));
    }

    #[test]
    fn a_clock_that_was_ahead_keeps_nobody_silent() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("rest.json");
        remember(&path, SOURCE, Some(Duration::from_hours(1)), later(24 * 365)).unwrap();
        assert_eq!(until(&path, SOURCE, now()), None);
    }

    #[test]
    fn where_nothing_changes_nothing_is_written_and_a_broken_file_stands_for_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("rest.json");
        remember(&path, SOURCE, None, now()).unwrap();
        assert!(!path.exists());
        let enormous = vec![b' '; usize::try_from(LARGEST_BYTES).unwrap() + 1];
        for broken in [b"{\"format\":1,".as_slice(), b"", b"{\"format\":2,\"until\":{}}", &enormous] {
            std::fs::write(&path, broken).unwrap();
            assert_eq!(until(&path, SOURCE, now()), None);
            remember(&path, SOURCE, Some(Duration::from_mins(1)), now()).unwrap();
            assert!(until(&path, SOURCE, now()).is_some());
        }
    }
}
