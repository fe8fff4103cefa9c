//! The rows of the list by keyboard, their details and menus, their order, and everything downloaded at once.

use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use smarts_core::verify::Proof;

use super::*;
use crate::model::Action;
use crate::model::details::Of;
use crate::model::going_back::{Copy, GoingBackCommand, GoingBackEvent, Listed};

fn key(window: &mut Window, key: Key) {
    window.key_press(key);
    window.run();
}

fn current(window: &Window) -> String {
    let rows = window.query_all_by_role(Role::ListItem).filter(egui_kittest::Node::is_focused);
    rows.map(|node| node.accesskit_node().label().unwrap()).collect()
}

fn enter_list(window: &mut Window) {
    window.get_by_role_and_label(Role::ListItem, "Основной склад").focus();
    window.run();
}

fn wide(contents: (Machine, Report)) -> Window {
    window_of(model_of(contents), Language::Ru, [1600.0, 900.0], Theme::Light)
}

fn details(window: &Window) -> Option<Of> {
    window.state().model.details.as_ref().map(|details| details.of.clone())
}

fn base(id: &str) -> Of {
    Of::Item(id.into())
}

#[test]
fn arrows_home_and_end_move_through_the_rows() {
    let mut window = window(fixtures::everything());
    enter_list(&mut window);
    assert_eq!(current(&window), "Основной склад");
    key(&mut window, Key::ArrowDown);
    assert_eq!(current(&window), "Касса 2");
    key(&mut window, Key::ArrowDown);
    assert_eq!(current(&window), "Филиал на Лесной");
    key(&mut window, Key::ArrowUp);
    assert_eq!(current(&window), "Касса 2");
    key(&mut window, Key::End);
    assert_eq!(current(&window), "Учёт имущества");
    key(&mut window, Key::Home);
    assert_eq!(current(&window), "Основной склад");
}

#[test]
fn a_key_that_is_held_never_leaves_the_list() {
    let mut window = window(fixtures::everything());
    enter_list(&mut window);
    for _ in 0..4 {
        window.key_press(Key::ArrowDown);
        window.step();
    }
    window.run();
    assert_eq!(current(&window), "Учёт алкоголя");
}

#[test]
fn the_row_the_keyboard_is_at_comes_into_sight_among_ten_thousand() {
    let model = model_of(fixtures::of(fixtures::branches(2)));
    let mut window = window_of(model, Language::Ru, [960.0, 600.0], Theme::Light);
    let bases = (1..=10_000).map(|number| {
        let mut pair = fixtures::up_to_date();
        (pair.0.id, pair.0.name) = (format!("base-{number}"), format!("База {number}"));
        pair.1.id.clone_from(&pair.0.id);
        pair
    });
    let (machine, report) = fixtures::of(bases.collect());
    answer(&mut window, Event::MachineRead(machine));
    answer(&mut window, Event::Checked(Ok(report)));
    window.get_by_role_and_label(Role::ListItem, "База 1").focus();
    window.run();
    key(&mut window, Key::End);
    assert_eq!(current(&window), "База 10000");
    assert!(window.get_by_role_and_label(Role::ListItem, "База 10000").rect().bottom() <= 600.0);
    key(&mut window, Key::PageUp);
    let row = current(&window);
    let number: usize = row.trim_start_matches("База ").parse().unwrap();
    assert!((9_990..10_000).contains(&number), "{row}");
    assert!(window.query_all_by_role(Role::ListItem).count() < 20);
}

#[test]
fn tab_goes_from_the_row_into_its_controls() {
    let mut window = window(fixtures::everything());
    enter_list(&mut window);
    key(&mut window, Key::Tab);
    assert!(window.get_by_label("Что нового: Основной склад").is_focused());
    key(&mut window, Key::Tab);
    assert!(window.get_by_label("Обновить базу Основной склад").is_focused());
    window.get_by_label("Обновить базу Касса 2").focus();
    window.run();
    assert_eq!(window.state().model.current_row(), Some(1), "its row is the current one");
}

#[test]
fn down_goes_from_the_search_to_what_was_found() {
    let mut window = window(fixtures::everything());
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run();
    window.get_by_label("Найти базу").type_text("касса");
    window.run();
    key(&mut window, Key::ArrowDown);
    assert_eq!(current(&window), "Касса 2");
}

