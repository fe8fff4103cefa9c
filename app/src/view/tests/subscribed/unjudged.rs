//! What is said where nobody can tell: of the devices beside a covered release, and of a list that is not used.

use smarts_core::machine::{Fault, Problem};

use super::*;

#[test]
fn a_covered_release_is_called_covered_for_the_devices_that_something_is_known_of() {
    let mut pairs = fixtures::branches(1);
    pairs[0].0.devices.push(fixtures::device("ТСД 5", "2026-11-20T09:00:00Z"));
    let mut window = window(fixtures::of(pairs));
    tell(&mut window, fixtures::known(&[("ТСД 4", ENDED)]));
    assert!(sees(&window, "по известным подпискам — 1.6.3.6708"));
    assert!(!sees(&window, "по подписке — "));
    assert!(sees(&window, "Нет данных: ТСД 5"), "in the row");
    follow(&mut window, "Почему? Филиал № 1");
    assert!(sees(&window, "она входит в подписку устройств, о которых есть данные"));
    assert!(window.query_all_by_label("Нет данных: ТСД 5").count() > 1, "in the dialog, too");
    press(&mut window, "Закрыть");
    choose_tab(&mut window);
    assert!(sees(&window, "по известным подпискам — 1.6.3.6708"));
}

fn choose_tab(window: &mut Window) {
    let _ = model::update(&mut window.state_mut().model, Action::Tab(Tab::Subscriptions));
    window.run();
    window.get_by_role_and_label(Role::RadioButton, "По базам").click();
    window.run();
}

#[test]
fn a_list_that_is_not_used_is_told_with_its_reason_and_no_date_is_asked_for() {
    let (mut machine, report) = fixtures::of(fixtures::branches(1));
    let fault = Fault::Subscriptions { detail: "это не текст".into() };
    machine.problems.push(Problem { path: r"C:\ProgramData\subscriptions.csv".into(), fault });
    let mut window = window((machine, report));
    tell(&mut window, Subscriptions { is_unread: true, ..fixtures::known(&[]) });
    assert!(sees(&window, "Список подписок использовать нельзя"));
    assert!(!has(&window, Role::Button, "Указать дату: Филиал № 1"));
    follow(&mut window, "Почему? Филиал № 1");
    assert!(sees(&window, "Список подписок: это не текст"));
    assert!(sees(&window, r"C:\ProgramData\subscriptions.csv"));
    assert!(!sees(&window, "так выбрано в настройках"), "it is not");
    assert!(!sees(&window, "• ТСД 4"), "its date would not help");
    assert!(!has(&window, Role::Button, "Указать дату…"));
    asked(&mut window);
    press(&mut window, "Импорт…");
    assert_eq!(asked(&mut window), vec![Command::ChooseSubscriptions]);
    assert_eq!(window.state().model.dialog, None, "so that the preview can open");
}
