//! The window of the demo's own installer: says what it is, asks, and installs or not.

use std::process::ExitCode;

use eframe::egui::{Context, Ui, ViewportCommand};
use i18n_embed_fl::fl;

use super::installer::{self, CANCELLED, Request};
use crate::error::chain;
use crate::i18n::Texts;
use crate::view::demo_installer::{self, Answer};
use crate::window::open::{Window, open};
use crate::window::order::Renderer;
use crate::window::start::Starts;
use crate::{view, window};

/// Asks in a window; the exit status is the answer's. Closing the window is a "no".
pub(crate) fn run(request: Request, texts: Texts, order: &[Renderer]) -> ExitCode {
    let title = fl!(texts.loader, "demo-install-title", version = request.version.as_str());
    if !window::has_screen() {
        return window::complain(&title, &fl!(texts.loader, "no-display"));
    }
    let mut question = Question { request, texts, title: title.clone(), status: CANCELLED, failure: None };
    let place = Window { title: &title, size: [560.0, 240.0], place_path: None, zoom: 1.0 };
    let attach = |ctx: &Context| view::theme::install(ctx);
    match open(&place, order, &mut Starts::unrecorded(), &attach, &mut question) {
        Ok(()) => ExitCode::from(question.status),
        Err(error) => window::complain(&title, &chain(&error)),
    }
}

struct Question {
    request: Request,
    texts: Texts,
    title: String,
    status: u8,
    failure: Option<String>,
}

impl Question {
    fn install(&mut self, ui: &Ui) {
        match installer::install(&self.request) {
            Ok(()) => {
                self.status = 0;
                ui.ctx().send_viewport_cmd(ViewportCommand::Close);
            }
            Err(error) => {
                self.status = 1;
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
