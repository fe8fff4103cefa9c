//! The tab «ТСД» by role and name, and the page before an app is staged.

use std::collections::BTreeMap;

use egui::{Key, Modifiers};
use egui_kittest::kittest::NodeT as _;
use smarts_core::catalogue::Fault;
use smarts_core::devices::Compatibility;
use smarts_core::devices::apk::Apk;
use smarts_core::devices::app::{App, Basis};
use smarts_core::devices::carried::Carried;
use smarts_core::devices::overview::{BaseDevices, DeviceState, Followed, Newest, Offered, Overview};
use smarts_core::devices::staged::{Content, List, Staged, StagedApp};
use smarts_core::devices::staging::Older;
use smarts_core::machine::{AppLinks, FileFault, System};

use super::*;
use crate::model::activity::{AppStaged, StagingOutcome};
use crate::model::details::{DetailsAction, Of};
use crate::model::devices::{
    AppBase, AppFacts, AppFrom, Arrival, BaseStaged, DeviceFilter, DevicesAction, DevicesCommand,
    DevicesEvent, DevicesRead, Progress,
};
use crate::model::{Action, Dialog, Notice, Outcome, Tab};

const NEW: &str = "3.4.0.46990";

fn device(id: &str, app: &str, basis: Basis, now: Compatibility, next: Compatibility) -> DeviceState {
    DeviceState {
        id: id.into(),
        last_seen: "2026-11-22T08:10:00Z".parse().ok(),
        system: Some(System::Android),
        app: Some(App { version: fixtures::version(app), basis }),
        now: Some(now),
        next: Some(next),
        offered: None,
        followed: None,
    }
}

fn staged(version: Option<&str>, list: List) -> Staged {
    let app = |text: &str| StagedApp {
        version: fixtures::version(text),
        folder: text.into(),
        content: Ok(Content {
            path: format!("/base/Update/Android/{text}/MobileSMARTS.apk").into(),
            size: 48 << 20,
            text: String::new(),
            apk: Apk {
                package: "com.cleverence.mobilesmarts".into(),
                version_name: text.into(),
                version: text.parse().ok(),
                version_code: Some(46990),
            },
        }),
    };
    let apps = version.into_iter().map(app).collect();
    Staged { dir: "/base/Update/Android".into(), list, apps, unlisted: vec![] }
}

fn read_list() -> List {
    List::Read { refused: vec![] }
}

fn base(id: &str, name: &str, devices: Vec<DeviceState>, staged: Staged, newest: Newest) -> BaseDevices {
    let links = AppLinks {
        update: Some("https://www.cleverence.ru/android/".into()),
        store: Some("https://apps.example.org/mobilesmarts".into()),
    };
    BaseDevices {
        id: id.into(),
        name: name.into(),
        product: "Склад 15, Расширенный".into(),
        devices,
        is_incomplete: false,
        staged: Some(staged),
        newest,
        links,
    }
}

fn newest() -> Newest {
    Newest::Release(Box::new(fixtures::release("Android", NEW, "2025-02-11", Some(48))))
}

