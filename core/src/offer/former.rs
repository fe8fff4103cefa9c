//! Releases that are not above the installed one: of them the newest covered one is looked for where nothing newer
//! is covered, so that a person hears which was the last by their subscription, and how far back it lies.
//!
//! Deliberately not here: reading their descriptions ([`crate::check`]), and going back to one of them.

use std::cmp::Reverse;
use std::collections::HashMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::cover::{newest_covered, standings};
use super::selection::{Suitor, order, tags_meet};
use super::{Catalogues, Item, State, Subject};
use crate::catalogue::{Feed, Release};
use crate::machine::{Base, Machine};
use crate::subscription::Facts;
use crate::version::Version;

/// A release that is not above the installed one, with all that is needed of it to find the newest covered one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    /// Its version.
    pub version: Version,
    /// The day it came out.
    pub date: Date,
}

/// An item without a covered release among those that are known, though there is a day until which releases would
/// be covered: older ones may be looked at.
#[derive(Clone, Debug)]
pub struct Uncovered<'a> {
    /// The base; `None` for the platform.
    pub base: Option<&'a Base>,
    /// The last day that is covered.
    pub last_day: Date,
}

/// Of which of the items no covered release is known yet, and might be.
pub fn uncovered<'m>(items: &[Item], machine: &'m Machine, facts: &Facts<'_>) -> Vec<Uncovered<'m>> {
    let bases: HashMap<&str, &Base> = machine.bases.iter().map(|base| (base.id.as_str(), base)).collect();
    let items = items.iter().filter(|item| !matches!(item.state, State::NotManaged { .. }));
    let uncovered = items.filter_map(|item| {
        let base = match item.subject {
            Subject::Base => Some(*bases.get(item.id.as_str())?),
            Subject::Platform | Subject::Updater => None,
        };
        let last_day = standings(item.subject, base, machine, facts)?.last_day()?;
        newest_covered(item, last_day).is_none().then_some(Uncovered { base, last_day })
    });
    uncovered.collect()
}

impl Uncovered<'_> {
    /// Whether this older release is covered, and suits.
    pub fn is_met_by(&self, release: &Release) -> bool {
        let suits = self.base.is_none_or(|base| tags_meet(&release.tags, base.tag.as_deref()));
        suits && release.date.is_some_and(|released| released <= self.last_day)
    }
}

impl Former {
    /// `None`: it is not known when it came out.
    pub(super) fn of(release: &Release) -> Option<Self> {
        Some(Self { version: release.version, date: release.date? })
    }
}

/// What was read of releases that are not newer than what is installed: of some because another base is older.
pub(super) fn former(feed: Option<&Feed>, catalogues: &Catalogues, suitor: &Suitor<'_>) -> Vec<Former> {
    let read = feed.and_then(|feed| catalogues.get(feed)).and_then(|read| read.as_ref().ok());
    let read = read.into_iter().flat_map(|catalogue| catalogue.releases.iter().chain(&catalogue.former));
    sorted(
        read.filter(|release| suitor.might_have_suited(release)).filter_map(Former::of),
        suitor.is_platform,
    )
}

/// Newest first, each version once.
pub(super) fn sorted(former: impl Iterator<Item = Former>, is_platform: bool) -> Vec<Former> {
    let mut former: Vec<Former> = former.collect();
    former.sort_by_key(|one| Reverse(order(is_platform, &one.version)));
    former.dedup_by_key(|one| one.version);
    former
}
