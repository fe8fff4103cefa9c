//! «Напомнить в 21:00»: sheets that were put off until the hours for updates.
//!
//! The message and the icon come from the memory of what was said, also when the window is closed by then; a window
//! that is open shows the sheet itself, as messages are not shown over it.

use jiff::Timestamp;

use super::activity::Activity;
use super::{Command, Dialog, Model};

impl Model {
    /// Until when an item was put off.
    pub fn reminder(&self, item_id: &str) -> Option<Timestamp> {
        self.reminders.get(item_id).copied()
    }

    /// When the next sheet is to be shown.
    pub fn next_reminder(&self) -> Option<Timestamp> {
        self.reminders.values().min().copied()
    }

    pub(super) fn put_off(&mut self) -> Vec<Command> {
        let Some(Dialog::Sheet(sheet)) = &self.dialog else { return Vec::new() };
        let Some(at) = sheet.facts().and_then(|data| data.remind_at) else { return Vec::new() };
        let item_id = sheet.item_id.clone();
        self.reminders.insert(item_id.clone(), at);
        self.dialog = None;
        vec![Command::Remind { item_id, at }]
    }

    /// Shows what is due, one after the other, once nothing else is open or under way.
    pub(super) fn remind(&mut self) -> Vec<Command> {
        let now = self.now.timestamp();
        if self.dialog.is_some() || self.is_applying() {
            return Vec::new();
        }
        let due = self.reminders.iter().find(|(_, at)| **at <= now).map(|(id, _)| id.clone());
        let Some(id) = due else { return Vec::new() };
        self.reminders.remove(&id);
        if !matches!(self.activity(&id), Some(Activity::Ready(_))) {
            return Vec::new();
        }
        let mut commands = self.open_sheet(&id);
        commands.push(Command::CallAttention);
        commands
    }
}
