//! The tab «История»: who updated what, when; from top to bottom its head, what was not read, the tools that filter,
//! the table, and all that is known of the entry that is looked at.

mod detail;
mod head;
mod notes;
mod rows;
mod tools;

use egui::{Rect, Ui, UiBuilder};
use i18n_embed_fl::fl;
use jiff::tz::TimeZone;

use super::Scene;
use super::empty::{self, Emptiness};
use super::theme::icons::Icon;
use crate::model::history::{LogOrigin, Reading};
use crate::model::{Action, HistoryAction};
use crate::view::theme::SPACE_3;

pub(super) use tools::search_id;

/// Between the table and what is told of its entry.
const GAP: f32 = SPACE_3;

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    head::banner(ui, scene);
    head::show(ui, scene);
    notes::show(ui, scene);
    tools::show(ui, scene);
    let page = &scene.model.history_page;
    if page.shown.is_empty() {
        // Why there is nothing stands above already.
        if !matches!(page.reading, Reading::Failed(_)) || !page.lines.is_empty() {
            empty::card(ui, scene, what(scene), page.reading == Reading::Running && page.lines.is_empty());
        }
        return;
    }
    let room = ui.available_rect_before_wrap();
    let below = if page.with_detail && page.chosen.is_some() { detail::height(room.height()) } else { 0.0 };
    let table = if below > 0.0 { room.with_max_y(room.bottom() - below - GAP) } else { room };
    in_place(ui, table, |ui| rows::show(ui, scene));
    if let (true, Some(line)) = (below > 0.0, &page.chosen) {
        in_place(ui, room.with_min_y(room.bottom() - below), |ui| detail::show(ui, scene, line));
    }
}

fn in_place(ui: &mut Ui, rect: Rect, content: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().max_rect(rect), content);
}

/// What stands in the place of the table while there is nothing in it.
fn what(scene: &Scene<'_>) -> Emptiness {
    let loader = scene.loader();
    let page = &scene.model.history_page;
    let all = (fl!(loader, "show-all"), action(HistoryAction::ShowAll));
    let (fact, hint, icon, button) = if page.reading == Reading::Running {
        (fl!(loader, "history-reading"), String::new(), Icon::Clock, None)
    } else if page.is_filtered() {
        (fl!(loader, "history-none"), fl!(loader, "history-none-hint"), Icon::Search, Some(all))
    } else if let LogOrigin::File(_) = page.origin {
        (fl!(loader, "history-empty-file"), fl!(loader, "history-empty-file-hint"), Icon::Clock, None)
    } else {
        (fl!(loader, "history-empty"), fl!(loader, "history-empty-hint"), Icon::Clock, None)
    };
    Emptiness { fact, hint, icon, button }
}

/// The person's clock, which the entries are told by.
fn zone<'a>(scene: &'a Scene<'_>) -> &'a TimeZone {
    scene.model.now.time_zone()
}

/// An action of the tab.
fn action(action: HistoryAction) -> Action {
    Action::History(action)
}
