//! What other programs of ours find out or change meanwhile: taken in without disturbing what is under way here.

use jiff::Timestamp;
use smarts_core::check::Report;
use smarts_core::machine::Machine;

use super::skipping::Skipped;
use super::{Command, Model};

impl Model {
    /// A folder that is read just this once has no report that others could have renewed.
    pub(super) fn renew(&self) -> Vec<Command> {
        vec![Command::Renew { with_report: self.sources.folder.is_none() }]
    }

    /// Takes a report that is newer than the one that is shown. No check begins, no download, no dialog; nothing
    /// that is under way changes.
    pub(super) fn take_renewed(
        &mut self,
        machine: Machine,
        report: Option<Report>,
        skipped: Skipped,
    ) -> Vec<Command> {
        let before = self.offered();
        self.take_machine(machine);
        self.loaded = true;
        self.skipped = skipped;
        let now = self.now.timestamp();
        let of_usual = report.filter(|_| self.sources.folder.is_none());
        if let Some(report) = of_usual.filter(|report| self.is_news(report.checked_at, now)) {
            self.put_report(Some(report));
            self.check_failure = None;
            self.proxy_question = None;
        }
        self.catch_up();
        let commands = self.forget_gone_offers(&before);
        self.refresh();
        self.show_wanted();
        commands
    }

    /// Two readings may overtake each other; a report from the future is never news, whatever it is kept for.
    fn is_news(&self, checked_at: Timestamp, now: Timestamp) -> bool {
        let present = self.report.as_ref().map(|report| report.checked_at);
        present.is_none_or(|present| checked_at > present || present > now)
    }
}
