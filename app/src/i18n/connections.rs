//! Words for connections that do not come about: what happened, and what to do next.

use i18n_embed_fl::fl;
use smarts_core::secret;
use smarts_core::source::{CaProblem, Fault, ProxyLogin, TlsProblem};

use super::Texts;
use crate::error::chain;

impl Texts {
    /// What happened, on the way by this proxy if there was one.
    pub(super) fn by_proxy(&self, what: String, proxy: Option<&str>) -> String {
        match proxy {
            Some(proxy) => fl!(self.loader, "source-by-proxy", what = what, proxy = proxy),
            None => what,
        }
    }

    /// What to do about it, as a sentence without a period; `None` where trying again is all there is.
    pub(crate) fn connection_next(&self, fault: &Fault) -> Option<String> {
        let loader = &self.loader;
        Some(match fault {
            Fault::Connection { proxy: Some(_), .. } | Fault::Timeout { proxy: Some(_), .. } => {
                fl!(loader, "next-proxy")
            }
            Fault::Tls { problem, .. } => match problem {
                TlsProblem::Expired | TlsProblem::NotYetValid => fl!(loader, "next-clock"),
                TlsProblem::WrongHost => fl!(loader, "next-wrong-host"),
                TlsProblem::UnknownIssuer => fl!(loader, "next-ca-file"),
                TlsProblem::Revoked | TlsProblem::Other => fl!(loader, "next-tls"),
            },
            Fault::ProxyUnusable { .. } => fl!(loader, "next-proxy-unusable"),
            Fault::ProxyRefusal { .. } => fl!(loader, "next-proxy-refusal"),
            Fault::ProxyAuthentication { login: ProxyLogin::Unanswered, .. } => {
                fl!(loader, "next-proxy-unanswered")
            }
            Fault::ProxyAuthentication { login: ProxyLogin::Missing, .. } => fl!(loader, "next-proxy-login"),
            Fault::ProxyAuthentication { in_address: true, .. } => fl!(loader, "next-proxy-address"),
            Fault::ProxyAuthentication { .. } => fl!(loader, "next-proxy-password"),
            Fault::CaFile { .. } => fl!(loader, "next-mend-ca-file"),
            Fault::Connection { .. }
            | Fault::Timeout { .. }
            | Fault::NotFound
            | Fault::Status { .. }
            | Fault::Redirect { .. }
            | Fault::Address { .. }
            | Fault::Unopened { .. }
            | Fault::TooLarge { .. }
            | Fault::Folder { .. }
            | Fault::Unsigned
            | Fault::Untrusted { .. }
            | Fault::Older { .. }
            | Fault::Expired { .. }
            | Fault::Missing { .. }
            | Fault::NotSigned { .. }
            | Fault::SignedAnew { .. }
            | Fault::Root { .. }
            | Fault::Store { .. }
            | Fault::ClockBehind { .. } => return None,
        })
    }

    pub(crate) fn tls_problem(&self, host: &str, problem: TlsProblem) -> String {
        let loader = &self.loader;
        match problem {
            TlsProblem::Expired => fl!(loader, "tls-expired", host = host),
            TlsProblem::NotYetValid => fl!(loader, "tls-not-yet", host = host),
            TlsProblem::WrongHost => fl!(loader, "tls-wrong-host", host = host),
            TlsProblem::UnknownIssuer => fl!(loader, "tls-unknown-issuer", host = host),
            TlsProblem::Revoked => fl!(loader, "tls-revoked", host = host),
            TlsProblem::Other => fl!(loader, "source-tls", host = host),
        }
    }

    pub(super) fn proxy_login(&self, proxy: &str, login: ProxyLogin) -> String {
        let loader = &self.loader;
        match login {
            ProxyLogin::Missing => fl!(loader, "proxy-login-missing", proxy = proxy),
            ProxyLogin::Refused => fl!(loader, "proxy-login-refused", proxy = proxy),
            ProxyLogin::RefusedBefore => fl!(loader, "proxy-login-refused-before", proxy = proxy),
            ProxyLogin::Unanswered => fl!(loader, "proxy-login-unanswered", proxy = proxy),
        }
    }

    /// Why a file of certificates is not used.
    pub fn ca_problem(&self, path: &str, problem: &CaProblem) -> String {
        let loader = &self.loader;
        match problem {
            CaProblem::NotHere => fl!(loader, "ca-file-not-here", path = path),
            CaProblem::OpenToOthers => fl!(loader, "ca-file-open", path = path),
            CaProblem::Unreadable { detail } => {
                fl!(loader, "ca-file-unreadable", path = path, reason = detail.as_str())
            }
            CaProblem::NoCertificate => fl!(loader, "ca-file-empty", path = path),
            CaProblem::Broken { detail } => {
                fl!(loader, "ca-file-broken", path = path, reason = detail.as_str())
            }
        }
    }

    /// Why the login for the proxy was not kept, or not read.
    pub fn secret_error(&self, error: &secret::Error) -> String {
        fl!(self.loader, "proxy-secret-failed", reason = chain(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn a_fault_names_host_and_proxy_and_what_to_do() {
        let texts = Texts::new(Language::Ru).unwrap();
        let told = |fault: &Fault| (texts.source_fault(fault), texts.connection_next(fault).unwrap());
        let (host, proxy) = ("files.example:443".to_owned(), Some("proxy.shop:3128".to_owned()));
        let detail = String::new();
        let problem = TlsProblem::UnknownIssuer;
        let (what, next) = told(&Fault::Tls { host: host.clone(), proxy: proxy.clone(), problem, detail });
        assert!(what.contains("files.example:443") && what.contains("proxy.shop:3128"), "{what}");
        assert!(next.contains("ca_file"), "{next}");
        let (what, next) = told(&Fault::Timeout { host, proxy });
        assert!(what.contains("files.example:443") && what.contains("proxy.shop:3128"), "{what}");
        assert!(next.contains("proxy"), "{next}");
        let login = ProxyLogin::RefusedBefore;
        let refused = |in_address| {
            told(&Fault::ProxyAuthentication { proxy: "proxy.shop:3128".into(), login, in_address })
        };
        for (in_address, is_ours) in [(false, true), (true, false)] {
            let (what, next) = refused(in_address);
            assert!(what.contains("не отправлялись"), "{what}");
            assert_eq!(next.contains("smarts proxy set-password"), is_ours, "{next}");
            assert!(next.contains("smarts proxy retry") && !next.contains("forget"), "{next}");
        }
        let (what, next) = told(&Fault::ProxyUnusable { proxy: "socks5://socks.shop:1080".into() });
        assert!(what.contains("socks5://socks.shop:1080") && next.contains("proxy"), "{what} {next}");
    }
}
