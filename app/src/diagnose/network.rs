//! Findings about the way out: the proxy in force, the certificates that count besides the system's.

use i18n_embed_fl::fl;
use smarts_core::http::proxy::{Proxy, ProxyAddress};

use super::{Line, State, Subject};
use crate::i18n::Texts;
use crate::session::{KeptLogin, Session, Way};

pub(super) fn proxy(subject: &Subject<'_>) -> Line {
    let (session, texts) = (subject.session, subject.texts);
    if let Some(proxy) = unusable(subject) {
        let line =
            Line::new("proxy", State::Attention, fl!(texts.loader, "proxy-unusable", proxy = proxy), "");
        return line.advise(fl!(texts.loader, "next-proxy-unusable"));
    }
    let in_the_way = session.proxy_in_the_way(subject.machine).map(|proxy| proxy.address);
    let words = proxy_words(session, in_the_way.as_ref(), texts);
    let script = session.system_proxy().and_then(|system| system.script);
    if let (Proxy::System, None, Some(script)) = (&session.settings.proxy, &in_the_way, script) {
        let text = fl!(texts.loader, "proxy-script", script = script);
        let line = Line::new("proxy", State::Attention, text, words);
        return line.advise(fl!(texts.loader, "advice-proxy"));
    }
    let Some(user) = session.settings.proxy_user.as_ref().filter(|_| in_the_way.is_some()) else {
        return Line::new("proxy", State::Ok, words, "");
    };
    let kept = session.kept_login(in_the_way.as_ref());
    let state = match kept {
        KeptLogin::Ours => State::Ok,
        KeptLogin::None | KeptLogin::Another { .. } | KeptLogin::Unread(_) => State::Attention,
    };
    let line = Line::new("proxy", state, words, texts.kept_login(&kept, Some(user.name())));
    if state == State::Attention { line.advise(fl!(texts.loader, "next-proxy-password")) } else { line }
}

/// A proxy on the way to the source that the program cannot go by.
fn unusable(subject: &Subject<'_>) -> Option<String> {
    let ways = subject.session.ways(subject.machine);
    let first = match ways.first {
        Way::Site(site) => Some(*site),
        Way::Folder { .. } | Way::Nowhere(_) => None,
    };
    let mut sites = [first, ways.second].into_iter().flatten();
    sites.find_map(|site| site.http.unusable_proxy(&site.url))
}

/// Which proxy is used, and who says so.
pub(crate) fn proxy_words(session: &Session, in_the_way: Option<&ProxyAddress>, texts: &Texts) -> String {
    let loader = &texts.loader;
    let setting = match session.settings.proxy {
        Proxy::System => "system",
        Proxy::Environment => "environment",
        Proxy::None => "none",
        Proxy::Manual(_) => "manual",
    };
    match in_the_way {
        Some(address) => fl!(loader, "diagnose-proxy", proxy = address.to_string(), setting = setting),
        None => fl!(loader, "diagnose-no-proxy", setting = setting),
    }
}

pub(super) fn ca_file(subject: &Subject<'_>) -> Line {
    let loader = &subject.texts.loader;
    let Some((path, checked)) = subject.session.ca_file() else {
        return Line::new("ca_file", State::Ok, fl!(loader, "diagnose-no-ca-file"), "");
    };
    let path = path.display().to_string();
    match checked {
        Ok(()) => Line::new("ca_file", State::Ok, fl!(loader, "diagnose-ca-file", path = path.as_str()), ""),
        Err(problem) => Line::new("ca_file", State::Attention, subject.texts.ca_problem(&path, &problem), ""),
    }
}

impl Texts {
    /// What is kept for the proxy, without saying it.
    pub(crate) fn kept_login(&self, kept: &KeptLogin, user: Option<&str>) -> String {
        let (loader, user) = (&self.loader, user.unwrap_or_default());
        match kept {
            KeptLogin::None if user.is_empty() => fl!(loader, "proxy-no-user"),
            KeptLogin::None => fl!(loader, "proxy-no-password", user = user),
            KeptLogin::Ours => fl!(loader, "proxy-has-password", user = user),
            KeptLogin::Another { proxy } => fl!(loader, "proxy-other-password", proxy = proxy.to_string()),
            KeptLogin::Unread(error) => self.secret_error(error),
        }
    }
}
