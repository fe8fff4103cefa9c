//! Looks at the way from this PC to a source, one thing at a time, for diagnosing: the host's name, its ports, its
//! certificate, its answer, a folder in its place.
//!
//! Every look ends by itself within a given time, changes nothing and is given up when it is dropped. Deliberately
//! not here: which of them make sense on a PC, what is to be made of them, and any words.

mod certificate;
mod folder;
mod name;
mod port;
mod site;

pub use self::certificate::{Certificate, Unread, inspector};
pub use self::folder::{Folder, folder};
pub use self::name::{NameFault, addresses};
pub use self::port::{PortFault, port};
pub use self::site::{Answered, answer, certificate};
