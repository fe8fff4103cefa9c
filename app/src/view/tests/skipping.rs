//! Versions that a person skips, and hears of again.

use egui::Role;
use egui_kittest::kittest::Queryable as _;
use smarts_core::version::Version;

use super::*;
use crate::model::Skipped;
use crate::model::summary::Headline;

const SKIP: &str = "Пропустить эту версию";
const AGAIN: &str = "Снова предлагать эту версию";

fn skipped(pairs: &[(&str, &str)]) -> Skipped {
    let version = |text: &str| text.parse::<Version>().unwrap();
    pairs.iter().map(|(id, number)| ((*id).to_owned(), version(number))).collect()
}

fn choose(window: &mut Window, of: &str, entry: &str) {
    press(window, &format!("Ещё: {of}"));
    pick(window, entry);
}

#[test]
fn a_skipped_version_keeps_its_row_quiet_and_is_counted_nowhere() {
    let mut window = window(fixtures::everything());
    assert!(window.query_by_label("Обновления, 5 новых").is_some());
    choose(&mut window, "Основной склад", SKIP);
    assert_eq!(asked(&mut window), vec![Command::Skip { item_id: "main".into() }]);
    assert!(sees(&window, "Версия пропущена"));
    assert!(sees(&window, "вышла 1.6.3.7283"));
    // Another base is offered the same release.
    assert!(sees(&window, "Вышла платформа и обновления для 2 баз"));
    assert!(sees(&window, "пропущено: 2"));
    assert!(window.query_by_label("Обновления, 3 новых").is_some());
    assert!(
        window.query_by_role_and_label(Role::Button, "Обновить базу Основной склад").is_some(),
        "by hand"
    );

    window.get_by_role_and_label(Role::RadioButton, "С обновлениями").click();
    window.run();
    assert!(window.query_by_role_and_label(Role::ListItem, "Основной склад").is_none());
    assert!(window.query_by_role_and_label(Role::ListItem, "Касса 2").is_some());
    window.get_by_role_and_label(Role::RadioButton, "Все").click();
    window.run();

    choose(&mut window, "Основной склад", AGAIN);
    assert_eq!(asked(&mut window), vec![Command::OfferAgain { item_id: "main".into() }]);
    assert!(!sees(&window, "Версия пропущена"));
    assert!(sees(&window, "Вышла платформа и обновления для 4 баз"));
}

#[test]
fn the_platform_is_skipped_on_its_card_and_offered_again_there() {
    let mut window = window(fixtures::everything());
    choose(&mut window, "Платформа Mobile SMARTS", SKIP);
    assert_eq!(asked(&mut window), vec![Command::Skip { item_id: "platform".into() }]);
    assert!(sees(&window, "Вышли обновления для 4 баз"));
    assert!(sees(&window, "Версия пропущена"));
    assert!(!sees(&window, "не смогут подключиться"), "nobody is warned of what nobody does");
    choose(&mut window, "Платформа Mobile SMARTS", AGAIN);
    assert!(sees(&window, "Вышла платформа и обновления для 4 баз"));
    assert!(sees(&window, "4 ТСД не смогут подключиться"));
}

#[test]
fn one_answer_is_about_all_bases_of_the_product() {
    let mut window = window(fixtures::of(fixtures::stores(12)));
    let title = "Магазин 15, Базовый — 12 баз";
    choose(&mut window, title, SKIP);
    assert_eq!(asked(&mut window), vec![Command::Skip { item_id: "store-1".into() }]);
    assert!(sees(&window, title), "they stay together");
    assert!(sees(&window, "Вышла новая платформа"));
    assert!(window.query_by_role_and_label(Role::Button, &format!("Обновить базы: {title}")).is_none());
    choose(&mut window, title, AGAIN);
    assert!(sees(&window, "Вышла платформа и обновления для 12 баз"));
}

#[test]
fn what_was_not_kept_comes_back_and_what_was_kept_elsewhere_goes() {
    let mut window = window(fixtures::everything());
    choose(&mut window, "Основной склад", SKIP);
    answer(&mut window, Event::SkippedRead(skipped(&[("cash", "1.5.0.58")])));
    assert_eq!(window.query_all_by_label_contains("Версия пропущена").count(), 1);
    let model = &window.state().model;
    assert!(model.is_skipped(model.item_by_id("cash").unwrap()));
    assert!(!model.is_skipped(model.item_by_id("main").unwrap()));
}

#[test]
fn a_newer_version_than_the_skipped_one_is_offered_as_ever() {
    let mut model = model_of(fixtures::everything());
    let before = skipped(&[("main", "1.6.3.6708"), ("gone", "1.0.0.0")]);
    let _ = model::receive(&mut model, Event::SkippedRead(before));
    assert_eq!(model.counts().skipped, 0);
}

#[test]
fn what_the_person_begins_all_the_same_is_skipped_no_more() {
    let mut window = window(fixtures::of(vec![fixtures::main_base()]));
    choose(&mut window, "Основной склад", SKIP);
    press(&mut window, "Обновить базу Основной склад");
    assert!(sees(&window, "Вышла платформа и обновление для 1 базы"));
    press(&mut window, "Отменить загрузку: Основной склад");
    assert!(sees(&window, "Версия пропущена"));
}

#[test]
fn with_everything_skipped_there_is_nothing_new_and_not_nothing_at_all() {
    let mut window = window(fixtures::of(vec![fixtures::main_base()]));
    choose(&mut window, "Основной склад", SKIP);
    choose(&mut window, "Платформа Mobile SMARTS", SKIP);
    assert_eq!(window.state().model.headline(), Headline::OnlySkipped);
    assert!(sees(&window, "Новых обновлений нет"));
    assert!(sees(&window, "пропущено: 2"));
}

#[test]
fn what_cannot_be_installed_or_is_not_there_is_not_skipped() {
    let mut model = model_of(fixtures::everything());
    for id in ["egais", "courier", "stock", "nobody"] {
        let action = model::Action::Item { id: id.into(), action: model::ItemAction::Skip };
        assert_eq!(model::update(&mut model, action), vec![], "{id}");
        let action = model::Action::Item { id: id.into(), action: model::ItemAction::OfferAgain };
        assert_eq!(model::update(&mut model, action), vec![], "{id}");
    }
}

#[test]
fn an_answer_that_was_not_kept_is_told_when_nothing_else_is_open() {
    let mut window = window(fixtures::everything());
    choose(&mut window, "Основной склад", SKIP);
    let _ = model::update(&mut window.state_mut().model, model::Action::ShowProblems);
    answer(&mut window, Event::SkipNotKept("Записать ответ не удалось".into()));
    answer(&mut window, Event::SkippedRead(Skipped::new()));
    assert!(!sees(&window, "Записать ответ не удалось"), "what is open stays");
    press(&mut window, "Закрыть");
    assert!(sees(&window, "Записать ответ не удалось"));
    assert!(!sees(&window, "Версия пропущена"));
    press(&mut window, "Закрыть");
    assert!(window.query_by_role(Role::Dialog).is_none());
}
