//! One of several, of which only the chosen one is seen until the list is opened.

use egui::accesskit::HasPopup;
use egui::{Popup, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::button::focus_ring;
use super::spoken;
use super::text::Line;
use crate::view::theme::icons::{self, Icon};
use crate::view::theme::{
    self, BUTTON_HEIGHT, ICON_SMALL, RADIUS_CONTROL, SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_8, Type, steps,
};

const HEIGHT: f32 = BUTTON_HEIGHT;
const MOST_HEIGHT: f32 = steps(65);

/// Draws it; returns the place of the text that was chosen now. `id` is its own; `chosen` may be none of them.
pub(crate) fn select(
    ui: &mut Ui,
    id: egui::Id,
    name: &str,
    texts: &[impl AsRef<str>],
    chosen: Option<usize>,
    width: f32,
) -> Option<usize> {
    let colors = theme::palette(ui);
    let (_, rect) = ui.allocate_space(vec2(width, HEIGHT));
    let response = ui.interact(rect, id, Sense::click());
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let shown = chosen.and_then(|place| texts.get(place)).map_or("", AsRef::as_ref);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, true, name);
        info.current_text_value = Some(shown.to_owned());
        info
    });
    let border = if response.hovered() { colors.text } else { colors.edge };
    ui.painter().rect(rect, RADIUS_CONTROL, colors.surface, Stroke::new(1.0, border), StrokeKind::Inside);
    let text = Rect::from_min_max(rect.min + vec2(SPACE_3, 0.0), rect.max - vec2(SPACE_8, 0.0));
    let galley = Line::of(shown, Type::Body, colors.text).galley(ui, text.width());
    ui.painter().galley(
        egui::pos2(text.left(), text.center().y - galley.size().y / 2.0),
        galley,
        colors.text,
    );
    icons::paint(
        ui.painter(),
        Icon::Down,
        rect.right_center() - vec2(SPACE_4, 0.0),
        ICON_SMALL,
        colors.muted,
    );
    focus_ring(ui, rect, &response);
    let mut clicked = None;
    let opened = Popup::menu(&response).accessible_name(name).gap(SPACE_1).width(width).show(|ui| {
        clicked = entries(ui, texts, chosen, width);
    });
    spoken::opens(ui, &response, HasPopup::Listbox, opened.is_some());
    clicked.filter(|place| Some(*place) != chosen)
}

/// What a list to choose from holds, in a menu.
pub(crate) fn entries(
    ui: &mut Ui,
    texts: &[impl AsRef<str>],
    chosen: Option<usize>,
    width: f32,
) -> Option<usize> {
    let mut clicked = None;
    ui.set_min_width(width - SPACE_3);
    ui.spacing_mut().button_padding = vec2(SPACE_3, SPACE_2);
    ScrollArea::vertical().max_height(MOST_HEIGHT).show(ui, |ui| {
        for (place, text) in texts.iter().enumerate() {
            let is_chosen = chosen == Some(place);
            let response = ui.selectable_label(is_chosen, text.as_ref());
            spoken::option(ui, &response, is_chosen);
            if response.clicked() {
                clicked = Some(place);
                ui.close();
            }
        }
    });
    spoken::popup(ui, Role::ListBox);
    clicked
}
