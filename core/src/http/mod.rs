//! The one HTTP client of the program: which addresses it talks to, how long it waits, how many bytes it
//! takes, and what may be said about an address.
//!
//! Connections are https, except to this PC itself and to where everything is signed. A redirect is followed
//! to https alone, at most five of them. Small descriptions are fetched whole, with gzip and a conditional
//! request ([`cache`]); for large files the caller reads an [`Answer`] piece by piece. Nothing is tried twice
//! here: whether to ask again is the person's decision, or the next check's.
//!
//! Every connection takes the way out that is in force ([`Proxy`]), and proves the host by the certificates
//! of the system and of one more file. A login for a proxy that was refused is not sent again ([`refused`]).
//!
//! Deliberately not here: what an answer means ([`crate::catalogue`]), and where it is put
//! ([`crate::download`]). No credentials and no query strings reach an error or a log.

mod address;
mod answer;
pub mod cache;
mod client;
mod fault;
mod gate;
mod glance;
pub mod login;
pub mod proxy;
mod redirect;
pub mod refused;
mod rest;
pub mod secrets;
pub mod tls;

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use reqwest::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, PRAGMA,
};
use reqwest::{Client, Response, StatusCode};
use url::Url;

pub use self::address::{host_and_port, is_loopback, is_redacted, is_scheme, redacted, redacted_text};
pub use self::answer::{Answer, is_html};
use self::cache::{Cache, Kept};
use self::gate::{Gate, Passage};
use self::login::Login;
use self::proxy::{Environment, Exit, Proxy, ProxyAddress, Route, SystemProxy, Way};
use self::refused::Refusals;
use self::tls::CaFile;
use crate::source::{Fault, ProxyLogin};

/// How the client talks to the world.
#[derive(Clone, Debug)]
pub struct HttpOptions {
    /// The way out. Addresses of this PC itself are always reached directly.
    pub proxy: Proxy,
    /// What the system is set to; `None` where it says nothing about proxies.
    pub system_proxy: Option<SystemProxy>,
    /// What the environment says about proxies; empty by default.
    pub environment: Environment,
    /// For a proxy, and sent to no other.
    pub login: Option<Login>,
    /// Logins that were refused, between runs; without it they are remembered by the client alone.
    pub refusals: Option<Refusals>,
    /// A PEM file with certificates that count besides the system's own.
    pub ca_file: Option<CaFile>,
    /// For a connection to stand.
    pub connect_timeout: Duration,
    /// For the next piece of an answer, not for the whole of it.
    pub read_timeout: Duration,
    /// For a whole description, from the request to its last byte.
    pub description_timeout: Duration,
    /// What the client calls itself.
    pub user_agent: String,
}

/// A proxy that stands between this PC and an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyInTheWay {
    /// Which.
    pub address: ProxyAddress,
    /// Whether there is a login to send to it.
    pub has_login: bool,
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
    /// A fault where the certificates that are to count cannot be used: without them nothing is asked.
    client: Result<Client, Fault>,
    exits: Arc<Exits>,
    gate: Gate,
    asked_to_rest: rest::Asked,
}

