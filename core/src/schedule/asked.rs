//! A run of the task that a person has asked for: it is to check although it is out of its turn.
//!
//! The scheduler hands nothing on to what it starts, so a small file in the person's own folder says that somebody
//! has just asked. It counts for one run and for ten minutes, hence a task that did not start leads to no check
//! hours later. Others on this PC whose stubs the task starts as well have not asked, and keep to their turns.
//! Deliberately not here: what else is to decide about a check.

use std::io;

use jiff::{SignedDuration, Timestamp};

use super::{Error, NAME};
use crate::fs;
use crate::os::Os;
use crate::paths::Paths;

const LONGEST: SignedDuration = SignedDuration::from_mins(10);
/// A moment is much shorter.
const LARGEST_BYTES: u64 = 256;

/// Starts the task, and has its run check for this person.
pub fn run_now(os: &dyn Os, paths: &Paths, now: Timestamp) -> Result<(), Error> {
    let path = paths.asked_path();
    fs::write_atomically(&path, now.to_string().as_bytes()).map_err(|source| Error::File { path, source })?;
    os.run_task(NAME).map_err(Error::Task)
}

/// Whether this person has asked for this run. Of several that ask, one is told so: each request is for one check.
pub fn was_asked(paths: &Paths, now: Timestamp) -> bool {
    let path = paths.asked_path();
    let asked = fs::read_limited(&path, LARGEST_BYTES).ok().flatten();
    let asked = asked.and_then(|bytes| String::from_utf8(bytes).ok()?.trim().parse::<Timestamp>().ok());
    let is_fresh = |at: Timestamp| (SignedDuration::ZERO..=LONGEST).contains(&now.duration_since(at));
    if !asked.is_some_and(is_fresh) {
        return false;
    }
    // Whoever finds nothing to remove comes after another; what cannot be removed is soon too old anyway.
    std::fs::remove_file(&path).map_or_else(|error| error.kind() != io::ErrorKind::NotFound, |()| true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::Linux;

    const NOW: &str = "2026-11-22T09:00:00Z";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// With a marker of this text.
    fn paths(marker: &[u8]) -> (tempfile::TempDir, Paths) {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::below(&Linux, dir.path());
        fs::write_atomically(&paths.asked_path(), marker).unwrap();
        (dir, paths)
    }

    #[test]
    fn a_request_counts_once_and_for_ten_minutes() {
        for now in [NOW, "2026-11-22T09:10:00Z"] {
            let (_dir, paths) = paths(NOW.as_bytes());
            assert!(was_asked(&paths, at(now)), "{now}");
            assert!(!was_asked(&paths, at(now)) && !paths.asked_path().exists());
        }
        let (_dir, paths) = paths(NOW.as_bytes());
        assert!(!was_asked(&paths, at("2026-11-22T09:10:01Z")));
        assert!(!was_asked(&paths, at("2026-11-22T08:59:59Z")), "from the future");
    }

    #[test]
    fn what_is_no_request_is_none_and_the_next_one_counts() {
        let too_long = [b' '; 1000];
        for marker in [&b""[..], b"yes", b"\xff\xfe", b"2026-11-22", &too_long] {
            let (_dir, paths) = paths(marker);
            assert!(!was_asked(&paths, at(NOW)), "{marker:?}");
            fs::write_atomically(&paths.asked_path(), NOW.as_bytes()).unwrap();
            assert!(was_asked(&paths, at(NOW)));
        }
        let (_dir, paths) = paths(NOW.as_bytes());
        std::fs::remove_file(paths.asked_path()).unwrap();
        std::fs::create_dir(paths.asked_path()).unwrap();
        assert!(!was_asked(&paths, at(NOW)));
    }
}
