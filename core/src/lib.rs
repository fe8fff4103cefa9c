//! What the window, the command line and the tray stub share: reading a machine with Mobile SMARTS on it,
//! finding the releases that suit it, downloading and proving their files, and applying them.
//!
//! The first half (`version`, `machine`, `catalogue`, `offer`) is a function of bytes and of a date; only
//! `source`, `download`, `apply` and `os` touch the world. Deliberately not here: egui, and any human
//! language — faults are typed, and the front ends put them into words.

pub mod apply;
pub mod backup;
pub mod by_hand;
pub mod catalogue;
pub mod check;
pub mod connected;
pub mod devices;
pub mod digest;
pub mod download;
pub mod fs;
pub mod hidden;
pub mod history;
pub mod http;
pub mod installer;
pub mod journal;
pub mod machine;
pub mod notes;
pub mod notice;
pub mod offer;
pub mod os;
pub mod paths;
pub mod plan;
pub mod platform;
pub mod preflight;
pub mod probe;
mod put;
pub mod reports;
pub mod schedule;
pub mod secret;
pub mod server;
pub mod settings;
pub mod source;
pub mod subscription;
pub mod switch;
pub mod template;
pub mod tree;
pub mod update_lock;
pub mod verify;
pub mod version;
pub mod works;
pub mod xml;

#[cfg(test)]
mod fixtures;