#[test]
fn enter_opens_the_details_above_the_list_and_escape_goes_back_to_the_row() {
    let mut window = window(fixtures::everything());
    enter_list(&mut window);
    key(&mut window, Key::Enter);
    assert_eq!(details(&window), Some(base("main")));
    let list = GoingBackCommand::List { base_id: "main".into() };
    assert_eq!(asked(&mut window), [Command::GoingBack(list)]);
    assert!(window.query_by_role_and_label(Role::Dialog, "Подробнее: Основной склад").is_some());
    assert!(window.get_by_label("Закрыть подробности").is_focused());
    assert!(sees(&window, "1.6.3.7283 · можно установить"));
    assert!(sees(&window, "вышла 29.10.2025"));
    assert!(sees(&window, "1.6.2.6493 · установлена"));
    assert!(sees(&window, "Не для всех устройств известно, по какой день действует подписка"));
    assert!(sees(&window, r"C:\ProgramData\Cleverence\Databases\Основной склад"));
    key(&mut window, Key::Escape);
    assert_eq!(details(&window), None);
    window.run();
    assert_eq!(current(&window), "Основной склад");
}

#[test]
fn beside_the_list_the_details_follow_the_row() {
    let mut window = wide(fixtures::everything());
    enter_list(&mut window);
    key(&mut window, Key::Enter);
    assert!(window.query_by_role(Role::Dialog).is_none());
    assert!(window.query_by_label("Подробнее: Основной склад").is_some());
    key(&mut window, Key::ArrowDown);
    assert_eq!(details(&window), Some(base("cash")));
    assert!(sees(&window, "Обмен через интернет"));
    key(&mut window, Key::Escape);
    assert_eq!(details(&window), None);
    window.run();
    assert_eq!(current(&window), "Касса 2");
}

#[test]
fn a_double_click_opens_the_details_and_a_click_only_goes_to_the_row() {
    let mut window = wide(fixtures::everything());
    window.get_by_role_and_label(Role::ListItem, "Доставка").click();
    window.run();
    assert_eq!(current(&window), "Доставка");
    assert_eq!(details(&window), None);
    let pos = window.get_by_role_and_label(Role::ListItem, "Касса 2").rect().center();
    for pressed in [true, false, true, false] {
        let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
        let click = egui::Event::PointerButton { pos, button, pressed, modifiers };
        window.input_mut().events.extend([egui::Event::PointerMoved(pos), click]);
    }
    window.run();
    assert_eq!(details(&window), Some(base("cash")));
}

#[test]
fn details_tell_of_steps_and_of_what_subscriptions_cover() {
    let mut window = wide(fixtures::of(vec![fixtures::in_steps()]));
    let of = Of::Item("forest".into());
    let open = Action::Details(crate::model::details::DetailsAction::Open(of));
    let _ = model::update(&mut window.state_mut().model, open);
    window.run();
    assert!(sees(&window, "1.3.4.1116 · шаг на пути"));
    assert!(sees(&window, "1.6.3.7283 · можно установить"));
    assert!(sees(&window, "1.0.2.85 · установлена"));
}

#[test]
fn nothing_stands_after_a_copy_of_which_nothing_is_known() {
    let mut window = wide(fixtures::of(vec![fixtures::main_base()]));
    enter_list(&mut window);
    key(&mut window, Key::Enter);
    let copy = Copy {
        id: "copy".into(),
        dir: "/copies/copy".into(),
        time: None,
        version: None,
        size_bytes: None,
        user: String::new(),
        why: String::new(),
        refused: None,
        has_changes: true,
    };
    let listed =
        Ok(Listed { copies: vec![copy], next: Err("неизвестно".into()), dir: "/copies".into() });
    answer(&mut window, Event::GoingBack(GoingBackEvent::Listed { base_id: "main".into(), listed }));
    assert!(window.query_by_label("copy").is_some());
}

#[test]
fn details_call_nothing_installable_that_is_not() {
    let mut window = wide(fixtures::of(vec![fixtures::blocked()]));
    let open = Action::Details(crate::model::details::DetailsAction::Open(Of::Item("egais".into())));
    let _ = model::update(&mut window.state_mut().model, open);
    window.run();
    assert!(sees(&window, "2.2.0.330 · вышла, установить нельзя"));
    assert!(!sees(&window, "можно установить"));
}

