//! The strip of tabs in the bar at the top. One of them has the keyboard, as in every tab list: the arrows, Home and
//! End go from tab to tab, Ctrl with a number to one from anywhere.

use egui::{
    Color32, Id, Key, Modifiers, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};
use i18n_embed_fl::fl;

use super::Scene;
use super::keyboard::{Along, next_tab};
use super::theme::{
    self, BUTTON_HEIGHT, Palette, RADIUS_CONTROL, SPACE_1, SPACE_1_HALF, SPACE_2, SPACE_3, SPACE_4, SPACE_5,
    SPACE_6, Type,
};
use super::widgets::button::{focus_ring, paint_text, text_width};
use super::widgets::spoken;
use super::widgets::text::Line;
use crate::model::{Action, TABS, Tab};

const HEIGHT: f32 = BUTTON_HEIGHT;
const PADDING: f32 = SPACE_3;
const GAP: f32 = SPACE_1;
/// Of what stands beside the tabs at least: two buttons with a sign.
const OTHERS_ROOM: f32 = 2.0 * BUTTON_HEIGHT + SPACE_6;

/// What a tab says.
struct Face {
    title: String,
    /// The same with the count in words, for a screen reader.
    name: String,
    count: usize,
    tone: Tone,
}

impl Face {
    fn plain(title: String) -> Self {
        Self { name: title.clone(), title, count: 0, tone: Tone::Plain }
    }
}

/// What a count means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tone {
    Plain,
    Warning,
    Stop,
}

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let builder = UiBuilder::new()
        .accessibility_role(Role::TabList)
        .accessibility_label(fl!(scene.loader(), "tabs-name"));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        ui.horizontal_centered(|ui| {
            let mut next = None;
            let most = longest_title(ui, scene);
            for tab in TABS {
                let response = one(ui, scene, tab, most);
                next = next.or(wanted_by_keys(ui, tab, &response));
            }
            // Not before all are drawn: one that is not open gives the keyboard away.
            if let Some(tab) = next {
                scene.send(Action::Tab(tab));
                ui.memory_mut(|memory| memory.request_focus(id(tab)));
            }
        });
        spoken::place(ui, ui.min_rect());
    });
}

/// What the open tab shows, as a screen reader finds it.
pub(super) fn panel(ui: &mut Ui, scene: &Scene<'_>, content: impl FnOnce(&mut Ui)) {
    let builder = UiBuilder::new()
        .scope_id(panel_id())
        .accessibility_role(Role::TabPanel)
        .accessibility_label(face(scene, scene.model.tab).title);
    ui.scope_builder(builder, |ui| {
        spoken::place(ui, ui.max_rect());
        content(ui);
    });
}

fn panel_id() -> Id {
    Id::unique("tab panel")
}

/// Ctrl with a number opens a tab from anywhere.
pub(super) fn shortcuts(ui: &Ui, scene: &Scene<'_>) {
    const KEYS: [Key; 9] =
        [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    for (tab, key) in TABS.into_iter().zip(KEYS) {
        if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, key)) {
            scene.send(Action::Tab(tab));
        }
    }
}

fn id(tab: Tab) -> Id {
    Id::unique(("tab", TABS.iter().position(|other| *other == tab)))
}

fn face(scene: &Scene<'_>, tab: Tab) -> Face {
    let loader = scene.loader();
    match tab {
        Tab::Updates => {
            let title = fl!(loader, "tab-updates");
            let count = scene.model.counts().updates.total();
            let name =
                if count == 0 { title.clone() } else { fl!(loader, "tab-updates-count", count = count) };
            Face { title, name, count, tone: Tone::Plain }
        }
        Tab::Devices => {
            let title = fl!(loader, "tab-devices");
            let count = scene.model.devices_that_stop();
            let name =
                if count == 0 { title.clone() } else { fl!(loader, "tab-devices-count", count = count) };
            Face { title, name, count, tone: Tone::Warning }
        }
        Tab::Subscriptions => {
            let title = fl!(loader, "tab-subscriptions");
            let sum = &scene.model.subscription_page.overview.sum;
            let count = sum.ended + sum.ends_soon;
            let name = if count == 0 {
                title.clone()
            } else {
                fl!(loader, "tab-subscriptions-count", count = count)
            };
            let tone = if sum.ended > 0 { Tone::Stop } else { Tone::Warning };
            Face { title, name, count, tone }
        }
        Tab::History => Face::plain(fl!(loader, "tab-history")),
        Tab::Settings => Face::plain(fl!(loader, "tab-settings")),
        Tab::Diagnostics => {
            let title = fl!(loader, "tab-diagnostics");
            let count = scene.model.diagnostics.attention();
            let name =
                if count == 0 { title.clone() } else { fl!(loader, "tab-diagnostics-count", count = count) };
            Face { title, name, count, tone: Tone::Warning }
        }
    }
}

