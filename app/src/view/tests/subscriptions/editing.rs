//! Records by hand, and devices written off.

use super::*;

#[test]
fn a_date_is_judged_as_it_is_typed_and_saved_with_the_record_it_belongs_to() {
    let mut window = page();
    press(&mut window, "Указать дату: ТСД 2, Склад 15");
    assert!(window.get_by_role_and_label(Role::TextInput, "Действует по (включительно)").is_focused());
    assert!(sees(&window, "было по 04.12.2026"));
    assert!(sees(&window, "Не указана дата"));
    for (wrong, why) in [
        ("31.02.2027", "Такого дня в календаре нет"),
        ("завтра", "«завтра» не дата"),
        ("01.01.0001", "не может закончиться в этом году"),
        ("04.12.27", "«04.12.27» не дата"),
    ] {
        type_into(&mut window, "Действует по (включительно)", wrong);
        assert!(sees(&window, why), "{wrong}");
        assert!(is_dead(&window, "Сохранить"), "{wrong}");
    }
    type_into(&mut window, "Действует по (включительно)", "01.12.2026");
    assert!(sees(&window, "Это раньше, чем было: 04.12.2026."));
    type_into(&mut window, "Действует по (включительно)", "2027-12-04");
    assert!(!sees(&window, "раньше, чем было"));
    asked(&mut window);
    press(&mut window, "Сохранить");
    let new = record("ТСД 2", "Склад 15", "04.12.2027", "MS-1002");
    let former = Some(RecordKey::of(&records()[1]));
    assert_eq!(
        asked(&mut window),
        vec![Command::Subscriptions(SubscriptionCommand::Edit(Edit::Set { record: new.clone(), former }))]
    );
    assert!(is_dead(&window, "Сохраняем…"));
    let mut after = records();
    after[1] = new;
    saved(&mut window, known(after));
    assert!(!has_dialog(&window));
    assert!(sees(&window, "Дата подписки сохранена."));
    assert!(sees(&window, "действует по 04.12.2027"));
}

#[test]
fn a_failed_save_keeps_what_was_typed_and_says_why() {
    let mut window = page_of(known(records()), Access::Asked);
    press(&mut window, "Указать дату: ТСД 4");
    assert!(sees(&window, "Windows спросит разрешение"));
    type_into(&mut window, "Действует по (включительно)", "31.12.2027");
    press(&mut window, "Сохранить…");
    let result = Err("Windows не получила разрешения, подписки не изменены.".to_owned());
    answer(&mut window, Event::Subscriptions(SubscriptionEvent::Edited { known: known(records()), result }));
    assert!(sees(&window, "Windows не получила разрешения"));
    let until = window.get_by_role_and_label(Role::TextInput, "Действует по (включительно)");
    assert_eq!(until.accesskit_node().value().as_deref(), Some("31.12.2027"));
    assert!(!is_dead(&window, "Сохранить…"), "one may try again");
}

#[test]
fn a_device_is_added_by_name_and_a_record_that_is_there_is_not_replaced_unseen() {
    let mut window = page();
    press(&mut window, "Добавить…");
    assert!(window.get_by_role_and_label(Role::TextInput, "Устройство").is_focused());
    assert!(sees(&window, "Не указано устройство"));
    type_into(&mut window, "Устройство", "тсд 1");
    type_into(&mut window, "Действует по (включительно)", "12.05.2028");
    assert!(sees(&window, "уже есть (по 12.05.2027), она заменится"));
    press(&mut window, "Выбрать устройство этого компьютера");
    pick(&mut window, "ТСД 1");
    asked(&mut window);
    press(&mut window, "Сохранить");
    let new = record("ТСД 1", "", "12.05.2028", "MS-1001");
    assert_eq!(
        asked(&mut window),
        vec![Command::Subscriptions(SubscriptionCommand::Edit(Edit::Set { record: new, former: None }))]
    );
}

#[test]
fn of_a_device_that_was_never_connected_here_it_is_said_as_it_is_typed() {
    let mut window = page();
    press(&mut window, "Добавить…");
    for (device, is_stranger) in
        [("ТСД", true), ("тсд 4", false), ("ТСД 44", true), ("kassa-9", false), ("sklad-pc", false)]
    {
        type_into(&mut window, "Устройство", device);
        assert_eq!(sees(&window, "такое устройство не подключалось. Проверьте имя"), is_stranger, "{device}");
    }
    type_into(&mut window, "Устройство", "ТСД 44");
    type_into(&mut window, "Действует по (включительно)", "12.05.2028");
    assert!(!is_dead(&window, "Сохранить"), "it may be connected later");
}

