//! This program's own row: only when there is something to say, in no colour of the others.

use egui::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use smarts_core::catalogue;
use smarts_core::offer::{NotManaged, State, Unknown, Warning};
use smarts_core::source;
use smarts_core::verify::Proof;

use super::*;
use crate::model::activity::{Done, LeftToDo, Stage};
use crate::model::{BaseResult, Outcome, Permission};

const NAME: &str = "Программа обновления Mobile SMARTS";

fn with(state: State) -> (Machine, Report) {
    fixtures::with_updater(fixtures::everything(), state)
}

fn has_card(window: &Window) -> bool {
    window.query_by_role_and_label(Role::Group, NAME).is_some()
}

#[test]
fn it_takes_no_room_unless_there_is_something_to_say() {
    let no_releases = State::NotManaged { reason: NotManaged::NoReleasesHere };
    for state in [State::UpToDate, no_releases] {
        let window = window(with(state));
        assert!(!has_card(&window));
        assert!(sees(&window, "соединение защищено · программа 1.1.0.0"), "its version is told all the same");
        assert!(!sees(&window, "этой программы"));
    }
    assert!(!has_card(&window(fixtures::everything())));
}

#[test]
fn a_newer_one_and_one_that_could_not_be_looked_up_have_a_card_of_their_own() {
    let newer = window(with(fixtures::newer_updater()));
    assert!(has_card(&newer));
    assert!(sees(&newer, "Вышли платформа, обновления для 4 баз и новая версия этой программы"));
    assert!(sees(&newer, "1.1.0.0 → 1.2.0.0 · 20.11.2026"));

    let fault = source::Fault::Status { host: "files.example".into(), status: 503 };
    let path = "updates/MobileSMARTSUpdater/versions.xml".into();
    let error = catalogue::Error { path, fault: catalogue::Fault::Source(fault) };
    let failed = window(with(State::Unknown { reason: Unknown::Catalogue { error } }));
    assert!(has_card(&failed));
    assert!(sees(&failed, "проверить не удалось: files.example ответил ошибкой 503"));
    assert!(failed.query_by_role_and_label(Role::Button, "Обновить эту программу").is_none());

    let (machine, mut report) = with(State::UpToDate);
    let item = report.items.last_mut().unwrap();
    item.warnings = vec![Warning::Unreachable { version: fixtures::version("3.0.0.0") }];
    let stuck = window((machine, report));
    assert!(sees(&stuck, "вышла и 3.0.0.0, но поверх установленной версии она не ставится"));
}

#[test]
fn it_is_updated_like_the_platform_and_asks_to_be_started_anew() {
    let mut window = window(with(fixtures::newer_updater()));
    press(&mut window, "Обновить эту программу");
    assert_eq!(asked(&mut window), vec![Command::Download { item_id: "updater".into(), covered: false }]);
    answer(&mut window, progress("updater", 5));
    let bar = window.get_by_role_and_label(Role::ProgressIndicator, NAME);
    assert!(bar.accesskit_node().numeric_value().is_some());
    answer(&mut window, verified("updater", Proof::Publisher));
    assert!(window.query_by_role_and_label(Role::Dialog, "Обновить эту программу?").is_some());
    asked(&mut window);
    let installer = SheetData { change: Change::ThisProgram, ..sheet_data(Proof::Publisher) };
    answer(&mut window, sheet_ready("updater", &[], installer));
    let subtitle = "Программа обновления Mobile SMARTS: 1.1.0.0 → 1.2.0.0 · подпись Windows: Клеверенс Софт";
    assert!(sees(&window, subtitle));
    assert!(sees(&window, "Базы и платформа не меняются, работать в них можно."));
    press(&mut window, "Установить");
    let apply = Command::Apply {
        item_id: "updater".into(),
        base_ids: vec![],
        accept_unproved: false,
        agreed_to_go: vec![],
    };
    assert_eq!(asked(&mut window), vec![apply]);

    answer(&mut window, Event::ApplyProgress { item_id: "updater".into(), stage: Stage::Installer });
    assert!(sees(&window, "Windows устанавливает программу"));
    let at = window.state().model.now.timestamp();
    let left = vec![LeftToDo::RestartProgram];
    let done = Done { version: fixtures::version("1.2.0.0"), at, left, works: None };
    let results = vec![BaseResult { item_id: "updater".into(), outcome: Outcome::Done(done) }];
    answer(&mut window, Event::ApplyFinished { results });
    assert!(sees(&window, "Обновлена до 1.2.0.0 в 12:52"));
    assert!(sees(&window, "осталось: перезапустить эту программу"));
    assert!(sees(&window, "Вышла платформа и обновления для 4 баз"), "what is done no longer counts");
    follow(&mut window, &format!("Что сделать: {NAME}"));
    assert!(sees(&window, "Перезапустите программу: закройте её окно и откройте снова."));
    press(&mut window, "Закрыть");
    press(&mut window, &format!("Убрать сообщение: {NAME}"));
}

#[test]
fn whoever_may_not_update_it_is_told_who_does_and_has_no_button() {
    let (machine, mut report) = fixtures::of(vec![]);
    report.items.clear();
    let (machine, report) = fixtures::with_updater((machine, report), fixtures::newer_updater());
    let mut window = window((machine.clone(), report.clone()));
    let permission = Permission::Administrators { contact: Some("Иванова, тел. 12-34".into()) };
    answer(&mut window, Event::Loaded { machine, report: Some(report), permission });
    assert!(has_card(&window));
    assert!(window.query_by_role_and_label(Role::Button, "Обновить эту программу").is_none());
    assert!(sees(&window, "Обновляет администратор: Иванова, тел. 12-34"));
}
