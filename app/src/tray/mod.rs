//! The tray stub: what it is told to show.

pub mod notice;
