//! The tab «ТСД»: mobile devices by base, what each has, whether it works now and after the next update of the platform,
//! and what it is offered; and what opens there.
//!
//! Deliberately not here: reading and staging anything.

mod app;
mod base;
mod columns;
mod head;
mod questions;
mod row;

use egui::{Id, ScrollArea, Ui, UiBuilder};
use i18n_embed_fl::fl;

use super::Scene;
use super::keyboard::scroll_by_keys;
use super::theme::{self, SPACE_2, SPACE_4, Type};
use super::widgets::text::{Line, label};
use crate::model::Action;
use crate::model::devices::{DevicesAction, DevicesReading};

pub(super) use app::show as app_dialog;
pub(super) use head::search_id;
pub(super) use questions::{unstage, ways};

/// An action of the tab.
fn action(action: DevicesAction) -> Action {
    Action::Devices(action)
}

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    head::show(ui, scene);
    let page = &scene.model.devices_page;
    let Some(overview) = &page.overview else {
        return reading(ui, scene);
    };
    if overview.bases.is_empty() {
        return empty(ui, fl!(scene.loader(), "devices-none"), fl!(scene.loader(), "devices-none-hint"));
    }
    head::tools(ui, scene);
    if page.shown.is_empty() {
        let (fact, hint) =
            (fl!(scene.loader(), "devices-no-match"), fl!(scene.loader(), "devices-no-match-hint"));
        return empty(ui, fact, hint);
    }
    let mut rows = row::Rows::of(ui, page, overview);
    let width = ui.available_width();
    // The bar stands in the page's margin, beside the cards.
    let place = ui.available_rect_before_wrap();
    let place = place.with_max_x(place.right() + SPACE_4);
    let mut beside = ui.new_child(UiBuilder::new().scope_id(Id::unique("mobile devices")).max_rect(place));
    let area = ScrollArea::vertical().id_salt("mobile devices").auto_shrink([false, false]);
    area.show_viewport(&mut beside, |ui, seen| {
        ui.set_max_width(width);
        ui.spacing_mut().item_spacing.y = 0.0;
        if !rows.listen(ui) {
            scroll_by_keys(ui, seen.height());
        }
        for shown in &page.shown {
            if let Some(base) = overview.bases.get(shown.base) {
                base::card(ui, scene, overview, base, &shown.devices, &rows);
            }
        }
    });
}

fn reading(ui: &mut Ui, scene: &Scene<'_>) {
    let loader = scene.loader();
    let words = match scene.model.devices_page.reading {
        DevicesReading::Broke => fl!(loader, "devices-broke"),
        DevicesReading::Not | DevicesReading::Running | DevicesReading::Done => {
            fl!(loader, "devices-reading")
        }
    };
    label(ui, &Line::of(words, Type::Body, theme::palette(ui).muted).rows(2));
}

fn empty(ui: &mut Ui, fact: String, hint: String) {
    let colors = theme::palette(ui);
    ui.add_space(SPACE_4);
    label(ui, &Line::of(fact, Type::Heading, colors.text).rows(2));
    ui.add_space(SPACE_2);
    label(ui, &Line::of(hint, Type::Body, colors.muted).rows(3));
}
