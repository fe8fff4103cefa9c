//! Icons as strokes: the font has no signs for them, and a picture would blur at 125 %.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

/// What can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    /// Look again.
    Refresh,
    /// Close, cancel, clear.
    Cross,
    /// More.
    Dots,
    /// As it should be.
    Check,
    /// Look here.
    Exclamation,
    /// A magnifying glass.
    Search,
    /// Can be unfolded.
    Down,
    /// Can be folded.
    Up,
    /// Not for long any more.
    Clock,
    /// Nobody knows.
    Question,
    /// Does not count.
    Minus,
    /// Only others may.
    Lock,
    /// Comes to it.
    Plus,
    /// A box of templates: for empty places.
    Bases,
    /// This program, and what it brings: the sign of its own icon.
    Program,
    /// Into the clipboard.
    Copy,
    /// In an order.
    Sort,
    /// A mobile device with nothing but a screen.
    Handheld,
    /// A mobile device with keys.
    Keypad,
}

/// Draws an icon into a square around `center`, `size` points wide.
pub(crate) fn paint(painter: &Painter, icon: Icon, center: Pos2, size: f32, color: Color32) {
    let unit = size / 16.0;
    let at = |x: f32, y: f32| center + vec2(x - 8.0, y - 8.0) * unit;
    let stroke = Stroke::new((1.6 * unit).max(1.2), color);
    match icon {
        Icon::Refresh => refresh(painter, center, unit, stroke),
        Icon::Cross => {
            painter.line_segment([at(4.0, 4.0), at(12.0, 12.0)], stroke);
            painter.line_segment([at(12.0, 4.0), at(4.0, 12.0)], stroke);
        }
        Icon::Dots => {
            for x in [3.0, 8.0, 13.0] {
                painter.circle_filled(at(x, 8.0), 1.4 * unit, color);
            }
        }
        Icon::Check => {
            painter.line(vec![at(3.0, 8.5), at(6.5, 12.0), at(13.0, 4.5)], stroke);
        }
        Icon::Exclamation => {
            let bold = Stroke::new(stroke.width * 1.25, color);
            painter.line_segment([at(8.0, 2.5), at(8.0, 9.5)], bold);
            painter.circle_filled(at(8.0, 12.8), 1.3 * unit, color);
        }
        Icon::Search => {
            painter.circle_stroke(at(7.0, 7.0), 4.4 * unit, stroke);
            painter.line_segment([at(10.3, 10.3), at(13.6, 13.6)], stroke);
        }
        Icon::Down => {
            painter.line(vec![at(4.0, 6.0), at(8.0, 10.0), at(12.0, 6.0)], stroke);
        }
        Icon::Up => {
            painter.line(vec![at(4.0, 10.0), at(8.0, 6.0), at(12.0, 10.0)], stroke);
        }
        Icon::Clock => {
            painter.circle_stroke(at(8.0, 8.0), 5.6 * unit, stroke);
            painter.line(vec![at(8.0, 4.8), at(8.0, 8.3), at(10.6, 9.8)], stroke);
        }
        Icon::Question => question(painter, &at, unit, stroke),
        Icon::Plus => {
            painter.line_segment([at(4.0, 8.0), at(12.0, 8.0)], stroke);
            painter.line_segment([at(8.0, 4.0), at(8.0, 12.0)], stroke);
        }
        Icon::Minus => {
            painter.line_segment([at(4.0, 8.0), at(12.0, 8.0)], stroke);
        }
        Icon::Lock => {
            let body = Rect::from_two_pos(at(3.0, 7.0), at(13.0, 14.0));
            painter.rect_stroke(body, 1.5 * unit, stroke, egui::StrokeKind::Middle);
            let arch = (0..=12_u8).map(|step| {
                let angle = std::f32::consts::PI * (1.0 + f32::from(step) / 12.0);
                at(8.0, 5.2) + vec2(angle.cos(), angle.sin()) * 3.0 * unit
            });
            painter.line([at(5.0, 7.0)].into_iter().chain(arch).chain([at(11.0, 7.0)]).collect(), stroke);
        }
        Icon::Bases => bases(painter, &at, stroke),
        Icon::Copy => copy(painter, &at, stroke),
        Icon::Handheld => handheld(painter, &at, stroke, false),
        Icon::Keypad => handheld(painter, &at, stroke, true),
        Icon::Sort => {
            for (y, right) in [(4.0, 13.0), (8.0, 10.0), (12.0, 7.0)] {
                painter.line_segment([at(3.0, y), at(right, y)], stroke);
            }
        }
        Icon::Program => {
            painter.line_segment([at(8.0, 2.5), at(8.0, 9.0)], stroke);
            painter.line(vec![at(4.8, 6.4), at(8.0, 9.6), at(11.2, 6.4)], stroke);
            painter.line_segment([at(4.0, 13.0), at(12.0, 13.0)], stroke);
        }
    }
}

