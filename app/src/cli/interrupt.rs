//! Ctrl+C: at once while nothing is being changed, and at the next safe point while a base is.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio_util::sync::CancellationToken;

use super::Status;
use crate::session::Session;

/// Listens until the program ends.
pub(super) struct Interrupt {
    /// Cancelled when the person interrupts a change.
    pub(super) cancel: CancellationToken,
    changing: Arc<AtomicBool>,
}

impl Interrupt {
    pub(super) fn listen(session: &Session) -> Self {
        let cancel = CancellationToken::new();
        let changing = Arc::new(AtomicBool::new(false));
        let (cancelled, change_under_way) = (cancel.clone(), Arc::clone(&changing));
        session.runtime().spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                if change_under_way.load(Ordering::Relaxed) {
                    cancelled.cancel();
                } else {
                    // A download keeps what has arrived, and its lock goes with this process.
                    std::process::exit(Status::Cancelled as i32);
                }
            }
        });
        Self { cancel, changing }
    }

    /// Runs what must not be torn off.
    pub(super) fn guard<T>(&self, change: impl FnOnce(&CancellationToken) -> T) -> T {
        self.changing.store(true, Ordering::Relaxed);
        let result = change(&self.cancel);
        self.changing.store(false, Ordering::Relaxed);
        result
    }
}
