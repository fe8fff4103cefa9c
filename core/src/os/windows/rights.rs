//! Owner and rights of files and folders: reading them, and making folders that only administrators change.
//!
//! A file is the administrators' alone if nobody else may change it *and* nobody else may replace it by what
//! he may do in its folder. Folders further up are not looked at: whoever moves a whole folder away can only
//! put something of his own there, and that is found out by its owner. Where there is no file, the nearest
//! folder that is there decides: who may write there could make one.
#![expect(unsafe_code, reason = "owner and rights are structures that the system lends")]

use std::fs::{File, OpenOptions};
use std::io;
use std::os::windows::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::os::windows::io::AsRawHandle as _;
use std::path::Path;

use windows_sys::Win32::Foundation::WIN32_ERROR;
use windows_sys::Win32::Security::Authorization::{
    ConvertStringSecurityDescriptorToSecurityDescriptorW, GetSecurityInfo, SDDL_REVISION_1, SE_FILE_OBJECT,
    SetSecurityInfo,
};
use windows_sys::Win32::Security::{
    ACCESS_ALLOWED_ACE, ACE_HEADER, ACL, DACL_SECURITY_INFORMATION, GetAce, GetSecurityDescriptorDacl,
    GetSecurityDescriptorOwner, INHERIT_ONLY_ACE, OWNER_SECURITY_INFORMATION,
    PROTECTED_DACL_SECURITY_INFORMATION, PSID, SECURITY_ATTRIBUTES,
};
use windows_sys::Win32::Storage::FileSystem::{
    CreateDirectoryW, FILE_ATTRIBUTE_DIRECTORY, FILE_ATTRIBUTE_REPARSE_POINT, FILE_FLAG_BACKUP_SEMANTICS,
    FILE_FLAG_OPEN_REPARSE_POINT, FILE_READ_ATTRIBUTES, READ_CONTROL, WRITE_DAC, WRITE_OWNER,
};
use windows_sys::Win32::System::SystemServices::{
    ACCESS_ALLOWED_ACE_TYPE, ACCESS_ALLOWED_CALLBACK_ACE_TYPE, ACCESS_DENIED_ACE_TYPE,
    ACCESS_DENIED_CALLBACK_ACE_TYPE,
};

use super::memory::{self, Local};
use super::wide;
use crate::os::access::{self, Entry, EntryKind, Rights};

/// Administrators and the system do everything, users read; nothing comes from the folder above.
pub(super) const READABLE: &str = "O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)";
/// Administrators and the system do everything, nobody else does anything.
pub(super) const PRIVATE: &str = "O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";

/// For a file: administrators and the system do everything, users read.
pub(super) const READABLE_FILE: &str = "O:BAG:BAD:PAI(A;;FA;;;SY)(A;;FA;;;BA)(A;;0x1200a9;;;BU)";

/// For a file: administrators and the system do everything, users read and write what is in it.
pub(super) const WRITABLE: &str = "O:BAG:BAD:PAI(A;;FA;;;SY)(A;;FA;;;BA)(A;;0x12019f;;;BU)";

/// Whether only administrators may write this file, or make one there; `None`: the system keeps no rights.
/// What cannot be looked at is taken for somebody else's: who hides the rights of a file has made it.
pub(super) fn only_administrators_may_write(path: &Path) -> Option<bool> {
    looked_at(path).unwrap_or(Some(false))
}

/// Whether only administrators may change what is there, whatever they may do in the folder it lies in.
pub(super) fn only_administrators_may_change(path: &Path) -> Option<bool> {
    read(path).map_or(Some(false), |rights| rights.only_administrators(access::CHANGE))
}

