//! When a person is told of something, and when not again.
//!
//! A function of what is open, of what was said before ([`Memory`]) and of the time. Each release is announced
//! once, and then remembered to the person at most in the maintenance hours, or where there are none after days
//! that depend on how urgent it is and how far it has come. Between two messages lie 24 hours, and only a release
//! that has newly become important comes sooner. What takes the screen for itself, and our own window, are not
//! talked over; then nothing counts as said.
//!
//! In maintenance hours the first reminder comes with the first hours after the announcement, and further ones in
//! such hours too, but no sooner after each other than where there are none: hours come back nearly every day, and
//! nobody wants to hear the same that often. There a day may be some minutes short, as runs of a task are never to the
//! second; on a day of 23 hours, when clocks are put forward, a reminder of every day is left out.
//!
//! Deliberately not here: checking, words, and whether this person is to be told anything at all.

mod lock;
mod memory;
mod open;
mod remembering;
mod steady;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, Zoned};

pub(crate) use self::lock::Lock;
pub use self::memory::{Kept, Memory};
pub use self::open::{Open, open};
use crate::settings::WeekHours;

/// No two messages within it, and an icon goes after it.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// In maintenance hours a day may be so much shorter: a task that starts at the same time each day does not start at
/// the same second, and without this would be silent every other day.
const SLACK: SignedDuration = SignedDuration::from_mins(5);
/// So long checks must have failed, or data be old, to be worth a word.
const LONG: SignedDuration = SignedDuration::from_hours(7 * 24);
/// After that it is worth another.
const MONTH: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The end of a subscription is told once when it is near ([`Facts::warn_days`]), and so many days before, each once.
const DAYS_BEFORE: [i32; 2] = [7, 0];
/// What ended longer ago is history.
const DAYS_AFTER: i32 = 30;

/// What is to be judged.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The time, in the PC's zone.
    pub now: &'a Zoned,
    /// What waits to be installed; without what the person skips.
    pub open: &'a [Open],
    /// When the report was made that says so; `None`: there is none.
    pub checked_at: Option<Timestamp>,
    /// The PC has no way to a source.
    pub is_offline: bool,
    /// When updates are made here.
    pub maintenance: Option<&'a WeekHours>,
    /// Whose subscription ends when; as far as known.
    pub subscriptions: &'a [Subscription],
    /// So many days before its end a subscription is first spoken of.
    pub warn_days: u16,
    /// Our window shows all of it.
    pub is_window_open: bool,
    /// A program fills the screen.
    pub is_full_screen: bool,
}

/// Until when releases may be received.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Subscription {
    /// For a person to recognise: a base, a device, a company.
    pub who: String,
    /// The last day.
    pub until: Date,
}

/// What is to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// A message that is due.
    pub message: Option<Matter>,
    /// What an icon stands for: all that is open and was said before or is now.
    pub standing: Matter,
    /// Whether an icon is due without a message: the person wanted to be reminded, and a message would come within
    /// a day of the last.
    pub is_recalled: bool,
    /// How long an icon has left; zero: none is to be shown.
    pub left: SignedDuration,
    /// What to remember once it is shown.
    pub memory: Memory,
}

/// What there is to say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matter {
    /// Of releases, in the order of what is open.
    pub releases: Vec<Saying>,
    /// Checks fail, since when.
    pub failing_since: Option<Timestamp>,
    /// Subscriptions that end, soonest first.
    pub endings: Vec<Ending>,
    /// In a PC without a way to a source: when what is known was looked up.
    pub age: Option<Timestamp>,
}

/// What is said of one release.
#[derive(Clone, Debug, PartialEq)]
pub struct Saying {
    /// Which.
    pub release: Open,
    /// Why now.
    pub occasion: Occasion,
}

/// Why something is said of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// For the first time.
    New,
    /// It was said before, and is important only since.
    Important,
    /// It was said before, and is still not installed.
    Again,
}

/// A subscription near its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Whose.
    pub subscription: Subscription,
    /// Days left; below zero: over since.
    pub days_left: i32,
}

