//! The log of our installer's own step: a line for each thing done, with its moment.
//!
//! A log that cannot be written stops nothing: what is to be done is more important than the record of it.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use jiff::Zoned;

use super::Error;
use crate::error::chain;

/// An older log this long begins anew.
const LONGEST_BYTES: u64 = 1024 * 1024;

pub(super) struct Log {
    file: Option<File>,
    moment: String,
}

impl Log {
    pub(super) fn open(path: &Path, now: &Zoned) -> Self {
        let is_long = fs::metadata(path).is_ok_and(|facts| facts.len() > LONGEST_BYTES);
        let mut options = OpenOptions::new();
        if is_long {
            options.write(true).truncate(true)
        } else {
            options.append(true)
        };
        let file = options.create(true).open(path).ok();
        Self { file, moment: now.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string() }
    }

    pub(super) fn line(&mut self, text: &str) {
        if let Some(file) = &mut self.file
            && writeln!(file, "{} {text}", self.moment).is_err()
        {
            self.file = None;
        }
    }

    pub(super) fn end(&mut self, what: &str, error: Option<&Error>) {
        match error {
            None => self.line(&format!("Done: {what}, version {}", env!("CARGO_PKG_VERSION"))),
            Some(error) => self.line(&format!("Failed: {what}: {}", chain(error))),
        }
    }
}
