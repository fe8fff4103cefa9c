//! Updates of bases as processes of their own, killed at every point there is, and short of room.

mod killed;
#[cfg(target_os = "linux")]
mod room;
mod setup;
