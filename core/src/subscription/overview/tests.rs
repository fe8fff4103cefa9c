//! The overview on a small made machine.
