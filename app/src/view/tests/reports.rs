//! The table of many PCs.

use std::path::PathBuf;

use egui::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::*;
use crate::model::reports::{PcLine, PcReports, PcTold};
use crate::model::{Action, ReportsAction};

const FOLDER: &str = "/share/reports";

fn told(platform: &str, bases: usize, open: usize, checked_at: &str) -> PcTold {
    PcTold {
        platform: platform.parse().ok(),
        bases,
        open,
        open_words: if open == 0 {
            "ничего".into()
        } else {
            format!("платформа, {open} базы")
        },
        open_detail: if open == 0 { String::new() } else { format!("Склад 15 1.6.3.7283 × {open}") },
        checked_at: checked_at.parse().ok(),
        fault: None,
    }
}

fn line(pc: &str, told: Result<PcTold, String>) -> PcLine {
    PcLine { pc: pc.into(), file_name: format!("{pc}.json"), told }
}

fn shops() -> PcReports {
    let failing = PcTold {
        fault: Some("Проверка не удаётся: нет связи с files.cleverence.ru".into()),
        ..told("3.3.46.29552", 2, 1, "2026-11-01T05:40:00Z")
    };
    PcReports {
        lines: vec![
            line("KASSA-1", Ok(told("3.3.46.26738", 1, 0, "2026-11-22T09:40:00Z"))),
            line("KASSA-2", Err("Отчёт записан не до конца".into())),
            line("SKLAD", Ok(told("3.4.46.40367", 12, 4, "2026-11-21T09:40:00Z"))),
            line("ОФИС", Ok(failing)),
        ],
        left_out: 0,
    }
}

fn table(read: Result<PcReports, String>) -> Window {
    let mut window = window(fixtures::everything());
    press(&mut window, "Ещё");
    pick(&mut window, "Открыть папку отчётов…");
    assert_eq!(asked(&mut window), vec![Command::ChooseReports]);
    let action = Action::Reports(ReportsAction::Open(FOLDER.into()));
    let commands = model::update(&mut window.state_mut().model, action);
    assert_eq!(commands, vec![Command::ReadReports { folder: FOLDER.into() }]);
    window.run();
    assert!(sees(&window, "Читаем отчёты…"));
    answer(&mut window, Event::ReportsRead { folder: FOLDER.into(), read });
    window
}

pub(super) fn filled() -> Window {
    table(Ok(shops()))
}

/// From top to bottom.
fn pcs(window: &Window) -> Vec<String> {
    let rows = window.query_all_by_role(Role::Row);
    rows.map(|row| row.accesskit_node().label().unwrap_or_default()).collect()
}

fn sort(window: &mut Window, column: &str) {
    window.get_by_role_and_label(Role::ColumnHeader, column).click();
    window.run();
}

#[test]
fn all_pcs_stand_in_one_table_and_broken_files_are_named() {
    let window = table(Ok(shops()));
    assert!(sees(&window, "4 компьютера"));
    assert_eq!(pcs(&window), ["KASSA-1", "KASSA-2", "SKLAD", "ОФИС"]);
    assert!(sees(&window, "3.4.46.40367"));
    assert!(sees(&window, "платформа, 4 базы"));
    assert!(sees(&window, "Склад 15 1.6.3.7283 × 4"));
    assert!(sees(&window, "сегодня в 12:40"));
    assert!(sees(&window, "01.11.2026 в 08:40 (21 день назад)"));
    assert!(sees(&window, "нет связи с files.cleverence.ru"));
    assert!(sees(&window, "Файл KASSA-2.json. Отчёт записан не до конца"));
}