#[test]
fn details_tell_of_devices_copies_and_pages_with_their_addresses() {
    let mut pair = fixtures::main_base();
    pair.0.devices = vec![fixtures::device("ТСД 4", "2026-11-21T09:00:00Z")];
    pair.0.notes_link = Some("https://example.org/notes".into());
    // Tall enough for all of it.
    let model = model_of(fixtures::of(vec![pair]));
    let mut window = window_of(model, Language::Ru, [1600.0, 1200.0], Theme::Light);
    enter_list(&mut window);
    key(&mut window, Key::Enter);
    assert!(sees(&window, "ТСД этой базы: 1"));
    assert!(sees(&window, "ТСД 4 · вчера в 12:00"));
    assert!(sees(&window, "https://example.org/notes"));
    let copy = Copy {
        id: "copy".into(),
        dir: "/copies/copy".into(),
        time: "2026-11-20T09:00:00Z".parse().ok(),
        version: "1.6.2.6493".parse().ok(),
        size_bytes: Some(860 * 1024 * 1024),
        user: String::new(),
        why: "до обновления".into(),
        refused: None,
        has_changes: true,
    };
    let listed =
        Ok(Listed { copies: vec![copy], next: Err("неизвестно".into()), dir: "/copies".into() });
    answer(&mut window, Event::GoingBack(GoingBackEvent::Listed { base_id: "main".into(), listed }));
    assert!(sees(&window, "20.11.2026 в 12:00 (2 дня назад) · 1.6.2.6493 · 860 МБ"));
    asked(&mut window);
    follow(&mut window, "Страница списка изменений: Основной склад");
    assert_eq!(asked(&mut window), [Command::OpenLink { url: "https://example.org/notes".into() }]);
    follow(&mut window, "История этой базы: Основной склад");
    assert_eq!(window.state().model.tab, model::Tab::History);
}

#[test]
fn the_platforms_card_takes_the_keyboard_and_opens_its_details() {
    let mut window = wide(fixtures::everything());
    window.get_by_role_and_label(Role::Group, "Платформа Mobile SMARTS").focus();
    window.run();
    key(&mut window, Key::Enter);
    assert_eq!(details(&window), Some(base("platform")));
    assert!(sees(&window, "3.4.46.40367 · можно установить"));
}

#[test]
fn the_menu_opens_at_the_pointer_and_by_keyboard_with_the_same_entries() {
    let mut window = window(fixtures::everything());
    window.get_by_role_and_label(Role::ListItem, "Доставка").click_secondary();
    window.run();
    assert!(window.query_by_role_and_label(Role::MenuItem, "Подробнее").is_some());
    assert!(window.query_by_role_and_label(Role::MenuItem, "История этой базы").is_some());
    key(&mut window, Key::Escape);
    assert!(window.query_by_role_and_label(Role::MenuItem, "История этой базы").is_none());
    for by in [Key::Space, Key::Menu] {
        enter_list(&mut window);
        key(&mut window, by);
        assert!(window.get_by_role_and_label(Role::MenuItem, "Подробнее").is_focused(), "{by:?}");
        key(&mut window, Key::Escape);
        window.run();
        assert_eq!(current(&window), "Основной склад", "{by:?}");
    }
    window.key_press_modifiers(Modifiers::SHIFT, Key::F10);
    window.run();
    key(&mut window, Key::Enter);
    assert_eq!(details(&window), Some(base("main")));
}

#[test]
fn right_and_left_open_and_close_a_group() {
    let mut window = window(fixtures::of(fixtures::stores(3)));
    let group = "Магазин 15, Базовый — 3 базы";
    window.get_by_role_and_label(Role::ListItem, group).focus();
    window.run();
    key(&mut window, Key::ArrowRight);
    assert!(window.query_by_role_and_label(Role::ListItem, "Магазин № 2").is_some());
    key(&mut window, Key::ArrowRight);
    assert_eq!(current(&window), "Магазин № 1");
    key(&mut window, Key::ArrowLeft);
    assert_eq!(current(&window), group);
    key(&mut window, Key::ArrowLeft);
    assert!(window.query_by_role_and_label(Role::ListItem, "Магазин № 2").is_none());
}

#[test]
fn bases_are_unticked_in_the_list_and_the_sheet_comes_with_the_others() {
    let mut window = window(fixtures::of(fixtures::stores(3)));
    press(&mut window, "Показать базы: Магазин 15, Базовый — 3 базы");
    let tick = |window: &mut Window, name: &str| {
        let name = format!("Обновлять вместе с группой: {name}");
        window.get_by_role_and_label(Role::CheckBox, &name).click();
        window.run();
    };
    tick(&mut window, "Магазин № 1");
    press(&mut window, "Обновить отмеченные базы (2): Магазин 15, Базовый — 3 базы");
    let download = Command::Download { item_id: "store-2".into(), covered: false };
    assert_eq!(asked(&mut window), [download], "the first that is ticked is the pilot");
    answer(&mut window, verified("store-2", Proof::Signed));
    assert_eq!(window.state().model.sheet().unwrap().chosen_ids(), ["store-2", "store-3"]);
}

