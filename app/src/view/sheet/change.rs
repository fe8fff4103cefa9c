//! What will happen, as the sheet tells it: which files of a base are replaced, and which of them somebody has changed; or
//! what an installer does.

use egui::{Ui, pos2, vec2};
use i18n_embed_fl::fl;

use super::ENTRIES_HEIGHT;
use crate::model::sheet::{Ask, Change, Entry, Extent, Point, Sheet, SheetData};
use crate::model::{Action, PLATFORM, SheetAction};
use crate::view::Scene;
use crate::view::modal::scrolling;
use crate::view::theme::{self, SPACE_1, SPACE_1_HALF, SPACE_2, SPACE_3, SPACE_6, Type};
use crate::view::widgets::button::link;
use crate::view::widgets::text::{Line, label, paragraph, place};

pub(super) fn change(ui: &mut Ui, scene: &Scene<'_>, sheet: &Sheet, data: &SheetData) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    match &data.change {
        Change::Template { entries, extent, keeps_own, not_compared, .. } => {
            let title = match (extent, data.files()) {
                (Extent::Unknown, _) => fl!(loader, "sheet-replaced-unknown"),
                (Extent::Whole | Extent::FirstStep, 0) => fl!(loader, "sheet-replaced-nothing"),
                (Extent::Whole, files) => fl!(loader, "sheet-replaced", count = files),
                (Extent::FirstStep, files) => fl!(loader, "sheet-replaced-first", count = files),
            };
            label(ui, &Line::of(title, Type::Strong, colors.text));
            ui.add_space(SPACE_1);
            scrolling(ui, "entries", ENTRIES_HEIGHT, |ui| {
                for entry in entries {
                    entry_row(ui, scene, entry);
                }
            });
            by_hand(ui, scene, data);
            let stays = keeps_own.then(|| fl!(loader, "sheet-stays"));
            for line in [not_compared.clone(), stays].into_iter().flatten() {
                ui.add_space(SPACE_2);
                paragraph(ui, line, Type::Small, colors.muted);
            }
        }
        Change::Installer => {
            let text = fl!(loader, "sheet-installer-text", file = data.file_name.as_str());
            let lines = if sheet.about() == PLATFORM {
                vec![text, fl!(loader, "sheet-installer-stop"), fl!(loader, "sheet-installer-after")]
            } else {
                vec![text, fl!(loader, "sheet-wizard-after")]
            };
            happening(ui, scene, lines);
        }
        Change::ThisProgram => {
            let text = fl!(loader, "sheet-updater-text", file = data.file_name.as_str());
            let lines = [text, fl!(loader, "sheet-updater-keeps"), fl!(loader, "sheet-updater-after")];
            happening(ui, scene, lines.into());
        }
    }
}

fn happening(ui: &mut Ui, scene: &Scene<'_>, lines: Vec<String>) {
    let colors = theme::palette(ui);
    label(ui, &Line::of(fl!(scene.loader(), "sheet-installer"), Type::Strong, colors.text));
    for line in lines {
        ui.add_space(SPACE_1_HALF);
        paragraph(ui, line, Type::Small, colors.muted);
    }
}

/// What of it was changed by hand, and the way to look at it.
fn by_hand(ui: &mut Ui, scene: &Scene<'_>, data: &SheetData) {
    let is_it = |point: &&Point| matches!(point.ask, Some(Ask::Differences(_)));
    let Some(point) = data.points.iter().find(is_it) else { return };
    let colors = theme::palette(ui);
    let show = fl!(scene.loader(), "sheet-show-differences");
    ui.add_space(SPACE_2);
    let told = paragraph(ui, &point.text, Type::Small, colors.amber);
    if let Some(hint) = &point.hint {
        told.on_hover_text(hint);
    }
    if link(ui, &show, &show).clicked() {
        scene.send(Action::Sheet(SheetAction::ShowDifferences));
    }
}

fn entry_row(ui: &mut Ui, scene: &Scene<'_>, entry: &Entry) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let folder = entry.path.ends_with(['\\', '/']);
    let text = if folder {
        fl!(loader, "sheet-folder-files", path = entry.path.as_str(), count = entry.files)
    } else {
        entry.path.clone()
    };
    let changed = match entry.changed {
        0 => None,
        _ if !folder => Some(fl!(loader, "sheet-changed")),
        changed => Some(fl!(loader, "sheet-changed-files", count = changed)),
    };
    let removed = entry.removed.then(|| fl!(loader, "sheet-removed"));
    let marks: Vec<String> = [removed, changed].into_iter().flatten().collect();
    let mark = (!marks.is_empty()).then(|| Line::of(marks.join(", "), Type::SmallStrong, colors.amber));
    let width = ui.available_width();
    let (_, rect) = ui.allocate_space(vec2(width, SPACE_6));
    let mark_width = mark.as_ref().map_or(0.0, |line| {
        let galley = line.galley(ui, width / 2.0);
        let mark_width = galley.size().x;
        place(ui, pos2(rect.right() - mark_width, rect.top() + 2.0), line, galley);
        mark_width + SPACE_3
    });
    let line = Line::of(text, Type::Small, colors.text);
    let galley = line.galley(ui, width - mark_width);
    place(ui, pos2(rect.left(), rect.top() + 2.0), &line, galley);
}
