//! The window of the demo's own installer: says what it is, asks, and installs or not.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use eframe::egui::{Ui, ViewportCommand};
use i18n_embed_fl::fl;

use super::installer::{self, CANCELLED, Request};
use crate::error::chain;
use crate::i18n::Texts;
use crate::view::demo_installer::{self, Answer};
use crate::{view, window};

/// Asks in a window; the exit status is the answer's. Closing the window is a "no".
pub(crate) fn run(request: Request, texts: Texts) -> ExitCode {
    if !window::has_screen() {
        return window::complain(&fl!(texts.loader, "no-display"));
    }
    let title = fl!(texts.loader, "demo-install-title", version = request.version.as_str());
    let options = window::native_options(&title, [560.0, 240.0], None);
    let status = Arc::new(AtomicU8::new(CANCELLED));
    let asked = Question { request, texts, title, status: Arc::clone(&status), failure: None };
    let creator: eframe::AppCreator<'_> = Box::new(move |creation| {
        view::theme::install(&creation.egui_ctx);
        Ok(Box::new(asked))
    });
    match eframe::run_native("mobile-smarts-demo-installer", options, creator) {
        Ok(()) => ExitCode::from(status.load(Ordering::Relaxed)),
        Err(error) => window::complain(&chain(&error)),
    }
}

struct Question {
    request: Request,
    texts: Texts,
    title: String,
    status: Arc<AtomicU8>,
    failure: Option<String>,
}

impl Question {
    fn install(&mut self, ui: &Ui) {
        match installer::install(&self.request) {
            Ok(()) => {
                self.status.store(0, Ordering::Relaxed);
                ui.ctx().send_viewport_cmd(ViewportCommand::Close);
            }
            Err(error) => {
                self.status.store(1, Ordering::Relaxed);
                self.failure = Some(chain(&error));
            }
        }
    }
}

impl eframe::App for Question {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let folder = self.request.machine_root.display().to_string();
        let failure = self.failure.as_deref();
        match demo_installer::question(ui, &self.texts, &self.title, &folder, failure) {
            Some(Answer::Yes) => self.install(ui),
            Some(Answer::No) => ui.ctx().send_viewport_cmd(ViewportCommand::Close),
            None => {}
        }
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}