#[test]
fn what_is_left_blank_over_a_record_that_is_there_takes_nothing_away_and_what_is_typed_counts() {
    let noted = Record::of("ТСД 1", "", "12.05.2027", "MS-1001", "склад").unwrap();
    let mut window = page_of(known(vec![noted]), Access::Free);
    press(&mut window, "Добавить…");
    type_into(&mut window, "Устройство", "ТСД 1");
    type_into(&mut window, "Действует по (включительно)", "12.05.2028");
    type_into(&mut window, "Лицензия", "MS-2");
    asked(&mut window);
    press(&mut window, "Сохранить");
    let record = Record::of("ТСД 1", "", "12.05.2028", "MS-2", "склад").unwrap();
    assert_eq!(
        asked(&mut window),
        vec![Command::Subscriptions(SubscriptionCommand::Edit(Edit::Set { record, former: None }))]
    );
}

#[test]
fn enter_saves_what_is_right_and_nothing_else() {
    let mut window = page();
    press(&mut window, "Указать дату: ТСД 4");
    asked(&mut window);
    for (until, saves) in [("31.02.2027", false), ("31.12.2027", true)] {
        type_into(&mut window, "Действует по (включительно)", until);
        window.key_press(Key::Enter);
        window.run();
        assert_eq!(!asked(&mut window).is_empty(), saves, "{until}");
    }
    assert!(is_dead(&window, "Сохраняем…"));
}

#[test]
fn a_record_cannot_be_made_that_of_another_one() {
    let mut window = page();
    menu(&mut window, "ТСД 3", "Изменить…");
    type_into(&mut window, "Устройство", "ТСД 1");
    assert!(sees(&window, "уже есть, по 12.05.2027. Измените её."));
    assert!(is_dead(&window, "Сохранить"));
}

#[test]
fn one_date_goes_to_all_devices_that_are_ticked_in_one_edit() {
    let mut window = page();
    let devices = ["тсд 3", "ТСД 4", "ТСД 1"].map(String::from).to_vec();
    let ask = Action::Subscriptions(SubscriptionsAction::EnterDate { devices, items: Vec::new() });
    let _ = model::update(&mut window.state_mut().model, Action::Tab(Tab::Updates));
    let _ = model::update(&mut window.state_mut().model, ask);
    window.run();
    assert_eq!(window.state().model.tab, Tab::Subscriptions);
    type_into(&mut window, "Действует по (включительно)", "31.12.2027");
    assert!(is_dead(&window, "Сохранить"), "nobody said it of what is not known and not seen for long");
    for place in [0, 1] {
        let tick = SubscriptionsAction::Choose { place, chosen: true };
        let _ = model::update(&mut window.state_mut().model, Action::Subscriptions(tick));
    }
    window.run();
    asked(&mut window);
    press(&mut window, "Сохранить");
    let keys = ["ТСД 3", "ТСД 4"].map(|device| RecordKey { device: device.into(), product: None }).to_vec();
    let until = "2027-12-31".parse().unwrap();
    assert_eq!(
        asked(&mut window),
        vec![Command::Subscriptions(SubscriptionCommand::Edit(Edit::Renew { keys, until }))]
    );
}

#[test]
fn before_a_date_for_all_products_it_is_said_which_records_it_outvotes() {
    let mut window = page();
    press(&mut window, "Добавить…");
    type_into(&mut window, "Устройство", "ТСД 2");
    type_into(&mut window, "Действует по (включительно)", "31.12.2027");
    assert!(sees(&window, "Дата для всех продуктов перекроет записи: ТСД 2, Склад 15 (по 04.12.2026)."));
}

#[test]
fn only_what_counts_where_it_was_asked_gets_the_date_and_only_what_has_ended_is_ticked() {
    let mut machine = machine();
    machine.bases[1].devices = vec![device("ТСД 2", "2026-11-21")];
    let (first, second) = (machine.bases[0].clone(), machine.bases[1].clone());
    assert_ne!(first.product, second.product);
    let ended = vec![
        record("ТСД 2", &first.product, "01.11.2026", ""),
        record("ТСД 2", &second.product, "02.11.2026", ""),
        record("ТСД 2", "Чужой продукт", "03.11.2026", ""),
        record("ТСД 3", "", "01.11.2026", ""),
    ];
    let mut model = model_with(known(ended), Access::Free);
    let _ = model::receive(&mut model, Event::MachineRead(machine));
    let mut offered = |devices: &[&str], items: &[&str]| {
        let strings = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        let (devices, items) = (strings(devices), strings(items));
        let _ = model::update(&mut model, Action::CloseDialog);
        let _ = model::update(&mut model, Action::EnterDates { devices, items });
        let Some(Dialog::Subscription(SubscriptionDialog::Edit(page))) = &model.dialog else {
            panic!("{:?}", model.dialog);
        };
        let Subject::Several(choices) = &page.subject else { panic!("{:?}", page.subject) };
        let product = |choice: &Choice| choice.record.as_ref().and_then(|record| record.product.clone());
        choices.iter().map(|one| (one.device.clone(), product(one), one.chosen)).collect::<Vec<_>>()
    };
    let of = |device: &str, product: Option<&str>, chosen: bool| {
        (device.to_owned(), product.map(str::to_owned), chosen)
    };
    let all = ["ТСД 2", "ТСД 3", "ТСД 4"];
    let unticked = [of("ТСД 3", None, false), of("ТСД 4", None, false)];
    let first_alone = [&[of("ТСД 2", Some(&first.product), true)][..], &unticked].concat();
    assert_eq!(offered(&all, &[&first.id]), first_alone);
    let mut both = offered(&all, &["platform"]);
    both.sort();
    let mut expected = first_alone;
    expected.push(of("ТСД 2", Some(&second.product), true));
    expected.sort();
    assert_eq!(both, expected);
}

