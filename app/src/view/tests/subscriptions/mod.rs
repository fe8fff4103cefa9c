//! The tab «Подписки».

mod editing;
mod importing;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Key, Modifiers, OutputCommand, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::Date;
use smarts_core::machine::{self, Device, Machine};
use smarts_core::subscription::{Columns, Edit, Record, RecordKey, Subscriptions, Table, WrittenOff, import};

use super::looks::assert_nothing_overlaps;
use super::*;
use crate::model::schedule::Access;
use crate::model::subscriptions::{
    Choice, Former, ImportAction, ImportList, Preview, ReadTable, Subject, SubscriptionCommand,
    SubscriptionDialog, SubscriptionEvent, UnreadList, Written,
};
use crate::model::{Action, Dialog, Skipped, SubscriptionsAction, Tab};

const LIST: &str = "/share/list.csv";

fn record(device: &str, product: &str, until: &str, licence: &str) -> Record {
    Record::of(device, product, until, licence, "").unwrap()
}

pub(super) fn records() -> Vec<Record> {
    vec![
        record("ТСД 1", "", "12.05.2027", "MS-1001"),
        record("ТСД 2", "Склад 15", "04.12.2026", "MS-1002"),
        record("ТСД 3", "", "01.11.2026", "=1+1"),
        record("KASSA-9", "", "01.02.2026", ""),
    ]
}

fn device(name: &str, seen: &str) -> Device {
    Device { id: name.into(), last_seen: format!("{seen}T09:00:00Z").parse().ok(), ..Device::default() }
}

/// Four devices, of which one has no record and one has not been seen for long.
fn machine() -> Machine {
    let (mut machine, _) = fixtures::everything();
    machine.bases[0].devices = vec![
        device("ТСД 1", "2026-11-20"),
        device("ТСД 2", "2026-11-21"),
        device("ТСД 3", "2026-08-10"),
        device("ТСД 4", "2026-11-19"),
    ];
    machine
}

pub(super) fn known(records: Vec<Record>) -> Subscriptions {
    Subscriptions { records, ..Subscriptions::nothing("SKLAD-PC") }
}

pub(super) fn model_with(known: Subscriptions, access: Access) -> Model {
    let (_, report) = fixtures::everything();
    let mut model = Model::new(fixtures::NOW.parse().unwrap());
    for event in [
        Event::SubscriptionsRead(known),
        Event::Subscriptions(SubscriptionEvent::Access(access)),
        Event::Loaded { machine: machine(), report: Some(report), permission: Permission::Granted },
    ] {
        assert_eq!(model::receive(&mut model, event), vec![]);
    }
    let _ = model::update(&mut model, Action::Tab(Tab::Subscriptions));
    model
}

/// The tab is open.
fn page_of(known: Subscriptions, access: Access) -> Window {
    window_of(model_with(known, access), Language::Ru, [1200.0, 900.0], Theme::Light)
}

pub(super) fn page() -> Window {
    page_of(known(records()), Access::Free)
}

/// From top to bottom.
fn rows(window: &Window) -> Vec<String> {
    let rows = window.query_all_by_role(Role::ListItem);
    rows.map(|row| row.accesskit_node().label().unwrap_or_default()).collect()
}

fn choose(window: &mut Window, name: &str) {
    window.get_by_role_and_label(Role::RadioButton, name).click();
    window.run();
}

fn type_into(window: &mut Window, name: &str, text: &str) {
    window.get_by_role_and_label(Role::TextInput, name).click();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run();
    window.get_by_role_and_label(Role::TextInput, name).type_text(text);
    window.run();
}

fn is_dead(window: &Window, name: &str) -> bool {
    window.get_by_role_and_label(Role::Button, name).accesskit_node().is_disabled()
}

fn has_dialog(window: &Window) -> bool {
    window.query_by_role(Role::Dialog).is_some()
}

fn saved(window: &mut Window, known: Subscriptions) {
    answer(window, Event::Subscriptions(SubscriptionEvent::Edited { known, result: Ok(None) }));
}

fn menu(window: &mut Window, of: &str, entry: &str) {
    press(window, &format!("Ещё: {of}"));
    pick(window, entry);
}

/// With a question open.
pub(super) fn question() -> Window {
    let mut window = page();
    menu(&mut window, "ТСД 1", "Удалить запись…");
    window
}

/// With an import open.
pub(super) fn import_page() -> Window {
    importing::compared()
}

