//! What is told to whoever does not see the window, and how urgently.

use egui::accesskit::Live;
use egui_kittest::kittest::NodeT as _;

use super::*;
use crate::model::sheet::Weight;
use crate::model::{Action, CheckFailure, ItemAction, Notice};

/// What is told, the newest last.
fn told(window: &Window) -> Vec<(String, Live)> {
    let root = window.root();
    let nodes = root.children_recursive();
    nodes
        .filter_map(|node| {
            let accessible = node.accesskit_node();
            let live = accessible.data().live()?;
            Some((accessible.label()?, live))
        })
        .collect()
}

fn last(window: &Window) -> (String, Live) {
    told(window).pop().unwrap()
}

fn polite(words: &str) -> (String, Live) {
    (words.to_owned(), Live::Polite)
}

fn urgent(words: &str) -> (String, Live) {
    (words.to_owned(), Live::Assertive)
}

#[test]
fn a_check_is_told_when_it_begins_and_what_it_brought() {
    let mut window = window(fixtures::everything());
    assert_eq!(told(&window), [], "nothing has happened");
    press(&mut window, "Проверить сейчас");
    assert_eq!(last(&window), polite("Проверяем обновления"));
    answer(&mut window, Event::CheckProgress { done: 1, total: 9 });
    assert_eq!(told(&window).len(), 1, "not every step");
    let (_, report) = fixtures::everything();
    answer(&mut window, Event::Checked(Ok(report)));
    assert_eq!(last(&window), polite("Проверка закончена. Вышла платформа и обновления для 4 баз"));
    press(&mut window, "Проверить сейчас");
    answer(&mut window, Event::Checked(Err(CheckFailure::of("нет связи"))));
    assert_eq!(last(&window), urgent("Проверить обновления не удалось: нет связи"));
}

#[test]
fn the_same_is_told_again_when_it_happens_again() {
    let mut window = window(fixtures::everything());
    let mut numbers = Vec::new();
    for _ in 0..2 {
        answer(
            &mut window,
            Event::DownloadFailed { item_id: "cash".into(), notice: Notice::of("нет связи") },
        );
        assert_eq!(last(&window), urgent("Файл не готов: Касса 2. Нет связи"));
        numbers.push(told(&window).len());
    }
    assert_eq!(numbers, [1, 2], "a node of its own for each");
}

#[test]
fn the_end_of_a_download_is_told_where_no_sheet_opens() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Обновить базу Касса 2");
    let _ = model::update(&mut window.state_mut().model, Action::ShowProblems);
    answer(&mut window, progress("cash", 18));
    assert_eq!(told(&window), [], "the bar has a value of its own");
    answer(&mut window, verified("cash", Proof::Hash));
    assert_eq!(last(&window), polite("Файл скачан и проверен: Касса 2"));
}

#[test]
fn what_stands_in_the_way_of_a_sheet_is_told_when_it_changes() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Обновить базу Основной склад");
    answer(&mut window, verified("main", Proof::Hash));
    let stop = Point { weight: Weight::Stop, text: "База открыта".into(), hint: None, ask: None };
    let mut stopped = sheet_data(Proof::Hash);
    stopped.points.push(stop);
    answer(&mut window, sheet_ready("main", &["main"], stopped.clone()));
    assert_eq!(last(&window), polite("Обновлению мешает 1 препятствие"));
    answer(&mut window, sheet_ready("main", &["main"], stopped));
    assert_eq!(told(&window).len(), 1, "it is the same");
    answer(&mut window, sheet_ready("main", &["main"], sheet_data(Proof::Hash)));
    assert_eq!(last(&window), polite("Обновлению ничего не мешает"));
    press(&mut window, "Скопировать и обновить");
    assert_eq!(last(&window), polite("Обновление началось: Основной склад"));
}

#[test]
fn how_an_update_ended_is_told_of_one_by_name_and_of_several_by_number() {
    let mut window = window(fixtures::everything());
    let result = |id: &str, outcome| model::BaseResult { item_id: id.into(), outcome };
    let failed = |what: &str| model::Outcome::Failed(Notice::of(what));
    answer(&mut window, Event::ApplyFinished { results: vec![result("main", failed("база открыта"))] });
    assert_eq!(last(&window), urgent("Обновить не удалось: Основной склад. База открыта"));
    let results = vec![result("main", failed("база открыта")), result("cash", failed("нет места"))];
    answer(&mut window, Event::ApplyFinished { results });
    assert_eq!(last(&window), urgent("Закончено. Готово: 0, не получилось: 2"));
}

#[test]
fn what_was_told_is_not_found_for_ever() {
    let mut window = window(fixtures::everything());
    let action = ItemAction::Update;
    let _ = model::update(&mut window.state_mut().model, Action::Item { id: "cash".into(), action });
    press(&mut window, "Проверить сейчас");
    let now = &window.state().model.now + jiff::SignedDuration::from_mins(2);
    let _ = model::update(&mut window.state_mut().model, Action::Tick(now));
    window.run();
    assert_eq!(told(&window), []);
}
