//! The question before a copy that makes older ones too many.

use egui::{Id, Ui};
use i18n_embed_fl::fl;

use super::{WIDTH, send, words};
use crate::model::going_back::{CopyQuestion, GoingBackPage, Listed};
use crate::model::{Action, GoingBackAction};
use crate::view::Scene;
use crate::view::modal::{buttons, middle_height, modal, offer_focus, scrolling};
use crate::view::subscriptions::is_asked;
use crate::view::theme::{self, SPACE_1_HALF, SPACE_2, SPACE_3, Type, steps};
use crate::view::widgets::button::{Button, Look};
use crate::view::widgets::marks::tick_box;
use crate::view::widgets::text::{Line, paragraph};

/// Before a copy that makes older ones too many: they are named, and deleted only if that is wanted.
pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, page: &GoingBackPage, question: CopyQuestion) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    let Some(Ok(Listed { next: Ok(next), dir, .. })) = &page.listed else { return };
    let title = fl!(loader, "going-back-question", name = page.name.as_str());
    let back = Action::GoingBack(GoingBackAction::DeclineCopy);
    modal(ui, scene, "copy question", &title, WIDTH, back.clone(), |ui| {
        ui.add_space(SPACE_1_HALF);
        let (size, folder) = (scene.texts.size(next.size_bytes), dir.display().to_string());
        let text = fl!(loader, "going-back-question-text", size = size, folder = folder);
        paragraph(ui, text, Type::Body, colors.text);
        ui.add_space(SPACE_3);
        let count = next.too_many.len();
        paragraph(ui, fl!(loader, "going-back-too-many", count = count), Type::Body, colors.text);
        let height = middle_height(ui, steps(70));
        scrolling(ui, "too many", height, |ui| {
            for old in &next.too_many {
                let told = scene.texts.old_copy(old, &scene.model.now);
                paragraph(ui, format!("• {told}"), Type::Small, colors.muted);
            }
        });
        ui.add_space(SPACE_2);
        let text = fl!(loader, "going-back-delete");
        let line = Line::of(&text, Type::Body, colors.text).rows(3);
        if let Some(delete) = tick_box(ui, Id::unique("delete copies"), question.delete, &line, &text) {
            send(scene, GoingBackAction::Delete(delete));
        }
        let confirm = if is_asked(scene) {
            fl!(loader, "going-back-question-confirm-asked")
        } else {
            fl!(loader, "going-back-question-confirm")
        };
        let decline = fl!(loader, "going-back-question-back");
        let why = scene.model.copy_obstacle(&page.base_id).map(|obstacle| words(scene, obstacle));
        let drawn = [
            Button::new(&decline).look(Look::Ghost),
            Button::new(&confirm).look(Look::Primary).dead(why.is_some()),
        ];
        let [decline, confirm] = buttons(ui, "copy question", why.as_deref(), drawn);
        offer_focus(ui, &decline);
        if decline.clicked() {
            scene.send(back);
        }
        if confirm.clicked() {
            send(scene, GoingBackAction::ConfirmCopy);
        }
    });
}
