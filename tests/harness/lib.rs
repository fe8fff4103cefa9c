//! What the tests share: machine roots, update trees, templates, and a web server on loopback that
//! misbehaves on request.
//!
//! Real files and a real server rather than mocks. Nothing here looks at the clock or at the Internet.

pub mod fuzz;
pub mod machine_root;
pub mod site;
pub mod stand_in;
pub mod template;
pub mod tree;
