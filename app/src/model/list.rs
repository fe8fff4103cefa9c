//! Which rows the list of bases has: the machine's bases matched with the report's items, filtered,
//! searched, sorted, and grouped where three or more bases have the same offer.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use serde::{Deserialize, Serialize};
use smarts_core::check::Report;
use smarts_core::machine::{Base, Machine};
use smarts_core::offer::{Block, Item, Offer, State, Subject};
use smarts_core::version::Version;

use super::Model;
use super::activity::Activity;
use super::current::Current;
use super::sort::{self, Sort};

/// From how many bases with the same offer on they are one row.
const GROUP_FROM: usize = 3;

/// The filter, the search and what is unfolded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct List {
    /// Which bases.
    pub filter: Filter,
    /// The text searched for, as typed.
    pub search: String,
    /// In which order.
    pub sort: Sort,
    /// The groups that are unfolded.
    pub unfolded: BTreeSet<GroupKey>,
    /// Bases of groups that are not to be updated together with the others, by their ids.
    pub unticked: BTreeSet<String>,
    /// The row that the keyboard is at, or comes to.
    pub current: Current,
    /// One for each base, in the machine's order.
    pub entries: Vec<Entry>,
    /// What is shown, from top to bottom.
    pub rows: Vec<Row>,
}

/// Which bases are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    /// All of them.
    #[default]
    All,
    /// Those with a newer release, and those with an update under way or just over.
    WithUpdates,
}

/// A base: where it stands on the machine and in the report. At least one of the two is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id; shared by bases whose damage is just that.
    pub id: String,
    /// Its place among the machine's bases.
    pub base: Option<usize>,
    /// Its place among the report's items.
    pub item: Option<usize>,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// One base; `member`: of the unfolded group above it.
    Base {
        /// Its place in [`List::entries`].
        entry: usize,
        /// Whether it belongs to the group above.
        member: bool,
    },
    /// Several bases with the same offer.
    Group {
        /// Which.
        key: GroupKey,
        /// Their places in [`List::entries`]; at least three.
        entries: Vec<usize>,
    },
}

/// What bases must share to be one row: the feed, the version installed, the steps to what can be installed, and what
/// subscriptions have against the newest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct GroupKey {
    /// Folder of the product's releases.
    pub feed: String,
    /// Shown to a person.
    pub product: String,
    /// Installed.
    pub installed: Option<Version>,
    /// Steps to what can be installed: the release offered or, where subscriptions do not cover that, the newest
    /// covered one; none where there is no such.
    pub steps: Vec<Version>,
    /// Whether the person skips it.
    #[serde(default)]
    pub skipped: bool,
    /// What subscriptions keep from being installed.
    #[serde(default)]
    pub blocked: Option<Blocked>,
}

/// A release that subscriptions keep from being installed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Blocked {
    /// Which.
    pub version: Version,
    /// Whether nothing is known of a subscription, rather than that it has ended.
    pub is_unknown: bool,
}

impl GroupKey {
    /// Of an item that can be updated now, or that only subscriptions keep from that.
    pub fn of(item: &Item) -> Option<Self> {
        let (offer, blocked) = match &item.state {
            State::Available { offer } => (offer, None),
            State::Blocked { offer, blocks } => (offer, Some(Blocked::of(offer, blocks)?)),
            State::UpToDate | State::NotManaged { .. } | State::Unknown { .. } => return None,
        };
        let versions = |offer: &Offer| offer.steps.iter().map(|release| release.version).collect();
        let steps = match &blocked {
            None => versions(offer),
            Some(_) => item.covered_offer().as_ref().map(versions).unwrap_or_default(),
        };
        Some(Self {
            feed: offer.release()?.feed.as_str().to_owned(),
            product: item.product.clone().unwrap_or_else(|| item.name.clone()),
            installed: item.installed,
            steps,
            skipped: false,
            blocked,
        })
    }

    /// Whether subscriptions keep the newest release from being installed.
    pub fn is_blocked(&self) -> bool {
        self.blocked.is_some()
    }

    /// Whether one and the same files update both.
    pub fn shares_files(&self, other: &Self) -> bool {
        let is_same = self.feed == other.feed && self.product == other.product && self.steps == other.steps;
        is_same && !self.steps.is_empty()
    }
}

