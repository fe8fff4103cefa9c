//! What a program asks of the desktop it runs on and of the system's name, where that is Windows; elsewhere
//! each of these does nothing and says so.
//!
//! No part of [`super::Os`]: they concern this very process, not the PC whose bases are looked after.

use std::process::Command;
use std::time::Duration;

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

/// Whether nothing on the screen should move by itself: the person has told the system so, or every picture travels to
/// a screen elsewhere. `None`: the system does not say.
pub fn wants_stillness() -> Option<bool> {
    cfg_select! {
        windows => Some(super::windows::desktop::wants_stillness()),
        _ => None,
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

/// Tells the desktops of one person apart: on Windows the number of the session, elsewhere something made of the
/// session bus's address, which is where messages and icons go.
pub fn session_name() -> String {
    cfg_select! {
        windows => super::windows::desktop::session_id().to_string(),
        _ => {
            let address = std::env::var("DBUS_SESSION_BUS_ADDRESS").unwrap_or_default();
            name_of_bus(&address)
        }
    }
}

/// Short and fit for a file's name. What follows a comma says more of the same bus, and not everybody is told it.
#[cfg(not(windows))]
fn name_of_bus(address: &str) -> String {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    address.split(',').next().unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Side of an icon in the notification area, in pixels; `None`: who shows it makes it fit.
pub fn small_icon_px() -> Option<u32> {
    cfg_select! {
        windows => super::windows::desktop::small_icon_px(),
        _ => None,
    }
}

/// Ends the waiting of the thread it was made on, from any other thread.
#[derive(Clone, Debug)]
pub struct Waker {
    #[cfg(windows)]
    thread: super::windows::desktop::MessageThread,
    #[cfg(not(windows))]
    thread: std::thread::Thread,
}

impl Waker {
    /// For the thread that calls this, which then waits by [`wait`].
    pub fn of_this_thread() -> Self {
        cfg_select! {
            windows => Self { thread: super::windows::desktop::MessageThread::this() },
            _ => Self { thread: std::thread::current() },
        }
    }

    /// What waits goes on; what does not wait yet will not.
    pub fn wake(&self) {
        cfg_select! {
            windows => { self.thread.wake(); }
            _ => { self.thread.unpark(); }
        }
    }
}

/// Waits until woken, or for so long; on Windows the messages to this thread's windows are handed out meanwhile,
/// after which this returns too. It may also return for no reason.
pub fn wait(at_most: Duration) {
    cfg_select! {
        windows => { super::windows::desktop::wait(at_most); }
        _ => { std::thread::park_timeout(at_most); }
    }
}

#[cfg(all(test, not(windows)))]
mod tests {
    use super::*;

    #[test]
    fn elsewhere_nothing_is_shown_and_no_version_told() {
        assert!(!show_message("title", "text"));
        assert_eq!(windows_version(), None);
        assert_eq!(small_icon_px(), None);
        assert_eq!(wants_stillness(), None);
        let_to_front(1);
        name_this_app("MobileSmartsUpdater");
    }

    #[test]
    fn one_bus_has_one_name_however_much_is_said_of_it() {
        let short = name_of_bus("unix:path=/run/user/1000/bus");
        assert_eq!(short, name_of_bus("unix:path=/run/user/1000/bus,guid=0123456789abcdef"));
        assert_ne!(short, name_of_bus("unix:path=/run/user/1001/bus"));
        assert_eq!(name_of_bus("").len(), 16);
    }

    #[test]
    fn who_is_woken_before_it_waits_does_not_wait() {
        let waker = Waker::of_this_thread();
        let woken = std::thread::Builder::new().name("waking".into()).spawn(move || waker.wake()).unwrap();
        woken.join().unwrap();
        // Far longer than a test may take.
        wait(Duration::from_hours(1));
    }
}
