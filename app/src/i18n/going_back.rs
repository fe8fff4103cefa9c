//! Words of the window about going back and copying by hand.

use std::io;
use std::path::Path;

use i18n_embed_fl::fl;
use smarts_core::backup::{self, Fault, State};
use smarts_core::update_lock;

use super::elevation::ended;
use super::{Texts, sentence};
use crate::error::chain;
use crate::model::{Notice, Works};

/// So many of the files that were not put back are named on a row.
const NAMED: usize = 3;

impl Texts {
    /// Why this program does not go back to a copy; `None`: it does.
    pub fn copy_refused(&self, state: &State) -> Option<String> {
        let loader = &self.loader;
        match state {
            State::Complete(_) => None,
            State::Unreadable { detail } => {
                Some(fl!(loader, "going-back-refused-unreadable", reason = detail.as_str()))
            }
            State::OpenToOthers => Some(fl!(loader, "going-back-refused-open")),
            State::Theirs => Some(fl!(loader, "going-back-refused-theirs")),
            State::Unfinished => Some(fl!(loader, "going-back-refused-unfinished")),
        }
    }

    /// The folder for copies cannot be read.
    pub fn copies_unread(&self, dir: &Path, error: &io::Error) -> String {
        let (path, reason) = (dir.display().to_string(), error.to_string());
        fl!(self.loader, "cli-backup-unread", path = path, reason = reason)
    }

    /// Why a base does not go back, or did not; what became of it, and what to do. `backup_dir`: the copy.
    pub fn back_notice(&self, fault: &Fault, backup_dir: Option<&Path>) -> Notice {
        let loader = &self.loader;
        let copy = || backup_dir.map(|dir| fl!(loader, "kept-copy", folder = dir.display().to_string()));
        let (works, kept) = match fault {
            Fault::InBetween { .. } | Fault::HalfWay => (Works::No, copy()),
            // Nobody has looked into the base: it may be damaged, which is why it was to go back.
            _ => (Works::NotLooked, Some(sentence(&fl!(loader, "back-untouched")))),
        };
        let (what, next) = (self.back_fault(fault), self.back_next(fault));
        Notice { works, what, kept, next: Some(next), detail: Some(chain(fault)) }
    }

    /// Why no copy was made.
    pub fn copy_notice(&self, fault: &Fault) -> Notice {
        let next = match fault {
            Fault::Backup(backup::Error::Changing { .. }) | Fault::InUse { .. } => {
                fl!(self.loader, "hint-close")
            }
            Fault::Lock(update_lock::Error::Busy) => fl!(self.loader, "next-wait-update"),
            _ => fl!(self.loader, "next-space-and-rights"),
        };
        let kept = Some(fl!(self.loader, "going-back-copies-stay"));
        let what = self.back_fault(fault);
        Notice { works: Works::NotLooked, what, kept, next: Some(next), detail: Some(chain(fault)) }
    }

    /// What happened, in one clause.
    pub fn back_fault(&self, fault: &Fault) -> String {
        let loader = &self.loader;
        let version = |version: &Option<_>| match version {
            Some(version) => format!("{version}"),
            None => fl!(loader, "sheet-version-none"),
        };
        match fault {
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
            Fault::NothingKnown => fl!(loader, "going-back-nothing-known"),
            Fault::OtherVersion { found, .. } => {
                fl!(loader, "going-back-other-version", version = version(found))
            }
            Fault::InUse { file, holders, .. } if holders.is_empty() => {
                fl!(loader, "apply-in-use", file = file.as_str())
            }
            Fault::InUse { file, holders, .. } => {
                fl!(loader, "apply-in-use-by", file = file.as_str(), programs = self.holding(holders))
            }
            Fault::Backup(error) => self.backup_error(error),
            Fault::OtherThanShown => fl!(loader, "going-back-other-than-shown"),
            Fault::HalfWay => fl!(loader, "going-back-half-way"),
            Fault::Finishing(error) | Fault::Unchanged(error) => self.apply_error(error),
            Fault::InBetween { left: backup::Error::NotRestored { faults }, .. } => {
                let names = faults.iter().take(NAMED).map(|fault| fault.path.display().to_string());
                let names = names.collect::<Vec<_>>().join(", ");
                fl!(loader, "going-back-half-files", count = faults.len(), names = names)
            }
            Fault::InBetween { .. } => fl!(loader, "going-back-half"),
            Fault::Server(error) => self.server_error(error),
            Fault::Cancelled => fl!(loader, "update-cancelled"),
        }
    }

