//! A web site as a source.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::{DESCRIPTION_LIMIT_BYTES, Error, Fault};
use crate::http::cache::Cache;
use crate::http::{self, Http};

/// A site: https, or plain http on this PC itself or where everything is signed.
#[derive(Clone)]
pub struct Site {
    /// Ends in `/`; may carry credentials.
    root: Url,
    http: Http,
    cache: Cache,
}

/// Of the address what may be shown.
impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Site").field("root", &http::redacted(&self.root)).finish_non_exhaustive()
    }
}

impl Site {
    pub(super) fn open(text: &str, http: &Http, cache_dir: &Path) -> Result<Self, Error> {
        let mut root: Url = text.parse().map_err(Error::Address)?;
        if !http.allows(&root) {
            return Err(Error::PlainHttp { address: http::redacted(&root) });
        }
        if root.query().is_some() {
            return Err(Error::Query { address: http::redacted(&root) });
        }
        root.set_fragment(None);
        if !root.path().ends_with('/') {
            root.set_path(&format!("{}/", root.path()));
        }
        Ok(Self { root, http: http.clone(), cache: Cache::new(cache_dir) })
    }

    /// The address everything lies below; may carry credentials.
    pub fn root(&self) -> &Url {
        &self.root
    }

    pub(super) fn proxy(&self) -> Option<String> {
        self.http.proxy(&self.root).map(|proxy| proxy.address.host_and_port())
    }

    pub(super) async fn description(&self, names: &[&str]) -> Result<Vec<u8>, Fault> {
        self.http.description(&self.address(names), &self.cache, DESCRIPTION_LIMIT_BYTES).await
    }

    /// As it was when it was asked for last, if that is not too long ago.
    pub(super) async fn kept(&self, names: &[&str], now: Timestamp, most_age: Duration) -> Option<Vec<u8>> {
        let address = self.address(names);
        if !self.cache.is_fresh(&address, now, most_age).await {
            return None;
        }
        self.cache.load(&address).await.map(|kept| kept.body)
    }

    /// Without the cache, as long as it is small; `None` for status 404 alone.
    pub(super) async fn bytes(&self, names: &[&str], limit_bytes: u64) -> Result<Option<Vec<u8>>, Fault> {
        self.http.bytes(&self.address(names), limit_bytes).await
    }

    pub(super) fn below(&self, name: &str) -> Self {
        let mut root = self.address(&[name]);
        root.set_path(&format!("{}/", root.path()));
        Self { root, ..self.clone() }
    }

    /// Each name becomes one percent-encoded component.
    pub(super) fn address(&self, names: &[&str]) -> Url {
        let mut address = self.root.clone();
        if let Ok(mut segments) = address.path_segments_mut() {
            segments.pop_if_empty().extend(names);
        }
        address
    }
}
