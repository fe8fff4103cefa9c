//! What is to be said above the table: what could not be read, and what has just been done.

use egui::{Frame, Margin, Role, Stroke, Ui, UiBuilder};
use i18n_embed_fl::fl;

use super::action;
use crate::i18n::sentence;
use crate::model::HistoryAction;
use crate::model::history::{HistoryTold, NoteTone, Reading};
use crate::view::Scene;
use crate::view::theme::{self, RADIUS_CARD, SPACE_1_HALF, SPACE_3, Type};
use crate::view::widgets::button::Button;
use crate::view::widgets::text::{Line, label, paragraph};

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let page = &scene.model.history_page;
    if let Reading::Failed(why) = &page.reading {
        failure(ui, scene, why);
    }
    let colors = theme::palette(ui);
    for note in &page.notes {
        let color = match note.tone {
            NoteTone::Quiet => colors.muted,
            NoteTone::Warning => colors.amber,
            NoteTone::Failure => colors.err,
        };
        paragraph(ui, &note.text, Type::Body, color);
    }
    told(ui, scene);
    if !page.notes.is_empty() || page.told.is_some() {
        ui.add_space(SPACE_1_HALF);
    }
}

/// In the place of the table: there is none without a reason.
fn failure(ui: &mut Ui, scene: &Scene<'_>, why: &str) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let frame = Frame::NONE
        .fill(colors.surface)
        .stroke(Stroke::new(1.0, colors.err))
        .corner_radius(RADIUS_CARD)
        .inner_margin(Margin::symmetric(20, 16));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        label(ui, &Line::of(fl!(loader, "history-failed-title"), Type::Heading, colors.text));
        ui.add_space(SPACE_1_HALF);
        paragraph(ui, sentence(why), Type::Body, colors.err);
        ui.add_space(SPACE_3);
        ui.horizontal(|ui| {
            if Button::new(&fl!(loader, "history-again")).show(ui).clicked() {
                scene.send(action(HistoryAction::Refresh));
            }
        });
    });
    ui.add_space(SPACE_3);
}

fn told(ui: &mut Ui, scene: &Scene<'_>) {
    let Some(told) = &scene.model.history_page.told else { return };
    let colors = theme::palette(ui);
    let HistoryTold::Failed(why) = told;
    let text = sentence(why);
    let builder = UiBuilder::new().accessibility_role(Role::Status).accessibility_label(text.clone());
    ui.scope_builder(builder, |ui| {
        label(ui, &Line::of(text, Type::Body, colors.err).rows(3));
    });
}
