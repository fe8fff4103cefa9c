//! «Диагностика»: findings as they come, stopping, copying, the report for support.

use std::path::PathBuf;

use egui::{Key, Modifiers, OutputCommand, Role};
use egui_kittest::kittest::Queryable as _;

use super::*;
use crate::diagnose::{Group, Line, Slot, State};
use crate::model::diagnostics::Looking;
use crate::model::{DiagnosticsAction, DiagnosticsCommand, DiagnosticsEvent};

const FIRST: u64 = 1;

fn slot(id: &'static str, group: Group, title: &str) -> Slot {
    Slot { id, group, title: title.into() }
}

fn line(id: &'static str, group: Group, state: State, text: &str, advice: &str) -> Line {
    Line {
        id, group, state, text: text.into(), detail: "подробность".into(), advice: advice.into()
    }
}

fn event(event: DiagnosticsEvent) -> Event {
    Event::Diagnostics(event)
}

fn look() -> Command {
    Command::Diagnostics(DiagnosticsCommand::Look { turn: FIRST })
}

/// The tab is open, and this is going to be told.
fn looking() -> Window {
    let mut window = window(fixtures::everything());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num6);
    window.run_ok();
    assert_eq!(asked(&mut window), [look()]);
    let slots = vec![
        slot("name", Group::Source, "Имя сервера"),
        slot("firewall", Group::Source, "Правило для брандмауэра"),
        slot("task", Group::Background, "Задание SmartsUpdate"),
    ];
    tell(&mut window, DiagnosticsEvent::Outline { turn: FIRST, slots });
    window
}

/// While something turns, the window never comes to rest.
fn tell(window: &mut Window, told: DiagnosticsEvent) {
    let desk = window.state_mut();
    let commands = model::receive(&mut desk.model, event(told));
    desk.commands.extend(commands);
    window.run_steps(3);
}

fn found(window: &mut Window, line: Line) {
    tell(window, DiagnosticsEvent::Found { turn: FIRST, line });
}

pub(super) fn looked() -> Window {
    let mut window = looking();
    found(&mut window, line("task", Group::Background, State::Attention, "задание чужое", "Верните задание"));
    found(&mut window, line("name", Group::Source, State::Ok, "имя найдено", ""));
    let mut rule = line("firewall", Group::Source, State::Neutral, "брандмауэру разрешить", "");
    rule.detail = "files.example (192.0.2.1): исходящие TCP, порты 80, 443".into();
    found(&mut window, rule);
    tell(&mut window, DiagnosticsEvent::Ended { turn: FIRST, broke: false });
    window.run();
    window
}

