//! Words about the app on mobile devices: what is wrong with a package, what to know before it is staged, and why it was
//! not.
//!
//! Deliberately not here: words of the tab and of the command line.

use std::io;
use std::path::Path;

use i18n_embed_fl::fl;
use jiff::Zoned;
use smarts_core::catalogue;
use smarts_core::devices::apk;
use smarts_core::devices::staged::Unusable;
use smarts_core::devices::staging::{Error, Misfit, Remark};
use smarts_core::update_lock;
use smarts_core::verify;
use smarts_core::version::Version;

use super::elevation::ended;
use super::{Texts, sentence};
use crate::error::chain;
use crate::model::{Notice, Works};
use crate::session::AppError;

impl Texts {
    /// What a person should know of an app before it is staged; a clause.
    pub fn app_remark(&self, remark: &Remark) -> String {
        let loader = &self.loader;
        match remark {
            Remark::AlreadyThere => fl!(loader, "app-remark-already-there"),
            Remark::OtherFile { version } => {
                fl!(loader, "app-remark-other-file", version = version.to_string())
            }
            Remark::CodeNotAbove { staged, found } => fl!(
                loader,
                "app-remark-code-not-above",
                staged = staged.to_string(),
                found = found.to_string()
            ),
            Remark::TooOldForServer { server } => {
                fl!(loader, "app-remark-too-old", server = server.to_string())
            }
            Remark::AboveServer { server } => fl!(loader, "app-remark-above", server = server.to_string()),
            Remark::BrokenList => fl!(loader, "app-remark-broken-list"),
            Remark::UnusableVersion { version, why } => {
                let (version, reason) = (version.to_string(), self.app_unusable(why));
                fl!(loader, "app-remark-unusable", version = version, reason = reason)
            }
            Remark::NoVersionName => fl!(loader, "app-remark-no-version-name"),
        }
    }

    /// Why no device gets a version that is on the list; a clause.
    pub fn app_unusable(&self, why: &Unusable) -> String {
        let loader = &self.loader;
        match why {
            Unusable::Description { path, fault } => {
                let reason = self.catalogue_fault(fault);
                fl!(loader, "app-unusable-description", path = path.as_str(), reason = reason)
            }
            Unusable::NoFile { path } => fl!(loader, "app-unusable-no-file", path = path.as_str()),
            Unusable::Missing { path } => fl!(loader, "app-unusable-missing", path = path.as_str()),
            Unusable::Elsewhere => fl!(loader, "app-unusable-elsewhere"),
            Unusable::Package { path, .. } => fl!(loader, "app-unusable-package", path = path.as_str()),
        }
    }

    /// Why an app does not go where it is to go; a clause.
    pub fn app_misfit(&self, misfit: &Misfit) -> String {
        let loader = &self.loader;
        match misfit {
            Misfit::OtherApp { staged, found } => {
                fl!(loader, "app-misfit-other", staged = staged.as_str(), found = found.as_str())
            }
            Misfit::Lower { staged, found } => {
                fl!(loader, "app-misfit-lower", staged = staged.to_string(), found = found.to_string())
            }
            Misfit::OtherVersion { expected, found } => {
                let (expected, found) = (expected.to_string(), found.to_string());
                fl!(loader, "app-misfit-version", expected = expected, found = found)
            }
        }
    }

    /// Why an app does not go where it is to go, and what to do.
    pub fn app_misfit_notice(&self, misfit: &Misfit) -> Notice {
        let loader = &self.loader;
        let next = match misfit {
            Misfit::OtherApp { .. } => fl!(loader, "staging-next-other-app"),
            Misfit::Lower { .. } => fl!(loader, "staging-next-lower"),
            Misfit::OtherVersion { .. } => sentence(&fl!(loader, "hint-template")),
        };
        self.as_before(self.app_misfit(misfit), Some(next), chain(misfit))
    }

    /// Why nothing was staged, or nothing was taken back: what happened, what devices see, what to do.
    pub fn staging_notice(&self, error: &Error) -> Notice {
        if let Error::Misfit(misfit) = error {
            return self.app_misfit_notice(misfit);
        }
        let notice = self.as_before(self.staging_error(error), self.staging_next(error), chain(error));
        match error {
            Error::Changed(_) => Notice { kept: Some(fl!(self.loader, "staging-changed")), ..notice },
            _ => notice,
        }
    }

