//! The way of events to the window.

use tokio::sync::mpsc::Sender;
use tokio::sync::mpsc::error::TrySendError;

use crate::model::Event;

/// Sends events and wakes the window.
pub(super) struct Outbox {
    events: Sender<Event>,
    wake: Box<dyn Fn() + Send + Sync>,
}

impl Outbox {
    pub(super) fn new(events: Sender<Event>, wake: Box<dyn Fn() + Send + Sync>) -> Self {
        Self { events, wake }
    }

    /// From a thread that may wait for room.
    pub(super) fn post(&self, event: Event) {
        if self.events.blocking_send(event).is_ok() {
            (self.wake)();
        }
    }

    /// From a task.
    pub(super) async fn send(&self, event: Event) {
        if self.events.send(event).await.is_ok() {
            (self.wake)();
        }
    }

    /// Progress, which the next progress makes good if there is no room for this one.
    pub(super) fn offer(&self, event: Event) {
        match self.events.try_send(event) {
            Ok(()) => (self.wake)(),
            Err(TrySendError::Full(_) | TrySendError::Closed(_)) => {}
        }
    }
}
