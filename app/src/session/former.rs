//! The installer of the installed platform, fetched beside the one that is to replace it, so that there is a way back.
//!
//! It is proved by the same rules as any other file. Nothing that goes wrong with it stands in the way of the update:
//! that becomes a reason on the sheet. Only who stops the download stops all of it. Deliberately not here: keeping it,
//! which takes an administrator's rights and is done right before the new one is started.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use smarts_core::catalogue::Release;
use smarts_core::check::PATIENCE;
use smarts_core::machine::Machine;
use smarts_core::offer::{Item, Subject};
use smarts_core::plan::Package;
use smarts_core::platform::former::{self, Former, NotHad};
use smarts_core::platform::installers;
use smarts_core::source::{Inquiry, Source};
use smarts_core::{download, preflight, verify};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::fetch::{Fetching, total};
use super::{FetchError, FetchProgress, Fetched, Session};
use crate::error::chain;

/// A source that is to be left alone for longer is not waited for: an update would wait along.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// What is at hand for an update.
#[derive(Debug)]
pub struct Update {
    /// Its files, in their order.
    pub steps: Vec<Fetched>,
    /// What goes back.
    pub former: Former,
}

impl Session {
    /// As [`Self::fetch`], for an update that is being prepared: with a platform comes the installer of what it replaces,
    /// where that is not kept and the source has it.
    pub async fn fetch_update(
        &self,
        machine: &Machine,
        item: &Item,
        progress: &(dyn Fn(FetchProgress) + Send + Sync),
        cancel: &CancellationToken,
    ) -> Result<Update, FetchError> {
        let steps = item.offer().map_or(&[][..], |offer| &offer.steps);
        let source = self.source_to_fetch(machine)?;
        let sought = match item.subject {
            Subject::Platform => self.seek_former(&source, machine, cancel).await?,
            Subject::Base | Subject::Updater => None,
        };
        let mut all = total(steps);
        if let Some(Ok(release)) = &sought {
            progress(FetchProgress::WithFormer(Box::new(release.clone())));
            all = all.zip(total(std::slice::from_ref(release))).map(|(steps, former)| steps + former);
        }
        // A file that nothing proves may be looked at; installing it takes the person's consent.
        let fetching =
            Fetching { source: &source, to: None, accept_unproved: true, total: all, progress, cancel };
        let fetched = self.fetch_steps(&fetching, steps).await?;
        let former = match sought {
            None => Former::NotSought,
            Some(Err(why)) => Former::NotHad(why),
            Some(Ok(release)) => {
                let before = fetched.iter().map(|one| one.file.size()).sum();
                self.fetch_former(&fetching, release, before).await?
            }
        };
        self.tidy(steps).await;
        Ok(Update { steps: fetched, former })
    }

    /// What goes back, for an update that is gone on with and whose files, so many bytes, are at hand.
    pub(super) async fn former(
        &self,
        machine: &Machine,
        bytes: u64,
        cancel: &CancellationToken,
    ) -> Result<Former, FetchError> {
        let source = self.source_to_fetch(machine)?;
        match self.seek_former(&source, machine, cancel).await? {
            None => Ok(Former::NotSought),
            Some(Err(why)) => Ok(Former::NotHad(why)),
            Some(Ok(release)) => {
                let total = total(std::slice::from_ref(&release));
                let source = &source;
                let fetching =
                    Fetching { source, to: None, accept_unproved: false, total, progress: &|_| (), cancel };
                self.fetch_former(&fetching, release, bytes).await
            }
        }
    }

    /// `None`: it is kept already, or no platform is installed.
    async fn seek_former(
        &self,
        source: &Source,
        machine: &Machine,
        cancel: &CancellationToken,
    ) -> Result<Option<Result<Release, NotHad>>, FetchError> {
        let Some(installed) = machine.platform.as_ref().map(|platform| platform.version) else {
            return Ok(None);
        };
        if installers::of_version(&*self.os, &self.paths, installed).is_some() {
            return Ok(None);
        }
        let inquiry = Inquiry::new(source, Instant::now() + PATIENCE);
        let asking = former::release(&inquiry, installed, self.language.code());
        let found = cancel.run_until_cancelled(asking).await;
        let found = found.ok_or(FetchError::Download { error: download::Error::Cancelled, kept_bytes: 0 })?;
        if let Err(why) = &found {
            tracing::info!(%installed, ?why, "The source has no installer of the installed platform");
        }
        Ok(Some(found))
    }

    /// `before` as in [`Self::fetch_one`]: the bytes of what is to be installed. An error is that of the person's wish to
    /// stop.
    async fn fetch_former(
        &self,
        fetching: &Fetching<'_>,
        release: Release,
        before: u64,
    ) -> Result<Former, FetchError> {
        let bytes = release.file.as_ref().and_then(|file| file.size);
        if let Err(why) = preflight::room_for_former(&*self.os, &self.paths, bytes, before) {
            return Ok(Former::NotHad(why));
        }
        let given_up = fetching.cancel.child_token();
        let why_given_up = Mutex::new(None);
        let progress = |event: FetchProgress| match event {
            FetchProgress::Waiting(waiting) if waiting.wait > LONGEST_WAIT => {
                *lock(&why_given_up) = Some(waiting.fault);
                given_up.cancel();
            }
            event => (fetching.progress)(event),
        };
        let mine = Fetching { accept_unproved: false, progress: &progress, cancel: &given_up, ..*fetching };
        match self.fetch_one(&mine, &release, before, true).await {
            Ok(fetched) => Ok(Former::Fetched(Box::new(Package { release, verified: fetched.file }))),
            Err(error) if error.is_cancelled() && fetching.cancel.is_cancelled() => Err(error),
            Err(error) => {
                let version = release.version;
                tracing::warn!(%version, error = chain(&error), "No installer of the installed platform");
                let given_up = lock(&why_given_up).take();
                Ok(Former::NotHad(given_up.map_or_else(|| not_had(error), NotHad::Source)))
            }
        }
    }
}

/// Whoever panicked with it has left it whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn not_had(error: FetchError) -> NotHad {
    match error {
        FetchError::NoFile(_) => NotHad::NotOffered,
        FetchError::Locate(fault)
        | FetchError::Download { error: download::Error::Source { fault, .. }, .. } => NotHad::Source(fault),
        FetchError::Download {
            error: download::Error::NoRoom { dir, needed_bytes, free_bytes, .. }, ..
        } => NotHad::NoRoom { dir, needed_bytes, free_bytes },
        FetchError::Verify(verify::Error::Read { .. }) => NotHad::NotDownloaded,
        FetchError::Verify(_) => NotHad::NotProved,
        error if error.is_refusal() => NotHad::NotProved,
        FetchError::Source(_) | FetchError::Download { .. } => NotHad::NotDownloaded,
    }
}
