//! The little that moves: a circle that turns and a bar that wanders, while something is under way and nobody knows how
//! long it takes. It can be switched off; then both stand still, and words alone say that something is under way.
//!
//! A picture is asked for ten times a second and not sixty, so that a remote session is not flooded.

use std::time::Duration;

use egui::{Color32, Context, Id, Painter, Pos2, Rect, Stroke, Ui, pos2, vec2};

/// The time between two pictures of what moves.
const STEP: Duration = Duration::from_millis(100);
/// Seconds for one turn of the circle.
const TURN_SECS: f64 = 1.2;
/// Seconds for the bar's way there and back.
const WANDER_SECS: f64 = 2.4;

/// Nothing moves from now on, or all of it does.
pub fn set_still(ctx: &Context, is_still: bool) {
    ctx.data_mut(|data| data.insert_temp(key(), is_still));
}

/// Whether nothing moves.
pub fn is_still(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(key())).unwrap_or_default()
}

fn key() -> Id {
    Id::unique("nothing moves")
}

/// Where in a round of so many seconds this picture is, from 0 to 1; asks for the next one. Standing still it is where
/// a round begins.
fn phase(ctx: &Context, round_secs: f64) -> f32 {
    if is_still(ctx) {
        return 0.0;
    }
    ctx.request_repaint_after(STEP);
    (ctx.time() % round_secs / round_secs) as f32
}

/// A circle that turns, open at one side.
pub(crate) fn spinner(painter: &Painter, center: Pos2, size: f32, color: Color32) {
    let start = phase(painter.ctx(), TURN_SECS);
    let radius = size / 2.0 - 1.5;
    let arc = (0..=18_u8).map(|step| {
        let angle = (start + 0.7 * f32::from(step) / 18.0) * std::f32::consts::TAU;
        center + vec2(angle.cos(), angle.sin()) * radius
    });
    painter.line(arc.collect(), Stroke::new(1.8, color));
}

/// A third of a bar, on its way from left to right and back.
pub(crate) fn wandering(ui: &Ui, bar: Rect) -> Rect {
    let there_and_back = 2.0 * phase(ui.ctx(), WANDER_SECS);
    let at = if there_and_back < 1.0 { there_and_back } else { 2.0 - there_and_back };
    let width = bar.width() / 3.0;
    let left = bar.left() + at * (bar.width() - width);
    Rect::from_min_size(pos2(left, bar.top()), vec2(width, bar.height()))
}

#[cfg(test)]
mod tests {
    use egui::RawInput;

    use super::*;

    /// The delay until the next picture that a picture with both asks for.
    fn delay(is_still: bool) -> Duration {
        let ctx = Context::default();
        set_still(&ctx, is_still);
        let draw = |ui: &mut Ui| {
            spinner(ui.painter(), pos2(20.0, 20.0), 16.0, Color32::WHITE);
            wandering(ui, Rect::from_min_size(pos2(0.0, 40.0), vec2(90.0, 6.0)));
        };
        // The first picture is followed by another in any case.
        for _ in 0..3 {
            let mut output = ctx.run_ui(RawInput::default(), draw);
            output.textures_delta.clear();
        }
        let mut output = ctx.run_ui(RawInput::default(), draw);
        output.textures_delta.clear();
        output.viewport_output.values().map(|viewport| viewport.repaint_delay).min().unwrap()
    }

    #[test]
    fn what_moves_asks_for_ten_pictures_a_second_and_standing_still_for_none() {
        assert_eq!(delay(false), STEP);
        assert_eq!(delay(true), Duration::MAX);
    }
}
