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
    fn only_this_pc_is_loopback() {
        for text in ["http://127.0.0.1:80/", "http://127.8.8.8/", "http://[::1]:1/", "http://LOCALHOST/"] {
            assert!(is_loopback(&url(text)), "{text}");
        }
        for text in ["http://127.0.0.1.example/", "http://10.0.0.1/", "http://localhost.example/"] {
            assert!(!is_loopback(&url(text)), "{text}");
        }
    }
}
