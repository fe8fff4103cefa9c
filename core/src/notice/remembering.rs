//! What a memory answers, and how it grows.

use jiff::{SignedDuration, Timestamp, Zoned};

use super::memory::{Age, Failing, Memory, Told, ToldEnding};
use super::steady::Steady;
use super::{Ending, Facts, Matter, Open};

/// So much of each kind is remembered; what is not open any more goes first, the oldest before others.
const MOST: usize = 500;

impl Memory {
    /// Looks at the clock: the time that everything here is told in.
    pub(super) fn steady(&mut self, now: Timestamp) -> Timestamp {
        self.steady.get_or_insert_with(|| Steady::at(now)).look(now)
    }

    pub(super) fn told(&self, release: &Open) -> Option<&Told> {
        self.releases.iter().find(|told| told.feed == release.feed && told.version == release.version)
    }

    /// Whether the person has put it off until a time that has come.
    pub(super) fn is_recalled(&self, release: &Open, now: Timestamp) -> bool {
        self.told(release).is_some_and(|told| told.put_off_until.is_some_and(|until| now >= until))
    }

    pub(super) fn has_told(&self, ending: &Ending, warn_days: u16) -> bool {
        self.told_ending(ending, warn_days).is_some()
    }

    /// When this stage of an ending, or a later one, was said.
    pub(super) fn told_ending(&self, ending: &Ending, warn_days: u16) -> Option<Timestamp> {
        let stage = ending.stage(warn_days)?;
        let is_it = |told: &&ToldEnding| {
            told.who == ending.subscription.who
                && told.until == ending.subscription.until
                && told.stage <= stage
        };
        self.endings.iter().filter(is_it).map(|told| told.told).max()
    }

    /// Remembers how a check ended.
    pub fn checked(&mut self, now: &Zoned, has_failed: bool) {
        let steady = self.steady(now.timestamp());
        if !has_failed {
            self.failing = None;
        } else if self.failing.is_none() {
            self.failing = Some(Failing { since: now.timestamp(), steady_since: steady, told: None });
        }
    }

    /// The person has seen all that was said, or has sent the icon away: it needs no icon any more.
    pub fn seen(&mut self, now: &Zoned) {
        self.seen = Some(self.steady(now.timestamp()));
    }

    /// Says nothing of these releases until then; they count as known to the person.
    pub fn put_off(&mut self, open: &[Open], now: &Zoned, until: Timestamp) {
        let time = self.steady(now.timestamp());
        let wait = until.duration_since(now.timestamp()).max(SignedDuration::ZERO);
        for release in open {
            self.change(release, time, |told| told.put_off_until = time.checked_add(wait).ok());
        }
        self.forget(open);
    }

    /// Remembers that this was said.
    pub(super) fn remember(&mut self, said: &Matter, facts: &Facts<'_>, now: Timestamp) {
        self.last_message = Some(now);
        for saying in &said.releases {
            self.change(&saying.release, now, |told| {
                told.last = now;
                told.times = told.times.saturating_add(1);
                told.as_important |= saying.release.is_important;
                told.put_off_until = told.put_off_until.filter(|until| now < *until);
            });
        }
        if let Some(failing) = self.failing.as_mut().filter(|_| said.failing_since.is_some()) {
            failing.told = Some(now);
        }
        if let Some(checked_at) = said.age {
            self.age = Some(Age { checked_at, told: now });
        }
        for Ending { subscription, days_left } in &said.endings {
            let ending = Ending { subscription: subscription.clone(), days_left: *days_left };
            let Some(stage) = ending.stage(facts.warn_days) else { continue };
            let (who, until) = (subscription.who.clone(), subscription.until);
            self.endings.push(ToldEnding { who, until, stage, told: now });
        }
        self.forget(facts.open);
    }

    /// What is remembered of a release, begun where there is nothing yet.
    fn change(&mut self, release: &Open, now: Timestamp, change: impl FnOnce(&mut Told)) {
        if self.told(release).is_none() {
            self.releases.push(Told {
                feed: release.feed.clone(),
                version: release.version,
                last: now,
                times: 0,
                as_important: release.is_important,
                put_off_until: None,
            });
        }
        let is_it = |told: &&mut Told| told.feed == release.feed && told.version == release.version;
        if let Some(told) = self.releases.iter_mut().find(is_it) {
            change(told);
        }
    }

    /// A release that cannot be looked up for once must not be news again, so nothing goes that is not too much.
    fn forget(&mut self, open: &[Open]) {
        let is_open = |told: &Told| {
            open.iter().any(|release| told.feed == release.feed && told.version == release.version)
        };
        let too_many = self.releases.len().saturating_sub(MOST.max(open.len()));
        if too_many > 0 {
            let mut order: Vec<(bool, Timestamp, usize)> =
                self.releases.iter().enumerate().map(|(at, told)| (is_open(told), told.last, at)).collect();
            order.sort_unstable();
            let gone: Vec<usize> = order.into_iter().take(too_many).map(|(_, _, at)| at).collect();
            let mut at = 0;
            self.releases.retain(|_| {
                at += 1;
                !gone.contains(&(at - 1))
            });
        }
        let too_many = self.endings.len().saturating_sub(MOST);
        self.endings.drain(..too_many);
    }
}
