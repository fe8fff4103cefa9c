//! A signed source: a site or a folder whose every file is vouched for by The Update Framework
//! (TUF specification 1.0, <https://theupdateframework.github.io/specification/latest/>).
//!
//! Its metadata lies in `metadata/`, and every file of the tree is a target under its own path. The metadata
//! is asked for once, before the first file: root, timestamp, snapshot and targets are verified by
//! `sigstore-tuf` from the trusted root of this PC on, and what was verified is kept (by `store`) as the floor
//! below which nothing is believed again. Descriptions are compared with their signed length and hashes and
//! kept by their hash, so that an unchanged source costs two requests. Where a large file is and what it has to
//! be is told to [`crate::download`].
//!
//! A wrong clock is no dead updater: the moment that counts is never before the last good check nor before the
//! newest release that was signed, and what is below that is a warning ([`Fault::ClockBehind`]).
//!
//! Deliberately not here: signing, and any way around a signature. Expired metadata is used from a folder
//! alone, and only where the person has agreed to exactly that; versions never go back even then.

mod described;
mod export;
mod floor;
mod look;
mod refresh;
mod repository;
mod root;
mod store;
mod target;
mod whole;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::OnceCell;

pub use self::export::export;
pub use self::look::{Held, look};
use self::refresh::Refreshed;
pub use self::root::{RootFacts, root_facts};
pub use self::target::Target;
use super::{Fault, Place, Source};
use crate::catalogue::{FileLocation, ReleaseFile};
use crate::http;

/// Where the metadata lies below the root of a source.
pub const METADATA: &str = "metadata";

/// What a signed source is believed by.
#[derive(Clone)]
pub struct Anchor {
    /// The trusted `root.json` as it was installed.
    pub root: Arc<[u8]>,
    /// Where verified metadata is kept between runs. One for all sources of this root.
    pub store_dir: PathBuf,
    /// The moment that expiry is judged at.
    pub now: Timestamp,
    /// The person has agreed to metadata that has expired. Counts for folders alone.
    pub accept_expired: bool,
}

/// Not the bytes of the root.
impl fmt::Debug for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Anchor")
            .field("store_dir", &self.store_dir)
            .field("now", &self.now)
            .field("accept_expired", &self.accept_expired)
            .finish_non_exhaustive()
    }
}

/// A source whose every file is signed. Clones share what was verified.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The same tree, with nothing proved.
    pub(super) tree: Arc<Source>,
    metadata: Arc<Source>,
    anchor: Anchor,
    state: Arc<OnceCell<Result<Refreshed, Fault>>>,
}

/// What is known of the metadata in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// When the first of its roles expires.
    pub expires: Timestamp,
    /// What the person has to know and what stops nothing: expired metadata that was agreed to, a wrong clock.
    pub warnings: Vec<Fault>,
}

impl Signed {
    /// The files of `tree`, vouched for by the metadata in `metadata`. Asks nothing yet.
    pub fn new(tree: Source, metadata: Source, anchor: Anchor) -> Self {
        let (tree, metadata) = (Arc::new(tree), Arc::new(metadata));
        Self { tree, metadata, anchor, state: Arc::default() }
    }

    /// Asks for the metadata and verifies it; the first time only, also if that fails.
    ///
    /// Dropping the future leaves what was kept before as it was.
    pub async fn facts(&self) -> Result<&Facts, Fault> {
        self.refreshed().await.map(Refreshed::facts)
    }

    /// What a file of the tree has to be; `None` if nothing of this path is signed. Among the files that the
    /// top-level role signs, names match without regard to case where exactly one does, as on the vendor's
    /// Windows server; paths that were delegated are compared as they are.
    ///
    /// For one path no more than 32 roles are asked, the top-level one among them, and none that the snapshot
    /// does not list; `sigstore-tuf` says of neither that it left any out, so a path that only those sign counts
    /// as signed by nobody. A role that is listed and not there is a fault.
    pub async fn target(&self, path: &str) -> Result<Option<Target>, Fault> {
        self.refreshed().await?.target(path).await
    }

    /// The same with every path compared as it is, as the specification has it.
    pub async fn target_exactly(&self, path: &str) -> Result<Option<Target>, Fault> {
        self.refreshed().await?.target_exactly(path).await
    }

    /// Where a target lies below the root: in a consistent snapshot its name has its hash in front.
    pub async fn path_of(&self, target: &Target) -> Result<String, Fault> {
        Ok(self.refreshed().await?.path_of(target))
    }

    /// Where a file below the root is.
    pub fn place(&self, path: &str) -> Result<Place, Fault> {
        self.tree.place(path)
    }

    /// What a release's file has to be. One that lies elsewhere is signed by nobody.
    pub(super) async fn target_of(&self, file: &ReleaseFile) -> Result<Target, Fault> {
        match &file.location {
            FileLocation::InSource(path) => {
                self.target(path).await?.ok_or_else(|| Fault::NotSigned { path: path.clone() })
            }
            FileLocation::Url(url) => Err(Fault::NotSigned { path: http::redacted(url) }),
        }
    }

    /// Remembers that a release has been signed on this day: the clock of this PC is not to be believed below
    /// it. Only after a check that was good.
    pub async fn remember(&self, newest: Option<jiff::civil::Date>) {
        if let Some(Ok(refreshed)) = self.state.get() {
            refreshed.remember(newest).await;
        }
    }

    pub(super) async fn description(&self, path: &str, limit_bytes: u64) -> Result<Vec<u8>, Fault> {
        let refreshed = self.refreshed().await?;
        let target = refreshed.target(path).await?.ok_or(Fault::NotFound)?;
        let dir = self.anchor.store_dir.join("descriptions");
        let consistent = refreshed.path_of(&target);
        described::description(&self.tree, &target, &consistent, &dir, limit_bytes).await
    }

    async fn refreshed(&self) -> Result<&Refreshed, Fault> {
        let refresh = || async { refresh::refresh(&self.metadata, &self.anchor).await };
        self.state.get_or_init(refresh).await.as_ref().map_err(Clone::clone)
    }
}
