//! Folders and copies of files that only administrators can change.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::windows::fs::OpenOptionsExt as _;
use std::path::Path;

use tempfile::TempDir;
use windows_sys::Win32::Storage::FileSystem::FILE_SHARE_READ;

use super::folders::Folders;
use super::{elevation, rights};
use crate::os::Protected;
use crate::paths::MACHINE_WIDE;

/// The vendor's folder. Everything below it that is missing on the way is made for administrators; itself it
/// is made as its surroundings have it, as the vendor's own installer would.
const VENDOR: &str = r"C:\ProgramData\Cleverence";
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
    let dir = private_dir(folders)?;
    let path = dir.path().join(name);
    // From here on the folder goes with the answer, also if something fails.
    let mut protected = Protected { path, held: None, dir: Some(dir.keep()) };
    let mut copy = OpenOptions::new().write(true).create_new(true).share_mode(0).open(&protected.path)?;
    io::copy(&mut File::open(file)?, &mut copy)?;
    copy.sync_all()?;
    drop(copy);
    let held = OpenOptions::new().read(true).share_mode(FILE_SHARE_READ).open(&protected.path)?;
    protected.held = Some(held);
    Ok(protected)
}

/// A fresh folder that nobody but administrators and the system can look into.
pub(super) fn private_dir(folders: &Folders) -> io::Result<TempDir> {
    let machine_dir = folders.locate(MACHINE_WIDE).map_err(io::Error::other)?;
    let staging_dir = machine_dir.join(STAGING);
    make_administrators_dir(folders, &machine_dir)?;
    make_administrators_dir(folders, &staging_dir)?;
    let dir = tempfile::Builder::new().prefix("").rand_bytes(16).tempdir_in(&staging_dir)?;
    rights::make_dir(dir.path(), rights::PRIVATE)?;
    Ok(dir)
}

fn check_elevated() -> io::Result<()> {
    if elevation::is_elevated() { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}
