//! The newest covered release in place of the newest one, for items whose subscriptions do not cover that: chosen
//! by the person, and forgotten with the update that was begun.
//!
//! The report shows a chosen item as if the covered release were all there is, so its row, its sheet and its plan
//! need to know of nothing else; what the report said is put aside and comes back. Deliberately not here: which
//! release is covered ([`Item::covered_offer`]).

use std::collections::HashMap;
use std::mem;

use jiff::civil::Date;
use smarts_core::check::Report;
use smarts_core::offer::{self, Item, State};
use smarts_core::version::Version;

use super::activity::Activity;
use super::list::GroupKey;
use super::{Command, Dialog, Model, Permission};

/// A choice of the covered release for one item.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    /// The item whose files are downloaded, for this one and others.
    lead: String,
    /// What the report says of the item; `None` while the report shows just that.
    aside: Option<Item>,
}

/// What was offered at a moment.
#[derive(Default)]
pub(super) struct Offered {
    steps: HashMap<String, Vec<Version>>,
    /// Items with the covered release in place of the newest.
    covered: Vec<String>,
}

impl Model {
    /// Whether the covered release stands in place of the newest one.
    pub fn is_covered_chosen(&self, id: &str) -> bool {
        self.covered.contains_key(id)
    }

    /// The last day that is covered for an item; `None` where nothing is known of its subscriptions.
    pub fn last_day(&self, id: &str) -> Option<Date> {
        *self.last_days.get(*self.items.get(id)?)?
    }

    /// Items that share row and block with this one, itself among them.
    pub fn blocked_like(&self, id: &str) -> Vec<&Item> {
        let Some(item) = self.item_by_id(id) else { return Vec::new() };
        let Some(key) = GroupKey::of(item).filter(GroupKey::is_blocked) else { return vec![item] };
        let items = self.report.iter().flat_map(|report| &report.items);
        items.filter(|other| GroupKey::of(other).as_ref() == Some(&key)).collect()
    }

    /// For the person: download the covered release and go on as with any other.
    pub(super) fn begin_covered(&mut self, id: &str, whole_group: bool) -> Vec<Command> {
        let busy = self.activity(id).is_some_and(|a| a.is_transfer() || a.is_applying());
        if busy || self.permission != Permission::Granted {
            return Vec::new();
        }
        let ids: Vec<String> = if whole_group {
            self.blocked_like(id).into_iter().map(|item| item.id.clone()).collect()
        } else {
            vec![id.to_owned()]
        };
        self.choose_covered(id, &ids);
        if !self.is_covered_chosen(id) {
            return Vec::new();
        }
        if matches!(self.dialog, Some(Dialog::NotCovered { .. })) {
            self.dialog = None;
        }
        self.refresh();
        self.begin_update(id, whole_group)
    }

    /// Puts the covered release in the place of the newest, wherever that is blocked and a covered one can be had.
    pub(super) fn choose_covered(&mut self, lead: &str, ids: &[String]) {
        for id in ids {
            if !self.covered.contains_key(id) {
                self.covered.insert(id.clone(), Choice { lead: lead.to_owned(), aside: None });
            }
        }
        self.put_covered_in_place();
    }

    /// For an earlier run that has left a part of it.
    pub(super) fn take_up_covered(&mut self, id: String, paused: Activity) -> Vec<Command> {
        if self.activity(&id).is_some() || self.cancelled.contains(&id) {
            return Vec::new();
        }
        self.choose_covered(&id, std::slice::from_ref(&id));
        if self.is_covered_chosen(&id) {
            self.activities.insert(id, paused);
        }
        self.refresh();
        Vec::new()
    }

    /// Replaces the report: nothing that was put aside is about the new one.
    pub(super) fn put_report(&mut self, report: Option<Report>) {
        self.report = report;
        for choice in self.covered.values_mut() {
            choice.aside = None;
        }
    }

    /// What was installed since the last check, by this program or by others, is no longer offered; what is known
    /// of subscriptions counts at once.
    pub(super) fn catch_up(&mut self) {
        self.put_newest_back();
        if let (Some(machine), Some(report)) = (&self.machine, &mut self.report) {
            let facts = self.subscriptions.facts(machine, &self.now);
            offer::refit(&mut report.items, machine, &facts);
        }
        self.put_covered_in_place();
    }

    /// The report as it was read.
    pub(super) fn put_newest_back(&mut self) {
        let asides = self.covered.iter_mut().filter_map(|(id, choice)| Some((id, choice.aside.take()?)));
        for (id, aside) in asides {
            if let Some(item) = place_of(&mut self.report, id, &aside) {
                *item = aside;
            }
        }
    }

