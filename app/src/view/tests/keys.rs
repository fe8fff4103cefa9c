//! The keyboard, and names for screen readers.

use std::collections::HashMap;

use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use smarts_core::verify::Proof;

use super::*;

#[test]
fn f5_checks() {
    let mut window = window(fixtures::everything());
    window.key_press(Key::F5);
    window.run();
    assert_eq!(asked(&mut window), vec![Command::Check]);
}

#[test]
fn ctrl_f_finds_a_base_and_escape_shows_all_again() {
    let mut window = window(fixtures::everything());
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run();
    assert!(window.get_by_label("Найти базу").is_focused());
    window.get_by_label("Найти базу").type_text("касса");
    window.run();
    assert!(sees(&window, "нашлась 1"));
    assert!(sees(&window, "Касса 2"));
    assert!(!sees(&window, "Доставка"));
    window.key_press(Key::Escape);
    window.run();
    assert!(sees(&window, "Доставка"));
}

#[test]
fn a_search_without_a_result_says_so_and_can_be_cleared() {
    let mut window = window(fixtures::everything());
    window.get_by_label("Найти базу").focus();
    window.run();
    window.get_by_label("Найти базу").type_text("нет такой");
    window.run();
    assert!(sees(&window, "Ничего не нашлось"));
    let clear: Vec<_> = window.get_all_by_role_and_label(Role::Button, "Очистить поиск").collect();
    clear.last().unwrap().click();
    window.run();
    assert!(sees(&window, "Основной склад"));
}

#[test]
fn the_filter_leaves_bases_with_updates() {
    let mut window = window(fixtures::everything());
    window.get_by_role_and_label(Role::RadioButton, "С обновлениями").click();
    window.run();
    assert!(sees(&window, "Основной склад"));
    assert!(!sees(&window, "Доставка"));
    window.get_by_role_and_label(Role::RadioButton, "Все").click();
    window.run();
    assert!(sees(&window, "Доставка"));
}

fn open_sheet(window: &mut Window) {
    window.get_by_role_and_label(Role::Button, "Обновить базу Основной склад").focus();
    window.run();
    window.key_press(Key::Space);
    window.run();
    answer(window, verified("main", Proof::Hash));
    answer(window, sheet_ready("main", &["main"], sheet_data(Proof::Hash)));
}

#[test]
fn a_dialog_takes_the_keyboard_and_keeps_it_while_it_is_open() {
    let mut window = window(fixtures::everything());
    open_sheet(&mut window);
    assert!(window.get_by_label("Отмена").is_focused());
    for _ in 0..6 {
        window.key_press(Key::Tab);
        window.run();
        let inside = ["Отмена", "Скопировать и обновить"];
        assert!(inside.iter().any(|name| window.get_by_label(name).is_focused()));
    }
}

#[test]
fn escape_closes_the_sheet_and_the_keyboard_goes_back() {
    let mut window = window(fixtures::everything());
    open_sheet(&mut window);
    window.key_press(Key::Escape);
    window.run();
    assert!(window.query_by_role(Role::Dialog).is_none());
    window.run();
    assert!(window.get_by_label("Установить обновление: Основной склад").is_focused());
}

#[test]
fn tab_reaches_rows_below_the_edge_and_brings_them_into_sight() {
    let model = model_of(fixtures::everything());
    let mut window = window_of(model, Language::Ru, [960.0, 600.0], Theme::Light);
    let last = "Открыть папку базы Учёт имущества";
    assert!(window.query_by_label(last).is_none(), "out of sight at first");
    for _ in 0..60 {
        window.key_press(Key::Tab);
        window.run();
        if window.query_by_label(last).is_some_and(|node| node.is_focused()) {
            let rect = window.get_by_label(last).rect();
            assert!(rect.bottom() <= 600.0, "{rect:?}");
            return;
        }
    }
    panic!("the last row was not reached");
}

#[test]
fn an_item_that_is_asked_for_is_brought_into_sight() {
    let model = model_of(fixtures::everything());
    let mut window = window_of(model, Language::Ru, [960.0, 600.0], Theme::Light);
    let last = "Открыть папку базы Учёт имущества";
    assert!(window.query_by_label(last).is_none(), "out of sight at first");
    let bases = &window.state().model.machine.as_ref().unwrap().bases;
    let id = bases.iter().find(|base| base.name == "Учёт имущества").unwrap().id.clone();
    let _ = model::update(&mut window.state_mut().model, model::Action::Show(id));
    window.run();
    let rect = window.get_by_label(last).rect();
    assert!(rect.bottom() <= 600.0, "{rect:?}");
    assert!(window.state().model.shown.as_ref().is_some_and(|shown| shown.in_sight));
}

#[test]
fn every_control_has_a_name_of_its_own() {
    for language in [Language::Ru, Language::En] {
        let model = model_of(fixtures::everything());
        let window = window_of(model, language, [1200.0, 1200.0], Theme::Light);
        let mut names: HashMap<String, usize> = HashMap::new();
        for role in [Role::Button, Role::Link, Role::RadioButton, Role::CheckBox] {
            for node in window.get_all_by(move |node| node.role() == role || node.role() == Role::Tab) {
                if node.accesskit_node().role() == role {
                    *names.entry(node.accesskit_node().label().unwrap()).or_default() += 1;
                }
            }
        }
        assert!(names.len() > 15, "{names:?}");
        let doubled: Vec<_> = names.iter().filter(|(_, count)| **count > 1).collect();
        assert!(doubled.is_empty(), "{doubled:?}");
    }
}
