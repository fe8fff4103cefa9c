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

use std::path::PathBuf;

use egui::{Align2, Id, LayerId, Order, Ui};
use i18n_embed_fl::fl;

use super::Scene;
use super::theme::{self, Type};
use crate::model::schedule::{Access, Saving};
use crate::model::subscriptions::{ImportAction, SubscriptionDialog};
use crate::model::{Action, Leave, SubscriptionsAction, Tab};

pub(super) use head::search_id;

/// Files that are taken for lists wherever they are dropped.
const LISTS: [&str; 3] = ["csv", "txt", "tsv"];

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
        ui.add_space(14.0);
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

/// A list that is dropped on the window is looked at. On another tab only what is called like one.
pub(super) fn take_dropped(ui: &mut Ui, scene: &Scene<'_>) {
    let model = scene.model;
    let in_import = matches!(model.subscription_dialog(), Some(SubscriptionDialog::Import(_)));
    if model.leave == Leave::Asking || (model.dialog.is_some() && !in_import) {
        return;
    }
    let is_tab = model.tab == Tab::Subscriptions;
    let is_list = |path: &PathBuf| {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        is_tab || extension.is_some_and(|extension| LISTS.contains(&extension.as_str()))
    };
    let dropped = ui.input(|input| {
        let paths = input.raw.dropped_files.iter().map(|file| file.path().to_path_buf());
        paths.into_iter().find(is_list)
    });
    if let Some(path) = dropped {
        scene.send(Action::Subscriptions(SubscriptionsAction::Import(ImportAction::Open(path))));
    }
    let hovers = ui.input(|input| {
        input.raw.hovered_files.iter().filter_map(|file| file.path.clone()).any(|path| is_list(&path))
    });
    if hovers {
        drop_hint(ui, &fl!(scene.loader(), "subs-drop"));
    }
}

/// Over everything while a file is held above the window.
fn drop_hint(ui: &Ui, text: &str) {
    let colors = theme::palette(ui);
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Foreground, Id::unique("drop hint")));
    let room = ui.ctx().content_rect();
    painter.rect_filled(room, 0.0, colors.veil);
    let galley = painter.layout_no_wrap(text.to_owned(), Type::Heading.font(), colors.text);
    let size = galley.size() + egui::vec2(48.0, 32.0);
    let frame = Align2::CENTER_CENTER.align_size_within_rect(size, room);
    let border = egui::Stroke::new(2.0, colors.blue);
    painter.rect(frame, theme::RADIUS_CARD, colors.surface, border, egui::StrokeKind::Inside);
    painter.galley(frame.min + egui::vec2(24.0, 16.0), galley, colors.text);
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
        Saving::Idle | Saving::Running | Saving::Saved => return,
    };
    ui.add_space(10.0);
    super::widgets::text::paragraph(ui, text, Type::Small, color);
}

/// An action of the tab.
fn action(action: SubscriptionsAction) -> Action {
    Action::Subscriptions(action)
}
