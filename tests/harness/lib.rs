//! What the tests share: update trees, and a web server on loopback that misbehaves on request.

pub mod site;
pub mod tree;
