//! What was just done, as it is seen, heard and taken back.

use egui::accesskit::Live;
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::*;
use crate::model::toasts::{Done, SAID_SECS, ToastAction, UNDO_SECS};
use crate::model::{Action, ItemAction};

const SKIPPED: &str = "Склад 15, Расширенный 1.6.3.7283: больше не предлагается";

fn act(window: &mut Window, action: Action) {
    let desk = window.state_mut();
    desk.commands.extend(model::update(&mut desk.model, action));
    window.run();
}

fn skip(window: &mut Window) {
    act(window, Action::Item { id: "main".into(), action: ItemAction::Skip });
}

fn later(window: &mut Window, secs: i64) {
    let now = &window.state().model.now + jiff::SignedDuration::from_secs(secs);
    act(window, Action::Tick(now));
}

#[test]
fn what_was_done_is_said_politely_and_goes_by_itself() {
    let mut window = window(fixtures::everything());
    act(&mut window, Action::Toast(ToastAction::Say(Done::Copied)));
    let said = window.get_by_role_and_label(Role::Status, "Скопировано");
    assert_eq!(said.accesskit_node().data().live(), Some(Live::Polite));
    later(&mut window, SAID_SECS - 1);
    assert!(sees(&window, "Скопировано"));
    later(&mut window, 1);
    assert!(!sees(&window, "Скопировано"));
}

#[test]
fn it_is_taken_back_with_its_link_or_with_a_key() {
    let mut window = window(fixtures::everything());
    skip(&mut window);
    assert!(sees(&window, SKIPPED));
    follow(&mut window, "Вернуть как было");
    let (skipped, again) =
        (Command::Skip { item_id: "main".into() }, Command::OfferAgain { item_id: "main".into() });
    assert_eq!(asked(&mut window), [skipped.clone(), again.clone()]);
    assert!(!sees(&window, SKIPPED) && sees(&window, "предлагается снова"));
    skip(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(asked(&mut window), [skipped, again]);
}

#[test]
fn the_key_belongs_to_the_text_while_one_is_typed() {
    let mut window = window(fixtures::everything());
    skip(&mut window);
    window.get_by_label("Найти базу").focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert!(sees(&window, SKIPPED));
}

#[test]
fn the_pointer_over_it_keeps_it_and_a_cross_sends_it_away() {
    let mut window = window(fixtures::everything());
    skip(&mut window);
    window.get_by_role_and_label(Role::Label, SKIPPED).hover();
    window.run();
    later(&mut window, 10 * UNDO_SECS);
    assert!(sees(&window, SKIPPED));
    press(&mut window, "Убрать сообщение");
    assert!(!sees(&window, SKIPPED));
    assert!(window.state().model.is_skipped(window.state().model.item_by_id("main").unwrap()));
}

#[test]
fn the_keyboard_in_it_keeps_it_too() {
    let mut window = window(fixtures::everything());
    skip(&mut window);
    window.get_by_role_and_label(Role::Link, "Вернуть как было").focus();
    window.run();
    later(&mut window, 10 * UNDO_SECS);
    assert!(sees(&window, SKIPPED));
}

#[test]
fn a_cancelled_download_can_be_begun_anew() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Обновить базу Касса 2");
    answer(&mut window, progress("cash", 118));
    press(&mut window, "Отменить загрузку: Касса 2");
    assert!(sees(&window, "Загрузка отменена: Касса 2"));
    asked(&mut window);
    follow(&mut window, "Скачать снова");
    assert_eq!(asked(&mut window), [Command::Download { item_id: "cash".into(), covered: false }]);
}

#[test]
fn a_dialog_has_its_buttons_free_of_it() {
    let mut window = window(fixtures::everything());
    act(&mut window, Action::ShowProblems);
    act(&mut window, Action::Toast(ToastAction::Say(Done::Copied)));
    let said = window.get_by_role_and_label(Role::Label, "Скопировано").rect();
    let close = window.get_by_role_and_label(Role::Button, "Закрыть").rect();
    assert!(said.bottom() < close.top(), "{said:?} {close:?}");
}
