//! The page of the background check.

use egui::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use smarts_core::settings::{CheckHours, Notify};

use super::*;
use crate::model::schedule::{Access, SaveFault, ScheduleChange, ScheduleFacts, ScheduleSettings, Task};
use crate::model::{Action, ScheduleAction};

const NEVER: &str = "Не проверять автоматически";
const HOURS: &str = "Часов между проверками";
const WORKING: &str = "Только в рабочее время";

fn settings() -> ScheduleSettings {
    ScheduleSettings { maintenance: "mon-thu 21:00-23:00".parse().ok(), ..ScheduleSettings::default() }
}

fn facts(task: Task, access: Access) -> ScheduleFacts {
    ScheduleFacts {
        settings: settings(),
        task,
        task_words: "Задание SmartsUpdate наше".into(),
        former_kept: false,
        next_run: "2026-11-22T13:50:00Z".parse().ok(),
        access,
    }
}

/// The page is open and filled.
fn page(facts: ScheduleFacts) -> Window {
    let mut window = window(fixtures::everything());
    press(&mut window, "Ещё");
    press(&mut window, "Проверка по расписанию…");
    assert_eq!(asked(&mut window), vec![Command::ReadSchedule]);
    assert!(sees(&window, "Смотрим, как настроена проверка"));
    answer(&mut window, Event::ScheduleRead(facts));
    window
}

fn is_dead(window: &Window, name: &str) -> bool {
    window.get_by_role_and_label(Role::Button, name).accesskit_node().is_disabled()
}

fn tick(window: &mut Window, name: &str) {
    window.get_by_role_and_label(Role::CheckBox, name).click();
    window.run();
}

fn type_into(window: &mut Window, name: &str, text: &str) {
    let field = window.get_by_role_and_label(Role::TextInput, name);
    field.click();
    window.run();
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    window.run();
    window.get_by_role_and_label(Role::TextInput, name).type_text(text);
    window.run();
}

fn saved(settings: Option<ScheduleSettings>, task: Option<bool>) -> Vec<Command> {
    vec![Command::SaveSchedule(ScheduleChange { before: self::settings(), settings, task })]
}

#[test]
fn what_is_in_force_is_shown_and_there_is_nothing_to_save() {
    let window = page(facts(Task::Ours, Access::Free));
    assert!(sees(&window, "Задание SmartsUpdate наше"));
    assert!(sees(&window, "Следующая проверка — сегодня в 16:50"));
    let hours = window.get_by_role_and_label(Role::TextInput, HOURS);
    assert_eq!(hours.accesskit_node().value().as_deref(), Some("4"));
    assert!(is_dead(&window, "Сохранить"));
    let maintenance = window.get_by_role_and_label(Role::TextInput, "Время обслуживания: с");
    assert_eq!(maintenance.accesskit_node().value().as_deref(), Some("21:00"));
}

#[test]
fn hours_are_judged_as_they_are_typed_and_saved_with_the_rest() {
    let mut window = page(facts(Task::Ours, Access::Free));
    for wrong in ["0", "169", "x", "4,5"] {
        type_into(&mut window, HOURS, wrong);
        assert!(sees(&window, "от 1 до 168, это 7 дней"), "{wrong}");
        assert!(is_dead(&window, "Сохранить"), "{wrong}");
    }
    type_into(&mut window, HOURS, "12");
    assert!(!sees(&window, "от 1 до 168, это 7 дней"));
    assert!(!is_dead(&window, "Сохранить"));
    window.get_by_role_and_label(Role::RadioButton, "7 дней").click();
    window.run();
    window.get_by_role_and_label(Role::RadioButton, "Никому").click();
    window.run();
    asked(&mut window);
    press(&mut window, "Сохранить");
    let wanted =
        ScheduleSettings { hours: CheckHours::try_from(168).unwrap(), notify: Notify::None, ..settings() };
    assert_eq!(asked(&mut window), saved(Some(wanted.clone()), None));
    assert!(is_dead(&window, "Сохраняем…"));
    let now = ScheduleFacts { settings: wanted, ..facts(Task::Ours, Access::Free) };
    answer(&mut window, Event::ScheduleSaved { facts: now, result: Ok(()) });
    assert!(sees(&window, "Сохранено."));
    assert!(is_dead(&window, "Сохранить"));
}

