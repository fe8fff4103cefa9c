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

mod platform;
mod staging;

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
fn the_devices_own_ways_are_explained_with_the_links_of_the_product() {
    let mut window = page();
    press(&mut window, "Ещё: Основной склад");
    pick(&mut window, "Как ТСД обновляется сам…");
    for text in ["Проверить обновления на ТСД", "При обмене с сервером", "С сайта или из магазина"]
    {
        assert!(sees(&window, text), "{text}");
    }
    assert!(!sees(&window, "ссылок не даёт"));
    follow(&mut window, "Магазин приложений");
    let url = "https://apps.example.org/mobilesmarts".to_owned();
    assert_eq!(asked(&mut window), [Command::OpenLink { url }]);
}

#[test]
fn where_the_product_gives_no_links_that_is_said() {
    let mut overview = overview();
    overview.bases[0].links = AppLinks::default();
    let mut window = window_of(model(overview), Language::Ru, [1200.0, 1200.0], Theme::Light);
    window.run();
    press(&mut window, "Ещё: Основной склад");
    pick(&mut window, "Как ТСД обновляется сам…");
    assert!(sees(&window, "Описание продукта этой базы ссылок не даёт"));
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
