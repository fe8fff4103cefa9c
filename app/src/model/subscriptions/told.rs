//! What has just been done about subscriptions, and what becomes of what is open when a change has ended.
//!
//! Deliberately not here: the words.

use std::path::PathBuf;

use smarts_core::subscription::Subscriptions;

use super::{Former, SubscriptionDialog, Written};
use crate::model::schedule::{Access, Saving};
use crate::model::toasts::Done;
use crate::model::{Action, Command, Dialog, Model, SubscriptionsAction};

/// What has just been done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// A list is imported.
    Imported {
        /// What it has taken the place of, if that could not be read.
        former: Option<Former>,
    },
    /// Dates are entered.
    Saved {
        /// So many.
        records: usize,
        /// The same.
        former: Option<Former>,
    },
    /// A record is taken away.
    Removed {
        /// Whose.
        device: String,
        /// The same.
        former: Option<Former>,
    },
    /// The list is written to a file, and not all of it.
    Exported {
        /// Which.
        path: PathBuf,
        /// What is in it.
        written: Written,
    },
    /// Something was not done; a sentence.
    Failed(String),
}

/// What to say when a change is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// On the page: there is more to it.
    OnPage(Told),
    /// For a moment.
    InPassing(Done),
}

impl Told {
    /// What was put aside for it.
    pub fn former(&self) -> Option<&Former> {
        match self {
            Self::Imported { former } | Self::Saved { former, .. } | Self::Removed { former, .. } => {
                former.as_ref()
            }
            Self::Exported { .. } | Self::Failed(_) => None,
        }
    }

    fn with(mut self, aside: Option<Former>) -> Self {
        if let Self::Imported { former } | Self::Saved { former, .. } | Self::Removed { former, .. } =
            &mut self
        {
            *former = aside;
        }
        self
    }
}

impl Model {
    /// What is known counts in any case; what was typed stays where it was not saved.
    pub(super) fn end_edit(
        &mut self,
        known: Subscriptions,
        result: Result<Option<Former>, String>,
    ) -> Vec<Command> {
        let told = self.subscription_page.saving.take();
        let saving = match &mut self.dialog {
            Some(Dialog::Subscription(SubscriptionDialog::Edit(page))) => Some(&mut page.saving),
            Some(Dialog::Subscription(SubscriptionDialog::Import(page))) => Some(&mut page.saving),
            Some(Dialog::Subscription(SubscriptionDialog::Question { saving, .. })) => Some(saving),
            _ => None,
        };
        let saving = saving.filter(|saving| **saving == Saving::Running);
        match (result, saving) {
            (Ok(former), saving) => {
                if saving.is_some() {
                    self.dialog = None;
                }
                match told {
                    Some(Outcome::OnPage(told)) => self.subscription_page.told = Some(told.with(former)),
                    Some(Outcome::InPassing(done)) => self.say_saved(done),
                    None => {}
                }
            }
            (Err(why), Some(saving)) => *saving = Saving::Failed(why),
            (Err(why), None) => self.subscription_page.told = Some(Told::Failed(why)),
        }
        self.take_edited(known)
    }

    /// A device counts again with one key, where that needs no permission of the system.
    fn say_saved(&mut self, done: Done) {
        let undo = match &done {
            Done::WrittenOff { device } if self.subscription_page.access == Access::Free => {
                let device = device.clone();
                Some(Action::Subscriptions(SubscriptionsAction::CountAgain { device }))
            }
            _ => None,
        };
        self.say(done, undo);
    }

    pub(super) fn end_export(&mut self, path: PathBuf, result: Result<Written, String>) -> Vec<Command> {
        self.subscription_page.told = match result {
            Ok(written) if written.left_out == 0 => {
                self.say(Done::RecordsWritten { path, count: written.records }, None);
                None
            }
            Ok(written) => Some(Told::Exported { path, written }),
            Err(why) => Some(Told::Failed(why)),
        };
        Vec::new()
    }
}