impl Matter {
    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        let Self { releases, failing_since, endings, age } = self;
        releases.is_empty() && failing_since.is_none() && endings.is_empty() && age.is_none()
    }
}

impl Saying {
    /// Whether the rule of 24 hours does not hold for it.
    fn is_urgent(&self) -> bool {
        match self.occasion {
            Occasion::New => self.release.is_important,
            Occasion::Important => true,
            Occasion::Again => false,
        }
    }
}

/// What is due, for somebody who has asked for nothing.
pub fn decide(facts: &Facts<'_>, memory: &Memory) -> Decision {
    let mut memory = memory.clone();
    let now = memory.steady(facts.now.timestamp());
    let due = due(facts, &memory, now);
    let is_hushed = facts.is_window_open || facts.is_full_screen;
    let is_too_soon = memory.last_message.is_some_and(|last| now.duration_since(last) < a_day(facts, &due));
    let may_speak = !is_hushed && (!is_too_soon || due.releases.iter().any(Saying::is_urgent));
    let recalled = due.releases.iter().any(|saying| memory.is_recalled(&saying.release, now));
    let message = Some(due).filter(|due| may_speak && !due.is_empty());
    if let Some(message) = &message {
        memory.remember(message, facts, now);
    }
    let is_recalled = message.is_none() && !is_hushed && recalled;
    concluded(facts, memory, message, is_recalled, now)
}

/// Everything there is to say, for somebody who has asked.
pub fn answer(facts: &Facts<'_>, memory: &Memory) -> Decision {
    let mut memory = memory.clone();
    let now = memory.steady(facts.now.timestamp());
    let due = due(facts, &memory, now);
    let saying = |release: &Open| Saying {
        release: release.clone(),
        occasion: if memory.told(release).is_some() { Occasion::Again } else { Occasion::New },
    };
    let message = Matter { releases: facts.open.iter().map(saying).collect(), ..due };
    // That there is nothing is no message that keeps another from coming.
    let message = Some(message).filter(|message| !message.is_empty());
    if let Some(message) = &message {
        memory.remember(message, facts, now);
    }
    concluded(facts, memory, message, false, now)
}

/// The same icon as before with what is still open, and no message: after a person has skipped or put off.
pub fn remaining(facts: &Facts<'_>, memory: &Memory) -> Decision {
    let mut memory = memory.clone();
    let now = memory.steady(facts.now.timestamp());
    concluded(facts, memory, None, false, now)
}

fn concluded(
    facts: &Facts<'_>,
    memory: Memory,
    message: Option<Matter>,
    is_recalled: bool,
    now: Timestamp,
) -> Decision {
    let mut standing = standing(facts, &memory, now);
    for saying in message.iter().flat_map(|message| &message.releases) {
        if let Some(known) = standing.releases.iter_mut().find(|known| known.release == saying.release) {
            known.occasion = saying.occasion;
        } else {
            standing.releases.push(saying.clone());
        }
    }
    let unseen =
        memory.last_message.filter(|last| is_recalled || memory.seen.is_none_or(|seen| seen < *last));
    let since = unseen.map(|last| now.duration_since(last));
    let left = since.filter(|_| !standing.is_empty()).map(|since| (DAY - since).max(SignedDuration::ZERO));
    Decision { message, standing, is_recalled, left: left.unwrap_or(SignedDuration::ZERO), memory }
}

/// What is due by rules of its own, whenever the last message was.
fn due(facts: &Facts<'_>, memory: &Memory, now: Timestamp) -> Matter {
    let saying = |release: &Open| {
        let occasion = occasion(facts, memory, release, now)?;
        Some(Saying { release: release.clone(), occasion })
    };
    let failing = memory.failing.as_ref().filter(|failing| {
        !facts.is_offline
            && now.duration_since(failing.steady_since) >= LONG
            && failing.told.is_none_or(|told| now.duration_since(told) >= MONTH)
    });
    let age = old_data(facts).filter(|checked_at| {
        let told = memory.age.as_ref().filter(|age| age.checked_at == *checked_at);
        told.is_none_or(|age| now.duration_since(age.told) >= MONTH)
    });
    Matter {
        releases: facts.open.iter().filter_map(saying).collect(),
        failing_since: failing.map(|failing| failing.since),
        endings: endings(facts, |ending| !memory.has_told(ending, facts.warn_days)),
        age,
    }
}

