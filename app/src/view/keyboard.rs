//! Keys that work anywhere in the window; F1 shows them all: F5 checks, or reads the history again where that is open, Ctrl+F goes to the search field, Ctrl+1 and so on to a tab.
//!
//! Escape belongs to whatever is open (a menu, a dialog, the search field); Tab and Space to the widgets.

use egui::{Id, Key, Modifiers, Ui};

use super::{Scene, history, subscriptions, tabs};
use crate::model::{Action, HistoryAction, Leave, Tab};

/// The search field.
pub(super) fn search_id() -> Id {
    Id::unique("search bases")
}

/// Looks at the keys of this frame.
pub(super) fn shortcuts(ui: &Ui, scene: &Scene<'_>) {
    if scene.model.dialog.is_some() || scene.model.leave == Leave::Asking {
        return;
    }
    tabs::shortcuts(ui, scene);
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::F1)) {
        scene.send(Action::ShowKeys);
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::F5)) {
        scene.send(match scene.model.tab {
            Tab::Updates | Tab::Subscriptions | Tab::Settings => Action::CheckNow,
            Tab::History => Action::History(HistoryAction::Refresh),
            Tab::Diagnostics => Action::Diagnose,
        });
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::F)) {
        let field = match scene.model.tab {
            Tab::Updates => Some(search_id()),
            Tab::Subscriptions => Some(subscriptions::search_id()),
            Tab::History => Some(history::search_id()),
            Tab::Settings | Tab::Diagnostics => None,
        };
        if let Some(field) = field {
            ui.memory_mut(|memory| memory.request_focus(field));
        }
    }
}
