//! The way to the source, for diagnosing: where it leads and by what, with nothing asked.

use std::path::PathBuf;

use smarts_core::http::{Http, ProxyInTheWay};
use smarts_core::machine::Machine;
use smarts_core::source::{self, Source};
use url::Url;

use super::Session;

/// What every source that is signed has, and every one that is not.
const SIGNED: &str = "metadata/timestamp.json";
const UNSIGNED: &str = "updates/Platform4/versions.xml";

/// Where a source lies.
#[derive(Debug)]
pub(crate) enum Way {
    /// On a site.
    Site(Box<SiteWay>),
    /// In a folder.
    Folder {
        /// Where.
        path: PathBuf,
        /// It stands in place of `updates/`, so there is none in it.
        is_updates: bool,
    },
    /// It is no address, or one that nothing is asked of: every check refuses it for the same reason.
    Nowhere(source::Error),
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

/// The ways to all of a source.
#[derive(Debug)]
pub(crate) struct Ways {
    /// To what every check asks for first.
    pub(crate) first: Way,
    /// To the other half, where `CustomUpdatePath` has put the descriptions elsewhere and a site has that half.
    pub(crate) second: Option<SiteWay>,
}

impl Session {
    /// The ways to where the descriptions of releases and their files come from.
    pub(crate) fn ways(&self, machine: &Machine) -> Ways {
        let detour = self.detour();
        let choice = self.choice(&detour, machine);
        let is_signed = choice.is_signed;
        let root = |path| self.way_to(choice.root, path, is_signed);
        let Some(updates) = choice.updates else {
            return Ways { first: root(if is_signed { SIGNED } else { UNSIGNED }), second: None };
        };
        let updates = match self.way_to(updates, UNSIGNED.trim_start_matches("updates/"), is_signed) {
            Way::Folder { path, .. } => Way::Folder { path, is_updates: true },
            way => way,
        };
        // What is signed says so at the root alone, and that is what a check begins with.
        let (first, second) = if is_signed { (root(SIGNED), updates) } else { (updates, root(UNSIGNED)) };
        match second {
            Way::Site(site) => Ways { first, second: Some(*site) },
            Way::Folder { .. } => Ways { first, second: None },
            // A half that is refused stops every check.
            nowhere @ Way::Nowhere(_) => Ways { first: nowhere, second: None },
        }
    }

    fn way_to(&self, address: &str, path: &str, is_signed: bool) -> Way {
        let address = address.trim();
        if address.is_empty() {
            return Way::Nowhere(source::Error::Empty);
        }
        if !address.contains("://") {
            return Way::Folder { path: PathBuf::from(address), is_updates: false };
        }
        let http = if is_signed { self.http.allowing_plain() } else { self.http.clone() };
        if let Err(error) = Source::open(address, &http, &self.paths.cache_dir.join("http")) {
            return Way::Nowhere(error);
        }
        match format!("{}/{path}", address.trim_end_matches('/')).parse::<Url>() {
            Ok(url) => {
                let proxy = http.proxy(&url);
                Way::Site(Box::new(SiteWay { url, proxy, http }))
            }
            Err(error) => Way::Nowhere(source::Error::Address(error)),
        }
    }
}
