//! The names and passwords that this program holds, so that a text which is handed to others can be freed of them.
//!
//! Deliberately not here: the texts. Nothing of this is ever shown.

use std::sync::PoisonError;

use percent_encoding::percent_decode_str;
use url::Url;

use super::Http;

impl Http {
    /// Name and password for the proxy, and those in addresses of proxies of the system and the environment.
    pub fn secrets(&self) -> Vec<String> {
        let inner = &*self.inner;
        let login = inner.exits.login.read().unwrap_or_else(PoisonError::into_inner).clone();
        let mut secrets: Vec<String> =
            login.into_iter().flat_map(|login| [login.user, login.password.0]).collect();
        let system = inner.options.system_proxy.iter();
        let of_system = system.flat_map(|system| [system.server.as_deref(), system.script.as_deref()]);
        for text in of_system.flatten().chain(inner.options.environment.texts()) {
            secrets.extend(of_text(text));
        }
        secrets
    }
}

/// Name and password in what is meant for an address, or for several apart by spaces and semicolons; as they are
/// written, and as they are meant.
pub fn of_text(text: &str) -> Vec<String> {
    let mut secrets = Vec::new();
    for one in text.split([';', ' ', '\t', '\r', '\n']) {
        let one =
            one.rsplit_once('=').map_or(one, |(key, value)| if key.contains("//") { one } else { value });
        let with_scheme = if one.contains("://") { one.to_owned() } else { format!("http://{one}") };
        if let Ok(url) = with_scheme.parse::<Url>() {
            secrets.extend([url.username(), url.password().unwrap_or_default()].map(str::to_owned));
        }
        // What is no address may have them all the same, and an address keeps them in another spelling.
        let rest = with_scheme.split_once("://").map_or("", |(_, rest)| rest);
        if let Some((login, _)) = rest.rsplit_once('@') {
            let (user, password) = login.split_once(':').unwrap_or((login, ""));
            secrets.extend([user, password].map(str::to_owned));
        }
    }
    let decoded: Vec<String> =
        secrets.iter().map(|secret| percent_decode_str(secret).decode_utf8_lossy().into_owned()).collect();
    secrets.extend(decoded);
    secrets.retain(|secret| !secret.is_empty());
    secrets.sort_unstable();
    secrets.dedup();
    secrets
}

#[cfg(test)]
mod tests {
    use super::super::HttpOptions;
    use super::super::login::{Login, Password};
    use super::super::proxy::{Environment, ProxyAddress};
    use super::*;

    #[test]
    fn a_login_in_an_address_is_found_as_written_and_as_meant() {
        let secrets = of_text("https://iv%61n:s3%2Fcret@mirror.example/a");
        for secret in ["iv%61n", "ivan", "s3%2Fcret", "s3/cret"] {
            assert!(secrets.iter().any(|found| found == secret), "{secret}: {secrets:?}");
        }
        assert_eq!(of_text("proxy.shop:3128"), Vec::<String>::new());
        assert_eq!(of_text("http=u:p1@a:1;https=v:p2@b:2"), ["p1", "p2", "u", "v"]);
    }

    #[test]
    fn what_a_client_knows_of_proxies_is_all_there() {
        let proxy = ProxyAddress::parse("http://proxy.shop:3128").unwrap();
        let password = Password("k3pt".into());
        let login = Login { proxy, user: r"SHOP\pavel".into(), password, stamp: String::new() };
        let environment = Environment::from_variables(|name| {
            (name == "HTTPS_PROXY").then(|| "http://anna:0pen@other:8080".to_owned())
        });
        let options = HttpOptions { login: Some(login), environment, ..HttpOptions::default() };
        let secrets = Http::new(&options).unwrap().secrets();
        for secret in [r"SHOP\pavel", "k3pt", "anna", "0pen"] {
            assert!(secrets.iter().any(|found| found == secret), "{secret}");
        }
    }
}