#[test]
fn working_hours_need_a_day_and_two_times() {
    let mut window = page(facts(Task::Ours, Access::Free));
    tick(&mut window, WORKING);
    assert!(!is_dead(&window, "Сохранить"), "usual ones are there to begin with");
    type_into(&mut window, "Только в рабочее время: с", "25:00");
    assert!(sees(&window, "Начало — время суток"));
    assert!(is_dead(&window, "Сохранить"));
    type_into(&mut window, "Только в рабочее время: с", "08:30");
    type_into(&mut window, "Только в рабочее время: до", "завтра");
    assert!(sees(&window, "Конец — время суток"));
    type_into(&mut window, "Только в рабочее время: до", "20:00");
    for day in ["пн", "вт", "ср", "чт", "пт"] {
        tick(&mut window, &format!("{WORKING}: {day}"));
    }
    assert!(sees(&window, "Выберите хотя бы один день"));
    tick(&mut window, &format!("{WORKING}: сб"));
    asked(&mut window);
    press(&mut window, "Сохранить");
    let wanted = ScheduleSettings { working_hours: "sat 08:30-20:00".parse().ok(), ..settings() };
    assert_eq!(asked(&mut window), saved(Some(wanted), None));
}

#[test]
fn not_to_check_says_what_that_means_and_takes_the_task_away() {
    let mut window = page(facts(Task::Ours, Access::Free));
    assert!(!sees(&window, "никто не узнает"));
    tick(&mut window, NEVER);
    assert!(sees(&window, "О новых версиях никто не узнает"));
    assert!(sees(&window, "Проверить вручную"));
    asked(&mut window);
    press(&mut window, "Сохранить");
    assert_eq!(asked(&mut window), saved(None, Some(false)));
    answer(&mut window, Event::ScheduleSaved { facts: facts(Task::None, Access::Free), result: Ok(()) });
    let never = window.get_by_role_and_label(Role::CheckBox, NEVER);
    assert_eq!(never.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True));
    tick(&mut window, NEVER);
    press(&mut window, "Сохранить");
    assert_eq!(asked(&mut window), saved(None, Some(true)));
}

#[test]
fn where_a_former_task_comes_back_that_is_said_and_not_that_nobody_checks() {
    let mut window = page(ScheduleFacts { former_kept: true, ..facts(Task::Ours, Access::Free) });
    tick(&mut window, NEVER);
    assert!(sees(&window, "Вернётся прежнее задание SmartsUpdate"));
    assert!(!sees(&window, "никто не узнает"));
}

#[test]
fn another_programs_task_is_named_and_replaced_only_if_that_is_wanted() {
    let foreign = ScheduleFacts {
        task_words: "Задание SmartsUpdate запускает другую программу".into(),
        next_run: None,
        ..facts(Task::Foreign, Access::Free)
    };
    let mut window = page(foreign);
    assert!(sees(&window, "запускает другую программу"));
    assert!(sees(&window, "другой программы работает и дальше"));
    assert!(!sees(&window, "никто не узнает"));
    assert!(is_dead(&window, "Сохранить"));
    tick(&mut window, NEVER);
    press(&mut window, "Сохранить");
    assert_eq!(asked(&mut window), saved(None, Some(true)));
}

#[test]
fn where_the_task_cannot_be_told_only_settings_are_changed() {
    let mut window = page(ScheduleFacts { next_run: None, ..facts(Task::Unknown, Access::Free) });
    assert!(window.query_by_role_and_label(Role::CheckBox, NEVER).is_none());
    tick(&mut window, "Компьютер без сети");
    assert!(sees(&window, "насколько стары сведения"));
    asked(&mut window);
    press(&mut window, "Сохранить");
    assert_eq!(asked(&mut window), saved(Some(ScheduleSettings { offline: true, ..settings() }), None));
}

#[test]
fn a_failed_save_keeps_what_was_typed_and_says_why() {
    let mut window = page(facts(Task::Ours, Access::Asked));
    assert!(sees(&window, "Windows спросит разрешение"));
    type_into(&mut window, HOURS, "6");
    press(&mut window, "Сохранить…");
    let why = "Windows не получила разрешения, настройки не изменены.".to_owned();
    let result = Err(SaveFault::NotBegun(why));
    answer(&mut window, Event::ScheduleSaved { facts: facts(Task::Ours, Access::Asked), result });
    assert!(sees(&window, "Windows не получила разрешения"));
    let hours = window.get_by_role_and_label(Role::TextInput, HOURS);
    assert_eq!(hours.accesskit_node().value().as_deref(), Some("6"));
    assert!(!is_dead(&window, "Сохранить…"), "one may try again");
}