fn looked_at(path: &Path) -> io::Result<Option<bool>> {
    let path = std::path::absolute(path)?;
    match read(&path) {
        Ok(rights) => {
            let folder = path.parent().map(read).transpose()?;
            let folder = folder.map_or(Some(true), |folder| folder.only_administrators(access::REPLACE));
            let file = rights.only_administrators(access::CHANGE);
            Ok(file.zip(folder).map(|(file, folder)| file && folder))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let nearest = path.ancestors().skip(1).find(|dir| dir.exists()).ok_or(error)?;
            Ok(read(nearest)?.only_administrators(access::CHANGE))
        }
        Err(error) => Err(error),
    }
}

/// Makes a folder with these rights; one that is there gets them, unless it is a link.
pub(super) fn make_dir(dir: &Path, rights: &str) -> io::Result<()> {
    match make_new_dir(dir, rights) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => made?,
    }
    Descriptor::of(rights)?.give(dir, FILE_ATTRIBUTE_DIRECTORY)
}

/// Gives these rights to a file, unless it is a link.
pub(super) fn give_file(file: &Path, rights: &str) -> io::Result<()> {
    Descriptor::of(rights)?.give(file, 0)
}

/// Makes a folder that has these rights from the first moment on; one that is there is an error.
pub(super) fn make_new_dir(dir: &Path, rights: &str) -> io::Result<()> {
    let descriptor = Descriptor::of(rights)?;
    let attributes = SECURITY_ATTRIBUTES {
        nLength: size_of::<SECURITY_ATTRIBUTES>() as u32,
        lpSecurityDescriptor: descriptor.0.address(),
        bInheritHandle: 0,
    };
    let wide_dir = wide::path(dir)?;
    // SAFETY: the path ends with a zero, and the descriptor lives until the end of this function.
    if unsafe { CreateDirectoryW(wide_dir.as_ptr(), &raw const attributes) } == 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

/// A security descriptor of our own.
struct Descriptor(Local);

impl Descriptor {
    fn of(rights: &str) -> io::Result<Self> {
        let rights = wide::text(rights)?;
        let mut descriptor = std::ptr::null_mut();
        // SAFETY: the text ends with a zero, `descriptor` is there to be written, and nobody wants the size.
        let done = unsafe {
            ConvertStringSecurityDescriptorToSecurityDescriptorW(
                rights.as_ptr(),
                SDDL_REVISION_1,
                &raw mut descriptor,
                std::ptr::null_mut(),
            )
        };
        if done == 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: on success the function has allocated it for us.
        Ok(Self(unsafe { Local::of(descriptor) }))
    }

    /// Gives a folder (`FILE_ATTRIBUTE_DIRECTORY`) or a file (0) this owner and these rights. It is held meanwhile,
    /// so that nobody puts a link in its place between looking and giving.
    fn give(&self, path: &Path, kind: u32) -> io::Result<()> {
        let held = OpenOptions::new()
            .access_mode(WRITE_DAC | WRITE_OWNER | READ_CONTROL | FILE_READ_ATTRIBUTES)
            .custom_flags(FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT)
            .open(path)?;
        let attributes = held.metadata()?.file_attributes();
        if attributes & (FILE_ATTRIBUTE_REPARSE_POINT | FILE_ATTRIBUTE_DIRECTORY) != kind {
            return Err(io::Error::new(
                io::ErrorKind::NotADirectory,
                "A link, or a file in place of a folder",
            ));
        }
        let (mut owner, mut list) = (std::ptr::null_mut(), std::ptr::null_mut());
        let (mut has_list, mut defaulted) = (0, 0);
        // SAFETY: the descriptor is valid, all others are there to be written.
        let has_owner =
            unsafe { GetSecurityDescriptorOwner(self.0.address(), &raw mut owner, &raw mut defaulted) };
        // SAFETY: the same.
        let done = unsafe {
            GetSecurityDescriptorDacl(self.0.address(), &raw mut has_list, &raw mut list, &raw mut defaulted)
        };
        // A null list would give everybody every right.
        if has_owner == 0 || done == 0 || has_list == 0 || owner.is_null() || list.is_null() {
            return Err(io::Error::from(io::ErrorKind::InvalidData));
        }
        let parts =
            OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION;
        // SAFETY: the handle is open with the rights this needs; owner and list lie in the descriptor.
        let result = unsafe {
            SetSecurityInfo(
                held.as_raw_handle(),
                SE_FILE_OBJECT,
                parts,
                owner,
                std::ptr::null_mut(),
                list,
                std::ptr::null(),
            )
        };
        checked(result)
    }
}

fn checked(result: WIN32_ERROR) -> io::Result<()> {
    if result == 0 { Ok(()) } else { Err(io::Error::from_raw_os_error(result.cast_signed())) }
}

/// Owner and rights of a file or a folder, links followed.
fn read(path: &Path) -> io::Result<Rights> {
    let file =
        OpenOptions::new().access_mode(READ_CONTROL).custom_flags(FILE_FLAG_BACKUP_SEMANTICS).open(path)?;
    rights_of(&file)
}

fn rights_of(file: &File) -> io::Result<Rights> {
    let (mut owner, mut list) = (std::ptr::null_mut(), std::ptr::null_mut());
    let mut descriptor = std::ptr::null_mut();
    // SAFETY: the handle is open with the right this needs, and what is asked for is there to be written.
    let result = unsafe {
        GetSecurityInfo(
            file.as_raw_handle(),
            SE_FILE_OBJECT,
            OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
            &raw mut owner,
            std::ptr::null_mut(),
            &raw mut list,
            std::ptr::null_mut(),
            &raw mut descriptor,
        )
    };
    checked(result)?;
    // SAFETY: on success the function has allocated it for us; owner and list lie in it.
    let _descriptor = unsafe { Local::of(descriptor) };
    if owner.is_null() {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "A file without an owner"));
    }
    // SAFETY: the owner is a SID in the descriptor, which lives until the end of this function.
    let owner = unsafe { memory::sid_text(owner) }?.to_string_lossy().into_owned();
    // SAFETY: the list lies in the descriptor.
    let entries = if list.is_null() { None } else { Some(unsafe { entries(list) }?) };
    Ok(Rights { owner, entries })
}

