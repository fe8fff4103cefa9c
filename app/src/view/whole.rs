//! A row or a card as a whole: it takes the keyboard, opens its details, and shows the entries of its menu where the
//! pointer or the keyboard asks for them. What stands in it is drawn by others.

use egui::accesskit;
use egui::{
    Id, Key, Modifiers, Popup, Pos2, Rect, Response, Role, Sense, SetOpenCommand, Ui, WidgetInfo, vec2,
};

use super::Scene;
use super::theme::{SPACE_1, SPACE_1_HALF, SPACE_2, SPACE_3, steps};
use super::tips;
use super::widgets::marks::mark;
use super::widgets::spoken;
use crate::model::Action;
use crate::model::details::{DetailsAction, Of};

const MENU_WIDTH: f32 = steps(60);

/// What a person did with it.
pub(super) struct Whole {
    /// It takes clicks and the keyboard.
    pub response: Response,
    /// A screen reader sends the keyboard here.
    pub is_sought: bool,
    /// The menu is to be shown here.
    menu_at: Option<MenuAt>,
}

/// Where a menu is shown.
#[derive(Clone, Copy)]
struct MenuAt {
    place: Pos2,
    /// Its first entry takes the keyboard.
    by_keys: bool,
}

/// To be called before anything is drawn into it. `is_stop`: Tab stops here.
pub(super) fn whole(ui: &Ui, id: Id, rect: Rect, role: Role, name: &str, is_stop: bool) -> Whole {
    let by_keys = ui.memory(|memory| memory.has_focus(id)) && asks_for_menu(ui);
    let sense = if is_stop { Sense::click() } else { Sense::CLICK };
    let response = ui.interact(rect, id, sense);
    response.widget_info(|| WidgetInfo::labeled(role, true, name));
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let is_sought = seeks(ui, id);
    if is_sought || response.clicked_by(egui::PointerButton::Primary) {
        response.request_focus();
    }
    let menu_at = if by_keys {
        Some(MenuAt { place: rect.left_bottom() + vec2(SPACE_3, -SPACE_3), by_keys })
    } else if response.secondary_clicked() {
        response.interact_pointer_pos().map(|place| MenuAt { place, by_keys })
    } else {
        None
    };
    Whole { response, is_sought, menu_at }
}

/// A row that is no stop for Tab can be gone to all the same.
fn seeks(ui: &Ui, id: Id) -> bool {
    ui.ctx().accesskit_node_builder(id, |node| node.add_action(accesskit::Action::Focus));
    ui.input(|input| input.has_accesskit_action_request(id, accesskit::Action::Focus))
}

/// Space, the key for menus, and Shift+F10. They are used up by this.
fn asks_for_menu(ui: &Ui) -> bool {
    let keys = [(Modifiers::NONE, Key::Space), (Modifiers::NONE, Key::Menu), (Modifiers::SHIFT, Key::F10)];
    ui.input_mut(|input| keys.into_iter().any(|(modifiers, key)| input.consume_key(modifiers, key)))
}

impl Whole {
    /// To be called after everything is drawn into it: the ring, the details, the menu with these entries.
    pub(super) fn end(
        &self,
        ui: &Ui,
        scene: &Scene<'_>,
        name: &str,
        of: Option<Of>,
        entries: &[(String, Action)],
    ) {
        let by_pointer = self.response.clicked_by(egui::PointerButton::Primary);
        let asked = self.response.double_clicked() || self.response.clicked() && !by_pointer;
        if let Some(of) = of.filter(|_| asked) {
            scene.send(Action::Details(DetailsAction::Open(of)));
        }
        let is_open = self.menu(ui, scene, name, entries);
        if is_open || self.response.has_focus() {
            mark(ui, self.response.rect);
        }
    }

    /// Whether it is open.
    fn menu(&self, ui: &Ui, scene: &Scene<'_>, name: &str, entries: &[(String, Action)]) -> bool {
        let key = self.response.id.with("menu at");
        if let Some(at) = self.menu_at {
            ui.data_mut(|data| data.insert_temp(key, at));
        }
        let Some(at) = ui.data(|data| data.get_temp::<MenuAt>(key)).filter(|_| !entries.is_empty()) else {
            return false;
        };
        let opens = self.menu_at.map(|_| SetOpenCommand::Bool(true));
        let popup = Popup::menu(&self.response).open_memory(opens).at_position(at.place).gap(SPACE_1);
        let shown = popup.accessible_name(name).show(|ui| {
            let first = menu_entries(ui, scene, entries);
            if let Some(first) = first.filter(|_| self.menu_at.is_some_and(|at| at.by_keys)) {
                first.request_focus();
            }
        });
        if shown.is_none() {
            // It was closed: the keyboard goes back to where it came from.
            ui.data_mut(|data| data.remove::<MenuAt>(key));
            // Also before a dialog that an entry has opened: it gives the keyboard back to where it was.
            if at.by_keys {
                self.response.request_focus();
            }
            return false;
        }
        true
    }
}

/// Texts that do something; returns the first.
pub(super) fn menu_entries(ui: &mut Ui, scene: &Scene<'_>, entries: &[(String, Action)]) -> Option<Response> {
    ui.set_min_width(MENU_WIDTH);
    ui.spacing_mut().button_padding = vec2(SPACE_2, SPACE_1_HALF);
    let mut first = None;
    for (text, action) in entries {
        let entry = ui.button(text);
        spoken::entry(ui, &entry);
        let entry = match tips::of_action(scene, action) {
            Some(tip) => entry.on_hover_text(tip),
            None => entry,
        };
        if entry.clicked() {
            scene.send(action.clone());
            ui.close();
        }
        first = first.or(Some(entry));
    }
    spoken::popup(ui, Role::Menu);
    first
}
