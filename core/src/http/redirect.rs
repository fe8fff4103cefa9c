//! Which redirects are followed: to https alone, and at most five for one request.

use reqwest::header::LOCATION;
use url::Url;

const MOST_REDIRECTS: usize = 5;

/// Where a redirect leads; `None` for any other answer.
pub(super) fn target(response: &reqwest::Response) -> Option<Url> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    response.url().join(response.headers().get(LOCATION)?.to_str().ok()?).ok()
}

/// Whether this one is followed, the so-manyth of a request.
pub(super) fn is_followed(target: &Url, count: usize) -> bool {
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
}
