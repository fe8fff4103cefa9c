//! Telling this person's other programs that something is known anew.
//!
//! Nothing here fails, and nobody is waited for long: whoever is not reached reads the report later. Deliberately not
//! here: what they do then.

use std::time::Duration;

use super::Session;
use crate::error::chain;
use crate::instance::{self, Call, Place, WINDOW};
use crate::tray::tell::stubs;

/// A window that hangs hears of the report when it comes to itself.
const PATIENCE: Duration = Duration::from_secs(2);

/// Who hears of it.
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
    pub(crate) fn tell_others(&self, tell: Tell) {
        self.tell_window();
        match tell {
            Tell::Everybody => stubs(&self.paths.state_dir, &Call::Renew, None),
            Tell::Window => {}
        }
    }

    fn tell_window(&self) {
        let place = Place {
            state_dir: &self.paths.state_dir,
            name: WINDOW,
            patience: PATIENCE,
            let_to_front: &|_| (),
        };
        if instance::is_this_process(&place) {
            return;
        }
        if let Err(error) = instance::tell(&place, &Call::Renew) {
            tracing::warn!(error = chain(&error), "The window was not told");
        }
    }
}
