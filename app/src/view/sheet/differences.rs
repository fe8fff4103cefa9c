//! «Показать отличия»: what was changed in a base by hand, and what an update puts in its place. Stands in the sheet's
//! place, and goes back to it.

use egui::{Color32, ScrollArea, Ui, UiBuilder, vec2};
use i18n_embed_fl::fl;
use smarts_core::by_hand::Mark;

use crate::i18n::sentence;
use crate::model::sheet::{Differences, Sheet, ToldDifference};
use crate::model::{Action, SheetAction};
use crate::view::Scene;
use crate::view::modal::{buttons, middle_height, modal, offer_focus};
use crate::view::theme::{self, Palette, SPACE_2, SPACE_4, SPACE_5, SPACE_6, Type, steps};
use crate::view::widgets::button::Button;
use crate::view::widgets::text::{Line, paragraph, place};

const WIDTH: f32 = steps(215);
const ROW_HEIGHT: f32 = SPACE_5;
/// The room of a line's mark.
const MARK_WIDTH: f32 = SPACE_6;

/// A row of the list; all of one height, so that only those in sight are drawn.
enum Row<'a> {
    Title(&'a str),
    Line(Mark, &'a str),
    Space,
}

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, sheet: &Sheet, shown: &Differences) {
    let loader = scene.loader();
    let title = fl!(loader, "differences-title");
    let back = Action::Sheet(SheetAction::HideDifferences);
    modal(ui, scene, "differences", &title, WIDTH, back.clone(), |ui| {
        let colors = theme::palette(ui);
        let name = sheet.pilot().map_or("", |pilot| pilot.name.as_str());
        let subtitle = fl!(loader, "differences-subtitle", name = name);
        paragraph(ui, subtitle, Type::Small, colors.muted);
        ui.add_space(SPACE_4);
        match shown.told.as_deref() {
            None => {
                paragraph(ui, fl!(loader, "differences-looking"), Type::Body, colors.muted);
            }
            Some([]) => {
                paragraph(ui, sentence(&scene.texts.offer_gone()), Type::Body, colors.err);
            }
            Some(told) => list(ui, &rows(told), colors),
        }
        let [close] = buttons(ui, "differences", None, [Button::new(&fl!(loader, "differences-back"))]);
        offer_focus(ui, &close);
        if close.clicked() {
            scene.send(back);
        }
    });
}

fn rows(told: &[ToldDifference]) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for one in told {
        if !rows.is_empty() {
            rows.push(Row::Space);
        }
        rows.push(Row::Title(&one.title));
        rows.extend(one.lines.iter().map(|line| Row::Line(line.mark, &line.text)));
    }
    rows
}

fn list(ui: &mut Ui, rows: &[Row<'_>], colors: &Palette) {
    let wanted = ROW_HEIGHT * rows.len() as f32;
    let height = middle_height(ui, steps(38)).min(wanted);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height));
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
    child.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt("differences").auto_shrink([false, false]);
    area.show_rows(&mut child, ROW_HEIGHT, rows.len(), |ui, range| {
        for row in rows.get(range).unwrap_or_default() {
            row_ui(ui, row, colors);
        }
    });
}

fn row_ui(ui: &mut Ui, row: &Row<'_>, colors: &Palette) {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW_HEIGHT));
    let put = |ui: &mut Ui, left: f32, text: &str, style: Type, color: Color32| {
        let line = Line::of(text, style, color);
        let galley = line.galley(ui, rect.right() - left);
        place(ui, egui::pos2(left, rect.top() + 1.0), &line, galley);
    };
    let (mark, text, color, fill) = match *row {
        Row::Space => return,
        Row::Title(title) => return put(ui, rect.left(), title, Type::SmallStrong, colors.text),
        Row::Line(Mark::Same, text) => ("", text, colors.muted, None),
        Row::Line(Mark::Goes, text) => ("−", text, colors.text, Some(colors.amber_bg)),
        Row::Line(Mark::Comes, text) => ("+", text, colors.text, Some(colors.ok_bg)),
        Row::Line(Mark::Gap, _) => ("…", "", colors.muted, None),
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, 0.0, fill);
    }
    put(ui, rect.left() + SPACE_2, mark, Type::Small, color);
    // A tab is no letter of the font.
    put(ui, rect.left() + MARK_WIDTH, &text.replace('\t', "    "), Type::Small, color);
}
