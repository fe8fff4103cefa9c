//! Waking the window from other threads, also while it is being opened anew with another renderer.

use std::sync::{Mutex, PoisonError};

use eframe::egui::Context;

/// Wakes the window that is open now, if one is.
#[derive(Default)]
pub(super) struct Waker(Mutex<Option<Context>>);

impl Waker {
    /// The window that is to be woken from now on.
    pub(super) fn set(&self, ctx: &Context) {
        // The lock is not held while the window is asked for a picture: that takes locks of its own.
        let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *place = Some(ctx.clone());
    }

    /// Asks for one more picture.
    pub(super) fn wake(&self) {
        let ctx = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(ctx) = ctx {
            ctx.request_repaint();
        }
    }
}
