//! The mobile apps for Android that a source has, and which of them goes with a server.
//!
//! They are a feed like any other: `updates/Android/versions.xml`, documented as the model of all the others. Where a
//! product names another place (`apkUpdateLink`), and that lies below some `updates/`, the same place of the source in use
//! is asked: nothing is ever fetched from an address just because a description names it. Other addresses are shown to
//! people, and that is all. Deliberately not here: asking ([`crate::check`], [`crate::catalogue::load()`]).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Compatibility, app, compatibility};
use crate::catalogue::{self, Feed, Release, versions_xml};
use crate::machine::{AppLinks, Base, Machine};
use crate::version::Version;

/// What a source has in one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Available {
    /// The place.
    pub feed: Feed,
    /// Newest first: those above what some device of the bases has. `Err`: that is not known.
    pub releases: Result<Vec<Release>, catalogue::Error>,
}

/// Where the apps for the Android devices of a base are listed.
pub fn feed(links: &AppLinks) -> Feed {
    links.update.as_deref().and_then(feed_of_link).unwrap_or_else(Feed::android)
}

/// The place that a link means, if that is below `updates/`.
fn feed_of_link(link: &str) -> Option<Feed> {
    let path = match Url::parse(link) {
        Ok(url) => {
            let segments: Vec<String> = url
                .path_segments()?
                .map(|segment| percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned())
                .collect();
            let start = segments.iter().position(|segment| segment.eq_ignore_ascii_case("updates"))?;
            segments.get(start + 1..)?.join("/")
        }
        Err(_) => link.trim().trim_start_matches("updates/").to_owned(),
    };
    let path = path.trim_matches('/');
    let folder = path.strip_suffix(versions_xml::FILE).unwrap_or(path);
    // A file is no place with a list.
    let is_file = folder.to_ascii_lowercase().ends_with(".apk");
    Feed::named(folder).filter(|feed| !is_file && !feed.as_str().is_empty())
}

/// The places to ask for the bases of this PC that have devices, each with the lowest version that one of these has: only
/// what is above it is of interest.
pub fn feeds(machine: &Machine) -> BTreeMap<Feed, Vec<Version>> {
    let mut feeds: BTreeMap<Feed, Vec<Version>> = BTreeMap::new();
    for base in machine.bases.iter().filter(|base| base.is_managed()) {
        let apps = base.devices.iter().filter_map(|device| app::of(device, base, machine.platform.as_ref()));
        if let Some(lowest) = apps.map(|app| app.version).min() {
            feeds.entry(feed(&base.app_links)).or_default().push(lowest);
        }
    }
    feeds
}

/// The release for devices that are to work with a server of this version: the newest that matches it, else the newest
/// that connects, else the newest, which does not help. Only what has a file.
pub fn choose<'a>(releases: &'a [Release], server: Option<&Version>) -> Option<&'a Release> {
    let rank = |release: &Release| match server.map(|server| compatibility(&release.version, server)) {
        Some(Compatibility::Matches) => 2,
        Some(Compatibility::AppNewer) => 1,
        Some(Compatibility::AppTooOld) | None => 0,
    };
    let with_file = releases.iter().filter(|release| release.file.is_some());
    with_file.max_by_key(|release| (rank(release), release.version))
}

/// What was found for a base.
pub fn for_base<'a>(available: &'a [Available], base: &Base) -> Option<&'a Available> {
    let feed = feed(&base.app_links);
    available.iter().find(|one| one.feed == feed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

    fn links(update: &str) -> AppLinks {
        AppLinks { update: Some(update.to_owned()), store: None }
    }

    #[test]
    fn a_products_own_place_is_asked_for_in_the_source_in_use_and_no_address_is() {
        let cases = [
            ("https://files.example.org/updates/Android/", "Android"),
            ("http://other.example/x/updates/Shop/Android/versions.xml", "Shop/Android"),
            ("updates/Android15", "Android15"),
            ("Android15/versions.xml", "Android15"),
            // Not a place with a list, or not below `updates/`: the usual one.
            ("https://files.example.org/updates/Android/app.apk", "Android"),
            ("https://files.example.org/apps/", "Android"),
            ("https://files.example.org/updates/../etc", "Android"),
            ("https://files.example.org/updates/%2e%2e%2fetc/x", "Android"),
            ("../../etc", "Android"),
            ("", "Android"),
        ];
        for (link, expected) in cases {
            assert_eq!(feed(&links(link)).as_str(), expected, "{link}");
        }
        assert_eq!(feed(&AppLinks::default()).as_str(), "Android");
    }

    #[test]
    fn the_app_that_matches_the_server_is_chosen_before_a_newer_one_and_an_old_one_comes_last() {
        let release = |version: &str| fixtures::release("Android", version);
        let releases = ["4.0.0.1", "3.4.0.2", "3.4.0.1", "3.3.0.9"].map(release);
        let chosen = |server: &str| {
            let server: Version = server.parse().unwrap();
            choose(&releases, Some(&server)).map(|release| release.version.to_string())
        };
        assert_eq!(chosen("3.4.46.40367").as_deref(), Some("3.4.0.2"));
        assert_eq!(chosen("3.3.46.29552").as_deref(), Some("3.3.0.9"));
        assert_eq!(chosen("3.5.46.1").as_deref(), Some("4.0.0.1"), "it connects");
        assert_eq!(chosen("5.0.46.1").as_deref(), Some("4.0.0.1"), "it does not, and there is no other");
        assert_eq!(choose(&releases, None).unwrap().version.to_string(), "4.0.0.1");
        let without_file = [Release { file: None, ..release("3.4.0.2") }];
        assert_eq!(choose(&without_file, None), None);
    }
}
