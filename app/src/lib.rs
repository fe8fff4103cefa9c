//! The programs' shared part: the window, the command line, the demo, the words.
//!
//! The binaries are thin; everything they do lives here, so that tests reach it. Decisions about updates
//! live in `smarts-core`.

pub mod app;
pub mod cli;
pub mod clock;
pub mod demo;
pub mod devices_csv;
pub mod diagnose;
pub mod elevated;
pub mod error;
pub mod event_log;
mod history_csv;
pub mod i18n;
pub mod instance;
pub mod log;
pub mod model;
pub mod session;
pub mod setup;
pub mod tray;
pub mod view;
pub mod window;
pub mod worker;
