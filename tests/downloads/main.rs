//! Downloads against real servers on loopback and real folders.

#![allow(clippy::panic, clippy::unwrap_used, reason = "the helpers of tests are tests too")]

mod faults;
mod folders;
#[cfg(windows)]
mod held;
mod matrix;
mod mirrors;
mod names;
mod processes;
mod resuming;
mod retries;
mod whole;

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use smarts_core::digest::Digest;
use smarts_core::download::{self, Downloaded, Error, Event, Options, Progress, Request, Retries, Slowest};
use smarts_core::http::{Http, HttpOptions};
use smarts_core::source::Place;
use smarts_tests::site::{Seen, ServedFile, Site};
use smarts_tests::tree::Tree;
use tokio_util::sync::CancellationToken;

const NAME: &str = "MobileSMARTS.msi";
const PATH: &str = "downloads/MobileSMARTS.msi";

/// A site with one file, and a folder to download it into.
struct Setup {
    site: Arc<Site>,
    http: Http,
    home: tempfile::TempDir,
    request: Request,
    options: Options,
}

/// So many bytes of no regular kind, so that a shifted one is noticed.
fn bytes(count: usize, seed: u32) -> Vec<u8> {
    let next = |state: &mut u32| {
        *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Some((*state >> 24) as u8)
    };
    std::iter::repeat_with(|| ()).take(count).scan(seed, |state, ()| next(state)).collect()
}

fn setup(content: &[u8]) -> Setup {
    let site = Arc::new(Site::serve(&Tree::new().file(PATH, content)).unwrap());
    let home = tempfile::tempdir().unwrap();
    let request = Request {
        place: Place::Url(site.url(PATH).parse().unwrap()),
        name: NAME.to_owned(),
        size: None,
        sha256: None,
        sha512: None,
        mirrors: Vec::new(),
        dir: home.path().join("Downloads/Mobile SMARTS"),
    };
    let options = Options { retries: Retries::NONE, ..Options::default() };
    Setup { site, http: Http::new(&HttpOptions::default()).unwrap(), home, request, options }
}

impl Setup {
    /// With size and hash stated by the release.
    fn stating(mut self, content: &[u8]) -> Self {
        self.request.size = Some(content.len() as u64);
        self.request.sha256 = Some(Digest::of(content));
        self
    }

    /// With so many tries, and no waits between them but those that a server asks for.
    fn trying(mut self, tries: u32) -> Self {
        self.options.retries = Retries { tries, base: Duration::ZERO, most: Duration::ZERO };
        self
    }

    /// With a client that gives up on silence after so long.
    fn hearing_silence_after(mut self, read_timeout: Duration) -> Self {
        self.http = Http::new(&HttpOptions { read_timeout, ..HttpOptions::default() }).unwrap();
        self.options.slowest = Slowest { bytes: 1024, within: read_timeout };
        self
    }

    async fn fetch(&self) -> Result<Downloaded, Error> {
        self.fetch_and_tell(&|_| ()).await
    }

    async fn fetch_and_tell(&self, tell: &(dyn Fn(Event) + Send + Sync)) -> Result<Downloaded, Error> {
        download::fetch(&self.http, &self.request, &self.options, tell, &CancellationToken::new()).await
    }

    /// Fetches until so many bytes have come, then cancels.
    async fn fetch_and_cancel_at(&self, count: u64) -> Result<Downloaded, Error> {
        let cancel = CancellationToken::new();
        let tell = |event| {
            if matches!(event, Event::Receiving(progress) if progress.received >= count) {
                cancel.cancel();
            }
        };
        download::fetch(&self.http, &self.request, &self.options, &tell, &cancel).await
    }

    fn path(&self, end: &str) -> PathBuf {
        self.request.dir.join(format!("{NAME}{end}"))
    }

    fn partial(&self) -> Vec<u8> {
        fs::read(self.path(".partial")).unwrap()
    }

    /// The names in the folder.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.request.dir).into_iter().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn file(&self) -> Vec<u8> {
        fs::read(self.path("")).unwrap()
    }

    fn seen(&self) -> Vec<Seen> {
        self.site.seen()
    }

    fn statuses(&self) -> Vec<u16> {
        self.site.seen().iter().map(|seen| seen.status).collect()
    }

    fn put_without_tag(&self, content: &[u8], etag: Option<&str>, last_modified: Option<&str>) {
        self.site.put_file(
            PATH,
            ServedFile {
                bytes: content.to_vec(),
                etag: etag.map(str::to_owned),
                last_modified: last_modified.map(str::to_owned),
                content_type: None,
            },
        );
    }
}

/// What was told, in order.
#[derive(Default)]
struct Told(Mutex<Vec<Progress>>);

impl Told {
    fn tell(&self, event: &Event) {
        if let Event::Receiving(progress) = event {
            self.0.lock().unwrap().push(*progress);
        }
    }
}
