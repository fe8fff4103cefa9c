//! What is known of subscriptions, on the machine of a session.

use jiff::tz::TimeZone;
use smarts_core::machine::{Fault, Problem};
use smarts_core::subscription::{Error, Subscriptions};

use super::Session;
use crate::error::chain;

impl Session {
    /// What is known now: others may have changed it since the start.
    pub fn subscriptions(&self) -> Subscriptions {
        let (known, error) = self.read_subscriptions();
        if let Some(error) = error {
            tracing::warn!(error = chain(&error), "Not all that is known of subscriptions is used");
        }
        known
    }

    fn read_subscriptions(&self) -> (Subscriptions, Option<Error>) {
        Subscriptions::load(&*self.os, &self.paths, &self.settings, &TimeZone::system())
    }

    /// What of that deserves a person's eye.
    pub(super) fn subscription_problems(&self) -> impl Iterator<Item = Problem> {
        let (known, error) = self.read_subscriptions();
        let path = self.paths.subscriptions_path().display().to_string();
        let unread = error.map(|error| Fault::Subscriptions { detail: chain(&error) });
        let first = known.faults.first().map(|fault| fault.line);
        let lines = first.map(|line| Fault::SubscriptionLines { count: known.faults.len(), line });
        unread.into_iter().chain(lines).map(move |fault| Problem { path: path.clone(), fault })
    }
}