/// Before an update of the platform: a base with devices that it would stop, one that is ready, one in trouble.
pub(super) fn overview() -> Overview {
    use Compatibility::{AppTooOld, Matches};
    let main = vec![
        device("Приёмка", "3.3.0.28766", Basis::Base, Matches, AppTooOld),
        device("Склад-1", "3.3.0.28766", Basis::Stated, Matches, AppTooOld),
        DeviceState {
            system: Some(System::WindowsCe),
            last_seen: "2026-09-01T08:10:00Z".parse().ok(),
            ..device("Склад-2", "3.2.0.1", Basis::Stated, AppTooOld, AppTooOld)
        },
    ];
    let ready = DeviceState {
        offered: Some(Offered::Staged { version: fixtures::version(NEW) }),
        ..device("ТСД-А", "3.3.0.28766", Basis::Platform, Matches, AppTooOld)
    };
    let unknown = DeviceState {
        app: None,
        now: None,
        next: None,
        system: None,
        last_seen: None,
        ..device("Касса", "1.0", Basis::Stated, Matches, Matches)
    };
    let broken = List::Broken(Fault::File(FileFault::Missing { file: "versions.xml".into() }));
    let cash = BaseDevices {
        is_incomplete: true,
        ..base("cash", "Касса 2", vec![unknown], staged(None, broken), Newest::NotAsked)
    };
    Overview {
        server: Some(fixtures::version("3.3.46.29552")),
        next_server: Some(fixtures::version("3.4.46.40367")),
        updated_at: None,
        carried: Some(Carried {
            dir: r"C:\Program Files\Mobile SMARTS\Client Installer".into(),
            version: fixtures::version("3.3.46.29552"),
            files: vec!["MobileSMARTS.WM.cab".into()],
        }),
        bases: vec![
            base("main", "Основной склад", main, staged(None, List::Missing), newest()),
            base("forest", "Филиал на Лесной", vec![ready], staged(Some(NEW), read_list()), newest()),
            cash,
        ],
    }
}

/// After it: who has followed.
pub(super) fn followed() -> Overview {
    use Compatibility::{AppTooOld, Matches};
    let mut overview = overview();
    overview.server = overview.next_server.take();
    let server = overview.server.unwrap();
    if let Some(carried) = &mut overview.carried {
        carried.version = server;
    }
    let after = |id, app, basis, now, followed| DeviceState {
        next: None,
        followed: Some(followed),
        ..device(id, app, basis, now, now)
    };
    let ce = DeviceState {
        system: Some(System::WindowsCe),
        offered: Some(Offered::Platform { version: server }),
        ..after("Склад-2", "3.2.0.1", Basis::Stated, AppTooOld, Followed::No)
    };
    let unseen = DeviceState {
        last_seen: "2026-11-10T08:10:00Z".parse().ok(),
        ..after("Склад-1", "3.3.0.28766", Basis::Stated, AppTooOld, Followed::NotSeen)
    };
    overview.bases.truncate(1);
    overview.bases[0].devices = vec![
        after("Приёмка", NEW, Basis::Stated, Matches, Followed::Yes),
        unseen,
        ce,
        after("Склад-3", "3.4.46.40367", Basis::Platform, Matches, Followed::Seen),
    ];
    overview
}

fn read(overview: Overview) -> Event {
    let undoable = BTreeMap::from([("forest".to_owned(), fixtures::version(NEW))]);
    let read = Some(Box::new(DevicesRead { overview, undoable }));
    Event::Devices(DevicesEvent::Read { turn: 1, read })
}

pub(super) fn model(overview: Overview) -> Model {
    let mut model = model_of(fixtures::everything());
    let asked = model::update(&mut model, Action::Tab(Tab::Devices));
    assert_eq!(asked, [Command::Devices(DevicesCommand::Read { turn: 1 })]);
    let _ = model::receive(&mut model, read(overview));
    model
}

pub(super) fn page() -> Window {
    let mut window = window_of(model(overview()), Language::Ru, [1200.0, 1200.0], Theme::Light);
    window.run();
    window
}

pub(super) fn facts(proof: Proof) -> AppFacts {
    let base = |id: &str, name: &str, staged: Option<&str>, chosen| AppBase {
        id: id.into(),
        name: name.into(),
        devices: 3,
        staged: staged.map(fixtures::version),
        older: usize::from(staged.is_some()),
        verdict: Ok(vec![]),
        is_there: false,
        chosen,
    };
    AppFacts {
        file: "MobileSMARTS.apk".into(),
        package: "com.cleverence.mobilesmarts".into(),
        version: fixtures::version(NEW),
        version_code: Some(46990),
        size: 48 << 20,
        released: "2025-02-11".parse().ok(),
        proved: proved(proof),
        bases: vec![
            base("main", "Основной склад", Some("3.3.0.28766"), true),
            base("forest", "Филиал на Лесной", None, false),
        ],
        left_out: vec![],
    }
}