#[test]
fn every_column_sorts_and_turns_round() {
    let mut window = table(Ok(shops()));
    let mut by = |column: &str| {
        sort(&mut window, column);
        pcs(&window)
    };
    assert_eq!(by("Платформа"), ["KASSA-2", "KASSA-1", "ОФИС", "SKLAD"]);
    assert_eq!(by("Платформа, по возрастанию"), ["SKLAD", "ОФИС", "KASSA-1", "KASSA-2"]);
    assert_eq!(by("Баз"), ["KASSA-2", "KASSA-1", "ОФИС", "SKLAD"]);
    assert_eq!(by("Можно установить"), ["KASSA-2", "KASSA-1", "ОФИС", "SKLAD"]);
    assert_eq!(by("Проверено"), ["KASSA-2", "ОФИС", "SKLAD", "KASSA-1"]);
    assert_eq!(by("Неполадки"), ["KASSA-1", "SKLAD", "KASSA-2", "ОФИС"]);
    assert_eq!(by("Компьютер"), ["KASSA-1", "KASSA-2", "SKLAD", "ОФИС"]);
    assert_eq!(by("Компьютер, по возрастанию"), ["ОФИС", "SKLAD", "KASSA-2", "KASSA-1"]);
}

#[test]
fn a_search_finds_pcs_by_what_stands_in_their_lines() {
    let mut window = table(Ok(shops()));
    for (needle, found) in [
        ("kassa", vec!["KASSA-1", "KASSA-2"]),
        ("склад 15", vec!["SKLAD", "ОФИС"]),
        ("3.4.46", vec!["SKLAD"]),
        ("нет связи", vec!["ОФИС"]),
        ("не до конца", vec!["KASSA-2"]),
        ("нигде", vec![]),
    ] {
        let search = Action::Reports(ReportsAction::Search(needle.into()));
        let _ = model::update(&mut window.state_mut().model, search);
        window.run();
        assert_eq!(pcs(&window), found, "{needle}");
    }
    assert!(sees(&window, "Ничего не нашлось"));
    press(&mut window, "Очистить поиск");
    assert_eq!(pcs(&window).len(), 4);
}

#[test]
fn a_folder_that_cannot_be_read_says_why_and_can_be_read_again() {
    let mut window = table(Err("Папка отчётов /share/reports недоступна".into()));
    assert!(sees(&window, "Папка отчётов /share/reports недоступна"));
    press(&mut window, "Прочитать снова");
    assert_eq!(asked(&mut window), vec![Command::ReadReports { folder: FOLDER.into() }]);
    answer(&mut window, Event::ReportsRead { folder: FOLDER.into(), read: Ok(PcReports::default()) });
    assert!(sees(&window, "В этой папке нет отчётов"));
}

#[test]
fn an_answer_about_another_folder_is_late() {
    let mut window = table(Ok(shops()));
    let other = Action::Reports(ReportsAction::Open(PathBuf::from("/other")));
    let _ = model::update(&mut window.state_mut().model, other);
    answer(&mut window, Event::ReportsRead { folder: FOLDER.into(), read: Ok(shops()) });
    assert!(sees(&window, "Читаем отчёты…"));
    press(&mut window, "Закрыть");
    answer(&mut window, Event::ReportsRead { folder: "/other".into(), read: Ok(shops()) });
    assert!(window.query_by_role(Role::Dialog).is_none());
}

#[test]
fn only_lines_in_sight_are_drawn_of_thousands() {
    let lines = (0..5000).map(|number| line(&format!("PC-{number:04}"), Ok(told("3.3.46.29552", 1, 0, ""))));
    let window = table(Ok(PcReports { lines: lines.collect(), left_out: 7 }));
    let rows = pcs(&window).len();
    assert!((5..40).contains(&rows), "{rows}");
    assert!(sees(&window, "5000 компьютеров"));
    assert!(sees(&window, "не проверялся"));
}

#[test]
fn a_folder_that_is_chosen_late_takes_no_other_dialog_away() {
    let mut window = window(fixtures::everything());
    let _ = model::update(&mut window.state_mut().model, Action::ShowProblems);
    let before = window.state().model.dialog.clone();
    let action = Action::Reports(ReportsAction::Open(FOLDER.into()));
    assert_eq!(model::update(&mut window.state_mut().model, action), vec![]);
    assert_eq!(window.state().model.dialog, before);
}
