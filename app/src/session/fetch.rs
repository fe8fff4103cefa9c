//! From an offer to examined files.

use std::path::{Path, PathBuf};

use smarts_core::catalogue::{Release, ReleaseFile};
use smarts_core::download::{self, Downloaded, Retries, kept, mirrors};
use smarts_core::machine::Machine;
use smarts_core::source::{self, Fault, Located, Place, Source, Trust};
use smarts_core::verify::{self, Rules, Verified};
use smarts_core::version::Version;
use smarts_core::{http, paths};
use tokio_util::sync::CancellationToken;

use super::{Origin, Proved, Session};

/// A release with its file, examined in this run.
#[derive(Debug)]
pub struct Fetched {
    /// What the file is of.
    pub release: Release,
    /// The file.
    pub file: Verified,
    /// Where it comes from.
    pub origin: Origin,
}

impl Fetched {
    /// How far its file is proved.
    pub fn proved(&self) -> Proved {
        Proved::of(&self.file, self.origin)
    }
}

/// What the files of one offer are fetched with.
pub(super) struct Fetching<'a> {
    pub(super) source: &'a Source,
    /// In place of the downloads folder.
    pub(super) to: Option<&'a Path>,
    pub(super) accept_unproved: bool,
    /// Bytes of all files, where known.
    pub(super) total: Option<u64>,
    pub(super) progress: &'a (dyn Fn(FetchProgress) + Send + Sync),
    pub(super) cancel: &'a CancellationToken,
}

/// How far the files of an offer are, all steps together.
#[derive(Clone, Debug, PartialEq)]
pub enum FetchProgress {
    /// Bytes are arriving, or are asked for.
    Downloading(download::Progress),
    /// A try has failed, and there will be another.
    Waiting(download::Waiting),
    /// A file is complete and is being examined.
    Verifying,
    /// The installer of the installed platform is going to be fetched as well, for going back, and counts from now on.
    WithFormer(Box<Release>),
}

/// Why the files of an offer are not at hand.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The source could not be opened.
    #[error("Failed to open the source")]
    Source(#[source] source::Error),
    /// A release on the way has no file.
    #[error("Release {0} has no file")]
    NoFile(Version),
    /// The source does not say where a file is.
    #[error("Failed to find the file in the source")]
    Locate(#[source] source::Fault),
    /// A file could not be downloaded.
    #[error("Failed to download")]
    Download {
        /// Why.
        #[source]
        error: download::Error,
        /// So much of it lies there for the next try.
        kept_bytes: u64,
    },
    /// A file is not proved.
    #[error("Failed to prove the file")]
    Verify(#[source] verify::Error),
}

impl FetchError {
    /// Whether the person stopped it.
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Download { error, .. } if error.is_cancelled())
    }

    /// Host and status, where a server has a file and does not give it to this person (RFC 9110: 401, 402, 403): as
    /// without a subscription (inferred; what the vendor's site answers then is not documented).
    pub fn withheld(&self) -> Option<(&str, u16)> {
        match self {
            Self::Download {
                error:
                    download::Error::Source { fault: Fault::Status { host, status: status @ 401..=403 }, .. },
                ..
            } => Some((host, *status)),
            Self::Source(_) | Self::NoFile(_) | Self::Locate(_) | Self::Download { .. } | Self::Verify(_) => {
                None
            }
        }
    }

    /// Whether there was a file, and it is not used: it is not what it has to be, or nothing proves that it is.
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::Source(_) | Self::NoFile(_) => false,
            Self::Locate(fault) => fault.is_refusal(),
            // What was only announced came from whoever answered, and that may be a portal.
            Self::Download { error, .. } => matches!(
                error,
                download::Error::WrongHash { .. } | download::Error::WrongSize { is_announced: false, .. }
            ),
            Self::Verify(error) => !matches!(error, verify::Error::Read { .. }),
        }
    }
}