/// What an icon stands for: what was said and still holds.
fn standing(facts: &Facts<'_>, memory: &Memory, now: Timestamp) -> Matter {
    let lately = |told: Timestamp| now.duration_since(told) < DAY;
    let known = facts.open.iter().filter(|release| {
        memory.told(release).is_some_and(|told| told.put_off_until.is_none_or(|until| now >= until))
    });
    let failing = memory.failing.as_ref().filter(|failing| failing.told.is_some_and(lately));
    let age = old_data(facts).filter(|_| memory.age.as_ref().is_some_and(|age| lately(age.told)));
    Matter {
        releases: known
            .map(|release| Saying { release: release.clone(), occasion: Occasion::Again })
            .collect(),
        failing_since: failing.filter(|_| !facts.is_offline).map(|failing| failing.since),
        endings: endings(facts, |ending| memory.told_ending(ending, facts.warn_days).is_some_and(lately)),
        age,
    }
}

fn occasion(facts: &Facts<'_>, memory: &Memory, release: &Open, now: Timestamp) -> Option<Occasion> {
    let Some(told) = memory.told(release) else { return Some(Occasion::New) };
    if release.is_blocked || told.put_off_until.is_some_and(|until| now < until) {
        return None;
    }
    if release.is_important && !told.as_important {
        return Some(Occasion::Important);
    }
    let is_time = now.duration_since(told.last) >= interval(release) - slack(facts);
    let again = told.put_off_until.is_some()
        || match facts.maintenance {
            Some(hours) => hours.contain(facts.now.datetime()) && (is_time || told.times < 2),
            None => is_time,
        };
    again.then_some(Occasion::Again)
}

/// What lies between two messages.
fn a_day(facts: &Facts<'_>, due: &Matter) -> SignedDuration {
    let is_again = due.releases.iter().any(|saying| saying.occasion == Occasion::Again);
    if is_again { DAY - slack(facts) } else { DAY }
}

fn slack(facts: &Facts<'_>) -> SignedDuration {
    let is_maintenance = facts.maintenance.is_some_and(|hours| hours.contain(facts.now.datetime()));
    if is_maintenance { SLACK } else { SignedDuration::ZERO }
}

/// From one word about a release to the next.
fn interval(release: &Open) -> SignedDuration {
    let days = match (release.is_important, release.is_downloaded) {
        (true, _) => 1,
        (false, true) => 7,
        (false, false) => 14,
    };
    SignedDuration::from_hours(days * 24)
}

/// When what is known was looked up, where nothing else can be and that is long ago.
fn old_data(facts: &Facts<'_>) -> Option<Timestamp> {
    let is_old = |checked_at: &Timestamp| facts.now.timestamp().duration_since(*checked_at) >= LONG;
    facts.checked_at.filter(|_| facts.is_offline).filter(is_old)
}

fn endings(facts: &Facts<'_>, is_wanted: impl Fn(&Ending) -> bool) -> Vec<Ending> {
    let today = facts.now.date();
    let ending = |subscription: &Subscription| {
        let days_left = today.until(subscription.until).map_or(i32::MAX, |span| span.get_days());
        Ending { subscription: subscription.clone(), days_left }
    };
    let mut endings: Vec<Ending> = facts.subscriptions.iter().map(ending).collect();
    endings.retain(|ending| ending.stage(facts.warn_days).is_some() && is_wanted(ending));
    endings.sort_by_key(|ending| ending.subscription.until);
    endings
}

impl Ending {
    /// Which of `warn_days` and [`DAYS_BEFORE`] it has come to; `None`: it is too early, or long over.
    fn stage(&self, warn_days: u16) -> Option<i32> {
        let first = i32::from(warn_days);
        let stages = DAYS_BEFORE.into_iter().filter(|days| *days < first).chain([first]);
        let reached = stages.filter(|days| self.days_left <= *days).min();
        reached.filter(|_| self.days_left >= -DAYS_AFTER)
    }
}
