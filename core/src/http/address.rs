//! What may be said about an address, and which ones are this PC's own.

use url::{Host, Url};

/// Whether an address is of this PC itself (`127.0.0.0/8`, `::1`, `localhost`).
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// An address as it may be shown and logged: without credentials, query and fragment.
pub fn redacted(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}://{host}{port}{}", url.scheme(), url.path())
}

/// A text that was meant for an address, or for a folder, as it may be shown and logged: without anything
/// that may be credentials or a query. What is left of a text that is neither need not be of much use.
pub fn redacted_text(text: &str) -> String {
    let text = text.trim();
    let Some((scheme, rest)) = text.split_once("://").filter(|(scheme, _)| is_scheme(scheme)) else {
        return redacted_path(text);
    };
    match text.parse::<Url>() {
        // An @ behind the host may be the end of a password with a slash in it.
        Ok(url) if url.has_host() && !url.path().contains('@') => redacted(&url),
        Ok(_) | Err(_) => {
            let rest = rest.rsplit('@').next().unwrap_or_default();
            format!("{scheme}://{}", rest.split(['?', '#']).next().unwrap_or_default())
        }
    }
}

/// Whether [`redacted_text`] leaves anything out.
pub fn is_redacted(text: &str) -> bool {
    match text.trim().parse::<Url>() {
        Ok(url) if url.has_host() => {
            let has_login =
                !url.username().is_empty() || url.password().is_some() || url.path().contains('@');
            has_login || url.query().is_some() || url.fragment().is_some()
        }
        Ok(_) | Err(_) => redacted_text(text) != text.trim(),
    }
}

/// Without what may be a name and a password in front of an @; a folder may have an @ in its name.
fn redacted_path(text: &str) -> String {
    let Some((before, after)) = text.rsplit_once('@') else { return without_query(text).to_owned() };
    let mut letters = before.chars();
    let drive = letters.next().is_some_and(|letter| letter.is_ascii_alphabetic());
    let names =
        match letters.as_str().strip_prefix(':').filter(|names| drive && names.starts_with(['\\', '/'])) {
            Some(names) => names,
            None => before,
        };
    without_query(if names.contains(':') { after } else { text }).to_owned()
}

/// A path of Windows has no question mark but in the prefix of long ones.
fn without_query(text: &str) -> &str {
    if text.starts_with(r"\\?\") { text } else { text.split('?').next().unwrap_or_default() }
}

/// Whether a text may be the scheme of an address (RFC 3986, 3.1).
pub fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
}

/// Host and port, for people who look after a firewall.
pub fn host_and_port(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port_or_known_default().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn an_address_is_shown_without_credentials_query_and_fragment() {
        let address = url("https://ivan:secret@mirror.example:8443/a/b.xml?token=secret#part");
        assert_eq!(redacted(&address), "https://mirror.example:8443/a/b.xml");
        assert_eq!(host_and_port(&address), "mirror.example:8443");
        assert_eq!(host_and_port(&url("https://mirror.example/")), "mirror.example:443");
    }

    #[test]
    fn of_a_text_that_is_no_address_nothing_is_shown_that_may_be_a_secret() {
        let cases = [
            ("https://ivan:secret@mirror.example/a?token=secret#secret", "https://mirror.example/a"),
            (" ivan:secret@mirror.example/a?token=secret ", "mirror.example/a"),
            ("ivan:secret://@mirror.example/a", "mirror.example/a"),
            ("ivan:se@cret@mirror.example", "mirror.example"),
            ("https://ivan:se/cret@mirror.example/a", "https://mirror.example/a"),
            ("https://ivan:12/secret@mirror.example/a", "https://mirror.example/a"),
            ("https://ivan:se#cret@mirror.example/a", "https://mirror.example/a"),
            ("https://ivan:secret@mirror example/a?secret", "https://mirror example/a"),
            ("ftp://ivan:secret@mirror.example/a", "ftp://mirror.example/a"),
            (r"C:\Users\ivan:secret@mirror.example\a", r"mirror.example\a"),
            (r"\\ivan:secret@server\share", r"server\share"),
            (r"D:\mirror@home\x", r"D:\mirror@home\x"),
            (r"\\server@SSL\share", r"\\server@SSL\share"),
            (r"\\?\C:\mirror", r"\\?\C:\mirror"),
            ("/media/ivan/stick", "/media/ivan/stick"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(redacted_text(text), expected, "{text}");
        }
    }

    #[test]
    fn only_this_pc_is_loopback() {
        for text in ["http://127.0.0.1:80/", "http://127.8.8.8/", "http://[::1]:1/", "http://LOCALHOST/"] {
            assert!(is_loopback(&url(text)), "{text}");
        }
        for text in ["http://127.0.0.1.example/", "http://10.0.0.1/", "http://localhost.example/"] {
            assert!(!is_loopback(&url(text)), "{text}");
        }
    }
}