impl Blocked {
    /// `None`: something else keeps it from being installed, too.
    fn of(offer: &Offer, blocks: &[Block]) -> Option<Self> {
        let mut is_unknown = false;
        for block in blocks {
            match block {
                Block::NoFile { .. } => return None,
                Block::SubscriptionEnded(_) => {}
                Block::SubscriptionUnknown(_) => is_unknown = true,
            }
        }
        Some(Self { version: offer.release()?.version, is_unknown })
    }
}

/// Matches bases with items by id; where several bases share one, in their order.
pub fn entries(machine: Option<&Machine>, report: Option<&Report>) -> Vec<Entry> {
    let items = report.map_or(&[][..], |report| &report.items[..]);
    let of_bases = items.iter().enumerate().filter(|(_, item)| item.subject == Subject::Base);
    let Some(machine) = machine else {
        return of_bases
            .map(|(place, item)| Entry { id: item.id.clone(), base: None, item: Some(place) })
            .collect();
    };
    let mut places: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (place, item) in of_bases {
        places.entry(&item.id).or_default().push_back(place);
    }
    let entry = |(place, base): (usize, &Base)| Entry {
        id: base.id.clone(),
        base: Some(place),
        item: places.get_mut(base.id.as_str()).and_then(VecDeque::pop_front),
    };
    machine.bases.iter().enumerate().map(entry).collect()
}

/// The rows for the present filter and search.
pub fn rows(model: &Model) -> Vec<Row> {
    let list = &model.list;
    let needle = list.search.trim().to_lowercase();
    let shown = (0..list.entries.len()).filter(|place| {
        let Some(entry) = list.entries.get(*place) else { return false };
        passes(model, entry) && (needle.is_empty() || is_found(model, entry, &needle))
    });
    let mut shown: Vec<usize> = shown.collect();
    sort::sort(model, &mut shown);
    let shown = shown.into_iter();
    if needle.is_empty() { grouped(model, shown) } else { shown.map(single).collect() }
}

fn single(entry: usize) -> Row {
    Row::Base { entry, member: false }
}

fn passes(model: &Model, entry: &Entry) -> bool {
    match model.list.filter {
        Filter::All => true,
        Filter::WithUpdates => {
            let is_open = |item: &Item| item.offer().is_some() && !model.is_skipped(item);
            model.activity(&entry.id).is_some() || model.item(entry).is_some_and(is_open)
        }
    }
}

fn is_found(model: &Model, entry: &Entry, needle: &str) -> bool {
    let base = model.base(entry);
    let item = model.item(entry);
    let texts = [
        base.map(|base| base.name.as_str()),
        base.map(|base| base.product.as_str()),
        base.map(|base| base.folder.as_str()),
        base.and_then(|base| base.comment.as_deref()),
        item.map(|item| item.name.as_str()),
        item.and_then(|item| item.product.as_deref()),
        Some(entry.id.as_str()),
    ];
    texts.into_iter().flatten().any(|text| text.to_lowercase().contains(needle))
}

/// Bases whose installation has begun or ended stand for themselves, whatever they share.
fn group_key(model: &Model, place: usize) -> Option<GroupKey> {
    let entry = model.list.entries.get(place)?;
    let alone = model.activity(&entry.id).is_some_and(|activity| {
        activity.is_over()
            || activity.is_applying()
            || matches!(activity, Activity::DownloadFailed(_) | Activity::Refused(_) | Activity::Copies(_))
    });
    if alone {
        return None;
    }
    let item = model.item(entry)?;
    Some(GroupKey { skipped: model.is_skipped(item), ..GroupKey::of(item)? })
}

fn grouped(model: &Model, shown: impl Iterator<Item = usize>) -> Vec<Row> {
    let keyed: Vec<(usize, Option<GroupKey>)> = shown.map(|place| (place, group_key(model, place))).collect();
    let mut members: BTreeMap<&GroupKey, Vec<usize>> = BTreeMap::new();
    for (place, key) in &keyed {
        if let Some(key) = key {
            members.entry(key).or_default().push(*place);
        }
    }
    let mut rows = Vec::with_capacity(keyed.len());
    for (place, key) in &keyed {
        let group = key.as_ref().and_then(|key| Some((key, members.get(key)?)));
        match group {
            Some((key, entries)) if entries.len() >= GROUP_FROM => {
                if entries.first() == Some(place) {
                    rows.push(Row::Group { key: key.clone(), entries: entries.clone() });
                    if model.list.unfolded.contains(key) {
                        rows.extend(entries.iter().map(|entry| Row::Base { entry: *entry, member: true }));
                    }
                }
            }
            _ => rows.push(single(*place)),
        }
    }
    rows
}
