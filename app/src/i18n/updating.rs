//! Words for an update: what went wrong, and what became of the base. What was looked at before: `points`.

use i18n_embed_fl::fl;
use smarts_core::apply::{self, BaseState};
use smarts_core::os::InstallerFault;
use smarts_core::server::Server;
use smarts_core::template::{self, Misfit};
use smarts_core::{backup, tree};

use super::Texts;
use crate::error::chain;
use crate::model::{Notice, Works};

impl Texts {
    /// Why a template is not used.
    pub fn template_error(&self, error: &template::Error) -> String {
        let loader = &self.loader;
        match error {
            template::Error::File(fault) => fl!(loader, "template-file", what = self.file_fault(fault)),
            template::Error::NoVersion => {
                fl!(loader, "template-file", what = fl!(loader, "damage-no-version"))
            }
            template::Error::Version(error) => {
                let what = fl!(loader, "damage-bad-version", error = self.version_error(error));
                fl!(loader, "template-file", what = what)
            }
            template::Error::TooManyEntries { .. }
            | template::Error::TooLargeDirectory { .. }
            | template::Error::TooLarge { .. }
            | template::Error::TooLargeFile { .. }
            | template::Error::Overlapping => fl!(loader, "template-too-large"),
            template::Error::Path { .. }
            | template::Error::LinkEntry { .. }
            | template::Error::Encrypted { .. }
            | template::Error::SharedName
            | template::Error::Clash { .. } => fl!(loader, "template-refused", reason = chain(error)),
            template::Error::InTheWay { path } => {
                fl!(loader, "template-in-the-way", path = path.to_string())
            }
            template::Error::Base(error) => self.tree_error(error),
            template::Error::Cancelled => fl!(loader, "update-cancelled"),
            template::Error::NotATemplate { .. }
            | template::Error::Open { .. }
            | template::Error::Archive(_)
            | template::Error::Entry { .. } => fl!(loader, "template-damaged", reason = chain(error)),
        }
    }

    /// Why a template does not go with a base.
    pub fn misfit(&self, misfit: &Misfit) -> String {
        let loader = &self.loader;
        match misfit {
            Misfit::OtherProduct { .. } => fl!(loader, "misfit-product"),
            Misfit::UnknownVersion => fl!(loader, "damage-no-version"),
            Misfit::NotNewer { installed, offered } => fl!(
                loader,
                "misfit-not-newer",
                installed = installed.to_string(),
                offered = offered.to_string()
            ),
            Misfit::OtherVersion { expected, found } => fl!(
                loader,
                "misfit-other-version",
                expected = expected.to_string(),
                found = found.to_string()
            ),
        }
    }

    /// Why a folder could not be listed.
    pub fn tree_error(&self, error: &tree::Error) -> String {
        match error {
            tree::Error::Read { path, error } => {
                let path = path.display().to_string();
                fl!(self.loader, "download-file", path = path, reason = error.to_string())
            }
            tree::Error::Name { path } => fl!(self.loader, "tree-name", path = path.display().to_string()),
        }
    }

    /// Why a base, the platform or a wizard was not updated, whether one can work, and what to do.
    pub fn apply_notice(&self, error: &apply::Error, state: &BaseState, server: &Server) -> Notice {
        let loader = &self.loader;
        let (works, kept) = match state {
            // Nobody has looked into a base that is not where it was.
            BaseState::NothingChanged if matches!(error, apply::Error::NotHere) => {
                (Works::NotLooked, fl!(loader, "kept-nothing-changed"))
            }
            // Asked to stop, it may yet do so.
            BaseState::NothingChanged if matches!(error, apply::Error::Server(_)) => {
                (Works::NotLooked, fl!(loader, "kept-nothing-changed"))
            }
            BaseState::NothingChanged => (Works::Yes, fl!(loader, "kept-nothing-changed")),
            BaseState::PutBack { backup_dir } => {
                (Works::Yes, fl!(loader, "kept-put-back", folder = backup_dir.display().to_string()))
            }
            BaseState::NotPutBack { backup_dir, .. } => {
                (Works::No, fl!(loader, "kept-copy", folder = backup_dir.display().to_string()))
            }
        };
        let works = if works == Works::Yes && server.is_bad() { Works::No } else { works };
        let next = match state {
            BaseState::NotPutBack { .. } => fl!(loader, "next-restore"),
            BaseState::NothingChanged | BaseState::PutBack { .. } if server.is_bad() => {
                self.server_next(server)
            }
            BaseState::NothingChanged | BaseState::PutBack { .. } => self.apply_next(error),
        };
        let detail = match state {
            BaseState::NotPutBack { error: restore, .. } => format!("{}; {}", chain(error), chain(restore)),
            BaseState::NothingChanged | BaseState::PutBack { .. } => chain(error),
        };
        let kept = match self.server(server).filter(|_| server.is_bad()) {
            Some(server) => format!("{kept}; {server}"),
            None => kept,
        };
        Notice {
            works,
            what: self.apply_error(error),
            kept: Some(kept),
            next: Some(next),
            detail: Some(detail),
        }
    }

