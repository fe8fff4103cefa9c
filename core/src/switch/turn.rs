//! The renames of a switch, there and back.
//!
//! The state of an operation is seen on the disk, so that both ways may be begun anew at any point:
//!
//! | laid ready | put aside | means |
//! |---|---|---|
//! | there | not there | not begun |
//! | there | there | half-way: nothing stands in the place, or somebody else's file |
//! | not there | there, or nothing was to be put aside | done |

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::names::{Role, is_ours};
use super::record::{Content, Operation, Record};
use super::{Checkpoint, Moment};
use crate::digest::Digest;
use crate::os::{self, LONG_PATIENCE, PATIENCE};
use crate::tree::RelPath;

/// One operation in a base.
pub(super) struct Turn<'a> {
    base_dir: &'a Path,
    operation: &'a Operation,
    number: usize,
    target: PathBuf,
    staged: PathBuf,
    aside: PathBuf,
}

/// All operations of a switch, in their order.
pub(super) fn turns<'a>(
    base_dir: &'a Path,
    record: &'a Record,
) -> impl DoubleEndedIterator<Item = Turn<'a>> + ExactSizeIterator {
    record.operations.iter().enumerate().map(move |(number, operation)| {
        let place = |role| record.run.place(base_dir, &operation.path, number, role);
        let (staged, aside) = (place(Role::Staged), place(Role::Aside));
        Turn { base_dir, operation, number, target: operation.path.below(base_dir), staged, aside }
    })
}

