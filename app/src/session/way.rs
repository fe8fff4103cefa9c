//! The way to the source, for diagnosing: where it leads and by what, with nothing opened and nothing asked.

use std::path::PathBuf;

use smarts_core::http::{Http, ProxyInTheWay};
use smarts_core::machine::Machine;
use url::Url;

use super::Session;

/// What every source that is signed has, and every one that is not.
const SIGNED: &str = "metadata/timestamp.json";
const UNSIGNED: &str = "updates/Platform4/versions.xml";

/// Where a source lies.
#[derive(Clone, Debug)]
pub(crate) enum Way {
    /// On a site.
    Site(Box<SiteWay>),
    /// In a folder.
    Folder(PathBuf),
    /// It is no address, or one that nothing is asked of.
    Nowhere,
}

/// The way to a site.
#[derive(Clone, Debug)]
pub(crate) struct SiteWay {
    /// Something small that is asked for first in every check; may carry credentials.
    pub(crate) url: Url,
    /// What stands between.
    pub(crate) proxy: Option<ProxyInTheWay>,
    /// The client that it is asked with.
    pub(crate) http: Http,
}

impl Session {
    /// The way to where the descriptions of releases come from.
    pub(crate) fn way(&self, machine: &Machine) -> Way {
        let detour = self.detour();
        let choice = self.choice(&detour, machine);
        let root = choice.updates.unwrap_or(choice.root).trim();
        if !root.contains("://") {
            return if root.is_empty() { Way::Nowhere } else { Way::Folder(PathBuf::from(root)) };
        }
        let http = if choice.is_signed { self.http.allowing_plain() } else { self.http.clone() };
        let path = match choice.updates {
            _ if choice.is_signed => SIGNED,
            Some(_) => UNSIGNED.trim_start_matches("updates/"),
            None => UNSIGNED,
        };
        let address = format!("{}/{path}", root.trim_end_matches('/')).parse::<Url>();
        match address {
            Ok(url) if http.allows(&url) => {
                let proxy = http.proxy(&url);
                Way::Site(Box::new(SiteWay { url, proxy, http }))
            }
            Ok(_) | Err(_) => Way::Nowhere,
        }
    }
}
