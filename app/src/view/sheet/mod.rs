//! The sheet before a change: one question, all that is known about it, and a button that stays dead with
//! the reason beside it while something stands in the way. What was looked at is listed by `points`,
//! what will happen by `change`.

mod change;
mod differences;
mod points;

use egui::{Frame, Id, Margin, Rect, Stroke, StrokeKind, Ui, UiBuilder, Vec2, pos2, vec2};
use i18n_embed_fl::fl;

use self::change::change;
pub(super) use self::points::marked;
use self::points::points;
use super::Scene;
use super::modal::{leaves, middle_height, modal, scrolling, some_buttons};
use super::theme::icons::Icon;
use super::theme::motion;
use super::theme::{
    self, ICON, RADIUS_BOX, SPACE_1, SPACE_1_HALF, SPACE_2, SPACE_3, SPACE_4, SPACE_5, Type, steps,
};
use super::widgets::button::{Button, Look};
use super::widgets::marks::tick_box;
use super::widgets::text::{Line, label, paragraph};
use crate::model::sheet::{Change, Obstacle, Sheet, SheetData};
use crate::model::{Action, Notice, PLATFORM, SheetAction, UPDATER};

const WIDTH: f32 = steps(201);
/// Narrower than this the boxes stand one below the other.
const TWO_COLUMNS_FROM: f32 = steps(160);
const GAP: f32 = SPACE_4;
const ENTRIES_HEIGHT: f32 = steps(50);
const CHOICES_HEIGHT: f32 = steps(39);
const BOX_MARGIN: Vec2 = vec2(SPACE_4, SPACE_3);

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, sheet: &Sheet) {
    if let Some(shown) = &sheet.differences {
        return differences::show(ui, scene, sheet, shown);
    }
    let title = title(scene, sheet);
    modal(ui, scene, "sheet", &title, WIDTH, Action::CloseDialog, |ui| {
        let colors = theme::palette(ui);
        paragraph(ui, subtitle(scene, sheet), Type::Small, colors.muted);
        ui.add_space(SPACE_4);
        // The consent stays in sight, whatever scrolls above it.
        let consent_height = if sheet.needs_consent() { GAP + steps(15) } else { 0.0 };
        let height = middle_height(ui, steps(38) + consent_height);
        scrolling(ui, "sheet", height, |ui| middle(ui, scene, sheet));
        if sheet.needs_consent() {
            ui.add_space(GAP);
            consent(ui, scene, sheet);
        }
        foot(ui, scene, sheet);
    });
}

fn title(scene: &Scene<'_>, sheet: &Sheet) -> String {
    let loader = scene.loader();
    let chosen = sheet.choices.iter().filter(|choice| choice.chosen).count();
    match sheet.pilot() {
        _ if sheet.about() == PLATFORM => fl!(loader, "sheet-title-platform"),
        _ if sheet.about() == UPDATER => fl!(loader, "sheet-title-updater"),
        Some(pilot) if chosen == 1 => fl!(loader, "sheet-title-base", name = pilot.name.as_str()),
        _ => fl!(loader, "sheet-title-bases", count = chosen),
    }
}

fn subtitle(scene: &Scene<'_>, sheet: &Sheet) -> String {
    let loader = scene.loader();
    let item = scene.model.item_by_id(&sheet.item_id);
    let of_item = || item.and_then(|item| item.product.clone());
    let product = match (sheet.about(), &sheet.of_file) {
        (PLATFORM, _) => fl!(loader, "platform-name"),
        (UPDATER, _) => fl!(loader, "updater-name"),
        (_, Some(file)) => file.product.clone(),
        (_, None) => of_item().unwrap_or_default(),
    };
    let none = || fl!(loader, "sheet-version-none");
    let (from, to) = match &sheet.of_file {
        Some(file) => {
            let target = sheet.pilot().map_or(sheet.about(), |pilot| pilot.id.as_str());
            (scene.model.installed(target), Some(file.version))
        }
        None => (
            item.and_then(|item| item.installed),
            item.and_then(|item| Some(item.offer()?.release()?.version)),
        ),
    };
    let from = from.map_or_else(none, |version| version.to_string());
    let to = to.map_or_else(none, |version| version.to_string());
    match sheet.facts() {
        Some(data) => {
            let proof = scene.texts.proof(&data.proved);
            fl!(loader, "sheet-subtitle", product = product, from = from, to = to, proof = proof)
        }
        None => fl!(loader, "sheet-subtitle-unlooked", product = product, from = from, to = to),
    }
}

