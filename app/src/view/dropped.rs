//! Files that are dropped on the window. What a file is for is told by its name, wherever it is dropped; one whose name
//! tells nothing is for the tab that is open.

use std::path::{Path, PathBuf};

use egui::{Align2, Id, LayerId, Order, Stroke, StrokeKind, Ui, vec2};
use i18n_embed_fl::fl;

use super::Scene;
use super::theme::{self, RADIUS_CARD, SPACE_4, SPACE_6, SPACE_8, Type, steps};
use crate::model::devices::AppFrom;
use crate::model::subscriptions::{ImportAction, SubscriptionDialog};
use crate::model::{
    Action, AtHandAction, DevicesAction, Dialog, HistoryAction, Leave, SubscriptionsAction, Tab,
};

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    /// A list of subscriptions.
    Subscriptions,
    /// An exported event log.
    History,
    /// A template, or an installer.
    AtHand,
    /// An app for mobile devices.
    App,
}

/// Takes the first file that is for something.
pub(super) fn take(ui: &Ui, scene: &Scene<'_>) {
    let model = scene.model;
    if model.leave == Leave::Asking {
        return;
    }
    let wanted = |path: &Path| {
        Some(purpose(path, model.tab)).filter(|purpose| is_taken(*purpose, model.dialog.as_ref()))
    };
    let dropped: Vec<PathBuf> = ui.input(|input| {
        let files = input.raw.dropped_files.iter();
        files.map(|file| file.path().to_path_buf()).collect()
    });
    let found = dropped.into_iter().find_map(|path| Some((wanted(&path)?, path)));
    if let Some((purpose, path)) = found {
        scene.send(match purpose {
            Purpose::Subscriptions => {
                Action::Subscriptions(SubscriptionsAction::Import(ImportAction::Open(path)))
            }
            Purpose::History => Action::History(HistoryAction::OpenFile(path)),
            Purpose::AtHand => Action::AtHand(AtHandAction::Open(path)),
            Purpose::App => {
                Action::Devices(DevicesAction::Prepare { from: AppFrom::File(path), base_ids: Vec::new() })
            }
        });
    }
    let hovered = ui.input(|input| {
        let mut files = input.raw.hovered_files.iter().filter_map(|file| file.path.as_deref());
        files.find_map(wanted)
    });
    match hovered {
        None => {}
        Some(Purpose::Subscriptions) => hint(ui, &fl!(scene.loader(), "subs-drop")),
        Some(Purpose::History) => hint(ui, &fl!(scene.loader(), "history-drop")),
        Some(Purpose::AtHand) => hint(ui, &fl!(scene.loader(), "at-hand-drop")),
        Some(Purpose::App) => hint(ui, &fl!(scene.loader(), "app-drop")),
    }
}

/// The one place that tells files apart.
fn purpose(path: &Path, tab: Tab) -> Purpose {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("csv" | "txt" | "tsv") => Purpose::Subscriptions,
        Some("evtx") => Purpose::History,
        Some("mstmpl" | "msi" | "exe") => Purpose::AtHand,
        Some("apk") => Purpose::App,
        _ => match tab {
            // Whoever drops something else there is told what it is not.
            Tab::Updates | Tab::Settings | Tab::Diagnostics => Purpose::AtHand,
            Tab::Devices => Purpose::App,
            Tab::Subscriptions => Purpose::Subscriptions,
            Tab::History => Purpose::History,
        },
    }
}

/// Whether nothing is open, or just what takes such files: a dialog is about one thing.
fn is_taken(purpose: Purpose, open: Option<&Dialog>) -> bool {
    match (open, purpose) {
        (None, _)
        | (Some(Dialog::Subscription(SubscriptionDialog::Import(_))), Purpose::Subscriptions)
        | (Some(Dialog::AtHand(_)), Purpose::AtHand)
        | (Some(Dialog::App(_)), Purpose::App) => true,
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
    let size = galley.size() + vec2(steps(12), SPACE_8);
    let frame = Align2::CENTER_CENTER.align_size_within_rect(size, room);
    let border = Stroke::new(2.0, colors.blue);
    painter.rect(frame, RADIUS_CARD, colors.surface, border, StrokeKind::Inside);
    painter.galley(frame.min + vec2(SPACE_6, SPACE_4), galley, colors.text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TABS;

    #[test]
    fn a_name_that_tells_counts_on_every_tab_and_one_that_does_not_is_for_the_open_one() {
        let of = |path: &str| TABS.map(|tab| purpose(Path::new(path), tab));
        let (list, log, at_hand) = (Purpose::Subscriptions, Purpose::History, Purpose::AtHand);
        assert_eq!(of("/s/List.CSV"), [list; 6]);
        assert_eq!(of("/s/Приложение.EVTX"), [log; 6]);
        assert_eq!(of("/s/Склад 15.MSTMPL"), [at_hand; 6]);
        assert_eq!(of("/s/MobileSMARTS.Apk"), [Purpose::App; 6]);
        assert_eq!(of("/s/anything"), [at_hand, Purpose::App, list, log, at_hand, at_hand]);
    }
}