#[test]
fn tabs_are_opened_by_ctrl_and_a_number_and_by_arrows() {
    let mut window = page_of(known(records()), Access::Free);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    window.run();
    assert_eq!(window.state().model.tab, Tab::Updates);
    let tab = |window: &Window, name: &str| {
        let tab = window.query_all_by_role(Role::Tab);
        let mut tab = tab.filter(|tab| tab.accesskit_node().label().unwrap_or_default().starts_with(name));
        tab.next().unwrap().accesskit_node().is_selected()
    };
    assert_eq!((tab(&window, "Обновления"), tab(&window, "Подписки")), (Some(true), Some(false)));
    assert!(window.query_by_role(Role::TabList).is_some());
    window.key_press(Key::Tab);
    window.run();
    for (key, open) in [
        (Key::ArrowRight, Tab::Devices),
        (Key::ArrowRight, Tab::Subscriptions),
        (Key::ArrowRight, Tab::History),
        (Key::ArrowRight, Tab::Settings),
        (Key::ArrowRight, Tab::Diagnostics),
        (Key::ArrowRight, Tab::Updates),
        (Key::ArrowLeft, Tab::Diagnostics),
        (Key::Home, Tab::Updates),
        (Key::End, Tab::Diagnostics),
        (Key::ArrowLeft, Tab::Settings),
        (Key::ArrowLeft, Tab::History),
        (Key::ArrowLeft, Tab::Subscriptions),
    ] {
        window.key_press(key);
        // The history is being read, and something turns.
        window.run_steps(4);
        assert_eq!(window.state().model.tab, open, "{key:?}");
    }
    assert!(window.get_by_role_and_label(Role::Tab, "Подписки: 2 устройства требуют внимания").is_focused());
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run();
    assert!(window.get_by_label("Найти устройство, базу или лицензию").is_focused());
}

#[test]
fn an_item_that_is_asked_for_opens_its_tab() {
    let mut window = page();
    let _ = model::update(&mut window.state_mut().model, Action::Show("main".into()));
    window.run();
    assert_eq!(window.state().model.tab, Tab::Updates);
    assert!(sees(&window, "Базы Mobile SMARTS"));
}

#[test]
fn devices_stand_with_what_is_known_of_them_and_the_sum_says_what_matters() {
    let window = page();
    assert_eq!(rows(&window), ["ТСД 3", "ТСД 2, Склад 15", "ТСД 4", "ТСД 1", "KASSA-9"]);
    assert!(sees(&window, "Подписка закончилась у 1 устройства с 01.11.2026"));
    assert!(sees(&window, "скоро закончится у 1 · нет данных о 1 устройстве · в списке ещё 1 не с этого ПК"));
    for text in [
        "закончилась 01.11.2026",
        "Не подключалось 104 дня. Ещё используется?",
        "закончится через 12 дней, 04.12.2026",
        "нет данных",
        "действует по 12.05.2027",
        "на этом ПК не подключалось",
        "лицензия MS-1001",
        "подключалось 21.11.2026",
    ] {
        assert!(sees(&window, text), "{text}");
    }
}

#[test]
fn of_a_base_whose_devices_could_not_all_be_listed_nothing_is_said_of_all() {
    let mut model = model_with(known(vec![record("ТСД 1", "", "12.05.2028", "")]), Access::Free);
    let mut machine = machine();
    for base in &mut machine.bases {
        base.devices.clear();
    }
    machine.bases[0].devices = vec![device("ТСД 1", "2026-11-20")];
    machine.bases[0].devices_incomplete = true;
    let _ = model::receive(&mut model, Event::MachineRead(machine));
    let mut window = window_of(model, Language::Ru, [1200.0, 900.0], Theme::Light);
    window.get_by_label("Известны не все устройства");
    choose(&mut window, "По базам");
    assert_eq!(
        window.query_all_by_label("известны не все устройства").count(),
        2,
        "the platform and the base"
    );
    assert!(window.query_by_label_contains("у всех").is_none());
}

#[test]
fn a_filter_and_a_search_leave_what_is_looked_for() {
    let mut window = page();
    for (filter, found) in [
        ("Закончились", vec!["ТСД 3"]),
        ("Скоро закончатся", vec!["ТСД 2, Склад 15"]),
        ("Нет данных", vec!["ТСД 4"]),
    ] {
        choose(&mut window, filter);
        assert_eq!(rows(&window), found, "{filter}");
    }
    choose(&mut window, "Все");
    for (needle, found) in [
        ("ms-1002", vec!["ТСД 2, Склад 15"]),
        ("kassa", vec!["KASSA-9"]),
        ("основной", vec!["ТСД 3", "ТСД 2, Склад 15", "ТСД 4", "ТСД 1"]),
        ("нигде", vec![]),
    ] {
        let search = Action::Subscriptions(SubscriptionsAction::Search(needle.into()));
        let _ = model::update(&mut window.state_mut().model, search);
        window.run();
        assert_eq!(rows(&window), found, "{needle}");
    }
    assert!(sees(&window, "Ничего не нашлось"));
}