fn middle(ui: &mut Ui, scene: &Scene<'_>, sheet: &Sheet) {
    match &sheet.data {
        None => looking(ui, scene),
        Some(Err(notice)) => unknown(ui, notice),
        Some(Ok(data)) => known(ui, scene, sheet, data),
    }
    if sheet.choices.len() > 1 {
        ui.add_space(GAP);
        choices(ui, scene, sheet);
    }
}

fn looking(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    boxed(ui, |ui| {
        ui.horizontal(|ui| {
            let (_, rect) = ui.allocate_space(vec2(SPACE_5, SPACE_5));
            motion::spinner(ui.painter(), rect.center(), ICON, colors.muted);
            label(ui, &Line::of(fl!(scene.loader(), "sheet-looking"), Type::Body, colors.muted));
        });
    });
}

fn unknown(ui: &mut Ui, notice: &Notice) {
    let colors = theme::palette(ui);
    boxed(ui, |ui| {
        marked(ui, Icon::Cross, colors.err, &notice.what, notice.next.as_deref());
    });
}

fn known(ui: &mut Ui, scene: &Scene<'_>, sheet: &Sheet, data: &SheetData) {
    if ui.available_width() >= TWO_COLUMNS_FROM {
        side_by_side(ui, |ui| points(ui, scene, sheet, data), |ui| change(ui, scene, sheet, data));
    } else {
        boxed(ui, |ui| points(ui, scene, sheet, data));
        ui.add_space(GAP);
        boxed(ui, |ui| change(ui, scene, sheet, data));
    }
    if let Change::Template { copy_bytes, copy_dir, .. } = &data.change {
        ui.add_space(GAP);
        copy(ui, scene, sheet, data, *copy_bytes, copy_dir);
    }
}

/// Two boxes of one height.
fn side_by_side(ui: &mut Ui, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
    let colors = theme::palette(ui);
    let top = ui.cursor().min;
    let half = (ui.available_width() - GAP) / 2.0;
    let column = |number: f32| {
        Rect::from_min_size(pos2(top.x + number * (half + GAP), top.y), vec2(half, f32::INFINITY))
    };
    let inside = |rect: Rect| UiBuilder::new().max_rect(rect.shrink2(BOX_MARGIN));
    let mut child = ui.new_child(inside(column(0.0)));
    left(&mut child);
    let mut bottom = child.min_rect().bottom();
    let mut child = ui.new_child(inside(column(1.0)));
    right(&mut child);
    bottom = bottom.max(child.min_rect().bottom()) + BOX_MARGIN.y;
    for number in [0.0, 1.0] {
        let rect = column(number).with_max_y(bottom);
        ui.painter().rect_stroke(rect, RADIUS_BOX, Stroke::new(1.0, colors.line), StrokeKind::Inside);
    }
    ui.advance_cursor_after_rect(column(0.0).union(column(1.0)).with_max_y(bottom));
}

pub(super) fn boxed(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let colors = theme::palette(ui);
    Frame::NONE
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(RADIUS_BOX)
        .inner_margin(Margin::symmetric(BOX_MARGIN.x as i8, BOX_MARGIN.y as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 0.0;
            content(ui);
        });
}

fn copy(ui: &mut Ui, scene: &Scene<'_>, sheet: &Sheet, data: &SheetData, bytes: u64, folder: &str) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    let size = scene.texts.size(bytes);
    let several = sheet.choices.iter().filter(|choice| choice.chosen).count() > 1;
    let (title, text) = if several {
        (fl!(loader, "sheet-copies"), fl!(loader, "sheet-copies-text", size = size, folder = folder))
    } else {
        (fl!(loader, "sheet-copy"), fl!(loader, "sheet-copy-text", size = size, folder = folder))
    };
    boxed(ui, |ui| {
        label(ui, &Line::of(title, Type::Strong, colors.text));
        ui.add_space(SPACE_1);
        paragraph(ui, text, Type::Small, colors.muted);
        older(ui, scene, sheet, data);
    });
}

/// Copies that are too many: said which, and not deleted if the person does not want that.
fn older(ui: &mut Ui, scene: &Scene<'_>, sheet: &Sheet, data: &SheetData) {
    if data.older.is_empty() {
        return;
    }
    let colors = theme::palette(ui);
    let text = fl!(scene.loader(), "sheet-older", count = data.older.len());
    ui.add_space(SPACE_2);
    let line = Line::of(&text, Type::Body, colors.text).rows(2);
    if let Some(lets_go) = tick_box(ui, Id::unique("older copies"), sheet.lets_go, &line, &text) {
        scene.send(Action::Sheet(SheetAction::LetGo(lets_go)));
    }
    for old in &data.older {
        let told = scene.texts.old_copy(old, &scene.model.now);
        paragraph(ui, format!("• {told}"), Type::Small, colors.muted);
    }
}

