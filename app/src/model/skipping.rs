//! Versions that the person does not want to hear of: their rows stay, quiet, and say so; they are not counted.
//!
//! One answer is about a product, so all its bases with the same offer share it; what the worker says afterwards
//! is what was kept. Deliberately not here: when the person is reminded of the others.

use std::collections::BTreeMap;

use smarts_core::offer::{Item, State};
use smarts_core::version::Version;

use super::toasts::Done;
use super::{Action, Command, Dialog, ItemAction, Model};

/// The version that is skipped for an item, by its id.
pub type Skipped = BTreeMap<String, Version>;

impl Model {
    /// Whether the person skips what is offered. What they have begun all the same is not skipped.
    pub fn is_skipped(&self, item: &Item) -> bool {
        self.activity(&item.id).is_none() && self.is_marked(item)
    }

    /// The same, whatever is under way.
    pub(super) fn is_marked(&self, item: &Item) -> bool {
        offered(item).is_some_and(|version| self.skipped.get(&item.id) == Some(&version))
    }

    /// Whether an item can be skipped now: something is offered, and nothing was begun.
    pub fn may_be_skipped(&self, item: &Item) -> bool {
        offered(item).is_some() && self.activity(&item.id).is_none()
    }

    pub(super) fn skip(&mut self, id: &str) -> Vec<Command> {
        let Some(item) = self.item_by_id(id) else { return Vec::new() };
        if !self.may_be_skipped(item) || self.is_marked(item) {
            return Vec::new();
        }
        let said = said(item).map(|(what, version)| Done::Skipped { what, version });
        self.skipped.extend(self.sharing(item));
        self.refresh_rows();
        if let Some(done) = said {
            let undo = Action::Item { id: id.to_owned(), action: ItemAction::OfferAgain };
            self.say(done, Some(undo));
        }
        vec![Command::Skip { item_id: id.to_owned() }]
    }

    pub(super) fn offer_again(&mut self, id: &str) -> Vec<Command> {
        let Some(item) = self.item_by_id(id) else { return Vec::new() };
        if !self.is_marked(item) {
            return Vec::new();
        }
        let said = said(item).map(|(what, version)| Done::OfferedAgain { what, version });
        for (id, _) in self.sharing(item) {
            self.skipped.remove(&id);
        }
        self.refresh_rows();
        if let Some(done) = said {
            self.say(done, None);
        }
        vec![Command::OfferAgain { item_id: id.to_owned() }]
    }

    pub(super) fn take_skipped(&mut self, skipped: Skipped) -> Vec<Command> {
        if self.skipped != skipped {
            self.skipped = skipped;
            self.refresh_rows();
        }
        Vec::new()
    }

    /// What is open is not taken away: it is told when that is closed.
    pub(super) fn tell_of_skip(&mut self, why: String) -> Vec<Command> {
        if self.dialog.is_some() {
            self.skip_fault = Some(why);
        } else {
            self.dialog = Some(Dialog::SkipNotKept { why });
        }
        Vec::new()
    }

    /// Everything that the same release is offered for, the item among it.
    fn sharing(&self, item: &Item) -> Skipped {
        let items = self.report.iter().flat_map(|report| &report.items);
        let same = items.filter(|other| is_same_offer(item, other));
        same.filter_map(|item| Some((item.id.clone(), offered(item)?))).collect()
    }
}

/// Whether one answer is about both.
pub(crate) fn is_same_offer(one: &Item, other: &Item) -> bool {
    let release = |item: &Item| {
        let release = item.offer()?.release()?;
        Some((release.feed.clone(), release.version))
    };
    release(one).is_some() && release(one) == release(other)
}

/// What is skipped, as it is said.
fn said(item: &Item) -> Option<(String, String)> {
    let what = item.product.as_ref().unwrap_or(&item.name).clone();
    Some((what, offered(item)?.to_string()))
}

fn offered(item: &Item) -> Option<Version> {
    match &item.state {
        State::Available { offer } => Some(offer.release()?.version),
        State::UpToDate | State::Blocked { .. } | State::NotManaged { .. } | State::Unknown { .. } => None,
    }
}
