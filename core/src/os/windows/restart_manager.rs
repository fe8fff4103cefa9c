//! Which programs hold files open, as the Restart Manager tells it.
//!
//! It sees processes of this PC, not those that reach the files over the network. It is asked and nothing
//! else: no program is closed here.
#![expect(unsafe_code, reason = "the Restart Manager fills lists that are given by address")]

use std::path::PathBuf;

use windows_sys::Win32::Foundation::{ERROR_MORE_DATA, ERROR_SUCCESS};
use windows_sys::Win32::System::RestartManager::{
    CCH_RM_SESSION_KEY, RM_PROCESS_INFO, RmEndSession, RmGetList, RmRegisterResources, RmStartSession,
};

use super::wide;

/// The list may grow while it is asked for.
const ATTEMPTS: usize = 5;

/// The names of the programs, each once; this one is left out. `None`: it could not be told.
pub(super) fn holders(files: &[PathBuf]) -> Option<Vec<String>> {
    let files: Vec<Vec<u16>> = files.iter().map(|file| wide::path(file).ok()).collect::<Option<_>>()?;
    let addresses: Vec<*const u16> = files.iter().map(Vec::as_ptr).collect();
    let session = Session::begin()?;
    // SAFETY: the session is open, and each text ends with a zero and lives until the end of this function.
    let result = unsafe {
        RmRegisterResources(
            session.0,
            u32::try_from(addresses.len()).ok()?,
            addresses.as_ptr(),
            0,
            std::ptr::null(),
            0,
            std::ptr::null(),
        )
    };
    if result != ERROR_SUCCESS {
        return None;
    }
    let mut names = Vec::new();
    for process in session.list()? {
        let name = wide::string(&process.strAppName);
        if process.Process.dwProcessId != std::process::id() && !names.contains(&name) {
            names.push(name);
        }
    }
    Some(names)
}

struct Session(u32);

impl Session {
    fn begin() -> Option<Self> {
        let mut session = 0;
        let mut key = [0; CCH_RM_SESSION_KEY as usize + 1];
        // SAFETY: both are there to be written, and the key has the room that the function wants.
        let result = unsafe { RmStartSession(&raw mut session, 0, key.as_mut_ptr()) };
        (result == ERROR_SUCCESS).then_some(Self(session))
    }

    fn list(&self) -> Option<Vec<RM_PROCESS_INFO>> {
        let mut processes: Vec<RM_PROCESS_INFO> = Vec::new();
        for _ in 0..ATTEMPTS {
            let (mut needed, mut reasons) = (0, 0);
            let mut count = u32::try_from(processes.len()).ok()?;
            // SAFETY: the session is open, the list has room for `count`, and the rest is there to be written.
            let result = unsafe {
                RmGetList(self.0, &raw mut needed, &raw mut count, processes.as_mut_ptr(), &raw mut reasons)
            };
            match result {
                ERROR_SUCCESS => {
                    processes.truncate(usize::try_from(count).ok()?);
                    return Some(processes);
                }
                ERROR_MORE_DATA => {
                    processes.resize_with(usize::try_from(needed).ok()?, RM_PROCESS_INFO::default);
                }
                _ => return None,
            }
        }
        None
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // SAFETY: the session was begun here and is ended once.
        unsafe { RmEndSession(self.0) };
    }
}
