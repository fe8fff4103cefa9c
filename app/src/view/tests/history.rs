//! The tab «История».

use std::path::PathBuf;

use egui::{Key, Modifiers, OutputCommand, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::looks::assert_nothing_overlaps;
use super::*;
use crate::model::history::fixtures::{ended, entries, lines, read, updated};
use crate::model::history::{
    HistoryCommand, HistoryEvent, HistoryNote, Lines, LogOrigin, MOST_LINES, NoteTone, Period, Reading,
};
use crate::model::{Action, HistoryAction, Tab};

/// The tab is open, and nothing has been read.
fn unread() -> Model {
    let mut model = model_of(fixtures::everything());
    let _ = model::update(&mut model, Action::Tab(Tab::History));
    model
}

pub(super) fn filled() -> Model {
    let mut model = unread();
    let _ = read(&mut model, entries());
    model
}

fn page_of(model: Model) -> Window {
    window_of(model, Language::Ru, [1200.0, 900.0], Theme::Light)
}

fn page() -> Window {
    page_of(filled())
}

/// From top to bottom.
fn rows(window: &Window) -> Vec<String> {
    let rows = window.query_all_by_role(Role::ListBoxOption);
    rows.map(|row| row.accesskit_node().label().unwrap_or_default()).collect()
}

fn key(window: &mut Window, key: Key) {
    window.key_press(key);
    window.run();
}

fn click_row(window: &mut Window, number: usize) {
    window.query_all_by_role(Role::ListBoxOption).nth(number).unwrap().click();
    window.run();
}

fn chosen(window: &Window) -> Option<usize> {
    window.state().model.history_page.chosen_number()
}

fn pane_is_open(window: &Window) -> bool {
    window.query_by_role_and_label(Role::Region, "Запись истории").is_some()
}

fn choose(window: &mut Window, list: &str, entry: &str) {
    window.get_by_role_and_label(Role::ComboBox, list).click();
    window.run();
    pick(window, entry);
}

/// What the worker was asked for last.
fn asked_about(window: &mut Window) -> HistoryCommand {
    match asked(window).pop() {
        Some(Command::History(command)) => command,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_tab_is_opened_by_its_number_and_reads() {
    let mut window = page_of(model_of(fixtures::everything()));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num4);
    window.run_steps(2);
    assert!(matches!(asked_about(&mut window), HistoryCommand::Read(_)));
    assert!(sees(&window, "Читаем историю…"));
}

#[test]
fn a_row_tells_who_updated_what_when_from_which_version_to_which() {
    let window = page();
    let rows = rows(&window);
    assert_eq!(rows.len(), 4);
    assert_eq!(
        rows[0],
        "22.11.2026 21:40:13, Сведения, Основной склад, Склад 15, Расширенный, 1.6.2.6493 → 1.6.3.7283, обновлено, \
         SHOP\\Иванова"
    );
    assert!(rows[1].contains("Ошибка") && rows[1].contains("не удалось"), "{rows:?}");
    assert!(sees(&window, "4 записи") && sees(&window, "с 11.02.2026 по 22.11.2026"));
}

#[test]
fn a_click_tells_all_of_an_entry_and_escape_hides_it() {
    let mut window = page();
    assert!(!pane_is_open(&window));
    click_row(&mut window, 1);
    assert!(pane_is_open(&window));
    for told in
        ["1040, 1034, 1033, 1042", "1С:Предприятие", "S-1-5-21-1-2-3-500", "Fatal error", "1603", "KASSA-1"]
    {
        assert!(sees(&window, told), "{told}");
    }
    key(&mut window, Key::Escape);
    assert!(!pane_is_open(&window));
    key(&mut window, Key::Enter);
    assert!(pane_is_open(&window));
    press(&mut window, "Скрыть подробности");
    assert!(!pane_is_open(&window));
}

#[test]
fn the_keys_of_a_list_choose_and_bring_into_sight() {
    let mut model = unread();
    let many = (0..500).map(|number| updated("2026-11-01T00:00:00Z", "id", &format!("База {number}")));
    let _ = read(&mut model, many.collect());
    let mut window = page_of(model);
    window.get_by_role_and_label(Role::ListBox, "История обновлений").focus();
    window.run();
    for (pressed, number) in [
        (Key::ArrowDown, 0),
        (Key::ArrowDown, 1),
        (Key::ArrowUp, 0),
        (Key::ArrowUp, 0),
        (Key::End, 499),
        (Key::ArrowDown, 499),
        (Key::Home, 0),
    ] {
        key(&mut window, pressed);
        assert_eq!(chosen(&window), Some(number), "{pressed:?}");
        let name = format!("База {number},");
        assert!(rows(&window).iter().any(|row| row.contains(&name)), "{pressed:?}");
        let row = window.query_all_by_label_contains(&name).next().unwrap();
        assert_eq!(row.accesskit_node().is_selected(), Some(true));
        // The list has the keyboard, and says which of its rows.
        assert!(row.accesskit_node().is_focused());
    }
    key(&mut window, Key::PageDown);
    assert!(chosen(&window).is_some_and(|number| (3..20).contains(&number)));
    // The pane takes room from the table: what is chosen stays in sight.
    key(&mut window, Key::End);
    key(&mut window, Key::Enter);
    window.run();
    assert!(pane_is_open(&window));
    let row = window.query_all_by_label_contains("База 499,").next().unwrap().rect();
    let pane = window.get_by_role_and_label(Role::Button, "Скрыть подробности").rect();
    assert!(row.bottom() <= pane.top(), "{row:?} {pane:?}");
}

#[test]
fn of_a_hundred_thousand_entries_only_those_in_sight_are_drawn() {
    let mut model = unread();
    let [line] = <[_; 1]>::try_from(lines(vec![updated("2026-11-01T00:00:00Z", "id", "База")])).unwrap();
    let turn = model.history_page.turn();
    for _ in 0..MOST_LINES / 500 {
        let lines = Lines((0..500).map(|_| Arc::new((*line).clone())).collect());
        let _ = model::receive(&mut model, Event::History(HistoryEvent::Read { turn, lines }));
    }
    let end = ended(&model, Ok(vec![]));
    let _ = model::receive(&mut model, end);
    let mut window = page_of(model);
    assert!(sees(&window, "100000 записей"));
    assert!((5..25).contains(&rows(&window).len()));
    window.get_by_role(Role::ListBox).focus();
    window.run();
    key(&mut window, Key::End);
    let last = window.query_all_by_role(Role::ListBoxOption).last().unwrap();
    assert_eq!(last.accesskit_node().position_in_set(), Some(MOST_LINES - 1));
    assert!((5..25).contains(&rows(&window).len()));
}

#[test]
fn entries_are_filtered_by_base_by_person_by_period_and_by_words() {
    let mut window = page();
    choose(&mut window, "База или программа", "Касса 2");
    assert_eq!(rows(&window).len(), 1);
    assert!(sees(&window, "Показано 1 из 4"));
    choose(&mut window, "База или программа", "Все базы и программы");
    choose(&mut window, "Кто обновлял", r"SHOP\admin");
    assert_eq!(rows(&window).len(), 2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run();
    assert!(window.get_by_label("Найти в истории").is_focused());
    window.get_by_label("Найти в истории").type_text("нет такого");
    window.run();
    assert!(sees(&window, "По такому отбору ничего нет"));
    key(&mut window, Key::Escape);
    assert_eq!(rows(&window).len(), 2);
    let _ = asked(&mut window);
    choose(&mut window, "За какое время", "За 7 дней");
    assert!(matches!(asked_about(&mut window), HistoryCommand::Read(request) if request.since.is_some()));
    assert_eq!(window.state().model.history_page.period, Period::Week);
    window.run_steps(2);
    let end = ended(&window.state().model, Ok(vec![]));
    answer(&mut window, end);
    press(&mut window, "Показать все");
    assert!(matches!(asked_about(&mut window), HistoryCommand::Read(request) if request.since.is_none()));
}

#[test]
fn other_software_is_asked_for_and_f5_reads_again() {
    let mut window = page();
    window.get_by_role_and_label(Role::CheckBox, "Показать чужие программы").click();
    window.run_steps(2);
    assert!(matches!(asked_about(&mut window), HistoryCommand::Read(request) if request.foreign));
    window.key_press(Key::F5);
    window.run_steps(2);
    assert!(matches!(asked_about(&mut window), HistoryCommand::Read(request) if request.foreign));
}

#[test]
fn what_was_not_read_stands_above_the_table_and_never_an_empty_table_alone() {
    let mut window = page_of(unread());
    let end = ended(&window.state().model, Err("Журнал событий C:\\log.evtx не читается (нет доступа)"));
    answer(&mut window, end);
    assert!(sees(&window, "Историю прочитать не удалось"));
    assert!(sees(&window, "Журнал событий C:\\log.evtx не читается (нет доступа)"));
    assert!(!sees(&window, "Обновлений через эту программу ещё не было"));
    press_some(&mut window, "Повторить");
    assert!(matches!(asked_about(&mut window), HistoryCommand::Read(_)));

    let note = |tone, text: &str| HistoryNote { tone, text: text.into() };
    let notes = vec![
        note(NoteTone::Warning, "В журнале событий не прочитано: записей — 3, блоков — 1 (Chunk 4: damaged)"),
        note(NoteTone::Quiet, "Журнала событий Windows здесь нет."),
    ];
    let end = ended(&window.state().model, Ok(notes));
    answer(&mut window, end);
    assert!(sees(&window, "Chunk 4: damaged") && sees(&window, "Журнала событий Windows здесь нет."));
    assert!(sees(&window, "Обновлений через эту программу ещё не было"));
}

/// While something turns, a window is never at rest.
fn press_some(window: &mut Window, name: &str) {
    window.get_by_role_and_label(Role::Button, name).click();
    window.run_steps(3);
}

#[test]
fn an_exported_log_says_whose_it_is_and_leads_back() {
    let mut model = filled();
    let path = PathBuf::from("/share/Приложение.evtx");
    let _ = model::update(&mut model, Action::History(HistoryAction::OpenFile(path)));
    let _ = read(&mut model, vec![]);
    let mut window = page_of(model);
    assert!(sees(&window, "/share/Приложение.evtx"));
    assert!(sees(&window, "В этом файле ничего о Mobile SMARTS нет"));
    press_some(&mut window, "Вернуться к этому компьютеру");
    assert_eq!(window.state().model.history_page.origin, LogOrigin::ThisPc);
}

fn dropped(window: &mut Window, path: &str) {
    drop_file(window, path);
    window.run_steps(2);
}

#[test]
fn a_file_dropped_on_the_tab_is_opened_and_a_list_of_subscriptions_is_still_one() {
    let mut window = page();
    dropped(&mut window, "/share/old log");
    assert!(matches!(asked_about(&mut window), HistoryCommand::Read(request)
        if request.origin == LogOrigin::File("/share/old log".into())));
    let _ = model::update(&mut window.state_mut().model, Action::Tab(Tab::Updates));
    dropped(&mut window, "/share/Other.EVTX");
    assert_eq!(window.state().model.tab, Tab::History);
    let _ = asked(&mut window);
    dropped(&mut window, "/share/list.csv");
    let asked = asked(&mut window);
    assert!(asked.iter().any(|command| matches!(command, Command::Subscriptions(_))), "{asked:?}");
}

#[test]
fn the_menu_of_a_base_leads_to_its_history() {
    let mut window = page_of(model_of(fixtures::everything()));
    press(&mut window, "Ещё: Касса 2");
    entry(&window, "История этой базы").click();
    window.run_steps(3);
    assert_eq!(window.state().model.tab, Tab::History);
    let _ = read(&mut window.state_mut().model, entries());
    window.run();
    assert_eq!(rows(&window).len(), 1);
    assert!(rows(&window)[0].contains("Касса 2"));
}

#[test]
fn what_is_shown_is_exported_and_an_entry_is_copied() {
    let mut window = page();
    press(&mut window, "Сохранить как CSV…");
    assert_eq!(asked(&mut window), [Command::ChooseHistoryExport]);
    press(&mut window, "Открыть журнал из файла…");
    assert_eq!(asked(&mut window), [Command::ChooseHistoryFile]);
    let exported = HistoryEvent::Exported { path: "/share/out.csv".into(), result: Ok(4) };
    answer(&mut window, Event::History(exported));
    assert!(sees(&window, "Записан файл out.csv: 4 записи."));
    click_row(&mut window, 0);
    window.get_by_role_and_label(Role::Button, "Скопировать").click();
    window.step();
    let commands = &window.output().platform_output.commands;
    let text = commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    assert!(text.is_some_and(|text| text.contains("Учётная запись") || text.contains("Кто: SHOP\\Иванова")));
    window.run();
    press(&mut window, "Открыть папку копии");
    assert!(matches!(asked_about(&mut window), HistoryCommand::OpenFolder { .. }));
}

#[test]
fn texts_and_controls_keep_apart_at_every_size() {
    for size in [[960.0, 600.0], [1092.0, 614.0], [1920.0, 1080.0]] {
        for language in [Language::Ru, Language::En] {
            for number in [None, Some(0), Some(1)] {
                let mut model = filled();
                if let Some(number) = number {
                    let _ = model::update(&mut model, Action::History(HistoryAction::Choose(number)));
                }
                let window = window_of(model, language, size, Theme::Dark);
                assert_nothing_overlaps(&window, size);
            }
        }
    }
}

#[test]
fn nothing_moves_once_all_is_read() {
    let mut window = page();
    window.run();
    assert_eq!(window.state().model.history_page.reading, Reading::Done);
    let delay = window.output().viewport_output.values().map(|viewport| viewport.repaint_delay).min();
    assert_eq!(delay, Some(std::time::Duration::from_hours(1)));
}

#[test]
fn an_entry_with_a_copy_leads_to_going_back_to_it() {
    let mut window = page();
    click_row(&mut window, 0);
    key(&mut window, Key::Enter);
    assert!(pane_is_open(&window));
    let _ = asked(&mut window);
    press(&mut window, "Вернуть прежнюю версию…");
    let list = crate::model::going_back::GoingBackCommand::List { base_id: "main".into() };
    assert_eq!(asked(&mut window), [Command::GoingBack(list)]);
}
