//! What stands above the list, or in its place, until the first date is known: what subscriptions are, where the
//! dates are to be found, and how they get here.

use egui::{Frame, Margin, Stroke, Ui};
use i18n_embed_fl::fl;

use super::head::{begin, has_platform};
use super::{action, is_free};
use crate::model::SubscriptionsAction;
use crate::view::Scene;
use crate::view::theme::{self, RADIUS_CARD, SPACE_2, SPACE_3, SPACE_4, Type, steps};
use crate::view::widgets::button::{Button, Look};
use crate::view::widgets::text::{Line, label, paragraph};

/// Longer lines are hard to read.
const WIDEST: f32 = steps(190);

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let frame = Frame::NONE
        .fill(colors.surface)
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(RADIUS_CARD)
        .inner_margin(Margin::symmetric(24, 20));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        label(ui, &Line::of(fl!(loader, "subs-empty-title"), Type::Heading, colors.text));
        ui.add_space(SPACE_2);
        ui.scope(|ui| {
            ui.set_max_width(WIDEST);
            paragraph(ui, fl!(loader, "subs-empty-what"), Type::Body, colors.text);
            ui.add_space(SPACE_2);
            paragraph(ui, fl!(loader, "subs-empty-where"), Type::Body, colors.muted);
            if has_platform(scene) {
                paragraph(ui, fl!(loader, "subs-empty-manager"), Type::Body, colors.muted);
            }
        });
        if is_free(scene) || has_platform(scene) {
            ui.add_space(SPACE_4);
        }
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = SPACE_3;
            if is_free(scene) {
                begin(ui, scene);
            }
            if has_platform(scene) {
                let text = fl!(loader, "subs-open-manager");
                if Button::new(&text).look(Look::Ghost).show(ui).clicked() {
                    scene.send(action(SubscriptionsAction::OpenLicenceManager));
                }
            }
        });
    });
}