    /// The offer behind a row is no longer made.
    pub fn offer_gone(&self) -> String {
        fl!(self.loader, "offer-gone")
    }

    /// A defect of this program came to light.
    pub fn internal_error(&self) -> String {
        fl!(self.loader, "internal-error")
    }

    /// Nobody has agreed to a file that nothing proves.
    pub fn consent_missing(&self) -> String {
        fl!(self.loader, "cli-unproved-window")
    }

    /// A wizard ran to its end and left no template that is newer than a base.
    pub fn wizard_left_nothing(&self) -> String {
        fl!(self.loader, "cli-wizard-nothing")
    }

    /// Why an installer did not do its work; what it left is not known unless it says so.
    pub fn installer_notice(&self, error: &apply::Error) -> Notice {
        let kept = match error {
            apply::Error::InstallerFailed { fault, .. } => Some(self.exit_kept(*fault)),
            _ => None,
        };
        Notice {
            works: Works::NotLooked,
            what: self.apply_error(error),
            kept,
            next: Some(self.apply_next(error)),
            detail: Some(chain(error)),
        }
    }

    pub(super) fn apply_next(&self, error: &apply::Error) -> String {
        let loader = &self.loader;
        match error {
            apply::Error::Busy => fl!(loader, "next-wait-update"),
            apply::Error::NotCovered(_) => fl!(loader, "hint-not-covered"),
            apply::Error::CoverageUnknown(about) if about.list_unread => fl!(loader, "hint-list-unread"),
            apply::Error::CoverageUnknown(_) => fl!(loader, "hint-coverage-unknown"),
            apply::Error::Server(error) => self.server_error_next(error),
            apply::Error::InUse { .. } | apply::Error::FilesHeld { .. } => fl!(loader, "hint-close"),
            apply::Error::InstallerRunning => fl!(loader, "hint-installer"),
            apply::Error::BaseChanged { .. }
            | apply::Error::NotHere
            | apply::Error::CutOff { .. }
            | apply::Error::VersionUnchanged { .. } => {
                fl!(loader, "next-check-again")
            }
            apply::Error::Package(_) | apply::Error::Template(_) | apply::Error::Misfit(_) => {
                fl!(loader, "hint-template")
            }
            apply::Error::Lock { .. } | apply::Error::Journal(_) => fl!(loader, "hint-rights"),
            apply::Error::NoSpace(_)
            | apply::Error::Staging { .. }
            | apply::Error::Backup(_)
            | apply::Error::Platform(_)
            | apply::Error::Change { .. }
            | apply::Error::NotProtected { .. } => {
                fl!(loader, "next-space-and-rights")
            }
            apply::Error::Installer(InstallerFault::Foreign) => fl!(loader, "next-foreign"),
            apply::Error::Installer(InstallerFault::NoWindowsInstaller) => fl!(loader, "next-on-windows"),
            apply::Error::InstallerFailed { fault, log_path } => self.exit_next(*fault, log_path.as_deref()),
            apply::Error::Installer(InstallerFault::Start(_))
            | apply::Error::EmptyPlan
            | apply::Error::Cancelled => fl!(loader, "next-retry"),
        }
    }