fn choices(ui: &mut Ui, scene: &Scene<'_>, sheet: &Sheet) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    boxed(ui, |ui| {
        label(ui, &Line::of(fl!(loader, "sheet-bases"), Type::Strong, colors.text));
        ui.add_space(2.0);
        paragraph(ui, fl!(loader, "sheet-pilot-hint"), Type::Small, colors.muted);
        ui.add_space(SPACE_1_HALF);
        let pilot = sheet.pilot().map(|choice| choice.id.as_str());
        scrolling(ui, "choices", CHOICES_HEIGHT, |ui| {
            for choice in &sheet.choices {
                let mut line = Line::of(&choice.name, Type::Body, colors.text);
                if pilot == Some(choice.id.as_str()) {
                    let mark = format!("   {}", fl!(loader, "sheet-pilot"));
                    line = line.and(mark, Type::Small, colors.muted);
                }
                let id = Id::unique(("choice", &choice.id));
                if let Some(chosen) = tick_box(ui, id, choice.chosen, &line, &choice.name) {
                    let action = SheetAction::Choose { base_id: choice.id.clone(), chosen };
                    scene.send(Action::Sheet(action));
                }
                ui.add_space(2.0);
            }
        });
    });
}

fn consent(ui: &mut Ui, scene: &Scene<'_>, sheet: &Sheet) {
    let colors = theme::palette(ui);
    let text = fl!(scene.loader(), "sheet-consent");
    Frame::NONE.fill(colors.amber_bg).corner_radius(RADIUS_BOX).inner_margin(Margin::symmetric(16, 10)).show(
        ui,
        |ui| {
            ui.set_width(ui.available_width());
            let line = Line::of(&text, Type::Body, colors.amber).rows(4);
            if let Some(consent) = tick_box(ui, Id::unique("consent"), sheet.consent, &line, &text) {
                scene.send(Action::Sheet(SheetAction::Consent(consent)));
            }
        },
    );
}

fn foot(ui: &mut Ui, scene: &Scene<'_>, sheet: &Sheet) {
    let loader = scene.loader();
    let obstacle = sheet.obstacle(scene.model.is_applying());
    let confirm = match sheet.facts().map(|data| &data.change) {
        Some(Change::Installer) => fl!(loader, "sheet-confirm-installer"),
        Some(Change::ThisProgram) => fl!(loader, "sheet-confirm-updater"),
        Some(Change::Template { .. }) if sheet.needs_platform() => fl!(loader, "sheet-confirm-without"),
        Some(Change::Template { .. }) | None => fl!(loader, "sheet-confirm"),
    };
    let cancel = fl!(loader, "sheet-cancel");
    let confirm = Button::new(&confirm).look(confirm_look(sheet)).dead(obstacle.is_some());
    let cancel = Button::new(&cancel).look(Look::Ghost);
    let remind = sheet.remind_at().map(|at| scene.texts.remind_button(at, &scene.model.now));
    let remind = remind.as_deref().map(Button::new);
    let reason = obstacle.map(|obstacle| why(scene, obstacle));
    let [cancel, remind, confirm] =
        some_buttons(ui, "sheet", reason.as_deref(), [Some(cancel), remind, Some(confirm)]);
    leaves(ui, scene, cancel.as_ref());
    if remind.is_some_and(|remind| remind.clicked()) {
        scene.send(Action::Sheet(SheetAction::Remind));
    }
    if confirm.is_some_and(|confirm| confirm.clicked()) {
        scene.send(Action::Sheet(SheetAction::Confirm));
    }
}

fn confirm_look(sheet: &Sheet) -> Look {
    if sheet.about() == PLATFORM { Look::VioletFilled } else { Look::Primary }
}

/// Why the button is dead; it stands beside it.
fn why(scene: &Scene<'_>, obstacle: Obstacle) -> String {
    let loader = scene.loader();
    match obstacle {
        Obstacle::Looking => fl!(loader, "sheet-why-looking"),
        Obstacle::Unknown => fl!(loader, "sheet-why-unknown"),
        Obstacle::NothingChosen => fl!(loader, "sheet-why-nothing"),
        Obstacle::Stop => fl!(loader, "sheet-why-stop"),
        Obstacle::Consent => fl!(loader, "sheet-why-consent"),
        Obstacle::Busy => fl!(loader, "sheet-why-busy"),
    }
}