fn examined(turn: u64, found: Result<AppFacts, Notice>) -> Event {
    Event::Devices(DevicesEvent::Examined { turn, found: found.map(Box::new) })
}

fn prepare(turn: u64, from: AppFrom, base_ids: &[&str]) -> Command {
    let base_ids = base_ids.iter().map(|id| (*id).to_owned()).collect();
    Command::Devices(DevicesCommand::Prepare { turn, from, base_ids })
}

/// The page about an app that is examined.
pub(super) fn dialog(proof: Proof) -> Window {
    let mut window = page();
    press(&mut window, "Подготовить приложение для ТСД базы Основной склад");
    assert_eq!(asked(&mut window), [prepare(1, AppFrom::Source, &["main"])]);
    answer(&mut window, examined(1, Ok(facts(proof))));
    window
}

fn base_staged(id: &str, name: &str, was_there: bool) -> BaseStaged {
    let app = AppStaged {
        version: fixtures::version(NEW),
        former: None,
        file: "MobileSMARTS.apk".into(),
        text: String::new(),
        was_there,
        removed: vec![],
        broken_list_kept: None,
        at: fixtures::CHECKED_AT.parse().unwrap(),
    };
    BaseStaged { id: id.into(), name: name.into(), outcome: Outcome::Staging(StagingOutcome::Staged(app)) }
}

#[test]
fn devices_stand_below_their_bases_with_app_state_offer_and_last_visit() {
    let window = page();
    for text in [
        "5 ТСД в 3 базах",
        "сервер 3.3.46.29552",
        "После обновления платформы до 3.4.46.40367 не подключатся 3 ТСД",
        "Приёмка: приложение 3.3.0.28766 (предположительно), остановится (после обновления до 3.4.46.40367), ничего, на связи сегодня в 11:10",
        "Склад-2: приложение 3.2.0.1, не подключится (сервер 3.3.46.29552), придёт с новой платформой",
        "подготовлено 3.4.0.46990",
        "в источнике 3.4.0.46990",
        "Приложение для Windows CE/Mobile придёт с новой платформой при обмене",
        "Касса: приложение неизвестно, неизвестно",
        "Список неполный",
        "versions.xml не читается",
        "в источнике не смотрели",
    ] {
        assert!(sees(&window, text), "{text}");
    }
    let filters = window.query_all_by_role(Role::RadioButton).count();
    assert_eq!(filters, 3, "no update of the platform is known of that could be followed");
    let prepare = "Подготовить приложение для ТСД базы Филиал на Лесной";
    assert!(window.query_by_role_and_label(Role::Button, prepare).is_none(), "it is staged already");
}

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
fn a_filter_and_the_search_leave_only_devices_they_are_about() {
    let mut window = page();
    window.get_by_role_and_label(Role::RadioButton, "Не подключатся (1)").click();
    window.run();
    assert!(sees(&window, "Склад-2: ") && !sees(&window, "Приёмка: ") && !sees(&window, "ТСД-А: "));
    window.get_by_role_and_label(Role::RadioButton, "Все").click();
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run();
    window.get_by_label("Найти ТСД или базу").type_text("лесн");
    window.run();
    assert!(sees(&window, "ТСД-А: ") && !sees(&window, "Склад-2: "));
    window.get_by_label("Найти ТСД или базу").type_text("ъъ");
    window.run();
    assert!(sees(&window, "Таких ТСД нет"));
}

