//! One finding: its sign and state in a word, what it is about, what was found, what to do.

use std::sync::Arc;

use egui::{Align, Galley, Id, Layout, Rect, Role, Ui, UiBuilder, pos2, vec2};
use i18n_embed_fl::fl;

use crate::diagnose::{self, State};
use crate::i18n::sentence;
use crate::model::diagnostics::Row;
use crate::model::toasts::{Done, ToastAction};
use crate::model::{Action, is_web_address};
use crate::view::Scene;
use crate::view::theme::icons::{self, Icon};
use crate::view::theme::motion;
use crate::view::theme::{
    self, BUTTON_HEIGHT, Palette, SPACE_2, SPACE_3, SPACE_4, SPACE_6, SPACE_HALF, Type, steps,
};
use crate::view::widgets::button::{Button, link};
use crate::view::widgets::spoken;
use crate::view::widgets::text::{Line, place};

const SIGN: f32 = SPACE_4;
/// What a finding is about.
const TITLE_WIDTH: f32 = steps(54);
/// Its state in a word.
const STATE_WIDTH: f32 = steps(33);
/// No narrower column is read with pleasure.
const LEAST_TEXT: f32 = steps(60);
/// The finding that somebody is going to paste somewhere else.
const RULE: &str = "firewall";

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, row: &Row) {
    let colors = theme::palette(ui);
    let title = vec![Line::of(&row.slot.title, Type::Strong, colors.text).rows(2)];
    let (word, color) = state(scene, colors, row);
    let word = vec![Line::of(word, Type::Small, color).rows(2)];
    let lines = lines(colors, row);
    let columns = Columns::of(ui.available_width());
    let titles = laid_out(ui, title, columns.title_width);
    let texts = laid_out(ui, lines, columns.text_width);
    let words = laid_out(ui, word, STATE_WIDTH);
    let rule_height = if has_rule(row) { SPACE_6 } else { 0.0 };
    let said = tall(&texts) + rule_height;
    let (text_below, height) = if columns.is_stacked {
        let head = tall(&titles).max(tall(&words));
        (head, head + said)
    } else {
        (0.0, tall(&titles).max(said))
    };
    let (_, rect) = ui.allocate_space(vec2(columns.width, height + 2.0 * SPACE_2));
    let builder = UiBuilder::new()
        .scope_id(Id::unique(("finding", row.slot.id)))
        .max_rect(rect)
        .accessibility_role(Role::ListItem)
        .accessibility_label(name(scene, row));
    ui.scope_builder(builder, |ui| {
        spoken::place(ui, rect);
        let top = rect.top() + SPACE_2;
        sign(ui, colors, row, pos2(rect.left() + SIGN / 2.0, top + Type::Body.line_height() / 2.0));
        put(ui, pos2(rect.left() + SIGN + SPACE_3, top), titles);
        let text_left = rect.left() + columns.text_left;
        let below = put(ui, pos2(text_left, top + text_below), texts);
        if has_rule(row) {
            let place = Rect::from_min_size(pos2(text_left, below), vec2(columns.text_width, rule_height));
            copy_rule(ui, scene, row, place);
        }
        put(ui, pos2(rect.left() + columns.state_left, top + SPACE_HALF / 2.0), words);
        copy_button(ui, scene, row, rect);
    });
    ui.advance_cursor_after_rect(rect);
}

/// Where things stand in a row.
struct Columns {
    width: f32,
    title_width: f32,
    text_left: f32,
    text_width: f32,
    state_left: f32,
    /// What was found stands below the title, where there is no room beside it.
    is_stacked: bool,
}

impl Columns {
    fn of(width: f32) -> Self {
        let title_left = SIGN + SPACE_3;
        let state_left = width - BUTTON_HEIGHT - STATE_WIDTH;
        let text_left = title_left + TITLE_WIDTH + SPACE_4;
        let text_width = state_left - text_left - SPACE_4;
        if text_width >= LEAST_TEXT {
            return Self {
                width,
                title_width: TITLE_WIDTH,
                text_left,
                text_width,
                state_left,
                is_stacked: false,
            };
        }
        let title_width = (state_left - title_left - SPACE_4).max(0.0);
        let text_width = (width - title_left - BUTTON_HEIGHT).max(0.0);
        Self { width, title_width, text_left: title_left, text_width, state_left, is_stacked: true }
    }
}

fn laid_out(ui: &Ui, lines: Vec<Line>, width: f32) -> Vec<(Line, Arc<Galley>)> {
    let with_galley = |line: Line| {
        let galley = line.galley(ui, width);
        (line, galley)
    };
    lines.into_iter().map(with_galley).collect()
}

fn tall(lines: &[(Line, Arc<Galley>)]) -> f32 {
    lines.iter().map(|(_, galley)| galley.size().y).sum()
}

/// Where they end.
fn put(ui: &mut Ui, at: egui::Pos2, lines: Vec<(Line, Arc<Galley>)>) -> f32 {
    let mut top = at.y;
    for (line, galley) in lines {
        let height = galley.size().y;
        place(ui, pos2(at.x, top), &line, galley);
        top += height;
    }
    top
}

