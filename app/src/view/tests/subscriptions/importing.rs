//! The preview of an import.

use smarts_core::subscription::{device_key, not_here};

use super::*;

fn preview_of(table: &Table, columns: &Columns) -> Option<Arc<Preview>> {
    let reading = table.records(columns).ok()?;
    let changes = import(&records(), &reading.records, &reading.keeps);
    let is_earlier = |change: &&smarts_core::subscription::Change| change.after.until < change.before.until;
    let earlier = changes.changed.iter().filter(is_earlier).count();
    let (records, faults, keeps) = (reading.records, reading.faults, reading.keeps);
    let strangers = not_here(&records, &machine(), Some("SKLAD-PC"));
    let strangers = strangers.into_iter().map(|record| device_key(&record.device)).collect();
    Some(Arc::new(Preview { records, faults, keeps, changes, earlier, strangers }))
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
    assert_eq!(commands, vec![Command::Subscriptions(SubscriptionCommand::ReadList { path: LIST.into() })]);
    window.run();
    assert!(sees(window, "Читаем список…"));
    answer(window, Event::Subscriptions(SubscriptionEvent::ListRead { path: LIST.into(), read }));
}

const CHANGES: &str = "device;until;licence\n\
    ТСД 1;01.05.2027;MS-1001\n\
    ТСД 3;01.11.2027;=1+1\n\
    ТСД 4;31.02.2027;MS-1004\n\
    ТСД 9;31.12.2027;MS-1009\n";

pub(super) fn compared() -> Window {
    let mut window = page();
    open_import(&mut window, Ok(list(CHANGES)));
    window
}

#[test]
fn an_import_shows_line_by_line_what_would_change_and_what_could_not_be_read() {
    let mut window = page();
    press(&mut window, "Импорт…");
    assert_eq!(asked(&mut window), vec![Command::ChooseSubscriptions]);
    open_import(&mut window, Ok(list(CHANGES)));
    for text in [
        "Не учтено: 1",
        "Строка 4",
        "Такого дня в календаре нет: 31.02.2027",
        "Изменится: 2",
        "12.05.2027 → 01.05.2027",
        "раньше, чем было",
        "01.11.2026 → 01.11.2027",
        "Новых: 1",
        "на этом ПК не подключалось · MS-1009",
        "1 устройство из файла на этом ПК не подключалось",
        "У 1 записи дата станет раньше, чем была.",
        "Ещё 2 записи о других устройствах останутся как есть.",
    ] {
        assert!(sees(&window, text), "{text}");
    }
    choose(&mut window, "Новых: 1");
    assert!(sees(&window, "MS-1009"));
    assert!(!sees(&window, "Такого дня"));
    let preview = list(CHANGES).preview.unwrap();
    press(&mut window, "Импортировать");
    assert_eq!(
        asked(&mut window),
        vec![Command::Subscriptions(SubscriptionCommand::Import(Arc::clone(&preview)))]
    );
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
        pick(&mut window, column);
        asked(&mut window)
    };
    assert_eq!(choose("Устройство", "A"), vec![]);
    let commands = choose("Дата окончания", "C");
    let [Command::Subscriptions(SubscriptionCommand::Preview { path, table, columns })] = commands.as_slice()
    else {
        panic!("{commands:?}")
    };
    assert_eq!((columns.device, columns.until, path.as_path()), (Some(0), Some(2), Path::new(LIST)));
    assert!(sees(&window, "Сравниваем с тем, что есть…"));
    let preview = preview_of(&table.0, columns).unwrap();
    let late = Columns { note: Some(1), ..*columns };
    for columns in [late, *columns] {
        let preview = Arc::clone(&preview);
        answer(
            &mut window,
            Event::Subscriptions(SubscriptionEvent::Previewed { path: LIST.into(), columns, preview }),
        );
        assert_eq!(sees(&window, "Изменится: 1"), columns != late);
    }
    assert!(!is_dead(&window, "Импортировать"));
}

#[test]
fn an_import_that_changes_nothing_or_cannot_be_read_is_dead_and_says_why() {
    let mut window = page();
    open_import(&mut window, Ok(list("device;until;licence\nТСД 1;12.05.2027;MS-1001\n")));
    assert!(sees(&window, "Менять нечего: всё это уже есть"));
    assert!(!sees(&window, "из файла на этом ПК не подключал"));
    assert!(is_dead(&window, "Импортировать"));
    open_import(&mut window, Ok(list("device;until\nТСД 1;завтра\n")));
    assert!(sees(&window, "В файле нет ни одной годной записи"));
    open_import(&mut window, Err("Файл не подходит: это не текст.".into()));
    assert!(sees(&window, "Файл не подходит"));
    assert!(is_dead(&window, "Импортировать"));
    window.key_press(Key::Escape);
    window.run();
    assert!(!has_dialog(&window));
    let read = Ok(list(CHANGES));
    answer(&mut window, Event::Subscriptions(SubscriptionEvent::ListRead { path: LIST.into(), read }));
    assert!(!has_dialog(&window), "what comes late opens nothing");
}

