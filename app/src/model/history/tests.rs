//! The tab without a window: what is asked of the worker, and what its answers leave to be seen.

use std::path::{Path, PathBuf};

use smarts_core::history::Outcome;

use super::fixtures::{ended, entries, failed, installed, more, read, updated};
use super::*;
use crate::model::tests::fixtures;
use crate::model::toasts::Done;
use crate::model::{Action, Dialog, Event, receive, update};

fn model() -> Model {
    Model::new(fixtures::NOW.parse().unwrap())
}

/// The tab is open and everything is read.
fn opened() -> Model {
    let mut model = model();
    let _ = update(&mut model, Action::Tab(Tab::History));
    assert_eq!(read(&mut model, entries()), vec![]);
    model
}

fn say(model: &mut Model, action: HistoryAction) -> Vec<Command> {
    update(model, Action::History(action))
}

/// What the worker was asked to read.
fn request(commands: &[Command]) -> &HistoryRequest {
    match commands {
        [Command::History(HistoryCommand::Read(request))] => request,
        other => panic!("{other:?}"),
    }
}

/// What is shown, by its day and what it is about.
fn shown(model: &Model) -> Vec<(String, &str)> {
    let lines = model.history_page.shown_lines();
    lines.map(|line| (line.entry.time.strftime("%m-%d").to_string(), line.what.as_str())).collect()
}

fn base(name: &str, id: Option<&str>) -> OfBase {
    OfBase { name: name.into(), id: id.map(str::to_owned) }
}

#[test]
fn nothing_is_read_before_the_tab_is_opened_and_no_more_once_it_is_left() {
    let mut model = model();
    assert_eq!(model.history_page.reading, Reading::Not);
    let commands = update(&mut model, Action::Tab(Tab::History));
    let first = request(&commands).clone();
    assert_eq!((&first.origin, first.since, first.foreign), (&LogOrigin::ThisPc, None, false));
    assert_eq!(update(&mut model, Action::Tab(Tab::History)), vec![], "it is being read");

    let late = more(&model, entries());
    let commands = update(&mut model, Action::Tab(Tab::Updates));
    assert_eq!(commands, [Command::History(HistoryCommand::Stop)]);
    assert_eq!(receive(&mut model, late), vec![]);
    assert_eq!(shown(&model), [], "what comes late is of no use");

    let commands = update(&mut model, Action::Tab(Tab::History));
    assert!(request(&commands).turn > first.turn);
    let _ = read(&mut model, entries());
    assert_eq!(update(&mut model, Action::Tab(Tab::Subscriptions)), vec![], "nothing is being read");
    assert_eq!(shown(&model).len(), 4);
}

#[test]
fn entries_are_shown_as_they_come() {
    let mut model = model();
    let _ = update(&mut model, Action::Tab(Tab::History));
    for entry in entries() {
        let event = more(&model, vec![entry]);
        let _ = receive(&mut model, event);
    }
    assert_eq!(model.history_page.reading, Reading::Running);
    let expected = [
        ("11-22", "Основной склад"),
        ("11-20", "Mobile SMARTS"),
        ("11-19", "Касса 2"),
        ("02-11", "Mobile SMARTS"),
    ];
    assert_eq!(shown(&model), expected.map(|(day, what)| (day.to_owned(), what)));
    assert_eq!(model.history_page.bases, ["Mobile SMARTS", "Касса 2", "Основной склад"]);
    assert_eq!(model.history_page.people, [r"SHOP\admin", r"SHOP\Иванова"]);
}

#[test]
fn the_newest_stands_first_where_the_clock_was_set_back() {
    let mut model = model();
    let _ = update(&mut model, Action::Tab(Tab::History));
    let mut entries = entries();
    entries.swap(0, 2);
    let _ = read(&mut model, entries);
    assert_eq!(shown(&model)[0].1, "Основной склад");
}

#[test]
fn entries_are_filtered_by_base_by_person_and_by_words_and_shown_again() {
    let mut model = opened();
    assert_eq!(say(&mut model, HistoryAction::Base(Some(base("Mobile SMARTS", None)))), vec![]);
    assert_eq!(shown(&model).len(), 2);
    assert_eq!(say(&mut model, HistoryAction::Search("  1С:предпр ".into())), vec![]);
    assert_eq!(shown(&model), [("11-20".to_owned(), "Mobile SMARTS")]);
    assert_eq!(say(&mut model, HistoryAction::Person(Some(r"SHOP\Иванова".into()))), vec![]);
    assert_eq!(shown(&model), []);
    assert!(model.history_page.is_filtered());
    assert_eq!(say(&mut model, HistoryAction::ShowAll), vec![], "it has all been read");
    assert_eq!(shown(&model).len(), 4);
    assert!(!model.history_page.is_filtered());
    for found in ["1603", "mobilesmarts.msi", "11708", "kassa-1", "ошибка", "3.4.46"] {
        let _ = say(&mut model, HistoryAction::Search(found.into()));
        assert!(!shown(&model).is_empty(), "{found}");
    }
}