    fn back_next(&self, fault: &Fault) -> String {
        let loader = &self.loader;
        match fault {
            Fault::Lock(update_lock::Error::Busy) => fl!(loader, "next-wait-update"),
            Fault::InUse { .. } => fl!(loader, "hint-close"),
            Fault::NothingKnown => fl!(loader, "going-back-next-whole"),
            Fault::OtherVersion { .. } => fl!(loader, "going-back-next-newer"),
            Fault::OtherThanShown | Fault::Cancelled => fl!(loader, "going-back-next-again"),
            Fault::InBetween { .. } => fl!(loader, "going-back-next-same"),
            Fault::HalfWay => fl!(loader, "going-back-next-half"),
            Fault::Finishing(error) | Fault::Unchanged(error) => self.apply_next(error),
            Fault::NotHere => fl!(loader, "next-check-again"),
            Fault::Server(error) => self.server_error_next(error),
            Fault::OtherBase { .. }
            | Fault::OtherComputer { .. }
            | Fault::Elsewhere { .. }
            | Fault::Backup(
                backup::Error::Damaged { .. }
                | backup::Error::Open { .. }
                | backup::Error::OpenToOthers { .. },
            ) => {
                fl!(loader, "going-back-next-other")
            }
            Fault::Backup(backup::Error::Link { .. } | backup::Error::Special { .. }) => {
                fl!(loader, "going-back-next-link")
            }
            Fault::Lock(update_lock::Error::File { .. }) | Fault::Journal(_) => fl!(loader, "hint-rights"),
            Fault::Backup(_) => fl!(loader, "next-space-and-rights"),
        }
    }

    /// What an administrator's process was given is nothing that was agreed to.
    pub fn copies_refused(&self, detail: String) -> Notice {
        let what = fl!(self.loader, "going-back-not-agreed");
        self.untouched(what, fl!(self.loader, "going-back-next-again"), detail)
    }

    /// The process with rights broke off before anything was begun.
    pub fn copies_not_begun(&self, code: Option<i32>) -> Notice {
        let what = fl!(self.loader, "going-back-broke-off");
        self.untouched(what, fl!(self.loader, "going-back-next-again"), ended(code))
    }

    /// The process with rights broke off while it put a base back.
    pub fn back_broke_off(&self, backup_dir: &Path, code: Option<i32>) -> Notice {
        let folder = backup_dir.display().to_string();
        Notice {
            works: Works::No,
            what: fl!(self.loader, "going-back-broke-off-half"),
            kept: Some(fl!(self.loader, "kept-copy", folder = folder)),
            next: Some(fl!(self.loader, "going-back-next-same")),
            detail: Some(ended(code)),
        }
    }

    /// The same, and the base is what it was before.
    pub fn back_undone(&self, backup_dir: &Path, code: Option<i32>) -> Notice {
        let folder = backup_dir.display().to_string();
        Notice {
            works: Works::NotLooked,
            what: fl!(self.loader, "going-back-broke-off-undone"),
            kept: Some(fl!(self.loader, "going-back-as-before", folder = folder)),
            next: Some(fl!(self.loader, "going-back-next-again")),
            detail: Some(ended(code)),
        }
    }

    /// The process with rights has brought an earlier change to its end, and broke off before this was begun.
    pub fn back_settled_only(&self, code: Option<i32>) -> Notice {
        Notice {
            works: Works::NotLooked,
            what: fl!(self.loader, "going-back-broke-off-settled"),
            kept: None,
            next: Some(fl!(self.loader, "going-back-next-again")),
            detail: Some(ended(code)),
        }
    }

    fn untouched(&self, what: String, next: String, detail: String) -> Notice {
        Notice {
            works: Works::NotLooked,
            what,
            kept: Some(sentence(&fl!(self.loader, "back-untouched"))),
            next: Some(next),
            detail: Some(detail),
        }
    }
}