#[test]
fn a_kept_list_that_cannot_be_read_is_replaced_only_if_the_person_says_so() {
    let mut window = page_of(Subscriptions { is_unread: true, ..known(vec![]) }, Access::Free);
    answer(&mut window, unread(Some("/pc/subscriptions.former.csv")));
    open_import(&mut window, Ok(list(CHANGES)));
    assert!(sees(&window, "Прежний список не читается (это не текст; сохраните таблицу как CSV)."));
    assert!(sees(&window, "Он сохранится как /pc/subscriptions.former.csv, а то, что в нём было"));
    assert!(!sees(&window, "останутся как есть"));
    assert!(sees(&window, "Подтвердите, что прежний список можно заменить"));
    assert!(is_dead(&window, "Импортировать"));
    window.get_by_role_and_label(Role::CheckBox, "Заменить прежний список этим").click();
    window.run();
    assert!(!is_dead(&window, "Импортировать"));
    answer(&mut window, unread(None));
    assert!(sees(&window, "Заменить прежний список нельзя: это не текст"));
    assert!(is_dead(&window, "Импортировать"));
}

#[test]
fn a_preview_is_worked_out_again_when_somebody_else_changes_the_list() {
    let mut window = page();
    open_import(&mut window, Ok(list(CHANGES)));
    asked(&mut window);
    answer(&mut window, Event::SubscriptionsRead(known(vec![])));
    let commands = asked(&mut window);
    assert!(
        matches!(commands.as_slice(), [Command::Subscriptions(SubscriptionCommand::Preview { .. })]),
        "{commands:?}"
    );
}

#[test]
fn only_lines_in_sight_are_drawn_of_a_hundred_thousand() {
    let lines = (0..99_000).map(|number| format!("ТСД {number};12.05.2028\n"));
    let text: String = std::iter::once("device;until\n".to_owned()).chain(lines).collect();
    let mut window = page();
    open_import(&mut window, Ok(list(&text)));
    let lines = window.query_all_by_role(Role::Row).count();
    assert!((5..40).contains(&lines), "{lines}");
    press(&mut window, "Отмена");

    let many = (0..20_000).map(|number| record(&format!("D{number}"), "", "12.05.2027", "")).collect();
    answer(&mut window, Event::SubscriptionsRead(known(many)));
    assert!((5..20).contains(&rows(&window).len()));
}

#[test]
fn a_file_that_is_dropped_on_the_window_is_looked_at() {
    let drop = |window: &mut Window, path: &str| {
        drop_file(window, path);
        window.run();
        asked(window)
    };
    let mut window = page();
    let read = |path: &str| vec![Command::Subscriptions(SubscriptionCommand::ReadList { path: path.into() })];
    assert_eq!(drop(&mut window, "/share/any.file"), read("/share/any.file"));
    assert!(has_dialog(&window));
    assert_eq!(drop(&mut window, "/share/other.csv"), read("/share/other.csv"), "another one instead");
    press(&mut window, "Отмена");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    window.run();
    assert_eq!(drop(&mut window, "/share/list.CSV"), read("/share/list.CSV"));
    assert_eq!(window.state().model.tab, Tab::Subscriptions);
}

#[test]
fn dialogs_keep_their_buttons_inside_the_window() {
    let size = [960.0, 600.0];
    for language in [Language::Ru, Language::En] {
        let cancel = if language == Language::Ru { "Отмена" } else { "Cancel" };
        let devices = (0..300).map(|number| format!("ТСД {number}")).collect();
        let open = [
            vec![SubscriptionsAction::EnterDate { devices, items: Vec::new() }],
            vec![SubscriptionsAction::Add],
            vec![SubscriptionsAction::Import(ImportAction::Open(LIST.into()))],
        ];
        for actions in open {
            let mut model = model_with(known(records()), Access::Asked);
            for action in actions {
                let _ = model::update(&mut model, Action::Subscriptions(action));
            }
            let read = Ok(list(CHANGES));
            let _ = model::receive(
                &mut model,
                Event::Subscriptions(SubscriptionEvent::ListRead { path: LIST.into(), read }),
            );
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
