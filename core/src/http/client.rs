//! The library's client, set up: ways out, patience, whose certificates count.
//!
//! Deliberately not here: asking for anything.

use std::sync::Arc;

use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, ClientBuilder};

use super::{Error, Exits, HttpOptions, fault};
use crate::source::{CaProblem, Fault};

/// Everything but whose certificates count.
pub(super) fn builder(options: &HttpOptions, exits: &Arc<Exits>) -> ClientBuilder {
    let exits = Arc::clone(exits);
    Client::builder()
        .connect_timeout(options.connect_timeout)
        .read_timeout(options.read_timeout)
        .redirect(Policy::none())
        .user_agent(&options.user_agent)
        .no_proxy()
        .proxy(reqwest::Proxy::custom(move |url| exits.proxy(url)))
}

/// A fault where the certificates that are to count cannot be used.
pub(super) fn client(options: &HttpOptions, exits: &Arc<Exits>) -> Result<Result<Client, Fault>, Error> {
    let builder = || builder(options, exits);
    let Some(file) = &options.ca_file else {
        let built = builder().build().or_else(|error| {
            // A Linux without any certificates: this PC itself can still be talked to, and https fails with
            // a fault of its own rather than nothing at all working.
            tracing::warn!("No system certificates were loaded: {}", fault::innermost(&error));
            builder().tls_certs_only([]).build()
        });
        return built.map(Ok).map_err(Error);
    };
    let build = |certificates: Vec<Certificate>| {
        // With certificates of its own the library can only fail over these.
        let broken = |error| CaProblem::Broken { detail: fault::innermost(&error) };
        builder().tls_certs_merge(certificates).build().map_err(broken)
    };
    let client = file.certificates().and_then(build);
    Ok(client.map_err(|problem| Fault::CaFile { path: file.written.display().to_string(), problem }))
}
