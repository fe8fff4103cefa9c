//! Putting an app where the Android devices of a base look for it, and taking it back.
//!
//! What devices see changes in one step. The folder of the version is laid ready beside its place, with the package and its
//! description, checked, forced to the disk and renamed into place, where no device looks for it yet; then the list is
//! replaced by one that names it, in one rename. Only after that older versions that were let go of are put aside. So
//! whoever ends this process, at whatever point, leaves devices what they had, or the new app, and nothing in between;
//! what is left over besides goes with the next run. A version that is on the list already, with something else in its
//! folder, gets the package under a name of its own beside what is there, and its description in one rename.
//!
//! A record in our machine-wide folder says what was done last for each base, so that it can be taken back: the list that
//! was there before, and the older versions that were put aside, which are kept until the next app is staged.
//!
//! The caller passes a file that has been examined, and what it says it is. Deliberately not here: where the file comes from,
//! asking people, and copies of the base: nothing of its own is touched.

mod end;
mod judge;
mod lay;
mod list;
mod record;
mod stage;
mod undo;

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::apk::{self, Apk};
use super::staged::{self, Staged, StagedApp, Unusable};
use crate::journal::{self, Entry, What};
use crate::machine::{self, Base};
use crate::os::Os;
use crate::paths::Paths;
use crate::update_lock;
use crate::verify::{self, Verified};
use crate::version::Version;

pub use self::judge::{judge, judge_file};
pub use self::record::Last;
pub use self::stage::stage;
pub use self::undo::{Undone, undo, undoable};

/// What staging works with.
pub struct Context<'a> {
    /// The PC.
    pub os: &'a dyn Os,
    /// Our own files.
    pub paths: &'a Paths,
    /// The moment, asked for whenever something is recorded.
    pub clock: &'a (dyn Fn() -> Timestamp + Sync),
    /// Shown every entry of the journal, also one that could not be written.
    pub witness: &'a dyn Fn(&Entry),
    /// Told what was reached. Tests end the process there.
    pub checkpoint: &'a dyn Fn(Checkpoint),
}

/// A point that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checkpoint {
    /// The record is on the disk, and nothing else.
    Recorded,
    /// The package is copied, under a name that nobody looks for, and so is its description.
    Copied,
    /// Its folder is in place, or its description is; the list is what it was.
    Laid,
    /// The list is about to be replaced: what takes its place lies beside it.
    Listing,
    /// The list names it.
    Listed,
    /// This many older versions are put aside, or have come back.
    Aside(usize),
    /// The record says that it is done.
    Done,
    /// The end is in the journal.
    Told,
}

/// What is to be staged.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// The package.
    pub file: &'a Verified,
    /// What it says it is.
    pub apk: &'a Apk,
    /// As which version devices are offered it.
    pub version: Version,
    /// The day it came out.
    pub date: Option<Date>,
    /// What is said of it, for the person at the device.
    pub text: &'a str,
    /// What becomes of older versions.
    pub older: Older,
}

/// What becomes of older versions that are staged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Older {
    /// They stay on the list.
    #[default]
    Keep,
    /// They leave the list, and their folders are put aside until the next app is staged.
    Remove,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The package is copied.
    Copying {
        /// Bytes so far.
        done_bytes: u64,
        /// Of the package.
        total_bytes: u64,
    },
    /// What devices see is changed. From here on it cannot be cancelled.
    Listing,
}

/// What was done.
#[derive(Debug)]
pub struct Done {
    /// What devices with an older app are offered now, read back from the folder as a device reads it.
    pub offered: StagedApp,
    /// The newest version before, if there was one.
    pub former: Option<Version>,
    /// It was there already, with the same package: nothing was changed.
    pub was_there: bool,
    /// Older versions that were put aside.
    pub removed: Vec<Version>,
    /// Where a list that could not be read was kept.
    pub broken_list_kept: Option<PathBuf>,
    /// Why the entry is missing in the journal, if it is.
    pub unrecorded: Option<journal::Error>,
}

/// Why an app does not go where it is to go.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// The staged packages are of another app.
    #[error("Package is of {found}, and what is staged is of {staged}")]
    OtherApp {
        /// `package` of what is staged.
        staged: String,
        /// `package` of this one.
        found: String,
    },
    /// A higher version is staged: devices would go on being offered that.
    #[error("Version {staged} is staged, which is above {found}")]
    Lower {
        /// What is staged.
        staged: Version,
        /// This one.
        found: Version,
    },
    /// The package says that it is of another version than whoever offers it says.
    #[error("Package is of version {found}, not of {expected}")]
    OtherVersion {
        /// By whoever offers it.
        expected: Version,
        /// By the package.
        found: Version,
    },
}