impl Turn<'_> {
    pub(super) fn path(&self) -> &RelPath {
        &self.operation.path
    }

    /// Where it is put.
    pub(super) fn target(&self) -> &Path {
        &self.target
    }

    pub(super) fn after(&self) -> Option<&Content> {
        self.operation.after.as_ref()
    }

    /// Where what is to be put in place is laid ready.
    pub(super) fn staged(&self) -> &Path {
        &self.staged
    }

    /// Puts aside what is there and puts in place what is to be. Nothing of anybody else's is replaced: whatever is
    /// not what was found when the switch was prepared stops it.
    pub(super) fn forward(&self, checkpoint: &dyn Fn(Checkpoint)) -> io::Result<()> {
        no_link_above(self.base_dir, self.path())?;
        if let Some(content) = &self.operation.before {
            expect_kind(&self.target, content)?;
            os::replace(&self.target, &self.aside, PATIENCE)?;
            checkpoint(self.at(Moment::Aside));
            // Under its new name nobody puts anything into it any more.
            if let Some(more) = first_unknown(&self.aside, content)? {
                return Err(io::Error::new(io::ErrorKind::DirectoryNotEmpty, format!("New in it: {more}")));
            }
        }
        if self.operation.after.is_some() {
            if is_there(&self.target)? {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            os::replace(&self.staged, &self.target, PATIENCE)?;
            checkpoint(self.at(Moment::InPlace));
        }
        Ok(())
    }

    /// Whether all of it was done.
    pub(super) fn is_done(&self) -> io::Result<bool> {
        no_link_above(self.base_dir, self.path())?;
        let is_aside = self.operation.before.is_none() || is_there(&self.aside)?;
        let is_in_place =
            self.operation.after.is_none() || (!is_there(&self.staged)? && is_there(&self.target)?);
        Ok(is_aside && is_in_place)
    }

    /// Whether the disk has kept what was done here before the record said that it was: renames may be lost where they
    /// are on another volume than the record. What others have done to the place since is no contradiction.
    pub(super) fn is_kept(&self, is_done: bool) -> io::Result<bool> {
        if no_link_above(self.base_dir, self.path()).is_err() {
            return Ok(true);
        }
        if is_done {
            return Ok(!is_there(&self.staged)?);
        }
        if !is_there(&self.aside)? {
            return Ok(true);
        }
        // It came out of the copy, and what was put aside has yet to be removed, or is half removed.
        Ok(is_there(&self.target)? && is_all_in(&self.aside, &self.target)?)
    }

    /// Whether something is laid ready or put aside.
    pub(super) fn has_left_something(&self) -> bool {
        [&self.staged, &self.aside].into_iter().any(|path| is_there(path).unwrap_or(false))
    }

    /// Makes the place what it was. What others have put into a new folder meanwhile stays in the base.
    pub(super) fn undo(&self, checkpoint: &dyn Fn(Checkpoint)) -> io::Result<()> {
        self.take_out(checkpoint)?;
        self.put_back(checkpoint)?;
        self.give_back()?;
        self.expect_undone()
    }

    /// Everything is where it was before. Somebody may have taken away what was put aside, or what was put in place,
    /// and then this place cannot be undone by renaming.
    fn expect_undone(&self) -> io::Result<()> {
        let is_out = self.operation.after.is_none() || is_there(&self.staged)?;
        if !is_out || is_there(&self.aside)? {
            return Err(io::Error::other("Not all of it is there that was put in place or aside"));
        }
        self.operation.before.as_ref().map_or(Ok(()), |content| expect_kind(&self.target, content))
    }

    /// What was put in place is laid ready again.
    fn take_out(&self, checkpoint: &dyn Fn(Checkpoint)) -> io::Result<()> {
        no_link_above(self.base_dir, self.path())?;
        let Some(content) = &self.operation.after else { return Ok(()) };
        // Where something was to be put aside first and was not, or is back, what stands there is not ours.
        let is_ours = !is_there(&self.staged)? && (self.operation.before.is_none() || is_there(&self.aside)?);
        if !is_ours || !is_there(&self.target)? {
            return Ok(());
        }
        expect_kind(&self.target, content)?;
        os::replace(&self.target, &self.staged, LONG_PATIENCE)?;
        checkpoint(self.at(Moment::Out));
        Ok(())
    }

    /// What was put aside comes back.
    fn put_back(&self, checkpoint: &dyn Fn(Checkpoint)) -> io::Result<()> {
        if self.operation.before.is_none() || !is_there(&self.aside)? {
            return Ok(());
        }
        match fs::symlink_metadata(&self.target) {
            // An empty folder in its place holds nothing of anybody's.
            Ok(facts) if facts.is_dir() => fs::remove_dir(&self.target)?,
            Ok(_) => self.make_room()?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        os::replace(&self.aside, &self.target, LONG_PATIENCE)?;
        checkpoint(self.at(Moment::Back));
        Ok(())
    }

    /// Moves what somebody has put in the place meanwhile beside it, but for what is the same as what comes back.
    fn make_room(&self) -> io::Result<()> {
        let digest = |path: &Path| Digest::of_reader(&mut fs::File::open(path)?);
        let is_file = fs::symlink_metadata(&self.aside)?.is_file();
        if is_file && digest(&self.target)? == digest(&self.aside)? {
            return Ok(());
        }
        let to = free_place(&self.target)?;
        os::replace(&self.target, &to, PATIENCE)?;
        tracing::warn!(path = %to.display(), "Kept what somebody has put in the place of a file");
        Ok(())
    }

    /// Moves what others have put into a folder of ours to the same place in the base.
    fn give_back(&self) -> io::Result<()> {
        let Some(content @ Content::Folder { .. }) = &self.operation.after else { return Ok(()) };
        while let Some(path) = first_unknown(&self.staged, content)? {
            let to = free_place(&path.below(&self.target))?;
            if let Some(dir) = to.parent() {
                fs::create_dir_all(dir)?;
            }
            os::replace(&path.below(&self.staged), &to, PATIENCE)?;
            tracing::warn!(path = %to.display(), "Kept what somebody has put into a new folder");
        }
        Ok(())
    }

    /// Removes what was put aside.
    pub(super) fn forget_aside(&self) -> io::Result<()> {
        self.forget(&self.aside)
    }

    /// Removes what was laid ready.
    pub(super) fn forget_staged(&self) -> io::Result<()> {
        self.forget(&self.staged)
    }

    fn forget(&self, path: &Path) -> io::Result<()> {
        // A base that is somewhere else for now keeps it until it is back.
        fs::symlink_metadata(self.base_dir)?;
        match no_link_above(self.base_dir, self.path()) {
            Ok(()) if is_there(path)? => remove(path),
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    fn at(&self, moment: Moment) -> Checkpoint {
        Checkpoint::Operation { number: self.number, moment }
    }
}

/// Removes what switches have left in a base that have no record any more. Best effort.
pub(crate) fn sweep(base_dir: &Path) {
    let is_ours = |entry: &DirEntry| entry.depth() > 0 && entry.file_name().to_str().is_some_and(is_ours);
    let mut entries = WalkDir::new(base_dir).into_iter();
    while let Some(entry) = entries.next() {
        let Ok(entry) = entry else { continue };
        if !is_ours(&entry) {
            continue;
        }
        if entry.file_type().is_dir() {
            entries.skip_current_dir();
        }
        if let Err(error) = remove(entry.path()) {
            tracing::warn!(path = %entry.path().display(), %error, "Something of a switch is left over");
        }
    }
}

/// A file, or a folder with everything in it. Links are not followed, also where somebody puts one in place of a folder
/// meanwhile: the library sees to that.
fn remove(path: &Path) -> io::Result<()> {
    let kind = fs::symlink_metadata(path)?.file_type();
    if kind.is_dir() {
        return os::patiently(PATIENCE, || os::remove_folder(path));
    }
    if kind.is_file() {
        os::clear_read_only(path)?;
    }
    os::patiently(PATIENCE, || match fs::remove_file(path) {
        // Windows removes a junction as a folder.
        Err(_) if kind.is_symlink() => fs::remove_dir(path),
        removed => removed,
    })
}

/// This place, or one beside it, where nothing is yet.
fn free_place(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for number in 1..100 {
        let place =
            if number == 1 { path.to_path_buf() } else { path.with_file_name(format!("{name} ({number})")) };
        if !is_there(&place)? {
            return Ok(place);
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// A folder that has become a link leads to somebody else's files. The base's folder itself has to be there.
pub(super) fn no_link_above(base_dir: &Path, path: &RelPath) -> io::Result<()> {
    let mut above = path.parent();
    while let Some(folder) = above {
        if !fs::symlink_metadata(folder.below(base_dir))?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        above = folder.parent();
    }
    if fs::symlink_metadata(base_dir)?.is_dir() { Ok(()) } else { Err(io::ErrorKind::NotADirectory.into()) }
}

fn is_there(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether one is the same file as the other, or a folder of which everything is in the other.
fn is_all_in(one: &Path, other: &Path) -> io::Result<bool> {
    let digest = |path: &Path| Digest::of_reader(&mut fs::File::open(path)?);
    for entry in WalkDir::new(one).follow_root_links(false) {
        let entry = entry?;
        let inner = entry.path().strip_prefix(one).map_err(io::Error::other)?;
        let place = if entry.depth() == 0 { other.to_path_buf() } else { other.join(inner) };
        let kind = match fs::symlink_metadata(&place) {
            Ok(facts) => facts.file_type(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error),
        };
        let is_same =
            kind == entry.file_type() && (!kind.is_file() || digest(entry.path())? == digest(&place)?);
        if !is_same {
            return Ok(false);
        }
    }
    Ok(true)
}

fn expect_kind(path: &Path, content: &Content) -> io::Result<()> {
    let kind = fs::symlink_metadata(path)?.file_type();
    match content {
        Content::File if kind.is_file() => Ok(()),
        Content::File if kind.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Content::Folder { .. } if kind.is_dir() => Ok(()),
        Content::File => Err(io::Error::other("Not a file")),
        Content::Folder { .. } => Err(io::ErrorKind::NotADirectory.into()),
    }
}

/// Something in a folder that does not belong to its content. `None` for a file, and for what is not there.
fn first_unknown(dir: &Path, content: &Content) -> io::Result<Option<RelPath>> {
    let Content::Folder { folders, files } = content else { return Ok(None) };
    if !is_there(dir)? {
        return Ok(None);
    }
    let known: HashSet<&RelPath> = folders.iter().chain(files).collect();
    for entry in WalkDir::new(dir).min_depth(1).follow_root_links(false) {
        let entry = entry?;
        let unnamed = || io::Error::new(io::ErrorKind::InvalidData, "Name cannot be kept");
        let inner = entry.path().strip_prefix(dir).map_err(|_| unnamed())?;
        let names: Option<Vec<&str>> = inner.iter().map(|name| name.to_str()).collect();
        let path = RelPath::of(names.ok_or_else(unnamed)?.into_iter()).map_err(|_| unnamed())?;
        if !known.contains(&path) {
            return Ok(Some(path));
        }
    }
    Ok(None)
}
