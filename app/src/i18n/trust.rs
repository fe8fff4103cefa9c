//! Words for trust and proof: how far a source is proved, how far a file is, and until when.

use i18n_embed_fl::fl;
use jiff::Timestamp;
use smarts_core::catalogue;
use smarts_core::check::{self, SourceFacts};
use smarts_core::source::{self, Fault, Trust};
use smarts_core::verify::{self, Proof};

use super::{Texts, sentence};
use crate::error::chain;
use crate::model::{CheckFailure, FailureKind, Notice};
use crate::session::{self, CheckError, Expiry, FetchError, Origin, Proved};

impl Texts {
    /// How far a file is proved, or is going to be.
    pub fn proof(&self, proved: &Proved) -> String {
        let loader = &self.loader;
        match (proved.proof, proved.origin) {
            (Proof::Signed, _) => fl!(loader, "proof-signed"),
            (Proof::Publisher, _) => match &proved.signer {
                Some(signer) => fl!(loader, "proof-publisher-named", signer = signer.as_str()),
                None => fl!(loader, "proof-publisher"),
            },
            (Proof::Hash, Origin::Site | Origin::Loopback) => fl!(loader, "proof-hash"),
            (Proof::Hash, Origin::Folder) => fl!(loader, "proof-hash-folder"),
            (Proof::None, Origin::Site) => fl!(loader, "proof-none-https"),
            (Proof::None, Origin::Loopback | Origin::Folder) => fl!(loader, "proof-none"),
        }
    }

    /// The same where there is little room.
    pub fn proof_short(&self, proved: &Proved) -> String {
        let loader = &self.loader;
        match proved.proof {
            Proof::Signed => fl!(loader, "proof-short-signed"),
            Proof::Hash => fl!(loader, "proof-short-hash"),
            Proof::None if proved.origin != Origin::Site => fl!(loader, "proof-short-none"),
            Proof::Publisher | Proof::None => self.proof(&Proved { signer: None, ..proved.clone() }),
        }
    }

    /// The same of a file of which nothing else is recorded.
    pub fn proof_kind(&self, proof: Proof) -> String {
        match proof {
            Proof::Signed => fl!(self.loader, "proof-signed"),
            Proof::Publisher => fl!(self.loader, "proof-publisher"),
            Proof::Hash => fl!(self.loader, "proof-hash-source"),
            Proof::None => fl!(self.loader, "attention-unproved"),
        }
    }

    /// How far a source is proved, and until when.
    pub fn trust(&self, source: &SourceFacts, now: Timestamp) -> String {
        let loader = &self.loader;
        match (source.trust, source.expires) {
            (Trust::Signed, Some(expires)) if expires < now => {
                fl!(loader, "trust-expired", since = self.utc_day(expires))
            }
            (Trust::Signed, Some(expires)) => {
                fl!(loader, "trust-signed-until", until = self.utc_day(expires))
            }
            // Not looked at, or not found to be.
            (Trust::Signed, None) => fl!(loader, "trust-to-be-signed"),
            // Plain http is used to this PC itself only.
            (Trust::Https, _) if source.root.starts_with("http://") => fl!(loader, "trust-loopback"),
            (Trust::Https, _) => fl!(loader, "trust-https"),
            (Trust::Folder, _) => fl!(loader, "trust-folder"),
        }
    }

    /// What that means for whoever installs from it.
    pub fn trust_meaning(&self, source: &SourceFacts, now: Timestamp) -> String {
        let loader = &self.loader;
        match (source.trust, source.expires) {
            (Trust::Signed, Some(expires)) if expires < now => fl!(loader, "trust-expired-meaning"),
            (Trust::Signed, _) => fl!(loader, "trust-signed-meaning"),
            (Trust::Https, _) if source.root.starts_with("http://") => {
                fl!(loader, "trust-loopback-meaning")
            }
            (Trust::Https, _) => fl!(loader, "trust-https-meaning"),
            (Trust::Folder, _) => fl!(loader, "trust-folder-meaning"),
        }
    }

