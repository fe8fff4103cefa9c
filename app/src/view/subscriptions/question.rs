//! Whether something is really wanted: a record to go, a device not to count, or to count again.

use egui::Ui;
use i18n_embed_fl::fl;
use smarts_core::subscription::Record;

use super::{action, is_asked, is_free, outcome};
use crate::model::schedule::Saving;
use crate::model::subscriptions::Question;
use crate::model::{Action, SubscriptionsAction};
use crate::view::Scene;
use crate::view::modal::{buttons, modal, offer_focus};
use crate::view::theme::{self, SPACE_1_HALF, Type, steps};
use crate::view::widgets::button::{Button, Look};
use crate::view::widgets::text::paragraph;

const WIDTH: f32 = steps(120);

pub(super) fn show(
    ui: &mut Ui,
    scene: &Scene<'_>,
    question: &Question,
    record: Option<&Record>,
    saving: &Saving,
) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let (title, text, yes) = match question {
        Question::Remove(_) => {
            let Some(record) = record else { return scene.send(Action::CloseDialog) };
            let (what, date) = (scene.texts.record_name(record), scene.texts.until(record.until));
            let text = fl!(loader, "subs-remove-text", what = what, date = date);
            (fl!(loader, "subs-remove-title"), text, fl!(loader, "subs-remove-yes"))
        }
        Question::WriteOff { device } => (
            fl!(loader, "subs-write-off-title", device = device.as_str()),
            fl!(loader, "subs-write-off-text"),
            fl!(loader, "subs-write-off-yes"),
        ),
        Question::CountAgain { device } => (
            fl!(loader, "subs-count-again-title", device = device.as_str()),
            fl!(loader, "subs-count-again-text"),
            fl!(loader, "subs-count-again-yes"),
        ),
    };
    modal(ui, scene, "subscription question", &title, WIDTH, Action::CloseDialog, |ui| {
        ui.add_space(SPACE_1_HALF);
        paragraph(ui, text, Type::Body, colors.text);
        outcome(ui, scene, saving);
        let running = *saving == Saving::Running;
        let text = match (running, is_asked(scene)) {
            (true, _) => fl!(loader, "subs-saving"),
            (false, true) => format!("{yes}…"),
            (false, false) => yes,
        };
        let dead = running || scene.model.subscription_page.is_saving() || !is_free(scene);
        let cancel = fl!(loader, "sheet-cancel");
        let drawn =
            [Button::new(&cancel).look(Look::Ghost), Button::new(&text).look(Look::Primary).dead(dead)];
        let [cancel, confirm] = buttons(ui, "subscription question", None, drawn);
        offer_focus(ui, &cancel);
        if cancel.clicked() {
            scene.send(Action::CloseDialog);
        }
        if confirm.clicked() {
            scene.send(action(SubscriptionsAction::Confirm));
        }
    });
}
