//! What the dialog about going back shows: copies, ways, and what would happen.

use std::path::PathBuf;

use jiff::Timestamp;
use smarts_core::backup::Way;
use smarts_core::machine::{Base, Kind};
use smarts_core::version::Version;

use crate::model::Notice;

/// The copies of a base, and what one more would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Newest first.
    pub copies: Vec<Copy>,
    /// Bytes that a copy would have now; an error is a sentence.
    pub next: Result<Next, String>,
    /// Where copies lie.
    pub dir: PathBuf,
}

/// A copy that could be made now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// Bytes.
    pub size_bytes: u64,
    /// The older ones that would be too many then, oldest first.
    pub too_many: Vec<OldCopy>,
}

/// A copy that would be too many; it may be another base's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldCopy {
    /// Its folder's name.
    pub id: String,
    /// The base's name.
    pub name: String,
    /// When it was made.
    pub time: Option<Timestamp>,
    /// Bytes.
    pub size_bytes: Option<u64>,
}

/// A copy of a base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Its folder's name.
    pub id: String,
    /// Its folder.
    pub dir: PathBuf,
    /// When it was made.
    pub time: Option<Timestamp>,
    /// The version the base was on.
    pub version: Option<Version>,
    /// Bytes.
    pub size_bytes: Option<u64>,
    /// Who made it; empty where that is not known.
    pub user: String,
    /// What for, or what is wrong with it; a clause.
    pub why: String,
    /// Why this program does not go back to it, if it does not; a sentence.
    pub refused: Option<String>,
    /// Whether it is known what an update has changed after it.
    pub has_changes: bool,
}

/// What going back would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// The version now.
    pub from: Option<Version>,
    /// The version then.
    pub to: Option<Version>,
    /// Files that become what they were.
    pub replaced: Part,
    /// Files and folders that come back.
    pub brought_back: Part,
    /// Files and folders that the copy has not.
    pub removed: Part,
    /// What was made or changed since and is lost; none unless the whole base goes back.
    pub lost: usize,
    /// So many of that are documents.
    pub lost_documents: usize,
    /// The last of it, newest first.
    pub newest: Vec<(String, Option<Timestamp>)>,
    /// Where the present state is copied to first, if it is.
    pub present: Option<Room>,
    /// Folders and files that the copy has left out and that stay as they are.
    pub without: Vec<String>,
}

/// Files and folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// How many.
    pub count: usize,
    /// Some of them.
    pub examples: Vec<String>,
}

/// The room that a copy takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// Where.
    pub dir: PathBuf,
    /// Bytes.
    pub needed: u64,
    /// Bytes that are free there, if that is known.
    pub free: Option<u64>,
}

/// The dialog.
#[derive(Clone, Debug, PartialEq)]
pub struct GoingBackPage {
    /// The base.
    pub base_id: String,
    /// Its name.
    pub name: String,
    /// `None` while they are looked for; an error is a sentence.
    pub listed: Option<Result<Listed, String>>,
    /// The chosen copy, by its folder's name.
    pub chosen: Option<String>,
    /// How far.
    pub way: Way,
    /// What would happen.
    pub look: Look,
    /// Whether a copy is to be made, and older ones are to go.
    pub question: Option<CopyQuestion>,
    /// The copy the person came for.
    pub(super) wanted: Option<String>,
    pub(super) number: u64,
}

/// What is known of what would happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Look {
    /// Nothing was asked.
    None,
    /// It is being found out.
    Looking {
        /// Bytes so far.
        done: u64,
        /// Bytes in all; 0: not known yet.
        total: u64,
    },
    /// This.
    Seen(Box<Outlook>),
    /// It cannot be.
    Fault(Notice),
}

/// The question before a copy is made that makes others too many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CopyQuestion {
    /// They are to be deleted.
    pub delete: bool,
}

/// Why nobody can go back now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Only administrators may.
    NotTheirs,
    /// Something is being installed, or goes back, on this PC.
    Busy,
    /// An update of this base is being downloaded.
    Downloading,
    /// No copy is chosen.
    NothingChosen,
    /// It is not known yet what would happen.
    Looking,
    /// It cannot be.
    Fault,
    /// There is not enough room for the copy of the present state.
    NoRoom,
    /// The base is what it would become.
    Nothing,
}

impl Room {
    /// Whether it is known not to be enough.
    pub fn lacks(&self) -> bool {
        self.free.is_some_and(|free| free < self.needed)
    }
}

impl Copy {
    /// Whether this program goes back to it.
    pub fn is_usable(&self) -> bool {
        self.refused.is_none()
    }
}

impl Outlook {
    /// Whether the base is what it would become.
    pub fn is_nothing(&self) -> bool {
        [&self.replaced, &self.brought_back, &self.removed].iter().all(|part| part.count == 0)
    }
}

impl GoingBackPage {
    /// The copies, once they are listed.
    pub fn copies(&self) -> &[Copy] {
        match &self.listed {
            Some(Ok(listed)) => &listed.copies,
            Some(Err(_)) | None => &[],
        }
    }

    /// The chosen copy.
    pub fn copy(&self) -> Option<&Copy> {
        let chosen = self.chosen.as_deref()?;
        self.copies().iter().find(|copy| copy.id == chosen)
    }

    /// Those that would be too many after one more.
    pub fn too_many(&self) -> &[OldCopy] {
        match &self.listed {
            Some(Ok(Listed { next: Ok(next), .. })) => &next.too_many,
            Some(_) | None => &[],
        }
    }
}

/// Whether a base lies on this PC; also a damaged one, which may need it most.
pub fn may_go_back(base: &Base) -> bool {
    !matches!(base.kind, Kind::Remote | Kind::Cloud) && base.dir.is_some()
}
