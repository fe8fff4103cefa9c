//! What is known of a base, the platform or this program, by its row or its id.

use smarts_core::machine::Base;
use smarts_core::offer::Item;

use super::Model;
use super::activity::{Activity, Stage};
use super::list::Entry;

impl Model {
    /// The base of an entry.
    pub fn base(&self, entry: &Entry) -> Option<&Base> {
        self.machine.as_ref()?.bases.get(entry.base?)
    }

    /// The item of an entry.
    pub fn item(&self, entry: &Entry) -> Option<&Item> {
        self.report.as_ref()?.items.get(entry.item?)
    }

    /// The platform's item, if the report has one.
    pub fn platform(&self) -> Option<&Item> {
        self.report.as_ref()?.items.get(self.platform?)
    }

    /// This program's item, if the report has one.
    pub fn updater(&self) -> Option<&Item> {
        self.report.as_ref()?.items.get(self.updater?)
    }

    /// An item by its id.
    pub fn item_by_id(&self, id: &str) -> Option<&Item> {
        self.report.as_ref()?.items.get(*self.items.get(id)?)
    }

    /// What is going on with an item.
    pub fn activity(&self, id: &str) -> Option<&Activity> {
        self.activities.get(id)
    }

    /// Whether an installation is under way.
    pub fn is_applying(&self) -> bool {
        self.activities.values().any(Activity::is_applying)
    }

    /// What an installation is at, if one is under way.
    pub fn applying(&self) -> Option<&Stage> {
        self.activities.values().find_map(|activity| match activity {
            Activity::Applying(stage) => Some(stage),
            _ => None,
        })
    }

    /// Whether a download is under way.
    pub fn is_downloading(&self) -> bool {
        self.activities.values().any(Activity::is_transfer)
    }

    /// The name of an item as a person knows it; empty for an unknown id.
    pub fn name_of(&self, id: &str) -> &str {
        self.item_by_id(id).map_or("", |item| item.name.as_str())
    }
}
