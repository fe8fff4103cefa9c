//! What happens while the person is not looking: other programs find things out, and a PC has no network.

use egui_kittest::kittest::Queryable as _;
use smarts_core::check::Report;
use smarts_core::offer::State;

use super::*;
use crate::model::{Action, CheckFailure, Dialog, FailureKind, Skipped, SourceAction};

const LATER: &str = "2026-11-22T09:50:00Z";

/// What another check has found: the main base is up to date.
fn elsewhere() -> (Machine, Report) {
    let (machine, mut report) = fixtures::everything();
    report.checked_at = LATER.parse().unwrap();
    let item = report.items.iter_mut().find(|item| item.id == "main").unwrap();
    item.state = State::UpToDate;
    (machine, report)
}

fn renewed((machine, report): (Machine, Report)) -> Event {
    Event::Renewed { machine, report: Some(report), skipped: Skipped::new() }
}

fn renew(window: &mut Window) -> Vec<Command> {
    let commands = model::update(&mut window.state_mut().model, Action::Renew);
    window.run();
    commands
}

#[test]
fn what_another_program_has_found_is_shown_and_nothing_is_asked_of_the_source() {
    let mut window = window(fixtures::everything());
    assert_eq!(renew(&mut window), vec![Command::Renew { with_report: true }]);
    answer(&mut window, renewed(elsewhere()));
    assert_eq!(asked(&mut window), vec![], "no check, no download");
    assert!(sees(&window, "проверено сегодня в 12:50"));
    assert!(sees(&window, "Вышла платформа и обновления для 3 баз"));
}

#[test]
fn what_is_under_way_is_not_disturbed() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Обновить базу Касса 2");
    answer(&mut window, progress("cash", 118));
    follow(&mut window, "Что нового: Филиал на Лесной");
    let before = window.state().model.activity("cash").cloned();
    asked(&mut window);
    answer(&mut window, renewed(elsewhere()));
    assert_eq!(window.state().model.activity("cash").cloned(), before);
    assert!(matches!(&window.state().model.dialog, Some(Dialog::Notes(page)) if page.item_id == "forest"));
    assert_eq!(asked(&mut window), vec![]);
}

#[test]
fn a_check_of_this_window_goes_on_and_its_own_newer_report_stays() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Проверить сейчас");
    answer(&mut window, renewed(elsewhere()));
    assert!(window.state().model.check.is_some());
    let (_, mut newest) = fixtures::everything();
    newest.checked_at = "2026-11-22T09:51:00Z".parse().unwrap();
    answer(&mut window, Event::Checked(Ok(newest.clone())));
    answer(&mut window, renewed(elsewhere()));
    assert_eq!(
        window.state().model.report,
        Some(fixtures::judged(&elsewhere().0, newest)),
        "a late reading is no news"
    );
}

#[test]
fn a_failed_check_is_forgotten_when_another_one_was_good() {
    let mut window = window(fixtures::everything());
    answer(&mut window, Event::Checked(Err(CheckFailure::of("Нет связи с files.cleverence.ru"))));
    assert!(sees(&window, "Проверить не удалось."));
    answer(&mut window, renewed(fixtures::everything()));
    assert!(sees(&window, "Проверить не удалось."), "that report was known before");
    answer(&mut window, renewed(elsewhere()));
    assert!(!sees(&window, "Проверить не удалось."));
}

#[test]
fn a_report_of_the_future_gives_way_to_one_of_today() {
    let (machine, mut report) = fixtures::everything();
    report.checked_at = "2031-01-01T00:00:00Z".parse().unwrap();
    let mut model = Model::new(fixtures::NOW.parse().unwrap());
    let loaded = Event::Loaded { machine, report: Some(report), permission: Permission::Granted };
    assert_eq!(model::receive(&mut model, loaded), vec![Command::Check], "that one is no use");
    let _ = model::receive(&mut model, renewed(elsewhere()));
    let (machine, report) = elsewhere();
    assert_eq!(model.report, Some(fixtures::judged(&machine, report)));
}