    /// What went wrong, in one sentence.
    pub fn apply_error(&self, error: &apply::Error) -> String {
        let loader = &self.loader;
        match error {
            apply::Error::Busy => fl!(loader, "apply-busy"),
            apply::Error::NotCovered(ended) => self.subscription_ended(ended),
            apply::Error::CoverageUnknown(about) => self.subscription_unknown(about),
            apply::Error::Lock { path, error } => {
                let path = path.display().to_string();
                fl!(loader, "download-file", path = path, reason = error.to_string())
            }
            apply::Error::Journal(error) => self.journal_error(error),
            apply::Error::EmptyPlan => fl!(loader, "stop-nothing"),
            apply::Error::NoSpace(space) => self.no_space(space),
            apply::Error::Package(error) => self.verify_error(error),
            apply::Error::Template(error) => self.template_error(error),
            apply::Error::NotHere => fl!(loader, "apply-not-here"),
            apply::Error::BaseChanged { .. } => fl!(loader, "apply-base-changed"),
            apply::Error::Misfit(misfit) => self.misfit(misfit),
            apply::Error::Platform(error) => fl!(loader, "apply-platform-state", reason = chain(error)),
            apply::Error::Server(error) => self.server_error(error),
            apply::Error::InUse { file, holders, .. } if holders.is_empty() => {
                fl!(loader, "apply-in-use", file = file.as_str())
            }
            apply::Error::InUse { file, holders, .. } => {
                fl!(loader, "apply-in-use-by", file = file.as_str(), programs = self.holding(holders))
            }
            apply::Error::FilesHeld { holders } => {
                fl!(loader, "apply-files-held", programs = self.holding(holders))
            }
            apply::Error::InstallerRunning => fl!(loader, "exit-another-installation"),
            apply::Error::NotProtected { path, error } => {
                fl!(loader, "elevated-protect", path = path.display().to_string(), reason = error.to_string())
            }
            apply::Error::Staging { dir, error } => {
                let path = dir.display().to_string();
                fl!(loader, "download-file", path = path, reason = error.to_string())
            }
            apply::Error::Backup(error) => self.backup_error(error),
            apply::Error::Change { path, holders, error } if holders.is_empty() => {
                fl!(loader, "apply-change", path = path.to_string(), reason = error.to_string())
            }
            apply::Error::Change { path, holders, .. } => {
                fl!(loader, "apply-change-held", path = path.to_string(), programs = self.holding(holders))
            }
            apply::Error::CutOff { .. } => fl!(loader, "apply-cut-off"),
            apply::Error::VersionUnchanged { expected, .. } => {
                fl!(loader, "apply-version-unchanged", version = expected.to_string())
            }
            apply::Error::Installer(InstallerFault::Foreign) => fl!(loader, "apply-foreign"),
            apply::Error::Installer(InstallerFault::NoWindowsInstaller) => {
                fl!(loader, "apply-no-windows-installer")
            }
            apply::Error::Installer(InstallerFault::Start(error)) => {
                fl!(loader, "apply-not-started", reason = error.to_string())
            }
            apply::Error::InstallerFailed { fault, .. } => self.exit_fault(*fault),
            apply::Error::Cancelled => fl!(loader, "update-cancelled"),
        }
    }

    /// Why a base could not be copied.
    pub fn backup_error(&self, error: &backup::Error) -> String {
        let loader = &self.loader;
        match error {
            backup::Error::List(error) => self.tree_error(error),
            backup::Error::Link { path } | backup::Error::Special { path } => {
                fl!(loader, "backup-link", path = path.to_string())
            }
            backup::Error::Nested { dir } => fl!(loader, "backup-nested", folder = dir.display().to_string()),
            backup::Error::Changing { path } => fl!(loader, "backup-changing", path = path.to_string()),
            backup::Error::Cancelled => fl!(loader, "update-cancelled"),
            backup::Error::Clash { path } => fl!(loader, "backup-clash", path = path.to_string()),
            backup::Error::Damaged { path } => fl!(loader, "backup-damaged", path = path.to_string()),
            backup::Error::LastGood { dir } => {
                fl!(loader, "backup-last-good", path = dir.display().to_string())
            }
            backup::Error::OpenToOthers { path } => {
                fl!(loader, "backup-open", path = path.display().to_string())
            }
            backup::Error::NotOurs { dir } | backup::Error::NotRemoved { dir, .. } => {
                let path = dir.display().to_string();
                fl!(loader, "backup-not-deleted", path = path, reason = chain(error))
            }
            backup::Error::Folder { .. }
            | backup::Error::Copy { .. }
            | backup::Error::Differs { .. }
            | backup::Error::Manifest { .. }
            | backup::Error::Open { .. }
            | backup::Error::LeftOut { .. }
            | backup::Error::Thread(_)
            | backup::Error::NotRestored { .. } => fl!(loader, "backup-failed", reason = chain(error)),
        }
    }
}
