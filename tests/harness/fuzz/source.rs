//! What a source says, and what is kept of it.

use std::collections::HashSet;
use std::fs;

use smarts_core::catalogue::update_xml::{self as description, Context, LONGEST_NOTES_BYTES};
use smarts_core::catalogue::{Fault, Feed, FileLocation, Release, versions_xml as list};
use smarts_core::digest::Digest;
use smarts_core::download::{Options, Request, Retries, fetch};
use smarts_core::http::cache::Cache;
use smarts_core::notes::{self, Block, DEEPEST, Run};
use smarts_core::source::Place;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::{assert_safe_path, assert_version, http, wait_for};

/// The release that a description is read for.
const VERSION: &str = "1.6.3.7283";
const DIR: &str = "updates/Warehouse15/1.6.3.7283";
/// More than any fault says.
const LONGEST_WORDS: usize = 1000;

/// `versions.xml`: no version twice, and no folder outside of the feed's.
pub fn versions_xml(bytes: &[u8]) {
    let versions = match list::parse(bytes) {
        Ok(versions) => versions,
        Err(fault) => return assert_fault(&fault),
    };
    let mut seen = HashSet::new();
    for listed in &versions.listed {
        assert_version(&listed.version);
        assert!(seen.insert(listed.version), "{} is listed twice", listed.version);
        assert_safe_path(&listed.path);
    }
    versions.refused.iter().for_each(|refused| assert_fault(&refused.fault));
}

/// `update.xml`: a file inside of the source or at an address of https without credentials, under a name that
/// any system can keep; and the release survives being kept in a report.
pub fn update_xml(bytes: &[u8]) {
    let feed = Feed::named("Warehouse15").unwrap();
    let site = "https://mirror.example/".parse::<Url>().unwrap();
    for sites in [&[&site][..], &[]] {
        let context = Context { feed: &feed, version: VERSION.parse().unwrap(), dir: DIR, sites };
        match description::parse(bytes, "update.xml", &context) {
            Ok(release) => assert_release(&release),
            Err(fault) => assert_fault(&fault),
        }
    }
}

fn assert_release(release: &Release) {
    assert!(release.distribution <= 100 && release.notes.len() <= LONGEST_NOTES_BYTES);
    assert!(release.tags.iter().all(|tag| !tag.is_empty() && !tag.contains(';')));
    release.min_platform.iter().chain(&release.client_version).for_each(assert_version);
    let kept = serde_json::to_vec(release).unwrap();
    assert_eq!(&serde_json::from_slice::<Release>(&kept).unwrap(), release);
    let Some(file) = &release.file else { return };
    assert_safe_path(&file.name);
    assert!(!file.name.contains('/') && file.size != Some(0));
    match &file.location {
        FileLocation::InSource(path) => {
            assert_safe_path(path);
            assert!(path.starts_with(DIR) || path.starts_with("downloads/"), "{path:?}");
            assert!(path.ends_with(&file.name));
        }
        FileLocation::Url(url) => {
            assert_eq!(url.scheme(), "https");
            assert!(url.has_host() && url.username().is_empty() && url.password().is_none());
        }
    }
}

/// Release notes: no more than was written, no list deeper than there is room for, and links that lead to the web
/// alone.
pub fn notes(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let blocks = notes::read(&text);
    assert!(blocks.len() <= text.len());
    for block in &blocks {
        assert!(!block.runs().is_empty());
        assert!(!matches!(block, Block::Item { depth, .. } if *depth > DEEPEST));
        for run in block.runs() {
            if let Run::Link { url, .. } = run {
                assert!(matches!(url.scheme(), "http" | "https") && url.has_host());
                assert!(url.username().is_empty() && url.password().is_none());
            }
        }
    }
}

/// A description that was kept: only a whole one comes out, and comes out again once it is kept anew.
pub fn cache(bytes: &[u8]) {
    let url = "https://mirror.example/updates/Warehouse15/versions.xml".parse::<Url>().unwrap();
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(Digest::of(url.as_str().as_bytes()).to_string()), bytes).unwrap();
    wait_for(async {
        let cache = Cache::new(dir.path());
        let Some(kept) = cache.load(&url).await else { return };
        assert!(bytes.ends_with(&kept.body));
        cache.keep(&url, kept.clone()).await;
        assert_eq!(cache.load(&url).await, Some(kept));
    });
}

/// What an interrupted download has left: whatever it says of the beginning that lies there, the file that comes
/// of it is the one that is stated. The first byte says how much lies there, and whether it is the right beginning;
/// in the rest `ORIGIN` stands for the place, `SHA256` for the file.
pub fn partial(bytes: &[u8]) {
    const CONTENT: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let Some((choice, sidecar)) = bytes.split_first() else { return };
    let dir = tempfile::tempdir().unwrap();
    let (place, downloads) = (dir.path().join("a.msi"), dir.path().join("downloads"));
    fs::create_dir(&downloads).unwrap();
    fs::write(&place, CONTENT).unwrap();
    let mut part: Vec<u8> = CONTENT.iter().cycle().take(usize::from(choice >> 1)).copied().collect();
    if choice & 1 == 1 {
        part.reverse();
    }
    fs::write(downloads.join("a.msi.partial"), part).unwrap();
    let (origin, sha256) = (Digest::of(place.as_os_str().as_encoded_bytes()), Digest::of(CONTENT));
    let sidecar = String::from_utf8_lossy(sidecar);
    let sidecar = sidecar.replace("ORIGIN", &origin.to_string()).replace("SHA256", &sha256.to_string());
    fs::write(downloads.join("a.msi.partial.json"), sidecar).unwrap();

    let place = Place::Path(place);
    let name = "a.msi".to_owned();
    let (size, sha256) = (None, Some(sha256));
    let request = Request { place, mirrors: vec![], name, size, sha256, sha512: None, dir: downloads };
    let options = Options { retries: Retries::NONE, ..Options::default() };
    let fetched = wait_for(fetch(&http(), &request, &options, &|_| {}, &CancellationToken::new()));
    assert_eq!(fs::read(fetched.unwrap().path).unwrap(), CONTENT);
}

fn assert_fault(fault: &Fault) {
    let words = format!("{fault:?}");
    assert!(words.chars().count() <= LONGEST_WORDS, "{words}");
}