#[test]
fn after_a_save_that_broke_off_the_page_shows_what_is_in_force() {
    let mut window = page(facts(Task::Ours, Access::Asked));
    type_into(&mut window, HOURS, "6");
    tick(&mut window, "Компьютер без сети");
    press(&mut window, "Сохранить…");
    let now = ScheduleSettings { hours: CheckHours::try_from(6).unwrap(), ..settings() };
    let now = ScheduleFacts { settings: now, ..facts(Task::Ours, Access::Asked) };
    let result = Err(SaveFault::BrokeOff("Сохранить удалось не всё".to_owned()));
    answer(&mut window, Event::ScheduleSaved { facts: now, result });
    assert!(sees(&window, "Сохранить удалось не всё"));
    let form = window.state().model.schedule().unwrap().form.clone();
    assert_eq!((form.hours.as_str(), form.offline), ("6", false));
    assert!(is_dead(&window, "Сохранить…"), "the form is what is in force");
}

#[test]
fn who_is_no_administrator_reads_it_and_is_told_why_nothing_can_be_changed() {
    let mut window = page(facts(Task::Ours, Access::Locked));
    assert!(sees(&window, "Менять это может только администратор"));
    assert!(sees(&window, "каждые 4 ч"));
    assert!(sees(&window, "пн–чт 21:00–23:00"));
    assert!(window.query_by_role_and_label(Role::TextInput, HOURS).is_none());
    assert!(window.query_by_role_and_label(Role::CheckBox, NEVER).is_none());
    assert!(window.query_by_role_and_label(Role::Button, "Сохранить").is_none());
    let action = Action::Schedule(ScheduleAction::Save);
    assert_eq!(model::update(&mut window.state_mut().model, action), vec![]);
}

#[test]
fn a_page_that_is_opened_again_while_it_is_being_saved_does_not_save_twice() {
    let mut window = page(facts(Task::Ours, Access::Free));
    tick(&mut window, "Компьютер без сети");
    press(&mut window, "Сохранить");
    press(&mut window, "Закрыть");
    asked(&mut window);
    press(&mut window, "Ещё");
    press(&mut window, "Проверка по расписанию…");
    assert_eq!(asked(&mut window), vec![Command::ReadSchedule]);
    answer(&mut window, Event::ScheduleRead(facts(Task::Ours, Access::Free)));
    tick(&mut window, "Компьютер без сети");
    assert!(is_dead(&window, "Сохраняем…"));
    let action = Action::Schedule(ScheduleAction::Save);
    assert_eq!(model::update(&mut window.state_mut().model, action), vec![]);
    let now = ScheduleSettings { offline: true, ..settings() };
    let now = ScheduleFacts { settings: now, ..facts(Task::Ours, Access::Free) };
    answer(&mut window, Event::ScheduleSaved { facts: now, result: Ok(()) });
    assert!(sees(&window, "Сохранено."));
    assert!(window.state().model.schedule().unwrap().form.offline);
}

#[test]
fn a_page_that_was_closed_meanwhile_stays_closed() {
    let mut window = page(facts(Task::Ours, Access::Free));
    press(&mut window, "Закрыть");
    let settings = ScheduleSettings { offline: true, ..settings() };
    let now = ScheduleFacts { settings, ..facts(Task::Ours, Access::Free) };
    answer(&mut window, Event::ScheduleSaved { facts: now, result: Ok(()) });
    assert!(window.query_by_role(Role::Dialog).is_none());
    assert!(window.state().model.offline, "what is in force counts all the same");
}

#[test]
fn the_page_keeps_its_place_at_every_size_in_both_languages() {
    for size in [[960.0, 600.0], [1092.0, 614.0], [1920.0, 1080.0]] {
        for language in [Language::Ru, Language::En] {
            let mut model = model_of(fixtures::everything());
            let _ = model::update(&mut model, Action::Schedule(ScheduleAction::Open));
            let mut open = facts(Task::Ours, Access::Asked);
            open.settings.working_hours = "mon-fri 09:00-18:00".parse().ok();
            let _ = model::receive(&mut model, Event::ScheduleRead(open));
            let mut window = window_of(model, language, size, Theme::Dark);
            window.run();
            let close = if language == Language::Ru { "Закрыть" } else { "Close" };
            let close = window.get_by_role_and_label(Role::Button, close).rect();
            let whole = egui::Rect::from_min_size(egui::Pos2::ZERO, size.into());
            assert!(whole.shrink(16.0).contains_rect(close), "{close:?} at {size:?}");
        }
    }
}
