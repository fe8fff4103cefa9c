//! Updates of bases as processes of their own, killed at every point there is, and short of room.

#![allow(clippy::panic, clippy::unwrap_used, reason = "the helpers of tests are tests too")]

mod killed;
#[cfg(target_os = "linux")]
mod room;
mod setup;
