//! Where a volume is mounted.
#![expect(unsafe_code, reason = "the name is written to an address")]

use std::path::Path;

use windows_sys::Win32::Storage::FileSystem::GetVolumePathNameW;

use super::wide;

/// A mount point is a drive or a folder; as long as a path may be at all.
const LONGEST: usize = 32_768;

/// `C:\`, or the folder that the volume of a folder is mounted at.
pub(in super::super) fn mount_point(dir: &Path) -> Option<String> {
    let dir = wide::path(dir).ok()?;
    let mut name = vec![0_u16; LONGEST];
    let length = u32::try_from(name.len()).ok()?;
    // SAFETY: the path ends with a zero, and the name has the room that is stated.
    let done = unsafe { GetVolumePathNameW(dir.as_ptr(), name.as_mut_ptr(), length) };
    (done != 0).then(|| wide::string(&name).to_uppercase())
}
