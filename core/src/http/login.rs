//! Name and password for a proxy. They are never shown: not by `Debug`, not in an error, not in a log.

use std::fmt;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::Url;

use super::proxy::ProxyAddress;

/// A login, for one proxy and no other.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    /// The only proxy that it is sent to.
    pub proxy: ProxyAddress,
    /// As `DOMAIN\name` or `name`.
    pub user: String,
    /// In clear.
    pub password: Password,
    /// Changes whenever somebody keeps the password anew; empty for one that was typed for this run. A login
    /// that a proxy has refused is tried again if this is another one.
    pub stamp: String,
}

/// A password.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(pub String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

/// Neither password nor name.
impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").field("proxy", &self.proxy.to_string()).finish_non_exhaustive()
    }
}

impl Login {
    /// The login in an address, which the environment may have.
    pub(super) fn of_address(proxy: &ProxyAddress, url: &Url) -> Option<Self> {
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let (user, password) = (decoded(url.username()), url.password().map(decoded));
        if user.is_empty() && password.is_none() {
            return None;
        }
        let password = Password(password.unwrap_or_default());
        Some(Self { proxy: proxy.clone(), user, password, stamp: String::new() })
    }

    /// The proxy's address with the login in it, for the library alone. Everything that could mean something
    /// there is encoded first.
    pub(super) fn address(&self) -> Option<Url> {
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let mut url = self.proxy.url().clone();
        url.set_username(&encoded(&self.user)).ok()?;
        url.set_password(Some(&encoded(&self.password.0))).ok()?;
        Some(url)
    }
}

/// Whether a text can be a user's name: "Basic" (RFC 7617) has no room for a colon in it.
pub fn is_user(text: &str) -> bool {
    !text.is_empty() && !text.contains(':') && !text.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_goes_through_an_address_and_back_whatever_is_in_it() {
        let proxy = ProxyAddress::parse("http://proxy.shop:3128").unwrap();
        for (user, password) in [(r"SHOP\иван", "a:b@c/d?e#f%41 +\\я"), ("ivan", ""), ("u", "%")] {
            let password = Password(password.to_owned());
            let login = Login { proxy: proxy.clone(), user: user.to_owned(), password, stamp: String::new() };
            let url = login.address().unwrap();
            assert_eq!(Login::of_address(&proxy, &url), Some(login));
        }
    }

    #[test]
    fn a_login_is_never_shown() {
        let proxy = ProxyAddress::parse("http://proxy.shop:3128").unwrap();
        let password = Password("s3cret".into());
        let login = Login { proxy, user: "ivan".into(), password, stamp: String::new() };
        let shown = format!("{login:?} {:?}", login.password);
        assert!(!shown.contains("s3cret") && !shown.contains("ivan"), "{shown}");
    }

    #[test]
    fn a_name_has_no_colon() {
        assert!(is_user(r"SHOP\ivan") && is_user("Иван Петров"));
        assert!(!is_user("") && !is_user("ivan:s3cret") && !is_user("iv\nan"));
    }
}
