//! Copies of bases, and going back, as processes of their own: killed at every point there is, held while somebody
//! disturbs them, without rights, and short of room.

#![allow(clippy::unwrap_used, reason = "the helpers of tests are tests too")]

mod disturbed;
mod killed;
#[cfg(target_os = "linux")]
mod lent;
mod setup;
