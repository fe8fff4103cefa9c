//! The item that the person came for: from a message, a link or another start of the program.

use jiff::Timestamp;

use super::list::{Filter, Row};
use super::{Command, Model, PLATFORM, Tab, UPDATER};

/// How long an item is marked, in seconds.
pub const MARKED_SECS: i64 = 4;

/// An item that is marked for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// `platform`, `updater`, or the base's id.
    pub id: String,
    /// Whether the list has been moved to it.
    pub in_sight: bool,
    since: Timestamp,
}

impl Model {
    /// The row a base stands in, if it is shown.
    pub fn row_of(&self, id: &str) -> Option<usize> {
        let is_it = |row: &Row| match row {
            Row::Base { entry, .. } => self.list.entries.get(*entry).is_some_and(|entry| entry.id == id),
            Row::Group { .. } => false,
        };
        self.list.rows.iter().position(is_it)
    }

    /// The row of the group that a base belongs to, open or not.
    pub(super) fn row_of_group_with(&self, id: &str) -> Option<usize> {
        let is_it = |place: &usize| self.list.entries.get(*place).is_some_and(|entry| entry.id == id);
        let holds = |row: &Row| match row {
            Row::Group { entries, .. } => entries.iter().any(is_it),
            Row::Base { .. } => false,
        };
        self.list.rows.iter().position(holds)
    }

    /// At once, or as soon as the machine and the report are there.
    pub(super) fn show_item(&mut self, id: String) -> Vec<Command> {
        self.wanted = Some(id);
        self.tab = Tab::Updates;
        self.show_wanted();
        Vec::new()
    }

    /// To be called when the list may have got what is wanted. An item that is not there when everything
    /// has been read is not waited for.
    pub(super) fn show_wanted(&mut self) {
        let Some(wanted) = self.wanted.take() else { return };
        // Written so where a base's id is the platform's name.
        let base_id = wanted.strip_prefix("base:").unwrap_or(&wanted).to_owned();
        let is_card = (wanted == PLATFORM || wanted == UPDATER) && self.loaded;
        if is_card || self.bring_into_list(&base_id) {
            let id = if is_card { wanted } else { base_id };
            if let Some(row) = self.row_of(&id) {
                self.put_current(row);
            }
            self.shown = Some(Shown { id, in_sight: is_card, since: self.now.timestamp() });
        } else if !self.loaded || self.check.is_some() {
            self.wanted = Some(wanted);
        }
    }

    pub(super) fn forget_shown(&mut self) {
        let now = self.now.timestamp().as_second();
        let is_old = |shown: &Shown| !(0..MARKED_SECS).contains(&(now - shown.since.as_second()));
        if self.shown.as_ref().is_some_and(is_old) {
            self.shown = None;
        }
    }

    /// Whatever hides the base gives way: the group it is folded into, then search and filter.
    fn bring_into_list(&mut self, id: &str) -> bool {
        if !self.list.entries.iter().any(|entry| entry.id == id) {
            return false;
        }
        self.unfold_group_of(id);
        if self.row_of(id).is_none() {
            self.list.filter = Filter::All;
            self.list.search.clear();
            self.refresh_rows();
            self.unfold_group_of(id);
        }
        self.row_of(id).is_some()
    }

    fn unfold_group_of(&mut self, id: &str) {
        let row = self.row_of_group_with(id).and_then(|row| self.list.rows.get(row));
        let Some(Row::Group { key, .. }) = row else { return };
        let key = key.clone();
        self.list.unfolded.insert(key);
        self.refresh_rows();
    }
}