/// How long a title may be: all of it, or what is left where all together take more room than there is.
fn longest_title(ui: &Ui, scene: &Scene<'_>) -> f32 {
    let faces: Vec<Face> = TABS.iter().map(|tab| face(scene, *tab)).collect();
    let pills: f32 = faces.iter().map(|face| pill_room(ui, face)).sum();
    let around = faces.len() as f32 * (2.0 * PADDING + GAP) + pills;
    let mut widths: Vec<f32> = faces.iter().map(|face| text_width(ui, &face.title, Type::Button)).collect();
    widths.sort_by(f32::total_cmp);
    let mut room = ui.available_width() - OTHERS_ROOM - around;
    let mut most = f32::INFINITY;
    // The short ones stay whole; the long ones share what is left.
    for (place, width) in widths.iter().enumerate() {
        let share = room / (widths.len() - place) as f32;
        if *width > share {
            most = share.max(0.0);
            break;
        }
        room -= width;
    }
    most
}

/// The count beside a title.
fn pill_room(ui: &Ui, face: &Face) -> f32 {
    if face.count == 0 {
        return 0.0;
    }
    text_width(ui, &face.count.to_string(), Type::Count) + SPACE_4 + SPACE_1_HALF
}

fn one(ui: &mut Ui, scene: &Scene<'_>, tab: Tab, most: f32) -> Response {
    let colors = theme::palette(ui);
    let face = face(scene, tab);
    let is_open = scene.model.tab == tab;
    let number = face.count.to_string();
    let title_width = text_width(ui, &face.title, Type::Button).min(most);
    let pill_width = if face.count == 0 { 0.0 } else { text_width(ui, &number, Type::Count) + SPACE_4 };
    let gap = if face.count == 0 { 0.0 } else { SPACE_1_HALF };
    let size = vec2(title_width + gap + pill_width + 2.0 * PADDING, HEIGHT);
    let (_, rect) = ui.allocate_space(size);
    // The keyboard comes to the open one, and goes on from it with the arrows.
    let sense = if is_open { Sense::click() } else { Sense::CLICK };
    let response = ui.interact(rect, id(tab), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Tab, true, &face.name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_selected(is_open);
        if is_open {
            node.set_controls([panel_id().accesskit_id()]);
        }
    });
    let fill = if is_open { colors.bg } else { Color32::TRANSPARENT };
    let text = if is_open || response.hovered() { colors.text } else { colors.muted };
    ui.painter().rect_filled(rect, RADIUS_CONTROL, fill);
    let galley = Line::of(&face.title, Type::Button, text).galley(ui, title_width + 0.5);
    let is_cut = galley.elided;
    let at = rect.left_center() + vec2(PADDING, -galley.size().y / 2.0);
    ui.painter().galley(at, galley, text);
    if face.count > 0 {
        let left = rect.left() + PADDING + title_width + gap;
        let pill =
            Rect::from_min_size(pos2(left, rect.center().y - SPACE_5 / 2.0), vec2(pill_width, SPACE_5));
        paint_count(ui, colors, pill, &number, face.tone);
    }
    focus_ring(ui, rect, &response);
    if response.clicked() && !is_open {
        scene.send(Action::Tab(tab));
    }
    if !is_cut {
        return response;
    }
    let response = response.on_hover_text(face.title);
    spoken::once(ui, &response);
    response
}

fn paint_count(ui: &Ui, colors: &Palette, pill: Rect, number: &str, tone: Tone) {
    let (fill, border, text) = match tone {
        Tone::Plain => (colors.line, colors.line, colors.text),
        Tone::Warning => (colors.amber_bg, colors.amber_bg, colors.amber),
        Tone::Stop => (Color32::TRANSPARENT, colors.err, colors.err),
    };
    ui.painter().rect(pill, SPACE_5 / 2.0, fill, Stroke::new(1.0, border), StrokeKind::Inside);
    paint_text(ui, pill.left_center() + vec2(SPACE_2, 0.0), number, Type::Count, text);
}

/// The tab that the keyboard goes to from this one.
fn wanted_by_keys(ui: &Ui, tab: Tab, response: &Response) -> Option<Tab> {
    let place = TABS.iter().position(|other| *other == tab)?;
    let to = next_tab(ui, response, Along::Row, place, TABS.len())?;
    TABS.get(to).copied()
}