#[test]
fn a_base_is_found_under_former_names_by_its_id() {
    let mut model = model();
    let commands = say(&mut model, HistoryAction::ShowBase(base("Основной склад", Some("MAIN"))));
    assert_eq!(request(&commands).since, None);
    assert_eq!(model.tab, Tab::History);
    let mut all = entries();
    all.push(updated("2025-10-01T08:00:00Z", "main", "Склад на Лесной"));
    let _ = read(&mut model, all);
    let expected = [("11-22", "Основной склад"), ("10-01", "Склад на Лесной")];
    assert_eq!(shown(&model), expected.map(|(day, what)| (day.to_owned(), what)));
    assert!(model.history_page.bases.contains(&"Основной склад".to_owned()));
}

#[test]
fn the_base_that_was_asked_for_can_be_seen_to_be_chosen_where_nothing_is_known_of_it() {
    let mut model = model();
    let _ = say(&mut model, HistoryAction::ShowBase(base("Новая", Some("new"))));
    let _ = read(&mut model, entries());
    assert_eq!(shown(&model), []);
    assert!(model.history_page.bases.contains(&"Новая".to_owned()));
}

#[test]
fn a_period_begins_at_midnight_and_is_asked_of_the_log() {
    let mut model = opened();
    let commands = say(&mut model, HistoryAction::Period(Period::Week));
    let midnight = "2026-11-16T00:00:00+03:00".parse().unwrap();
    assert_eq!(request(&commands).since, Some(midnight));
    assert_eq!(shown(&model), [], "what was read is not of this period");
    let commands = say(&mut model, HistoryAction::ShowAll);
    assert_eq!(request(&commands).since, None);
    let commands = say(&mut model, HistoryAction::Foreign(true));
    assert!(request(&commands).foreign);
}

#[test]
fn what_was_read_before_stays_in_sight_until_all_is_read_anew() {
    let mut model = opened();
    let _ = say(&mut model, HistoryAction::Choose(2));
    let commands = say(&mut model, HistoryAction::Refresh);
    assert!(matches!(commands.as_slice(), [Command::History(HistoryCommand::Read(_))]));
    let mut newer = entries();
    newer.insert(0, updated("2026-11-22T19:00:00Z", "new", "Новая"));
    let event = more(&model, newer);
    let _ = receive(&mut model, event);
    assert_eq!(shown(&model).len(), 4);
    let event = ended(&model, Ok(vec![]));
    let _ = receive(&mut model, event);
    assert_eq!(shown(&model).len(), 5);
    assert_eq!(model.history_page.chosen_number(), Some(3), "the same entry, one place further down");
}

#[test]
fn a_reading_that_failed_leaves_what_was_read_before_and_says_why() {
    let mut model = opened();
    let _ = say(&mut model, HistoryAction::Refresh);
    let event = ended(&model, Err("Журнал не читается"));
    let _ = receive(&mut model, event);
    assert_eq!(model.history_page.reading, Reading::Failed("Журнал не читается".into()));
    assert_eq!(shown(&model).len(), 4);
    let commands = update(&mut model, Action::Tab(Tab::Updates));
    assert_eq!(commands, vec![]);
    let commands = update(&mut model, Action::Tab(Tab::History));
    assert!(matches!(commands.as_slice(), [Command::History(HistoryCommand::Read(_))]), "tried again");
}

#[test]
fn an_update_is_read_anew_only_where_the_history_of_this_pc_is_open() {
    let finished = || Event::ApplyFinished { results: vec![] };
    let is_read = |commands: &[Command]| {
        commands.iter().any(|command| matches!(command, Command::History(HistoryCommand::Read(_))))
    };
    let mut model = opened();
    assert!(is_read(&receive(&mut model, finished())));
    let _ = say(&mut model, HistoryAction::OpenFile("/share/log.evtx".into()));
    assert!(!is_read(&receive(&mut model, finished())));
    let mut model = self::model();
    assert!(!is_read(&receive(&mut model, finished())));
}

#[test]
fn an_exported_log_takes_the_place_of_this_pcs_and_opens_the_tab() {
    let path = PathBuf::from("/share/Приложение.evtx");
    let mut model = opened();
    let _ = say(&mut model, HistoryAction::Base(Some(base("Касса 2", None))));
    let _ = say(&mut model, HistoryAction::Choose(0));
    let _ = update(&mut model, Action::Tab(Tab::Updates));
    let commands = say(&mut model, HistoryAction::OpenFile(path.clone()));
    assert_eq!(request(&commands).origin, LogOrigin::File(path.clone()));
    assert_eq!(model.tab, Tab::History);
    assert!(model.history_page.chosen.is_none() && model.history_page.base.is_none());
    assert_eq!(shown(&model), []);
    let _ = read(&mut model, vec![installed("2020-01-01T00:00:00Z", None, "1.0.0.0")]);

    // A file is what it was; this PC is not.
    let _ = update(&mut model, Action::Tab(Tab::Updates));
    assert_eq!(update(&mut model, Action::Tab(Tab::History)), vec![]);
    let commands = say(&mut model, HistoryAction::UseThisPc);
    assert_eq!(request(&commands).origin, LogOrigin::ThisPc);
    let _ = read(&mut model, entries());
    let _ = update(&mut model, Action::Tab(Tab::Updates));
    assert!(!update(&mut model, Action::Tab(Tab::History)).is_empty());
}

