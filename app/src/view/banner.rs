//! A box above a list that says what it is about, with the one button that leads back.

use egui::{Align, Layout, Rect, Response, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};

use super::theme::{self, RADIUS_BOX, SPACE_3, SPACE_4, steps};
use super::widgets::button::Button;
use super::widgets::text::{Line, block};

const GAP: f32 = SPACE_3;

/// Draws it; what the button says.
pub(super) fn show(ui: &mut Ui, lines: &[Line], button: Button<'_>) -> Response {
    let colors = theme::palette(ui);
    let size = button.size(ui);
    let width = ui.available_width();
    let text_width = width - size.x - steps(12);
    let text_height: f32 = lines.iter().map(|line| line.galley(ui, text_width).size().y).sum();
    let (_, rect) = ui.allocate_space(vec2(width, text_height.max(size.y) + SPACE_4));
    let edge = Stroke::new(1.0, colors.edge);
    ui.painter().rect(rect, RADIUS_BOX, colors.surface, edge, StrokeKind::Inside);
    block(ui, Rect::from_min_size(rect.min + vec2(SPACE_4, 0.0), vec2(text_width, rect.height())), lines);
    let center = pos2(rect.right() - SPACE_3 - size.x / 2.0, rect.center().y);
    let builder = UiBuilder::new().max_rect(Rect::from_center_size(center, size));
    let builder = builder.layout(Layout::left_to_right(Align::Center));
    let response = ui.scope_builder(builder, |ui| button.show(ui)).inner;
    ui.advance_cursor_after_rect(rect);
    ui.add_space(GAP);
    response
}
