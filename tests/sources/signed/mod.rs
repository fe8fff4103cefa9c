//! Signed sources: what is honest works, and every lie is found out and leaves nothing behind.

mod answers;
mod clocks;
mod delegations;
mod expired;
mod exported;
#[cfg(windows)]
mod held;
mod honest;
mod lies;
mod rotation;
mod store;

use std::path::Path;

use jiff::Timestamp;
use smarts_core::http::Http;
use smarts_core::source::signed::Facts;
use smarts_core::source::{Anchor, Fault, Source};
use smarts_tests::publisher::Publisher;
use smarts_tests::site::Site;
use smarts_tests::tree::{Tree, TreeRelease};

use super::http;

/// What a run reads first.
const LIST: &str = "updates/Sklad15/versions.xml";
/// What is said of a copy that was made before what was seen.
const OLDER: &str = "Source is older than what was seen here: timestamp";
const FILE: &str = "downloads/WH15.mstmpl";

/// A PC with a trusted root: what stays between runs.
struct Pc {
    root: Vec<u8>,
    now: Timestamp,
    accept_expired: bool,
    http: Http,
    dir: tempfile::TempDir,
}

/// What is told of a source that was refused.
type Answer = Result<Vec<u8>, Fault>;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

impl Pc {
    /// On which the newest root of this publisher was installed.
    fn trusting(publisher: &Publisher) -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self {
            root: publisher.root_json(),
            now: at("2026-11-22T09:00:00Z"),
            accept_expired: false,
            http: http(),
            dir,
        }
    }

    fn store_dir(&self) -> std::path::PathBuf {
        self.dir.path().join("store")
    }

    fn anchor(&self) -> Anchor {
        let (root, store_dir) = (self.root.clone().into(), self.store_dir());
        Anchor { root, store_dir, now: self.now, accept_expired: self.accept_expired }
    }

    /// A run of its own at a site or a folder.
    fn run(&self, text: &str) -> Source {
        Source::open(text, &self.http, &self.dir.path().join("cache")).unwrap().signed(self.anchor())
    }

    fn at(&self, site: &Site) -> Source {
        self.run(&site.root())
    }

    fn in_folder(&self, dir: &Path) -> Source {
        self.run(dir.to_str().unwrap())
    }

    /// The list, in a run of its own.
    async fn list(&self, site: &Site) -> Answer {
        self.at(site).description(LIST).await
    }

    async fn facts(&self, site: &Site) -> Result<Facts, Fault> {
        self.at(site).facts().await.map(|facts| facts.unwrap().clone())
    }
}

/// One release, whose notes tell trees apart.
fn tree(notes: &str) -> Tree {
    let release = TreeRelease::new("1.6.3.7283").with("description", notes).download("WH15.mstmpl", notes);
    Tree::new().release("Sklad15", release.stated())
}

/// The answer that a run has to get.
#[expect(clippy::unnecessary_wraps, reason = "is compared with answers")]
fn list_of(tree: &Tree) -> Answer {
    Ok(tree.files()[LIST].clone())
}

fn signed_site(publisher: &Publisher, tree: &Tree) -> Site {
    let site = Site::serve(&Tree::new()).unwrap();
    publisher.put_on(&site, tree);
    site
}

fn folder(publisher: &Publisher, tree: &Tree) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    publisher.sign(tree).write_to(dir.path()).unwrap();
    dir
}

/// Paths that were asked for, and how many bytes of bodies came.
fn asked(site: &Site) -> (Vec<String>, usize) {
    let seen = site.seen();
    site.forget();
    (seen.iter().map(|seen| seen.path.clone()).collect(), seen.iter().map(|seen| seen.sent).sum())
}

#[track_caller]
fn assert_untrusted<T: std::fmt::Debug>(answer: Result<T, Fault>, words: &str) {
    match answer {
        Err(fault @ (Fault::Untrusted { .. } | Fault::Older { .. })) if fault.to_string().contains(words) => {
        }
        other => panic!("expected to be untrusted by {words:?}, was {other:?}"),
    }
}
