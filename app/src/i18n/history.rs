//! Words for the history: how things ended, who recorded them, and what of the event log could not be read.

use i18n_embed_fl::fl;
use smarts_core::history::{Entry, Outcome, Source, event, evtx};
use smarts_core::os::EventLevel;

use super::Texts;
use crate::error::chain;

impl Texts {
    /// How an entry ended.
    pub fn history_outcome(&self, outcome: Outcome) -> String {
        let loader = &self.loader;
        match outcome {
            Outcome::Journal(what) => self.journal_result(what),
            Outcome::Installed => fl!(loader, "history-installed"),
            Outcome::Updated => fl!(loader, "history-updated"),
            Outcome::Removed => fl!(loader, "history-removed"),
            Outcome::Configured => fl!(loader, "history-configured"),
            Outcome::Patched => fl!(loader, "history-patched"),
            Outcome::Failed => fl!(loader, "history-failed"),
            Outcome::Cancelled => fl!(loader, "history-cancelled"),
            Outcome::Noted => fl!(loader, "history-noted"),
        }
    }

    /// How bad it is.
    pub fn history_level(&self, level: EventLevel) -> String {
        match level {
            EventLevel::Information => fl!(self.loader, "history-information"),
            EventLevel::Warning => fl!(self.loader, "history-warning"),
            EventLevel::Error => fl!(self.loader, "history-error"),
        }
    }

    /// Who recorded an entry, as Windows names sources.
    pub fn history_source(&self, source: Source) -> &'static str {
        match source {
            Source::Own => event::OWN,
            Source::Installer => event::INSTALLER,
        }
    }

    /// The category, which Windows' own programs leave empty.
    pub fn history_category(&self, task: u16) -> String {
        if task == 0 { fl!(self.loader, "history-no-category") } else { task.to_string() }
    }

    /// Who pressed; where the log alone knows, the account it ran under, by its number where it has no name here.
    pub fn history_user(&self, entry: &Entry) -> Option<String> {
        entry.user.clone().or_else(|| self.history_account(entry))
    }

    /// Under which account it ran, as the log says.
    pub fn history_account(&self, entry: &Entry) -> Option<String> {
        let account = entry.account.as_ref()?;
        Some(account.name.clone().unwrap_or_else(|| account.sid.clone()))
    }

    /// What of the log could not be read; `None`: nothing.
    pub fn history_damage(&self, damage: &evtx::Damage) -> Option<String> {
        if (damage.records, damage.chunks) == (0, 0) {
            return None;
        }
        let (records, chunks) = (damage.records, damage.chunks);
        let text = fl!(self.loader, "history-damage", records = records, chunks = chunks);
        Some(match damage.first.first() {
            Some(first) => format!("{text} ({first})"),
            None => text,
        })
    }

    /// Why an exported log was not read.
    pub fn evtx_error(&self, error: &evtx::Error) -> String {
        match error {
            evtx::Error::Read { path, error } => {
                let (path, reason) = (path.display().to_string(), error.to_string());
                fl!(self.loader, "history-evtx-unreadable", path = path, reason = reason)
            }
            evtx::Error::NotALog { path } => {
                fl!(self.loader, "history-evtx-other", path = path.display().to_string())
            }
            evtx::Error::TooLarge { path } => {
                fl!(self.loader, "history-evtx-large", path = path.display().to_string())
            }
        }
    }

    /// Why the live log was not read.
    pub fn event_log_fault(&self, fault: &smarts_core::os::EventLogFault) -> String {
        fl!(self.loader, "history-no-log", reason = chain(fault))
    }
}
