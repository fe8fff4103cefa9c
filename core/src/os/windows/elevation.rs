//! An administrator's rights: whether this process has them, whether the person can get them, and a program of
//! ours that runs with them after Windows has asked.
#![expect(unsafe_code, reason = "tokens and processes are asked by handle")]

use std::ffi::{OsStr, OsString, c_void};
use std::io;
use std::os::windows::io::{AsRawHandle, FromRawHandle as _, OwnedHandle};
use std::path::Path;

use windows_sys::Win32::Foundation::{
    ERROR_ACCESS_DISABLED_BY_POLICY, ERROR_CANCELLED, HANDLE, HWND, WAIT_OBJECT_0, WAIT_TIMEOUT,
};
use windows_sys::Win32::Security::{
    CheckTokenMembership, GetTokenInformation, TOKEN_ELEVATION, TOKEN_ELEVATION_TYPE,
    TOKEN_INFORMATION_CLASS, TOKEN_LINKED_TOKEN, TOKEN_QUERY, TokenElevation, TokenElevationType,
    TokenElevationTypeLimited, TokenLinkedToken,
};
use windows_sys::Win32::System::Com::{
    COINIT_APARTMENTTHREADED, COINIT_DISABLE_OLE1DDE, CoInitializeEx, CoUninitialize,
};
use windows_sys::Win32::System::Threading::{
    GetCurrentProcess, GetExitCodeProcess, OpenProcessToken, WaitForSingleObject,
};
use windows_sys::Win32::UI::Shell::{
    SEE_MASK_FLAG_NO_UI, SEE_MASK_NOASYNC, SEE_MASK_NOCLOSEPROCESS, SHELLEXECUTEINFOW, ShellExecuteExW,
};
use windows_sys::Win32::UI::WindowsAndMessaging::{
    GetForegroundWindow, GetWindowThreadProcessId, SW_HIDE, SW_SHOWNORMAL,
};

use super::{memory, wide};
use crate::os::{ElevationFault, InstallerExit, command_line};

const ADMINISTRATORS: &str = "S-1-5-32-544";
/// How often whoever waits looks up.
const SLICE_MILLISECONDS: u32 = 100;

/// How a program is started through the shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// With an administrator's rights, without a window of the system's own for it.
    Elevated,
    /// As its manifest wants it.
    AsItIs,
}

/// Whether this process has an administrator's rights now.
pub(super) fn is_elevated() -> bool {
    // SAFETY: this structure goes with this question.
    let elevation = own_token().and_then(|token| unsafe { information(&token, TokenElevation) });
    elevation.is_ok_and(|elevation: TOKEN_ELEVATION| elevation.TokenIsElevated != 0)
}

/// Whether the person is one of the administrators, with full rights now or once Windows has asked.
pub(super) fn is_administrator() -> Option<bool> {
    if is_member(None).ok()? {
        return Some(true);
    }
    let token = own_token().ok()?;
    // SAFETY: this number goes with this question.
    let kind: TOKEN_ELEVATION_TYPE = unsafe { information(&token, TokenElevationType) }.ok()?;
    if kind != TokenElevationTypeLimited {
        return Some(false);
    }
    // SAFETY: this structure goes with this question.
    let linked: TOKEN_LINKED_TOKEN = unsafe { information(&token, TokenLinkedToken) }.ok()?;
    // SAFETY: the system has opened this handle for us.
    let linked = unsafe { OwnedHandle::from_raw_handle(linked.LinkedToken) };
    is_member(Some(&linked)).ok()
}

/// Starts a program of ours with an administrator's rights and waits for its end.
pub(super) fn run_elevated(
    program: &Path,
    arguments: &[OsString],
    meanwhile: &mut dyn FnMut(),
) -> Result<InstallerExit, ElevationFault> {
    run(program, arguments, Start::Elevated, meanwhile).map_err(|error| match error.raw_os_error() {
        Some(code) if is_refusal(code) => ElevationFault::Refused,
        _ => ElevationFault::Start(error),
    })
}

/// Whether an error says that the person, or a rule of the PC, did not let the program start.
pub(super) fn is_refusal(code: i32) -> bool {
    [ERROR_CANCELLED, ERROR_ACCESS_DISABLED_BY_POLICY].contains(&code.cast_unsigned())
}

/// Starts a program through the shell, which is what asks for rights, and waits for its end.
pub(super) fn run(
    program: &Path,
    arguments: &[OsString],
    start: Start,
    meanwhile: &mut dyn FnMut(),
) -> io::Result<InstallerExit> {
    let Some(process) = started(program, arguments, start)? else {
        return match start {
            // Its end cannot be waited for, and nobody would know what it does.
            Start::Elevated => Err(io::Error::other("The system does not say which process it started")),
            Start::AsItIs => Ok(InstallerExit { code: None }),
        };
    };
    loop {
        // SAFETY: the handle is open.
        match unsafe { WaitForSingleObject(process.as_raw_handle(), SLICE_MILLISECONDS) } {
            WAIT_TIMEOUT => meanwhile(),
            WAIT_OBJECT_0 => break,
            _ => return Err(io::Error::last_os_error()),
        }
    }
    let mut code = 0;
    // SAFETY: the handle is open, and `code` is there to be written.
    if unsafe { GetExitCodeProcess(process.as_raw_handle(), &raw mut code) } == 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(InstallerExit { code: Some(code.cast_signed()) })
}

