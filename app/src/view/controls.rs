//! The controls at the right of a row or a card: described first, so that the texts beside them know how
//! much room is left, then drawn.

use egui::accesskit::HasPopup;
use egui::{Align, Id, Layout, Popup, Rect, Response, Ui, UiBuilder, pos2};
use i18n_embed_fl::fl;
use smarts_core::machine::Base;
use smarts_core::offer::Item;

use super::Scene;
use super::coverage;
use super::theme::icons::Icon;
use super::theme::{self, SPACE_1, SPACE_2};
use super::tips;
use super::whole::menu_entries;
use super::widgets::button::{Button, Look, link, link_width};
use super::widgets::spoken;
use crate::model::details::{DetailsAction, Of};
use crate::model::going_back::may_go_back;
use crate::model::history::OfBase;
use crate::model::{Action, GoingBackAction, HistoryAction, ItemAction, is_web_address};

/// The vendor's page with all files: the manual way that is always there. The address is the public one of
/// the vendor's site (from general knowledge, not looked up by this program).
pub(super) const DOWNLOADS_PAGE: &str = "https://www.cleverence.ru/downloads/";

const GAP: f32 = SPACE_2;

/// Something to press.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Control {
    /// A link.
    Link { text: String, name: String, action: Action },
    /// A button.
    Button { text: String, name: String, look: Look, action: Action },
    /// A button with an icon alone.
    Icon { icon: Icon, name: String, action: Action },
    /// The row's menu.
    Menu { name: String, entries: Vec<(String, Action)> },
}

impl Control {
    fn width(&self, ui: &Ui) -> f32 {
        match self {
            Self::Link { text, .. } => link_width(ui, text),
            Self::Button { text, .. } => Button::new(text).size(ui).x,
            Self::Icon { .. } | Self::Menu { .. } => theme::BUTTON_HEIGHT,
        }
    }

    /// Whether it has got the keyboard.
    fn show(&self, ui: &mut Ui, scene: &Scene<'_>) -> bool {
        let (response, action) = match self {
            Self::Link { text, name, action } => (link(ui, text, name), action),
            Self::Button { text, name, look, action } => {
                (Button::new(text).name(name).look(*look).show(ui), action)
            }
            Self::Icon { icon, name, action } => (Button::icon(*icon, name).show(ui), action),
            Self::Menu { name, entries } => return menu(ui, scene, name, entries),
        };
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        let gained_focus = response.gained_focus();
        if response.clicked() {
            scene.send(action.clone());
        }
        // An icon says its name that way.
        if !matches!(self, Self::Icon { .. })
            && let Some(tip) = tips::of_action(scene, action)
        {
            told(response, &tip);
        }
        gained_focus
    }
}

/// To whoever points at it, and to whoever comes to it by keyboard.
fn told(response: Response, tip: &str) {
    if response.has_focus() {
        response.show_tooltip_text(tip);
    } else {
        response.on_hover_text(tip);
    }
}

/// The room controls take side by side.
pub(super) fn width(ui: &Ui, controls: &[Control]) -> f32 {
    let widths: f32 = controls.iter().map(|control| control.width(ui)).sum();
    let gaps: f32 = controls.windows(2).map(|pair| gap(pair.first(), pair.last())).sum();
    widths + gaps
}

/// Two links need more room between them than what has a border.
fn gap(left: Option<&Control>, right: Option<&Control>) -> f32 {
    match (left, right) {
        (Some(Control::Link { .. }), Some(Control::Link { .. })) => 2.0 * GAP,
        (Some(_), Some(_)) => GAP,
        (None, _) | (_, None) => 0.0,
    }
}

/// Draws controls at the right of `rect`, in the middle of its height; in the order of the keyboard, so
/// from left to right. `id` is their own: they keep the keyboard when the texts beside them change. Whether one of them
/// has got it just now.
pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, id: Id, rect: Rect, controls: &[Control]) -> bool {
    let left = rect.right() - width(ui, controls);
    let place = Rect::from_min_max(pos2(left, rect.top()), rect.max);
    let layout = Layout::left_to_right(Align::Center);
    let mut child = ui.new_child(UiBuilder::new().scope_id(id).max_rect(place).layout(layout));
    child.spacing_mut().item_spacing.x = 0.0;
    let mut is_entered = false;
    for (place, control) in controls.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| controls.get(before));
        child.add_space(gap(before, Some(control)));
        is_entered |= control.show(&mut child, scene);
    }
    is_entered
}

/// A button with dots that opens a menu. Whether it has got the keyboard.
pub(super) fn menu(ui: &mut Ui, scene: &Scene<'_>, name: &str, entries: &[(String, Action)]) -> bool {
    let response = Button::icon(Icon::Dots, name).show(ui);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let menu = Popup::menu(&response).accessible_name(name).gap(SPACE_1);
    let shown = menu.show(|ui| menu_entries(ui, scene, entries));
    spoken::opens(ui, &response, HasPopup::Menu, shown.is_some());
    response.gained_focus()
}