    /// Why nothing was staged, or nothing was taken back; a clause.
    pub fn staging_error(&self, error: &Error) -> String {
        let loader = &self.loader;
        match error {
            Error::Lock(update_lock::Error::Busy) => fl!(loader, "apply-busy"),
            Error::Lock(update_lock::Error::File { path, error }) | Error::Record { path, error } => {
                self.unwritten(path, error)
            }
            Error::Change { path, error } => self.unwritten(path, error),
            Error::NotHere => fl!(loader, "back-not-here"),
            Error::Misfit(misfit) => self.app_misfit(misfit),
            Error::NotAnApp => fl!(loader, "app-not-a-package"),
            Error::File(error) => self.verify_error(error),
            Error::Package(error) => self.apk_error(error),
            Error::InTheWay { path } => {
                fl!(loader, "staging-in-the-way", path = path.display().to_string())
            }
            Error::NotOffered => fl!(loader, "staging-not-offered"),
            Error::Journal(error) => self.journal_error(error),
            Error::Cancelled => fl!(loader, "update-cancelled"),
            Error::NothingToUndo => fl!(loader, "staging-nothing-to-undo"),
            Error::ChangedSince { path } => {
                fl!(loader, "staging-edited", path = path.display().to_string())
            }
            Error::Gone { path } => fl!(loader, "staging-gone", path = path.display().to_string()),
            Error::Taken { path } => fl!(loader, "staging-taken", path = path.display().to_string()),
            Error::StagedSince { version } => {
                fl!(loader, "staging-since", version = version.to_string())
            }
            Error::Unbelieved { path, .. } => {
                fl!(loader, "staging-unbelieved", path = path.display().to_string())
            }
            Error::Changed(error) => self.staging_error(error),
        }
    }

    fn staging_next(&self, error: &Error) -> Option<String> {
        let loader = &self.loader;
        Some(match error {
            Error::Lock(update_lock::Error::Busy) => fl!(loader, "next-wait-update"),
            Error::NotHere => fl!(loader, "next-check-again"),
            Error::NotAnApp | Error::Package(_) => sentence(&fl!(loader, "hint-template")),
            Error::File(_) => sentence(&fl!(loader, "hint-download-again")),
            Error::InTheWay { .. } => fl!(loader, "staging-next-in-the-way"),
            Error::NotOffered => fl!(loader, "staging-next-not-offered"),
            Error::ChangedSince { .. } => fl!(loader, "staging-next-edited"),
            Error::Gone { .. } => fl!(loader, "staging-next-gone"),
            Error::Taken { .. } => fl!(loader, "staging-next-taken"),
            Error::StagedSince { .. } => fl!(loader, "staging-next-since"),
            Error::Unbelieved { .. } => fl!(loader, "staging-next-unbelieved"),
            Error::Changed(_) => fl!(loader, "staging-next-changed-now"),
            Error::Lock(update_lock::Error::File { .. })
            | Error::Change { .. }
            | Error::Record { .. }
            | Error::Journal(_) => fl!(loader, "next-space-and-rights"),
            Error::Misfit(_) | Error::Cancelled | Error::NothingToUndo => return None,
        })
    }

    /// Why there is no app to stage, and what to do.
    pub fn app_notice(&self, error: &AppError, now: &Zoned) -> Notice {
        let loader = &self.loader;
        let other_file = || Some(sentence(&fl!(loader, "hint-template")));
        let (what, next) = match error {
            AppError::Fetch(error) => {
                let notice = self.fetch_notice(error, now);
                return if error.is_refusal() { self.refused(notice, error) } else { notice };
            }
            AppError::Verify(error @ verify::Error::NeedsConsent { .. }) => {
                (self.verify_error(error), Some(fl!(loader, "app-next-consent")))
            }
            AppError::Verify(error) => (self.verify_error(error), other_file()),
            AppError::Read(error) => (fl!(loader, "at-hand-unread", reason = error.to_string()), None),
            AppError::Hash(error) => (self.download_error(error), None),
            AppError::Package(error) => (self.apk_error(error), other_file()),
            AppError::NoVersion => (fl!(loader, "app-no-version"), other_file()),
            AppError::Source(error) => (self.source_error(error), Some(fl!(loader, "next-check-source"))),
            AppError::LookUp(error) => {
                let next = match &error.fault {
                    catalogue::Fault::Source(fault) => {
                        self.trust_next(fault, false).or_else(|| self.connection_next(fault))
                    }
                    _ => None,
                };
                (self.catalogue_fault(&error.fault), next.or_else(|| Some(fl!(loader, "next-retry"))))
            }
            AppError::NotListed { version } => {
                (fl!(loader, "app-not-listed", version = version.to_string()), None)
            }
            AppError::NothingNew => (fl!(loader, "app-nothing-new"), Some(fl!(loader, "app-next-file"))),
            AppError::Places => (fl!(loader, "app-places"), Some(fl!(loader, "app-next-places"))),
        };
        self.as_before(what, next, chain(error))
    }

    /// Why a package's own words could not be read; a clause.
    pub fn apk_error(&self, error: &apk::Error) -> String {
        let loader = &self.loader;
        match error {
            apk::Error::Read(error) => fl!(loader, "at-hand-unread", reason = error.to_string()),
            apk::Error::NotAPackage { .. } => fl!(loader, "app-not-a-package"),
            apk::Error::NoManifest => fl!(loader, "app-no-manifest"),
            apk::Error::Manifest { .. } => fl!(loader, "app-manifest"),
        }
    }

