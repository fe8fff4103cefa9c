//! The window of the demo's installer: what it is, and the question.

use egui::{Align, CentralPanel, Frame, Layout, Ui};
use i18n_embed_fl::fl;

use super::theme::{self, SPACE_2, SPACE_6, Type};
use super::widgets::button::{Button, Look};
use super::widgets::text::paragraph;
use crate::i18n::Texts;

/// What the person answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Install.
    Yes,
    /// Do not.
    No,
}

/// Draws the question; `failure` says why an earlier "yes" came to nothing.
pub(crate) fn question(
    ui: &mut Ui,
    texts: &Texts,
    title: &str,
    folder: &str,
    failure: Option<&str>,
) -> Option<Answer> {
    let colors = theme::palette(ui);
    let loader = &texts.loader;
    let mut answer = None;
    CentralPanel::default().frame(Frame::new().fill(colors.surface).inner_margin(SPACE_6)).show(ui, |ui| {
        paragraph(ui, title, Type::Title, colors.text);
        ui.add_space(SPACE_2);
        paragraph(ui, fl!(loader, "demo-install-text", folder = folder), Type::Body, colors.muted);
        if let Some(failure) = failure {
            ui.add_space(SPACE_2);
            paragraph(ui, failure, Type::Body, colors.err);
        }
        ui.with_layout(Layout::right_to_left(Align::Max), |ui| {
            if Button::new(&fl!(loader, "demo-install-yes")).look(Look::VioletFilled).show(ui).clicked() {
                answer = Some(Answer::Yes);
            }
            ui.add_space(SPACE_2);
            if Button::new(&fl!(loader, "sheet-cancel")).look(Look::Ghost).show(ui).clicked() {
                answer = Some(Answer::No);
            }
        });
    });
    answer
}
