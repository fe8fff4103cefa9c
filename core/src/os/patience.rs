//! Putting files in place on a system where other programs hold them for a moment.
//!
//! On Windows a virus scanner, an indexer, a backup or another run of this program opens a file that has just been
//! written, and until it lets go nobody else may replace, remove or rename it (sharing violations; Microsoft, "Creating
//! and Opening Files"). Most of them are done within a second, so what such a holder refuses is tried again for a
//! bounded time, and then told as it is. Elsewhere open files stand in nobody's way, and nothing is tried twice.
//!
//! Deliberately not here: who holds the file ([`super::Os::holders`]), and faults that time does not mend.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use tempfile::NamedTempFile;

use super::clear_read_only;

/// For small files, where somebody waits for what becomes of them.
pub const PATIENCE: Duration = Duration::from_secs(2);
/// For what is large, which virus scanners take their time with, and what took long to make.
pub const LONG_PATIENCE: Duration = Duration::from_secs(15);
/// For what may as well be a lack of rights: a reader who shares the file, or one that is just being removed.
const SHORT_PATIENCE: Duration = Duration::from_millis(250);
const FIRST_WAIT: Duration = Duration::from_millis(10);
const LONGEST_WAIT: Duration = Duration::from_millis(250);

/// What a refusal may come from. The numbers are those of `winerror.h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    /// Somebody has it open: `ERROR_SHARING_VIOLATION`, `ERROR_LOCK_VIOLATION`, `ERROR_USER_MAPPED_FILE`.
    Held,
    /// A lack of rights, or one who has it open after all: `ERROR_ACCESS_DENIED`, `ERROR_DELETE_PENDING`.
    Denied,
    Other,
}

fn refusal(error: &io::Error) -> Refusal {
    match error.raw_os_error() {
        Some(32 | 33 | 1224) => Refusal::Held,
        Some(5 | 303) => Refusal::Denied,
        _ => Refusal::Other,
    }
}

/// Does something with a file, on Windows again and again while somebody holds it: for so long, waiting on the
/// calling thread. The last error is told.
pub fn patiently<T>(longest: Duration, mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    if !cfg!(windows) {
        return attempt();
    }
    again_and_again(longest, &mut attempt)
}

fn again_and_again<T>(longest: Duration, attempt: &mut dyn FnMut() -> io::Result<T>) -> io::Result<T> {
    let (mut waited, mut wait) = (Duration::ZERO, FIRST_WAIT);
    loop {
        let error = match attempt() {
            Ok(done) => return Ok(done),
            Err(error) => error,
        };
        let patience = match refusal(&error) {
            Refusal::Held => longest,
            Refusal::Denied => longest.min(SHORT_PATIENCE),
            Refusal::Other => return Err(error),
        };
        if waited >= patience {
            return Err(error);
        }
        std::thread::sleep(wait);
        waited += wait;
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

/// Gives a file or folder another name, in the place of a file that has it. One that is replaced may be marked
/// read-only.
pub fn replace(from: &Path, to: &Path, longest: Duration) -> io::Result<()> {
    patiently(longest, || fs::rename(from, to).or_else(|error| replace_what_refuses(from, to, error)))
}

/// Windows says "denied" of what is marked read-only, and of most of what somebody holds.
fn replace_what_refuses(from: &Path, to: &Path, error: io::Error) -> io::Result<()> {
    if !cfg!(windows) || refusal(&error) != Refusal::Denied || to.is_dir() {
        return Err(error);
    }
    if to.metadata().is_ok_and(|facts| facts.permissions().readonly()) {
        clear_read_only(to)?;
        return fs::rename(from, to);
    }
    // Of a folder that was just filled somebody holds a file.
    let is_held = from.is_dir() || is_held(to) || is_held(from);
    Err(if is_held { held() } else { error })
}

/// The system's words for it.
fn held() -> io::Error {
    io::Error::from_raw_os_error(32)
}

/// Whether somebody keeps the file from being removed or renamed. Takes nothing away from anybody itself.
fn is_held(path: &Path) -> bool {
    cfg_select! {
        windows => {
            use std::os::windows::fs::OpenOptionsExt as _;
            use windows_sys::Win32::Storage::FileSystem::DELETE;
            let opened = fs::File::options().access_mode(DELETE).open(path);
            opened.is_err_and(|error| refusal(&error) == Refusal::Held)
        }
        _ => {
            let _ = path;
            false
        }
    }
}

/// A new file beside the one it is to replace, gone when dropped.
pub fn new_file_in(dir: &Path, prefix: &str) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    cfg_select! {
        // The library would mark it as temporary, and finds no long paths when it takes the mark away.
        windows => builder.make_in(dir, |path| fs::File::options().read(true).write(true).create_new(true).open(path)),
        _ => builder.tempfile_in(dir),
    }
}

/// Puts such a file in its place; where that fails it is gone.
pub fn put_in_place(file: NamedTempFile, to: &Path, longest: Duration) -> io::Result<()> {
    let mut from = file.into_temp_path();
    let replaced = replace(&from, to, longest);
    match &replaced {
        Ok(()) => from.disable_cleanup(true),
        Err(_) => drop(clear_read_only(&from)),
    }
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How often it is tried that fails so, and ends well at last where it is tried so often.
    fn tries(code: i32, refusals: u32, longest: Duration) -> (u32, bool) {
        let mut tries = 0;
        let done = again_and_again(longest, &mut || {
            tries += 1;
            if tries > refusals { Ok(()) } else { Err(io::Error::from_raw_os_error(code)) }
        });
        (tries, done.is_ok())
    }

    #[test]
    fn what_somebody_holds_is_tried_again_for_so_long_and_other_faults_are_not() {
        let longest = Duration::from_millis(60);
        for held in [32, 33, 1224, 5, 303] {
            assert_eq!(tries(held, 3, longest), (4, true), "{held}");
            assert_eq!(tries(held, 99, longest), (4, false), "{held}: after 10, 20 and 40 ms");
        }
        for other in [2, 3, 80, 112, 183] {
            assert_eq!(tries(other, 3, longest), (1, false), "{other}");
        }
        assert_eq!(tries(32, 99, Duration::ZERO), (1, false));
    }

    #[test]
    fn what_may_be_a_lack_of_rights_is_not_waited_for_long() {
        assert_eq!(tries(5, 99, Duration::from_hours(1)).0, 6);
    }

    #[test]
    fn a_file_takes_the_place_of_another_one_also_of_one_that_is_marked_read_only() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("from"), dir.path().join("to"));
        fs::write(&to, "old").unwrap();
        let mut marked = fs::metadata(&to).unwrap().permissions();
        marked.set_readonly(true);
        fs::set_permissions(&to, marked).unwrap();
        fs::write(&from, "new").unwrap();
        replace(&from, &to, PATIENCE).unwrap();
        assert_eq!(fs::read(&to).unwrap(), b"new");
        assert!(!from.exists());
    }

    #[test]
    fn what_cannot_be_put_in_place_is_told_at_once_and_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let to = dir.path().join("folder");
        fs::create_dir_all(to.join("full")).unwrap();
        put_in_place(new_file_in(dir.path(), ".new-").unwrap(), &to, PATIENCE).unwrap_err();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
