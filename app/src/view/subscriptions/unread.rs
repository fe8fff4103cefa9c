//! What stands above the list, or in its place, while the kept list is not used: why, where it is, and what to do.

use egui::{Frame, Margin, Stroke, Ui};
use i18n_embed_fl::fl;

use super::{action, is_free};
use crate::i18n::sentence;
use crate::model::subscriptions::{ImportAction, UnreadList};
use crate::model::{Action, SubscriptionsAction};
use crate::view::Scene;
use crate::view::theme::{self, RADIUS_CARD, SPACE_2, SPACE_3, SPACE_4, Type};
use crate::view::widgets::button::{Button, Look};
use crate::view::widgets::text::{Line, label, paragraph};

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, unread: &UnreadList) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let frame = Frame::NONE
        .fill(colors.surface)
        .stroke(Stroke::new(1.0, colors.amber))
        .corner_radius(RADIUS_CARD)
        .inner_margin(Margin::symmetric(24, 20));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        label(ui, &Line::of(fl!(loader, "subs-unread-title"), Type::Heading, colors.text));
        ui.add_space(SPACE_2);
        paragraph(ui, sentence(&unread.why), Type::Body, colors.amber);
        let path = unread.path.display().to_string();
        paragraph(ui, fl!(loader, "subs-unread-where", path = path), Type::Body, colors.text);
        ui.add_space(SPACE_2);
        paragraph(ui, fl!(loader, "subs-unread-what"), Type::Body, colors.text);
        let cure = match &unread.former_path {
            Some(path) => fl!(loader, "subs-unread-import", path = path.display().to_string()),
            None => fl!(loader, "subs-unread-mend"),
        };
        paragraph(ui, cure, Type::Body, colors.muted);
        ui.add_space(SPACE_4);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = SPACE_3;
            let import = fl!(loader, "subs-import");
            if unread.former_path.is_some()
                && is_free(scene)
                && Button::new(&import).look(Look::Primary).show(ui).clicked()
            {
                scene.send(action(SubscriptionsAction::Import(ImportAction::Choose)));
            }
            let look = Button::new(&fl!(loader, "subs-show-file")).look(Look::Ghost).show(ui);
            if let Some(folder) = unread.path.parent()
                && look.clicked()
            {
                scene.send(Action::OpenFolder(folder.to_path_buf()));
            }
        });
    });
}
