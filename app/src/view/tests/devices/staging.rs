//! The page about an app, and taking it back.

use super::*;

/// What was seen goes along: nothing else is taken back.
fn unstage(base_ids: &[&str]) -> Command {
    let base_ids: Vec<String> = base_ids.iter().map(|id| (*id).to_owned()).collect();
    let versions = base_ids.iter().map(|id| (id.clone(), fixtures::version(NEW))).collect();
    Command::Devices(DevicesCommand::Unstage { base_ids, versions })
}

#[test]
fn an_app_is_staged_for_the_bases_that_are_ticked_and_can_be_taken_back_from_the_message() {
    let mut window = dialog(Proof::Signed);
    for text in ["Приложение для ТСД 3.4.0.46990", "com.cleverence.mobilesmarts", "код версии 46990", "48 МБ"]
    {
        assert!(sees(&window, text), "{text}");
    }
    window.get_by_role_and_label(Role::CheckBox, "Филиал на Лесной").click();
    window.run();
    window.get_by_role_and_label(Role::RadioButton, "Убрать").click();
    window.run();
    press(&mut window, "Подготовить");
    let stage = DevicesCommand::Stage {
        turn: 1,
        base_ids: vec!["main".into(), "forest".into()],
        older: Older::Remove,
        accept_unproved: false,
    };
    assert_eq!(asked(&mut window), [Command::Devices(stage)]);
    let progress =
        Progress::Copying { base: "Основной склад".into(), done: 12 << 20, total: 48 << 20 };
    answer(&mut window, Event::Devices(DevicesEvent::Staging { turn: 1, progress }));
    assert!(sees(&window, "Копируем в базу Основной склад") && sees(&window, "12 из 48 МБ"));
    window.key_press(Key::Escape);
    window.run();
    assert!(matches!(window.state().model.dialog, Some(Dialog::App(_))), "it stays while it is under way");
    let results =
        vec![base_staged("main", "Основной склад", false), base_staged("forest", "Филиал на Лесной", false)];
    answer(&mut window, Event::Devices(DevicesEvent::Staged { turn: 1, results }));
    assert_eq!(window.state().model.dialog, None);
    let asked_for = asked(&mut window);
    assert!(asked_for.contains(&Command::Devices(DevicesCommand::Read { turn: 2 })), "{asked_for:?}");
    assert!(sees(&window, "Для ТСД подготовлено 3.4.0.46990: Основной склад, Филиал на Лесной"));
    follow(&mut window, "Вернуть как было");
    assert_eq!(asked(&mut window), [unstage(&["main", "forest"])]);
}

#[test]
fn what_nothing_proves_is_staged_only_with_the_persons_word() {
    let mut window = dialog(Proof::None);
    let dead = |window: &Window| {
        let button = window.get_by_role_and_label(Role::Button, "Подготовить");
        button.accesskit_node().is_disabled()
    };
    assert!(dead(&window));
    let consent = window.query_all_by_role(Role::CheckBox).last().unwrap();
    consent.click();
    window.run();
    assert!(!dead(&window));
    press(&mut window, "Подготовить");
    let asked = asked(&mut window);
    assert!(
        matches!(&asked[..], [Command::Devices(DevicesCommand::Stage { accept_unproved: true, .. })]),
        "{asked:?}"
    );
}

#[test]
fn an_app_that_does_not_go_there_says_why_until_the_base_is_unticked() {
    let mut window = page();
    press(&mut window, "Подготовить приложение для ТСД базы Основной склад");
    let mut told = facts(Proof::Signed);
    told.bases[0].verdict = Err("Это другое приложение".into());
    told.bases[1].verdict = Ok(vec!["Новее сервера".into()]);
    answer(&mut window, examined(1, Ok(told)));
    assert!(sees(&window, "Это другое приложение") && !sees(&window, "Новее сервера"));
    let button = window.get_by_role_and_label(Role::Button, "Подготовить");
    let why = button.accesskit_node().data().description().map(str::to_owned);
    assert_eq!(why.as_deref(), Some("Для одной из отмеченных баз приложение не годится"));
    for base in ["Основной склад", "Филиал на Лесной"] {
        window.get_by_role_and_label(Role::CheckBox, base).click();
        window.run();
    }
    assert!(sees(&window, "Новее сервера") && !sees(&window, "Это другое приложение"));
    assert!(!window.get_by_role_and_label(Role::Button, "Подготовить").accesskit_node().is_disabled());
}