#[test]
fn arrows_go_from_device_to_device_and_one_of_them_is_the_stop_for_tab() {
    let mut window = page();
    let row = |window: &Window, name: &str| {
        let is_it = |node: &egui_kittest::Node<'_>| {
            let label = node.accesskit_node().label();
            label.is_some_and(|label| label.starts_with(name))
        };
        window.query_all_by_role(Role::ListItem).find(is_it).is_some_and(|node| node.is_focused())
    };
    let first = window.query_all_by_role(Role::ListItem).next().unwrap();
    first.focus();
    window.run();
    assert!(row(&window, "Приёмка"));
    for (key, name) in [
        (Key::ArrowDown, "Склад-1"),
        (Key::End, "Касса"),
        (Key::ArrowUp, "ТСД-А"),
        (Key::Home, "Приёмка"),
        (Key::ArrowUp, "Приёмка"),
    ] {
        window.key_press(key);
        window.run();
        assert!(row(&window, name), "{name}");
    }
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
    let base_ids = vec!["main".into(), "forest".into()];
    assert_eq!(asked(&mut window), [Command::Devices(DevicesCommand::Unstage { base_ids })]);
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
    assert!(sees(&window, "Филиал на Лесной: приложение 3.4.0.46990 больше не будет предложено ТСД."));
    press(&mut window, "Вернуть как было");
    let base_ids = vec!["forest".into()];
    assert_eq!(asked(&mut window), [Command::Devices(DevicesCommand::Unstage { base_ids })]);
    let undone = StagingOutcome::Undone { version: fixtures::version(NEW), offered: None };
    let outcome = Outcome::Staging(undone);
    let results =
        vec![BaseStaged { id: "forest".into(), name: "Филиал на Лесной".into(), outcome }];
    answer(&mut window, Event::Devices(DevicesEvent::Unstaged { results }));
    assert_eq!(window.state().model.dialog, None);
    assert!(sees(&window, "3.4.0.46990 больше не предлагается ТСД: Филиал на Лесной"));
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

#[test]
fn the_devices_own_ways_are_explained_with_the_links_of_the_product() {
    let mut window = page();
    press(&mut window, "Ещё: Основной склад");
    pick(&mut window, "Как ТСД обновляется сам…");
    for text in ["Проверить обновления на ТСД", "При обмене с сервером", "С сайта или из магазина"]
    {
        assert!(sees(&window, text), "{text}");
    }
    follow(&mut window, "Магазин приложений");
    let url = "https://apps.example.org/mobilesmarts".to_owned();
    assert_eq!(asked(&mut window), [Command::OpenLink { url }]);
}

#[test]
fn the_list_of_devices_is_written_where_the_person_says() {
    let mut window = page();
    press(&mut window, "Сохранить CSV…");
    assert_eq!(asked(&mut window), [Command::Devices(DevicesCommand::ChooseExport)]);
    let export = DevicesAction::Export("/tmp/ТСД.csv".into());
    let commands = model::update(&mut window.state_mut().model, Action::Devices(export));
    assert!(matches!(&commands[..], [Command::Devices(DevicesCommand::Export { .. })]));
    let result = Err("нет места".into());
    answer(&mut window, Event::Devices(DevicesEvent::Exported { path: "/tmp/ТСД.csv".into(), result }));
    assert!(sees(&window, "Нет места"));
}

#[test]
fn without_devices_it_says_so_and_what_will_stand_there() {
    let window = window_of(model(Overview::default()), Language::Ru, [1200.0, 900.0], Theme::Light);
    assert!(sees(&window, "У баз на этом ПК ещё не было ТСД"));
}

#[test]
fn whoever_may_not_update_sees_devices_and_stages_nothing() {
    let mut model = model(overview());
    model.permission = Permission::Administrators { contact: None };
    let mut window = window_of(model, Language::Ru, [1200.0, 1200.0], Theme::Light);
    window.run();
    assert!(sees(&window, "Приёмка: "));
    let prepare = "Подготовить приложение для ТСД базы Основной склад";
    assert!(window.query_by_role_and_label(Role::Button, prepare).is_none());
    drop_file(&mut window, "/stick/MobileSMARTS.apk");
    window.run();
    assert_eq!(window.state().model.dialog, None);
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
