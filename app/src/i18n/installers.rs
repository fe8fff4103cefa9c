//! Words for an installer that says it failed: what happened, what is safe, what to do; and for programs that
//! hold files.

use std::path::Path;

use i18n_embed_fl::fl;
use smarts_core::apply::ExitFault;

use super::Texts;

impl Texts {
    /// Why an installer did not install, by its own word.
    pub(super) fn exit_fault(&self, fault: ExitFault) -> String {
        let loader = &self.loader;
        match fault {
            ExitFault::AnotherInstallation => fl!(loader, "exit-another-installation"),
            ExitFault::Fatal => fl!(loader, "exit-fatal"),
            ExitFault::OtherVersion => fl!(loader, "exit-other-version"),
            ExitFault::Rights => fl!(loader, "exit-rights"),
            ExitFault::WrongPlatform => fl!(loader, "exit-wrong-platform"),
            ExitFault::Policy => fl!(loader, "exit-policy"),
            ExitFault::Package(code) => fl!(loader, "exit-package", code = code.to_string()),
            ExitFault::Other(code) => fl!(loader, "apply-installer-failed", code = code.to_string()),
            ExitFault::Ended => fl!(loader, "apply-installer-ended"),
        }
    }

    /// What is safe after it.
    pub(super) fn exit_kept(&self, fault: ExitFault) -> String {
        if fault.is_before_any_change() {
            fl!(self.loader, "exit-kept-not-begun")
        } else {
            fl!(self.loader, "exit-kept-file")
        }
    }

    /// What to do about it.
    pub(super) fn exit_next(&self, fault: ExitFault, log_path: Option<&Path>) -> String {
        let loader = &self.loader;
        let log = || log_path.map(|path| fl!(loader, "exit-next-log", path = path.display().to_string()));
        match fault {
            ExitFault::AnotherInstallation => fl!(loader, "exit-next-wait"),
            ExitFault::OtherVersion => fl!(loader, "next-check-again"),
            ExitFault::Rights => fl!(loader, "exit-next-rights"),
            ExitFault::WrongPlatform => fl!(loader, "exit-next-by-hand"),
            ExitFault::Policy => fl!(loader, "exit-next-policy"),
            ExitFault::Package(_) => fl!(loader, "exit-next-download"),
            ExitFault::Fatal | ExitFault::Other(_) | ExitFault::Ended => {
                log().unwrap_or_else(|| fl!(loader, "next-retry"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use smarts_core::apply;

    use super::*;
    use crate::i18n::Language;

    const FAULTS: [ExitFault; 9] = [
        ExitFault::AnotherInstallation,
        ExitFault::Fatal,
        ExitFault::OtherVersion,
        ExitFault::Rights,
        ExitFault::WrongPlatform,
        ExitFault::Policy,
        ExitFault::Package(1619),
        ExitFault::Other(-7),
        ExitFault::Ended,
    ];

    #[test]
    fn every_fault_says_what_happened_what_is_safe_and_what_to_do() {
        for language in [Language::Ru, Language::En] {
            let texts = Texts::new(language).unwrap();
            let mut seen = std::collections::HashSet::new();
            for fault in FAULTS {
                let error = apply::Error::InstallerFailed { fault, log_path: Some("C:/log".into()) };
                let notice = texts.installer_notice(&error);
                assert!(seen.insert(notice.what.clone()), "{}", notice.what);
                assert!(notice.kept.is_some_and(|kept| !kept.is_empty()));
                assert!(notice.next.is_some_and(|next| !next.is_empty()));
            }
        }
    }

    #[test]
    fn the_place_of_the_log_is_told_where_there_is_one() {
        let texts = Texts::new(Language::Ru).unwrap();
        let next = texts.exit_next(ExitFault::Fatal, Some(Path::new("C:/logs/a.msi.log")));
        assert!(next.contains("C:/logs/a.msi.log"), "{next}");
        assert!(!texts.exit_next(ExitFault::Fatal, None).contains("log"));
    }
}
