//! Words about copies of bases and going back.

use i18n_embed_fl::fl;
use jiff::Zoned;
use smarts_core::apply;
use smarts_core::backup::{self, Fault, Listed, State, Why};
use smarts_core::update_lock;

use super::Texts;
use crate::error::chain;
use crate::model::going_back::OldCopy;

impl Texts {
    /// Which base an older copy is of, from when it is, and how large.
    pub fn old_copy(&self, copy: &OldCopy, now: &Zoned) -> String {
        let when = copy.time.map(|time| self.moment(time, now));
        let size = copy.size_bytes.map(|bytes| self.size(bytes));
        [Some(copy.name.clone()), when, size].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// What a copy was made for, or what is wrong with it.
    pub fn copy_state(&self, copy: &Listed) -> String {
        let loader = &self.loader;
        match &copy.state {
            State::Complete(facts) => match &facts.why {
                Why::Update { to: Some(to) } => {
                    fl!(loader, "copy-before-update-to", version = to.to_string())
                }
                Why::Update { to: None } => fl!(loader, "copy-before-update"),
                Why::OnDemand => fl!(loader, "copy-by-hand"),
                Why::Restore { .. } => fl!(loader, "copy-before-going-back"),
            },
            State::Unreadable { .. } => fl!(loader, "copy-unreadable"),
            State::OpenToOthers => fl!(loader, "copy-open"),
            State::Theirs => fl!(loader, "copy-theirs"),
            State::Unfinished => fl!(loader, "copy-unfinished"),
        }
    }

    /// Why no copy was made on demand, or a base did not go back: what happened, and what became of the base.
    pub fn going_back_fault(&self, fault: &Fault) -> Vec<String> {
        let loader = &self.loader;
        let untouched = fl!(loader, "back-untouched");
        let what = match fault {
            Fault::Lock(update_lock::Error::Busy) => fl!(loader, "apply-busy"),
            Fault::Lock(update_lock::Error::File { path, error }) => {
                let path = path.display().to_string();
                fl!(loader, "download-file", path = path, reason = error.to_string())
            }
            Fault::Journal(error) => self.journal_error(error),
            Fault::NotHere => fl!(loader, "back-not-here"),
            Fault::OtherBase { folder, .. } => fl!(loader, "back-other-base", folder = folder.as_str()),
            Fault::OtherComputer { computer } => {
                fl!(loader, "back-other-computer", computer = computer.as_str())
            }
            Fault::Elsewhere { dir } => fl!(loader, "back-elsewhere", folder = dir.display().to_string()),
            Fault::NothingKnown => fl!(loader, "back-nothing-known"),
            Fault::OtherVersion { found, .. } => {
                let found =
                    found.map_or_else(|| fl!(loader, "sheet-version-none"), |found| found.to_string());
                fl!(loader, "back-other-version", version = found)
            }
            Fault::Server(error) => return self.server_fault(error),
            Fault::InUse { file, holders, .. } if holders.is_empty() => {
                fl!(loader, "apply-in-use", file = file.as_str())
            }
            Fault::InUse { file, holders, .. } => {
                fl!(loader, "apply-in-use-by", file = file.as_str(), programs = self.holding(holders))
            }
            Fault::Backup(error) => self.backup_error(error),
            Fault::OtherThanShown => fl!(loader, "back-other-than-shown"),
            Fault::Cancelled => fl!(loader, "update-cancelled"),
            Fault::HalfWay => return vec![fl!(loader, "back-half-way")],
            Fault::Finishing(error) | Fault::Unchanged(error) => self.apply_error(error),
            Fault::InBetween { error, left } => return self.in_between(error, left),
        };
        vec![what, untouched]
    }

    /// The first things that stand in the way, by name.
    fn in_between(&self, error: &apply::Error, left: &backup::Error) -> Vec<String> {
        let first = [fl!(self.loader, "back-half"), self.apply_error(error)];
        let rest = match left {
            backup::Error::NotRestored { faults } => {
                let line =
                    |fault: &backup::RestoreFault| format!("  {}: {}", fault.path.display(), fault.error);
                faults.iter().take(10).map(line).collect()
            }
            error => vec![chain(error)],
        };
        first.into_iter().chain(rest).chain([fl!(self.loader, "back-again")]).collect()
    }
}
