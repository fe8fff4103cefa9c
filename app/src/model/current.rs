//! Which row of the list is the current one: the row that the keyboard is at, or comes to.
//!
//! It follows its base through sorting, filtering and grouping; where that is gone, whatever took its place. Deliberately
//! not here: whether the list has the keyboard, which belongs to the screen.

use super::details::Of;
use super::list::{GroupKey, Row};
use super::{Command, Model};

/// What stands in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A base, by its id.
    Base(String),
    /// Several bases with the same offer.
    Group(GroupKey),
}

/// The current row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Current {
    row: usize,
    spot: Option<Spot>,
}

/// A way through the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many rows up.
    Up(usize),
    /// So many rows down.
    Down(usize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// Opens a group; of an open one to its first base.
    Into,
    /// Closes a group; from a base to the group it belongs to.
    OutOf,
}

impl Model {
    /// The current row; `None` where there are none.
    pub fn current_row(&self) -> Option<usize> {
        let last = self.list.rows.len().checked_sub(1)?;
        Some(self.list.current.row.min(last))
    }

    /// What the details of a row are about.
    pub fn details_of(&self, row: usize) -> Option<Of> {
        Some(match self.spot(row)? {
            Spot::Base(id) => Of::Item(id),
            Spot::Group(key) => Of::Group(key),
        })
    }

    fn spot(&self, row: usize) -> Option<Spot> {
        Some(match self.list.rows.get(row)? {
            Row::Base { entry, .. } => Spot::Base(self.list.entries.get(*entry)?.id.clone()),
            Row::Group { key, .. } => Spot::Group(key.clone()),
        })
    }

    pub(super) fn stand_at(&mut self, row: usize) -> Vec<Command> {
        self.put_current(row);
        self.details_follow()
    }

    /// Without the details.
    pub(super) fn put_current(&mut self, row: usize) {
        let row = row.min(self.list.rows.len().saturating_sub(1));
        self.list.current = Current { row, spot: self.spot(row) };
    }

    pub(super) fn step(&mut self, step: Step) -> Vec<Command> {
        let Some(row) = self.current_row() else { return Vec::new() };
        let to = match step {
            Step::Up(rows) => row.saturating_sub(rows),
            Step::Down(rows) => row.saturating_add(rows),
            Step::First => 0,
            Step::Last => usize::MAX,
            Step::Into => match self.list.rows.get(row) {
                Some(Row::Group { key, .. }) if self.list.unfolded.contains(key) => row + 1,
                Some(Row::Group { key, .. }) => return self.fold(key.clone(), false),
                Some(Row::Base { .. }) | None => return Vec::new(),
            },
            Step::OutOf => match self.list.rows.get(row) {
                Some(Row::Group { key, .. }) => return self.fold(key.clone(), true),
                Some(Row::Base { member: true, .. }) => self.group_above(row),
                Some(Row::Base { member: false, .. }) | None => return Vec::new(),
            },
        };
        self.stand_at(to)
    }

    fn group_above(&self, row: usize) -> usize {
        let above = self.list.rows.get(..row).unwrap_or_default();
        above.iter().rposition(|row| matches!(row, Row::Group { .. })).unwrap_or(row)
    }

    fn fold(&mut self, key: GroupKey, is_folded: bool) -> Vec<Command> {
        if is_folded {
            self.list.unfolded.remove(&key);
        } else {
            self.list.unfolded.insert(key);
        }
        self.refresh_rows();
        Vec::new()
    }

    /// After the rows have changed.
    pub(super) fn find_current(&mut self) {
        let Current { row, spot } = &self.list.current;
        let is_there = |row: &usize| spot.is_some() && self.spot(*row) == *spot;
        let found =
            if is_there(row) { Some(*row) } else { spot.as_ref().and_then(|spot| self.row_with(spot)) };
        let last = self.list.rows.len().saturating_sub(1);
        let row = found.unwrap_or(*row).min(last);
        // A list that is empty for now brings the same row back.
        let spot = self.spot(row).or_else(|| spot.clone());
        self.list.current = Current { row, spot };
    }

    /// Where it stands now; a base of a closed group in that.
    fn row_with(&self, spot: &Spot) -> Option<usize> {
        let rows = &self.list.rows;
        match spot {
            Spot::Base(id) => self.row_of(id).or_else(|| self.row_of_group_with(id)),
            Spot::Group(key) => {
                rows.iter().position(|row| matches!(row, Row::Group { key: other, .. } if other == key))
            }
        }
    }
}
