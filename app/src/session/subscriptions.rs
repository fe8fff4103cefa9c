//! What is known of subscriptions, on the machine of a session.

use jiff::tz::TimeZone;
use smarts_core::check::Report;
use smarts_core::journal::Entry;
use smarts_core::machine::{Fault, Problem};
use smarts_core::subscription::{self, ClockBehind, Edit, EditError, Error, Subscriptions};

use super::Session;
use crate::error::chain;
use crate::event_log::EventLog;
use crate::i18n::Texts;

impl Session {
    /// What is known now: others may have changed it since the start.
    pub fn subscriptions(&self) -> Subscriptions {
        let (known, error) = self.subscriptions_as_read();
        if let Some(error) = error {
            tracing::warn!(error = chain(&error), "Not all that is known of subscriptions is used");
        }
        known
    }

    /// Carries out an edit in this process, which needs an administrator's rights on a real PC. Who was written off
    /// is also told to the Application log.
    pub fn edit_subscriptions(&self, edit: &Edit) -> Result<(), EditError> {
        let texts = self.texts();
        let log = texts.as_ref().map(|texts| EventLog::new(&*self.os, texts));
        let witness = |entry: &Entry| {
            if let Some(log) = &log {
                log.write(entry);
            }
        };
        subscription::edit(&*self.os, &self.paths, edit, self.clock.timestamp(), &witness)
    }

    /// Why a process with rights has not carried out an edit, as far as that can be seen from here.
    pub fn edit_obstacle(&self, edit: &Edit) -> Option<EditError> {
        subscription::obstacle(&*self.os, &self.paths, edit)
    }

    /// As [`Session::subscriptions`], and why not all of it is known.
    pub fn subscriptions_as_read(&self) -> (Subscriptions, Option<Error>) {
        Subscriptions::load(&*self.os, &self.paths, &self.settings, &TimeZone::system())
    }

    /// Whether the clock is behind what the last check has seen.
    pub fn clock_behind(&self) -> Option<ClockBehind> {
        let report = Report::load(&self.paths.report_path()).unwrap_or_else(|error| {
            tracing::warn!(error = chain(&error), "What the last check has seen is not known");
            None
        });
        subscription::clock_behind(&report?, &self.clock.now())
    }

    /// What of that deserves a person's eye.
    pub(super) fn subscription_problems(
        &self,
        known: &Subscriptions,
        error: Option<&Error>,
    ) -> impl Iterator<Item = Problem> + use<> {
        let path = self.paths.subscriptions_path().display().to_string();
        let words =
            |error: &Error| self.texts().map_or_else(|| chain(error), |texts| texts.list_error(error));
        let unread = error.map(|error| {
            tracing::warn!(error = chain(error), "Not all that is known of subscriptions is used");
            Fault::Subscriptions { detail: words(error) }
        });
        let first = known.faults.first().map(|fault| fault.line);
        let lines = first.map(|line| Fault::SubscriptionLines { count: known.faults.len(), line });
        unread.into_iter().chain(lines).map(move |fault| Problem { path: path.clone(), fault })
    }

    fn texts(&self) -> Option<Texts> {
        let texts = Texts::new(self.language);
        texts.inspect_err(|error| tracing::warn!(error = chain(error), "There are no words")).ok()
    }
}
