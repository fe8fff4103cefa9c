//! The tab «Подписки»: until when each device may receive releases, by device and by base, and what opens there.

mod columns;
mod edit;
mod groups;
mod head;
mod import;
mod intro;
mod invoice;
mod licences;
mod lines;
mod preview;
mod question;
mod rows;
mod unread;

use egui::Ui;
use i18n_embed_fl::fl;

use super::Scene;
use super::theme::{self, SPACE_3, SPACE_4, Type};
use crate::model::schedule::{Access, Saving};
use crate::model::subscriptions::SubscriptionDialog;
use crate::model::{Action, SubscriptionsAction};

pub(super) use head::search_id;

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    head::show(ui, scene);
    let unread = &scene.model.subscription_page.unread;
    if unread.is_some() || is_new(scene) {
        match unread {
            Some(unread) => unread::show(ui, scene, unread),
            None => intro::show(ui, scene),
        }
        // With nothing to list, that says it all.
        if scene.model.subscription_page.overview.lines.is_empty() {
            return;
        }
        ui.add_space(SPACE_4);
    }
    head::tools(ui, scene);
    ui.add_space(2.0);
    rows::show(ui, scene);
}

pub(super) fn dialog(ui: &mut Ui, scene: &Scene<'_>, dialog: &SubscriptionDialog) {
    match dialog {
        SubscriptionDialog::Edit(page) => edit::show(ui, scene, page),
        SubscriptionDialog::Import(page) => import::show(ui, scene, page),
        SubscriptionDialog::Question { question, record, saving } => {
            question::show(ui, scene, question, record.as_ref(), saving);
        }
    }
}

/// Whether nothing was ever entered here.
fn is_new(scene: &Scene<'_>) -> bool {
    let known = &scene.model.subscriptions;
    let is_read = scene.model.subscription_page.unread.is_none();
    scene.model.loaded && is_read && known.records.is_empty() && known.written_off.is_empty()
}

/// Whether this person may change anything.
pub(super) fn is_free(scene: &Scene<'_>) -> bool {
    scene.model.subscription_page.access != Access::Locked
}

pub(super) fn is_asked(scene: &Scene<'_>) -> bool {
    scene.model.subscription_page.access == Access::Asked
}

/// What became of saving, above the buttons of a dialog.
fn outcome(ui: &mut Ui, scene: &Scene<'_>, saving: &Saving) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let (text, color) = match saving {
        Saving::Failed(why) => (why.clone(), colors.err),
        Saving::Running if is_asked(scene) => (fl!(loader, "life-permission-hint"), colors.muted),
        Saving::Idle if !is_free(scene) => (fl!(loader, "subs-locked"), colors.muted),
        Saving::Idle if is_asked(scene) => (fl!(loader, "subs-asks"), colors.muted),
        Saving::Idle | Saving::Running => return,
    };
    ui.add_space(SPACE_3);
    super::widgets::text::paragraph(ui, text, Type::Small, color);
}

/// An action of the tab.
fn action(action: SubscriptionsAction) -> Action {
    Action::Subscriptions(action)
}