#[test]
fn a_dialog_that_is_open_is_not_taken_away_by_a_question_about_dates() {
    let mut window = page();
    let _ = model::update(&mut window.state_mut().model, Action::ShowProblems);
    let before = window.state().model.dialog.clone();
    let devices = vec!["ТСД 1".to_owned()];
    let ask = Action::Subscriptions(SubscriptionsAction::EnterDate { devices, items: Vec::new() });
    let _ = model::update(&mut window.state_mut().model, ask);
    assert_eq!(window.state().model.dialog, before);
}

#[test]
fn a_device_is_written_off_after_a_question_and_counts_again_after_another() {
    let mut window = page();
    press(&mut window, "Списан, не учитывать: ТСД 3");
    assert!(sees(&window, "Не учитывать ТСД 3?"));
    window.key_press(Key::Escape);
    window.run();
    assert!(!has_dialog(&window));
    press(&mut window, "Списан, не учитывать: ТСД 3");
    asked(&mut window);
    press(&mut window, "Не учитывать");
    let devices = vec!["ТСД 3".to_owned()];
    assert_eq!(
        asked(&mut window),
        vec![Command::Subscriptions(SubscriptionCommand::Edit(Edit::WriteOff { devices: devices.clone() }))]
    );
    let day: Date = "2026-11-22".parse().unwrap();
    let written_off = vec![WrittenOff { device: "ТСД 3".into(), day }];
    saved(&mut window, Subscriptions { written_off, ..known(records()) });
    assert!(sees(&window, "Больше не учитывается: ТСД 3."));
    assert!(sees(&window, "списано 22.11.2026, не учитывается"));
    assert!(sees(&window, "Подписка скоро закончится у 1 устройства"));
    press(&mut window, "Снова учитывать: ТСД 3");
    asked(&mut window);
    press(&mut window, "Учитывать");
    assert_eq!(
        asked(&mut window),
        vec![Command::Subscriptions(SubscriptionCommand::Edit(Edit::CountAgain { devices }))]
    );
}

#[test]
fn a_record_is_taken_away_after_a_question() {
    let mut window = page();
    menu(&mut window, "ТСД 1", "Удалить запись…");
    assert!(sees(&window, "запись (по 12.05.2027) исчезнет из списка"));
    asked(&mut window);
    press(&mut window, "Удалить");
    let key = RecordKey::of(&records()[0]);
    assert_eq!(
        asked(&mut window),
        vec![Command::Subscriptions(SubscriptionCommand::Edit(Edit::Remove { key }))]
    );
}

#[test]
fn a_question_about_a_record_that_has_gone_meanwhile_closes_with_the_reason() {
    let mut window = page();
    menu(&mut window, "ТСД 1", "Удалить запись…");
    press(&mut window, "Удалить");
    let why = "Такой записи нет: ТСД 1.".to_owned();
    let (known, result) = (known(records().split_off(1)), Err(why.clone()));
    answer(&mut window, Event::Subscriptions(SubscriptionEvent::Edited { known, result }));
    assert!(!has_dialog(&window));
    assert!(sees(&window, &why));
}

#[test]
fn a_date_takes_the_place_of_no_list_that_cannot_be_read() {
    let mut window = page_of(Subscriptions { is_unread: true, ..known(vec![]) }, Access::Free);
    answer(&mut window, unread(Some("/pc/subscriptions.former.csv")));
    for devices in [vec!["ТСД 1"], vec!["ТСД 1", "ТСД 2"]] {
        let devices = devices.into_iter().map(String::from).collect();
        let ask = Action::Subscriptions(SubscriptionsAction::EnterDate { devices, items: Vec::new() });
        let _ = model::update(&mut window.state_mut().model, ask);
        window.run();
        type_into(&mut window, "Действует по (включительно)", "31.12.2027");
        assert!(sees(&window, "Список подписок не читается. Сначала исправьте его"));
        assert!(is_dead(&window, "Сохранить"));
        press(&mut window, "Отмена");
    }
}
