//! Where paths lie on this PC: its drives, and folders that a PC may keep elsewhere than usual.
//!
//! The core names `C:\ProgramData` and its like as most PCs have them; where this PC keeps one elsewhere, the
//! path is read as leading there. Deliberately not asked: whether a drive can be read just now, which on a
//! network drive that is gone takes long.
#![expect(unsafe_code, reason = "the system is asked for its folders")]

use std::io;
use std::path::PathBuf;

use windows_sys::Win32::Storage::FileSystem::GetLogicalDrives;
use windows_sys::Win32::System::Com::CoTaskMemFree;
use windows_sys::Win32::System::SystemInformation::GetSystemDirectoryW;
use windows_sys::Win32::UI::Shell::{
    FOLDERID_ProgramData, FOLDERID_ProgramFiles, FOLDERID_ProgramFilesX86, FOLDERID_Windows,
    KF_FLAG_DONT_VERIFY, SHGetKnownFolderPath,
};
use windows_sys::core::GUID;

use super::wide;
use crate::os::{LocateFault, windows_path};

/// The folders of this PC that may lie elsewhere than usual.
#[derive(Clone, Debug)]
pub(super) struct Folders {
    /// Name of the folder on drive C as the core writes it, and where it lies here.
    known: Vec<(&'static str, PathBuf)>,
}

impl Folders {
    /// Asks the system.
    pub(super) fn of_this_pc() -> Self {
        let usual = [
            ("ProgramData", FOLDERID_ProgramData),
            ("Program Files (x86)", FOLDERID_ProgramFilesX86),
            ("Program Files", FOLDERID_ProgramFiles),
            ("Windows", FOLDERID_Windows),
        ];
        let known = usual.into_iter().filter_map(|(name, id)| Some((name, known_folder(&id)?)));
        Self { known: known.collect() }
    }

    /// Where a path as Windows writes it lies.
    pub(super) fn locate(&self, path: &str) -> Result<PathBuf, LocateFault> {
        let (drive, names) = windows_path::components(path)?;
        if let Some(path) = windows_path::below_known(drive, &names, &self.known) {
            return Ok(path);
        }
        if !has_drive(drive) {
            return Err(LocateFault::NoDrive(drive));
        }
        let mut path = PathBuf::from(format!(r"{drive}:\"));
        path.extend(names);
        Ok(path)
    }
}

/// `C:\Windows\System32`, or wherever it is.
pub(super) fn system_dir() -> io::Result<PathBuf> {
    let mut buffer = vec![0; 260];
    loop {
        let length = u32::try_from(buffer.len()).map_err(io::Error::other)?;
        // SAFETY: the buffer is as long as is said.
        let needed = unsafe { GetSystemDirectoryW(buffer.as_mut_ptr(), length) };
        match usize::try_from(needed).map_err(io::Error::other)? {
            0 => return Err(io::Error::last_os_error()),
            needed if needed < buffer.len() => return Ok(wide::os_string(&buffer).into()),
            needed => buffer.resize(needed + 1, 0),
        }
    }
}

fn has_drive(letter: char) -> bool {
    // SAFETY: takes nothing.
    let drives = unsafe { GetLogicalDrives() };
    let number = u32::from(letter).checked_sub(u32::from('A')).filter(|number| *number < 26);
    number.is_some_and(|number| drives & (1 << number) != 0)
}

fn known_folder(id: &GUID) -> Option<PathBuf> {
    let mut text = std::ptr::null_mut();
    let flags = KF_FLAG_DONT_VERIFY.cast_unsigned();
    // SAFETY: both point to what they should; no token means this account.
    let result = unsafe { SHGetKnownFolderPath(id, flags, std::ptr::null_mut(), &raw mut text) };
    // SAFETY: on success it is text with a zero at its end.
    let path = (result >= 0 && !text.is_null()).then(|| PathBuf::from(unsafe { wide::at(text) }));
    // SAFETY: it is ours to give back, whatever the result; null is taken too.
    unsafe { CoTaskMemFree(text.cast()) };
    path.filter(|path| path.is_absolute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_folders_are_where_the_system_says_and_drives_are_looked_for() {
        let folders = Folders::of_this_pc();
        let data = PathBuf::from(std::env::var_os("ProgramData").unwrap());
        assert_eq!(folders.locate(r"c:\programdata\Cleverence\Базы").unwrap(), data.join(r"Cleverence\Базы"));
        assert_eq!(folders.locate(r"B:\x"), Err(LocateFault::NoDrive('B')));
        assert_eq!(folders.locate(r"\\server\share"), Err(LocateFault::NotAbsolute));
        assert!(system_dir().unwrap().join("kernel32.dll").exists());
    }
}