/// The ways out, as the library asks for them at each connection.
struct Exits {
    route: Route,
    login: RwLock<Option<Login>>,
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
            system_proxy: None,
            environment: Environment::default(),
            login: None,
            refusals: None,
            ca_file: None,
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(30),
            description_timeout: Duration::from_secs(10),
            user_agent: concat!("MobileSMARTSUpdater/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

impl Http {
    /// Sets up a client; connects nowhere. A file of certificates that cannot be used is not an error of this
    /// but of every request.
    pub fn new(options: &HttpOptions) -> Result<Self, Error> {
        let route = Route::new(&options.proxy, options.system_proxy.as_ref(), &options.environment);
        let exits = Arc::new(Exits { route, login: RwLock::new(options.login.clone()) });
        let client = client::client(options, &exits)?;
        let inner = Inner {
            options: options.clone(),
            client,
            exits,
            gate: Gate::default(),
            asked_to_rest: rest::Asked::default(),
        };
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

    /// The proxy between this PC and an address.
    pub fn proxy(&self, url: &Url) -> Option<ProxyInTheWay> {
        match self.inner.exits.way(url) {
            Way::By(exit) => Some(ProxyInTheWay { has_login: exit.login.is_some(), address: exit.address }),
            Way::Direct | Way::Unusable(_) => None,
        }
    }

    /// The proxy that is named for an address and is none that this client can go by; without a login.
    pub fn unusable_proxy(&self, url: &Url) -> Option<String> {
        match self.inner.exits.way(url) {
            Way::Unusable(proxy) => Some(proxy),
            Way::Direct | Way::By(_) => None,
        }
    }

    /// Uses a login from now on, in place of the one before; all clones of this client do.
    pub fn log_in(&self, login: Login) {
        *self.inner.exits.login.write().unwrap_or_else(PoisonError::into_inner) = Some(login);
    }

    /// The whole body of a small file, at most `limit_bytes` of it after unpacking. What the cache keeps is
    /// used if the server says that it has not changed.
    ///
    /// [`Fault::NotFound`] stands for status 404 and 410 only; every other refusal is [`Fault::Status`].
    pub async fn description(&self, url: &Url, cache: &Cache, limit_bytes: u64) -> Result<Vec<u8>, Fault> {
        let kept = cache.load(url).await.filter(|kept| kept.body.len() as u64 <= limit_bytes);
        let asking = self.ask_for_description(url, kept, cache, limit_bytes);
        let timed = tokio::time::timeout(self.description_timeout(), asking).await;
        timed.unwrap_or_else(|_| Err(self.timeout(url)))
    }

    /// The whole body of a small file, with nothing kept, here or on the way; `None` for status 404 alone.
    /// Every other refusal is a fault, also that the file is gone (410) or forbidden (403).
    pub async fn bytes(&self, url: &Url, limit_bytes: u64) -> Result<Option<Vec<u8>>, Fault> {
        let asking = async {
            // What a proxy has kept would look like a step back.
            let fresh = [(CACHE_CONTROL, "no-cache"), (PRAGMA, "no-cache")];
            let fresh = fresh.map(|(name, value)| (name, HeaderValue::from_static(value)));
            let mut answer = self.send(url, &fresh.into_iter().collect()).await?;
            self.inner.asked_to_rest.note(&answer);
            match answer.response.status() {
                StatusCode::OK => answer.body(limit_bytes).await.map(Some),
                StatusCode::NOT_FOUND => Ok(None),
                status => Err(Fault::Status { host: host_and_port(url), status: status.as_u16() }),
            }
        };
        let timed = tokio::time::timeout(self.description_timeout(), asking).await;
        timed.unwrap_or_else(|_| Err(self.timeout(url)))
    }

    fn timeout(&self, url: &Url) -> Fault {
        let proxy = self.proxy(url).map(|proxy| proxy.address.host_and_port());
        Fault::Timeout { host: host_and_port(url), proxy }
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
        self.inner.asked_to_rest.note(&answer);
        match (answer.response.status(), kept) {
            (StatusCode::OK, _) => {
                let body = answer.body(limit_bytes).await?;
                if let Some(kept) = answer.worth_keeping(&body) {
                    cache.keep(url, kept).await;
                }
                Ok(body)
            }
            (StatusCode::NOT_MODIFIED, Some(kept)) => {
                cache.confirm(url).await;
                Ok(kept.body)
            }
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
            let answer = self.send_once(&target, headers).await?;
            let Some(next) = redirect::target(&answer.response) else {
                return Ok(answer);
            };
            count += 1;
            if !redirect::is_followed(&next, count) {
                return Err(Fault::Redirect { host: host_and_port(&target), target: redacted(&next) });
            }
            target = next;
        }
    }

    /// The longest time for which a server, asked for something small, has wanted to be left alone since this was
    /// last called.
    pub fn take_rest_asked_for(&self) -> Option<Duration> {
        self.inner.asked_to_rest.take()
    }

    /// The time in which a whole description has to be there.
    pub fn description_timeout(&self) -> Duration {
        self.inner.options.description_timeout
    }

    /// The time after which a reader of pieces gives up.
    pub fn read_timeout(&self) -> Duration {
        self.inner.options.read_timeout
    }

    /// One request, by a proxy if there is one in the way.
    async fn send_once(&self, url: &Url, headers: &HeaderMap) -> Result<Answer, Fault> {
        let client = self.inner.client.as_ref().map_err(Fault::clone)?;
        self.send_by(client, url, headers).await
    }

    async fn send_by(&self, client: &Client, url: &Url, headers: &HeaderMap) -> Result<Answer, Fault> {
        let inner = &*self.inner;
        if !self.allows(url) {
            return Err(Fault::Address { address: redacted(url) });
        }
        let request = client.get(url.clone()).headers(headers.clone());
        let exit = match inner.exits.way(url) {
            Way::By(exit) => exit,
            Way::Direct => {
                let response = request.send().await.map_err(|error| fault::of(&error, url, None))?;
                return Ok(Answer { response, proxy: None });
            }
            Way::Unusable(proxy) => {
                return Err(Fault::ProxyUnusable { proxy });
            }
        };
        let proxy = exit.address.host_and_port();
        let send = async { passage(request.send().await, url, &proxy) };
        let passed = match &exit.login {
            Some(login) => inner.gate.pass(login, inner.options.refusals.as_ref(), send).await,
            None => match send.await {
                Passage::Through(answer) | Passage::Untold(answer) | Passage::Unanswered(answer) => {
                    Ok(answer)
                }
                Passage::Refused => Err(ProxyLogin::Missing),
            },
        };
        match passed {
            Ok(answer) => answer.map(|response| Answer { response, proxy: Some(proxy) }),
            Err(login) => {
                let in_address = inner.exits.names_login(url);
                Err(Fault::ProxyAuthentication { proxy, login, in_address })
            }
        }
    }
}

impl Exits {
    /// The way to an address, with the login that would be sent.
    fn way(&self, url: &Url) -> Way {
        match self.route.way(url) {
            Way::By(Exit { address, login: None }) => {
                let login = self.login.read().unwrap_or_else(PoisonError::into_inner);
                let login = login.clone().filter(|login| login.proxy == address);
                Way::By(Exit { address, login })
            }
            way => way,
        }
    }

    /// Whether the way to an address has a login in itself.
    fn names_login(&self, url: &Url) -> bool {
        matches!(self.route.way(url), Way::By(Exit { login: Some(_), .. }))
    }

    /// What the library is to connect to in place of the host; with the login in it.
    fn proxy(&self, url: &Url) -> Option<Url> {
        match self.way(url) {
            Way::By(Exit { address, login: None }) => Some(address.url().clone()),
            Way::By(Exit { login: Some(login), .. }) => login.address(),
            Way::Direct | Way::Unusable(_) => None,
        }
    }
}

/// How a request went through a proxy. Behind a tunnel the host answers, and its 407 is an answer like
/// others.
fn passage(result: reqwest::Result<Response>, url: &Url, proxy: &str) -> Passage<Result<Response, Fault>> {
    let is_of_proxy = |response: &Response| {
        response.status() == StatusCode::PROXY_AUTHENTICATION_REQUIRED && url.scheme() == "http"
    };
    match result {
        Ok(response) if is_of_proxy(&response) => Passage::Refused,
        Ok(response) => Passage::Through(Ok(response)),
        Err(error) if fault::is_login_wanted(&error) => Passage::Refused,
        Err(error) => {
            let fault = Err(fault::of(&error, url, Some(proxy.to_owned())));
            if fault::is_login_unanswered(&error) {
                Passage::Unanswered(fault)
            } else {
                Passage::Untold(fault)
            }
        }
    }
}

fn conditions(kept: &Kept) -> HeaderMap {
    let pairs = [(IF_NONE_MATCH, &kept.etag), (IF_MODIFIED_SINCE, &kept.last_modified)];
    let header =
        |(name, value): (_, &Option<String>)| Some((name, HeaderValue::from_str(value.as_deref()?).ok()?));
    pairs.into_iter().filter_map(header).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[tokio::test]
    async fn plain_http_to_another_host_is_never_sent() {
        let http = Http::new(&HttpOptions::default()).unwrap();
        let address = url("http://u:p@mirror.example/file?x=1");
        let fault = http.get(&address, HeaderMap::new()).await.unwrap_err();
        assert_eq!(fault, Fault::Address { address: "http://mirror.example/file".into() });
    }
}