fn refresh(painter: &Painter, center: Pos2, unit: f32, stroke: Stroke) {
    // Three quarters of a circle, open at the top right, with an arrow's head at its end.
    let radius = 5.2 * unit;
    let point = |turn: f32| {
        let angle = turn * std::f32::consts::TAU;
        center + vec2(angle.cos(), angle.sin()) * radius
    };
    let arc = (0..=24_u8).map(|step| point(0.02 + 0.78 * f32::from(step) / 24.0)).collect();
    painter.line(arc, stroke);
    let tip = point(0.80);
    painter.add(Shape::convex_polygon(
        vec![tip + vec2(-1.4, -3.4) * unit, tip + vec2(4.4, -0.6) * unit, tip + vec2(-0.2, 3.2) * unit],
        stroke.color,
        Stroke::NONE,
    ));
}

fn question(painter: &Painter, at: &dyn Fn(f32, f32) -> Pos2, unit: f32, stroke: Stroke) {
    // Most of a circle, from the left over the top, and down to the middle.
    let center = at(8.0, 5.4);
    let arc = (0..=18_u8).map(|step| {
        let angle = (0.5 + 0.72 * f32::from(step) / 18.0) * std::f32::consts::TAU;
        center + vec2(angle.cos(), angle.sin()) * 2.9 * unit
    });
    let stem = [at(8.0, 8.4), at(8.0, 9.8)];
    painter.line(arc.chain(stem).collect(), stroke);
    painter.circle_filled(at(8.0, 12.8), 1.3 * unit, stroke.color);
}

fn bases(painter: &Painter, at: &dyn Fn(f32, f32) -> Pos2, stroke: Stroke) {
    for y in [2.5, 7.0, 11.5] {
        let rect = Rect::from_two_pos(at(2.0, y - 1.2), at(14.0, y + 2.2));
        painter.rect_stroke(rect, 1.5, stroke, egui::StrokeKind::Middle);
        painter.circle_filled(pos2(at(4.4, 0.0).x, rect.center().y), stroke.width * 0.8, stroke.color);
    }
}

/// Two sheets, one of them half behind the other.
fn copy(painter: &Painter, at: &dyn Fn(f32, f32) -> Pos2, stroke: Stroke) {
    let front = Rect::from_two_pos(at(5.5, 5.5), at(13.5, 13.5));
    painter.rect_stroke(front, 2.0, stroke, egui::StrokeKind::Middle);
    painter.line(vec![at(3.0, 10.5), at(2.5, 10.0), at(2.5, 2.5), at(10.0, 2.5), at(10.5, 3.0)], stroke);
}

/// A case with a screen; below it a button, or rows of keys.
fn handheld(painter: &Painter, at: &dyn Fn(f32, f32) -> Pos2, stroke: Stroke, has_keys: bool) {
    let case = Rect::from_two_pos(at(4.0, 1.5), at(12.0, 14.5));
    painter.rect_stroke(case, 2.0, stroke, egui::StrokeKind::Middle);
    let dot = |x: f32, y: f32| {
        painter.circle_filled(at(x, y), stroke.width * 0.6, stroke.color);
    };
    if !has_keys {
        return dot(8.0, 12.4);
    }
    painter.line_segment([at(4.0, 8.0), at(12.0, 8.0)], stroke);
    for y in [10.3, 12.4] {
        for x in [6.2, 8.0, 9.8] {
            dot(x, y);
        }
    }
}