#[test]
fn by_base_the_platform_comes_first_and_devices_are_folded_in() {
    let mut window = page();
    choose(&mut window, "По базам");
    let shown = rows(&window);
    assert_eq!(&shown[..2], ["Платформа Mobile SMARTS", "Основной склад"]);
    assert!(!shown.contains(&"Магазин в ТЦ".to_owned()), "in the cloud");
    assert!(sees(&window, "закончилась у 1 из 4 устройств"));
    assert!(sees(&window, "устройства не подключались"));
    press(&mut window, "Показать устройства: Основной склад");
    assert_eq!(&rows(&window)[2..6], ["ТСД 1", "ТСД 2", "ТСД 3", "ТСД 4"]);
    press(&mut window, "Скрыть устройства: Основной склад");
    press(&mut window, "Указать дату: Основной склад");
    let ticks = window.query_all_by_role(Role::CheckBox);
    let ticks: Vec<_> = ticks.map(|tick| tick.accesskit_node().label().unwrap()).collect();
    assert_eq!(ticks, ["ТСД 2, Склад 15", "ТСД 3", "ТСД 4"]);
}

#[test]
fn licences_stand_below_what_they_are_of_and_only_an_ending_one_where_it_is_folded() {
    let (mut model, mut machine) = (model_with(known(records()), Access::Free), machine());
    let licence = |base: Option<&str>, company: &str, end: &str| {
        let text =
            format!("<license company='{company}' endDate='{end}'><application name='Склад 15'/></license>");
        machine::licence::parse(text.as_bytes(), base, r"C:\Licenses\lic1.xml").unwrap().licence
    };
    let id = machine.bases[0].id.clone();
    machine.licences = vec![
        licence(Some(&id), "ООО «Ромашка»", ""),
        licence(Some(&id), "ИП Иванов", "01.12.2026"),
        licence(None, "АО «Общее»", "01.11.2026"),
    ];
    let _ = model::receive(&mut model, Event::MachineRead(machine));
    let mut window = window_of(model, Language::Ru, [1200.0, 900.0], Theme::Light);
    choose(&mut window, "По базам");
    let (ended, ending, quiet) = (
        "Лицензия: Склад 15, АО «Общее», временная, закончилась 01.11.2026",
        "Лицензия: Склад 15, ИП Иванов, временная по 01.12.2026",
        "Лицензия: Склад 15, ООО «Ромашка»",
    );
    assert_eq!(&rows(&window)[..4], ["Платформа Mobile SMARTS", ended, "Основной склад", ending]);
    press(&mut window, "Показать устройства и лицензии: Основной склад");
    assert_eq!(&rows(&window)[3..9], ["ТСД 1", "ТСД 2", "ТСД 3", "ТСД 4", quiet, ending]);
    assert_nothing_overlaps(&window, [1200.0, 900.0]);
    type_into(&mut window, "Найти устройство, базу или лицензию", "ромашка");
    assert_eq!(rows(&window), ["Основной склад", quiet]);
    type_into(&mut window, "Найти устройство, базу или лицензию", "");
    choose(&mut window, "Закончились");
    assert!(!rows(&window).iter().any(|row| row.starts_with("Лицензия")), "it is no subscription");
}

#[test]
fn what_ended_with_yesterday_is_said_today_in_a_window_that_stays_open() {
    let mut window = page();
    assert!(!sees(&window, "закончилась 04.12.2026"));
    let later = "2026-12-05T00:00:30+03:00[+03:00]".parse().unwrap();
    let _ = model::update(&mut window.state_mut().model, Action::Tick(later));
    window.run();
    assert!(sees(&window, "закончилась 04.12.2026"));
    assert!(sees(&window, "Подписка закончилась у 2 устройств с 01.11.2026"));
}

#[test]
fn who_is_no_administrator_sees_everything_and_is_told_why_nothing_can_be_changed() {
    let mut window = page_of(known(records()), Access::Locked);
    assert!(sees(&window, "Изменять подписки может только администратор"));
    assert!(sees(&window, "закончилась 01.11.2026"));
    for name in ["Импорт…", "Добавить…", "Указать дату: ТСД 4"] {
        assert!(window.query_by_role_and_label(Role::Button, name).is_none(), "{name}");
    }
    press(&mut window, "Ещё о подписках");
    pick(&mut window, "Экспорт…");
    assert_eq!(asked(&mut window), vec![Command::ChooseSubscriptionsExport]);
    let devices = vec!["ТСД 1".to_owned()];
    let ask = Action::Subscriptions(SubscriptionsAction::EnterDate { devices, items: Vec::new() });
    let _ = model::update(&mut window.state_mut().model, ask);
    window.run();
    assert!(is_dead(&window, "Сохранить"));
}

