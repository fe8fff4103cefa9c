//! That everything keeps its place: no text reaches under a button, at any size, in either language; and
//! that an idle window asks for no pictures.

use std::time::Duration;

use egui::{Rect, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use smarts_core::machine::Machine;
use smarts_core::verify::Proof;

use super::*;
use crate::model::activity::Stage;
use crate::model::{CheckFailure, Notice};

fn rects(root: &egui_kittest::Node<'_>, roles: &[Role]) -> Vec<(String, Rect)> {
    let nodes = root.query_all_by(|node| roles.contains(&node.role()));
    nodes
        .map(|node| {
            let accessible = node.accesskit_node();
            let name = accessible.label().or_else(|| accessible.value()).unwrap_or_default();
            (name, node.rect())
        })
        .collect()
}

/// What reaches over something else, or out of the window.
fn overlaps(root: &egui_kittest::Node<'_>, size: [f32; 2]) -> Vec<String> {
    let controls = rects(root, &[Role::Button, Role::Link, Role::RadioButton, Role::TextInput]);
    let labels = rects(root, &[Role::Label]);
    let mut found = Vec::new();
    for (place, (name, rect)) in controls.iter().enumerate() {
        if rect.right() > size[0] || rect.left() < 0.0 {
            found.push(format!("{name} leaves the window: {rect:?}"));
        }
        for (other, other_rect) in labels.iter().chain(controls.iter().skip(place + 1)) {
            let inner = rect.shrink(1.0).intersect(other_rect.shrink(1.0));
            // The cross that clears a search stands inside its field.
            if inner.is_positive() && !other.contains("Очистить поиск") {
                found.push(format!("{name} {rect:?} and {other} {other_rect:?}"));
            }
        }
    }
    found
}

pub(super) fn assert_nothing_overlaps(window: &Window, size: [f32; 2]) {
    let found = overlaps(&window.root(), size);
    assert!(found.is_empty(), "at {size:?}: {found:#?}");
}

/// The same of a dialog: what is behind it may be covered.
pub(super) fn assert_nothing_overlaps_in_dialog(window: &Window, size: [f32; 2]) {
    let found = overlaps(&window.get_by_role(Role::Dialog), size);
    assert!(found.is_empty(), "at {size:?}: {found:#?}");
}

pub(super) fn busy_model() -> Model {
    let mut model = model_of(fixtures::with_updater(fixtures::everything(), fixtures::newer_updater()));
    for id in ["main", "cash", "forest", "new", "platform", "updater"] {
        let action = model::ItemAction::Update;
        let _ = model::update(&mut model, model::Action::Item { id: id.into(), action });
    }
    let notice = Notice::of("нет связи с files.cleverence.ru, проверьте сеть и повторите загрузку позже");
    for event in [
        progress("cash", 118),
        progress("updater", 7),
        Event::DownloadFailed { item_id: "forest".into(), notice },
        Event::ApplyProgress { item_id: "main".into(), stage: Stage::Copying { done: 1, total: 3 << 30 } },
        Event::ApplyProgress { item_id: "platform".into(), stage: Stage::Installer },
        verified("new", Proof::Signed),
    ] {
        let _ = model::receive(&mut model, event);
    }
    let _ = model::update(&mut model, model::Action::CloseDialog);
    model
}

#[test]
fn texts_and_controls_keep_apart_at_every_size_and_in_every_state() {
    // 1366×768 at 125 % is 1092×614 of these points.
    for size in [[960.0, 600.0], [1092.0, 614.0], [1200.0, 1000.0], [1920.0, 1080.0]] {
        for language in [Language::Ru, Language::En] {
            let newer = fixtures::with_updater(fixtures::everything(), fixtures::newer_updater());
            for model in [model_of(fixtures::everything()), model_of(newer), busy_model()] {
                let window = window_of(model, language, size, Theme::Dark);
                assert_nothing_overlaps(&window, size);
            }
        }
    }
}

#[test]
fn a_long_name_is_cut_and_still_told_whole_to_a_screen_reader() {
    let mut pair = fixtures::main_base();
    let name = "Очень длинное название базы ".repeat(8);
    pair.0.name.clone_from(&name);
    pair.1.name.clone_from(&name);
    let model = model_of(fixtures::of(vec![pair]));
    let window = window_of(model, Language::Ru, [960.0, 600.0], Theme::Light);
    let shown = window.get_by_role_and_label(Role::Label, &name).rect();
    assert!(shown.width() < 220.0, "{shown:?}");
}

#[test]
fn only_rows_in_sight_are_drawn_of_ten_thousand() {
    let mut stores = fixtures::stores(10_000);
    for (number, (base, item)) in stores.iter_mut().enumerate() {
        // Each on a version of its own, or they would be one row.
        base.version = format!("1.4.0.{number}").parse().ok();
        item.installed = base.version;
    }
    let window = window(fixtures::of(stores));
    let rows = window.query_all_by_role(Role::ListItem).count();
    assert!((5..20).contains(&rows), "{rows}");
}

fn repaint_delay(window: &Window) -> Duration {
    window.output().viewport_output.values().map(|viewport| viewport.repaint_delay).min().unwrap()
}

#[test]
fn an_idle_window_asks_for_no_picture_for_an_hour_or_until_the_day_turns() {
    let mut window = window(fixtures::everything());
    window.run();
    assert_eq!(repaint_delay(&window), Duration::from_hours(1));
    answer(&mut window, progress("main", 1));
    assert_eq!(repaint_delay(&window), Duration::from_hours(1), "the worker's events wake it");
    let late = "2026-11-22T23:59:10+03:00[+03:00]".parse().unwrap();
    let _ = model::update(&mut window.state_mut().model, model::Action::Tick(late));
    window.run();
    assert_eq!(repaint_delay(&window), Duration::from_secs(50));
}

#[test]
fn an_empty_place_says_what_it_is() {
    let show = |model: Model| window_of(model, Language::Ru, [960.0, 600.0], Theme::Light);
    let (_, report) = fixtures::of(vec![]);

    let mut none = report.clone();
    none.items.clear();
    let window = show(model_of((Machine::default(), none)));
    assert!(sees(&window, "Баз Mobile SMARTS на этом компьютере нет"));
    assert!(sees(&window, "Платформа Mobile SMARTS на этом компьютере не найдена"));
    assert!(sees(&window, "Обновлять здесь нечего"));

    let mut never = Model::new(fixtures::NOW.parse().unwrap());
    let (machine, _) = fixtures::everything();
    let _ = model::receive(&mut never, Event::MachineRead(machine));
    let window = show(never.clone());
    assert!(sees(&window, "Обновления ещё не проверялись"));

    let failure = CheckFailure::of("Нет связи");
    let _ = model::receive(&mut never, Event::Checked(Err(failure)));
    let window = show(never);
    assert!(sees(&window, "Узнать об обновлениях не удалось"));
    assert!(sees(&window, "Нет связи. Что вышло, неизвестно."));
    assert!(!sees(&window, "Обновлений нет"));
}
