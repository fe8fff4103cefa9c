//! One round of questions to a source: with a deadline for all of them, and with what is known so far of
//! whether the source can be reached at all.
//!
//! Deliberately not here: how long a single answer may take ([`crate::http`]).

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::time::{Instant, timeout_at};

use super::signed::Facts;
use super::{Fault, Source};

/// A source, and what several readers of it share.
#[derive(Debug)]
pub struct Inquiry<'a> {
    /// The source.
    pub source: &'a Source,
    deadline: Instant,
    reach: Mutex<Reach>,
}

/// What the answers so far tell of the source.
#[derive(Debug)]
enum Reach {
    /// None has come.
    Unknown,
    /// It has answered something. A fault of the connection is that of one question then.
    Answers,
    /// The first who asked did not reach it.
    Lost(Fault),
}

impl<'a> Inquiry<'a> {
    /// Nothing is asked yet. After the deadline every answer is [`Fault::Timeout`].
    pub fn new(source: &'a Source, deadline: Instant) -> Self {
        Self { source, deadline, reach: Mutex::new(Reach::Unknown) }
    }

    /// As [`Source::description`]. A source that has answered nobody and was not reached by somebody is not
    /// asked again: whoever comes later has the same fault at once.
    pub async fn description(&self, path: &str) -> Result<Vec<u8>, Fault> {
        if let Reach::Lost(fault) = &*self.reach() {
            return Err(fault.clone());
        }
        let timeout = || Err(Fault::Timeout { host: self.source.host(), proxy: self.source.proxy() });
        if self.deadline <= Instant::now() {
            return timeout();
        }
        let asking = timeout_at(self.deadline, self.source.description(path));
        let answer = asking.await.unwrap_or_else(|_| timeout());
        let mut reach = self.reach();
        match &answer {
            Err(fault) if !fault.is_unreachable() => *reach = Reach::Answers,
            Ok(_) => *reach = Reach::Answers,
            Err(fault) => {
                if matches!(*reach, Reach::Unknown) {
                    *reach = Reach::Lost(fault.clone());
                }
            }
        }
        answer
    }

    /// As [`Source::facts`], within the same time.
    pub async fn facts(&self) -> Result<Option<&'a Facts>, Fault> {
        let asked = timeout_at(self.deadline, self.source.facts()).await;
        asked.unwrap_or_else(|_| Err(Fault::Timeout { host: self.source.host(), proxy: self.source.proxy() }))
    }

    fn reach(&self) -> MutexGuard<'_, Reach> {
        self.reach.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
