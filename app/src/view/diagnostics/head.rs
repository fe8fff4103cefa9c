//! Above the findings: how it stands in one sentence, and what can be done with all of them.

use egui::accesskit::Live;
use egui::{Align, Id, Layout, Rect, Role, Ui, UiBuilder, vec2};
use i18n_embed_fl::fl;

use super::{action, hint, row};
use crate::diagnose::{State, Sum, told_all};
use crate::i18n::sentence;
use crate::model::Action;
use crate::model::diagnostics::{DiagnosticsAction, DiagnosticsPage, Looking, Row};
use crate::model::toasts::{Done, ToastAction};
use crate::view::Scene;
use crate::view::banner;
use crate::view::theme::icons::Icon;
use crate::view::theme::{self, BUTTON_HEIGHT, SPACE_2, SPACE_3, SPACE_4, SPACE_6, Type};
use crate::view::widgets::button::{Button, Look, link};
use crate::view::widgets::spoken;
use crate::view::widgets::text::{Line, block};

/// A screen reader is told of every so many findings, and of the end.
const TOLD_EVERY: usize = 10;

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let page = &scene.model.diagnostics;
    first_row(ui, scene, page);
    tools(ui, scene, page);
    // Not before all is known: the page would jump under the pointer.
    if !page.is_running() {
        to_look_at(ui, scene, page);
    }
    ui.add_space(SPACE_4);
    if let Some(why) = &page.fault {
        let colors = theme::palette(ui);
        let lines = [
            Line::of(sentence(why), Type::Body, colors.err).rows(3),
            Line::of(fl!(scene.loader(), "support-next"), Type::Small, colors.muted).rows(2),
        ];
        if banner::show(ui, &lines, Button::new(&fl!(scene.loader(), "close"))).clicked() {
            scene.send(action(DiagnosticsAction::Understood));
        }
    }
}

fn first_row(ui: &mut Ui, scene: &Scene<'_>, page: &DiagnosticsPage) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let (again, stop) = (fl!(loader, "diagnostics-again"), fl!(loader, "diagnostics-stop"));
    let (text, icon) = if page.is_running() { (&stop, Icon::Cross) } else { (&again, Icon::Refresh) };
    let button = Button::new(text).with_icon(icon).dead(page.looking == Looking::Stopping);
    let size = button.size(ui);
    let height = Type::Title.line_height() + Type::Body.line_height();
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height));
    let lines = [
        Line::of(title(scene, page), Type::Title, colors.text),
        Line::of(hint(scene), Type::Body, colors.muted),
    ];
    status(ui, scene, page, rect.with_max_x(rect.right() - size.x - SPACE_4), &lines);
    let place = Rect::from_min_size(rect.right_top() - vec2(size.x, 0.0), vec2(size.x, BUTTON_HEIGHT));
    let builder = UiBuilder::new().scope_id(Id::unique("look at this PC")).max_rect(place);
    let mut right = ui.new_child(builder.layout(Layout::left_to_right(Align::Center)));
    if button.show(&mut right).clicked() {
        let stops = page.is_running();
        scene.send(if stops { action(DiagnosticsAction::Stop) } else { Action::Diagnose });
    }
    ui.add_space(SPACE_3);
}

/// The sentence, which is also told to who does not see it.
fn status(ui: &mut Ui, scene: &Scene<'_>, page: &DiagnosticsPage, rect: Rect, lines: &[Line]) {
    let builder = UiBuilder::new()
        .scope_id(Id::unique("how this PC stands"))
        .max_rect(rect)
        .accessibility_role(Role::Status)
        .accessibility_label(announced(scene, page));
    ui.scope_builder(builder, |ui| {
        let id = ui.unique_id();
        ui.ctx().accesskit_node_builder(id, |node| node.set_live(Live::Polite));
        spoken::place(ui, rect);
        block(ui, rect, lines);
    });
    ui.advance_cursor_after_rect(rect);
}

fn title(scene: &Scene<'_>, page: &DiagnosticsPage) -> String {
    let found = page.lines().count();
    summary(scene, page, found)
}

/// Not every single finding: that would talk without an end.
fn announced(scene: &Scene<'_>, page: &DiagnosticsPage) -> String {
    let found = page.lines().count();
    summary(scene, page, found - found % TOLD_EVERY)
}

fn summary(scene: &Scene<'_>, page: &DiagnosticsPage, found: usize) -> String {
    let loader = scene.loader();
    let sum = || Sum::of(page.lines()).words(scene.texts);
    match page.looking {
        Looking::Not => fl!(loader, "diagnostics-title"),
        Looking::Running | Looking::Stopping if page.rows.is_empty() => fl!(loader, "diagnostics-starting"),
        Looking::Running | Looking::Stopping => {
            fl!(loader, "diagnostics-running", done = found, total = page.rows.len())
        }
        Looking::Done { was_stopped: true } => fl!(loader, "diagnostics-stopped", sum = sum()),
        Looking::Done { was_stopped: false } => sentence(&sum()),
        Looking::Broke => fl!(loader, "diagnostics-broke"),
    }
}

/// Ways to what needs attention, which may be far below.
fn to_look_at(ui: &mut Ui, scene: &Scene<'_>, page: &DiagnosticsPage) {
    let is_open = |row: &&Row| row.line.as_ref().is_some_and(|line| line.state == State::Attention);
    let mut rows = page.rows.iter().filter(is_open).peekable();
    if rows.peek().is_none() {
        return;
    }
    let colors = theme::palette(ui);
    let loader = scene.loader();
    ui.add_space(SPACE_2);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(SPACE_3, 0.0);
        let words = Line::of(fl!(loader, "diagnostics-to-look-at"), Type::Small, colors.amber);
        let width = words.galley(ui, ui.available_width()).size().x;
        // As tall as a link, so that the words stand on one line.
        let (_, place) = ui.allocate_space(vec2(width, SPACE_6));
        block(ui, place, &[words]);
        for row in rows {
            let name = fl!(loader, "diagnostics-show", title = row.slot.title.as_str());
            if link(ui, &row.slot.title, &name).clicked() {
                row::want(ui, row);
            }
        }
    });
}

fn tools(ui: &mut Ui, scene: &Scene<'_>, page: &DiagnosticsPage) {
    let loader = scene.loader();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(SPACE_2, SPACE_2);
        let words = if page.is_saving {
            fl!(loader, "diagnostics-saving")
        } else {
            fl!(loader, "diagnostics-report")
        };
        if Button::new(&words).spins(page.is_saving).dead(page.is_saving).show(ui).clicked() {
            scene.send(action(DiagnosticsAction::ChooseReport));
        }
        let is_empty = page.lines().next().is_none();
        let words = fl!(loader, "diagnostics-copy-all");
        if Button::new(&words).with_icon(Icon::Copy).dead(is_empty).show(ui).clicked() {
            ui.ctx().copy_text(told_all(page.lines(), scene.texts));
            scene.send(Action::Toast(ToastAction::Say(Done::Copied)));
        }
        let words = fl!(loader, "diagnostics-open-log");
        if Button::new(&words).look(Look::Ghost).show(ui).clicked() {
            scene.send(Action::OpenLogFolder);
        }
    });
}
