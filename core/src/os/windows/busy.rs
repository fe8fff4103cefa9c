//! Whether Windows Installer is at work.
//!
//! It holds a mutex for as long as it runs the sequences that change a PC (Microsoft, "`_MSIExecute` Mutex"); its service
//! stays for some minutes longer, and so may the mutex, held by nobody.
#![expect(unsafe_code, reason = "a mutex is a handle of the system")]

use windows_sys::Win32::Foundation::{
    CloseHandle, ERROR_FILE_NOT_FOUND, GetLastError, WAIT_ABANDONED, WAIT_OBJECT_0, WAIT_TIMEOUT,
};
use windows_sys::Win32::System::Threading::{
    OpenMutexW, ReleaseMutex, SYNCHRONIZATION_SYNCHRONIZE, WaitForSingleObject,
};

use super::wide;

const NAME: &str = r"Global\_MSIExecute";

/// `None`: the mutex is there, and this person may not ask whether somebody holds it.
pub(super) fn is_installer_running() -> Option<bool> {
    let name = wide::text(NAME).ok()?;
    // SAFETY: the name ends with a zero.
    let mutex = unsafe { OpenMutexW(SYNCHRONIZATION_SYNCHRONIZE, 0, name.as_ptr()) };
    if mutex.is_null() {
        // SAFETY: asked right after the call that failed.
        let error = unsafe { GetLastError() };
        return (error == ERROR_FILE_NOT_FOUND).then_some(false);
    }
    // SAFETY: the handle was opened above for just this.
    let held = unsafe { WaitForSingleObject(mutex, 0) };
    if held == WAIT_OBJECT_0 || held == WAIT_ABANDONED {
        // SAFETY: this thread has it since the call above, and gives it back at once.
        unsafe { ReleaseMutex(mutex) };
    }
    // SAFETY: the handle was opened above and is closed once.
    unsafe { CloseHandle(mutex) };
    match held {
        WAIT_TIMEOUT => Some(true),
        WAIT_OBJECT_0 | WAIT_ABANDONED => Some(false),
        _ => None,
    }
}
