//! What went wrong with a request, told from the library's chain of errors.
//!
//! The library puts the whole address into its text, query and all; only the innermost cause is repeated.

use std::error::Error;
use std::io;

use url::Url;

use super::{host_and_port, tls};
use crate::source::Fault;

/// What the library says where a proxy answers a `CONNECT` with status 407; it has no type for it outside of
/// itself.
const PROXY_WANTS_LOGIN: &str = "tunnel error: proxy authorization required";
/// The same for every other status that is no success.
const PROXY_REFUSES: &str = "tunnel error: unsuccessful";
/// What it says where there was no connection to send anything by.
const NOT_CONNECTED: [&str; 2] = ["dns error", "tcp connect error"];

/// The fault an error stands for; `url` is what was asked for, `proxy` what stood between.
pub(super) fn of(error: &reqwest::Error, url: &Url, proxy: Option<String>) -> Fault {
    let host = host_and_port(url);
    if error.is_timeout() {
        return Fault::Timeout { host, proxy };
    }
    let detail = innermost(error);
    match (tls_error(error), proxy) {
        (Some(error), proxy) => Fault::Tls { host, proxy, problem: tls::problem(error), detail },
        (None, Some(proxy)) if says(error, &[PROXY_REFUSES]) => Fault::ProxyRefusal { host, proxy },
        (None, proxy) => Fault::Connection { host, proxy, detail },
    }
}

/// Whether a proxy wants a login, or another one, before it makes a tunnel.
pub(super) fn is_login_wanted(error: &(dyn Error + 'static)) -> bool {
    says(error, &[PROXY_WANTS_LOGIN])
}

/// Whether a proxy may have got a login and not have answered. What is not known to be otherwise counts as
/// this.
pub(super) fn is_login_unanswered(error: &(dyn Error + 'static)) -> bool {
    tls_error(error).is_none() && !says(error, &[PROXY_REFUSES]) && !says(error, &NOT_CONNECTED)
}

fn says(error: &(dyn Error + 'static), texts: &[&str]) -> bool {
    chain(error).any(|cause| texts.contains(&cause.to_string().as_str()))
}

/// The text of the cause that has no cause.
pub(super) fn innermost(error: &(dyn Error + 'static)) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}

fn tls_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    chain(error).find_map(<dyn Error>::downcast_ref)
}

/// The causes below an error, itself left out. An I/O error names what it wraps as its content, not as its
/// source.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(below(error), |cause| below(*cause))
}

fn below<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(content) => Some(content),
        None => error.source(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_wrapped_in_an_io_error_is_found() {
        let inner = rustls::Error::DecryptError;
        let text = inner.to_string();
        let wrapped = io::Error::other(io::Error::other(inner));
        assert!(tls_error(&wrapped).is_some());
        assert_eq!(innermost(&wrapped), text);
    }
}
