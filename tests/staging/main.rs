//! Staging apps for the Android devices of a base, as processes of their own: killed at every point there is, held while
//! somebody disturbs them, without rights, and short of room. What counts is what a device would be offered.

#![allow(clippy::unwrap_used, reason = "the helpers of tests are tests too")]

mod bad_input;
mod disturbed;
mod killed;
#[cfg(target_os = "linux")]
mod lent;
mod meanwhile;
mod setup;
mod staged;
