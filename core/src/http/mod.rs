//! The one HTTP client of the program: which addresses it talks to, how long it waits, how many bytes it
//! takes, and what may be said about an address.
//!
//! Connections are https, except to this PC itself and to where everything is signed. A redirect is followed to https alone, at most five of
//! them. Small descriptions are fetched whole, with gzip and a conditional request ([`cache`]); for large
//! files the caller reads an [`Answer`] piece by piece. Nothing is tried twice here: whether to ask again is
//! the person's decision, or the next check's.
//!
//! Deliberately not here: what an answer means ([`crate::catalogue`]), and where it is put
//! ([`crate::download`]). No credentials and no query strings reach an error or a log.

mod address;
mod answer;
pub mod cache;
mod fault;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};
use tokio::sync::OnceCell;
use url::Url;

pub use self::address::{host_and_port, is_loopback, is_scheme, redacted, redacted_text};
pub use self::answer::{Answer, is_html};
use self::cache::{Cache, Kept};
use crate::source::Fault;

/// How many redirects are followed for one request.
const MOST_REDIRECTS: usize = 5;

/// How the client talks to the world.
#[derive(Clone, Debug)]
pub struct HttpOptions {
    /// The way out. Addresses of this PC itself are always reached directly.
    pub proxy: Proxy,
    /// For a connection to stand.
    pub connect_timeout: Duration,
    /// For the next piece of an answer, not for the whole of it.
    pub read_timeout: Duration,
    /// For a whole description, from the request to its last byte.
    pub description_timeout: Duration,
    /// What the client calls itself.
    pub user_agent: String,
}

/// The way out of this PC; in the settings `system` or `none`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proxy {
    /// As the environment, else the system, is set up.
    #[default]
    System,
    /// Straight to the host.
    None,
}