/// What to know beforehand of an app that goes there.
#[derive(Clone, Debug, PartialEq)]
pub enum Remark {
    /// It is there already, the very same file.
    AlreadyThere,
    /// This version is there with another file, which this one replaces.
    OtherFile {
        /// Which.
        version: Version,
    },
    /// Android takes it for no update of what is staged: its code is not above that one's.
    CodeNotAbove {
        /// `versionCode` of what is staged.
        staged: u64,
        /// Of this one.
        found: u64,
    },
    /// It would not connect to the server.
    TooOldForServer {
        /// The server.
        server: Version,
    },
    /// It is above the server: it connects, and the mismatch is logged.
    AboveServer {
        /// The server.
        server: Version,
    },
    /// The list cannot be read: it is kept beside the new one.
    BrokenList,
    /// A version on the list is not to be had by any device.
    UnusableVersion {
        /// Which.
        version: Version,
        /// Why.
        why: Unusable,
    },
    /// The package names no version of its own.
    NoVersionName,
}

/// Why nothing was staged, or nothing was taken back. What devices see is what it was, but for [`Error::Changed`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another update is running.
    #[error("Failed to take the update lock")]
    Lock(#[source] update_lock::Error),
    /// The base is not updated on this PC, or its folder is not there.
    #[error("Base is not here")]
    NotHere,
    /// It does not go with what is staged.
    #[error("App is not staged")]
    Misfit(#[source] Misfit),
    /// It is no Android package.
    #[error("File is no Android package")]
    NotAnApp,
    /// The file is not what was examined.
    #[error("Failed to read the package")]
    File(#[source] verify::Error),
    /// The package could not be read.
    #[error("Failed to read the package")]
    Package(#[source] apk::Error),
    /// A folder on the way is a link, or a file is in its place.
    #[error("Not a folder: {}", path.display())]
    InTheWay {
        /// What is there.
        path: PathBuf,
    },
    /// Something could not be read or written there.
    #[error("Failed to change {}", path.display())]
    Change {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// What was written is not what a device would read. It was taken back.
    #[error("A device would not be offered the app")]
    NotOffered,
    /// The record could not be read or written.
    #[error("Failed to read or write the record: {}", path.display())]
    Record {
        /// The record.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// The journal cannot be written.
    #[error("Failed to write the journal")]
    Journal(#[source] journal::Error),
    /// The person stopped it.
    #[error("Staging was cancelled")]
    Cancelled,
    /// There is nothing to take back.
    #[error("Nothing to take back")]
    NothingToUndo,
    /// Somebody has changed the list since, or what it leads to.
    #[error("Changed since by somebody else: {}", path.display())]
    ChangedSince {
        /// The list, the description or the package.
        path: PathBuf,
    },
    /// An older app that would come back is not there any more.
    #[error("What was put aside is gone: {}", path.display())]
    Gone {
        /// Where it lay.
        path: PathBuf,
    },
    /// Something else is where an older app would come back.
    #[error("Something else is there now: {}", path.display())]
    Taken {
        /// The place.
        path: PathBuf,
    },
    /// What was staged last is not what is to be taken back.
    #[error("Version {version} was staged since")]
    StagedSince {
        /// What was staged last.
        version: Version,
    },
    /// The record is damaged, or others than administrators may have written it. The next app that is staged puts it aside.
    #[error("Record is not to be believed: {}", path.display())]
    Unbelieved {
        /// The record.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// It failed, and what devices are offered is not what it was before. What is half-way the next run here brings to its
    /// end.
    #[error("What devices are offered has changed")]
    Changed(#[source] Box<Error>),
}

impl Context<'_> {
    fn reach(&self, checkpoint: Checkpoint) {
        (self.checkpoint)(checkpoint);
    }

    /// In the journal on return, unless it says why not.
    fn record(&self, entry: &Entry) -> Result<(), journal::Error> {
        let written = journal::append(&self.paths.journal_path(), entry);
        (self.witness)(entry);
        written
    }

    fn entry(&self, what: What, base: &Base, from: Option<Version>, to: Option<Version>) -> Entry {
        let identity = self.os.identity();
        Entry {
            time: (self.clock)(),
            user: identity.user,
            computer: identity.computer,
            what,
            subject: base.id.clone(),
            name: base.name.clone(),
            product: Some(base.product.clone()),
            from,
            to,
            file: String::new(),
            sha256: None,
            proof: None,
            detail: String::new(),
            backup_dir: None,
            works: None,
        }
    }
}

/// The base as it is now, and its real folder.
fn here(context: &Context<'_>, base_id: &str) -> Result<(Base, PathBuf), Error> {
    let base = machine::read_base(context.os, base_id).filter(Base::is_managed).ok_or(Error::NotHere)?;
    let dir = base.dir.as_deref().and_then(|dir| dir.canonicalize().ok()).ok_or(Error::NotHere)?;
    Ok((base, dir))
}

/// What is to be told of a failure, with what devices were offered before it.
fn since(before: &Staged, base_dir: &Path, error: Error) -> Error {
    if staged::read(base_dir).apps == before.apps { error } else { Error::Changed(Box::new(error)) }
}

fn change(path: &Path) -> impl FnOnce(io::Error) -> Error + use<'_> {
    move |error| Error::Change { path: path.to_path_buf(), error }
}
