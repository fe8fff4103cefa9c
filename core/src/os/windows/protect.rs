//! Folders and copies of files that only administrators can change.
//!
//! A person without their rights may have made the vendor's folder before the vendor did, and may put a link in
//! its place whenever nothing in it is open. So a private folder is held open, and the way to it is looked at
//! while it is held: it may not lead over a link. The system renames no folder in which something is open.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::windows::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use windows_sys::Win32::Storage::FileSystem::{
    FILE_FLAG_BACKUP_SEMANTICS, FILE_LIST_DIRECTORY, FILE_READ_ATTRIBUTES, FILE_SHARE_READ, FILE_SHARE_WRITE,
};

use super::folders::Folders;
use super::{elevation, rights};
use crate::os::Protected;
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
    rights::make_dir(&dir, rights::READABLE)
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
    let held = OpenOptions::new().read(true).share_mode(FILE_SHARE_READ).open(&path)?;
    // From here on the file holds the way to itself, and the folder goes with the answer.
    Ok(Protected { path, held: Some(held), dir: Some(private.keep()) })
}

/// A fresh folder that nobody but administrators and the system can look into; it goes with this.
#[derive(Debug)]
pub(super) struct PrivateDir {
    /// Let go before the folder is removed.
    held: File,
    dir: TempDir,
}

impl PrivateDir {
    /// Only for a process with an administrator's rights.
    pub(super) fn make(folders: &Folders) -> io::Result<Self> {
        let machine_dir = folders.locate(MACHINE_WIDE).map_err(io::Error::other)?;
        let staging_dir = machine_dir.join(STAGING);
        make_administrators_dir(folders, &machine_dir)?;
        make_administrators_dir(folders, &staging_dir)?;
        let dir = tempfile::Builder::new().prefix("").rand_bytes(16).tempdir_in(&staging_dir)?;
        rights::make_dir(dir.path(), rights::PRIVATE)?;
        let held = OpenOptions::new()
            .access_mode(FILE_READ_ATTRIBUTES | FILE_LIST_DIRECTORY)
            .share_mode(FILE_SHARE_READ | FILE_SHARE_WRITE)
            .custom_flags(FILE_FLAG_BACKUP_SEMANTICS)
            .open(dir.path())?;
        let data_dir = folders.locate(DATA).map_err(io::Error::other)?;
        if !is_direct(&data_dir, dir.path())? {
            let detail = "The way to a folder for administrators leads over a link";
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, detail));
        }
        Ok(Self { held, dir })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Leaves it to somebody else to hold and to remove it.
    fn keep(self) -> PathBuf {
        drop(self.held);
        self.dir.keep()
    }
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