#[test]
fn a_folder_read_just_once_is_not_replaced_by_what_others_found() {
    let mut window = window(fixtures::everything());
    let folder = Action::Source(SourceAction::UseFolder("D:\\updates".into()));
    let _ = model::update(&mut window.state_mut().model, folder);
    answer(&mut window, Event::SourceInUse);
    let (machine, mut of_folder) = fixtures::of(vec![fixtures::main_base()]);
    of_folder.source.root = "D:\\updates".into();
    answer(&mut window, Event::Checked(Ok(of_folder.clone())));
    assert_eq!(renew(&mut window), vec![Command::Renew { with_report: false }]);
    answer(&mut window, renewed(elsewhere()));
    assert_eq!(window.state().model.report, Some(fixtures::judged(&machine, of_folder)));
}

/// A PC without a way to a source, whose report is of this moment.
fn offline(checked_at: &str) -> (Window, Vec<Command>) {
    let (machine, mut report) = fixtures::everything();
    report.checked_at = checked_at.parse().unwrap();
    let mut model = Model::new(fixtures::NOW.parse().unwrap());
    let mut commands = model::receive(&mut model, Event::Offline(true));
    let loaded = Event::Loaded { machine, report: Some(report), permission: Permission::Granted };
    commands.extend(model::receive(&mut model, loaded));
    (window_of(model, Language::Ru, [1200.0, 900.0], Theme::Light), commands)
}

#[test]
fn without_a_network_the_age_of_the_data_is_told_and_nothing_is_checked_by_itself() {
    let (mut window, commands) = offline("2026-11-19T05:40:00Z");
    assert_eq!(commands, vec![]);
    assert!(sees(&window, "без сети, сведения собраны 19.11.2026 в 08:40 (3 дня назад)"));
    assert!(sees(&window, "Вышла платформа и обновления для 4 баз"));
    press(&mut window, "Проверить сейчас");
    assert_eq!(asked(&mut window), vec![Command::Check], "by hand one may");
    answer(&mut window, Event::Checked(Err(CheckFailure::of("Нет связи с files.cleverence.ru"))));
    assert!(!sees(&window, "Проверить не удалось."), "that is no alarm here");
    assert!(sees(&window, "источник сейчас недоступен"));
    assert!(sees(&window, "сведения собраны 19.11.2026"));
}

#[test]
fn without_a_network_what_is_not_believed_is_an_alarm_all_the_same() {
    let (mut window, _) = offline(fixtures::CHECKED_AT);
    let refused = CheckFailure {
        kind: FailureKind::Refused, ..CheckFailure::of("Подпись не подтверждена")
    };
    answer(&mut window, Event::Checked(Err(refused)));
    assert!(sees(&window, "Источник не принят."));
}

#[test]
fn without_a_network_and_without_data_the_way_to_them_is_told() {
    let mut model = Model::new(fixtures::NOW.parse().unwrap());
    let _ = model::receive(&mut model, Event::Offline(true));
    let (machine, _) = fixtures::everything();
    let loaded = Event::Loaded { machine, report: None, permission: Permission::Granted };
    assert_eq!(model::receive(&mut model, loaded), vec![]);
    let window = window_of(model, Language::Ru, [1200.0, 900.0], Theme::Light);
    assert!(sees(&window, "Сведений об обновлениях ещё нет"));
    assert!(sees(&window, "«Обновить из папки…»"));
}

#[test]
fn without_a_network_nobody_is_told_that_there_is_nothing_new_today() {
    let (machine, mut report) = fixtures::of(vec![fixtures::up_to_date()]);
    report.items.retain(|item| item.id != "platform");
    report.checked_at = "2026-11-19T05:40:00Z".parse().unwrap();
    let mut model = Model::new(fixtures::NOW.parse().unwrap());
    let _ = model::receive(&mut model, Event::Offline(true));
    let loaded = Event::Loaded { machine, report: Some(report), permission: Permission::Granted };
    let _ = model::receive(&mut model, loaded);
    let window = window_of(model, Language::Ru, [1200.0, 900.0], Theme::Light);
    assert!(sees(&window, "На 19.11.2026 обновлений не было"));
    assert!(window.query_by_label("Обновлений нет").is_none());
}

#[test]
fn after_a_failed_check_what_could_not_be_looked_up_stands_alone() {
    let mut window = window(fixtures::of(vec![fixtures::unknown(), fixtures::main_base()]));
    answer(&mut window, Event::Checked(Err(CheckFailure::of("Нет связи с files.cleverence.ru"))));
    assert!(window.query_by_label("проверить не удалось: 1").is_some(), "no mark stands at its end");
}
