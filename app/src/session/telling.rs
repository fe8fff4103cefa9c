//! Telling this person's other programs that there is a new report.
//!
//! Nothing here fails, and nobody is waited for long: whoever is not reached reads the report later. Deliberately not
//! here: what they do then.

use std::time::Duration;

use super::Session;
use crate::error::chain;
use crate::instance::{self, Call, Place, WINDOW};

/// A window that hangs hears of the report when it comes to itself.
const PATIENCE: Duration = Duration::from_secs(2);
/// How the names of stubs begin, each of which shows an icon in a session of its own.
const STUBS: &str = "tray-";

/// Who hears of a new report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tell {
    /// The window and the stubs, as far as they are there.
    Everybody,
    /// The window alone: a stub has asked for the check and gets its answer, and would ask for the next one if it
    /// were told.
    Window,
}

impl Session {
    /// Tells the others of this person, not itself.
    pub(super) fn tell_others(&self, tell: Tell) {
        self.renew(WINDOW);
        match tell {
            Tell::Everybody => {
                for name in instance::names(&self.paths.state_dir, STUBS) {
                    self.renew(&name);
                }
            }
            Tell::Window => {}
        }
    }

    fn renew(&self, name: &str) {
        let place =
            Place { state_dir: &self.paths.state_dir, name, patience: PATIENCE, let_to_front: &|_| () };
        if instance::is_this_process(&place) {
            return;
        }
        if let Err(error) = instance::tell(&place, &Call::Renew) {
            tracing::warn!(name, error = chain(&error), "It was not told of the new report");
        }
    }
}
