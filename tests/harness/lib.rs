//! What the tests of all packages share: things that look like the real ones, made in temporary folders.

pub mod machine_root;
//! What the tests share: update trees, and a web server on loopback that misbehaves on request.

pub mod site;
pub mod tree;
