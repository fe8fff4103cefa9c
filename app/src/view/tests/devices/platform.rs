//! What is said of devices before an update of the platform and after it, and the ways from there.

use super::*;

#[test]
fn once_the_app_is_staged_for_all_that_would_stop_nothing_more_is_asked_for() {
    let mut overview = overview();
    overview.bases.remove(0);
    overview.bases[0].devices.push(DeviceState {
        system: Some(System::WindowsCe),
        ..device("MC3190", "3.3.0.28766", Basis::Stated, Compatibility::Matches, Compatibility::AppTooOld)
    });
    let mut window = window_of(model(overview), Language::Ru, [1200.0, 900.0], Theme::Light);
    window.run();
    assert!(sees(&window, "Подходящее приложение подготовлено"));
    assert!(window.query_by_role_and_label(Role::Button, "Подготовить приложение…").is_none());
    press(&mut window, "Показать");
    assert_eq!(window.state().model.devices_page.filter, DeviceFilter::Stops);
}

/// The base with `staged`, of which the source has `newest`, before an update of the platform that stops its device.
fn with_staged(version: &str, newest: Newest) -> Window {
    let mut overview = overview();
    overview.bases.truncate(2);
    overview.bases.remove(0);
    overview.bases[0].staged = Some(staged(Some(version), read_list()));
    overview.bases[0].newest = newest;
    let mut window = window_of(model(overview), Language::Ru, [1200.0, 900.0], Theme::Light);
    window.run();
    window
}

#[test]
fn what_is_staged_and_works_with_the_next_platform_is_enough_whatever_the_source_has() {
    let error = smarts_core::catalogue::Error {
        path: "updates/Android/versions.xml".into(),
        fault: Fault::File(FileFault::Missing { file: "versions.xml".into() }),
    };
    for newest in [Newest::NotAsked, Newest::None, Newest::Unknown(error), newest()] {
        let window = with_staged(NEW, newest.clone());
        assert!(sees(&window, "Подходящее приложение подготовлено"), "{newest:?}");
        assert!(window.query_by_role_and_label(Role::Button, "Подготовить приложение…").is_none());
    }
}

#[test]
fn what_is_staged_and_stops_with_the_next_platform_is_no_help_though_it_is_the_newest_of_the_source() {
    let release = fixtures::release("Android", "3.3.0.50000", "2025-02-11", Some(48));
    let window = with_staged("3.3.0.50000", Newest::Release(Box::new(release)));
    assert!(!sees(&window, "Подходящее приложение подготовлено"));
    assert!(sees(&window, "Подходящего приложения в источнике нет"));
    assert!(window.query_by_role_and_label(Role::Button, "Подготовить приложение…").is_none());
    let window = with_staged("3.3.0.50000", Newest::NotAsked);
    assert!(sees(&window, "Подготовьте подходящее приложение заранее"));
    window.get_by_role_and_label(Role::Button, "Подготовить приложение…");
}

#[test]
fn devices_with_windows_ce_wait_for_the_platform_or_are_updated_by_the_person() {
    let ce = |carried: bool| {
        let mut overview = overview();
        overview.bases.truncate(1);
        overview.bases[0].devices = vec![DeviceState {
            system: Some(System::WindowsCe),
            ..device("MC3190", "3.3.0.28766", Basis::Stated, Compatibility::Matches, Compatibility::AppTooOld)
        }];
        overview.carried = overview.carried.filter(|_| carried);
        let mut window = window_of(model(overview), Language::Ru, [1200.0, 900.0], Theme::Light);
        window.run();
        assert!(window.query_by_role_and_label(Role::Button, "Подготовить приложение…").is_none());
        assert!(!sees(&window, "Подходящее приложение подготовлено"));
        window
    };
    assert!(sees(&ce(true), "возьмут приложение из новой платформы"));
    assert!(sees(&ce(false), "приложения в платформе нет: обновите его на них сами"));
}