#[test]
fn bases_that_an_app_is_not_for_though_their_devices_would_stop_are_named() {
    let mut window = page();
    press(&mut window, "Подготовить приложение…");
    assert_eq!(asked(&mut window), [prepare(1, AppFrom::Stopping, &[])]);
    let left_out = vec!["Для других баз (Касса 2) приложение лежит в другом месте".to_owned()];
    answer(&mut window, examined(1, Ok(AppFacts { left_out, ..facts(Proof::Signed) })));
    assert!(sees(&window, "Для других баз (Касса 2) приложение лежит в другом месте"));
}

#[test]
fn a_download_tells_how_far_it_is_and_is_given_up_with_the_page() {
    let mut window = page();
    press(&mut window, "Подготовить приложение…");
    let _ = asked(&mut window);
    let transfer = Transfer {
        received: 12 << 20,
        total: Some(48 << 20),
        bytes_per_second: Some(6 << 20),
        seconds_left: Some(6),
        with_former: None,
    };
    let arrival = Arrival::Downloading(transfer);
    answer(&mut window, Event::Devices(DevicesEvent::Arriving { turn: 1, arrival }));
    assert!(sees(&window, "12 из 48 МБ · 6 МБ/с · осталось 6 с"));
    press(&mut window, "Отмена");
    assert_eq!(window.state().model.dialog, None);
    assert_eq!(asked(&mut window), [Command::Devices(DevicesCommand::PutAway)]);
    answer(&mut window, examined(1, Ok(facts(Proof::Signed))));
    assert_eq!(window.state().model.dialog, None, "nobody waits for it");
}

#[test]
fn what_failed_says_why_what_is_safe_and_which_bases_were_not_begun() {
    let mut window = dialog(Proof::Signed);
    press(&mut window, "Подготовить");
    let notice = Notice {
        kept: Some("ТСД видят то же, что раньше".into()),
        next: Some("Освободите место".into()),
        ..Notice::of("На диске нет места")
    };
    let failed = BaseStaged {
        outcome: Outcome::Staging(StagingOutcome::Failed(notice)),
        ..base_staged("main", "Основной склад", false)
    };
    let rest = BaseStaged {
        outcome: Outcome::NotStarted,
        ..base_staged("forest", "Филиал на Лесной", false)
    };
    answer(&mut window, Event::Devices(DevicesEvent::Staged { turn: 1, results: vec![failed, rest] }));
    for text in [
        "Основной склад: На диске нет места",
        "ТСД видят то же, что раньше",
        "Освободите место",
        "Филиал на Лесной: не начинали",
    ] {
        assert!(sees(&window, text), "{text}");
    }
    press(&mut window, "Закрыть");
    assert_eq!(window.state().model.dialog, None);
}

#[test]
fn an_app_that_is_dropped_anywhere_opens_its_page_on_the_tab() {
    let mut window = window(fixtures::everything());
    drop_file(&mut window, "/stick/MobileSMARTS.apk");
    window.run();
    assert_eq!(window.state().model.tab, Tab::Devices);
    let path = AppFrom::File("/stick/MobileSMARTS.apk".into());
    assert!(asked(&mut window).contains(&prepare(1, path, &[])));
    answer(&mut window, examined(1, Err(Notice::of("Это не приложение для Android"))));
    assert!(sees(&window, "Это не приложение для Android"));
}

#[test]
fn staging_is_taken_back_after_a_question_that_names_the_version() {
    let mut window = page();
    press(&mut window, "Ещё: Филиал на Лесной");
    pick(&mut window, "Вернуть как было…");
    assert!(sees(&window, "Филиал на Лесной: подготовка приложения 3.4.0.46990 будет отменена."));
    press(&mut window, "Вернуть как было");
    assert_eq!(asked(&mut window), [unstage(&["forest"])]);
    let undone = StagingOutcome::Undone { version: fixtures::version(NEW), offered: None };
    let outcome = Outcome::Staging(undone);
    let results =
        vec![BaseStaged { id: "forest".into(), name: "Филиал на Лесной".into(), outcome }];
    answer(&mut window, Event::Devices(DevicesEvent::Unstaged { results }));
    assert_eq!(window.state().model.dialog, None);
    assert!(sees(&window, "Подготовка 3.4.0.46990 отменена: Филиал на Лесной"));
}