#[test]
fn a_group_without_a_ticked_base_says_so_and_has_no_button() {
    let mut window = window(fixtures::of(fixtures::stores(3)));
    press(&mut window, "Показать базы: Магазин 15, Базовый — 3 базы");
    for number in 1..=3 {
        let name = format!("Обновлять вместе с группой: Магазин № {number}");
        window.get_by_role_and_label(Role::CheckBox, &name).click();
        window.run();
    }
    assert!(sees(&window, "Ни одна база не отмечена"));
    assert!(!sees(&window, "Обновить базы"));
}

#[test]
fn the_order_is_chosen_in_the_head_of_the_list() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Порядок баз: как в менеджере баз");
    pick(&mut window, "По названию");
    let top = |name: &str| window.get_by_role_and_label(Role::ListItem, name).rect().top();
    assert!(top("Доставка") < top("Основной склад"));
    assert!(top("Основной склад") < top("Учёт алкоголя"));
    press(&mut window, "Порядок баз: по названию");
}

#[test]
fn everything_is_downloaded_by_one_click_and_what_waits_says_its_place() {
    let mut window = window(fixtures::everything());
    assert!(sees(&window, "Основной склад"));
    press(&mut window, "Скачать 5 обновлений");
    let download = |id: &str| Command::Download { item_id: id.into(), covered: false };
    assert_eq!(asked(&mut window), ["platform", "main", "cash"].map(download));
    assert!(sees(&window, "в очереди, 1-я"));
    assert!(sees(&window, "в очереди, 2-я"));
    assert!(window.query_by_role_and_label(Role::Button, "Скачать 5 обновлений").is_none());
    press(&mut window, "Ещё: Новый склад");
    pick(&mut window, "Скачать раньше других");
    answer(&mut window, verified("main", Proof::Signed));
    assert_eq!(asked(&mut window), [download("new")]);
    assert_eq!(window.state().model.dialog, None, "every installation has a consent of its own");
    press(&mut window, "Отменить загрузку: Филиал на Лесной");
    assert!(!sees(&window, "в очереди"));
}

#[test]
fn texts_and_controls_of_the_details_keep_apart() {
    for size in [[960.0, 600.0], [1092.0, 614.0], [1600.0, 900.0]] {
        for language in [Language::Ru, Language::En] {
            for id in ["main", "forest", "egais", "assets", "platform"] {
                let mut model = model_of(fixtures::everything());
                let of = Of::Item(id.into());
                let open = Action::Details(crate::model::details::DetailsAction::Open(of));
                let _ = model::update(&mut model, open);
                let mut window = window_of(model, language, size, Theme::Dark);
                window.run();
                if size[0] > 1500.0 {
                    looks::assert_nothing_overlaps(&window, size);
                }
            }
        }
    }
}

#[test]
fn a_button_the_keyboard_is_at_says_more_than_its_name() {
    let mut window = window(fixtures::everything());
    let more = "Сначала загрузка, 184 МБ; перед установкой покажем, что изменится, и спросим согласия";
    assert!(!sees(&window, more));
    window.get_by_label("Обновить базу Основной склад").focus();
    window.run();
    assert!(sees(&window, more));
}

#[test]
fn an_address_is_told_before_it_is_opened() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Ещё: Основной склад");
    let entry = "Открыть «Загрузки» на сайте";
    super::entry(&window, entry).hover();
    for _ in 0..4 {
        window.step();
    }
    assert!(sees(&window, "https://www.cleverence.ru/downloads/"));
}

fn filtered(model: Model) -> Window {
    let mut window = window_of(model, Language::Ru, [1200.0, 900.0], Theme::Light);
    window.get_by_role_and_label(Role::RadioButton, "С обновлениями").click();
    window.run();
    window
}

fn never_checked() -> Model {
    let mut model = Model::new(fixtures::NOW.parse().unwrap());
    let (machine, _) = fixtures::everything();
    let _ = model::receive(&mut model, Event::Offline(true));
    let permission = Permission::Granted;
    let _ = model::receive(&mut model, Event::Loaded { machine, report: None, permission });
    model
}

#[test]
fn where_nothing_was_checked_a_filtered_list_does_not_say_that_there_is_nothing() {
    let mut window = filtered(never_checked());
    assert!(sees(&window, "Обновления ещё не проверялись"));
    press(&mut window, "Проверить обновления");
    assert_eq!(asked(&mut window), [Command::Check]);
    assert!(sees(&window, "У каких баз есть обновления, покажет проверка"));
    assert!(window.query_by_role_and_label(Role::Button, "Проверить обновления").is_none());
    let failure = model::CheckFailure::of("Нет связи".to_owned());
    answer(&mut window, Event::Checked(Err(failure)));
    press(&mut window, "Проверить ещё раз");
    assert_eq!(asked(&mut window), [Command::Check]);
}

