//! «Клавиши»: what the keyboard does anywhere in the window, for whoever has not guessed it.

use egui::{Rect, Stroke, StrokeKind, Ui, pos2, vec2};
use i18n_embed_fl::fl;

use super::Scene;
use super::modal::telling;
use super::theme::{self, RADIUS_CONTROL, SPACE_1, SPACE_1_HALF, SPACE_2, SPACE_3, SPACE_HALF, Type};
use super::widgets::button::{paint_text, text_width};
use super::widgets::text::{Line, place};

/// Beside it stands what the keys do.
const KEYS_SHARE: f32 = 0.4;

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let loader = scene.loader();
    let rows = [
        (fl!(loader, "keys-tabs"), fl!(loader, "keys-tabs-what")),
        (fl!(loader, "keys-check"), fl!(loader, "keys-check-what")),
        (fl!(loader, "keys-find"), fl!(loader, "keys-find-what")),
        (fl!(loader, "keys-next"), fl!(loader, "keys-next-what")),
        (fl!(loader, "keys-press"), fl!(loader, "keys-press-what")),
        (fl!(loader, "keys-menu"), fl!(loader, "keys-menu-what")),
        (fl!(loader, "keys-arrows"), fl!(loader, "keys-arrows-what")),
        (fl!(loader, "keys-fold"), fl!(loader, "keys-fold-what")),
        (fl!(loader, "keys-scroll"), fl!(loader, "keys-scroll-what")),
        (fl!(loader, "keys-escape"), fl!(loader, "keys-escape-what")),
        (fl!(loader, "keys-save"), fl!(loader, "keys-save-what")),
        (fl!(loader, "keys-undo"), fl!(loader, "keys-undo-what")),
        (fl!(loader, "keys-zoom"), fl!(loader, "keys-zoom-what")),
        (fl!(loader, "keys-help"), fl!(loader, "keys-help-what")),
    ];
    telling(ui, scene, &fl!(loader, "keys-title"), |ui| {
        ui.add_space(SPACE_3);
        for (keys, what) in &rows {
            row(ui, keys, what);
        }
    });
}

/// Keys stand in the text between bars: each in a frame of its own, side by side as far as there is room.
fn row(ui: &mut Ui, keys: &str, what: &str) {
    let colors = theme::palette(ui);
    let width = ui.available_width();
    let left_width = width * KEYS_SHARE;
    let line = Line::of(what, Type::Body, colors.text).rows(usize::MAX);
    let galley = line.galley(ui, width - left_width - SPACE_3);
    let top = ui.cursor().top();
    let left = ui.cursor().left();
    let cap_height = Type::SmallStrong.line_height() + 2.0 * SPACE_HALF;
    let mut at = pos2(left, top);
    for key in keys.split('|').map(str::trim) {
        let cap_width = text_width(ui, key, Type::SmallStrong) + 2.0 * SPACE_1_HALF;
        if at.x > left && at.x + cap_width > left + left_width {
            at = pos2(left, at.y + cap_height + SPACE_1);
        }
        let cap = Rect::from_min_size(at, vec2(cap_width, cap_height));
        ui.painter().rect(
            cap,
            RADIUS_CONTROL / 2,
            colors.bg,
            Stroke::new(1.0, colors.edge),
            StrokeKind::Inside,
        );
        paint_text(ui, cap.left_center() + vec2(SPACE_1_HALF, 0.0), key, Type::SmallStrong, colors.text);
        at.x += cap_width + SPACE_1;
    }
    let height = galley.size().y.max(at.y + cap_height - top);
    let (_, rect) = ui.allocate_space(vec2(width, height));
    // Read as one sentence: the frames are only drawn.
    let spoken = format!("{}: {what}", keys.replace(" | ", ", "));
    let shown = place(ui, pos2(rect.left() + left_width + SPACE_3, rect.top() + SPACE_HALF), &line, galley);
    ui.ctx().accesskit_node_builder(shown.id, |node| node.set_value(spoken));
    ui.add_space(SPACE_2);
}
