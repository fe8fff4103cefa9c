//! What was just done, said at the bottom of the window for a moment. It takes no keyboard away, and a screen reader
//! says it when it has finished its sentence.

use std::path::Path;

use egui::accesskit::Live;
use egui::{
    Align2, Area, Frame, Id, Key, LayerId, Margin, Modifiers, Order, Role, Stroke, Ui, UiBuilder, vec2,
};
use i18n_embed_fl::fl;

use super::Scene;
use super::life;
use super::theme::icons::Icon;
use super::theme::{self, BUTTON_HEIGHT, PAGE_MARGIN, RADIUS_CARD, SPACE_2, SPACE_3, SPACE_4, Type, steps};
use super::widgets::button::{Button, link};
use super::widgets::spoken;
use super::widgets::text::{Line, label};
use crate::model::Action;
use crate::model::toasts::{Done, Toast, ToastAction};

const WIDTH: f32 = steps(140);

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let is_free = !scene.model.is_covered();
    if is_free && !ui.ctx().text_edit_focused() {
        let undo = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Z));
        if undo {
            scene.send(Action::Toast(ToastAction::UndoLast));
        }
    }
    let toasts = &scene.model.toasts.list;
    if toasts.is_empty() {
        return;
    }
    let id = Id::unique("toasts");
    if !is_free {
        // What is pressed comes to the top, and with it the veil around a dialog.
        ui.ctx().move_to_top(LayerId::new(Order::Foreground, id));
    }
    let area = Area::new(id).order(Order::Foreground).interactable(true);
    // A dialog has its buttons at the bottom.
    let area = if is_free {
        area.anchor(Align2::CENTER_BOTTOM, vec2(0.0, -PAGE_MARGIN))
    } else {
        area.anchor(Align2::CENTER_TOP, vec2(0.0, SPACE_2))
    };
    area.show(ui.ctx(), |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_2;
        for toast in toasts {
            one(ui, scene, toast);
        }
    });
}

/// Puts a text into the clipboard, and says so.
pub(super) fn copy(ui: &Ui, scene: &Scene<'_>, text: String) {
    ui.ctx().copy_text(text);
    scene.send(Action::Toast(ToastAction::Say(Done::Copied)));
}

fn one(ui: &mut Ui, scene: &Scene<'_>, toast: &Toast) {
    let colors = theme::palette(ui);
    let words = words(scene, &toast.done);
    let margin =
        Margin { left: SPACE_4 as i8, right: SPACE_2 as i8, top: SPACE_2 as i8, bottom: SPACE_2 as i8 };
    let frame = Frame::NONE
        .fill(colors.surface)
        .stroke(Stroke::new(1.0, colors.edge))
        .corner_radius(RADIUS_CARD)
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(margin);
    let id = Id::unique(("toast", toast.number));
    let builder =
        UiBuilder::new().scope_id(id).accessibility_role(Role::Status).accessibility_label(words.clone());
    let shown = ui.scope_builder(builder, |ui| {
        let group = ui.unique_id();
        ui.ctx().accesskit_node_builder(group, |node| node.set_live(Live::Polite));
        let shown = frame
            .show(ui, |ui| {
                ui.set_max_width(WIDTH);
                ui.horizontal(|ui| {
                    // What comes first is else placed before it is known how tall the row is.
                    ui.set_min_height(BUTTON_HEIGHT);
                    ui.spacing_mut().item_spacing.x = SPACE_3;
                    let line = Line::of(words, Type::Body, colors.text).rows(3);
                    label(ui, &line);
                    controls(ui, scene, toast)
                })
                .inner
            })
            .inner;
        spoken::place(ui, ui.min_rect());
        shown
    });
    let is_held = shown.response.contains_pointer() || shown.inner;
    if is_held != toast.is_held {
        scene.send(Action::Toast(ToastAction::Hold { number: toast.number, is_held }));
    }
}

/// Whether one of them has the keyboard.
fn controls(ui: &mut Ui, scene: &Scene<'_>, toast: &Toast) -> bool {
    let loader = scene.loader();
    let number = toast.number;
    let mut has_focus = false;
    if let Done::Written { path } | Done::RecordsWritten { path, .. } = &toast.done {
        let open = link(ui, &fl!(loader, "toast-open-folder"), &fl!(loader, "toast-open-folder"));
        has_focus |= open.has_focus();
        if let Some(dir) = path.parent().filter(|_| open.clicked()) {
            scene.send(Action::OpenFolder(dir.to_path_buf()));
        }
    }
    if toast.undo.is_some() {
        // What has arrived is gone: this is no way back, but a new beginning.
        let words = match toast.done {
            Done::DownloadCancelled { .. } => fl!(loader, "toast-download-again"),
            _ => fl!(loader, "toast-undo"),
        };
        let undo = link(ui, &words, &words);
        has_focus |= undo.has_focus();
        if undo.on_hover_text(fl!(loader, "toast-undo-key")).clicked() {
            scene.send(Action::Toast(ToastAction::Undo(number)));
        }
    }
    let name = fl!(loader, "toast-dismiss");
    let dismiss = Button::icon(Icon::Cross, &name).show(ui);
    has_focus |= dismiss.has_focus();
    if dismiss.clicked() {
        scene.send(Action::Toast(ToastAction::Dismiss(number)));
    }
    has_focus
}

fn words(scene: &Scene<'_>, done: &Done) -> String {
    let loader = scene.loader();
    match done {
        Done::Skipped { what, version } => {
            fl!(loader, "toast-skipped", what = what.as_str(), version = version.as_str())
        }
        Done::OfferedAgain { what, version } => {
            fl!(loader, "toast-offered-again", what = what.as_str(), version = version.as_str())
        }
        Done::Copied => fl!(loader, "toast-copied"),
        Done::RowsCopied { rows } => {
            let count = *rows;
            fl!(loader, "subs-told-copied", count = count)
        }
        Done::DownloadCancelled { item_id } => {
            fl!(loader, "toast-download-cancelled", what = life::name(scene, item_id))
        }
        Done::WrittenOff { device } => fl!(loader, "subs-told-written-off", device = device.as_str()),
        Done::CountedAgain { device } => fl!(loader, "subs-told-counted-again", device = device.as_str()),
        Done::RecordsWritten { path, count } => {
            let count = *count;
            fl!(loader, "history-exported", count = count, path = file_name(path))
        }
        Done::Written { path } => fl!(loader, "toast-written", path = path.display().to_string()),
        Done::SettingsSaved => fl!(loader, "toast-settings-saved"),
        Done::AppStaged { version, bases } => {
            fl!(loader, "toast-app-staged", version = version.to_string(), bases = bases.join(", "))
        }
        Done::AppUnstaged { version, bases } => {
            fl!(loader, "toast-app-unstaged", version = version.to_string(), bases = bases.join(", "))
        }
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
