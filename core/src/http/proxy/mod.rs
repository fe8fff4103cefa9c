//! The way out of this PC: which proxy, if any, stands between it and an address.
//!
//! The setting names the way ([`Proxy`]); what the system and the environment say about proxies is handed in,
//! so that nothing of the process is read here. Addresses of this PC itself are always reached directly, and
//! no proxy is ever asked for them. Deliberately not here: scripts that choose a proxy (PAC, WPAD), which
//! would need an interpreter of JavaScript: with one of them the proxy has to be named in the settings.
//! Proxies that want a login get it by "Basic" (RFC 7617) only; NTLM and Kerberos are not spoken.

mod address;
mod environment;
mod system;

use std::fmt;

use serde::Deserialize;
use url::Url;

pub use self::address::{ProxyAddress, WrongAddress};
pub use self::environment::Environment;
pub use self::system::SystemProxy;
use super::is_loopback;
use super::login::Login;

/// The way out of this PC; in the settings `system`, `environment`, `none` or an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Proxy {
    /// As the system is set up, else as the environment says.
    #[default]
    System,
    /// As `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` say.
    Environment,
    /// Straight to the host.
    None,
    /// This one for everything.
    Manual(ProxyAddress),
}

impl TryFrom<String> for Proxy {
    type Error = WrongAddress;

    fn try_from(text: String) -> Result<Self, WrongAddress> {
        match text.as_str() {
            "system" => Ok(Self::System),
            "environment" => Ok(Self::Environment),
            "none" => Ok(Self::None),
            address => ProxyAddress::parse(address).map(Self::Manual),
        }
    }
}

/// As in the settings.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => f.write_str("system"),
            Self::Environment => f.write_str("environment"),
            Self::None => f.write_str("none"),
            Self::Manual(address) => address.fmt(f),
        }
    }
}

/// How an address is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Straight.
    Direct,
    /// By this proxy.
    By(Exit),
    /// By something that is no proxy we can talk to (SOCKS), shown without credentials.
    Unusable(String),
}

/// A proxy, and the login that was named together with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Exit {
    pub(super) address: ProxyAddress,
    pub(super) login: Option<Login>,
}

/// The ways out that are in force.
pub(super) enum Route {
    Direct,
    Manual(ProxyAddress),
    System(Box<system::Ways>),
    Environment(Box<environment::Ways>),
}

impl Route {
    pub(super) fn new(proxy: &Proxy, system: Option<&SystemProxy>, environment: &Environment) -> Self {
        let by_environment = || Self::Environment(Box::new(environment.ways()));
        match proxy {
            Proxy::None => Self::Direct,
            Proxy::Manual(address) => Self::Manual(address.clone()),
            Proxy::Environment => by_environment(),
            Proxy::System => {
                let system = system.filter(|system| system.server.is_some());
                system.map_or_else(by_environment, |system| Self::System(Box::new(system.ways())))
            }
        }
    }

    pub(super) fn way(&self, url: &Url) -> Way {
        if is_loopback(url) {
            return Way::Direct;
        }
        match self {
            Self::Direct => Way::Direct,
            Self::Manual(address) => Way::By(Exit { address: address.clone(), login: None }),
            Self::System(ways) => ways.way(url),
            Self::Environment(ways) => ways.way(url),
        }
    }
}

/// What a text of the system or of the environment stands for; an empty one for no proxy.
fn understood(text: &str) -> Way {
    let text = text.trim();
    if text.is_empty() {
        return Way::Direct;
    }
    let with_scheme = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
    let unusable = || Way::Unusable(super::redacted_text(&with_scheme));
    let Ok(url) = with_scheme.parse::<Url>() else { return unusable() };
    let Some(address) = ProxyAddress::of(&url) else { return unusable() };
    let login = Login::of_address(&address, &url);
    Way::By(Exit { address, login })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    fn environment() -> Environment {
        let variables = [("HTTPS_PROXY", "http://of-environment:1"), ("NO_PROXY", "shop")];
        Environment::from_variables(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    fn proxy_of(route: &Route, address: &str) -> Option<String> {
        match route.way(&url(address)) {
            Way::By(exit) => Some(exit.address.host_and_port()),
            Way::Direct => None,
            Way::Unusable(_) => panic!(),
        }
    }

    #[test]
    fn the_setting_decides_whose_proxy_is_used() {
        let system =
            SystemProxy { server: Some("of-system:2".into()), exceptions: String::new(), script: None };
        let cases = [
            (Proxy::None, None),
            (Proxy::Environment, Some("of-environment:1")),
            (Proxy::System, Some("of-system:2")),
            (Proxy::Manual(ProxyAddress::parse("http://of-settings:3").unwrap()), Some("of-settings:3")),
        ];
        for (proxy, expected) in cases {
            let route = Route::new(&proxy, Some(&system), &environment());
            assert_eq!(proxy_of(&route, "https://files.example/a").as_deref(), expected, "{proxy}");
            assert_eq!(proxy_of(&route, "https://127.0.0.1/a"), None, "{proxy}");
            assert_eq!(proxy_of(&route, "http://localhost/a"), None, "{proxy}");
        }
        let without_system = Route::new(&Proxy::System, None, &environment());
        assert_eq!(proxy_of(&without_system, "https://files.example/a").as_deref(), Some("of-environment:1"));
    }

    #[test]
    fn what_is_no_proxy_we_can_talk_to_is_never_passed_over() {
        assert_eq!(understood("socks5h://u:secret@socks:1"), Way::Unusable("socks5h://socks:1".into()));
        assert_eq!(understood("http://u:secret@:bad"), Way::Unusable("http://:bad".into()));
        assert_eq!(understood("  "), Way::Direct);
        assert!(matches!(understood("proxy.shop:3128"), Way::By(_)));
    }
}
