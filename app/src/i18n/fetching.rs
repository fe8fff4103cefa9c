//! Words for what goes wrong before a file is at hand and proved: notices with what is kept and what to do.

use std::time::Duration;

use i18n_embed_fl::fl;
use jiff::Zoned;
use smarts_core::catalogue;
use smarts_core::check;
use smarts_core::download;
use smarts_core::journal;
use smarts_core::source;
use smarts_core::verify;
use smarts_core::version::Version;

use super::Texts;
use crate::error::chain;
use crate::model::{Notice, Works};
use crate::session::{self, AtHandError, CheckError, FetchError};

impl Texts {
    /// Why a session could not be opened.
    pub fn session_error(&self, error: &session::Error) -> String {
        let reason = error.source_text();
        match error {
            session::Error::MachineRoot(_) => fl!(self.loader, "session-machine-root", reason = reason),
            session::Error::Settings(_) => fl!(self.loader, "session-settings", reason = reason),
            session::Error::Paths(_)
            | session::Error::Http(_)
            | session::Error::Demo(_)
            | session::Error::Runtime(_)
            | session::Error::OwnFile(_) => fl!(self.loader, "session-other", reason = reason),
        }
    }

    /// Why a check gave no report.
    pub fn check_error(&self, error: &CheckError) -> String {
        match error {
            CheckError::Source(error) => self.source_error(error),
            CheckError::Check(check::Failure { error, .. }) => {
                let catalogue::Fault::Source(fault) = &error.fault else {
                    return self.catalogue_fault(&error.fault);
                };
                let (what, next) = (self.source_fault(fault), self.connection_next(fault));
                next.map_or(what.clone(), |next| fl!(self.loader, "what-and-next", what = what, next = next))
            }
            CheckError::Store(error) => fl!(self.loader, "check-not-kept", reason = chain(error)),
        }
    }

    /// Why a text names no source.
    pub fn source_error(&self, error: &source::Error) -> String {
        let loader = &self.loader;
        match error {
            source::Error::Empty => fl!(loader, "source-empty"),
            source::Error::Scheme { scheme } => fl!(loader, "source-scheme", scheme = scheme.as_str()),
            source::Error::PlainHttp { address } => {
                fl!(loader, "source-plain-http", address = address.as_str())
            }
            source::Error::Address(error) => fl!(loader, "source-address", reason = error.to_string()),
            source::Error::Query { address } => fl!(loader, "source-query", address = address.as_str()),
            source::Error::TrustedRoot { path, source } => {
                let path = path.display().to_string();
                fl!(loader, "source-trusted-root", path = path, reason = source.to_string())
            }
            source::Error::Folder { path, source } => {
                let path = path.display().to_string();
                fl!(loader, "source-no-folder", path = path, reason = source.to_string())
            }
        }
    }

    /// Why the files of an offer are not at hand, what is kept, and what to do.
    pub fn fetch_notice(&self, error: &FetchError, now: &Zoned) -> Notice {
        let loader = &self.loader;
        let withheld = error
            .withheld()
            .map(|(host, status)| fl!(loader, "fetch-not-allowed", host = host, status = status.to_string()));
        let what = withheld.unwrap_or_else(|| match error {
            FetchError::Source(error) => self.source_error(error),
            FetchError::NoFile(version) => fl!(loader, "block-no-file", version = version.to_string()),
            FetchError::Locate(fault) => self.source_fault(fault),
            FetchError::Download { error, .. } => self.download_error(error),
            FetchError::Verify(error) => self.verify_error(error),
        });
        let keeps = matches!(error, FetchError::Download { error, kept_bytes: 1.. } if error.keeps_partial());
        Notice {
            // Downloading touches no base, but nobody has looked whether any of them runs.
            works: Works::NotLooked,
            what,
            kept: keeps.then(|| fl!(loader, "kept-partial")),
            next: Some(self.fetch_next(error, now)),
            detail: Some(chain(error)),
        }
    }

    /// What is fetched along for going back.
    pub fn with_former(&self, version: Version) -> String {
        fl!(self.loader, "fetch-with-former", version = version.to_string())
    }

