//! All that is known of a row, the platform or this program: beside the list where the window is wide, above it
//! elsewhere.
//!
//! Nothing is found out here; what has to be (copies) the model asks for when the details open.

mod about;
mod group;
mod of_base;
mod parts;
mod timeline;

use egui::{
    Align, Frame, Id, Key, Layout, Margin, Modifiers, Panel, Role, ScrollArea, Stroke, Ui, UiBuilder, vec2,
};
use i18n_embed_fl::fl;

use self::about::{About, about};
use super::Scene;
use super::controls;
use super::list_keys::focus_current;
use super::modal::{middle_height, offer_focus, scrolling, untitled};
use super::theme::icons::Icon;
use super::theme::{
    self, BUTTON_HEIGHT, ICON_SIZE, PAGE_MARGIN, SPACE_1, SPACE_2, SPACE_3, SPACE_5, Type, steps,
};
use super::widgets::button::Button;
use super::widgets::marks::badge;
use super::widgets::spoken;
use super::widgets::text::{Line, block};
use crate::model::details::{Details, DetailsAction};
use crate::model::{Action, Tab};

/// From this width of the window on they stand beside the list.
const WIDE: f32 = steps(350);
const PANEL_WIDTH: f32 = steps(110);
const DIALOG_WIDTH: f32 = steps(155);

fn close() -> Action {
    Action::Details(DetailsAction::Close)
}

fn open<'a>(scene: &Scene<'a>) -> Option<&'a Details> {
    scene.model.details.as_ref().filter(|_| scene.model.tab == Tab::Updates)
}

fn is_wide(ui: &Ui) -> bool {
    ui.ctx().content_rect().width() >= WIDE
}

/// Whether they stand above the list now, as a dialog does.
pub(super) fn is_dialog(ui: &Ui, scene: &Scene<'_>) -> bool {
    open(scene).is_some() && !is_wide(ui) && !scene.model.is_covered()
}

/// Beside the list, where there is room. To be called before the list is drawn.
pub(super) fn panel(ui: &mut Ui, scene: &Scene<'_>) {
    let Some(details) = open(scene).filter(|_| is_wide(ui)) else { return };
    let Some(about) = about(ui, scene, details) else { return };
    let colors = theme::palette(ui);
    let frame = Frame::NONE.fill(colors.surface).inner_margin(Margin::ZERO);
    let panel = Panel::right("details").exact_size(PANEL_WIDTH).frame(frame).show_separator_line(false);
    let shown = panel.show(ui, |ui| {
        let builder = UiBuilder::new().accessibility_role(Role::Complementary).accessibility_label(fl!(
            scene.loader(),
            "details-name",
            name = about.name.as_str()
        ));
        ui.scope_builder(builder, |ui| {
            spoken::place(ui, ui.max_rect());
            Frame::NONE.inner_margin(Margin::same(SPACE_5 as i8)).show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(SPACE_2, 0.0);
                head(ui, scene, &about, false);
            });
            ScrollArea::vertical().id_salt("details").auto_shrink([false, false]).show(ui, |ui| {
                let sides =
                    Margin { left: SPACE_5 as i8, right: SPACE_5 as i8, top: 0, bottom: PAGE_MARGIN as i8 };
                Frame::NONE.inner_margin(sides).show(ui, |ui| {
                    ui.spacing_mut().item_spacing = vec2(SPACE_2, 0.0);
                    parts::show(ui, scene, &about);
                });
            });
        });
    });
    let rect = shown.response.rect;
    ui.painter().vline(rect.left() + 0.5, rect.y_range(), Stroke::new(1.0, colors.line));
    escape(ui, scene);
}

/// The row they are about gets the keyboard back.
fn escape(ui: &Ui, scene: &Scene<'_>) {
    if scene.model.is_covered() || egui::Popup::is_any_open(ui.ctx()) || ui.ctx().text_edit_focused() {
        return;
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        scene.send(close());
        focus_current(ui, scene);
    }
}

/// Above the list, where there is no room beside it and nothing else is open.
pub(super) fn dialog(ui: &mut Ui, scene: &Scene<'_>) {
    if !is_dialog(ui, scene) {
        return;
    }
    let Some(about) = open(scene).and_then(|details| about(ui, scene, details)) else { return };
    let name = fl!(scene.loader(), "details-name", name = about.name.as_str());
    untitled(ui, scene, "details", &name, DIALOG_WIDTH, close(), |ui| {
        head(ui, scene, &about, true);
        ui.add_space(SPACE_3);
        let height = middle_height(ui, 2.0 * BUTTON_HEIGHT + SPACE_5);
        scrolling(ui, "details", height, |ui| parts::show(ui, scene, &about));
    });
}

/// Icon, name and what it is; below what can be done about it.
fn head(ui: &mut Ui, scene: &Scene<'_>, about: &About, takes_keyboard: bool) {
    let colors = theme::palette(ui);
    let width = ui.available_width();
    let (_, rect) = ui.allocate_space(vec2(width, ICON_SIZE + SPACE_1));
    badge(ui, rect.with_max_x(rect.left() + ICON_SIZE), &about.badge);
    let text = rect.with_min_x(rect.left() + ICON_SIZE + SPACE_3);
    let lines =
        [Line::of(&about.name, Type::Heading, colors.text), Line::of(&about.what, Type::Small, colors.muted)];
    block(ui, text.with_max_x(rect.right() - BUTTON_HEIGHT - SPACE_2), &lines);
    let layout = Layout::right_to_left(Align::Center);
    let corner = rect.with_min_x(rect.right() - BUTTON_HEIGHT);
    let builder = UiBuilder::new().scope_id(Id::unique("close details")).max_rect(corner).layout(layout);
    let mut corner = ui.new_child(builder);
    let button = Button::icon(Icon::Cross, &fl!(scene.loader(), "details-close")).show(&mut corner);
    if takes_keyboard {
        offer_focus(ui, &button);
    }
    if button.clicked() {
        scene.send(close());
        focus_current(ui, scene);
    }
    if about.controls.is_empty() {
        return;
    }
    ui.add_space(SPACE_2);
    let (_, rect) = ui.allocate_space(vec2(width, BUTTON_HEIGHT));
    let place = rect.with_max_x(rect.left() + controls::width(ui, &about.controls));
    controls::show(ui, scene, Id::unique("controls of details"), place, &about.controls);
}
