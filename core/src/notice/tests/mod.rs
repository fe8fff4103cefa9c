mod calendar;
mod kept;
mod opened;
mod properties;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::*;
use crate::catalogue::Feed;
use crate::offer::Subject;
use crate::settings::WarnDays;

/// A person whose PC checks again and again.
#[derive(Clone, Default)]
struct Person {
    memory: Memory,
    open: Vec<Open>,
    checked_at: Option<Timestamp>,
    is_offline: bool,
    maintenance: Option<WeekHours>,
    subscriptions: Vec<Subscription>,
    warn_days: WarnDays,
    is_window_open: bool,
    is_full_screen: bool,
}

/// In Moscow; 23 November 2026 is a Monday.
fn at(text: &str) -> Zoned {
    let moment: DateTime = text.parse().unwrap();
    moment.to_zoned(TimeZone::fixed(jiff::tz::offset(3))).unwrap()
}

fn release(feed: &str, version: &str) -> Open {
    Open {
        feed: Feed::named(feed).unwrap(),
        version: version.parse().unwrap(),
        subject: Subject::Base,
        product: Some("Склад 15".to_owned()),
        is_important: false,
        is_blocked: false,
        is_downloaded: false,
        ids: vec!["main".to_owned()],
    }
}

impl Person {
    fn with(open: &[Open]) -> Self {
        Self { open: open.to_vec(), ..Self::default() }
    }

    fn facts<'a>(&'a self, now: &'a Zoned) -> Facts<'a> {
        Facts {
            now,
            open: &self.open,
            checked_at: self.checked_at,
            is_offline: self.is_offline,
            maintenance: self.maintenance.as_ref(),
            subscriptions: &self.subscriptions,
            warn_days: self.warn_days.days(),
            is_window_open: self.is_window_open,
            is_full_screen: self.is_full_screen,
        }
    }

    fn decide(&mut self, now: &Zoned) -> Decision {
        let decision = decide(&self.facts(now), &self.memory);
        self.memory = decision.memory.clone();
        decision
    }

    /// What is said then, in short.
    fn hears(&mut self, now: &str) -> Vec<String> {
        self.decide(&at(now)).message.map(|matter| short(&matter)).unwrap_or_default()
    }
}

fn short(matter: &Matter) -> Vec<String> {
    let releases = matter.releases.iter().map(|saying| {
        let word = match saying.occasion {
            Occasion::New => "new",
            Occasion::Important => "important",
            Occasion::Again => "again",
        };
        format!("{word} {}", saying.release.version)
    });
    let failing = matter.failing_since.map(|_| "failing".to_owned());
    let endings = matter
        .endings
        .iter()
        .map(|ending| format!("{} ends in {}", ending.subscription.who, ending.days_left));
    let age = matter.age.map(|_| "age".to_owned());
    releases.chain(failing).chain(endings).chain(age).collect()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

const NOTHING: [&str; 0] = [];