fn copied(window: &Window) -> Option<String> {
    window.output().platform_output.commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

fn click(window: &mut Window, role: Role, name: &str) {
    window.get_by_role_and_label(role, name).click();
    window.step();
}

#[test]
fn findings_come_one_by_one_into_the_places_that_wait_for_them() {
    let mut window = looking();
    assert!(sees(&window, "Проверяем: 0 из 3"));
    let waiting = "Имя сервера: Проверяется…. ";
    assert!(window.query_by_role_and_label(Role::ListItem, waiting).is_some());
    found(&mut window, line("name", Group::Source, State::Ok, "имя найдено", ""));
    assert!(window.query_by_role_and_label(Role::ListItem, waiting).is_none());
    assert!(sees(&window, "Имя сервера: В порядке. Имя найдено"));
    assert!(sees(&window, "Проверяем: 1 из 3"));
    tell(
        &mut window,
        DiagnosticsEvent::Found {
            turn: FIRST + 7,
            line: line("task", Group::Background, State::Ok, "не отсюда", ""),
        },
    );
    assert!(!sees(&window, "Не отсюда"), "an answer to another request");
}

#[test]
fn what_is_not_as_it_should_be_is_counted_and_says_what_to_do() {
    let window = looked();
    assert!(sees(&window, "1 требует внимания"));
    assert!(window.query_by_role_and_label(Role::Status, "1 требует внимания").is_some());
    assert!(sees(&window, "Задание SmartsUpdate: Требует внимания. Задание чужое"));
    assert!(sees(&window, "Верните задание"));
    let tab = "Диагностика, 1 требует внимания";
    assert!(window.query_by_role_and_label(Role::Tab, tab).is_some());
    for heading in ["Источник и сеть", "В фоне"] {
        assert!(window.query_by_role_and_label(Role::List, heading).is_some(), "{heading}");
    }
}

#[test]
fn all_is_well_only_where_everything_was_really_looked_at() {
    let mut window = looking();
    found(&mut window, line("name", Group::Source, State::Ok, "имя найдено", ""));
    found(&mut window, line("firewall", Group::Source, State::Neutral, "разрешить", ""));
    found(&mut window, line("task", Group::Background, State::Unknown, "не узнать", "Повторите"));
    tell(&mut window, DiagnosticsEvent::Ended { turn: FIRST, broke: false });
    assert!(sees(&window, "1 не удалось проверить") && !sees(&window, "Всё в порядке"));
    press(&mut window, "Проверить ещё раз");
    let again = Command::Diagnostics(DiagnosticsCommand::Look { turn: FIRST + 1 });
    assert_eq!(asked(&mut window), [again]);
    for (id, group) in [("name", Group::Source), ("firewall", Group::Source), ("task", Group::Background)] {
        let line = line(id, group, State::Ok, "хорошо", "");
        tell(&mut window, DiagnosticsEvent::Found { turn: FIRST + 1, line });
    }
    tell(&mut window, DiagnosticsEvent::Ended { turn: FIRST + 1, broke: false });
    assert!(sees(&window, "Всё в порядке"));
}

#[test]
fn looking_is_stopped_by_a_button_and_says_that_it_was() {
    let mut window = looking();
    click(&mut window, Role::Button, "Остановить");
    window.run_steps(2);
    assert_eq!(asked(&mut window), [Command::Diagnostics(DiagnosticsCommand::Stop)]);
    for (id, group) in [("name", Group::Source), ("firewall", Group::Source), ("task", Group::Background)] {
        found(&mut window, line(id, group, State::Unknown, "проверка остановлена", ""));
    }
    tell(&mut window, DiagnosticsEvent::Ended { turn: FIRST, broke: false });
    assert!(sees(&window, "Проверка остановлена: 3 не удалось проверить"));
}

#[test]
fn f5_looks_again_but_never_twice_at_once_and_coming_back_to_the_tab_does_not() {
    let mut window = looking();
    window.key_press(Key::F5);
    window.run_steps(2);
    assert_eq!(asked(&mut window), []);
    let mut window = looked();
    for key in [Key::Num1, Key::Num6] {
        window.key_press_modifiers(Modifiers::COMMAND, key);
        window.run_steps(2);
    }
    assert_eq!(asked(&mut window), []);
    window.key_press(Key::F5);
    window.run_steps(2);
    assert_eq!(asked(&mut window), [Command::Diagnostics(DiagnosticsCommand::Look { turn: FIRST + 1 })]);
}

#[test]
fn the_menu_opens_the_tab() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Ещё");
    entry(&window, "Диагностика").click();
    window.run_steps(3);
    assert_eq!(asked(&mut window), [look()]);
    assert_eq!(window.state().model.tab, model::Tab::Diagnostics);
}

#[test]
fn what_needs_attention_far_below_is_brought_into_sight_with_the_keyboard() {
    let model = model_of(fixtures::everything());
    let mut window = window_of(model, Language::Ru, [960.0, 420.0], Theme::Light);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num6);
    window.run_ok();
    let ids = ["name", "port", "tls", "answer", "clock", "trust", "proxy", "task"];
    let slots = ids.map(|id| slot(id, Group::Source, id)).to_vec();
    tell(&mut window, DiagnosticsEvent::Outline { turn: FIRST, slots });
    for id in ids {
        let state = if id == "task" { State::Attention } else { State::Ok };
        found(&mut window, line(id, Group::Source, state, "что-то", ""));
    }
    tell(&mut window, DiagnosticsEvent::Ended { turn: FIRST, broke: false });
    window.run();
    let copy = "Скопировать: task";
    assert!(window.get_by_label(copy).rect().top() > 420.0, "out of sight at first");
    follow(&mut window, "Показать: task");
    assert!(window.get_by_label(copy).is_focused());
    let rect = window.get_by_label(copy).rect();
    assert!(rect.top() > 0.0 && rect.bottom() < 420.0, "{rect:?}");
}

