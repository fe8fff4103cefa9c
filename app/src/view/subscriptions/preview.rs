//! The lines of an import's preview. Only those in sight are drawn: there may be a hundred thousand.

use egui::{Color32, Id, Rect, Role, ScrollArea, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};
use i18n_embed_fl::fl;
use smarts_core::subscription::{Change, Record};

use crate::i18n::sentence;
use crate::model::subscriptions::{ImportPage, Preview, PreviewLine, Section};
use crate::view::Scene;
use crate::view::keyboard::scroll_by_keys;
use crate::view::theme::icons::{self, Icon};
use crate::view::theme::{
    self, ICON_SMALL, Palette, RADIUS_BOX, SPACE_2, SPACE_3, SPACE_4, SPACE_5, Type, steps,
};
use crate::view::widgets::spoken;
use crate::view::widgets::text::{Line, block};

const LINE_HEIGHT: f32 = steps(10);
const GAP: f32 = SPACE_4;

/// A part's title with the number of its lines.
pub(super) fn title(scene: &Scene<'_>, section: Section, count: usize) -> String {
    let loader = scene.loader();
    match section {
        Section::Unread => fl!(loader, "subs-import-unread-part", count = count),
        Section::Changed => fl!(loader, "subs-import-changed", count = count),
        Section::Removed => fl!(loader, "subs-import-removed", count = count),
        Section::Added => fl!(loader, "subs-import-added", count = count),
        Section::Unchanged => fl!(loader, "subs-import-unchanged", count = count),
    }
}

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, page: &ImportPage, preview: &Preview, height: f32) {
    let colors = theme::palette(ui);
    let count = page.lines.len();
    if count == 0 {
        return;
    }
    let wanted = count as f32 * LINE_HEIGHT;
    let (_, frame) = ui.allocate_space(vec2(ui.available_width(), wanted.min(height)));
    ui.painter().rect_filled(frame, RADIUS_BOX, colors.bg);
    let builder = UiBuilder::new()
        .scope_id(Id::unique("import lines"))
        .max_rect(frame)
        .accessibility_role(Role::Table)
        .accessibility_label(fl!(scene.loader(), "subs-import-lines"));
    let mut inner = ui.new_child(builder);
    spoken::place(&inner, frame);
    inner.spacing_mut().item_spacing = egui::Vec2::ZERO;
    let area = ScrollArea::vertical().id_salt(("import", page.section)).auto_shrink([false, false]);
    area.show_viewport(&mut inner, |ui, seen| {
        ui.set_height(wanted);
        scroll_by_keys(ui, seen.height());
        let first = (seen.top() / LINE_HEIGHT).floor() as usize;
        let last = ((seen.bottom() / LINE_HEIGHT).ceil() as usize).min(count);
        for number in first..last {
            if let Some(line) = page.lines.get(number) {
                let top = ui.max_rect().top() + number as f32 * LINE_HEIGHT;
                let rect = Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=top + LINE_HEIGHT);
                row(ui, scene, preview, *line, number, rect);
            }
        }
    });
    ui.painter().rect_stroke(frame, RADIUS_BOX, Stroke::new(1.0, colors.line), StrokeKind::Inside);
}

/// Where the columns stand.
struct Places {
    icon: Rect,
    device: Rect,
    product: Rect,
    until: Rect,
    about: Rect,
}

fn places(rect: Rect) -> Places {
    let inner = rect.shrink2(vec2(SPACE_3, 0.0));
    let icon = inner.with_max_x(inner.left() + SPACE_5);
    let texts = inner.with_min_x(icon.right() + SPACE_2);
    let mut left = texts.left();
    let [device, product, until, about] = [0.27, 0.25, 0.24, 0.24].map(|part: f32| {
        let width = texts.width() * part;
        let place = Rect::from_min_max(pos2(left, rect.top()), pos2(left + width - GAP, rect.bottom()));
        left += width;
        place
    });
    Places { icon, device, product, until, about }
}

