//! What the tests share: machine roots, update trees, templates, and servers on loopback that misbehave on
//! request: a web site, one behind certificates made for the test, a proxy.
//!
//! Real files and a real server rather than mocks. Nothing here looks at the clock or at the Internet.

pub mod apk;
pub mod evtx;
pub mod fuzz;
pub mod held;
pub mod installer;
#[cfg(target_os = "linux")]
pub mod lent;
pub mod machine_root;
pub mod points;
pub mod proxy;
pub mod publisher;
pub mod sealing;
pub mod site;
pub mod stand_in;
pub mod template;
pub mod tls;
pub mod tree;
