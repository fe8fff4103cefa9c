//! The keyboard's way through the window: Tab visits every control once, in the order of reading, and comes round.

use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::*;
use crate::model::settings::GROUPS;
use crate::model::{Action, ItemAction, Tab};

/// More steps than any window here has controls.
const MOST: usize = 200;

fn focused(window: &Window) -> Option<String> {
    let all = window.root().children_recursive();
    let mut names = all.filter(egui_kittest::Node::is_focused).map(|node| name(&node));
    names.next()
}

fn name(node: &egui_kittest::Node<'_>) -> String {
    format!("{:?} {}", node.accesskit_node().role(), node.accesskit_node().label().unwrap_or_default())
}

fn step(window: &mut Window, modifiers: Modifiers) -> Option<String> {
    window.key_press_modifiers(modifiers, Key::Tab);
    window.run_steps(2);
    focused(window)
}

/// The controls in the order they have the keyboard, until the first one has it again.
fn round(window: &mut Window, modifiers: Modifiers) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for _ in 0..MOST {
        let Some(name) = step(window, modifiers) else { continue };
        if names.first() == Some(&name) {
            return names;
        }
        names.push(name);
    }
    panic!("it never comes round: {names:#?}");
}

/// Everything that can have the keyboard, in the order of the tree.
fn controls(window: &Window) -> Vec<String> {
    let mut has_row = false;
    let is_control = |node: &egui_kittest::Node<'_>| {
        let accessible = node.accesskit_node();
        let data = accessible.data();
        // Of tabs the open one has the keyboard, of rows the current one, which is the first; the arrows lead to the
        // others.
        let is_stop = match accessible.role() {
            Role::Tab => data.is_selected() == Some(true),
            Role::ListItem => !std::mem::replace(&mut has_row, true),
            _ => true,
        };
        data.supports_action(egui::accesskit::Action::Focus) && !accessible.is_disabled() && is_stop
    };
    window.root().children_recursive().filter(is_control).map(|node| name(&node)).collect()
}

fn assert_round(window: &mut Window) {
    let expected = controls(window);
    assert!(expected.len() >= 4, "{expected:?}");
    let there = round(window, Modifiers::NONE);
    assert_eq!(there, expected, "Tab");
    // Whoever comes to a row from below it has that for the current one, and comes by it.
    let is_row = |name: &String| name.starts_with("ListItem");
    let mut back = round(window, Modifiers::SHIFT);
    back.retain(|name| !is_row(name));
    back.reverse();
    let expected: Vec<_> = expected.into_iter().filter(|name| !is_row(name)).collect();
    let start = back.iter().position(|name| Some(name) == expected.first()).unwrap();
    back.rotate_left(start);
    assert_eq!(back, expected, "Shift+Tab");
}

/// High enough for all rows: those out of sight come into the tree only when they are scrolled to.
fn at(model: Model, tab: Tab) -> Window {
    let mut model = model;
    let _ = model::update(&mut model, Action::Tab(tab));
    let mut window = window_of(model, Language::Ru, [1200.0, 1400.0], Theme::Light);
    window.run_steps(3);
    window
}

#[test]
fn tab_comes_round_all_updates_in_the_order_of_reading() {
    assert_round(&mut at(model_of(fixtures::everything()), Tab::Updates));
    assert_round(&mut at(looks::busy_model(), Tab::Updates));
}

#[test]
fn tab_comes_round_subscriptions_with_and_without_records() {
    assert_round(&mut at(model_of(fixtures::everything()), Tab::Subscriptions));
    assert_round(&mut subscriptions::page());
}

#[test]
fn tab_comes_round_the_history() {
    assert_round(&mut at(history::filled(), Tab::History));
}

#[test]
fn tab_comes_round_every_part_of_the_settings() {
    for group in GROUPS {
        assert_round(&mut settings::opened(group));
    }
}

#[test]
fn tab_comes_round_the_devices() {
    assert_round(&mut devices::page());
}

#[test]
fn tab_comes_round_the_diagnosis() {
    assert_round(&mut diagnostics::looked());
}

