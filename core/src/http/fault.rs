//! What went wrong with a request, told from the library's chain of errors.
//!
//! The library puts the whole address into its text, query and all; only the innermost cause is repeated.

use std::error::Error;
use std::io;

use url::Url;

use super::host_and_port;
use crate::source::Fault;

/// A redirect that is not followed; travels inside the library's error.
#[derive(Debug, thiserror::Error)]
#[error("Redirect to {target} is not followed")]
pub(super) struct RedirectRefused {
    /// Without credentials and query.
    pub(super) target: String,
}

/// The fault an error stands for; `url` is what was asked for, where the error does not say it.
pub(super) fn of(error: &reqwest::Error, url: &Url) -> Fault {
    let host = host_and_port(error.url().unwrap_or(url));
    if let Some(refused) = find::<RedirectRefused>(error) {
        return Fault::Redirect { host: host_and_port(url), target: refused.target.clone() };
    }
    if error.is_timeout() {
        return Fault::Timeout { host };
    }
    let detail = innermost(error);
    match find::<rustls::Error>(error) {
        Some(_) => Fault::Tls { host, detail },
        None => Fault::Connection { host, detail },
    }
}

/// The text of the cause that has no cause.
pub(super) fn innermost(error: &(dyn Error + 'static)) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}

fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    chain(error).find_map(|cause| cause.downcast_ref())
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
        let inner = RedirectRefused { target: "http://mirror.example/".into() };
        let wrapped = io::Error::other(io::Error::other(inner));
        assert!(find::<RedirectRefused>(&wrapped).is_some());
        assert!(find::<rustls::Error>(&wrapped).is_none());
        assert_eq!(innermost(&wrapped), "Redirect to http://mirror.example/ is not followed");
    }
}
