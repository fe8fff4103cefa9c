//! An answer: its status and headers, its body in pieces or whole within a limit.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, DATE, ETAG, HeaderName, LAST_MODIFIED, RETRY_AFTER};

use super::cache::Kept;
use super::{fault, host_and_port, redacted, rest};
use crate::source::Fault;

/// An answer whose body is read piece by piece.
pub struct Answer {
    pub(super) response: reqwest::Response,
    /// What stands between, for faults.
    pub(super) proxy: Option<String>,
}

/// Without headers, and of the address what may be shown.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = redacted(self.response.url());
        f.debug_struct("Answer").field("url", &url).field("status", &self.status()).finish_non_exhaustive()
    }
}

impl Answer {
    /// HTTP status.
    pub fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// A header's value, if it is there and is text.
    pub fn header(&self, name: &HeaderName) -> Option<&str> {
        self.response.headers().get(name)?.to_str().ok()
    }

    /// How many bytes the body declares to have.
    pub fn content_length(&self) -> Option<u64> {
        self.response.content_length()
    }

    /// Who answered: of the last address, where others led to it.
    pub fn host(&self) -> String {
        host_and_port(self.response.url())
    }

    /// Host and port of the proxy that it came by.
    pub fn proxy(&self) -> Option<&str> {
        self.proxy.as_deref()
    }

    /// The next piece; `None` at the end. A body that ends before its declared length is a fault.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Fault> {
        let chunk = self.response.chunk().await;
        chunk.map_err(|error| fault::of(&error, self.response.url(), self.proxy.clone()))
    }

    /// What a status that is not the file stands for.
    pub fn refusal(&self) -> Fault {
        match self.response.status() {
            StatusCode::NOT_FOUND | StatusCode::GONE => Fault::NotFound,
            status => Fault::Status { host: host_and_port(self.response.url()), status: status.as_u16() },
        }
    }

    /// How long the server wants to be left alone, if it says so in a way that is understood.
    pub fn again_in(&self) -> Option<Duration> {
        rest::retry_after(self.header(&RETRY_AFTER)?, self.header(&DATE))
    }

    /// What time it is by the server's clock, if it says so.
    pub fn sent_at(&self) -> Option<Timestamp> {
        rest::moment(self.header(&DATE)?)
    }

    /// The whole body, with its announced and its real length within a limit.
    pub(super) async fn body(&mut self, limit_bytes: u64) -> Result<Vec<u8>, Fault> {
        if self.content_length().is_some_and(|length| length > limit_bytes) {
            return Err(Fault::TooLarge { limit_bytes });
        }
        let mut body = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            if (body.len() + chunk.len()) as u64 > limit_bytes {
                return Err(Fault::TooLarge { limit_bytes });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    /// A page in place of a description (a portal, an error page sent with status 200) is never kept: its
    /// date would be newer than the real file's, and "not changed since" would bring it back for ever.
    pub(super) fn worth_keeping(&self, body: &[u8]) -> Option<Kept> {
        let text = |name| self.header(name).map(str::to_owned);
        let (etag, last_modified) = (text(&ETAG), text(&LAST_MODIFIED));
        let page = self.header(&CONTENT_TYPE).is_some_and(is_html);
        let has_validator = etag.is_some() || last_modified.is_some();
        (has_validator && !page).then(|| Kept { etag, last_modified, body: body.to_vec() })
    }
}

/// Whether a `Content-Type` is that of a web page.
pub fn is_html(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("text/html") || kind.eq_ignore_ascii_case("application/xhtml+xml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_page_is_told_by_its_type() {
        assert!(is_html("text/html"));
        assert!(is_html("Text/HTML; charset=utf-8"));
        assert!(!is_html("text/xml"));
    }
}
