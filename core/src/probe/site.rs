//! What a site answers, and whose certificate it shows: by the one client, with its proxies and certificates.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use reqwest::header::HeaderMap;
use url::Url;

use super::{Certificate, Unread};
use crate::http::{Http, host_and_port};
use crate::source::Fault;

/// An answer, whatever it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// HTTP status.
    pub status: u16,
    /// What time it was by the server's clock, if it says so.
    pub sent_at: Option<Timestamp>,
    /// Until its first byte.
    pub took: Duration,
}

/// Asks for an address, and reads nothing of the body. That there is an answer says that the connection holds and its
/// certificate is believed.
pub async fn answer(http: &Http, url: &Url, within: Duration) -> Result<Answered, Fault> {
    let begun = Instant::now();
    let asked = tokio::time::timeout(within, http.get(url, HeaderMap::new()));
    let answer = asked.await.unwrap_or_else(|_| Err(late(http, url)))?;
    Ok(Answered { status: answer.status(), sent_at: answer.sent_at(), took: begun.elapsed() })
}

/// The certificate that an https address shows, believed or not. Nothing is sent.
pub async fn certificate(http: &Http, url: &Url, within: Duration) -> Result<Certificate, Unread> {
    let seen = tokio::time::timeout(within, http.certificate(url));
    let der = seen.await.unwrap_or_else(|_| Err(late(http, url))).map_err(Unread::NotSeen)?;
    Certificate::of_der(&der)
}

fn late(http: &Http, url: &Url) -> Fault {
    let proxy = http.proxy(url).map(|proxy| proxy.address.host_and_port());
    Fault::Timeout { host: host_and_port(url), proxy }
}
