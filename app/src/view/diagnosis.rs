//! «Диагностика»: what the program finds on this PC, to be looked through or handed to whoever helps.

use egui::Ui;
use i18n_embed_fl::fl;

use super::Scene;
use super::modal::{buttons, middle_height, modal, offer_focus, scrolling};
use super::theme::{self, Type};
use super::widgets::button::{Button, Look};
use super::widgets::text::{Line as Words, label, paragraph};
use crate::diagnose::{self, Line, State};
use crate::i18n::sentence;
use crate::model::{Action, is_web_address};

const WIDTH: f32 = 640.0;

/// `lines`: `None` while they are being found.
pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, lines: Option<&[Line]>) {
    let loader = scene.loader();
    modal(ui, scene, "diagnosis", &fl!(loader, "diagnosis-title"), WIDTH, Action::CloseDialog, |ui| {
        ui.add_space(6.0);
        let height = middle_height(ui, 120.0);
        scrolling(ui, "diagnosis", height, |ui| findings(ui, scene, lines));
        buttons(ui, "diagnosis", |ui| {
            let close = Button::new(&fl!(loader, "close")).show(ui);
            offer_focus(ui, &close);
            if close.clicked() {
                scene.send(Action::CloseDialog);
            }
            if Button::new(&fl!(loader, "diagnosis-open-log")).look(Look::Ghost).show(ui).clicked() {
                scene.send(Action::OpenLogFolder);
            }
            let lines = lines.unwrap_or_default();
            let text = fl!(loader, "failure-copy");
            let copy = Button::new(&text).look(Look::Ghost).dead(lines.is_empty());
            if copy.show(ui).clicked() {
                let texts = lines.iter().map(|line| diagnose::told(line, scene.texts));
                ui.ctx().copy_text(texts.collect());
            }
        });
    });
}

fn findings(ui: &mut Ui, scene: &Scene<'_>, lines: Option<&[Line]>) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let Some(lines) = lines else {
        paragraph(ui, fl!(loader, "diagnosis-looking"), Type::Body, colors.muted);
        return;
    };
    if lines.is_empty() {
        paragraph(ui, sentence(&scene.texts.internal_error()), Type::Body, colors.err);
    }
    for line in lines {
        let (mark, color) = match line.state {
            State::Ok => (None, colors.text),
            State::Attention => (Some(fl!(loader, "diagnosis-attention")), colors.amber),
            State::Unknown => (None, colors.muted),
        };
        ui.add_space(8.0);
        // An address is written as it is.
        let text = if is_web_address(&line.text) { line.text.clone() } else { sentence(&line.text) };
        let words = match mark {
            Some(mark) => Words::of(mark, Type::Strong, color).and(format!(" {text}"), Type::Body, color),
            None => Words::of(text, Type::Body, color),
        };
        label(ui, &words.rows(usize::MAX));
        if !line.detail.is_empty() {
            paragraph(ui, &line.detail, Type::Small, colors.muted);
        }
    }
}
