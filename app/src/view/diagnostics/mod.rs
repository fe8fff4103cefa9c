//! «Диагностика»: what the program finds on this PC, group by group, as it comes; each finding with its state in a word
//! and what to do about it. All of it, or one, can be copied, and a report for support be written.
//!
//! Deliberately not here: looking at anything.

mod head;
mod row;

use egui::{Frame, Id, Margin, Role, ScrollArea, Stroke, Ui, UiBuilder};
use i18n_embed_fl::fl;

use super::Scene;
use super::theme::{self, RADIUS_CARD, SPACE_1, SPACE_2, SPACE_4, SPACE_6, Type};
use super::widgets::spoken;
use super::widgets::text::{Line, label};
use crate::diagnose::Group;
use crate::model::Action;
use crate::model::diagnostics::{DiagnosticsAction, Row};

fn action(action: DiagnosticsAction) -> Action {
    Action::Diagnostics(action)
}

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    head::show(ui, scene);
    let rows = &scene.model.diagnostics.rows;
    let width = ui.available_width();
    // The bar stands in the page's margin, beside the cards.
    let place = ui.available_rect_before_wrap();
    let place = place.with_max_x(place.right() + SPACE_4);
    let mut beside = ui.new_child(UiBuilder::new().scope_id(Id::unique("findings")).max_rect(place));
    let area = ScrollArea::vertical().id_salt("diagnostics").auto_shrink([false, false]);
    area.show(&mut beside, |ui| {
        ui.set_max_width(width);
        ui.spacing_mut().item_spacing.y = 0.0;
        for group in rows.chunk_by(|one, other| one.slot.group == other.slot.group) {
            if let Some(first) = group.first() {
                card(ui, scene, first.slot.group, group);
            }
        }
    });
}

fn card(ui: &mut Ui, scene: &Scene<'_>, group: Group, rows: &[Row]) {
    let colors = theme::palette(ui);
    let title = scene.texts.diagnosis_group(group);
    label(ui, &Line::of(&title, Type::Heading, colors.text));
    ui.add_space(SPACE_2);
    let frame = Frame::NONE
        .fill(colors.surface)
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(RADIUS_CARD)
        .inner_margin(Margin::symmetric(SPACE_4 as i8, SPACE_1 as i8));
    let builder = UiBuilder::new()
        .scope_id(Id::unique(("findings", title.as_str())))
        .accessibility_role(Role::List)
        .accessibility_label(title);
    ui.scope_builder(builder, |ui| {
        frame.show(ui, |ui| {
            for (place, row) in rows.iter().enumerate() {
                if place > 0 {
                    let at = ui.cursor().top();
                    ui.painter().hline(ui.max_rect().x_range(), at, Stroke::new(1.0, colors.line));
                }
                row::show(ui, scene, row);
            }
        });
        spoken::place(ui, ui.min_rect());
    });
    ui.add_space(SPACE_6);
}

/// What stands above the findings; they are about the settings that this program began with.
fn hint(scene: &Scene<'_>) -> String {
    if scene.model.settings_page.needs_restart {
        return fl!(scene.loader(), "diagnostics-hint-restart");
    }
    fl!(scene.loader(), "diagnostics-hint")
}