impl Session {
    /// Downloads and examines the files of all steps, in order, from what is there. `to` in place of the
    /// downloads folder. With `accept_unproved` a template that nothing proves passes with
    /// [`smarts_core::verify::Proof::None`].
    pub async fn fetch(
        &self,
        machine: &Machine,
        steps: &[Release],
        to: Option<&Path>,
        accept_unproved: bool,
        progress: &(dyn Fn(FetchProgress) + Send + Sync),
        cancel: &CancellationToken,
    ) -> Result<Vec<Fetched>, FetchError> {
        let source = self.source_to_fetch(machine)?;
        let total = total(steps);
        let fetching = Fetching { source: &source, to, accept_unproved, total, progress, cancel };
        let fetched = self.fetch_steps(&fetching, steps).await?;
        if to.is_none() {
            self.tidy(steps).await;
        }
        Ok(fetched)
    }

    pub(super) fn source_to_fetch(&self, machine: &Machine) -> Result<Source, FetchError> {
        // Looking for a folder on a dead share takes long; other tasks move to other threads meanwhile.
        tokio::task::block_in_place(|| self.source(machine)).map_err(FetchError::Source)
    }

    pub(super) async fn fetch_steps(
        &self,
        fetching: &Fetching<'_>,
        steps: &[Release],
    ) -> Result<Vec<Fetched>, FetchError> {
        let mut fetched: Vec<Fetched> = Vec::new();
        for step in steps {
            let before = fetched.iter().map(|one| one.file.size()).sum();
            fetched.push(self.fetch_one(fetching, step, before, steps.len() == 1).await?);
        }
        Ok(fetched)
    }

    /// One file; `before` bytes of all are whole already, and with `is_last` nothing comes after it.
    pub(super) async fn fetch_one(
        &self,
        fetching: &Fetching<'_>,
        step: &Release,
        before: u64,
        is_last: bool,
    ) -> Result<Fetched, FetchError> {
        let Fetching { source, to, accept_unproved, total, progress, cancel } = *fetching;
        let rules = self.rules(source.trust(), accept_unproved);
        let file = step.file.as_ref().ok_or(FetchError::NoFile(step.version))?;
        let located = source.locate(file).await.map_err(FetchError::Locate)?;
        let Located { size, sha256, sha512, .. } = located;
        let file = ReleaseFile { size, sha256, sha512, ..file.clone() };
        let dir = to.map_or_else(|| self.download_dir(step), Path::to_path_buf);
        let request = self.request(&file, located, source.trust(), dir);
        let whole = |event| progress(of_all(event, before, total, is_last));
        let (http, options) = (source.http(&self.http), self.download_options());
        let downloaded = download::fetch(&http, &request, &options, &whole, cancel).await;
        let downloaded = downloaded.map_err(|error| {
            let kept_bytes = download::kept_bytes(&request.dir, &request.name);
            FetchError::Download { error, kept_bytes }
        })?;
        tracing::info!(feed = %step.feed, version = %step.version, bytes = downloaded.size, "Downloaded");
        progress(FetchProgress::Verifying);
        let file = self.examine(downloaded, file, rules).await?;
        tracing::info!(sha256 = %file.sha256(), proof = ?file.proof(), "Examined");
        let origin = Origin::of(source.trust(), &source.root());
        Ok(Fetched { release: step.clone(), file, origin })
    }

    /// Removes files of older releases beyond those that settings keep.
    pub(super) async fn tidy(&self, steps: &[Release]) {
        let (downloads_dir, older) =
            (self.paths.downloads_dir.clone(), self.settings.keep_downloads.versions());
        let steps: Vec<_> = steps.iter().map(|step| (step.feed.clone(), step.version)).collect();
        let tidying = tokio::task::spawn_blocking(move || {
            let spared: Vec<Version> = steps.iter().map(|(_, version)| *version).collect();
            for (feed, _) in &steps {
                for gone in kept::tidy(&downloads_dir, feed, older, &spared) {
                    tracing::info!(file = %gone.display(), "Removed the file of an older release");
                }
            }
        });
        if let Err(error) = tidying.await {
            tracing::warn!(%error, "Older downloads were not tidied");
        }
    }

