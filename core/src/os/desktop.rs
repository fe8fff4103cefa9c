//! What a program asks of the desktop it runs on and of the system's name, where that is Windows; elsewhere
//! each of these does nothing and says so.
//!
//! No part of [`super::Os`]: they concern this very process, not the PC whose bases are looked after.

use std::process::Command;

/// Shows a message and waits until it is closed; `false`: there is nowhere to show it.
///
/// For the case that no window of our own can be opened.
pub fn show_message(title: &str, text: &str) -> bool {
    cfg_select! {
        windows => super::windows::desktop::show_message(title, text),
        _ => { let _ = (title, text); false }
    }
}

/// Lets another process bring its window to the front, as this one may. Elsewhere nothing keeps it from that.
pub fn let_to_front(process_id: u32) {
    cfg_select! {
        windows => { super::windows::desktop::let_to_front(process_id); }
        _ => { let _ = process_id; }
    }
}

/// Tells the system which of the installed programs this process is, for its taskbar and its messages.
/// To be called before the first window is opened.
pub fn name_this_app(id: &str) {
    cfg_select! {
        windows => { super::windows::desktop::name_this_app(id); }
        _ => { let _ = id; }
    }
}

/// Lets a console program be started by one without a console, and no console appear for it.
pub fn without_console(command: &mut Command) {
    cfg_select! {
        windows => { super::windows::desktop::without_console(command); }
        _ => { let _ = command; }
    }
}

/// Version of Windows: major, minor, build (10, 0, 22631); `None` elsewhere.
pub fn windows_version() -> Option<(u32, u32, u32)> {
    cfg_select! {
        windows => super::windows::desktop::windows_version(),
        _ => None,
    }
}

#[cfg(all(test, not(windows)))]
mod tests {
    use super::*;

    #[test]
    fn elsewhere_nothing_is_shown_and_no_version_told() {
        assert!(!show_message("title", "text"));
        assert_eq!(windows_version(), None);
        let_to_front(1);
        name_this_app("MobileSmartsUpdater");
    }
}