#[test]
fn after_an_update_of_the_platform_it_is_said_who_has_not_followed() {
    let mut window = window_of(model(followed()), Language::Ru, [1200.0, 900.0], Theme::Light);
    window.run();
    assert!(sees(
        &window,
        "После обновления платформы перешли 1 из 4 ТСД, ещё 1 был на связи, версия приложения неизвестна"
    ));
    assert!(sees(&window, "Ждём: Склад-1 (не показывался 12 дней), Склад-2 (не перешёл)"));
    press(&mut window, "Показать, чей переход не подтверждён");
    assert_eq!(window.state().model.devices_page.filter, DeviceFilter::NotFollowed);
    assert!(!sees(&window, "Приёмка: ") && sees(&window, "Склад-3: "));
    window.get_by_role_and_label(Role::RadioButton, "Не подтверждены (3)");
}

/// The window with a device of the first base that the platform's release would stop.
fn with_stopping() -> Window {
    let (mut machine, report) = fixtures::everything();
    let device = smarts_core::machine::Device { id: "Приёмка".into(), ..Default::default() };
    machine.bases[0].devices = vec![device];
    window((machine, report))
}

#[test]
fn the_devices_that_a_platform_update_stops_lead_to_the_tab() {
    let mut window = with_stopping();
    let of = Of::Item("platform".into());
    let _ = model::update(&mut window.state_mut().model, Action::Details(DetailsAction::Open(of)));
    window.run();
    assert!(sees(&window, "После обновления остановятся 4 ТСД"));
    follow(&mut window, "Показать на вкладке «ТСД»: Платформа Mobile SMARTS");
    let model = &window.state().model;
    assert_eq!((model.tab, model.devices_page.filter), (Tab::Devices, DeviceFilter::Stops));
    assert_eq!(asked(&mut window), [Command::Devices(DevicesCommand::Read { turn: 1 })]);

    let mut window = with_stopping();
    follow(&mut window, "Какие ТСД");
    press(&mut window, "Показать на вкладке «ТСД»");
    let model = &window.state().model;
    assert_eq!((model.tab, &model.dialog), (Tab::Devices, &None));
}

#[test]
fn where_nothing_is_missing_no_app_is_offered_beside_the_devices_that_would_stop() {
    let of = |overview| {
        let mut window = window_of(model(overview), Language::Ru, [1200.0, 900.0], Theme::Light);
        let _ = model::update(&mut window.state_mut().model, Action::Tab(Tab::Updates));
        window.run();
        follow(&mut window, "Какие ТСД");
        window.query_by_role_and_label(Role::Button, "Подготовить приложение на ТСД…").is_some()
    };
    assert!(of(overview()));
    let mut ready = overview();
    ready.bases.remove(0);
    assert!(!of(ready.clone()));
    // What was read before the check says nothing.
    ready.next_server = None;
    assert!(of(ready));
}

#[test]
fn the_devices_of_a_base_lead_to_the_tab_with_just_these() {
    let mut window = with_stopping();
    let (id, name) = {
        let base = &window.state().model.machine.as_ref().unwrap().bases[0];
        (base.id.clone(), base.name.clone())
    };
    let _ = model::update(&mut window.state_mut().model, Action::Details(DetailsAction::Open(Of::Item(id))));
    window.run();
    follow(&mut window, &format!("Показать на вкладке «ТСД»: {name}"));
    let model = &window.state().model;
    assert_eq!((model.tab, &model.devices_page.search), (Tab::Devices, &name));
}

#[test]
fn the_devices_that_a_platform_update_stops_lead_to_the_app_for_their_bases() {
    let (mut machine, report) = fixtures::everything();
    let device = smarts_core::machine::Device {
        id: "Приёмка".into(),
        app: Some(fixtures::version("3.3.0.28766")),
        ..Default::default()
    };
    machine.bases[0].devices = vec![device];
    let mut window = window((machine, report));
    follow(&mut window, "Какие ТСД");
    press(&mut window, "Подготовить приложение на ТСД…");
    assert_eq!(window.state().model.tab, Tab::Devices);
    assert!(asked(&mut window).contains(&prepare(1, AppFrom::Stopping, &[])));
}
