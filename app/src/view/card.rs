//! A card above the list: what is one of its kind on a PC, the platform or this program, with its own life of
//! an update. Which colours it has and what it says at rest is up to whoever shows it.

use egui::{Color32, Id, Rect, Role, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};
use i18n_embed_fl::fl;
use smarts_core::offer::{Item, Offer};

use super::Scene;
use super::controls::{self, Control, offer_menu};
use super::item_controls::Keys;
use super::life::{self, Life, life};
use super::row_state::versions;
use super::theme::{COLUMN_GAP, ICON_SIZE, Palette, RADIUS_CARD, SPACE_1, SPACE_4, SPACE_5, Type, steps};
use super::tips;
use super::whole::whole;
use super::widgets::marks::{Badge, Progress, Tone, badge, bar, chip};
use super::widgets::spoken;
use super::widgets::text::{Line, block};
use crate::model::Permission;
use crate::model::details::Of;

const HEIGHT: f32 = steps(18);
const CHIP_HEIGHT: f32 = steps(7);

/// What a card says.
pub(super) struct Card {
    /// Its name, also in the accessibility tree.
    pub name: String,
    /// Its ground.
    pub fill: Color32,
    /// Around it.
    pub line: Color32,
    /// Its icon.
    pub badge: Badge,
    /// Name and versions.
    pub title: Vec<Line>,
    /// What goes on, or what to know.
    pub middle: Vec<Line>,
    /// A mark below that.
    pub chip: Option<(String, Tone)>,
    /// A bar below the middle: how far.
    pub bar: Option<Progress>,
    /// At the right.
    pub controls: Vec<Control>,
}

impl Card {
    /// The neutral card of an item, with what is going on with it; at rest it says nothing but versions.
    pub(super) fn of(
        scene: &Scene<'_>,
        colors: &Palette,
        accent: Color32,
        badge: Badge,
        item: &Item,
    ) -> Self {
        let name = life::name(scene, &item.id);
        let mut title = vec![Line::of(&name, Type::Strong, colors.text)];
        match item.offer().and_then(Offer::release) {
            Some(release) => {
                let line = versions(colors, accent, item.installed.as_ref(), &release.version);
                let date = release.date.map(|date| format!(" · {}", scene.texts.date(date)));
                let line = line.and(date.unwrap_or_default(), Type::Body, colors.muted);
                title.push(line.tip(tips::of_versions(scene, item)));
            }
            // Just updated, or not looked up: what is installed now.
            None => title.extend(
                item.installed.map(|version| Line::of(version.to_string(), Type::Body, colors.muted)),
            ),
        }
        let mut card = Self {
            name,
            fill: colors.surface,
            line: colors.line,
            badge,
            title,
            middle: Vec::new(),
            chip: None,
            bar: None,
            controls: Vec::new(),
        };
        if let Some(activity) = scene.model.activity(&item.id) {
            let Life { badge, lines, bar, side, controls, .. } =
                life(scene, colors, &item.id, &card.name, activity);
            card.badge = badge.unwrap_or(card.badge);
            card.middle = lines.into_iter().chain(side).collect();
            card.bar = bar;
            card.controls = controls;
            card.controls.push(offer_menu(scene, &card.name, Of::Item(item.id.clone()), &item.id));
        }
        card
    }

    /// The quiet card of an item whose version the person skips.
    pub(super) fn of_skipped(scene: &Scene<'_>, colors: &Palette, badge: Badge, item: &Item) -> Self {
        let card = Self::of(scene, colors, colors.muted, badge, item);
        let keys = Keys { scene, id: &item.id, name: card.name.clone() };
        let mut controls = vec![keys.notes()];
        if scene.model.permission == Permission::Granted {
            controls.push(keys.update_skipped());
        }
        controls.push(offer_menu(scene, &card.name, Of::Item(item.id.clone()), &item.id));
        let chip = Some((fl!(scene.loader(), "chip-skipped"), Tone::Neutral));
        Self { chip, controls, ..card }
    }
}

/// Draws it over the whole width, and as high as its words need; where it stands now. `id` is the item's.
pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, id: &str, card: &Card) -> Rect {
    let width = ui.available_width();
    let controls_width = controls::width(ui, &card.controls);
    let title_width = 296.0_f32.min((width - controls_width) * 0.45);
    let title_left = SPACE_5 + ICON_SIZE + COLUMN_GAP;
    let middle_left = title_left + title_width + COLUMN_GAP;
    let middle_width = (width - SPACE_4 - controls_width - COLUMN_GAP - middle_left).max(0.0);
    let text: f32 = card.middle.iter().map(|line| line.galley(ui, middle_width).size().y).sum();
    let bar_height = if card.bar.is_some() { SPACE_4 } else { 0.0 };
    let chip_height = if card.chip.is_some() { CHIP_HEIGHT } else { 0.0 };
    let height = HEIGHT.max(text + bar_height + chip_height + SPACE_5);

    let (_, rect) = ui.allocate_space(vec2(width, height));
    frame(ui, rect, card.fill, card.line);
    let whole = whole(ui, Id::unique((id, "card")), rect, Role::Group, &card.name, true);
    let builder = UiBuilder::new().max_rect(rect).accessibility_parent(whole.response.id);
    let mut inner = ui.new_child(builder);
    spoken::place(&inner, rect);
    let column = |left: f32, width: f32| {
        Rect::from_min_size(pos2(rect.left() + left, rect.top()), vec2(width, height))
    };
    badge(&inner, column(SPACE_5, ICON_SIZE), &card.badge);
    block(&mut inner, column(title_left, title_width), &card.title);
    let middle = column(middle_left, middle_width);
    let lines = middle.with_max_y(middle.bottom() - bar_height - chip_height);
    block(&mut inner, lines, &card.middle);
    if let Some((words, tone)) = &card.chip {
        let top = lines.center().y + text / 2.0;
        let place = Rect::from_min_size(pos2(middle.left(), top), vec2(middle_width, chip_height));
        chip(&mut inner, place, words, *tone);
    }
    if let Some(progress) = card.bar {
        let top = lines.center().y + text / 2.0 + SPACE_1;
        let bar_rect = Rect::from_min_size(pos2(middle.left(), top), vec2(middle_width.min(steps(95)), 0.0));
        bar(&mut inner, bar_rect, progress, &card.name);
    }
    let place = Rect::from_min_max(
        pos2(rect.right() - SPACE_4 - controls_width, rect.top()),
        pos2(rect.right() - SPACE_4, rect.bottom()),
    );
    controls::show(&mut inner, scene, Id::unique((&card.name, "controls")), place, &card.controls);
    whole.end(ui, scene, &card.name, Some(Of::Item(id.to_owned())), controls::entries(&card.controls));
    rect
}

/// The ground of a card.
pub(super) fn frame(ui: &Ui, rect: Rect, fill: Color32, line: Color32) {
    ui.painter().rect(rect, RADIUS_CARD, fill, Stroke::new(1.0, line), StrokeKind::Inside);
}
