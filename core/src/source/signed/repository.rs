//! The way metadata comes: the transport that `sigstore-tuf` asks.
//!
//! Only status 404, or a file that is not in its folder, is "there is none": that ends the chain of roots. Every
//! other answer is a fault and fails the check, for one who can make the server refuse must not be able to hold
//! a PC at an old root. Delegated roles that are kept and are the very ones the snapshot pins are not fetched
//! again; `sigstore-tuf` verifies them like fetched ones.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use sigstore_tuf::transport::FetchFuture;
use sigstore_tuf::{Error, Repository};

use super::store::Store;
use crate::source::{Fault, Source};

/// The metadata of a source.
pub(super) struct Transport {
    metadata: Arc<Source>,
    store: Arc<Store>,
    told: Arc<Told>,
}

/// What the transport tells beside the library's errors, which hold texts alone.
#[derive(Debug, Default)]
pub(super) struct Told {
    fault: Mutex<Option<Fault>>,
    from_store: AtomicBool,
    ask_anew: AtomicBool,
}

impl Told {
    /// Why the last question failed, if it did.
    pub(super) fn take_fault(&self) -> Option<Fault> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Whether something was answered from what is kept.
    pub(super) fn was_from_store(&self) -> bool {
        self.from_store.load(Ordering::Relaxed)
    }

    /// From now on nothing is.
    pub(super) fn ask_anew(&self) {
        self.ask_anew.store(true, Ordering::Relaxed);
    }

    fn set_fault(&self, fault: Fault) {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(fault);
    }
}

impl Transport {
    pub(super) fn new(metadata: Arc<Source>, store: Arc<Store>, told: Arc<Told>) -> Self {
        Self { metadata, store, told }
    }

    async fn kept(&self, name: &str) -> Option<Vec<u8>> {
        if self.told.ask_anew.load(Ordering::Relaxed) {
            return None;
        }
        let (store, name) = (Arc::clone(&self.store), name.to_owned());
        let bytes = tokio::task::spawn_blocking(move || store.pinned_role(&name)).await.ok().flatten()?;
        self.told.from_store.store(true, Ordering::Relaxed);
        Some(bytes)
    }
}

impl Repository for Transport {
    fn fetch_metadata<'a>(&'a self, name: &'a str, max_length: u64) -> FetchFuture<'a> {
        Box::pin(async move {
            if let Some(bytes) = self.kept(name).await {
                return Ok(Some(bytes));
            }
            let answer = self.metadata.metadata(name, max_length).await;
            // Without this one file there is nothing signed at all.
            if matches!(answer, Ok(None)) && name == "timestamp.json" {
                self.told.set_fault(Fault::Unsigned);
            }
            answer.map_err(|fault| {
                let message = fault.to_string();
                self.told.set_fault(fault);
                Error::transport(message)
            })
        })
    }

    /// Files of the tree do not come this way.
    fn fetch_target<'a>(&'a self, path: &'a str, _max_length: u64) -> FetchFuture<'a> {
        Box::pin(async move { Err(Error::transport(format!("not fetched this way: {path}"))) })
    }
}
