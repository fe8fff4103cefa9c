//! Processes for tests to kill and to hold: they tell the points they reach, a line each, and end at one of them as if they
//! were killed, or wait there for a line on their standard input.

#![allow(clippy::print_stdout, reason = "that is what it is for")]

use std::cell::Cell;
use std::error::Error;
use std::num::ParseIntError;

/// Counts points, and ends the process as if it were killed, or waits, at one of them.
pub struct Points {
    reached: Cell<usize>,
    stop: usize,
    is_kill: bool,
}

impl Points {
    /// From a number, with a `~` in front if it is to wait there; 0: nowhere.
    pub fn at(word: &str) -> Result<Self, ParseIntError> {
        let (number, is_kill) = word.strip_prefix('~').map_or((word, true), |number| (number, false));
        Ok(Self { reached: Cell::new(0), stop: number.parse()?, is_kill })
    }

    /// Tells a point, and ends or waits if it is the one.
    pub fn reach(&self, point: &str) {
        println!("{point}");
        self.reached.set(self.reached.get() + 1);
        if self.reached.get() != self.stop {
            return;
        }
        if self.is_kill {
            std::process::abort();
        }
        println!("waiting");
        // Whoever is gone has nothing more to disturb.
        let _ = std::io::stdin().read_line(&mut String::new());
    }
}

/// An error with its causes, in a line.
pub fn chain(error: &dyn Error) -> String {
    error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {}", chain(source)))
}