#[test]
fn one_finding_all_of_them_or_the_rule_is_copied_and_that_is_said() {
    let mut window = looked();
    click(&mut window, Role::Button, "Скопировать: Задание SmartsUpdate");
    let one = copied(&window).unwrap();
    assert_eq!(one, "ВНИМАНИЕ  задание чужое\n    подробность\n    → Верните задание\n");
    window.run_steps(2);
    assert!(sees(&window, "Скопировано"));
    click(&mut window, Role::Link, "Скопировать правило");
    assert_eq!(copied(&window).unwrap(), "files.example (192.0.2.1): исходящие TCP, порты 80, 443");
    click(&mut window, Role::Button, "Скопировать всё");
    let all = copied(&window).unwrap();
    for part in ["Источник и сеть\n", "В фоне\n", "имя найдено", &one, "1 требует внимания"]
    {
        assert!(all.contains(part), "{part}: {all}");
    }
}

#[test]
fn the_report_goes_to_the_file_that_is_chosen_and_that_is_said() {
    let mut window = looked();
    press(&mut window, "Отчёт для поддержки…");
    assert_eq!(asked(&mut window), [Command::Diagnostics(DiagnosticsCommand::ChooseReport)]);
    let path = PathBuf::from("/tmp/smarts.zip");
    let save = model::Action::Diagnostics(DiagnosticsAction::SaveReport(path.clone()));
    let commands = model::update(&mut window.state_mut().model, save);
    let [Command::Diagnostics(DiagnosticsCommand::SaveReport { path: to, lines })] = &commands[..] else {
        panic!("{commands:?}")
    };
    assert_eq!((to, lines.len()), (&path, 3));
    window.run_steps(2);
    assert!(sees(&window, "Собираем отчёт…"));
    tell(&mut window, DiagnosticsEvent::Saved { path: path.clone(), result: Err("нет места".into()) });
    assert!(sees(&window, "Нет места") && sees(&window, "Выберите другую папку"));
    click(&mut window, Role::Button, "Закрыть");
    window.run_steps(2);
    assert!(!sees(&window, "Нет места"));
    tell(&mut window, DiagnosticsEvent::Saved { path, result: Ok(()) });
    assert!(sees(&window, "Сохранено: /tmp/smarts.zip"));
}

#[test]
fn the_log_is_opened_and_a_broken_look_is_no_success() {
    let mut window = looking();
    click(&mut window, Role::Button, "Открыть папку журнала");
    window.run_steps(2);
    assert_eq!(asked(&mut window), [Command::OpenLogFolder]);
    tell(&mut window, DiagnosticsEvent::Ended { turn: FIRST, broke: true });
    assert!(sees(&window, "Проверка прервалась"));
    assert_eq!(window.state().model.diagnostics.looking, Looking::Broke);
}

#[test]
fn in_a_narrow_window_a_finding_stands_below_its_title_and_can_be_read() {
    let text = "задание SmartsUpdate запускает другую программу, и обновления проверяет не эта, а она";
    for width in [546.0, 455.0] {
        let mut window =
            window_of(model_of(fixtures::everything()), Language::Ru, [width, 614.0], Theme::Light);
        window.key_press_modifiers(Modifiers::COMMAND, Key::Num6);
        window.run_ok();
        let slots = vec![slot("task", Group::Background, "Задание SmartsUpdate")];
        tell(&mut window, DiagnosticsEvent::Outline { turn: FIRST, slots });
        found(&mut window, line("task", Group::Background, State::Attention, text, "Верните задание"));
        tell(&mut window, DiagnosticsEvent::Ended { turn: FIRST, broke: false });
        window.run();
        let title = window.get_by_role_and_label(Role::Label, "Задание SmartsUpdate").rect();
        let said = window.get_by_label(&crate::i18n::sentence(text)).rect();
        assert!(said.width() > width / 2.0 && said.right() < width, "{width}: {said:?}");
        let is_below = said.top() >= title.bottom() && (said.left() - title.left()).abs() < 1.0;
        assert!(is_below, "{width}: {title:?}, {said:?}");
    }
}

#[test]
fn the_keyboard_reaches_every_button_from_the_first_to_the_last() {
    let mut window = looked();
    let names = [
        "Проверить ещё раз",
        "Отчёт для поддержки…",
        "Скопировать всё",
        "Открыть папку журнала",
        "Показать: Задание SmartsUpdate",
        "Скопировать: Имя сервера",
        "Скопировать правило",
        "Скопировать: Правило для брандмауэра",
        "Скопировать: Задание SmartsUpdate",
    ];
    window.get_by_label(names[0]).focus();
    window.run();
    for name in names {
        assert!(window.get_by_label(name).is_focused(), "{name}");
        window.key_press(Key::Tab);
        window.run();
    }
}