#[test]
fn a_file_that_was_chosen_while_a_dialog_came_up_takes_nothing_away() {
    let mut model = opened();
    model.dialog = Some(Dialog::Problems);
    assert_eq!(say(&mut model, HistoryAction::OpenFile("/share/log.evtx".into())), vec![]);
    assert_eq!(model.history_page.origin, LogOrigin::ThisPc);
}

#[test]
fn what_is_shown_is_exported_and_it_is_told_what_came_of_it() {
    let mut model = opened();
    assert_eq!(say(&mut model, HistoryAction::ChooseExport), [Command::ChooseHistoryExport]);
    assert_eq!(say(&mut model, HistoryAction::ChooseFile), [Command::ChooseHistoryFile]);
    let _ = say(&mut model, HistoryAction::Base(Some(base("Касса 2", None))));
    let path = PathBuf::from("/share/out.csv");
    let commands = say(&mut model, HistoryAction::Export(path.clone()));
    let [Command::History(HistoryCommand::Export { path: to, lines })] = commands.as_slice() else {
        panic!("{commands:?}")
    };
    assert_eq!((to.as_path(), lines.0.len()), (Path::new("/share/out.csv"), 1));
    let exported = HistoryEvent::Exported { path: path.clone(), result: Ok(1) };
    let _ = receive(&mut model, Event::History(exported));
    let said = model.toasts.list.last().map(|toast| toast.done.clone());
    assert_eq!(said, Some(Done::RecordsWritten { path: path.clone(), count: 1 }));
    assert_eq!(model.history_page.told, None);
    let failed = HistoryEvent::Exported { path, result: Err("Файл не записан".into()) };
    let _ = receive(&mut model, Event::History(failed));
    assert_eq!(model.history_page.told, Some(HistoryTold::Failed("Файл не записан".into())));
    let _ = update(&mut model, Action::Tab(Tab::Updates));
    assert_eq!(model.history_page.told, None, "it is no news any more");
}

#[test]
fn the_folder_of_the_copy_is_opened_where_the_chosen_entry_has_one() {
    let mut model = opened();
    assert_eq!(say(&mut model, HistoryAction::OpenCopy), vec![]);
    let _ = say(&mut model, HistoryAction::Choose(1));
    assert_eq!(say(&mut model, HistoryAction::OpenCopy), vec![], "a log knows of none");
    let _ = say(&mut model, HistoryAction::Choose(0));
    let folder = r"C:\ProgramData\Cleverence\Backup\2026.11.22 21.40.13 main".to_owned();
    let commands = say(&mut model, HistoryAction::OpenCopy);
    assert_eq!(commands, [Command::History(HistoryCommand::OpenFolder { folder })]);
    let _ = receive(&mut model, Event::History(HistoryEvent::FolderNotOpened("Её нет".into())));
    assert_eq!(model.history_page.told, Some(HistoryTold::Failed("Её нет".into())));
}

#[test]
fn an_entry_that_is_filtered_away_is_looked_at_no_more_and_a_place_that_is_none_chooses_nothing() {
    let mut model = opened();
    let _ = say(&mut model, HistoryAction::Choose(99));
    assert_eq!(model.history_page.chosen, None);
    let _ = say(&mut model, HistoryAction::Choose(0));
    let _ = say(&mut model, HistoryAction::Search("основной".into()));
    assert_eq!(model.history_page.chosen_number(), Some(0));
    let _ = say(&mut model, HistoryAction::Search("касса".into()));
    assert_eq!(model.history_page.chosen, None);
}

#[test]
fn names_to_choose_from_are_bounded_and_the_rest_is_searched_for() {
    let mut model = model();
    let _ = update(&mut model, Action::Tab(Tab::History));
    let named = |number: usize| updated("2026-11-01T00:00:00Z", "id", &format!("База {number}"));
    let _ = read(&mut model, (0..1000).map(named).chain([failed("2026-10-01T00:00:00Z")]).collect());
    assert!(model.history_page.bases.len() <= 300);
    let _ = say(&mut model, HistoryAction::Search("база 999".into()));
    assert_eq!(shown(&model).len(), 1);
    let _ = say(&mut model, HistoryAction::Search(String::new()));
    assert_eq!(model.history_page.shown_lines().last().map(|line| line.entry.outcome), Some(Outcome::Failed));
}