/// The client could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("Failed to set up the HTTP client")]
pub struct Error(#[source] reqwest::Error);

/// The client. Cheap to clone; all clones share the connections.
#[derive(Clone)]
pub struct Http {
    inner: Arc<Inner>,
    /// Plain http to other PCs is let out: everything that comes is proved by a signature or a hash.
    allows_plain: bool,
}

struct Inner {
    options: HttpOptions,
    client: Client,
    /// For this PC itself where `client` goes through a proxy; made when first needed.
    direct: OnceCell<Client>,
}

/// The library's client knows the proxy's password.
impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http").field("options", &self.inner.options).finish_non_exhaustive()
    }
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            proxy: Proxy::System,
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(30),
            description_timeout: Duration::from_secs(10),
            user_agent: concat!("MobileSMARTSUpdater/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

impl Http {
    /// Sets up a client; connects nowhere.
    pub fn new(options: &HttpOptions) -> Result<Self, Error> {
        let client = client(options, options.proxy)?;
        let inner = Inner { options: options.clone(), client, direct: OnceCell::new() };
        Ok(Self { inner: Arc::new(inner), allows_plain: false })
    }

    /// The same client, which talks plain http to other PCs too. Only for what is proved by signed metadata.
    #[must_use]
    pub fn allowing_plain(&self) -> Self {
        Self { inner: Arc::clone(&self.inner), allows_plain: true }
    }

    /// Whether it asks this address at all.
    pub fn allows(&self, url: &Url) -> bool {
        url.scheme() == "https" || (url.scheme() == "http" && (self.allows_plain || is_loopback(url)))
    }

    /// The whole body of a small file, at most `limit_bytes` of it after unpacking. What the cache keeps is
    /// used if the server says that it has not changed.
    ///
    /// [`Fault::NotFound`] stands for status 404 and 410 only; every other refusal is [`Fault::Status`].
    pub async fn description(&self, url: &Url, cache: &Cache, limit_bytes: u64) -> Result<Vec<u8>, Fault> {
        let kept = cache.load(url).await.filter(|kept| kept.body.len() as u64 <= limit_bytes);
        let asking = self.ask_for_description(url, kept, cache, limit_bytes);
        let timed = tokio::time::timeout(self.description_timeout(), asking).await;
        timed.unwrap_or_else(|_| Err(Fault::Timeout { host: host_and_port(url) }))
    }

    /// The whole body of a small file, with nothing kept; `None` for status 404 alone. Every other refusal is a
    /// fault, also that the file is gone (410) or forbidden (403).
    pub async fn bytes(&self, url: &Url, limit_bytes: u64) -> Result<Option<Vec<u8>>, Fault> {
        let asking = async {
            let mut answer = self.send(url, &HeaderMap::new()).await?;
            match answer.response.status() {
                StatusCode::OK => answer.body(limit_bytes).await.map(Some),
                StatusCode::NOT_FOUND => Ok(None),
                status => Err(Fault::Status { host: host_and_port(url), status: status.as_u16() }),
            }
        };
        let timed = tokio::time::timeout(self.description_timeout(), asking).await;
        timed.unwrap_or_else(|_| Err(Fault::Timeout { host: host_and_port(url) }))
    }

    async fn ask_for_description(
        &self,
        url: &Url,
        kept: Option<Kept>,
        cache: &Cache,
        limit_bytes: u64,
    ) -> Result<Vec<u8>, Fault> {
        let headers = kept.as_ref().map(conditions).unwrap_or_default();
        let mut answer = self.send(url, &headers).await?;
        match (answer.response.status(), kept) {
            (StatusCode::OK, _) => {
                let body = answer.body(limit_bytes).await?;
                if let Some(kept) = answer.worth_keeping(&body) {
                    cache.keep(url, kept).await;
                }
                Ok(body)
            }
            (StatusCode::NOT_MODIFIED, Some(kept)) => Ok(kept.body),
            _ => Err(answer.refusal()),
        }
    }

    /// Asks for a large file, as it lies on the server (no compression). The answer's status is for the
    /// caller to judge.
    pub async fn get(&self, url: &Url, mut headers: HeaderMap) -> Result<Answer, Fault> {
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        self.send(url, &headers).await
    }

    /// Follows redirects itself: the library's own way names the first host in every fault, and keeps to
    /// one client.
    async fn send(&self, url: &Url, headers: &HeaderMap) -> Result<Answer, Fault> {
        let mut target = url.clone();
        let mut count = 0;
        loop {
            let request = self.client_for(&target).await?.get(target.clone()).headers(headers.clone());
            let response = request.send().await.map_err(|error| fault::of(&error, &target))?;
            let Some(next) = redirect(&response) else {
                return Ok(Answer { response });
            };
            count += 1;
            if !is_followed(&next, count) {
                return Err(Fault::Redirect { host: host_and_port(&target), target: redacted(&next) });
            }
            target = next;
        }
    }

    /// The time in which a whole description has to be there.
    pub fn description_timeout(&self) -> Duration {
        self.inner.options.description_timeout
    }

    /// The time after which a reader of pieces gives up.
    pub fn read_timeout(&self) -> Duration {
        self.inner.options.read_timeout
    }

    async fn client_for(&self, url: &Url) -> Result<&Client, Fault> {
        let loopback = is_loopback(url);
        if !self.allows(url) {
            return Err(Fault::Address { address: redacted(url) });
        }
        if !loopback || self.inner.options.proxy == Proxy::None {
            return Ok(&self.inner.client);
        }
        let make = || async { client(&self.inner.options, Proxy::None) };
        self.inner.direct.get_or_try_init(make).await.map_err(|Error(error)| fault::of(&error, url))
    }
}

fn conditions(kept: &Kept) -> HeaderMap {
    let pairs = [(IF_NONE_MATCH, &kept.etag), (IF_MODIFIED_SINCE, &kept.last_modified)];
    let header =
        |(name, value): (_, &Option<String>)| Some((name, HeaderValue::from_str(value.as_deref()?).ok()?));
    pairs.into_iter().filter_map(header).collect()
}

fn client(options: &HttpOptions, proxy: Proxy) -> Result<Client, Error> {
    let builder = || {
        let builder = Client::builder()
            .connect_timeout(options.connect_timeout)
            .read_timeout(options.read_timeout)
            .redirect(Policy::none())
            .user_agent(&options.user_agent);
        match proxy {
            Proxy::System => builder,
            Proxy::None => builder.no_proxy(),
        }
    };
    builder().build().or_else(|error| {
        // A Linux without any certificates: this PC itself can still be talked to, and https fails with
        // a fault of its own rather than nothing at all working.
        tracing::warn!("No system certificates were loaded: {}", fault::innermost(&error));
        builder().tls_certs_only([]).build().map_err(Error)
    })
}

/// Where a redirect leads; `None` for any other answer.
fn redirect(response: &reqwest::Response) -> Option<Url> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    response.url().join(response.headers().get(LOCATION)?.to_str().ok()?).ok()
}

fn is_followed(target: &Url, count: usize) -> bool {
    target.scheme() == "https" && count <= MOST_REDIRECTS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn five_redirects_are_followed_and_only_to_https() {
        let target = url("https://mirror.example/");
        assert!(is_followed(&target, 1));
        assert!(is_followed(&target, 5));
        assert!(!is_followed(&target, 6));
        for text in ["http://mirror.example/", "http://127.0.0.1/", "ftp://mirror.example/"] {
            assert!(!is_followed(&url(text), 1), "{text}");
        }
    }

    #[tokio::test]
    async fn plain_http_to_another_host_is_never_sent() {
        let http = Http::new(&HttpOptions::default()).unwrap();
        let address = url("http://u:p@mirror.example/file?x=1");
        let fault = http.get(&address, HeaderMap::new()).await.unwrap_err();
        assert_eq!(fault, Fault::Address { address: "http://mirror.example/file".into() });
    }
}
