//! Files that are dropped on the window. What a file is for is told by its name, wherever it is dropped; one whose name
//! tells nothing is for the tab that is open.

use std::path::{Path, PathBuf};

use egui::{Align2, Id, LayerId, Order, Stroke, StrokeKind, Ui, vec2};
use i18n_embed_fl::fl;

use super::Scene;
use super::theme::{self, RADIUS_CARD, Type};
use crate::model::subscriptions::{ImportAction, SubscriptionDialog};
use crate::model::{Action, HistoryAction, Leave, SubscriptionsAction, Tab};

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    /// A list of subscriptions.
    Subscriptions,
    /// An exported event log.
    History,
}

/// Takes the first file that is for something.
pub(super) fn take(ui: &Ui, scene: &Scene<'_>) {
    let model = scene.model;
    let in_import = matches!(model.subscription_dialog(), Some(SubscriptionDialog::Import(_)));
    if model.leave == Leave::Asking || (model.dialog.is_some() && !in_import) {
        return;
    }
    let wanted = |path: &Path| {
        // A dialog is about one thing.
        purpose(path, model.tab).filter(|purpose| !in_import || *purpose == Purpose::Subscriptions)
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
    }
}

/// The one place that tells files apart.
fn purpose(path: &Path, tab: Tab) -> Option<Purpose> {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("csv" | "txt" | "tsv") => Some(Purpose::Subscriptions),
        Some("evtx") => Some(Purpose::History),
        _ => match tab {
            Tab::Updates => None,
            Tab::Subscriptions => Some(Purpose::Subscriptions),
            Tab::History => Some(Purpose::History),
        },
    }
}

/// Over everything while a file is held above the window.
fn hint(ui: &Ui, text: &str) {
    let colors = theme::palette(ui);
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Foreground, Id::unique("drop hint")));
    let room = ui.ctx().content_rect();
    painter.rect_filled(room, 0.0, colors.veil);
    let galley = painter.layout_no_wrap(text.to_owned(), Type::Heading.font(), colors.text);
    let size = galley.size() + vec2(48.0, 32.0);
    let frame = Align2::CENTER_CENTER.align_size_within_rect(size, room);
    let border = Stroke::new(2.0, colors.blue);
    painter.rect(frame, RADIUS_CARD, colors.surface, border, StrokeKind::Inside);
    painter.galley(frame.min + vec2(24.0, 16.0), galley, colors.text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TABS;

    #[test]
    fn a_name_that_tells_counts_on_every_tab_and_one_that_does_not_is_for_the_open_one() {
        let of = |path: &str| TABS.map(|tab| purpose(Path::new(path), tab));
        let (list, log) = (Some(Purpose::Subscriptions), Some(Purpose::History));
        assert_eq!(of("/s/List.CSV"), [list, list, list]);
        assert_eq!(of("/s/Приложение.EVTX"), [log, log, log]);
        assert_eq!(of("/s/anything"), [None, list, log]);
    }
}
