//! The proxy that the system is set to use.
//!
//! On Windows these are the Internet settings of the person (`ProxyEnable`, `ProxyServer`, `ProxyOverride`,
//! `AutoConfigURL`), in the forms that Microsoft documents for `INTERNET_PROXY_INFO`: one server for
//! everything or `http=…;https=…`, and exceptions with asterisks, apart by `;`, `<local>` for names without a
//! dot. A script is told about and not carried out.

use url::Url;
use wildmatch::WildMatch;

use super::{Way, understood};

/// What the system says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SystemProxy {
    /// As the system keeps it; `None` where no server is set.
    pub server: Option<String>,
    /// Hosts that are reached directly, as the system keeps them.
    pub exceptions: String,
    /// The address of a script that chooses a proxy, which is not carried out.
    pub script: Option<String>,
}

/// The same, understood.
pub(in crate::http) struct Ways {
    http: Way,
    https: Way,
    exceptions: Vec<WildMatch>,
    names_without_dot: bool,
}

impl SystemProxy {
    pub(super) fn ways(&self) -> Ways {
        let server = self.server.as_deref().unwrap_or_default();
        let exceptions: Vec<String> = separated(&self.exceptions).map(str::to_lowercase).collect();
        Ways {
            http: understood(server_for("http", server)),
            https: understood(server_for("https", server)),
            names_without_dot: exceptions.iter().any(|one| one == "<local>"),
            exceptions: exceptions.iter().map(|one| WildMatch::new(host_of(one))).collect(),
        }
    }
}

impl Ways {
    pub(super) fn way(&self, url: &Url) -> Way {
        let host = url.host_str().unwrap_or_default().to_lowercase();
        let is_local = self.names_without_dot && !host.contains(['.', ':']);
        if is_local || self.exceptions.iter().any(|one| one.matches(&host)) {
            return Way::Direct;
        }
        if url.scheme() == "https" { self.https.clone() } else { self.http.clone() }
    }
}

fn separated(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', ' ', '\t', '\r', '\n']).filter(|one| !one.is_empty())
}

/// Of several servers the one for a protocol; one without a protocol is for all.
fn server_for<'a>(scheme: &str, text: &'a str) -> &'a str {
    let mut for_all = "";
    for one in separated(text) {
        match one.split_once('=') {
            Some((name, server)) if name.eq_ignore_ascii_case(scheme) => return server,
            Some(_) => {}
            None => for_all = one,
        }
    }
    for_all
}

/// An exception may name a protocol, too.
fn host_of(exception: &str) -> &str {
    exception.split_once("://").map_or(exception, |(_, host)| host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy(server: &str, exceptions: &str, url: &str) -> Option<String> {
        let system = SystemProxy { server: Some(server.into()), exceptions: exceptions.into(), script: None };
        match system.ways().way(&url.parse().unwrap()) {
            Way::By(exit) => Some(exit.address.to_string()),
            Way::Direct | Way::Unusable(_) => None,
        }
    }

    #[test]
    fn one_server_is_for_everything_and_several_are_each_for_their_protocol() {
        let cases = [
            ("proxy.shop:3128", "https://files.example/", Some("http://proxy.shop:3128")),
            ("proxy.shop:3128", "http://files.example/", Some("http://proxy.shop:3128")),
            ("http=a:1;https=b:2;ftp=c:3", "https://files.example/", Some("http://b:2")),
            ("http=a:1;https=b:2", "http://files.example/", Some("http://a:1")),
            ("HTTPS=https://b:2 http=a:1", "https://files.example/", Some("https://b:2")),
            ("ftp=c:3", "https://files.example/", None),
            ("", "https://files.example/", None),
        ];
        for (server, url, expected) in cases {
            assert_eq!(proxy(server, "", url).as_deref(), expected, "{server} {url}");
        }
    }

    #[test]
    fn exceptions_go_straight() {
        let exceptions = "*.Shop;10.*;https://mirror.example;<local>";
        for host in ["mirror.shop", "a.b.SHOP", "10.0.0.7", "mirror.example", "server"] {
            assert_eq!(proxy("p:1", exceptions, &format!("https://{host}/x")), None, "{host}");
        }
        for host in ["shop.example", "110.0.0.7", "[fe80::1]"] {
            assert!(proxy("p:1", exceptions, &format!("https://{host}/x")).is_some(), "{host}");
        }
    }
}
