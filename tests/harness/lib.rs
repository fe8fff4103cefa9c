//! What the tests of all packages share: things that look like the real ones, made in temporary folders.

pub mod machine_root;
pub mod template;
