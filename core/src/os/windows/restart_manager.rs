//! Which programs hold files open, as the Restart Manager tells it.
//!
//! It sees processes of this PC, not those that reach the files over the network. It is asked and nothing
//! else: no program is closed here. Whose session a program runs in is asked of Remote Desktop Services, which every
//! Windows has; a service runs in session 0, which is nobody's.
#![expect(unsafe_code, reason = "the Restart Manager fills lists that are given by address")]

use std::path::PathBuf;

use windows_sys::Win32::Foundation::{ERROR_MORE_DATA, ERROR_SUCCESS};
use windows_sys::Win32::System::RemoteDesktop::{
    WTS_CURRENT_SERVER_HANDLE, WTS_INFO_CLASS, WTSDomainName, WTSFreeMemory, WTSQuerySessionInformationW,
    WTSUserName,
};
use windows_sys::Win32::System::RestartManager::{
    CCH_RM_SESSION_KEY, RM_PROCESS_INFO, RmEndSession, RmGetList, RmRegisterResources, RmStartSession,
};

use super::super::Holder;
use super::wide;

/// The list may grow while it is asked for.
const ATTEMPTS: usize = 5;

/// The programs, each once for a session; this one is left out. `None`: it could not be told.
pub(super) fn holders(files: &[PathBuf]) -> Option<Vec<Holder>> {
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
    let mut holders = Vec::new();
    for process in session.list()? {
        let session =
            (process.TSSessionId != 0 && process.TSSessionId != u32::MAX).then_some(process.TSSessionId);
        let program = wide::string(&process.strAppName);
        let holder = Holder { program, user: session.and_then(user), session };
        if process.Process.dwProcessId != std::process::id() && !holders.contains(&holder) {
            holders.push(holder);
        }
    }
    Some(holders)
}

/// Whose session it is.
fn user(session: u32) -> Option<String> {
    let name = told(session, WTSUserName).filter(|name| !name.is_empty())?;
    Some(match told(session, WTSDomainName).filter(|domain| !domain.is_empty()) {
        Some(domain) => format!(r"{domain}\{name}"),
        None => name,
    })
}

fn told(session: u32, what: WTS_INFO_CLASS) -> Option<String> {
    let (mut text, mut bytes) = (std::ptr::null_mut(), 0);
    // SAFETY: both are there to be written.
    let done = unsafe {
        WTSQuerySessionInformationW(WTS_CURRENT_SERVER_HANDLE, session, what, &raw mut text, &raw mut bytes)
    };
    if done == 0 || text.is_null() {
        return None;
    }
    // SAFETY: the system has put text with a zero at its end there, which is ours until it is freed below.
    let told = unsafe { wide::at(text) }.to_string_lossy().into_owned();
    // SAFETY: the memory is the system's, as it wants it back, and is given back once.
    unsafe { WTSFreeMemory(text.cast()) };
    Some(told)
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
