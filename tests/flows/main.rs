//! Flows through the built programs and the real window's code: from what a person does to what lies on
//! the disk afterwards.
//!
//! The window is driven by role and name without a screen; the command line is started as a child with a
//! home of its own. Real files, a real server on loopback, no Internet, nothing outside temporary folders.

#![allow(
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "the helpers of tests are tests too"
)]

mod backups;
mod bad_input;
mod checking;
mod connecting;
mod continuing;
mod contracts;
mod demo;
mod desk;
mod devices;
mod diagnosing;
#[cfg(unix)]
mod elevated;
mod failing;
mod going_back;
mod history;
mod made;
mod no_display;
mod notice;
mod program;
mod reports;
#[cfg(unix)]
mod restarting;
mod scheduling;
mod settings;
mod subscriptions;
#[cfg(target_os = "linux")]
mod tray;
mod way_back;
mod window;
mod window_at_hand;
mod window_background;
mod window_coverage;
mod window_devices;
mod window_history;
#[cfg(unix)]
mod window_installers;
mod window_sources;
mod window_subscriptions;
#[cfg(unix)]
mod wine;