/// What the menu among these controls offers.
pub(super) fn entries(controls: &[Control]) -> &[(String, Action)] {
    let mut menus = controls.iter().filter_map(|control| match control {
        Control::Menu { entries, .. } => Some(entries.as_slice()),
        Control::Link { .. } | Control::Button { .. } | Control::Icon { .. } => None,
    });
    menus.next().unwrap_or_default()
}

/// The menu of a base's row.
pub(super) fn base_menu(scene: &Scene<'_>, name: &str, base: Option<&Base>, item: Option<&Item>) -> Control {
    let loader = scene.loader();
    let id = base.map(|base| &base.id).or(item.map(|item| &item.id));
    let mut entries: Vec<_> = id.map(|id| details(scene, Of::Item(id.clone()))).into_iter().collect();
    entries.extend(id.and_then(|id| sooner(scene, id)));
    entries.extend(item.and_then(|item| skipping(scene, item)));
    entries.extend(item.and_then(|item| notes(scene, item)));
    if let Some(dir) = base.and_then(|base| base.dir.clone()) {
        entries.push((fl!(loader, "menu-open-folder"), Action::OpenFolder(dir)));
    }
    entries.extend(base.and_then(|base| going_back(scene, base)));
    if let Some(base) = base {
        let of = OfBase { name: base.name.clone(), id: Some(base.id.clone()) };
        entries.push((fl!(loader, "menu-history"), Action::History(HistoryAction::ShowBase(of))));
    }
    let notes = base.and_then(|base| base.notes_link.clone()).filter(|url| is_web_address(url));
    if let Some(url) = notes {
        entries.push((fl!(loader, "menu-notes-page"), Action::OpenLink(url)));
    }
    let support = base.and_then(|base| base.support_link.clone()).filter(|url| is_web_address(url));
    if let Some(url) = support {
        entries.push((fl!(loader, "menu-support-page"), Action::OpenLink(url)));
    }
    entries.push((fl!(loader, "menu-downloads"), Action::OpenLink(DOWNLOADS_PAGE.to_owned())));
    Control::Menu { name: fl!(loader, "menu-name", name = name), entries }
}

/// «Вернуть прежнюю версию…»
fn going_back(scene: &Scene<'_>, base: &Base) -> Option<(String, Action)> {
    let open = GoingBackAction::Open { base_id: base.id.clone(), copy: None };
    may_go_back(base).then(|| (fl!(scene.loader(), "going-back-menu"), Action::GoingBack(open)))
}

/// The menu of what is one of its kind on a PC, and of several bases with one offer; `id` is whose download it is about.
pub(super) fn offer_menu(scene: &Scene<'_>, name: &str, of: Of, id: &str) -> Control {
    let loader = scene.loader();
    let item = scene.model.item_by_id(id);
    let mut entries = vec![details(scene, of)];
    entries.extend(sooner(scene, id));
    entries.extend(item.and_then(|item| skipping(scene, item)));
    entries.extend(item.and_then(|item| notes(scene, item)));
    entries.push((fl!(loader, "menu-downloads"), Action::OpenLink(DOWNLOADS_PAGE.to_owned())));
    Control::Menu { name: fl!(loader, "menu-name", name = name), entries }
}

/// «Подробнее»
fn details(scene: &Scene<'_>, of: Of) -> (String, Action) {
    (fl!(scene.loader(), "menu-details"), Action::Details(DetailsAction::Open(of)))
}

/// «Скачать раньше других», of a download that others wait before.
fn sooner(scene: &Scene<'_>, id: &str) -> Option<(String, Action)> {
    let place = scene.model.place_in_queue(id)?;
    let action = Action::Item { id: id.to_owned(), action: ItemAction::Sooner };
    (place > 1).then(|| (fl!(scene.loader(), "menu-sooner"), action))
}

/// What changes in a release that subscriptions keep from being installed: the row has no room for it.
fn notes(scene: &Scene<'_>, item: &Item) -> Option<(String, Action)> {
    let is_blocked = coverage::is_uncovered(item) && scene.model.activity(&item.id).is_none();
    let action = Action::Item { id: item.id.clone(), action: ItemAction::ShowNotes };
    is_blocked.then(|| (fl!(scene.loader(), "link-notes"), action))
}

/// To hear no more of what is offered, or to hear of it again.
fn skipping(scene: &Scene<'_>, item: &Item) -> Option<(String, Action)> {
    let loader = scene.loader();
    let (text, action) = if scene.model.is_skipped(item) {
        (fl!(loader, "menu-offer-again"), ItemAction::OfferAgain)
    } else if scene.model.may_be_skipped(item) {
        (fl!(loader, "menu-skip"), ItemAction::Skip)
    } else {
        return None;
    };
    Some((text, Action::Item { id: item.id.clone(), action }))
}