/// `None`: it was started, and the system does not say as which process.
fn started(program: &Path, arguments: &[OsString], start: Start) -> io::Result<Option<OwnedHandle>> {
    let (verb, show) = match start {
        Start::Elevated => ("runas", SW_HIDE),
        Start::AsItIs => ("open", SW_SHOWNORMAL),
    };
    let verb = wide::text(verb)?;
    let file = wide::text(program)?;
    let parameters = wide::text(command_line::joined(arguments))?;
    // Not the folder this process happens to be in, which others may have chosen.
    let directory = wide::text(program.parent().map_or(OsStr::new(""), Path::as_os_str))?;
    let _com = Com::begin();
    let mut info = SHELLEXECUTEINFOW {
        cbSize: size_of::<SHELLEXECUTEINFOW>() as u32,
        fMask: SEE_MASK_NOCLOSEPROCESS | SEE_MASK_NOASYNC | SEE_MASK_FLAG_NO_UI,
        hwnd: own_window(),
        lpVerb: verb.as_ptr(),
        lpFile: file.as_ptr(),
        lpParameters: parameters.as_ptr(),
        lpDirectory: directory.as_ptr(),
        nShow: show,
        ..Default::default()
    };
    // SAFETY: all texts end with a zero and live until the end of this function.
    if unsafe { ShellExecuteExW(&raw mut info) } == 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: by the first flag the handle is ours to close.
    Ok((!info.hProcess.is_null()).then(|| unsafe { OwnedHandle::from_raw_handle(info.hProcess) }))
}

/// The window in front, if it is this program's: the system's question comes up above it, and not as a
/// blinking button in the taskbar.
fn own_window() -> HWND {
    // SAFETY: takes nothing; may be null.
    let window = unsafe { GetForegroundWindow() };
    let mut process_id = 0;
    // SAFETY: a window that is gone meanwhile, or null, gives 0 and leaves the number as it is.
    unsafe { GetWindowThreadProcessId(window, &raw mut process_id) };
    if process_id == std::process::id() { window } else { std::ptr::null_mut() }
}

/// The part of the system that the shell works with, for as long as this lives.
struct Com {
    is_begun: bool,
}

impl Com {
    fn begin() -> Self {
        let kind = COINIT_APARTMENTTHREADED.cast_unsigned() | COINIT_DISABLE_OLE1DDE.cast_unsigned();
        // SAFETY: the first has to be null. On a thread that has begun in another way it fails, and that is fine.
        let result = unsafe { CoInitializeEx(std::ptr::null(), kind) };
        Self { is_begun: result >= 0 }
    }
}

impl Drop for Com {
    fn drop(&mut self) {
        if self.is_begun {
            // SAFETY: ends what was begun on this thread: the only one lives and goes in `started`.
            unsafe { CoUninitialize() };
        }
    }
}

pub(super) fn own_token() -> io::Result<OwnedHandle> {
    let mut token: HANDLE = std::ptr::null_mut();
    // SAFETY: the process's own handle needs no closing, and `token` is there to be written.
    if unsafe { OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &raw mut token) } == 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: on success the handle is open and ours.
    Ok(unsafe { OwnedHandle::from_raw_handle(token) })
}

/// What a token says in a structure of fixed size.
///
/// # Safety
///
/// `T` is the structure that goes with `class`, without anything behind it.
unsafe fn information<T: Default>(token: &OwnedHandle, class: TOKEN_INFORMATION_CLASS) -> io::Result<T> {
    let mut answer = T::default();
    let mut length = 0;
    let room = size_of::<T>() as u32;
    let place: *mut c_void = (&raw mut answer).cast();
    // SAFETY: the handle is open, the room is as large as is said, and what is written there is a `T`.
    if unsafe { GetTokenInformation(token.as_raw_handle(), class, place, room, &raw mut length) } == 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(answer)
}

/// Whether a token, or else this thread's, counts the administrators among its groups.
fn is_member(token: Option<&OwnedHandle>) -> io::Result<bool> {
    let group = memory::sid(ADMINISTRATORS)?;
    let token = token.map_or(std::ptr::null_mut(), AsRawHandle::as_raw_handle);
    let mut is_member = 0;
    // SAFETY: the token is open or null, the SID is valid, and `is_member` is there to be written.
    if unsafe { CheckTokenMembership(token, group.address(), &raw mut is_member) } == 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(is_member != 0)
}