    /// What devices are offered now, as it was read back: those with an older app, or with just `from`; a sentence.
    pub fn app_offered(&self, version: Version, text: &str, from: Option<Version>) -> String {
        let loader = &self.loader;
        let version = version.to_string();
        let who = match from {
            Some(from) => fl!(loader, "app-offered-from", from = from.to_string(), version = version),
            None => fl!(loader, "app-offered", version = version),
        };
        match text.lines().map(str::trim).find(|line| !line.is_empty()) {
            Some(text) => fl!(loader, "app-offered-text", who = who, text = text),
            None => format!("{who}."),
        }
    }

    /// What an administrator's process was given is nothing that was agreed to.
    pub fn staging_refused(&self, detail: String) -> Notice {
        let next = Some(fl!(self.loader, "staging-next-again"));
        self.as_before(fl!(self.loader, "staging-not-agreed"), next, detail)
    }

    /// The package could not be brought to where nobody else can change it.
    pub fn app_not_protected(&self, path: &Path, error: &io::Error) -> Notice {
        let (shown, reason) = (path.display().to_string(), error.to_string());
        let what = fl!(self.loader, "elevated-protect", path = shown, reason = reason.as_str());
        self.as_before(what, Some(fl!(self.loader, "next-space-and-rights")), reason)
    }

    /// The process with rights broke off before this base was brought to its end.
    pub fn staging_broke_off(&self, code: Option<i32>) -> Notice {
        Notice {
            works: Works::NotLooked,
            what: fl!(self.loader, "staging-broke-off"),
            kept: Some(fl!(self.loader, "staging-old-or-new")),
            next: Some(fl!(self.loader, "staging-next-again")),
            detail: Some(ended(code)),
        }
    }

    fn unwritten(&self, path: &Path, error: &io::Error) -> String {
        let path = path.display().to_string();
        if error.kind() == io::ErrorKind::StorageFull {
            return fl!(self.loader, "download-disk-full", path = path);
        }
        fl!(self.loader, "download-file", path = path, reason = error.to_string())
    }

    fn as_before(&self, what: String, next: Option<String>, detail: String) -> Notice {
        let kept = Some(fl!(self.loader, "staging-as-before"));
        Notice { works: Works::NotLooked, what, kept, next, detail: Some(detail) }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::i18n::Language;

    fn change(kind: io::ErrorKind) -> Error {
        Error::Change { path: PathBuf::from("Update/Android"), error: kind.into() }
    }

    #[test]
    fn whatever_stops_staging_says_what_devices_see() {
        let errors = [
            Error::Lock(update_lock::Error::Busy),
            Error::NotHere,
            Error::Misfit(Misfit::OtherApp { staged: "a".to_owned(), found: "b".to_owned() }),
            Error::InTheWay { path: PathBuf::from("Update") },
            Error::NotOffered,
            Error::ChangedSince { path: PathBuf::from("versions.xml") },
            Error::Gone { path: PathBuf::from(".removed") },
            Error::Taken { path: PathBuf::from("3.3.0.28766") },
            Error::StagedSince { version: "3.5".parse().unwrap() },
            change(io::ErrorKind::PermissionDenied),
            change(io::ErrorKind::StorageFull),
        ];
        for language in [Language::Ru, Language::En] {
            let texts = Texts::new(language).unwrap();
            for error in &errors {
                let notice = texts.staging_notice(error);
                assert_eq!(notice.kept, Some(fl!(texts.loader, "staging-as-before")), "{error:?}");
                assert!(notice.next.is_some() && notice.detail.is_some(), "{error:?}");
            }
            let changed = texts.staging_notice(&Error::Changed(Box::new(Error::NotOffered)));
            assert_eq!(changed.kept, Some(fl!(texts.loader, "staging-changed")));
            assert_eq!(changed.what, fl!(texts.loader, "staging-not-offered"));
        }
    }

    #[test]
    fn a_full_disk_is_called_one() {
        let texts = Texts::new(Language::Ru).unwrap();
        let told = |kind| texts.staging_notice(&change(kind)).what;
        assert_eq!(told(io::ErrorKind::StorageFull), "на диске нет места: Update/Android");
        assert!(
            told(io::ErrorKind::PermissionDenied).starts_with("Update/Android не читается или не пишется")
        );
    }

    #[test]
    fn what_devices_are_offered_is_told_with_the_first_line_of_its_text() {
        let texts = Texts::new(Language::Ru).unwrap();
        let version = |text: &str| text.parse().unwrap();
        let told = |text, from: Option<&str>| texts.app_offered(version("3.4.0.1"), text, from.map(version));
        let any = "ТСД с приложением более старой версии будет предложено обновление 3.4.0.1";
        assert_eq!(told("", None), format!("{any}."));
        assert_eq!(told("\n  Быстрее\nи лучше", None), format!("{any}: «Быстрее»"));
        let one = "ТСД с приложением 3.3.0.1 будет предложено обновление 3.4.0.1.";
        assert_eq!(told("", Some("3.3.0.1")), one);
    }
}