    /// Until when a download waits, and why.
    pub fn next_try(&self, waiting: &download::Waiting, now: &Zoned) -> String {
        let (then, reason) = (end_of(waiting.wait, now), self.source_fault(&waiting.fault));
        if waiting.is_asked_for {
            let time = self.later(waiting.wait, now);
            fl!(self.loader, "next-try-asked", time = time, reason = reason)
        } else if then.date() == now.date() {
            let time = then.strftime("%H:%M:%S").to_string();
            fl!(self.loader, "next-try", time = time, reason = reason)
        } else {
            let (date, time) = (self.date(then.date()), then.strftime("%H:%M").to_string());
            fl!(self.loader, "next-try-later", date = date, time = time, reason = reason)
        }
    }

    /// `12:41:07`; of another day `23.11.2026, 12:41`.
    fn later(&self, wait: Duration, now: &Zoned) -> String {
        let later = end_of(wait, now);
        if later.date() == now.date() {
            return later.strftime("%H:%M:%S").to_string();
        }
        format!("{}, {}", self.date(later.date()), later.strftime("%H:%M"))
    }

    fn fetch_next(&self, error: &FetchError, now: &Zoned) -> String {
        let loader = &self.loader;
        match error {
            _ if error.withheld().is_some() => fl!(loader, "next-subscription"),
            FetchError::Source(_) => fl!(loader, "next-check-source"),
            FetchError::NoFile(_) | FetchError::Verify(_) => fl!(loader, "next-by-hand"),
            FetchError::Locate(fault)
            | FetchError::Download { error: download::Error::Source { fault, again_in: None, .. }, .. } => {
                self.connection_next(fault).unwrap_or_else(|| fl!(loader, "next-retry"))
            }
            FetchError::Download { error, .. } => match error {
                download::Error::NoRoom { .. } | download::Error::DiskFull { .. } => {
                    fl!(loader, "next-free-space")
                }
                download::Error::Source { again_in: Some(wait), .. } => {
                    fl!(loader, "next-not-before", time = self.later(*wait, now))
                }
                download::Error::NotTheFile { .. } => fl!(loader, "next-log-in"),
                download::Error::Busy { .. } => fl!(loader, "next-wait"),
                download::Error::WrongSize { is_announced: false, .. }
                | download::Error::WrongHash { .. }
                | download::Error::Packed { .. } => {
                    fl!(loader, "next-by-hand")
                }
                download::Error::Name { .. }
                | download::Error::Cancelled
                | download::Error::Source { .. }
                | download::Error::WrongSize { is_announced: true, .. }
                | download::Error::TooLarge { .. }
                | download::Error::File { .. } => fl!(loader, "next-retry"),
            },
        }
    }

    pub(super) fn download_error(&self, error: &download::Error) -> String {
        let loader = &self.loader;
        match error {
            download::Error::Name { name } => fl!(loader, "download-name", name = name.as_str()),
            download::Error::Busy { path } => fl!(loader, "download-busy", path = path.display().to_string()),
            download::Error::Cancelled => fl!(loader, "download-cancelled"),
            download::Error::Source { fault, .. } => self.source_fault(fault),
            download::Error::NotTheFile { name, .. } => fl!(loader, "download-page", name = name.as_str()),
            download::Error::WrongSize { name, expected, found, .. } => fl!(
                loader,
                "download-wrong-size",
                name = name.as_str(),
                expected = expected.to_string(),
                found = found.to_string()
            ),
            download::Error::WrongHash { name, .. } => {
                fl!(loader, "download-wrong-hash", name = name.as_str())
            }
            download::Error::TooLarge { name, limit_bytes, .. } => {
                fl!(loader, "file-too-large", file = name.as_str(), limit = self.size(*limit_bytes))
            }
            download::Error::Packed { name, encoding } => {
                fl!(loader, "download-packed", name = name.as_str(), encoding = encoding.as_str())
            }
            download::Error::NoRoom { dir, needed_bytes, free_bytes, kept_bytes } => fl!(
                loader,
                "download-no-room",
                dir = dir.display().to_string(),
                needed = self.size(*needed_bytes),
                free = self.size(*free_bytes),
                kept = self.size(*kept_bytes)
            ),
            download::Error::DiskFull { path, .. } => {
                fl!(loader, "download-disk-full", path = path.display().to_string())
            }
            download::Error::File { path, source } => {
                let path = path.display().to_string();
                fl!(loader, "download-file", path = path, reason = source.to_string())
            }
        }
    }

