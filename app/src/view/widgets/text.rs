//! Text as runs of styles, laid out to a width: cut with an ellipsis and a tooltip where it does not fit.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{Color32, Galley, Pos2, Rect, Response, Role, Sense, TextFormat, Ui, WidgetInfo, pos2};

use super::spoken;
use crate::view::theme::Type;

/// A piece of text in one style.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Run {
    /// The text.
    pub text: String,
    /// Font and line height.
    pub style: Type,
    /// Colour.
    pub color: Color32,
}

/// One paragraph: runs, on at most `rows` rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// Its runs.
    pub runs: Vec<Run>,
    /// How many rows it may take; the rest is cut.
    pub rows: usize,
    /// What more there is to say of it to whoever points at it.
    pub tip: Option<String>,
}

impl Line {
    /// A row in one style.
    pub(crate) fn of(text: impl Into<String>, style: Type, color: Color32) -> Self {
        Self { runs: vec![Run { text: text.into(), style, color }], rows: 1, tip: None }
    }

    /// The same with one more run.
    #[must_use]
    pub(crate) fn and(mut self, text: impl Into<String>, style: Type, color: Color32) -> Self {
        self.runs.push(Run { text: text.into(), style, color });
        self
    }

    /// The same on at most so many rows.
    #[must_use]
    pub(crate) fn rows(mut self, rows: usize) -> Self {
        self.rows = rows;
        self
    }

    /// The same with more to say to whoever points at it.
    #[must_use]
    pub(crate) fn tip(mut self, tip: Option<String>) -> Self {
        self.tip = tip;
        self
    }

    /// What it says, without styles.
    pub(crate) fn plain(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// Lays it out to a width.
    pub(crate) fn galley(&self, ui: &Ui, width: f32) -> Arc<Galley> {
        let mut job = LayoutJob {
            wrap: TextWrapping {
                max_width: width.max(0.0),
                max_rows: self.rows,
                break_anywhere: self.rows == 1,
                overflow_character: Some('…'),
            },
            ..LayoutJob::default()
        };
        for run in &self.runs {
            let format = TextFormat {
                line_height: Some(run.style.line_height()),
                ..TextFormat::simple(run.style.font(), run.color)
            };
            job.append(&run.text, 0.0, format);
        }
        ui.painter().layout_job(job)
    }
}

/// Paragraphs one below the other, centred in the height of `rect`. Each is a label of the accessibility
/// tree, and tells its whole text in a tooltip where it had to be cut.
pub(crate) fn block(ui: &mut Ui, rect: Rect, lines: &[Line]) {
    let galleys: Vec<Arc<Galley>> = lines.iter().map(|line| line.galley(ui, rect.width())).collect();
    let height: f32 = galleys.iter().map(|galley| galley.size().y).sum();
    let mut top = (rect.center().y - height / 2.0).max(rect.top());
    for (line, galley) in lines.iter().zip(galleys) {
        let size = galley.size();
        place(ui, pos2(rect.left(), top), line, galley);
        top += size.y;
    }
}

/// One paragraph at a place.
pub(crate) fn place(ui: &mut Ui, at: Pos2, line: &Line, galley: Arc<Galley>) -> Response {
    let rect = Rect::from_min_size(at, galley.size());
    let id = ui.next_auto_id();
    ui.skip_ahead_auto_ids(1);
    let response = ui.interact(rect, id, Sense::hover());
    let text = line.plain();
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    spoken::as_far_as_seen(ui, &response);
    let elided = galley.elided;
    if ui.is_rect_visible(rect) {
        let color = line.runs.first().map_or(Color32::PLACEHOLDER, |run| run.color);
        ui.painter().galley(at, galley, color);
    }
    if !elided && line.tip.is_none() {
        return response;
    }
    let told = [elided.then_some(text), line.tip.clone()];
    let told: Vec<String> = told.into_iter().flatten().collect();
    let response = response.on_hover_text(told.join("\n"));
    if line.tip.is_none() {
        spoken::once(ui, &response);
    }
    response
}

/// A paragraph in the flow of a layout, as wide as there is room.
pub(crate) fn label(ui: &mut Ui, line: &Line) -> Response {
    let galley = line.galley(ui, ui.available_width());
    let (_, rect) = ui.allocate_space(galley.size());
    place(ui, rect.min, line, galley)
}

/// A paragraph on as many rows as it needs.
pub(crate) fn paragraph(ui: &mut Ui, text: impl Into<String>, style: Type, color: Color32) -> Response {
    label(ui, &Line::of(text, style, color).rows(usize::MAX))
}
