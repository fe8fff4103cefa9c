//! What the parts of the settings are put together from: cards, notes, rows of controls, the line that says where
//! something is stored.

use std::path::Path;

use egui::accesskit::Live;
use egui::{Align, Color32, Frame, Id, Layout, Margin, Role, Stroke, Ui, UiBuilder, vec2};
use i18n_embed_fl::fl;

use crate::model::Action;
use crate::view::Scene;
use crate::view::theme::icons::{self, Icon};
use crate::view::theme::{
    self, BUTTON_HEIGHT, ICON, Palette, RADIUS_BOX, RADIUS_CARD, SPACE_1, SPACE_2, SPACE_3, SPACE_4, Type,
};
use crate::view::widgets::button::{link, link_width};
use crate::view::widgets::spoken;
use crate::view::widgets::text::{Line, label, paragraph};

/// What stands before a note.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Only others may.
    Lock,
    /// Look here.
    Warning,
}

/// What belongs together.
pub(super) fn card(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let colors = theme::palette(ui);
    let frame = Frame::NONE
        .fill(colors.surface)
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(RADIUS_CARD)
        .inner_margin(Margin::same(SPACE_4 as i8));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        content(ui);
    });
    ui.add_space(SPACE_3);
}

pub(super) fn separator(ui: &mut Ui) {
    let colors = theme::palette(ui);
    ui.add_space(SPACE_4);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), 1.0));
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, colors.line));
    ui.add_space(SPACE_4);
}

/// Something to know before the rest.
pub(super) fn note(ui: &mut Ui, color: Color32, mark: Mark, text: String) {
    let colors = theme::palette(ui);
    let frame = Frame::NONE
        .fill(colors.surface)
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(RADIUS_BOX)
        .inner_margin(Margin::symmetric(SPACE_3 as i8, SPACE_2 as i8));
    frame.show(ui, |ui| {
        let width = ui.available_width();
        ui.set_width(width);
        let line = Line::of(text, Type::Body, color).rows(usize::MAX);
        let left = ICON + SPACE_2;
        let galley = line.galley(ui, width - left);
        let (_, rect) = ui.allocate_space(vec2(width, galley.size().y));
        let icon = if mark == Mark::Lock { Icon::Lock } else { Icon::Exclamation };
        let center = rect.min + vec2(ICON / 2.0, Type::Body.line_height() / 2.0);
        icons::paint(ui.painter(), icon, center, ICON, color);
        crate::view::widgets::text::place(ui, rect.min + vec2(left, 0.0), &line, galley);
    });
    ui.add_space(SPACE_3);
}

/// Controls side by side. `key`: they keep the keyboard whatever appears above them.
pub(super) fn row(ui: &mut Ui, key: &str, content: impl FnOnce(&mut Ui)) {
    in_row(ui, key, UiBuilder::new(), content);
}

/// The same of words to choose from, which are one thing to a screen reader.
pub(super) fn choices(ui: &mut Ui, key: &str, name: &str, content: impl FnOnce(&mut Ui)) {
    let builder = UiBuilder::new().accessibility_role(Role::RadioGroup).accessibility_label(name);
    in_row(ui, key, builder, |ui| {
        content(ui);
        spoken::place(ui, ui.min_rect());
    });
}

fn in_row(ui: &mut Ui, key: &str, builder: UiBuilder, content: impl FnOnce(&mut Ui)) {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), BUTTON_HEIGHT));
    let layout = Layout::left_to_right(Align::Center);
    let id = Id::unique(("settings row", key));
    let mut child = ui.new_child(builder.scope_id(id).max_rect(rect).layout(layout));
    child.spacing_mut().item_spacing.x = SPACE_2;
    content(&mut child);
}

pub(super) fn hint(ui: &mut Ui, colors: &Palette, text: impl Into<String>) {
    paragraph(ui, text, Type::Small, colors.muted);
}

pub(super) fn fault(ui: &mut Ui, colors: &Palette, text: String) {
    ui.add_space(SPACE_1);
    let response = paragraph(ui, text, Type::Small, colors.err);
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
}

pub(super) fn heading(ui: &mut Ui, colors: &Palette, text: String) {
    label(ui, &Line::of(text, Type::Strong, colors.text));
}

/// Where something is stored, and its folder.
pub(super) fn stored(
    ui: &mut Ui,
    scene: &Scene<'_>,
    colors: &Palette,
    key: &str,
    file: &Path,
    whose: String,
) {
    let loader = scene.loader();
    hint(ui, colors, whose);
    row(ui, &format!("stored {key}"), |ui| {
        let open = fl!(loader, "settings-open-folder");
        let room = ui.available_width() - link_width(ui, &open) - SPACE_2;
        let path = fl!(loader, "settings-stored-in", path = file.display().to_string());
        let line = Line::of(path, Type::Small, colors.muted);
        let galley = line.galley(ui, room);
        let (_, rect) = ui.allocate_space(galley.size());
        crate::view::widgets::text::place(ui, rect.min, &line, galley);
        let name = fl!(loader, "settings-open-folder-name", path = file.display().to_string());
        let response = link(ui, &open, &name);
        if let Some(dir) = file.parent()
            && response.clicked()
        {
            scene.send(Action::OpenFolder(dir.to_path_buf()));
        }
    });
    ui.add_space(SPACE_3);
}
