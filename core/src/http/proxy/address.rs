//! The address of a proxy, which never carries a login.

use std::fmt;

use url::Url;

use crate::http::host_and_port;

/// An `http` or `https` address with a host, and nothing else in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyAddress(Box<Url>);

/// A text that is no address of a proxy. It is not repeated: it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongAddress {
    /// A user name or a password in it.
    #[error(
        "proxy must have no user name and no password in its address; \
         put the name into proxy_user and keep the password by `smarts proxy set-password`"
    )]
    Login,
    /// Anything else.
    #[error("proxy is `system`, `environment`, `none` or an address such as `http://proxy.shop:3128`")]
    Other,
}

impl ProxyAddress {
    /// Understands what a person wrote.
    pub fn parse(text: &str) -> Result<Self, WrongAddress> {
        // Before anything else: of a text that is no address the reason must not be its password.
        if text.contains('@') {
            return Err(WrongAddress::Login);
        }
        let url: Url = text.trim().parse().map_err(|_| WrongAddress::Other)?;
        let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        Self::of(&url).filter(|_| is_bare).ok_or(WrongAddress::Other)
    }

    /// What of an address leads to a proxy, without login, path and query; `None` for another scheme.
    pub(in crate::http) fn of(url: &Url) -> Option<Self> {
        let has_host = url.host_str().is_some_and(|host| !host.is_empty());
        if !matches!(url.scheme(), "http" | "https") || !has_host {
            return None;
        }
        let mut address = url.clone();
        address.set_username("").ok()?;
        address.set_password(None).ok()?;
        address.set_path("");
        address.set_query(None);
        address.set_fragment(None);
        Some(Self(Box::new(address)))
    }

    /// For errors and for people who look after a firewall.
    pub fn host_and_port(&self) -> String {
        host_and_port(&self.0)
    }

    /// As the library wants it.
    pub(in crate::http) fn url(&self) -> &Url {
        &self.0
    }
}

/// Without the slash at the end, as people write it.
impl fmt::Display for ProxyAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_proxy_is_http_or_https_with_nothing_behind_the_host() {
        for text in
            ["http://proxy.shop:3128", "https://proxy.shop", "http://10.0.0.1:8080/", "http://[::1]:1"]
        {
            let address = ProxyAddress::parse(text).unwrap();
            assert_eq!(address.to_string(), text.trim_end_matches('/'));
        }
        let wrong = ["", "proxy.shop:3128", "socks5://proxy:1", "http://", "http://proxy/wpad.dat", "tor"];
        for text in wrong {
            assert_eq!(ProxyAddress::parse(text), Err(WrongAddress::Other), "{text}");
        }
        assert_eq!(ProxyAddress::parse("http://proxy.shop").unwrap().host_and_port(), "proxy.shop:80");
    }

    #[test]
    fn a_login_in_the_address_is_refused_and_not_repeated() {
        for text in ["http://ivan:s3cret@proxy:3128", "ivan:s3cret@proxy", "http://ivan@proxy", "s3cret@@"] {
            let error = ProxyAddress::parse(text).unwrap_err();
            assert_eq!(error, WrongAddress::Login);
            assert!(!error.to_string().contains("s3cret") && !error.to_string().contains("ivan"));
        }
    }
}
