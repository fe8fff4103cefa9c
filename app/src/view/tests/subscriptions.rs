//! The tab «Подписки».

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Key, Modifiers, OutputCommand, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::Date;
use smarts_core::machine::{Device, Machine};
use smarts_core::subscription::{Columns, Edit, Record, RecordKey, Subscriptions, Table, WrittenOff, import};

use super::looks::assert_nothing_overlaps;
use super::*;
use crate::model::schedule::Access;
use crate::model::subscriptions::{ImportAction, ImportList, Preview, ReadTable};
use crate::model::{Action, SubscriptionsAction, Tab};

const LIST: &str = "/share/list.csv";

fn record(device: &str, product: &str, until: &str, licence: &str) -> Record {
    Record::of(device, product, until, licence, "").unwrap()
}

fn records() -> Vec<Record> {
    vec![
        record("ТСД 1", "", "12.05.2027", "MS-1001"),
        record("ТСД 2", "Склад 15", "04.12.2026", "MS-1002"),
        record("ТСД 3", "", "01.11.2026", "=1+1"),
        record("KASSA-9", "", "01.02.2026", ""),
    ]
}

fn device(name: &str, seen: &str) -> Device {
    Device { id: name.into(), last_seen: format!("{seen}T09:00:00Z").parse().ok() }
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

fn known(records: Vec<Record>) -> Subscriptions {
    Subscriptions { records, ..Subscriptions::nothing("SKLAD-PC") }
}

fn model_with(known: Subscriptions, access: Access) -> Model {
    let (_, report) = fixtures::everything();
    let mut model = Model::new(fixtures::NOW.parse().unwrap());
    for event in [
        Event::SubscriptionsRead(known),
        Event::SubscriptionAccess(access),
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

fn page() -> Window {
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
    answer(window, Event::SubscriptionsEdited { known, result: Ok(()) });
}

fn menu(window: &mut Window, of: &str, entry: &str) {
    press(window, &format!("Ещё: {of}"));
    press(window, entry);
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
        (Key::ArrowRight, Tab::Subscriptions),
        (Key::ArrowRight, Tab::Updates),
        (Key::ArrowLeft, Tab::Subscriptions),
        (Key::Home, Tab::Updates),
        (Key::End, Tab::Subscriptions),
    ] {
        window.key_press(key);
        window.run();
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
    assert!(sees(&window, "скоро закончится у 1 · нет данных о 1 · в списке ещё 1 не с этого ПК"));
    for text in [
        "закончилась 01.11.2026",
        "Не подключалось 104 дня. Ещё используется?",
        "закончится через 12 дней, 04.12.2026",
        "нет данных",
        "действует до 12.05.2027",
        "на этом ПК не подключалось",
        "лицензия MS-1001",
        "подключалось 21.11.2026",
    ] {
        assert!(sees(&window, text), "{text}");
    }
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
fn a_date_is_judged_as_it_is_typed_and_saved_with_the_record_it_belongs_to() {
    let mut window = page();
    press(&mut window, "Указать дату: ТСД 2, Склад 15");
    assert!(window.get_by_role_and_label(Role::TextInput, "Действует до").is_focused());
    assert!(sees(&window, "было до 04.12.2026"));
    assert!(sees(&window, "Не указана дата"));
    for (wrong, why) in [
        ("31.02.2027", "Такого дня в календаре нет"),
        ("завтра", "«завтра» не дата"),
        ("01.01.0001", "не может закончиться в этом году"),
        ("04.12.27", "«04.12.27» не дата"),
    ] {
        type_into(&mut window, "Действует до", wrong);
        assert!(sees(&window, why), "{wrong}");
        assert!(is_dead(&window, "Сохранить"), "{wrong}");
    }
    type_into(&mut window, "Действует до", "01.12.2026");
    assert!(sees(&window, "Это раньше, чем было: 04.12.2026."));
    type_into(&mut window, "Действует до", "2027-12-04");
    assert!(!sees(&window, "раньше, чем было"));
    asked(&mut window);
    press(&mut window, "Сохранить");
    let new = record("ТСД 2", "Склад 15", "04.12.2027", "MS-1002");
    let former = Some(RecordKey::of(&records()[1]));
    assert_eq!(
        asked(&mut window),
        vec![Command::EditSubscriptions(Edit::Set { record: new.clone(), former })]
    );
    assert!(is_dead(&window, "Сохраняем…"));
    let mut after = records();
    after[1] = new;
    saved(&mut window, known(after));
    assert!(!has_dialog(&window));
    assert!(sees(&window, "Дата подписки сохранена."));
    assert!(sees(&window, "действует до 04.12.2027"));
}

#[test]
fn a_failed_save_keeps_what_was_typed_and_says_why() {
    let mut window = page_of(known(records()), Access::Asked);
    press(&mut window, "Указать дату: ТСД 4");
    assert!(sees(&window, "Windows спросит разрешение"));
    type_into(&mut window, "Действует до", "31.12.2027");
    press(&mut window, "Сохранить…");
    let result = Err("Windows не получила разрешения, подписки не изменены.".to_owned());
    answer(&mut window, Event::SubscriptionsEdited { known: known(records()), result });
    assert!(sees(&window, "Windows не получила разрешения"));
    let until = window.get_by_role_and_label(Role::TextInput, "Действует до");
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
    type_into(&mut window, "Действует до", "12.05.2028");
    assert!(sees(&window, "уже есть (до 12.05.2027), она заменится"));
    press(&mut window, "Выбрать устройство этого компьютера");
    press(&mut window, "ТСД 1");
    asked(&mut window);
    press(&mut window, "Сохранить");
    let new = record("ТСД 1", "", "12.05.2028", "");
    assert_eq!(asked(&mut window), vec![Command::EditSubscriptions(Edit::Set { record: new, former: None })]);
}

#[test]
fn a_record_cannot_be_made_that_of_another_one() {
    let mut window = page();
    menu(&mut window, "ТСД 3", "Изменить…");
    type_into(&mut window, "Устройство", "ТСД 1");
    assert!(sees(&window, "уже есть, до 12.05.2027. Измените её."));
    assert!(is_dead(&window, "Сохранить"));
}

#[test]
fn one_date_goes_to_all_devices_that_are_ticked_in_one_edit() {
    let mut window = page();
    let devices = ["тсд 3", "ТСД 4", "ТСД 1"].map(String::from).to_vec();
    let ask = Action::Subscriptions(SubscriptionsAction::EnterDate { devices });
    let _ = model::update(&mut window.state_mut().model, Action::Tab(Tab::Updates));
    let _ = model::update(&mut window.state_mut().model, ask);
    window.run();
    assert_eq!(window.state().model.tab, Tab::Subscriptions);
    type_into(&mut window, "Действует до", "31.12.2027");
    asked(&mut window);
    press(&mut window, "Сохранить");
    let records = vec![record("ТСД 3", "", "31.12.2027", "=1+1"), record("ТСД 4", "", "31.12.2027", "")];
    assert_eq!(asked(&mut window), vec![Command::EditSubscriptions(Edit::Import { records })]);
}

#[test]
fn a_dialog_that_is_open_is_not_taken_away_by_a_question_about_dates() {
    let mut window = page();
    let _ = model::update(&mut window.state_mut().model, Action::ShowProblems);
    let before = window.state().model.dialog.clone();
    let devices = vec!["ТСД 1".to_owned()];
    let ask = Action::Subscriptions(SubscriptionsAction::EnterDate { devices });
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
        vec![Command::EditSubscriptions(Edit::WriteOff { devices: devices.clone() })]
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
    assert_eq!(asked(&mut window), vec![Command::EditSubscriptions(Edit::CountAgain { devices })]);
}

#[test]
fn a_record_is_taken_away_after_a_question() {
    let mut window = page();
    menu(&mut window, "ТСД 1", "Удалить запись…");
    assert!(sees(&window, "запись до 12.05.2027 исчезнет из списка"));
    asked(&mut window);
    press(&mut window, "Удалить");
    let key = RecordKey::of(&records()[0]);
    assert_eq!(asked(&mut window), vec![Command::EditSubscriptions(Edit::Remove { key })]);
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
    press(&mut window, "Экспорт…");
    assert_eq!(asked(&mut window), vec![Command::ChooseSubscriptionsExport]);
    let devices = vec!["ТСД 1".to_owned()];
    let ask = Action::Subscriptions(SubscriptionsAction::EnterDate { devices });
    let _ = model::update(&mut window.state_mut().model, ask);
    window.run();
    assert!(is_dead(&window, "Сохранить"));
}

#[test]
fn the_list_is_copied_for_an_invoice_and_formulas_in_it_are_text() {
    let mut window = page();
    press(&mut window, "Ещё о подписках");
    window.get_by_role_and_label(Role::Button, "Скопировать список для счёта").click();
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
            "Устройство\tЛицензия\tПродукт\tПодписка до\tСостояние",
            "ТСД 3\t'=1+1\tвсе продукты\t01.11.2026\tзакончилась 01.11.2026",
            "ТСД 2\tMS-1002\tСклад 15\t04.12.2026\tзакончится через 12 дней, 04.12.2026",
            "ТСД 4\t\t\t\tнет данных",
            "ТСД 1\tMS-1001\tвсе продукты\t12.05.2027\tдействует до 12.05.2027",
            "KASSA-9\t\tвсе продукты\t01.02.2026\tзакончилась 01.02.2026",
        ]
    );
    window.run();
    assert!(sees(&window, "Список для счёта скопирован: 5 строк."));
}

#[test]
fn an_export_says_where_it_is_or_why_it_is_not() {
    let mut window = page();
    let path = PathBuf::from("/share/подписки.csv");
    let action = Action::Subscriptions(SubscriptionsAction::Export(path.clone()));
    let asked = model::update(&mut window.state_mut().model, action);
    assert_eq!(asked, vec![Command::ExportSubscriptions { path: path.clone() }]);
    answer(&mut window, Event::SubscriptionsExported { path: path.clone(), result: Ok(4) });
    assert!(sees(&window, "Записан файл подписки.csv: 4 записи."));
    follow(&mut window, "Показать в папке");
    assert_eq!(super::asked(&mut window), vec![Command::OpenFolder { path: "/share".into() }]);
    let result = Err("Диск заполнен.".to_owned());
    answer(&mut window, Event::SubscriptionsExported { path, result });
    assert!(sees(&window, "Диск заполнен."));
}

fn preview_of(table: &Table, columns: &Columns) -> Option<Arc<Preview>> {
    let reading = table.records(columns).ok()?;
    let changes = import(&records(), &reading.records);
    let is_earlier = |change: &&smarts_core::subscription::Change| change.after.until < change.before.until;
    let earlier = changes.changed.iter().filter(is_earlier).count();
    Some(Arc::new(Preview { records: reading.records, faults: reading.faults, changes, earlier }))
}

fn list(text: &str) -> ImportList {
    let table = Table::read(text.as_bytes()).unwrap();
    let columns = Columns::guess(&table.headings);
    let preview = preview_of(&table, &columns);
    ImportList { table: ReadTable(Arc::new(table)), columns, preview }
}

fn open_import(window: &mut Window, read: Result<ImportList, String>) {
    let open = SubscriptionsAction::Import(ImportAction::Open(LIST.into()));
    let commands = model::update(&mut window.state_mut().model, Action::Subscriptions(open));
    assert_eq!(commands, vec![Command::ReadSubscriptionList { path: LIST.into() }]);
    window.run();
    assert!(sees(window, "Читаем список…"));
    answer(window, Event::SubscriptionListRead { path: LIST.into(), read });
}

const CHANGES: &str = "device;until;licence\n\
    ТСД 1;01.05.2027;MS-1001\n\
    ТСД 3;01.11.2027;=1+1\n\
    ТСД 4;31.02.2027;MS-1004\n\
    ТСД 9;31.12.2027;MS-1009\n";

#[test]
fn an_import_shows_line_by_line_what_would_change_and_what_could_not_be_read() {
    let mut window = page();
    press(&mut window, "Импорт…");
    assert_eq!(asked(&mut window), vec![Command::ChooseSubscriptions]);
    open_import(&mut window, Ok(list(CHANGES)));
    for text in [
        "Не прочитаны 1",
        "Строка 4",
        "Такого дня в календаре нет: 31.02.2027",
        "Изменятся 2",
        "12.05.2027 → 01.05.2027",
        "раньше, чем было",
        "01.11.2026 → 01.11.2027",
        "Новые 1",
        "У 1 записи дата станет раньше, чем была.",
        "Ещё 2 записи о других устройствах останутся как есть.",
    ] {
        assert!(sees(&window, text), "{text}");
    }
    choose(&mut window, "Новые 1");
    assert!(sees(&window, "MS-1009"));
    assert!(!sees(&window, "Такого дня"));
    let preview = list(CHANGES).preview.unwrap();
    press(&mut window, "Импортировать");
    assert_eq!(asked(&mut window), vec![Command::ImportSubscriptions(Arc::clone(&preview))]);
    assert!(is_dead(&window, "Импортируем…"));
    saved(&mut window, known(preview.changes.records.clone()));
    assert!(!has_dialog(&window));
    assert!(sees(&window, "Список подписок импортирован."));
    assert!(rows(&window).contains(&"ТСД 9".to_owned()));
}

#[test]
fn a_list_with_strange_headings_is_read_once_the_person_says_which_column_is_which() {
    let mut window = page();
    open_import(&mut window, Ok(list("A;B;C\nТСД 1;x;12.05.2028\nТСД 2;y;04.12.2028\n")));
    assert!(sees(&window, "Какой столбец что значит"));
    assert!(sees(&window, "Укажите столбцы: устройство, дата окончания"));
    assert!(is_dead(&window, "Импортировать"));
    let mut choose = |field: &str, column: &str| {
        window.get_by_role_and_label(Role::ComboBox, field).click();
        window.run();
        press(&mut window, column);
        asked(&mut window)
    };
    assert_eq!(choose("Устройство", "A"), vec![]);
    let commands = choose("Дата окончания", "C");
    let [Command::PreviewSubscriptions { path, table, columns }] = commands.as_slice() else {
        panic!("{commands:?}")
    };
    assert_eq!((columns.device, columns.until, path.as_path()), (Some(0), Some(2), Path::new(LIST)));
    assert!(sees(&window, "Сравниваем с тем, что есть…"));
    let preview = preview_of(&table.0, columns).unwrap();
    let late = Columns { note: Some(1), ..*columns };
    for columns in [late, *columns] {
        let preview = Arc::clone(&preview);
        answer(&mut window, Event::SubscriptionsPreviewed { path: LIST.into(), columns, preview });
        assert_eq!(sees(&window, "Изменятся 1"), columns != late);
    }
    assert!(!is_dead(&window, "Импортировать"));
}

#[test]
fn an_import_that_changes_nothing_or_cannot_be_read_is_dead_and_says_why() {
    let mut window = page();
    open_import(&mut window, Ok(list("device;until;licence\nТСД 1;12.05.2027;MS-1001\n")));
    assert!(sees(&window, "Менять нечего: всё это уже есть"));
    assert!(is_dead(&window, "Импортировать"));
    open_import(&mut window, Ok(list("device;until\nТСД 1;завтра\n")));
    assert!(sees(&window, "В файле нет ни одной записи"));
    open_import(&mut window, Err("Файл не подходит: это не текст.".into()));
    assert!(sees(&window, "Файл не подходит"));
    assert!(is_dead(&window, "Импортировать"));
    window.key_press(Key::Escape);
    window.run();
    assert!(!has_dialog(&window));
    let read = Ok(list(CHANGES));
    answer(&mut window, Event::SubscriptionListRead { path: LIST.into(), read });
    assert!(!has_dialog(&window), "what comes late opens nothing");
}

#[test]
fn a_preview_is_worked_out_again_when_somebody_else_changes_the_list() {
    let mut window = page();
    open_import(&mut window, Ok(list(CHANGES)));
    asked(&mut window);
    answer(&mut window, Event::SubscriptionsRead(known(vec![])));
    let commands = asked(&mut window);
    assert!(matches!(commands.as_slice(), [Command::PreviewSubscriptions { .. }]), "{commands:?}");
}

#[test]
fn only_lines_in_sight_are_drawn_of_a_hundred_thousand() {
    let mut text = "device;until\n".to_owned();
    for number in 0..99_000 {
        text.push_str(&format!("ТСД {number};12.05.2028\n"));
    }
    let mut window = page();
    open_import(&mut window, Ok(list(&text)));
    let lines = window.query_all_by_role(Role::Row).count();
    assert!((5..40).contains(&lines), "{lines}");
    press(&mut window, "Отмена");

    let many = (0..20_000).map(|number| record(&format!("D{number}"), "", "12.05.2027", "")).collect();
    answer(&mut window, Event::SubscriptionsRead(known(many)));
    assert!((5..20).contains(&rows(&window).len()));
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("nobody reads it here".into())
    }
}

#[test]
fn a_file_that_is_dropped_on_the_window_is_looked_at() {
    let drop = |window: &mut Window, path: &str| {
        window.input_mut().dropped_files.push(Arc::new(Dropped(path.into())));
        window.run();
        asked(window)
    };
    let mut window = page();
    let read = |path: &str| vec![Command::ReadSubscriptionList { path: path.into() }];
    assert_eq!(drop(&mut window, "/share/any.file"), read("/share/any.file"));
    assert!(has_dialog(&window));
    assert_eq!(drop(&mut window, "/share/other.csv"), read("/share/other.csv"), "another one instead");
    press(&mut window, "Отмена");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    window.run();
    assert_eq!(drop(&mut window, "/share/update.mstmpl"), vec![]);
    assert_eq!(drop(&mut window, "/share/list.CSV"), read("/share/list.CSV"));
    assert_eq!(window.state().model.tab, Tab::Subscriptions);
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
    assert_eq!(asked(&mut window), vec![Command::OpenLicenceManager]);
    press(&mut window, "Импорт…");
    assert_eq!(asked(&mut window), vec![Command::ChooseSubscriptions]);
    assert_eq!(rows(&window).len(), 4);
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

#[test]
fn dialogs_keep_their_buttons_inside_the_window() {
    let size = [960.0, 600.0];
    for language in [Language::Ru, Language::En] {
        let cancel = if language == Language::Ru { "Отмена" } else { "Cancel" };
        let devices = (0..300).map(|number| format!("ТСД {number}")).collect();
        let open = [
            vec![SubscriptionsAction::EnterDate { devices }],
            vec![SubscriptionsAction::Add],
            vec![SubscriptionsAction::Import(ImportAction::Open(LIST.into()))],
        ];
        for actions in open {
            let mut model = model_with(known(records()), Access::Asked);
            for action in actions {
                let _ = model::update(&mut model, Action::Subscriptions(action));
            }
            let read = Ok(list(CHANGES));
            let _ = model::receive(&mut model, Event::SubscriptionListRead { path: LIST.into(), read });
            let shows = SubscriptionsAction::Import(ImportAction::ShowColumns(true));
            let _ = model::update(&mut model, Action::Subscriptions(shows));
            let mut window = window_of(model, language, size, Theme::Light);
            window.run();
            let cancel = window.get_by_role_and_label(Role::Button, cancel).rect();
            let whole = egui::Rect::from_min_size(egui::Pos2::ZERO, size.into());
            assert!(whole.shrink(16.0).contains_rect(cancel), "{cancel:?}");
        }
    }
}