    /// The source of a report in one line.
    pub fn source_line(&self, source: &SourceFacts, now: Timestamp) -> String {
        let trust = self.trust(source, now);
        fl!(self.loader, "source-line", source = source.root.as_str(), trust = trust)
    }
}

impl Texts {
    /// Why a check gave no report, as the window tells it.
    pub fn check_failure(&self, failure: &session::CheckFailure) -> CheckFailure {
        let fault = source_fault(&failure.error);
        let is_folder = failure.report.source.is_folder();
        let kind = match (&failure.error, fault) {
            (_, Some(Fault::Expired { role, since, now, .. })) if is_folder => {
                let expiry = Expiry { role: role.clone(), since: *since };
                FailureKind::Expired { expiry, now: *now }
            }
            (_, Some(fault)) if fault.is_refusal() => FailureKind::Refused,
            (CheckError::Source(source::Error::TrustedRoot { .. }), _) => FailureKind::Refused,
            _ => FailureKind::Unread,
        };
        CheckFailure {
            reason: sentence(&self.check_error(&failure.error)),
            next: fault.and_then(|fault| self.trust_next(fault, is_folder)),
            detail: Some(chain(&failure.error)),
            kind,
        }
    }

    /// Why nothing of a source is used, in a few words: they stand on every row of it.
    pub fn distrust(&self, fault: &Fault) -> Option<String> {
        let loader = &self.loader;
        match fault {
            Fault::Unsigned => Some(fl!(loader, "distrust-unsigned")),
            Fault::Untrusted { .. } => Some(fl!(loader, "distrust-untrusted")),
            Fault::Older { .. } => Some(fl!(loader, "distrust-older")),
            Fault::Expired { since, .. } => {
                Some(fl!(loader, "distrust-expired", since = self.utc_day(*since)))
            }
            Fault::Root { .. } => Some(fl!(loader, "distrust-root")),
            _ => None,
        }
    }

    /// What to do where a source is not believed; `None` for every other fault.
    pub fn trust_next(&self, fault: &Fault, is_folder: bool) -> Option<String> {
        let loader = &self.loader;
        Some(match fault {
            Fault::Unsigned => fl!(loader, "next-unsigned"),
            Fault::Untrusted { .. } => fl!(loader, "next-untrusted"),
            Fault::Older { .. } if is_folder => fl!(loader, "next-older-folder"),
            Fault::Older { .. } => fl!(loader, "next-older"),
            Fault::NotSigned { .. } => fl!(loader, "next-not-signed"),
            Fault::Expired { .. } if is_folder => fl!(loader, "next-expired-folder"),
            Fault::Expired { .. } => fl!(loader, "next-expired"),
            Fault::Missing { .. } => fl!(loader, "next-missing"),
            Fault::SignedAnew { .. } => fl!(loader, "next-check-again"),
            Fault::Root { .. } => fl!(loader, "next-root"),
            Fault::Store { .. } => fl!(loader, "next-space-and-rights"),
            _ => return None,
        })
    }

    /// What is not believed, in the library's English: for a line of its own, never for a sentence.
    pub fn fault_detail(&self, fault: &Fault) -> Option<String> {
        match fault {
            Fault::Untrusted { detail } | Fault::Root { detail } => {
                Some(fl!(self.loader, "cli-detail", detail = detail.as_str()))
            }
            _ => None,
        }
    }

    /// A file that is not used, with what is safe and what to do about it.
    pub fn refused(&self, notice: Notice, error: &FetchError) -> Notice {
        let loader = &self.loader;
        let next = match error {
            FetchError::Locate(fault) => self.trust_next(fault, false),
            FetchError::Verify(
                verify::Error::SignerNotCheckable { .. } | verify::Error::NeedsConsent { .. },
            ) => notice.next.clone(),
            _ => Some(fl!(loader, "next-refused")),
        };
        Notice { kept: Some(fl!(loader, "kept-refused")), next, ..notice }
    }
}