fn row(ui: &mut Ui, scene: &Scene<'_>, preview: &Preview, line: PreviewLine, number: usize, rect: Rect) {
    let colors = theme::palette(ui);
    let builder = UiBuilder::new()
        .scope_id(Id::unique(("import line", number)))
        .max_rect(rect)
        .accessibility_role(Role::Row);
    let mut row = ui.new_child(builder);
    spoken::place(&row, rect);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, colors.line));
    let changes = &preview.changes;
    let ui = &mut row;
    match line {
        PreviewLine::Title(section) => {
            let words = title(scene, section, preview.count(section));
            cell(ui, rect.shrink2(vec2(SPACE_3, 0.0)), words, Type::Strong, colors.text);
        }
        PreviewLine::Of(Section::Unread, place) => {
            let Some(fault) = preview.faults.get(place) else { return };
            let places = places(rect);
            icons::paint(ui.painter(), Icon::Exclamation, places.icon.center(), ICON_SMALL, colors.amber);
            let number = fl!(scene.loader(), "subs-import-line", line = fault.line);
            let reason = sentence(&scene.texts.record_fault(&fault.fault));
            let lines = [
                Line::of(number, Type::SmallStrong, colors.text).and(
                    format!("  {}", fault.text),
                    Type::Small,
                    colors.muted,
                ),
                Line::of(reason, Type::Small, colors.amber),
            ];
            block(ui, rect.with_min_x(places.device.left()).with_max_x(places.about.right()), &lines);
        }
        PreviewLine::Of(Section::Changed, place) => {
            if let Some(change) = changes.changed.get(place) {
                let is_stranger = preview.is_stranger(&change.after.device);
                changed(ui, scene, change, is_stranger, &places(rect));
            }
        }
        PreviewLine::Of(Section::Removed, place) => {
            record(ui, scene, preview, changes.removed.get(place), &places(rect), (Icon::Cross, colors.err));
        }
        PreviewLine::Of(Section::Added, place) => {
            record(ui, scene, preview, changes.added.get(place), &places(rect), (Icon::Plus, colors.ok));
        }
        PreviewLine::Of(Section::Unchanged, place) => {
            record(
                ui,
                scene,
                preview,
                changes.unchanged.get(place),
                &places(rect),
                (Icon::Check, colors.muted),
            );
        }
    }
}

fn record(
    ui: &mut Ui,
    scene: &Scene<'_>,
    preview: &Preview,
    record: Option<&Record>,
    places: &Places,
    (icon, color): (Icon, Color32),
) {
    let Some(record) = record else { return };
    let colors = theme::palette(ui);
    icons::paint(ui.painter(), icon, places.icon.center(), ICON_SMALL, color);
    named(ui, scene, colors, record, places);
    cell(ui, places.until, scene.texts.until(record.until), Type::Small, colors.text);
    let stranger = preview.is_stranger(&record.device).then(|| not_here(scene));
    block(ui, places.about, &[remarks(colors, stranger, (about(record), colors.muted))]);
}

/// A device that is mistyped is told from one that is, so it comes first.
fn remarks(colors: &Palette, stranger: Option<String>, (words, color): (String, Color32)) -> Line {
    match stranger {
        Some(stranger) if words.is_empty() => Line::of(stranger, Type::Small, colors.amber),
        Some(stranger) => {
            Line::of(format!("{stranger} · "), Type::Small, colors.amber).and(words, Type::Small, color)
        }
        None => Line::of(words, Type::Small, color),
    }
}

fn not_here(scene: &Scene<'_>) -> String {
    fl!(scene.loader(), "subs-not-here")
}

/// A date that becomes an earlier one deserves a person's eye.
fn changed(ui: &mut Ui, scene: &Scene<'_>, change: &Change, is_stranger: bool, places: &Places) {
    let (colors, loader) = (theme::palette(ui), scene.loader());
    let Change { before, after } = change;
    let is_earlier = after.until < before.until;
    let (icon, color) =
        if is_earlier { (Icon::Exclamation, colors.amber) } else { (Icon::Refresh, colors.blue) };
    icons::paint(ui.painter(), icon, places.icon.center(), ICON_SMALL, color);
    named(ui, scene, colors, after, places);
    let until = scene.texts.until(after.until);
    let line = if before.until == after.until {
        Line::of(until, Type::Small, colors.text)
    } else {
        let before = format!("{} → ", scene.texts.until(before.until));
        Line::of(before, Type::Small, colors.muted).and(until, Type::SmallStrong, color)
    };
    block(ui, places.until, &[line]);
    let (words, color) = if is_earlier {
        (fl!(loader, "subs-import-earlier-note"), colors.amber)
    } else if before.until == after.until {
        (fl!(loader, "subs-import-other"), colors.muted)
    } else {
        (about(after), colors.muted)
    };
    let stranger = is_stranger.then(|| not_here(scene));
    block(ui, places.about, &[remarks(colors, stranger, (words, color))]);
}

fn named(ui: &mut Ui, scene: &Scene<'_>, colors: &Palette, record: &Record, places: &Places) {
    cell(ui, places.device, record.device.clone(), Type::SmallStrong, colors.text);
    cell(ui, places.product, scene.texts.product_of(record), Type::Small, colors.muted);
}

fn about(record: &Record) -> String {
    let parts = [record.licence.as_str(), record.note.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn cell(ui: &mut Ui, rect: Rect, text: String, style: Type, color: Color32) {
    if !text.is_empty() {
        block(ui, rect, &[Line::of(text, style, color)]);
    }
}
