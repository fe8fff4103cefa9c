//! One of several, one below the other, of which just one is chosen. The arrow keys choose as well.

use egui::{
    EventFilter, Id, Key, Modifiers, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
};
use egui::{pos2, vec2};

use super::button::focus_ring;
use super::text::Line;
use crate::view::theme::{self, Palette, SPACE_1, SPACE_1_HALF, SPACE_2, SPACE_6, Type, steps};

/// The room of the circle beside the text.
const TEXT_LEFT: f32 = steps(7);
const RADIUS: f32 = SPACE_2;

/// One of them.
pub(crate) struct Choice {
    /// Its own.
    pub id: Id,
    /// What it is called.
    pub name: String,
    /// What stands beside the circle.
    pub lines: Vec<Line>,
    /// It cannot be chosen; its lines say why.
    pub dead: bool,
}

/// Draws them; returns the place of the one that was chosen now.
pub(crate) fn radios(ui: &mut Ui, choices: &[Choice], chosen: Option<usize>) -> Option<usize> {
    let mut picked = None;
    for (place, choice) in choices.iter().enumerate() {
        let response = radio(ui, choice, chosen == Some(place));
        if response.clicked() && !choice.dead {
            picked = Some(place);
        }
        if response.has_focus() {
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(choice.id, filter));
            if let Some(next) = moved(ui, choices, place) {
                picked = Some(next);
            }
        }
    }
    if let Some(choice) = picked.and_then(|place| choices.get(place)) {
        ui.memory_mut(|memory| memory.request_focus(choice.id));
    }
    picked.filter(|place| Some(*place) != chosen)
}

/// Where the arrow keys lead from here.
fn moved(ui: &Ui, choices: &[Choice], from: usize) -> Option<usize> {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let is_alive = |place: &usize| choices.get(*place).is_some_and(|choice| !choice.dead);
    if pressed(Key::ArrowDown) {
        (from + 1..choices.len()).find(is_alive)
    } else if pressed(Key::ArrowUp) {
        (0..from).rev().find(is_alive)
    } else {
        None
    }
}

fn radio(ui: &mut Ui, choice: &Choice, chosen: bool) -> Response {
    let colors = theme::palette(ui);
    let width = ui.available_width() - TEXT_LEFT;
    let galleys: Vec<_> = choice.lines.iter().map(|line| line.galley(ui, width)).collect();
    let height: f32 = galleys.iter().map(|galley| galley.size().y).sum();
    let (_, rect) = ui.allocate_space(vec2(TEXT_LEFT + width, height.max(SPACE_6) + SPACE_1_HALF));
    let sense = if choice.dead { Sense::hover() } else { Sense::click() };
    let response = ui.interact(rect, choice.id, sense);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, !choice.dead, chosen, &choice.name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    circle(ui, colors, rect, chosen, choice.dead, response.hovered());
    let mut top = rect.top() + SPACE_1;
    for (line, galley) in choice.lines.iter().zip(galleys) {
        let color = line.runs.first().map_or(colors.text, |run| run.color);
        let size = galley.size();
        ui.painter().galley(pos2(rect.left() + TEXT_LEFT, top), galley, color);
        top += size.y;
    }
    focus_ring(ui, rect.shrink2(vec2(0.0, 2.0)), &response);
    response
}

/// Beside the first row of the text.
fn circle(ui: &Ui, colors: &Palette, rect: Rect, chosen: bool, dead: bool, hovered: bool) {
    let center = pos2(rect.left() + 2.0 + RADIUS, rect.top() + SPACE_1 + Type::Body.line_height() / 2.0);
    let border = match (chosen, dead, hovered) {
        (true, ..) => colors.blue,
        (false, true, _) => colors.line,
        (false, false, true) => colors.text,
        (false, false, false) => colors.edge,
    };
    let square = Rect::from_center_size(center, egui::Vec2::splat(2.0 * RADIUS));
    let stroke = Stroke::new(if chosen { 2.0 } else { 1.0 }, border);
    ui.painter().rect(square, RADIUS, colors.surface, stroke, StrokeKind::Inside);
    if chosen {
        ui.painter().circle_filled(center, RADIUS - SPACE_1, colors.blue);
    }
}
