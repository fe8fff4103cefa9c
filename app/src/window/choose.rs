//! The system's own dialogs for choosing a folder or a file, on a thread of their own: the window goes on being drawn.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use eframe::Frame;
use egui::Context;
use rfd::FileDialog;

/// What is to be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// A folder that is there.
    Folder,
    /// A file that is there.
    File {
        /// What such files are called.
        kind: String,
        /// Their extensions.
        extensions: &'static [&'static str],
    },
    /// Where a file is to be written.
    NewFile {
        /// What such files are called.
        kind: String,
        /// Their extension.
        extension: &'static str,
        /// What it is called unless the person says otherwise.
        name: String,
    },
}

/// Opens it above the window. Whatever the person chooses, or that they chose nothing, is received; the window
/// is woken for it. `None` where it could not be opened at all.
pub(crate) fn choose(
    frame: &Frame,
    ctx: &Context,
    title: String,
    wanted: Wanted,
) -> Option<Receiver<Option<PathBuf>>> {
    let (sender, chosen) = mpsc::sync_channel(1);
    let dialog = FileDialog::new().set_title(title).set_parent(frame);
    let ctx = ctx.clone();
    let asking = move || {
        let path = match wanted {
            Wanted::Folder => dialog.pick_folder(),
            Wanted::File { kind, extensions } => dialog.add_filter(kind, extensions).pick_file(),
            Wanted::NewFile { kind, extension, name } => {
                dialog.add_filter(kind, &[extension]).set_file_name(name).save_file()
            }
        };
        // A window that is gone meanwhile needs no answer.
        let _ = sender.send(path);
        ctx.request_repaint();
    };
    match thread::Builder::new().name("choose".to_owned()).spawn(asking) {
        Ok(_) => Some(chosen),
        Err(error) => {
            tracing::error!(%error, "Failed to start a thread");
            None
        }
    }
}
