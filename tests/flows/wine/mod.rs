//! The installed Windows programs under Wine: what the package puts on a PC, and whole updates on it.
//!
//! These flows need Wine, the Windows programs and their packages; `.ci/windows` makes all of it and runs
//! them, one at a time on a screen of its own. Everybody else's test run leaves them out. What Wine cannot
//! show — toasts, remote sessions, rights, the event log — is not looked at here.

mod background;
mod figures;
mod installing;
mod listing;
mod opening;
mod own_release;
mod packages;
mod pc;
mod prefix;
mod refusals;
mod screen;
mod signed;
mod updating;