    /// Why a file is not proved.
    pub fn verify_error(&self, error: &verify::Error) -> String {
        let loader = &self.loader;
        match error {
            verify::Error::UnknownKind { name } => fl!(loader, "verify-unknown-kind", name = name.as_str()),
            verify::Error::Read { path, error } => {
                let path = path.display().to_string();
                fl!(loader, "download-file", path = path, reason = error.to_string())
            }
            verify::Error::WrongSize { expected, found, path } => fl!(
                loader,
                "download-wrong-size",
                name = file_name(path),
                expected = expected.to_string(),
                found = found.to_string()
            ),
            verify::Error::WrongHash { path, .. } => {
                fl!(loader, "download-wrong-hash", name = file_name(path))
            }
            verify::Error::Changed { path, .. } => fl!(loader, "verify-changed", name = file_name(path)),
            verify::Error::SignerNotCheckable { path } => {
                fl!(loader, "verify-signer-not-checkable", name = file_name(path))
            }
            verify::Error::Unsigned { path } => fl!(loader, "verify-unsigned", name = file_name(path)),
            verify::Error::InvalidSignature { path, detail } => {
                fl!(loader, "verify-invalid-signature", name = file_name(path), detail = detail.as_str())
            }
            verify::Error::OtherSigner { path, found, .. } => {
                fl!(loader, "verify-other-signer", name = file_name(path), signer = found.as_str())
            }
            verify::Error::NeedsConsent { path } => {
                fl!(loader, "verify-needs-consent", name = file_name(path))
            }
        }
    }

    /// Why a file at hand is not used.
    pub fn at_hand_error(&self, error: &AtHandError) -> String {
        match error {
            AtHandError::Read(error) => self.download_error(error),
            AtHandError::Verify(error) => self.verify_error(error),
            AtHandError::Template(error) => self.template_error(error),
            AtHandError::Installer(error) => self.installer_error(error),
        }
    }

    /// Why the journal could not be read or written.
    pub fn journal_error(&self, error: &journal::Error) -> String {
        match error {
            journal::Error::Read { path, error } => {
                let path = path.display().to_string();
                fl!(self.loader, "history-unreadable", path = path, reason = error.to_string())
            }
            journal::Error::Write { path, error } => {
                let path = path.display().to_string();
                fl!(self.loader, "history-unwritten", path = path, reason = error.to_string())
            }
        }
    }

    /// How an entry of the journal ended.
    pub fn journal_result(&self, what: journal::What) -> String {
        let loader = &self.loader;
        match what {
            journal::What::Begun => fl!(loader, "history-begun"),
            journal::What::Updated => fl!(loader, "history-updated"),
            journal::What::Failed => fl!(loader, "history-failed"),
            journal::What::Undone => fl!(loader, "history-undone"),
            journal::What::NotUndone => fl!(loader, "history-not-undone"),
            journal::What::Superseded => fl!(loader, "history-superseded"),
            journal::What::WizardRun => fl!(loader, "history-wizard"),
            journal::What::RebootPending => fl!(loader, "history-reboot"),
            journal::What::Cancelled => fl!(loader, "history-cancelled"),
            journal::What::Copied => fl!(loader, "history-copied"),
            journal::What::CopyDeleted => fl!(loader, "history-copy-deleted"),
            journal::What::GoingBack | journal::What::GoingBackWhole => fl!(loader, "history-going-back"),
            journal::What::WentBack => fl!(loader, "history-went-back"),
            journal::What::WentBackWhole => fl!(loader, "history-went-back-whole"),
            journal::What::NotGoneBack => fl!(loader, "history-not-gone-back"),
            journal::What::WrittenOff => fl!(loader, "history-written-off"),
            journal::What::CountedAgain => fl!(loader, "history-counted-again"),
            journal::What::AppStaged => fl!(loader, "history-app-staged"),
            journal::What::AppUnstaged => fl!(loader, "history-app-unstaged"),
        }
    }
}

