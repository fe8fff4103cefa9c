//! Downloads: each a task of its own, stopped by pausing or cancelling.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use smarts_core::catalogue::{Feed, Release};
use smarts_core::download;
use smarts_core::machine::Machine;
use smarts_core::offer::Item;
use smarts_core::preflight::Earlier;
use smarts_core::source::Fault;
use smarts_core::version::Version;
use tokio_util::sync::CancellationToken;

use super::prepared::base_ids;
use super::{Shared, lock};
use crate::error::chain;
use crate::model::activity::Transfer;
use crate::model::{Event, Notice, ProxyQuestion};
use crate::session::{FetchError, FetchProgress, Update};

/// Downloads under way, by item id; and the turns of those that want the same files.
#[derive(Default)]
pub(super) struct Downloads {
    by_item: Mutex<HashMap<String, Arc<Download>>>,
    turns: Mutex<HashMap<Files, Arc<Turn>>>,
    /// What is fetched along for going back, by item id; still known when the download is paused.
    formers: Mutex<HashMap<String, Release>>,
}

/// Which files an offer consists of: the same for all bases of a product with the same way to a release.
type Files = Vec<(Feed, Version)>;

/// Held by whoever downloads these files. The next one then finds them there.
type Turn = tokio::sync::Mutex<()>;

#[derive(Default)]
struct Download {
    cancel: CancellationToken,
    /// The person wants nothing of it kept.
    discard: AtomicBool,
    received: AtomicU64,
}

impl Downloads {
    /// Stops it; what has arrived is kept.
    pub(super) fn pause(&self, item_id: &str) {
        if let Some(download) = lock(&self.by_item).get(item_id) {
            download.cancel.cancel();
        }
    }

    /// Stops it and lets it delete what has arrived; `false` if it is not under way. It is forgotten at
    /// once, so that the person may ask for it again.
    fn cancel(&self, item_id: &str) -> bool {
        let Some(download) = lock(&self.by_item).remove(item_id) else { return false };
        download.discard.store(true, Ordering::Relaxed);
        download.cancel.cancel();
        true
    }

    pub(super) fn stop_all(&self) {
        for download in lock(&self.by_item).values() {
            download.cancel.cancel();
        }
    }

    /// `None` if it is under way already.
    fn begin(&self, item_id: &str) -> Option<Arc<Download>> {
        let mut downloads = lock(&self.by_item);
        if downloads.contains_key(item_id) {
            return None;
        }
        let download = Arc::new(Download::default());
        downloads.insert(item_id.to_owned(), Arc::clone(&download));
        lock(&self.formers).remove(item_id);
        Some(download)
    }

    fn end(&self, item_id: &str, download: &Arc<Download>) {
        let mut downloads = lock(&self.by_item);
        if downloads.get(item_id).is_some_and(|present| Arc::ptr_eq(present, download)) {
            downloads.remove(item_id);
        }
    }

    /// The files of an item: those of its steps, and what is fetched along.
    fn files(&self, item_id: &str, steps: &[Release]) -> Vec<Release> {
        steps.iter().chain(lock(&self.formers).get(item_id)).cloned().collect()
    }

    fn turn(&self, steps: &[Release]) -> Arc<Turn> {
        let files = steps.iter().map(|step| (step.feed.clone(), step.version)).collect();
        Arc::clone(lock(&self.turns).entry(files).or_default())
    }
}

impl Shared {
    /// Downloads and examines the files of an item's offer.
    pub(super) fn download(self: &Arc<Self>, item_id: String, covered: bool) {
        let known = self.known(&item_id, covered).and_then(|(machine, item)| {
            let steps = item.offer()?.steps.clone();
            Some((machine, item, steps))
        });
        let Some((machine, item, steps)) = known else {
            // The offer went with a check that ended meanwhile; that check's report says so too.
            let notice = Notice::of(self.texts.offer_gone());
            return self.outbox.post(Event::DownloadFailed { item_id, notice });
        };
        let Some(download) = self.downloads.begin(&item_id) else { return };
        let shared = Arc::clone(self);
        self.session.runtime().spawn(async move {
            let refused = shared.refused_early(&machine, &item, &steps).await;
            if let Some(notice) = refused.filter(|_| !download.cancel.is_cancelled()) {
                shared.downloads.end(&item.id, &download);
                return shared.outbox.send(Event::DownloadFailed { item_id: item.id, notice }).await;
            }
            let turn = shared.downloads.turn(&steps);
            let my_turn = tokio::select! {
                my_turn = turn.lock() => Some(my_turn),
                () = download.cancel.cancelled() => None,
            };
            // Stopped while it waited: nothing of the other one's is touched.
            let fetched = match &my_turn {
                Some(_) => shared.fetch(&machine, &item, &download).await,
                None => Err(FetchError::Download { error: download::Error::Cancelled, kept_bytes: 0 }),
            };
            shared.downloads.end(&item.id, &download);
            let discard = my_turn.is_some() && download.discard.load(Ordering::Relaxed);
            if discard && fetched.as_ref().is_err_and(FetchError::is_cancelled) {
                shared.discard(&item.id, &steps);
            }
            drop(my_turn);
            shared.end_download(&machine, &item, covered, &download, fetched).await;
        });
    }