#[test]
fn what_is_read_first_stands_higher_or_further_left() {
    let window = at(model_of(fixtures::everything()), Tab::Updates);
    let nodes = window.get_all_by(|node| {
        // A row and a card hold what stands in them.
        let is_alone = !matches!(node.role(), Role::Tab | Role::Group | Role::ListItem);
        node.data().supports_action(egui::accesskit::Action::Focus) && is_alone
    });
    let rects: Vec<_> = nodes.map(|node| (name(&node), node.rect())).collect();
    for pair in rects.windows(2) {
        let [(one, first), (other, second)] = pair else { continue };
        let is_ordered = second.top() >= first.bottom() - 1.0 || second.left() >= first.right() - 1.0;
        assert!(is_ordered, "{one} {first:?} before {other} {second:?}");
    }
}

#[test]
fn dialogs_keep_the_keyboard_and_give_it_back_to_what_opened_them() {
    let opened_by = [(Role::Link, "Что нового: Основной склад"), (Role::Link, "Какие ТСД")];
    for (role, opener) in opened_by {
        let mut window = window(fixtures::everything());
        window.get_by_role_and_label(role, opener).focus();
        window.run();
        window.key_press(Key::Enter);
        window.run();
        for modifiers in [Modifiers::NONE, Modifiers::SHIFT] {
            for _ in 0..8 {
                let name = step(&mut window, modifiers);
                let inside: Vec<_> = window
                    .get_by_role(Role::Dialog)
                    .children_recursive()
                    .map(|node| self::name(&node))
                    .collect();
                assert!(name.as_ref().is_some_and(|name| inside.contains(name)), "{opener}: {name:?}");
            }
        }
        window.key_press(Key::Escape);
        window.run();
        window.run();
        assert!(window.get_by_role_and_label(role, opener).is_focused(), "{opener}");
    }
}

#[test]
fn f1_shows_what_keys_do_and_leaves_an_open_dialog_alone() {
    let mut window = window(fixtures::everything());
    window.key_press(Key::F1);
    window.run();
    assert!(window.query_by_role_and_label(Role::Dialog, "Клавиши").is_some());
    assert!(sees(&window, "F5: проверить обновления"));
    window.key_press(Key::Escape);
    window.run();
    let action = Action::Item { id: "main".into(), action: ItemAction::ShowNotes };
    let _ = model::update(&mut window.state_mut().model, action);
    window.run();
    window.key_press(Key::F1);
    window.run();
    assert!(window.query_by_role_and_label(Role::Dialog, "Клавиши").is_none());
}

fn sheet() -> Window {
    let mut window = window(fixtures::everything());
    press(&mut window, "Обновить базу Основной склад");
    answer(&mut window, verified("main", Proof::Hash));
    answer(&mut window, sheet_ready("main", &["main"], sheet_data(Proof::Hash)));
    window
}

#[test]
fn buttons_of_a_dialog_are_visited_from_left_to_right_whichever_has_the_keyboard_first() {
    let app = || devices::dialog(Proof::Signed);
    let open: [fn() -> Window; 4] = [sheet, reports::filled, subscriptions::question, app];
    for open in open {
        let mut dialog = open();
        let buttons = dialog.get_by_role(Role::Dialog).children_recursive();
        let buttons = buttons.filter(|node| {
            node.accesskit_node().role() == Role::Button && !node.accesskit_node().is_disabled()
        });
        let mut drawn: Vec<_> = buttons.map(|node| (node.rect().left(), name(&node))).collect();
        let count = drawn.len();
        drawn.sort_by(|one, other| one.0.total_cmp(&other.0));
        let visited = round(&mut dialog, Modifiers::NONE);
        let mut visited: Vec<_> = visited.into_iter().filter(|name| name.starts_with("Button")).collect();
        let first = visited.iter().position(|name| *name == drawn[0].1).unwrap();
        visited.rotate_left(first);
        assert!(count >= 2);
        assert_eq!(visited, drawn.into_iter().map(|(_, name)| name).collect::<Vec<_>>());
    }
}
