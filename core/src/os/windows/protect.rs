//! Folders and copies of files that only administrators can change.
//!
//! A person without their rights may have made the vendor's folder before the vendor did, and may put a link in
//! its place whenever nothing in it is open. So a private folder is held open, and the way to it is looked at
//! while it is held: it may not lead over a link. The system renames no folder in which something is open.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::windows::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use windows_sys::Win32::Storage::FileSystem::{
    FILE_FLAG_BACKUP_SEMANTICS, FILE_LIST_DIRECTORY, FILE_READ_ATTRIBUTES, FILE_SHARE_READ, FILE_SHARE_WRITE,
};

use super::folders::Folders;
use super::{elevation, rights};
use crate::os::{Protected, open_unchanging};
use crate::paths::MACHINE_WIDE;

/// The vendor's folder. Everything below it that is missing on the way is made for administrators; itself it
/// is made as its surroundings have it, as the vendor's own installer would.
const VENDOR: &str = r"C:\ProgramData\Cleverence";
const DATA: &str = r"C:\ProgramData";
const STAGING: &str = "staging";

/// Makes a folder that only administrators can write to and everybody can read.
///
/// What lies in a folder that was there keeps its owner, and handles to the folder that somebody has open
/// keep their rights; so files in it are looked at one by one when they are read.
pub(super) fn make_administrators_dir(folders: &Folders, dir: &Path) -> io::Result<()> {
    check_elevated()?;
    let dir = std::path::absolute(dir)?;
    let vendor_dir = folders.locate(VENDOR).map_err(io::Error::other)?;
    let mut missing: Vec<&Path> = dir.ancestors().skip(1).take_while(|dir| !dir.exists()).collect();
    while let Some(dir) = missing.pop() {
        if dir.starts_with(&vendor_dir) && dir != vendor_dir {
            rights::make_dir(dir, rights::READABLE)?;
        } else {
            fs::create_dir(dir)?;
        }
    }
    let data_dir = folders.locate(DATA).map_err(io::Error::other)?;
    let is_below = dir.parent().is_some_and(|parent| parent.starts_with(&data_dir));
    // Rights of a folder somewhere else are not to be changed by way of a link.
    if is_below && !dir.parent().map_or(Ok(false), |parent| is_direct(&data_dir, parent))? {
        return Err(led_astray());
    }
    rights::make_dir(&dir, rights::READABLE)
}

fn led_astray() -> io::Error {
    let detail = "The way to a folder for administrators leads over a link";
    io::Error::new(io::ErrorKind::PermissionDenied, detail)
}

/// Copies a file to where only administrators reach it, and holds the copy so that nobody writes or deletes
/// it. Whoever asks for this examines the copy afterwards: until it is made, the file itself may change.
pub(super) fn protect(folders: &Folders, file: &Path) -> io::Result<Protected> {
    let name = file.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let private = PrivateDir::make(folders)?;
    let path = private.path().join(name);
    let mut copy = OpenOptions::new().write(true).create_new(true).share_mode(0).open(&path)?;
    io::copy(&mut File::open(file)?, &mut copy)?;
    copy.sync_all()?;
    drop(copy);
    let held = open_unchanging(&path)?;
    // From here on the file holds the way to itself, and the folder goes with the answer.
    Ok(Protected { path, held: Some(held), dir: Some(private.keep()) })
}

/// A fresh folder that nobody but administrators and the system can look into; it goes with this.
#[derive(Debug)]
pub(super) struct PrivateDir {
    /// Let go before the folder is removed.
    held: Option<File>,
    /// `None`: somebody else removes it.
    dir: Option<PathBuf>,
}

impl PrivateDir {
    /// Only for a process with an administrator's rights.
    pub(super) fn make(folders: &Folders) -> io::Result<Self> {
        let machine_dir = folders.locate(MACHINE_WIDE).map_err(io::Error::other)?;
        let staging_dir = machine_dir.join(STAGING);
        make_administrators_dir(folders, &machine_dir)?;
        make_administrators_dir(folders, &staging_dir)?;
        // With its rights from the first moment on: nobody gets a hand on it in between.
        let dir = fresh_dir(&staging_dir)?;
        let held = OpenOptions::new()
            .access_mode(FILE_READ_ATTRIBUTES | FILE_LIST_DIRECTORY)
            .share_mode(FILE_SHARE_READ | FILE_SHARE_WRITE)
            .custom_flags(FILE_FLAG_BACKUP_SEMANTICS)
            .open(&dir)?;
        let data_dir = folders.locate(DATA).map_err(io::Error::other)?;
        if !is_direct(&data_dir, &dir)? {
            return Err(led_astray());
        }
        Ok(Self { held: Some(held), dir: Some(dir) })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        self.dir.as_deref().unwrap_or(Path::new(""))
    }

    /// Leaves it to somebody else to hold and to remove it.
    fn keep(mut self) -> PathBuf {
        self.held = None;
        self.dir.take().unwrap_or_default()
    }
}

impl Drop for PrivateDir {
    fn drop(&mut self) {
        self.held = None;
        if let Some(dir) = &self.dir {
            // What stays can be reached by administrators only.
            let _ = fs::remove_dir_all(dir);
        }
    }
}

/// A folder that was not there before.
fn fresh_dir(above: &Path) -> io::Result<PathBuf> {
    let process = std::process::id();
    for number in 0..u32::MAX {
        let dir = above.join(format!("{process}-{number}"));
        match rights::make_new_dir(&dir, rights::PRIVATE) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made.map(|()| dir),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Whether there is no link on the way from one folder down to another.
fn is_direct(above: &Path, below: &Path) -> io::Result<bool> {
    let Ok(names) = below.strip_prefix(above) else { return Ok(false) };
    let expected = fs::canonicalize(above)?.join(names);
    let found = fs::canonicalize(below)?;
    // The letters of the question may differ in case from those on the disk.
    Ok(expected.to_string_lossy().to_lowercase() == found.to_string_lossy().to_lowercase())
}

fn check_elevated() -> io::Result<()> {
    if elevation::is_elevated() { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}