/// The state in a word; beside every colour there is one.
fn state(scene: &Scene<'_>, colors: &Palette, row: &Row) -> (String, egui::Color32) {
    let loader = scene.loader();
    match row.line.as_ref().map(|line| line.state) {
        None => (fl!(loader, "diagnostics-pending"), colors.muted),
        Some(State::Ok) => (fl!(loader, "diagnostics-state-ok"), colors.ok),
        Some(State::Neutral) => (fl!(loader, "diagnostics-state-neutral"), colors.muted),
        Some(State::Attention) => (fl!(loader, "diagnostics-state-attention"), colors.amber),
        Some(State::Unknown) => (fl!(loader, "diagnostics-state-unknown"), colors.muted),
    }
}

fn lines(colors: &Palette, row: &Row) -> Vec<Line> {
    let Some(line) = &row.line else { return Vec::new() };
    let mut lines = vec![Line::of(said(&line.text), Type::Body, colors.text).rows(usize::MAX)];
    for part in line.detail.lines() {
        lines.push(Line::of(part, Type::Small, colors.muted).rows(usize::MAX));
    }
    if !line.advice.is_empty() {
        let (style, color) = match line.state {
            State::Attention => (Type::SmallStrong, colors.text),
            State::Ok | State::Neutral | State::Unknown => (Type::Small, colors.muted),
        };
        lines.push(Line::of(&line.advice, style, color).rows(usize::MAX));
    }
    lines
}

/// An address is written as it is.
fn said(text: &str) -> String {
    if is_web_address(text) { text.to_owned() } else { sentence(text) }
}

fn name(scene: &Scene<'_>, row: &Row) -> String {
    let (state, _) = state(scene, &theme::LIGHT, row);
    let title = row.slot.title.as_str();
    let text = row.line.as_ref().map(|line| said(&line.text)).unwrap_or_default();
    fl!(scene.loader(), "diagnostics-row-name", title = title, state = state, text = text)
}

fn sign(ui: &Ui, colors: &Palette, row: &Row, center: egui::Pos2) {
    let (icon, color) = match row.line.as_ref().map(|line| line.state) {
        None => return motion::spinner(ui.painter(), center, SIGN, colors.edge),
        Some(State::Ok) => (Icon::Check, colors.ok),
        Some(State::Neutral) => (Icon::Minus, colors.muted),
        Some(State::Attention) => (Icon::Exclamation, colors.amber),
        Some(State::Unknown) => (Icon::Question, colors.muted),
    };
    icons::paint(ui.painter(), icon, center, SIGN, color);
}

fn has_rule(row: &Row) -> bool {
    row.slot.id == RULE && row.line.as_ref().is_some_and(|line| !line.detail.is_empty())
}

fn copy_rule(ui: &mut Ui, scene: &Scene<'_>, row: &Row, rect: Rect) {
    let Some(line) = &row.line else { return };
    let builder = UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| {
        let words = fl!(scene.loader(), "diagnostics-copy-rule");
        if link(ui, &words, &words).clicked() {
            copy(ui, scene, line.detail.clone());
        }
    });
}

fn copy_button(ui: &mut Ui, scene: &Scene<'_>, row: &Row, rect: Rect) {
    let Some(line) = &row.line else { return };
    let place = Rect::from_min_size(
        pos2(rect.right() - BUTTON_HEIGHT + SPACE_2, rect.top()),
        egui::Vec2::splat(BUTTON_HEIGHT),
    );
    let builder = UiBuilder::new()
        .scope_id(Id::unique(("copy finding", row.slot.id)))
        .max_rect(place)
        .layout(Layout::left_to_right(Align::Center));
    let mut right = ui.new_child(builder);
    let name = fl!(scene.loader(), "diagnostics-copy-one", title = row.slot.title.as_str());
    let response = Button::icon(Icon::Copy, &name).show(&mut right);
    if is_wanted(ui, row) {
        response.request_focus();
        response.scroll_to_me(Some(Align::Center));
    } else if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if response.clicked() {
        copy(ui, scene, diagnose::told(line, scene.texts));
    }
}

/// Brings a finding into sight with the next picture, and the keyboard to it.
pub(super) fn want(ui: &Ui, row: &Row) {
    ui.data_mut(|data| data.insert_temp(wanted_id(), row.slot.id));
}

fn is_wanted(ui: &Ui, row: &Row) -> bool {
    let is_it = ui.data(|data| data.get_temp(wanted_id())) == Some(row.slot.id);
    if is_it {
        ui.data_mut(|data| data.remove::<&'static str>(wanted_id()));
        ui.ctx().request_repaint();
    }
    is_it
}

fn wanted_id() -> Id {
    Id::unique("wanted finding")
}

fn copy(ui: &Ui, scene: &Scene<'_>, text: String) {
    ui.ctx().copy_text(text);
    scene.send(Action::Toast(ToastAction::Say(Done::Copied)));
}