#[test]
fn a_search_among_bases_with_updates_leads_to_all_of_them() {
    let mut window = filtered(model_of(fixtures::everything()));
    window.get_by_label("Найти базу").focus();
    window.run();
    window.get_by_label("Найти базу").type_text("доставка");
    window.run();
    assert!(sees(&window, "Сейчас видны только базы с обновлениями."));
    press(&mut window, "Показать все");
    assert!(window.query_by_role_and_label(Role::ListItem, "Доставка").is_some());
}

#[test]
fn details_of_a_group_name_its_bases_and_lead_to_each_of_them() {
    let mut window = wide(fixtures::of(fixtures::stores(3)));
    let group = "Магазин 15, Базовый — 3 базы";
    window.get_by_role_and_label(Role::ListItem, group).focus();
    window.run();
    key(&mut window, Key::Enter);
    assert!(sees(&window, "базы с одним и тем же обновлением"));
    assert!(sees(&window, "1.5.0.58 · можно установить"));
    asked(&mut window);
    follow(&mut window, &format!("Магазин № 2: {group}"));
    assert_eq!(details(&window), Some(base("store-2")));
    let list = GoingBackCommand::List { base_id: "store-2".into() };
    assert_eq!(asked(&mut window), [Command::GoingBack(list)]);
}

#[test]
fn details_of_a_group_tell_of_all_its_bases_and_of_what_goes_on() {
    let mut pairs = fixtures::stores(51);
    pairs[50].1.warnings = fixtures::needs_platform().1.warnings;
    let mut window = wide(fixtures::of(pairs));
    let group = "Магазин 15, Базовый — 51 база";
    window.get_by_role_and_label(Role::ListItem, group).focus();
    window.run();
    let before = window.query_all_by_label_contains("нужна платформа").count();
    key(&mut window, Key::Enter);
    assert!(sees(&window, "Нужна платформа"), "{before}: the last base's warning is everybody's");
    assert!(sees(&window, "и ещё 1"));
    let _ = model::update(
        &mut window.state_mut().model,
        Action::Item { id: "store-2".into(), action: model::ItemAction::Update },
    );
    answer(&mut window, progress("store-2", 40));
    assert_eq!(window.query_all_by_label_contains("18 МБ/с").count(), 2, "on the row and in the details");
}

#[test]
fn details_of_the_platform_and_of_this_program_have_the_buttons_of_their_cards() {
    let mut window = wide(fixtures::with_updater(fixtures::everything(), fixtures::newer_updater()));
    for (id, update, pause) in [
        ("platform", "Подготовить обновление платформы", "Приостановить загрузку: Платформа Mobile SMARTS"),
        ("updater", "Обновить эту программу", "Приостановить загрузку: Программа обновления Mobile SMARTS"),
    ] {
        let open = Action::Details(crate::model::details::DetailsAction::Open(Of::Item(id.into())));
        let _ = model::update(&mut window.state_mut().model, open);
        window.run();
        assert_eq!(window.query_all_by_label_contains(update).count(), 2, "{id}");
        let begin = Action::Item { id: id.into(), action: model::ItemAction::Update };
        let _ = model::update(&mut window.state_mut().model, begin);
        answer(&mut window, progress(id, 40));
        assert_eq!(window.query_all_by_label_contains(pause).count(), 2, "{id}");
    }
}

#[test]
fn what_is_opened_from_the_details_stands_above_them_and_they_come_back() {
    let mut window = window(fixtures::everything());
    enter_list(&mut window);
    key(&mut window, Key::Enter);
    let notes = window.get_all_by_role_and_label(Role::Link, "Что нового: Основной склад");
    notes.last().unwrap().click();
    window.run();
    assert!(window.query_by_role_and_label(Role::Dialog, "Подробнее: Основной склад").is_none());
    assert!(window.get_by_role_and_label(Role::Button, "Закрыть").is_focused());
    key(&mut window, Key::Escape);
    assert!(window.query_by_role_and_label(Role::Dialog, "Подробнее: Основной склад").is_some());
    window.run();
    assert!(window.get_by_label("Закрыть подробности").is_focused());
    key(&mut window, Key::Escape);
    window.run();
    assert_eq!(current(&window), "Основной склад");
}