/// Why the source was not read, if that is why.
pub(crate) fn source_fault(error: &CheckError) -> Option<&Fault> {
    match error {
        CheckError::Check(check::Failure { error, .. }) => match &error.fault {
            catalogue::Fault::Source(fault) => Some(fault),
            _ => None,
        },
        CheckError::Source(_) | CheckError::Store(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    const NOW: &str = "2026-11-22T09:40:00Z";

    fn ru() -> Texts {
        Texts::new(Language::Ru).unwrap()
    }

    fn source(trust: Trust, root: &str, expires: Option<&str>) -> SourceFacts {
        SourceFacts { root: root.into(), trust, expires: expires.map(|at| at.parse().unwrap()) }
    }

    #[test]
    fn every_level_of_proof_has_words_that_claim_no_more_than_is_known() {
        let texts = ru();
        let told = |proof, signer: Option<&str>, origin| {
            texts.proof(&Proved { proof, signer: signer.map(str::to_owned), origin })
        };
        assert_eq!(told(Proof::Signed, None, Origin::Site), "подписано издателем");
        assert_eq!(told(Proof::Signed, None, Origin::Folder), "подписано издателем");
        assert_eq!(told(Proof::Publisher, Some("Клеверенс"), Origin::Site), "подпись Windows: Клеверенс");
        assert_eq!(told(Proof::Publisher, None, Origin::Site), "подпись Windows");
        assert_eq!(told(Proof::Hash, None, Origin::Site), "контрольная сумма сайта");
        assert_eq!(told(Proof::Hash, None, Origin::Folder), "контрольная сумма из папки");
        assert_eq!(told(Proof::None, None, Origin::Site), "только https");
        assert_eq!(told(Proof::None, None, Origin::Folder), "ничем не подтверждено");
        assert_eq!(told(Proof::None, None, Origin::Loopback), "ничем не подтверждено");
    }

    #[test]
    fn a_signed_source_is_told_with_the_day_its_signature_ends_or_ended() {
        let (texts, now) = (ru(), NOW.parse().unwrap());
        let told = |expires| texts.trust(&source(Trust::Signed, "https://files.example/", expires), now);
        assert_eq!(told(Some("2026-12-05T00:00:00Z")), "подписан издателем, подпись действует до 05.12.2026");
        assert_eq!(told(Some("2026-11-02T00:00:00Z")), "подпись истекла 02.11.2026");
        assert_eq!(told(None), "ожидается подпись издателя");
        let https = texts.trust(&source(Trust::Https, "https://files.example/", None), now);
        assert_eq!(https, "соединение защищено");
        let folder = texts.trust(&source(Trust::Folder, r"D:\updates", None), now);
        assert_eq!(folder, "папка, не подписана");
    }

    #[test]
    fn the_library_s_english_stands_in_no_sentence() {
        let texts = ru();
        let detail = || "signature threshold not met".to_owned();
        for fault in [Fault::Untrusted { detail: detail() }, Fault::Root { detail: detail() }] {
            assert!(!texts.source_fault(&fault).contains("threshold"));
            assert_eq!(texts.fault_detail(&fault).unwrap(), "Подробности: signature threshold not met");
        }
        assert_eq!(texts.fault_detail(&Fault::Unsigned), None);
    }

    #[test]
    fn every_trust_has_a_meaning_in_both_languages() {
        let now = NOW.parse().unwrap();
        for language in [Language::Ru, Language::En] {
            let texts = Texts::new(language).unwrap();
            let meanings: std::collections::BTreeSet<String> = [
                source(Trust::Signed, "https://a/", Some("2026-12-05T00:00:00Z")),
                source(Trust::Signed, "D:\\", Some("2026-11-02T00:00:00Z")),
                source(Trust::Https, "https://a/", None),
                source(Trust::Https, "http://127.0.0.1/", None),
                source(Trust::Folder, "D:\\", None),
            ]
            .iter()
            .map(|source| texts.trust_meaning(source, now))
            .collect();
            assert_eq!(meanings.len(), 5, "{meanings:?}");
        }
    }
}
