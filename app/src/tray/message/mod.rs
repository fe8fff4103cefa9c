//! The message of the desktop: one at a time, the newest in place of the one before.
//!
//! On Windows the system itself opens the window on a click, also tomorrow; elsewhere the click comes to the stub.

#[cfg(not(windows))]
mod bus;
#[cfg(windows)]
mod toast;
#[cfg(any(windows, test))]
mod toast_xml;

#[cfg(not(windows))]
pub(super) use self::bus::Messages;
#[cfg(windows)]
pub(super) use self::toast::Messages;

/// Our name among the system's programs, by which the installation has told it how to call us.
pub(super) const APP_ID: &str = "MobileSmartsUpdater";