/// # Safety
///
/// `list` points to a valid list of rights.
unsafe fn entries(list: *const ACL) -> io::Result<Vec<Entry>> {
    // SAFETY: the caller vouches for the list.
    let count = unsafe { (*list).AceCount };
    let mut entries = Vec::new();
    for number in 0..u32::from(count) {
        let mut entry = std::ptr::null_mut();
        // SAFETY: the caller vouches for the list, and `entry` is there to be written.
        if unsafe { GetAce(list, number, &raw mut entry) } == 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: every entry begins with such a head, and the system keeps them aligned for it.
        let head = unsafe { *entry.cast::<ACE_HEADER>() };
        let kind = match u32::from(head.AceType) {
            ACCESS_ALLOWED_ACE_TYPE | ACCESS_ALLOWED_CALLBACK_ACE_TYPE => EntryKind::Allow,
            ACCESS_DENIED_ACE_TYPE => EntryKind::Deny,
            // Refuses under a condition: it may refuse nothing.
            ACCESS_DENIED_CALLBACK_ACE_TYPE => continue,
            _ => return Err(io::Error::new(io::ErrorKind::Unsupported, "An unknown kind of right")),
        };
        let entry: *const ACCESS_ALLOWED_ACE = entry.cast();
        // SAFETY: entries of these kinds have this shape, the SID at its end.
        let (mask, sid) = unsafe { ((*entry).Mask, (&raw const (*entry).SidStart).cast_mut()) };
        let sid: PSID = sid.cast();
        // SAFETY: the SID is a part of the entry.
        let sid = unsafe { memory::sid_text(sid) }?.to_string_lossy().into_owned();
        let inherit_only = u32::from(head.AceFlags) & INHERIT_ONLY_ACE != 0;
        entries.push(Entry { sid, mask, kind, inherit_only });
    }
    Ok(entries)
}