#[test]
fn a_clock_that_is_behind_is_told_on_both_tabs() {
    let mut model = model_with(known(records()), Access::Free);
    let shows = |model: &Model| {
        let window = window_of(model.clone(), Language::Ru, [1200.0, 900.0], Theme::Light);
        window.query_all_by_label_contains("часы компьютера отстают").count()
    };
    assert_eq!((shows(&model), model.clock), (0, None));
    let mut report = model.report.clone().unwrap();
    report.checked_at = "2026-12-24T09:00:00Z".parse().unwrap();
    let renewed = Event::Renewed { machine: machine(), report: Some(report), skipped: Skipped::new() };
    let _ = model::receive(&mut model, renewed);
    assert_eq!(shows(&model), 1);
    let _ = model::update(&mut model, Action::Tab(Tab::Updates));
    assert_eq!(shows(&model), 1);
}

#[test]
fn the_list_is_copied_for_an_invoice_and_formulas_in_it_are_text() {
    let mut window = page();
    press(&mut window, "Ещё о подписках");
    entry(&window, "Скопировать список для счёта").click();
    window.step();
    let commands = |window: &Window| -> Vec<String> {
        let commands = window.output().platform_output.commands.iter();
        let texts = commands.filter_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        texts.collect()
    };
    let mut copied = commands(&window);
    for _ in 0..3 {
        window.step();
        copied.extend(commands(&window));
    }
    let [text] = copied.as_slice() else { panic!("{copied:?}") };
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        [
            "Подписки на обновления Mobile SMARTS",
            "Компьютер: SKLAD-PC",
            "На 22.11.2026",
            "",
            "Устройство\tЛицензия\tПродукт\tПодписка по\tСостояние",
            "ТСД 3\t'=1+1\tвсе продукты\t01.11.2026\tзакончилась 01.11.2026",
            "ТСД 2\tMS-1002\tСклад 15\t04.12.2026\tзакончится через 12 дней, 04.12.2026",
            "ТСД 4\t\t\t\tнет данных",
            "ТСД 1\tMS-1001\tвсе продукты\t12.05.2027\tдействует по 12.05.2027",
            "KASSA-9\t\tвсе продукты\t01.02.2026\tзакончилась 01.02.2026",
        ]
    );
    window.run();
    assert!(sees(&window, "Список для счёта скопирован: 5 строк."));
}

fn written(left_out: usize) -> Written {
    Written { records: 4, left_out }
}

#[test]
fn an_export_says_where_it_is_or_why_it_is_not() {
    let mut window = page();
    let path = PathBuf::from("/share/подписки.csv");
    let action = Action::Subscriptions(SubscriptionsAction::Export(path.clone()));
    let asked = model::update(&mut window.state_mut().model, action);
    assert_eq!(asked, vec![Command::Subscriptions(SubscriptionCommand::Export { path: path.clone() })]);
    answer(
        &mut window,
        Event::Subscriptions(SubscriptionEvent::Exported { path: path.clone(), result: Ok(written(0)) }),
    );
    assert!(sees(&window, "Записан файл подписки.csv: 4 записи."));
    assert!(!sees(&window, "не попал"));
    follow(&mut window, "Открыть папку");
    assert_eq!(super::asked(&mut window), vec![Command::OpenFolder { path: "/share".into() }]);
    answer(
        &mut window,
        Event::Subscriptions(SubscriptionEvent::Exported { path: path.clone(), result: Ok(written(2)) }),
    );
    assert!(sees(&window, "4 записи. В файл не попали 2 строки списка, которые не читаются."));
    let result = Err("Диск заполнен.".to_owned());
    answer(&mut window, Event::Subscriptions(SubscriptionEvent::Exported { path, result }));
    assert!(sees(&window, "Диск заполнен."));
}

