//! What was looked at before a change, as the sheet lists it: what stands in the way, what to know, what is in order;
//! and the buttons that answer what a point asks.

use egui::{Align, Layout, Ui, pos2, vec2};
use i18n_embed_fl::fl;
use smarts_core::offer::{Item, State, Warning};

use crate::i18n::sentence;
use crate::model::sheet::{Ask, Change, Point, Sheet, SheetData, Weight};
use crate::model::{Action, DevicesAction, PLATFORM, Permission, SheetAction, SubscriptionsAction};
use crate::view::Scene;
use crate::view::coverage;
use crate::view::subscriptions::is_free;
use crate::view::theme::icons::{self, Icon};
use crate::view::theme::{self, ICON_SMALL, SPACE_1, SPACE_1_HALF, SPACE_2, SPACE_3, Type, steps};
use crate::view::widgets::button::{Button, Look, link};
use crate::view::widgets::text::{Line, label, place};

/// The room of a mark before the words.
const MARK_WIDTH: f32 = steps(7);

pub(super) fn points(ui: &mut Ui, scene: &Scene<'_>, sheet: &Sheet, data: &SheetData) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    let warnings = scene.model.item_by_id(&sheet.item_id).map_or(&[][..], |item| &item.warnings[..]);
    let mut all: Vec<Point> = data.points.clone();
    // Whether the platform is new enough, which devices stop, and what subscriptions say, is among the points already.
    let told = |warning: &&Warning| {
        !matches!(
            warning,
            Warning::NeedsPlatform { .. }
                | Warning::DevicesStop { .. }
                | Warning::SubscriptionUnknown(_)
                | Warning::ExchangeEnds { .. }
        )
    };
    // That concerns any base that is ticked; the rest is the same for all of them.
    let ids = about(sheet);
    let items: Vec<&Item> = ids.iter().filter_map(|id| scene.model.item_by_id(id)).collect();
    let ends = coverage::exchange_ends(&items);
    let ends = (!ends.is_empty()).then_some(Warning::ExchangeEnds { devices: ends });
    all.extend(warnings.iter().filter(told).chain(&ends).map(|warning| Point {
        weight: Weight::Attention,
        text: sentence(&scene.texts.warning(warning)),
        hint: None,
        ask: None,
    }));
    if let Change::Template { standstill: Some(standstill), .. } = &data.change {
        let text = standstill.clone();
        all.push(Point { weight: Weight::Attention, text, hint: None, ask: None });
    }
    // What was changed by hand stands beside what is replaced.
    all.retain(|point| !matches!(point.ask, Some(Ask::Differences(_))));
    let kinds = [
        (Weight::Stop, fl!(loader, "sheet-stops"), Icon::Cross, colors.err),
        (Weight::Attention, fl!(loader, "sheet-attention"), Icon::Exclamation, colors.amber),
        (Weight::Fine, fl!(loader, "sheet-fine"), Icon::Check, colors.ok),
    ];
    let mut first = true;
    for (weight, title, icon, color) in kinds {
        let mut of_kind = all.iter().filter(|point| point.weight == weight).peekable();
        if of_kind.peek().is_none() {
            continue;
        }
        if !first {
            ui.add_space(SPACE_3);
        }
        first = false;
        label(ui, &Line::of(title, Type::Strong, color));
        for point in of_kind {
            ui.add_space(SPACE_1);
            marked(ui, icon, color, &point.text, point.hint.as_deref());
            if let Some(question) = &point.ask {
                ask(ui, scene, sheet, question);
            }
        }
    }
}

/// The items that the sheet is about.
fn about(sheet: &Sheet) -> Vec<String> {
    let chosen = sheet.chosen_ids();
    if chosen.is_empty() { vec![sheet.about().to_owned()] } else { chosen }
}

