//! What was changed by hand in a base since its product put it there: what an update would replace, and somebody has
//! worked on.
//!
//! Told by comparing files with what is known of them, file by file, from the best there is:
//! 1. what our own update of the base put there (`remember`), if the base is on that version: the last one's, or after
//!    going back the one's before. After an update by another program the files are others;
//! 2. the template of the installed version, if it lies among the PC's templates or in the downloads. Nothing proves
//!    it here, and nothing but this comparison is done with it;
//! 3. the newest complete copy of the base. If an update came after it, which the journal knows, what that update
//!    replaced cannot be compared; everything else can. It tells what was changed since the copy and nothing of before:
//!    a base that was put back is equal to its copy, whatever had been changed in it. So it never says that a file is
//!    what the product put there.
//!
//! Where there is none of these it cannot be told, and that is said. A program may have changed a file just as well as
//! a hand. Deliberately not here: keeping what was changed, which is what the copy before each update is for.

mod difference;
mod hashed;
mod known;
mod record;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

pub use self::difference::{Difference, Error, Line, Mark, difference};
pub use self::hashed::Hashed;
pub(crate) use self::record::{put_by_update, remember};
use crate::machine::Base;
use crate::os::Os;
use crate::paths::Paths;
use crate::tree::RelPath;
use crate::version::Version;

/// Where it may be told what was changed in a base.
pub struct Sources<'a> {
    /// The PC.
    pub os: &'a dyn Os,
    /// Where our own files are, and copies.
    pub paths: &'a Paths,
    /// Where templates may lie, of the PC and of the person.
    pub template_dirs: Vec<PathBuf>,
    /// The base, as just read.
    pub base: &'a Base,
    /// Its folder.
    pub base_dir: &'a Path,
}

/// What an update would replace or remove that was changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByHand {
    /// Sorted.
    pub changed: Vec<Changed>,
    /// Files that are replaced or removed and are what the product put there.
    pub unchanged: usize,
    /// Files that are replaced or removed and of which no more is known than that they are what they were in a copy.
    pub since_copy: Option<SinceCopy>,
    /// Files that are replaced or removed and of which nothing is known.
    pub untold: usize,
}

/// Files that have not been changed since a copy; whether they had been before is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SinceCopy {
    /// When it was taken.
    pub at: Timestamp,
    /// How many; one at least.
    pub files: usize,
}

/// A file that was changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Changed {
    /// In the base.
    pub path: RelPath,
    /// Since when.
    pub since: Since,
}

impl ByHand {
    /// Whether every file was compared with what the product put there, and is that.
    pub fn is_untouched(&self) -> bool {
        self.changed.is_empty() && self.since_copy.is_none() && self.untold == 0 && self.unchanged > 0
    }
}

/// What a file was compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Since {
    /// With what an update of this program put there.
    Update(Version),
    /// With the template of the installed version.
    Template(Version),
    /// With a copy of the base.
    Copy(Timestamp),
}

/// What of the files that an update would replace or remove was changed by hand. Reads each of them, but those only
/// once for as long as they stay as they are.
pub fn changed(sources: &Sources<'_>, touched: &BTreeSet<RelPath>, hashed: &Mutex<Hashed>) -> ByHand {
    let mut hashed = hashed.lock().unwrap_or_else(PoisonError::into_inner);
    let mut by_hand = ByHand::default();
    let known = known::known(sources, &mut hashed);
    for path in touched {
        let file = path.below(sources.base_dir);
        let told = known.iter().find_map(|known| Some((known.since, *known.files.get(&path.key())?)));
        let compared = told.and_then(|(since, digest)| Some((since, hashed.of(&file)? == digest)));
        match compared {
            Some((Since::Copy(at), true)) => {
                by_hand.since_copy.get_or_insert(SinceCopy { at, files: 0 }).files += 1;
            }
            Some((Since::Update(_) | Since::Template(_), true)) => by_hand.unchanged += 1,
            Some((since, false)) => by_hand.changed.push(Changed { path: path.clone(), since }),
            None => by_hand.untold += 1,
        }
    }
    by_hand
}

#[cfg(test)]
mod tests;