#[test]
fn without_any_record_it_is_said_what_subscriptions_are_and_where_the_dates_are() {
    let mut machine = machine();
    let platform = machine.platform.as_mut().unwrap();
    platform.install_dir = Some(r"C:\Program Files (x86)\Cleverence Soft\Mobile SMARTS".into());
    let mut window = page_of(known(vec![]), Access::Free);
    answer(&mut window, Event::MachineRead(machine));
    assert!(sees(&window, "Нет данных о подписке 4 устройств"));
    assert!(sees(&window, "Подписки пока не указаны"));
    assert!(sees(&window, "менеджере лицензий"));
    press(&mut window, "Открыть папку платформы");
    assert_eq!(asked(&mut window), vec![Command::Subscriptions(SubscriptionCommand::OpenLicenceManager)]);
    press(&mut window, "Импорт…");
    assert_eq!(asked(&mut window), vec![Command::ChooseSubscriptions]);
    assert_eq!(rows(&window).len(), 4);
}

fn unread(former: Option<&str>) -> Event {
    let unread = UnreadList {
        path: "/pc/subscriptions.csv".into(),
        why: "это не текст; сохраните таблицу как CSV".into(),
        former_path: former.map(PathBuf::from),
    };
    Event::Subscriptions(SubscriptionEvent::Unread(Some(unread)))
}

#[test]
fn a_kept_list_that_cannot_be_read_is_no_empty_one() {
    let former = "/pc/subscriptions.former.csv";
    for is_free in [true, false] {
        let access = if is_free { Access::Free } else { Access::Locked };
        let mut window = page_of(Subscriptions { is_unread: true, ..known(vec![]) }, access);
        answer(&mut window, unread(Some(former)));
        for text in ["Список подписок не читается", "Это не текст", "/pc/subscriptions.csv", former]
        {
            assert!(sees(&window, text), "{text}");
        }
        assert!(!sees(&window, "Подписки пока не указаны"));
        assert_nothing_overlaps(&window, [1200.0, 900.0]);
        assert!(window.query_by_role_and_label(Role::Button, "Добавить…").is_none());
        assert_eq!(window.query_by_role_and_label(Role::Button, "Импорт…").is_some(), is_free);
        press(&mut window, "Показать в папке");
        assert_eq!(asked(&mut window), vec![Command::OpenFolder { path: "/pc".into() }]);
        answer(&mut window, unread(None));
        assert!(sees(&window, "заменить его импортом нельзя"));
        assert!(window.query_by_role_and_label(Role::Button, "Импорт…").is_none());
        answer(&mut window, Event::Subscriptions(SubscriptionEvent::Unread(None)));
        assert!(sees(&window, "Подписки пока не указаны"));
    }
}

#[test]
fn what_was_put_aside_of_the_kept_list_is_told() {
    let former = |lines| Some(Former { path: "/pc/subscriptions.former.csv".into(), lines });
    let mut window = page();
    for (lines, text) in [
        (Some(2), "2 строки прежнего списка, которые не читались, остались в /pc/subscriptions.former.csv."),
        (None, "Прежний список остался в /pc/subscriptions.former.csv."),
    ] {
        menu(&mut window, "ТСД 1", "Удалить запись…");
        press(&mut window, "Удалить");
        let edited = SubscriptionEvent::Edited { known: known(records()), result: Ok(former(lines)) };
        answer(&mut window, Event::Subscriptions(edited));
        assert!(sees(&window, &format!("Запись удалена: ТСД 1. {text}")), "{text}");
        asked(&mut window);
        follow(&mut window, "Показать в папке");
        assert_eq!(asked(&mut window), vec![Command::OpenFolder { path: "/pc".into() }]);
    }
}

#[test]
fn every_control_of_the_tab_has_a_name_of_its_own() {
    for by in ["По устройствам", "По базам"] {
        let mut window = page();
        if by == "По базам" {
            choose(&mut window, by);
        }
        let mut names: Vec<String> = Vec::new();
        for role in [Role::Button, Role::Link, Role::RadioButton] {
            let nodes = window.query_all_by_role(role);
            names.extend(nodes.map(|node| node.accesskit_node().label().unwrap()));
        }
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count, "{names:?}");
    }
}

#[test]
fn texts_and_controls_keep_apart_at_every_size_in_both_languages() {
    for size in [[960.0, 600.0], [1092.0, 614.0], [1920.0, 1080.0]] {
        for language in [Language::Ru, Language::En] {
            for records in [records(), vec![]] {
                let window = window_of(model_with(known(records), Access::Free), language, size, Theme::Dark);
                assert_nothing_overlaps(&window, size);
            }
            let mut by_base = model_with(known(records()), Access::Free);
            let by = SubscriptionsAction::By(crate::model::subscriptions::By::Base);
            let _ = model::update(&mut by_base, Action::Subscriptions(by));
            assert_nothing_overlaps(&window_of(by_base, language, size, Theme::Light), size);
        }
    }
}
