//! Sources and catalogues against real servers on loopback and real folders.

#![allow(clippy::panic, clippy::unwrap_used, reason = "the helpers of tests are tests too")]

mod catalogues;
mod descriptions;
mod signed;
mod tuf_client;

use std::time::Duration;

use smarts_core::catalogue::{self, Catalogue, Feed, Wanted};
use smarts_core::http::{Http, HttpOptions};
use smarts_core::source::{Inquiry, Source};
use smarts_tests::site::Site;

/// A source at a site, and the folder where its descriptions are kept.
struct AtSite {
    source: Source,
    cache: tempfile::TempDir,
}

fn http() -> Http {
    Http::new(&HttpOptions::default()).unwrap()
}

/// A client that waits for nothing that does not come at once.
fn hasty_http() -> Http {
    let timeout = Duration::from_millis(300);
    Http::new(&HttpOptions { description_timeout: timeout, ..HttpOptions::default() }).unwrap()
}

fn at(site: &Site) -> AtSite {
    at_with(site, &http())
}

fn at_with(site: &Site, http: &Http) -> AtSite {
    let cache = tempfile::tempdir().unwrap();
    let source = Source::open(&site.root(), http, cache.path()).unwrap();
    AtSite { source, cache }
}

async fn load_all(source: &Source, feed: &str) -> Result<Catalogue, catalogue::Error> {
    let feed = Feed::named(feed).unwrap();
    let deadline = tokio::time::Instant::now() + Duration::from_mins(1);
    catalogue::load(&Inquiry::new(source, deadline), &feed, Wanted::NewerThan(vec![]), "ru").await
}
