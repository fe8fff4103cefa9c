//! What has just been done about subscriptions, and what becomes of what is open when a change has ended.
//!
//! Deliberately not here: the words.

use std::path::PathBuf;

use smarts_core::subscription::Subscriptions;

use super::{Former, SubscriptionDialog, Written};
use crate::model::schedule::Saving;
use crate::model::{Command, Dialog, Model};

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
    /// A device does not count any more.
    WrittenOff {
        /// Which.
        device: String,
    },
    /// A device counts again.
    CountedAgain {
        /// Which.
        device: String,
    },
    /// Rows are copied.
    Copied {
        /// So many.
        rows: usize,
    },
    /// The list is written to a file.
    Exported {
        /// Which.
        path: PathBuf,
        /// What is in it.
        written: Written,
    },
    /// Something was not done; a sentence.
    Failed(String),
}

impl Told {
    /// What was put aside for it.
    pub fn former(&self) -> Option<&Former> {
        match self {
            Self::Imported { former } | Self::Saved { former, .. } | Self::Removed { former, .. } => {
                former.as_ref()
            }
            Self::WrittenOff { .. }
            | Self::CountedAgain { .. }
            | Self::Copied { .. }
            | Self::Exported { .. }
            | Self::Failed(_) => None,
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
                self.subscription_page.told = told.map(|told| told.with(former));
            }
            (Err(why), Some(saving)) => *saving = Saving::Failed(why),
            (Err(why), None) => self.subscription_page.told = Some(Told::Failed(why)),
        }
        self.take_edited(known)
    }

    pub(super) fn end_export(&mut self, path: PathBuf, result: Result<Written, String>) -> Vec<Command> {
        self.subscription_page.told = Some(match result {
            Ok(written) => Told::Exported { path, written },
            Err(why) => Told::Failed(why),
        });
        Vec::new()
    }
}
