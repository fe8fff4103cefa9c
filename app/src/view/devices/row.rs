//! A row about a device; and the keyboard among all rows: one of them is its stop for Tab, arrows go on from it.

use egui::{
    Color32, EventFilter, FocusDirection, Id, Key, Modifiers, Rect, Role, Stroke, Ui, UiBuilder, vec2,
};
use i18n_embed_fl::fl;
use smarts_core::devices::Compatibility;
use smarts_core::devices::overview::{DeviceState, Followed, Overview};
use smarts_core::machine::System;

use super::action;
use super::columns::Columns;
use crate::model::devices::{DevicesAction, DevicesPage};
use crate::view::Scene;
use crate::view::theme::icons::{self, Icon};
use crate::view::theme::{self, ICON_BADGE, Palette, Type, steps};
use crate::view::whole::whole;
use crate::view::widgets::spoken;
use crate::view::widgets::text::{Line, block};

const HEIGHT: f32 = steps(13);

/// All rows that are shown, by their widgets, and the one that Tab stops at.
pub(super) struct Rows {
    all: Vec<Id>,
    current: Option<Id>,
}

fn current_key() -> Id {
    Id::unique("current mobile device")
}

fn row_id(base: &str, device: &str) -> Id {
    Id::unique(("mobile device", base, device))
}

impl Rows {
    pub(super) fn of(ui: &Ui, page: &DevicesPage, overview: &Overview) -> Self {
        let bases = page.shown.iter().filter_map(|shown| Some((overview.bases.get(shown.base)?, shown)));
        let all: Vec<Id> = bases
            .flat_map(|(base, shown)| {
                let devices = shown.devices.iter().filter_map(|place| base.devices.get(*place));
                devices.map(|device| row_id(&base.id, &device.id))
            })
            .collect();
        let kept: Option<Id> = ui.data(|data| data.get_temp(current_key()));
        let current = kept.filter(|id| all.contains(id)).or_else(|| all.first().copied());
        Self { all, current }
    }

    /// The keys of the current row. Whether it has the keyboard.
    pub(super) fn listen(&mut self, ui: &Ui) -> bool {
        let Some(current) = self.current.filter(|id| ui.memory(|memory| memory.has_focus(*id))) else {
            return false;
        };
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(current, filter));
        let place = self.all.iter().position(|id| *id == current).unwrap_or_default();
        let last = self.all.len().saturating_sub(1);
        let moves = [
            (Key::ArrowUp, place.saturating_sub(1)),
            (Key::ArrowDown, (place + 1).min(last)),
            (Key::Home, 0),
            (Key::End, last),
        ];
        for (key, to) in moves {
            let is_pressed = ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            if let Some(id) = self.all.get(to).copied().filter(|_| is_pressed) {
                // What Tab does not stop at would lose the keyboard at once.
                self.current = Some(id);
                ui.data_mut(|data| data.insert_temp(current_key(), id));
                ui.memory_mut(|memory| {
                    memory.request_focus(id);
                    memory.move_focus(FocusDirection::None);
                });
                ui.ctx().request_repaint();
            }
        }
        true
    }

    fn is_beside_current(&self, id: Id) -> bool {
        let place = |id: Id| self.all.iter().position(|one| *one == id);
        match (self.current.and_then(place), place(id)) {
            (Some(current), Some(place)) => current.abs_diff(place) <= 1,
            _ => false,
        }
    }
}

pub(super) fn show(
    ui: &mut Ui,
    scene: &Scene<'_>,
    overview: &Overview,
    base: &str,
    device: &DeviceState,
    (number, count): (usize, usize),
    rows: &Rows,
) {
    let colors = theme::palette(ui);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
    let id = row_id(base, &device.id);
    // What is out of sight is not drawn, but where the keyboard goes next.
    if !ui.is_rect_visible(rect.expand(HEIGHT)) && !rows.is_beside_current(id) {
        return;
    }
    let name = scene.texts.device_row(device, overview, &scene.model.now);
    let whole = whole(ui, id, rect, Role::ListItem, &name, rows.current == Some(id));
    if whole.response.has_focus() || whole.is_sought {
        ui.data_mut(|data| data.insert_temp(current_key(), id));
    }
    spoken::row(ui, id, rect, number, count);
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(1.0, colors.line));
    let builder = UiBuilder::new().scope_id(id.with("row")).max_rect(rect).accessibility_parent(id);
    let mut inner = ui.new_child(builder);
    cells(&mut inner, scene, colors, overview, device, rect);
    let words = fl!(scene.loader(), "devices-menu-subscription");
    let entries = [(words, action(DevicesAction::ShowSubscription(device.id.clone())))];
    whole.end(ui, scene, &device.id, None, &entries);
}

fn cells(
    ui: &mut Ui,
    scene: &Scene<'_>,
    colors: &Palette,
    overview: &Overview,
    device: &DeviceState,
    rect: Rect,
) {
    let texts = scene.texts;
    let now = &scene.model.now;
    let columns = Columns::of(rect);
    let icon = match device.system {
        Some(System::WindowsCe) => Icon::Keypad,
        Some(System::Android) | None => Icon::Handheld,
    };
    icons::paint(ui.painter(), icon, columns.icon.center(), ICON_BADGE, colors.muted);
    let small = |words: String| Line::of(words, Type::Small, colors.muted);
    let mut about = vec![Line::of(&device.id, Type::Strong, colors.text)];
    // That of most is not known; to say so in every row helps nobody.
    if device.system.is_some() {
        about.push(small(texts.device_system(device.system)));
    }
    block(ui, columns.device, &about);

    let why = texts.device_app_why(device.app.as_ref());
    let mut app = vec![Line::of(texts.device_app(device.app.as_ref()), Type::Body, colors.text)];
    if why.is_some() {
        app.push(small(fl!(scene.loader(), "devices-assumed")).tip(why));
    }
    block(ui, columns.app, &app);

    let mut works = vec![Line::of(texts.device_works(device), Type::SmallStrong, color(colors, device))];
    works.extend(texts.device_server(device, overview).map(small));
    block(ui, columns.works, &works);

    let offered = match texts.device_offered(device, overview) {
        Some(offer) => Line::of(offer, Type::Small, colors.text).rows(2),
        None => small(fl!(scene.loader(), "devices-offered-nothing")),
    };
    block(ui, columns.offered, &[offered]);

    let seen = Line::of(texts.device_seen_short(device, now), Type::Small, colors.text);
    let seen = seen.tip(device.last_seen.map(|_| texts.device_seen(device, now)));
    let followed = texts.device_followed(device, now);
    let followed = followed.map(|words| Line::of(words, Type::SmallStrong, followed_color(colors, device)));
    let lines: Vec<Line> = std::iter::once(seen).chain(followed).collect();
    block(ui, columns.seen, &lines);
}

fn color(colors: &Palette, device: &DeviceState) -> Color32 {
    if device.stops() {
        return colors.amber;
    }
    match device.now {
        Some(Compatibility::Matches) => colors.ok,
        Some(Compatibility::AppNewer) => colors.text,
        Some(Compatibility::AppTooOld) => colors.err,
        None => colors.muted,
    }
}

fn followed_color(colors: &Palette, device: &DeviceState) -> Color32 {
    match device.followed {
        Some(Followed::Yes) => colors.ok,
        Some(Followed::Seen) | None => colors.muted,
        Some(Followed::No) => colors.err,
        Some(Followed::NotSeen) => colors.amber,
    }
}
