//! Versions as a small timeline: the newest at the top, what is installed at the bottom, and what happens between them.

use egui::{Color32, Stroke, Ui, pos2, vec2};
use i18n_embed_fl::fl;
use smarts_core::offer::{Item, Offer, State};
use smarts_core::version::Version;

use crate::view::Scene;
use crate::view::theme::{Palette, SPACE_1, SPACE_1_HALF, SPACE_2, SPACE_6, SPACE_HALF, Type};
use crate::view::widgets::text::{Line, place};

/// So many versions in between are shown; the rest is counted.
const BETWEEN: usize = 4;
const DOT: f32 = SPACE_1 + SPACE_HALF / 2.0;
const TEXT_LEFT: f32 = SPACE_6;

/// A version on the line.
pub(super) struct Mark {
    /// The version, and what it is.
    pub line: Line,
    /// Since when.
    pub below: Option<String>,
    /// Of its dot.
    pub color: Color32,
    /// A step of the way, not only passed by.
    pub is_filled: bool,
    /// One of the two ends.
    pub is_large: bool,
}

/// What is offered, as far as the line tells of it.
struct Way {
    last: Option<Version>,
    /// What is offered can be installed.
    is_open: bool,
    /// What is installed on the way, or to the newest covered release where what is offered cannot be.
    steps: Vec<Version>,
    covered: Option<Version>,
}

impl Way {
    fn of(item: &Item, offer: &Offer) -> Self {
        let is_open = matches!(item.state, State::Available { .. });
        let versions = |offer: &Offer| offer.steps.iter().map(|step| step.version).collect();
        let steps = if is_open {
            versions(offer)
        } else {
            item.covered_offer().as_ref().map(versions).unwrap_or_default()
        };
        Self { last: offer.release().map(|release| release.version), is_open, steps, covered: item.covered }
    }

    fn is_told(&self, version: Version) -> bool {
        Some(version) == self.last || Some(version) == self.covered || self.steps.contains(&version)
    }

    fn words(&self, scene: &Scene<'_>, version: Version) -> String {
        let loader = scene.loader();
        let is_covered = Some(version) == self.covered;
        let what = if Some(version) == self.last && self.is_open {
            Some(fl!(loader, "timeline-available"))
        } else if Some(version) == self.last {
            Some(fl!(loader, "timeline-blocked"))
        } else if self.steps.contains(&version) && !is_covered {
            Some(fl!(loader, "timeline-step"))
        } else {
            None
        };
        joined([what, is_covered.then(|| fl!(loader, "timeline-covered"))])
    }
}

/// The versions of an item, newest first. `accent` is the colour of what can be installed.
pub(super) fn marks(
    scene: &Scene<'_>,
    accent: Color32,
    colors: &Palette,
    item: Option<&Item>,
    installed: Option<Version>,
) -> Vec<Mark> {
    let loader = scene.loader();
    let mut marks = Vec::new();
    if let Some((item, offer)) = item.and_then(|item| Some((item, item.offer()?))) {
        offered(scene, accent, colors, &mut marks, offer, &Way::of(item, offer), installed);
    }
    if let Some(installed) = installed {
        let former = item.into_iter().flat_map(|item| &item.former);
        let date = former.filter(|former| former.version == installed).map(|former| former.date).next();
        let is_covered = item.and_then(|item| item.covered) == Some(installed);
        let words = joined([
            Some(fl!(loader, "timeline-installed")),
            is_covered.then(|| fl!(loader, "timeline-covered")),
        ]);
        marks.push(Mark {
            line: worded(colors, installed, Type::Strong, colors.text, &words),
            below: date.map(|date| fl!(loader, "timeline-date", date = scene.texts.date(date))),
            color: colors.text,
            is_filled: true,
            is_large: true,
        });
    }
    marks
}

/// What came out since the installed version.
fn offered(
    scene: &Scene<'_>,
    accent: Color32,
    colors: &Palette,
    marks: &mut Vec<Mark>,
    offer: &Offer,
    way: &Way,
    installed: Option<Version>,
) {
    let loader = scene.loader();
    let mut passed = 0;
    for notes in offer.notes.iter().filter(|notes| Some(notes.version) != installed) {
        let version = notes.version;
        if !way.is_told(version) {
            passed += 1;
            if passed > BETWEEN {
                continue;
            }
        }
        let is_last = Some(version) == way.last;
        let is_step = way.steps.contains(&version);
        let style = if is_last { Type::Strong } else { Type::Body };
        let color = if is_last && way.is_open { accent } else { colors.text };
        marks.push(Mark {
            line: worded(colors, version, style, color, &way.words(scene, version)),
            below: notes.date.map(|date| fl!(loader, "timeline-date", date = scene.texts.date(date))),
            color: if is_step { accent } else { colors.edge },
            is_filled: is_step,
            is_large: is_last,
        });
    }
    if let (Some(more), Some(mark)) = (passed.checked_sub(BETWEEN).filter(|more| *more > 0), marks.last_mut())
    {
        let more = fl!(loader, "timeline-more", count = more);
        mark.below = Some(mark.below.take().map_or(more.clone(), |below| format!("{below} · {more}")));
    }
}

fn joined(words: [Option<String>; 2]) -> String {
    words.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn worded(colors: &Palette, version: Version, style: Type, color: Color32, words: &str) -> Line {
    let line = Line::of(version.to_string(), style, color);
    if words.is_empty() { line } else { line.and(format!(" · {words}"), Type::Small, colors.muted) }
}

/// Draws it.
pub(super) fn show(ui: &mut Ui, colors: &Palette, marks: &[Mark]) {
    let width = ui.available_width();
    let mut dots = Vec::with_capacity(marks.len());
    let shapes = ui.painter().add(egui::Shape::Noop);
    for mark in marks {
        let galley = mark.line.galley(ui, width - TEXT_LEFT);
        let below = mark.below.as_ref().map(|text| Line::of(text, Type::Small, colors.muted));
        let below_galley = below.as_ref().map(|line| line.galley(ui, width - TEXT_LEFT));
        let height = galley.size().y + below_galley.as_ref().map_or(0.0, |galley| galley.size().y);
        let (_, rect) = ui.allocate_space(vec2(width, height + SPACE_2));
        let left = rect.left() + TEXT_LEFT;
        dots.push((pos2(rect.left() + SPACE_2, rect.top() + galley.size().y / 2.0), mark));
        let below_top = rect.top() + galley.size().y;
        place(ui, pos2(left, rect.top()), &mark.line, galley);
        if let (Some(line), Some(galley)) = (&below, below_galley) {
            place(ui, pos2(left, below_top), line, galley);
        }
    }
    let mut drawn = Vec::new();
    for pair in dots.windows(2) {
        if let [(from, _), (to, _)] = pair {
            let gap = SPACE_1_HALF + SPACE_HALF;
            let points = [*from + vec2(0.0, gap), *to - vec2(0.0, gap)];
            drawn.push(egui::Shape::line_segment(points, Stroke::new(SPACE_HALF, colors.track)));
        }
    }
    for (center, mark) in dots {
        let radius = if mark.is_large { DOT } else { DOT - 1.0 };
        let stroke = Stroke::new(SPACE_HALF, mark.color);
        drawn.push(egui::Shape::circle_stroke(center, radius - 1.0, stroke));
        if mark.is_filled {
            drawn.push(egui::Shape::circle_filled(center, radius, mark.color));
        }
    }
    ui.painter().set(shapes, egui::Shape::Vec(drawn));
}
