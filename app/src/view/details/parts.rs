//! The parts of the details, one below the other.

use egui::{Ui, vec2};
use i18n_embed_fl::fl;

use super::about::{About, Covered, Link, Part};
use super::timeline;
use crate::view::Scene;
use crate::view::theme::{self, SPACE_1, SPACE_3, SPACE_5, SPACE_6, SPACE_HALF, Type};
use crate::view::widgets::button::link;
use crate::view::widgets::marks::chip;
use crate::view::widgets::text::{Line, label, paragraph};

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, about: &About) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    for line in &about.first {
        label(ui, line);
        ui.add_space(SPACE_HALF);
    }
    if !about.marks.is_empty() {
        title(ui, &fl!(loader, "details-versions"));
        timeline::show(ui, colors, &about.marks);
    }
    if let Some(Covered { text, tone, words }) = &about.coverage {
        title(ui, &fl!(loader, "details-subscription"));
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), SPACE_6));
        chip(ui, rect, text, *tone);
        if let Some(words) = words {
            ui.add_space(SPACE_1);
            paragraph(ui, words, Type::Small, colors.text);
        }
    }
    for part in &about.parts {
        show_part(ui, scene, part, &about.name);
    }
}

fn title(ui: &mut Ui, text: &str) {
    let colors = theme::palette(ui);
    ui.add_space(SPACE_5);
    label(ui, &Line::of(text, Type::Strong, colors.text));
    ui.add_space(SPACE_1);
}

fn show_part(ui: &mut Ui, scene: &Scene<'_>, part: &Part, of: &str) {
    title(ui, &part.title);
    for line in &part.lines {
        label(ui, line);
        ui.add_space(SPACE_HALF);
    }
    for one in &part.links {
        way(ui, scene, one, of);
    }
    if part.more > 0 {
        let more = fl!(scene.loader(), "details-more", count = part.more);
        label(ui, &Line::of(more, Type::Small, theme::palette(ui).muted));
    }
}

/// A link, and beside it where it leads.
fn way(ui: &mut Ui, scene: &Scene<'_>, one: &Link, of: &str) {
    let colors = theme::palette(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = SPACE_3;
        let name = format!("{}: {of}", one.text);
        let response = link(ui, &one.text, &name);
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        if response.clicked() {
            scene.send(one.action.clone());
        }
        if let Some(address) = &one.address {
            label(ui, &Line::of(address, Type::Small, colors.muted));
        }
    });
    ui.add_space(SPACE_HALF);
}