    /// Where the files of a release are kept.
    pub fn download_dir(&self, release: &Release) -> PathBuf {
        kept::dir(&self.paths.downloads_dir, release)
    }

    /// What counts as proof here, for a file that a source of this trust described.
    pub(crate) fn rules(&self, source_trust: source::Trust, accept_unproved: bool) -> Rules {
        Rules {
            source_trust,
            accept_unproved: accept_unproved || self.accept_unproved,
            expected_publisher: self.settings.publisher.clone(),
            resigned_by: self.settings.resigned_by.clone(),
        }
    }

    fn request(&self, file: &ReleaseFile, located: Located, trust: Trust, dir: PathBuf) -> download::Request {
        download::Request {
            mirrors: self.mirrors_of(located.path.as_deref(), trust == Trust::Signed),
            place: located.place,
            name: file.name.clone(),
            size: file.size,
            sha256: file.sha256,
            sha512: file.sha512,
            dir,
        }
    }

    fn download_options(&self) -> download::Options {
        let retries = Retries { tries: self.settings.download_tries.tries(), ..Retries::default() };
        download::Options { retries, limit: self.download_limit.clone(), ..download::Options::default() }
    }

    /// Where the mirrors of the settings have a file, if they do; one that is not below the source is on none.
    fn mirrors_of(&self, path: Option<&str>, is_signed: bool) -> Vec<Place> {
        let Some(path) = path else { return Vec::new() };
        let folder = |named: &Path| paths::named_dir(&*self.os, named);
        let place = |root: &String| {
            let place = mirrors::place(root, path, is_signed, folder);
            if place.is_none() {
                let mirror = http::redacted_text(root);
                tracing::warn!(
                    mirror,
                    path,
                    is_signed,
                    "A mirror in the settings is not asked for this file"
                );
            }
            place
        };
        self.settings.mirrors.iter().filter_map(place).collect()
    }

    /// Hashing a large file takes seconds, so it runs where it may block.
    async fn examine(
        &self,
        downloaded: Downloaded,
        file: ReleaseFile,
        rules: Rules,
    ) -> Result<Verified, FetchError> {
        let os = std::sync::Arc::clone(&self.os);
        let examined = tokio::task::spawn_blocking(move || verify::verify(downloaded, &file, &rules, &*os));
        match examined.await {
            Ok(verified) => verified.map_err(FetchError::Verify),
            Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
        }
    }
}

/// Bytes of the files of all these, where known.
pub(super) fn total(steps: &[Release]) -> Option<u64> {
    steps.iter().map(|step| step.file.as_ref()?.size).sum()
}

/// What happens to one file, as a part of what happens to all of them; `before` bytes are those of files that
/// are whole already.
fn of_all(event: download::Event, before: u64, total: Option<u64>, is_last: bool) -> FetchProgress {
    match event {
        download::Event::Asking { kept_bytes } => FetchProgress::Downloading(download::Progress {
            received: before + kept_bytes,
            total,
            bytes_per_second: None,
            seconds_left: None,
        }),
        download::Event::Receiving(one) => {
            // The rest of this file is not the rest of all of them.
            let left = total.zip(one.bytes_per_second.filter(|speed| *speed > 0));
            let seconds_left =
                left.map(|(total, speed)| total.saturating_sub(before + one.received).div_ceil(speed));
            FetchProgress::Downloading(download::Progress {
                received: before + one.received,
                total: total.or(one.total.filter(|_| is_last).map(|one| before + one)),
                seconds_left: seconds_left.or(one.seconds_left),
                ..one
            })
        }
        download::Event::Waiting(waiting) => FetchProgress::Waiting(download::Waiting {
            kept_bytes: before + waiting.kept_bytes,
            total: total.or(waiting.total.filter(|_| is_last).map(|one| before + one)),
            ..waiting
        }),
    }
}
