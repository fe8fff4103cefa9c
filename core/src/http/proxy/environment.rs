//! Proxies that the environment names, by the variables that curl and most programs know.

use std::fmt;

use hyper_util::client::proxy::matcher::Matcher;
use url::Url;

use super::{Way, understood};

/// The variables of the environment, as they were when somebody looked. May hold a password.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Environment {
    http: Option<String>,
    https: Option<String>,
    all: Option<String>,
    except: Option<String>,
}

/// Which variables are set.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment")
            .field("http", &self.http.is_some())
            .field("https", &self.https.is_some())
            .field("all", &self.all.is_some())
            .field("except", &self.except)
            .finish()
    }
}

impl Environment {
    /// Of this process.
    pub fn of_process() -> Self {
        Self::from_variables(|name| std::env::var(name).ok())
    }

    /// Of anything that has variables. An upper-case name comes before a lower-case one.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Self {
        let either = |name: &str| variable(name).or_else(|| variable(&name.to_lowercase()));
        Self {
            http: either("HTTP_PROXY"),
            https: either("HTTPS_PROXY"),
            all: either("ALL_PROXY"),
            except: either("NO_PROXY"),
        }
    }

    /// What is set, as it is written.
    pub(in crate::http) fn texts(&self) -> impl Iterator<Item = &str> {
        [&self.http, &self.https, &self.all].into_iter().flatten().map(String::as_str)
    }

    pub(super) fn ways(&self) -> Ways {
        let all = self.all.as_deref().unwrap_or_default();
        let of = |text: &Option<String>| understood(text.as_deref().unwrap_or(all));
        // Only what it lets pass is of interest; the address is never used.
        let except = self.except.as_deref().unwrap_or_default();
        let except = Matcher::builder().all("http://proxy").no(except).build();
        Ways { http: of(&self.http), https: of(&self.https), except }
    }
}

/// The same, understood.
pub(in crate::http) struct Ways {
    http: Way,
    https: Way,
    except: Matcher,
}

impl Ways {
    pub(super) fn way(&self, url: &Url) -> Way {
        let way = if url.scheme() == "https" { &self.https } else { &self.http };
        let is_excepted = url.as_str().parse().is_ok_and(|uri| self.except.intercept(&uri).is_none());
        if is_excepted { Way::Direct } else { way.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(variables: &[(&str, &str)]) -> Environment {
        Environment::from_variables(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    fn proxy(environment: &Environment, url: &str) -> Option<String> {
        match environment.ways().way(&url.parse().unwrap()) {
            Way::By(exit) => Some(exit.address.to_string()),
            Way::Direct | Way::Unusable(_) => None,
        }
    }

    #[test]
    fn each_protocol_has_its_variable_and_exceptions_go_straight() {
        let all = environment(&[
            ("https_proxy", "a:1"),
            ("HTTP_PROXY", "http://b:2"),
            ("http_proxy", "http://c:3"),
            ("NO_PROXY", "shop, 10.0.0.0/8"),
        ]);
        assert_eq!(proxy(&all, "https://files.example/x").as_deref(), Some("http://a:1"));
        assert_eq!(proxy(&all, "http://files.example/x").as_deref(), Some("http://b:2"));
        for url in ["https://mirror.shop/x?y", "https://shop/", "https://10.1.2.3/"] {
            assert_eq!(proxy(&all, url), None, "{url}");
        }
        assert_eq!(proxy(&environment(&[]), "https://files.example/"), None);
    }

    #[test]
    fn one_variable_may_stand_for_both_and_an_empty_one_for_none() {
        let all = environment(&[("ALL_PROXY", "http://a:1"), ("HTTP_PROXY", "")]);
        assert_eq!(proxy(&all, "https://files.example/").as_deref(), Some("http://a:1"));
        assert_eq!(proxy(&all, "http://files.example/"), None);
    }

    #[test]
    fn a_password_in_a_variable_is_not_shown() {
        let all = environment(&[("HTTPS_PROXY", "http://ivan:s3cret@a:1")]);
        let Way::By(exit) = all.ways().way(&"https://files.example/".parse().unwrap()) else { panic!() };
        assert!(exit.login.is_some());
        assert!(!format!("{all:?} {exit:?}").contains("s3cret"));
    }
}