    /// Deletes what has arrived, now or as soon as the download has stopped.
    pub(super) fn cancel_download(&self, item_id: &str, covered: bool) {
        if self.downloads.cancel(item_id) {
            return;
        }
        if let Some((_, item)) = self.known(item_id, covered) {
            self.discard(item_id, item.offer().map_or(&[], |offer| &offer.steps));
        }
    }

    /// What stands in the way already, so that nobody waits for a download only to hear it then. What is only to be
    /// known comes with the sheet.
    async fn refused_early(
        self: &Arc<Self>,
        machine: &Machine,
        item: &Item,
        steps: &[Release],
    ) -> Option<Notice> {
        let base_ids = base_ids(item);
        let (shared, machine, subject, steps) =
            (Arc::clone(self), machine.clone(), item.subject, steps.to_vec());
        let looking = tokio::task::spawn_blocking(move || {
            let points = shared.session.look_early(&machine, subject, &steps, &base_ids, &Earlier::default());
            shared.texts.stops_notice(&points, &machine)
        });
        // A look that broke off is no stop: the sheet looks again.
        looking.await.unwrap_or_default()
    }

    async fn fetch(&self, machine: &Machine, item: &Item, download: &Download) -> Result<Update, FetchError> {
        let progress = |progress: FetchProgress| match progress {
            FetchProgress::Downloading(progress) => {
                download.received.store(progress.received, Ordering::Relaxed);
                let transfer = Transfer {
                    received: progress.received,
                    total: progress.total,
                    bytes_per_second: progress.bytes_per_second,
                    seconds_left: progress.seconds_left,
                    with_former: lock(&self.downloads.formers).get(&item.id).map(|release| release.version),
                };
                self.outbox.offer(Event::DownloadProgress { item_id: item.id.clone(), transfer });
            }
            FetchProgress::Waiting(waiting) => {
                download.received.store(waiting.kept_bytes, Ordering::Relaxed);
                let why = self.texts.next_try(&waiting, &self.session.clock.now());
                self.outbox.offer(Event::DownloadWaiting {
                    item_id: item.id.clone(),
                    received: waiting.kept_bytes,
                    total: waiting.total,
                    why,
                });
            }
            FetchProgress::WithFormer(release) => {
                lock(&self.downloads.formers).insert(item.id.clone(), *release);
            }
            FetchProgress::Verifying => {
                self.outbox.offer(Event::Verifying { item_id: item.id.clone() });
            }
        };
        self.session.fetch_update(machine, item, &progress, &download.cancel).await
    }

    async fn end_download(
        &self,
        machine: &Machine,
        item: &Item,
        covered: bool,
        download: &Download,
        fetched: Result<Update, FetchError>,
    ) {
        let item_id = item.id.clone();
        match fetched {
            Ok(fetched) => {
                let facts = self.prepare(machine, item, covered, fetched);
                self.outbox.send(Event::Verified { item_id, proved: facts.proved, size: facts.size }).await;
            }
            // The row is gone from downloads; nothing waits for an answer.
            Err(error) if error.is_cancelled() && download.discard.load(Ordering::Relaxed) => {}
            Err(error) if error.is_cancelled() => {
                let received = download.received.load(Ordering::Relaxed);
                let steps = item.offer().map_or(&[][..], |offer| &offer.steps);
                let files = self.downloads.files(&item_id, steps);
                let total = files.iter().map(|step| step.file.as_ref()?.size).sum();
                self.outbox.send(Event::DownloadPaused { item_id, received, total }).await;
            }
            Err(error) => {
                tracing::warn!(item_id, error = chain(&error), "A download failed");
                let is_refused = error.is_refusal();
                let notice = self.texts.fetch_notice(&error, &self.session.clock.now());
                let event = if is_refused {
                    let notice = self.texts.refused(notice, &error);
                    Event::FileRefused { item_id, notice }
                } else {
                    Event::DownloadFailed { item_id, notice }
                };
                self.outbox.send(event).await;
                if let Some(question) = self.password_wanted(&error, machine) {
                    self.outbox.send(Event::PasswordWanted(question)).await;
                }
            }
        }
    }

    /// The proxy that a download has failed at, if the person may know its password.
    fn password_wanted(&self, error: &FetchError, machine: &Machine) -> Option<ProxyQuestion> {
        let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
        let mut faults = causes.filter_map(|cause| cause.downcast_ref::<Fault>());
        let Some(Fault::ProxyAuthentication { .. }) = faults.next() else { return None };
        let user = self.session.settings.proxy_user.as_ref()?.name().to_owned();
        Some(ProxyQuestion { proxy: self.session.proxy_in_the_way(machine)?.address, user })
    }

    fn discard(&self, item_id: &str, steps: &[Release]) {
        for step in &self.downloads.files(item_id, steps) {
            let Some(file) = &step.file else { continue };
            if let Err(error) = download::discard(&self.session.download_dir(step), &file.name) {
                tracing::warn!(error = chain(&error), "A cancelled download was not deleted");
            }
        }
    }
}
