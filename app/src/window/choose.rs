//! The system's own dialog for choosing a folder, on a thread of its own: the window goes on being drawn.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use eframe::Frame;
use egui::Context;

/// Opens it above the window. Whatever the person chooses, or that they chose nothing, is received; the window
/// is woken for it. `None` where it could not be opened at all.
pub(crate) fn folder(frame: &Frame, ctx: &Context, title: String) -> Option<Receiver<Option<PathBuf>>> {
    let (sender, chosen) = mpsc::sync_channel(1);
    let dialog = rfd::FileDialog::new().set_title(title).set_parent(frame);
    let ctx = ctx.clone();
    let asking = move || {
        // A window that is gone meanwhile needs no answer.
        let _ = sender.send(dialog.pick_folder());
        ctx.request_repaint();
    };
    match thread::Builder::new().name("choose-folder".to_owned()).spawn(asking) {
        Ok(_) => Some(chosen),
        Err(error) => {
            tracing::error!(%error, "Failed to start a thread");
            None
        }
    }
}
