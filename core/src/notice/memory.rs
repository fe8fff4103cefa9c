//! What was said to a person, and the file it is remembered in: one for each person.
//!
//! A memory that cannot be read, or comes from a newer version of the program, counts as empty: then something is
//! said twice, which is better than never. Times in it are of [`Steady`], where it does not say otherwise.

use std::io;
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::lock::Lock;
use super::steady::Steady;
use crate::catalogue::Feed;
use crate::fs;
use crate::paths::Paths;
use crate::version::Version;

/// What this program writes and understands.
const FORMAT: u32 = 1;
const LARGEST_FILE: u64 = 1024 * 1024;

/// What was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    format: u32,
    pub(super) steady: Option<Steady>,
    pub(super) last_message: Option<Timestamp>,
    /// When the person has last seen all of it, in the window, or sent the icon away.
    #[serde(default)]
    pub(super) seen: Option<Timestamp>,
    #[serde(default)]
    pub(super) releases: Vec<Told>,
    #[serde(default)]
    pub(super) failing: Option<Failing>,
    #[serde(default)]
    pub(super) age: Option<Age>,
    #[serde(default)]
    pub(super) endings: Vec<ToldEnding>,
}

/// What was said of a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) feed: Feed,
    pub(super) version: Version,
    /// When it was said last.
    pub(super) last: Timestamp,
    /// How often.
    pub(super) times: u32,
    /// Whether as something important.
    pub(super) as_important: bool,
    /// Until when the person does not want to hear of it.
    pub(super) put_off_until: Option<Timestamp>,
}

/// Checks fail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Failing {
    /// By the clock, for showing.
    pub(super) since: Timestamp,
    pub(super) steady_since: Timestamp,
    pub(super) told: Option<Timestamp>,
}

/// The age of what is known was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Age {
    /// Of which report, by the clock.
    pub(super) checked_at: Timestamp,
    pub(super) told: Timestamp,
}

/// The coming end of a subscription was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ToldEnding {
    pub(super) who: String,
    pub(super) until: Date,
    /// So many days before.
    pub(super) stage: i32,
    pub(super) told: Timestamp,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            format: FORMAT,
            steady: None,
            last_message: None,
            seen: None,
            releases: Vec::new(),
            failing: None,
            age: None,
            endings: Vec::new(),
        }
    }
}

/// A memory that nobody else changes for as long as this lives.
#[derive(Debug)]
pub struct Kept {
    /// As it was read.
    pub memory: Memory,
    path: PathBuf,
    _lock: Option<Lock>,
}

impl Kept {
    /// Reads this person's memory. Never fails: what is wrong is in the log, and the memory empty.
    pub fn open(paths: &Paths) -> Self {
        let path = paths.notice_path();
        let lock = Lock::of(&path);
        if let Err(error) = &lock {
            tracing::warn!(path = %path.display(), %error, "What was said is not kept from other processes");
        }
        let memory = read(&path).unwrap_or_else(|reason| {
            tracing::warn!(path = %path.display(), reason, "What was said before is not known, and may be said again");
            Memory::default()
        });
        Self { memory, path, _lock: lock.ok() }
    }

    /// Puts another memory in its place.
    pub fn save(&mut self, memory: Memory) -> io::Result<()> {
        let mut bytes = serde_json::to_vec_pretty(&memory)?;
        bytes.push(b'\n');
        fs::write_atomically(&self.path, &bytes)?;
        self.memory = memory;
        Ok(())
    }
}

fn read(path: &std::path::Path) -> Result<Memory, String> {
    let bytes = fs::read_limited(path, LARGEST_FILE).map_err(|error| error.to_string())?;
    let Some(bytes) = bytes else { return Ok(Memory::default()) };
    let memory: Memory = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    if memory.format == FORMAT { Ok(memory) } else { Err(format!("It has format {}", memory.format)) }
}
