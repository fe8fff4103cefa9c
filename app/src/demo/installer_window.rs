//! The window of the demo's own installer: says what it is, asks, and installs or not.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use eframe::egui::{self, Ui, ViewportCommand};
use i18n_embed_fl::fl;

use super::installer::{self, CANCELLED, Request};
use crate::error::chain;
use crate::i18n::Texts;
use crate::view;
use crate::window;

/// Asks in a window; the exit status is the answer's. Closing the window is a "no".
pub(crate) fn run(request: Request, texts: Texts) -> ExitCode {
    if !window::has_screen() {
        return window::complain(&fl!(texts.loader, "no-display"));
    }
    let title = fl!(texts.loader, "demo-install-title", version = request.version.as_str());
    let options = window::native_options(&title, [520.0, 220.0], None);
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
        egui::Frame::new().inner_margin(24.0).show(ui, |ui| {
            ui.heading(&self.title);
            ui.add_space(12.0);
            let folder = self.request.machine_root.display().to_string();
            ui.label(fl!(self.texts.loader, "demo-install-text", folder = folder));
            if let Some(failure) = &self.failure {
                ui.add_space(8.0);
                ui.label(failure);
            }
            ui.add_space(20.0);
            ui.horizontal(|ui| {
                let yes = ui.button(fl!(self.texts.loader, "demo-install-yes"));
                let no = ui.button(fl!(self.texts.loader, "sheet-cancel"));
                if yes.clicked() {
                    self.install(ui);
                }
                if no.clicked() {
                    ui.ctx().send_viewport_cmd(ViewportCommand::Close);
                }
            });
        });
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}