/// Below its point: buttons that answer it. The sheet comes back when the date is entered.
fn ask(ui: &mut Ui, scene: &Scene<'_>, sheet: &Sheet, question: &Ask) {
    let loader = scene.loader();
    let (text, devices) = match question {
        Ask::Dates(devices) => (fl!(loader, "button-enter-date"), devices),
        Ask::Renewed(devices) => (fl!(loader, "button-renewed"), devices),
        Ask::PlatformFirst => return platform_first(ui, scene),
        Ask::App => return prepare_app(ui, scene, sheet),
        Ask::Differences(_) => return,
    };
    let platform = scene.model.machine.as_ref().and_then(|machine| machine.platform.as_ref());
    // The licence manager, which shows the date, lies in the platform's folder.
    let has_folder = platform.is_some_and(|platform| platform.install_dir.is_some());
    let folder = fl!(loader, "subs-open-manager");
    let answers = [
        Some((Button::new(&text), Action::EnterDates { devices: devices.clone(), items: about(sheet) }))
            .filter(|_| is_free(scene)),
        Some((
            Button::new(&folder).look(Look::Ghost),
            Action::Subscriptions(SubscriptionsAction::OpenLicenceManager),
        ))
        .filter(|_| has_folder && matches!(question, Ask::Dates(_))),
    ];
    let answers: Vec<_> = answers.into_iter().flatten().collect();
    if !is_free(scene) {
        let colors = theme::palette(ui);
        ui.horizontal(|ui| {
            ui.add_space(MARK_WIDTH);
            label(ui, &Line::of(fl!(loader, "subs-locked"), Type::Small, colors.muted).rows(2));
        });
    }
    if answers.is_empty() {
        return;
    }
    let width: f32 = answers.iter().map(|(button, _)| button.size(ui).x + SPACE_2).sum();
    let layout = if width + MARK_WIDTH <= ui.available_width() {
        Layout::left_to_right(Align::Center)
    } else {
        Layout::top_down(Align::Min)
    };
    ui.add_space(SPACE_1_HALF);
    ui.horizontal(|ui| {
        ui.add_space(MARK_WIDTH);
        ui.with_layout(layout, |ui| {
            ui.spacing_mut().item_spacing = vec2(SPACE_2, SPACE_1);
            for (button, action) in answers {
                if button.show(ui).clicked() {
                    scene.send(action);
                }
            }
        });
    });
    ui.add_space(SPACE_1);
}

/// The way to the platform's update, if there is one; the other way is the sheet's own button.
fn platform_first(ui: &mut Ui, scene: &Scene<'_>) {
    let platform = scene.model.item_by_id(PLATFORM);
    if !platform.is_some_and(|item| matches!(item.state, State::Available { .. })) {
        return;
    }
    let text = fl!(scene.loader(), "sheet-platform-first");
    ui.add_space(SPACE_1_HALF);
    ui.horizontal(|ui| {
        ui.add_space(MARK_WIDTH);
        if Button::new(&text).show(ui).clicked() {
            scene.send(Action::Sheet(SheetAction::PlatformFirst));
        }
    });
    ui.add_space(SPACE_1);
}

/// The way to the app for the devices that would stop; the sheet comes back once it is staged.
fn prepare_app(ui: &mut Ui, scene: &Scene<'_>, sheet: &Sheet) {
    if sheet.about() != PLATFORM || scene.model.permission != Permission::Granted {
        return;
    }
    let text = fl!(scene.loader(), "sheet-prepare-app");
    ui.horizontal(|ui| {
        ui.add_space(MARK_WIDTH);
        if link(ui, &text, &text).clicked() {
            scene.send(Action::Devices(DevicesAction::PrepareStopping));
        }
    });
    ui.add_space(SPACE_1);
}

/// A point with its mark.
pub(in crate::view) fn marked(ui: &mut Ui, icon: Icon, color: egui::Color32, text: &str, hint: Option<&str>) {
    let colors = theme::palette(ui);
    let line = Line::of(text, Type::Body, colors.text).rows(6);
    let width = ui.available_width() - MARK_WIDTH;
    let galley = line.galley(ui, width);
    let hint = hint.map(|hint| Line::of(hint, Type::Small, colors.muted).rows(10));
    let hint_galley = hint.as_ref().map(|line| line.galley(ui, width));
    let hint_height = hint_galley.as_ref().map_or(0.0, |galley| galley.size().y);
    let text_height = galley.size().y;
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), text_height + hint_height));
    icons::paint(
        ui.painter(),
        icon,
        pos2(rect.left() + SPACE_2, rect.top() + Type::Body.line_height() / 2.0),
        ICON_SMALL,
        color,
    );
    let left = rect.left() + MARK_WIDTH;
    place(ui, pos2(left, rect.top()), &line, galley);
    if let (Some(line), Some(galley)) = (hint, hint_galley) {
        place(ui, pos2(left, rect.top() + text_height), &line, galley);
    }
}
