//! Memory that the system lends and takes back by `LocalFree`.
#![expect(unsafe_code, reason = "what the system lends is given back by its address")]

use std::ffi::{OsString, c_void};
use std::io;

use windows_sys::Win32::Foundation::LocalFree;
use windows_sys::Win32::Security::Authorization::{ConvertSidToStringSidW, ConvertStringSidToSidW};
use windows_sys::Win32::Security::PSID;

use super::wide;

/// Given back when it goes.
#[derive(Debug)]
pub(super) struct Local(*mut c_void);

impl Local {
    /// Takes over what a function has allocated.
    ///
    /// # Safety
    ///
    /// `address` is null, or was allocated by a function whose result `LocalFree` takes, and nobody else gives
    /// it back.
    pub(super) unsafe fn of(address: *mut c_void) -> Self {
        Self(address)
    }

    /// Where it lies.
    pub(super) fn address(&self) -> *mut c_void {
        self.0
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        // SAFETY: by the promise of `of`; null is taken too.
        unsafe { LocalFree(self.0) };
    }
}

/// The number of an account in its text form.
///
/// # Safety
///
/// `sid` points to a valid SID.
pub(super) unsafe fn sid_text(sid: PSID) -> io::Result<OsString> {
    let mut text = std::ptr::null_mut();
    // SAFETY: the caller vouches for the SID, and `text` is there to be written.
    if unsafe { ConvertSidToStringSidW(sid, &raw mut text) } == 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: on success the function has allocated it for us.
    let owned = unsafe { Local::of(text.cast()) };
    // SAFETY: on success it is text with a zero at its end, and it is ours.
    Ok(unsafe { wide::at(owned.address().cast()) })
}

/// The number of an account out of its text form; lies where the answer says.
pub(super) fn sid(text: &str) -> io::Result<Local> {
    let text = wide::text(text)?;
    let mut sid = std::ptr::null_mut();
    // SAFETY: `text` ends with a zero, and `sid` is there to be written.
    if unsafe { ConvertStringSidToSidW(text.as_ptr(), &raw mut sid) } == 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: on success the function has allocated it for us.
    Ok(unsafe { Local::of(sid) })
}
