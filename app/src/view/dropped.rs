//! Files dropped on the window: which of its parts takes a file is told by how it is called and, where that says
//! nothing, by the tab that is open. What each does with it is its own.

use std::path::{Path, PathBuf};

use egui::{Align2, Id, LayerId, Order, Ui};
use i18n_embed_fl::fl;

use super::Scene;
use super::theme::{self, Type};
use crate::model::subscriptions::{ImportAction, SubscriptionDialog};
use crate::model::{Action, AtHandAction, Dialog, Leave, SubscriptionsAction, Tab};

/// What takes a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taker {
    /// A list of subscriptions.
    Subscriptions,
    /// A template, or an installer.
    AtHand,
}

/// Takes what is dropped, and says beforehand what would be done with it.
pub(super) fn take(ui: &mut Ui, scene: &Scene<'_>) {
    if scene.model.leave == Leave::Asking {
        return;
    }
    let taken = |path: &PathBuf| Some(taker(scene, path)).filter(|taker| is_free(scene, *taker));
    let dropped = ui.input(|input| {
        let paths = input.raw.dropped_files.iter().map(|file| file.path().to_path_buf());
        paths.into_iter().find_map(|path| Some((taken(&path)?, path)))
    });
    match dropped {
        Some((Taker::Subscriptions, path)) => {
            scene.send(Action::Subscriptions(SubscriptionsAction::Import(ImportAction::Open(path))));
        }
        Some((Taker::AtHand, path)) => scene.send(Action::AtHand(AtHandAction::Open(path))),
        None => {}
    }
    let hovers = ui.input(|input| {
        input.raw.hovered_files.iter().filter_map(|file| file.path.clone()).find_map(|path| taken(&path))
    });
    let loader = scene.loader();
    match hovers {
        Some(Taker::Subscriptions) => hint(ui, &fl!(loader, "subs-drop")),
        Some(Taker::AtHand) => hint(ui, &fl!(loader, "at-hand-drop")),
        None => {}
    }
}

fn taker(scene: &Scene<'_>, path: &Path) -> Taker {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("csv" | "txt" | "tsv") => Taker::Subscriptions,
        Some("mstmpl" | "msi" | "exe") => Taker::AtHand,
        _ => match scene.model.tab {
            Tab::Subscriptions => Taker::Subscriptions,
            // Whoever drops something else there is told what it is not.
            Tab::Updates => Taker::AtHand,
        },
    }
}

/// Whether nothing is open, or just what takes such files.
fn is_free(scene: &Scene<'_>, taker: Taker) -> bool {
    match (&scene.model.dialog, taker) {
        (None, _)
        | (Some(Dialog::Subscription(SubscriptionDialog::Import(_))), Taker::Subscriptions)
        | (Some(Dialog::AtHand(_)), Taker::AtHand) => true,
        (Some(_), _) => false,
    }
}

/// Over everything while a file is held above the window.
fn hint(ui: &Ui, text: &str) {
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
