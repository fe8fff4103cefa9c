//! «Напомнить в 21:00»: sheets that were put off until the hours for updates.
//!
//! The message and the icon come from the memory of what was said, also when the window is closed by then; a window
//! that is open shows the sheet itself, as messages are not shown over it.

use jiff::Timestamp;

use super::activity::Activity;
use super::sheet::Choice;
use super::{Command, Dialog, Model};

/// A sheet that was put off.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reminder {
    at: Timestamp,
    /// What was ticked, and not.
    choices: Vec<Choice>,
}

impl Model {
    /// Until when an item was put off.
    pub fn reminder(&self, item_id: &str) -> Option<Timestamp> {
        self.reminders.get(item_id).map(|reminder| reminder.at)
    }

    /// When the next sheet is to be shown.
    pub fn next_reminder(&self) -> Option<Timestamp> {
        self.reminders.values().map(|reminder| reminder.at).min()
    }

    pub(super) fn put_off(&mut self) -> Vec<Command> {
        let Some(Dialog::Sheet(sheet)) = &self.dialog else { return Vec::new() };
        let Some(at) = sheet.remind_at() else { return Vec::new() };
        let (item_id, choices) = (sheet.item_id.clone(), sheet.choices.clone());
        self.reminders.insert(item_id.clone(), Reminder { at, choices });
        let mut commands = self.close_dialog();
        commands.push(Command::Remind { item_id, at });
        commands
    }

    /// Shows what is due, one after the other, once nothing else is open or under way.
    pub(super) fn remind(&mut self) -> Vec<Command> {
        let now = self.now.timestamp();
        if self.dialog.is_some() || self.is_applying() {
            return Vec::new();
        }
        let is_due = |reminder: &Reminder| reminder.at <= now;
        let due = self.reminders.iter().find(|(_, reminder)| is_due(reminder)).map(|(id, _)| id.clone());
        let Some((id, Reminder { mut choices, .. })) = due.and_then(|id| self.reminders.remove_entry(&id))
        else {
            return Vec::new();
        };
        if !matches!(self.activity(&id), Some(Activity::Ready(_))) {
            return Vec::new();
        }
        let was_of_bases = !choices.is_empty();
        choices.retain(|choice| self.can_be_chosen(&choice.id));
        if was_of_bases && choices.is_empty() {
            return Vec::new();
        }
        let mut commands = self.show_sheet(&id, choices);
        commands.push(Command::CallAttention);
        commands
    }

    /// Whether a base is still there, and nothing has become of it since the sheet was put off.
    fn can_be_chosen(&self, base_id: &str) -> bool {
        self.machine.as_ref().is_some_and(|machine| machine.base(base_id).is_some())
            && !self.activity(base_id).is_some_and(|activity| activity.is_applying() || activity.is_over())
    }
}