    fn put_covered_in_place(&mut self) {
        let (Some(machine), Some(report)) = (&self.machine, &mut self.report) else { return };
        let covered = &mut self.covered;
        for item in &mut report.items {
            let Some(choice) = covered.get_mut(&item.id).filter(|choice| choice.aside.is_none()) else {
                continue;
            };
            if let Some(instead) = item.with_covered(machine) {
                choice.aside = Some(mem::replace(item, instead));
            }
        }
        // Those that are covered by now, or cannot be had any more.
        covered.retain(|_, choice| choice.aside.is_some());
    }

    /// Lets go of choices whose update is over, or was taken back.
    pub(super) fn forget_idle_covered(&mut self) {
        let activities = &self.activities;
        // Of those that went along, whoever takes part has an activity; the rest wait only while the lead has not
        // come to its end.
        let leads = |lead: &str| activities.get(lead).is_some_and(|activity| !activity.is_over());
        let (kept, gone): (HashMap<_, _>, HashMap<_, _>) = mem::take(&mut self.covered)
            .into_iter()
            .partition(|(id, choice)| activities.contains_key(id) || leads(&choice.lead));
        self.covered = kept;
        if gone.is_empty() {
            return;
        }
        for (id, choice) in gone {
            if let Some(aside) = choice.aside
                && let Some(item) = place_of(&mut self.report, &id, &aside)
            {
                *item = aside;
            }
        }
        self.refresh();
    }

    pub(super) fn offered(&self) -> Offered {
        let items = self.report.iter().flat_map(|report| &report.items);
        let steps =
            |item: &Item| item.offer().map(|offer| offer.steps.iter().map(|step| step.version).collect());
        Offered {
            steps: items.filter_map(|item| Some((item.id.clone(), steps(item)?))).collect(),
            covered: self.covered.keys().cloned().collect(),
        }
    }

    /// An offer that is no longer made, that cannot be installed any more, or that is of other releases than
    /// before, takes its idle file with it. What is under way goes on, but for the covered release where that is
    /// not what is wanted any more.
    pub(super) fn forget_gone_offers(&mut self, before: &Offered) -> Vec<Command> {
        let now = self.offered();
        let same = |id: &str| {
            let (then, now) = (before.steps.get(id), now.steps.get(id));
            now.is_some() && (then.is_none() || then == now)
        };
        let is_open =
            |id: &str| self.item_by_id(id).is_some_and(|item| matches!(item.state, State::Available { .. }));
        let is_gone = |(id, activity): (&String, &Activity)| {
            let idle = matches!(
                activity,
                Activity::Ready(_)
                    | Activity::Paused { .. }
                    | Activity::DownloadFailed(_)
                    | Activity::Refused(_)
                    | Activity::NotPermitted
            );
            let unwanted = activity.is_transfer() && before.covered.contains(id) && !same(id);
            (unwanted || idle && !(same(id) && is_open(id))).then(|| (id.clone(), unwanted, same(id)))
        };
        let gone: Vec<(String, bool, bool)> = self.activities.iter().filter_map(is_gone).collect();
        let mut commands = Vec::new();
        for (id, unwanted, same) in gone {
            self.activities.remove(&id);
            // Its sheet was about releases that are not offered any more.
            if !same && before.covered.contains(&id) && self.sheet().is_some_and(|sheet| sheet.item_id == id)
            {
                self.dialog = None;
            }
            if unwanted {
                self.requests.remove(&id);
                self.cancelled.insert(id.clone());
                commands.push(Command::PauseDownload { item_id: id });
            }
        }
        let activities = &self.activities;
        self.files.retain(|id, _| activities.contains_key(id));
        self.forget_idle_covered();
        commands
    }

    /// Counted when something changes, not in every frame.
    pub(super) fn count_last_days(&mut self) {
        self.last_days = match (&self.machine, &self.report) {
            (Some(machine), Some(report)) => {
                let facts = self.subscriptions.facts(machine, &self.now);
                offer::last_days(&report.items, machine, &facts)
            }
            _ => Vec::new(),
        };
    }
}

fn place_of<'r>(report: &'r mut Option<Report>, id: &str, like: &Item) -> Option<&'r mut Item> {
    let items = &mut report.as_mut()?.items;
    items.iter_mut().find(|item| item.id == id && item.subject == like.subject)
}
