//! The list of the tab. Only rows in sight are drawn, and one more on either side, so that the keyboard finds the
//! next one and scrolls to it.

use egui::{Id, Rect, Role, ScrollArea, Ui, UiBuilder, vec2};
use i18n_embed_fl::fl;

use super::{groups, licences, lines};
use crate::model::subscriptions::{By, Row};
use crate::view::Scene;
use crate::view::base_row::{self, Place};
use crate::view::keyboard::scroll_by_keys;
use crate::view::theme::{self, ROW_HEIGHT, SPACE_4, Type};
use crate::view::widgets::spoken;
use crate::view::widgets::text::{Line, label};

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let page = &scene.model.subscription_page;
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let count = page.rows.len();
    if count == 0 {
        if !scene.model.loaded {
            return;
        }
        let (fact, hint) = if page.by == By::Base && page.overview.groups.is_empty() {
            (fl!(loader, "subs-no-groups"), String::new())
        } else {
            (fl!(loader, "subs-no-match"), fl!(loader, "subs-no-match-hint"))
        };
        ui.add_space(SPACE_4);
        label(ui, &Line::of(fact, Type::Heading, colors.text));
        label(ui, &Line::of(hint, Type::Small, colors.muted));
        return;
    }
    let available = ui.available_rect_before_wrap();
    let height = (count as f32 * ROW_HEIGHT).min(available.height());
    let frame = Rect::from_min_size(available.min, vec2(available.width(), height));
    let (key, name) = match page.by {
        By::Device => ("by device", fl!(loader, "subs-list-devices")),
        By::Base => ("by base", fl!(loader, "subs-list-bases")),
    };
    let builder = UiBuilder::new().max_rect(frame).accessibility_role(Role::List).accessibility_label(name);
    ui.scope_builder(builder, |ui| {
        spoken::place(ui, frame);
        ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
        let area = ScrollArea::vertical().id_salt(key).auto_shrink([false, false]);
        area.show_viewport(ui, |ui, seen| {
            ui.set_height(count as f32 * ROW_HEIGHT);
            scroll_by_keys(ui, seen.height());
            let first = ((seen.top() / ROW_HEIGHT).floor() as usize).saturating_sub(1);
            let last = ((seen.bottom() / ROW_HEIGHT).ceil() as usize + 1).min(count);
            for number in first..last {
                row(ui, scene, number, count);
            }
        });
    });
    base_row::round_off(ui, frame, colors.bg);
}

fn row(ui: &mut Ui, scene: &Scene<'_>, number: usize, count: usize) {
    let page = &scene.model.subscription_page;
    let Some(row) = page.rows.get(number) else { return };
    let colors = theme::palette(ui);
    let overview = &page.overview;
    let (face, id, member) = match row {
        Row::Line(place) => {
            let Some(line) = overview.lines.get(*place) else { return };
            (lines::line(scene, colors, line), Id::unique(("line", &line.device, line.record)), false)
        }
        Row::Group(place) => {
            let Some(group) = overview.groups.get(*place) else { return };
            (groups::group(scene, colors, group), Id::unique(("subscriptions of", place)), false)
        }
        Row::Member { group, member } => {
            let Some(of) = overview.groups.get(*group).and_then(|group| group.members.get(*member)) else {
                return;
            };
            (lines::member(scene, colors, of), Id::unique(("member", group, member)), true)
        }
        Row::Licence { group, licence } => {
            let Some(of) = scene.model.licence(*licence) else { return };
            (licences::licence(scene, colors, of), Id::unique(("licence", group, licence)), true)
        }
    };
    let top = ui.max_rect().top() + number as f32 * ROW_HEIGHT;
    let rect = Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=top + ROW_HEIGHT);
    let place = Place { first: number == 0, last: number + 1 == count, member };
    base_row::show(ui, scene, id, rect, &face, place);
    spoken::row(ui, id, rect, number, count);
}
