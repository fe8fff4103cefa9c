//! This process and the desktop it runs on.
#![expect(unsafe_code, reason = "texts and messages are given by address")]

use std::os::windows::process::CommandExt as _;
use std::process::Command;
use std::time::Duration;

use windows_sys::Wdk::System::SystemServices::RtlGetVersion;
use windows_sys::Win32::System::RemoteDesktop::ProcessIdToSessionId;
use windows_sys::Win32::System::SystemInformation::OSVERSIONINFOW;
use windows_sys::Win32::System::Threading::{CREATE_NO_WINDOW, GetCurrentThreadId};
use windows_sys::Win32::UI::Shell::{
    QUNS_BUSY, QUNS_PRESENTATION_MODE, QUNS_RUNNING_D3D_FULL_SCREEN, SHQueryUserNotificationState,
    SetCurrentProcessExplicitAppUserModelID,
};
use windows_sys::Win32::UI::WindowsAndMessaging::{
    AllowSetForegroundWindow, DispatchMessageW, GetSystemMetrics, MB_ICONERROR, MB_OK, MB_SETFOREGROUND, MSG,
    MWMO_INPUTAVAILABLE, MessageBoxW, MsgWaitForMultipleObjectsEx, PM_NOREMOVE, PM_REMOVE, PeekMessageW,
    PostThreadMessageW, QS_ALLINPUT, SM_CXSMICON, SM_REMOTESESSION, SPI_GETCLIENTAREAANIMATION,
    SystemParametersInfoW, TranslateMessage, WM_NULL,
};
use windows_sys::core::BOOL;

use super::wide;

/// Shows a message and waits until it is closed; `false`: it could not be shown.
pub(in crate::os) fn show_message(title: &str, text: &str) -> bool {
    let (Ok(title), Ok(text)) = (wide::text(title), wide::text(text)) else { return false };
    let kind = MB_OK | MB_ICONERROR | MB_SETFOREGROUND;
    // SAFETY: both texts end with a zero; no window has to own the message.
    unsafe { MessageBoxW(std::ptr::null_mut(), text.as_ptr(), title.as_ptr(), kind) != 0 }
}

/// Lets another process bring its window to the front.
pub(in crate::os) fn let_to_front(process_id: u32) {
    // SAFETY: takes a number. A refusal leaves the other window blinking in the taskbar, and that is all.
    unsafe { AllowSetForegroundWindow(process_id) };
}

/// Tells the system which of the installed programs this process is.
pub(in crate::os) fn name_this_app(id: &str) {
    let Ok(wide_id) = wide::text(id) else { return };
    // SAFETY: the text ends with a zero.
    let result = unsafe { SetCurrentProcessExplicitAppUserModelID(wide_id.as_ptr()) };
    if result < 0 {
        tracing::debug!(id, result, "Failed to name this program to the system");
    }
}

/// Whether animations are switched off («Show animations in Windows»; Microsoft, `SPI_GETCLIENTAREAANIMATION`), or
/// this is a remote session.
pub(in crate::os) fn wants_stillness() -> bool {
    let mut is_animated: BOOL = 1;
    // SAFETY: the action writes one `BOOL`, which is there.
    let told =
        unsafe { SystemParametersInfoW(SPI_GETCLIENTAREAANIMATION, 0, (&raw mut is_animated).cast(), 0) };
    // SAFETY: takes a number.
    let is_remote = unsafe { GetSystemMetrics(SM_REMOTESESSION) } != 0;
    is_remote || (told != 0 && is_animated == 0)
}

/// Lets a console program be started without a console of its own.
pub(in crate::os) fn without_console(command: &mut Command) {
    command.creation_flags(CREATE_NO_WINDOW);
}

/// Whether a program fills the screen, or something is being presented (Microsoft, `QUERY_USER_NOTIFICATION_STATE`).
pub(in crate::os) fn is_full_screen() -> Option<bool> {
    let mut state = 0;
    // SAFETY: a number is there to be written.
    let result = unsafe { SHQueryUserNotificationState(&raw mut state) };
    let full = [QUNS_BUSY, QUNS_RUNNING_D3D_FULL_SCREEN, QUNS_PRESENTATION_MODE];
    (result >= 0).then_some(full.contains(&state))
}

/// Major, minor and build, as they are and not as a manifest asks for them.
pub(in crate::os) fn windows_version() -> Option<(u32, u32, u32)> {
    let mut version =
        OSVERSIONINFOW { dwOSVersionInfoSize: size_of::<OSVERSIONINFOW>() as u32, ..Default::default() };
    // SAFETY: the structure is there to be written, and says its size.
    let status = unsafe { RtlGetVersion(&raw mut version) };
    (status >= 0).then_some((version.dwMajorVersion, version.dwMinorVersion, version.dwBuildNumber))
}

/// The session of this process; 0, the services', if the system does not say.
pub(in crate::os) fn session_id() -> u32 {
    let mut id = 0;
    // SAFETY: the number is there to be written.
    let told = unsafe { ProcessIdToSessionId(std::process::id(), &raw mut id) };
    if told == 0 { 0 } else { id }
}

/// Side of a small icon in pixels.
pub(in crate::os) fn small_icon_px() -> Option<u32> {
    // SAFETY: takes a number.
    let side = unsafe { GetSystemMetrics(SM_CXSMICON) };
    u32::try_from(side).ok().filter(|side| *side > 0)
}

/// A thread that has messages.
#[derive(Clone, Debug)]
pub(in crate::os) struct MessageThread(u32);

impl MessageThread {
    /// The one that calls this.
    pub(in crate::os) fn this() -> Self {
        let mut message = MSG::default();
        // The system makes a thread's queue when it first looks for a message; what is posted before is lost.
        // SAFETY: the structure is there to be written.
        unsafe { PeekMessageW(&raw mut message, std::ptr::null_mut(), 0, 0, PM_NOREMOVE) };
        // SAFETY: takes nothing.
        Self(unsafe { GetCurrentThreadId() })
    }

    /// Ends its waiting.
    pub(in crate::os) fn wake(&self) {
        // SAFETY: takes numbers. A thread that has ended waits for nothing.
        unsafe { PostThreadMessageW(self.0, WM_NULL, 0, 0) };
    }
}

/// Waits for a message to this thread or its windows, and hands out all that are there.
pub(in crate::os) fn wait(at_most: Duration) {
    // The largest number stands for no end.
    let millis = u32::try_from(at_most.as_millis()).unwrap_or(u32::MAX).min(u32::MAX - 1);
    // SAFETY: there are no handles.
    unsafe { MsgWaitForMultipleObjectsEx(0, std::ptr::null(), millis, QS_ALLINPUT, MWMO_INPUTAVAILABLE) };
    let mut message = MSG::default();
    // SAFETY: the structure is there to be written, and what is read from it was written by the system.
    while unsafe { PeekMessageW(&raw mut message, std::ptr::null_mut(), 0, 0, PM_REMOVE) } != 0 {
        // SAFETY: as above; this calls the functions of this thread's windows.
        unsafe {
            TranslateMessage(&raw const message);
            DispatchMessageW(&raw const message);
        }
    }
}