fn end_of(wait: Duration, now: &Zoned) -> Zoned {
    let whole_seconds = Duration::from_secs(wait.as_secs_f64().ceil() as u64);
    // Beyond what a calendar has: nothing that anybody waits for.
    now.checked_add(whole_seconds).unwrap_or_else(|_| now.clone())
}

fn file_name(path: &std::path::Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn a_wait_is_told_with_its_end_and_its_reason_and_so_is_one_that_is_too_long() {
        let texts = Texts::new(Language::Ru).unwrap();
        let now: Zoned = "2026-11-22T23:59:00+03:00[+03:00]".parse().unwrap();
        let fault = source::Fault::Status { host: "mirror.lan:443".into(), status: 503 };
        let told = |seconds_x10: u64, is_asked_for| {
            let wait = Duration::from_millis(seconds_x10 * 100);
            let fault = fault.clone();
            texts.next_try(&download::Waiting { wait, kept_bytes: 0, total: None, fault, is_asked_for }, &now)
        };
        let reason = texts.source_fault(&fault);
        assert!(reason.contains("mirror.lan:443"));
        assert_eq!(told(31, false), format!("следующая попытка в 23:59:04: {reason}"));
        assert_eq!(told(600, false), format!("следующая попытка 23.11.2026 в 00:00: {reason}"));
        assert_eq!(told(600, true), format!("сервер просит подождать до 23.11.2026, 00:00: {reason}"));
        let error = |again_in| {
            let (name, fault) = ("x.msi".to_owned(), fault.clone());
            let error = download::Error::Source { name, kept_bytes: 7, again_in, fault };
            FetchError::Download { error, kept_bytes: 7 }
        };
        let next = |again_in| texts.fetch_notice(&error(again_in), &now).next.unwrap();
        let two_days = Some(Duration::from_hours(48));
        assert_eq!(next(two_days), "Сервер просит повторить не раньше: 24.11.2026, 23:59");
        assert!(!next(Some(Duration::MAX)).is_empty() && !next(None).is_empty());
    }

    #[test]
    fn a_file_that_is_not_given_is_a_matter_of_the_subscription_and_nothing_else_is() {
        let texts = Texts::new(Language::Ru).unwrap();
        let now: Zoned = "2026-11-22T12:00:00+03:00[+03:00]".parse().unwrap();
        let fault = |status| source::Fault::Status { host: "files.example:443".into(), status };
        for status in 400..=404 {
            let (name, fault) = ("x.msi".to_owned(), fault(status));
            let error = download::Error::Source { name, kept_bytes: 0, again_in: None, fault };
            let error = FetchError::Download { error, kept_bytes: 0 };
            let notice = texts.fetch_notice(&error, &now);
            let is_withheld = matches!(status, 401..=403);
            assert_eq!(notice.what.contains("подписка"), is_withheld, "{}", notice.what);
            assert_eq!(notice.next.unwrap().contains("подписка"), is_withheld);
            assert!(!error.is_refusal(), "{status}: it is no matter of trust");
        }
        let of_list = FetchError::Locate(fault(403));
        assert_eq!(of_list.withheld(), None);
        assert!(!texts.fetch_notice(&of_list, &now).what.contains("подписка"));
    }

    #[test]
    fn a_size_that_was_only_announced_refuses_nothing_and_only_what_is_there_is_said_to_be_kept() {
        let texts = Texts::new(Language::Ru).unwrap();
        let now: Zoned = "2026-11-22T12:00:00+03:00[+03:00]".parse().unwrap();
        let error = |is_announced, kept_bytes| {
            let name = "x.msi".to_owned();
            let error = download::Error::WrongSize { name, expected: 9, found: 7, is_announced };
            FetchError::Download { error, kept_bytes }
        };
        let told = |error: &FetchError| {
            let notice = texts.fetch_notice(error, &now);
            (error.is_refusal(), notice.kept.is_some(), notice.next.unwrap())
        };
        let (again, by_hand) = (fl!(texts.loader, "next-retry"), fl!(texts.loader, "next-by-hand"));
        assert_eq!(told(&error(true, 900)), (false, true, again.clone()));
        assert_eq!(told(&error(true, 0)), (false, false, again));
        assert_eq!(told(&error(false, 0)), (true, false, by_hand));
    }
}
